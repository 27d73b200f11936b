"""The report *Rapport Impactindex*: what a board needs to know about the index, on two pages.

Page one: four key figures, the units side by side with colour, symbol and rank,
and two charts. Page two: what the misses cost, the association by area, and
what the figures rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.calc import impact_index as calc
from finsam_xl.labels import split_number
from finsam_xl.model import UnitIndex
from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.report import answers, look
from finsam_xl.report.amounts import shown
from finsam_xl.report.axes import Canvas
from finsam_xl.report.impact_details import put_areas, put_misses, put_notes
from finsam_xl.report.story import (
    Story,
    area_name,
    fraction,
    rounded,
    source_link,
    state,
)
from finsam_xl.sheetplan import BarChart, Page, Role, SheetPlan

NAME = "Rapport Impactindex"
OWNER = "impactindex"
_TOGETHER = "Alla enheter"
_TABLE_ROW = 8
_MOST_WITH_CHARTS = 7
_CHART_ROWS, _CHART_ROW_HEIGHT = 10, 20.0
_PIXELS_PER_CHARACTER, _PIXELS_PER_POINT = 7, 4 / 3


def build(
    units: Sequence[UnitIndex],
    rules: ImpactIndexRules,
    *,
    period: str,
    run: str,
    ideals: Mapping[str, Fraction] = MappingProxyType({}),
    unit_word: str = "enhet",
) -> SheetPlan:
    """The report of some units (at least one); ``period``: the year as shown, '' if unknown.

    The association leads; without one several units are led by all of them together.
    ``ideals``: what the workbook says its areas should weigh, by name; ``unit_word``: what one of
    the units is called.
    """
    lead = next((unit for unit in units if unit.is_association), None)
    lead = lead or (units[0] if len(units) == 1 else together(units))
    platforms = sorted(
        (unit for unit in units if unit is not lead),
        key=lambda unit: (-(unit.total.impact_index or 0), unit.unit),
    )
    story = Story(lead, tuple(platforms), rules, period, run, ideals, unit_word)
    canvas = Canvas()
    _head(canvas, story)
    _key_figures(canvas, story)
    charts_row = _unit_table(canvas, story) + 2
    misses_row = charts_row + _CHART_ROWS
    row = put_misses(canvas, story, misses_row)
    areas_row, first_area = row, row + 2
    # Many units fill the first page; then the charts go with the misses.
    is_long = len(platforms) > _MOST_WITH_CHARTS
    breaks = (charts_row, areas_row) if is_long else (misses_row,)
    row = put_areas(canvas, story, row)
    _charts(canvas, story, charts_row, first_area)
    row = put_notes(canvas, story, row)
    page = Page(
        title_rows=(1, 2),
        breaks=breaks,
        footer_left=f"{lead.unit} · framtaget {run}",
        last_row=row,
        last_column=story.columns,
    )
    return canvas.plan(NAME, OWNER, story.widths, page)


def together(units: Sequence[UnitIndex]) -> UnitIndex:
    """All units as one: every indicator of each counts, in areas of the same name."""
    named: dict[str, str] = {}
    for unit in units:
        for area in unit.areas:
            named.setdefault(split_number(area.name)[1] or area.name, area.name)
    indicators = [
        j.indicator._replace(
            number=f"{unit.unit.rpartition(' ')[2]} {j.indicator.number}",
            area=named[split_number(j.indicator.area)[1] or j.indicator.area],
        )
        for unit in units
        for j in unit.judgements
    ]
    whole = calc.unit_index(_TOGETHER, False, indicators)
    excluded = tuple(f"{unit.unit} {number}" for unit in units for number in unit.excluded)
    return whole._replace(excluded=excluded)


def _head(canvas: Canvas, story: Story) -> None:
    canvas.put(1, 1, f"Impactindex {story.period}".strip(), look.TITLE, height=30)
    canvas.put(2, 1, story.lead.unit, look.SUBTITLE, height=18)
    last = story.columns
    canvas.wide(2, last - 3, last, f"Framtaget {story.run}", look.STAMP)
    answer = _answer(story)
    canvas.wide(3, 1, last, answer, look.ANSWER)
    canvas.heights[3] = 9 + look.text_height(answer, sum(story.widths))


def _answer(story: Story) -> str:
    total = story.lead.total
    passed = sum(story.colour(unit.total) == "grön" for unit in story.platforms)
    reached = (passed, len(story.platforms))
    lost = {area_name(area): area.maximum - area.achieved for area in story.lead.areas}
    worst = max(lost, key=lambda area: lost[area], default="")
    told = worst if worst and lost[worst] else ""
    return answers.index(total.impact_index, story.rules.target, reached, told)


def _key_figures(canvas: Canvas, story: Story) -> None:
    lead, target = story.lead, swedish(story.rules.target)
    colour = story.colour(lead.total)
    points = f"{lead.total.achieved} av {lead.total.maximum}"
    lost = lead.total.maximum - lead.total.achieved
    reached = f"{state(colour)} målet {target}" if colour else "inget är mätt"
    figures = [
        ("Index", shown(lead.total.impact_index), reached, colour),
        ("Uppnådda poäng", points, _counted(lead), ""),
        (*_third_figure(story), ""),
        (
            "Förlorade poäng",
            swedish(lost),
            _worst(lead),
            "",
        ),
    ]
    for (first, last), (label, figure, meaning, ink) in zip(
        _quarters(story.columns), figures, strict=True
    ):
        canvas.wide(4, first, last, label, look.KEY_LABEL)
        canvas.wide(5, first, last, figure, look.inked(look.KEY_FIGURE, ink))
        canvas.wide(6, first, last, meaning, look.inked(look.KEY_MEANING, ink))
    canvas.heights |= {5: 28, 6: 26, 7: 6}


def _counted(lead: UnitIndex) -> str:
    """How many indicators count, and how many are left out until they are mended."""
    left_out = f", ▼ {len(lead.excluded)} utelämnade" if lead.excluded else ""
    return f"{lead.total.indicators} mätta indikatorer{left_out}"


def _third_figure(story: Story) -> tuple[str, str, str]:
    """How many units reach the target; of a unit alone, how many goals it missed."""
    if not story.platforms:
        judged = [j.reached for j in story.lead.judgements if j.reached is not None]
        return "Missade indikatorer", f"{judged.count(False)} av {len(judged)}", "av de mätta"
    passed = [unit for unit in story.platforms if story.colour(unit.total) == "grön"]
    names = ", ".join(unit.unit.rpartition(" ")[2] for unit in passed) or "ingen"
    label = f"Når målet {swedish(story.rules.target)}"
    return label, f"{len(passed)} av {len(story.platforms)}", names


def _worst(lead: UnitIndex) -> str:
    """The area that loses most."""
    lost = {area_name(area): area.maximum - area.achieved for area in lead.areas}
    name = max(lost, key=lambda area: lost[area], default="")
    return f"varav {lost[name]} i {name}" if name and lost[name] else "inga"


def _quarters(columns: int) -> list[tuple[int, int]]:
    """The columns under each of four key figures; the first, wide one stands alone."""
    rest = columns - 1
    second, third = 1 + round(rest * 3 / 11), 1 + round(rest * 7 / 11)
    return [(1, 1), (2, second), (second + 1, third), (third + 1, columns)]


def _unit_table(canvas: Canvas, story: Story) -> int:
    row = _TABLE_ROW
    right = look.HEADING_RIGHT
    first = story.unit_word.capitalize() if story.platforms else "Enhet"
    headings: list[tuple[str, Role]] = [(first, look.HEADING)]
    headings += [(area_name(area), right) for area in story.lead.areas]
    headings += [("Index", right), ("", look.HEADING), ("Rang", right)]
    headings += [("Uppnådda poäng", right), ("Högsta möjliga", right), ("Mål-\nuppfyllelse", right)]
    for column, (text, role) in enumerate(headings, start=1):
        canvas.put(row, column, text, role, height=30)
    places = calc.ranks([rounded(unit.total.impact_index) for unit in story.platforms])
    for unit, place in zip(story.platforms, places, strict=True):
        row += 1
        _unit_row(canvas, story, row, unit, place)
    row += 1
    _unit_row(canvas, story, row, story.lead, None)
    return row


def _unit_row(canvas: Canvas, story: Story, row: int, unit: UnitIndex, place: int | None) -> None:
    is_total = unit is story.lead and bool(story.platforms)

    def played(role: Role) -> Role:
        return look.total(role, is_total)

    canvas.put(row, 1, unit.unit, played(look.LABEL), link=source_link(unit), height=19)
    scores = {split_number(area.name)[1]: area for area in unit.areas}
    for column, lead_area in enumerate(story.lead.areas, start=2):
        score = scores.get(split_number(lead_area.name)[1])
        role = look.coloured(played(look.FIGURE), story.colour(score), symbol=True)
        canvas.put(row, column, rounded(score.impact_index) if score else None, role)
    colour, total, column = story.colour(unit.total), unit.total, story.index_column
    role = look.inked(played(look.FIGURE), colour)._replace(bold=True, size=11)
    canvas.put(row, column, rounded(total.impact_index), role)
    canvas.put(row, column + 1, state(colour), look.inked(played(look.LABEL), colour))
    canvas.put(row, column + 2, place, played(look.FIGURE))
    canvas.put(row, column + 3, total.achieved, played(look.FIGURE))
    canvas.put(row, column + 4, total.maximum, played(look.FIGURE))
    canvas.put(row, column + 5, fraction(total.impact_index), played(look.PERCENT))


def _charts(canvas: Canvas, story: Story, row: int, first_area: int) -> None:
    """Two charts side by side, over rows of a known height so that they cover nothing."""
    for number in range(row, row + _CHART_ROWS):
        canvas.heights[number] = _CHART_ROW_HEIGHT
    height = round((_CHART_ROWS - 0.5) * _CHART_ROW_HEIGHT * _PIXELS_PER_POINT)
    middle = 1 + (story.columns // 2) if story.platforms else 1
    left = sum(story.widths[: middle - 1]) * _PIXELS_PER_CHARACTER
    right = sum(story.widths[middle - 1 :]) * _PIXELS_PER_CHARACTER
    areas = story.sorted_areas()
    top, column = _TABLE_ROW + 1, story.index_column
    if story.platforms:
        last = top + len(story.platforms) - 1
        canvas.charts.append(
            BarChart(
                title=f"Index per {story.unit_word}, målet är {swedish(story.rules.target)}",
                alt_text=_spoken(
                    [(unit.unit, unit.total.impact_index) for unit in story.platforms]
                ),
                labels=(top, 1, last, 1),
                values=(top, column, last, column),
                colours=tuple(story.colour(unit.total) for unit in story.platforms),
                target=float(story.rules.target),
                row=row,
                column=1,
                size=(round(left), height),
            )
        )
    if areas:
        whose = "hela förbundet" if story.lead.is_association else story.lead.unit
        canvas.charts.append(
            BarChart(
                title=f"Index per målområde, {whose}",
                alt_text=_spoken([(area_name(area), area.impact_index) for area in areas]),
                labels=(first_area, 1, first_area + len(areas) - 1, 1),
                values=(first_area, 5, first_area + len(areas) - 1, 5),
                colours=tuple(story.colour(area) for area in areas),
                target=float(story.rules.target),
                row=row,
                column=middle,
                size=(round(right), height),
            )
        )


def _spoken(bars: Sequence[tuple[str, Amount]]) -> str:
    """A chart in words, for those who cannot see it."""
    return "Liggande staplar: " + ", ".join(f"{name} {shown(v)}" for name, v in bars)
