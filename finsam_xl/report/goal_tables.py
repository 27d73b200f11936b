"""The tables of *Rapport Mål*: goals with their measures, areas, municipalities and grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.labels import split_number
from finsam_xl.money import trimmed
from finsam_xl.periods import Period
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.comment_sheet import COMMENT
from finsam_xl.report.comments import Carried, CommentKey
from finsam_xl.report.goal_story import (
    GoalLine,
    GoalStory,
    GoalTable,
    MeasureLine,
    by_area,
)
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import link
from finsam_xl.sheets.tables import association

WIDTHS = (45.0, 17.0, 17.0, 17.0, 18.0, 24.0)
"""The columns of the report, in characters."""
_HEADINGS = ("Mål och mått", "Målnivå", "Utfall", "Läge", "Så nära", COMMENT)
_OF_AREAS = ("Målområde", "Mått", "Når målet", "Missar", "Ej bedömda", "Andel som når")
_STATE = 4


def labels(goal: GoalLine) -> list[str]:
    """What stands at the left of a goal's rows: the goal, unless it is its only measure."""
    names = [one.name for one in goal.measures]
    return names if names == [goal.name] else [goal.name, *names]


class Measures:
    """The rows of one table of goals."""

    def __init__(self, sheet: ReportSheet, table: GoalTable, comments: Comments) -> None:
        self.sheet, self.table, self.comments = sheet, table, comments
        self.area = ""

    def put(self, *, is_last: bool) -> None:
        """The section, its headings and every goal."""
        sheet, goals = self.sheet, self.table.goals
        sheet.fit(SECTION_HEIGHT + HEADING + (self.height(goals[0]) if goals else 0))
        sheet.section(_title(self.table))
        sheet.headings(_HEADINGS, left=(2, 3, 4, 5, 6))
        for number, goal in enumerate(goals, start=1):
            self.goal(goal, is_last=is_last and number == len(goals))

    def height(self, goal: GoalLine) -> float:
        """How high a goal is with the first of its measures."""
        area = ROW if goal.area != self.area else 0
        return area + sum(text_height(text, WIDTHS[0]) + 2 for text in labels(goal)[:2])

    def fit(self, height: float, *, is_last: bool = False) -> None:
        """Go on to a new page, under the same headings, where the next rows do not fit."""
        if self.sheet.fit(height, is_last=is_last):
            self.sheet.headings(_HEADINGS, left=(2, 3, 4, 5, 6))

    def goal(self, goal: GoalLine, *, is_last: bool) -> None:
        """A goal and its measures, the last of them together."""
        put = self.sheet.canvas.put
        whole = sum(text_height(text, WIDTHS[0]) + 2 for text in labels(goal))
        self.fit(max(whole, self.height(goal)) if is_last else self.height(goal), is_last=is_last)
        if goal.area and goal.area != self.area:
            row = self.sheet.down(ROW)
            for column in range(1, len(WIDTHS) + 1):
                put(row, column, goal.area if column == 1 else None, say.SECTION_ROW)
        self.area = goal.area
        names = [one.name for one in goal.measures]
        if names != [goal.name]:
            self.row(goal.name, self.judged(goal), goal.colour, is_goal=True)
        for one in goal.measures:
            texts = (one.target, one.outcome, one.state, one.near)
            place = link(one.source.indicator.places.get("number"))
            self.fit(text_height(one.name, WIDTHS[0]))
            self.row(one.name, texts, one.colour, place=place)

    def judged(self, goal: GoalLine) -> tuple[str, str, str, str]:
        """What the board has typed of a goal and what is proposed, beside how it stands."""
        grade = f"betyg {goal.grade}" if goal.grade else ""
        proposed = f"förslag {goal.proposed}" if goal.proposed else ""
        return grade, proposed, goal.state, ""

    def row(
        self,
        label: str,
        texts: tuple[str, str, str, str],
        colour: str,
        *,
        is_goal: bool = False,
        place: str = "",
    ) -> None:
        """A row with what stands in it and room for a comment."""
        comment = self.comments.of(label)
        heights = map(text_height, (label, *texts), WIDTHS)
        row = self.sheet.down(max(ROW, self.sheet.growing(comment), *heights))
        put = self.sheet.canvas.put
        role = look.TEXT._replace(bold=is_goal)
        put(row, 1, label, role, link=place)
        for column, text in enumerate(texts, start=2):
            is_state = column == _STATE
            ink = look.inked(role, colour) if is_state else look.TEXT
            put(row, column, text or None, ink._replace(bold=is_state))
        self.sheet.comment(row, comment)


