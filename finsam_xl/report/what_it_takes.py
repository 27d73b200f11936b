"""The report *Rapport Vad krävs*: what would reach the target, and how sure the index is.

The answer first, then the units side by side, the cheapest sets of missed indicators, what each
miss costs and how near it was, and the index under other weights. It stands beside the official
index and is never merged with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import robustness
from finsam_xl.calc.cheapest import Cheapest
from finsam_xl.calc.wilson import INDISTINGUISHABLE
from finsam_xl.checks.goals.impact_index import ideal_of
from finsam_xl.model import Judgement, UnitIndex
from finsam_xl.money import round_half_away, swedish
from finsam_xl.policy import ImpactIndexRules, RobustnessRules
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, index_change, index_change_texts, look
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.impact_details import distance, outcome, target
from finsam_xl.report.index_compared import Compared
from finsam_xl.report.needs import MOST_SETS, Needs, interval, is_indistinguishable
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.report.story import Story, link, rounded, source_link, state
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Vad krävs"
OWNER = "vad_kravs"
_WIDTHS = (34.0, 8.0, 13.0, 15.0, 22.0, 12.0, 1.5, 17.0, 16.0)
_FIRST_TEXT = 8
"""The first of the columns of words; before it a gutter stands."""
_SEED = 2003_1210
"""Where the draws begin: the number of the law, so that nobody can say it was chosen."""
_KEPT_TOGETHER = 3
"""How many rows of a table stand with its headings."""
_MOST_AREAS = 8
"""With more areas than this all their weights take too long to calculate with."""
_CROWDED = "▲ Samma personer räknas i flera, så alla kan inte nås på en gång"
_HUNDRED = Fraction(100)
_ONE_DECIMAL = look.FIGURE._replace(number=look.SWEDISH + "0.0")


class Firmness:
    """How the indices of some units move when their weights do."""

    def __init__(self, units: Sequence[UnitIndex], rules: RobustnessRules, lowest: int) -> None:
        self.rules = rules
        self._lowest = lowest
        judged = [
            {j.indicator.number: (j.weight, j.reached) for j in unit.judgements} for unit in units
        ]
        part = rules.weight_part / _HUNDRED
        self._moved = robustness.moved(judged, part, int(rules.draws), _SEED)

    def span(self, unit: int) -> str:
        """Between what a unit's index lies in most draws."""
        return _between(self._moved.span(unit, self.rules.middle / _HUNDRED))

    def reaching(self, unit: int) -> Fraction | None:
        """In what part of the draws, of one, a unit reaches the target."""
        return self._moved.part_at_least(unit, self._lowest)

    def overtaken(self, first: int, second: int) -> Fraction | None:
        """In what part of the draws the second of two units has the higher index."""
        return self._moved.part_above(second, first)


def _between(ends: tuple[float, float] | None) -> str:
    """Two ends with one decimal, or one where they are shown the same."""
    if ends is None:
        return "–"
    low, high = (swedish(Fraction(end), 1) for end in ends)
    return f"{low}–{high}" if low != high else low


def build(
    story: Story,
    *,
    association: str,
    rules: RobustnessRules,
    confidence: Fraction,
    years: Compared | None = None,
    faults: Faults = NO_FAULTS,
) -> SheetPlan:
    """The report of the units of a story of the index.

    ``confidence``: how sure intervals of shares are, of one; ``years``: the index against that of
    an earlier year; ``faults``: those in the tables it is told from.
    """
    sheet = ReportSheet(_WIDTHS, "")
    units = story.all_units
    needs = [Needs(unit, story.rules) for unit in units]
    lowest = int(round_half_away(story.rules.target))
    firm = Firmness(units, rules, lowest)
    target_index = swedish(story.rules.target)
    sheet.tail = [*story.of_target[1:], *_notes(story.rules, rules, confidence)]
    sheet.tail += index_change_texts.notes(years) if years is not None else ()
    title = f"Vad krävs för att nå {target_index}? {story.period}".strip()
    answer = _answer(needs, story.rules)
    if years is not None:
        answer = f"{answer} {index_change.told(years)}"
    sheet.head(title, (association, *story.of_target[:1]), story.run, answer, faults)
    sheet.key_figures(_key_figures(story, needs[0], firm))
    _units(sheet, story, needs, firm)
    _sets(sheet, needs[0])
    _misses(sheet, needs[0], confidence)
    if years is not None:
        index_change.put(sheet, years)
    _weights(sheet, story, firm)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _answer(needs: Sequence[Needs], rules: ImpactIndexRules) -> str:
    """What would have been enough for the first unit, or which of the others miss."""
    lead, *others = needs
    best, fewest = lead.by_persons, lead.by_points
    is_counted = best is not None and bool(best.sets)
    chosen = best if is_counted else fewest
    numbers = chosen.sets[0] if chosen is not None and chosen.sets else ()
    needed = answers.Needed(
        lead.lacking,
        lead.counted(best.cost, numbers) if best and best.cost and is_counted else "",
        [lead.misses[number].indicator.title for number in numbers],
        len(lead.unit.excluded),
    )
    units = [(one.unit.unit, one.unit.total.impact_index) for one in others]
    return answers.what_it_takes(lead.unit.total.impact_index, rules.target, needed, units)


