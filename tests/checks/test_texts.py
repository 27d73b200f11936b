"""Figures in running text against tables of people and of the index."""

from __future__ import annotations

import pytest

from finsam_xl.model_counts import Counts
from support.counts import Cell, codes, found, participants, platforms, table, texts

SILENT: list[object] = []


@pytest.mark.parametrize(
    ("row", "is_wrong"),
    [
        (("Avslutade personer", 40), False),
        (("Avslutade personer", 41), True),
        (("Avslutade personer, cirka", 41), False),
        (("Avslutade personer, varav kvinnor", "55 %"), False),
        (("Avslutade personer, varav kvinnor", "42 %"), True),
        (("Avslutade till positiv lösning", 30), False),
        (("Avslutade till positiv lösning, andel", "75 %"), False),
        (("Avslutade till positiv lösning, andel", "70 %"), True),
        (("till arbete", "40 %"), False),
        (("till arbete", "35 %"), True),
        (("Mål arbete", "35 %"), False),
        (("Nya deltagare för året", 25), False),
        (("Nya deltagare för året", 27), True),
        (("Kvar i samverkan 1 januari 2022", 21, "1.1", "2022-01-01"), True),
        (("Omsättning av deltagare totalt", "67 %"), False),
        (("Omsättning av deltagare totalt", "60 %"), True),
        (("Avslutade inom projektet Framåt", 3), False),
        (("Avslutade personer", 3, "Projektet Framåt"), False),
        (("Avslutade personer", "3 tkr"), False),
        (("Avbrott av hälsoskäl per plattform, högsta andel", "20 %"), False),
        (("Avbrott av hälsoskäl per plattform, högsta andel", "19 %"), True),
        (("Avbrott av hälsoskäl per plattform, lägsta andel", "12 %"), False),
        (("Avbrott av hälsoskäl per plattform, högsta antal", 3), False),
        (("Andel till arbete", "40 %", "Bilaga 3 Torget"), False),
        (("Andel till arbete", "38 %", "Bilaga 3 Torget"), True),
        (("Andel till studier", "30,0 %", "Bilaga 3 Norrby"), False),
        (("Andel till studier Norrby", "25 %", "1.1"), True),
    ],
)
def test_people_in_the_text(row: tuple[Cell, ...], is_wrong: bool) -> None:
    expected = [("warning", "text-avviker", "B3")] if is_wrong else SILENT
    assert codes(participants(), platforms(), texts(row)) == expected


def test_a_share_that_is_cut_off_is_a_note() -> None:
    assert codes(participants(), texts(("Omsättning av deltagare totalt", "66 %"))) == [
        ("info", "andel-avhuggen", "B3")
    ]


def test_a_number_taken_for_a_share_is_named() -> None:
    (one,) = found(participants(), texts(("Avslutade personer, varav kvinnor", "16 %")))
    assert "positiv lösning" in one.message


def test_a_row_that_contradicts_itself_is_told_once() -> None:
    wrong = participants({"Avslutats till positiv lösning": (16, 14, 29, "75 %")})
    told = codes(wrong, texts(("Avslutade till positiv lösning", 30), ("till arbete", "40 %")))
    assert {code for _, code, _ in told} == {
        "kon-summa-avviker",
        "positiv-summa-avviker",
        "kvar-avviker",
    }


def test_a_platforms_figures_are_one_finding() -> None:
    rows = [("Andel till arbete", "38 %", "Torget"), ("Andel till studier", "20 %", "Torget")]
    (one,) = found(platforms(), texts(*rows))
    assert (one.cell, [ref.cell for ref in one.also]) == ("B3", ["B4", "E3", "H3"])


FIELDS = ["area", "goals", "indicators", "maximum", "achieved", "index"]


def _index(unit: str, *, indicators: int = 4, achieved: int = 15) -> Counts:
    rows = [("Nytta", 2, indicators, 30, achieved, 50), ("Samordning", 1, 3, 10, 9, 90)]
    rows += [("=Totalt", 3, indicators + 3, 40, achieved + 9, 60)]
    return table("impact_index", FIELDS, rows, title=unit, sheet=f"Index {unit}")


