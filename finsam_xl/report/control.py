"""The report *Rapport Kontroll*: what looks wrong in the workbook, where, and what to do.

The answer in a sentence, four key figures, then the findings in one table that can be sorted and
filtered, the gravest first, with room to accept them or say what is to be done. Notes of one kind
in one table share a row, as long as the same is written at them. Accepted findings and notes
whose finding is gone follow below, in the same columns. On paper the columns end where people
write; to the right of them stand each finding's other places, its code and, hidden, its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.findings.places import Places, named, of_one_kind
from finsam_xl.model import SEVERITIES, Finding
from finsam_xl.money import swedish
from finsam_xl.palette import MUTED
from finsam_xl.report import answers, look
from finsam_xl.report.control_marks import Carried, Marks, Told, carry
from finsam_xl.report.control_reading import HEADINGS, rows_of, stamped
from finsam_xl.report.control_rows import (
    ALSO_LINE,
    COLUMN,
    FIELDS,
    GRAVENESS,
    ROOM,
    SIZE,
    Row,
    accepted_row,
    finding_row,
    orphan_row,
)
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.sheetplan import Choices, Role, SheetPlan

NAME = "Rapport Kontroll"
OWNER = "kontroll"
ACCEPTED, ORPHANS = "Accepterade", "Åtgärder till fynd som inte längre finns"
_SPANS = ((1, 2), (3, 4), (5, 6), (7, 9))
_OFFERED = ("accepterad", "utreds", "rättas")
"""What may be chosen as a status."""
_MOST_OF_A_KIND = 500
"""How many notes share a row: its key names each, and a cell does not hold any number."""


def build(
    findings: Sequence[Finding],
    places: Places,
    *,
    association: str,
    run: str,
    checked: int,
    marks: Marks = (),
    file: str = "",
    stamp: str = "",
) -> SheetPlan:
    """The report of a control in which ``checked`` figures were looked at.

    ``places``: the sheets and tables that the findings are in; ``marks``: what people noted in
    the report it replaces; ``file``: the name of the workbook the sheet is for, when the findings
    are about several; ``stamp``: when and by whom the control is run, which is written at what
    has been accepted since the last.
    """
    carried = carry(marks, findings, file)
    accepted = [one._replace(status=stamped(one.status, stamp)) for one in carried.accepted]
    rows = [finding_row(alike, file) for alike in _alike(carried.open, places)]
    quiet = [accepted_row(alike, file) for alike in _alike(accepted, places)]
    orphans = [orphan_row(alike) for alike in rows_of(carried.orphans)]
    sheet = ControlSheet([*rows, *quiet, *orphans])
    answer = _answer(carried, places, checked)
    sheet.head("Kontroll", (association, file, _checked(checked)), run, answer)
    sheet.key_figures(_SPANS, _key_figures(carried))
    sheet.table(rows)
    sheet.part(ACCEPTED, quiet)
    sheet.part(ORPHANS, orphans)
    sheet.usage()
    return sheet.as_plan(NAME, OWNER)


def _alike(told: Iterable[Told], places: Places) -> list[Sequence[Told]]:
    """Findings by rows, the gravest first: notes of one kind at which the same is written."""

    def order(one: Told) -> tuple[int, ...]:
        return SEVERITIES.index(one.finding.severity), *places.order(one.finding)

    kinds = of_one_kind(
        sorted(told, key=order), places, lambda one: one.finding, lambda one: one[1:]
    )
    return [
        kind[start : start + _MOST_OF_A_KIND]
        for kind in kinds
        for start in range(0, len(kind), _MOST_OF_A_KIND)
    ]


def _answer(carried: Carried, places: Places, checked: int) -> str:
    found = [one.finding for one in carried.open]
    if found:
        errors, warnings, notes = (
            sum(one.severity == severity for one in found) for severity in SEVERITIES
        )
        first = min(found, key=lambda one: (SEVERITIES.index(one.severity), *places.order(one)))
        return answers.control(errors, warnings, notes, named(places.of(first)))
    but = ", utom det som är accepterat" if carried.accepted else ""
    if not checked:
        return "Ingen tabell känns igen, så det finns inget att kontrollera."
    return f"{look.SYMBOLS['grön']} Allt stämmer{but}. {_checked(checked)}, inget att åtgärda."


def _checked(checked: int) -> str:
    return "1 siffra kontrollerad" if checked == 1 else f"{swedish(checked)} siffror kontrollerade"


def _key_figures(carried: Carried) -> list[KeyFigure]:
    told = (
        ("Fel", "stämmer inte: rätta", "inga fel"),
        ("Varningar", "ser fel ut: se över", "inga varningar"),
        ("Upplysningar", "bra att veta", "inga upplysningar"),
    )
    figures = []
    for severity, (label, some, none) in zip(SEVERITIES, told, strict=True):
        count = sum(one.finding.severity == severity for one in carried.open)
        word, colour = GRAVENESS[severity]
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
    "sheet": (8.0, 14.0),
    "severity": (10.6, 10.6),
    "place": (6.2, 9.0),
    "stated": (7.5, 13.0),
    "calculated": (8.0, 13.0),
    "difference": (9.0, 13.0),
    "status": (11.0, 11.0),
}
"""The least and the greatest width of each column; between them it is that of its texts."""
_OF_THE_REST = {"message": 0.66, "action": 0.34}
"""How the columns with sentences share what the others leave of the page."""
_PRINTED = 131.0
"""The characters that nine columns hold side by side on A4 without being printed smaller.

