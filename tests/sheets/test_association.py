"""Whose a workbook is, from what its titles say beside the name."""

from __future__ import annotations

import pytest

from finsam_xl.sheets.tables import Table, association


def _titled(*titles: str) -> Table:
    return Table("Blad1", "budget", titles[0], titles, None, 1, (), (), 1.0, "")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Samordningsförbundet Västra Skärgården, tkr", "Samordningsförbundet Västra Skärgården"),
        ("Budget 2026, Samordningsförbundet Norr (tkr)", "Samordningsförbundet Norr"),
        ("Samordningsförbundet Söder – budget 2026", "Samordningsförbundet Söder"),
        ("Samordningsförbundet Nord-Syd", "Samordningsförbundet Nord-Syd"),
        ("Finsamförbundet Öst | plan", "Finsamförbundet Öst"),
        ("Budget 2026, tkr", ""),
    ],
)
def test_a_name_without_what_else_a_title_says(title: str, name: str) -> None:
    assert association([_titled(title)]) == name
