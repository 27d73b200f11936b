"""The same line of the same budget in two tables: same amount, or a finding at it."""

from __future__ import annotations

import pytest

from finsam_xl.checks.agreement import same_lines
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from support.invented import Line, book, places, table, told

NO_BREAK = "\u00a0"
LINES: tuple[Line, ...] = (
    ("Intäkter",),
    ("Medlemsavgifter", 1000),
    ("Bidrag", 100),
    ("Kansli, kostnader",),
    ("Personal", 400),
    ("Lokal", 100),
    ("Summa kansli", 500),
)


def _table(
    sheet: str,
    *lines: Line,
    heading: str = "Budget 2024",
    unit: str = "tkr",
    kind: str = "budget",
) -> Budget:
    return table(sheet, f"{sheet}, {unit}", (heading,), *(lines or LINES), unit=unit, kind=kind)


def _with(**amounts: int | None) -> tuple[Line, ...]:
    """The lines with other amounts, by label."""
    return tuple((label, amounts.get(label, old[0])) if old else (label,) for label, *old in LINES)


def _check(*budgets: Budget) -> list[Finding]:
    return list(same_lines.check([book(*budgets)]))


def test_the_same_budget_twice() -> None:
    """All lines agree: nothing to tell."""
    assert not _check(_table("Plan"), _table("Uppföljning"))


def test_a_line_that_differs() -> None:
    """An error at the first table's cell, with the other's; and only that line."""
    (found,) = _check(_table("Plan"), _table("Uppföljning", *_with(Lokal=250)))
    assert told(found) == ("error", "olika-budget", "Plan", "B11")
    assert (found.stated, found.calculated, found.difference) == (100, 250, -150)
    assert places(found) == ["Uppföljning!B11"]
    assert "Lokal, budget 2024: 100 här men 250 i Uppföljning!B11" in found.message


def test_section_totals_are_compared_too() -> None:
    """A total that is not the whole side: its lines may be missing in one of the tables."""
    (found,) = _check(_table("Plan"), _table("Uppföljning", *_with(**{"Summa kansli": 650})))
    assert (found.cell, found.stated, found.calculated) == ("B12", 500, 650)


def test_grand_totals_are_left_to_others() -> None:
    """All costs and the result are compared by what they are, in every table."""
    more: tuple[Line, ...] = (("Summa kostnader", 500), ("Årets resultat", 600))
    other: tuple[Line, ...] = (("Summa kostnader", 510), ("Årets resultat", 590))
    assert not _check(_table("Plan", *LINES, *more), _table("Uppföljning", *LINES, *other))


def test_another_order_and_other_spaces() -> None:
    """Lines are found by label and section, not by place."""
    shuffled = (*LINES[3:], *LINES[:3])
    assert not _check(_table("Plan"), _table("Uppföljning", *shuffled))
    wide: list[Line] = [(f" {line[0].upper()} ", *line[1:]) for line in LINES]
    assert not _check(_table("Plan"), _table("Uppföljning", *wide))


def test_a_section_called_otherwise() -> None:
    """A label that stands once in each table is the same line."""
    lines = _with(Personal=380)
    renamed: tuple[Line, ...] = (*lines[:3], ("Administrativa kostnader",), *lines[4:])
    (found,) = _check(_table("Plan"), _table("Uppföljning", *renamed))
    assert (found.cell, found.stated, found.calculated) == ("B10", 400, 380)


def test_double_labels_cannot_be_told_apart() -> None:
    """A label that stands twice in a section is compared with nothing."""
    doubled = (*LINES, ("Insatser, kostnader",), ("Övrigt", 10), ("Övrigt", 20))
    other = (*LINES, ("Insatser, kostnader",), ("Övrigt", 20), ("Övrigt", 10))
    assert not _check(_table("Plan", *doubled), _table("Uppföljning", *other))


def test_the_same_label_in_two_sections() -> None:
    """Compared section by section."""
    both = (*LINES, ("Insatser, kostnader",), ("Lokal", 70))
    assert not _check(_table("Plan", *both), _table("Uppföljning", *both))
    swapped = (*LINES[:5], ("Lokal", 70), LINES[6], ("Insatser, kostnader",), ("Lokal", 100))
    found = _check(_table("Plan", *both), _table("Uppföljning", *swapped))
    assert [(f.cell, f.stated, f.calculated) for f in found] == [("B11", 100, 70), ("B14", 70, 100)]


def test_income_is_not_a_cost() -> None:
    """The same label on the other side of the result is another line."""
    one = (*LINES, ("Andra intäkter",), ("EU-projekt", 80))
    other = (*LINES, ("Andra kostnader",), ("EU-projekt", 90))
    assert not _check(_table("Plan", *one), _table("Uppföljning", *other))


