"""The workbook of a summary: the latest year ranked, all years, and what it was made of.

Amounts in tkr. What is not stated is blank; what is stated in ways that cannot all be right is
marked, and told below the table. One module for each sheet, and :mod:`shared` for what they
have in common.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from finsam_xl.batch.batch import Outcome
from finsam_xl.batch.pages import books, charts, front, totals, years
from finsam_xl.batch.pages.shared import TITLE, Links
from finsam_xl.sheetplan import SheetPlan

__all__ = ["TITLE", "build"]


def build(outcome: Outcome, folder: Path, out: Path, table: str, now: datetime) -> list[SheetPlan]:
    """The sheets. ``folder``: where the books lie; ``table``: the name of the tidy table's file."""
    run = f"{now:%Y-%m-%d %H.%M}"
    links, summary = Links(folder, out), outcome.summary
    return [
        front.build(outcome, run, table),
        *totals.build(summary, run),
        years.build(summary, run, links),
        *charts.build(summary, run),
        books.build(outcome, run, links),
        *books.left_out(outcome, run),
    ]
