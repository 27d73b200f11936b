"""Other offices' layouts of the same social budget give the same Impactindex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.actions import index_results
from finsam_xl.checks.goals.impact_index import standing
from finsam_xl.hosts.ooxml import Book
from finsam_xl.labels import split_number
from finsam_xl.model import Ref
from finsam_xl.reading import book as reading
from support.layouts import (
    FIELDS,
    GAP,
    INDEX_FIELDS,
    TITLE,
    Extra,
    Layout,
    Typed,
    Unit,
    source,
    unmutated,
    write,
)
from support.workbooks import NOW, SOCIAL_BUDGET, copy, workbook

SHARES = ("Andel minst", "Andel högst", "Alla")
_PLATFORM = "Samordningsteamet "


def _nonsense(unit: Unit) -> str:
    return f"Blad{[u.sheet for u in source().units].index(unit.sheet) + 1} (2)"


def _with_title(*lines: str) -> Callable[[Unit], Sequence[str]]:
    return lambda unit: [line.format(name=unit.name) for line in lines]


def _limit(write_share: Callable[[float], tuple[Typed, str]]) -> Callable[..., tuple[Typed, str]]:
    def limit(value: Typed, rule: str) -> tuple[Typed, str]:
        if rule in SHARES and isinstance(value, float | int):
            return write_share(value)
        if rule == "Könsskillnad högst":
            return f"{value} pp", ""
        if rule == "Antal minst":
            return f"{value} st", ""
        return "40-60%", ""

    return limit


def _in_rule(rule: Typed, limit: Typed) -> Typed:
    """The limit of a share written into the rule's own text."""
    signs = {"Andel minst": "≥", "Andel högst": "högst"}
    if rule in signs and isinstance(limit, float | int):
        return f"{signs[str(rule)]} {100 * limit:.0f} %"
    return rule


def _hyphenated(text: str) -> str:
    broken = {"Uppnått": "Upp-\nnått", "Maximalt impactvärde": "Maximalt\nimpactvärde"}
    return broken.get(text, text.replace(" ", "\n"))


SYNONYMS = {
    "area": "Område",
    "goal": "Delmål",
    "number": "Indikatornr",
    "name": "Kortnamn",
    "group": "Avser",
    "rule": "Målregel",
    "limit": "Gränsvärde",
    "weight": "Viktning",
    "total_number": "Resultat antal",
    "total_base": "Resultat av",
    "women_base": "Kvinnor totalt",
    "men_base": "Män totalt",
    "judged": "Uppnådd",
    "points": "Impactpoäng",
    "basis": "Källa",
    "note": "Kommentar",
}
INDEX_SYNONYMS = {
    "area": "Område",
    "goals": "Mål",
    "indicators": "Indikatorer",
    "maximum": "Max poäng",
    "achieved": "Uppnådda poäng",
    "fulfilment": "Måluppfyllelse i %",
    "index": "Index",
    "share": "Viktning 2021",
    "ideal": "Idealviktning",
    "standing": "Status",
}
OWN_TEXT = Extra("Ansvarig", ("Anna", "Bo", None))
OWN_NUMBER = Extra("Ärende", (1204, 17, None, 3.5))
_SHUFFLED = (
    "number", "name", "judged", "points", "weight", "rule", "limit", "men_number", "men_base",
    "women_number", "women_base", "total_number", "total_base", "goal", "area", "note", "basis",
    "weight_status", "group",
)  # fmt: skip
_WITHOUT_AREAS = tuple(name for name in FIELDS if name not in ("area", "goal"))


