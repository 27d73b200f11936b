"""The report *Rapport Mål*: which goals are reached, which are near, and which nobody has measured.

Four key figures, the goals with their measures and room for comments, the shares against their
target as bars, the areas of a social budget without weights, and helårsekvivalenter by
municipality.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Protocol

from finsam_xl.report import answers, goal_charts, goal_tables, look
from finsam_xl.report.comments import Carried, CommentKey, carry_over
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.goal_story import (
    GREEN,
    ORANGE,
    GoalLine,
    GoalStory,
    MeasureLine,
    MunicipalityLine,
    by_area,
    points,
    short,
)
from finsam_xl.report.goal_tables import WIDTHS, Comments, labels
from finsam_xl.report.sheet import KeyFigure, ReportSheet
from finsam_xl.sheetplan import SheetPlan

NAME, OWNER = "Rapport Mål", "mal"


def build(
    story: GoalStory,
    *,
    whose: str,
    run: str,
    comments: Mapping[CommentKey, str],
    faults: Faults = NO_FAULTS,
) -> SheetPlan:
    """The report; ``comments``: those of the report it replaces, by the lines they stood at.

    ``faults``: those in the tables of goals.
    """
    sheet = ReportSheet(WIDTHS, "")
    sheet.tail = list(_notes(story))
    carried = carry_over(comments, list(_keys(story)))
    title = f"Mål {story.shown_years}".strip()
    sheet.head(title, (whose, title), run, _answer(story), faults)
    figures = _key_figures(story)
    sheet.key_figures(figures)
    blocks = list(_blocks(sheet, story, carried))
    for number, put in enumerate(blocks, start=1):
        put(is_last=number == len(blocks) and not carried.orphans)
    sheet.orphans(carried.orphans, 2, is_last=True)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


class _Put(Protocol):
    """Draws a block of the report; the notes stand on the page of the last."""

    def __call__(self, *, is_last: bool) -> None: ...


def _blocks(sheet: ReportSheet, story: GoalStory, carried: Carried) -> Iterator[_Put]:
    """What there is to report, from the top."""
    comments = Comments(carried)
    if goal_tables.has_areas(story):
        yield partial(goal_tables.areas, sheet, story)
    for table in story.tables:
        yield goal_tables.Measures(sheet, table, comments).put
    for rule, group in goal_charts.alike(story.measures):
        yield partial(goal_charts.shares, sheet, rule, group)
    if story.municipalities:
        yield partial(goal_tables.municipalities, sheet, story, comments)
        if len(goal_charts.judged_changes(story.municipalities)) >= goal_charts.FEWEST:
            yield partial(goal_charts.changes, sheet, story.municipalities)
    if story.graded:
        yield partial(goal_tables.graded, sheet, story)


# The answer ----------------------------------------------------------------------------------


def _answer(story: GoalStory) -> str:
    count = Counter(goal.reached for goal in story.goals)
    fell = Counter(one.colour for one in story.municipalities)
    known = len(story.municipalities) - fell[""]
    return " ".join(
        filter(
            None,
            (
                answers.goals(
                    count[True],
                    count[False],
                    count[None],
                    is_measured=any(g.is_measured for g in story.goals if g.reached is None),
                ),
                answers.fell_enough(fell[GREEN], known, len(story.municipalities)),
            ),
        )
    )


def _key_figures(story: GoalStory) -> list[KeyFigure]:
    figures = [*_of_goals(story.goals), *_of_measures(story.measures), *_worst(story.measures)]
    return [*figures, *_of_municipalities(story.municipalities)]


def _of_municipalities(rows: Sequence[MunicipalityLine]) -> Iterator[KeyFigure]:
    count = Counter(one.colour for one in rows)
    if len(rows) == count[""]:
        return
    colour = GREEN if count[GREEN] == len(rows) else "" if count[""] else ORANGE
    meaning = "helårsekvivalenter, andel av befolkningen"
    if count[""]:
        meaning = f"för {count['']} är det inte känt"
    mark = f"{look.SYMBOLS[colour]} " if colour else ""
    label = "Kommuner där andelen minskar nog"
    yield label, f"{count[GREEN]} av {len(rows)}", f"{mark}{meaning}", colour


def _of_goals(goals: Sequence[GoalLine]) -> Iterator[KeyFigure]:
    count = Counter(goal.reached for goal in goals)
    if goals and not any(goal.is_measured for goal in goals) and count[None] == len(goals):
        yield "Mål som är mätta", f"0 av {len(goals)}", "inga utfall är ifyllda", ""
    elif goals:
        meaning = f"{count[False]} missas" if count[False] else "inget missas"
        if count[None]:
            meaning += f", {count[None]} ej bedömda"
        yield "Mål som är nådda", f"{count[True]} av {len(goals)}", meaning, ""


def _of_measures(measures: Sequence[MeasureLine]) -> Iterator[KeyFigure]:
    known = [one for one in measures if one.reached is not None]
    if known:
        reached = sum(one.reached is True for one in known)
        near = sum(one.colour == ORANGE for one in known)
        meaning = f"av de bedömda; {look.SYMBOLS[ORANGE]} {near} nära" if near else "av de bedömda"
        yield "Mått som når sin nivå", f"{reached} av {len(known)}", meaning, ""


def _worst(measures: Sequence[MeasureLine]) -> Iterator[KeyFigure]:
    """The share that is farthest from its target."""
    missed = [(gap, one) for one in measures if (gap := _gap(one)) and one.reached is False]
    if missed:
        gap, worst = max(missed, key=lambda pair: pair[0])
        shown = f"{points(gap)}\u00a0pp"
        symbol = look.SYMBOLS[worst.colour]
        yield "Längst från målet", shown, f"{symbol} {short(worst.name, 70)}", worst.colour


def _gap(one: MeasureLine) -> Fraction | None:
    if one.percent is None or one.rule is None or one.rule.limit is None:
        return None
    return abs(one.percent - one.rule.limit)


def _keys(story: GoalStory) -> Iterator[CommentKey]:
    """The lines on which one may write, numbered where several are alike."""
    seen: Counter[CommentKey] = Counter()
    for label in (
        *(label for table in story.tables for goal in table.goals for label in labels(goal)),
        *(one.name for one in story.municipalities),
    ):
        key = CommentKey.of("", label)
        yield CommentKey.of("", label, number=seen[key])
        seen[key] += 1


# What it rests on ----------------------------------------------------------------------------


def _notes(story: GoalStory) -> Iterator[str]:
    near = points(story.near)
    if story.measures:
        yield (
            f"● når: utfallet når målnivån. ▲ nära: en andel som är högst {near}\u00a0pp från sin "
            "nivå; ett mål är nära när alla mått som missas är det. ▼ under: längre ifrån. – inte "
            "bedömt: inget utfall, eller ett mål som inte går att räkna på. pp är procentenheter."
        )
        yield "Ett mål är nått när alla dess mått når sin nivå, och missat när något inte gör det."
    if any(goal.proposed for goal in story.goals):
        yield (
            "Betyget på den femgradiga skalan sätter styrelsen. Förslaget följer av hur stor del "
            "av de mätta indikatorerna som nås, och står bara bredvid."
        )
    if by_area(story.tables):
        yield (
            "Andel som når är antalet mått som når av de bedömda. Måtten är inte viktade: det är "
            "inget Impactindex."
        )
    typed = sum(o.reached is not None and o.outcome == _TYPED for o in story.measures)
    if typed:
        yield f"{typed} mått är bedömda i arbetsboken utan utfall, och används som de står."
    if story.municipalities:
        yield (
            "Helårsekvivalenter: andelen av befolkningen, och förändringen i procent (inte "
            "procentenheter) mot året innan. ▲ nära: andelen minskade, men mindre än målet. Ett "
            "ord (minskat, ökat) är det som står i arbetsboken där antalen saknas."
        )
    yield from story.sources


_TYPED = "bedömt utan utfall"
