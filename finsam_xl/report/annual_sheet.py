"""The top of each sheet of an annual report: its title, its answer and its key figures."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.records import NamedTuple
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.faults import Faults
from finsam_xl.report.sheet import KeyFigure, ReportSheet

_FIGURES = 4
_NOTHING: KeyFigure = ("", "", "", "")


class Top(NamedTuple):
    """What stands first: the title, the answer, the key figures, and how much looks wrong."""

    title: str
    answer: str
    figures: Sequence[KeyFigure]
    faults: Faults


def begun(
    annual: Annual, top: Top, widths: Sequence[float], spans: Sequence[tuple[int, int]]
) -> ReportSheet:
    """A sheet on standing A4 with what stands first. ``spans``: the columns of each key figure."""
    sheet = ReportSheet(widths, "", landscape=False)
    sheet.head(top.title, (annual.association, top.title), annual.run, top.answer, top.faults)
    if any(label for label, *_ in top.figures):
        sheet.key_figures(spans, top.figures)
    return sheet


def four(found: Sequence[KeyFigure]) -> list[KeyFigure]:
    """The first four key figures, with nothing in place of those that are not known."""
    return [*found, *[_NOTHING] * _FIGURES][:_FIGURES]
