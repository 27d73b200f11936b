"""Structured references as Excel's documentation explains them."""

from __future__ import annotations

import pytest

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.tables import Table, table_area

# B3:E10: headings in row 3, totals in row 10.
TABLES = {
    "insatser": Table(
        "Blad2", 3, 2, 10, 5, ("Namn", "Budget", "Ut[fall]", "#antal"), headings=1, totals=1
    ),
    "utan": Table("Blad2", 20, 2, 25, 2, ("Kolumn1",), headings=0),
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Insatser", (4, 2, 9, 5)),
        ("INSATSER[]", (4, 2, 9, 5)),
        ("Insatser[budget]", (4, 3, 9, 3)),
        ("Insatser[Ut'[fall']]", (4, 4, 9, 4)),
        ("Insatser['#antal]", (4, 5, 9, 5)),
        ("Insatser[#All]", (3, 2, 10, 5)),
        ("Insatser[#Headers]", (3, 2, 3, 5)),
        ("Insatser[#Totals]", (10, 2, 10, 5)),
        ("Insatser[[#Totals],[Budget]]", (10, 3, 10, 3)),
        ("Insatser[[#Headers],[#Data],[Budget]]", (3, 3, 9, 3)),
        ("Insatser[[Budget]:['#antal]]", (4, 3, 9, 5)),
        ("Insatser[[#This Row],[Budget]]", (6, 3, 6, 3)),
        ("Insatser[[#This Row],[Namn]:[Budget]]", (6, 2, 6, 3)),
        ("Insatser[@Budget]", (6, 3, 6, 3)),
        ("Insatser[@[Ut'[fall']]]", (6, 4, 6, 4)),
        ("Insatser[@]", (6, 2, 6, 5)),
        ("[@Budget]", (6, 3, 6, 3)),
        ("[Budget]", (4, 3, 9, 3)),
        ("Utan[Kolumn1]", (20, 2, 25, 2)),
    ],
)
def test_what_is_meant(text: str, wanted: tuple[int, int, int, int]) -> None:
    assert table_area(text, TABLES, "Blad2", (6, 3)) == Area("Blad2", *wanted)


def test_the_own_row_may_be_any_where_the_cell_is_not_told() -> None:
    assert table_area("Insatser[@Budget]", TABLES, "Blad2") == Area("Blad2", 4, 3, 9, 3)


@pytest.mark.parametrize(
    "text",
    ["Annan[Budget]", "Insatser[Annan]", "Insatser[[Budget]:[Annan]]", "Utan[#Headers]",
     "Insatser[#Annat]", "Insatser[[#Annat],[Budget]]"],
)  # fmt: skip
def test_what_nobody_knows(text: str) -> None:
    assert table_area(text, TABLES, "Blad2", (6, 3)) is None


def test_brackets_alone_outside_every_table() -> None:
    assert table_area("[@Budget]", TABLES, "Blad2", (6, 9)) is None
    assert table_area("[@Budget]", TABLES, "Blad1", (6, 3)) is None
