"""Quarters, dragged rows, fees to date, missing forecasts and large steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from finsam_xl import checks
from finsam_xl.checks.amounts.series import check
from finsam_xl.model import Finding
from finsam_xl.policy.loader import read_rules
from support.properties import given
from support.typed_sheets import Rows, said, typed

_YEARS = ("Budget 2024", "Budget 2025", "Budget 2026")
_COSTS: tuple[list[Any], ...] = (
    ["Kostnader", None],
    ["Hyra", 100, 100, 100],
    ["Summa kostnader", 100, 100, 100],
)


def _fees(**changed: Sequence[int | None]) -> list[list[Any]]:
    """Member fees of three years that divide evenly; ``changed``: party → its amounts."""
    amounts: dict[str, Sequence[int | None]] = {
        "state": (2000, 2000, 2000),
        "ekby": (700, 700, 700),
        "sjöby": (300, 300, 300),
        "region": (1000, 1000, 1000),
        **changed,
    }
    names = ("Försäkringskassan", "Ekby kommun", "Sjöby kommun", "Region Norr")
    rows: list[list[Any]] = [["Budget"], [None, *_YEARS], ["Intäkter"]]
    rows += [[name, *of] for name, of in zip(names, amounts.values(), strict=True)]
    sums = [sum(of[n] or 0 for of in amounts.values()) for n in range(3)]
    return [*rows, ["Summa intäkter", *sums], *_COSTS]


def _only(rows: Rows) -> Finding:
    (found,) = check([typed(("Blad", rows))])
    return found


def test_equal_quarters_are_silent() -> None:
    """Half the state's is the region's is the municipalities'."""
    assert said(check, _fees()) == []


def test_a_region_that_was_dragged_sideways() -> None:
    """One finding for the quarter and for why; the last year is the most wrong."""
    found = _only(_fees(region=(1000, 1001, 1002)))
    assert (found.severity, found.code, found.cell) == ("warning", "kvart-avviker", "D7")
    assert (found.stated, found.calculated, found.difference) == (1002, 1000, 2)
    assert "dragen åt sidan" in found.message
    assert [ref.cell for ref in found.also] == ["C7"]


def test_a_region_that_is_wrong_in_one_year() -> None:
    """No talk of dragging where nothing was dragged."""
    found = _only(_fees(region=(1000, 1050, 1000)))
    assert (found.severity, found.code, found.cell) == ("warning", "kvart-avviker", "C7")
    assert "dragen" not in found.message


def test_municipalities_that_miss_by_rounding() -> None:
    """A note at the one that moved, once for all years."""
    found = _only(_fees(ekby=(700, 701, 701)))
    assert (found.severity, found.code, found.cell) == ("info", "kvart-avrundad", "C5")
    assert [ref.cell for ref in found.also] == ["D5"]


def test_municipalities_that_miss_by_more() -> None:
    """A warning at the one that moved."""
    found = _only(_fees(sjöby=(300, 300, 390)))
    assert (found.severity, found.code, found.cell) == ("warning", "kvart-avviker", "D6")


@pytest.mark.parametrize(
    "changed",
    [
        {"state": (2001, 2001, 2001)},
        {"state": (2000, 2100, 2000), "region": (1000, 1050, 1000), "ekby": (700, 750, 700)},
        {"region": (None, None, None)},
        {"state": (None, None, None)},
    ],
    ids=["an odd fee has no whole half", "all move together", "no region", "no state"],
)
def test_quarters_that_are_let_be(changed: dict[str, Sequence[int | None]]) -> None:
    """Rounding of a half, and what cannot be compared."""
    assert said(check, _fees(**changed)) == []


def test_other_money_from_the_same_party_is_no_fee() -> None:
    """An extra grant from the state does not double its fee."""
    rows = _fees()
    rows.insert(4, ["Försäkringskassan, extra tilldelning", 500, None, None])
    rows[8] = ["Summa intäkter", 4500, 4000, 4000]
    assert said(check, rows) == []


@given(st.integers(4, 4000), st.integers(1, 99))
def test_fees_that_divide_evenly_are_never_spoken_of(quarter: int, share: int) -> None:
    """Whatever the pool and the key."""
    ekby = quarter * share // 100
    part: dict[str, Sequence[int | None]] = {
        "state": (2 * quarter,) * 3,
        "ekby": (ekby,) * 3,
        "sjöby": (quarter - ekby,) * 3,
        "region": (quarter,) * 3,
    }
    assert said(check, _fees(**part)) == []


def _lines(*rows: list[Any]) -> list[list[Any]]:
    return [["Budget"], [None, *_YEARS], ["Kostnader"], *rows]


def test_a_line_that_was_dragged() -> None:
    """One more each year, while every line beside it stands still."""
    rows = _lines(["Hyra", 845, 846, 847], ["Lön", 900, 900, 900], ["Porto", 12, 12, 12])
    found = _only(rows)
    assert (found.severity, found.code, found.cell) == ("warning", "serie-dragen", "D4")
    assert "845, 846, 847" in found.message


