"""The charts of a fees report: the municipalities' parts, and how their fees have changed."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Known, Scope
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report.fee_figures import YearFees
from finsam_xl.report.pictures import Place
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import BarChart

_GAP, _LEAST_BAR, _MOST_BAR, _EDGES = 4.0, 12.0, 18.0, 36.0
_HIGHEST_ROW = 400.0
"""How high a row can be in every program, and some less."""
_NARROWEST = 300
"""How many pixels a chart beside the table is wide at the least."""
_SHARE_DECIMALS = 1


class Drawn:
    """What a chart shows: its title, its name among charts, its bars and what stands at them."""

    def __init__(self, title: str, name: str, bars: Sequence[tuple[str, Known, str]]) -> None:
        self.title, self.name, self.bars = title, name, bars


class Charts:
    """The charts of a year: one alone beside its table, where there is room, two below it.

    ``beside``: the first column right of the table.
    """

    def __init__(self, sheet: ReportSheet, year: YearFees, beside: int) -> None:
        self._sheet = sheet
        self._beside = beside
        self._drawn = [drawn for drawn in (_shares(year), _changes(year)) if drawn.bars]
        room = sheet.pixels(beside, sheet.last)
        self._is_beside = len(self._drawn) == 1 and room >= _NARROWEST

    @property
    def _bars(self) -> int:
        return max(len(drawn.bars) for drawn in self._drawn)

    def put(self, row: int, height: float, *, is_last: bool) -> None:
        """Draw them: beside the rows of the table, or below them.

        ``row`` and ``height``: of the table; ``is_last``: the notes follow on what is left of the
        page.
        """
        sheet = self._sheet
        if self._is_beside:
            put_bars(sheet, self._drawn[0], Place(row, self._beside, sheet.last, height))
        elif self._drawn:
            sheet.fit(_GAP + _EDGES + _LEAST_BAR * self._bars, is_last=is_last)
            sheet.down(_GAP)
            kept = sheet.notes_height() if is_last else 0.0
            height = bars_height(sheet, self._bars, kept)
            below = sheet.down(height)
            for drawn, (first, last) in zip(self._drawn, _halves(sheet), strict=False):
                put_bars(sheet, drawn, Place(below, first, last, height))


def put_bars(sheet: ReportSheet, drawn: Drawn, place: Place) -> None:
    """Draw bars in a place, with what stands at each."""
    names, amounts, texts = zip(*drawn.bars, strict=True)
    labels, values = sheet.canvas.beside(
        place.row, sheet.last, [names, [float(amount) for amount in amounts]]
    )
    told = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    sheet.charts.append(
        BarChart(
            title=drawn.title,
            alt_text=f"{drawn.title}: {', '.join(told)}",
            name=drawn.name,
            labels=labels,
            values=values,
            colours=("",) * len(drawn.bars),
            target=None,
            row=place.row,
            column=place.first,
            size=sheet.chart_size(place.first, place.last, place.height),
            highest=0,
            texts=texts,
        )
    )


def bars_height(sheet: ReportSheet, count: int, kept: float) -> float:
    """How high a chart of so many bars becomes on what is left of a page, less what is kept of it.

    Where that is too little it is the height the bars need.
    """
    least, most = _EDGES + _LEAST_BAR * count, _EDGES + _MOST_BAR * count
    return min(max(least, min(most, sheet.free - kept)), _HIGHEST_ROW)


def _shares(year: YearFees) -> Drawn:
    """Each municipality's part in per cent, the largest first."""
    of = " av sin kvart" if year.table.scope is Scope.EVERYONE else ""
    shares = [(fee.name, 100 * fee.share) for fee in year.municipal if fee.share is not None]
    bars = [(name, part, swedish(part, _SHARE_DECIMALS, "%")) for name, part in shares]
    return Drawn(f"Kommunernas andel{of}{_number(year)}, %", "Andelar", bars)


def _changes(year: YearFees) -> Drawn:
    """By how much each municipality's fee has changed, the largest rise first; not if none has."""
    if year.changes is None:
        return Drawn("", "", ())
    unit = year.changes.unit
    known = [(fee.name, fee.change.amount) for fee in year.municipal]
    found = [(name, amount) for name, amount in known if amount is not None]
    bars = [
        (name, amount, say.with_sign(amount, say.decimals(unit)))
        for name, amount in sorted(found, key=lambda one: -one[1])
        if any(change for _, change in found)
    ]
    title = f"Kommunernas avgifter{_number(year)} mot {year.changes.year}, {unit}"
    return Drawn(title, "Ändringar", bars)


def _number(year: YearFees) -> str:
    return f" {year.table.year}" if year.table.year else ""


def _halves(sheet: ReportSheet) -> tuple[tuple[int, int], tuple[int, int]]:
    """The columns of the left half of the page and of the right one."""
    half = sheet.pixels(1, sheet.last) / 2
    middle = min(range(1, sheet.last), key=lambda last: abs(sheet.pixels(1, last) - half))
    return (1, middle), (middle + 1, sheet.last)
