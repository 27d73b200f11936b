"""The contradictions that stand in the published documents are found in the shipped workbooks.

All three are checked together, as a finance officer would. The figures are the documents'
(``workbooks/build/data``): stated where the finding is, calculated or stated in the other place.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Any, NamedTuple

import openpyxl
import pytest

from support.budget_layouts import LAPPLAND, UMEA
from support.commands import finsam_xl
from support.workbooks import DATA, EXISTING, SOCIAL_BUDGET

Place = tuple[str, str]


class Known(NamedTuple):
    """A contradiction: what it is, severity, the places that take part, and the two figures.

    ``places``: any of them may carry the finding, the others are then among ``also``.
    """

    what: str
    severity: str
    code: str
    places: tuple[Place, ...]
    figures: tuple[float, float]


KNOWN = (
    Known(
        "equity at the turn of 2018/2019: the tertial report's text against the annual overview",
        "error",
        "olika-uppgifter",
        (("Uppgifter i text", "B30"), ("Femårsöversikt", "E11")),
        (2892, 2992),
    ),
    Known(
        "the office's budget 2019: the tertial report against the plan 2020–2022",
        "error",
        "olika-budget",
        (("Budget 2019", "B28"), ("Tertial 2 2019", "B20")),
        (2360, 2210),
    ),
    Known(
        "the costs of budget 2019, which follow from the office's",
        "error",
        "olika-uppgifter",
        (("Budget 2019", "B47"), ("Tertial 2 2019", "B38")),
        (14040, 13890),
    ),
    Known(
        "Umeå's share in its label against the amount",
        "warning",
        "andel-i-etikett",
        (("Plan 2020-2022", "A8"),),
        (82, 82.7),
    ),
    Known(
        "the shares in the labels, which are not a whole",
        "warning",
        "andelar-summerar-inte",
        (("Plan 2020-2022", "A8"),),
        (99.3, 100),
    ),
    Known(
        "the fees of note 2, each rounded up, against their total",
        "info",
        "summa-avrundning",
        (("Not 2", "B14"),),
        (11380000, 11380002),
    ),
    Known(
        "the cash flow of 2021 without the year's result",
        "warning",
        "summa-avviker",
        (("Kassaflödesanalys", "B12"),),
        (1164172, 954231),
    ),
    Known(
        "the cash flow of 2020 without the year's result",
        "warning",
        "summa-avviker",
        (("Kassaflödesanalys", "C12"),),
        (-672087, -655260),
    ),
    Known(
        "budgeted closing equity 2021 against opening and result",
        "error",
        "eget-kapital-rullar-inte",
        (("Driftredovisning", "C15"), ("Driftredovisning", "E15"), ("Driftredovisning", "C14")),
        (894, 864),
    ),
    Known(
        "the budgeted deficit of 2019: the tertial report's text against the plan",
        "warning",
        "olika-uppgifter",
        (("Uppgifter i text", "B29"), ("Budget 2019", "B48")),
        (2350, 2501),
    ),
    Known(
        "expected equity after 2019: the tertial report's text against the plan",
        "warning",
        "olika-uppgifter",
        (("Uppgifter i text", "B32"), ("Budget 2019", "B53")),
        (750, 600),
    ),
)


@cache
def _findings() -> tuple[dict[str, Any], ...]:
    files = sorted(EXISTING.glob("*.xlsx"))
    assert set(files) == {UMEA, LAPPLAND, SOCIAL_BUDGET}
    answer = finsam_xl("check", *files, "--json")
    assert (answer.code, answer.err) == (1, "")
    return tuple(answer.content["findings"])


def _places(finding: dict[str, Any]) -> set[Place]:
    return {(one["sheet"], one["cell"]) for one in (finding, *finding["also"])}


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.what)
def test_a_known_contradiction_is_found(known: Known) -> None:
    """Once, with its severity, both figures, and every place in the finding or beside it."""
    found = [
        f
        for f in _findings()
        if f["code"] == known.code
        and (f["sheet"], f["cell"]) in known.places
        and {f["stated"], f["calculated"]} == set(known.figures)
    ]
    assert len(found) == 1
    (one,) = found
    assert one["severity"] == known.severity
    assert one["file"] == UMEA.name
    assert set(known.places) <= _places(one)
    assert one["difference"] == pytest.approx(one["stated"] - one["calculated"])
    assert all(place["file"] == UMEA.name for place in one["also"])


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.what)
def test_its_cells_hold_the_documents_figures(known: Known) -> None:
    """Where a stated figure is a number in a cell, openpyxl reads the same one there."""
    book = openpyxl.load_workbook(UMEA, data_only=True)
    shown = [book[sheet][cell].value for sheet, cell in known.places]
    numbers = [value for value in shown if isinstance(value, int | float)]
    said = {abs(figure) for figure in known.figures}
    assert not numbers or any(abs(value) in said for value in numbers)


def _cell(name: str, label: str, column: str, nth: int = 0) -> int:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["line"] == label]
    return int(rows[nth][column])


def test_the_figures_are_those_of_the_transcribed_documents() -> None:
    """The contradictions stand in the documents, not in the workbooks made from them."""
    assert _cell("umea-annual-2021__femarsoversikt", "Eget kapital", "2018") == 2992
    flow, column = "Kassaflöde för den löpande verksamheten", "2021-12-31"
    assert _cell("umea-annual-2021__kassaflodesanalys", flow, column) == 1164172
    assert _cell("umea-annual-2021__not-2-medlemsavgifter", "Summa", "2021") == 11380000
    drift = "umea-annual-2021__driftsredovisning"
    assert _cell(drift, "Utgående eget kapital", "Budget 2021") == 894
    assert _cell(drift, "Utgående eget kapital", "Utfall 2020") == 2010
    assert _cell(drift, "Verksamhetens resultat", "Budget 2021") == -1146
    office = "Summa kansli och styrelse"
    assert _cell("umea-tertial-2019-t2__resultatrapport", office, "Budget 2019") == 2210
    assert _cell("umea-plan-2020-2022__budget-2019", office, "Budget 2019") == 2360


def test_the_cash_flow_names_what_is_left_out() -> None:
    """The row that is the whole difference: the funds from operations, which are the result."""
    told = [f for f in _findings() if f["sheet"] == "Kassaflödesanalys" and f["severity"] != "info"]
    assert [f["cell"] for f in told] == ["B12", "C12"]
    assert all("Medel från verksamheten" in f["message"] for f in told)


def test_no_other_error_about_amounts() -> None:
    """Four, each a contradiction that stands in the documents."""
    errors = {
        (f["code"], f["sheet"], f["cell"])
        for f in _findings()
        if f["severity"] == "error" and f["file"] == UMEA.name
    }
    assert errors == {(k.code, *k.places[0]) for k in KNOWN if k.severity == "error"}


def test_sodra_lappland_has_nothing_above_info() -> None:
    """Its budget adds up, rolls forward, and contradicts nothing."""
    here = [f for f in _findings() if f["file"] == LAPPLAND.name]
    assert here
    assert [f for f in here if f["severity"] != "info"] == []
    alone = finsam_xl("check", LAPPLAND, "--json")
    assert alone.code == 0
    assert [f for f in alone.content["findings"] if f["severity"] != "info"] == []


def test_the_other_association_is_checked_by_itself() -> None:
    """Södra Lappland's workbook is told to be another's, and takes part in no contradiction."""
    (note,) = [f for f in _findings() if f["code"] == "annat-forbund"]
    assert (note["severity"], note["file"]) == ("info", LAPPLAND.name)
    across = [
        f
        for f in _findings()
        for place in f["also"]
        if (f["file"] == LAPPLAND.name) is not (place["file"] == LAPPLAND.name)
    ]
    assert across == []


def test_forecasts_and_plans_are_at_most_notes() -> None:
    """Other forecasts, and years planned before they were budgeted, differ as they may."""
    for code, least in (("prognoser-skiljer", 1), ("plan-mot-budget", 3), ("ingaende-skiljer", 1)):
        told = [f for f in _findings() if f["code"] == code]
        assert len(told) >= least
        assert {f["severity"] for f in told} == {"info"}
