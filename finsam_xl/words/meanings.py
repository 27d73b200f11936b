"""What tables, columns and rows are called where people see how a workbook was read and mend it.

>>> kind_of("Medlemsavgifter"), kind_name("tertial"), kind_of("ingen tabell")
('fees', 'tertialuppföljning', 'none')
>>> row_of("Summa kostnader"), row_of("Intäkt"), row_of("Ingående eget kapital")
(('total', False), ('line', True), ('equity_open', None))
>>> row_name("line", None), row_name("total", True), sign_of("Kostnader med minus")
('rad', 'summa intäkter', 'signed')
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from functools import cache
from typing import TypeVar

from finsam_xl.words import results, totals
from finsam_xl.words.axis import Axis, plain
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.parties import LIKELY, PAYERS, Party, payer
from finsam_xl.words.sides import Side, speaks_of

NO_TABLE = "none"
"""The kind of what is no table."""


@unique
class KindName(StrEnum):
    """The kinds of table, and what is none."""

    NO_TABLE = "no_table"
    BUDGET = "budget"
    TERTIAL = "tertial"
    OUTCOME = "outcome"
    PLAN = "plan"
    FEES = "fees"
    INCOME_STATEMENT = "income_statement"
    BALANCE = "balance"
    CASH_FLOW = "cash_flow"
    NOTE = "note"
    BALANSKRAV = "balanskrav"
    OVERVIEW = "overview"
    SOCIAL_BUDGET = "social_budget"
    IMPACT_INDEX = "impact_index"
    CEILING = "ceiling"
    PARTICIPANTS = "participants"
    PLATFORMS = "platforms"
    REFERRALS = "referrals"
    RESPONSES = "responses"
    EQUIVALENTS = "equivalents"
    GOALS = "goals"
    COST_SPLIT = "cost_split"
    COST_CLASSES = "cost_classes"
    WEIGHTS = "weights"
    INDEX_OVERVIEW = "index_overview"
    TEXT_FIGURES = "text_figures"


@unique
class RowName(StrEnum):
    """The roles of rows."""

    LINE = "line"
    SUBLINE = "subline"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    RESULT = "result"
    SUBRESULT = "subresult"
    EQUITY_OPEN = "equity_open"
    EQUITY_CLOSE = "equity_close"
    SECTION = "section"
    NOTE = "note"


@unique
class SignName(StrEnum):
    """How costs are written."""

    POSITIVE_COSTS = "positive-costs"
    SIGNED = "signed"


FEE_COLUMNS = ("nyckel", "invånare", "andel", "avgift", "kronor per invånare")
FEE_ROWS = ("staten", "region", "kommun", "kommunerna", "summa")
"""What may be said of tables of fees: headings and names that everyone understands."""
_FEE_COLUMN = dict(
    zip(
        (
            FeeColumn.KEY,
            FeeColumn.PEOPLE,
            FeeColumn.SHARE,
            FeeColumn.FEE,
            FeeColumn.PER_HEAD,
            FeeColumn.PARTY,
        ),
        (*FEE_COLUMNS, "den som betalar"),
        strict=True,
    )
)
_FEE_ROW = dict(zip(PAYERS, FEE_ROWS, strict=False))
_KINDS = Axis("kind_name", KindName)
_ROWS = Axis("row_name", RowName)
_SIGNS = Axis("sign_name", SignName)
_PARTS = {RowName.TOTAL: RowName.SUBTOTAL, RowName.RESULT: RowName.SUBRESULT}
_WHOLES = {part: whole for whole, part in _PARTS.items()}
_PLATFORM, _UNIT = "plattform", "enhet"
_SIDED = (RowName.LINE, RowName.TOTAL, RowName.SUBTOTAL, RowName.SECTION)
_OF_SIDE = {True: "intäkter", False: "kostnader"}
Value = TypeVar("Value", bound=StrEnum)


@cache
def _names(axis: Axis[Value]) -> dict[str, str]:
    """The first word of each value: what people are shown."""
    return {word.value: word.word for word in reversed(axis.words)}


def kind_name(kind: str) -> str:
    """What a kind of table is called."""
    name = _names(_KINDS).get(KindName.NO_TABLE if kind == NO_TABLE else kind, kind)
    return name.replace("impact", "Impact")


def kind_of(text: str) -> str:
    """The kind that a name is of, '' for none that is known."""
    found = _KINDS.value(text)
    return NO_TABLE if found is KindName.NO_TABLE else str(found or "")


def fee_column_name(field: str) -> str:
    """What a column of a table of fees is called."""
    return next((name for one, name in _FEE_COLUMN.items() if one == field), _row_names_note())


def fee_row_name(label: str, *, is_sum: bool) -> str:
    """What a row of a table of fees is called: whose it is, by its label."""
    if is_sum:
        return FEE_ROWS[-1]
    named = payer(label, LIKELY)
    return _FEE_ROW[named] if named is not None else _FEE_ROW[Party.MUNICIPALITIES]


def _row_names_note() -> str:
    return row_name(RowName.NOTE, None)


def sign_name(sign: str) -> str:
    """What a sign is called."""
    return _names(_SIGNS).get(sign, sign)


def sign_of(text: str) -> str:
    """The sign that a name is of, '' for none that is known."""
    return str(_SIGNS.value(text) or "")


def row_name(role: str, income: bool | None) -> str:
    """What a row is called by its role and, where it has one, its side (income: true)."""
    name = _names(_ROWS).get(role, role)
    if income is None or role not in _SIDED:
        return name
    if role == RowName.LINE:
        return "intäkt" if income else "kostnad"
    joined = f"{name} för" if role == RowName.SECTION else name
    return f"{joined} {_OF_SIDE[income]}"


def meant(role: str, income: bool | None, label: str, *, is_part: bool = False) -> str:
    """What a row is called that is said to be something, whatever its label says.

    ``is_part``: it is the sum or result of some rows only.

    >>> meant("total", None, "Personal"), meant("line", True, "Bidrag")
    ('summa Personal', 'intäkt')
    >>> meant("total", False, "Personal"), meant("total", False, "Personal", is_part=True)
    ('summa kostnader', 'delsumma kostnad Personal')
    """
    name = row_name(role, income)
    part = _PARTS.get(RowName(role)) if is_part else None
    if part is None and (role != RowName.TOTAL or income is not None):
        return name
    side = [row_name(RowName.LINE, income)] if income is not None else []
    return " ".join([row_name(part or role, None), *side, label])


def row_of(text: str) -> tuple[str, bool | None] | None:
    """The role and side that a name is of; ``None`` for none that is known."""
    found = _row_of(text)
    if found is not None and found[0] in _WHOLES:
        return str(_WHOLES[found[0]]), found[1]
    return None if found is None else (str(found[0]), found[1])


def is_part(text: str) -> bool:
    """Whether a row is said to be the sum or result of some of the rows above only.

    >>> is_part("Delsumma kostnader"), is_part("Summa kostnader"), is_part("Delresultat")
    (True, False, True)
    """
    found = _row_of(text)
    return found is not None and found[0] in _WHOLES


def _row_of(text: str) -> tuple[RowName, bool | None] | None:
    side = speaks_of(text)
    income = None if side is None else side is Side.INCOME
    role = _ROWS.value(text)
    if results.opens(text) or role is RowName.EQUITY_OPEN:
        return RowName.EQUITY_OPEN, None
    if results.closes(text) or role is RowName.EQUITY_CLOSE:
        return RowName.EQUITY_CLOSE, None
    if role in (RowName.SECTION, RowName.NOTE, RowName.SUBLINE):
        return role, income
    if role in _WHOLES:
        return role, income if role is RowName.SUBTOTAL else None
    if totals.is_named_sum(text) or role == RowName.TOTAL:
        return RowName.TOTAL, income
    if results.is_result(text) or role == RowName.RESULT:
        return RowName.RESULT, None
    if role is not None or income is not None or payer(text) is not None:
        return role or RowName.LINE, income
    return None


def counts_not(text: str) -> bool:
    """Whether a text says that a row or column is not counted."""
    return _ROWS.value(text) is RowName.NOTE or kind_of(text) == NO_TABLE


def is_same(text: str, other: str) -> bool:
    """Whether two texts are the same words in another case or with other marks."""
    return plain(text) == plain(other)


def unit_called(texts: Iterable[str]) -> str:
    """What one of the units with a social budget of its own is called, by a workbook's texts.

    >>> unit_called(["Plattformarnas index"]), unit_called(["Index"])
    ('plattform', 'enhet')
    """
    return _PLATFORM if any(_PLATFORM in text.lower() for text in texts) else _UNIT
