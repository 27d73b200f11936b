"""What the rows below the indicators of a social budget add up: an area, all of it, or the index.

A sum is of the indicators since the sum before it where they are one area and all of it; a
sum right below another, or the only one, is of all. Anything else is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.address import position
from finsam_xl.labels import known_as, normalise
from finsam_xl.model import AreaScore, Judgement, Ref, UnitIndex
from finsam_xl.money import exact, round_half_away
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid, is_number
from finsam_xl.sheets.tables import Row, Table
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.totals import without_sum


class Closing(NamedTuple):
    """A cell below the indicators, what it should show, and of what."""

    ref: Ref
    figure: Fraction
    title: str


def closings(sheet: SheetGrid, table: Table, index: UnitIndex) -> Iterator[Closing]:
    """Every sum of points, and the index, that the rows of a table leave no doubt of."""
    for row, score in _scores(table, index):
        if not _weighs(sheet, table, row, score, index):
            continue
        ref = table.ref(row.row, "points")
        if ref is not None and (_is_plain(row, index) or sheet.cell(*position(ref.cell)).is_blank):
            name = "" if score is index.total else f" {score.name},"
            yield Closing(ref, Fraction(score.achieved), f"Summa poäng,{name}")
    results = [row for row in table.rows if row.role == "result"]
    value = index.total.impact_index
    if len(results) == 1 and value is not None:
        ref = table.ref(results[0].row, "points")
        if ref is not None and _may_be_index(sheet, table, results[0]):
            yield Closing(ref, value, "Impactindex,")


def _weighs(sheet: SheetGrid, table: Table, row: Row, score: AreaScore, index: UnitIndex) -> bool:
    """Whether the weight that stands in a row of a sum, if any, is that of what it sums.

    What was not measured may be counted in it or not.
    """
    cell = table.cell(sheet, row.row, "weight")
    stated = figure(cell) if cell is not None and cell.formula is None else None
    own = [j.indicator for j in index.judgements if score is index.total or _is_of(j, score)]
    return stated is None or stated in (score.maximum, sum(one.weight or 0 for one in own))


def _is_of(judgement: Judgement, score: AreaScore) -> bool:
    return judgement.indicator.area == score.name


def _is_plain(row: Row, index: UnitIndex) -> bool:
    """Whether a label says no more than that it is a sum, of points or of an area."""
    rest = without_sum(row.label)
    if not rest or Measure.POINTS in measures(row.label):
        return True
    names = {known_as(area.name) for area in index.areas}
    return known_as(rest) in names


def _scores(table: Table, index: UnitIndex) -> Iterator[tuple[Row, AreaScore]]:
    """The rows of sums, each with what it is the sum of."""
    totals = [row for row in table.rows if row.role == "total"]
    last = max((row.row for row in table.rows if row.role == "line"), default=0)
    if len(totals) == 1:
        between = (r for r in table.rows if last < r.row < totals[0].row and r.role == "section")
        if totals[0].row > last and not any(between):
            yield totals[0], index.total
        return
    areas = _areas(index)
    start = 0
    for at, row in enumerate(totals):
        own = [area for number, area in areas if start < number < row.row]
        start = row.row
        if not own:
            if row.row > last and at == len(totals) - 1:
                yield row, index.total
            continue
        score = _whole_area(own, areas, index)
        is_last = row.row > last and at == len(totals) - 1
        if score is not None and (not is_last or _are_alike(totals)):
            yield row, score


def _areas(index: UnitIndex) -> list[tuple[int, str]]:
    """Each indicator's row and area."""
    places = ((j.indicator.places["number"].cell, j.indicator.area) for j in index.judgements)
    return [(int("".join(filter(str.isdigit, cell))), area) for cell, area in places]


def _whole_area(
    own: Sequence[str], areas: Sequence[tuple[int, str]], index: UnitIndex
) -> AreaScore | None:
    """The area that some rows are all of."""
    if len(set(own)) != 1 or len(own) != sum(area == own[0] for _, area in areas):
        return None
    return next((area for area in index.areas if area.name == own[0]), None)


def _are_alike(totals: Sequence[Row]) -> bool:
    """Whether all sums are called the same: then none of them is of everything."""
    return len({normalise(row.label) for row in totals}) == 1


def _may_be_index(sheet: SheetGrid, table: Table, row: Row) -> bool:
    """Whether a stated index is blank, a formula, or what the points that stand there give."""
    cell = table.cell(sheet, row.row, "points")
    if cell is None or cell.formula is not None or cell.value in (None, ""):
        return True
    stated = figure(cell)
    if stated is None or isinstance(cell.value, str):
        return False
    points = weights = Fraction(0)
    for line in table.rows:
        own, weight = (table.cell(sheet, line.row, field) for field in ("points", "weight"))
        values = [c.value for c in (own, weight) if c is not None]
        if line.role == "line" and len(values) == 2 and all(map(is_number, values)):
            points += exact(values[0])
            weights += exact(values[1])
    return bool(weights) and round_half_away(100 * points / weights) == round_half_away(stated)