@pytest.mark.parametrize(
    ("kronor", "differs"), [(400_499, False), (399_500, False), (401_000, True)]
)
def test_kronor_against_thousands(kronor: int, differs: bool) -> None:
    """Thousands are rounded from kronor."""
    thousands = {"Medlemsavgifter": 1_000_000, "Bidrag": 100_000, "Lokal": 100_000}
    lines = _with(**thousands, Personal=kronor, **{"Summa kansli": 500_000})
    found = _check(_table("Plan"), _table("Uppföljning", *lines, unit="kr"))
    assert bool(found) is differs
    for one in found:
        assert (one.stated, one.calculated, one.difference) == (400, 401, -1)
        assert "401 i Uppföljning!B10" in one.message


def test_one_thousand_apart_in_the_same_unit() -> None:
    """A budget is decided, not rounded: 400 and 401 tkr are two budgets."""
    assert len(_check(_table("Plan"), _table("Uppföljning", *_with(Personal=401)))) == 1


def test_blank_is_no_amount() -> None:
    """Not budgeted in one of the tables is nothing to compare, and not zero."""
    assert not _check(_table("Plan"), _table("Uppföljning", *_with(Personal=None)))
    assert len(_check(_table("Plan"), _table("Uppföljning", *_with(Personal=0)))) == 1


def test_too_different_to_be_the_same_budget() -> None:
    """Where most lines differ it is another budget: silence rather than a page of errors."""
    other = _with(Bidrag=90, Lokal=90, Personal=390)
    assert not _check(_table("Plan"), _table("Uppföljning", *other))


def test_too_little_in_common() -> None:
    """Two lines with the same labels say nothing."""
    one: tuple[Line, ...] = (("Personal", 400), ("Lokal", 100), ("Resor", 5))
    other: tuple[Line, ...] = (("Personal", 400), ("Lokal", 120), ("Telefon", 5))
    assert not _check(_table("Plan", *one), _table("Uppföljning", *other))


@pytest.mark.parametrize("heading", ["Utfall 2024", "Budget 2025", "Prognos 2024", "Plan 2024"])
def test_only_the_same_budget_is_compared(heading: str) -> None:
    """Another year, a forecast, an outcome: other figures."""
    other = _table("Uppföljning", *_with(Lokal=250), heading=heading)
    assert not _check(_table("Plan"), other)


def test_a_plans_later_years_are_not_compared() -> None:
    """What was then adopted may differ."""
    years = ("Budget 2023", "Budget 2024", "Budget 2025")
    rows = [row._replace(amounts=3 * row.amounts) for row in _table("Plan").rows]
    plan = table("Plan", "Plan", years, kind="plan")._replace(rows=rows)
    assert not _check(plan, _table("Uppföljning", *_with(Lokal=250)))
    first = _table("Uppföljning", *_with(Lokal=250), heading="Budget 2023")
    assert [f.cell for f in _check(plan, first)] == ["B11"]


def test_forecasts_are_one_note() -> None:
    """All lines that differ in one info, at the one that differs most, with all places."""
    one = _table("Uppföljning", heading="Prognos 2024")
    other = _table("Plan", *_with(Personal=350, Lokal=110), heading="Prognos 2024")
    (found,) = _check(one, other)
    assert told(found) == ("info", "prognoser-skiljer", "Uppföljning", "B10")
    assert (found.stated, found.calculated) == (400, 350)
    assert places(found) == ["Plan!B10", "Uppföljning!B10", "Plan!B11", "Uppföljning!B11"]
    assert "Personal 400 mot 350 och Lokal 100 mot 110" in found.message


def test_forecasts_that_agree() -> None:
    """Nothing to tell."""
    assert not _check(*(_table(name, heading="Prognos 2024") for name in ("Ett", "Två")))


def test_the_odd_one_of_three_tables() -> None:
    """A budget that two of three tables state: the third is told once, with both."""
    odd = _table("Tre", *_with(Lokal=250))
    (found,) = _check(_table("Ett"), _table("Två"), odd)
    assert (found.sheet, found.stated, found.calculated) == ("Tre", 250, 100)
    assert places(found) == ["Ett!B11", "Två!B11"]


def test_files_of_one_association_and_of_two() -> None:
    """The other place names its file; other associations are not compared."""
    one, other = _table("Plan"), _table("Uppföljning", *_with(Lokal=250))
    pair = [book(one, file="ett.xlsx"), book(other, file="två.xlsx")]
    (found,) = same_lines.check(pair)
    assert (found.file, places(found)) == ("ett.xlsx", ["Uppföljning!B11 i två.xlsx"])
    assert not list(same_lines.check([pair[0], pair[1]._replace(association="Ett annat förbund")]))
