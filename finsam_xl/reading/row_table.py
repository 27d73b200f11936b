"""The rows of a table as the reading of its sums sees them: names, groups, words and figures.

Where a group's name has a column of its own, the row's name is in the column that names most
rows; what stands outside it is carried down until another group is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from finsam_xl.model_budget import STATED, Amount
from finsam_xl.reading.row_figures import RowFigures
from finsam_xl.reading.row_labels import Said, clean_label, is_set_in, says
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.said import RowSays
from finsam_xl.words.sides import Side

Parts = tuple[tuple[int, int], ...]
DERIVED = ("deviation", "percent", "share", "key")
"""The scenarios of columns that are calculated across: their sums prove nothing."""
ADDED = ("line", "total", "result")
"""The roles of rows that sums add up."""


class RawRow(NamedTuple):
    """A row as it stands: names, amounts, and what the formulas in its own cells add up.

    ``labels``: the texts of the label columns, outermost first; ``amounts`` and ``formulas``:
    per column of figures, a formula as (row index, factor) pairs, ``None`` where there is none
    or it does anything else than adding; ``is_filled``: cells beside say in words that there
    is nothing ("Inga", "–"); ``corrected``: what a person says that it is.
    """

    row: int
    labels: tuple[str, ...]
    code: str = ""
    indent: int = 0
    bold: bool = False
    amounts: tuple[Amount, ...] = ()
    unreadable: frozenset[int] = frozenset()
    formulas: tuple[Parts | None, ...] = ()
    is_filled: bool = False
    corrected: RowSays | None = None

    @property
    def has_figures(self) -> bool:
        """Whether anything stands in its columns of figures."""
        return bool(
            self.is_filled
            or self.unreadable
            or any(amount is not None for amount in self.amounts)
            or any(self.formulas)
        )


class Name(NamedTuple):
    """A row's name, the group it is carried in, and how far in it is written."""

    text: str
    group: str
    depth: int
    code: str
    level: int


class RowTable:
    """The rows of one table. ``roles`` and ``income`` are filled in as they are found out."""

    def __init__(
        self, raw: Sequence[RawRow], scenarios: Sequence[str], kind: str, said_sign: str = ""
    ) -> None:
        self.raw, self.kind, self.said_sign = raw, kind, said_sign
        self.names = names(raw)
        self.said: list[Said] = [
            says(row.corrected.meant if row.corrected else name.text)
            for row, name in zip(raw, self.names, strict=True)
        ]
        self.figures = RowFigures(
            [row.amounts for row in raw],
            _telling(raw, _held(scenarios)),
            [row.unreadable for row in raw],
        )
        self.roles: list[str] = []
        self.sections: list[str] = []
        self.income: list[bool] = []
        self.signed = False

    def __len__(self) -> int:
        return len(self.raw)

    def is_settled(self, row: int) -> bool:
        """Whether a person says what a row is."""
        corrected = self.raw[row].corrected
        return corrected is not None and bool(corrected.role)

    def tells(self, row: int) -> bool | None:
        """The side (income: true) that a person, or a row's own name, surely tells."""
        corrected = self.raw[row].corrected
        if corrected is not None and corrected.income is not None:
            return corrected.income
        said = self.said[row]
        side = said.speaks_of if self.roles[row] in ("section", "total") else said.surely
        return None if side is None else side is Side.INCOME

    def is_part(self, row: int) -> bool:
        """Whether a person says that a row is the sum or result of some rows only."""
        corrected = self.raw[row].corrected
        return corrected is not None and corrected.is_part

    def depth(self, row: int) -> int:
        """How far in a row is written."""
        return self.names[row].depth

    @cached_property
    def repeats(self) -> list[bool]:
        """Whether each row has the figures of the row before."""
        same = self.figures.same
        return [n > 0 and same(n, n - 1) for n in range(len(self.raw))]

    @cached_property
    def is_flat(self) -> bool:
        """Whether all rows are written equally far in."""
        return len({name.depth for name in self.names}) < 2

    def label(self, row: int) -> str:
        """A row's name."""
        return self.names[row].text

    def factor(self, row: int) -> int:
        """How a row counts in a result: costs without minus are taken away."""
        is_cost = not self.income[row] and self.roles[row] != "result"
        return -1 if is_cost and not self.signed else 1


_CONSTANT = 5
"""So many figures that are all the same say nothing of what is the sum of what."""


def _telling(raw: Sequence[RawRow], columns: Sequence[int]) -> Sequence[int]:
    """The columns whose figures differ: in one of equal figures every row repeats the one above."""
    told = [n for n in columns if not _is_constant([row.amounts[n] for row in raw])]
    return told or columns


def _is_constant(amounts: Sequence[Amount]) -> bool:
    figures = [amount for amount in amounts if amount is not None]
    return len(figures) >= _CONSTANT and len(set(figures)) == 1


def _held(scenarios: Sequence[str]) -> list[int]:
    """The columns that sums are held against: those people state, else those not calculated."""
    stated = [n for n, scenario in enumerate(scenarios) if scenario in (*STATED, "key")]
    rest = [n for n, scenario in enumerate(scenarios) if scenario not in DERIVED]
    return stated or rest or list(range(len(scenarios)))


def names(raw: Sequence[RawRow]) -> list[Name]:
    """Every row's name, and the group that it is carried in."""
    main = _main_column(raw)
    group = ""
    found: list[Name] = []
    for row in raw:
        outer = [text.strip() for text in row.labels[:main]]
        own = row.labels[main] if main < len(row.labels) else ""
        if own.strip():
            group = " / ".join(filter(None, outer)) or group
        text = own if own.strip() else next(filter(str.strip, reversed(row.labels)), "")
        label = clean_label(text)
        depth = row.indent + is_set_in(text) + (label.level - 1)
        found.append(Name(label.text, group, depth, row.code or label.code, label.level))
    return found


def _main_column(raw: Sequence[RawRow]) -> int:
    """The column that names most of the rows with figures; of equals the innermost."""
    width = max((len(row.labels) for row in raw), default=0)
    counts = [
        sum(bool(row.labels[n].strip()) for row in raw if n < len(row.labels) and row.has_figures)
        for n in range(width)
    ]
    return max(range(width), key=lambda n: (counts[n], n), default=0)
