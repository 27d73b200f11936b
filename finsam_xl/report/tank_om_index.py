"""The Impactindex on the sheet *Tänk om*: other outcomes, weights and targets, and what they give.

All is said in ordinary formulas, so that it lives in every program and without our functions. What
they give is calculated here, by the rules of the index themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.address import a1, span
from finsam_xl.calc import impact_index as calc
from finsam_xl.calc.cheapest import needed
from finsam_xl.model import AreaScore, Judgement, Outcome, UnitIndex
from finsam_xl.money import exact, whole_steps
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.impact_details import outcome, target
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import ROW
from finsam_xl.report.story import Story, area_name, link, rounded
from finsam_xl.report.tank_om import (
    INPUT,
    INPUT_TEXT,
    PENCIL,
    Change,
    Held,
    Remark,
    TrialSheet,
    first_of,
    is_number,
    nested,
)
from finsam_xl.report.tank_om_outcomes import (
    ANSWERS,
    Form,
    Shape,
    answer_in,
    form_of,
    whole_weight,
)
from finsam_xl.sheets.grid import Value

_AS_IS, _TRIED = "Som det är", "Tänk om"
_TARGET, _NEAR, _LIMITS = "Mål för indexet", "Nära målet, från", "Gränser"
_UNIT, _WHOLE = "Enhet som visas", "Hela indexet"
_NONE = "–"
_AREA, _WRONG, _ANSWER, _POINTS, _MOST, _IS_WRONG = range(6)
"""The helpers of an indicator's row: the number of its area, and what it gives."""
_COUNTS, _ANSWER_COLUMN, _LAST = (8, 9, 10, 11), 12, 14
_SIGNED = look.FIGURE._replace(number=f"{look.SWEDISH}+0;{look.SWEDISH}−0;{look.SWEDISH}0")
_GROUP = look.HEADING._replace(bottom="", strong=False)
_STRONG = look.LABEL._replace(bold=True)
_HIGHEST = 100
_SAME, _OTHER = "Indexet är som i dag ", "Tänk om: indexet blir "
_NO_INDEX = "Inget är mätt, så det finns inget index."
_UNCOUNTED = " räknas inte med: se Att rätta."
_ANSWER_HEIGHT = 34.0
_POINTS_AT, _MOST_AT = (10, 11), 12
"""The columns of the points, and of the most there could be."""


class _Limits(NamedTuple):
    """The target and what is near it as they are printed: their cells, and what they hold."""

    target: str
    near: str
    marks: tuple[int, int]


class _Row(NamedTuple):
    """An indicator's row and what it gives now."""

    row: int
    judgement: Judgement
    is_wrong: bool


class _Gives(NamedTuple):
    """An index or a part of it: where its formulas stand, and what they give."""

    shown: str
    state: str
    points: str
    most: str
    score: AreaScore


def unit_change(story: Story) -> Change:
    """The cell in which a unit is chosen."""
    return Change(CommentKey.of("", _UNIT), "Enhet", story.lead.unit)


