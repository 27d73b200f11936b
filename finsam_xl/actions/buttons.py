"""The buttons: name, text, tip and action of each. A new button is a line here and its action.

Every way into Excel makes its buttons, ribbon and scripts from this list: the macro
workbook, the add-in and the Lite workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from finsam_xl import actions
from finsam_xl.plan import Plan
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid

if TYPE_CHECKING:
    from finsam_xl.actions.fetch_clicked import Given

Action = Callable[[Grid, date, str, str], Plan]
"""From what a workbook holds, the day, the run's name and who clicked to what is to be done."""
FileAction = Callable[[Grid, date, str, "Given"], Plan]
"""The same, from a file that was chosen and what was answered."""


class Button(NamedTuple):
    """A button: the name of its Sub or script, its text, what it does, and Excel's own picture.

    ``image``: the name of a picture that Excel has; ``action`` writes nothing itself;
    ``of_file``: what it does where a file can be chosen first.
    """

    name: str
    text: str
    tip: str
    image: str
    action: Action
    of_file: FileAction | None = None

    def plan(
        self, grid: Grid, moment: datetime, version: str, user: str = "", given: Given | None = None
    ) -> Plan:
        """What a click does in a workbook, with the log of it.

        ``version``: the product's; ``user``: who clicked; ``given``: the file that was chosen.
        """
        from finsam_xl.actions import log

        day, run = moment.date(), grid.run_name(moment)
        if given is not None and self.of_file is not None:
            plan = self.of_file(grid, day, run, given)
        else:
            plan = self.action(grid, day, run, user)
        return log.logged(grid, plan, log.About(moment, user, self.text, version))


class PlainButton(NamedTuple):
    """A button that xlwings Lite cannot have; ``macro``: the VBA that does its work.

    ``in_calc``: LibreOffice has it, too.
    """

    name: str
    text: str
    tip: str
    image: str
    macro: str
    in_calc: bool = True


AnyButton = Button | PlainButton


def _recompute(grid: Grid, today: date, run: str, _user: str) -> Plan:
    return actions.recompute(grid, today=today, run=run)


def _check(grid: Grid, today: date, run: str, user: str) -> Plan:
    return actions.report(grid, "kontroll", today=today, run=run, user=user)


def _report(grid: Grid, today: date, run: str, _user: str) -> Plan:
    """Every report that the workbook has the tables for, but the control's own."""
    kinds = tuple(kind for kind in actions.fitting_reports(grid) if kind != "kontroll")
    return actions.report_sheets(grid, kinds, today=today, run=run)


def _what_was_read(grid: Grid, today: date, run: str, _user: str) -> Plan:
    from finsam_xl.actions import finsam

    return finsam.plan(grid, today, run)


def _what_if(grid: Grid, today: date, run: str, _user: str) -> Plan:
    return actions.what_if(grid, today=today, run=run)


def _fetch(grid: Grid, today: date, run: str, _user: str) -> Plan:
    from finsam_xl.actions import fetch_clicked

    return fetch_clicked.from_sheet(grid, today, run)


def _fetch_file(grid: Grid, today: date, run: str, given: Given) -> Plan:
    from finsam_xl.actions import fetch_clicked

    return fetch_clicked.from_file(grid, today, run, given)


def _undo(grid: Grid, _today: date, run: str, _user: str) -> Plan:
    from finsam_xl.actions import log

    return log.undo(grid, name=run)


BUTTONS = (
    Button(
        "FinsamRaknaOm",
        "Räkna om",
        "Räkna om allt som känns igen: tomma summor, avvikelser, avgifter och Impactindex. "
        "Formler skrivs aldrig över.",
        "CalculateNow",
        _recompute,
    ),
    Button(
        "FinsamKontrollera",
        "Kontrollera",
        "Leta efter sådant som ser fel ut och lista det i bladet Rapport Kontroll, med länkar.",
        "ReviewTrackChangesMenu",
        _check,
    ),
    Button(
        "FinsamSkapaRapport",
        "Skapa rapport",
        "Gör rapportbladen som arbetsboken har underlag för. Kommentarer i dem följer med.",
        "ChartInsert",
        _report,
    ),
    Button(
        "FinsamVadLastes",
        "Vad lästes?",
        "Visa på bladet Finsam hur varje tabell lästes, och rätta där det är fel.",
        "FindDialog",
        _what_was_read,
    ),
    Button(
        "FinsamVadKravs",
        "Vad krävs?",
        "Gör Rapport Vad krävs, om vad som fattas till målet, och Tänk om, ett blad att pröva "
        "andra tal i.",
        "WhatIfAnalysisMenu",
        _what_if,
    ),
    Button(
        "FinsamHamtaUtfall",
        "Hämta utfall",
        "Fyll kolumnen för utfall ur bokföringen: SIE, huvudbok eller resultatrapport.",
        "GetExternalDataFromText",
        _fetch,
        _fetch_file,
    ),
    Button(
        "FinsamAngra",
        "Ångra",
        "Ta tillbaka det som senaste klicket skrev. Det du har skrivit sedan dess står kvar.",
        "Undo",
        _undo,
    ),
)
BY_NAME = {button.name: button for button in BUTTONS}
FREEZE = PlainButton(
    "FinsamFrys",
    "Frys för utskick",
    "Gör en kopia att skicka: värden i stället för funktioner, inga makron eller personnamn. "
    "Boken ändras inte.",
    "FileSendAsAttachment",
    'FinsamKor "FinsamFrys", "Frys för utskick"',
)
HEALTH = PlainButton(
    "FinsamHalsa",
    "Vad fungerar?",
    "Säg vad som fungerar på datorn, och vad som ska göras först åt resten. Inget ändras.",
    "Help",
    'FinsamKor "FinsamHalsa", "Vad fungerar?"',
    in_calc=False,
)
PLAIN_BUTTONS = (
    PlainButton(
        "FinsamAterstallFormler",
        "Återställ formler",
        "Skriv FINSAM-formler på nytt där de visar #NAMN?, som när boken öppnades utan tillägget.",
        "RefreshAll",
        "FinsamSkrivOmFormler",
    ),
    FREEZE,
    HEALTH,
)
