"""How a unit and its areas stand on the sheet *Tänk om*: as they are, and as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.address import a1, span
from finsam_xl.calc import impact_index as calc
from finsam_xl.calc.cheapest import needed
from finsam_xl.model import AreaScore, Judgement, UnitIndex
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.sheet import ROW
from finsam_xl.report.story import area_name, rounded
from finsam_xl.report.tank_om import TrialSheet

AS_IS, TRIED = "Som det är", "Tänk om"
AREA, WRONG, ANSWER, POINTS, MOST, IS_WRONG = range(6)
"""The helpers of an indicator's row: the number of its area, and what it gives."""
LAST = 14
"""The last column."""
_WHOLE, _NONE = "Hela indexet", "–"
_SIGNED = look.FIGURE._replace(number=f"{look.SWEDISH}+0;{look.SWEDISH}−0;{look.SWEDISH}0")
_SAME, _OTHER = "Indexet är ", "Tänk om: indexet blir "
_AS_NOW, _INSTEAD = " som i dag", " i stället för "
_NO_INDEX = "Inget är mätt, så det finns inget index."
_UNCOUNTED = " räknas inte med: se Att rätta."
_POINTS_AT, _MOST_AT = (10, 11), 12
"""The columns of the points, and of the most there could be."""


class Limits(NamedTuple):
    """The target and what is near it as they are printed: their cells, and what they hold."""

    target: str
    near: str
    marks: tuple[int, int]


class Row(NamedTuple):
    """An indicator's row and what it gives now."""

    row: int
    judgement: Judgement
    is_wrong: bool


class Gives(NamedTuple):
    """An index or a part of it: where its formulas stand, and what they give."""

    shown: str
    state: str
    points: str
    most: str
    score: AreaScore


def put_headings(sheet: TrialSheet) -> None:
    """What the columns of the table of areas hold."""
    row = sheet.down(ROW)
    texts = ("Målområde", AS_IS, TRIED, "Skillnad", "", "")
    for column, text in enumerate(texts, start=1):
        sheet.canvas.put(row, column, text, look.HEADING_RIGHT if column > 1 else look.HEADING)
    sheet.canvas.wide(row, 7, 9, "Läge", look.HEADING)
    sheet.canvas.wide(row, *_POINTS_AT, "Poäng", look.HEADING_RIGHT)
    sheet.canvas.put(row, _MOST_AT, "av", look.HEADING_RIGHT)
    sheet.canvas.wide(row, 13, LAST, "", look.HEADING)


def put_areas(
    sheet: TrialSheet,
    unit: UnitIndex,
    places: Sequence[int],
    rows: Sequence[Row],
    limits: Limits,
) -> Gives:
    """The index of all and of each area, as it is and as it would be; that of all.

    ``places``: the rows for them; ``unit``: as it is.
    """
    tried = calc.unit_index(unit.unit, True, [row.judgement.indicator for row in rows])
    scores = [tried.total, *tried.areas]
    firsts = [unit.total, *unit.areas]
    given = [
        _put_area(sheet, row, number, rows, (first, score), limits)
        for number, (row, first, score) in enumerate(zip(places, firsts, scores, strict=True))
    ]
    return given[0]


def _put_area(
    sheet: TrialSheet,
    row: int,
    number: int,
    rows: Sequence[Row],
    scores: tuple[AreaScore, AreaScore],
    limits: Limits,
) -> Gives:
    """One row of the table; ``number``: that of the area, 0 for all."""
    first, score = scores
    is_all = number == 0
    label, figure = look.total(look.LABEL, is_all), look.total(look.FIGURE, is_all)
    sheet.canvas.put(row, 1, _WHOLE if is_all else area_name(first), label)
    before = rounded(first.impact_index)
    sheet.canvas.put(row, 2, _NONE if before is None else before, figure)
    given, at_most = (_sum(sheet, rows, helper, number) for helper in (POINTS, MOST))
    points = sheet.live_wide(row, _POINTS_AT, given, score.achieved, figure)
    most = sheet.live(row, _MOST_AT, at_most, score.maximum, figure)
    now = rounded(score.impact_index)
    formula = f'IF({most}=0,"{_NONE}",ROUND(100*{points}/{most},0))'
    shown, bold = _NONE if now is None else now, figure._replace(bold=True)
    index = sheet.live(row, 3, formula, shown, bold)
    told = f'IF(OR({index}="{_NONE}",{a1(row, 2)}="{_NONE}"),"{_NONE}",{index}-{a1(row, 2)})'
    change = _NONE if now is None or before is None else now - before
    sheet.live(row, 4, told, change, _SIGNED._replace(top=figure.top, bottom=figure.bottom))
    word, said = _state(index, limits, now)
    state = sheet.live_wide(row, (7, 9), word, said, label)
    for first_column, last_column in ((5, 6), (13, LAST)):
        sheet.canvas.wide(row, first_column, last_column, None, label)
    return Gives(index, state, points, most, score)


