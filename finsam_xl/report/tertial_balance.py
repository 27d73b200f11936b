"""The balance sheet of a follow-up's day, as it is written and signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.model_budget import Amount, Budget
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import BudgetStory, Line
from finsam_xl.report.comment_sheet import LABEL
from finsam_xl.report.look import GROWING_ROW
from finsam_xl.report.sheet import HEADING, SECTION_HEIGHT, ReportSheet

_MOST_COLUMNS = 6


def put_balance(sheet: ReportSheet, balance: Budget, *, is_last: bool = False) -> None:
    """The balance sheet: its headings with their days written out, no row twice."""
    stated = [n for n, column in enumerate(balance.columns) if column.is_stated]
    most = min(_MOST_COLUMNS, sheet.last - 3)
    columns = stated[:most]
    told = BudgetStory(balance, columns)
    rows = list(_rows(told, columns))
    sheet.fit(SECTION_HEIGHT + HEADING + GROWING_ROW * len(rows), is_last=is_last)
    unit = "" if balance.unit == sheet.unit else f", {balance.unit}"
    sheet.section(f"{balance.title or 'Balansrapport'}{unit}")
    headings = [say.with_days(balance.columns[column].header) for column in columns]
    sheet.headings((LABEL, *headings))
    places = say.decimals(balance.unit)
    for line, amounts in rows:
        if line.has_amounts:
            sheet.line(
                line.label,
                amounts,
                decimals=places,
                total=line.is_total,
                link=line.link,
                height=GROWING_ROW,
            )
            continue
        row = sheet.down(GROWING_ROW)
        sheet.canvas.put(row, 1, line.label, say.SECTION_ROW, link=line.link)
        for column in range(2, 2 + len(columns)):
            sheet.canvas.put(row, column, None, look.LABEL)


def _rows(told: BudgetStory, columns: Sequence[int]) -> Iterator[tuple[Line, list[Amount]]]:
    """The rows with their amounts, but for a total that says again what the row above says."""
    before: tuple[str, list[Amount]] | None = None
    for line in told.lines:
        amounts = [told.amount(line.number, column) for column in columns]
        if not (line.is_total and (line.shown, amounts) == before):
            yield line, amounts
        before = (line.shown, amounts)
