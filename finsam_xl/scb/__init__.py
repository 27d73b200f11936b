"""Saved tables of Statistics Sweden (SCB): px, json-stat2, csv and Excel, as cubes of figures.

Reading order: ``cube`` (what a table is), ``px``, ``json_stat`` and ``rows`` (its formats),
``reading`` (which one a file is in), ``places`` (what it says of municipalities).
"""
