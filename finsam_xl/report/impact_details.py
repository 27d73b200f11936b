"""Page two of the Impactindex report: misses by cost, the areas, and what the figures rest on.

Outcomes, targets and distances are told in words a board member reads.

>>> from fractions import Fraction
>>> target(TargetRule(RuleKind.GENDER_GAP_AT_MOST, Fraction(20)))
'högst 20\\xa0pp skillnad'
>>> distance(TargetRule(RuleKind.EVERYONE), Outcome(Count(Fraction(87), Fraction(93))))
'6 till hade räckt'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.calc import impact_index as calc
from finsam_xl.calc import target_rules
from finsam_xl.checks.goals.impact_index import ideal_of
from finsam_xl.model import (
    AreaScore,
    Count,
    Judgement,
    Outcome,
    RuleKind,
    TargetRule,
    UnitIndex,
    Word,
)
from finsam_xl.money import swedish, trimmed
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.report import look
from finsam_xl.report.axes import Canvas
from finsam_xl.report.story import Story, area_name, fraction, link, rounded
from finsam_xl.sheetplan import Role

MOST_MISSES = 10
_ROW = 17.0
_SECTION = 22.0
_NOTE_LINE = 12.5
_NOTE_CHARACTERS = 175


def put_misses(canvas: Canvas, story: Story, row: int) -> int:
    """The most costly misses of the leading unit; gives the next free row."""
    misses = calc.costliest(story.lead.judgements)
    shown = misses[:MOST_MISSES]
    several = len(misses) > len(shown)
    rest = f": de {len(shown)} dyraste av {len(misses)} missade mål" if several else ""
    canvas.put(row, 1, f"Det som kostar mest{rest}", look.SECTION, height=_SECTION)
    row += 1
    last = story.columns
    left, right = look.HEADING, look.HEADING_RIGHT
    canvas.wide(row, 1, last - 7, "Indikator som inte nåddes", left)
    canvas.wide(row, last - 6, last - 5, "Utfall", right)
    canvas.wide(row, last - 4, last - 3, "Mål", right)
    canvas.put(row, last - 2, "Poäng", right, height=_ROW)
    canvas.wide(row, last - 1, last, "Så nära", right)
    for judgement in shown:
        row += 1
        _miss(canvas, row, last, judgement)
    if not shown:
        row += 1
        measured = any(j.reached is not None for j in story.lead.judgements)
        text = "Alla mätta indikatorer är uppnådda." if measured else "Inget är mätt."
        canvas.wide(row, 1, last, text, look.TEXT)
    return row + 1


def _miss(canvas: Canvas, row: int, last: int, judgement: Judgement) -> None:
    indicator = judgement.indicator
    place = link(indicator.places.get("number"))
    label = f"{indicator.number}  {indicator.name}"
    canvas.wide(row, 1, last - 7, label, look.LABEL, link=place)
    measured = outcome(indicator.rule, indicator.outcome)
    canvas.wide(row, last - 6, last - 5, measured, look.RIGHT_TEXT)
    canvas.wide(row, last - 4, last - 3, target(indicator.rule), look.RIGHT_TEXT)
    bold = look.FIGURE._replace(bold=True)
    canvas.put(row, last - 2, judgement.weight, bold, height=_ROW)
    near = distance(indicator.rule, indicator.outcome)
    canvas.wide(row, last - 1, last, near, look.RIGHT_TEXT)


def put_areas(canvas: Canvas, story: Story, row: int) -> int:
    """The leading unit by goal area, the best first; gives the next free row."""
    canvas.put(row, 1, f"{story.lead.unit} per målområde", look.SECTION, height=_SECTION)
    row += 1
    titles = ("Uppnådda poäng", "Högsta möjliga", "Mål-\nuppfyllelse", "Index", "Viktning")
    canvas.put(row, 1, "Målområde", look.HEADING, height=28)
    for column, text in enumerate((*titles, "Ideal"), start=2):
        canvas.put(row, column, text, look.HEADING_RIGHT)
    whole_percent = look.FIGURE._replace(number=look.SWEDISH + "0 %")
    for area in story.sorted_areas():
        row += 1
        _area_row(canvas, story, row, area, (look.LABEL, look.FIGURE, look.PERCENT))
        canvas.put(row, 6, fraction(story.lead.share(area)), look.PERCENT)
        canvas.put(row, 7, fraction(ideal_of(area.name, story.ideals)), whole_percent)
    row += 1
    roles = (look.total(look.LABEL), look.total(look.FIGURE), look.total(look.PERCENT))
    _area_row(canvas, story, row, story.lead.total, roles)
    for column in (6, 7):
        canvas.put(row, column, None, look.total(look.FIGURE))
    return row + 1


def _area_row(
    canvas: Canvas, story: Story, row: int, area: AreaScore, roles: tuple[Role, Role, Role]
) -> None:
    label, figure, percent = roles
    canvas.put(row, 1, area_name(area), label, height=_ROW)
    canvas.put(row, 2, area.achieved, figure)
    canvas.put(row, 3, area.maximum, figure)
    canvas.put(row, 4, fraction(area.impact_index), percent)
    colour = story.colour(area)
    canvas.put(row, 5, rounded(area.impact_index), look.coloured(figure, colour, symbol=True))


def put_notes(canvas: Canvas, story: Story, row: int) -> int:
    """What the figures rest on; gives the last row."""
    canvas.put(row, 1, "Vad siffrorna vilar på", look.SECTION, height=_SECTION)
    for text in note_texts([story.lead, *story.platforms], story.rules):
        row += 1
        canvas.wide(row, 1, story.columns, text, look.NOTE)
        canvas.heights[row] = _NOTE_LINE * (1 + len(text) // _NOTE_CHARACTERS) + 1
    return row


def note_texts(units: Sequence[UnitIndex], rules: ImpactIndexRules) -> Iterator[str]:
    """What the colours mean, and what is derived, assumed, typed or not measured."""
    goal, near = swedish(rules.target), swedish(rules.near)
    yield (
        f"● når: index {goal} eller högre. ▲ nära: {near}–{swedish(rules.target - 1)}. "
        f"▼ under: lägre än {near}. Färgen följer det avrundade indexet; pp är procentenheter."
    )
    yield (
        "Ett uppnått mål ger hela vikten, ett missat inget; index = 100 × uppnådda poäng / "
        "högsta möjliga poäng bland de indikatorer som mätts."
    )
    lead, others = units[0], units[1:]
    weights = _counted(j.indicator.weight_status for j in lead.judgements)
    if weights:
        yield f"Vikternas ställning, {lead.unit}: {weights}."
    bases = _counted(
        j.indicator.basis for unit in others for j in unit.judgements if j.reached is not None
    )
    if bases:
        yield f"Bedömningarnas underlag, övriga enheter: {bases}."
    every = [judgement for unit in units for judgement in unit.judgements]
    typed = sum(not j.calculated and j.reached is not None for j in every)
    if typed:
        yield f"{typed} bedömningar är angivna i arbetsboken utan utfall och används som de står."
    excluded = [f"{unit.unit} {', '.join(unit.excluded)}" for unit in units if unit.excluded]
    if excluded:
        yield (
            f"▼ Utelämnade rader, som har fel och inte räknas förrän de är rättade: "
            f"{'; '.join(excluded)}."
        )
    unmeasured = dict.fromkeys(j.indicator.number for j in every if j.reached is None)
    if unmeasured:
        yield f"Ej mätt, varken möjligt eller uppnått: {', '.join(unmeasured)}."


def _counted(texts: Iterable[str]) -> str:
    """How many of each first word, the most common first: 'härledd 38, antagen 31'."""
    words = Counter(text.partition(" ")[0].lower() for text in texts if text)
    return ", ".join(f"{word} {number}" for word, number in words.most_common())


_WORDS = {
    Word.NOT_MEASURED: "ej mätt",
    Word.REPORTED: "redovisad",
    Word.NOT_REPORTED: "ej redovisad",
    Word.LOWER: "har minskat",
    Word.NOT_LOWER: "har inte minskat",
}
_DISTANCES = {RuleKind.MEAN_AT_LEAST: "", RuleKind.COUNT_AT_LEAST: "st"}
_SHOWN_WITH_COUNT = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip


def target(rule: TargetRule | None) -> str:
    """What a rule asks for."""
    if rule is None:
        return "–"
    limit = trimmed(rule.limit) if rule.limit is not None else "?"
    upper = trimmed(rule.upper) if rule.upper is not None else ""
    texts = {
        RuleKind.SHARE_AT_LEAST: f"minst {limit}\u00a0%",
        RuleKind.SHARE_AT_MOST: f"högst {limit}\u00a0%",
        RuleKind.SHARE_BETWEEN: f"{limit}–{upper}\u00a0%",
        RuleKind.EVERYONE: "alla (100\u00a0%)",
        RuleKind.GENDER_BALANCE: f"{limit}–{upper}\u00a0% kvinnor"
        if upper
        else f"minst {limit}\u00a0%",
        RuleKind.GENDER_GAP_AT_MOST: f"högst {limit}\u00a0pp skillnad",
        RuleKind.COUNT_AT_LEAST: f"minst {limit}\u00a0st",
        RuleKind.REPORTED: "redovisad",
        RuleKind.LOWER_THAN_LAST_YEAR: "lägre än året innan",
        RuleKind.MEAN_AT_LEAST: f"medelvärde minst {limit}",
        RuleKind.DECREASE_AT_LEAST: f"minskning minst {limit}\u00a0%",
    }
    return texts[rule.kind]


def outcome(rule: TargetRule | None, given: Outcome) -> str:
    """What was measured: the share with its count, both shares of a gap, or the word."""
    if given.word is not None:
        return _WORDS[given.word]
    if rule is None or not given.is_given:
        return "bedömt utan utfall"
    value = target_rules.measured(rule, given)
    if value is None:
        return "ofullständigt"
    if rule.kind is RuleKind.GENDER_BALANCE and given.women and given.men:
        both = Count(given.women.number, given.women.number + given.men.number)
        return f"{swedish(value, 1, '%')} kvinnor{_of(both)}"
    if rule.kind is RuleKind.GENDER_GAP_AT_MOST:
        return f"{swedish(value, 1)}\u00a0pp skillnad"
    share = given.total.percent if given.total is not None else None
    if given.total is not None and share is not None and rule.kind in _SHOWN_WITH_COUNT:
        return f"{swedish(share, 1, '%')}{_of(given.total)}"
    return trimmed(value)


def distance(rule: TargetRule | None, given: Outcome) -> str:
    """How near a miss was: persons or answers lacking, or points from the limit."""
    if rule is None or not given.is_given:
        return "–"
    persons = target_rules.lacking(rule, given)
    if persons is not None:
        fewer = rule.kind is RuleKind.SHARE_AT_MOST
        return f"{swedish(persons)} {'färre' if fewer else 'till'} hade räckt"
    value = target_rules.measured(rule, given)
    if value is None or rule.limit is None:
        return "–"
    if rule.kind in (RuleKind.GENDER_BALANCE, RuleKind.SHARE_BETWEEN):
        upper = 100 - rule.limit if rule.upper is None else rule.upper
        away = rule.limit - value if value < rule.limit else value - upper
    else:
        away = abs(value - rule.limit)
    unit = _DISTANCES.get(rule.kind, "pp")
    return f"{swedish(away, 1, unit)} från gränsen"


def _of(count: Count) -> str:
    if count.is_share:
        return ""
    return f" ({swedish(count.number)} av {swedish(count.base or 0)})"
