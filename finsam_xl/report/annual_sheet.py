"""The top of each sheet of an annual report: its title, its answer and its key figures."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.records import NamedTuple
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.faults import Faults
from finsam_xl.report.sheet import KeyFigure, ReportSheet

_FIGURES = 4


class Top(NamedTuple):
    """What stands first: the title, the answer, the key figures, and how much looks wrong."""

    title: str
    answer: str
    figures: Sequence[KeyFigure]
    faults: Faults


def begun(annual: Annual, top: Top, widths: Sequence[float]) -> ReportSheet:
    """A sheet on standing A4 with what stands first."""
    sheet = ReportSheet(widths, "", landscape=False)
    sheet.head(top.title, (annual.association, top.title), annual.run, top.answer, top.faults)
    if top.figures:
        sheet.key_figures(top.figures[:_FIGURES])
    return sheet
