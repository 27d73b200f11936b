"""What comes after the lines of a follow-up: its months, the year's equity, other forecasts."""

from __future__ import annotations

from finsam_xl.model_budget import Amount
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.amounts import AMOUNTS
from finsam_xl.report.look import GROWING_ROW, text_height
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import link
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.report.year_end import YearEnd


def put_months(sheet: ReportSheet, followup: Followup, *, is_last: bool = False) -> None:
    """Income, costs and result month by month, a line each, if the table has the months."""
    rows = followup.by_month()
    if not rows:
        return
    told = [
        (label, " · ".join(f"{name} {say.shown(amount, sheet.decimals)}" for name, amount in those))
        for label, those in rows
    ]
    width = sum(sheet.widths[1:])
    heights = [max(ROW, text_height(text, width)) for _, text in told]
    sheet.fit(SECTION_HEIGHT + sum(heights), is_last=is_last)
    sheet.section(f"Utfall månad för månad, {sheet.unit}")
    for (label, text), height in zip(told, heights, strict=True):
        row = sheet.down(height)
        sheet.canvas.put(row, 1, label, look.LABEL)
        sheet.canvas.wide(row, 2, sheet.last, text, look.TEXT)


def put_year_end(
    sheet: ReportSheet, followup: Followup, end: YearEnd, *, is_last: bool = False
) -> None:
    """From what equity was when the year began to what it becomes, and what the ceiling allows."""
    unit, year = followup.story.budget.unit, end.year
    expected = "Årets resultat" if followup.is_whole_year else "Resultat enligt prognos"
    steps = list(end.steps) or [(expected, followup.result().forecast)]
    fees, limit, missing = end.ceiling
    sheet.fit(SECTION_HEIGHT + GROWING_ROW * (len(steps) + 4), is_last=is_last)
    sheet.section(f"Eget kapital när {year} slutar, mot taket enligt trappan, {unit}")

    def line(label: str, amount: Amount, where: str = "", *, total: bool = False) -> int:
        return sheet.line(label, (amount,), total=total, link=where, height=GROWING_ROW)

    line(f"Eget kapital när {year} började", end.opening, link(end.place))
    for label, amount in steps:
        row = sheet.down(GROWING_ROW)
        sheet.canvas.put(row, 1, label, look.LABEL)
        role = say.deviating(AMOUNTS[sheet.decimals], amount, is_marked=False)
        sheet.canvas.put(row, 2, say.cell(amount, sheet.decimals), role)
    row = line(f"Eget kapital när {year} slutar", end.closing, total=True)
    if end.is_negative:
        told, colour = end.standing(unit)
        role = look.inked(look.total(look.TEXT), colour)
        sheet.canvas.wide(row, 3, sheet.last - 2, f"{look.INDENT}{told}", role)
    row = line("Tak enligt trappan", limit)
    told = missing or f"av årets medlemsavgifter, {say.shown(fees, sheet.decimals)}"
    sheet.canvas.wide(row, 3, sheet.last - 2, f"{look.INDENT}{told}", look.TEXT)
    if missing or end.is_negative:
        return
    row = sheet.down(GROWING_ROW)
    sheet.canvas.put(row, 1, "Kvar till taket", look.total(look.LABEL))
    sheet.amount(row, 2, end.room, total=True, is_deviation=True)


def put_methods(sheet: ReportSheet, followup: Followup, *, is_last: bool = False) -> None:
    """The whole year by other methods than the typed forecast."""
    sides = [
        ("Intäkter", followup.side(income=True)),
        ("Kostnader", followup.side(income=False)),
        ("Resultat", followup.result()),
    ]
    names = list(followup.methods(sides[0][1]))
    sheet.fit(SECTION_HEIGHT + HEADING + GROWING_ROW * len(sides), is_last=is_last)
    sheet.section("Prognos för helåret med namngivna metoder")
    sheet.headings(("", "Budget", "Utfall", "Prognos", *("\n".join(n.split()) for n in names)))
    for label, found in sides:
        amounts = [found.budget, found.outcome, found.forecast, *followup.methods(found).values()]
        sheet.line(label, amounts, total=label == "Resultat", height=GROWING_ROW)