WHOLE = _index("Samordningsförbundet Dalen")
UNITS = [_index(unit) for unit in ("Torget", "Teamet Norrby", "Teamet Söderby", "Teamet Västerby")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Impactindex", 60, "Bilaga 3 Norrby"), SILENT),
        (("Impactindex", 61, "Bilaga 3 Norrby"), [("warning", "text-avviker", "B3")]),
        (("Index nytta", 50, "Bilaga 3 Torget"), SILENT),
        (("Index nytta", 52, "Bilaga 3 Torget"), [("warning", "text-avviker", "B3")]),
        (("Index samordning, förbundet", 91, "1.7"), [("warning", "text-avviker", "B3")]),
        (("Index samordning", 91, "1.7"), [("warning", "text-avviker", "B3")]),
        (("Index samordning", 91, "Bilaga 3 Österby"), SILENT),
        (("Impactindex under målet med", 6, "1.7"), SILENT),
        (("Målvärde Impactindex", 70, "1.7"), SILENT),
        (("Maximalt impactvärde", 40, "1.7"), SILENT),
        (("Maximalt impactvärde", 39, "1.7"), [("warning", "text-avviker", "B3")]),
        (("Mål i sociala budgeten", 3), SILENT),
        (("Mål i sociala budgeten, ca", 4), SILENT),
        (("Målområden i sociala budgeten", 2), SILENT),
        (("Målområden i sociala budgeten", 3), [("warning", "text-avviker", "B3")]),
        (("Indikatorer i sociala budgeten", 8), [("info", "indikatorer-ej-matta", "B3")]),
        (("Indikatorer i sociala budgeten", 6), [("warning", "text-avviker", "B3")]),
    ],
)
def test_the_index_in_the_text(row: tuple[Cell, ...], expected: list[object]) -> None:
    assert codes(WHOLE, *UNITS, texts(row)) == expected


def test_a_number_and_a_list() -> None:
    listed = ("Ersättare uppräknade i styrelsetabellen (räknat)", 9)
    assert codes(texts(("Ersättare i styrelsen", 9), listed)) == []
    assert codes(texts(("Ledamöter i styrelsen", 5), listed)) == []
    assert codes(texts(("Ersättare i styrelsen", 8), listed)) == [
        ("warning", "antal-mot-lista", "B3")
    ]
    assert codes(texts(("Ersättare i styrelsen", 8, "1", "2020"), (*listed, "1", "2021"))) == []


def test_one_platform_that_alone_has_another_number_of_indicators() -> None:
    assert codes(WHOLE, *UNITS) == []
    odd = _index("Teamet Österby", indicators=2)
    assert codes(WHOLE, *UNITS, odd) == [("warning", "antal-indikatorer-sticker-ut", "C3")]
    assert codes(*UNITS[:2], odd) == []


OVERVIEW = ["unit", "all", "area1", "area2"]


def _overview(*rows: tuple[Cell, ...]) -> Counts:
    return table("index_overview", OVERVIEW, rows, title="Tabell 4")


def test_tied_ranks_are_shared() -> None:
    better = _index("Torget", achieved=18)
    tied = _overview(
        ("1. Torget", 68, 60, 90),
        ("2. Teamet Norrby", 60, 50, 90),
        ("3. Teamet Söderby", 60, 50, 90),
    )
    assert codes(better, *UNITS[1:], tied) == [("info", "rang-delad", "A5")]


def test_equal_when_printed_but_not_in_points_is_no_tie() -> None:
    close = [_overview(("1. A", 60), ("2. B", 60))]
    one = table(
        "impact_index",
        FIELDS,
        [("Nytta", 1, 1, 400, 241, 60), ("=Totalt", 1, 1, 400, 241, 60)],
        title="A",
    )
    other = table(
        "impact_index",
        FIELDS,
        [("Nytta", 1, 1, 400, 240, 60), ("=Totalt", 1, 1, 400, 240, 60)],
        title="B",
    )
    assert codes(one, other, *close) == []


def test_a_wrong_order() -> None:
    wrong = _overview(("1. A", 50), ("2. B", 60))
    assert codes(wrong) == [("warning", "rang-avviker", "A3"), ("warning", "rang-avviker", "A4")]
    assert codes(_overview(("1 A", 50), ("4 B", 60))) == []


def test_an_overview_and_the_units_own_tables() -> None:
    assert codes(WHOLE, *UNITS, _overview(("Förbundet i sin helhet", 60, 50, 90))) == []
    assert codes(WHOLE, *UNITS, _overview(("Torget", 60, 51, 90))) == [
        ("warning", "oversikt-avviker", "C3")
    ]


def test_weights_are_a_hundred() -> None:
    def weights(last: str) -> list[tuple[str, str, str | None]]:
        rows = [("A", "40 %", "38 %"), ("B", "25 %", "25 %"), ("C", "35 %", last)]
        return codes(table("weights", ["area", "ideal", "weight"], rows))

    assert weights("38 %") == []
    assert weights("30 %") == [("warning", "viktning-summa", "C3")]
