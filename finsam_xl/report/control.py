"""The report *Rapport Kontroll*: what looks wrong in the workbook, where, and what to do.

The answer in a sentence, four key figures, then the findings in one table that can be sorted and
filtered, the gravest first, with room to accept them or say what is to be done. Notes of one kind
in one table share a row, as long as the same is written at them. Accepted findings and notes
whose finding is gone follow below, in the same columns. On paper the columns end where people
write; to the right of them stand each finding's other places, its code and, hidden, its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from finsam_xl.findings.places import Places, named, of_one_kind
from finsam_xl.model import SEVERITIES, Finding
from finsam_xl.money import swedish
from finsam_xl.report import answers, look
from finsam_xl.report.control_marks import Carried, Marks, Told, carry
from finsam_xl.report.control_reading import rows_of, stamped
from finsam_xl.report.control_rows import GRAVENESS, accepted_row, finding_row, orphan_row
from finsam_xl.report.control_sheet import ControlSheet
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Kontroll"
OWNER = "kontroll"
ACCEPTED, ORPHANS = "Accepterade", "Åtgärder till fynd som inte längre finns"
_MOST_ROWS = 3
"""How many rows the notes of one kind have, a row for each table; more share one."""
_MOST_OF_A_KIND = 300
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
    rows = [finding_row(alike, places, file) for alike in _alike(carried.open, places)]
    quiet = [accepted_row(alike, places, file) for alike in _alike(accepted, places)]
    orphans = [orphan_row(alike) for alike in rows_of(carried.orphans)]
    sheet = ControlSheet([*rows, *quiet, *orphans])
    answer = _answer(carried, places, checked)
    about = (association, file, _checked(checked) if checked else "")
    sheet.head("Kontroll", about, run, answer)
    sheet.key_figures(_key_figures(carried))
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
        row[start : start + _MOST_OF_A_KIND]
        for row in sorted(_few(kinds), key=lambda row: order(row[0]))
        for start in range(0, len(row), _MOST_OF_A_KIND)
    ]


def _few(rows: Iterable[list[Told]]) -> Iterator[list[Told]]:
    """The rows, but notes of a kind that would have many of them in one."""
    kinds: dict[object, list[list[Told]]] = {}
    for number, row in enumerate(rows):
        finding = row[0].finding
        is_note = finding.severity == SEVERITIES[-1]
        kind = (finding.code, finding.file, *row[0][1:]) if is_note else number
        kinds.setdefault(kind, []).append(row)
    for of_one in kinds.values():
        yield from of_one if len(of_one) <= _MOST_ROWS else ([*chain.from_iterable(of_one)],)


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
        ("Fel", "att rätta", "inga fel"),
        ("Varningar", "att se över", "inga varningar"),
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
