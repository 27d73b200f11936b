"""The figures of a follow-up: what is used, what is expected, and how far from budget that is."""

from __future__ import annotations

from collections.abc import Callable

from support.recomputed.case import BUDGET, OUTCOME, Case, Right, months
from support.traced import Figure, plain


def gap(case: Case, figure: Figure) -> Right:
    """Forecast against budget, plus where it is better."""
    if figure.source is None:
        better, base = case.result(("forecast",)), case.result(BUDGET)
        return None if better is None or base is None else better - base
    ahead, budget = forecast(case, figure), case.source.of(figure.source, "budget")
    line = case.source.line(figure.source)
    if ahead is None or budget is None or line is None:
        return None
    is_better = line.gains or case.is_signed()
    return ahead - budget if is_better else budget - ahead


def forecast(case: Case, figure: Figure) -> Right:
    """What is expected of a row: as it is stated, or the outcome and the budget that is left."""
    if figure.source is None:
        return case.result(("forecast",))
    stated = case.source.of(figure.source, "forecast")
    outcome, budget = (case.source.of(figure.source, *one) for one in (OUTCOME, BUDGET))
    if stated is not None or outcome is None or budget is None:
        return stated
    return outcome + budget * (12 - months(case)) / 12


def gap_of_budget(case: Case, figure: Figure) -> Right:
    off = gap(case, figure)
    base = case.result(BUDGET) if figure.source is None else case.source.of(figure.source, "budget")
    return off / abs(base) if off is not None and base else None


def used(case: Case, figure: Figure) -> Right:
    """Outcome to date of the year's budget."""
    if figure.source is None:
        return None
    outcome, budget = (
        case.source.of(figure.source, *OUTCOME),
        case.source.of(figure.source, "budget"),
    )
    return outcome / budget if outcome is not None and budget else None


def of_year(case: Case, figure: Figure) -> Right:
    """A row of the whole: incomes, costs or their difference, in one of the workbook's columns."""
    word = plain(figure.heading)
    scenarios = (
        ("forecast",) if word.startswith("prognos") else OUTCOME if "utfall" in word else BUDGET
    )
    return _whole(case, figure, lambda income: case.side(scenarios, income=income), scenarios)


def _whole(
    case: Case,
    figure: Figure,
    side: Callable[[bool], Right],
    scenarios: tuple[str, ...] = (),
) -> Right:
    label = plain(figure.label)
    if label in ("intäkter", "kostnader"):
        return side(label == "intäkter")
    if scenarios:
        return case.result(scenarios)
    incomes, costs = side(True), side(False)
    if incomes is None or costs is None:
        return None
    return incomes + costs if case.is_signed() else incomes - costs


def straight(case: Case, figure: Figure) -> Right:
    """Outcome × 12 / months."""
    gone = months(case)

    def side(income: bool) -> Right:
        outcome = case.side(OUTCOME, income=income)
        return None if outcome is None else outcome * 12 / gone

    return _whole(case, figure, side)


def remaining(case: Case, figure: Figure) -> Right:
    """Outcome + budget × the months that are left / 12."""
    gone = months(case)

    def side(income: bool) -> Right:
        outcome, budget = (case.side(one, income=income) for one in (OUTCOME, BUDGET))
        return None if outcome is None or budget is None else outcome + budget * (12 - gone) / 12

    return _whole(case, figure, side)
