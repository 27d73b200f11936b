"""Cases of findings about cells, headings and what is typed on the sheet *Finsam*."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from finsam_xl import actions
from finsam_xl.model import Finding
from finsam_xl.reading.book import tables
from finsam_xl.reading.corrections import Correction, Part
from finsam_xl.reading.finsam_sheet import OWNER
from finsam_xl.reading.placing import corrected, findings
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import CellError, Grid, SheetGrid
from finsam_xl.words.methods import Method
from support.corrections import moved, named, of_column, of_row, of_table
from support.finding_cases import Done, one
from support.typed_sheets import TODAY, F, grid

_BUDGET = [
    ["Tkr", "Budget 2024", "Utfall 2024", "Prognos 2024"],
    ["Hyra", 10, 11, 12],
    ["Lön", 20, 19, 20],
    ["Summa", 30, 30, 32],
]
_SOCIAL = [
    ["Social budget 2021"],
    ["Team Ett"],
    ["Målområde", "Mål", "Nr", "Indikator", "Målgrupp", "Regel", "Gräns", "Vikt", "Utfall antal",
     "Utfall av", "Uppnått", "Poäng", "Fjolårets"],
    ["1 Nytta", "1.1 Lösning", "1.1.1", "Positiv lösning", "Deltagare", "Andel minst", 0.8, 8, 80,
     100, "Ja", 8, 7],
    ["1 Nytta", "1.1 Lösning", "1.1.2", "Avbrott", "Deltagare", "Andel högst", 0.2, 4, 30,
     100, "Nej", 0, 4],
]  # fmt: skip
_BOOK = named(grid(("Blad", [["Ekonomi 2024, tkr"], *_BUDGET])))


def _corrected(book: Grid, *corrections: Correction) -> Iterable[Finding]:
    read = corrected(book, corrections)
    return list(findings(read, tables(read)))


def _corrections(*corrections: Correction) -> Callable[[], Iterable[Finding]]:
    return lambda: _corrected(_BOOK, *corrections)


def _set(parts: str) -> Callable[[], Iterable[Finding]]:
    """What is told of a unit of amounts that is set on the sheet *Finsam*."""
    rows = [["Inställning", "Ändra", "Nyckel"], ["Belopp", parts, "inställning|amounts"]]
    cells = grid(("Finsam", rows)).sheets[0].cells
    sheet = SheetGrid("Finsam", lambda: cells, owner=OWNER)
    return lambda: settings(Grid((sheet,))).findings


_OUTCOME = of_column(_BOOK, 1, 3, "Utfall 2024")

_WEIGHED = [
    ["Budget 2027, tkr", None, None, "Valt scenario", "Låg"],
    [None, "Budget 2027 låg", "Budget 2027 hög"],
    ["Intäkter", 900, 900],
    ["Kostnader", 800, 850],
    ["Resultat", 100, 50],
]


_SIGNED = [
    [None, "Budget 2026", "Utfall 2026"],
    ["Intäkter", 900, 900],
    ["Kostnader", -800, -850],
    ["Resultat", 100, 50],
]


def _forecast(method: Method | None) -> Callable[[], tuple[Finding, ...]]:
    """What a run tells of a follow-up whose forecast is blank, by a method or none."""
    sheet = [
        ["Uppföljning T2 2026, tkr"],
        [None, "Budget 2026", "Utfall t.o.m. T2 2026", "Prognos 2026"],
        ["Intäkter", 900, 600],
        ["Lön", 500, 320],
        ["Hyra", 400, 270],
        ["Summa kostnader", 900, 590],
    ]
    return lambda: (
        actions.recompute(grid(("T2", sheet)), today=TODAY, run="", method=method).findings
    )


CASES = {
    "belopp-text": one(_BUDGET, {"B2": "Storgatan"}, at="B2"),
    "blandade-enheter": one(_BUDGET, {"B2": "10 000 kr"}, at="B2"),
    "dubbel-kolumn": one(_BUDGET, {"C1": "Budget 2024"}, at="C1"),
    "dubbel-rubrik": one(_SOCIAL, {"M3": "Vikt"}, at="M3"),
    "felvarde": one(_BUDGET, {"B2": F("1/0", CellError("#DIV/0!"))}, at="B2"),
    "formel-utan-varde": one(_BUDGET, {"B2": F("5+5")}, at="B2"),
    "installning-okand": Done(_set("kr"), _set("euro"), at="B2"),
    "okand-kolumn": one(_BUDGET, {"C1": "Siffror"}, at="C1"),
    "omvanda-tecken": one(
        _SIGNED,
        {"B2": -900, "C2": -900, "B3": 800, "C3": 850, "B4": -100, "C4": -50},
        at="A1",
    ),
    "prognos-ej-fylld": Done(_forecast(None), _forecast(Method.LAST_YEAR_PATTERN), at="D2"),
    "prognos-fylld": Done(_forecast(None), _forecast(Method.STRAIGHT_LINE), at="D2"),
    "rattelse-gar-inte": Done(
        _corrections(of_table(_BOOK, 1, Part.KIND, "Uppföljning")),
        _corrections(of_table(_BOOK, 1, Part.KIND, "Medlemsavgifter")),
        at="F9",
    ),
    "rattelse-motsagd": Done(
        _corrections(_OUTCOME),
        _corrections(_OUTCOME, of_column(_BOOK, 1, 3, "Prognos 2024")),
        at="F9",
    ),
    "rattelse-okand": Done(
        _corrections(of_row(_BOOK, 1, 5, "Summa")),
        _corrections(of_row(_BOOK, 1, 5, "banan")),
        at="F9",
    ),
    "rattelse-utan-plats": Done(
        _corrections(_OUTCOME), lambda: _corrected(moved(_BOOK, {}), _OUTCOME), at="F9"
    ),
    "scenario-oklart": one(_WEIGHED, {"E1": "Rimlig"}, at="E1"),
    "tal-som-text": one(_BUDGET, {"B2": "10"}, at="B2"),
}
