"""Statements of an annual report as blocks: their rows as printed, and what is said below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.deviation import deviation
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, BudgetRow, decimals
from finsam_xl.palette import RULE
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_tables import Statement, Wrong, told
from finsam_xl.report.annual_values import figure
from finsam_xl.report.budget_story import sum_notes
from finsam_xl.report.comment_sheet import label_shown
from finsam_xl.report.story import link
from finsam_xl.words.kinds import without_reference
from finsam_xl.words.shading import is_of_grey
from finsam_xl.words.totals import is_bare_sum
from finsam_xl.words.units import unit

MOST_COLUMNS = 5
"""How many columns of values a page has room for."""
_NO_AMOUNT = re.compile(r"antal|soliditet|%")
_CLAUSE = re.compile(r"[^.;]+[.;]?\s*")
_MOST_DECIMALS = 2
_NOTE_HEADING = "Not"


def block(
    statement: Statement,
    title: str,
    wrong: Wrong,
    *,
    extra: tuple[Item, ...] = (),
    is_aligned: bool = False,
    columns: Sequence[int] | None = None,
) -> Block:
    """A statement as a block.

    ``extra``: rows that are put last; ``is_aligned``: a column is kept free where other
    statements have the numbers of their notes; ``columns``: those shown, else the first that
    there is room for. The small print is about what is shown.
    """
    budget = statement.budget
    has_notes = is_aligned or bool(statement.references)
    every = shown_columns(budget)
    columns = every[: MOST_COLUMNS - has_notes] if columns is None else columns
    headings = [statement.heading(column) for column in columns]
    first = [_NOTE_HEADING if statement.references else ""] if has_notes else []
    drawn = _Drawn(statement, columns, wrong, has_notes=has_notes)
    notes = [*footnotes(budget, has_grey=drawn.has_grey), *sum_texts(budget, columns)]
    notes += told(wrong, drawn.places(), notes)
    left_out = [statement.heading(column) for column in every if column not in columns]
    if left_out:
        notes.append(f"Visas inte här: {say.joined(left_out)}.")
    return Block(title, ("", *first, *headings), (*drawn.items(), *extra), tuple(notes))


def shown_columns(budget: Budget) -> list[int]:
    """The columns of amounts, those of deviations among them."""
    wanted = [
        index
        for index, column in enumerate(budget.columns)
        if column.is_stated or column.scenario == "deviation"
    ]
    return wanted or list(range(len(budget.columns)))


def in_unit(title: str, of: str) -> str:
    """A title with the unit of its amounts, if it does not say it already: 'Not 6, kr'."""
    return title if unit(title) == of or not of else f"{title}, {of}"


class _Drawn:
    """The rows of a statement in some of its columns."""

    def __init__(
        self, statement: Statement, columns: Sequence[int], wrong: Wrong, *, has_notes: bool
    ) -> None:
        self._statement, self._columns = statement, columns
        self._wrong, self._has_notes = wrong, has_notes
        budget = statement.budget
        self._rows = [
            index
            for index, row in enumerate(budget.rows)
            if row.role not in ("note", "blank") and not _is_footnote(budget, index)
        ]
        blanks = any(
            budget.rows[index].amounts[column] is None
            for index in self._rows
            for column in columns
            if budget.rows[index].role != "section"
        )
        self.has_grey = blanks and any(map(is_of_grey, footnotes(budget)))
        """Whether blank cells are grey, as the table says of itself."""

    def places(self) -> Iterator[Ref]:
        """The cells of the figures."""
        for row in self._rows:
            yield from (self._statement.budget.place(row, column) for column in self._columns)

    def items(self) -> Iterator[Item]:
        """The rows."""
        budget = self._statement.budget
        for index in self._rows:
            row = budget.rows[index]
            place = link(budget.label_place(index))
            if row.role == "section":
                yield Item(row.label, (), say.SECTION_ROW, place)
                continue
            strong = _is_strong(budget, index)
            references = self._statement.references.get(index, ())
            notes: tuple[Value, ...] = ()
            if self._has_notes:
                role = look.total(look.RIGHT_TEXT, strong)._replace(number="@")
                notes = ((", ".join(references) or None, role),)
            values = tuple(self._value(index, column, strong=strong) for column in self._columns)
            bare = without_reference(row.label)
            label = bare if references else label_shown(row.label, row.code)
            label = f"{look.INDENT if row.level > 1 else ''}{label}"
            yield Item(label, (*notes, *values), look.total(look.LABEL, strong), place)

    def _value(self, row: int, column: int, *, strong: bool) -> Value:
        budget = self._statement.budget
        amount = budget.rows[row].amounts[column]
        if amount is None:
            fill = RULE if self.has_grey else ""
            text = self._statement.texts.get((row, column))
            return text, look.total(look.RIGHT_TEXT, strong)._replace(fill="" if text else fill)
        places = say.decimals(budget.unit)
        if _NO_AMOUNT.search(budget.rows[row].label.lower()):
            places = min(_MOST_DECIMALS, decimals(Fraction(amount)))
        value, role = figure(amount, places, strong=strong)
        if budget.place(row, column) in self._wrong:
            return value, look.faulty(role)
        if is_better(budget, row, column):
            return value, say.deviating(role, amount, is_marked=strong)
        return value, role


def is_better(budget: Budget, row: int, column: int) -> bool:
    """Whether a deviation is written so that more is better, by its outcome and budget."""
    compared, amounts = budget.compared(column), budget.rows[row].amounts
    if budget.columns[column].scenario != "deviation" or compared is None:
        return False
    outcome, against = (amounts[place] for place in compared)
    gap = deviation(outcome, against, budget.sign, is_income=budget.rows[row].gains)
    stated = amounts[column]
    return gap is not None and stated is not None and gap * stated >= 0


def _is_strong(budget: Budget, index: int) -> bool:
    """Whether a row sums up others, and is written as a total; a result may be the first post."""
    role = budget.rows[index].role
    if role == "result":
        return any(one.target == index for one in budget.sums)
    return role in ("total", "equity_close")


def _is_footnote(budget: Budget, index: int) -> bool:
    """Whether a text without amounts is the last: nothing belongs to it."""
    below = budget.rows[index + 1 :]
    is_text = budget.rows[index].role == "section"
    return is_text and all(row.role in ("note", "blank", "section") for row in below)


def footnotes(budget: Budget, *, has_grey: bool = True) -> Iterator[str]:
    """The texts below a table that are part of it; of grey cells only where there are any."""
    for index, row in enumerate(budget.rows):
        if row.role == "note" or _is_footnote(budget, index):
            clauses = (one for one in _CLAUSE.findall(row.label) if not is_of_grey(one))
            text = row.label if has_grey else "".join(clauses).strip()
            if text:
                yield f"{text[:-1]}." if text.endswith(";") else text


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
