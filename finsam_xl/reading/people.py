"""Tables of people: blocks that words, sexes, whole numbers and sums say count those who take part.

No heading is needed. What is said in kronor or of a budget, all who live in a place, years of
birth, telephone numbers and long lists speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.address import meet
from finsam_xl.periods import Period, is_year
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.cells import Holds, holds
from finsam_xl.reading.people_entries import Axes, Entry, axes
from finsam_xl.reading.people_rule import Rules
from finsam_xl.reading.people_rules import read_rules
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words import scenarios
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.people import (
    Person,
    Sex,
    movement,
    people_of,
    says_person,
    sex,
)
from finsam_xl.words.units import unit

LEAST = 3.0
"""The weight of evidence that a table of people must have."""
_SURE = 8.0
_FEWEST_ROWS, _MOST_ROWS, _LARGEST = 2, 80, 20_000
_OF_INDICATORS = {Measure.WEIGHT, Measure.POINTS, Measure.RULE, Measure.JUDGED}
_SHARED = frozenset({"participants", "platforms", "referrals"})
"""Kinds known by their headings, whose blocks are read here as well."""


class FoundPeople(NamedTuple):
    """A block that counts people, with what its rows and columns are the sum of."""

    rules: Rules
    table: Table

    @property
    def axes(self) -> Axes:
        """Its rows and columns."""
        return self.rules.axes


def find(sheet: SheetGrid, known: Iterable[Table] = ()) -> list[FoundPeople]:
    """The tables of people on a sheet, from the top, but for blocks of ``known`` tables."""
    other = [table for table in known if table.kind not in _SHARED]
    left = (block for block in blocks(sheet) if not _is_taken(block, other))
    return [one for one in map(_found, left) if one is not None]


def _is_taken(block: Block, other: Sequence[Table]) -> bool:
    """Whether a table of people in a block would share a cell with some other tables."""
    if not block.labels or not block.header or len(block.body) < _FEWEST_ROWS:
        return False
    least = block.header[0], block.labels[0], block.body[_FEWEST_ROWS - 1], block.labels[-1]
    return any(meet(table.area, least) for table in other)


def among(found: Sequence[FoundPeople], tables: Sequence[Table]) -> list[FoundPeople]:
    """Those that are no part of a table of another kind."""
    other = [table for table in tables if table.kind not in _SHARED]
    return [one for one in found if not shares(one, other)]


def shares(one: FoundPeople, tables: Iterable[Table]) -> bool:
    """Whether a table of people shares a cell with some tables."""
    area = one.table.area
    return any(one.table.sheet == table.sheet and meet(table.area, area) for table in tables)


def is_by_headings(table: Table) -> bool:
    """Whether a table is of a kind, or has the fields, that rules about people know."""
    return table.kind != "participants" or table.column("all") is not None


def _found(block: Block) -> FoundPeople | None:
    if not block.labels or not block.header or len(block.body) > _MOST_ROWS:
        return None
    if _is_against(block):
        return None
    one = axes(block)
    lines = [row for row in one.rows if not row.is_section]
    if len(lines) < _FEWEST_ROWS or not one.columns or one.is_odd or not _are_counts(one):
        return None
    rules = read_rules(one)
    weight = sum(w for w, holds_ in _evidence(rules) if holds_)
    return FoundPeople(rules, _table(rules, weight)) if weight >= LEAST else None


# Evidence -------------------------------------------------------------------------------------


def _headings(block: Block) -> list[str]:
    return [text for c in (*block.labels, *block.columns) for text in block.texts(c)]


def _is_against(block: Block) -> bool:
    """Whether a block says that it is of something else: amounts, inhabitants, goals, events."""
    headings = _headings(block)
    said = (*block.titles[:2], *headings)
    if any(unit(text) or says_person(text, Person.CROWD) for text in said):
        return True
    if any(measures(text) & _OF_INDICATORS for text in headings):
        return True
    if any(scenarios.says(text, *scenarios.STATED) for text in said):
        return True
    dates = sum(
        any(holds(block.sheet.cell(row, c)) is Holds.DATE for c in (*block.labels, *block.columns))
        for row in block.body
    )
    return 2 * dates > len(block.body)


def _are_counts(one: Axes) -> bool:
    """Whether the counts are some, of a size that people are counted in, and no years."""
    if not one.counts or max(one.counts.values()) > _LARGEST:
        return False
    for column in one.columns:
        values = [n for (_, c), n in one.counts.items() if c == column.number]
        if len(values) > 1 and all(map(is_year, values)):
            return False
    return True


def _evidence(rules: Rules) -> Iterator[tuple[float, bool]]:
    one = rules.axes
    block = one.block
    headings, labels = _headings(block), [row.text for row in one.rows]
    titles = (*block.titles[:2], block.sheet.name)
    yield 2, any(says_person(text, Person.COUNTED) for text in titles)
    yield 2, _has_both(one.columns) or _has_both(one.rows)
    yield 1, any(says_person(text, Person.COUNTED) for text in headings)
    ways = {e.movement for e in (*one.columns, *one.rows) if e.movement}
    yield 1.5, len(ways) > 1
    yield 1, any(movement(text) for text in titles)
    yield 1.5, any(rule.is_proven for rule in rules.every)
    yield 1, any(entry.is_sum for entry in (*one.columns, *one.rows))
    yield 1, sum(bool(people_of(text) or sex(text)) for text in labels) > 1


def _has_both(entries: Sequence[Entry]) -> bool:
    return set(Sex) <= {entry.sex for entry in entries}


# The record -----------------------------------------------------------------------------------


def _table(rules: Rules, weight: float) -> Table:
    one = rules.axes
    block = one.block
    titles = (*block.titles, block.sheet.name)
    period = next((p for text in titles if (p := Period.find(text))), None)
    named = [text for column in block.columns for text in block.texts(column)]
    return Table(
        sheet=block.sheet.name,
        kind="participants",
        title=titles[0],
        titles=block.titles,
        period=period,
        header_row=block.header[-1],
        columns=tuple(_columns(one, period)),
        rows=tuple(_rows(rules)),
        score=round(min(1.0, weight / _SURE), 2),
        why=f"{len(one.columns)} kolumner med antal under {len(named)} rubriker",
        unit="st",
        top=block.header[0],
    )


def _columns(one: Axes, period: Period | None) -> Iterator[Column]:
    block = one.block
    for number in block.labels:
        field = "label" if number == block.labels[-1] else "group"
        yield Column(number, " ".join(block.texts(number)), field)
    counts = {entry.number for entry in one.columns}
    others = dict(one.others)
    for number in block.columns:
        heading = " ".join(block.texts(number))
        if number in counts:
            own = Period.find(heading) or period
            yield Column(number, heading, "count", "outcome", own)
        elif heading and others.get(number) != "count":
            yield Column(number, heading, others.get(number, "other"))


def _rows(rules: Rules) -> Iterator[Row]:
    sums = {r.target for r in rules.down if r.is_proven or r.is_placed}
    section: int | None = None
    for n, entry in enumerate(rules.axes.rows):
        if entry.is_section:
            section = entry.number
            yield Row(entry.number, "section", entry.text)
            continue
        role = "total" if n in sums or entry.is_sum else "line"
        yield Row(entry.number, role, entry.text, section)
