"""The sheet of *Rapport Kontroll* being drawn: its columns, its table and the parts below it."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.palette import MUTED
from finsam_xl.report import look
from finsam_xl.report.budget_sheet import SECTION_HEIGHT, BudgetSheet
from finsam_xl.report.control_reading import HEADINGS
from finsam_xl.report.control_rows import COLUMN, FIELDS, ROOM, Row, longest_line
from finsam_xl.report.measures import text_height
from finsam_xl.sheetplan import Role, SheetPlan

_USAGE, _CHECKED = "Så används bladet", "Vad som är kontrollerat"
_WIDTHS = {
    "sheet": (10.0, 17.0),
    "severity": (12.5, 12.5),
    "place": (7.5, 9.0),
    "also": (8.0, 18.0),
    "message": (43.0, 43.0),
    "stated": (10.0, 15.0),
    "calculated": (10.0, 15.0),
    "difference": (11.0, 16.0),
    "code": (12.5, 12.5),
    "status": (15.0, 15.0),
    "action": (28.0, 28.0),
    "key": (8.0, 8.0),
}
"""The least and the greatest width of each column; between them it is that of its texts."""
_CHARACTER, _PADDING, _BUTTON = 0.95, 1.5, 2.5
_RIGHT = ("stated", "calculated", "difference")
_HEADING = 21.0
_GAP, _HIGHEST = 9.0, 409.0
_MEANING = (
    "Står är det som arbetsboken visar, Räknat det som det borde vara enligt reglerna. Plats "
    "leder till cellen, och Även när det är en enda. Tabellen kan sorteras och filtreras med "
    "knapparna i rubrikraden."
)
_WRITING = (
    "Status: skriv accepterad (eller godkänd, ok) vid ett fynd som får vara som det är. Det är "
    "tyst vid nästa kontroll, och så länge siffrorna bakom det är desamma. Åtgärd: skriv vad som "
    "ska göras och av vem. Texten följer fyndet till nästa kontroll, också när rader flyttats, "
    "och försvinner aldrig av sig själv. Nyckel är siffrornas kännetecken; låt den stå."
)
_NOTES = (_MEANING, _WRITING)
_CHECKS = (
    "Kontrollen räknar om det som går att räkna i tabellerna (summor, resultat, eget kapital, "
    "avgifter, andelar och index) och håller det mot vad som står, inom och mellan tabellerna."
)


class ControlSheet(BudgetSheet):
    """The sheet being drawn.

    Its rows grow with what is written and sorted into them; pages end where they are full,
    so that a filtered table prints without gaps.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """A sheet as wide as all its ``rows`` need."""
        super().__init__(_widths(rows), "")
        self.heading: int | None = None
        self.filtered: tuple[int, int, int, int] | None = None
        self.guessed: list[int] = []

    def all_agrees(self, text: str) -> None:
        """The line that stands instead of findings."""
        role = look.SECTION._replace(valign="center")
        self.canvas.put(
            self.down(SECTION_HEIGHT), 1, text, look.inked(role, "grön" if text[0] == "●" else "")
        )

    def table(self, rows: Sequence[Row]) -> None:
        """The findings, under headings that can be sorted and filtered by."""
        if not rows:
            return
        top = self.headings_once()
        for row in rows:
            self.written(row)
        self.filtered = (top, 1, self.row - 1, self.last)

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
        for row in rows:
            self.written(row)

    def headings_once(self) -> int:
        """The headings, which every page repeats; the number of their row."""
        self.heading = self.down(_HEADING)
        for field, column in COLUMN.items():
            self.canvas.put(self.heading, column, HEADINGS[field], _heading(field))
        return self.heading

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
        """What the columns mean and what one may write; without any, what was checked."""
        texts = _NOTES if self.heading else (_CHECKS,)
        self.down(_GAP)
        self.fit(SECTION_HEIGHT + sum(map(self.note_height, texts)))
        self.section(_USAGE if self.heading else _CHECKED)
        for text in texts:
            self.note(text)

    def as_plan(self, name: str, owner: str, footer: str) -> SheetPlan:
        """The sheet as drawn."""
        plan = self.plan(name, owner, footer)
        titles = (self.heading, self.heading) if self.heading else (2, 2)
        page = plan.page._replace(title_rows=titles)
        return plan._replace(page=page, filter=self.filtered, growing=tuple(self.guessed))


def _widths(rows: Sequence[Row]) -> list[float]:
    widths = []
    for field, (least, most) in _WIDTHS.items():
        longest = max((longest_line(row[field]) for row in rows), default=0)
        needed = _PADDING + _CHARACTER * longest + (_BUTTON if field in _RIGHT else 0)
        widths.append(min(most, max(least, needed)))
    return widths


def _heading(field: str) -> Role:
    if field in _RIGHT:
        return look.HEADING_RIGHT._replace(number=f"General;General;General;@{ROOM}")
    return look.HEADING


def _height(row: Row, widths: Sequence[float]) -> float:
    """About how high a row becomes; no row is higher than the programs allow."""
    texts = ((str(row[field].value or ""), widths[COLUMN[field] - 1]) for field in FIELDS)
    return min(_HIGHEST, max(text_height(text, width) for text, width in texts))
