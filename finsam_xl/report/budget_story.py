"""A table of amounts to tell about: its rows in order, what they add up to, and its result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from finsam_xl.calc import totals
from finsam_xl.checks.amounts.budget import is_of_another, left_out, stated_sum
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow, Sum, addends, total
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.amounts import joined
from finsam_xl.report.comment_sheet import Numbered, label_shown
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.story import link
from finsam_xl.words.results import is_bare_years_result
from finsam_xl.words.sides import is_whole_side

_BOOKED = re.compile(
    r"^(?!.*\b(?:uttag|ianspråk\w*|användning|förändring|minskning|ökning|ränta|avkastning|del)\b)"
    r".*(?<!\bur )(?<!\bav )(?<!\bfrån )(?<!\bpå )\beget kapital(?: \d{4})?$"
)
_OTHER_RESULT = re.compile(r"^balanskrav|kassaflöde|^resultat(?:et)? (?:per|för) ")


class Line(NamedTuple):
    """A row of a table as a report shows it: its number, label, key of comments and source."""

    number: int
    row: BudgetRow
    shown: str
    key: CommentKey
    link: str
    is_head: bool
    is_inside: bool

    @property
    def has_amounts(self) -> bool:
        """Whether it is more than a heading."""
        return self.row.role != "section"

    @property
    def is_total(self) -> bool:
        """Whether it is written as a total."""
        return self.row.role in ("total", "result", "equity_close")

    @property
    def label(self) -> str:
        """The label, indented if the line is inside another."""
        return f"{look.INDENT if self.is_inside else ''}{self.shown}"


class BudgetStory:
    """A table of amounts to tell about, with what a run would fill in filled in.

    ``columns``: those the report shows; rows that are blank in all of them are left out,
    so that a line without figures in a report is always a section.
    """

    def __init__(self, budget: Budget, columns: Iterable[int | None]) -> None:
        self.budget = budget
        self.lines = tuple(_lines(self.budget, [c for c in columns if c is not None]))
        self._sums = {one.target: one for one in budget.sums}

    @cached_property
    def result_row(self) -> int | None:
        """The year's result, or else the last one of the table."""
        rows = [
            (n, normalise(row.label))
            for n, row in enumerate(self.budget.rows)
            if row.role == "result" and not _OTHER_RESULT.search(normalise(row.label))
        ]
        named = [n for n, words in rows if is_bare_years_result(words)]
        every = named or [n for n, _ in rows]
        return every[-1] if every else None

    @cached_property
    def tops(self) -> tuple[tuple[int, int], ...]:
        """The rows the result is made of, with their signs, those that others add up left out."""
        if self.result_row is not None and self.result_row in self._sums:
            return tuple(self._expanded(self.result_row))
        used = {row for one in self.budget.sums for row, _ in one.parts}
        return tuple(
            (n, 1 if row.is_income or self.budget.sign == SIGNED else -1)
            for n, row in enumerate(self.budget.rows)
            if n not in used and row.role in ("line", "total")
        )

    def _expanded(self, row: int) -> Iterator[tuple[int, int]]:
        for part, factor in self._sums[row].parts:
            if self.budget.rows[part].role == "result" and part in self._sums and part < row:
                yield from ((n, factor * f) for n, f in self._expanded(part))
            else:
                yield part, factor

    def parts(self, row: int) -> tuple[int, ...]:
        """The rows a row adds up."""
        return tuple(part for part, _ in self._sums[row].parts) if row in self._sums else ()

    def amount(self, row: int, column: int | None) -> Amount:
        """The amount of a row in a column."""
        return None if column is None else self.budget.rows[row].amounts[column]

    def side(self, column: int | None, *, income: bool) -> Amount:
        """All income, or all costs as the table signs them."""
        stated = [self.amount(row, column) for row in self._wholes[income]]
        if len(stated) == 1 and stated[0] is not None:
            return stated[0]
        tops = [top for top in self.tops if self.budget.rows[top[0]].is_income is income]
        return self._added([(row, 1) for row, _ in tops], column)

    @cached_property
    def _wholes(self) -> Mapping[bool, list[int]]:
        """The rows that say that they are all income, and all costs: "Summa kostnader"."""
        found: dict[bool, list[int]] = {True: [], False: []}
        for index, row in enumerate(self.budget.rows):
            is_some = "verksamhetens" in normalise(row.label)
            if row.role == "total" and is_whole_side(row.label) and not is_some:
                found[row.is_income].append(index)
        return found

    def result(self, column: int | None) -> Amount:
        """The result: the table's own, or else income less costs."""
        if self.result_row is not None and self.amount(self.result_row, column) is not None:
            return self.amount(self.result_row, column)
        if self.result_row is not None and self._is_unknown(self.result_row, column):
            return None
        return self._added(self.tops, column)

    def _is_unknown(self, row: int, column: int | None) -> bool:
        return column is not None and self.budget.rows[row].is_unknown(column)

    def _added(self, parts: Sequence[tuple[int, int]], column: int | None) -> Amount:
        """Rows added up in a column, blanks left out; ``None`` if one of them is unknown."""
        found = None if column is None else addends(self.budget.rows, parts, column)
        return total(found) if found else None


