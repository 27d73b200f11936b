"""Tables of the recommended ceiling of equity ("trappan"): fees, what they allow, what there is.

Its rows are the steps and its columns years, or the other way round. It is known by a row of
fees and one of the highest equity; every figure row in it must be one of its steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.periods import Period
from finsam_xl.reading.blocks import Block, blocks
from finsam_xl.reading.cells import Holds, holds, year_of
from finsam_xl.reading.figures import figure, unit_by_size
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.ceiling import Step, step_of
from finsam_xl.words.units import unit

KIND = "ceiling"
_NEEDED = frozenset({Step.FEES, Step.CEILING})
_RESULTS = (Step.CEILING, Step.LOWER, Step.UPPER, Step.ROOM, Step.BESIDE)
Place = tuple[int, int]


class Ceiling(NamedTuple):
    """One year of a table: its year, the cells of its steps, and their unit."""

    year: int | None
    cells: Mapping[Step, Place]
    labels: Mapping[Step, str]
    unit: str


class _Turn(NamedTuple):
    """A block read one way: the steps by row or column, and the years the other way."""

    steps: Mapping[int, Step]
    labels: Mapping[int, str]
    years: Mapping[int, int | None]
    is_down: bool


def recognise(sheet: SheetGrid) -> list[Table]:
    """The tables of the ceiling on a sheet, from the top."""
    if sheet.large or not _may_occur(sheet):
        return []
    return [_table(block, turn) for block, turn in _found(sheet)]


def ceilings(sheet: SheetGrid) -> list[Ceiling]:
    """Every year of the tables of a sheet."""
    return [one for block, turn in _found(sheet) for one in _years(block, turn)]


def _may_occur(sheet: SheetGrid) -> bool:
    return {step_of(text) for text in sheet.texts} >= _NEEDED


def _found(sheet: SheetGrid) -> Iterator[tuple[Block, _Turn]]:
    for block in blocks(sheet):
        for turn in (_down(block), _across(block)):
            if turn is not None and set(turn.steps.values()) >= _NEEDED:
                yield block, turn
                break


def _down(block: Block) -> _Turn | None:
    """The steps as rows: every row with a figure is one, and each stands once."""
    if not block.labels:
        return None
    labels = {row: block.sheet.cell(row, block.labels[-1]).text for row in block.body}
    steps = {row: step for row, text in labels.items() if (step := step_of(text))}
    filled = [r for r in block.body if any(_is_figure(block, r, c) for c in block.columns)]
    if len(set(steps.values())) < len(steps) or not set(filled) <= steps.keys():
        return None
    years = {
        c: _year(block, " ".join(block.texts(c)))
        for c in block.columns
        if any(_is_figure(block, row, c) for row in steps)
    }
    return _Turn(steps, labels, years, is_down=True)


def _across(block: Block) -> _Turn | None:
    """The steps as columns, and a year on each row."""
    labels = {c: " ".join(block.texts(c)) for c in (*block.labels, *block.columns)}
    steps = {c: step for c, text in labels.items() if (step := step_of(text))}
    others = [c for c in labels if c not in steps]
    if len(set(steps.values())) < len(steps) or len(others) > 1:
        return None
    years = {row: _year_of_row(block, row, others) for row in block.body}
    return _Turn(steps, labels, years, is_down=False)


def _years(block: Block, turn: _Turn) -> Iterator[Ceiling]:
    for at, year in turn.years.items():
        cells = {step: (n, at) if turn.is_down else (at, n) for n, step in turn.steps.items()}
        labels = {step: turn.labels[n] for n, step in turn.steps.items()}
        yield Ceiling(year, cells, labels, _unit(block, turn, cells[Step.FEES]))


def _unit(block: Block, turn: _Turn, fees: Place) -> str:
    """The unit that labels or titles say; by the size of the fees where they say none."""
    texts = (
        *turn.labels.values(),
        *block.titles,
        *(t for c in block.columns for t in block.texts(c)),
    )
    said = next((one for text in texts if (one := unit(text))), None)
    return said or block.sheet.said.unit or unit_by_size([figure(block.sheet.cell(*fees))])


def _year(block: Block, heading: str) -> int | None:
    """The year that a heading says, or else the only one that is said above the table."""
    for text in (heading, *block.titles, block.sheet.name):
        period = Period.find(text)
        if period is not None:
            return period.year
    return None


def _year_of_row(block: Block, row: int, columns: list[int]) -> int | None:
    for column in columns:
        cell = block.sheet.cell(row, column)
        year = year_of(cell)
        if year is not None:
            return year
        return _year(block, block.sheet.cell(row, column).text)
    return _year(block, "")


def _is_figure(block: Block, row: int, column: int) -> bool:
    return holds(block.sheet.cell(row, column)) is Holds.FIGURE


def _table(block: Block, turn: _Turn) -> Table:
    years = [year for year in turn.years.values() if year]
    columns, rows = _rows_down(block, turn) if turn.is_down else _rows_across(turn)
    return Table(
        sheet=block.sheet.name,
        kind=KIND,
        title=next(iter(block.titles), block.sheet.name),
        titles=block.titles,
        period=Period(years[0]) if len(set(years)) == 1 else None,
        header_row=block.header[-1] if block.header else block.top,
        columns=columns,
        rows=rows,
        score=1.0,
        why="avgifter och högsta eget kapital",
        unit=next(one.unit for one in _years(block, turn)),
        top=block.top,
    )


def _rows_down(block: Block, turn: _Turn) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = [Column(block.labels[-1], "", "label")]
    columns += [
        Column(c, " ".join(block.texts(c)), "amount", "outcome", Period(year) if year else None)
        for c, year in turn.years.items()
    ]
    rows = [Row(row, _role(turn.steps.get(row)), turn.labels[row]) for row in block.body]
    return tuple(columns), tuple(rows)


def _rows_across(turn: _Turn) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = [
        Column(c, text, str(turn.steps.get(c, "label")), "outcome")
        for c, text in turn.labels.items()
    ]
    rows = [Row(row, "line", str(year or "")) for row, year in turn.years.items()]
    return tuple(columns), tuple(rows)


def _role(step: Step | None) -> str:
    return "section" if step is None else "total" if step in _RESULTS else "line"
