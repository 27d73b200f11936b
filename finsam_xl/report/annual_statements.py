"""Statements of an annual report as blocks: their rows as printed, and what is said below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount, Budget, BudgetRow, decimals
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_tables import Statement
from finsam_xl.report.budget_story import sum_notes
from finsam_xl.report.comment_sheet import label_shown
from finsam_xl.report.story import link
from finsam_xl.words.totals import is_bare_sum

_INDENT = "\u00a0" * 4
_NO_AMOUNT = re.compile(r"antal|soliditet|%")
_MOST_DECIMALS = 2
_NOTE_HEADING = "Not"


def block(
    statement: Statement,
    title: str,
    most: int,
    *,
    extra: tuple[Item, ...] = (),
    is_aligned: bool = False,
) -> tuple[Block, tuple[int, ...]]:
    """A statement as a block of at most ``most`` columns, and which of its columns they are.

    ``extra``: rows that are put last; ``is_aligned``: a column is kept free where other
    statements have the numbers of their notes. The small print is about what is shown.
    """
    has_notes = is_aligned or bool(statement.references)
    columns = shown_columns(statement.budget)
    left_out = columns[most - has_notes :]
    columns = columns[: most - has_notes]
    headings = [statement.heading(column) for column in columns]
    first = [_NOTE_HEADING if statement.references else ""] if has_notes else []
    notes = [*footnotes(statement.budget), *sum_texts(statement.budget, columns)]
    if left_out:
        notes.append(f"Visas inte här: {say.joined([statement.heading(c) for c in left_out])}.")
    items = (*_items(statement, columns, has_notes=has_notes), *extra)
    return Block(title, ("", *first, *headings), items, tuple(notes)), tuple(columns)


def shown_columns(budget: Budget) -> list[int]:
    """The columns of amounts, those of deviations among them."""
    wanted = [
        index
        for index, column in enumerate(budget.columns)
        if column.is_stated or column.scenario == "deviation"
    ]
    return wanted or list(range(len(budget.columns)))


def _items(statement: Statement, columns: Sequence[int], *, has_notes: bool) -> Iterator[Item]:
    budget = statement.budget
    for index, row in enumerate(budget.rows):
        if row.role in ("note", "blank") or _is_footnote(budget, index):
            continue
        place = link(budget.label_place(index))
        if row.role == "section":
            yield Item(row.label, (), say.SECTION_ROW, place)
            continue
        strong = _is_strong(budget, index)
        notes: tuple[Value, ...] = ()
        if has_notes:
            role = look.total(look.RIGHT_TEXT, strong)
            text = ", ".join(statement.references.get(index, ())) or None
            notes = ((text, role._replace(number="@")),)
        values = tuple(_value(statement, index, column, strong=strong) for column in columns)
        label = row.label if index in statement.references else label_shown(row.label, row.code)
        label = f"{_INDENT if row.level > 1 else ''}{label}"
        yield Item(label, (*notes, *values), look.total(look.LABEL, strong), place)


def _is_strong(budget: Budget, index: int) -> bool:
    """Whether a row sums up others, and is written as a total; a result may be the first post."""
    role = budget.rows[index].role
    if role == "result":
        return any(one.target == index for one in budget.sums)
    return role in ("total", "equity_close")


def _value(statement: Statement, row: int, column: int, *, strong: bool) -> Value:
    budget = statement.budget
    amount = budget.rows[row].amounts[column]
    if amount is None:
        plain = look.RIGHT_TEXT
        return statement.texts.get((row, column)), look.total(plain, strong)
    places = say.decimals(budget.unit)
    if _NO_AMOUNT.search(budget.rows[row].label.lower()):
        places = min(_MOST_DECIMALS, decimals(Fraction(amount)))
    return figure(amount, places, strong=strong)


def figure(amount: Amount, places: int = 0, *, strong: bool = False) -> Value:
    """An amount in a cell."""
    role = say.AMOUNTS[places]
    return say.cell(amount, places), look.total(role, strong)


def _is_footnote(budget: Budget, index: int) -> bool:
    """Whether a text without amounts is the last: nothing belongs to it."""
    below = budget.rows[index + 1 :]
    is_text = budget.rows[index].role == "section"
    return is_text and all(row.role in ("note", "blank", "section") for row in below)


def footnotes(budget: Budget) -> Iterator[str]:
    """The texts below a table that are part of it."""
    for index, row in enumerate(budget.rows):
        if row.role == "note" or _is_footnote(budget, index):
            yield row.label


def sum_texts(budget: Budget, columns: Sequence[int]) -> Iterator[str]:
    """What is said of printed totals that their lines do not give."""
    stated = [column for column in columns if budget.columns[column].is_stated]
    rows = [row._replace(label=_told(row)) for row in budget.rows]
    yield from sum_notes(budget._replace(rows=rows), stated)


def _told(row: BudgetRow) -> str:
    """A total's label, with its section where it is only "Summa"."""
    section = row.section.rpartition(" / ")[2]
    is_bare = is_bare_sum(row.label)
    return f"{row.label} {section.rstrip('*')}" if is_bare and section else row.label
