"""Consistency rules over records: each gives findings, none changes anything."""
