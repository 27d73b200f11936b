"""The same quantity in several places: what contradicts, what is rounding, and what may differ."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finsam_xl.checks.agreement import quantities
from finsam_xl.checks.concepts import concept_of
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.model_counts import Counts
from support.invented import Line, book, in_text, places, table, told

NO_BREAK = "\u00a0"


def _check(*read: Budget | Counts) -> list[Finding]:
    return list(quantities.check([book(*read)]))


def _budget(sheet: str, *lines: Line, year: int = 2024, unit: str = "tkr") -> Budget:
    return table(sheet, f"{sheet}, {unit}", (f"Budget {year}",), *lines, unit=unit)


def _outcome(sheet: str, *lines: Line, unit: str = "tkr", year: int = 2024) -> Budget:
    title = f"{sheet} {year}"
    return table(sheet, title, (f"Utfall {year}",), *lines, unit=unit, kind="overview")


# Contradictions ---------------------------------------------------------------------------------


def test_two_tables_that_contradict_each_other() -> None:
    """An error at the later one in the row, with both figures and the other place."""
    (found,) = _check(
        _outcome("Översikt", ("Eget kapital", 2992)), _outcome("Noter", ("Eget kapital", 2892))
    )
    assert told(found) == ("error", "olika-uppgifter", "Noter", "B6")
    assert (found.stated, found.calculated, found.difference) == (2892, 2992, -100)
    assert places(found) == ["Översikt!B6"]
    message = found.message.replace(NO_BREAK, " ")
    assert "2 892 tkr här men 2 992 tkr i Översikt!B6. Skillnad −100 tkr." in message


def test_two_tables_that_agree() -> None:
    """The same figure twice is nothing to tell."""
    assert not _check(
        _outcome("Översikt", ("Eget kapital", 2992)),
        _outcome("Noter", ("Summa eget kapital", 2992)),
    )


@pytest.mark.parametrize(
    ("kronor", "contradicts"),
    [(2_991_500, False), (2_992_499, False), (2_992_500, False), (2_990_000, True)],
)
def test_kronor_against_thousands(kronor: int, contradicts: bool) -> None:
    """Thousands are rounded: half a thousand (and half a krona) away is the same figure."""
    found = _check(
        _outcome("Översikt", ("Eget kapital", 2992)),
        _outcome("Balans", ("Summa eget kapital", kronor), unit="kr"),
    )
    assert bool(found) is contradicts


def test_the_difference_is_told_in_the_unit_of_the_place() -> None:
    """A figure in tkr against one in kronor: stated and calculated both in tkr."""
    found = _check(
        _outcome("Balans", ("Summa eget kapital", 1_799_593), unit="kr"),
        _outcome("Översikt", ("Eget kapital", 1900)),
    )
    assert [(f.sheet, f.stated, f.calculated) for f in found] == [("Översikt", 1900, 1799.593)]


def test_most_places_decide() -> None:
    """Of three, the one that stands alone is told, wherever it stands; with both the others."""
    wrong = _outcome("Ett", ("Summa kostnader", 2210))
    right = [_outcome(name, ("Summa kostnader", 2360)) for name in ("Två", "Tre")]
    for order in ([wrong, *right], [*right, wrong], [right[0], wrong, right[1]]):
        (found,) = _check(*order)
        assert (found.sheet, found.stated, found.calculated) == ("Ett", 2210, 2360)
        assert set(places(found)) == {"Två!B6", "Tre!B6"}


def test_three_places_three_figures() -> None:
    """Each of the two others gets a finding of its own."""
    found = _check(
        *(_outcome(n, ("Kassa och bank", v)) for n, v in (("A", 10), ("B", 20), ("C", 30)))
    )
    assert [(f.sheet, f.calculated) for f in found] == [("B", 10), ("C", 10)]


def test_a_table_weighs_more_than_texts() -> None:
    """Two sentences do not outvote a table."""
    text = in_text(
        ("Eget kapital vid årsskiftet 2023/2024", 2892, "tkr", ""),
        ("Redovisat eget kapital 2023-12-31", 2892, "tkr", "2023"),
    )
    found = _check(_outcome("Översikt", ("Eget kapital", 2992), year=2023), text)
    assert {(f.sheet, f.stated, f.calculated) for f in found} == {("Text", 2892, 2992)}


def test_costs_are_told_without_their_sign() -> None:
    """One table prints costs with a minus, the other without."""
    signed = _outcome("Resultaträkning", ("Verksamhetens kostnader", -11849))
    assert not _check(signed, _outcome("Översikt", ("Verksamhetens kostnader", 11849)))
    assert _check(signed, _outcome("Översikt", ("Verksamhetens kostnader", 11489)))


def test_results_keep_theirs() -> None:
    """A surplus is not a deficit of the same size."""
    one = _outcome("Resultaträkning", ("Årets resultat", -210))
    (found,) = _check(one, _outcome("Översikt", ("Årets resultat", 210)))
    assert found.severity == "error"
    deficit = in_text(("Årets underskott", 210, "tkr", "2024"))
    assert not _check(one, deficit)


def test_both_are_told_with_the_sign_of_the_place() -> None:
    """A deficit that is written as 2 350 is held against one of 2 501, and not of −2 501."""
    one = _outcome("Resultaträkning", ("Årets resultat", -2501))
    (found,) = _check(one, in_text(("Årets underskott", 2350, "tkr", "2024")))
    assert (found.stated, found.calculated) == (2350, 2501)
    message = found.message.replace(NO_BREAK, " ")
    assert "är 2 350 tkr här men 2 501 tkr i Resultaträkning!B6. Skillnad −151 tkr." in message


def test_a_note_is_known_by_its_title() -> None:
    """Its bare total is what the title says; its lines are parts and nothing else."""
    note = table(
        "Noter", "Not 8. Kortfristiga skulder", ("2024-12-31",),
        ("Leverantörsskulder", 40), ("Övriga kortfristiga skulder", 60), ("Summa", 100),
        kind="note",
    )  # fmt: skip
    balance = table(
        "Balans", "Balansräkning", ("2024-12-31",), ("Kortfristiga skulder", 90), kind="balance"
    )
    (found,) = _check(note, balance)
    assert (found.sheet, found.cell, found.stated, found.calculated) == ("Balans", "B6", 90, 100)
    assert places(found) == ["Noter!B8"]


# What may differ --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("Budget 2024", "Utfall 2024"), ("Budget 2024", "Budget 2025"), ("Budget 2024", "Prognos 2024"),
     ("Utfall t.o.m. T2 2024", "Utfall 2024")],
)  # fmt: skip
def test_other_years_and_scenarios_are_other_figures(one: str, other: str) -> None:
    """Only the same period and the same scenario can contradict."""
    assert not _check(
        table("Ett", "Ett", (one,), ("Summa kostnader", 100)),
        table("Två", "Två", (other,), ("Summa kostnader", 200)),
    )


def test_other_associations_are_not_compared() -> None:
    """Each association's workbooks are held against their own."""
    one, other = (_outcome("Översikt", ("Eget kapital", value)) for value in (100, 900))
    first = book(one, file="ett.xlsx", association="Förbundet Ett")
    assert not list(
        quantities.check([first, book(other, file="två.xlsx", association="Förbundet Två")])
    )
    (found,) = quantities.check([first, book(other, file="två.xlsx", association="Förbundet Ett")])
    assert (found.file, places(found)) == ("två.xlsx", ["Översikt!B6 i ett.xlsx"])


