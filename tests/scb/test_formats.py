"""One table in every format that SCB saves it in, and files that are none."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from finsam_xl.errors import InputError
from finsam_xl.scb import reading
from finsam_xl.scb.cube import Cube
from finsam_xl.scb.places import Place, has_places, people, totals
from finsam_xl.words.ages import Ages
from support import statistics as made

FORMATS: dict[str, Callable[[], Cube]] = {
    "px": lambda: made.read(made.px()),
    "px in UTF-8": lambda: made.read(made.px(codepage="utf-8")),
    "json-stat2": lambda: made.read(made.json_stat()),
    "csv": lambda: made.read(made.csv()),
    "csv with semicolons": lambda: made.read(made.csv(mark=";")),
    "Excel": made.excel,
}


@pytest.mark.parametrize("how", FORMATS)
def test_the_working_ages_are_added_up_in_every_format(how: str) -> None:
    found = people(FORMATS[how](), Ages(16, 64))
    assert found.years == [2023, 2024]
    for code, name in made.PLACES:
        for year in (2023, 2024):
            assert found.by_year[year][Place(code, name)] == made.expected(code, 16, 64, year)
    # By hand: 49 ages; of 16 to 64 are 24 odd; Bjurholm 3 each, men one more, in 2023.
    assert found.by_year[2023][Place("2403", "Bjurholm")] == 3 * 98 + 2 * 24 + 49


@pytest.mark.parametrize("how", FORMATS)
def test_the_title_is_known_where_the_format_has_one(how: str) -> None:
    assert FORMATS[how]().title == ("" if how.startswith("csv") else made.TITLE)


def test_everyone_is_not_added_to_women_and_men() -> None:
    cube = made.of_rows(
        ["region", "ålder", "kön", "2024"],
        ["2480 Umeå", "16-64 år", "totalt", 9],
        ["2480 Umeå", "16-64 år", "kvinnor", 5],
        ["2480 Umeå", "16-64 år", "män", 4],
        ["2480 Umeå", "65+ år", "totalt", 2],
        ["2480 Umeå", "65+ år", "kvinnor", 1],
        ["2480 Umeå", "65+ år", "män", 1],
    )
    assert people(cube, Ages(16, 64)).by_year == {2024: {Place("2480", "Umeå"): 9}}


def test_spans_of_ages_that_meet_are_added_and_others_are_refused() -> None:
    def table(*spans: str) -> Cube:
        return made.of_rows(
            ["region", "ålder", "2024"], *(["2480 Umeå", span, 10] for span in spans)
        )

    meet = ("0-15 år", "16-19 år", "20-44 år", "45-64 år", "65+ år")
    assert people(table(*meet), Ages(16, 64)).by_year[2024][Place("2480", "Umeå")] == 30
    for apart in (("15-24 år", "25-64 år"), ("16-19 år", "21-64 år"), ("20-64 år", "65+ år")):
        with pytest.raises(InputError, match="16–64 år"):
            people(table(*apart), Ages(16, 64))


def test_a_place_with_a_figure_missing_has_none() -> None:
    cube = made.of_rows(
        ["region", "ålder", "2024"],
        ["2480 Umeå", "16-44 år", 10], ["2480 Umeå", "45-64 år", ".."],
        ["2460 Vännäs", "16-44 år", 10], ["2460 Vännäs", "45-64 år", 5],
    )  # fmt: skip
    assert people(cube, Ages(16, 64)).by_year == {2024: {Place("2460", "Vännäs"): 15}}


def test_the_country_and_counties_are_no_municipalities() -> None:
    cube = made.of_rows(
        ["region", "ålder", "2024"],
        ["00 Riket", "16-64 år", 1000], ["24 Västerbottens län", "16-64 år", 100],
        ["2480 Umeå", "16-64 år", 10], ["2460 Vännäs", "16-64 år", 7],
        ["2403 Bjurholm", "16-64 år", 2],
    )  # fmt: skip
    names = {place.name for place in people(cube, Ages(16, 64)).by_year[2024]}
    assert names == {"Umeå", "Vännäs", "Bjurholm"}


def test_a_table_without_ages_or_divided_otherwise_is_refused() -> None:
    with pytest.raises(InputError, match="åldrar"):
        people(made.of_rows(["region", "2024"], ["2480 Umeå", 9], ["2460 Vännäs", 8]), Ages(16, 64))
    divided = made.of_rows(
        ["region", "civilstånd", "ålder", "2024"],
        ["2480 Umeå", "ogifta", "16-64 år", 9], ["2480 Umeå", "gifta", "16-64 år", 8],
    )  # fmt: skip
    with pytest.raises(InputError, match="uppdelade på civilstånd"):
        people(divided, Ages(16, 64))


@pytest.mark.parametrize(
    ("label", "code"),
    [("Umeå kommun", "2480"), ("Bjurholms kommun", "2403"), ("Vännäs", "2460"),
     ("2480 Umeå", "2480"), ("UMEÅ KOMMUN", "2480")],
)  # fmt: skip
def test_municipalities_are_known_however_they_are_written(label: str, code: str) -> None:
    found = people(made.excel(), Ages(16, 64)).of(2024, label)
    assert found is not None
    assert found[0].code == code


def test_former_names_and_codes_are_known() -> None:
    cube = made.of_rows(
        ["region", "ålder", "2024"],
        ["2023 Malung-Sälen", "16-64 år", 5400], ["0331 Heby", "16-64 år", 8000],
    )  # fmt: skip
    found = people(cube, Ages(16, 64))
    assert (found.of(2024, "Malungs kommun") or (0, 0))[1] == 5400
    assert (found.of(2024, "1917 Heby") or (0, 0))[1] == 8000
    assert found.of(2024, "Sala kommun") is None


def test_whole_figures_of_each_municipality() -> None:
    cube = made.of_rows(
        ["region", "ersättning", "2023", "2024"],
        ["2480 Umeå", "Samtliga ersättningar", 9100.5, 9000], ["2480 Umeå", "sjukpenning", 3000, 2900],
        ["2460 Vännäs", "Samtliga ersättningar", 800, 790], ["2460 Vännäs", "sjukpenning", 300, 290],
    )  # fmt: skip
    found = totals(cube)
    assert found.by_year[2023][Place("2480", "Umeå")] == Fraction(18201, 2)
    assert found.by_year[2024][Place("2460", "Vännäs")] == 790


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"404 Not Found",
        b"<html><body>fel</body></html>",
        b"Konto;Belopp\n6010;12\n",
        b"\x00\x01\x02",
    ],
)
def test_other_files_are_no_table(data: bytes) -> None:
    assert reading.read(data, "fil") is None


@pytest.mark.parametrize(
    "data",
    [made.px()[:-300], made.json_stat()[:-300], b"{}", b'{"id": ["a"], "value": [1]}',
     b'TITLE="x";STUB="region";VALUES("region")="a","b";DATA=1;', b'TITLE="x";'],
    ids=["px cut off", "json cut off", "empty", "no dimensions", "too few", "no data"],
)  # fmt: skip
def test_a_table_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="hel") as told:
        reading.read(data, "fil.px")
    assert told.value.remedy


def test_a_ledger_is_no_table_of_municipalities() -> None:
    cube = reading.of_rows([["Konto", "2023", "2024"], ["6010", 1, 2], ["5010", 3, 4]], "a", "0")
    assert cube is None or not has_places(cube)


def test_a_year_in_a_name_is_not_a_municipalitys_code() -> None:
    """2026 is Gagnef's code: a row of Umeå for 2026 is not Gagnef."""
    cube = made.of_rows(
        ["region", "ålder", "2024"],
        ["2026 Gagnef", "16-64 år", 5900], ["2480 Umeå", "16-64 år", 84000],
    )  # fmt: skip
    found = people(cube, Ages(16, 64))
    assert found.of(2024, "Umeå kommun 2026") is None
    assert found.of(2024, "2480 Gagnef") is None
    assert (found.of(2024, "2026 Gagnef") or (0, 0))[1] == 5900
    assert (found.of(2024, "2026") or (0, 0))[1] == 5900
