"""The rows of *Rapport Kontroll*: how findings, accepted ones and kept notes are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from finsam_xl.address import box
from finsam_xl.findings.figures import Shown, figures
from finsam_xl.findings.places import Places, listed
from finsam_xl.model import SEVERITIES, Finding, Ref
from finsam_xl.money import round_half_away
from finsam_xl.palette import MARK_INKS, MUTED
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts, look
from finsam_xl.report.control_marks import Told
from finsam_xl.report.control_reading import (
    HEADINGS,
    Mark,
    is_here,
    key_of,
    mark_of,
    seen_from,
    shown_place,
    shown_sheet,
)
from finsam_xl.report.look import text_width
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Role
from finsam_xl.words.units import Unit

FIELDS = tuple(HEADINGS)
COLUMN: Mapping[str, int] = {field: number for number, field in enumerate(FIELDS, start=1)}
GRAVENESS = dict(zip(
    SEVERITIES,
    (("■ Fel", "röd"), ("▲ Varning", "orange"), ("○ Upplysning", "")),
    strict=True,
))  # fmt: skip
"""How severities are written, the gravest first; as texts they sort the same way."""
ALSO_LINE = 24
"""How many characters the column of other places has room for on a line."""
_MOST_PLACES, _MOST_ALIKE = 4, 60
"""How many other places are told: of one finding, and of those that a row tells of."""
_NOWHERE = 0, 0
_PARTED = re.compile(rf"(?<=\d) (?=(?:%|{'|'.join(Unit)})(?!\w))")
"""The space between a figure and its unit."""
_BRIEF, _WORD = 15.0, 8.0
"""How wide a text, and a word of it, may be that stands as a figure."""

SIZE = 9
TEXT = look.TEXT._replace(size=SIZE)
WRITE = amounts.COMMENT._replace(size=SIZE, number="@")
"""A cell to write in keeps what is typed as it is written, also a date."""
CODE = TEXT._replace(ink=MUTED, wrap=False)
KEY = CODE._replace(number="@")
ROOM = "_M_M"
"""In a number format: as wide as the button of a filter."""
_TEXT_FIGURE = look.RIGHT_TEXT._replace(
    size=SIZE, wrap=True, number=f"General;General;General;@{ROOM}"
)


class Written(NamedTuple):
    """A cell of a row: its value, how it looks, where it leads, and what a number is shown as."""

    value: float | str | None
    role: Role
    link: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        """What is to be read in the cell."""
        return self.shown or str(self.value or "")

    @property
    def longest(self) -> float:
        """How wide what is to stand on one line is: a number, or a line of a text."""
        return max(text_width(line, SIZE) for line in self.text.split("\n"))

    @property
    def longest_word(self) -> float:
        """How wide what may not be broken is: a number, or a word."""
        words = [self.shown] if self.shown else self.text.split()
        return max((text_width(word, SIZE) for word in words), default=0)


Row = dict[str, Written]


def finding_row(alike: Sequence[Told], places: Places, file: str) -> Row:
    """A finding, or several notes of one kind, with what people have written there."""
    told = alike[0]
    finding = told.finding
    word, colour = GRAVENESS[finding.severity]
    severity = look.inked(TEXT, colour) if colour else TEXT._replace(ink=MUTED)
    others = _others(alike, places)
    also, way = (others, "") if others else _also(finding, file)
    status = WRITE._replace(ink=MARK_INKS["orange"]) if told.is_expired else WRITE
    row: Row = {
        "sheet": Written(shown_sheet(finding, file), TEXT),
        "severity": Written(word, severity),
        "place": Written(shown_place(finding), TEXT, _link(finding, file)),
        "also": Written(also, TEXT, way),
        "message": Written(_message(finding, others, len(alike) - 1), TEXT),
        "status": Written(told.status or None, status),
        "action": Written(told.action or None, WRITE),
        "code": Written(finding.code, CODE),
        "key": Written(key_of([mark_of(one.finding, file) for one in alike]), KEY),
    }
    return row | _figures(finding if len(alike) == 1 else None)


def accepted_row(alike: Sequence[Told], places: Places, file: str) -> Row:
    """An accepted finding, or several: the same, in muted ink."""
    row = finding_row(alike, places, file)
    return {field: cell._replace(role=cell.role._replace(ink=MUTED)) for field, cell in row.items()}


def orphan_row(alike: Sequence[Mark]) -> Row:
    """A note whose finding is gone, or that of several which a row told of."""
    mark = alike[0]
    said = {"sheet": mark.sheet, "place": mark.place, "message": mark.message}
    said["also"] = ", ".join(seen_from(alike))
    row = {field: Written(said.get(field) or None, TEXT._replace(ink=MUTED)) for field in FIELDS}
    row["code"] = Written(mark.code or None, CODE)
    row["status"] = Written(mark.status or None, WRITE)
    row["action"] = Written(mark.action or None, WRITE)
    row["key"] = Written(key_of(alike) or None, KEY)
    return row


def _message(finding: Finding, others: str, more: int) -> str:
    """What is told of a finding, and where more of its kind are; no figure parted from its unit."""
    told = _PARTED.sub("\u00a0", finding.message)
    return f"{told}\n{more} till av samma slag: {others}." if others else told


def _others(alike: Sequence[Told], places: Places) -> str:
    """Where the others of a row are."""
    here, *others = (places.of(one.finding) for one in alike)
    return listed(others, here, _MOST_ALIKE) if others else ""


def _position(cell: str | None) -> tuple[int, int]:
    try:
        row, column, *_ = box(cell or "")
    except ValueError:
        return _NOWHERE
    return row, column


def _link(finding: Finding, file: str) -> str:
    if finding.sheet is None or not is_here(finding.file, file):
        return ""
    is_place = _position(finding.cell) != _NOWHERE
    return link(Ref(finding.sheet, (finding.cell or "") if is_place else "A1"))


def _also(finding: Finding, file: str) -> tuple[str | None, str]:
    """The other places of a finding; a link when it is one in this workbook, on one line.

    LibreOffice draws a linked cell on one line, over the next column.
    """
    home = (finding.sheet, finding.file or file)
    places = [
        ref.cell
        if (ref.sheet, ref.file or file) == home
        else str(ref if not is_here(ref.file, file) else ref._replace(file=""))
        for ref in finding.also
    ]
    if len(places) > _MOST_PLACES:
        places[_MOST_PLACES - 1 :] = [f"och {len(places) - _MOST_PLACES + 1} till"]
    text = "\n".join(places)
    one = finding.also[0] if len(places) == 1 and len(text) <= ALSO_LINE else None
    leads = one is not None and is_here(one.file, file) and _position(one.cell) != _NOWHERE
    return text or None, link(one if leads else None)


def _figures(finding: Finding | None) -> Row:
    """What stands, what was calculated and the difference.

    Texts only as a brief pair: the sentence quotes them. Rows of several findings have none.
    """
    fields = ("stated", "calculated", "difference")
    said = figures(finding) if finding is not None else (None, None, None)
    cells = [
        _figure(one, is_signed=field == fields[-1]) for field, one in zip(fields, said, strict=True)
    ]
    pair = cells[:2]
    is_pair = all(one.text and one.longest <= _BRIEF and one.longest_word <= _WORD for one in pair)
    if any(isinstance(one, str) for one in said) and not is_pair:
        cells = [Written(None, _TEXT_FIGURE)] * len(fields)
    return dict(zip(fields, cells, strict=True))


def _figure(said: Shown | str | None, *, is_signed: bool) -> Written:
    """A number with its decimals and unit, or a text."""
    if said is None or isinstance(said, str):
        return Written(said or None, _TEXT_FIGURE)
    value = float(said.value) if said.decimals else int(round_half_away(said.value))
    number = f"#,##0{'.' if said.decimals else ''}{'0' * said.decimals}"
    unit = f'"\u00a0{said.unit}"' if said.unit else ""
    signs = ("+" if is_signed else "", '"−"', "")
    sections = [f"{look.SWEDISH}{sign}{number}{unit}{ROOM}" for sign in signs]
    role = look.FIGURE._replace(size=SIZE, number=";".join(sections))
    return Written(value, role, shown=f"{'+' if is_signed else ''}{said}")
