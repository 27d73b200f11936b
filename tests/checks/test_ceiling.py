"""The recommended ceiling of equity against the fees, on invented sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

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
