"""The charts of *Rapport Mål*: shares against a target they have in common, and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.model import RuleKind, TargetRule
from finsam_xl.money import swedish, trimmed
from finsam_xl.report import look
from finsam_xl.report.amounts import with_sign
from finsam_xl.report.goal_story import MeasureLine, MunicipalityLine, points, short
from finsam_xl.report.impact_details import target
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import BarChart

FEWEST = 2
"""Of fewer there is nothing to compare."""
_BAR, _AROUND = 20.0, 48.0
_MOST_BARS, _MOST_CHARTS = 14, 2


def alike(measures: Iterable[MeasureLine]) -> Iterator[tuple[TargetRule, list[MeasureLine]]]:
    """The measured shares that have the same target, where there are several: of the commonest.

    Of many those that are worst, which is what there is to talk about.
    """
    groups: dict[TargetRule, list[MeasureLine]] = {}
    for one in measures:
        if one.percent is not None and one.rule is not None:
            groups.setdefault(one.rule, []).append(one)
    several = [pair for pair in groups.items() if len(pair[1]) >= FEWEST]
    for rule, group in sorted(several, key=lambda pair: -len(pair[1]))[:_MOST_CHARTS]:
        yield rule, sorted(group, key=lambda one: _margin(rule, one))


def _margin(rule: TargetRule, one: MeasureLine) -> Fraction:
    """By how many points a share is better than its target."""
    over = (one.percent or Fraction(0)) - (rule.limit or 0)
    return -over if rule.kind is RuleKind.SHARE_AT_MOST else over


def _name(one: MeasureLine) -> str:
    """A measure's name as it finds room beside its bar, and whose answers they are."""
    indicator = one.source.indicator
    number = "" if indicator.number == indicator.name else f"{indicator.number} "
    group = f", {short(indicator.group, 14)}" if indicator.group else ""
    return f"{number}{short(indicator.name, 38 - len(number) - len(group))}{group}"


def shares(
    sheet: ReportSheet, rule: TargetRule, worst: Sequence[MeasureLine], *, is_last: bool
) -> None:
    """Shares against the target they share, the best of those shown first."""
    group = worst[:_MOST_BARS][::-1]
    height = _AROUND + _BAR * len(group)
    sheet.down(8)
    sheet.fit(height, is_last=is_last)
    row = sheet.row
    for _ in group:
        sheet.down(height / len(group))
    names = [_name(one) for one in group]
    values_shown = [float(one.percent or 0) for one in group]
    labels, values = sheet.canvas.beside(row, sheet.last, (names, values_shown))
    told = ", ".join(
        f"{short(one.name, 40)} {swedish(one.percent or 0, 1, '%')} {look.WORDS[one.colour]}"
        for one in group
    )
    goal = target(rule)
    several = f" (de {len(group)} sämsta av {len(worst)})" if len(worst) > len(group) else ""
    sheet.charts.append(
        BarChart(
            title=f"Utfall i procent; målet är {goal}{several}",
            alt_text=f"Liggande staplar, andel i procent mot målet {goal}: {told}",
            labels=labels,
            values=values,
            colours=tuple(one.colour for one in group),
            target=float(rule.limit or 0),
            row=row,
            column=1,
            size=sheet.chart_size(1, sheet.last, height),
            texts=tuple(
                f"{look.SYMBOLS[one.colour]} {points(one.percent or Fraction(0))}\u00a0%"
                for one in group
            ),
            highest=100,
        )
    )


def judged_changes(rows: Sequence[MunicipalityLine]) -> list[MunicipalityLine]:
    """The municipalities whose change is known, and whether it is enough."""
    return [one for one in rows if one.change is not None and one.colour]


def changes(sheet: ReportSheet, rows: Sequence[MunicipalityLine], *, is_last: bool) -> None:
    """The changes as bars, the largest decrease first."""
    known = sorted(judged_changes(rows), key=lambda o: o.change or 0)
    height = _AROUND + _BAR * len(known)
    sheet.down(8)
    sheet.fit(height, is_last=is_last)
    row = sheet.row
    for _ in known:
        sheet.down(height / len(known))
    names = [one.name for one in known]
    values_shown = [float(one.change or 0) for one in known]
    labels, values = sheet.canvas.beside(row, sheet.last, (names, values_shown))
    goals = {one.goal for one in known}
    goal = goals.pop() if len(goals) == 1 else None
    said = "" if goal is None else f"; målet är −{trimmed(goal)}\u00a0%"
    told = ", ".join(f"{o.name} {swedish(o.change or 0, 1, '%')}" for o in known)
    sheet.charts.append(
        BarChart(
            title=f"Andelens förändring i procent{said}",
            alt_text=f"Liggande staplar, förändring av andelen helårsekvivalenter: {told}{said}",
            labels=labels,
            values=values,
            colours=tuple(one.colour for one in known),
            target=None if goal is None else -float(goal),
            row=row,
            column=1,
            size=sheet.chart_size(1, sheet.last, height),
            highest=max(1.0, *values_shown) * 1.15,
            texts=tuple(
                f"{look.SYMBOLS[one.colour]} {with_sign(one.change, 1)}\u00a0%" for one in known
            ),
        )
    )
