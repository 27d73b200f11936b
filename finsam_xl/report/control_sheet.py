"""The sheet of *Rapport Kontroll* being drawn: its table, what stands below it, and its columns.

What is printed ends at the column of actions and above what is said to those who work in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl import handbok
from finsam_xl.palette import MUTED
from finsam_xl.report import look
from finsam_xl.report.control_reading import HEADINGS
from finsam_xl.report.control_rows import ALSO_LINE, COLUMN, FIELDS, ROOM, SIZE, Row
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Choices, Role, SheetPlan

_OFFERED = ("accepterad", "utreds", "rättas")
"""What may be chosen as a status."""
_USAGE, _CHECKED = "Så används bladet", "Vad som är kontrollerat"
_WIDTHS = {
    "sheet": (10.5, 15.5),
    "severity": (10.6, 10.6),
    "place": (6.2, 9.0),
    "stated": (7.5, 13.0),
    "calculated": (8.0, 13.0),
    "difference": (9.0, 13.0),
    "status": (11.0, 11.0),
}
"""The least and the greatest width of each column; between them it is that of its texts."""
_OF_THE_REST = {"message": 0.72, "action": 0.28}
"""How the columns with sentences share what the others leave of the page."""
_PRINTED = 133.0
"""The characters that nine columns hold side by side on A4 without being printed smaller.

LibreOffice makes columns wider than Excel, by its own measure of their characters.
"""
_BESIDE = {"also": ALSO_LINE + 2.0, "code": 27.0, "key": 8.0}
"""The widths of the columns beside the page."""
_PADDING, _BUTTON = 1.2, 2.2
_ON_A_LINE = 10.0
"""How wide a text among the figures may be without being wrapped."""
_RIGHT = ("stated", "calculated", "difference")
_HEADING = 21.0
_GAP, _HIGHEST = 9.0, 409.0
_MEANING = "Står är det som arbetsboken visar, Räknat det som det borde vara enligt reglerna."
_FINDING = (
    "Plats leder till cellen, och Även när det är en enda. Upplysningar av samma slag delar rad. "
    "Tabellen kan sorteras och filtreras med knapparna i rubrikraden."
)
_WRITING = (
    "Status: välj eller skriv. Ett fynd med accepterad (eller godkänd, ok) är tyst vid nästa "
    "kontroll, och så länge siffrorna bakom det är desamma; dag och vem som kör kontrollen "
    "skrivs dit, ändra om det var någon annan. Åtgärd: skriv vad som ska göras och av vem. Det "
    "som skrivs på en rad gäller alla dess fynd, följer dem till nästa kontroll, också när rader "
    "flyttats, och försvinner aldrig av sig själv. Vad ett fynds kod betyder visar finsam-xl fynd, "
    f"och handboken på sidan {handbok.told('fynd')}."
)
_NOTES = (_MEANING, _FINDING, _WRITING)
"""What is told of the sheet to those who work in it, below what is printed."""
_CHECKS = (
    "Kontrollen räknar om det som går att räkna i tabellerna (summor, resultat, eget kapital, "
    "avgifter, andelar och index) och håller det mot vad som står, inom och mellan tabellerna."
)


class ControlSheet(ReportSheet):
    """The sheet being drawn.

    Its rows grow with what is written and sorted into them; pages end where they are full,
    so that a filtered table prints without gaps.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """A sheet whose columns are as wide as all its ``rows`` need."""
        super().__init__(_widths(rows), "")
        self.heading: int | None = None
        self.filtered: tuple[int, int, int, int] | None = None
        self.guessed: list[int] = []
        self.choices: list[Choices] = []
        self.printed: int | None = None
        """The last row that is printed, where that is not the last of all."""

    def table(self, rows: Sequence[Row]) -> None:
        """The findings, under headings that can be sorted and filtered by."""
        if not rows:
            return
        top = self.headings_once()
        self._written(rows)
        self.filtered = (top, 1, self.row - 1, len(FIELDS))

    def part(self, title: str, rows: Sequence[Row]) -> None:
        """More rows in the same columns, under a title of their own."""
        if not rows:
            return
        self.down(_GAP)
        self.fit(SECTION_HEIGHT + _HEADING + _height(rows[0], self.widths))
        line = self.down(SECTION_HEIGHT)
        for column in COLUMN.values():
            text = title if column == 1 else None
            self.canvas.put(line, column, text, look.SECTION._replace(ink=MUTED, bottom=MUTED))
        if self.heading is None:
            self.headings_once()
        self._written(rows)

    def headings_once(self) -> int:
        """The headings, which every page repeats; the number of their row."""
        self.heading = self.down(_HEADING)
        for field, column in COLUMN.items():
            self.canvas.put(self.heading, column, HEADINGS[field], _heading(field))
        return self.heading

    def _written(self, rows: Sequence[Row]) -> None:
        """Rows of the table, with a status to choose."""
        first = self.row
        for row in rows:
            self.written(row)
        column = COLUMN["status"]
        self.choices.append(Choices((first, column, self.row - 1, column), _OFFERED))

    def written(self, row: Row) -> None:
        """A row of the table."""
        height = _height(row, self.widths)
        if self._used + height > self._room:
            self._used = _HEADING
        number = self.down(height)
        self.guessed.append(number)
        for field in FIELDS:
            cell = row[field]
            self.canvas.put(number, COLUMN[field], cell.value, cell.role, link=cell.link)

    def usage(self) -> None:
        """Below what is printed: what the columns mean, and what one may write in them.

        Without a table: what was checked.
        """
        self.down(_GAP)
        if self.heading is None:
            self.section(_CHECKED)
            self.note(_CHECKS)
            return
        self.printed = self.row - 2
        self.section(_USAGE)
        for text in _NOTES:
            self.note(text)

    def as_plan(self, name: str, owner: str) -> SheetPlan:
        """The sheet as drawn."""
        plan = self.plan(name, owner)
        titles = (self.heading, self.heading) if self.heading else (2, 2)
        return plan._replace(
            widths=(*self.widths, *_BESIDE.values()),
            page=plan.page._replace(title_rows=titles, last_row=self.printed or plan.page.last_row),
            filter=self.filtered,
            growing=tuple(self.guessed),
            choices=tuple(self.choices),
            hidden=(COLUMN["key"],),
        )


def _widths(rows: Sequence[Row]) -> list[float]:
    """The widths of the columns that are printed."""
    widths = {}
    for field, (least, most) in _WIDTHS.items():
        needed = _PADDING + max((_needed(row, field) for row in rows), default=0)
        widths[field] = min(most, max(least, needed))
    rest = _PRINTED - sum(widths.values())
    widths |= {field: rest * share for field, share in _OF_THE_REST.items()}
    return [widths[field] for field in FIELDS if field in widths]


def _needed(row: Row, field: str) -> float:
    cell = row[field]
    if field in _RIGHT:
        return _BUTTON + (cell.longest if cell.longest <= _ON_A_LINE else cell.longest_word)
    return cell.longest


def _heading(field: str) -> Role:
    if field in _RIGHT:
        return look.HEADING_RIGHT._replace(number=f"General;General;General;@{ROOM}")
    return look.HEADING


def _height(row: Row, widths: Sequence[float]) -> float:
    """About how high a row becomes; no row is higher than the programs allow."""
    shown = (*widths, _BESIDE["also"])
    texts = zip((row[field].text for field in FIELDS), shown, strict=False)
    return min(_HIGHEST, max(text_height(text, width, SIZE) for text, width in texts))
