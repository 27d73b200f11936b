"""What an annual report reads across its tables: notes that share one, and names of goal areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from finsam_xl.labels import split_number
from finsam_xl.model_budget import Budget, BudgetRow
from finsam_xl.reading import social
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.kinds import Kind, kind, note_number


def separate_notes(budget: Budget, heading: str) -> Iterator[Budget]:
    """The notes that stand one below the other in a table, each as one of its own.

    ``heading``: what stands in the table's own heading cell, which may be the first note's title.
    """
    sections = {n: row.label for n, row in enumerate(budget.rows) if row.role == "section"}
    is_parted = any(map(note_number, sections.values()))
    titles = {
        n: label
        for n, label in sections.items()
        if note_number(label) or (is_parted and kind(label) is not None)
    }
    first = heading if note_number(heading) else budget.title
    ends = (*sorted(titles), len(budget.rows))
    if ends[0]:
        yield _part(budget._replace(title=first), 0, ends[0])
    for start, end in pairwise(ends):
        title = titles[start]
        named = budget._replace(title=title, kind=kind(title) or Kind.NOTE)
        yield _part(named, start + 1, end)


def _part(budget: Budget, start: int, end: int) -> Budget:
    """Some rows of a table, and the sums among them."""
    rows = [_moved(row, start) for row in budget.rows[start:end]]
    sums = tuple(
        one._replace(
            target=one.target - start, parts=tuple((row - start, by) for row, by in one.parts)
        )
        for one in budget.sums
        if all(start <= row < end for row in (one.target, *(row for row, _ in one.parts)))
    )
    return budget._replace(rows=rows, sums=sums)


def _moved(row: BudgetRow, start: int) -> BudgetRow:
    inside = row.parent is not None and row.parent >= start
    return row._replace(parent=row.parent - start if inside and row.parent is not None else None)


def area_names(grid: Grid, tables: Iterable[Table]) -> Mapping[str, str]:
    """The names of the goal areas by their numbers, from tables of weights and social budgets.

    A number that has two names has none.
    """
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        for label in _areas(grid, table):
            number, name = split_number(label)
            if number and name:
                found.setdefault(number, {})[name] = label[-len(name) :].strip()
    sure = {number: tuple(names.values()) for number, names in found.items() if len(names) == 1}
    return {number: name for number, (name,) in sure.items()}


def _areas(grid: Grid, table: Table) -> Iterable[str]:
    sheet = grid.sheet(table.sheet)
    if table.kind == "social_budget":
        return social.areas(sheet, table)
    if table.kind in ("weights", "impact_index"):
        return [row.label for row in table.rows if row.role == "line"]
    return ()
