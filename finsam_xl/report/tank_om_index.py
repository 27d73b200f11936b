"""The Impactindex on the sheet *Tänk om*: other outcomes, weights and targets, and what they give.

All is said in ordinary formulas, so that it lives in every program and without our functions. What
they give is calculated here, by the rules of the index themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import impact_index as calc
from finsam_xl.model import Judgement, Outcome, UnitIndex
from finsam_xl.money import as_float, exact, whole_steps
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.impact_details import outcome, target
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import ROW
from finsam_xl.report.story import Story, area_name, link
from finsam_xl.report.tank_om import (
    INPUT,
    INPUT_TEXT,
    PENCIL,
    Change,
    Held,
    Remark,
    TrialSheet,
    first_of,
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
from finsam_xl.report.tank_om_standing import (
    ANSWER,
    AREA,
    AS_IS,
    IS_WRONG,
    LAST,
    MOST,
    POINTS,
    TRIED,
    WRONG,
    Limits,
    Row,
    put_answer,
    put_areas,
    put_headings,
)
from finsam_xl.sheets.grid import Value, is_number

_TARGET, _NEAR, _LIMITS = "Mål för indexet", "Nära målet, från", "Gränser"
_UNIT = "Enhet som visas"
_COUNTS, _ANSWER_COLUMN = (8, 9, 10, 11), 12
_GROUP = look.HEADING._replace(bottom="", strong=False)
_STRONG = look.LABEL._replace(bold=True)
_HIGHEST = 100
_ANSWER_HEIGHT = 34.0


def first_unit(story: Story) -> UnitIndex:
    """The unit that is shown before any is chosen: the association, else one of several.

    That is the nearest of those below the target, where there is most to win by little, and the
    first where none is. All of them together, with every indicator of each, are shown only when
    somebody chooses so.
    """
    if story.lead.is_association or not story.platforms:
        return story.lead
    indices = [(unit.total.impact_index, unit) for unit in story.platforms]
    missing = [(i, unit) for i, unit in indices if i is not None and i < story.rules.target]
    return max(missing, key=lambda one: one[0])[1] if missing else story.platforms[0]


def unit_change(story: Story) -> Change:
    """The cell in which a unit is chosen."""
    return Change(CommentKey.of("", _UNIT), "Enhet", first_unit(story).unit)


class IndexBlock:
    """One ``unit``'s index, its areas and indicators; ``highest``: the highest weight there is."""

    def __init__(self, story: Story, unit: UnitIndex, highest: int) -> None:
        self._story, self._unit, self._highest = story, unit, highest
        self._section = f"{unit.unit} {story.period}".strip()
        self._forms = [form_of(one) for one in unit.judgements]
        self._areas = {area.name: area_name(area) for area in unit.areas}
        limits = ((_TARGET, story.rules.target), (_NEAR, story.rules.near))
        self._limit_changes = [
            Change(CommentKey.of(_LIMITS, name), "Index", as_float(value)) for name, value in limits
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
        for text in self._story.of_target[1:]:
            sheet.note(text)
        put_headings(sheet)
        areas = [sheet.down(ROW) for _ in range(1 + len(self._areas))]
        limits = self._put_limits(sheet)
        rows = self._put_indicators(sheet)
        whole = put_areas(sheet, self._unit, areas, rows, limits)
        put_answer(sheet, answer, self._unit, whole, rows, limits)

    # Limits ------------------------------------------------------------------------------------

    def _put_limits(self, sheet: TrialSheet) -> Limits:
        """The target, what is near it, and the unit that is shown."""
        sheet.section(_LIMITS)
        row = sheet.down(ROW)
        for column, text in ((1, ""), (2, AS_IS), (3, f"{TRIED} {PENCIL}")):
            sheet.canvas.put(row, column, text, look.HEADING_RIGHT)
        sheet.canvas.wide(row, 4, LAST, "", look.HEADING)
        printed = [self._put_limit(sheet, change) for change in self._limit_changes]
        if self._story.platforms:
            self._put_unit(sheet)
        (goal, at), (near, close) = printed
        return Limits(goal, near, (at, close))

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
        sheet.live_wide(row, (7, LAST), nested(remarks), first_of(remarks), look.LABEL)
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
        sheet.live_wide(row, (7, LAST), nested([other]), first_of([other]), look.LABEL)

    # Indicators --------------------------------------------------------------------------------

    def _put_indicators(self, sheet: TrialSheet) -> list[Row]:
        """Every indicator, by area: as it is, and to be changed."""
        sheet.section("Indikatorer")
        self._put_headings(sheet)
        rows: list[Row] = []
        area = ""
        for judgement, form in zip(self._unit.judgements, self._forms, strict=True):
            is_new = judgement.indicator.area != area
            area = judgement.indicator.area
            height = _height(sheet, judgement)
            if sheet.fit(height + (ROW if is_new else 0)):
                self._put_headings(sheet)
            if is_new:
                sheet.canvas.wide(sheet.down(ROW), 1, LAST, self._areas[area], _STRONG)
            rows.append(self._put_indicator(sheet, sheet.down(height), judgement, form))
        for text in self._notes():
            sheet.note(text)
        return rows

    def _put_headings(self, sheet: TrialSheet) -> None:
        row = sheet.down(ROW)
        sheet.canvas.wide(row, 3, 5, AS_IS, _GROUP)
        sheet.canvas.wide(row, 7, LAST, f"{TRIED}: ändra under {PENCIL}", _GROUP)
        men = (f"Män {PENCIL}", f"Av {PENCIL}") if self._has_men else ("", "")
        texts = (
            "Indikator", "Mål", "Utfall", "Uppnått", "Vikt", "",
            f"Vikt {PENCIL}", f"Antal {PENCIL}", f"Av {PENCIL}", *men, "Uppnått", "", "Att rätta",
        )  # fmt: skip
        sheet.headings(texts, left=(2, 3, LAST))

    @property
    def _has_men(self) -> bool:
        return any(form.shape in (Shape.BALANCE, Shape.GAP) for form in self._forms)

    def _notes(self) -> Iterator[str]:
        if self._has_men:
            yield "Vid mål om kvinnor och män är Antal och Av kvinnornas, och männens står för sig."
        years = (Shape.YEARS, Shape.DECREASE)
        if any(form.shape in years for form in self._forms):
            yield "Vid mål om förändring är Antal årets tal och Av talet året innan."

    def _put_indicator(self, sheet: TrialSheet, row: int, judgement: Judgement, form: Form) -> Row:
        self._put_as_it_is(sheet, row, judgement)
        weight = sheet.change(row, 7, self._weight(judgement))
        held = self._put_outcome(sheet, row, judgement, form)
        wrong = [*form.faults(held), whole_weight(weight, self._highest, form.unmeasured(held))]
        word = first_of(wrong)
        tried = _tried(judgement, form, weight.value, held, is_wrong=bool(word))
        fault = sheet.helper(row, WRONG, nested(wrong), word)
        said = "" if word else ANSWERS[tried.reached]
        answer = sheet.helper(row, ANSWER, f'IF({fault}<>"","",{form.answer(held)})', said)
        points, most = tried.points or 0, 0 if tried.reached is None else tried.weight
        sheet.helper(row, AREA, "", 1 + list(self._areas).index(judgement.indicator.area))
        sheet.helper(row, POINTS, f'IF({answer}="Ja",{weight.cell},0)', points)
        either = f'OR({answer}="Ja",{answer}="Nej")'
        sheet.helper(row, MOST, f"IF({either},{weight.cell},0)", most)
        sheet.helper(row, IS_WRONG, f'IF({fault}<>"",1,0)', int(bool(word)))
        if form.shape is not Shape.JUDGED:
            shown = f'IF({answer}="","▼",{answer})'
            sheet.live(row, _ANSWER_COLUMN, shown, said or "▼", look.RIGHT_TEXT)
        rest = [*form.over(held), sheet.changed(row)]
        formula = f'IF({fault}<>"",{fault},{nested(rest)})'
        sheet.live(row, LAST, formula, word or first_of(rest), look.LABEL)
        return Row(row, tried, bool(word))

    def _put_as_it_is(self, sheet: TrialSheet, row: int, judgement: Judgement) -> None:
        indicator, put = judgement.indicator, sheet.canvas.put
        put(row, 1, indicator.title, look.TEXT, link=link(indicator.places.get("number")))
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


def _height(sheet: TrialSheet, judgement: Judgement) -> float:
    indicator = judgement.indicator
    texts = (
        (indicator.title, 1), (target(indicator.rule), 2),
        (outcome(indicator.rule, indicator.outcome), 3),
    )  # fmt: skip
    return max(ROW, *(text_height(text, sheet.widths[column - 1]) for text, column in texts))


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


def _known(value: Value) -> Fraction:
    return exact(value) if is_number(value) else Fraction(0)


def _shown(value: Value) -> float | int | None:
    return value if is_number(value) else None
