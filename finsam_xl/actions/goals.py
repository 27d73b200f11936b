"""Recomputing tables of goals and of helårsekvivalenter: verdicts, and what differs from them.

A verdict that somebody has typed stays as it is; where target and outcome say otherwise, that
is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.actions.impact_index import example
from finsam_xl.actions.writing import write_figure, write_judgement
from finsam_xl.address import position
from finsam_xl.checks.goals import goals as checks
from finsam_xl.checks.goals.impact_index import outcomes
from finsam_xl.errors import PolicyError
from finsam_xl.filling import goals as filling
from finsam_xl.model import Ref, Word
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import Plan, merge
from finsam_xl.policy import HelarsekvivalentRules, StrategicGoalRules
from finsam_xl.reading import equivalents, goals
from finsam_xl.reading.equivalents import Municipality
from finsam_xl.reading.goal_targets import Gap
from finsam_xl.reading.goals import Goals, ListedGoal, Measured
from finsam_xl.reading.grades import step_of
from finsam_xl.reading.targets import parse_word
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table


class Read(NamedTuple):
    """The tables of goals and of helårsekvivalenter in a workbook."""

    goals: tuple[Goals, ...] = ()
    equivalents: tuple[tuple[Table, tuple[Municipality, ...]], ...] = ()

    def near(self, one: Goals) -> list[Measured]:
        """The measures that a list of goals may be judged by: those of its sheet."""
        here = [g for g in self.goals if g.table.sheet == one.table.sheet and g.measures]
        below = [g for g in here if g.table.header_row > one.table.header_row]
        return list((below or here)[0].measures) if here else []


def read(grid: Grid, tables: Sequence[Table]) -> Read:
    """Every table of goals and of helårsekvivalenter, read once for all who ask."""
    if read not in grid.kept:
        sheets = [(grid.sheet(table.sheet), table) for table in tables]
        grid.kept[read] = Read(
            tuple(goals.read(s, table) for s, table in sheets if table.kind == goals.KIND),
            tuple(
                (table, equivalents.read(s, table))
                for s, table in sheets
                if table.kind == equivalents.KIND
            ),
        )
    found: Read = grid.kept[read]
    return found


def plan(grid: Grid, tables: Sequence[Table], today: date) -> Plan:
    """What fills in and checks the tables of goals and of helårsekvivalenter."""
    found = read(grid, tables)
    plans = [_goals(grid, found, one, today) for one in found.goals]
    plans += [
        _municipalities(grid.sheet(table.sheet), table, rows, today)
        for table, rows in found.equivalents
    ]
    return merge(plans)


# Goals ---------------------------------------------------------------------------------------


def _goals(grid: Grid, found: Read, one: Goals, today: date) -> Plan:
    sheet = grid.sheet(one.table.sheet)
    if one.measures:
        judged = filling.judgements(one.measures)
        told = (*one.findings, *outcomes(judged), *checks.open_targets(_open(one.measures)))
        return merge([Plan(findings=told), *_measures(sheet, one)])
    return merge(_listed(sheet, one, found.near(one), strategic_rules(one.table, today)))


def _open(measures: Sequence[Measured]) -> Iterator[checks.OpenTarget]:
    """The targets with an outcome that cannot be held against each other."""
    for one in measures:
        places, name = one.indicator.places, one.indicator.name
        is_given = one.indicator.outcome.is_given or one.gap is Gap.OPEN_UNIT
        if one.gap in (Gap.OPEN_WAY, Gap.OPEN_UNIT) and is_given:
            place = places["limit" if "limit" in places else "rule"]
            yield checks.OpenTarget(place, name, one.target, one.gap is Gap.OPEN_WAY)


def _measures(sheet: SheetGrid, one: Goals) -> Iterator[Plan]:
    """The verdicts of a table with targets."""
    if not filling.takes_verdicts(sheet, one):
        return
    gate = filling.gate(sheet, one)
    typed, like = example(sheet, one.table)
    for judgement in gate.index.judgements:
        place = judgement.indicator.places["judged"]
        if _is_open(sheet, place) and gate.may_judge(judgement):
            why = f"Uppnått för {judgement.indicator.number}"
            yield write_judgement(sheet, place, judgement.reached, why, typed, like, gate.words)


def _listed(
    sheet: SheetGrid, one: Goals, measures: Sequence[Measured], rules: StrategicGoalRules | None
) -> Iterator[Plan]:
    """The verdicts and proposed steps of a list, by the measures of its goals."""
    takes_verdicts = filling.takes_verdicts(sheet, one)
    typed, like = example(sheet, one.table)
    for goal in one.listed:
        own = filling.linked(goal, measures)
        if not filling.are_known(own):
            continue
        if takes_verdicts and _is_open(sheet, goal.places["judged"]):
            why = f"Uppnått för {goal.name}"
            reached = filling.reached(own)
            if reached is not None:
                yield write_judgement(sheet, goal.places["judged"], reached, why, typed, like)
        if rules is not None and "step" in goal.places:
            yield _step(sheet, goal, own, rules)


def _step(
    sheet: SheetGrid, goal: ListedGoal, own: Sequence[Measured], rules: StrategicGoalRules
) -> Plan:
    grade = filling.proposed(own, rules).grade
    if grade is None or not _is_open(sheet, goal.places["step"]):
        return Plan()
    step = round_half_away(exact(step_of(grade)))
    return write_figure(sheet, goal.places["step"], step, f"Föreslaget betyg för {goal.name}")


def _is_open(sheet: SheetGrid, place: Ref) -> bool:
    return sheet.cell(*position(place.cell)).is_blank


def strategic_rules(table: Table, today: date) -> StrategicGoalRules | None:
    """The rules of a table's year; ``None`` where that year has none."""
    try:
        return policy.strategic_goals(_day(table, today))
    except PolicyError:
        return None


def equivalent_rules(table: Table, today: date) -> HelarsekvivalentRules | None:
    """The same of helårsekvivalenter."""
    try:
        return policy.helarsekvivalent(_day(table, today))
    except PolicyError:
        return None


def _day(table: Table, today: date) -> date:
    years = [c.period for c in table.columns if c.period]
    period = max(years, key=lambda p: p.last_day, default=table.period)
    return period.last_day if period else policy.current(today)


# Helårsekvivalenter --------------------------------------------------------------------------


def _municipalities(
    sheet: SheetGrid, table: Table, rows: Sequence[Municipality], today: date
) -> Plan:
    rules = equivalent_rules(table, today)
    if rules is None:
        return Plan()
    plans = [Plan(findings=tuple(checks.changes(_changes(rows, rules))))]
    column = table.column("judged")
    if column is not None and all(r.judged is not None for r in rows if r.is_judged):
        typed, like = example(sheet, table)
        for row in rows:
            reached = row.reached(rules)
            if reached is not None and _is_open(sheet, row.places["judged"]):
                why = f"Nått mål för {row.name}"
                plans.append(
                    write_judgement(sheet, row.places["judged"], reached, why, typed, like)
                )
    return merge(plans)


def _changes(rows: Sequence[Municipality], rules: HelarsekvivalentRules) -> Iterator[checks.Change]:
    for row in rows:
        if row.change is None:
            continue
        word = parse_word(row.stated) if row.stated else None
        lower = {Word.LOWER: True, Word.NOT_LOWER: False}.get(word) if word else None
        yield checks.Change(
            row.name,
            row.change,
            lower,
            row.stated,
            row.places.get("stated"),
            row.judged,
            row.reached(rules),
            row.places.get("judged"),
        )
