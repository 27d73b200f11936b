"""Referrals: sums, shares, and what the text says of the parties."""

from __future__ import annotations

import pytest

from finsam_xl.model_counts import Counts
from support.counts import Cell, codes, found, table, texts

FIELDS = ["party", "referred", "women_share", "accepted", "accepted_share"]
ROWS: dict[str, tuple[Cell, ...]] = {
    "=Totalt": (50, None, 40, "80 %"),
    "Arbetsförmedlingen": (20, "45 %", 15, "75 %"),
    "Socialtjänsten Norrby": (12, "50 %", 10, "83 %"),
    "Socialtjänsten Söderby": (8, "38 %", 7, "88 %"),
    "Regionen": (10, "60 %", 8, "80 %"),
}


def _table(**changes: tuple[Cell, ...]) -> Counts:
    rows = ROWS | {name.replace("_", " "): cells for name, cells in changes.items()}
    return table(
        "referrals", FIELDS, [(name, *cells) for name, cells in rows.items()], sheet="Parter"
    )


def test_a_sound_table_is_silent() -> None:
    assert codes(_table()) == []


def test_a_total_before_its_parties() -> None:
    wrong = found(_table(**{"=Totalt": (45, None, 30, "67 %")}))
    assert [(f.code, f.cell, f.stated, f.calculated) for f in wrong] == [
        ("parter-summa-avviker", "B3", 45, 50),
        ("parter-summa-avviker", "D3", 30, 40),
    ]


def test_the_party_left_out_is_guessed() -> None:
    (one,) = found(_table(**{"=Totalt": (42, None, 40, "95 %")}))
    assert "Socialtjänsten Söderby" in one.message


def test_a_blank_party_leaves_the_sum_unknown() -> None:
    assert codes(_table(Regionen=(None, None, 8, None))) == []


def test_no_more_yes_than_referred() -> None:
    assert ("warning", "ja-fler-an-remitterade", "D7") in codes(
        _table(Regionen=(8, None, 10, None))
    )


@pytest.mark.parametrize(
    ("women", "expected"),
    [
        ("38 %", []),
        ("37 %", [("info", "andel-avhuggen", "C6")]),
        ("40 %", [("warning", "procent-omojlig", "C6")]),
        ("0 %", []),
        (None, []),
    ],
)
def test_women_of_the_referred(women: Cell, expected: list[object]) -> None:
    assert codes(_table(Socialtjänsten_Söderby=(8, women, 7, "88 %"))) == expected


def test_yes_share_of_the_counts() -> None:
    wrong = found(_table(Socialtjänsten_Norrby=(12, "50 %", 10, "75 %")))
    assert [(f.code, f.cell) for f in wrong] == [("andel-avviker", "E5")]
    assert "Arbetsförmedlingen" in wrong[0].message
    assert codes(_table(Socialtjänsten_Söderby=(8, "38 %", 7, "87 %"))) == [
        ("info", "andel-avhuggen", "E6")
    ]


def test_the_text_by_the_stem_of_the_party() -> None:
    right = texts(
        ("Aktualiserade av socialtjänsterna", 20), ("Aktualiserade av socialtjänsterna, ja", 17)
    )
    assert codes(_table(), right) == []
    wrong = texts(
        ("Aktualiserade av socialtjänsterna", 12), ("Aktualiserade av socialtjänsterna, ja", 9)
    )
    (one,) = found(_table(), wrong)
    assert (one.code, one.cell, one.stated, one.calculated) == ("text-avviker", "B3", 12, 20)
    assert [ref.cell for ref in one.also][:1] == ["B4"]


def test_the_text_by_the_whole_name() -> None:
    assert codes(_table(), texts(("Aktualiserade av socialtjänsten Norrby", 12))) == []
    assert codes(_table(), texts(("Aktualiserade av Region Mellanbygden, ja", 8))) == []
    (one,) = found(_table(), texts(("Aktualiserade av Region Mellanbygden, ja", 60)))
    assert "60 står i Parter!" in one.message


def test_a_party_the_table_does_not_have() -> None:
    assert codes(_table(), texts(("Aktualiserade av skolan", 7))) == []
    assert codes(_table(), texts(("Aktualiserade av socialtjänsten i Västerby", 7))) == []


def test_roughly_is_not_compared() -> None:
    assert codes(_table(), texts(("Aktualiserade av socialtjänsterna, cirka", 19))) == []


def test_shares_of_another_total() -> None:
    right = texts(
        ("Aktualiserade av socialtjänsterna", 20),
        ("Aktualiserade av socialtjänsterna, andel", "40 %"),
    )
    assert codes(_table(), right) == []
    wrong = texts(
        ("Aktualiserade av socialtjänsterna", 20),
        ("Aktualiserade av socialtjänsterna, andel", "44 %"),
    )
    (one,) = found(_table(), wrong)
    assert (one.code, one.cell) == ("andel-annan-bas", "B4")
    assert "45" in one.message
