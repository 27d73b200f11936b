"""The top of each sheet of an annual report: its title, its answer and its key figures."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.sheet import KeyFigure, ReportSheet

_FIGURES = 4
_NOTHING: KeyFigure = ("", "", "", "")


def begun(
    annual: Annual,
    title: str,
    answer: str,
    widths: Sequence[float],
    spans: Sequence[tuple[int, int]],
    figures: Sequence[KeyFigure],
) -> ReportSheet:
    """A sheet on standing A4 with what stands first. ``spans``: the columns of each key figure."""
    sheet = ReportSheet(widths, "", landscape=False)
    sheet.head(title, (annual.association, title), annual.run, answer)
    if any(label for label, *_ in figures):
        sheet.key_figures(spans, figures)
    return sheet


def four(found: Sequence[KeyFigure]) -> list[KeyFigure]:
    """The first four key figures, with nothing in place of those that are not known."""
    return [*found, *[_NOTHING] * _FIGURES][:_FIGURES]