class Comments:
    """The comments of the lines, asked for from the top."""

    def __init__(self, carried: Carried) -> None:
        self._assigned = carried.assigned
        self._seen: Counter[CommentKey] = Counter()

    def of(self, label: str) -> str | None:
        """The comment of the next line with a label."""
        key = CommentKey.of("", label)
        number = self._seen[key]
        self._seen[key] += 1
        return self._assigned.get(CommentKey.of("", label, number=number))


def _title(table: GoalTable) -> str:
    """What a table is called: by the title nearest above it that names a year, else by any."""
    own = association([table.table])
    titles = [title for title in table.table.titles if title != own]
    dated = [title for title in titles if Period.find(title)]
    return next(iter((*dated, *titles)), table.table.sheet)


def has_areas(story: GoalStory) -> bool:
    """Whether there are several areas and anything is judged in them."""
    found = by_area(story.tables)
    known = [one for lines in found.values() for one in lines if one.reached is not None]
    return len(found) > 1 and bool(known)


def areas(sheet: ReportSheet, story: GoalStory, *, is_last: bool) -> None:
    """How many measures of each area are reached: a share, and no index, for nothing is weighed."""
    found = by_area(story.tables)
    sheet.fit(SECTION_HEIGHT + HEADING + ROW * (1 + len(found)), is_last=is_last)
    sheet.section("Per målområde")
    sheet.headings(_OF_AREAS)
    for area, lines in found.items():
        _area(sheet, split_number(area)[1].capitalize() or area, lines)
    _area(sheet, "Totalt", [one for lines in found.values() for one in lines], is_total=True)


def _area(
    sheet: ReportSheet, name: str, lines: Sequence[MeasureLine], *, is_total: bool = False
) -> None:
    count = Counter(one.reached for one in lines)
    judged = count[True] + count[False]
    row = sheet.down(ROW)
    put = sheet.canvas.put
    put(row, 1, name, look.total(look.LABEL, is_total))
    for column, number in enumerate((len(lines), count[True], count[False], count[None]), start=2):
        put(row, column, number, look.total(look.FIGURE, is_total))
    share = say.tenth(Fraction(100 * count[True], judged)) if judged else None
    put(row, 6, share, look.total(look.PERCENT, is_total))


def municipalities(
    sheet: ReportSheet, story: GoalStory, comments: Comments, *, is_last: bool
) -> None:
    """Each municipality's share, how it changed, and how that stands to the goal."""
    rows = story.municipalities
    sheet.fit(SECTION_HEIGHT + HEADING + ROW * len(rows), is_last=is_last)
    sheet.section("Helårsekvivalenter: andel av befolkningen per kommun")
    before, now = (f"Andel {year}".strip() for year in story.years or ("", ""))
    goals = {one.goal for one in rows}
    goal = f" (mål −{trimmed(rows[0].goal)}\u00a0%)" if len(goals) == 1 else ""
    sheet.headings(
        ("Kommun", before, now, f"Ändring{goal}", "  Läge", COMMENT),
        left=(5, 6),
    )
    for one in rows:
        comment = comments.of(one.name)
        row = sheet.down(max(ROW, sheet.growing(comment)))
        put = sheet.canvas.put
        put(row, 1, one.name, look.LABEL, link=link(one.source.places.get("label")))
        for column, share in ((2, one.before), (3, one.now)):
            put(row, column, None if share is None else float(share) / 100, say.SHARE)
        stated = one.stated or None
        changed = say.tenth(one.change)
        put(row, 4, stated if changed is None else changed, say.SIGNED_PERCENT)
        own = "" if goal else f", mål −{trimmed(one.goal)}\u00a0%"
        put(row, 5, f"  {one.state}{own}", look.inked(look.LABEL._replace(bold=True), one.colour))
        sheet.comment(row, comment)


def graded(sheet: ReportSheet, story: GoalStory, *, is_last: bool) -> None:
    """What the board has typed of goals that have no measures of their own."""
    sheet.fit(SECTION_HEIGHT + ROW * (1 + len(story.graded)), is_last=is_last)
    sheet.section("Bedömda mål utan mått")
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, "Mål", look.HEADING)
    sheet.canvas.wide(row, 2, sheet.last, "Bedömning i arbetsboken", look.HEADING)
    for name, typed in story.graded:
        row = sheet.down(max(ROW, text_height(name, WIDTHS[0])))
        sheet.canvas.put(row, 1, name, look.TEXT)
        sheet.canvas.wide(row, 2, sheet.last, typed, look.TEXT)