class IndexBlock:
    """One ``unit``'s index, its areas and indicators; ``highest``: the highest weight there is."""

    def __init__(self, story: Story, unit: UnitIndex, highest: int) -> None:
        self._story, self._unit, self._highest = story, unit, highest
        self._section = f"{unit.unit} {story.period}".strip()
        self._forms = [form_of(one) for one in unit.judgements]
        self._areas = [area.name for area in unit.areas]
        limits = ((_TARGET, story.rules.target), (_NEAR, story.rules.near))
        self._limit_changes = [
            Change(CommentKey.of(_LIMITS, name), "Index", _plain(value)) for name, value in limits
        ]

    @cached_property
    def changes(self) -> Sequence[Change]:
        """The limits, the unit, and the weight and outcome of every indicator."""
        found = list(self._limit_changes)
        if self._story.platforms:
            found.append(unit_change(self._story))
        for judgement, form in zip(self._unit.judgements, self._forms, strict=True):
            found.append(self._weight(judgement))
            found += [self._part(judgement, name, start) for name, start in form.starts]
        return found

    def _weight(self, judgement: Judgement) -> Change:
        return self._part(judgement, "Vikt", judgement.indicator.weight)

    def _part(self, judgement: Judgement, name: str, start: Value) -> Change:
        indicator = judgement.indicator
        line = CommentKey.of(self._section, indicator.name, indicator.number)
        return Change(line, name, start)

    def draw(self, sheet: TrialSheet) -> None:
        """The answer, the areas, the limits, and the indicators."""
        answer = sheet.down(_ANSWER_HEIGHT)
        sheet.section(f"Impactindex, {self._section}")
        self._put_area_headings(sheet)
        areas = [sheet.down(ROW) for _ in range(1 + len(self._areas))]
        limits = self._put_limits(sheet)
        rows = self._put_indicators(sheet)
        whole = self._put_areas(sheet, areas, rows, limits)
        self._put_answer(sheet, answer, whole, rows, limits)

    # Limits ------------------------------------------------------------------------------------

    def _put_limits(self, sheet: TrialSheet) -> _Limits:
        """The target, what is near it, and the unit that is shown."""
        sheet.section(_LIMITS)
        row = sheet.down(ROW)
        for column, text in ((1, ""), (2, _AS_IS), (3, f"{_TRIED} {PENCIL}")):
            sheet.canvas.put(row, column, text, look.HEADING_RIGHT)
        sheet.canvas.wide(row, 4, _LAST, "", look.HEADING)
        printed = [self._put_limit(sheet, change) for change in self._limit_changes]
        if self._story.platforms:
            self._put_unit(sheet)
        (goal, at), (near, close) = printed
        return _Limits(goal, near, (at, close))

    def _put_limit(self, sheet: TrialSheet, change: Change) -> tuple[str, int]:
        """A limit: the cell of it as it is printed, and what that holds."""
        row = sheet.down(ROW)
        sheet.canvas.put(row, 1, change.line.shown, look.LABEL)
        sheet.canvas.put(row, 2, _shown(change.start), look.FIGURE)
        held = sheet.change(row, 3, change)
        sheet.canvas.wide(row, 4, 6, None, look.LABEL)
        cell, value = held.cell, held.value
        first = whole_steps(_known(change.start), 1)
        is_off = not is_number(value) or not 0 <= value <= _HIGHEST
        off = f"IF(ISNUMBER({cell}),OR({cell}<0,{cell}>{_HIGHEST}),TRUE)"
        told = f"▼ Skriv ett tal 0–{_HIGHEST}; så länge gäller {first}"
        remarks = [Remark(off, is_off, told), sheet.changed(row)]
        sheet.live_wide(row, (7, _LAST), nested(remarks), first_of(remarks), look.LABEL)
        printed = first if is_off else whole_steps(_known(value), 1)
        return sheet.helper(row, 0, f"IF({off},{first},ROUND({cell},0))", printed), printed

    def _put_unit(self, sheet: TrialSheet) -> None:
        """The unit that is shown, to be changed for another."""
        shown = self._unit.unit
        row = sheet.down(ROW)
        sheet.canvas.put(row, 1, _UNIT, look.LABEL)
        held = sheet.change(row, 2, unit_change(self._story), INPUT_TEXT, last=5)
        sheet.canvas.put(row, 6, None, look.LABEL)
        units = [one.unit for one in self._story.all_units]
        sheet.offer((row, 2, row, 2), units, listed=sheet.listed(row, units))
        name = shown.replace('"', '""')
        asked = "▲ Klicka på Vad krävs? så visas den enheten"
        other = Remark(f'{held.cell}&""<>"{name}"', str(held.value or "") != shown, asked)
        sheet.live_wide(row, (7, _LAST), nested([other]), first_of([other]), look.LABEL)

    # Indicators --------------------------------------------------------------------------------

    def _put_indicators(self, sheet: TrialSheet) -> list[_Row]:
        """Every indicator, by area: as it is, and to be changed."""
        sheet.section("Indikatorer")
        self._put_headings(sheet)
        rows: list[_Row] = []
        area = ""
        for judgement, form in zip(self._unit.judgements, self._forms, strict=True):
            is_new = judgement.indicator.area != area
            area = judgement.indicator.area
            height = _height(sheet, judgement)
            if sheet.fit(height + (ROW if is_new else 0)):
                self._put_headings(sheet)
            if is_new:
                sheet.canvas.wide(sheet.down(ROW), 1, _LAST, area, _STRONG)
            rows.append(self._put_indicator(sheet, sheet.down(height), judgement, form))
        for text in self._notes():
            sheet.note(text)
        return rows

    def _put_headings(self, sheet: TrialSheet) -> None:
        row = sheet.down(ROW)
        sheet.canvas.wide(row, 3, 5, _AS_IS, _GROUP)
        sheet.canvas.wide(row, 7, _LAST, f"{_TRIED}: ändra under {PENCIL}", _GROUP)
        men = (f"Män {PENCIL}", f"Av {PENCIL}") if self._has_men else ("", "")
        texts = (
            "Indikator", "Mål", "Utfall", "Uppnått", "Vikt", "",
            f"Vikt {PENCIL}", f"Antal {PENCIL}", f"Av {PENCIL}", *men, "Uppnått", "", "Att rätta",
        )  # fmt: skip
        sheet.headings(texts, left=(2, 3, _LAST))

    @property
    def _has_men(self) -> bool:
        return any(form.shape in (Shape.BALANCE, Shape.GAP) for form in self._forms)

    def _notes(self) -> Iterator[str]:
        if self._has_men:
            yield "Vid mål om kvinnor och män är Antal och Av kvinnornas, och männens står för sig."
        years = (Shape.YEARS, Shape.DECREASE)
        if any(form.shape in years for form in self._forms):
            yield "Vid mål om förändring är Antal årets tal och Av talet året innan."

    def _put_indicator(self, sheet: TrialSheet, row: int, judgement: Judgement, form: Form) -> _Row:
        self._put_as_it_is(sheet, row, judgement)
        weight = sheet.change(row, 7, self._weight(judgement))
        held = self._put_outcome(sheet, row, judgement, form)
        wrong = [*form.faults(held), whole_weight(weight, self._highest, form.unmeasured(held))]
        word = first_of(wrong)
        tried = _tried(judgement, form, weight.value, held, is_wrong=bool(word))
        fault = sheet.helper(row, _WRONG, nested(wrong), word)
        said = "" if word else ANSWERS[tried.reached]
        answer = sheet.helper(row, _ANSWER, f'IF({fault}<>"","",{form.answer(held)})', said)
        points, most = tried.points or 0, 0 if tried.reached is None else tried.weight
        sheet.helper(row, _AREA, "", 1 + self._areas.index(judgement.indicator.area))
        sheet.helper(row, _POINTS, f'IF({answer}="Ja",{weight.cell},0)', points)
        either = f'OR({answer}="Ja",{answer}="Nej")'
        sheet.helper(row, _MOST, f"IF({either},{weight.cell},0)", most)
        sheet.helper(row, _IS_WRONG, f'IF({fault}<>"",1,0)', int(bool(word)))
        if form.shape is not Shape.JUDGED:
            shown = f'IF({answer}="","▼",{answer})'
            sheet.live(row, _ANSWER_COLUMN, shown, said or "▼", look.RIGHT_TEXT)
        rest = [*form.over(held), sheet.changed(row)]
        formula = f'IF({fault}<>"",{fault},{nested(rest)})'
        sheet.live(row, _LAST, formula, word or first_of(rest), look.LABEL)
        return _Row(row, tried, bool(word))

    def _put_as_it_is(self, sheet: TrialSheet, row: int, judgement: Judgement) -> None:
        indicator, put = judgement.indicator, sheet.canvas.put
        put(row, 1, _label(judgement), look.TEXT, link=link(indicator.places.get("number")))
        put(row, 2, target(indicator.rule), look.TEXT)
        put(row, 3, outcome(indicator.rule, indicator.outcome), look.TEXT)
        put(row, 4, ANSWERS[judgement.reached], look.RIGHT_TEXT)
        put(row, 5, indicator.weight, look.FIGURE)
        put(row, 13, None, look.LABEL)

    def _put_outcome(
        self, sheet: TrialSheet, row: int, judgement: Judgement, form: Form
    ) -> list[Held]:
        """The cells of an outcome, and lines where the row has none."""
        changes = [self._part(judgement, name, start) for name, start in form.starts]
        if form.shape is Shape.JUDGED:
            for column in _COUNTS:
                sheet.canvas.put(row, column, None, look.LABEL)
            sheet.offer((row, _ANSWER_COLUMN, row, _ANSWER_COLUMN), list(ANSWERS.values()))
            role = INPUT_TEXT._replace(align="right")
            return [sheet.change(row, _ANSWER_COLUMN, changes[0], role)]
        by_column = {_COUNTS[at]: one for at, one in zip(form.places, changes, strict=True)}
        for column in _COUNTS:
            if column not in by_column:
                is_unit = form.shape is Shape.PERCENT and column == _COUNTS[1]
                sheet.canvas.put(row, column, "%" if is_unit else None, look.LABEL)
        return [sheet.change(row, column, one, INPUT) for column, one in by_column.items()]

    # What it gives -----------------------------------------------------------------------------

    def _put_area_headings(self, sheet: TrialSheet) -> None:
        row = sheet.down(ROW)
        texts = ("Målområde", _AS_IS, _TRIED, "Skillnad", "", "")
        for column, text in enumerate(texts, start=1):
            sheet.canvas.put(row, column, text, look.HEADING_RIGHT if column > 1 else look.HEADING)
        sheet.canvas.wide(row, 7, 9, "Läge", look.HEADING)
        sheet.canvas.wide(row, *_POINTS_AT, "Poäng", look.HEADING_RIGHT)
        sheet.canvas.put(row, _MOST_AT, "av", look.HEADING_RIGHT)
        sheet.canvas.wide(row, 13, _LAST, "", look.HEADING)

    def _put_areas(
        self, sheet: TrialSheet, places: Sequence[int], rows: Sequence[_Row], limits: _Limits
    ) -> _Gives:
        """The index of all and of each area, as it is and as it would be; that of all."""
        tried = calc.unit_index(self._unit.unit, True, [row.judgement.indicator for row in rows])
        scores = [tried.total, *tried.areas]
        firsts = [self._unit.total, *self._unit.areas]
        given = [
            self._put_area(sheet, row, number, rows, (first, score), limits)
            for number, (row, first, score) in enumerate(zip(places, firsts, scores, strict=True))
        ]
        return given[0]

    def _put_area(
        self,
        sheet: TrialSheet,
        row: int,
        number: int,
        rows: Sequence[_Row],
        scores: tuple[AreaScore, AreaScore],
        limits: _Limits,
    ) -> _Gives:
        """One row of the table; ``number``: that of the area, 0 for all."""
        first, score = scores
        is_all = number == 0
        label, figure = look.total(look.LABEL, is_all), look.total(look.FIGURE, is_all)
        sheet.canvas.put(row, 1, _WHOLE if is_all else area_name(first), label)
        before = rounded(first.impact_index)
        sheet.canvas.put(row, 2, _NONE if before is None else before, figure)
        given, at_most = (_sum(sheet, rows, helper, number) for helper in (_POINTS, _MOST))
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
        for first_column, last_column in ((5, 6), (13, _LAST)):
            sheet.canvas.wide(row, first_column, last_column, None, label)
        return _Gives(index, state, points, most, score)

    def _put_answer(
        self, sheet: TrialSheet, row: int, whole: _Gives, rows: Sequence[_Row], limits: _Limits
    ) -> None:
        """The sentence that says what all would give, above everything."""
        wrong, count = _sum(sheet, rows, _IS_WRONG, 0), sum(one.is_wrong for one in rows)
        first = rounded(self._unit.total.impact_index)
        now = _NONE if first is None else str(first)
        goal, index = limits.target, whole.shown
        lacking = f"MAX(0,ROUNDUP(ROUND({whole.most}*(2*{goal}-1)/200,6),0)-{whole.points})"
        same, other = f'"{_SAME}"&{index}', f'"{_OTHER}"&{index}&" i stället för {now}"'
        formula = (
            f'IF({index}="{_NONE}","{_NO_INDEX}",IF({index}&""="{now}",{same},{other})&": "'
            f'&{whole.state}&" målet "&{goal}&"."'
            f'&IF({lacking}>0," Till målet saknas "&{lacking}&" poäng.",""))'
            f'&IF({wrong}=0,""," ▼ "&{wrong}&IF({wrong}=1," rad"," rader")&"{_UNCOUNTED}")'
        )
        said = self._answer(whole, count, limits, now)
        sheet.live_wide(row, (1, _LAST), formula, said, look.ANSWER)

    def _answer(self, whole: _Gives, count: int, limits: _Limits, now: str) -> str:
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
        begun = f"{_SAME}{index}" if is_same else f"{_OTHER}{index} i stället för {now}"
        return f"{begun}: {state} målet {goal}.{left}{wrong}"


