"""What the command line says: to people in Swedish, to programs as one JSON object.

Tables are drawn with rich on a terminal; into a pipe goes plain text, which
needs nothing loaded.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from finsam_xl.address import is_turned, real_name
from finsam_xl.errors import FinsamError
from finsam_xl.model import Finding
from finsam_xl.money import exact, swedish
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.grid import Value
from finsam_xl.sheets.tables import Table

SEVERITIES = {"error": "✖ fel", "warning": "▲ varning", "info": "· upplysning"}
_SEVERITY_STYLES = {"error": "red", "warning": "yellow", "info": "dim"}
_MOST_ALIKE = 3
_MOST_CELLS = 10
_LONGEST_VALUE, _DECIMALS = 24, 4
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves, colours or turns round what a terminal shows; a sheet may hold any of it."""


class UnprintedError(FinsamError):
    """An answer that could not be printed."""

    usual = (
        "Svaret gick inte att skriva ut: det finns inte plats där det ska hamna, eller är stängt."
    )


def as_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    import json

    text = json.dumps(content, ensure_ascii=False, indent=1)
    _out(_STEERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text))


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding with the fields programs rely on."""
    order = ("severity", "code", "sheet", "cell", "file", "stated", "calculated", "difference")
    also = [
        {"sheet": ref.sheet, "cell": ref.cell, "file": ref.file or finding.file}
        for ref in finding.also
    ]
    return {name: getattr(finding, name) for name in (*order, "message")} | {"also": also}


def edit_json(edit: CellEdit) -> dict[str, Any]:
    """An edit; ``formula`` only where one is written, of which ``new`` is the result."""
    formula = {"formula": f"={edit.formula}"} if edit.formula else {}
    fields = {"sheet": edit.sheet, "cell": edit.cell, "old": edit.old, "new": edit.new}
    return {**fields, **formula, "why": edit.why}


def plan_json(plan: Plan, findings: Iterable[Finding]) -> dict[str, Any]:
    """A plan with the fields programs rely on."""
    return {
        "run": plan.run,
        "edits": [edit_json(edit) for edit in plan.edits],
        "findings": [finding_json(finding) for finding in findings],
        "sheets": [sheet.name for sheet in plan.sheets],
    }


def table_json(table: Table) -> dict[str, Any]:
    """A recognised table with the fields programs rely on.

    ``turned``: its columns of amounts are rows of the sheet, and its rows are columns there.
    """
    period = str(table.period) if table.period else None
    labels = {row.row: row.label for row in table.rows}
    return {
        "sheet": real_name(table.sheet),
        "range": table.range,
        "turned": is_turned(table.sheet),
        "kind": table.kind,
        "unit": table.unit,
        "sign": table.sign,
        "title": table.title,
        "score": table.score,
        "why": table.why,
        "columns": [
            {
                "column": c.number,
                "header": c.header,
                "field": c.field,
                "period": str(c.period) if c.period else period,
                "scenario": c.scenario,
                "version": c.version,
                "sure": c.sure,
                "why": list(c.why),
            }
            for c in table.columns
        ],
        "rows": [
            {
                "row": r.row,
                "role": r.role,
                "label": r.label,
                "parent": labels.get(r.parent) if r.parent else None,
                "sure": r.sure,
                "why": list(r.why),
            }
            for r in table.rows
        ],
    }


def say(text: str) -> None:
    """Print a line for people."""
    _out(visible(text))


def complain(text: str) -> None:
    """Print a line on standard error, if there is room for one."""
    with suppress(OSError, ValueError):
        print(visible(text), file=sys.stderr, flush=True)


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
        print(text, end=end, flush=flush)
    except OSError as error:
        raise UnprintedError from error


def edits(plan: Plan, *, every: bool) -> None:
    """Show the cells that change, old and new and why: every one, or the first of them."""
    shown = plan.edits if every else plan.edits[:_MOST_CELLS]
    if not shown:
        say("Alla celler visar redan rätt värden.")
        return
    cells((f"{e.sheet}!{e.cell}", _held(e), _new(e), e.why) for e in shown)
    left = len(plan.edits) - len(shown)
    if left:
        say(f"… och {left} till. Alla står i loggen: finsam-xl log FIL --run KÖRNING")
    sheets = Counter(edit.sheet for edit in plan.edits)
    told = ", ".join(f"{sheet} {count}" for sheet, count in sheets.items())
    say(f"\n{len(plan.edits)} {'cell' if len(plan.edits) == 1 else 'celler'}: {told}.")


def _held(edit: CellEdit) -> Value:
    return f"={edit.old_formula}" if edit.old_formula else edit.old


def _new(edit: CellEdit) -> Value:
    if edit.keeps_value:
        return f"färg {edit.new_mark or 'bort'}"
    return f"={edit.formula}" if edit.formula else edit.new


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


def checked(found: Sequence[Finding], figures: int, files: Sequence[str]) -> None:
    """Show what a check found, file by file, and how much it looked at."""
    for file in (None, *files) if len(files) > 1 else (None,):
        here = [f for f in found if len(files) == 1 or (f.file or None) == file]
        if here:
            if file:
                say(f"\n{file}")
            findings(here)
    counts = Counter(str(finding.severity) for finding in found)
    words = {
        "error": ("fel", "fel"),
        "warning": ("varning", "varningar"),
        "info": ("upplysning", "upplysningar"),
    }
    told = ", ".join(
        f"{counts[severity]} {one if counts[severity] == 1 else several}"
        for severity, (one, several) in words.items()
    )
    size = f"{figures:,}".replace(",", "\u00a0")
    say(f"\n{told if found else 'Inget att anmärka på'}. {size} siffror är kontrollerade.")


def findings(found: Sequence[Finding]) -> None:
    """Show findings, the worst first; many alike are shown as one line."""
    order = list(SEVERITIES)
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(found, key=lambda f: order.index(f.severity)):
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    rows, styles = [], []
    for (severity, code), alike in groups.items():
        shown = alike if severity != "info" or len(alike) <= _MOST_ALIKE else alike[:1]
        for finding in shown:
            more = f" (och {len(alike) - 1} till av samma slag)" if len(shown) < len(alike) else ""
            place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet or ""
            place = place or finding.file or ""
            rows.append((SEVERITIES[severity], place, code, finding.message + more))
            styles.append(_SEVERITY_STYLES[severity])
    if rows and sys.stdout.isatty():
        _told(rows, styles)
    elif rows:
        grid(("", "Var", "Kod", "Vad"), rows, styles)


def _told(rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
    """Findings on a terminal: what and where on a line, and what it is about below."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    for (severity, place, code, message), style in zip(rows, styles, strict=True):
        console.print(Text(f"{severity}  {place}  ({code})", style=style))
        console.print(Padding(Text(message), (0, 0, 0, 2)))


def grid(
    headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()
) -> None:
    """Show a table: lined up with spaces, on a terminal drawn."""
    if not sys.stdout.isatty():
        _plain(headings, rows)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for number, row in enumerate(rows):
        table.add_row(
            *(Text(_on_a_line(text)) for text in row), style=styles[number] if styles else None
        )
    try:
        Console().print(table)
    except OSError as error:
        raise UnprintedError from error


def _plain(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns lined up with spaces; the last one runs on."""
    every = [headings, *([_on_a_line(text) for text in row] for row in rows)]
    widths = [max(len(row[n]) for row in every) for n in range(len(headings) - 1)]
    for row in every:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        _out("  ".join([*cells, row[-1]]).rstrip())


def _on_a_line(text: str) -> str:
    return visible(" ".join(text.splitlines()))
