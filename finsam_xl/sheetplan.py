"""A report sheet as data: what stands where, in which role, and what it looks like in print.

No file format is known here. A host renders the same plan to a file or through
Excel's own interface. Rows and columns count from 1; column widths are in
characters, row heights in points.
"""

from __future__ import annotations

from enum import StrEnum

from finsam_xl.palette import ACCENT, INK
from finsam_xl.records import NamedTuple


class Role(NamedTuple):
    """How a cell looks: what a host turns into a cell format."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    ink: str = INK
    fill: str = ""
    number: str = ""
    align: str = "left"
    valign: str = "center"
    wrap: bool = False
    top: str = ""
    bottom: str = ""
    strong: bool = False
    unlocked: bool = False


class PlannedCell(NamedTuple):
    """One cell of a report. ``link`` is an internal place ("Blad1!A5").

    ``formula``: as in Excel in English, without its equals sign; ``value`` is then what it gives.
    ``file``: the address of a file to open, seen from where the report is saved. Only workbooks
    that we make have such: a report in one that people have does not.
    """

    row: int
    column: int
    value: float | int | str | None
    role: Role
    link: str = ""
    formula: str = ""
    file: str = ""

    @property
    def look(self) -> Role:
        """The role as it looks: what leads somewhere shows that it does."""
        if not (self.link or self.file) or self.value is None:
            return self.role
        ink = ACCENT if self.role.ink == INK else self.role.ink
        return self.role._replace(ink=ink, underlined=True)


Range = tuple[int, int, int, int]
"""First row and column, last row and column."""


class Pieces(NamedTuple):
    """What a target line is made of at each bar, stacked: up to it, its white edge, and itself.

    After the line comes an edge once more.
    """

    before: Range
    edge: Range
    line: Range


class Beside(NamedTuple):
    """What the texts at bars stand on, stacked and not drawn.

    A gap after each bar, and then the room of its text, which begins where that does.
    """

    gap: Range
    room: Range


class BarChart(NamedTuple):
    """Horizontal bars with their values and a dashed line at the target, if there is one.

    ``labels`` and ``values``: ranges on the sheet, top to bottom as shown; ``row``/``column``:
    upper left corner; ``size`` in pixels. What stands at the bars: ``texts``, or their values in
    the format ``number`` where there are none. The axis goes from ``lowest``, which is 0 unless a
    value is below it, to ``highest``, or further where what is drawn needs it. ``pieces``: what
    the target line is made of; ``beside``: what the texts stand on, so that it strikes none.
    ``name``: what the chart is called among those of the sheet.
    """

    title: str
    alt_text: str
    labels: Range
    values: Range
    colours: tuple[str, ...]
    target: float | None
    row: int
    column: int
    size: tuple[int, int]
    highest: float = 110
    number: str = "0"
    lowest: float = 0
    pieces: Pieces | None = None
    texts: tuple[str, ...] = ()
    beside: Beside | None = None
    name: str = ""


class Fill(StrEnum):
    """How bars are filled, so that grey print tells them apart.

    Those with ``NONE`` are not drawn: others stand on them.
    """

    SOLID = "solid"
    STRIPED = "striped"
    HOLLOW = "hollow"
    NONE = "none"


class Series(NamedTuple):
    """Standing bars, stacked on those of the series before it.

    ``colours``: a colour word for each, '' for the accent. ``name``: what the colours mean, which
    is told below the chart, '' where it is not. ``texts``: what stands in the middle of each bar
    that is big enough.
    """

    values: Range
    colours: tuple[str, ...]
    name: str = ""
    texts: tuple[str, ...] = ()
    fill: Fill = Fill.SOLID


class Marks(NamedTuple):
    """Where the texts of a column chart stand: ``below`` such a place, or else above it."""

    values: Range
    below: tuple[bool, ...]


class ColumnChart(NamedTuple):
    """Standing bars, each a stack of ``series``, and a dashed line where ``line`` gives one.

    For a figure year by year, against a limit that changes, and for the way from one figure to
    another. Ranges as in :class:`BarChart`, left to right or top to bottom as shown. ``values`` are
    the figures that are told: all that a program draws that knows no stacks. ``texts``: what stands
    at the end of each stack, where ``marks`` says. Blanks in ``line`` are gaps in it, ``line_name``
    says what it is, and where it ``has_lone_points`` they are marked, since no line goes through
    one point. ``lowest`` and ``highest``: where the axis ends, around zero and all that is drawn.
    """

    title: str
    alt_text: str
    labels: Range
    values: Range
    series: tuple[Series, ...]
    texts: tuple[str, ...]
    row: int
    column: int
    size: tuple[int, int]
    line: Range | None = None
    line_name: str = ""
    has_lone_points: bool = False
    lowest: float = 0
    highest: float = 0
    marks: Marks | None = None
    name: str = ""

    @property
    def has_base(self) -> bool:
        """Whether some bars stand on others that are not drawn."""
        return any(one.fill == Fill.NONE for one in self.series)

    @property
    def is_named(self) -> bool:
        """Whether what is drawn is told below the chart."""
        return any(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """What each series is called, and the line if there is one, '' where it is not told."""
        line = () if self.line is None else (self.line_name,)
        return (*(one.name for one in self.series), *line)


Chart = BarChart | ColumnChart


SIDES, TOP, BOTTOM = 0.3, 0.5, 0.65
"""The margins of a report, in inches: no wider at the sides than printers ask for."""


class Page(NamedTuple):
    """How the sheet prints: A4, title rows repeated, breaks before the given rows."""

    landscape: bool = True
    title_rows: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    pages_high: int = 0
    footer_left: str = ""
    last_row: int = 1
    last_column: int = 1


STANDARD_ROW = 15.0
"""How many points high a row is of which nothing is said."""
FOOT_SIZE = 9
"""Points of what stands at the foot of every page; Excel prints it so in any scale."""
_MOST_FROZEN = 200.0
"""Points of rows that stay while one scrolls: about half of what a small screen shows."""


_LONGEST_LIST = 255
"""So long may the texts of a list be together that stands in the rule of its cells."""


class Choices(NamedTuple):
    """What may be chosen in some cells; anything else may be typed as well.

    ``listed``: where the same texts stand on the sheet, for lists that are long or have commas.
    """

    area: Range
    texts: tuple[str, ...]
    prompt: str = ""
    listed: Range | None = None

    @property
    def source(self) -> Range | None:
        """Where the texts stand, if they do not fit in the rule of the cells."""
        whole = ",".join(self.texts)
        is_plain = len(whole) <= _LONGEST_LIST and whole.count(",") == len(self.texts) - 1
        return None if is_plain else self.listed


class PlaceName(NamedTuple):
    """A hidden defined name over a block of any sheet, which the program moves along."""

    name: str
    sheet: str
    area: str


class SheetPlan(NamedTuple):
    """A whole report sheet. ``owner`` names the report, so that it finds and replaces itself.

    ``filter``: a table that people sort and filter, from its heading row to its last one
    (first row, column, last row, column). ``growing``: rows whose height is a first guess,
    which the program may fit to what is written or sorted into them. ``hidden``: columns that
    are not shown. ``names``: in place of every name that begins with ``own_names``. ``is_hidden``:
    the sheet itself is not shown. ``tab``: the colour of its tab, '' for none.
    """

    name: str
    owner: str
    cells: tuple[PlannedCell, ...]
    widths: tuple[float, ...]
    heights: tuple[tuple[int, float], ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    charts: tuple[Chart, ...] = ()
    page: Page = Page()
    filter: tuple[int, int, int, int] | None = None
    growing: tuple[int, ...] = ()
    choices: tuple[Choices, ...] = ()
    hidden: tuple[int, ...] = ()
    names: tuple[PlaceName, ...] = ()
    own_names: str = ""
    is_hidden: bool = False

    @property
    def title(self) -> str:
        """What stands first on the sheet, as reports begin with their title."""
        first = min(self.cells, key=lambda cell: (cell.row, cell.column), default=None)
        return str(first.value) if first is not None and first.value is not None else ""

    tab: str = ""

    @property
    def frozen(self) -> int:
        """How many rows stay while one scrolls: down to those that every page repeats.

        None where they would take too much of a window.
        """
        last = self.page.title_rows[1] if self.page.title_rows else 0
        heights = dict(self.heights)
        height = sum(heights.get(row, STANDARD_ROW) for row in range(1, last + 1))
        return last if height <= _MOST_FROZEN else 0