LAYOUTS = [
    Layout("as shipped"),
    Layout("rows inserted above", top=7, index_top=4),
    Layout("blank rows inside the table", gap_after=lambda n: (n % 9 == 4) + 2 * (n == 30)),
    Layout("blank columns in and before the table", left=3, columns=(*FIELDS[:4], GAP,
           *FIELDS[4:9], GAP, GAP, *FIELDS[9:])),
    Layout("own text and number columns in the table", columns=(OWN_NUMBER, *FIELDS[:5], OWN_TEXT,
           *FIELDS[5:14], OWN_NUMBER._replace(heading="Budget 2021"), *FIELDS[14:], OWN_TEXT)),
    Layout("sheets renamed in Swedish", sheet=lambda u: f"{u.sheet} å-ö & co",
           index_sheet="Uppföljning"),
    Layout("sheets renamed to nonsense", sheet=_nonsense, index_sheet="qwerty"),
    Layout("sheets reordered", order=lambda names: [*reversed(names[3:]), *names[:3]]),
    Layout("draft line above the title", titles=_with_title(
           "Utkast 3, ekonomikontoret", "", TITLE, "{name}", "")),
    Layout("draft line between title and table", titles=_with_title(
           TITLE, "{name}", "Utkast 3, ekonomikontoret")),
    Layout("title in one line", titles=_with_title(f"{TITLE} – {{name}}", "")),
    Layout("title only, unit in the sheet's name", titles=_with_title(TITLE, ""),
           sheet=lambda u: u.sheet if u.sheet != "Social budget" else u.name[:31],
           index_unit=lambda name: name[:31]),
    Layout("columns in another order", columns=_SHUFFLED,
           index_fields=tuple(reversed(INDEX_FIELDS))),
    Layout("headings in upper case", dress=str.upper),
    Layout("headings broken and hyphenated", dress=_hyphenated),
    Layout("headings with colons, stars and spaces", dress=lambda text: f"  {text} *:  "),
    Layout("synonyms for headings", headings=SYNONYMS, index_headings=INDEX_SYNONYMS),
    Layout("two heading rows, the rest merged down", heading_rows="merged"),
    Layout("two heading rows, the rest in the lower", heading_rows="below"),
    Layout("two heading rows, the rest in the upper", heading_rows="above"),
    Layout("two heading rows right below the title", heading_rows="below",
           titles=_with_title(f"{TITLE} – {{name}}")),
    Layout("area written once", areas="once"),
    Layout("area merged over its rows", areas="merged"),
    Layout("areas as section rows in their column", areas="section"),
    Layout("areas and goals as section rows, no columns", areas="sections",
           columns=_WITHOUT_AREAS),
    Layout("areas numbered in the index", index_area=lambda n, name: f"{n} {name}"),
    Layout("areas numbered with a word in the index",
           index_area=lambda n, name: f"Målområde {n}: {name}"),
    Layout("areas only numbers in the index", index_area=lambda n, _: f"Målområde {n}"),
    Layout("all budgets on one sheet", together=True, titles=_with_title("{name}", "")),
    Layout("all budgets on one sheet with full titles", together=True),
    Layout("all budgets on one sheet, title on the row above", together=True,
           titles=_with_title(f"{TITLE} – {{name}}")),
    Layout("one long index with the column Enhet", index_long="Enhet"),
    Layout("one long index with the column Plattform", index_long="Plattform",
           index_area=lambda n, name: f"{n}. {name}",
           index_unit=lambda unit: unit.removeprefix(_PLATFORM)),
    Layout("limits as text with space", limit=_limit(lambda x: (f"{100 * x:.0f} %", ""))),
    Layout("limits as text with sign", limit=_limit(lambda x: (f"≥ {100 * x:.0f} %", "@"))),
    Layout("limits as text with decimals",
           limit=_limit(lambda x: (f"{100 * x:.1f}%".replace(".", ","), ""))),
    Layout("limits as fractions without format", limit=lambda x, _: (x, "")),
    Layout("limits as whole per cent without format",
           limit=_limit(lambda x: (round(100 * x), ""))),
    Layout("limits in the rule's text", rule=_in_rule),
    Layout("judgements as 1 and 0", judged={"Ja": 1, "Nej": 0}),
    Layout("judgements as TRUE and FALSE", judged={"Ja": True, "Nej": False}),
    Layout("judgements as x and n", judged={"Ja": "x", "Nej": "n"}),
    Layout("judgements in capitals", judged={"Ja": "JA", "Nej": "NEJ "}),
    Layout("far right and down", top=36, left=29, index_top=60, index_left=40),
    Layout("notes under the table", below=(
           "Källa: enkät till deltagare, våren 2021.",
           "Vikterna beslutas av styrelsen.", "1.1 är ett nytt mål i år.")),
    Layout("several at once", top=3, left=4, sheet=_nonsense, areas="once", dress=str.upper,
           columns=(OWN_TEXT, *_SHUFFLED, GAP, OWN_NUMBER), judged={"Ja": 1, "Nej": 0},
           titles=_with_title("Utkast 3, ekonomikontoret", f"{TITLE} – {{name}}", ""),
           limit=_limit(lambda x: (f"{100 * x:.1f} %".replace(".", ","), "")),
           index_long="Enhet", index_area=lambda n, name: f"{n} {name}", index_left=5,
           below=("Not: se protokoll § 12.",)),
]  # fmt: skip


