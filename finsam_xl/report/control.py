"""The report *Rapport Kontroll*: what looks wrong in the workbook, where, and what to do.

Four key figures, then a row per finding in one table that can be sorted and filtered, with
room to accept it or say what is to be done. Accepted findings and notes whose finding is
gone follow below, in the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model import Finding
from finsam_xl.money import swedish
from finsam_xl.report import look
from finsam_xl.report.budget_sheet import KeyFigure
from finsam_xl.report.control_marks import Carried, Marks, Told, carry
from finsam_xl.report.control_rows import (
    SEVERITIES,
    accepted_row,
    finding_row,
    order,
    orphan_row,
)
from finsam_xl.report.control_sheet import ControlSheet
from finsam_xl.sheetplan import SheetPlan

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
    about = " · ".join(filter(None, (association, file, _checked(checked))))
    sheet.head("Kontroll", about, run)
    sheet.key_figures(_SPANS, _key_figures(carried))
    if not rows:
        sheet.all_agrees(_friendly(carried, checked))
    sheet.table(rows)
    sheet.part(ACCEPTED, accepted)
    sheet.part(ORPHANS, orphans)
    sheet.usage()
    return sheet.as_plan(NAME, OWNER, f"{association} · körning {run}".removeprefix(" · "))


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
