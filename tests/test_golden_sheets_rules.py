"""The shipped workbooks against the rules of sheets: exactly these findings, at these cells.

Rules of formulas, headings, series and deviations; each finding has been judged by hand
against the document that its table was made from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from finsam_xl.actions import check
from finsam_xl.checks.agreement import headings
from finsam_xl.checks.agreement.about import Texts
from finsam_xl.checks.amounts import deviations, series
from finsam_xl.checks.formulas import rules
from finsam_xl.checks.material import Material
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding
from support.typed_sheets import TODAY
from support.workbooks import EXISTING

_RULES = (deviations.check, rules.check, headings.check, series.check)
Told = tuple[str, str, str, str]

EXPECTED: dict[str, set[Told]] = {
    "umearegionen-budget.xlsx": {
        # Income 14 where the row gives 156, costs 862 where it gives 736: HFE is not in them.
        ("warning", "avvikelse-utelamnar-rader", "Driftredovisning", "D8 D11"),
        # "2005-2019" adds up 2020 as well.
        ("warning", "rubrik-fel-period", "Plan 2018-2020", "G5"),
        # "Summa kansli och styrelse" once more, under Verksamhetsnära kostnader.
        ("warning", "summa-fel-avsnitt", "Tertial 2 2019", "A23 A20"),
        # EU income 957 and the costs 1 032 of the same project.
        ("warning", "utfall-utan-prognos", "Tertial 2 2019", "D16 D36"),
        # 2 845, 2 846, 2 847 while the state pays 5 690 every year.
        ("warning", "kvart-avviker", "Plan 2020-2022", "D14 C14"),
        # Six fees of 2 846 in all: the largest went from 2 353 to 2 354.
        ("info", "kvart-avrundad", "Plan 2020-2022", "C8 D8"),
        # Vännäs 710 → 410.
        ("info", "stort-steg", "Plan 2020-2022", "C34"),
    },
    "sodra-lappland-budget.xlsx": {
        # "Budget 2023 plan 2024–2025" above columns up to Plan 2026.
        ("info", "titel-fel-ar", "Budget 2024", "A5"),
    },
    "umearegionen-social-budget.xlsx": set(),
}


@cache
def _material(name: str) -> Material:
    with Book(EXISTING / name) as book:
        material, _ = check.read(check.Book(name, book.grid), TODAY)
    return Texts([material]).materials[0]


def _findings(name: str) -> list[Finding]:
    return [finding for rule in _RULES for finding in rule([_material(name)])]


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_the_judged_findings(name: str) -> None:
    """No more, no fewer, none twice, and each says which file it is about."""
    found = _findings(name)
    told = [
        (one.severity, one.code, one.sheet or "", " ".join([one.cell or "", *_cells(one)]))
        for one in found
    ]
    assert sorted(told) == sorted(EXPECTED[name])
    assert {one.file for one in found} <= {name}


def _cells(finding: Finding) -> list[str]:
    assert {ref.sheet for ref in finding.also} <= {finding.sheet}
    return [ref.cell for ref in finding.also]


def test_every_shipped_workbook_is_judged() -> None:
    """None is left out of the list."""
    assert set(EXPECTED) == {path.name for path in Path(EXISTING).glob("*.xlsx")}


def test_the_region_that_was_dragged_says_all_of_it() -> None:
    """Quarter and filled series are one cause: one finding with both."""
    (found,) = (f for f in _findings("umearegionen-budget.xlsx") if f.code == "kvart-avviker")
    assert (found.stated, found.calculated, found.difference) == (2847, 2845, 2)
    assert "2\xa0845, 2\xa0846, 2\xa0847" in found.message


def test_kontrollera_runs_these_rules() -> None:
    """Their findings are among those of a whole check, told once."""
    name = "umearegionen-budget.xlsx"
    with Book(EXISTING / name) as book:
        checked = check.check([check.Book(name, book.grid)], today=TODAY)
    codes = {code for _, code, _, _ in EXPECTED[name]}
    assert codes <= {finding.code for finding in checked.findings}