class Seen(NamedTuple):
    """What the product makes of a workbook, without its places."""

    kinds: Mapping[str, int]
    units: Mapping[str, Mapping[str, Any]]


def _unit_key(name: str) -> str:
    return name.lower().removeprefix(_PLATFORM.lower())


def _seen(path: Path) -> Seen:
    with Book(path) as book:
        found = reading.tables(book.grid)
        results = index_results.results(book.grid, found, date(2022, 1, 1))
    kinds = [table.kind for table in found]
    units: dict[str, Mapping[str, Any]] = {}
    for result in results:
        index = result.unit_index
        scores = [*index.areas, index.total]
        units[_unit_key(index.unit)] = {
            "association": index.is_association,
            "judgements": {
                j.indicator.number: (j.reached, j.calculated, j.weight, j.points)
                for j in index.judgements
            },
            "scores": [(split_number(s.name), *s[1:], s.impact_index) for s in scores],
            "colours": [standing(score, result.rules) for score in scores],
            "shares": [index.share(area) for area in index.areas],
            "excluded": [indicator.number for indicator in result.budget.excluded],
            "problems": sorted((f.code, f.severity) for f in result.findings),
        }
    assert len(units) == len(results), "two budgets were given the same unit"
    mine = ("social_budget", "impact_index")
    return Seen({kind: kinds.count(kind) for kind in mine}, units)


@pytest.fixture(scope="module")
def shipped() -> Seen:
    """The unmutated workbook as it is understood."""
    return _seen(SOCIAL_BUDGET)


_MEANINGS = {"Ja": True, "Nej": False, "NEJ": False, "JA": True, "x": True, "n": False}


def _held(book: Any, ref: Ref, name: str) -> Any:
    """What a result cell says, however it is typed."""
    value = book[ref.sheet][ref.cell].value
    if name == "judged":
        text = value.strip() if isinstance(value, str) else value
        return None if text == "Ej mätt" else _MEANINGS.get(text, text)
    if name in ("fulfilment", "share") and isinstance(value, float | int):
        return round(100 * value)
    return value


def _fill(book: Any, ref: Ref) -> str:
    fill = book[ref.sheet][ref.cell].fill
    return str(fill.fgColor.rgb) if fill.fill_type else ""


def _applied(path: Path) -> Any:
    with workbook(path) as book:
        book.apply(book.recompute().plan)
    return openpyxl.load_workbook(path, data_only=True)


_WRITTEN = ("judged", "points")
_WRITTEN_INDEX = (
    "goals", "indicators", "maximum", "achieved", "fulfilment", "index", "share", "standing",
)  # fmt: skip


class After(NamedTuple):
    """The unmutated workbook once it has been recomputed: its results and index colours."""

    held: Mapping[tuple[Any, ...], Any]
    fills: Mapping[tuple[str, int], str]


@pytest.fixture(scope="module")
def after_shipped(tmp_path_factory: pytest.TempPathFactory) -> After:
    """What the unmutated workbook holds after a run."""
    book = _applied(copy(SOCIAL_BUDGET, tmp_path_factory.mktemp("shipped")))
    places = unmutated()
    held = {
        key: _held(book, ref, key[-1])
        for key, ref in places.items()
        if key[0] == "sum" or key[-1] in (*_WRITTEN, *_WRITTEN_INDEX)
    }
    fills = {
        (key[1], key[2]): _fill(book, ref)
        for key, ref in places.items()
        if key[0] == "index" and key[-1] == "index"
    }
    return After(held, fills)


