"""What *Rapport Mål* is told from: which tables, which year, and what the judgement rests on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.actions import goals as action
from finsam_xl.actions.goals import Read, equivalent_rules, strategic_rules
from finsam_xl.errors import PolicyError, WorkbookError
from finsam_xl.filling import goals as filling
from finsam_xl.reading.goals import Goals, ListedGoal
from finsam_xl.reading.settings import association, settings
from finsam_xl.report import goals_report
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.faults import FaultsOf, none_of
from finsam_xl.report.goal_story import (
    GoalStory,
    GoalTable,
    MunicipalityLine,
    municipality,
    told,
    year_of,
)
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

_KINDS = {"goals", "equivalents"}


def build(
    grid: Grid,
    tables: Sequence[Table],
    today: date,
    run: str,
    comments: Mapping[CommentKey, str],
    faults_of: FaultsOf = none_of,
) -> SheetPlan:
    """The report of a workbook's goals; raises ``WorkbookError`` where there are none."""
    found = action.read(grid, tables)
    near = _near(grid, today)
    shown = list(_latest([one for one in found.goals if one.measures]))
    linked = {id(one): _named(found, one) for one in shown}
    story = GoalStory(
        tuple(_told(one, linked[id(one)], near, today) for one in shown),
        tuple(_graded(found, [goal for names in linked.values() for goal in names])),
        *_municipalities(found, today),
        near,
    )
    story = story._replace(sources=tuple(_sources(story, today)))
    if not (story.tables or story.graded or story.municipalities):
        raise WorkbookError(
            "Arbetsboken har inga mål att göra rapporten av.",
            remedy="Rapporten behöver rubrikerna Mål, Mått, Målvärde och Utfall, eller Kommun och "
            "Helårsekvivalenter.",
        )
    return goals_report.build(
        story,
        whose=association(grid, tables),
        run=run,
        comments=comments,
        faults=faults_of(one for one in tables if one.kind in _KINDS),
    )


def _near(grid: Grid, today: date) -> Fraction:
    """How many points from its target a share is near: as far as an index is."""
    rules = settings(grid).on(policy.on(policy.current(today)).impact_index)
    return rules.target - rules.near


def _latest(measured: Sequence[Goals]) -> Iterator[Goals]:
    """The tables of the latest year, and those that say none."""
    latest = max((year_of(one.table) for one in measured), default=0)
    return (one for one in measured if year_of(one.table) in (0, latest))


def _named(found: Read, one: Goals) -> list[ListedGoal]:
    """The listed goals that a table's measures name."""
    lists = [g for g in found.goals if g.listed and found.near(g) == list(one.measures)]
    return [goal for g in lists for goal in g.listed if filling.linked(goal, one.measures)]


def _told(one: Goals, names: Sequence[ListedGoal], near: Fraction, today: date) -> GoalTable:
    return told(one, names, near, strategic_rules(one.table, today))


def _graded(found: Read, linked: Sequence[ListedGoal]) -> Iterator[tuple[str, str]]:
    """The goals of lists without measures that somebody has typed a grade or a verdict of."""
    known = {(goal.name, goal.row) for goal in linked}
    for one in found.goals:
        for goal in one.listed:
            if goal.typed is not None and (goal.name, goal.row) not in known:
                yield f"{goal.number} {goal.name}".strip(), str(goal.typed)


def _municipalities(
    found: Read, today: date
) -> tuple[tuple[MunicipalityLine, ...], tuple[int, int] | None]:
    """The municipalities of the latest table, and the two years they are compared of."""
    for table, rows in reversed(found.equivalents):
        rules = equivalent_rules(table, today)
        if rules is not None and any(one.shares or one.stated or one.is_judged for one in rows):
            told = sorted({c.period.year for c in table.columns if c.period})[-2:]
            both = (told[0], told[1]) if len(told) > 1 else None
            years = max((one.years for one in rows if one.years), default=both)
            return tuple(municipality(one, rules) for one in rows), years
    return (), None


def _sources(story: GoalStory, today: date) -> Iterator[str]:
    """Where the rules come from that are not written in the workbook."""
    if any(goal.proposed for goal in story.goals):
        yield from _source("Förslaget till betyg", "strategic_goals", "grade_shares", today)
    if any(one.source.goal is None for one in story.municipalities):
        yield from _source("Helårsmålet", "helarsekvivalent", "decrease", today)


def _source(what: str, file: str, name: str, today: date) -> Iterator[str]:
    with contextlib.suppress(PolicyError):
        found = policy.rule(file, name).at(policy.current(today))
        yield f"{what}: {found.source}."
