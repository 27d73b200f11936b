"""Counts in a table of platforms: parts inside their whole, lines against the table's own total.

Codes: ``del-storre-an-helhet`` (a count is more than what it is part of),
``plattformar-summa-avviker`` (counts that do not sum to the table's own total).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.platform_rows import too_large
from finsam_xl.checks.related import lines, placed
from finsam_xl.model import Finding
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table of platforms."""
    for table in placed(materials, "platforms"):
        for row in table.rows:
            for part, of in too_large(row):
                yield _larger(row, part, of)
        yield from _own_total(table)


def _larger(row: CountRow, part: Figure, of: Figure) -> Finding:
    return Finding.at(
        part.ref,
        "warning",
        "del-storre-an-helhet",
        f"{row.label}: {swedish(part.value)} är fler än de {swedish(of.value)} de är bland. Är "
        "det en andel, skriv den med %; annars är något av talen fel.",
        stated=exact(part.value),
        calculated=exact(of.value),
        also=[of.ref],
    )


def _own_total(table: Counts) -> Iterator[Finding]:
    """The table's own total row against its lines, where both are counts."""
    for total in (row for row in table.rows if row.role == "total"):
        for field, figure in total.figures.items():
            found = [row.figures.get(field) for row in lines(table)]
            counts = [None if f is None or f.is_percent else f.value for f in found]
            if figure.is_percent or any(f is not None and f.is_percent for f in found):
                continue
            calculated = known_sum(*counts) if counts else None
            if calculated is not None and calculated != figure.value:
                yield Finding.at(
                    figure.ref,
                    "error",
                    "plattformar-summa-avviker",
                    f"”{total.label}”: står {swedish(figure.value)}, plattformarna är tillsammans "
                    f"{swedish(calculated)}. Rätta summan eller den plattform som är fel.",
                    stated=Fraction(figure.value),
                    calculated=calculated,
                    also=[f.ref for f in found if f is not None],
                )