def _key_figures(story: Story, needs: Needs, firm: Firmness) -> list[KeyFigure]:
    total = needs.unit.total
    colour = story.colour(total)
    reached = f"{state(colour)} målet {swedish(story.rules.target)}" if colour else _unknown(needs)
    lacking = needs.lacking
    points = f"av {total.maximum}; {total.achieved} är uppnådda"
    graded = needs.graded
    above = firm.reaching(0)
    tries = f"{swedish(firm.rules.draws)} försök"
    often = "–" if above is None else f"når målet i {swedish(100 * above, 0, '%')} av {tries}"
    return [
        ("Index", say.shown(total.impact_index), reached, colour),
        ("Poäng som saknas", "–" if lacking is None else swedish(lacking), points, ""),
        (
            "Om nära missar räknades",
            "–" if graded is None else swedish(graded, 1),
            "graderat index: ett utfall ger sin del av vikten",
            "",
        ),
        (f"Med vikter ±{swedish(firm.rules.weight_part)} %", firm.span(0), often, ""),
    ]


def _unknown(needs: Needs) -> str:
    """Why a unit has no index."""
    return "raderna har fel" if needs.unit.excluded else "inget är mätt"


def _units(sheet: ReportSheet, story: Story, needs: Sequence[Needs], firm: Firmness) -> None:
    """The units side by side: what each lacks, and how firm its index is."""
    sheet.section("Vad varje enhet saknar")
    part, target_index = swedish(firm.rules.weight_part), swedish(story.rules.target)
    headings = (
        story.unit_word.capitalize() if story.platforms else "Enhet",
        "Index",
        "Poäng som\nsaknas",
        "Graderat index",
        f"Index med vikter ±{part} %",
        f"Når {target_index}\ndå, andel",
        "",
        "Färst personer",
        "Byter plats\nmed nästa",
    )
    sheet.headings(headings, left=(8, 9))
    for place, one in enumerate(needs):
        _unit(sheet, story, firm, one, (_cheapest_persons(one), _overtaken(firm, needs, place)))


def _unit(
    sheet: ReportSheet, story: Story, firm: Firmness, one: Needs, texts: tuple[str, str]
) -> None:
    place = story.all_units.index(one.unit)
    total = one.unit.total
    is_total = place == 0 and bool(story.platforms)
    label = look.total(look.TEXT, is_total)
    figure = look.total(look.FIGURE, is_total)
    height = _row_height(sheet, ((one.unit.unit, 1), (texts[0], 8), (texts[1], 9)), bold=is_total)
    row = sheet.down(height)
    put = sheet.canvas.put
    put(row, 1, one.unit.unit, label, link=source_link(one.unit))
    index = look.coloured(figure, story.colour(total), symbol=True)
    put(row, 2, rounded(total.impact_index), index)
    put(row, 3, one.lacking, figure)
    put(row, 4, say.cell(one.graded, 1), look.total(_ONE_DECIMAL, is_total))
    put(row, 5, firm.span(place), look.total(look.RIGHT_TEXT, is_total))
    reaching = firm.reaching(place)
    whole_percent = figure._replace(number=look.SWEDISH + "0 %")
    put(row, 6, None if reaching is None else float(reaching), whole_percent)
    put(row, 7, None, label)
    for column, text in enumerate(texts, start=_FIRST_TEXT):
        put(row, column, text or None, label)


def _row_height(
    sheet: ReportSheet, texts: Sequence[tuple[str, int]], *, bold: bool = False
) -> float:
    """How high a row becomes with some texts in their columns."""
    heights = (
        look.text_height(text, sheet.widths[column - 1], bold=bold) for text, column in texts
    )
    return max(ROW, *heights)


def _cheapest_persons(needs: Needs) -> str:
    found = needs.by_persons
    if needs.lacking == 0:
        return f"{look.SYMBOLS['grön']} når målet"
    if needs.lacking is None:
        return _unknown(needs)
    if found is None or found.cost is None:
        return "antal saknas"
    numbers = [needs.misses[number].indicator.number for number in found.sets[0]]
    return f"{needs.counted(found.cost, found.sets[0])}: {say.joined(numbers)}"


