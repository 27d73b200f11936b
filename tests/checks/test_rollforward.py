"""Equity from year to year: opening plus result is closing, across tables; and the equity ratio."""

from __future__ import annotations

import pytest

from finsam_xl.checks.amounts import rollforward
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget
from support.invented import book, in_text, places, table, told


def _check(*budgets: Budget) -> list[Finding]:
    return list(rollforward.check([book(*budgets)]))


def _overview(
    equity: tuple[Amount, ...],
    result: tuple[Amount, ...],
    unit: str = "tkr",
    sheet: str = "Översikt",
) -> Budget:
    """Years from 2024 and back, as an overview prints them."""
    return table(
        sheet, f"Flerårsöversikt, {unit}", tuple(str(2024 - n) for n in range(len(equity))),
        ("Årets resultat", *result), ("Eget kapital", *equity), kind="overview", unit=unit,
    )  # fmt: skip


def _year(sheet: str, label: str, amount: int, heading: str, unit: str = "tkr") -> Budget:
    return table(sheet, sheet, (heading,), (label, amount), kind="outcome", unit=unit)


# Across years and tables ------------------------------------------------------------------------


def test_an_overview_that_rolls() -> None:
    """1 000 + 100 − 50 is 1 050: nothing to tell, and the first year has no opening."""
    assert not _check(_overview((1050, 1100, 1000), (-50, 100, 7)))


def test_a_break_is_an_error() -> None:
    """At the closing that does not follow, with opening and result as places."""
    (found,) = _check(_overview((1150, 1100, 1000), (-50, 100, 7)))
    assert told(found) == ("error", "eget-kapital-rullar-inte", "Översikt", "B7")
    assert (found.stated, found.calculated, found.difference) == (1150, 1050, 100)
    assert places(found) == ["Översikt!C7", "Översikt!B6"]


@pytest.mark.parametrize(("closing", "expected"), [(1051, "info"), (1049, "info"), (1052, "error")])
def test_rounding_is_info(closing: int, expected: str) -> None:
    """Three figures, each rounded by at most a half."""
    (found,) = _check(_overview((closing, 1100), (-50, 5)))
    assert found.severity == expected
    assert (found.code == "eget-kapital-avrundning") is (expected == "info")


def test_kronor_roll_exactly_to_a_krona() -> None:
    """In kronor one off is rounding too, a hundred is not."""
    (found,) = _check(_overview((1_050_001, 1_100_000), (-50_000, 0), unit="kr"))
    assert found.severity == "info"
    (found,) = _check(_overview((1_050_100, 1_100_000), (-50_000, 0), unit="kr"))
    assert found.severity == "error"


def test_opening_and_result_in_other_tables() -> None:
    """Closing, opening and result each stand in a table of their own."""
    parts = (
        _year("Bokslut 2023", "Eget kapital", 1000, "Utfall 2023"),
        _year("Resultat", "Årets resultat", 100, "Utfall 2024"),
    )
    assert not _check(*parts, _year("Bokslut", "Utgående eget kapital", 1100, "Utfall 2024"))
    (found,) = _check(*parts, _year("Bokslut", "Utgående eget kapital", 1200, "Utfall 2024"))
    assert (found.sheet, found.severity) == ("Bokslut", "error")
    assert places(found) == ["Bokslut 2023!B6", "Resultat!B6"]


def test_kronor_that_round_to_the_thousands_of_the_closing() -> None:
    """Opening in kronor, closing in tkr: half a thousand is not even worth a note."""
    parts = (
        _year("Bokslut 2023", "Eget kapital", 1_000_400, "Utfall 2023", "kr"),
        _year("Resultat", "Årets resultat", 100_000, "Utfall 2024", "kr"),
    )
    assert not _check(*parts, _year("Bokslut", "Eget kapital", 1100, "Utfall 2024"))


@pytest.mark.parametrize("missing", ["opening", "result"])
def test_without_opening_or_result_there_is_nothing_to_hold_against(missing: str) -> None:
    """A blank is not zero."""
    equity: tuple[Amount, ...] = (1150, None) if missing == "opening" else (1150, 1000)
    assert not _check(_overview(equity, (None, 5) if missing == "result" else (-50, 5)))


def test_a_budget_opens_with_the_outcome_of_the_year_before() -> None:
    """A budgeted closing that was made from another opening is an error."""
    budget = table(
        "Drift", "Driftredovisning", ("Budget 2024", "Utfall 2023"),
        ("Verksamhetens resultat", -1146, 17), ("Utgående eget kapital", 894, 2010),
        kind="income_statement", sign="signed",
    )  # fmt: skip
    (found,) = _check(budget)
    assert told(found) == ("error", "eget-kapital-rullar-inte", "Drift", "B7")
    assert (found.stated, found.calculated) == (894, 864)
    assert places(found) == ["Drift!C7", "Drift!B6"]


def test_an_outcome_is_not_reckoned_from_the_operating_result() -> None:
    """The financial items are missing in it; only a budget is made without them."""
    outcome = table(
        "Drift", "Driftredovisning", ("Utfall 2024", "Utfall 2023"),
        ("Verksamhetens resultat", -204, 17), ("Utgående eget kapital", 1800, 2010),
        kind="income_statement", sign="signed",
    )  # fmt: skip
    assert not _check(outcome)