def _lines(budget: Budget, columns: Sequence[int]) -> Iterator[Line]:
    """The rows that a report shows, with the key each has in it.

    Below a sum of more than its section a line is in none, and is shown so.
    """
    groups = [one for one in budget.sums if one.how == "lines-after"]
    heads = {one.target for one in groups}
    inside = {row for one in groups for row, _ in one.parts}
    numbered = Numbered()
    spans = {one.target: min(n for n, _ in one.parts) for one in budget.sums if one.parts}
    section, start, is_past = "", 0, False
    for index, row in enumerate(budget.rows):
        if row.role in ("note", "blank"):
            continue
        is_section = row.role == "section"
        if not is_section and all(row.amounts[column] is None for column in columns):
            continue
        text = label_shown(row.label, row.code)
        key = numbered.key("" if is_section else section, text)
        if is_section:
            section, start, is_past = text, index, False
        if is_past and row.role == "line":
            key = replace(key, shown_section="")
        is_past |= spans.get(index, start) < start
        place = link(budget.label_place(index))
        is_inside = index in inside or row.level > 1
        yield Line(index, row, text, key, place, index in heads, is_inside)


def equity_as_income(budget: Budget) -> int | None:
    """The only line that books last year's equity as financing, if the table has one.

    Equity that is drawn on, or interest on it, is not what there was when the year began.
    """
    found = [
        index
        for index, row in enumerate(budget.rows)
        if row.role == "line" and row.is_income and _BOOKED.search(normalise(row.label))
    ]
    return found[0] if len(found) == 1 else None


def sum_notes(budget: Budget, columns: Sequence[int | None]) -> Iterator[str]:
    """What is said of totals that are not the sum of their lines, in the columns shown."""
    rounded: list[str] = []
    unfinanced: list[str] = []
    sums = {one.target: one for one in budget.sums}
    for one in budget.sums:
        if is_of_another(budget, one):
            continue
        row = budget.rows[one.target]
        for column in (column for column in columns if column is not None):
            stated, (calculated, addends) = row.amounts[column], budget.summed(one, column)
            if stated is None or calculated is None or _follows(budget, sums, one, column):
                continue
            what = budget.named(one.target, column)
            place, difference = budget.place(one.target, column), stated - calculated
            left = left_out(budget, one, column, difference)
            finding = stated_sum(
                budget, place, what, stated, calculated, addends, budget.step(column), left
            )
            if finding is None:
                continue
            told = f"{what} ({trimmed(difference)})"
            if finding.severity == "info":
                rounded.append(told)
            elif one.how == "operating":
                unfinanced.append(told)
            else:
                yield f"▼ {finding.message}"
    if unfinanced:
        yield (
            "Tabellen har inga finansiella poster; de kan vara skillnaden mot intäkter minus "
            f"kostnader: {joined(unfinanced)}."
        )
    if rounded:
        yield f"Avrundning gör att några summor skiljer sig från sina rader: {joined(rounded)}."


def _follows(budget: Budget, sums: Mapping[int, Sum], one: Sum, column: int) -> bool:
    """Whether a sum differs only because of a wrong one among its parts, which is told itself."""
    rest = {row: other for row, other in sums.items() if row != one.target}
    parts = [(row, factor, _instead(budget, rest, row, column)) for row, factor in one.parts]
    stated = budget.rows[one.target].amounts[column]
    if stated is None or all(instead is None for _, _, instead in parts):
        return False
    amounts = [
        (factor, budget.rows[row].amounts[column] if instead is None else instead)
        for row, factor, instead in parts
    ]
    wanted = sum(factor * amount for factor, amount in amounts if amount is not None)
    return (
        totals.severity(stated, wanted, budget.summed(one, column)[1], budget.step(column))
        != "warning"
    )


def _instead(budget: Budget, sums: Mapping[int, Sum], row: int, column: int) -> Amount:
    """What a wrong sum should have been; ``None`` for what is no sum, or not wrong."""
    stated = budget.rows[row].amounts[column]
    if row not in sums or stated is None:
        return None
    calculated, addends = budget.summed(sums[row], column)
    if (
        calculated is None
        or totals.severity(stated, calculated, addends, budget.step(column)) != "warning"
    ):
        return None
    return None if _follows(budget, sums, sums[row], column) else calculated


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that should stay on one page: from a section or the head of a group to the next."""
    found: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        starts = line.row.role == "section" or line.is_head
        if not found or (starts and not (before is not None and before.row.role == "section")):
            found.append([])
        found[-1].append(line)
        before = line
    return found
