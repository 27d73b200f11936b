"""The report *Rapport Kontroll*: what looks wrong in the workbook, where, and what to do.

Four key figures, then a row per finding in one table that can be sorted and filtered, with
room to accept it or say what is to be done. Accepted findings and notes whose finding is
gone follow below, in the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model import Finding, Ref
from finsam_xl.money import swedish
from finsam_xl.palette import MUTED
from finsam_xl.report import answers, look
from finsam_xl.report.control_marks import Carried, Marks, Told, carry
from finsam_xl.report.control_reading import HEADINGS
from finsam_xl.report.control_rows import (
    COLUMN,
    FIELDS,
    ROOM,
    SEVERITIES,
    Row,
    accepted_row,
    finding_row,
    longest_line,
    order,
    orphan_row,
)
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.sheetplan import Role, SheetPlan

NAME = "Rapport Kontroll"
OWNER = "kontroll"
ACCEPTED, ORPHANS = "Accepterade", "Åtgärder till fynd som inte längre finns"
_SPANS = ((1, 2), (3, 4), (5, 5), (6, 10))


def build(
    findings: Sequence[Finding],
    *,
    association: str,
    run: str,
    checked: int,
    marks: Marks = (),
    file: str = "",
) -> SheetPlan:
    """The report of a control in which ``checked`` figures were looked at.

    ``marks``: what people noted in the report it replaces; ``file``: the name of the
    workbook the sheet is for, when the findings are about several.
    """
    carried = carry(marks, findings, file)
    place = order(list(findings), file)
    for told in (carried.open, carried.accepted):
        told.sort(key=lambda one: place(one.finding))
    rows = [finding_row(told, file) for told in carried.open]
    accepted = [accepted_row(told, file) for told in carried.accepted]
    orphans = [orphan_row(mark) for mark in carried.orphans]
    sheet = ControlSheet([*rows, *accepted, *orphans])
    sheet.head("Kontroll", (association, file, _checked(checked)), run, _answer(carried))
    sheet.key_figures(_SPANS, _key_figures(carried))
    if not rows:
        sheet.all_agrees(_friendly(carried, checked))
    sheet.table(rows)
    sheet.part(ACCEPTED, accepted)
    sheet.part(ORPHANS, orphans)
    sheet.usage()
    return sheet.as_plan(NAME, OWNER)


def _answer(carried: Carried) -> str:
    found = [one.finding for one in carried.open]
    errors, warnings = ([f for f in found if f.severity == one] for one in ("error", "warning"))
    first = next((f for f in (*errors, *warnings) if f.cell), None)
    if first is None:
        return ""
    place = str(Ref(first.sheet or "", first.cell or ""))
    return answers.control(len(errors), len(warnings), place)


def _checked(checked: int) -> str:
    return "1 siffra kontrollerad" if checked == 1 else f"{swedish(checked)} siffror kontrollerade"


def _friendly(carried: Carried, checked: int) -> str:
    but = ", utom det som är accepterat" if carried.accepted else ""
    if not checked:
        return "Ingen tabell känns igen, så det finns inget att kontrollera."
    return f"{look.SYMBOLS['grön']} Allt stämmer{but}. {_checked(checked)}, inget att åtgärda."


def _key_figures(carried: Carried) -> list[KeyFigure]:
    told = [
        ("error", "Fel", "stämmer inte: rätta", "inga fel"),
        ("warning", "Varningar", "ser fel ut: se över", "inga varningar"),
        ("info", "Upplysningar", "bra att veta", "inga upplysningar"),
    ]
    figures = []
    for severity, label, some, none in told:
        count = sum(one.finding.severity == severity for one in carried.open)
        word, colour = SEVERITIES[severity]
        meaning = f"{word[0]} {some}" if count else none
        figures.append((label, str(count), meaning, colour if count else ""))
    return [*figures, _accepted_figure(carried.open, len(carried.accepted))]


def _accepted_figure(open_ones: Sequence[Told], accepted: int) -> KeyFigure:
    expired = sum(one.is_expired for one in open_ones)
    meaning = "tysta så länge siffrorna är desamma" if accepted else "inga accepterade"
    if expired:
        meaning = f"▲ {expired} gäller inte längre: siffrorna har ändrats"
    return "Accepterade", str(accepted), meaning, "orange" if expired else ""


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


class ControlSheet(ReportSheet):
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

    def as_plan(self, name: str, owner: str) -> SheetPlan:
        """The sheet as drawn."""
        plan = self.plan(name, owner)
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
