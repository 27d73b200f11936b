"""How a workbook was understood, told to people: table by table, in 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap

from finsam_xl.address import is_turned, letters, real_name
from finsam_xl.cli.printing import say
from finsam_xl.model_budget import SIGNED
from finsam_xl.reading.book import Unread
from finsam_xl.reading.reasons import name_of
from finsam_xl.sheets.tables import Column, Table
from finsam_xl.words.meanings import kind_name

_WIDTH = 78
_NAME = 11
_SURE, _SURE_ROW = 0.9, 0.6
_ACROSS = "på tvären: åren står nedåt, så en kolumn i skälen nedan är en rad på bladet."
_MOST_REASONS, _MOST_UNSURE = 3, 6
_ROLES = (
    ("line", "rad", "rader"),
    ("subline", "underrad", "underrader"),
    ("total", "summa", "summor"),
    ("result", "resultat", "resultat"),
)


def tables(found: Sequence[Table], unread: Sequence[Unread]) -> None:
    """Show what was recognised, what is unsure, and what was not understood."""
    if not found:
        say("Ingen tabell känns igen.")
    for table in found:
        for line in _table(table):
            say(line)
        say("")
    if unread:
        say("Inte lästa:")
        for one in unread:
            for line in wrap(
                f"{one.sheet}!{one.range}: {one.why}",
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="    ",
            ):
                say(line)


def _table(table: Table) -> Iterator[str]:
    facts = [kind_name(table.kind)]
    sheet = real_name(table.sheet)
    if table.title and table.title != sheet:
        facts.append(f"”{table.title}”")
    if table.budget is not None:
        signs = "kostnader med minus" if table.sign == SIGNED else "kostnader utan minus"
        facts.append(f"{table.unit}, {signs}")
    yield from wrap(f"{sheet}!{table.range}: {', '.join(facts)}", _WIDTH, subsequent_indent="  ")
    is_across = is_turned(table.sheet)
    columns, rows = ("Rader", "Kolumner") if is_across else ("Kolumner", "Rader")
    yield from _told("Läst", _ACROSS if is_across else "")
    yield from _told(columns, "; ".join(_column(table, c) for c in _shown(table)))
    yield from _told(rows, _rows(table))
    yield from _told("Grund", " ".join(_reasons(table)))
    for unsure in _unsure(table):
        yield from _told("Osäkert", unsure)


def _told(name: str, text: str) -> Iterator[str]:
    if text:
        yield from wrap(
            text,
            _WIDTH,
            initial_indent=f"  {name:<{_NAME}}",
            subsequent_indent=" " * (_NAME + 2),
        )


def _shown(table: Table) -> list[Column]:
    return [c for c in table.columns if c.field not in ("label", "group")]


def _column(table: Table, column: Column) -> str:
    """A column's letter, its heading, and what it was read as if it is of amounts.

    A table with its years down the side has rows for columns.
    """
    place = str(column.number) if is_turned(table.sheet) else letters(column.number)
    name = f"{place} ”{' '.join(column.header.split())}”"
    if column.scenario == "other":
        return name if column.field != "other" else f"{name} = räknas inte"
    period = f" {column.period}" if column.period else ""
    return f"{name} = {name_of(column.scenario)}{period}"


def _rows(table: Table) -> str:
    counts = Counter(row.role for row in table.rows)
    return ", ".join(
        f"{counts[role]} {one if counts[role] == 1 else several}"
        for role, one, several in _ROLES
        if counts[role]
    )


def _reasons(table: Table) -> Iterator[str]:
    """The strongest reasons for what the table was read as, each once."""
    if table.budget is None:
        yield f"{table.why[:1].upper()}{table.why[1:]}."
        return
    claims = [(column.sure, column.why) for column in _shown(table)]
    claims += [(row.sure, row.why) for row in table.rows if row.role in ("total", "result")]
    ranked = sorted(claims, key=lambda claim: -claim[0])
    told = dict.fromkeys(why[0] for _, why in ranked if why)
    for why in list(told)[:_MOST_REASONS]:
        yield f"{why[:1].upper()}{why[1:]}".rstrip(".") + "."


def _unsure(table: Table) -> Iterator[str]:
    """What a person should look at: columns first, with what to do about them."""
    is_across = is_turned(table.sheet)
    column, line = ("Rad", "Kolumn") if is_across else ("Kolumn", "Rad")
    found = [
        f"{column} {_column(table, c)} ({c.sure:.0%}). {' '.join(c.why)} "
        "Skriv i rubriken vad och vilket år den gäller."
        for c in _shown(table)
        if c.sure < _SURE and c.scenario != "other"
    ]
    found += [
        f"{line} {letters(row.row) if is_across else row.row} ”{row.label}”: {'; '.join(row.why)}."
        for row in table.rows
        if row.sure < _SURE_ROW and row.role in ("total", "result") and row.why
    ]
    yield from found[:_MOST_UNSURE]
    if len(found) > _MOST_UNSURE:
        yield f"… och {len(found) - _MOST_UNSURE} till; alla finns med --json."
