"""What a report of goals is told from: goals with their measures, and how each of them stands.

A missed share is near its target within the same number of points as an index is, and a share
of helårsekvivalenter that fell, but not enough, is near. A goal whose missed measures are all
near is near itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from finsam_xl.calc import goal_map, target_rules
from finsam_xl.filling import goals as filling
from finsam_xl.model import Judgement, Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import swedish, trimmed
from finsam_xl.periods import Period
from finsam_xl.policy import HelarsekvivalentRules, StrategicGoalRules
from finsam_xl.reading.equivalents import Municipality
from finsam_xl.reading.goal_targets import Gap
from finsam_xl.reading.goals import Goals, ListedGoal, Measured
from finsam_xl.reading.grades import grade_of, step_of
from finsam_xl.reading.targets import parse_word
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.impact_details import distance, target
from finsam_xl.report.impact_details import outcome as shown_outcome
from finsam_xl.sheets.tables import Table

GREEN, ORANGE, RED = look.SYMBOLS
_SHARES = (RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST)
_GAPS = {
    Gap.NO_TARGET: "mål saknas",
    Gap.IN_WORDS: "bedöms i ord",
    Gap.OPEN_WAY: "minst eller högst?",
    Gap.OPEN_UNIT: "andel eller antal?",
}
_NOT_MEASURED = "ej mätt"


class MeasureLine(NamedTuple):
    """A measure: what stands in its row, how it stands, and its share where it has one."""

    name: str
    target: str
    outcome: str
    near: str
    colour: str
    reached: bool | None
    why_not: str
    rule: TargetRule | None
    percent: Fraction | None
    source: Measured

    @property
    def state(self) -> str:
        """Symbol and word of how it stands, or why it is not judged."""
        return state(self.colour, self.why_not)


class GoalLine(NamedTuple):
    """A goal with its measures; ``grade``: what the board has typed, ``proposed``: the step."""

    name: str
    area: str
    measures: tuple[MeasureLine, ...]
    grade: str = ""
    proposed: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether all its measures are reached; ``None`` where that is not known."""
        return goal_map.goal_reached(one.reached for one in self.measures)

    @property
    def is_measured(self) -> bool:
        """Whether there is an outcome of any of its measures."""
        given = [one.source.indicator.outcome for one in self.measures]
        return any(one.is_given and one.word is not Word.NOT_MEASURED for one in given)

    @property
    def colour(self) -> str:
        """Its colour word, '' where it is not known."""
        if self.reached is None:
            return ""
        missed = [one.colour for one in self.measures if one.reached is False]
        if not missed:
            return GREEN
        return ORANGE if set(missed) == {ORANGE} else RED

    @property
    def state(self) -> str:
        """Symbol and word of how it stands."""
        left = sum(one.reached is None for one in self.measures)
        part = f"{left} av {len(self.measures)} ej bedömda" if left < len(self.measures) else ""
        return state(self.colour, part or "ej bedömt")


class GoalTable(NamedTuple):
    """The goals of one table, in its order."""

    table: Table
    goals: tuple[GoalLine, ...]

    @property
    def measures(self) -> list[MeasureLine]:
        """All measures."""
        return [one for goal in self.goals for one in goal.measures]

    @property
    def year(self) -> int:
        """The last year that is judged, 0 where nothing says."""
        return year_of(self.table)

    @property
    def years(self) -> str:
        """The years that are judged, as people read them."""
        period = period_of(self.table)
        return years_shown(period) if period else ""


class MunicipalityLine(NamedTuple):
    """A municipality's share of helårsekvivalenter, how it changed, and how that stands."""

    name: str
    before: Fraction | None
    now: Fraction | None
    change: Fraction | None
    stated: str
    goal: Fraction
    colour: str
    source: Municipality

    @property
    def state(self) -> str:
        """Symbol and word of how it stands, or why it is not judged."""
        fell = parse_word(self.stated) is Word.LOWER if self.stated else False
        return state(self.colour, "hur mycket saknas" if fell else _NOT_MEASURED)


class GoalStory(NamedTuple):
    """What is reported: tables with measures, lists that the board has graded, municipalities.

    ``graded``: goals in lists without measures, with what is typed of them; ``near``: how many
    points from its target a missed share is near; ``sources``: what the judgement rests on.
    """

    tables: tuple[GoalTable, ...]
    graded: tuple[tuple[str, str], ...]
    municipalities: tuple[MunicipalityLine, ...]
    years: tuple[int, int] | None
    near: Fraction
    sources: tuple[str, ...] = ()

    @property
    def goals(self) -> list[GoalLine]:
        """All goals with measures."""
        return [goal for table in self.tables for goal in table.goals]

    @property
    def measures(self) -> list[MeasureLine]:
        """All measures."""
        return [one for table in self.tables for one in table.measures]

    @property
    def shown_years(self) -> str:
        """The latest years that are judged, '' where nothing says."""
        latest = max(self.tables, key=lambda table: table.year, default=None)
        own = latest.years if latest else ""
        return own or (str(self.years[1]) if self.years else "")


def state(colour: str, otherwise: str) -> str:
    """Symbol and word of a colour; without one a dash and why."""
    return f"{look.SYMBOLS[colour]} {look.WORDS[colour]}" if colour else f"– {otherwise}"


def period_of(table: Table) -> Period | None:
    """The period of a table's outcomes, else of its titles."""
    used = [c for c in table.columns if c.field in ("total_number", "total_share") and c.period]
    return used[0].period if used else table.period