def test_its_own_table_and_unit_before_others() -> None:
    """Of several openings the one beside the closing is used."""
    beside = _overview((1050, 1100), (-50, 5))
    assert not _check(beside, _year("Not", "Eget kapital", 1090, "Utfall 2023"))
    assert not _check(_year("Not", "Eget kapital", 1090, "Utfall 2023"), beside)


# Where others look ------------------------------------------------------------------------------


def test_a_table_with_an_opening_row_is_checked_by_itself() -> None:
    """Opening, result and closing are sums of that table, and told there."""
    own = table(
        "Plan", "Plan", ("Utfall 2024", "Utfall 2023"),
        ("Eget kapital vid årets början", 1100, 1000), ("Årets resultat", 50, 100),
        ("Eget kapital vid årets slut", 999, 1100), kind="plan",
    )  # fmt: skip
    assert not _check(own)


def test_a_balance_sheet_is_checked_by_itself() -> None:
    """Its equity is made of the year's result and the rest."""
    balance = table(
        "Balans", "Balansräkning", ("2024-12-31", "2023-12-31"),
        ("Årets resultat", -210, 17), ("Summa eget kapital", 1900, 2010), kind="balance",
    )  # fmt: skip
    assert not _check(balance)


def test_text_is_neither_checked_nor_trusted() -> None:
    """A sentence about equity is compared elsewhere; here it decides nothing."""
    text = in_text(
        ("Eget kapital vid årsskiftet 2023/2024", 5, "tkr", ""),
        ("Årets underskott", 7, "tkr", "2024"),
    )
    overview = _overview((1050, 1100), (-50, 5))
    assert not list(rollforward.check([book(overview, text)]))


def test_part_of_a_year_is_not_rolled() -> None:
    """Equity in August is not last year's plus the whole year's result."""
    august = _year("T2", "Eget kapital", 1500, "Utfall t.o.m. T2 2024")
    others = (
        _year("Bokslut", "Eget kapital", 1000, "Utfall 2023"),
        _year("Resultat", "Årets resultat", 100, "Utfall 2024"),
    )
    assert not _check(august, *others)


def test_a_plans_later_year_is_not_used_as_a_result() -> None:
    """A result that was planned years before does not explain a budget."""
    plan = table(
        "Plan", "Plan", ("2023", "2024", "2025"), ("Årets resultat", 1, 500, 3), kind="plan"
    )
    budget = table("Budget", "Budget", ("Budget 2024",), ("Eget kapital vid årets slut", 1100))
    assert not _check(plan, budget, _year("Bokslut", "Eget kapital", 1000, "Utfall 2023"))


def test_other_associations_explain_nothing() -> None:
    """Another association's opening is not this one's."""
    closing = _year("Bokslut", "Eget kapital", 1200, "Utfall 2024")
    others = (
        _year("Fjolår", "Eget kapital", 1000, "Utfall 2023"),
        _year("Resultat", "Årets resultat", 100, "Utfall 2024"),
    )
    one, other = book(closing, file="a.xlsx"), book(*others, file="b.xlsx")
    (found,) = rollforward.check([one, other])
    assert (found.file, places(found)) == (
        "a.xlsx", ["Fjolår!B6 i b.xlsx", "Resultat!B6 i b.xlsx"],
    )  # fmt: skip
    assert not list(rollforward.check([one, other._replace(association="Ett annat förbund")]))


# Equity ratio -----------------------------------------------------------------------------------


def _ratio(percent: Amount, equity: int = 1800, assets: int = 6540) -> Budget:
    return table(
        "Översikt", "Flerårsöversikt", ("2024",), ("Eget kapital", equity),
        ("Summa tillgångar", assets), ("Soliditet (%)", percent), kind="overview",
    )  # fmt: skip


@pytest.mark.parametrize("percent", [28, None])
def test_a_ratio_that_agrees(percent: Amount) -> None:
    """1 800 of 6 540 is 27,5 %, which rounds to 28; a blank one says nothing."""
    assert not _check(_ratio(percent))


def test_a_ratio_that_does_not() -> None:
    """A warning with equity and assets as places."""
    (found,) = _check(_ratio(30))
    assert told(found) == ("warning", "soliditet-avviker", "Översikt", "B8")
    assert (found.stated, found.calculated, found.difference) == (30, 28, 2)
    assert places(found) == ["Översikt!B6", "Översikt!B7"]


def test_a_ratio_without_assets() -> None:
    """It cannot be worked out from zero, nor where no table has the assets."""
    assert not _check(_ratio(30, assets=0))
    lone = table(
        "Översikt", "Översikt", ("2024",), ("Eget kapital", 1800), ("Soliditet (%)", 41),
        kind="overview",
    )  # fmt: skip
    assert not _check(lone)


def test_a_ratio_against_the_balance_sheet() -> None:
    """The most precise outcome is used: kronor before thousands."""
    overview = table(
        "Översikt",
        "Översikt",
        ("2024",),
        ("Eget kapital", 1800),
        ("Soliditet", 30),
        kind="overview",
    )
    balance = table(
        "Balans", "Balansräkning", ("2024-12-31",), ("SUMMA TILLGÅNGAR", 6_539_766),
        ("Summa eget kapital", 1_799_593), kind="balance", unit="kr",
    )  # fmt: skip
    (found,) = _check(overview, balance)
    assert (found.sheet, found.cell, found.stated, found.calculated) == ("Översikt", "B7", 30, 28)
    assert places(found) == ["Balans!B7", "Balans!B6"]
