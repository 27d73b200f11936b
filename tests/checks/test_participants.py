"""Participants, their shares, and "varav" lines: a case where each rule speaks and one where not."""

from __future__ import annotations

import pytest

from support.counts import codes, found, participants, platforms, table, texts

REMAINING = "Antal kvar i verksamheten"
POSITIVE = "Avslutats till positiv lösning"
MEASURES = ["label", "all", "women", "men"]


def test_a_sound_table_is_silent() -> None:
    assert codes(participants()) == []


def test_remaining_is_all_less_exits() -> None:
    one, *others = found(participants({REMAINING: (None, None, 18, None)}))
    assert (one.severity, one.code, one.cell, others) == ("error", "kvar-avviker", "D13", [])
    assert (one.stated, one.calculated, one.difference) == (18, 20, -2)
    assert {ref.cell for ref in one.also} == {"D3", "D5", "D11", "D12"}


def test_the_text_that_repeats_a_wrong_number_is_named_with_it() -> None:
    wrong = participants({REMAINING: (None, None, 18, None)})
    (one,) = found(
        wrong, texts(("Kvar i samverkan 1 januari 2022", "18 personer", "1.1", "2022-01-01"))
    )
    assert ("Text", "B3") in {(ref.sheet, ref.cell) for ref in one.also}


def test_a_blank_leaves_the_roll_forward_unknown() -> None:
    assert (
        codes(
            participants({"Övriga avbrott": (2, 2, None, None), REMAINING: (None, None, 1, None)})
        )
        == []
    )


def test_remaining_by_sex() -> None:
    wrong = {"Antal deltagare hela året": (32, 28, 60, None), REMAINING: (9, 10, 20, None)}
    assert ("error", "kvar-avviker", "B13") in codes(participants(wrong))


def test_opening_and_new_are_all() -> None:
    assert codes(participants({"Ingående deltagare": (None, None, 35, None)})) == []
    wrong = codes(participants({"Ingående deltagare": (None, None, 30, None)}))
    assert wrong == [("error", "ingaende-nya-avviker", "D3")]


def test_women_and_men_are_all() -> None:
    wrong = found(participants({"Övriga avbrott": (3, 2, 4, "10 %")}))
    assert [(f.code, f.cell, f.stated, f.calculated) for f in wrong] == [
        ("kon-summa-avviker", "D12", 4, 5)
    ]
    assert codes(participants({"Övriga avbrott": (None, 2, 4, "10 %")})) == []


def test_women_alone_are_no_more_than_all() -> None:
    assert codes(table("participants", MEASURES, [("Anvisade", 4, 5, None)])) == [
        ("warning", "del-storre-an-helhet", "C3")
    ]


def test_exits_are_their_kinds() -> None:
    assert codes(participants({"Antal avslutade": (None, None, 40, None)})) == []
    assert ("warning", "avslut-summa-avviker", "D14") in codes(
        participants({"Antal avslutade": (None, None, 41, None)})
    )


def test_positive_solutions_are_their_kinds() -> None:
    wrong = participants({"- varav saknar arbetsförmåga": (1, 2, 3, "10 %")})
    (one,) = found(wrong)
    assert (one.code, one.cell, one.calculated) == ("positiv-summa-avviker", "D5", 31)
    assert "C5" in {ref.cell for ref in one.also}


def test_some_of_the_kinds_need_not_be_all() -> None:
    some = table(
        "participants",
        ["label", "all"],
        [("Positiv lösning", 30), ("- varav till arbete", 12), ("- varav till studier", 9)],
    )
    assert codes(some) == []


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("40 %", []),
        ("41 %", [("warning", "andel-avviker", "E6")]),
        ("40,0 %", []),
    ],
)
def test_work_is_of_positive_solutions(share: str, expected: list[object]) -> None:
    assert codes(participants({"- varav till arbete": (7, 5, 12, share)})) == expected


def test_the_wrong_base_is_named() -> None:
    (one,) = found(participants({"- varav till arbete": (7, 5, 12, "30 %")}))
    assert one.code == "andel-avviker"
    assert "12 av 40" in one.message