def test_blank_is_no_figure() -> None:
    """Not budgeted is not zero."""
    assert not _check(
        _outcome("Ett", ("Årets resultat", None)), _outcome("Två", ("Årets resultat", 5))
    )


def test_labels_that_mean_something_else() -> None:
    """A part, a varav line or a section is not the quantity; nor is the result of a project."""
    for label in (
        "Resultat SAMO", "Övrigt eget kapital", "Kostnader SAMO", "Lokalkostnader",
        "Intäkter från EU", "Beviljat kapital", "Kassaflöde",
    ):  # fmt: skip
        assert concept_of(label) is None, label
    assert not _check(
        _outcome("Ett", ("Årets resultat SAMO", -225)), _outcome("Två", ("Årets resultat", -210))
    )


def test_shares_and_numbers_are_no_amounts() -> None:
    """A figure in text that is no amount of money is not compared with one."""
    assert not _check(
        _outcome("Översikt", ("Eget kapital", 2992)),
        in_text(("Eget kapital", 28, "%", "2024")),
    )


# Plans, forecasts and openings ------------------------------------------------------------------


def _plan(*costs: int) -> Budget:
    headings = tuple(str(2024 + n) for n in range(len(costs)))
    return table("Plan", "Plan 2024-2026", headings, ("Summa kostnader", *costs), kind="plan")


