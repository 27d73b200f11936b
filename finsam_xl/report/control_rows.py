"""The rows of *Rapport Kontroll*: how a finding, an accepted one and a kept note are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_xl.address import box
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.palette import MARK_INKS, MUTED
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts, look
from finsam_xl.report.control_marks import Told
from finsam_xl.report.control_reading import (
    HEADINGS,
    Mark,
    fingerprint,
    is_here,
    shown_place,
    shown_sheet,
)
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Role

FIELDS = tuple(HEADINGS)
COLUMN: Mapping[str, int] = {field: number for number, field in enumerate(FIELDS, start=1)}
SEVERITIES = {
    "error": ("■ Fel", "röd"),
    "warning": ("▲ Varning", "orange"),
    "info": ("○ Upplysning", ""),
}
"""How severities are written, the gravest first; as texts they sort the same way."""
_ALSO_LINE = 20
"""How many characters the column of other places has room for on a line."""
_MOST_PLACES = 4
_DECIMALS = 2
_ONE_LINE = 9
_NOWHERE = 0, 0

TEXT = look.TEXT
SMALL = TEXT._replace(size=8, ink=MUTED)
WRITE = amounts.COMMENT._replace(number="@")
"""A cell to write in keeps what is typed as it is written, also a date."""
KEY = SMALL._replace(number="@")
ROOM = "_M_M"
"""In a number format: as wide as the button of a filter."""


def _figures(plus: str) -> tuple[Role, ...]:
    """Roles of figures with no, one and two decimals, with room for a filter's button behind."""
    return tuple(
        look.FIGURE._replace(number=";".join(sections), wrap=True)
        for number in ("#,##0", "#,##0.0", "#,##0.00")
        for sections in [
            [f"{look.SWEDISH}{sign}{number}{ROOM}" for sign in (plus, '"−"', "")] + [f"@{ROOM}"]
        ]
    )


_AMOUNTS, _DIFFERENCES = _figures(""), _figures("+")


class Written(NamedTuple):
    """A cell of a row: its value, how it looks and where it leads."""

    value: float | str | None
    role: Role
    link: str = ""


Row = dict[str, Written]


def longest_line(cell: Written) -> int:
    """How many characters the longest line of a cell shows."""
    if cell.value is None or isinstance(cell.value, str):
        return max(map(len, (cell.value or "").split("\n")))
    return len(swedish(exact(cell.value), _DECIMALS if isinstance(cell.value, float) else 0)) + 1


def finding_row(told: Told, file: str) -> Row:
    """A finding, with what people have written at it."""
    finding = told.finding
    word, colour = SEVERITIES[finding.severity]
    severity = look.inked(TEXT, colour) if colour else TEXT._replace(ink=MUTED)
    also, way = _also(finding, file)
    status = WRITE._replace(ink=MARK_INKS["orange"]) if told.is_expired else WRITE
    return {
        "sheet": Written(shown_sheet(finding, file), TEXT),
        "severity": Written(word, severity),
        "place": Written(shown_place(finding), TEXT, _link(finding, file)),
        "also": Written(also, TEXT, way),
        "message": Written(finding.message, TEXT),
        "stated": _figure(finding.stated, _AMOUNTS),
        "calculated": _figure(finding.calculated, _AMOUNTS),
        "difference": _figure(finding.difference, _DIFFERENCES),
        "code": Written(finding.code, SMALL),
        "status": Written(told.status or None, status),
        "action": Written(told.action or None, WRITE),
        "key": Written(fingerprint(finding, file), KEY),
    }


def accepted_row(told: Told, file: str) -> Row:
    """An accepted finding: the same, in muted ink."""
    row = finding_row(told, file)
    return {field: cell._replace(role=cell.role._replace(ink=MUTED)) for field, cell in row.items()}


def orphan_row(mark: Mark) -> Row:
    """A note whose finding is gone."""
    said = {"sheet": mark.sheet, "place": mark.place, "message": mark.message}
    row = {field: Written(said.get(field) or None, TEXT._replace(ink=MUTED)) for field in FIELDS}
    row["code"] = Written(mark.code or None, SMALL)
    row["status"] = Written(mark.status or None, WRITE)
    row["action"] = Written(mark.action or None, WRITE)
    row["key"] = Written(mark.key or None, KEY)
    return row


def order(findings: list[Finding], file: str) -> Callable[[Finding], tuple[int, ...]]:
    """How findings are sorted: sheets as they first occur, the gravest first, down the sheet."""
    sheets: dict[str, int] = {}
    for finding in findings:
        sheets.setdefault(shown_sheet(finding, file), len(sheets))
    severities = list(SEVERITIES)

    def place(finding: Finding) -> tuple[int, ...]:
        sheet = sheets[shown_sheet(finding, file)]
        return (sheet, severities.index(finding.severity), *_position(finding.cell))

    return place


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
    one = finding.also[0] if len(places) == 1 and len(text) <= _ALSO_LINE else None
    leads = one is not None and is_here(one.file, file) and _position(one.cell) != _NOWHERE
    return text or None, link(one if leads else None)


def _figure(said: float | str | None, roles: tuple[Role, ...]) -> Written:
    """A number with the decimals it needs, or a text."""
    if said is None or isinstance(said, str):
        is_long = len(said or "") > _ONE_LINE
        return Written(said or None, look.RIGHT_TEXT._replace(wrap=True) if is_long else roles[0])
    shown = round_half_away(exact(said), _DECIMALS)
    decimals = max(0, -int(shown.normalize().as_tuple().exponent))
    value = float(shown) if decimals else int(shown)
    return Written(value, roles[decimals])
