"""The tables of the tertial report: largest deviations, result report, forecasts and balance."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.model_budget import Budget
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import BudgetStory, Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL, SECTION, section_shown
from finsam_xl.report.comments import Carried, CommentKey
from finsam_xl.report.look import GROWING_ROW, text_height
from finsam_xl.report.sheet import (
    HEADING,
    ROW,
    SECTION_HEIGHT,
    ReportSheet,
)
from finsam_xl.report.tertial_figures import RESULT, Figures, Followup
from finsam_xl.sheetplan import Role

_MOST_BALANCE_COLUMNS = 6


def put_figures(
    sheet: ReportSheet,
    row: int,
    label: str,
    figures: Figures,
    *,
    link: str,
    total: bool = False,
    bold: bool = False,
    gutter: bool = True,
) -> None:
    """A row of the follow-up."""

    def role(plain: Role) -> Role:
        return look.total(plain) if total else plain._replace(bold=bold)

    sheet.canvas.put(row, 1, label, role(look.LABEL), link=link)
    amounts = (
        (2, figures.budget),
        (3, figures.outcome),
        (5, figures.forecast),
    )
    for column, amount in amounts:
        sheet.amount(row, column, amount, total=total, bold=bold)
    sheet.amount(row, 6, figures.deviation, total=total, bold=bold, is_deviation=True)
    used = None if figures.used is None else 100 * figures.used
    sheet.canvas.put(row, 4, say.tenth(used), role(say.PERCENT))
    sheet.canvas.put(row, 7, say.tenth(figures.percent), role(say.SIGNED_PERCENT))
    if gutter:
        sheet.canvas.put(row, 8, None, role(look.LABEL))


def put_largest(sheet: ReportSheet, followup: Followup, carried: Carried) -> dict[CommentKey, str]:
    """The lines that deviate most; gives the comments that are left for the result report."""
    left = dict(carried.assigned)
    largest = followup.largest()
    told = [(*one, left.pop(one[0].key, None)) for one in largest]
    section_width = sum(sheet.widths[1:5])
    heights = [
        max(sheet.growing(text), text_height(section_shown(line.key), section_width))
        for line, _, text in told
    ]
    sheet.fit(SECTION_HEIGHT + HEADING + sum(heights))
    number = f"De {len(largest)} största avvikelserna" if len(largest) > 1 else "Största avvikelsen"
    sheet.section(f"{number} mot budget" if largest else "Inga avvikelser mot budget")
    if not largest:
        return left
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, LABEL, look.HEADING)
    sheet.canvas.wide(row, 2, 5, SECTION, look.HEADING)
    for column, text in ((6, "Avvikelse"), (7, "Avvikelse %"), (8, "")):
        sheet.canvas.put(row, column, text, look.HEADING_RIGHT)
    sheet.canvas.put(row, 9, COMMENT, look.HEADING)
    for one, height in zip(told, heights, strict=True):
        _deviating(sheet, sheet.down(height, grows=True), *one)
    return left


def _deviating(
    sheet: ReportSheet, row: int, line: Line, figures: Figures, text: str | None
) -> None:
    sheet.canvas.put(row, 1, line.shown, look.LABEL, link=line.link)
    sheet.canvas.wide(row, 2, 5, section_shown(line.key), look.TEXT)
    sheet.amount(row, 6, figures.deviation, is_deviation=True)
    sheet.canvas.put(row, 7, say.tenth(figures.percent), say.SIGNED_PERCENT)
    sheet.canvas.put(row, 8, None, look.LABEL)
    sheet.comment(row, text)


def put_result(
    sheet: ReportSheet, followup: Followup, comments: Mapping[CommentKey, str], *, is_last: bool
) -> dict[int, int]:
    """Every line of the table, section by section, with room for comments; the row of each."""
    rows: dict[int, int] = {}
    sheet.new_page()
    sheet.headings(followup.headings, left=(9,))
    every = blocks(followup.story.lines)
    for block in every:
        height = sum(sheet.growing(comments.get(line.key)) for line in block)
        at_end = block is every[-1]
        height += GROWING_ROW if at_end else 0
        if sheet.fit(height, is_last=is_last and at_end):
            sheet.headings(followup.headings, left=(9,))
        for line in block:
            rows[line.number] = sheet.row
            _line(sheet, followup, line, comments.get(line.key))
    if followup.story.result_row is None:
        text = comments.get(followup.result_key)
        row = sheet.down(sheet.growing(text), grows=True)
        put_figures(sheet, row, RESULT, followup.result(), link="", total=True)
        sheet.comment(row, text)
    return rows


def _line(sheet: ReportSheet, followup: Followup, line: Line, text: str | None) -> None:
    row = sheet.down(sheet.growing(text), grows=True)
    if line.has_amounts:
        figures = followup.row(line.number)
        put_figures(
            sheet, row, line.label, figures, link=line.link, total=line.is_total, bold=line.is_head
        )
        sheet.comment(row, text)
        return
    sheet.canvas.put(row, 1, line.label, say.SECTION_ROW, link=line.link)
    for column in range(2, sheet.last + 1):
        sheet.canvas.put(row, column, None, look.LABEL)
    if text:
        sheet.comment(row, text)


def put_methods(sheet: ReportSheet, followup: Followup, *, is_last: bool) -> None:
    """The whole year by other methods than the typed forecast."""
    sides = [
        ("Intäkter", followup.side(income=True)),
        ("Kostnader", followup.side(income=False)),
        ("Resultat", followup.result()),
    ]
    names = list(followup.methods(sides[0][1]))
    sheet.fit(SECTION_HEIGHT + HEADING + ROW * len(sides), is_last=is_last)
    sheet.section("Prognos för helåret med namngivna metoder")
    sheet.headings(("", "Budget", "Utfall", "Prognos", *("\n".join(n.split()) for n in names)))
    for label, found in sides:
        amounts = [found.budget, found.outcome, found.forecast, *followup.methods(found).values()]
        sheet.line(label, amounts, total=label == "Resultat")


def put_balance(sheet: ReportSheet, balance: Budget) -> None:
    """The balance sheet, as it is written and signed."""
    stated = [n for n, column in enumerate(balance.columns) if column.is_stated]
    columns = stated[:_MOST_BALANCE_COLUMNS]
    told = BudgetStory(balance, columns)
    sheet.fit(SECTION_HEIGHT + HEADING + ROW * len(told.lines), is_last=True)
    unit = "" if balance.unit == sheet.unit else f", {balance.unit}"
    sheet.section(f"{balance.title or 'Balansrapport'}{unit}")
    sheet.headings((LABEL, *(balance.columns[column].header for column in columns)))
    for line in told.lines:
        if not line.has_amounts:
            row = sheet.down(ROW)
            sheet.canvas.put(row, 1, line.label, say.SECTION_ROW, link=line.link)
            for column in range(2, 2 + len(columns)):
                sheet.canvas.put(row, column, None, look.LABEL)
            continue
        amounts = [told.amount(line.number, column) for column in columns]
        places = say.decimals(balance.unit)
        sheet.line(line.label, amounts, decimals=places, total=line.is_total, link=line.link)
