"""A report sheet read back from its file, and where in the workbook each of its figures is from.

A row of a report leads to the row it is from by its link. A column shows one column of the source,
on every row, and one that its heading fits; or else figures that follow from the row's other
figures by a rule. What is neither is a figure nobody can trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from finsam_xl.address import a1
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import BudgetRow
from finsam_xl.reading import book as reading
from finsam_xl.reading import fee_tables
from finsam_xl.sheets.tables import Column, Table

Place = tuple[str, int]
"""A sheet and a row."""
_LINK = re.compile(r"#?'?((?:[^']|'')+?)'?!\$?[A-Z]+\$?(\d+)")
_FORMULA = re.compile(r'=HYPERLINK\("#(?P<place>[^"]+)"[,;]\s*"(?P<text>(?:[^"]|"")*)"\)')
_YEAR = re.compile(r"\b(20\d\d)\b")
_MOST_DECIMALS = 9
_LONG_LABEL = 30
_HELPERS = "Hjälpvärden"
_SCENARIOS = (
    ("avvik", ("deviation",)),
    ("förbruk", ("percent",)),
    ("prognos", ("forecast",)),
    ("utfall", ("outcome", "outcome_to_date")),
    ("budget", ("budget", "budget_to_date")),
    ("plan", ("plan", "budget")),
)
"""What a heading says that its figures are, by a part of a word, and as the Book has it."""


def exact(value: float | str) -> Fraction:
    """A figure as it is written, without what a float adds to it."""
    return Fraction(str(value))


def decimals(value: float) -> int:
    """How many decimals a figure is written with; more than some are a float's own."""
    written = repr(value).partition(".")[2]
    return 0 if written in ("", "0") else min(len(written), _MOST_DECIMALS)


def shows(shown: float, right: Fraction) -> bool:
    """Whether a figure is another one, as finely as it is written."""
    return abs(exact(shown) - right) <= Fraction(1, 2 * 10 ** decimals(shown))


def plain(text: str) -> str:
    """A heading without its line breaks and the hyphens at them, in lower case."""
    return " ".join(text.replace("-\n", "").split()).casefold()


class Figure(NamedTuple):
    """A figure on a report: where, beside which label and under which heading, and its source."""

    row: int
    column: int
    value: float
    label: str
    heading: str
    table: int
    source: Place | None

    def __str__(self) -> str:
        """As a test tells of it."""
        return f"rad {self.row} ”{self.label}” under ”{self.heading}”: {self.value}"


class Report:
    """A report sheet as it stands in its file."""

    def __init__(self, sheet: Worksheet) -> None:
        self.name = sheet.title
        self._values: dict[tuple[int, int], float | str] = {}
        self._links: dict[tuple[int, int], Place] = {}
        for cell in (one for line in sheet.iter_rows() for one in line):
            self._take(cell)
        first = (
            column
            for (row, column), value in self._values.items()
            if row == 1 and _is_helper(value)
        )
        self._end = min(first, default=10**6)

    def _take(self, cell: Cell) -> None:
        place, value = (cell.row, cell.column), cell.value
        target = cell.hyperlink.location if cell.hyperlink else ""
        formula = _FORMULA.fullmatch(value) if isinstance(value, str) else None
        if formula:
            target, value = formula["place"], formula["text"].replace('""', '"')
        if value is not None and not isinstance(value, bool):
            self._values[place] = value
        link = _LINK.match(target or "")
        if link:
            self._links[place] = (link.group(1).replace("''", "'"), int(link.group(2)))

    @property
    def cells(self) -> dict[str, float | str]:
        """All cells by their addresses, those beside what is printed too."""
        return {a1(*place): value for place, value in self._values.items()}

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, float | str]]:
        """The cells that are printed, by row and column."""
        rows: dict[int, dict[int, float | str]] = {}
        for (row, column), value in sorted(self._values.items()):
            if column < self._end:
                rows.setdefault(row, {})[column] = value
        return rows

    @cached_property
    def figures(self) -> list[Figure]:
        """Every cell with a figure."""
        return [
            self._figure(row, column, value)
            for row, cells in self.rows.items()
            for column, value in cells.items()
            if isinstance(value, int | float)
        ]

    def _figure(self, row: int, column: int, value: float) -> Figure:
        cells = self.rows[row]
        labels = [n for n in cells if n < column and isinstance(cells[n], str)]
        linked = [
            n for n in labels if (row, n) in self._links and self._links[row, n][0] != self.name
        ]
        at = max(linked, default=min(labels, default=column))
        source = self._links.get((row, at)) if linked else None
        table = next((n for n in range(row - 1, 0, -1) if self._is_heading(n, column)), 0)
        heading = str(self.rows[table][column]) if table else ""
        return Figure(row, column, value, str(cells.get(at, "")), heading, table, source)

    def _is_heading(self, row: int, column: int) -> bool:
        """Whether a row has a heading of a column: texts and nothing else, and none of them a link."""
        cells = self.rows.get(row, {})
        is_text = all(isinstance(value, str) for value in cells.values())
        return column in cells and is_text and not any((row, n) in self._links for n in cells)


def _is_helper(value: float | str) -> bool:
    return isinstance(value, str) and value.startswith(_HELPERS)