def put_answer(
    sheet: TrialSheet,
    row: int,
    unit: UnitIndex,
    whole: Gives,
    rows: Sequence[Row],
    limits: Limits,
) -> None:
    """The sentence that says what all would give, above everything."""
    wrong, count = _sum(sheet, rows, IS_WRONG, 0), sum(one.is_wrong for one in rows)
    first = rounded(unit.total.impact_index)
    now = _NONE if first is None else str(first)
    goal, index = limits.target, whole.shown
    lacking = f"MAX(0,ROUNDUP(ROUND({whole.most}*(2*{goal}-1)/200,6),0)-{whole.points})"
    same = f'"{_SAME}"&{index}&"{_AS_NOW}"'
    other = f'"{_OTHER}"&{index}&"{_INSTEAD}{now}"'
    formula = (
        f'IF({index}="{_NONE}","{_NO_INDEX}",IF({index}&""="{now}",{same},{other})&": "'
        f'&{whole.state}&" målet "&{goal}&"."'
        f'&IF({lacking}>0," Till målet saknas "&{lacking}&" poäng.",""))'
        f'&IF({wrong}=0,""," ▼ "&{wrong}&IF({wrong}=1," rad"," rader")&"{_UNCOUNTED}")'
    )
    said = _answer(whole, count, limits, now)
    sheet.live_wide(row, (1, LAST), formula, said, look.ANSWER)


def _answer(whole: Gives, count: int, limits: Limits, now: str) -> str:
    """What the sentence says."""
    score = whole.score
    index, goal = rounded(score.impact_index), limits.marks[0]
    wrong = f" ▼ {count} {'rad' if count == 1 else 'rader'}{_UNCOUNTED}" if count else ""
    if index is None:
        return f"{_NO_INDEX}{wrong}"
    _, state = _state("", limits, index)
    lacking = needed(score.achieved, score.maximum, Fraction(goal))
    left = f" Till målet saknas {lacking} poäng." if lacking else ""
    is_same = str(index) == now
    begun = f"{_SAME}{index}{_AS_NOW}" if is_same else f"{_OTHER}{index}{_INSTEAD}{now}"
    return f"{begun}: {state} målet {goal}.{left}{wrong}"


def _sum(sheet: TrialSheet, rows: Sequence[Row], helper: int, area: int) -> str:
    """The formula of what some rows give in a helper; ``area``: the number of theirs, 0 for all."""
    if not rows:
        return "0"
    first, last = rows[0].row, rows[-1].row
    column, areas = sheet.helper_column(helper), sheet.helper_column(AREA)
    summed = span(first, column, last, column)
    return f"SUMIF({span(first, areas, last, areas)},{area},{summed})" if area else f"SUM({summed})"


def _state(index: str, limits: Limits, now: int | None) -> tuple[str, str]:
    """How an index stands to its target, as a formula and as it is."""
    words = {colour: f"{look.SYMBOLS[colour]} {look.WORDS[colour]}" for colour in look.WORDS}
    green, orange, red = words["grön"], words["orange"], words["röd"]
    formula = (
        f'IF({index}="{_NONE}","ej mätt",IF({index}>={limits.target},"{green}",'
        f'IF({index}>={limits.near},"{orange}","{red}")))'
    )
    if now is None:
        return formula, "ej mätt"
    return formula, words[calc.colour_of_printed(now, limits.marks)]
