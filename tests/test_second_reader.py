"""The recomputed workbook as an analyst's own tools see it: read with pandas, compared with print."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from support.workbooks import DATA, workbook

PRINTED = pd.read_csv(DATA / "umea-annual-2021__impactindex.csv")
COLUMNS = {
    "Antal mål": "antal_mal",
    "Maximalt impactvärde": "max_impactvarde",
    "Uppnått impactvärde": "uppnatt_impactvarde",
    "Impactindex": "impactindex",
}


@pytest.fixture
def recomputed(social_budget: Path) -> pd.DataFrame:
    """The sheet *Impactindex* after recomputing, every cell as pandas reads it."""
    with workbook(social_budget) as book:
        book.apply(book.recompute())
    return pd.read_excel(social_budget, sheet_name="Impactindex", header=None)


def test_every_block_reads_as_printed(recomputed: pd.DataFrame) -> None:
    headings = recomputed.index[recomputed[0] == "Målområde"]
    assert len(headings) == PRINTED["enhet"].nunique()
    for row in headings:
        unit = recomputed.loc[row - 1, 0]
        block = recomputed.loc[row + 1 : row + 6].set_axis(recomputed.loc[row], axis=1)
        printed = PRINTED[PRINTED["enhet"] == unit]
        for shown, column in COLUMNS.items():
            assert block[shown].astype(int).tolist() == printed[column].astype(int).tolist(), unit


def test_points_add_up_to_what_was_achieved(social_budget: Path) -> None:
    with workbook(social_budget) as book:
        book.apply(book.recompute())
    sheets = pd.read_excel(social_budget, sheet_name=None, header=4)
    totals = PRINTED[PRINTED["is_total"] == 1].set_index("enhet")["uppnatt_impactvarde"]
    for unit, achieved in totals.items():
        name = "Social budget" if "förbund" in str(unit) else str(unit).split()[-1]
        lines = sheets[name][sheets[name]["Nr"].notna()]
        assert lines["Poäng"].sum() == achieved, unit
