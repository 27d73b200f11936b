"""The sheet *Rapport Avgifter underlag*: how each fee is calculated and rounded, year by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from finsam_xl.model_budget import Amount
from finsam_xl.periods import MONTHS_PER_TERTIAL, TERTIALS
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.fee_figures import PartyFee, YearFees, named, titled
from finsam_xl.report.look import label_width
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import link
from finsam_xl.sheetplan import SheetPlan

NAME, OWNER = "Rapport Avgifter underlag", "avgifter_underlag"
_LEAST_LABEL = 26.0
_WIDTHS = (9.5, 9.5, 12.0, 11.0, 11.0, 11.0, 10.5, 11.0, 11.0, 11.0)
_HEADINGS = (
    "Andel av\nkvarten",
    "Exakt\navgift",
    "Största\nrest",
    "Avrundad\nvar för sig",
    "Angiven\navgift",
    "Angiven\nminus exakt",
)
_ROW, _GAP = 14.0, 4.0
_EXACT = 1
_KEYED = (
    "Exakt avgift är partens del av potten, oavrundad; kommunerna delar sin kvart efter nyckeln, "
    "eller efter de angivna avgifterna där ingen nyckel är angiven."
)
_ROUNDED = (
    "Största rest avrundar så att summan blir kvarten; avrundad var för sig ger halva uppåt, och "
    "summan kan missa. En kvart som inte är ett helt belopp avrundas, halva uppåt."
)
_TO_DATE = "T.o.m. är den del av årets avgift som faller till och med månaden."


def build(years: Sequence[YearFees], *, association: str, run: str) -> SheetPlan:
    """The workings of some years' fees, the latest first."""
    names = (party.name for year in years for party in year.table.parties)
    widths = (label_width(names, _LEAST_LABEL), *_WIDTHS)
    sheet = ReportSheet(widths, years[0].table.unit if years else "")
    sheet.tail = [_KEYED, _ROUNDED, _TO_DATE]
    title = f"Underlag till {titled(years).lower()}"
    sheet.head(title, (association, title), run)
    for year in years:
        _year(sheet, year, named(year, years), is_last=year is years[-1])
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _year(sheet: ReportSheet, year: YearFees, name: str, *, is_last: bool) -> None:
    """The table of one year."""
    months = say.MONTHS[MONTHS_PER_TERTIAL - 1 :: MONTHS_PER_TERTIAL]
    key = year.key_heading if year.has_keys else ""
    headings = ("Part", key, *_HEADINGS, *(f"T.o.m.\n{month}" for month in months))
    rows = [*year.others, *year.municipal]
    sums = [year.all_municipal, year.everyone, year.gaps()] if year.municipal else [year.everyone]
    height = SECTION_HEIGHT + sheet.heading_height(headings) + _ROW * (len(rows) + len(sums))
    sheet.fit(height, is_last=is_last)
    sheet.section(f"Så är avgifterna räknade{name}, {year.table.unit}")
    sheet.headings(headings)
    every = [*rows, *sums]
    broken = {
        column
        for fee in every
        for column, amount in enumerate(_amounts(fee))
        if amount is not None and amount.denominator != 1
    }
    for number, fee in enumerate(every):
        _row(sheet, year, fee, broken, is_total=number >= len(rows))
    sheet.down(_GAP)


def _amounts(fee: PartyFee) -> tuple[Amount, ...]:
    """What may be no whole amount: the fee in its forms, and what is between two of them."""
    return (fee.exact, fee.by_remainder, fee.half_up, fee.stated, fee.difference)


def _row(
    sheet: ReportSheet, year: YearFees, fee: PartyFee, broken: Collection[int], *, is_total: bool
) -> None:
    """A row; ``broken``: which of the amounts some row has with a decimal."""
    row = sheet.down(_ROW)
    place = link(fee.party.ref) if fee.party is not None else ""
    share = None if fee.share is None else float(fee.share)
    sheet.canvas.put(row, 1, fee.name, look.total(look.LABEL, is_total), link=place)
    sheet.canvas.put(row, 3, share, look.total(say.SHARE, is_total))
    key = fee.key if year.has_keys else None
    sheet.amount(row, 2, key, year.key_decimals, total=is_total)
    for number, amount in enumerate(_amounts(fee)):
        is_whole = amount is None or amount.denominator == 1
        role = say.AMOUNTS[0 if is_whole else _EXACT]
        if is_whole and number in broken:
            role = say.WHOLE
        shown = say.cell(amount, 0 if is_whole else _EXACT)
        sheet.canvas.put(row, 4 + number, shown, look.total(role, is_total))
    for tertial in range(1, TERTIALS + 1):
        sheet.amount(row, 8 + tertial, fee.to_date(tertial), total=is_total)
