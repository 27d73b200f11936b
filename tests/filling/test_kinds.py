"""Sheets of the kinds that other offices type: what is written is right, and the rest is blank.

Every figure that may be written was worked out by hand; what a sheet leaves open is written
nowhere, and is told.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from support.sheets_of_kinds import F, run


class Sheet(NamedTuple):
    """A sheet, what must be written in it, and what may be: everything else stays blank."""

    rows: list[list[Any]]
    must: dict[str, Any]
    may: dict[str, Any] = {}  # noqa: RUF012 (read only)


B31, B32, U31 = "Budget 2031", "Budget 2032", "Utfall 2031"
HEAD = ["Post", B31, B32]
SIDES: dict[str, Sheet] = {
    "a cost whose name has a word for income": Sheet(
        [HEAD, ["Intäkter"], ["Avgifter", 500, 510], ["Summa intäkter", 500, 510], ["Kostnader"],
         ["Lämnade bidrag", 100, 110], ["Hyresbidrag", 40, 45], ["Lön", 200, 205],
         ["Summa kostnader"], ["Resultat"]],
        {"B9": 340, "C9": 360, "B10": 160, "C10": 150},
    ),
    "incomes under another word": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Inkomster"], ["Anslag", 500, 520], ["Utgifter"],
         ["Lön", 390, 400], ["Resultat"]],
        {"D3": 20, "D5": -10, "B6": 110, "C6": 120, "D6": 10},
    ),
    "no headings: nothing says what is income": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Anslag", 500, 520], ["Lön", 390, 400], ["Resultat"]],
        {},
    ),
    "a net is added with its sign": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Intäkter"], ["Avgifter", 500, 500],
         ["Summa intäkter", 500, 500], ["Kostnader"], ["Lön", 300, 310],
         ["Summa kostnader", 300, 310], ["Finansnetto", 20, -5], ["Resultat"]],
        {"D3": 0, "D4": 0, "D6": -10, "D7": -10, "B9": 220, "C9": 185, "D8": -25, "D9": -35},
    ),
    "an item that may be either": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Intäkter"], ["Avgifter", 500, 500],
         ["Summa intäkter", 500, 500], ["Kostnader"], ["Lön", 300, 310],
         ["Summa kostnader", 300, 310], ["Ränta", 20, -5], ["Resultat"]],
        {"D3": 0, "D4": 0, "D6": -10, "D7": -10},
    ),
    "the same with costs as minus: its own sign tells": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Intäkter"], ["Avgifter", 500, 500],
         ["Summa intäkter", 500, 500], ["Kostnader"], ["Lön", -300, -310],
         ["Summa kostnader", -300, -310], ["Finansnetto", 20, -5], ["Resultat"]],
        {"D3": 0, "D4": 0, "D6": -10, "D7": -10, "D8": -25, "B9": 220, "C9": 185, "D9": -35},
    ),
    "one side only has no result": Sheet(
        [["UTGIFTER", B31, B32], ["Lön", 80, 70], ["El", 20, 20], ["Summa utgifter", 100, 90],
         ["Resultat"]],
        {},
    ),
    "income only is headed, and costs follow": Sheet(
        [HEAD, ["Intäkter"], ["Avgifter", 500, 510], ["Lön", 200, 210], ["Hyra", 50, 50],
         ["Resultat"]],
        {},
    ),
    "labels typed on a Mac": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Inta\u0308kter"], ["Avgifter", 500, 520],
         ["Kostnader"], ["Lo\u0308n", 390, 400], ["A\u030arets resultat"]],
        {"D3": 20, "D5": -10, "B6": 110, "C6": 120, "D6": 10},
    ),
}  # fmt: skip
TOTALS: dict[str, Sheet] = {
    "a total of two sums": Sheet(
        [HEAD, ["Kansli"], ["Lön", 400, 410], ["Hyra", 50, 55], ["Summa"], ["Insatser"],
         ["Steget", 100, 110], ["Vägen", 200, 210], ["Summa"], ["Totalt"]],
        {"B5": 450, "C5": 465, "B9": 300, "C9": 320, "B10": 750, "C10": 785},
    ),
    "a total of sums and a line outside them": Sheet(
        [HEAD, ["Kansli"], ["Lön", 400, 410], ["Hyra", 50, 55], ["Summa"], ["Reserv", 25, 25],
         ["Insatser"], ["Steget", 100, 110], ["Vägen", 200, 210], ["Summa"], ["Totalt"]],
        {"B5": 450, "C5": 465}, {"B10": 300, "C10": 320, "B11": 775, "C11": 810},
    ),
    "a parent before its lines": Sheet(
        [["Post", B31], ["Kostnader"], ["Personal", 500], ["Lön", 400], ["Avgifter", 100],
         ["Hyra", 60], ["El", 20], ["Summa kostnader"]],
        {}, {"B8": 580},
    ),
    "a sum under a name of its own after its lines": Sheet(
        [HEAD, ["Kostnader"], ["Lön", 390, 400], ["Avgifter", 98, 100],
         ["Personalkostnader", 488, 500], ["Hyra", 50, 50], ["Summa kostnader"]],
        {}, {"B7": 538, "C7": 550},
    ),
    "lines inside others, by several words": Sheet(
        [HEAD, ["Kostnader"], ["Lön", 390, 400], ["därav projektledare", 300, 310],
         ["Hyra", 50, 50], ["härav lager", 20, 20], ["Summa kostnader"]],
        {"B7": 440, "C7": 450},
    ),
    "a head count among amounts": Sheet(
        [HEAD, ["Kostnader"], ["Lön", 390, 400], ["Hyra", 50, 50], ["Antal årsarbetare", 2.5, 3],
         ["Summa kostnader"]],
        {}, {"B6": 440, "C6": 450},
    ),
    "a line whose name ends as a total's": Sheet(
        [HEAD, ["Kostnader"], ["Hyra", 100, 110], ["Möten (12 st totalt)"], ["Resor", 10, 10],
         ["Summa kostnader", 110, 120]],
        {},
    ),
    "totals in pairs, one for each year": Sheet(
        [HEAD, ["Hyra", 50, 55], ["Lön", 390, 400], ["TOTAL", 440], ["TOTAL", None, 455]],
        {},
    ),
    "the state's half is no sum": Sheet(
        [HEAD, ["Intäkter"], ["Statens del", 400, 420], ["Länet", 200, 210], ["Alby", 150, 158],
         ["Ekby", 50, 52], ["Summa intäkter"]],
        {"B7": 800, "C7": 840},
    ),
    "the quarter of the region, with municipalities that add up to it": Sheet(
        [HEAD, ["Intäkter"], ["FK", 400, 420], ["Region Mitt", 200, 210], ["Alby", 150, 158],
         ["Ekby", 50, 52], ["Summa intäkter"]],
        {"B7": 800, "C7": 840},
    ),
    "a part is blank": Sheet(
        [HEAD, ["Medel"], ["Avgifter", 500, 510], ["Kvar sedan i fjol", 80], ["Summa medel", 580]],
        {},
    ),
    "a part that was blank where the printed sum held": Sheet(
        [["Post", B31, B32, "Budget 2033"], ["Kostnader"], ["Lön", 80, 82, 84],
         ["Steget", None, 10, None], ["Hyra", 20, 20, 21], ["Summa kostnader", 100, 112]],
        {"D6": 105},
    ),
    "nothing but blanks": Sheet(
        [HEAD, ["Kostnader"], ["Lön", 80], ["Hyra", 20], ["Summa kostnader", 100]],
        {},
    ),
    "a formula that shows nothing, and a dash": Sheet(
        [HEAD, ["Kostnader"], ["Lön", 390, 400], ["Hyra", F('IF(1=2,5,"")', ""), 50],
         ["Resor", "–", "-"], ["Summa kostnader"]],
        {"B6": 390, "C6": 450},
    ),
    "formulas beside say what is added": Sheet(
        [HEAD, ["Stab"], ["Lön", 80, 82], ["El", 20, 21],
         ["Mellansumma", F("SUM(B3:B4)", 100), F("SUM(C3:C4)", 103)], ["Stöd"], ["Kurs", 30, 31],
         ["Tåg", 10, 9], ["Mellansumma", F("SUM(B7:B8)", 40), F("SUM(C7:C8)", 40)],
         ["Totala kostnader", F("B5+B9", 140)]],
        {"C10": 143},
    ),
    "subtotals leave each other out": Sheet(
        [HEAD, ["Stab"], ["Lön", 80, 82], ["El", 20, 21],
         ["Mellansumma", F("SUBTOTAL(9,B3:B4)", 100), F("SUBTOTAL(9,C3:C4)", 103)], ["Stöd"],
         ["Kurs", 30, 31], ["Tåg", 10, 9],
         ["Mellansumma", F("SUBTOTAL(9,B7:B8)", 40), F("SUBTOTAL(9,C7:C8)", 40)],
         ["Totala kostnader", F("SUBTOTAL(9,B3:B9)", 140)]],
        {"C10": 143},
    ),
    "subtotals that are blank as well": Sheet(
        [HEAD, ["Stab"], ["Lön", 80, 82], ["El", 20, 21],
         ["Mellansumma", F("SUBTOTAL(9,B3:B4)", 100)], ["Stöd"], ["Kurs", 30, 31], ["Tåg", 10, 9],
         ["Mellansumma", F("SUBTOTAL(9,B7:B8)", 40)],
         ["Totala kostnader", F("SUBTOTAL(9,B3:B9)", 140)]],
        {"C10": 143},
        {"C5": 103, "C9": 40},
    ),
    "a formula with brackets, and one that names its own sheet": Sheet(
        [HEAD, ["Stab"], ["Lön", 80, 82], ["El", 20, 21],
         ["Mellansumma", F("Blad!B3+Blad!B4", 100)], ["Stöd"], ["Kurs", 30, 31], ["Tåg", 10, 9],
         ["Mellansumma", F("+B7+(B8)", 40)],
         ["Totala kostnader", F("SUM(B3:B4)+(B7-(-B8))", 140)]],
        {"C10": 143},
        {"C5": 103, "C9": 40},
    ),
    "millions and öre keep their decimals": Sheet(
        [["mkr"], HEAD, ["Intäkter"], ["Bidrag A", 2.64, 2.71], ["Bidrag B", 1.325, 1.351],
         ["Summa intäkter", 3.965]],
        {"C6": 4.061},
    ),
    "amounts between 2000 and 2099 are no years": Sheet(
        [["tkr"], HEAD, ["Bidrag A", 4100, 4150], ["Bidrag B", 2048, 2049], ["Bidrag C", 900, 910],
         ["Summa intäkter", 7048]],
        {"C6": 7109},
    ),
    "a date typed among the amounts": Sheet(
        [HEAD, ["Kostnader"], ["Lön", "2024-01-05", 400], ["Hyra", 50, 50], ["Summa kostnader"]],
        {"C5": 450},
    ),
    "a column of an office that says the sum beside": Sheet(
        [["Post", "Budget 2031, kansli", B31], ["Kostnader"], ["Lön", 5, 390], ["Hyra", 5, 50],
         ["Summa kostnader", 10]],
        {}, {"C5": 440},
    ),
}  # fmt: skip
DEVIATIONS: dict[str, Sheet] = {
    "last year's outcome is not compared": Sheet(
        [["Kostnader", "Utfall 2030", B31, U31, "Avvikelse"], ["Lön", 380, 400, 390],
         ["Hyra", 50, 50, 55], ["Summa kostnader", 430, 450, 445]],
        {"E2": 10, "E3": -5, "E4": 5},
    ),
    "two years, a deviation each": Sheet(
        [["Kostnader", "Budget 2030", "Utfall 2030", "Avvikelse 2030", B31, U31, "Avvikelse 2031"],
         ["Lön", 370, 380, None, 400, 390], ["Hyra", 50, 50, None, 50, 55],
         ["Summa kostnader", 420, 430, None, 450, 445]],
        {"D2": -10, "D3": 0, "D4": -10, "G2": 10, "G3": -5, "G4": 5},
    ),
    "only last year's outcome": Sheet(
        [["Kostnader", "Utfall 2030", B31, "Avvikelse"], ["Lön", 380, 400], ["Hyra", 50, 50],
         ["Summa kostnader", 430, 450]],
        {},
    ),
    "eight months against a year": Sheet(
        [["Kostnader", B31, "Utfall t.o.m. T2 2031", "Avvikelse"], ["Lön", 400, 250],
         ["Hyra", 50, 30], ["Summa kostnader", 450, 280]],
        {},
    ),
    "budget to date against outcome to date": Sheet(
        [["Kostnader", B31, "Budget t.o.m. T2 2031", "Utfall t.o.m. T2 2031", "Avvikelse"],
         ["Lön", 400, 266, 250], ["Hyra", 50, 33, 35], ["Summa kostnader", 450, 299, 285]],
        {"E2": 16, "E3": -2, "E4": 14},
    ),
    "a project's budget before the year's": Sheet(
        [["Kostnader", "Total projektbudget", "Ack. utfall", "Avvikelse", B31, U31, "Avvikelse"],
         ["Tak", 5000, 4200, None, 1000, 900], ["Dörr", 3000, 3100, None, 500, 450],
         ["Summa kostnader", 8000, 7300, None, 1500, 1350]],
        {}, {"G2": 100, "G3": 50, "G4": 150},
    ),
    "the sheet's own sense in the cells that are filled": Sheet(
        [["Kostnader", U31, B31, "Avvikelse"], ["Lön", 220, 200, 20], ["El", 70, 100, -30],
         ["Hyra", 50, 55], ["Summa kostnader", 340, 355, -15]],
        {"D4": -5},
    ),
    "the sheet's own sense in words": Sheet(
        [["Kostnader", U31, B31, "Avvikelse (utfall minus budget)"], ["Lön", 220, 200],
         ["El", 70, 100], ["Summa kostnader", 290, 300]],
        {}, {"D2": 20, "D3": -30, "D4": -10},
    ),
    "a sense told in a note": Sheet(
        [["Minus i kolumnen avvikelse = under budget"], ["Kostnader", U31, B31, "Avvikelse"],
         ["Lön", 220, 200], ["El", 70, 100], ["Summa kostnader", 290, 300]],
        {},
    ),
    "per cent of what was used": Sheet(
        [["Kostnader", B31, U31, "Förbrukat %"], ["Lön", 200, 150], ["El", 100, 70],
         ["Summa kostnader", 300, 220]],
        {"D2": 75, "D3": 70, "D4": 73.3},
    ),
    "two figures of a year that cannot be read": Sheet(
        [["Bokslut 2032"], ["Kostnader", "Budget 31", "Utfall 32", "Avvikelse"],
         ["Lön", 200, 150], ["El", 100, 70], ["Summa kostnader", 300, 220]],
        {},
    ),
    "a total that adds up one way down and another across": Sheet(
        [["Intäkter", U31, B31, "Avvikelse"], ["Avgift A", 100, 90, 10], ["Avgift B", 101, 90, 11],
         ["Summa intäkter", 200, 180]],
        {"D4": 20},
    ),
}  # fmt: skip
EQUITY: dict[str, Sheet] = {
    "carried along the years, on what is filled in": Sheet(
        [["Post", "Plan 2031", "Plan 2032", "Plan 2033"], ["Intäkter"], ["Avgifter", 900, 910, 920],
         ["Summa intäkter", 900, 910, 920], ["Kostnader"], ["Lön", 850, 870, 900],
         ["Summa kostnader", 850, 870, 900], ["Årets resultat", 50, 40, 20],
         ["Ingående eget kapital", 300], ["Utgående eget kapital"]],
        {"B10": 350, "C9": 350, "C10": 390, "D9": 390, "D10": 410},
    ),
    "openings that fetch the closing before": Sheet(
        [["Post", "Plan 2031", "Plan 2032", "Plan 2033"], ["Intäkter"], ["Avgifter", 900, 910, 920],
         ["Summa intäkter", 900, 910, 920], ["Kostnader"], ["Lön", 850, 870, 900],
         ["Summa kostnader", 850, 870, 900], ["Årets resultat", 50, 40, 20],
         ["Ingående eget kapital", 300, F("B10", 0), F("C10", 0)], ["Utgående eget kapital"]],
        {"B10": 350, "C10": 390, "D10": 410},
    ),
    "a result that is built on a blank total is not used": Sheet(
        [["Post", "Plan 2031", "Plan 2032"], ["Intäkter"], ["Avgifter", 900, 910],
         ["Summa intäkter", 900, 910], ["Kostnader"], ["Lön", 850, 870], ["Hyra", 10, None],
         ["Summa kostnader", 860], ["Årets resultat", F("B4-B8", 40), F("C4-C8", 910)],
         ["Ingående eget kapital", 300, 340], ["Utgående eget kapital", 340]],
        {},
    ),
    "something else than the result between": Sheet(
        [["Post", "Plan 2031", "Plan 2032"], ["Intäkter"], ["Avgifter", 900, 910],
         ["Summa intäkter", 900, 910], ["Kostnader"], ["Lön", 850, 870],
         ["Summa kostnader", 850, 870], ["Årets resultat", 50, 40],
         ["Ingående eget kapital", 300, None], ["Återbetalt till medlemmar", -100, -20],
         ["Utgående eget kapital"]],
        {},
    ),
    "a forecast of blanks is no forecast of nothing": Sheet(
        [["Post", B31, "Prognos 2031", "Avvikelse prognos-budget"], ["Kostnader"],
         ["Lön", 80, None], ["Hyra", 20, None],
         ["Summa kostnader", F("SUM(B3:B4)", 100), F("SUM(C3:C4)", 0)]],
        {},
    ),
}  # fmt: skip
SHEETS = {**SIDES, **TOTALS, **DEVIATIONS, **EQUITY}


@pytest.mark.parametrize("name", SHEETS)
def test_only_what_is_settled_is_written(name: str) -> None:
    """Every figure that must come comes, none that may not, and what is left is told."""
    sheet = SHEETS[name]
    outcome = run(*sheet.rows)
    allowed = sheet.must | sheet.may
    assert {cell: outcome.edits.get(cell) for cell in sheet.must} == sheet.must
    assert not {c: v for c, v in outcome.edits.items() if allowed.get(c) != v}


REASONS = {
    "an item that may be either": ("B9", "intäkt och vad som är kostnad"),
    "one side only has no result": ("B5", "bara intäkter eller bara kostnader"),
    "a part is blank": ("C5", "tomt är inte noll (C4)"),
    "a parent before its lines": ("B8", "summan av andra"),
    "a head count among amounts": ("B6", "Antal årsarbetare"),
    "totals in pairs, one for each year": ("C4", "raden intill"),
    "eight months against a year": ("D2", "vilka två kolumner"),
    "a sense told in a note": ("D3", "plus och vad som är minus"),
    "a date typed among the amounts": ("B5", "inget belopp"),
    "something else than the result between": ("B11", "vad eget kapital ändras med"),
    "a result that is built on a blank total is not used": ("C11", "celler som är tomma"),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_is_left_blank_says_why(name: str) -> None:
    """One note, at the first cell of its kind, with the reason in plain words."""
    cell, reason = REASONS[name]
    outcome = run(*SHEETS[name].rows)
    told = [f for f in outcome.findings if f.cell == cell and f.code.endswith("-tom")]
    assert len(told) == 1
    assert reason in told[0].message
    assert told[0].severity == "info"


def test_one_note_for_a_table_and_a_reason() -> None:
    """A whole column of deviations that cannot be taken is one note, not one for each cell."""
    outcome = run(*DEVIATIONS["eight months against a year"].rows)
    (note,) = [f for f in outcome.findings if f.code == "avvikelse-tom"]
    assert {note.cell, *(ref.cell for ref in note.also)} == {"D2", "D3", "D4"}


def test_nothing_is_written_under_a_merged_cell() -> None:
    """A total's name merged over its figures hides them: they are not written."""
    rows: list[list[Any]] = [["Post", B31, B32], ["Kostnader"], ["Lön", 390, 400], ["Hyra", 50, 50],
            ["Summa kostnader"]]  # fmt: skip
    assert run(*rows).edits == {"B5": 440, "C5": 450}
    outcome = run(*rows, merged=("A5:C5",))
    assert outcome.edits == {}
    assert outcome.left() == {"B5", "C5"}
