"""The recommended ceiling of equity against the fees, on invented sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support.checked import at, of_code
from support.workbooks import workbook


def _found(folder: Path, stated: Any, equity: Any, fees: Any = 11380) -> dict[str, tuple[str, str]]:
    """Code and severity by cell of a workbook with figures in text."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    rows = (
        ("Uppgift", "Värde", "Enhet", "År/Period"),
        ("Årets tilldelning från medlemmarna", fees, "tkr", "2021"),
        ("Maximalt eget kapital enligt Nationella rådet", stated, "tkr", "2021"),
        ("Eget kapital vid årets slut", equity, "tkr", "2021-12-31"),
    )
    for row in rows:
        sheet.append(row)
    path = folder / "tak.xlsx"
    book.save(path)
    with workbook(path) as opened:
        return {str(f.cell): (f.code, f.severity) for f in opened.check().findings}


def test_the_documents_ceiling(tmp_path: Path) -> None:
    """11 380 gives 2 057, and 1 800 is below it."""
    assert _found(tmp_path, 2057, 1800) == {}


def test_another_ceiling_than_the_fees_give(tmp_path: Path) -> None:
    """2 276 is 20 % of it all: the second step was forgotten."""
    assert _found(tmp_path, 2276, 1800) == {"B3": ("tak-avviker", "warning")}


def test_equity_above_the_ceiling_is_a_note(tmp_path: Path) -> None:
    """It is a recommendation."""
    assert _found(tmp_path, 2057, 2100) == {"B4": ("over-taket", "info")}


@pytest.mark.parametrize("fees", [15001, 40000])
def test_no_guess_above_the_known_rule(fees: int, tmp_path: Path) -> None:
    """Above 15 000 tkr no rule is known, so nothing is held against it."""
    assert _found(tmp_path, 2057, 9999, fees) == {}


PLAN: list[list[Any]] = [
    ["Verksamhetsplan 2031–2033, tkr"],
    [],
    ["", "Budget 2031", "Plan 2032", "Plan 2033"],
    ["Ingående eget kapital", 1_300, 1_430, 1_310],
    ["Staten", 3_000, 3_100, 3_200],
    ["Regionen", 1_500, 1_550, 1_600],
    ["Kommunerna", 1_500, 1_550, 1_600],
    ["Summa intäkter", 6_000, 6_200, 6_400],
    ["Insatser", 5_870, 6_320, 6_390],
    ["Summa kostnader", 5_870, 6_320, 6_390],
    ["Resultat", 130, -120, 10],
    ["Utgående eget kapital", 1_430, 1_310, 1_320],
]


def test_a_plans_equity_above_its_own_fees() -> None:
    """A note per table: a fifth of 6 000 and 6 200 tkr is less than what there is."""
    (one,) = of_code("over-taket", ("Plan", PLAN))
    assert (one.severity, *at(one)) == ("info", "B4", 1_300, 1_200, ["B12", "C12", "D12"])


def test_a_plan_below_the_ceiling() -> None:
    """More than 7 000 tkr: a fifth of those, and fifteen per cent of the rest."""
    scale = [[2 * v if isinstance(v, int) else v for v in row] for row in PLAN]
    for row in (3, 11):
        scale[row][1:] = [1_700, 1_740, 1_800]
    assert of_code("over-taket", ("Plan", scale)) == []


def test_one_row_of_all_fees() -> None:
    """The parties need not be told apart; other income is no fee."""
    rows = [*PLAN[:4], ["Medlemsavgifter", 5_000, 5_000, 5_000], ["Bidrag", 1_000, 1_200, 1_400]]
    rows += PLAN[7:]
    (one,) = of_code("over-taket", ("Plan", rows))
    assert at(one)[:3] == ("B4", 1_300, 1_000)
