"""The notes of an annual report, each with the line of the statement that refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.labels import small
from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, pieces
from finsam_xl.report.annual_statements import MOST_COLUMNS, block, in_unit, shown_columns
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.annual_values import figure
from finsam_xl.report.flow import Piece
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.report.story import link
from finsam_xl.words.kinds import without_reference


class Reference(NamedTuple):
    """A line that refers to notes: whose statement, which one, and whether the note is its own.

    Of several notes to one line only the first is of the whole of it.
    """

    name: str
    statement: Statement
    row: int
    is_whole: bool


def references(annual: Annual) -> dict[str, Reference]:
    """The line of the statements that refers to each note."""
    found: dict[str, Reference] = {}
    named = (("Resultaträkningen", annual.income), ("Balansräkningen", annual.balance))
    for name, statement in named:
        if statement is None:
            continue
        for index, numbers in statement.references.items():
            for place, number in enumerate(numbers):
                found.setdefault(number, Reference(name, statement, index, place == 0))
    return found


def notes(sheet: ReportSheet, annual: Annual) -> Iterator[Piece]:
    """The notes one below the other."""
    known = references(annual)
    for one in annual.notes:
        yield from pieces(sheet, _note(annual, one, known.get(one.number)))


def missing(annual: Annual) -> Iterator[str]:
    """What is said of notes that are referred to and not there."""
    there = {note.number for note in annual.notes}
    lacking = [number for number in references(annual) if number not in there]
    if lacking:
        numbers = say.joined(sorted(lacking, key=int))
        yield f"Räkningarna hänvisar till noter som inte hittas i arbetsboken: {numbers}."


def _note(annual: Annual, note: Statement, reference: Reference | None) -> Block:
    title = in_unit(note.budget.title, note.budget.unit)
    if reference is None:
        return block(note, title, annual.wrong)
    row = reference.statement.budget.rows[reference.row]
    columns = shown_columns(note.budget)[:MOST_COLUMNS]
    amounts = list(_referring(note, columns, reference))
    item = Item(
        f"{_whose(reference)}: {without_reference(row.label)}",
        tuple((value, role._replace(italic=True)) for value, role in map(figure, amounts)),
        look.LABEL._replace(italic=True),
        link(reference.statement.budget.label_place(reference.row)),
    )
    made = block(note, title, annual.wrong, extra=(item,), columns=columns)
    differing = tuple(_differences(note, columns, amounts))
    return made._replace(notes=(*made.notes, *differing))


def _whose(reference: Reference) -> str:
    name = reference.name
    return name if reference.is_whole else f"Hör till {small(name)}"


def _referring(note: Statement, columns: Sequence[int], reference: Reference) -> Iterator[Amount]:
    """The amounts of the referring line in the years of the note."""
    if not reference.is_whole or reference.statement.budget.unit != note.budget.unit:
        return
    amounts = reference.statement.budget.rows[reference.row].amounts
    for column in columns:
        period = note.budget.columns[column].period
        place = reference.statement.column_of(period.year) if period else None
        yield None if place is None else amounts[place]


def _differences(
    note: Statement, columns: Sequence[int], amounts: Sequence[Amount]
) -> Iterator[str]:
    """What is said where the note's total is not the amount of the line."""
    totals = [row for row in note.budget.rows if row.role == "total"]
    for column, amount in zip(columns, amounts, strict=False):
        stated = totals[-1].amounts[column] if totals else None
        if stated is not None and amount is not None and abs(stated) != abs(amount):
            yield (
                f"▼ {note.heading(column)}: noten slutar på {say.shown(stated)}, raden är "
                f"{say.shown(amount)}."
            )