def year_of(table: Table) -> int:
    """The last year of that, 0 for none."""
    period = period_of(table)
    return (period.until or period.year) if period else 0


def years_shown(period: Period) -> str:
    """A year, or the first and the last, as people read them."""
    return f"{period.year}–{period.until}" if period.until else str(period.year)


def told(
    goals: Goals,
    names: Iterable[ListedGoal],
    near: Fraction,
    rules: StrategicGoalRules | None,
) -> GoalTable:
    """A table with measures as it is reported.

    ``names``: the listed goals that its measures name; ``near``: how many points from its target
    a missed share is near; ``rules``: of proposed grades, where there are any.
    """
    listed = list(names)
    judgements = filling.judgements(goals.measures)
    judged = {one.row: j for one, j in zip(goals.measures, judgements, strict=True)}
    lines = []
    for (area, goal), group in groupby(
        goals.measures, key=lambda one: (one.indicator.area, one.indicator.goal)
    ):
        own = list(group)
        named = next((one for one in listed if filling.linked(one, own)), None)
        lines.append(
            GoalLine(
                _goal_name(goal, named),
                area,
                tuple(_line(one, judged[one.row], near) for one in own),
                _grade(named),
                _proposal(named, own, rules),
            )
        )
    return GoalTable(goals.table, tuple(lines))


def _goal_name(goal: str, named: ListedGoal | None) -> str:
    if named is None:
        return f"Mål {goal}" if goal.isdigit() else goal
    return f"{named.number} {named.name}".strip()


def _grade(named: ListedGoal | None) -> str:
    if named is None or named.typed is None:
        return ""
    grade = grade_of(named.typed)
    return str(named.typed) if grade is None else f"{step_of(grade)} {grade.lower()}"


def _proposal(
    named: ListedGoal | None, own: Sequence[Measured], rules: StrategicGoalRules | None
) -> str:
    """What the measures propose of a goal that the board grades."""
    if named is None or rules is None:
        return ""
    grade = filling.proposed(own, rules).grade
    return "" if grade is None else f"{step_of(grade)} {grade.lower()}"


def _line(one: Measured, judgement: Judgement, near: Fraction) -> MeasureLine:
    indicator, rule = one.indicator, one.indicator.rule
    is_given = indicator.outcome.is_given and one.gap is None
    number = "" if indicator.number == indicator.name else indicator.number
    name = f"{number} {indicator.name}".strip()
    name = f"{name}, {indicator.group}" if indicator.group else name
    share = indicator.outcome.total.percent if indicator.outcome.total is not None else None
    return MeasureLine(
        name,
        target(rule) if rule is not None else one.target or "–",
        _outcome(one, judgement),
        distance(rule, indicator.outcome) if judgement.reached is False and is_given else "",
        _colour(one, judgement, near),
        judgement.reached,
        _why_not(one),
        rule,
        share if rule is not None and rule.kind in _SHARES and is_given else None,
        one,
    )


def _outcome(one: Measured, judgement: Judgement) -> str:
    given = one.indicator.outcome
    if given.is_given and one.indicator.rule is not None:
        return shown_outcome(one.indicator.rule, given)
    if given.total is not None:
        share = given.total.percent
        return trimmed(given.total.number) if share is None else swedish(share, 1, "%")
    return "bedömt utan utfall" if judgement.reached is not None else "–"


def _why_not(one: Measured) -> str:
    is_given = one.indicator.outcome.is_given or one.gap is Gap.OPEN_UNIT
    if one.gap is not None and (is_given or one.gap is Gap.IN_WORDS):
        return _GAPS[one.gap]
    return _NOT_MEASURED


def _colour(one: Measured, judgement: Judgement, near: Fraction) -> str:
    if judgement.reached is None:
        return ""
    if judgement.reached:
        return GREEN
    return ORANGE if _is_near(one.indicator.rule, one.indicator.outcome, near) else RED


def _is_near(rule: TargetRule | None, outcome: Outcome, near: Fraction) -> bool:
    if rule is None or rule.kind not in _SHARES or rule.limit is None:
        return False
    value = target_rules.measured(rule, outcome)
    return value is not None and abs(value - rule.limit) <= near


def municipality(one: Municipality, rules: HelarsekvivalentRules) -> MunicipalityLine:
    """A municipality as it is reported."""
    years = one.years or (0, 0)
    before, now = (
        share.percent if (share := one.shares.get(year)) is not None else None for year in years
    )
    goal = rules.decrease if one.goal is None else one.goal
    return MunicipalityLine(
        one.name, before, now, one.change, one.stated, goal, _fell(one, rules), one
    )


def _fell(one: Municipality, rules: HelarsekvivalentRules) -> str:
    """Green where the share fell enough, orange where it only fell, red where it did not."""
    reached = one.reached(rules)
    if reached is not None and one.change is not None:
        return GREEN if reached else ORANGE if one.change < 0 else RED
    word = parse_word(one.stated) if one.stated and one.change is None else None
    return RED if word is Word.NOT_LOWER else ""


def by_area(tables: Iterable[GoalTable]) -> Mapping[str, list[MeasureLine]]:
    """The measures of each goal area, in the order of the tables."""
    found: dict[str, list[MeasureLine]] = {}
    for table in tables:
        for goal in table.goals:
            if goal.area:
                found.setdefault(goal.area, []).extend(goal.measures)
    return found


def points(value: Fraction) -> str:
    """Points of per cent as they are read."""
    return swedish(value, 0 if value.denominator == 1 else 1)


def short(text: str, longest: int) -> str:
    """A text that is cut where it is too long."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
