"""Corrections on the sheet *Finsam* hold whatever a person does to her book in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.finsam_sheets import SAYS, applied, figures, saved, typed

ALL = {"B8": 510, "C8": 522, "D5": 10, "D6": -20, "D7": -2, "D8": -12}


@pytest.mark.parametrize(
    ("steps_taken", "filled"),
    [
        ([], ALL),
        (
            [["rows", "Blad", 1, 2], ["rows", "Blad", 8, 1], ["columns", "Blad", 3, 1]],
            {"B11": 510, "D11": 522, "E7": 10, "E9": -20, "E10": -2, "E11": -12},
        ),
        (
            [["rename", "Blad", "Ny sida 2025"], ["move", "Finsam", 0]],
            ALL,
        ),
        ([["rows", "Blad", 5, -1], ["rows", "Finsam", 6, 3]], {"B7": 410, "C7": 432, "D5": -20, "D6": -2, "D7": -22}),
        (
            [["write", "Blad", "A5", "Lön"], ["write", "Blad", "A6", "Hyra"], ["rows", "Blad", 9, 1]],
            ALL,
        ),
        ([["copy", "Blad", "Kopia", 0], ["copy", "Finsam", "Finsam 2", 0], ["write", "Finsam 2", "F14", "prognos"]], ALL),
    ],
    ids=["saved", "inserted", "renamed", "deleted", "sorted", "copied"],
)  # fmt: skip
def test_corrections_hold(
    tmp_path: Path, steps: Callable[..., list[Any]], steps_taken: list[Any], filled: dict[str, Any]
) -> None:
    """Rows and columns come and go, sheets are renamed and moved, and the file is LibreOffice's."""
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    book = typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", SAYS)
    steps(book, *steps_taken, ["save", str(tmp_path / "lo.xlsx")])
    assert figures(tmp_path / "lo.xlsx", ("Blad", "Ny sida 2025")) == filled
