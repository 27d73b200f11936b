"""Platforms: impossible shares, sums against the association, response rates."""

from __future__ import annotations

import pytest

from support.counts import Cell, codes, found, participants, platforms, table, texts

TORGET: dict[str, Cell] = {
    "exits": 25, "exits_women": "56 %", "positive": "80 %", "work": "40 %", "work_women": "63 %",
    "extra": 2, "studies": "30 %", "studies_women": "50 %", "health": "12 %", "health_women": "67 %",
}  # fmt: skip


def _torget(**changes: Cell) -> dict[str, tuple[Cell, ...]]:
    return {"Torget": tuple((TORGET | changes).values())}


def _codes(**changes: Cell) -> list[tuple[str, str, str | None]]:
    return codes(platforms(_torget(**changes)))


def test_sound_platforms_are_silent() -> None:
    assert codes(platforms(), participants()) == []


def test_a_share_that_no_number_gives() -> None:
    (one,) = found(platforms(_torget(work="33 %")))
    assert (one.severity, one.code, one.cell) == ("warning", "procent-omojlig", "E3")
    assert "6 av 20 = 30" in one.message
    assert "7 av 20 = 35" in one.message


def test_a_share_that_is_cut_off_is_a_note() -> None:
    assert _codes(work_women="62 %") == [("info", "andel-avhuggen", "F3")]


def test_all_impossible_shares_of_a_platform_are_one_finding() -> None:
    (one,) = found(
        platforms(_torget(work="33 %", work_women="50 %", studies="33 %", health_women="56 %"))
    )
    assert (one.cell, [ref.cell for ref in one.also]) == ("E3", ["H3", "K3"])


def test_all_cut_shares_of_a_table_are_one_note() -> None:
    (one,) = found(platforms(_torget(work_women="62 %", health_women="66 %")))
    assert (one.cell, [ref.cell for ref in one.also]) == ("F3", ["K3"])


def test_a_base_that_is_not_unique_is_not_used() -> None:
    """20 % of 1000 are 195 to 204, 10 % of them 19 to 21: 62 % women fit one of these."""
    assert _codes(exits=1000, positive="20 %", work="10 %", work_women="62 %") == []


def test_zero_is_always_possible() -> None:
    assert _codes(work="0 %", work_women="0 %") == []


@pytest.mark.parametrize("exits", ["25,5", None, "25 %"])
def test_without_a_whole_number_of_exits_nothing_is_said(exits: Cell) -> None:
    assert _codes(exits=exits) == []


def test_more_than_the_whole() -> None:
    assert _codes(positive=84) == [("warning", "del-storre-an-helhet", "D3")]


def test_shares_under_a_heading_that_says_so_need_no_sign() -> None:
    plain = platforms(_torget(exits_women=56))
    assert codes(plain) == [("warning", "del-storre-an-helhet", "C3")]
    said = plain._replace(headings={**plain.headings, "exits_women": "Andel kvinnor"})
    assert codes(said) == []


def test_counts_that_do_not_sum_are_an_error() -> None:
    fields = ["platform", "exits", "positive", "work"]
    rows = [("A", 10, 8, 4), ("B", 30, 22, 9)]
    assert codes(table("platforms", fields, rows), participants()) == [
        ("error", "plattformar-avviker", "D3")
    ]


def test_the_tables_own_total() -> None:
    fields = ["platform", "exits", "positive", "work"]
    rows = [("A", 10, 8, 4), ("B", 30, 22, 8), ("=Totalt", 41, 30, 12)]
    assert codes(table("platforms", fields, rows)) == [("error", "plattformar-summa-avviker", "B5")]


def test_shares_are_spans_and_a_blank_is_not_zero() -> None:
    assert codes(platforms(_torget(studies=None, studies_women=None)), participants()) == []
    few = platforms(_torget(studies="10 %", studies_women="0 %"))
    assert codes(few, participants()) == [("warning", "plattformar-avviker", "H3")]


def test_what_a_sum_is_of_is_told_once() -> None:
    """Five exits too many change every share, and are one finding about the sums."""
    wrong = codes(platforms(_torget(exits=30)), participants())
    assert [one for one in wrong if one[1] == "plattformar-avviker"] == [
        ("error", "plattformar-avviker", "B3")
    ]


def test_what_one_row_causes_is_one_finding() -> None:
    """33 % to work and to studies of 20 are impossible, and neither gives the association's."""
    wrong = found(platforms(_torget(work="33 %", studies="43 %")), participants())
    assert [(f.code, f.cell) for f in wrong] == [
        ("procent-omojlig", "E3"),
        ("plattformar-avviker", "E3"),
    ]
    assert "Torget" in wrong[1].message


def test_the_text_may_have_the_share_that_solves_it() -> None:
    text = texts(("Andel till arbete", "40 %", "Bilaga 3 Torget"))
    wrong = found(platforms(_torget(work="33 %")), participants(), text)
    sums = [f for f in wrong if f.code == "plattformar-avviker"]
    assert "Texten säger arbete 40" in sums[0].message
    assert "stämmer arbete" in sums[0].message


def test_no_association_no_sums() -> None:
    assert codes(platforms(_torget(studies="10 %", studies_women="0 %"))) == []


ANSWERS = [
    ("=Förbundet i sin helhet", "50 %", "90 %"),
    ("Torget", "52 %", "80 %"),
    ("Norrby", "47 %", "100 %"),
]


def _answers(*changes: tuple[str, str, str]) -> list[tuple[str, str, str | None]]:
    rows = {row[0]: row for row in (*ANSWERS, *changes)}
    responses = table(
        "responses", ["unit", "participants", "managers"], list(rows.values()), sheet="Svar"
    )
    return codes(responses, platforms(), participants())


def test_sound_rates_are_silent() -> None:
    assert _answers() == []


def test_a_whole_is_between_its_parts() -> None:
    assert _answers(("=Förbundet i sin helhet", "50 %", "70 %")) == [
        ("warning", "helhet-utanfor-delar", "C3")
    ]
    assert _answers(("=Förbundet i sin helhet", "50 %", "100 %")) == [
        ("warning", "helhet-utanfor-delar", "C3")
    ]


def test_an_answer_rate_that_no_number_of_exits_gives() -> None:
    assert _answers(("Torget", "55 %", "80 %")) == [("warning", "procent-omojlig", "B4")]


def test_another_base_that_fits_is_named() -> None:
    rows = [("Torget", "35 %", None)]
    (one,) = found(table("responses", ["unit", "participants", "managers"], rows), platforms())
    assert "7 av 20" in one.message


def test_answers_of_the_platforms_are_those_of_the_association() -> None:
    assert _answers(("Torget", "80 %", "80 %"), ("Norrby", "27 %", "100 %")) == [
        ("warning", "svar-summa-avviker", "B3")
    ]


def test_numbers_of_answers_are_no_rates() -> None:
    rows = [("=Totalt", 20, 9), ("Torget", 13, 4), ("Norrby", 7, 5)]
    assert (
        codes(
            table("responses", ["unit", "participants", "managers"], rows),
            platforms(),
            participants(),
        )
        == []
    )
