"""The sheet *Bokföring*: what was fetched, by account, project and month, and what has no row.

Formulas may add it up (``SUMMA.OMF``), and every fetched figure can be opened into its accounts
and months. No texts of vouchers and no names of persons or projects are on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.ledgers.record import ORE
from finsam_xl.money import as_float
from finsam_xl.palette import MUTED
from finsam_xl.reading.ledger_sheet import (
    HEADINGS,
    NAME,
    OWNER,
    ROW,
    UNPLACED_HEADINGS,
)
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.amounts import COMMENT
from finsam_xl.report.axes import Canvas
from finsam_xl.sheetplan import Choices, Page, Role, SheetPlan

_WIDTHS = (21.0, 12.0, 10.0, 16.0, 34.0, 3.0, 18.0, 16.0, 12.0)
_FIRST_FACT, _GAP = 5, 2
_BESIDE, _TWO_LINES = 7, 26.0
_MONEY = Role(align="right", number=look.SWEDISH + "#,##0.00")
_CODE = Role(align="left")
_TEXT = Role()
_NAME = Role(ink=MUTED, number='"  "@')
"""Texts that stand beside figures, a little apart."""
_NAME_HEADING = look.HEADING._replace(number='"  "@')
_YES = ("ja",)
_ABOUT = (
    "Hämtat ur bokföringens fil, i kronor med bokföringens tecken: intäkter är negativa, kostnader "
    "positiva. Bladet görs om vid nästa hämtning."
)
_EXAMPLE = 'Går att summera: =SUMMA.OMF(Bokföring!D:D;Bokföring!A:A;6010;Bokföring!C:C;"<=202508")'
_UNPLACED = "Konton utan rad i tabellen"
_NONE = "Alla konton har en rad."
_HOW = "Skriv kontot i kolumnen Konto på sin rad, eller ja under Ignorera, och hämta igen."


class LedgerRow(NamedTuple):
    """An account's amount in öre in a month with a project, and the row of the table it went to."""

    account: str
    project: str
    month: int | str
    amount: int
    row: str


class Unplaced(NamedTuple):
    """An account that no row takes, what it holds in öre, and whether it is ignored."""

    account: str
    amount: int
    is_ignored: bool = False


def build(
    facts: Sequence[tuple[str, str]], rows: Sequence[LedgerRow], unplaced: Sequence[Unplaced]
) -> SheetPlan:
    """The sheet. ``facts``: what is known of the file, by name."""
    canvas = Canvas()
    canvas.put(1, 1, NAME, look.TITLE, height=30.0)
    canvas.put(2, 1, _ABOUT, look.SUBTITLE)
    canvas.put(3, 1, _EXAMPLE, look.SUBTITLE)
    facts = [(name, value) for name, value in facts if value]
    for number, (name, value) in enumerate(facts, _FIRST_FACT):
        canvas.put(number, 1, name, look.KEY_LABEL)
        canvas.put(number, 2, value, _TEXT)
    first = _FIRST_FACT + len(facts) + _GAP
    last = _rows(canvas, first, rows)
    choices = _unplaced(canvas, first, unplaced)
    page = Page(title_rows=(first, first), last_row=last, last_column=len(_WIDTHS))
    plan = canvas.plan(NAME, OWNER, _WIDTHS, page)
    return plan._replace(filter=(first, 1, last, len(HEADINGS) + 1), choices=choices)


def _rows(canvas: Canvas, first: int, rows: Sequence[LedgerRow]) -> int:
    roles = (*[look.HEADING] * 3, look.HEADING_RIGHT, _NAME_HEADING)
    for column, (heading, role) in enumerate(zip((*HEADINGS, ROW), roles, strict=True), 1):
        canvas.put(first, column, heading, role)
    for number, row in enumerate(rows, first + 1):
        canvas.put(number, 1, _code(row.account), _CODE)
        canvas.put(number, 2, row.project or None, _CODE)
        canvas.put(number, 3, row.month, _CODE)
        canvas.put(number, 4, _kronor(row.amount), _MONEY)
        canvas.put(number, 5, row.row, _NAME)
    return first + max(1, len(rows))


def _unplaced(canvas: Canvas, first: int, unplaced: Sequence[Unplaced]) -> tuple[Choices, ...]:
    last = _BESIDE + len(UNPLACED_HEADINGS) - 1
    canvas.wide(first - 1, _BESIDE, last, _HOW if unplaced else _NONE, look.NOTE)
    canvas.heights[first - 1] = _TWO_LINES
    canvas.put(first - _GAP, _BESIDE, _UNPLACED, look.SECTION)
    if not unplaced:
        return ()
    roles = (look.HEADING, look.HEADING_RIGHT, _NAME_HEADING)
    for column, (heading, role) in enumerate(zip(UNPLACED_HEADINGS, roles, strict=True), _BESIDE):
        canvas.put(first, column, heading, role)
    for number, one in enumerate(unplaced, first + 1):
        canvas.put(number, _BESIDE, _code(one.account), _CODE)
        canvas.put(number, _BESIDE + 1, _kronor(one.amount), _MONEY)
        canvas.put(number, _BESIDE + 2, _YES[0] if one.is_ignored else None, COMMENT)
    return (Choices((first + 1, last, first + len(unplaced), last), _YES),)


def _code(account: str) -> int | str:
    """An account as formulas look it up: a number, unless a nought stands first."""
    is_number = account.isascii() and account.isdigit() and not account.startswith("0")
    return int(account) if is_number else account


def _kronor(ore: int) -> float:
    return as_float(Fraction(ore, ORE))