def _height(sheet: TrialSheet, judgement: Judgement) -> float:
    indicator = judgement.indicator
    texts = (
        (_label(judgement), 1), (target(indicator.rule), 2),
        (outcome(indicator.rule, indicator.outcome), 3),
    )  # fmt: skip
    return max(ROW, *(text_height(text, sheet.widths[column - 1]) for text, column in texts))


def _label(judgement: Judgement) -> str:
    return f"{judgement.indicator.number} {judgement.indicator.name}".strip()


def _tried(
    judgement: Judgement, form: Form, weight: Value, held: Sequence[Held], *, is_wrong: bool
) -> Judgement:
    """An indicator judged as it would be; one with something wrong is not counted."""
    indicator = judgement.indicator
    if is_wrong or not is_number(weight):
        return calc.judge(indicator._replace(weight=None, outcome=Outcome(), judged=None))
    values = [one.value for one in held]
    judged = answer_in(values[0]) if form.shape is Shape.JUDGED else None
    found = indicator._replace(weight=int(weight), outcome=form.outcome(values), judged=judged)
    return calc.judge(found)


def _sum(sheet: TrialSheet, rows: Sequence[_Row], helper: int, area: int) -> str:
    """The formula of what some rows give in a helper; ``area``: the number of theirs, 0 for all."""
    if not rows:
        return "0"
    first, last = rows[0].row, rows[-1].row
    column, areas = sheet.helper_column(helper), sheet.helper_column(_AREA)
    summed = span(first, column, last, column)
    return f"SUMIF({span(first, areas, last, areas)},{area},{summed})" if area else f"SUM({summed})"


def _state(index: str, limits: _Limits, now: int | None) -> tuple[str, str]:
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


def _known(value: Value) -> Fraction:
    return exact(value) if is_number(value) else Fraction(0)


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _shown(value: Value) -> float | int | None:
    return value if is_number(value) else None