def test_a_share_that_is_cut_off_is_a_note() -> None:
    assert codes(participants({"- varav saknar arbetsförmåga": (1, 1, 2, "6 %")})) == [
        ("info", "andel-avhuggen", "E10")
    ]


def test_shares_in_rows_of_their_own() -> None:
    def measures(share: str) -> list[tuple[str, str, str | None]]:
        rows = [
            ("Våga mer", None, None, None),
            ("Avslutade personer", 16, None, None),
            ("Avslutade till arbete", None, 1, 2),
            ("Avslutade till arbete, andel", share, None, None),
        ]
        return codes(table("participants", MEASURES, rows))

    assert measures("19 %") == []
    assert measures("18 %") == [("info", "andel-avhuggen", "B6")]
    assert measures("25 %") == [("warning", "andel-avviker", "B6")]


def test_sections_are_kept_apart() -> None:
    rows = [
        ("Torget", None, None, None),
        ("Avslutade personer", 16, None, None),
        ("Teamet", None, None, None),
        ("Avslutade till arbete", 3, None, None),
        ("Avslutade till arbete, andel", "50 %", None, None),
    ]
    assert codes(table("participants", MEASURES, rows)) == []


def test_varav_lines_go_into_their_parent() -> None:
    rows = [
        ("Nya", 10, None, None),
        ("- varav från A", 6, None, None),
        ("- varav från B", 4, None, None),
    ]
    assert codes(table("participants", MEASURES, rows)) == []
    rows[2] = ("- varav från B", 5, None, None)
    assert codes(table("participants", MEASURES, rows)) == [
        ("warning", "del-storre-an-helhet", "B4")
    ]
    rows[2] = ("- varav från B", 11, None, None)
    assert codes(table("participants", MEASURES, rows)) == [
        ("warning", "del-storre-an-helhet", "B5")
    ]


def test_varav_women_and_men_in_text() -> None:
    assert codes(texts(("Inskrivna", 49), ("- varav kvinnor", 41), ("- varav män", 8))) == []
    assert codes(texts(("Inskrivna", 49), ("- varav kvinnor", 41), ("- varav män", 9))) == [
        ("warning", "kon-summa-avviker", "B3")
    ]


def test_amounts_may_be_rounded_and_signs_may_be_minus() -> None:
    assert (
        codes(texts(("Kostnad", "100 tkr"), ("- varav A", "50 tkr"), ("- varav B", "51 tkr"))) == []
    )
    assert (
        codes(texts(("Kostnad", "-100 tkr"), ("- varav A", "-50 tkr"), ("- varav B", "-40 tkr")))
        == []
    )


def test_other_associations_are_not_compared() -> None:
    """Two workbooks of two associations, each sound, differ in every figure."""
    from finsam_xl.checks.material import Material
    from finsam_xl.checks.rules import of_associations

    one = participants(title="Samordningsförbundet Norra Dalen 2021")
    other = texts(("Avslutade personer", 12), title="Samordningsförbundet Södra Dalen 2021")
    materials = [Material("a.xlsx", counts=(one,)), Material("b.xlsx", counts=(other,))]
    assert list(of_associations(materials)) == []
    same = other._replace(titles=one.titles)
    (finding,) = of_associations([materials[0], Material("b.xlsx", counts=(same,))])
    assert (finding.file, finding.code) == ("b.xlsx", "text-avviker")
    assert {ref.file for ref in finding.also} == {"a.xlsx"}


def test_other_years_are_not_compared() -> None:
    assert (
        codes(participants(), texts(("Avslutade personer", 12), title="Årsredovisning 2020")) == []
    )
    assert codes(participants(), texts(("Avslutade personer", 12, "1.1", "2020"))) == []


def test_a_large_table_takes_no_time() -> None:
    rows = [("Anvisade", 2, 1, 1), ("- varav a", 1, 1, 0)] * 5000
    assert codes(table("participants", MEASURES, rows)) == []
    assert codes(participants(), platforms(), texts(*[("Avslutade personer", 40)] * 5000)) == []