PERSONNEL: tuple[Line, ...] = (("Personal", 400), ("Lokal", 100), ("Resor", 20), ("Övrigt", 30))


def test_the_same_budget_with_another_total() -> None:
    """Most lines are the same, so it is the same budget."""
    one = _budget("Budget", *PERSONNEL, ("Summa kostnader", 550))
    other = _budget("Uppföljning", *PERSONNEL[:3], ("Övrigt", 80), ("Summa kostnader", 600))
    (found,) = _check(one, other)
    assert (found.severity, found.code) == ("error", "olika-uppgifter")


def test_two_platforms_have_a_budget_each() -> None:
    """Alike in their lines but not in their amounts: nothing is wrong."""
    one = _budget("Vännäs", *PERSONNEL, ("Summa kostnader", 550))
    lines: tuple[Line, ...] = (("Personal", 407), ("Lokal", 95), ("Resor", 31), ("Övrigt", 45))
    assert not _check(one, _budget("Vindeln", *lines, ("Summa kostnader", 578)))


def test_a_plans_first_year_is_the_budget() -> None:
    """It must be what other tables say the budget is."""
    (found,) = _check(_plan(500, 600, 700), _budget("Budget", ("Summa kostnader", 550)))
    assert (found.severity, found.code) == ("error", "olika-uppgifter")


def test_a_plans_later_years_are_a_note() -> None:
    """What was then adopted may differ: an info on the costs, and nothing on the rest."""
    (found,) = _check(_plan(500, 600, 700), _budget("Budget", ("Summa kostnader", 650), year=2025))
    assert told(found) == ("info", "plan-mot-budget", "Plan", "C6")
    assert (found.stated, found.calculated, found.difference) == (600, 650, -50)
    assert places(found) == ["Budget!B6"]
    assert "alltså 50 tkr mer" in found.message.replace(NO_BREAK, " ")


def test_a_plan_that_held() -> None:
    """A later year that was adopted as planned is not worth a word; nor is one without budget."""
    assert not _check(_plan(500, 600, 700), _budget("Budget", ("Summa kostnader", 600), year=2025))


def test_a_plans_later_income_and_result_are_left_alone() -> None:
    """Costs tell enough."""
    plan = table(
        "Plan", "Plan", ("2024", "2025", "2026"),
        ("Summa intäkter", 9, 9, 9), ("Årets resultat", 1, 2, 3), kind="plan",
    )  # fmt: skip
    budget = _budget("Budget", ("Summa intäkter", 12), ("Årets resultat", 5), year=2025)
    assert not _check(plan, budget)


def test_forecasts_in_tables_are_compared_line_by_line_elsewhere() -> None:
    """Two forecasts of two dates contradict nothing here."""
    one, other = (
        table(name, name, ("Prognos 2024",), ("Summa kostnader", value))
        for name, value in (("T1", 100), ("T2", 120))
    )
    assert not _check(one, other)


def test_a_forecast_in_text_is_at_most_a_note() -> None:
    """Against a table's forecast of the same year."""
    text = in_text(("Prognostiserat eget kapital vid årsskiftet 2024/2025", 2500, "tkr", ""))
    table_ = table("T2", "T2", ("Prognos 2024",), ("Eget kapital vid årets slut", 2000))
    (found,) = _check(table_, text)
    assert (found.severity, found.code, found.sheet) == ("info", "prognoser-skiljer", "Text")


