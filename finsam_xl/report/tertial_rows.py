"""A row of the follow-up as it is drawn: its figures, and the mark of what is wrong in it."""

from __future__ import annotations

from finsam_xl.model_budget import Amount
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import Line
from finsam_xl.report.faults import Faults
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.report.tertial_figures import Figures, Followup, How
from finsam_xl.sheetplan import Role


def put_figures(
    sheet: ReportSheet,
    followup: Followup,
    row: int,
    label: tuple[str, str],
    figures: Figures,
    *,
    total: bool = False,
    bold: bool = False,
) -> None:
    """A row of the follow-up; ``label``: what it is called, and where that leads."""

    def role(plain: Role) -> Role:
        return look.total(plain) if total else plain._replace(bold=bold)

    sheet.canvas.put(row, 1, label[0], role(look.LABEL), link=label[1])
    for column, one in enumerate(followup.shown, start=2):
        amount: Amount = getattr(figures, one.field)
        if one.how in (How.AMOUNT, How.DEVIATION):
            is_deviation = one.how is How.DEVIATION
            sheet.amount(row, column, amount, total=total, bold=bold, is_deviation=is_deviation)
        elif one.how is How.SHARE:
            used = None if amount is None else 100 * amount
            sheet.canvas.put(row, column, say.tenth(used), role(say.PERCENT))
        else:
            sheet.canvas.put(row, column, say.tenth(amount), role(say.SIGNED_PERCENT))


def mark(
    sheet: ReportSheet, followup: Followup, row: int, line: Line, faults: Faults, total: bool
) -> None:
    """The mark of a row in whose cells a control has found a fault, beside its figures."""
    budget = followup.story.budget
    shown = [column for column in followup.columns.compared if column is not None]
    places = [budget.label_place(line.number), *(budget.place(line.number, n) for n in shown)]
    role = look.total(look.MARK) if total else look.MARK
    sheet.mark(row, sheet.last - 1, faults.at(places), role)
