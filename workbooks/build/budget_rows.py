"""The rows of a budget sheet: what each unit was to reach and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import notes
from tables import ASSOCIATION, Counts, Indicator, Source, Weight

NOT_MEASURED = "ej mätt"
BALANCE = "40–60 %"
_EVERYONE = 100

_RULES = {
    "share_min": "Andel minst",
    "share_max": "Andel högst",
    "no_discrimination": "Alla",
    "gender_balance": "Jämn könsfördelning",
    "gender_gap_max": "Könsskillnad högst",
    "narrative": "Redovisad",
    "decrease_prev_year": "Lägre än föregående år",
}
_BASES = {"stated": "årsredovisningen", "derived": "härledd", "assumed": "antagen"}

# The printed counts of these two rows are damaged; column Anmärkning says how they are read.
_BEST_READINGS = {"2.1.1": Counts(women=382, men=405), "2.1.2": Counts(women=88, men=21)}


class BudgetRow(NamedTuple):
    """One row in the order of the columns A–S; ``None`` leaves a cell blank."""

    area: str
    goal: str
    number: str
    name: str
    group: str
    rule: str
    limit: float | str | None
    weight: int | None
    total: int | str | None
    total_of: int | None
    women: int | None
    women_of: int | None
    men: int | None
    men_of: int | None
    reached: str | None
    points: None
    weight_is: str | None
    basis: str
    note: str


def unit_rows(source: Source, unit: str) -> Iterator[BudgetRow]:
    """Give the rows of one unit, in the order of the annual report."""
    for indicator in source.indicators:
        if unit == ASSOCIATION and indicator.rule == "decrease_prev_year":
            yield from (_row(source, unit, part) for part in _by_municipality(source, indicator))
        else:
            yield _row(source, unit, indicator)


def _by_municipality(source: Source, indicator: Indicator) -> Iterator[Indicator]:
    """Split the indicator that the association follows for each of its municipalities."""
    for number in source.patterns[ASSOCIATION]:
        municipality = number.removeprefix(f"{indicator.number}-")
        if municipality != number:
            name = f"{indicator.name}, {municipality}"
            yield indicator._replace(number=number, name=name)


def _row(source: Source, unit: str, indicator: Indicator) -> BudgetRow:
    """Put together one row."""
    weight = source.weights.get(indicator.number)
    pattern = source.patterns[unit][indicator.number]
    outcome = _outcome(source, unit, indicator)
    return BudgetRow(
        indicator.area,
        indicator.goal,
        indicator.number,
        indicator.name,
        indicator.group.capitalize(),
        _rule(indicator),
        _limit(indicator),
        weight.weight if weight else None,
        *outcome,
        _reached(source, unit, indicator, has_result=any(cell is not None for cell in outcome)),
        None,
        _weight_is(weight) if weight else None,
        _BASES[pattern.status],
        _note(source, unit, indicator),
    )


def _rule(indicator: Indicator) -> str:
    """Name the target rule."""
    if indicator.threshold == _EVERYONE:
        return "Alla"
    if indicator.rule == "narrative" and indicator.threshold is not None:
        return "Antal minst"
    return _RULES[indicator.rule]


def _limit(indicator: Indicator) -> float | str | None:
    """Give the limit as it stands in the cell: shares are fractions."""
    if indicator.rule == "gender_balance":
        return BALANCE
    if indicator.rule in ("narrative", "gender_gap_max", "decrease_prev_year"):
        return indicator.threshold
    return (_assumed_limit(indicator) or indicator.threshold or 0) / 100


def _assumed_limit(indicator: Indicator) -> int | None:
    """Give the assumed limit of a share whose limit is lost, else ``None``."""
    if indicator.rule != "share_min" or indicator.threshold is not None:
        return None
    return 70 if indicator.number.startswith("4.2.") else 80


def _weight_is(weight: Weight) -> str:
    """Say where a weight comes from; no weight is the association's own."""
    if weight.status == "assumed":
        return "antagen"
    if weight.status == "derived-range":
        return f"härledd (intervall {weight.low}–{weight.high})"
    return "härledd"


def _outcome(
    source: Source, unit: str, indicator: Indicator
) -> tuple[int | str | None, int | None, int | None, int | None, int | None, int | None]:
    """Give the six outcome cells; a platform's own counts are not printed."""
    pattern = source.patterns[unit][indicator.number]
    if pattern.reached is None:
        return (NOT_MEASURED, None, None, None, None, None)
    if unit != ASSOCIATION:
        return Counts()
    if indicator.rule == "decrease_prev_year":
        direction = source.directions[indicator.number.partition("-")[2]]
        return (direction, None, None, None, None, None)
    return _BEST_READINGS.get(indicator.number, indicator.counts)


def _reached(source: Source, unit: str, indicator: Indicator, *, has_result: bool) -> str | None:
    """Say Ja or Nej where no result can be judged; blank where the row has one."""
    reached = source.patterns[unit][indicator.number].reached
    if has_result or reached is None:
        return None
    return "Ja" if reached else "Nej"


def _note(source: Source, unit: str, indicator: Indicator) -> str:
    """Write the remark of a row."""
    pattern = source.patterns[unit][indicator.number]
    assumed = _assumed_limit(indicator)
    lost = notes.lost_limit(assumed) if assumed else ""
    second = notes.SECOND_CONDITION if indicator.number == "2.5.1" else ""
    if unit != ASSOCIATION:
        return notes.joined(notes.short(pattern.basis), lost, second)
    remark = notes.UNCERTAIN_READINGS.get(indicator.number, "")
    from_text = indicator.rule in ("narrative", "decrease_prev_year") or pattern.reached is None
    return notes.joined(lost, remark or (pattern.basis if from_text else ""), second)
