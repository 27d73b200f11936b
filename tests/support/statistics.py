"""Small tables in the manner of Statistics Sweden (SCB), the same figures in all its formats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from finsam_xl.actions import population
from finsam_xl.plan import Plan
from finsam_xl.scb import reading, rows
from finsam_xl.scb.cube import Cube
from support.typed_sheets import TODAY, Rows, grid

PLACES = (("2480", "Umeå"), ("2460", "Vännäs"), ("2403", "Bjurholm"))
SEXES = ("män", "kvinnor")
AGES = (*(f"{age} år" for age in range(100)), "100+ år")
TITLE = "Folkmängden efter region, ålder, kön och år"
_BASE = {"2480": 100, "2460": 10, "2403": 3}


def number(code: str, age: int, sex: str, year: int) -> int:
    """How many there are: a figure that tells its place, age, sex and year apart."""
    return _BASE[code] + (age % 2) + (sex == "män") + 2 * (year - 2023)


def expected(code: str, first: int, last: int, year: int) -> int:
    """How many there are of some ages, added up by hand's rule: each age and sex once."""
    return sum(number(code, age, sex, year) for age in range(first, last + 1) for sex in SEXES)


def _values(years: Sequence[int]) -> Iterator[int]:
    for code, _ in PLACES:
        for age in range(101):
            for sex in SEXES:
                for year in years:
                    yield number(code, age, sex, year)


def px(years: Sequence[int] = (2023, 2024), codepage: str = "cp1252") -> bytes:
    """As a PC-Axis file."""

    def listed(values: Sequence[object]) -> str:
        return ",\n".join(f'"{value}"' for value in values)

    text = f"""CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
TITLE="Folkmängden efter region, ålder, "
"kön och år";
STUB="region","ålder","kön";
HEADING="år";
VALUES("region")={listed([name for _, name in PLACES])};
VALUES("ålder")={listed(AGES)};
VALUES("kön")={listed(SEXES)};
VALUES("år")={listed(years)};
CODES("region")={listed([code for code, _ in PLACES])};
NOTE="Året är den 31 december; gränserna är årets.";
DATA=
{" ".join(map(str, _values(years)))};
"""
    return text.encode(codepage)


def json_stat(years: Sequence[int] = (2023, 2024)) -> bytes:
    """As the web service answers."""

    def dimension(label: str, codes: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
        index = {code: n for n, code in enumerate(codes)}
        return {
            "label": label,
            "category": {"index": index, "label": dict(zip(codes, labels, strict=True))},
        }

    told = [str(year) for year in years]
    held = {
        "version": "2.0", "class": "dataset", "label": TITLE, "source": "SCB",
        "id": ["Region", "Alder", "Kon", "Tid"], "size": [3, 101, 2, len(told)],
        "dimension": {
            "Region": dimension("region", [c for c, _ in PLACES], [n for _, n in PLACES]),
            "Alder": dimension("ålder", [*map(str, range(100)), "100+"], AGES),
            "Kon": dimension("kön", ["1", "2"], SEXES),
            "Tid": dimension("år", told, told),
        },
        "value": list(_values(years)),
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False).encode()


def table(years: Sequence[int] = (2023, 2024), *, is_sparse: bool = False) -> list[list[Any]]:
    """As rows: csv repeats each label and has codes with names, Excel neither."""
    head = ["region", "ålder", "kön", *map(str, years)]
    found: list[list[Any]] = (
        [head] if not is_sparse else [[TITLE], [], ["", "", *[""] * 2, *map(str, years)]]
    )
    for code, name in PLACES:
        for at, age in enumerate(AGES):
            for sex in SEXES:
                figures = [number(code, at, sex, year) for year in years]
                if not is_sparse:
                    found.append([f"{code} {name}", age, sex, *figures])
                else:
                    is_first = sex == SEXES[0]
                    begins = [code, name] if is_first and not at else ["", ""]
                    found.append([*begins, age if is_first else "", sex, *figures])
    return found if not is_sparse else [*found, [], ["Källa: SCB"]]


def csv(years: Sequence[int] = (2023, 2024), mark: str = ",") -> bytes:
    """As a csv file."""
    lines = [
        mark.join(f'"{c}"' if isinstance(c, str) else str(c) for c in row) for row in table(years)
    ]
    return "\r\n".join(lines).encode("cp1252")


def excel(years: Sequence[int] = (2023, 2024)) -> Cube:
    """As the rows of a sheet."""
    found = reading.of_rows(table(years, is_sparse=True), "befolkning.xlsx", "0")
    assert found is not None
    return found


def read(data: bytes, name: str = "befolkning") -> Cube:
    """The table of a file."""
    found = reading.read(data, name)
    assert found is not None
    return found


def of_rows(*held: rows.Row) -> Cube:
    """The table of a few rows."""
    found = reading.of_rows(held, "befolkning.csv", "0")
    assert found is not None
    return found


def fetch(cube: Cube, sheet: Rows, *, year: str = "", accept: tuple[str, ...] = ()) -> Plan:
    """What is fetched into a sheet of fees."""
    asked = population.Asked(TODAY, "prov", year, accept)
    return population.fetch(grid(("Avgifter", sheet)), cube, asked)
