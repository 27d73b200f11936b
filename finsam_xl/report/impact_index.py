"""The report *Rapport Impactindex*: what a board needs to know about the index, on two pages.

Page one: four key figures, the units side by side with colour, symbol and rank,
and two charts. Page two: what the misses cost, the association by area, and
what the figures rest on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from finsam_xl.calc import impact_index as calc
from finsam_xl.checks.impact_index import standing
from finsam_xl.model import AreaScore, Judgement, UnitIndex
from finsam_xl.money import Exact, round_half_away, swedish
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.report import look, wording
from finsam_xl.report.canvas import Canvas
from finsam_xl.sheetplan import BarChart, Page, Role, SheetPlan
from finsam_xl.sheets.labels import split_number

NAME = "Rapport Impactindex"
OWNER = "impactindex"
WIDTHS = (29, 12, 12, 12, 12, 12, 9, 9, 7, 10, 10, 12)
MOST_MISSES = 10
_COLUMNS = len(WIDTHS)
_TABLE_ROW = 8
_CHART_HEIGHT = 250


class _Story(NamedTuple):
    """What the report is told from: the leading unit, the units compared, and the rules."""

    lead: UnitIndex
    platforms: tuple[UnitIndex, ...]
    rules: ImpactIndexRules
    period: str
    run: str

    def colour(self, score: AreaScore) -> str:
        return str(standing(score, self.rules) or "")


def build(
    units: Sequence[UnitIndex], rules: ImpactIndexRules, *, period: str, run: str
) -> SheetPlan:
    """The report of some units (at least one); ``period``: the year as shown, '' if unknown.

    The association leads; without one the first unit does.
    """
    lead = next((unit for unit in units if unit.is_association), units[0])
    platforms = sorted(
        (unit for unit in units if unit is not lead),
        key=lambda unit: (-(unit.total.index or 0), unit.unit),
    )
    story = _Story(lead, tuple(platforms), rules, period, run)
    canvas = Canvas()
    _head(canvas, story)
    _key_figures(canvas, story)
    last = _unit_table(canvas, story)
    page_two = _charts(canvas, story, last + 2)
    row = _misses(canvas, story, page_two)
    row = _areas(canvas, story, row + 1)
    row = _notes(canvas, story, row + 1)
    footer = f"{lead.unit} · körning {run}"
    return SheetPlan(
        name=NAME,
        owner=OWNER,
        cells=tuple(canvas.cells),
        widths=WIDTHS,
        heights=tuple(canvas.heights.items()),
        merges=tuple(canvas.merges),
        charts=tuple(canvas.charts),
        page=Page(
            title_rows=(1, 2),
            breaks=(page_two,),
            footer_left=footer,
            last_row=row,
            last_column=_COLUMNS,
        ),
    )


def _head(canvas: Canvas, story: _Story) -> None:
    canvas.put(1, 1, f"Impactindex {story.period}".strip(), look.TITLE, height=30)
    canvas.put(2, 1, story.lead.unit, look.SUBTITLE)
    canvas.wide(2, 8, _COLUMNS, f"Körning {story.run}", look.STAMP)
    canvas.heights[3] = 9


def _key_figures(canvas: Canvas, story: _Story) -> None:
    lead, target = story.lead, swedish(story.rules.target)
    colour = story.colour(lead.total)
    passed = [u for u in story.platforms if story.colour(u.total) == "grön"]
    lost = lead.total.maximum - lead.total.achieved
    worst = max(lead.areas, key=lambda area: area.maximum - area.achieved)
    state = f"{look.SYMBOLS[colour]} {look.WORDS[colour]} målet {target}" if colour else "ej mätt"
    figures = [
        (1, 1, "Index", _whole(lead.total.index), state, colour),
        (
            2,
            4,
            "Uppnådda poäng",
            f"{lead.total.achieved} av {lead.total.maximum}",
            f"{lead.total.indicators} mätta indikatorer",
            "",
        ),
        (
            5,
            8,
            f"Plattformar som når {target}",
            f"{len(passed)} av {len(story.platforms)}",
            ", ".join(map(_short, passed)) or "ingen",
            "",
        ),
        (
            9,
            12,
            "Förlorade poäng",
            swedish(lost),
            f"varav {worst.maximum - worst.achieved} i {_area_name(worst)}",
            "",
        ),
    ]
    for first, last, label, figure, meaning, ink in figures:
        canvas.wide(4, first, last, label, look.KEY_LABEL)
        canvas.wide(5, first, last, figure, look.inked(look.KEY_FIGURE, ink))
        canvas.wide(6, first, last, meaning, look.inked(look.KEY_MEANING, ink))
    canvas.heights |= {5: 28, 6: 26, 7: 6}


def _unit_table(canvas: Canvas, story: _Story) -> int:
    row = _TABLE_ROW
    areas = story.lead.areas
    left, right = look.HEADING, look.HEADING_RIGHT
    headings: list[tuple[str, Role]] = [("Plattform", left)]
    headings += [(_area_name(area), right) for area in areas]
    headings += [("Index", right), ("", left), ("Rang", right), ("Uppnådda poäng", right)]
    headings += [("Högsta möjliga", right), ("Mål-\nuppfyllelse", right)]
    for column, (text, role) in enumerate(_fitted(headings, len(areas)), start=1):
        canvas.put(row, column, text, role, height=30)
    places = calc.ranks([_rounded(unit.total.index) for unit in story.platforms])
    for unit, place in zip(story.platforms, places, strict=True):
        row += 1
        _unit_row(canvas, story, row, unit, place, plain=True)
    row += 1
    _unit_row(canvas, story, row, story.lead, None, plain=not story.platforms)
    return row


def _fitted(headings: list[tuple[str, Role]], areas: int) -> list[tuple[str, Role]]:
    """Headings for exactly five area columns: fewer areas leave the last ones empty."""
    slots = 5
    blank = [("", look.HEADING_RIGHT)] * max(0, slots - areas)
    return headings[: 1 + min(areas, slots)] + blank + headings[1 + areas :]


def _unit_row(
    canvas: Canvas, story: _Story, row: int, unit: UnitIndex, place: int | None, *, plain: bool
) -> None:
    def shown(role: Role) -> Role:
        return role if plain else look.total(role)

    canvas.put(row, 1, unit.unit, shown(look.LABEL), link=_source(unit), height=19)
    scores = {split_number(area.name)[1]: area for area in unit.areas}
    for column, lead_area in enumerate(story.lead.areas[:5], start=2):
        score = scores.get(split_number(lead_area.name)[1])
        colour = story.colour(score) if score else ""
        role = look.coloured(shown(look.FIGURE), colour, symbol=True)
        canvas.put(row, column, _rounded(score.index) if score else None, role)
    for column in range(2 + len(story.lead.areas), 7):
        canvas.put(row, column, None, shown(look.FIGURE))
    colour = story.colour(unit.total)
    role = look.inked(shown(look.FIGURE), colour)._replace(bold=True, size=11)
    canvas.put(row, 7, _rounded(unit.total.index), role)
    word = f"{look.SYMBOLS[colour]} {look.WORDS[colour]}" if colour else "ej mätt"
    canvas.put(row, 8, word, look.inked(shown(look.LABEL), colour))
    canvas.put(row, 9, place, shown(look.FIGURE))
    canvas.put(row, 10, unit.total.achieved, shown(look.FIGURE))
    canvas.put(row, 11, unit.total.maximum, shown(look.FIGURE))
    index = unit.total.index
    canvas.put(row, 12, None if index is None else float(index / 100), shown(look.PERCENT))


def _charts(canvas: Canvas, story: _Story, row: int) -> int:
    """Two charts side by side; gives the first row of page two."""
    target = float(story.rules.target)
    shown = swedish(story.rules.target)
    compared = story.platforms or (story.lead,)
    first = _TABLE_ROW + 1
    canvas.charts.append(
        BarChart(
            title=f"Index per plattform, målet är {shown}",
            alt_text="Liggande staplar: "
            + ", ".join(f"{u.unit} {_whole(u.total.index)}" for u in compared),
            labels=(first, 1, first + len(compared) - 1, 1),
            values=(first, 7, first + len(compared) - 1, 7),
            colours=tuple(story.colour(unit.total) for unit in compared),
            target=target,
            row=row,
            column=1,
            size=(505, _CHART_HEIGHT),
        )
    )
    rows = _chart_rows(canvas, row)
    # The area table on page two, sorted as the budget is, holds the second chart's figures.
    canvas.charts.append(
        BarChart(
            title=f"Index per målområde, {story.lead.unit}",
            alt_text="Liggande staplar: "
            + ", ".join(f"{_area_name(a)} {_whole(a.index)}" for a in story.lead.areas),
            labels=(0, 1, 0, 1),
            values=(0, 5, 0, 5),
            colours=tuple(story.colour(area) for area in _sorted_areas(story)),
            target=target,
            row=row,
            column=6,
            size=(520, _CHART_HEIGHT),
        )
    )
    return row + rows


def _chart_rows(canvas: Canvas, row: int) -> int:
    """Rows of a known height under the charts, so that they never cover what follows."""
    rows = 10
    for number in range(row, row + rows):
        canvas.heights[number] = 20
    return rows


def _sorted_areas(story: _Story) -> list[AreaScore]:
    return sorted(story.lead.areas, key=lambda area: -(area.index or 0))


def _misses(canvas: Canvas, story: _Story, row: int) -> int:
    misses = calc.costliest(story.lead.judgements)
    shown = misses[:MOST_MISSES]
    rest = f" De {len(shown)} dyraste av {len(misses)}." if len(misses) > len(shown) else ""
    canvas.put(row, 1, f"Det som kostar mest.{rest}", look.SECTION, height=24)
    row += 1
    left, right = look.HEADING, look.HEADING_RIGHT
    for first, last, text, role in (
        (1, 5, "Indikator som inte nåddes", left),
        (6, 8, "Utfall", right),
        (9, 10, "Mål", right),
        (11, 11, "Poäng", right),
        (12, 12, "Så nära", right),
    ):
        canvas.wide(row, first, last, text, role)
    canvas.heights[row] = 18
    for judgement in shown:
        row += 1
        _miss(canvas, row, judgement)
    if not shown:
        row += 1
        canvas.wide(row, 1, _COLUMNS, "Alla mätta indikatorer är uppnådda.", look.TEXT)
    return row + 1


def _miss(canvas: Canvas, row: int, judgement: Judgement) -> None:
    indicator = judgement.indicator
    place = indicator.places.get("number")
    link = _link(place.sheet, place.cell) if place else ""
    canvas.wide(row, 1, 5, f"{indicator.number}  {indicator.name}", look.LABEL, link=link)
    outcome = wording.outcome(indicator.rule, indicator.outcome)
    canvas.wide(row, 6, 8, outcome, look.RIGHT_TEXT)
    canvas.wide(row, 9, 10, wording.target(indicator.rule), look.RIGHT_TEXT)
    canvas.put(row, 11, judgement.weight, look.FIGURE._replace(bold=True))
    near = wording.distance(indicator.rule, indicator.outcome)
    canvas.put(row, 12, near, look.RIGHT_TEXT._replace(size=9, wrap=True), height=25)


def _areas(canvas: Canvas, story: _Story, row: int) -> int:
    canvas.put(row, 1, f"{story.lead.unit} per målområde", look.SECTION, height=24)
    row += 1
    left, right = look.HEADING, look.HEADING_RIGHT
    titles = ("Uppnådda poäng", "Högsta möjliga", "Mål-\nuppfyllelse", "Index", "Viktning")
    for column, text in enumerate(("Målområde", *titles, "Ideal"), start=1):
        canvas.put(row, column, text, left if column == 1 else right, height=30)
    first = row + 1
    ideals = dict(zip((a.name for a in story.lead.areas), story.rules.ideal_weights, strict=False))
    for area in _sorted_areas(story):
        row += 1
        share = story.lead.share(area)
        ideal = ideals.get(area.name)
        _area_row(canvas, story, row, area, look.LABEL, look.FIGURE, look.PERCENT)
        canvas.put(row, 6, _fraction(share), look.PERCENT)
        whole = look.FIGURE._replace(number=look.SWEDISH + "0 %")
        canvas.put(row, 7, _fraction(ideal), whole)
    area_chart = canvas.charts[1]
    canvas.charts[1] = area_chart._replace(labels=(first, 1, row, 1), values=(first, 5, row, 5))
    row += 1
    bold = (look.total(look.LABEL), look.total(look.FIGURE), look.total(look.PERCENT))
    _area_row(canvas, story, row, story.lead.total, *bold)
    canvas.put(row, 6, None, look.total(look.FIGURE))
    canvas.put(row, 7, None, look.total(look.FIGURE))
    return row + 1


def _area_row(
    canvas: Canvas,
    story: _Story,
    row: int,
    area: AreaScore,
    label: Role,
    figure: Role,
    percent: Role,
) -> None:
    canvas.put(row, 1, _area_name(area), label, height=18)
    canvas.put(row, 2, area.achieved, figure)
    canvas.put(row, 3, area.maximum, figure)
    canvas.put(row, 4, _fraction(area.index), percent)
    colour = story.colour(area)
    canvas.put(row, 5, _rounded(area.index), look.coloured(figure, colour, symbol=True))


def _notes(canvas: Canvas, story: _Story, row: int) -> int:
    canvas.put(row, 1, "Vad siffrorna vilar på", look.SECTION, height=24)
    for text in note_texts([story.lead, *story.platforms], story.rules):
        row += 1
        canvas.wide(row, 1, _COLUMNS, text, look.NOTE)
        canvas.heights[row] = 13 * (1 + len(text) // 150) + 2
    return row


def note_texts(units: Sequence[UnitIndex], rules: ImpactIndexRules) -> Iterator[str]:
    """What the colours mean, and what is derived, assumed, judged without outcome or not measured."""
    target, near = swedish(rules.target), swedish(rules.near)
    yield (
        f"● når: index {target} eller högre. ▲ nära: {near}–{swedish(rules.target - 1)}. "
        f"▼ under: lägre än {near}. Färgen följer det avrundade indexet. Ett uppnått mål ger hela "
        "vikten, ett missat inget; index = 100 × uppnådda poäng / högsta möjliga."
    )
    lead = units[0]
    statuses = Counter(_first_word(j.indicator.weight_status) for j in lead.judgements)
    statuses.pop("", None)
    if statuses:
        counts = ", ".join(f"{number} {word}" for word, number in sorted(statuses.items()))
        yield f"Vikternas ställning i {lead.unit}: {counts}."
    sources = Counter(
        _first_word(j.indicator.basis)
        for unit in units[1:]
        for j in unit.judgements
        if j.reached is not None
    )
    sources.pop("", None)
    if sources:
        counts = ", ".join(f"{number} {word}" for word, number in sorted(sources.items()))
        yield f"Bedömningarnas underlag för plattformarna: {counts}."
    typed = sum(not j.calculated and j.reached is not None for u in units for j in u.judgements)
    if typed:
        yield f"{typed} bedömningar är angivna i arbetsboken utan utfall och används som de står."
    unmeasured = sorted({j.indicator.number for u in units for j in u.judgements if j.reached is None})
    if unmeasured:
        yield f"Ej mätta, räknas varken som möjliga eller uppnådda: {', '.join(unmeasured)}."


def _first_word(text: str) -> str:
    return text.partition(" ")[0].lower()


def _area_name(area: AreaScore) -> str:
    """The area's name without its number, as it is written."""
    number, name = split_number(area.name)
    return area.name[len(area.name) - len(name) :] if number else area.name


def _short(unit: UnitIndex) -> str:
    return unit.unit.rpartition(" ")[2]


def _source(unit: UnitIndex) -> str:
    places = unit.judgements[0].indicator.places if unit.judgements else {}
    place = places.get("number")
    return _link(place.sheet, place.cell) if place else ""


def _link(sheet: str, cell: str) -> str:
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"


def _rounded(value: Exact | None) -> int | None:
    return None if value is None else int(round_half_away(value))


def _whole(value: Exact | None) -> str:
    return "–" if value is None else swedish(value)


def _fraction(percent: Exact | None) -> float | None:
    return None if percent is None else float(percent) / 100
