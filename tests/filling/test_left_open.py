"""Sheets that leave a figure open, each in a way that offices do: it is never written.

What is beside and beyond doubt may be; the cells named here stay blank.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.styles import Alignment

from support.sheets_of_kinds import F, run
from support.workbooks import workbook


class Open(NamedTuple):
    """A sheet, and the cells that stay blank in it."""

    rows: list[list[Any]]
    blank: tuple[str, ...]


B31, B32, U31 = "Budget 2031", "Budget 2032", "Utfall 2031"
HEAD = ["Post", B31, B32]
COMPARED = ["Post", B31, U31, "Avvikelse"]


def _costs(*rows: list[Any], head: list[Any] | None = None) -> list[list[Any]]:
    return [head or HEAD, ["Kostnader"], *rows]


def _follow_up(heading: str, *above: list[Any], outcome: str = U31) -> list[list[Any]]:
    """A follow-up with its deviations blank, its last heading and what stands above it given."""
    return [*above, ["Post", B31, outcome, heading], ["Intäkter"], ["Anslag", 500, 520],
            ["Kostnader"], ["Lön", 390, 400], ["Hyra", 50, 45]]  # fmt: skip


SUMS = {
    "income is written with minus, as in the accounts": Open(
        [COMPARED, ["Intäkter"], ["Anslag", -500, -520], ["Kostnader"], ["Lön", 390, 400],
         ["Resultat"]],
        ("B6", "C6", "D3", "D5"),
    ),
    "a frame above the costs": Open(
        [HEAD, ["Ram", 1000, 1000], ["Lön", 400, 410], ["Hyra", 350, 350], ["Summa kostnader"]],
        ("B5", "C5"),
    ),
    "income of a budget in balance, above its costs and their sum": Open(
        [[*HEAD, "Budget 2033"], ["Medlemsavgifter", 6000, 6100, None], ["Personal", 1500, 1550, 1600],
         ["Insatser", 4500, 4550, 4600], ["Summa kostnader", 6000, 6100, 6200],
         ["Resultat", 0, 0, None]],
        ("D2", "D6"),
    ),
    "income of a budget in balance, above its costs and a result of nothing": Open(
        [[*HEAD, "Budget 2033"], ["Anslag", 6000, 6100, None], ["Personal", 1500, 1550, 1600],
         ["Insatser", 4500, 4550, 4600], ["Resultat", 0, 0, None]],
        ("D2", "D5"),
    ),
    "a part of the costs below all of them, with a grand total": Open(
        [HEAD, ["Styrelse", 100, 90], ["Revision", 50, 45], ["Rehab", 1500, 1400],
         ["Ungdom", 900, 950], ["Summa insatser"], ["Kansli", 700, 710], ["Info", 20, 15],
         ["Totalt", 3270, 3210]],
        ("B6", "C6"),
    ),
    "the municipalities' part of the fees, with all of them below": Open(
        [HEAD, ["FK", 2000, 2000], ["Region", 1000, 1000], ["Umeå", 600, 590], ["Lund", 400, 400],
         ["Summa kommuner"], ["Summa bidrag", 4000, 3990]],
        ("B6", "C6"),
    ),
    "a part of the costs, with a result below": Open(
        [HEAD, ["Bidrag stat", 2000, 2000], ["Bidrag medlemmar", 2000, 1990],
         ["Summa intäkter", 4000, 3990], ["Kansli", 700, 710], ["Rehab", 1500, 1400],
         ["Ungdom", 900, 950], ["Summa insatser"], ["Resultat", 900, 930]],
        ("B8", "C8"),
    ),
    "all costs, below a sum that leaves one out": Open(
        [HEAD, ["Insatser", 2300, 2190], ["Kansli", 600, 640], ["Reserv", 30, 35],
         ["Summa kostnader före reserv", 2900, 2830], ["Summa kostnader"]],
        ("B6", "C6"),
    ),
    "a part where a new line may be outside it": Open(
        [HEAD, ["Statsbidrag", 2000, 2000], ["Medlemsavgifter", 2000, 2000],
         ["Projektmedel ESF", 0, 800], ["Summa bidrag", 4000, None],
         ["Summa intäkter", 4000, 4800]],
        ("C5",),
    ),
    "a part whose new line was something before": Open(
        [HEAD, ["Rehab", 210, 205], ["Ungdom", 130, 140], ["Förstudie", 33, 0],
         ["Summa pågående insatser", None, 345], ["Summa alla insatser", 373, 345]],
        ("B5",),
    ),
    "all income, above which a part leaves out the new line": Open(
        [HEAD, ["Statsbidrag", 2000, 2000], ["Medlemsavgifter", 2000, 2000],
         ["Projektmedel ESF", 0, 800], ["Summa bidrag", 4000, 4000],
         ["Summa intäkter", 4000, None]],
        ("C6",),
    ),
    "all costs, above which a part leaves out what is paid once": Open(
        [HEAD, ["Kansli", 700, 700], ["Insatser", 3200, 3300], ["Engångskostnad flytt", 0, 150],
         ["Summa löpande kostnader", 3900, 4000], ["Summa kostnader", 3900, None]],
        ("C6",),
    ),
    "a result before what stands above it": Open(
        [HEAD, ["Intäkter", 4000, 4000], ["Kostnader", -3900, -4200], ["Finansnetto", 0, 20],
         ["Resultat före finansiella poster", 100, None], ["Årets resultat", 100, -180]],
        ("C5",),
    ),
    "costs without what stands among them": Open(
        [HEAD, ["Kansli", 700, 700], ["Insatser", 3200, 3300], ["Reserv", 0, 150],
         ["Summa kostnader exkl. reserv", 3900, None], ["Summa kostnader", 3900, 4150]],
        ("C5",),
    ),
    "sections without sums of their own": Open(
        [HEAD, ["Kansli"], ["Lön", 400, 410], ["Hyra", 50, 55], ["Insatser"], ["Steget", 100, 110],
         ["Vägen", 200, 210], ["Totalt"]],
        ("B8", "C8"),
    ),
    "a total that says something more": Open(
        _costs(["Lön", 400, 410], ["Hyra", 50, 55], ["Summa exkl. moms"]), ("B5", "C5"),
    ),
    "two units below each other": Open(
        [HEAD, ["Norr"], ["Lön", 300, 310], ["Hyra", 50, 50], ["Summa kostnader", 350, 360],
         ["Söder"], ["Lön", 400, 410], ["Hyra", 60, 60], ["Summa kostnader"]],
        ("B9", "C9"),
    ),
    "a parent that is its lines but for rounding": Open(
        _costs(["Personal", 341], ["Lön", 240], ["Avgifter", 100], ["Hyra", 60],
               ["Summa kostnader"], head=["Post", B31]),
        ("B7",),
    ),
    "a count of its own name and unit": Open(
        _costs(["Lön", 500, 510], ["Kurser, st", 4, 5], ["Hyra", 100, 101], ["Summa kostnader"]),
        ("B6", "C6"),
    ),
    "a count whose unit stands beside": Open(
        [["Post", "Enhet", B31], ["Kostnader"], ["Lön", "tkr", 500], ["Medarbetare", "st", 3],
         ["Hyra", "tkr", 100], ["Summa kostnader", "tkr"]],
        ("C6",),
    ),
    "something that is taken off": Open(
        _costs(["Lön", 500, 510], ["Avgår vidarefakturerat", 30, 40], ["Summa kostnader"]),
        ("B5", "C5"),
    ),
    "a line without a name": Open(
        _costs([None, 80, 90], ["Hyra", 50, 50], ["El", 20, 20], ["Summa kostnader"]),
        ("B6", "C6"),
    ),
    "ages and shares have no sum": Open(
        [["Medelålder"], HEAD, ["Insatser"], ["Steget", 41, 40], ["Vägen", 32, 34], ["Summa"]],
        ("B6", "C6"),
    ),
    "lines on two levels": Open(
        _costs(["Personal", 350], ["  Lön", 250], ["  Resor", 90], ["Hyra", 80],
               ["Summa kostnader"], head=["Post", B31]),
        ("B7",),
    ),
    "a line that only the new year has, and that may be inside another": Open(
        [["Post", B31, B32], ["Kostnader"], ["Personal", 350, 352], ["Lön", None, 250],
         ["Pension", None, 102], ["Hyra", 80, 82], ["Summa kostnader", 430]],
        ("C7",),
    ),
    "formulas that leave a line out": Open(
        _costs(["Lön", 500, 520], ["Hyra", 100, 102], ["Nytt", 40, 50],
               ["Summa kostnader", F("SUM(B3:B4)", 600)]),
        ("C6",),
    ),
    "financial items below the costs have no side": Open(
        [HEAD, ["Intäkter"], ["Avgifter", 500, 510], ["Kostnader"], ["Lön", 400, 410],
         ["Finansiella poster"], ["Ränta", 5, 8], ["Årets resultat"]],
        ("B8", "C8"),
    ),
}  # fmt: skip
EQUITY = {
    "another change of equity, blank this year": Open(
        [HEAD, ["Ingående eget kapital", 500, 600], ["Årets resultat", 100, 20],
         ["Återföring till medlemmar", 0, None], ["Utgående eget kapital", 600]],
        ("C5",),
    ),
    "forecast and budget end the year differently": Open(
        [["Post", B31, "Prognos 2031", B32], ["Ingående eget kapital", 500, 480],
         ["Årets resultat", -50, 20, -80], ["Utgående eget kapital", 450, 500]],
        ("D2", "D4"),
    ),
    "the result of a project is not the year's": Open(
        [["Post", "Plan 2031"], ["Årets resultat", 100], ["Resultat projekt X", 10],
         ["Ingående eget kapital", 500], ["Utgående eget kapital"]],
        ("B5",),
    ),
}  # fmt: skip
DEVIATIONS = {
    "the heading says more than that": Open(_follow_up("Avvikelse (+ = dyrare)"), ("D3", "D5")),
    "a note says what plus is": Open(
        _follow_up("Avvikelse", ["Plus betyder att det blev dyrare än budgeterat"]), ("D4", "D6"),
    ),
    "the heading says the one less the other": Open(
        _follow_up("Differens utfall-budget"), ("D3", "D5", "D6"),
    ),
    "the heading names one before the other": Open(
        _follow_up("Diff utfall/budget"), ("D3", "D5", "D6"),
    ),
    "the heading names one against the other": Open(
        _follow_up("Skillnad budget mot utfall"), ("D3", "D5", "D6"),
    ),
    "the heading is a sum of letters": Open(_follow_up("Avvikelse B-C"), ("D3", "D5")),
    "an outcome of some months, in figures": Open(
        _follow_up("Avvikelse", outcome="Utfall 2031-06-30"), ("D3", "D5"),
    ),
    "an outcome of some months, in another way": Open(
        _follow_up("Avvikelse", outcome="Utfall 2031 (8/12)"), ("D3", "D5"),
    ),
    "the title says that it is a part of the year": Open(
        _follow_up("Avvikelse", ["Delårsrapport per 31 augusti 2031, tkr"]), ("D4", "D6"),
    ),
    "a budget that was added to": Open(
        [["Kostnader", B31, "Tillägg", U31, "Avvikelse"], ["Lön", 400, 20, 390],
         ["Hyra", 50, 0, 55], ["Summa kostnader", 450, 20, 445]],
        ("E2", "E3", "E4"),
    ),
    "bills that are not in the outcome yet": Open(
        [["Kostnader", B31, U31, "Obetalt", "Avvikelse"], ["Lön", 400, 390, 10],
         ["Hyra", 50, 45, 3], ["Summa kostnader", 450, 435, 13]],
        ("E2", "E3", "E4"),
    ),
    "a count has no better or worse": Open(
        [COMPARED, ["Kostnader"], ["Lön", 390, 400], ["Antal deltagare", 30, 35], ["Hyra", 50, 45]],
        ("D4",),
    ),
}  # fmt: skip
FEES_HEAD: list[list[Any]] = [["Medlemsavgifter 2031, kr"], ["Pott", 4000000]]


def _fees(
    *rows: list[Any], head: list[list[Any]] | None = None, columns: tuple[str, ...] = ()
) -> list[list[Any]]:
    """A table of fees with the state and the region, below a pot."""
    named = ["Part", *(columns or ("Nyckel", "Avgift"))]
    gap = [None] * (len(named) - 1)
    return [*(head or FEES_HEAD), named, ["Försäkringskassan", *gap], ["Region Mitt", *gap], *rows]


FEES = {
    "one blank fee, which the typed sum leaves another unit for": Open(
        [["Avgifter 2031"], ["Pott", 1850000], ["Kommun", "Invånare", "Avgift"],
         ["Alby", 23410, None], ["Berga", 8120, 375550], ["Ceby", 5470, 252988],
         ["Dalen", 3000, 138750], ["Summa", 40000, 1850000]],
        ("C4",),
    ),
    "another payer of the state's": Open(
        _fees(["Arbetsmarknadsverket"], ["Alby", 30000], ["Ekby", 10000]), ("C4", "C6", "C7"),
    ),
    "the pot may be in another unit": Open(
        _fees(["Alby", 75], ["Ekby", 25], head=[["Medlemsavgifter 2031, tkr"], ["Pott", 4000]],
              columns=("Nyckel", "Avgift kr")),
        ("C4", "C5", "C6", "C7"),
    ),
    "a sum of municipalities that is another than theirs": Open(
        _fees(["Kommuner tillsammans", 45000], ["Alby", 30000], ["Ekby", 10000]),
        ("C6", "C7", "C8"),
    ),
    "a basic fee beside the key": Open(
        _fees(["Alby", 100000, 30000], ["Ekby", 100000, 10000],
              columns=("Grundavgift", "Nyckel", "Avgift")),
        ("D6", "D7"),
    ),
    "less than the pot is shared": Open(
        _fees(["Alby", 30000], ["Ekby", 10000], head=[*FEES_HEAD, ["Att fördela", 3600000]]),
        ("C5", "C6", "C7", "C8"),
    ),
    "shares that are not whole together": Open(
        _fees(["Alby", 60], ["Ekby", 30]), ("C6", "C7"),
    ),
    "one that is leaving": Open(
        _fees(["Alby", 30000], ["Utby (utträtt 2030)", 20000]), ("C6", "C7"),
    ),
    "a pot in millions": Open(
        _fees(["Alby", 30000], ["Ekby", 10000],
              head=[["Medlemsavgifter 2031, mkr"], ["Pott", 4]]),
        ("C4", "C5", "C6", "C7"),
    ),
    "a part of the year's fee": Open(
        _fees(["Alby", 30000], ["Ekby", 10000],
              head=[["Medlemsavgifter 2031, kr per kvartal"], ["Pott", 4000000]]),
        ("C4", "C5", "C6", "C7"),
    ),
    "a share of the quarter in a column of shares of the pot": Open(
        [*FEES_HEAD, ["Part", "Nyckel", "Andel av kvarten", "Avgift"],
         ["Försäkringskassan", None, 50, 2000000], ["Region Mitt", None, 25, 1000000],
         ["Alby", 60, None, 600000], ["Ekby", 40, None, 400000]],
        ("C6", "C7"),
    ),
}  # fmt: skip
SOCIAL_HEAD = ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av", "Uppnått",
               "Poäng"]  # fmt: skip
SOCIAL = {
    "a verdict in a word of the office's own": Open(
        [["Social budget 2031 Norr"], SOCIAL_HEAD,
         ["1.1", "Trygg", "Andel minst", 80, 8, 20, 24, "Ja"],
         ["1.2", "Hörd", "Andel minst", 80, 5, 15, 24, "Delvis"], ["Summa"]],
        ("H4", "I4", "I5"),
    ),
    "most verdicts are others than ours": Open(
        [["Social budget 2031 Norr"], SOCIAL_HEAD,
         ["1.1", "Trygg", "Andel minst", 80, 8, 15, 24, "Ja"],
         ["1.2", "Hörd", "Andel minst", 80, 5, 20, 24, "Nej"], ["Summa"]],
        ("H3", "H4", "I3", "I4", "I5"),
    ),
    "a rule that may be of a count or of a share": Open(
        [["Social budget 2031 Norr"], SOCIAL_HEAD,
         ["1.1", "Antal möten", "Minst", 4, 8, 3, 10], ["1.2", "Hörd", "Minst", 80, 5, 20, 24],
         ["Summa"]],
        ("H3", "I3", "I5"),
    ),
    "points of another scale": Open(
        [["Social budget 2031 Norr"],
         ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Max", "Utfall antal", "Utfall av",
          "Uppnått", "Poäng"],
         ["1.1", "Trygg", "Andel minst", 80, 5, 50, 20, 24],
         ["1.2", "Hörd", "Andel minst", 80, 3, 30, 15, 24], ["Summa"]],
        ("J3", "J4", "J5"),
    ),
}  # fmt: skip
_STATEMENT: tuple[list[Any], ...] = (["Resultaträkning, tkr"], [], [None, "2031", "2030"])
TURNED = {
    "a cost without its minus in one of two years": Open(
        [*_STATEMENT, ["Verksamhetens intäkter", 8000, 7800], ["Verksamhetens kostnader", 7600, -7900],
         ["Årets resultat", None, -100]],
        ("B6",),
    ),
    "an income with a minus in one of two years": Open(
        [*_STATEMENT, ["Verksamhetens intäkter", -8000, 7800],
         ["Verksamhetens kostnader", -7600, -7900], ["Årets resultat", None, -100]],
        ("B6",),
    ),
    "costs with a minus among plain ones": Open(
        [*_STATEMENT, ["Verksamhetens intäkter", 8000, 7800], ["Verksamhetens kostnader", -7600, 7900],
         ["Årets resultat", None, -100]],
        ("B6",),
    ),
    "a line without its minus in a result of lines": Open(
        [*_STATEMENT, ["Verksamhetens intäkter", 8000, 7800], ["Personalkostnader", -3600, -3900],
         ["Övriga kostnader", 4000, -3800], ["Årets resultat", None, 100]],
        ("B7",),
    ),
}  # fmt: skip
SHEETS = {**TURNED, **SUMS, **EQUITY, **DEVIATIONS, **FEES, **SOCIAL}


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_sheet_leaves_open_is_not_written(name: str) -> None:
    """The cells stay as they are, and a finding says so somewhere in the sheet."""
    sheet = SHEETS[name]
    outcome = run(*sheet.rows)
    assert not {cell: outcome.edits[cell] for cell in sheet.blank if cell in outcome.edits}
    assert outcome.findings


def test_a_small_amount_of_the_other_sign_is_a_correction() -> None:
    rows: list[list[Any]] = [*_STATEMENT, ["Verksamhetens intäkter", 8000, 7800], ["Personalkostnader", -3600, -3900],
            ["Övriga kostnader", 40, -3800], ["Årets resultat", None, 100]]  # fmt: skip
    assert run(*rows).edits == {"B7": 4440}


def test_a_sum_that_is_nowhere_the_one_line_above_it_is_of_something_else() -> None:
    """Among key figures assets stand below equity: that is no sum of it, and nothing is wrong."""
    rows: list[list[Any]] = [["Nyckeltal, tkr"], [], [None, "2030", "2031"], ["Eget kapital", 1500, 1650],
            ["Summa tillgångar", 2020, 2150]]  # fmt: skip
    assert "summa-avviker" not in [finding.code for finding in run(*rows).findings]
    wrong = [*rows[:3], ["Kassa", 1500, 1650], ["Summa tillgångar", 1500, 2150]]
    assert "summa-avviker" in [finding.code for finding in run(*wrong).findings]


def test_the_same_tables_without_their_doubt_are_filled() -> None:
    """Else the sheets above would prove nothing."""
    sums = _costs(["Lön", 500, 510], ["Hyra", 100, 101], ["Summa kostnader"])
    assert run(*sums).edits == {"B5": 600, "C5": 611}
    sums = [HEAD, ["Intäkter", 4000, 4000], ["Kostnader", -3900, -4200],
            ["Resultat före finansnetto", 100, None], ["Finansnetto", 0, 20]]  # fmt: skip
    assert run(*sums).edits == {"C4": -200}
    for heading in (
        "Avvikelse", "Avvikelse utfall-budget", "Avvikelse budget/utfall",
        "Skillnad mellan budget och utfall",
    ):  # fmt: skip
        assert run(*_follow_up(heading)).edits == {"D3": 20, "D5": -10, "D6": 5}
    costs: list[list[Any]] = [
        ["Kostnader", B31, U31, "Diff budget/utfall"],
        ["Lön", 390, 400],
        ["Hyra", 50, 45],
    ]
    assert run(*costs).edits == {"D2": -10, "D3": 5}
    fees = _fees(["Alby", 30000], ["Ekby", 10000])
    assert run(*fees).edits == {"C4": 2000000, "C5": 1000000, "C6": 750000, "C7": 250000}
    in_thousands: list[list[Any]] = [["Medlemsavgifter 2031"], ["Pott, tkr", 4000]]
    fees = _fees(["Alby", 75], ["Ekby", 25], head=in_thousands, columns=("Nyckel", "Avgift kr"))
    assert run(*fees).edits == {"C4": 2000000, "C5": 1000000, "C6": 750000, "C7": 250000}
    fees = _fees(["Kommuner tillsammans", 40000], ["Alby", 30000], ["Ekby", 10000])
    whole = {"C4": 2000000, "C5": 1000000, "C6": 1000000}
    assert run(*fees).edits == {**whole, "C7": 750000, "C8": 250000}
    social: list[list[Any]] = [
        ["Social budget 2031 Norr"], SOCIAL_HEAD,
        ["1.1", "Trygg", "Andel minst", 80, 8, 20, 24],
        ["1.2", "Hörd", "Andel minst", 80, 5, 15, 24], ["Summa"],
    ]  # fmt: skip
    assert run(*social).edits == {"H3": "Ja", "I3": 8, "H4": "Nej", "I4": 0, "I5": 8}


def test_lines_that_are_written_further_in_by_the_button(tmp_path: Path) -> None:
    """The indent of a cell tells as much as spaces before its text."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["Post", B31], ["Kostnader"], ["Personal", 350], ["Lön", 250], ["Hyra", 80],
                ["Summa kostnader"]):  # fmt: skip
        sheet.append(row)
    sheet["A4"].alignment = Alignment(indent=1)
    book.save(tmp_path / "bok.xlsx")
    with workbook(tmp_path / "bok.xlsx") as opened:
        result = opened.recompute()
    assert result.plan.edits == ()
    (told,) = [f for f in result.findings if f.code == "summa-tom"]
    assert "olika nivåer" in told.message
