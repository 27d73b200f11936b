"""A workbook frozen for others: values where our functions were, and nothing that runs.

:mod:`leaving` knows what goes and which formulas look at it, :mod:`values` writes what those
showed, :mod:`rules` takes out the rules and links that look there, :mod:`code` all that runs,
:mod:`people` the names of persons; :mod:`stamp` says what was frozen and when.
"""
