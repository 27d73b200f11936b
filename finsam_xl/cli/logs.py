"""The runs of a workbook's log: for people one line each, for programs with every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finsam_xl.cli import printing
from finsam_xl.errors import InputError
from finsam_xl.formulas.swedish import as_read
from finsam_xl.reading.run_log import Entry, is_named, runs
from finsam_xl.sheets.grid import Value

_NOTHING = "Loggen är tom: inget är skrivet av programmet i den här boken."


def told(log: Sequence[Entry], file: str, run: str = "") -> None:
    """Every run in a line, the latest first; of a named one every cell."""
    chosen = _chosen(log, run)
    if not chosen:
        printing.say(_NOTHING)
        return
    undone = {one.undoes for one in log if one.undoes}
    rows = [_line(name, entries, name in undone) for name, entries in reversed(chosen)]
    printing.grid(("Körning", "Vem", "Celler", "Vad"), rows)
    if run:
        printing.say("")
        cells = [one for _, entries in chosen for one in entries if one.cell]
        printing.cells(
            (f"{e.sheet}!{e.cell}", _held(e.old_formula, e.old), _held(e.formula, e.new), e.why)
            for e in cells
        )
    else:
        last = chosen[-1][0].rpartition(" ")[2]
        printing.say(f'\nVisa en körnings celler: finsam-xl logg "{file}" --run {last}')


def told_of_cell(log: Sequence[Entry], rows: Sequence[Entry], cell: str) -> None:
    """Every run that has written a cell, the latest first: when, who, what stood there, why."""
    if not rows:
        printing.say(f"Inget är skrivet av programmet i {cell}.")
        return
    undone = {one.undoes for one in log if one.undoes}
    firsts = {name: entries[0] for name, entries in runs(log)}
    lines = []
    for row in reversed(rows):
        first = firsts[row.run]
        name = f"{row.run} (ångrad)" if row.run in undone else row.run
        what = f"{first.action} {first.undoes}".strip()
        lines.append((name, first.who, what, _shown(row.old_formula, row.old),
                      _shown(row.formula, row.new), row.why))  # fmt: skip
    printing.grid(("Körning", "Vem", "Vad", "Förut", "Nu", "Varför"), lines)


def _shown(formula: str, value: Value) -> str:
    return printing.value(_held(formula, value))


def _held(formula: str, value: Value) -> Value:
    """What a cell held: its formula, if it had one."""
    return as_read(f"={formula}") if formula else value


def as_json(
    log: Sequence[Entry], run: str = "", of_cell: Sequence[Entry] | None = None
) -> dict[str, Any]:
    """The runs with the fields programs rely on; ``of_cell``: the rows of one cell, and no more."""
    undone = {one.undoes for one in log if one.undoes}
    chosen = _chosen(log, run)
    if of_cell is not None:
        wanted = {row.run: row for row in of_cell}
        chosen = [(name, [rows[0], wanted[name]]) for name, rows in chosen if name in wanted]
    return {"runs": [_run(name, entries, name in undone) for name, entries in chosen]}


def _chosen(log: Sequence[Entry], run: str) -> list[tuple[str, list[Entry]]]:
    every = runs(log)
    if not run:
        return every
    found = [(name, entries) for name, entries in every if is_named(name, run)]
    if not found:
        raise InputError(
            f"Körningen ”{run}” finns inte i loggen.", remedy="Visa körningarna med finsam-xl logg."
        )
    return found


def _line(name: str, entries: Sequence[Entry], is_undone: bool) -> tuple[str, str, str, str]:
    first, cells = entries[0], sum(bool(one.cell) for one in entries)
    sheets = ", ".join(one.sheet for one in entries if one.sheet and not one.cell)
    what = first.action + (f" {first.undoes}" if first.undoes else "")
    what += f": {sheets}" if sheets else ""
    return name, first.who, str(cells), what + (" (ångrad)" if is_undone else "")


def _run(name: str, entries: Sequence[Entry], is_undone: bool) -> dict[str, Any]:
    first = entries[0]
    return {
        "run": name,
        "when": first.when,
        "user": first.who,
        "action": first.action,
        "version": first.version,
        "source": first.source,
        "findings": first.why,
        "undoes": first.undoes or None,
        "undone": is_undone,
        "sheets": [one.sheet for one in entries if one.sheet and not one.cell],
        "edits": list(_edits(entries)),
    }


def _edits(entries: Iterable[Entry]) -> Iterable[dict[str, Value]]:
    for one in entries:
        if one.cell:
            formula: dict[str, Value] = {"formula": f"={one.formula}"} if one.formula else {}
            place: dict[str, Value] = {"sheet": one.sheet, "cell": one.cell}
            yield place | {"old": one.old, "new": one.new} | formula | {"why": one.why}
