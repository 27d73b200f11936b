"""What the command line says: to people in Swedish, to programs as one JSON object.

An old console that lacks a sign of ours gets the nearest it has, and a program its code.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import click

from finsam_xl.cli import lines
from finsam_xl.errors import FinsamError
from finsam_xl.formulas.swedish import as_read
from finsam_xl.money import exact, swedish
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.grid import Value

_MOST_CELLS = 10
_LONGEST_VALUE, _DECIMALS = 24, 4
_GAP, _LEAST_ROOM, _BELOW = 2, 20, "    "
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves, colours or turns round what a terminal shows; a sheet may hold any of it."""


_NEAREST = {
    "−": "-", "–": "-", "—": "-", "→": "->", "…": "...", "”": '"', "“": '"', "’": "'", "•": "*",
    "✖": "x", "▲": "!", "·": "*", "×": "x", "≥": ">=", "≤": "<=", "≠": "<>", "÷": "/",
}  # fmt: skip
"""What is shown for a sign that an old console lacks; a minus that is lost is another figure."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """The nearest of signs that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_NEAREST.get(sign) or _bare(sign) for sign in text), error.end


def _bare(sign: str) -> str:
    """A letter without its marks, as most fonts have it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))
    return bare if bare.isascii() else "?"


_WHOLE = "utf-8"
LOSSY = "finsam-nearest"
"""How a stream is to encode the signs that it lacks."""
codecs.register_error(LOSSY, _nearest)


class UnprintedError(FinsamError):
    """An answer that could not be printed."""

    usual = (
        "Svaret gick inte att skriva ut: det finns inte plats där det ska hamna, eller är stängt."
    )


def as_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    import json

    # What a code page lacks would be lost: a program gets its number.
    is_whole = codecs.lookup(sys.stdout.encoding or "ascii").name == _WHOLE
    text = json.dumps(content, ensure_ascii=not is_whole, indent=1)
    _out(_STEERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text))


def say(text: str) -> None:
    """Print a line for people."""
    _out(visible(text))


def tell(text: str, first: str = "", rest: str = "  ") -> None:
    """Print a sentence for people, over several lines where it is long; see ``lines.wrapped``."""
    for line in lines.wrapped(text, (), first, rest, lines.width()):
        say(line)


def marked(mark: str, colour: str, text: str) -> str:
    """A line that begins with a mark, in colour where a terminal shows it."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    is_coloured = sys.stdout.isatty() and not is_plain
    shown = click.style(mark, fg=colour) if is_coloured and colour else mark
    return f"{shown} {visible(text)}"


def out(text: Iterable[str]) -> None:
    """Print many lines at once, each made visible already; a mark in its colour."""
    _out("\n".join(text))


def complain(text: str) -> None:
    """Print a sentence on standard error, if there is room: a terminal breaks no word of it.

    In a file, or to a program, it is one line.
    """
    told = [visible(text)]
    with suppress(OSError, ValueError):
        if sys.stderr.isatty():
            told = lines.wrapped(told[0], (), "", "  ", lines.width(sys.stderr))
        print("\n".join(told), file=sys.stderr, flush=True)


def visible(text: str) -> str:
    """Text without the signs that steer a terminal; a line break is what it is."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def ready(*, as_json: bool) -> None:
    """See to it that what is said comes out, before anything is written.

    A full disk or a reader that is gone is only noticed when something is said. JSON may begin
    with a space.
    """
    try:
        _out(" " if as_json else "", end="", flush=True)
    except UnprintedError as error:
        error.what = f"{error.what} Inget är skrivet i arbetsboken."
        raise


@contextmanager
def told(written: str) -> Iterator[None]:
    """See to it that the rest comes out too; if not, that it is known which file is written."""
    try:
        yield
        _out("", end="", flush=True)
    except UnprintedError as error:
        if written:
            error.what = f"{error.what} {written} är skriven."
        raise


def _out(text: str, end: str = "\n", *, flush: bool = False) -> None:
    try:
        if "\x1b" in text:  # only marks of ours; an old Windows terminal is told another way
            click.echo(text, nl=bool(end))
        else:
            print(text, end=end, flush=flush)
    except OSError as error:
        raise UnprintedError from error


def edits(plan: Plan, *, every: bool, has_findings: bool = False, log: str = "") -> None:
    """Show the cells that change, old and new and why: every one, or the first of them.

    ``has_findings``: whether something is told of the workbook; ``log``: the command that shows
    the rest.
    """
    shown = plan.edits if every else plan.edits[:_MOST_CELLS]
    if not shown and plan.removed:
        say("Inga celler ändras. Blad som körningen lade till tas bort.")
        return
    if not shown:
        # What is not filled in may be wrong all the same, or blank since nobody knows what it is.
        say("Inget fylls i." if has_findings else "Alla celler visar redan rätt värden.")
        return
    cells((f"{e.sheet}!{e.cell}", _held(e), _new(e), e.why) for e in shown)
    left = len(plan.edits) - len(shown)
    if left:
        where = f" Alla står i loggen: {lines.whole(log)}" if log else ""
        tell(f"… och {left} till.{where}")
    sheets = Counter(edit.sheet for edit in plan.edits)
    told = ", ".join(f"{sheet} {count}" for sheet, count in sheets.items())
    say("")
    tell(f"{_cells(len(plan.edits))}: {told}.")
    fetched = sum(bool(edit.source) for edit in plan.edits)
    others = len(plan.edits) - fetched
    if fetched and others:
        tell(
            f"{_cells(fetched)} hämtas ur filen. {_cells(others)} räknas av dem: resultat i samma "
            "tabell som var tomma, som summor och avvikelser, och de som programmet har räknat "
            "förut."
        )


def _cells(count: int) -> str:
    return f"{count} {'cell' if count == 1 else 'celler'}"


def _held(edit: CellEdit) -> Value:
    return as_read(f"={edit.old_formula}") if edit.old_formula else edit.old


def _new(edit: CellEdit) -> Value:
    if edit.keeps_value:
        return f"färg {edit.new_mark or 'bort'}"
    return as_read(f"={edit.formula}") if edit.formula else edit.new


def cells(rows: Iterable[tuple[str, Value, Value, str]]) -> None:
    """Show cells: where, what stood there, what does, and why."""
    headings = ("Var", "Förut", "Nu", "Varför")
    grid(headings, [(where, value(old), value(new), why) for where, old, new, why in rows])


def value(held: Value) -> str:
    """A value as a Swedish reader writes it, short enough for a column."""
    if held is None or held == "":
        return "tomt"
    if isinstance(held, bool):
        return "SANT" if held else "FALSKT"
    if isinstance(held, int | float):
        number = exact(held)
        decimals = 0 if number.denominator == 1 else _DECIMALS
        return swedish(number, decimals).rstrip("0").rstrip(",") if decimals else swedish(number)
    text = " ".join(held.split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show a table lined up with spaces; the last column goes on below where it is long."""
    every = [headings, *([_on_a_line(text) for text in row] for row in rows)]
    widths = [max(len(row[n]) for row in every) for n in range(len(headings) - 1)]
    most = lines.width()
    indent = sum(widths) + _GAP * len(widths)
    is_below = most - indent < _LEAST_ROOM
    for row in every:
        cells = (text.ljust(width + _GAP) for text, width in zip(row, widths, strict=False))
        first = "".join(cells)
        if is_below and row is not headings:
            _out(first.rstrip())
            first, indent = _BELOW, len(_BELOW)
        _out("\n".join(lines.wrapped(row[-1], (), first, " " * indent, most)).rstrip())


def _on_a_line(text: str) -> str:
    return visible(" ".join(text.splitlines()))
