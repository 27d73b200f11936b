"""Reading a sheet *Rapport Kontroll* that people have worked in.

Rows may have been sorted, filtered, moved or deleted, columns inserted, moved or renamed a
little; what is read is what stands under the headings, on every row below them. A finding is
known from one control to the next by its places, words and figures.

A row may tell of several notes of one kind. Its key then names each of them, so that what is
written at it is written at each.

>>> odd = Finding("warning", "summa-avviker", "Budget", "B9", "Summa: 7, inte 5", 7, 5, 2)
>>> fingerprint(odd) == fingerprint(odd._replace(cell="B10"))
True
>>> fingerprint(odd) == fingerprint(odd._replace(stated=8, difference=3))
False
>>> alike = [mark_of(odd._replace(cell=cell)) for cell in ("B9", "C9")]
>>> [mark.place for mark in _told_of(alike[0]._replace(key=key_of(alike)))]
['B9', 'C9']
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from finsam_xl.labels import normalise
from finsam_xl.model import Finding
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid

HEADINGS = {
    "sheet": "Blad",
    "severity": "Allvar",
    "place": "Plats",
    "message": "Vad",
    "stated": "Står",
    "calculated": "Räknat",
    "difference": "Skillnad",
    "status": "Status",
    "action": "Åtgärd",
    "also": "Även",
    "code": "Kod",
    "key": "Nyckel",
}
"""The columns from the left: field and heading."""
_FORMERLY = (
    "sheet", "severity", "place", "also", "message", "stated", "calculated", "difference", "code",
    "status", "action", "key",
)  # fmt: skip
"""The columns of sheets made until November 2026."""
_BY_WORD = {normalise(heading): field for field, heading in HEADINGS.items()}
_LEAST_HEADINGS = 4
_ALIKE = 0.75
_KEY = re.compile(r"[0-9a-f]{8}")
_KEY_DIGITS = 8
_ONE_OF_SEVERAL = re.compile(r"([0-9a-f]{8})\.([0-9a-f]{8})\.(?:(.+)!)?([^!]*)")
_BETWEEN = "/"
"""No name of a sheet holds it."""
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_Row = Mapping[int, Cell]


def read(sheet: SheetGrid) -> Marks:
    """The rows of the sheet: findings, also those nobody has written at, and notes by themselves.

    A sheet whose headings are gone is read as it was made.
    """
    rows: list[_Row] = [dict(cells) for _, cells in sheet.rows()]
    start = next((place for place, row in enumerate(rows) if _is_headings(row)), None)
    if start is None:
        return tuple(mark for row in rows for mark in _marks(row, _as_made(row)) if mark.key)
    return tuple(_below(rows[start:]))


def _as_made(row: _Row) -> dict[str, list[int]]:
    """The columns of a row as they were made, told by where its code stands."""
    columns = {field: [column] for column, field in enumerate(_FORMERLY, start=1)}
    if _CODE.fullmatch(row.get(columns["code"][0], BLANK).typed):
        return columns
    return {field: [column] for column, field in enumerate(HEADINGS, start=1)}


def _below(rows: Iterable[_Row]) -> Iterator[Mark]:
    """The rows below some headings, which may be repeated."""
    columns: dict[str, list[int]] = {}
    for row in rows:
        if _is_headings(row):
            columns = _columns(row)
            continue
        for mark in _marks(row, columns):
            if mark.code or mark.status or mark.action:
                yield mark


def _is_headings(row: _Row) -> bool:
    words = {normalise(cell.typed) for cell in row.values()}
    return len(words & _BY_WORD.keys()) >= _LEAST_HEADINGS


def _columns(row: _Row) -> dict[str, list[int]]:
    """The columns of each field: one, or for actions whose heading is not found all unknown ones.

    A heading is known as it was written, or a little changed.
    """
    words = {column: normalise(cell.typed) for column, cell in sorted(row.items())}
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


def _marks(row: _Row, columns: Mapping[str, list[int]]) -> Iterator[Mark]:
    """What is written on a row, at each finding that it tells of."""

    def text(field: str) -> str:
        texts = (row.get(column, BLANK).typed for column in columns.get(field, ()))
        return "\n".join(filter(None, texts))

    fields = ("code", "sheet", "place", "message", "status", "action", "key")
    yield from _told_of(Mark(*map(text, fields)))


def _told_of(row: Mark) -> Iterator[Mark]:
    """The marks of a row, which may be of several findings."""
    several = [_ONE_OF_SEVERAL.fullmatch(one) for one in row.key.split(_BETWEEN)]
    found = [one.groups() for one in several if one]
    for key, words, sheet, place in found:
        yield row._replace(sheet=sheet or row.sheet, place=place, key=key, said=words)
    if not found:
        key = row.key.lower()
        key = key.zfill(_KEY_DIGITS) if key.isdigit() else key
        yield row._replace(key=key if _KEY.fullmatch(key) else "")


EXPIRED = "accepterad tidigare – siffrorna har ändrats"
WHOLE_BOOK, WHOLE_SHEET = "Hela arbetsboken", "hela bladet"
_ACCEPTED = re.compile(r"(accepterad|accepterat|godkänd|godkänt|ok|okej)( av .+| \d.*)?")
_CELL = re.compile(r"\$?\b[A-Z]{1,3}\$?[1-9]\d{0,6}\b")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_KEY_BYTES = 4


class Mark(NamedTuple):
    """A row of the sheet: which finding it told, what was typed, and the key of its figures.

    ``said``: the digest of its words, where it is one of several that a row told of.
    """

    code: str
    sheet: str
    place: str
    message: str
    status: str = ""
    action: str = ""
    key: str = ""
    said: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether a person has accepted the finding, with the figures of the key."""
        return bool(_ACCEPTED.fullmatch(normalise(self.status)))

    @property
    def words(self) -> str:
        """The digest of what the message says apart from its figures and cells."""
        return self.said or _digest(" ".join(_WORD.findall(_CELL.sub(" ", self.message).lower())))

    @property
    def is_kept(self) -> bool:
        """Whether something was typed that is worth keeping without its finding."""
        is_ours = normalise(self.status) == normalise(EXPIRED)
        return bool(self.action or (self.status and not is_ours and not self.is_accepted))


