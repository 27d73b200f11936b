"""The tables of the Impactindex report: misses by cost, the areas, and what the figures rest on.

Outcomes, targets and distances are told in words a board member reads.

>>> from fractions import Fraction
>>> target(TargetRule(RuleKind.GENDER_GAP_AT_MOST, Fraction(20)))
'högst 20\\xa0pp skillnad'
>>> distance(TargetRule(RuleKind.EVERYONE), Outcome(Count(Fraction(87), Fraction(93))))
'6 till hade räckt'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from finsam_xl.report.comment_sheet import COMMENT
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import (
    MISSES,
    MOST_MISSES,
    Story,
    area_name,
    fraction,
    link,
    miss_key,
    miss_label,
    rounded,
)
from finsam_xl.sheetplan import Role

_HEADINGS = ("Målområde", "Uppnådda poäng", "Högsta möjliga", "Mål-\nuppfyllelse", "Index")


_OUTCOME, _TARGET, _POINTS_AND_NEAR = 22.0, 16.0, 20.0
"""How wide the columns of a miss are at least."""


def put_misses(sheet: ReportSheet, story: Story, comments: Mapping[CommentKey, str]) -> None:
    """The most costly misses of the leading unit, with room for what is to be done about them."""
    misses, last = story.misses, sheet.last
    shown = misses[:MOST_MISSES]
    texts = [comments.get(miss_key(judgement)) for judgement in shown]
    ends = _ends(sheet)
    room = sum(sheet.widths[: ends[0]])
    heights = [
        max(ROW, sheet.growing(text), text_height(miss_label(judgement), room))
        for judgement, text in zip(shown, texts, strict=True)
    ]
    several = f": de {len(shown)} dyraste av {len(misses)}" if len(misses) > len(shown) else ""
    heading = f"Indikator som inte nåddes{several}"
    heading_height = HEADING if look.is_long(heading, room) else ROW
    sheet.fit(SECTION_HEIGHT + heading_height + sum(heights))
    sheet.section(MISSES)
    left, right = look.HEADING, look.HEADING_RIGHT
    row = sheet.down(heading_height)
    wide = sheet.canvas.wide
    wide(row, 1, ends[0], heading, left)
    wide(row, ends[0] + 1, ends[1], "Utfall", right)
    wide(row, ends[1] + 1, ends[2], "Mål", right)
    sheet.canvas.put(row, ends[2] + 1, "Poäng", right)
    wide(row, ends[2] + 2, last - 2, "Så nära", right)
    sheet.canvas.put(row, last - 1, "", left)
    sheet.canvas.put(row, last, COMMENT, left)
    for judgement, text, height in zip(shown, texts, heights, strict=True):
        row = sheet.down(height)
        _miss(sheet, row, ends, judgement)
        sheet.comment(row, text)
    if not shown:
        measured = any(j.reached is not None for j in story.lead.judgements)
        said = "Alla mätta indikatorer är uppnådda." if measured else "Inget är mätt."
        wide(sheet.down(ROW), 1, last, said, look.TEXT)


def _ends(sheet: ReportSheet) -> tuple[int, int, int]:
    """The last columns of the indicator, its outcome and its target, by the room they need."""
    needed = (_POINTS_AND_NEAR, _TARGET, _OUTCOME)
    ends: list[int] = []
    last, taken = sheet.last - 2, 0.0
    for room in needed:
        while last > 1 and taken < room:
            taken += sheet.widths[last - 1]
            last -= 1
        ends.append(last)
        taken = 0.0
    target, outcome_end, indicator = ends
    return max(1, indicator), max(2, outcome_end), max(3, target)


def _miss(sheet: ReportSheet, row: int, ends: tuple[int, int, int], judgement: Judgement) -> None:
    indicator = judgement.indicator
    wide = sheet.canvas.wide
    place = link(indicator.places.get("number"))
    wide(row, 1, ends[0], miss_label(judgement), look.TEXT, link=place)
    measured = outcome(indicator.rule, indicator.outcome)
    wide(row, ends[0] + 1, ends[1], measured, look.RIGHT_TEXT)
    wide(row, ends[1] + 1, ends[2], target(indicator.rule), look.RIGHT_TEXT)
    sheet.canvas.put(row, ends[2] + 1, judgement.weight, look.FIGURE._replace(bold=True))
    near = distance(indicator.rule, indicator.outcome)
    wide(row, ends[2] + 2, sheet.last - 2, near, look.RIGHT_TEXT)
    sheet.canvas.put(row, sheet.last - 1, None, look.LABEL)


def areas_height(story: Story) -> float:
    """How high the table of the areas is."""
    return SECTION_HEIGHT + HEADING + ROW * (1 + len(story.lead.areas))


def put_areas(sheet: ReportSheet, story: Story) -> int:
    """The leading unit by goal area, the best first; gives the row of the first area."""
    areas = story.sorted_areas()
    ideals = [ideal_of(area.name, story.ideals) for area in areas]
    sheet.fit(areas_height(story))
    sheet.section(f"{story.lead.unit} per målområde")
    more = ("Viktning", "Ideal") if any(ideals) else ("Viktning",)
    sheet.headings((*_HEADINGS, *more))
    first = sheet.row
    whole_percent = look.FIGURE._replace(number=look.SWEDISH + "0 %")
    for area, ideal in zip(areas, ideals, strict=True):
        row = sheet.down(ROW)
        _area_row(sheet, story, row, area, (look.LABEL, look.FIGURE, look.PERCENT))
        sheet.canvas.put(row, 6, fraction(story.lead.share(area)), look.PERCENT)
        if any(ideals):
            sheet.canvas.put(row, 7, fraction(ideal), whole_percent)
    row = sheet.down(ROW)
    roles = (look.total(look.LABEL), look.total(look.FIGURE), look.total(look.PERCENT))
    _area_row(sheet, story, row, story.lead.total, roles)
    for column in range(6, 6 + len(more)):
        sheet.canvas.put(row, column, None, look.total(look.FIGURE))
    return first


def _area_row(
    sheet: ReportSheet, story: Story, row: int, area: AreaScore, roles: tuple[Role, Role, Role]
) -> None:
    label, figure, percent = roles
    put = sheet.canvas.put
    put(row, 1, area_name(area), label)
    put(row, 2, area.achieved, figure)
    put(row, 3, area.maximum, figure)
    put(row, 4, fraction(area.impact_index), percent)
    colour = story.colour(area)
    put(row, 5, rounded(area.impact_index), look.coloured(figure, colour, symbol=True))


def caveat(units: Sequence[UnitIndex]) -> Iterator[str]:
    """What a reader must know of the judgements before the figures are read."""
    judged = [j for unit in units for j in unit.judgements if j.reached is not None]
    typed = sum(not j.calculated for j in judged)
    if typed:
        yield (
            f"{look.SYMBOLS['orange']} {swedish(typed)} av {swedish(len(judged))} bedömningar står "
            "i arbetsboken utan utfall och används som de står: de är inte kontrollerade."
        )


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
    return f"{swedish(away, 1, unit)} ifrån"


def _of(count: Count) -> str:
    if count.is_share:
        return ""
    return f" ({swedish(count.number)} av {swedish(count.base or 0)})"