@pytest.mark.parametrize(
    "rows",
    [
        _lines(["Revisorer", 38, 39, 40], ["Lön", 180, 180, 180], ["Porto", 12, 12, 12]),
        _lines(["Hyra", 845, 846, 847], ["Lön", 900, 920, 940], ["Porto", 12, 12, 12]),
        _lines(["Hyra", 845, 846, 848], ["Lön", 900, 900, 900], ["Porto", 12, 12, 12]),
        _lines(["Hyra", 845, 846, None], ["Lön", 900, 900, 900], ["Porto", 12, 12, 12]),
        _lines(["Från år", 2024, 2025, 2026], ["Lön", 900, 900, 900], ["Porto", 12, 12, 12]),
        _lines(["Hyra", 845, 846, 847], ["Porto", 12, 12, 12]),
    ],
    ids=["a small amount", "others move too", "not by one", "two years", "years", "too few"],
)
def test_planned_increases_are_let_be(rows: Rows) -> None:
    """A step of one is not enough by itself."""
    assert said(check, rows) == []


def _tertial(*fees: int, costs: Sequence[list[Any]] = (), month: str = "T2") -> list[list[Any]]:
    whole = (2000, 350, 350, 300, 1000)
    names = ("Försäkringskassan", "Ekby kommun", "Sjöby kommun", "Åby kommun", "Region Norr")
    return [
        ["Tertialrapport 2024"],
        [None, "Budget 2024", f"Utfall t.o.m. {month} 2024", "Prognos 2024"],
        ["Intäkter"],
        *([n, w, f, w] for n, w, f in zip(names, whole, fees, strict=True)),
        ["Summa intäkter", 4000, sum(fees), 4000],
        ["Kostnader"],
        *costs,
        ["Hyra", 100, 60, 100],
    ]


_TWO_THIRDS = (1333, 233, 233, 200, 667)


def test_fees_of_eight_months() -> None:
    """Silent when right, rounding of the exact fee allowed; a warning for one that is not."""
    assert said(check, _tertial(*_TWO_THIRDS)) == []
    assert said(check, _tertial(1333, 234, 233, 200, 667)) == []
    found = _only(_tertial(1333, 233, 175, 200, 667))
    assert (found.severity, found.code, found.cell) == ("warning", "avgift-hittills", "C6")
    assert "8/12" in found.message


def test_fees_of_four_months() -> None:
    """The first tertial is a third."""
    assert said(check, _tertial(667, 117, 117, 100, 333, month="T1")) == []


def test_fees_paid_a_quarter_ahead() -> None:
    """A note that all follow another pace, and a warning only for the one that does not."""
    rows = _tertial(1500, 262, 263, 225, 500)
    assert said(check, rows) == [
        ("info", "avgift-annan-takt", "C4"),
        ("warning", "avgift-hittills", "C8"),
    ]


def test_an_outcome_without_forecast() -> None:
    """Income and cost of a project that nobody has forecast: one finding."""
    rows = _tertial(*_TWO_THIRDS, costs=[["Projekt A", None, 900, None], ["Lön", 900, 500, 900]])
    rows.insert(8, ["EU-medel", None, 950, None])
    rows[9] = ["Summa intäkter", 4000, 3616, 4000]
    found = _only(rows)
    assert (found.severity, found.code, found.cell) == ("warning", "utfall-utan-prognos", "D9")
    assert [ref.cell for ref in found.also] == ["D12"]


@pytest.mark.parametrize(
    "costs",
    [
        [["Bankavgifter", None, 2, None], ["Lön", 900, 500, 900]],
        [["Lön", 900, 500, None], ["Resor", 9, 5, None], ["Porto", 9, 5, None]] * 3,
        [["Projekt A", 100, None, None], ["Lön", 900, 500, 900]],
    ],
    ids=["a trifle", "a column not filled in", "no outcome"],
)
def test_forecasts_that_are_not_missed(costs: list[list[Any]]) -> None:
    """Silent where nothing of weight lacks a forecast."""
    assert said(check, _tertial(*_TWO_THIRDS, costs=costs)) == []


def test_large_steps_are_one_note() -> None:
    """The largest first, down and up, at the year in which they come."""
    found = _only(
        _lines(["Lag Ett", 710, 410, 420], ["Lag Två", 300, 900, 900], ["Lön", 2000, 2000, 2050])
    )
    assert (found.severity, found.code, found.cell) == ("info", "stort-steg", "C5")
    assert [ref.cell for ref in found.also] == ["C4"]
    assert "710 → 410" in found.message


@pytest.mark.parametrize(
    "row",
    [
        ["Reserv", 200, 700, 700],
        ["Övriga insatser", 70, 800, 1800],
        ["Lag Ett", 850, None, None],
        ["Lag Ett", 850, 300, 0],
        ["Lag Ett", 0, 300, 900],
        ["Porto", 10, 19, 19],
        ["Lag Ett", 850, 600, 600],
    ],
    ids=["a reserve", "others", "ends", "fades out", "begins", "a trifle", "not so large"],
)
def test_steps_that_are_let_be(row: list[Any]) -> None:
    """What comes and goes, begins or ends, or is small."""
    assert said(check, _lines(row, ["Lön", 2000, 2000, 2050])) == []


def test_statements_with_last_year_on_the_right_are_no_plan() -> None:
    """Outcomes may step as they like."""
    rows: Rows = [
        ["Resultat"],
        [None, "2024", "2023"],
        ["Lag Ett", 200, 900],
        ["Lön", 900, 900],
        ["Summa", 1100, 1800],
    ]
    assert said(check, rows) == []


def test_every_threshold_is_asked_for() -> None:
    """No rule of the file lies about unread, and none is asked for that is not there."""
    modules = Path(checks.__file__).parent.rglob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert {name for name in read_rules("checks") if f'"{name}"' not in code} == set()