Marks = tuple[Mark, ...]


def key_of(marks: Sequence[Mark]) -> str:
    """What stands as the key of a row that tells of some findings: of several, it names each."""
    if len(marks) == 1 and not marks[0].said:
        return marks[0].key
    here = marks[0].sheet
    return _BETWEEN.join(f"{mark.key}.{mark.words}.{_seen(mark, here)}" for mark in marks)


def seen_from(marks: Sequence[Mark]) -> list[str]:
    """The places of marks but the first, as they are seen from that."""
    here = marks[0].sheet
    return [_seen(mark, here) for mark in marks[1:]]


def _seen(mark: Mark, here: str) -> str:
    return mark.place if mark.sheet == here else f"{mark.sheet}!{mark.place}"


def rows_of(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks by the rows they are written on: those together that one row told of."""
    rows: dict[object, list[Mark]] = {}
    for number, one in enumerate(marks):
        alike = (one.code, one.message, one.status, one.action)
        rows.setdefault(alike if one.said else number, []).append(one)
    return [*rows.values()]


def stamped(status: str, stamp: str) -> str:
    """A status with who accepted it and when, where it says neither.

    >>> stamped("Godkänd.", "2026-11-30, Anna"), stamped("ok av Karin", "2026-11-30, Anna")
    ('Godkänd 2026-11-30, Anna', 'ok av Karin')
    """
    word = _ACCEPTED.fullmatch(normalise(status))
    if word is None or word[2] or not stamp:
        return status
    return f"{status.strip(' .')} {stamp}"


def shown_sheet(finding: Finding, file: str = "") -> str:
    """The sheet a finding is about, with its file if that is not ``file``."""
    sheet = finding.sheet or WHOLE_BOOK
    return sheet if is_here(finding.file, file) else f"{sheet} i {finding.file}"


def is_here(other: str | None, file: str) -> bool:
    """Whether a place is in the workbook called ``file``."""
    return not other or other == file


def shown_place(finding: Finding) -> str:
    """The cell a finding is about."""
    return finding.cell or (WHOLE_SHEET if finding.sheet else "–")


def fingerprint(finding: Finding, file: str = "") -> str:
    """Eight digits that are others when the figures are.

    ``file`` is the workbook that the notes are kept in. Cells are left out, so that rows may
    move; of the other places their sheets count. Where nothing is stated in figures it is
    the figures of the message.
    """
    said = (finding.stated, finding.calculated, finding.difference)
    figures = [_figure(value) for value in said]
    if not any(isinstance(value, int | float) for value in said):
        figures += _NUMBER.findall(_CELL.sub(" ", finding.message))
    places = sorted(
        f"{ref.sheet}|{'' if is_here(ref.file, file) else ref.file}" for ref in finding.also
    )
    return _digest("\x1f".join([finding.code, *figures, *places]))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).hexdigest()


def _figure(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return (value or "").strip()
    return f"{value + 0.0:.12g}"


def mark_of(finding: Finding, file: str = "") -> Mark:
    """The row of a finding that nobody has written at."""
    return Mark(
        finding.code,
        shown_sheet(finding, file),
        shown_place(finding),
        finding.message,
        key=fingerprint(finding, file),
    )
