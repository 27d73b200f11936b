"""Every printed figure of the documents' further tables stands in its cell of a shipped workbook.

The figures are read from ``workbooks/build/data`` and the cells by openpyxl, so neither the
builder nor the package has a say in what is right.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from support.workbooks import DATA, EXISTING, ROOT

Line = Mapping[str, str]
Get = Callable[[Line], Any]

UMEA, SOCIAL, LAPPLAND = (
    "umearegionen-budget.xlsx",
    "umearegionen-social-budget.xlsx",
    "sodra-lappland-budget.xlsx",
)
BEFORE: Mapping[str, tuple[str, ...]] = {
    UMEA: (
        "Plan 2018-2020",
        "Bilaga verksamheter",
        "Budget 2019",
        "Tertial 2 2019",
        "Plan 2020-2022",
        "Utfall 2021",
        "Driftredovisning",
        "Not 2",
        "Medlemsavgifter",
    ),
    SOCIAL: (
        "Social budget",
        "Bjurholm",
        "Nordmaling",
        "Vindeln",
        "Vännäs",
        "Robertsfors",
        "Ungdomstorget",
        "Vuxentorget",
        "Impactindex",
        "Deltagare",
    ),
    LAPPLAND: ("Budget 2024", "Medlemsavgifter"),
}
ADDED: Mapping[str, tuple[str, ...]] = {
    UMEA: (
        "Femårsöversikt",
        "Trappan",
        "Kostnadsfördelning",
        "Fördelning av kostnader",
        "Balanskravsresultat",
        "Resultaträkning",
        "Balansräkning",
        "Kassaflödesanalys",
        "Noter 3-8",
        "Uppgifter i text",
    ),
    SOCIAL: (
        "Aktualiserande parter",
        "Särskilda insatser",
        "Svarsfrekvens",
        "Viktning och utfall",
        "Mål",
        "Helårsekvivalenter",
        "Strategiska mål",
        "Uppgifter i text",
    ),
    LAPPLAND: ("Målkarta", "Uppgifter i text"),
}
SHEETS = [(book, sheet) for book, sheets in ADDED.items() for sheet in sheets]
PERCENT, AMOUNT, DECIMAL = "0 %", "#,##0", "#,##0.0"


class Printed(NamedTuple):
    """A file of data, where its lines stand, and what each column holds; blanks must be blank."""

    book: str
    sheet: str
    data: str
    cells: tuple[Get, ...]
    only: Callable[[Line], object] = bool


def _text(name: str) -> Get:
    return lambda line: line[name] or None


def _figure(name: str) -> Get:
    def get(line: Line) -> Any:
        text = line[name]
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            return text or None
        return float(text) if "." in text else int(text)

    return get


def _share(name: str) -> Get:
    return lambda line: int(line[name]) / 100 if line[name] else None


def _note(line: Line) -> Any:
    note = line["code"].removeprefix("Not ")
    return int(note) if note.isdigit() else note or None


def _blank(_: Line) -> Any:
    return None


def _amounts(data: str, sheet: str, *columns: str, noted: bool = False) -> Printed:
    cells = [_text("line"), *([_note] if noted else []), *map(_figure, columns)]
    return Printed(UMEA, sheet, f"umea-annual-2021__{data}", tuple(cells))


_CLOSING = ("2021-12-31", "2020-12-31")
_MONEY = ("1.2.5", "1.4", "1.6.1", "1.7.1", "1.7.6")
_LIMIT = "threshold"


def _is_money(line: Line) -> bool:
    return line["unit"] == "tkr" or line["section"] in _MONEY


def _limit(line: Line) -> Any:
    return _share(_LIMIT)(line) if line["unit"] == "%" else _figure(_LIMIT)(line)


def _stated(book: str, data: str, only: Callable[[Line], object] = bool) -> Printed:
    return Printed(
        book,
        "Uppgifter i text",
        f"{data}__text-figures",
        (_text("item"), _figure("value"), _text("unit"), lambda _: ..., _text("section")),
        only,
    )


def _social(sheet: str, data: str, *cells: Get, only: Callable[[Line], object] = bool) -> Printed:
    return Printed(SOCIAL, sheet, data, cells, only)


TABLES = (
    _amounts("femarsoversikt", "Femårsöversikt", "2021", "2020", "2019", "2018", "2017"),
    _amounts("nr-tak", "Trappan", "2021"),
    Printed(
        UMEA,
        "Kostnadsfördelning",
        "umea-annual-2021__kostnadsfordelning",
        (_text("line"), _figure("Belopp 2021"), _share("Procent 2021")),
    ),
    Printed(
        UMEA,
        "Fördelning av kostnader",
        "umea-annual-2021__fordelning-av-kostnader",
        (_text("line"), _text("class"), _share("share_pct")),
    ),
    _amounts("balanskravsresultat", "Balanskravsresultat", "2021-12-31"),
    _amounts(
        "resultatrakning",
        "Resultaträkning",
        "2021-01-01 - 2021-12-31",
        "2020-01-01 - 2020-12-31",
        noted=True,
    ),
    _amounts("balansrakning", "Balansräkning", *_CLOSING, noted=True),
    _amounts("kassaflodesanalys", "Kassaflödesanalys", *_CLOSING),
    _amounts("not-3-verksamhetens-kostnader", "Noter 3-8", "2021", "2020"),
    _amounts("not-4-rakenskapsrevision", "Noter 3-8", "2021", "2020"),
    _amounts("not-5-jamforelsestorande-poster", "Noter 3-8", "2021", "2020"),
    _amounts("not-6-fordringar", "Noter 3-8", *_CLOSING),
    _amounts("not-7-arets-resultat", "Noter 3-8", *_CLOSING),
    _amounts("not-8-kortfristiga-skulder", "Noter 3-8", *_CLOSING),
    _stated(UMEA, "umea-plan-2018-2020"),
    _stated(UMEA, "umea-tertial-2019-t2"),
    _stated(UMEA, "umea-plan-2020-2022"),
    _stated(UMEA, "umea-annual-2021", _is_money),
    _stated(SOCIAL, "umea-annual-2021", lambda line: not _is_money(line)),
    _stated(LAPPLAND, "lappland-plan-2024-2026"),
    _social(
        "Aktualiserande parter",
        "umea-annual-2021__bilaga-1-tabell-2-aktualiserande-parter",
        lambda line: "Totalt" if line["is_total"] == "1" else line["part"],
        _figure("aktualiserade"),
        _share("kvinnor_pct"),
        _figure("ja_antal"),
        _share("ja_pct"),
    ),
    _social(
        "Särskilda insatser",
        "umea-annual-2021__sarskilda-insatser",
        _text("line"),
        *map(_figure, ("totalt", "kvinnor", "man")),
        _text("unit"),
    ),
    _social(
        "Svarsfrekvens",
        "umea-annual-2021__svarsfrekvens",
        _text("enhet"),
        *map(_share, ("deltagarenkat_avslut_pct", "chefer_pct", "medarbetare_pct")),
    ),
    _social(
        "Viktning och utfall",
        "umea-annual-2021__impactindex-tabell-3-viktning",
        lambda line: f"{line['area_id']}. {line['area']}",
        *map(_share, ("ideal_viktning_pct", "viktning_2021_pct")),
    ),
    _social(
        "Viktning och utfall",
        "umea-annual-2021__impactindex-tabell-4-utfall",
        lambda line: f"{line['rang']}. {line['enhet']}".removeprefix(". "),
        *map(_figure, ("Totalt", *(f"Målområde {area}" for area in range(1, 6)))),
    ),
    _social(
        "Mål",
        "umea-annual-2021__social-budget-mal",
        *map(_text, ("goal_id", "goal_short")),
        _figure("antal_indikatorer"),
    ),
    _social(
        "Mål",
        "umea-annual-2021__social-budget-delresultat",
        *map(_text, ("indicator_id", "category")),
        *map(_figure, ("result_num", "result_den")),
        _share("result_pct"),
        only=lambda line: line["result_num"],
    ),
    _social(
        "Helårsekvivalenter",
        "umea-annual-2021__social-budget-delresultat",
        lambda line: line["category"].removesuffix(" kommun"),
        *(_blank,) * 7,
        lambda _: -0.01,
        _text("direction"),
        only=lambda line: line["direction"],
    ),
    _social(
        "Strategiska mål",
        "umea-annual-2021__strategiska-mal",
        _blank,
        *map(_text, ("goal", "platform")),
    ),
    _social(
        "Strategiska mål",
        "umea-plan-2020-2022__strategiska-mal",
        _figure("goal_no"),
        _text("goal"),
        _blank,
    ),
    _social(
        "Strategiska mål",
        "umea-plan-2020-2022__strategiska-mal-indikatorer",
        _figure("goal_no"),
        *map(_text, ("indicator", "respondents", "questions", "rule")),
        _limit,
        _figure("order"),
        _blank,
    ),
    _social(
        "Strategiska mål",
        "umea-plan-2020-2022__bedomningsskala",
        _figure("grade"),
        _text("text"),
    ),
    _social(
        "Strategiska mål", "umea-plan-2018-2020__strategiska-mal", _blank, _text("goal"), _blank
    ),
    Printed(
        LAPPLAND,
        "Målkarta",
        "lappland-plan-2024-2026__malkarta",
        (
            _text("area"),
            _figure("goal_no"),
            *map(_text, ("goal_short", "activity_short")),
            lambda _: ...,
            _limit,
            lambda line: None if line["unit"] == "%" else line["unit"] or None,
            *map(_text, ("respondents", "responsible")),
            _blank,
        ),
    ),
)


@cache
def _book(name: str, *, values: bool) -> Any:
    return openpyxl.load_workbook(EXISTING / name, data_only=values)


def _lines(table: Printed) -> list[Line]:
    path = DATA / f"{table.data}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if table.only(line)]


def _same(cells: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    """``...`` stands for any text; a share is a fraction of a whole percent."""
    return all(
        want is ...
        or have == want
        or (isinstance(want, float) and have == pytest.approx(want, abs=1e-12))
        for have, want in zip(cells, expected, strict=True)
    )


def _numbers(book: str, sheet: str) -> Iterator[Any]:
    for row in _book(book, values=True)[sheet].iter_rows():
        yield from (cell for cell in row if isinstance(cell.value, int | float))


def _formulas(book: str, sheet: str) -> list[Any]:
    rows = _book(book, values=False)[sheet].iter_rows()
    return [cell for row in rows for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.sheet}: {table.data}")
def test_every_printed_figure_is_in_its_cell(table: Printed) -> None:
    """Every line of the data has its row, in the order of the data, with nothing else in it."""
    lines = _lines(table)
    rows = _book(table.book, values=True)[table.sheet].iter_rows(values_only=True)
    assert lines
    for line in lines:
        expected = tuple(get(line) for get in table.cells)
        width = len(expected)
        rest = slice(width, width if table.sheet == "Uppgifter i text" else None)
        found = any(_same(row[:width], expected) and not any(row[rest]) for row in rows)
        assert found, expected


def test_every_file_of_data_is_shown() -> None:
    """What is read by the builder for these sheets is also looked at here."""
    shown = {table.data for table in TABLES}
    files = {path.stem for path in DATA.glob("*__*.csv")}
    of_tables = {
        name for name in files if re.search(r"text-figures|not-[3-8]|mal|tabell-[34]", name)
    }
    assert of_tables <= shown | {"umea-annual-2021__plattformsmonster"}


@pytest.mark.parametrize("book", BEFORE)
def test_new_sheets_come_after_the_old(book: str) -> None:
    assert tuple(_book(book, values=False).sheetnames) == BEFORE[book] + ADDED[book]


_PLACE = r"(?:('[^']+'|\w+)!)?([A-Z]+\d+(?::[A-Z]+\d+)?)"
_OF_MANY: dict[str, Callable[[list[Any]], float]] = {
    "SUM": sum, "MIN": min, "MAX": max, "COUNTA": len,
}  # fmt: skip


def _calculated(sheet: Any, formula: str) -> float:
    """The value of cells of any sheet added, subtracted, multiplied and divided."""

    def held(sheet_name: str, area: str) -> list[Any]:
        there = sheet.parent[sheet_name.strip("'")] if sheet_name else sheet
        rows = there[area] if ":" in area else ((there[area],),)
        return [cell.value for row in rows for cell in row if cell.value not in (None, "")]

    of_many = rf"({'|'.join(_OF_MANY)})\({_PLACE}\)"
    known = re.sub(of_many, lambda m: repr(_OF_MANY[m[1]](held(m[2], m[3]))), formula[1:])
    known = re.sub(_PLACE, lambda m: repr(sum(held(m[1], m[2]))), known)
    assert re.fullmatch(r"[\d.+*/()e-]+", known), formula
    return float(eval(known))  # noqa: S307 (figures and operators alone)


@pytest.mark.parametrize(("book", "sheet"), SHEETS)
def test_every_formula_gives_the_printed_figure(book: str, sheet: str) -> None:
    """The figure that is cached is also what the formula gives."""
    values = _book(book, values=True)[sheet]
    for cell in _formulas(book, sheet):
        cached = values[cell.coordinate].value
        assert cached == pytest.approx(_calculated(values, cell.value), abs=1e-9), cell.coordinate


def test_sums_that_agree_are_formulas_and_others_are_typed() -> None:
    """A total that is not the sum of its lines on paper is no formula here."""
    found = {sheet: [cell.coordinate for cell in _formulas(UMEA, sheet)] for sheet in ADDED[UMEA]}
    found.pop("Uppgifter i text")  # they fetch what the text is of
    assert {sheet: cells for sheet, cells in found.items() if cells} == {
        "Kostnadsfördelning": ["B10", "C10", "B15", "C15", "B20", "C20"],
        "Balanskravsresultat": ["B8", "B10"],
        "Resultaträkning": ["C11", "D11", "C14", "D14", "C16", "D16"],
        "Balansräkning": ["C11", "D11", "C12", "D12", "D17", "C22", "D22", "C23", "D23"],
        "Kassaflödesanalys": ["B9", "C9", "B12", "C12", "C13"],
        "Noter 3-8": ["B15", "C15", "B27", "C27", "B37", "C37", "C43", "B53", "C53"],
    }
    balance, notes = (_book(UMEA, values=False)[name] for name in ("Balansräkning", "Noter 3-8"))
    assert balance["C17"].value == 1799593  # its lines give 1 799 592
    assert notes["B43"].value == -209941  # its lines give −209 940


@pytest.mark.parametrize(("book", "sheet"), SHEETS)
def test_number_formats_suit_the_figures(book: str, sheet: str) -> None:
    """Shares are fractions shown in percent, decimals show, amounts are grouped by thousands."""
    for cell in _numbers(book, sheet):
        if cell.number_format == "General":
            assert 0 < cell.value <= 9 or 2005 <= cell.value <= 2030, cell.coordinate
        elif cell.number_format == PERCENT:
            assert abs(cell.value) <= 1, cell.coordinate
        elif isinstance(cell.value, float) and not cell.value.is_integer():
            assert cell.number_format == DECIMAL, cell.coordinate
        else:
            assert cell.number_format in (AMOUNT, DECIMAL), cell.coordinate


@pytest.mark.parametrize(("book", "sheet"), SHEETS)
def test_every_sheet_says_what_it_is(book: str, sheet: str) -> None:
    """A title, the association, and no column of figures without a heading."""
    cells = _book(book, values=True)[sheet]
    assert cells["A1"].value
    assert str(cells["A2"].value).startswith("Samordningsförbundet ")
    for cell in _numbers(book, sheet):
        above = (cells.cell(row, cell.column).value for row in range(1, cell.row))
        is_heading = cell.fill.patternType == "solid"
        assert is_heading or any(above), cell.coordinate


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """And the shipped files are such a build."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for seed, folder in enumerate(folders):
        command = [sys.executable, str(ROOT / "workbooks" / "build"), "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": str(seed)})
    for name in ADDED:
        one, two = ((folder / "existing" / name).read_bytes() for folder in folders)
        assert one == two == (EXISTING / name).read_bytes(), name