def _id(layout: Layout) -> str:
    return layout.name


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_same_index_in_every_layout(layout: Layout, shipped: Seen, tmp_path: Path) -> None:
    """Units, judgements, points, index, colours and findings do not depend on the layout."""
    seen = _seen(write(layout, tmp_path / "bok.xlsx").path)
    assert seen.kinds == shipped.kinds
    names = {_unit_key(layout.index_unit(unit)): unit for unit in shipped.units}
    assert set(seen.units) == set(names)
    for name, unit in names.items():
        for what, value in seen.units[name].items():
            assert value == shipped.units[unit][what], f"{unit}: {what}"


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_results_land_in_the_right_cells(
    layout: Layout, after_shipped: After, tmp_path: Path
) -> None:
    """What the plan writes stands where that layout keeps it, and nothing else changes."""
    placed = write(layout, tmp_path / "bok.xlsx")
    before = openpyxl.load_workbook(placed.path)
    after = _applied(placed.path)
    wrong = {
        str(placed.places[key]): (key, held, expected)
        for key, expected in after_shipped.held.items()
        if (held := _held(after, placed.places[key], key[-1])) != expected
        and not (held is None and _is_formula(before, placed.places[key]))
    }
    assert not wrong
    allowed = {placed.places[key] for key in after_shipped.held}
    assert not list(_changes(before, openpyxl.load_workbook(placed.path), allowed))


@pytest.mark.parametrize("name", ["as shipped", "far right and down", "several at once"])
def test_index_cells_get_their_colour(name: str, after_shipped: After, tmp_path: Path) -> None:
    """The index cells are filled with the same colours, wherever they stand."""
    layout = next(layout for layout in LAYOUTS if layout.name == name)
    placed = write(layout, tmp_path / "bok.xlsx")
    after = _applied(placed.path)
    fills = {
        (unit, line): _fill(after, placed.places["index", unit, line, "index"])
        for unit, line in after_shipped.fills
    }
    assert fills == after_shipped.fills


def _is_formula(book: Any, ref: Ref) -> bool:
    """Whether a cell holds a formula; openpyxl writes none of their results."""
    return bool(book[ref.sheet][ref.cell].data_type == "f")


def _changes(before: Any, after: Any, allowed: set[Ref]) -> Iterator[tuple[Ref, Any, Any]]:
    assert after.sheetnames == before.sheetnames
    for sheet in after.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                ref, old = Ref(sheet.title, cell.coordinate), before[sheet.title][cell.coordinate]
                if ref not in allowed and (cell.value, cell.number_format) != (
                    old.value,
                    old.number_format,
                ):
                    yield ref, old.value, cell.value


@pytest.mark.parametrize("layout", LAYOUTS, ids=_id)
def test_second_run_finds_nothing_to_do(layout: Layout, tmp_path: Path) -> None:
    """A recomputed workbook is understood as before: the next plan is empty."""
    path = write(layout, tmp_path / "bok.xlsx").path
    _applied(path)
    with workbook(path) as book:
        result = book.recompute()
    assert result.plan.edits == ()
    assert not [f for f in result.findings if f.code in ("index-avviker", "formel-avviker")]


def test_fractions_without_format_stay_fractions(tmp_path: Path) -> None:
    """Where 0,66 is typed without per cent format, a full area is 1 and not 100."""
    placed = write(Layout("fractions", percent=False), tmp_path / "bok.xlsx")
    after = _applied(placed.path)
    for key, ref in placed.places.items():
        if key[-1] == "fulfilment":
            assert 0 <= after[ref.sheet][ref.cell].value <= 1, f"{key}: {ref}"


def test_whole_percentages_without_format_stay_whole(tmp_path: Path) -> None:
    """Where 66 is typed for 66 %, whole per cent are written."""
    placed = write(Layout("whole", percent=False), tmp_path / "bok.xlsx")
    book = openpyxl.load_workbook(placed.path)
    for key, ref in placed.places.items():
        cell = book[ref.sheet][ref.cell]
        if key[-1] in ("fulfilment", "share", "ideal") and isinstance(cell.value, float | int):
            cell.value = round(100 * cell.value)
    nordmaling = placed.places["index", "Samordningsteamet Nordmaling", 6, "fulfilment"]
    book.save(placed.path)
    after = _applied(placed.path)
    assert after[nordmaling.sheet][nordmaling.cell].value == 60