def _overtaken(firm: Firmness, needs: Sequence[Needs], place: int) -> str:
    """How often the unit ranked next has the higher index."""
    if place in (0, len(needs) - 1):
        return ""
    other = firm.overtaken(place, place + 1)
    if other is None:
        return ""
    share = swedish(100 * other, 0, "%")
    return f"{needs[place + 1].unit.unit.rpartition(' ')[2]}: {share}"


def _sets(sheet: ReportSheet, needs: Needs) -> None:
    """The cheapest sets of missed indicators, by persons and by points."""
    if not needs.lacking:
        return
    rows = [
        *_set_texts(needs, "Färst personer", needs.by_persons, needs.counted),
        *_set_texts(needs, "Minst poäng", needs.by_points, lambda n, _: f"{swedish(n)} poäng"),
    ]
    width = sum(sheet.widths[1:])
    heights = [max(ROW, look.text_height(named, width)) for _, named in rows]
    sheet.fit(SECTION_HEIGHT + ROW + sum(heights[:_KEPT_TOGETHER]))
    sheet.section(f"Billigaste vägarna till målet, {needs.unit.unit}")
    _set_headings(sheet)
    for (name, named), height in zip(rows, heights, strict=True):
        if sheet.fit(height):
            _set_headings(sheet)
        row = sheet.down(height)
        sheet.canvas.put(row, 1, name, look.LABEL)
        sheet.canvas.wide(row, 2, sheet.last, named, look.TEXT)


def _set_headings(sheet: ReportSheet) -> None:
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, "Räknat i", look.HEADING)
    sheet.canvas.wide(row, 2, sheet.last, "Indikatorer som hade räckt", look.HEADING)


def _set_texts(
    needs: Needs,
    name: str,
    found: Cheapest | None,
    told: Callable[[int, Sequence[int]], str],
) -> Iterator[tuple[str, str]]:
    """The sets that cost least: what they cost, and the indicators that they are."""
    if found is None or found.cost is None:
        yield name, "antal personer saknas för de indikatorer som behövs"
        return
    for numbers in found.sets:
        cost = f"{name}: {told(found.cost, numbers)}"
        named = say.joined([needs.misses[number].indicator.title for number in numbers])
        crowded = needs.is_crowded(numbers)
        yield cost, f"{named}{f'. {_CROWDED}' if crowded else ''}"
    if found.ways > MOST_SETS:
        yield name, f"och {swedish(found.ways - MOST_SETS)} sätt till"


def _misses(sheet: ReportSheet, needs: Needs, confidence: Fraction) -> None:
    """What each miss costs, the heaviest first, how near it was and how sure that is."""
    if not needs.misses:
        return
    told = [_miss_texts(one, confidence) for one in needs.misses]
    columns = (1, 3, 4, 5)
    heights = [_row_height(sheet, list(zip(texts, columns, strict=False))) for texts in told]
    sheet.fit(SECTION_HEIGHT + HEADING + sum(heights[:3]))
    sheet.section(f"Vad varje miss kostar, {needs.unit.unit}")
    headings = (
        "Indikator som inte nåddes", "Poäng", "Så nära", "Mål", "Utfall",
        "Kan ligga\nbakom", "", "Kan slumpen avgöra?", "",
    )  # fmt: skip
    left = (_FIRST_TEXT, sheet.last)
    sheet.headings(headings, left=left)
    for judgement, texts, height in zip(needs.misses, told, heights, strict=True):
        if sheet.fit(height):
            sheet.headings(headings, left=left)
        row = sheet.down(height)
        put, right = sheet.canvas.put, look.RIGHT_TEXT._replace(wrap=True)
        label, near, aim, found, chance = texts
        put(row, 1, label, look.TEXT, link=link(judgement.indicator.places.get("number")))
        put(row, 2, judgement.weight, look.FIGURE._replace(bold=True))
        for column, text in ((3, near), (4, aim), (5, found)):
            put(row, column, text, right)
        put(row, 6, _interval(judgement, confidence), look.RIGHT_TEXT)
        put(row, 7, None, look.LABEL)
        sheet.canvas.wide(row, _FIRST_TEXT, sheet.last, chance, look.TEXT)


def _miss_texts(judgement: Judgement, confidence: Fraction) -> tuple[str, str, str, str, str]:
    indicator = judgement.indicator
    return (
        judgement.indicator.title,
        distance(indicator.rule, indicator.outcome),
        target(indicator.rule),
        outcome(indicator.rule, indicator.outcome),
        INDISTINGUISHABLE if is_indistinguishable(judgement, confidence) else "",
    )


