"""What other offices' sheets leave to be filled in, by kind: written where one reading is left.

Every figure was worked out by hand. ``blank``: cells that must stay as they are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from support.sheets_of_kinds import run


class Sheet(NamedTuple):
    """A sheet, what must be written in it, what must not be, and its merged cells."""

    rows: list[list[Any]]
    must: dict[str, Any]
    blank: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


B31, B32, U31 = "Budget 2031", "Budget 2032", "Utfall 2031"
STANDING = {
    "years turned: equity is of the end of each": Sheet(
        [["Utfall 2028-2030, tkr"], ["År", "Intäkter", "Kostnader", "Resultat", "Eget kapital"],
         [2028, 720, 690, 30, 150], [2029, 735, 720, 15, 165], [2030, 750, 761, -11, 154],
         ["Summa", 2205, 2171, 34]],
        {}, ("E6",),
    ),
    "tertials and their sum, cash among them": Sheet(
        [["Utfall 2031, tkr"], ["Post", "T1", "T2", "T3", "Summa"], ["Bidrag", 410, 395, 420, 1225],
         ["Lön", 300, 310, 305, 915], ["Kassa", 210, 295, 410]],
        {}, ("E5",),
    ),
    "carried on by its figures, whatever it is called": Sheet(
        [["Utfall 2031, tkr"], ["Post", "Kv 1", "Kv 2", "Kv 3", "Kv 4", "Summa"],
         ["Avsatt", 40, 25, 30, 15, 110], ["Uttaget", 11, 12, 13, 14, 50],
         ["Avsatt totalt sett", 240, 265, 295, 310]],
        {}, ("F5",),
    ),
    "ratios and people of tertials have no year of them": Sheet(
        [["Utfall 2031, tkr"], ["Post", "T1", "T2", "T3", "Summa"], ["Bidrag", 410, 395, 420, 1225],
         ["Lön", 300, 310, 305, 915], ["Soliditet, %", 72, 75, 76], ["Årsarbetare", 3.5, 3.5, 4],
         ["Deltagare i insats", 120, 135, 128]],
        {}, ("E5", "E6", "E7"),
    ),
    "prices turned, by month": Sheet(
        [["Utfall 2031, kr"], ["Månad", "Timmar", "Pris", "Kostnad", "Resor", "Totalt"],
         ["Januari", 12, 950, 11400, 400, 11800], ["Februari", 20, 950, 19000, 850, 19850],
         ["Mars", 16, 980, 15680, 0, 15680], ["Summa", 48, None, 46080, 1250, 47330]],
        {}, ("C6",),
    ),
}  # fmt: skip
BESIDE = {
    "so much of each has no sum": Sheet(
        [["Budget 2031, kr"], ["Insats", "Alby", "Ekby", "Totalt", "Deltagare", "Kr/deltagare"],
         ["Rehab", 400000, 300000, 700000, 35, 20000], ["Unga", 300000, 240000, 540000, 27, 20000],
         ["Bas", 210000, 210000, 420000, 30, 14000], ["Summa", 910000, 750000, 1660000, 92]],
        {}, ("F6",),
    ),
    "prices and how many": Sheet(
        [["Budget 2031, inköp i kronor"], ["Post", "Antal", "À-pris", "Belopp 2031"],
         ["Datorer", 3, 14500, 43500], ["Mobiler", 4, 6900, 27600], ["Licenser", 6, 2400, 14400],
         ["Summa", None, None, 85500]],
        {}, ("B6", "C6"),
    ),
    "a salary per month is no part of the year's sum": Sheet(
        [["Personalbudget 2031, kr"],
         ["Befattning", "Tjänstegrad", "Månadslön", "Årslön", "PO", "Summa 2031"],
         ["Förbundschef", 1, 58000, 696000, 288979], ["Ekonom", 0.5, 46000, 276000, 114595],
         ["Samordnare", 0.8, 41000, 393600, 163423], ["Summa", 2.3, None, 1365600, 566997]],
        {"F3": 984979, "F4": 390595, "F5": 557023, "F6": 1932597}, ("C6",),
    ),
    "hours, a fee and places that nobody knows to be alike": Sheet(
        [["Budget 2031, kr"], ["Ledamot", "Sammanträden", "Ersättning", "Summa 2031"],
         ["Ordförande", 8, 2400], ["Vice", 8, 1800], ["Ledamöter", 40, 1200]],
        {}, ("D3", "D4", "D5"),
    ),
    "a line below the sum that has no share": Sheet(
        [["Budget 2031, tkr"], ["Finansiering", B31, "Andel"], ["Staten", 3600, 0.5],
         ["Regionen", 1800, 0.25], ["Kommunerna", 1800, 0.25], ["Summa", 7200, 1],
         ["Differens (ska vara 0)", 0]],
        {}, ("C7",),
    ),
    "per cent that are typed as text": Sheet(
        [["Lägesrapport augusti 2031, tkr"],
         ["Post", "Budget helår", "Ack utfall aug", "Upparbetat"], ["Avgifter", 6200, 4133, "67 %"],
         ["Bidrag", 150, 110, "73 %"], ["Ledning", 310, 188, "61 %"], ["Kansli", 1290, 842]],
        {}, ("D6",),
    ),
}  # fmt: skip
COLUMNS = {
    "quarters with a budget and an outcome each, of a year that nobody tells": Sheet(
        [[None, "Kvartal 1", None, None, "Kvartal 2", None, None, "Ack. kv 1-2", None, None],
         ["Post, tkr", *["Budget", "Utfall", "Avv."] * 3],
         ["Intäkter"], ["Avgifter", 500, 500, None, 510, 505],
         ["Kostnader"], ["Lön", 300, 334, None, 310, 309], ["Hyra", 45, 45, None, 45, 47]],
        {"D4": 0, "G4": -5, "H4": 1010, "I4": 1005, "J4": -5, "D6": -34, "G6": 1, "H6": 610,
         "I6": 643, "J6": -33, "D7": 0, "G7": -2, "H7": 90, "I7": 92, "J7": -2},
        merged=("B1:D1", "E1:G1", "H1:J1"),
    ),
    "months that are known and foreseen make the year": Sheet(
        [["Rullande prognos 2031, tkr"],
         ["Kostnader", *["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt",
                         "nov", "dec"], "helår"],
         [None, *["utfall"] * 9, *["prognos"] * 3, "utfall + prognos"],
         ["Lön", *[92] * 11, 93], ["Hyra", *[14] * 12], ["Resor", *[3, 5] * 6]],
        {"N4": 1105, "N5": 168, "N6": 48},
    ),
    "the years of a project and the whole of it": Sheet(
        [["Projektbudget 2031-2033, kr"], ["Budgetpost", 2031, 2032, 2033, "Hela projektet"],
         ["Projektledare", 410000, 690000, 355000], ["Resor", 15000, 40000, 18000],
         ["Lokal", 80000, 140000, 95000]],
        {"E3": 1455000, "E4": 73000, "E5": 315000},
    ),
    "tertials that grow may each be counted from January": Sheet(
        [["Kostnader, tkr", "Utfall T1 2031", "Utfall T2 2031", "Utfall T3 2031", "Utfall helår"],
         ["Lön", 300, 610, 915], ["Hyra", 40, 82, 121], ["Resor", 9, 17, 30]],
        {}, ("E2", "E3", "E4"),
    ),
    "what was given to activities and what they have asked for": Sheet(
        [["Insatser 2031, kr"],
         ["Dnr", "Insats", "Beviljat 2031", "Rekv kv 1", "Rekv kv 2", "Rekvirerat hittills", "Kvar"],
         ["31/1", "Stegen", 1240000, 301200, 322450], ["31/2", "Forum", 860000, 204000, 191750],
         ["31/3", "Ungsam", 325000, 118400, 96300]],
        {"F3": 623650, "G3": 616350, "F4": 395750, "G4": 464250, "F5": 214700, "G5": 110300},
    ),
    "changes to each of several ways to do it": Sheet(
        [["Budget 2032, tkr"],
         ["Post", "Gällande budget 2031", "Alternativ A 2032", "Alternativ B 2032", "Förändring A",
          "Förändring B"],
         ["Lön", 820, 825, 700], ["Hyra", 160, 200, 120], ["Resor", 90, 110, 60]],
        {"E3": 5, "F3": -120, "E4": 40, "F4": -40, "E5": 20, "F5": -30},
    ),
    "changes against the year that they name": Sheet(
        [["Budgetförslag, tkr"],
         ["Post", B31, "Förslag kansliet 2032", "Ändring mot 2031", "Förslag AU 2032",
          "Ändring mot 2031"],
         ["Lön", 820, 825, None, 700], ["Hyra", 160, 200, None, 120], ["Resor", 90, 110, None, 60]],
        {"D3": 5, "F3": -120, "D4": 40, "F4": -40, "D5": 20, "F5": -30},
    ),
    "the year begins with what its first month begins with": Sheet(
        [["Likviditetsplan 2031, tkr"],
         ["Budget", "kvartal 1", "kvartal 2", "kvartal 3", "kvartal 4", "Helår"],
         ["Kassa vid periodens början", 1850, 2010, 1905, 2100],
         ["Inbetalningar", 900, 640, 930, 700, 3170], ["Utbetalningar", -740, -745, -735, -750, -2970],
         ["Kassa vid periodens slut", 2010, 1905, 2100, 2050]],
        {"F3": 1850, "F6": 2050},
    ),
    "the per cent of a result near nought": Sheet(
        [["Tertial 1 2031, tkr, kostnader med minus"],
         ["Post", "Budget jan-apr", "Utfall jan-apr", "Avvikelse", "Avvikelse %"],
         ["Intäkter", 700, 714], ["Kostnader", -682, -357], ["Resultat", 18, 357]],
        {"D3": 14, "E3": 2, "D5": 339}, ("E5",),
    ),
}  # fmt: skip
ACTIVITIES = {
    "what money goes to, by the heading of the names": Sheet(
        [["Uppföljning 2031, tkr"], ["Insats", B31, U31, "Avvikelse"], ["Rehab", 1810, 1904],
         ["Unga", 1105, 1040], ["Summa", 2915, 2944]],
        {"D3": -94, "D4": 65, "D5": -29},
    ),
    "kinds of cost": Sheet(
        [["Utfall 2031, tkr"], ["Kostnadsslag", B31, U31, "Diff mot budget"], ["Lön", 940, 955],
         ["Hyra", 110, 108], ["Resor", 45, 38]],
        {"D3": -15, "D4": 2, "D5": 7},
    ),
    "projects, of which one may be an income": Sheet(
        [["Uppföljning 2031, tkr"], ["Projekt", B31, U31, "Avvikelse"], ["Rehab", 1810, 1904],
         ["Bidrag från ESF", 1105, 1040]],
        {}, ("D3", "D4"),
    ),
    "left of the budget, by what was spent or by the forecast": Sheet(
        [["Insatser 2031, kr"], ["Projekt", B31, "Utfall jan-aug 2031", "Prognos 2031", "Kvar"],
         ["Rehab", 1810000, 1204000, 1800000], ["Unga", 1105000, 740000, 1150000]],
        {}, ("E3", "E4"),
    ),
}  # fmt: skip
ROWS = {
    "a printed result leaves one figure for the costs": Sheet(
        [["Post", B31, B32], ["Avgifter", 510, 520], ["Räntor", 14, 16], ["Summa intäkter", 524, 536],
         ["Lön", 330, 329], ["Insatser till deltagare", 101, 121], ["Resor", 25, 31],
         ["Summa kostnader"], ["Resultat", 68, 55]],
        {"B8": 456, "C8": 481},
    ),
    "remarks between the rows head nothing": Sheet(
        [["Post", B31, B32], ["Intäkter"], ["Avgifter", 510, 520], ["Bidrag", 140, 160],
         ["Ansökan om utbetalning lämnas i november, se bilaga."], ["Summa intäkter"],
         ["Kostnader"], ["Lön", 330, 329], ["Hyran höjdes den första april."], ["Hyra", 45, 47],
         ["Summa kostnader"]],
        {"B6": 650, "C6": 680, "B11": 375, "C11": 376},
    ),
    "amounts for people are amounts": Sheet(
        [["Post", B31, B32], ["Kostnader"], ["Insatser till deltagare", 510, 520],
         ["Resor för unga deltagare", 14, 16], ["Stöd åt klienter", 9, 8], ["Summa kostnader"]],
        {"B6": 533, "C6": 544},
    ),
    "a line that ends in a word for a sum is none, though the sum below would bear it": Sheet(
        [["Post", B31, B32], ["Kostnader"], ["Hyra", 101, 113], ["Telefon", 21, 22],
         ["Möten (12 st totalt)"], ["Resor", 11, 13], ["Summa kostnader", 133, 148]],
        {}, ("B5", "C5"),
    ),
    "a result that stands first, with totals above their lines": Sheet(
        [["Tertial 1 2031, tkr"], ["Post", "Utfall jan-apr", "Budget jan-apr", "Avvikelse"],
         ["Resultat", 365, 10], ["Intäkter", 2814, 2808], ["Statligt bidrag", 1400, 1400],
         ["Övriga bidrag", 1414, 1408], ["Administration", -483, -513], ["Kontor", -402, -415],
         ["Ekonomi", -81, -98], ["Insatser", -1966, -2285], ["Stegen", -988, -1010],
         ["Forum", -978, -1275]],
        {"D3": 355, "D4": 6, "D7": 30, "D10": 319, "D11": 22},
    ),
    "a note says that plus is what ours is": Sheet(
        [["Post", B31, U31, "Avvikelse"], ["Intäkter"], ["Avgifter", 500, 520], ["Kostnader"],
         ["Lön", 390, 400], ["Överskott (+) / underskott (-)", 110, 120],
         ["Avvikelse: plus innebär lägre kostnad eller högre intäkt än budget."]],
        {"D3": 20, "D5": -10},
    ),
    "payments in and out carry cash on, without their net": Sheet(
        [["Budget 2031, tkr"], ["Post", "kv 1", "kv 2", "kv 3", "kv 4"],
         ["Ingående kassa", 1850, 2010, 1905], ["Inbetalningar", 900, 640, 930, 700],
         ["Utbetalningar", -740, -745, -735, -751], ["Utgående kassa", 2010, 1905, 2100]],
        {"E3": 2100, "E6": 2049},
    ),
    "equity and the limit it is held against": Sheet(
        [["Utfall och prognos, tkr"], ["Post", "Utfall 2029", "Utfall 2030", "Prognos 2031", "Plan 2032"],
         ["IB 1 januari", 2400, 2460, 2265], ["Årets resultat", 310, -180, -95, 12],
         ["Återbetalat till medlemmarna", -250, 0, 0, 0], ["Rättelse", 0, -15, 0, 0],
         ["UB 31 december", 2460, 2265, 2170], [None],
         ["Riktvärde enligt policy", 1230, 1260, 1290, 1310],
         ["Över/under riktvärde", 1230, 1005, 880]],
        {"E3": 2170, "E7": 2182, "E10": 872},
    ),
    "a result in per cent is no result": Sheet(
        [["Femårsöversikt, tkr", 2029, 2030, 2031], ["Intäkter", 735, 750, 770],
         ["Kostnader", 720, 761, 740], ["Resultat", 15, -11, 30], ["Eget kapital", 165, 154, 184],
         ["Resultat i %", 2.0, -1.5]],
        {}, ("C6",),
    ),
}  # fmt: skip
SHEETS = {**STANDING, **BESIDE, **COLUMNS, **ACTIVITIES, **ROWS}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_a_kind_is_filled_as_its_office_would(name: str) -> None:
    """What must be written is, and what is open stays blank."""
    sheet = SHEETS[name]
    edits = run(*sheet.rows, merged=sheet.merged).edits
    written = {cell: edits.get(cell) for cell in sheet.must}
    assert written == pytest.approx(sheet.must)
    assert not {cell: edits[cell] for cell in sheet.blank if cell in edits}


FIXED: list[list[Any]] = [["Medlemsavgift 2031, kr"], ["Total ram 2031", 7200000],
         ["Kommun", "Invånare 16-64", "Fast del", "Rörlig del", "Avgift 2031"],
         ["Alby", 8120, 195000, 487200, 682200], ["Ekby", 4415, 195000, 264900, 459900],
         ["Utby", 4465, 195000, 267900, 657900],
         ["Kommunerna", 17000, 585000, 1020000, 1800000],
         ["Fast del 195 000 kr per kommun, därutöver 60 kr per invånare."],
         ["Region Mitt", None, None, None, 1800000],
         ["Försäkringskassan", None, None, None, 3600000]]  # fmt: skip


def test_fees_of_a_fixed_and_a_moving_part_need_not_follow_the_key() -> None:
    """Nor is a remark between the payers one of them."""
    told = [f.code for f in run(*FIXED).findings if f.severity != "info"]
    assert not {"avgift-avviker", "nyckel-saknas"} & set(told)


@pytest.mark.parametrize("name", ["a result in per cent is no result", *STANDING])
def test_nothing_is_said_to_be_wrong_in_it(name: str) -> None:
    """Rows of another kind than the sums around them contradict nothing."""
    outcome = run(*SHEETS[name].rows)
    assert not [f for f in outcome.findings if f.severity != "info"]