def _sheet(path: Path, name: str, rows: Sequence[Sequence[Typed]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


NOT_SOCIAL_BUDGETS: dict[str, list[list[Typed]]] = {
    "ledger": [
        ["Huvudbok 2021"],
        ["Ver nr", "Datum", "Konto", "Benämning", "Belopp", "Saldo"],
        ["A12", "2021-01-31", 5010, "Lokalhyra", 29_500.0, 29_500.0],
        ["A13", "2021-02-28", 5010, "Lokalhyra", 29_500.0, 59_000.0],
    ],
    "ledger with our words": [
        ["Nr", "Datum", "Mål", "Resultat", "Antal", "Källa", "Kommentar", "Belopp"],
        ["1.1", "2021-01-31", "Hyra", 1, 2, "bank", None, 29_500.0],
        ["1.2", "2021-02-28", "Hyra", 1, 2, "bank", "sen", 29_500.0],
    ],
    "participants": [
        ["Deltagare 2021, tabell 1"],
        ["Plattform", "Kvinnor", "Män", "Totalt", "Procent", "Anmärkning"],
        ["Bjurholm", 5, 7, 12, 0.42, None],
        ["Vännäs", 18, 15, 33, 0.54, None],
    ],
    "participants with numbers": [
        ["Nr", "Enhet", "Kvinnor", "Män", "Utfall antal", "Utfall av", "Målgrupp", "Källa"],
        ["1.1", "Bjurholm", 5, 7, 12, 30, "Deltagare", "SUS"],
    ],
    "budget": [
        ["Budget 2021, tkr"],
        ["Insats", "Budget 2020", "Utfall 2020", "Budget 2021", "Avvikelse", "Kommentar"],
        ["P41VÄN, Vännäs", 1_000, 980, 1_050, 20, None],
        ["Summa", 1_000, 980, 1_050, 20, None],
    ],
    "weighing list": [
        ["Nr", "Namn", "Vikt", "Antal", "Kommentar", "Målgrupp"],
        ["1.1", "Kartong", 12, 3, "skör", "Umeå"],
        ["1.2", "Pall", 10, 1, None, "Umeå"],
    ],
    "tender": [
        ["Utvärdering av anbud"],
        ["Nr", "Område", "Villkor", "Vikt", "Poäng", "Kommentar"],
        [1, "Pris", "Ska", 40, 8, "lägst"],
        [2, "Kvalitet", "Bör", 60, 7, None],
        ["Summa", None, None, 100, 15, None],
    ],
    "goals in prose": [
        ["Social budget 2021"],
        ["Målområde", "Mål", "Indikator", "Vikt"],
        ["Samordning", "Alla samverkar", "Enkät", "stor vikt"],
    ],
}


@pytest.mark.parametrize("kind", NOT_SOCIAL_BUDGETS)
def test_other_tables_are_not_social_budgets(kind: str, tmp_path: Path) -> None:
    """Ledgers, participants, budgets and evaluations are left alone."""
    path = _sheet(tmp_path / "annan.xlsx", "Blad1", NOT_SOCIAL_BUDGETS[kind])
    with workbook(path) as book:
        assert "social_budget" not in [table.kind for table in book.tables()]


@pytest.mark.parametrize("kind", NOT_SOCIAL_BUDGETS)
def test_other_tables_beside_a_social_budget_stay_untouched(kind: str, tmp_path: Path) -> None:
    """An extra sheet in the same workbook gets no edit and no finding."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Annat", 0)
    for row in NOT_SOCIAL_BUDGETS[kind]:
        sheet.append(row)
    book.save(path)
    with workbook(path) as opened:
        result = opened.recompute()
    assert not [edit for edit in result.plan.edits if edit.sheet == "Annat"]
    assert not [finding for finding in result.findings if finding.sheet == "Annat"]


def test_the_shipped_participants_sheet_is_no_social_budget() -> None:
    """The sheet Deltagare of the shipped workbook is what it is."""
    with workbook(SOCIAL_BUDGET) as book:
        found = {table.kind for table in book.tables() if table.sheet == "Deltagare"}
    assert found == {"participants", "platforms"}


def test_our_own_report_is_not_read_again(social_budget: Path) -> None:
    """After a report was added the same tables are recognised, and not the report."""
    with workbook(social_budget) as book:
        before = [(t.sheet, t.kind, t.range) for t in book.tables()]
        result = book.recompute(("impactindex",))
        book.apply(result)
    with workbook(social_budget) as book:
        assert [(t.sheet, t.kind, t.range) for t in book.tables()] == before


def test_run_id_names_the_minute() -> None:
    """The run is named by its minute and the content."""
    with workbook(SOCIAL_BUDGET) as book:
        assert re.fullmatch(rf"{NOW:%Y-%m-%d %H\.%M} · [0-9a-f]{{4}}", book.run_id)
