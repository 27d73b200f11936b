"""One workbook as a summary needs it: what it states of each year, its findings and its figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from finsam_xl import actions
from finsam_xl.actions import check
from finsam_xl.batch.book_year import year_of
from finsam_xl.batch.stated import Stated, stated
from finsam_xl.checks.material import Material
from finsam_xl.export.figures import figures
from finsam_xl.export.files import csv_lines
from finsam_xl.reading.thing import names_in
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


class Reading(NamedTuple):
    """What one workbook tells. ``codes``: how often each finding's code is told.

    ``tables``: how many were recognised; ``figures``: how many figures they hold; ``year``: the
    one that it is about, ``None`` where nothing tells; ``things``: what its lines and units are
    called; ``layout``: names which tables it has, and where.
    """

    association: str
    year: int | None
    stated: tuple[Stated, ...]
    errors: int
    warnings: int
    notes: int
    codes: tuple[tuple[str, int], ...]
    tables: int
    figures: int
    things: tuple[str, ...] = ()
    layout: str = ""


def read(grid: Grid, today: date, name: str = "") -> Reading:
    """What a workbook tells, ``name`` being its file's; raises ``FinsamError`` for a broken one."""
    checked = check.check([check.Book("", grid)], today=today)
    (material,) = checked.materials
    severities = Counter(one.severity for one in checked.findings)
    codes = Counter(one.code for one in checked.findings)
    return Reading(
        material.association,
        year_of(material, name),
        tuple(stated(material)),
        severities["error"],
        severities["warning"],
        severities["info"],
        tuple(sorted(codes.items())),
        len(tables := actions.tables(grid)),
        checked.figures,
        tuple(sorted(set(_things(material)))),
        _layout(tables),
    )


def _things(material: Material) -> Iterator[str]:
    """What its units, its costs and those it counts are called."""
    yield from (unit.unit for unit in material.units)
    for budget in material.budgets:
        rows = (row for row in budget.rows if row.role == "line" and not row.is_income)
        yield from (row.label for row in rows if names_in(row.label))
    for table in material.of("participants"):
        yield from (row.label for row in table.rows if names_in(row.label))


def _layout(tables: Iterable[Table]) -> str:
    """Names which tables there are, what they are called, and where they begin."""
    told = sorted(f"{one.sheet}|{one.range}|{one.kind}|{one.title}" for one in tables)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def tidy_lines(grid: Grid, file: str) -> str:
    """The figures of a workbook as lines of a CSV file, below the headings of ``columns``."""
    return csv_lines([one.line(file) for one in figures(grid)])
