"""The report *Rapport Tertial*: how the year goes against budget, and what to say about it.

Page one: four key figures, what makes the result another than budgeted, and the sections side
by side. Then the lines that deviate most and the whole result report, with room for comments,
what equity the year ends with, forecasts by other methods and the balance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType

from finsam_xl.model_budget import Budget
from finsam_xl.periods import FIRST_YEAR, Period
from finsam_xl.records import NamedTuple
from finsam_xl.report.budget_story import sum_notes
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.look import label_width
from finsam_xl.report.sheet import ReportSheet, fitting
from finsam_xl.report.tertial_after import put_methods, put_months, put_year_end
from finsam_xl.report.tertial_answer import answer, key_figures
from finsam_xl.report.tertial_balance import put_balance
from finsam_xl.report.tertial_details import Comment, put_largest, put_result
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.tertial_first import put_pictures, put_summary
from finsam_xl.report.tertial_notes import notes
from finsam_xl.report.year_end import YearEnd
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.words.methods import Method

NAME = "Rapport Tertial"
OWNER = "tertial"
_LEAST_LABEL, _AMOUNT, _MARK = 38.0, 10.5, 2.5
_LEAST_COMMENT = 26.0


def build(
    budget: Budget,
    balance: Budget | None,
    *,
    association: str,
    period: Period,
    run: str,
    comments: Mapping[CommentKey, str],
    remarks: Mapping[int, str] = MappingProxyType({}),
    year_end: YearEnd | str = "",
    method: Method | None = None,
    faults: Faults = NO_FAULTS,
) -> SheetPlan:
    """The report of a follow-up up to and including ``period``.

    ``balance``: the balance sheet of the same day; ``comments``: those of the report it
    replaces, by the lines they stood at; ``remarks``: those of the table itself, by its rows;
    ``year_end``: what equity the year ends with, or why that is not known, '' for no reason to
    tell; ``method``: how runs have filled in the forecast, if they have; ``faults``: those in the
    tables.
    """
    followup = Followup(budget, period, method)
    carried = carry_over(comments, followup.keys)
    report = _Report(
        followup,
        balance,
        (association, run),
        _comments(followup, carried.assigned, remarks),
        carried.orphans,
        year_end,
        faults,
    )
    sheets = [report.drawn(*order) for order in product((True, False), repeat=2)]
    # The one with fewest pages; of those the one whose emptiest page is fullest.
    best = min(sheets, key=lambda sheet: (sheet.pages, -round(sheet.emptiest, 1)))
    return best.plan(NAME, OWNER)


class _Report(NamedTuple):
    """What the report tells; ``of``: the association and the run."""

    followup: Followup
    balance: Budget | None
    of: tuple[str, str]
    comments: Mapping[CommentKey, Comment]
    orphans: Sequence[tuple[CommentKey, str]]
    year_end: YearEnd | str
    faults: Faults

    def drawn(self, bars_first: bool, table_first: bool) -> ReportSheet:
        """The sheet: the deviations drawn on page one or at their table, and what comes after it.

        ``table_first``: every line of the table comes before the smaller tables.
        """
        followup = self.followup
        sheet = ReportSheet(_widths(followup), followup.story.budget.unit)
        sheet.tail = self._notes()
        self._head(sheet)
        put_pictures(sheet, followup, bars=bars_first)
        put_summary(sheet, followup, self.faults)
        left = put_largest(sheet, followup, self.comments, bars=not bars_first)
        table = list(self._table(sheet, left))
        others = list(self._others(sheet))
        parts = [*table, *others] if table_first else [*others, *table]
        for put in parts:
            put(put is parts[-1])
        sheet.notes()
        return sheet

    def _head(self, sheet: ReportSheet) -> None:
        followup, period, (association, run) = self.followup, self.followup.period, self.of
        kind = "Helår" if followup.is_whole_year else "Uppföljning"
        title = f"Tertial {period.tertial}" if period.tertial else kind
        title = f"{title} {period.year}" if period.year >= FIRST_YEAR else title
        span = ", ".join(filter(None, (title, followup.span)))
        about = (association, span, f"belopp i {sheet.unit}")
        sheet.head(title, about, run, answer(followup), self.faults)
        sheet.key_figures(key_figures(followup, self._known_end))

    @property
    def _known_end(self) -> YearEnd | None:
        return None if isinstance(self.year_end, str) else self.year_end

    def _notes(self) -> list[str]:
        end = self._known_end
        of_end = end.notes if end is not None else (str(self.year_end),)
        sums = _sums(self.followup, self.faults)
        told = (*notes(self.followup), *of_end, *self.faults.notes(), *sums)
        return list(dict.fromkeys(filter(None, told)))

    def _table(self, sheet: ReportSheet, left: Mapping[CommentKey, Comment]) -> Iterator[_Put]:
        yield lambda is_last: put_result(
            sheet, self.followup, left, self.faults, is_last=is_last and not self.orphans
        )
        if self.orphans:
            columns = len(self.followup.shown) - 2
            yield lambda is_last: sheet.orphans(self.orphans, columns, is_last=is_last)

    def _others(self, sheet: ReportSheet) -> Iterator[_Put]:
        followup, end, balance = self.followup, self._known_end, self.balance
        if followup.by_month():
            yield lambda is_last: put_months(sheet, followup, is_last=is_last)
        if end is not None:
            yield lambda is_last: put_year_end(sheet, followup, end, is_last=is_last)
        if followup.methods(followup.result()):
            yield lambda is_last: put_methods(sheet, followup, is_last=is_last)
        if balance is not None:
            yield lambda is_last: put_balance(sheet, balance, is_last=is_last)


_Put = Callable[[bool], object]
"""Draws a part of the report; told whether it is the last."""


def _sums(followup: Followup, faults: Faults) -> Iterator[str]:
    """What is said of sums, but for what a control has said."""
    known = {finding.message for finding in faults.findings}
    for note in sum_notes(followup.story.budget, followup.columns.compared):
        if not any(note.endswith(message) for message in known):
            yield note


def _comments(
    followup: Followup, typed: Mapping[CommentKey, str], remarks: Mapping[int, str]
) -> dict[CommentKey, Comment]:
    """The comments of the lines: those typed in the report, else the table's own, with its name."""
    sheet = followup.story.budget.label_place(0).sheet
    found: dict[CommentKey, Comment] = {}
    for line in followup.story.lines:
        own, said = remarks.get(line.row.row, ""), typed.get(line.key, "")
        shown = f"{own} (ur bladet {sheet})"
        if said not in ("", own, shown):
            found[line.key] = Comment(said)
        elif own and line.has_amounts:
            found[line.key] = Comment(shown, is_shown=True)
    if followup.result_key in typed:
        found[followup.result_key] = Comment(typed[followup.result_key])
    return found


def _widths(followup: Followup) -> tuple[float, ...]:
    amounts = (_AMOUNT,) * len(followup.shown)
    label = label_width((line.label for line in followup.story.lines), _LEAST_LABEL)
    taken = (label, *amounts, _MARK)
    return (*taken, max(_LEAST_COMMENT, fitting(taken)))
