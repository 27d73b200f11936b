"""The notes of an annual report, each with the line of the statement that refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Halves, Item, height_together
from finsam_xl.report.annual_flow import spread
from finsam_xl.report.annual_statements import block, figure
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.report.story import link

_MOST_COLUMNS = 2


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


def put(sheet: ReportSheet, annual: Annual, halves: Halves) -> None:
    """Draw the notes two and two, evenly over the pages they need; the small print follows."""
    known = references(annual)
    notes = [_note(note, known.get(note.number)) for note in annual.notes]
    pairs = [notes[start : start + 2] for start in range(0, len(notes), 2)]
    heights = [
        height_together(sheet, [(half, [one]) for half, one in zip(halves, pair, strict=False)])
        for pair in pairs
    ]
    if heights:
        heights[-1] += sheet.notes_height()
        for number in spread(sheet, heights):
            halves.put(sheet, pairs[number][:1], pairs[number][1:])


def missing(annual: Annual) -> Iterator[str]:
    """What is said of notes that are referred to and not there."""
    there = {note.number for note in annual.notes}
    lacking = [number for number in references(annual) if number not in there]
    if lacking:
        numbers = say.joined(sorted(lacking, key=int))
        yield f"Räkningarna hänvisar till noter som inte hittas i arbetsboken: {numbers}."


def _note(note: Statement, reference: Reference | None) -> Block:
    title = f"{note.budget.title}, {note.budget.unit}"
    if reference is None:
        return block(note, title, _MOST_COLUMNS)[0]
    row = reference.statement.budget.rows[reference.row]
    amounts = _referring(note, reference)
    plain = look.LABEL._replace(italic=True)
    item = Item(
        f"{_whose(reference)}: {row.label}",
        tuple((value, role._replace(italic=True)) for value, role in map(figure, amounts)),
        plain,
        link(reference.statement.budget.label_place(reference.row)),
    )
    made, columns = block(note, title, _MOST_COLUMNS, extra=(item,))
    differing = tuple(_differences(note, columns, amounts))
    return made._replace(notes=(*made.notes, *differing))


def _whose(reference: Reference) -> str:
    name = reference.name
    return name if reference.is_whole else f"Hör till {name[:1].lower()}{name[1:]}"


def _referring(note: Statement, reference: Reference) -> list[Amount]:
    """The amounts of the referring line in the years of the note."""
    if not reference.is_whole or reference.statement.budget.unit != note.budget.unit:
        return []
    found: list[Amount] = []
    for column in note.budget.columns[:_MOST_COLUMNS]:
        place = reference.statement.column_of(column.period.year) if column.period else None
        amounts = reference.statement.budget.rows[reference.row].amounts
        found.append(None if place is None else amounts[place])
    return found


def _differences(note: Statement, columns: tuple[int, ...], amounts: list[Amount]) -> Iterator[str]:
    """What is said where the note's total is not the amount of the line."""
    totals = [row for row in note.budget.rows if row.role == "total"]
    for column, amount in zip(columns, amounts, strict=False):
        stated = totals[-1].amounts[column] if totals else None
        if stated is not None and amount is not None and abs(stated) != abs(amount):
            yield (
                f"▼ {note.heading(column)}: noten slutar på {say.shown(stated)}, raden är "
                f"{say.shown(amount)}."
            )
