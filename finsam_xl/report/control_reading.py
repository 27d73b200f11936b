"""Reading a sheet *Rapport Kontroll* that people have worked in.

Rows may have been sorted, filtered, moved or deleted, columns inserted, moved or renamed a
little; what is read is what stands under the headings, on every row below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from finsam_xl.labels import normalise
from finsam_xl.report.control_keys import Mark, Marks
from finsam_xl.sheets.grid import Cell, CellError, SheetGrid

HEADINGS = {
    "sheet": "Blad",
    "severity": "Allvar",
    "place": "Plats",
    "also": "Även",
    "message": "Vad",
    "stated": "Står",
    "calculated": "Räknat",
    "difference": "Skillnad",
    "code": "Kod",
    "status": "Status",
    "action": "Åtgärd",
    "key": "Nyckel",
}
"""The columns from the left: field and heading."""
_BY_WORD = {normalise(heading): field for field, heading in HEADINGS.items()}
_LEAST_HEADINGS = 4
_ALIKE = 0.75
_KEY = re.compile(r"[0-9a-f]{8}")
_KEY_DIGITS = 8
_Row = Mapping[int, Cell]


def read(sheet: SheetGrid) -> Marks:
    """The rows of the sheet: findings, also those nobody has written at, and notes by themselves.

    A sheet whose headings are gone is read as it was made.
    """
    rows: list[_Row] = [dict(cells) for _, cells in sheet.rows()]
    start = next((place for place, row in enumerate(rows) if _is_headings(row)), None)
    if start is None:
        made = {field: [column] for column, field in enumerate(HEADINGS, start=1)}
        return tuple(mark for mark in (_mark(row, made) for row in rows) if mark.key)
    return tuple(_below(rows[start:]))


def _below(rows: Iterable[_Row]) -> Iterator[Mark]:
    """The rows below some headings, which may be repeated."""
    columns: dict[str, list[int]] = {}
    for row in rows:
        if _is_headings(row):
            columns = _columns(row)
            continue
        mark = _mark(row, columns)
        if mark.code or mark.status or mark.action:
            yield mark


def _is_headings(row: _Row) -> bool:
    words = {normalise(_text(cell)) for cell in row.values()}
    return len(words & _BY_WORD.keys()) >= _LEAST_HEADINGS


def _columns(row: _Row) -> dict[str, list[int]]:
    """The columns of each field: one, or for actions whose heading is not found all unknown ones.

    A heading is known as it was written, or a little changed.
    """
    words = {column: normalise(_text(cell)) for column, cell in sorted(row.items())}
    found: dict[str, list[int]] = {}
    for column, word in words.items():
        if word in _BY_WORD:
            found.setdefault(_BY_WORD[word], [column])
    taken = {column for columns in found.values() for column in columns}
    for known, field in _BY_WORD.items():
        alike = [c for c, word in words.items() if c not in taken and _is_alike(word, known)]
        if field not in found and alike:
            found[field] = alike[:1]
            taken.add(alike[0])
    if "action" not in found:
        found["action"] = [column for column in words if column not in taken]
    return found


def _is_alike(word: str, known: str) -> bool:
    return word.startswith(known) or SequenceMatcher(None, word, known).ratio() >= _ALIKE


def _mark(row: _Row, columns: Mapping[str, list[int]]) -> Mark:
    def text(field: str) -> str:
        texts = (_text(row.get(column)) for column in columns.get(field, ()))
        return "\n".join(filter(None, texts))

    key = text("key").lower()
    if key.isdigit():
        key = key.zfill(_KEY_DIGITS)
    return Mark(
        text("code"),
        text("sheet"),
        text("place"),
        text("message"),
        text("status"),
        text("action"),
        key if _KEY.fullmatch(key) else "",
    )


def _text(cell: Cell | None) -> str:
    """What a cell says; also a figure that someone typed."""
    value = cell.value if cell is not None else None
    if value is None or isinstance(value, CellError | bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