LibreOffice makes columns wider than Excel, by its own measure of their characters.
"""
_BESIDE = {"also": ALSO_LINE + 2.0, "code": 27.0, "key": 8.0}
"""The widths of the columns beside the page."""
_PADDING, _BUTTON = 1.2, 2.2
_RIGHT = ("stated", "calculated", "difference")
_HEADING = 21.0
_GAP, _HIGHEST = 9.0, 409.0
_MEANING = (
    "Står är det som arbetsboken visar, Räknat det som det borde vara enligt reglerna. Plats "
    "leder till cellen, och Även, bredvid det som skrivs ut, när det är en enda. Upplysningar av "
    "samma slag i samma tabell delar rad. Tabellen kan sorteras och filtreras med knapparna i "
    "rubrikraden."
)
_WRITING = (
    "Status: välj eller skriv. Ett fynd med accepterad (eller godkänd, ok) är tyst vid nästa "
    "kontroll, och så länge siffrorna bakom det är desamma; dag och vem som kör kontrollen "
    "skrivs dit, ändra om det var någon annan. Åtgärd: skriv vad som ska göras och av vem. Det "
    "som skrivs på en rad gäller alla dess fynd, följer dem till nästa kontroll, också när rader "
    "flyttats, och försvinner aldrig av sig själv. Vad ett fynds kod betyder visar finsam-xl fynd."
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
        """A sheet whose columns are as wide as all its ``rows`` need."""
        super().__init__(_widths(rows), "")
        self.heading: int | None = None
        self.filtered: tuple[int, int, int, int] | None = None
        self.guessed: list[int] = []
        self.choices: list[Choices] = []

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
        return plan._replace(
            widths=(*self.widths, *_BESIDE.values()),
            page=plan.page._replace(title_rows=titles),
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
    if field in _RIGHT:
        return row[field].longest_word + _BUTTON
    return row[field].longest


def _heading(field: str) -> Role:
    if field in _RIGHT:
        return look.HEADING_RIGHT._replace(number=f"General;General;General;@{ROOM}")
    return look.HEADING


def _height(row: Row, widths: Sequence[float]) -> float:
    """About how high a row becomes; no row is higher than the programs allow."""
    texts = zip((row[field].text for field in FIELDS), widths, strict=False)
    return min(_HIGHEST, max(text_height(text, width, SIZE) for text, width in texts))
