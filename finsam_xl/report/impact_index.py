"""The report *Rapport Impactindex*: what a board needs to know about the index, on two pages.

The answer, four key figures, the units side by side with colour, symbol and rank, and two
charts; then the association by area, what the misses cost, and what the figures rest on. Room
for comments stands beside the units and the misses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from finsam_xl.calc import impact_index as calc
from finsam_xl.labels import known_as
from finsam_xl.model import UnitIndex
from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.comment_sheet import COMMENT
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.impact_details import areas_height, caveat, note_texts, put_areas, put_misses
from finsam_xl.report.sheet import KeyFigure, ReportSheet
from finsam_xl.report.story import (
    Story,
    area_name,
    rounded,
    source_link,
    state,
)
from finsam_xl.sheetplan import BarChart, Role, SheetPlan

NAME = "Rapport Impactindex"
OWNER = "impactindex"
_UNIT_ROW = 16.5
_LEAST_OF_WANTED = 0.75
_BAR, _AROUND_BARS, _LEAST_CHART, _MOST_CHART = 14.0, 50.0, 110.0, 230.0


def build(
    story: Story,
    *,
    association: str = "",
    comments: Mapping[CommentKey, str] = MappingProxyType({}),
    faults: Faults = NO_FAULTS,
) -> SheetPlan:
    """The report of some units; ``comments``: those of the report it replaces, by their lines.

    ``faults``: those in the tables it is told from.
    """
    lead = story.lead
    carried = carry_over(comments, story.keys)
    sheet = ReportSheet(story.widths, "")
    sheet.tail = [*story.of_target[1:], *note_texts(story.all_units, story.rules)]
    title = f"Impactindex {story.period}".strip()
    whose = association or (lead.unit if lead.is_association else "")
    sheet.head(title, (whose, title, *story.of_target[:1]), story.run, _answer(story), faults)
    for text in caveat(story.all_units):
        sheet.note(text, look.inked(look.NOTE, "orange"))
    sheet.key_figures(_key_figures(story))
    first_unit = _unit_table(sheet, story, carried.assigned)
    charts = _Charts(sheet, story, first_unit)
    charts.draw(put_areas(sheet, story))
    put_misses(sheet, story, carried.assigned)
    sheet.orphans(carried.orphans, 1, is_last=True)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _answer(story: Story) -> str:
    total = story.lead.total
    passed = sum(story.colour(unit.total) == "grön" for unit in story.platforms)
    reached = (passed, len(story.platforms))
    lost = {area_name(area): area.maximum - area.achieved for area in story.lead.areas}
    worst = max(lost, key=lambda area: lost[area], default="")
    told = worst if worst and lost[worst] else ""
    return answers.index(total.impact_index, story.rules.target, reached, told)


def _key_figures(story: Story) -> list[KeyFigure]:
    lead, target = story.lead, swedish(story.rules.target)
    colour = story.colour(lead.total)
    points = f"{lead.total.achieved} av {lead.total.maximum}"
    lost = lead.total.maximum - lead.total.achieved
    reached = f"{state(colour)} målet {target}" if colour else "inget är mätt"
    change = story.change(lead)
    if change is not None:
        reached += f", {say.with_sign(change)} mot året innan"
    return [
        ("Index", say.shown(lead.total.impact_index), reached, colour),
        ("Uppnådda poäng", points, _counted(lead), ""),
        (*_third_figure(story), ""),
        ("Förlorade poäng", swedish(lost), _worst(lead), ""),
    ]


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


def _unit_table(sheet: ReportSheet, story: Story, comments: Mapping[CommentKey, str]) -> int:
    """The units side by side; the row of the first of them."""
    first = story.unit_word.capitalize() if story.platforms else "Enhet"
    areas = [area_name(area) for area in story.lead.areas]
    sheet.headings(
        [first, *areas, "Index", "", "Rang", *story.after, "", COMMENT],
        left=(story.index_column + 1, sheet.last),
    )
    row = sheet.row
    places = calc.ranks([rounded(unit.total.impact_index) for unit in story.platforms])
    for unit, place in zip(story.platforms, places, strict=True):
        _unit_row(sheet, story, unit, place, comments)
    _unit_row(sheet, story, story.lead, None, comments)
    return row


def _unit_row(
    sheet: ReportSheet,
    story: Story,
    unit: UnitIndex,
    place: int | None,
    comments: Mapping[CommentKey, str],
) -> None:
    is_total = unit is story.lead and bool(story.platforms)

    def played(role: Role) -> Role:
        return look.total(role, is_total)

    text = comments.get(story.key(unit))
    name = look.text_height(unit.unit, sheet.widths[0], bold=is_total)
    row = sheet.down(max(_UNIT_ROW, name, sheet.growing(text)))
    put = sheet.canvas.put
    put(row, 1, unit.unit, played(look.TEXT), link=source_link(unit))
    scores = {known_as(area.name): area for area in unit.areas}
    for column, lead_area in enumerate(story.lead.areas, start=2):
        score = scores.get(known_as(lead_area.name))
        role = look.coloured(played(look.FIGURE), story.colour(score), symbol=True)
        put(row, column, rounded(score.impact_index) if score else None, role)
    colour, total, column = story.colour(unit.total), unit.total, story.index_column
    role = look.inked(played(look.FIGURE), colour)._replace(bold=True, size=11)
    put(row, column, rounded(total.impact_index), role)
    put(row, column + 1, state(colour), look.inked(played(look.LABEL), colour))
    put(row, column + 2, place, played(look.FIGURE))
    if story.after:
        put(row, column + 3, rounded(story.before.get(unit.unit)), played(look.FIGURE))
        role = say.deviating(played(look.FIGURE), story.change(unit))
        put(row, column + 4, rounded(story.change(unit)), role)
    put(row, sheet.last - 1, None, played(look.LABEL))
    sheet.comment(row, text)


class _Charts:
    """Two charts side by side, over rows of a known height so that they cover nothing."""

    def __init__(self, sheet: ReportSheet, story: Story, first_unit: int) -> None:
        self.sheet, self.story, self.first_unit = sheet, story, first_unit
        bars = max(len(story.platforms), len(story.lead.areas))
        wanted = _AROUND_BARS + _BAR * bars
        sheet.down(6)
        # Bars may be a little thinner rather than stand on a page without the table they show.
        sheet.fit(max(_LEAST_CHART, _LEAST_OF_WANTED * wanted))
        self.height = min(max(_LEAST_CHART, wanted), sheet.free)
        if sheet.free < self.height + areas_height(story):
            self.height = max(self.height, min(sheet.free, _MOST_CHART))
        self.row = sheet.row
        for _ in range(3):
            sheet.down(self.height / 3)

    def draw(self, first_area: int) -> None:
        """The charts, when it is known on which row the areas begin."""
        story, sheet = self.story, self.sheet
        middle = story.middle if story.platforms else 1
        target = swedish(story.rules.target)
        if story.platforms:
            units = story.platforms
            last = self.first_unit + len(units) - 1
            self._bars(
                f"Index per {story.unit_word}, 0–100; målet är {target}",
                [(unit.unit, unit.total.impact_index) for unit in units],
                (self.first_unit, last, story.index_column),
                tuple(story.colour(unit.total) for unit in units),
                (1, middle - 1),
            )
        areas = story.sorted_areas()
        if areas:
            whose = "hela förbundet" if story.lead.is_association else story.lead.unit.lower()
            self._bars(
                f"Index per målområde, 0–100, {whose}; målet är {target}",
                [(area_name(area), area.impact_index) for area in areas],
                (first_area, first_area + len(areas) - 1, 5),
                tuple(story.colour(area) for area in areas),
                (middle, sheet.last),
            )

    def _bars(
        self,
        title: str,
        told: Sequence[tuple[str, Amount]],
        rows: tuple[int, int, int],
        colours: tuple[str, ...],
        columns: tuple[int, int],
    ) -> None:
        first, last, column = rows
        self.sheet.charts.append(
            BarChart(
                title=title,
                alt_text=f"{title}. {', '.join(f'{name} {say.shown(v)}' for name, v in told)}.",
                labels=(first, 1, last, 1),
                values=(first, column, last, column),
                colours=colours,
                texts=tuple(map(_marked, (amount for _, amount in told), colours)),
                target=float(self.story.rules.target),
                row=self.row,
                column=columns[0],
                size=self.sheet.chart_size(*columns, self.height - 6),
            )
        )


def _marked(index: Amount, colour: str) -> str:
    """An index with its mark, which bars in grey print need."""
    return f"{look.SYMBOLS[colour]} {say.shown(index)}" if colour else say.shown(index)
