"""What a finding is known by from one control to the next: its places, words and figures.

>>> odd = Finding("warning", "summa-avviker", "Budget", "B9", "Summa: 7, inte 5", 7, 5, 2)
>>> fingerprint(odd) == fingerprint(odd._replace(cell="B10"))
True
>>> fingerprint(odd) == fingerprint(odd._replace(stated=8, difference=3))
False
"""

from __future__ import annotations

import hashlib
import re

from finsam_xl.labels import normalise
from finsam_xl.model import Finding
from finsam_xl.records import NamedTuple

EXPIRED = "accepterad tidigare – siffrorna har ändrats"
WHOLE_BOOK, WHOLE_SHEET = "Hela arbetsboken", "hela bladet"
_ACCEPTED = re.compile(r"(accepterad|accepterat|godkänd|godkänt|ok|okej)( av .+| \d.*)?")
_CELL = re.compile(r"\$?\b[A-Z]{1,3}\$?[1-9]\d{0,6}\b")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_KEY_BYTES = 4


class Mark(NamedTuple):
    """A row of the sheet: which finding it told, what was typed, and the key of its figures."""

    code: str
    sheet: str
    place: str
    message: str
    status: str = ""
    action: str = ""
    key: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether a person has accepted the finding, with the figures of the key."""
        return bool(_ACCEPTED.fullmatch(normalise(self.status)))

    @property
    def words(self) -> str:
        """What the message says apart from its figures and cells."""
        return " ".join(_WORD.findall(_CELL.sub(" ", self.message).lower()))

    @property
    def is_kept(self) -> bool:
        """Whether something was typed that is worth keeping without its finding."""
        is_ours = normalise(self.status) == normalise(EXPIRED)
        return bool(self.action or (self.status and not is_ours and not self.is_accepted))


Marks = tuple[Mark, ...]


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
    text = "\x1f".join([finding.code, *figures, *places])
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
