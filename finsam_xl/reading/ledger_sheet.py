"""The sheet *Bokföring* as people leave it: what was fetched last, and which accounts to ignore."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from finsam_xl.labels import normalise
from finsam_xl.reading.figures import figure
from finsam_xl.reading.finsam_sheet import text
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, Cell, Grid, SheetGrid

OWNER, NAME = "bokforing", "Bokföring"
ACCOUNT, PROJECT, MONTH, AMOUNT = "Konto", "Projekt", "Månad", "Belopp"
ROW = "Rad"
HEADINGS = (ACCOUNT, PROJECT, MONTH, AMOUNT)
UNPLACED, SUM, IGNORE = "Ej placerat konto", "Summa", "Ignorera"
UNPLACED_HEADINGS = (UNPLACED, SUM, IGNORE)
FILE, ASSOCIATION, ORGANISATION, DIGEST, FETCHED = (
    "Fil", "Bokföringens förbund", "Organisationsnummer", "Kontrollsumma", "Hämtad",
)  # fmt: skip
PERIOD, RESULT = "Period", "Resultat"
HAS_NO_ROW, IS_IGNORED, IS_YEAR_END = "ej placerat", "ignoreras", "bokslut, utelämnat"
OPENING = "IB"
_NO = frozenset({"", "nej", "0"})


class Moved(NamedTuple):
    """What an account with a project moved in a month, in kronor, and the row it went to."""

    account: str
    project: str
    month: str
    amount: Fraction
    row: str


class Known(NamedTuple):
    """What the sheet tells: facts by name, accounts to ignore, and what was fetched."""

    facts: Mapping[str, str] = {}
    ignored: frozenset[str] = frozenset()
    moved: tuple[Moved, ...] = ()


def read(grid: Grid) -> Known:
    """The sheet of a workbook, as far as there is one."""
    sheet = next((one for one in grid.sheets if one.owner == OWNER), None)
    return Known() if sheet is None else _read(sheet)


def _read(sheet: SheetGrid) -> Known:
    facts: dict[str, str] = {}
    ignored: set[str] = set()
    moved: list[Moved] = []
    columns: dict[str, int] = {}
    for _, cells in sheet.rows():
        row = dict(cells)
        named = {normalise(text(cell)): column for column, cell in cells}
        columns |= {one: named[one] for one in _HEADINGS if one in named}
        facts |= dict(_facts(row))
        if _is(row, columns, IGNORE) and normalise(UNPLACED) not in named:
            ignored.add(_said(row, columns, UNPLACED))
        amount = figure(row.get(columns.get(normalise(AMOUNT), 0), BLANK))
        if amount is not None and (account := _said(row, columns, ACCOUNT)):
            project, month, to = (_said(row, columns, one) for one in (PROJECT, MONTH, ROW))
            moved.append(Moved(account, project, month, amount, to))
    return Known(facts, frozenset(ignored - {""}), tuple(moved))


_HEADINGS = frozenset(map(normalise, (*HEADINGS, ROW, *UNPLACED_HEADINGS)))
_FACTS = (FILE, ASSOCIATION, ORGANISATION, DIGEST, FETCHED)


def _said(row: Mapping[int, Cell], columns: Mapping[str, int], heading: str) -> str:
    return text(row.get(columns.get(normalise(heading), 0)))


def _is(row: Mapping[int, Cell], columns: Mapping[str, int], heading: str) -> bool:
    return _said(row, columns, heading).casefold() not in _NO


def _facts(row: Mapping[int, Cell]) -> Iterator[tuple[str, str]]:
    name = text(row.get(1))
    if name in _FACTS:
        yield name, text(row.get(2))
