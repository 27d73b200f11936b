"""Bars of shares, the largest first, whatever the order of the table they are from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import GAP
from finsam_xl.report.flow import NEVER, Piece, gap
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import BarChart

_BAR, _TITLE = 24.0, 36.0
_LEAST_BARS, _LINES = 2, 6
_WHOLE = 100

Share = tuple[str, Fraction, int]
"""A name, its share in per cent, and how many decimals that is told with."""


class Bars(NamedTuple):
    """A chart of shares: its title, and what it shows."""

    title: str
    shares: Sequence[Share]


def bars(sheet: ReportSheet, title: str, shares: Sequence[Share]) -> Iterator[Piece]:
    """A chart of some shares, if there are several."""
    ordered = sorted(shares, key=lambda share: -share[1])
    if len(ordered) < _LEAST_BARS:
        return
    height = _TITLE + _BAR * len(ordered)

    def draw() -> None:
        row = sheet.down(height)
        names = [name for name, _, _ in ordered]
        numbers = [float(share / _WHOLE) for _, share, _ in ordered]
        labels, values = sheet.canvas.beside(row, sheet.last, [names, numbers])
        told = ", ".join(f"{name} {swedish(share, places, '%')}" for name, share, places in ordered)
        sheet.charts.append(
            BarChart(
                title=title,
                alt_text=f"{title}: {told}",
                labels=labels,
                values=values,
                colours=("",) * len(ordered),
                target=None,
                row=row,
                column=1,
                size=sheet.chart_size(1, sheet.last, height),
                highest=0,
                number=look.SWEDISH + "0 %",
            )
        )

    yield Piece(height, draw, NEVER, _LINES)
    yield gap(sheet, GAP)
