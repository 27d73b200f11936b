"""The sheet of what happens to the fees: its table, and how it is put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl.calc.fee_split import Split
from finsam_xl.model_budget import Amount, FeeParty, Scope, decimals
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.fee_charts import Drawn, bars_height, put_bars
from finsam_xl.report.look import heading_width, label_width
from finsam_xl.report.pictures import Place
from finsam_xl.report.sheet import KeyFigure, ReportSheet, fitting
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Role, SheetPlan
from finsam_xl.words.units import Unit

NAME, OWNER = "Rapport Avgifter vad händer om", "avgifter_om"
TOGETHER, SUM = "Kommunerna tillsammans", "Summa"
MOST_FIGURES = 4
_LEAST_LABEL = 24.0
_MOST_KEY_DECIMALS = 2
_ROW, _GAP = 14.0, 4.0
_KEY, _MOST_KEY = 10.0, 17.0
_SPARE, _GUTTER = 6.0, 1.5
"""How many characters wider than they need columns become, at the most, to fill a page."""
_APART, _EMPTY, _LEAST_BESIDE = 2.0, 4, 44.0
"""The narrow column beside a table, the columns for a picture, and how wide they are at least."""
_FEWEST_BARS = 2


class Line(NamedTuple):
    """A row of a table: what it is called, what it has in each column, and where it is read.

    ``places``: with how many decimals its amounts are shown, where it is more than their columns.
    """

    name: str
    cells: tuple[Amount | str, ...]
    party: FeeParty | None = None
    is_total: bool = False
    places: int = 0


class Column(NamedTuple):
    """A column: its heading, width, how its cells look, and with how many decimals.

    ``is_text``: it holds words; ``places`` is -1 for a per cent.
    """

    heading: str
    width: float
    role: Role
    places: int = 0
    is_text: bool = False

    def shown(self, value: Amount | str) -> float | str | None:
        """A value as a cell holds it."""
        if isinstance(value, str):
            return value or None
        return say.tenth(value) if self.places < 0 else say.cell(value, self.places)


_PERCENT_PLACES = -1


def amount(heading: str, width: float, places: int) -> Column:
    """A column of amounts."""
    return Column(heading, width, say.AMOUNTS[places], places)


def keys(split: Split, places: int, when: str = "") -> Column:
    """A column of keys, as wide as what the table calls them, if that is no sentence."""
    heading = key_name(split)
    width = min(_MOST_KEY, max(_KEY, heading_width(heading)))
    return amount(f"{heading}\n{when}" if when else heading, width, places)


def change(heading: str, width: float, places: int) -> Column:
    """A column of changes: with their signs, as more to pay is neither good nor bad."""
    role = say.deviating(say.AMOUNTS[places], None, is_marked=False)
    return Column(heading, width, role, places)


def percent(heading: str, width: float) -> Column:
    """A column of changes in per cent."""
    return Column(heading, width, say.SIGNED_PERCENT, _PERCENT_PLACES)


def share(heading: str, width: float) -> Column:
    """A column of shares in per cent."""
    return Column(heading, width, say.PERCENT, _PERCENT_PLACES)


def words(heading: str, width: float) -> Column:
    """A column of names."""
    return Column(heading, width, look.LABEL, is_text=True)


def gap() -> Column:
    """A narrow column that parts figures from the words behind them."""
    return Column("", _GUTTER, look.LABEL, is_text=True)


def rounding_label(split: Split) -> str:
    """What the row is called that tells what rounded fees miss."""
    of = "kvarten" if split.table.scope is Scope.EVERYONE else "potten"
    return f"Mer eller mindre än {of}"


def rounding_places(split: Split) -> int:
    """With how many decimals that is shown: half a step is told as such."""
    return min(len(say.AMOUNTS) - 1, decimals(split.part))


def fee_places(split: Split) -> int:
    """With how many decimals fees are shown: those they are rounded to."""
    return min(len(say.AMOUNTS) - 1, max(decimals(split.step), say.decimals(split.table.unit)))


def key_places(keys: Iterable[Amount]) -> int:
    """With how many decimals keys are shown: those they are written with, or two."""
    written = (decimals(key) for key in keys if key is not None)
    return min(_MOST_KEY_DECIMALS, max(written, default=0))


def key_name(split: Split) -> str:
    """What the key is, in the table's own words, with its unit."""
    heading = split.table.key_header or "Nyckel"
    is_percent = split.whole is not None and split.whole > 1
    return f"{heading}, %" if is_percent and "%" not in heading else heading


