"""A report sheet drawn in LibreOffice, to look as the file host's does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from finsam_xl.address import fixed, span
from finsam_xl.hosts.calc.charts import chart_steps
from finsam_xl.hosts.calc.edits import part
from finsam_xl.hosts.calc.formulas import Formulas
from finsam_xl.hosts.calc.pages import page_steps
from finsam_xl.hosts.calc.placing import drop_names, name_place
from finsam_xl.hosts.calc.uno_types import choice, create, struct
from finsam_xl.hosts.opened import looks
from finsam_xl.hosts.opened.blocks import Place
from finsam_xl.hosts.opened.placing import Placed
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.sheetplan import Choices, PlannedCell, SheetPlan
from finsam_xl.sheets.grid import Value

_PIXELS_PER_CHARACTER, _PADDING = 7, 5
_HUNDREDTHS_PER_PIXEL, _HUNDREDTHS_PER_POINT = 2540 / 96, 2540 / 72
_BOLD, _NORMAL = 150.0, 100.0
_THIN, _STRONG = 26, 53
"""Lines' widths in hundredths of a millimetre."""
_VERTICAL = {"top": 1, "center": 2, "bottom": 3}
_SINGLE = 1
"""The kind of line under what leads somewhere."""
_TURN_GRID = ".uno:ToggleSheetGrid"
_FILLED = "=1"
_NO_CHOICES = "Listorna med val på bladet gick inte att göra."


def colour(code: str) -> int:
    """A colour as LibreOffice counts it; that of no fill for none."""
    return int(code.removeprefix("#"), 16) if code else -1


def render(document: Any, sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Everything to do on an empty sheet."""
    yield from _sizes(sheet, plan)
    yield Step(partial(_values, sheet, plan))
    yield Step(partial(_formulas, document, sheet, looks.formulas(plan)))
    roles = looks.roles(plan)
    formats = NumberFormats(document)
    for look in looks.looks(roles):
        yield Step(partial(_set, part(sheet, look.area), look.attribute, look.value, formats))
    for line in looks.lines(roles):
        yield Step(partial(_line, part(sheet, line.area), line))
    for merge in plan.merges:
        yield Step(partial(part(sheet, merge).merge, True))
    for cell in plan.cells:
        if cell.link and cell.value is not None and not plan.is_hidden:
            yield Step(partial(_link, document, sheet, cell))
    yield from _fitted(sheet, plan)
    for one in plan.choices:
        yield Step(partial(_offer, part(sheet, one.area), one), note=_NO_CHOICES)
    yield from _place_names(document, plan)
    if plan.tab:
        yield Step(partial(setattr, sheet, "TabColor", colour(plan.tab)))
    yield from page_steps(document, sheet, plan.page)
    yield from chart_steps(sheet, plan)


def _sizes(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    for left, right, width in looks.widths(plan):
        for column in range(left - 1, right):
            yield Step(partial(_width, sheet.Columns.getByIndex(column), width))
    for top, bottom, height in looks.heights(plan):
        for row in range(top - 1, bottom):
            size = round(height * _HUNDREDTHS_PER_POINT)
            yield Step(partial(setattr, sheet.Rows.getByIndex(row), "Height", size))


def _fitted(sheet: Any, plan: SheetPlan) -> Iterator[Step]:
    """Rows whose height was a first guess, as high as what is written in them."""
    for row in plan.growing:
        yield Step(partial(setattr, sheet.Rows.getByIndex(row - 1), "OptimalHeight", True))


def _width(column: Any, characters: float) -> None:
    pixels = int(characters * _PIXELS_PER_CHARACTER + _PADDING)
    column.IsVisible = characters > 0
    if characters:
        column.Width = round(pixels * _HUNDREDTHS_PER_PIXEL)


def _values(sheet: Any, plan: SheetPlan) -> None:
    """All values at once: cell by cell they would take long to undo."""
    area, rows = looks.values(plan)
    block = part(sheet, area)
    # Of what is written to a block LibreOffice only undoes cells that held something; so first
    # every cell is filled, in a way that it undoes rightly.
    block.setArrayFormula(_FILLED)
    block.setDataArray(tuple(tuple(map(_given, row)) for row in rows))


def _formulas(document: Any, sheet: Any, texts: Mapping[Place, str]) -> None:
    """Formulas, over the values that they give."""
    if texts:
        written = Formulas(document)
        for (row, column), text in texts.items():
            written.enter(sheet.getCellByPosition(column - 1, row - 1), text)


def _given(value: Value) -> float | str:
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)


class NumberFormats:
    """Number formats by their codes, which are Excel's."""

    def __init__(self, document: Any) -> None:
        self._known = document.NumberFormats
        self._excel = struct("lang.Locale", Language="en", Country="US")
        self._own = document.CharLocale
        self._keys: dict[str, int] = {}

    def key(self, code: str) -> int:
        """What LibreOffice knows a format by, shown as in the workbook's language."""
        if code not in self._keys:
            self._keys[code] = self._known.addNewConverted(code, self._excel, self._own)
        return self._keys[code]


_PLAIN: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "size": ("CharHeight", float),
    "ink": ("CharColor", colour),
    "bold": ("CharWeight", lambda bold: _BOLD if bold else _NORMAL),
    "italic": (
        "CharPosture",
        lambda italic: choice("awt.FontSlant", "ITALIC" if italic else "NONE"),
    ),
    "fill": ("CellBackColor", colour),
    "align": ("HoriJustify", lambda side: choice("table.CellHoriJustify", side.upper())),
    "valign": ("VertJustify", _VERTICAL.__getitem__),
    "wrap": ("IsTextWrapped", bool),
}


