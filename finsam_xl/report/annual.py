"""The report *Årsredovisning*: the annual report's tables on one or two sheets, ready to print.

*Årsredovisning Ekonomi* holds the overview, the outcome against budget, the cost split, the
statements and the notes; *Årsredovisning Verksamhet* the participants, platforms, referrals,
measures and the index. A workbook gets those it has tables for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from finsam_xl.report import annual_activity, annual_economy, look
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import SheetPlan

_SHEETS = (
    (annual_economy.OWNER, annual_economy.NAME),
    (annual_activity.OWNER, annual_activity.NAME),
)
_EMPTY_WIDTHS = (50.0, 12.0, 30.0)


def build(annual: Annual, present: Collection[str] = ()) -> tuple[SheetPlan, ...]:
    """The sheets of an annual report.

    ``present``: the owners of those that the workbook has from before. One of them that
    has no tables any more is emptied and says so, for old figures must not stand.
    """
    made: list[SheetPlan] = []
    if annual.has_economy:
        made.append(annual_economy.build(annual))
    if any(annual.activity.values()):
        made.append(annual_activity.build(annual))
    done = {plan.owner for plan in made}
    return (*made, *_emptied(annual, [owner for owner in present if owner not in done]))


def _emptied(annual: Annual, owners: Collection[str]) -> Iterator[SheetPlan]:
    for owner, name in _SHEETS:
        if owner in owners:
            sheet = ReportSheet(_EMPTY_WIDTHS, "", landscape=False)
            sheet.head(name, (annual.association,), annual.run)
            sheet.note(
                "Arbetsboken har inte längre några tabeller för den här delen av årsredovisningen. "
                "Bladet kan tas bort.",
                look.TEXT,
            )
            plan = sheet.plan(name, owner)
            yield plan._replace(page=plan.page._replace(footer_left=annual.association))