class Source:
    """A workbook as the library reads it: its cells, and what its tables say that they are."""

    def __init__(self, path: Path) -> None:
        with Book(path) as book:
            self._cells = {sheet.name: dict(sheet.cells) for sheet in book.grid.sheets}
            self.tables = reading.tables(book.grid)
            self.fees = [one.fees for one in fee_tables.read_all(book.grid, self.tables)]

    def value(self, place: Place, column: int) -> object:
        """What a cell of a row holds."""
        cell = self._cells[place[0]].get((place[1], column))
        return None if cell is None else cell.value

    def text(self, place: Place, column: int) -> str:
        """The text of a cell, '' where it holds none."""
        value = self.value(place, column)
        return value if isinstance(value, str) else ""

    def row(self, place: Place) -> dict[int, Fraction]:
        """The figures of a row, by column."""
        sheet, number = place
        return {
            column: exact(cell.value)
            for (row, column), cell in self._cells[sheet].items()
            if row == number
            and isinstance(cell.value, int | float)
            and not isinstance(cell.value, bool)
        }

    def texts(self, place: Place) -> list[str]:
        """The texts of a row."""
        held = self._cells[place[0]].items()
        return [c.value for (row, _), c in held if row == place[1] and isinstance(c.value, str)]

    def labelled(self, sheet: str, label: str) -> list[Place]:
        """The rows of a sheet that have a label."""
        held = self._cells[sheet].items()
        return [
            (sheet, row)
            for (row, _), cell in held
            if isinstance(cell.value, str) and _is_named(label, cell.value)
        ]

    def table(self, place: Place) -> Table | None:
        """The table that a row is of."""
        sheet, number = place
        of_sheet = (table for table in self.tables if table.real_sheet == sheet)
        return next((one for one in of_sheet if number in {row.row for row in one.rows}), None)

    def columns(self, place: Place) -> dict[int, Column]:
        """What the columns of a row's table are, by their numbers."""
        table = self.table(place)
        return {column.number: column for column in table.columns} if table else {}

    def is_whole(self, sheet: str) -> bool:
        """Whether a sheet of goals is the association's own, and not one unit's."""
        own = [table for table in self.tables if table.real_sheet == sheet]
        return any("samordningsförbundet" in title.casefold() for t in own for title in t.titles)

    def line(self, place: Place) -> BudgetRow | None:
        """A row of amounts as the Book has it."""
        table = self.table(place)
        rows = table.budget.rows if table and table.budget else ()
        return next((row for row in rows if row.row == place[1]), None)

    def of(self, place: Place, *scenarios: str, year: int = 0) -> Fraction | None:
        """A row's figure in the last column of one of some scenarios, of a year if one is said."""
        figures, columns = self.row(place), self.columns(place)
        for scenario in scenarios:
            for number, column in reversed(columns.items()):
                is_of_year = not year or (column.period is not None and column.period.year == year)
                if column.scenario == scenario and is_of_year and number in figures:
                    return figures[number]
        return None


def _is_named(label: str, text: str) -> bool:
    """Whether a label is a text of the source, or ends with it behind a number."""
    own = plain(text).lstrip("- –")
    return plain(label) == own or (len(own) > _LONG_LABEL and plain(label).endswith(own))


def fits(heading: str, column: Column | None) -> bool:
    """Whether a source's column may stand under a heading: its own, or its year and scenario."""
    text = plain(heading)
    if column is None or plain(column.header) == text:
        return True
    years = {int(year) for year in _YEAR.findall(text)}
    if years and column.period is not None and column.period.year not in years:
        return False
    meant = next((scenarios for word, scenarios in _SCENARIOS if word in text), None)
    return meant is None or column.scenario in (*meant, "other")


def placed(figures: list[Figure], source: Source) -> list[Figure]:
    """The figures, those too beside a label that is too long to be a link, with their places.

    Such a row is the one with the same label, on the sheet that the rows around it lead to.
    """
    return [_placed(one, figures, source) for one in figures]


def _placed(one: Figure, figures: list[Figure], source: Source) -> Figure:
    if one.source is not None or len(one.label) < _LONG_LABEL:
        return one
    around = [o for o in figures if o.table == one.table and o.source is not None]
    nearest = sorted(around, key=lambda other: abs(other.row - one.row))
    sheets = dict.fromkeys(other.source[0] for other in nearest if other.source)
    found = (place for sheet in sheets for place in source.labelled(sheet, one.label))
    return one._replace(source=next(found, None))


def untraced(figures: Iterable[Figure], source: Source) -> Iterator[Figure]:
    """The figures that are not those of one column of the source, as the others above and below.

    A column of a report shows one column of a sheet, the one that holds most of its figures.
    """
    groups: dict[tuple[int, int, str], list[Figure]] = {}
    for figure in figures:
        if figure.source is None:
            yield figure
        else:
            groups.setdefault((figure.table, figure.column, figure.source[0]), []).append(figure)
    for group in groups.values():
        numbers = {number for one in group if one.source for number in source.row(one.source)}
        others = [[one for one in group if not _holds(one, n, source)] for n in sorted(numbers)]
        yield from min(others, key=len, default=group)


def _holds(one: Figure, number: int, source: Source) -> bool:
    """Whether a column of the source holds a figure, and may stand under its heading."""
    assert one.source is not None
    right = source.row(one.source).get(number)
    is_same = right is not None and shows(one.value, right)
    return is_same and fits(one.heading, source.columns(one.source).get(number))