def unit_of(split: Split) -> str:
    """What amounts are in, for a heading: ', tkr'."""
    return f", {split.table.unit}" if split.table.unit in set(Unit) else ""


class Content(NamedTuple):
    """What a report of what happens to the fees says; ``title`` and what follows: its table."""

    answer: str
    about: tuple[str, ...]
    key_figures: Sequence[KeyFigure]
    title: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    notes: tuple[str, ...]
    chart: Drawn = Drawn("", "", ())
    faults: Faults = NO_FAULTS


def report(split: Split, content: Content, run: str) -> SheetPlan:
    """The sheet: the answer, the key figures, the table, a picture of it, and what it rests on."""
    widths, beside = _widths(content)
    sheet = ReportSheet(widths, split.table.unit)
    sheet.tail = list(filter(None, content.notes))
    year = f" {split.table.year}" if split.table.year else ""
    sheet.head(
        f"Vad händer med avgifterna{year}?", content.about, run, content.answer, content.faults
    )
    sheet.key_figures(content.key_figures[:MOST_FIGURES])
    first, free, page = sheet.row, sheet.free, sheet.pages
    _draw(sheet, content.title, content.columns, content.lines)
    is_drawn = len(content.chart.bars) >= _FEWEST_BARS
    if is_drawn and beside and sheet.pages == page:
        put_bars(sheet, content.chart, Place(first, beside, sheet.last, free - sheet.free))
    elif is_drawn:
        _below(sheet, content.chart)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _widths(content: Content) -> tuple[tuple[float, ...], int]:
    """The widths of all columns, and the first of those for a picture beside the table, else 0."""
    names = [line.name for line in content.lines]
    own = [label_width(names, _LEAST_LABEL), *(column.width for column in content.columns)]
    room = fitting((*own, _APART)) - (_EMPTY - 1)
    if room >= _LEAST_BESIDE:
        return (*own, _APART, *(room / _EMPTY,) * _EMPTY), len(own) + 2
    left = max(0.0, min(_SPARE, (fitting(own[:-1]) - own[-1]) / len(own)))
    return tuple(width + left for width in own), 0


def _below(sheet: ReportSheet, chart: Drawn) -> None:
    """A picture below the table, where a page has room for it and for the notes."""
    count = len(chart.bars)
    least = bars_height(sheet, count, sheet.free)
    if _GAP + least + sheet.notes_height() > sheet.free:
        return
    sheet.down(_GAP)
    height = bars_height(sheet, count, sheet.notes_height())
    put_bars(sheet, chart, Place(sheet.down(height), 1, sheet.last, height))


def _draw(sheet: ReportSheet, title: str, columns: Sequence[Column], lines: Sequence[Line]) -> None:
    """A table with its title; on every page it goes on to stand its headings again."""
    headings = ["Part", *(column.heading for column in columns)]
    left = [n for n, column in enumerate(columns, start=2) if column.is_text]
    parties = next((n for n, line in enumerate(lines) if line.is_total), len(lines))
    sheet.section(title)
    sheet.headings(headings, left=left)
    for number, line in enumerate(lines):
        # The last party is not parted from the sums.
        together = len(lines) - number if number == parties - 1 else 1
        if number < parties and sheet.fit(_ROW * together):
            sheet.headings(headings, left=left)
        _line(sheet, columns, line)


def _line(sheet: ReportSheet, columns: Sequence[Column], line: Line) -> None:
    row = sheet.down(_ROW)
    place = link(line.party.ref) if line.party is not None else ""
    sheet.canvas.put(row, 1, line.name, look.total(look.LABEL, line.is_total), link=place)
    pairs: Iterable[tuple[Column, Amount | str]] = zip(columns, line.cells, strict=True)
    for number, (column, value) in enumerate(pairs, start=2):
        finer = column._replace(role=say.AMOUNTS[line.places], places=line.places)
        shown = finer if line.places > column.places >= 0 and value is not None else column
        sheet.canvas.put(row, number, shown.shown(value), look.total(shown.role, line.is_total))
