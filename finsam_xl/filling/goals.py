"""What may be written in tables of goals: verdicts, and the steps that indicators propose.

A verdict is written where nothing stands, where target and outcome were read whole, and where
the verdicts that are typed in the column are such. A grade is the board's own: only a column
that asks for what the indicators propose is filled in. A list's goal is judged by its measures
elsewhere, all of which must be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from finsam_xl.calc import goal_map, strategic_goals
from finsam_xl.filling.social import SocialGate
from finsam_xl.labels import normalise
from finsam_xl.model import AreaScore, Judgement, UnitIndex, Word
from finsam_xl.policy import StrategicGoalRules
from finsam_xl.reading.goals import Goals, ListedGoal, Measured
from finsam_xl.reading.social import SocialBudget
from finsam_xl.reading.targets import is_known_verdict
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.count_columns import CountColumn, says
from finsam_xl.words.headings import headings_of

_NONE = AreaScore("", 0, 0, 0, 0)


def judgements(measures: Iterable[Measured]) -> tuple[Judgement, ...]:
    """The measures as they are judged: by target and outcome, else as it is typed."""
    return tuple(map(_judgement, measures))


def _judgement(one: Measured) -> Judgement:
    is_calculated = one.gap is None and one.indicator.rule and one.indicator.outcome.is_given
    if is_calculated:
        return Judgement(one.indicator, one.reached, calculated=True)
    return Judgement(one.indicator, one.indicator.judged, calculated=False)


def gate(sheet: SheetGrid, goals: Goals) -> SocialGate:
    """What keeps verdicts of a table of goals back: the same as in a social budget."""
    judged = judgements(goals.measures)
    budget = SocialBudget(
        goals.table, tuple(one.indicator for one in judged), (), goals.table.findings
    )
    return SocialGate(sheet, budget, UnitIndex("", False, (), _NONE, judged), has_units=True)


def takes_verdicts(sheet: SheetGrid, goals: Goals) -> bool:
    """Whether the column of verdicts is one of yes and no, by its heading and what is typed.

    In a list, where nothing else tells, one of these must say so.
    """
    column = goals.table.column("judged")
    if column is None:
        return False
    header = next(c.header for c in goals.table.columns if c.number == column)
    typed = [sheet.cell(row.row, column) for row in goals.table.rows if row.role != "section"]
    filled = [cell for cell in typed if not cell.is_blank]
    if says(header, CountColumn.GRADE) or not all(map(is_known_verdict, filled)):
        return False
    is_named = headings_of("social_budget").field(header) == "judged"
    return bool(goals.measures or filled or is_named)


def linked(goal: ListedGoal, measures: Sequence[Measured]) -> list[Measured]:
    """The measures of a listed goal: those that name its number or its words."""
    names = {normalise(goal.number), normalise(goal.name)} - {""}
    return [one for one in measures if normalise(one.indicator.goal) in names]


def answers(measures: Iterable[Measured]) -> Mapping[str, bool | None]:
    """By its row, whether each measure is reached: calculated, else as it is typed."""
    return {str(one.row): _judgement(one).reached for one in measures}


def are_known(measures: Sequence[Measured]) -> bool:
    """Whether each measure is judged, or is known not to have been measured."""
    return bool(measures) and all(
        _judgement(one).reached is not None or one.indicator.outcome.word is Word.NOT_MEASURED
        for one in measures
    )


def reached(measures: Sequence[Measured]) -> bool | None:
    """Whether a goal is reached by its measures; ``None`` where that is not known."""
    return goal_map.goal_reached(answers(measures).values())


def proposed(measures: Sequence[Measured], rules: StrategicGoalRules) -> strategic_goals.Proposal:
    """The grade that a goal's measures propose."""
    return strategic_goals.propose(answers(measures), rules)
