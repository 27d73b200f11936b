"""The ways that equity may go, drawn: a table of what the years of each come to, and a picture.

The table says in a sentence when a way crosses the ceiling or zero; the picture has every way
beside the others, on one axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.labels import capital
from finsam_xl.model_budget import Amount
from finsam_xl.report import look, pictures
from finsam_xl.report.equity_path import Path, PathYear, numbers
from finsam_xl.report.look import text_height
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.sheet import ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Role

_COURSE, _CEILING = "Vad som händer", "Tak enligt trappan"
_MOST_COLUMNS = 20
"""How many years a picture has room for, those of all ways together."""
_LEAST, _CHART, _TALLEST = 125.0, 170.0, 280.0
"""How many points high a picture is: to save a page, at the least otherwise, and at the most."""
_GAP = 8.0
_BETWEEN = YearEnd("", None, None)


class PathTable:
    """The table of some ways, before it is drawn: how high it becomes, and what is in it.

    Years stand from the second column of the sheet on; what happens in the last.
    """

    def __init__(self, sheet: ReportSheet, title: str, paths: Sequence[Path]) -> None:
        self._sheet, self._title, self._paths = sheet, title, paths
        self._years = numbers(paths)
        self._ceilings = _common([{y.number: y.ceiling for y in path.years} for path in paths])
        self._rows = 3 if self._ceilings is not None else 4
        blank = [""] * (sheet.last - 2 - len(self._years))
        self._headings = ["", *map(str, self._years), *blank, _COURSE]

    @property
    def height(self) -> float:
        """How high it becomes, with the space below it."""
        paths = sum(self._height(path) for path in self._paths)
        return self._top + paths + _GAP

    @property
    def _top(self) -> float:
        heading = self._sheet.heading_height(self._headings)
        return SECTION_HEIGHT + heading + (ROW if self._ceilings is not None else 0.0)

    def _height(self, path: Path) -> float:
        """The height of all rows of a way: together they hold what happens."""
        return max(self._rows * ROW, text_height(_sentence(path), self._sheet.widths[-1]))

    def put(self, *, is_last: bool = False) -> None:
        """Draw it, no way parted by a page."""
        sheet = self._sheet
        sheet.fit(min(self.height, self._top + self._height(self._paths[0])))
        sheet.section(self._title)
        self._head()
        for number, path in enumerate(self._paths):
            is_end = is_last and number == len(self._paths) - 1
            if number and sheet.fit(self._height(path), is_last=is_end):
                self._head()
            self._put(path)
        sheet.down(_GAP)

    def _head(self) -> None:
        self._sheet.headings(self._headings, left=(self._sheet.last,))
        if self._ceilings is not None:
            self._line(_CEILING, [self._ceilings.get(number) for number in self._years])
            self._sheet.canvas.put(self._sheet.row - 1, self._sheet.last, None, look.LABEL)

    def _put(self, path: Path) -> None:
        first, height = self._sheet.row, self._height(path) / self._rows
        years = [{year.number: year for year in path.years}.get(n) for n in self._years]
        label = f"Eget kapital, {path.name}"
        self._line(label, [year and year.closing for year in years], height, is_head=True)
        self._line(f"{look.INDENT}Årets resultat", [year and year.result for year in years], height)
        if self._ceilings is None:
            self._line(
                f"{look.INDENT}{_CEILING}", [year and year.ceiling for year in years], height
            )
        self._standing(years, height)
        canvas, last = self._sheet.canvas, self._sheet.last
        role = look.total(look.TEXT)._replace(bold=path.is_lead)
        canvas.put(first, last, _sentence(path), role)
        for row in range(first + 1, self._sheet.row):
            canvas.put(row, last, None, look.TEXT)
        canvas.merges.append((first, last, self._sheet.row - 1, last))

    def _line(
        self, label: str, amounts: Sequence[Amount], height: float = ROW, *, is_head: bool = False
    ) -> None:
        row = self._sheet.down(height)
        self._sheet.canvas.put(row, 1, label, look.total(look.LABEL, is_head))
        for column, amount in enumerate(amounts, start=2):
            self._sheet.amount(row, column, amount, total=is_head)
        self._rest(row, look.total(look.LABEL, is_head))

    def _standing(self, years: Sequence[PathYear | None], height: float) -> None:
        """The row that says how each year ends against the ceiling."""
        row = self._sheet.down(height)
        self._sheet.canvas.put(row, 1, f"{look.INDENT}Mot taket", look.LABEL)
        role = look.RIGHT_TEXT._replace(wrap=True, size=9)
        for column, year in enumerate(years, start=2):
            text, colour = year.told(self._sheet.decimals) if year else ("", "")
            self._sheet.canvas.put(row, column, text or None, look.inked(role, colour))
        self._rest(row, look.LABEL)

    def _rest(self, row: int, role: Role) -> None:
        """The cells right of the years, whose rules go on to what happens."""
        for column in range(len(self._years) + 2, self._sheet.last):
            self._sheet.canvas.put(row, column, None, role)


def _common(ceilings: Sequence[Mapping[int, Amount]]) -> dict[int, Amount] | None:
    """The ceiling of each year where all ways have the same; ``None`` where they have not."""
    found: dict[int, Amount] = {}
    for one in ceilings:
        for number, ceiling in one.items():
            if found.setdefault(number, ceiling) != ceiling:
                return None
    return found


def _sentence(path: Path) -> str:
    return capital(path.course)


def put(sheet: ReportSheet, title: str, paths: Sequence[Path], below: float = 0.0) -> None:
    """Ways as a picture and a table, on one page where there is room for both.

    ``below``: how high what comes last is, which should find room there too.
    """
    table = PathTable(sheet, f"{title}, {sheet.unit}", paths)
    pictured = list(_together([path for path in paths if path.is_known]))
    for number, some in enumerate(pictured):
        sheet.fit(_CHART + _GAP)
        left = sheet.free - _GAP
        rooms = (left - table.height - below, left - table.height)
        is_end = number == len(pictured) - 1
        fitting = [
            room
            for room, least in zip(rooms, (_LEAST, _CHART), strict=True)
            if room >= least and is_end
        ]
        height = min(_TALLEST, fitting[0] if fitting else left)
        _put_picture(sheet, title, some, height)
    table.put()


def _put_picture(sheet: ReportSheet, title: str, paths: Sequence[Path], height: float) -> None:
    """Ways beside each other as columns against the ceiling."""
    ends: list[YearEnd] = []
    for path in paths:
        ends += [_BETWEEN] if ends else []
        ends += [
            YearEnd(f"{year.number} {path.short or path.name}", year.closing, year.ceiling)
            for year in path.years
        ]
    place = Place(sheet.row, 1, sheet.last, height)
    pictures.equity(sheet, title, ends, place, sheet.unit, sheet.decimals)
    sheet.down(height)
    sheet.down(_GAP)


def _together(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Ways by as many as one picture has room for."""
    some: list[Path] = []
    used = 0
    for path in paths:
        if some and used + len(path.years) + 1 > _MOST_COLUMNS:
            yield some
            some, used = [], 0
        some.append(path)
        used += len(path.years) + 1
    if some:
        yield some