def _interval(judgement: Judgement, confidence: Fraction) -> str:
    found = interval(judgement, confidence)
    if found is None:
        return "–"
    return f"{swedish(100 * found.low, 0)}–{swedish(100 * found.high, 0, '%')}"


def _weights(sheet: ReportSheet, story: Story, firm: Firmness) -> None:
    """The leading unit's index under other weights."""
    rows = list(_other_weights(story, firm))
    sheet.fit(SECTION_HEIGHT + ROW * (1 + len(rows)), is_last=True)
    sheet.section(f"Samma utfall med andra vikter, {story.lead.unit}")
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, "Vikter", look.HEADING)
    sheet.canvas.put(row, 2, "Index", look.HEADING_RIGHT)
    sheet.canvas.put(row, 3, "", look.HEADING)
    sheet.canvas.wide(row, 4, sheet.last, "Vad det säger", look.HEADING)
    for name, value, text in rows:
        row = sheet.down(ROW)
        sheet.canvas.put(row, 1, name, look.LABEL)
        role = look.RIGHT_TEXT if isinstance(value, str) else _ONE_DECIMAL
        sheet.canvas.put(row, 2, value, role)
        sheet.canvas.put(row, 3, None, look.LABEL)
        sheet.canvas.wide(row, 4, sheet.last, text, look.TEXT)


def _other_weights(story: Story, firm: Firmness) -> Iterator[tuple[str, float | str | None, str]]:
    lead = story.lead
    yield "Arbetsbokens", say.cell(lead.total.impact_index, 1), "det index som gäller"
    yield (
        f"Varje vikt ±{swedish(firm.rules.weight_part)} %",
        firm.span(0),
        f"{swedish(firm.rules.middle)} % av {swedish(firm.rules.draws)} försök med slumpade vikter",
    )
    areas = [(area.achieved, area.maximum) for area in lead.areas]
    if 1 < len(areas) <= _MOST_AREAS:
        part, middle = (Fraction(r) / _HUNDRED for r in (firm.rules.weight_part, firm.rules.middle))
        yield (
            f"Varje målområde ±{swedish(firm.rules.weight_part)} %",
            _between(robustness.area_span(areas, part, middle)),
            f"{swedish(firm.rules.middle)} % av alla vikter på målområdena inom så mycket",
        )
    ideals = [ideal_of(area.name, story.ideals) for area in lead.areas]
    if all(ideal is not None for ideal in ideals) and ideals:
        value = robustness.area_weighted(areas, [ideal or 0 for ideal in ideals])
        yield (
            "Målområdena enligt ideal",
            say.cell(value, 1),
            "målområdenas index vägda med sina ideal",
        )
    if len(areas) > 1:
        value = robustness.area_weighted(areas, [1] * len(areas))
        yield "Alla målområden lika", say.cell(value, 1), "medelvärdet av målområdenas index"
    yield from _left_out(lead)


def _left_out(lead: UnitIndex) -> Iterator[tuple[str, float | str | None, str]]:
    """What leaving out one indicator changes most, upwards and downwards."""
    judged = [(j.weight, j.reached) for j in lead.judgements]
    without = robustness.without_each(judged)
    known = [(value, place) for place, value in enumerate(without) if value is not None]
    if not known or max(known)[0] == min(known)[0]:
        return
    for (value, place), name in ((max(known), "högst"), (min(known), "lägst")):
        text = f"utan {lead.judgements[place].indicator.title}"
        yield f"En indikator utelämnad, {name}", say.cell(value, 1), text


def _notes(rules: ImpactIndexRules, robust: RobustnessRules, confidence: Fraction) -> Iterator[str]:
    yield (
        "Det här står bredvid det officiella indexet och ändrar det inte. Poäng som saknas är de "
        f"som behövs för att det avrundade indexet ska bli {swedish(rules.target)}."
    )
    yield (
        "Färst personer räknar de personer eller svar som fattades för att nå varje mål; en person "
        "kan räknas i flera. Graderat index ger varje utfall min(1, utfall / mål) av vikten."
    )
    sure, part = swedish(100 * confidence), swedish(robust.weight_part)
    yield (
        f"Andel som kan ligga bakom är Wilsons intervall med {sure} % säkerhet. Vikter ±{part} %: "
        f"varje vikt flyttas av slumpen till ett heltal inom så mycket, {swedish(robust.draws)} "
        "gånger; andelarna är av de försöken, och samma arbetsbok ger samma tal."
    )