def _set(cells: Any, attribute: str, value: Any, formats: NumberFormats) -> None:
    if attribute == "number":
        cells.NumberFormat = formats.key(value)
        return
    name, made = _PLAIN[attribute]
    if attribute == "size":
        cells.CharFontName = looks.FONT
    setattr(cells, name, made(value))


def _line(cells: Any, line: looks.Line) -> None:
    width = _STRONG if line.strong else _THIN
    drawn = struct("table.BorderLine2", Color=colour(line.colour), OuterLineWidth=width)
    drawn.LineWidth = width
    setattr(cells, "TopBorder" if line.side == "top" else "BottomBorder", drawn)


def _link(document: Any, sheet: Any, cell: PlannedCell) -> None:
    """A text that leads to its source when it is clicked."""
    place, _, address = fixed(cell.link).rpartition("!")
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.Representation = str(cell.value)
    field.URL = f"#{place}.{address}"
    target = sheet.getCellByPosition(cell.column - 1, cell.row - 1)
    target.setString("")
    target.insertTextContent(target.createTextCursor(), field, False)
    target.CharUnderline = _SINGLE


def _offer(cells: Any, offered: Choices) -> None:
    """A list to choose from, which stops nobody from typing something else."""
    rule = cells.Validation
    rule.Type = choice("sheet.ValidationType", "LIST")
    if offered.source is not None:
        rule.setFormula1(fixed(span(*offered.source)))
    else:
        rule.setFormula1(";".join(f'"{text}"' for text in offered.texts))
    rule.ShowErrorMessage = False
    rule.ShowInputMessage = bool(offered.prompt)
    rule.InputMessage = offered.prompt
    cells.Validation = rule


def _place_names(document: Any, plan: SheetPlan) -> Iterator[Step]:
    """The hidden names of the plan, in place of all that begin as its own do."""
    if plan.own_names:
        names = document.NamedRanges.ElementNames
        gone = [name for name in names if name.lower().startswith(plan.own_names.lower())]
        yield Step(partial(drop_names, document, gone))
    for one in plan.names:
        yield Step(partial(name_place, document, one.name, one.sheet, one.area))


def show(document: Any, placed: Sequence[Placed]) -> None:
    """Show the first of our sheets, all of them with rows that stay and new ones without grid.

    Not among what is undone: a sheet that was active meanwhile would not be taken away again.
    """
    view = document.getCurrentController()
    if view is None or not placed:
        return
    for place in reversed(placed):
        view.setActiveSheet(document.Sheets.getByName(place.name))
        if place.is_new:
            # What the view itself is told of the grid is about every sheet, hers too.
            frame, made = view.getFrame(), create("frame.DispatchHelper")
            made.executeDispatch(frame, _TURN_GRID, "", 0, ())
        view.freezeAtPosition(0, place.plan.frozen)
