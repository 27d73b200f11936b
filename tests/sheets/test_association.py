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
        ("Samordningsförbundet Norr. Belopp i kr.", "Samordningsförbundet Norr"),
        ("Samordningsförbundet Norr: belopp i tkr", "Samordningsförbundet Norr"),
        ("Samordningsförbundet S:t Olof. Tkr", "Samordningsförbundet S:t Olof"),
        ("Budget 2026 för Samordningsförbundet Norr", "Samordningsförbundet Norr"),
        ("Samordningsförbundet Norr budget 2026", "Samordningsförbundet Norr"),
        (
            "Samordningsförbundet Norra och Södra Ekeby 2026",
            "Samordningsförbundet Norra och Södra Ekeby",
        ),
        ("Samordningsförbundet Norr i siffror", "Samordningsförbundet Norr"),
        ("Ekeby samordningsförbund, plan 2027", "Ekeby samordningsförbund"),
        ("Finsam Norr, medlemsavgifter", "Finsam Norr"),
        ("Finsam", ""),
        ("Samordningsförbundet", ""),
        ("Förbundets resultat 2026", ""),
        ("Kostnader hos förbundet", ""),
    ],
)
def test_a_name_without_what_else_a_title_says(title: str, name: str) -> None:
    assert association([_titled(title)]) == name
