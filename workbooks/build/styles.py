"""The look of the workbook, and the few parts of XlsxWriter it is written with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol


class Formula(NamedTuple):
    """A formula, the value it has, and how that is shown."""

    text: str
    value: float
    number_format: str


Cell = float | str | Formula | None

PERCENT = "0 %"
SHARE = "0.00 %"
AMOUNT = "#,##0"
HALF_AMOUNT = "#,##0.0"
POINTS = '0" pp"'
PIECES = '0" st"'

HEADING_HEIGHT = 33
LINE_HEIGHT = 15

_HEADING: Mapping[str, object] = {
    "bold": True,
    "bottom": 1,
    "text_wrap": True,
    "bg_color": "#E7E6E6",
}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "subtitle": {"bold": True},
    "plain": {},
    "heading": _HEADING,
    "heading count": {**_HEADING, "align": "right"},
    "heading indented": {**_HEADING, "align": "left", "indent": 1},
    "heading centre": {**_HEADING, "align": "center"},
    "heading upper": {**_HEADING, "bottom": 0},
    "heading upper count": {**_HEADING, "bottom": 0, "align": "right"},
    "heading upper centre": {**_HEADING, "bottom": 0, "align": "center"},
    "text": {"text_wrap": True},
    "indented": {"text_wrap": True, "align": "left", "indent": 1},
    "centre": {"align": "center"},
    "count": {"align": "right"},
    "grey": {"bg_color": "#D9D9D9"},
    "bold text": {"bold": True, "text_wrap": True},
    "bold count": {"bold": True, "align": "right"},
}


class Format(Protocol):
    """A cell format of the workbook."""

    def set_num_format(self, num_format: str) -> None:
        """Set the number format."""


class Sheet(Protocol):
    """The methods of a worksheet that are used here."""

    def write(self, row: int, col: int, *args: object) -> int:
        """Write a value with a format."""

    def write_blank(self, row: int, col: int, blank: None, cell_format: Format) -> int:
        """Write an empty cell with a format."""

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format, value: float
    ) -> int:
        """Write a formula with the value it has."""

    def merge_range(self, *args: object) -> int:
        """Write a value over several cells: first row and column, last ones, value, format."""

    def set_column(self, first_col: int, last_col: int, width: float) -> int:
        """Set the width of columns."""

    def set_row(self, row: int, height: float) -> int:
        """Set the height of a row."""

    def freeze_panes(self, row: int, col: int) -> None:
        """Keep the rows above and the columns to the left in sight."""

    def autofilter(self, first_row: int, first_col: int, last_row: int, last_col: int) -> None:
        """Put filter buttons on the heading row."""

    def ignore_errors(self, options: Mapping[str, str]) -> int:
        """Leave out the marks that a program puts on cells it finds odd."""

    def repeat_rows(self, first_row: int, last_row: int | None = None) -> None:
        """Print a row, or several, at the top of every page."""

    def set_landscape(self) -> None:
        """Print lying."""

    def set_paper(self, paper_size: int) -> None:
        """Choose the paper."""

    def fit_to_pages(self, width: int, height: int) -> None:
        """Scale the print to a number of pages."""

    def set_margins(self, left: float, right: float, top: float, bottom: float) -> None:
        """Set the margins in inches."""

    def set_footer(self, footer: str) -> None:
        """Set the text at the foot of a page."""


class Book(Protocol):
    """The methods of a workbook that are used here."""

    def add_worksheet(self, name: str) -> Sheet:
        """Add a sheet."""

    def add_format(self, properties: Mapping[str, object]) -> Format:
        """Add a cell format."""


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Book) -> None:
        """Start without formats."""
        self._book = book
        self._made: dict[tuple[str, str, bool], Format] = {}

    def get(self, look: str, number_format: str = "", *, total: bool = False) -> Format:
        """Return the format for a look; a total is bold below a thin rule."""
        key = (look, number_format, total)
        if key not in self._made:
            properties: dict[str, object] = {"valign": "top", **_LOOKS[look]}
            if number_format:
                properties["num_format"] = number_format
            if total:
                properties |= {"bold": True, "top": 1}
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def put(sheet: Sheet, row: int, col: int, value: Cell, style: Format) -> None:
    """Write a value, or an empty formatted cell."""
    if value is None:
        sheet.write_blank(row, col, None, style)
    elif isinstance(value, Formula):
        sheet.write_formula(row, col, f"={value.text}", style, value.value)
    else:
        sheet.write(row, col, value, style)


def put_heading(
    sheet: Sheet, row: int, headings: Iterable[tuple[str, str]], styles: Styles
) -> None:
    """Write a heading row; each heading stands as the cells of its look below it."""
    for col, (heading, look) in enumerate(headings):
        name = "heading" if look == "text" else f"heading {look}"
        put(sheet, row, col, heading, styles.get(name))
    sheet.set_row(row, HEADING_HEIGHT)


def put_sum(sheet: Sheet, cell: tuple[int, int], rows: range, value: int, style: Format) -> None:
    """Write the sum of ``rows`` in the cell's own column, with the value it has."""
    letter = chr(ord("A") + cell[1])
    formula = f"=SUM({letter}{rows.start + 1}:{letter}{rows.stop})"
    sheet.write_formula(*cell, formula, style, value)


def page(sheet: Sheet, bottom: float = 0.6, *, lying: bool = True) -> None:
    """Set up printing: A4, one page wide, standing also one page high, numbered at the foot."""
    if lying:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0 if lying else 1)
    sheet.set_margins(0.4, 0.4, 0.6, bottom)
    sheet.set_footer("&L&A&RSida &P av &N")