def test_what_a_budget_opens_with_is_no_contradiction() -> None:
    """The year before was not closed when the budget was made."""
    budget = _budget("Budget", ("Eget kapital vid årets början", 3100))
    assert not _check(budget, _outcome("Bokslut", ("Eget kapital", 2992), year=2023))
    assert not _check(budget, _budget("Fjolår", ("Eget kapital vid årets slut", 2992), year=2023))


def test_what_an_outcome_opens_with_is() -> None:
    """A year that is over opens with what the year before closed with."""
    opened = _outcome("Bokslut", ("Eget kapital vid årets början", 3100))
    (found,) = _check(opened, _outcome("Fjolår", ("Eget kapital", 2992), year=2023))
    assert (found.severity, {found.sheet, *places(found)}) == ("error", {"Fjolår", "Bokslut!B6"})
    assert "2023" in found.message


def test_a_budget_and_a_forecast_that_open_differently() -> None:
    """A note, in the table that has both; none where they agree."""
    for forecast, expected in ((2992, ["info"]), (3100, [])):
        both = table(
            "Budget", "Budget", ("Budget 2024", "Prognos 2024"),
            ("Eget kapital vid årets ingång", 3100, forecast),
        )  # fmt: skip
        found = _check(both)
        assert [f.severity for f in found] == expected
        for one in found:
            assert told(one) == ("info", "ingaende-skiljer", "Budget", "B6")
            assert places(one) == ["Budget!C6"]


# Running text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "severities"), [(750, []), (765, []), (600, ["error"])])
def test_a_text_that_says_about(value: int, severities: list[str]) -> None:
    """The word "cirka" forgives a fortieth, and no more."""
    text = in_text(("Eget kapital vid årsskiftet 2024/2025, cirka", value, "tkr", ""))
    found = _check(_outcome("Översikt", ("Eget kapital", 752)), text)
    assert [f.severity for f in found] == severities


def test_without_about_the_same_text_is_exact() -> None:
    """The word is what forgives."""
    text = in_text(("Eget kapital vid årsskiftet 2024/2025", 765, "tkr", ""))
    assert len(_check(_outcome("Översikt", ("Eget kapital", 752)), text)) == 1


def test_equity_of_a_closed_year_in_text_is_an_error() -> None:
    """It is a stock that the accounts state; other quantities in text are warnings."""
    text = in_text(("Eget kapital vid årsskiftet 2024/2025", 2892, "tkr", ""))
    (found,) = _check(_outcome("Översikt", ("Eget kapital", 2992)), text)
    assert told(found) == ("error", "olika-uppgifter", "Text", "B6")
    text = in_text(("Övriga intäkter", 123, "tkr", "2024"))
    (found,) = _check(_outcome("Resultaträkning", ("Övriga verksamhetsintäkter", 125)), text)
    assert told(found) == ("warning", "olika-uppgifter", "Text", "B6")


def test_text_and_table_in_different_units() -> None:
    """A text in whole thousands holds kronor that round to it, and no others."""
    exact = _outcome("Resultaträkning", ("Övriga verksamhetsintäkter", 124_308), unit="kr")
    assert not _check(exact, in_text(("Övriga intäkter", 124, "tkr", "2024")))
    (found,) = _check(exact, in_text(("Övriga intäkter", 123, "tkr", "2024")))
    assert (found.stated, found.calculated) == (123, 124.308)


def test_a_text_with_decimals_is_more_exact() -> None:
    """0,1 mkr is rounded to a tenth."""
    exact = _outcome("Resultaträkning", ("Övriga verksamhetsintäkter", 124_308), unit="kr")
    text = in_text(("Övriga intäkter", Fraction(1, 10), "mkr", "2024"), decimals=1)
    assert not _check(exact, text)
    text = in_text(("Övriga intäkter", Fraction(2, 10), "mkr", "2024"), decimals=1)
    assert _check(exact, text)


def test_a_text_without_a_year_is_left_alone() -> None:
    """It cannot be known which figure it is."""
    assert not _check(
        _outcome("Översikt", ("Eget kapital", 2992)), in_text(("Eget kapital", 1, "tkr", ""))
    )


def test_nothing_to_compare() -> None:
    """No workbook, and an empty one."""
    assert not list(quantities.check([]))
    assert not _check()
