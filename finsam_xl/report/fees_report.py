"""The report *Rapport Avgifter*: who pays what, by which key, and how that has changed.

The latest year leads, with key figures, its table and charts; earlier years follow, a table
each. How the fees are rounded is told on a sheet of its own (:mod:`fee_workings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.model_budget import FeesTable, Scope
from finsam_xl.money import swedish
from finsam_xl.periods import MONTHS_PER_TERTIAL
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.report import amounts as say
from finsam_xl.report import fee_pot, fee_workings, look
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.fee_answers import answer, key_figures
from finsam_xl.report.fee_changes import Change, changes
from finsam_xl.report.fee_charts import Charts
from finsam_xl.report.fee_figures import PartyFee, YearFees, named, titled
from finsam_xl.report.look import heading_width, label_width
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet, fitting
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Role, SheetPlan

NAME, OWNER = "Rapport Avgifter", "avgifter"
_LEAST_LABEL = 34.0
_KEY, _MOST_KEY, _AMOUNT, _PERCENT = 12.0, 18.0, 16.0, 13.0
_ROW, _GAP = 14.0, 4.0
_APART, _EMPTY = 2.0, (1.0,) * 4
"""The narrow column right of the figures, and the columns after it at the least."""


class Columns:
    """The columns of the report: party, key and fee, and those that some year has figures for."""

    def __init__(self, years: Sequence[YearFees], to_date: Mapping[int, int]) -> None:
        self.to_date = to_date
        keys = [_key(year) for year in years]
        self.has_key = any(keys)
        self.has_change = any(year.changes is not None for year in years)
        self.has_to_date = any(year.table.year in to_date for year in years)
        key = min(_MOST_KEY, max([_KEY, *map(heading_width, keys)]))
        rest = [key] * self.has_key + [_AMOUNT]
        rest += [_AMOUNT, _PERCENT] * self.has_change + [_AMOUNT] * self.has_to_date
        names = (party.name for year in years for party in year.table.parties)
        self.figures = (label_width(names, _LEAST_LABEL), *rest)

    @property
    def beside(self) -> int:
        """The first column right of the figures, and of a narrow one that parts it from them."""
        return len(self.figures) + 2

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of all columns: those after the figures have what is left of a page."""
        left = max(0.0, fitting((*self.figures, _APART, *_EMPTY)))
        return (*self.figures, _APART, *(empty + left / len(_EMPTY) for empty in _EMPTY))

    def headings(self, year: YearFees) -> list[str]:
        """The headings of a year: of that which it has figures for."""
        unit, since, until = year.table.unit, year.changes, self.to_date.get(year.table.year or 0)
        made = ["Part", *[_key(year)] * self.has_key, f"Avgift, {unit}"]
        if since is not None:
            made += [f"Sedan {since.year}, {since.unit}", f"Sedan {since.year}, %"]
        if until:
            made.append(f"T.o.m. {say.MONTHS[MONTHS_PER_TERTIAL * until - 1]}, {unit}")
        return made


def build(
    tables: Sequence[tuple[FeesTable, MembershipFeeRules]],
    *,
    association: str,
    run: str,
    to_date: Mapping[int, int] | None = None,
    faults: Faults = NO_FAULTS,
) -> tuple[SheetPlan, SheetPlan]:
    """The report of one or more years' fees, each with the rules of its year, and its workings.

    ``to_date``: the tertial that the book follows up, by the years of which it does; ``faults``:
    those in the tables of fees.
    """
    every = [table for table, _ in tables]
    years = sorted(
        (YearFees(table, rules, changes(table, every)) for table, rules in tables),
        key=lambda year: -(year.table.year or 0),
    )
    workings = fee_workings.build(years, association=association, run=run)
    return _board(years, association, run, to_date or {}, faults), workings


def _board(
    years: Sequence[YearFees],
    association: str,
    run: str,
    to_date: Mapping[int, int],
    faults: Faults,
) -> SheetPlan:
    columns = Columns(years, to_date)
    sheet = ReportSheet(columns.widths, years[0].table.unit if years else "")
    sheet.tail = _notes(years, columns)
    sheet.head(titled(years), (association,), run, answer(years[0]) if years else "", faults)
    for place, year in enumerate(years):
        if place == 0:
            sheet.key_figures(key_figures(year))
        _year(sheet, year, columns, years)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _key(year: YearFees) -> str:
    return year.key_heading if year.has_keys else ""


def _year(sheet: ReportSheet, year: YearFees, columns: Columns, years: Sequence[YearFees]) -> None:
    """The table of one year, and the sentences about it."""
    texts = list(year.notes())
    headings = columns.headings(year)
    rows = [*year.others, *year.municipal]
    sums = ([year.all_municipal] if year.municipal and year.others else []) + [year.everyone]
    charts = Charts(sheet, year, columns.beside) if year is years[0] else None
    table = SECTION_HEIGHT + sheet.heading_height(headings) + _ROW * (len(rows) + len(sums))
    small, is_last = _GAP + sum(map(sheet.note_height, texts)), year is years[-1]
    if charts is None or table + small <= sheet.free:
        # The first table follows the key figures, so that they do not stand alone.
        sheet.fit(table + small, is_last=is_last and charts is None)
    first, height = sheet.row, min(table, sheet.free)
    sheet.section(f"Vem betalar vad{named(year, years)}, {year.table.unit}")
    sheet.headings(headings)
    for number, fee in enumerate([*rows, *sums], start=1):
        # The last party is not parted from what all pay together.
        together = 1 + len(sums) if number == len(rows) else 1
        if number <= len(rows) and sheet.fit(_ROW * together):
            sheet.headings(headings)
        _row(sheet, year, columns, fee, is_total=number > len(rows))
    sheet.down(_GAP)
    for text in texts:
        sheet.note(text, _marked(text))
    if charts is not None:
        charts.put(first, height, is_last=is_last)


def _marked(text: str) -> Role:
    """How a sentence that may begin with a mark is written."""
    colours = {symbol: colour for colour, symbol in look.SYMBOLS.items()}
    return look.inked(look.NOTE, colours.get(text[:1], ""))


def _row(
    sheet: ReportSheet,
    year: YearFees,
    columns: Columns,
    fee: PartyFee,
    *,
    is_total: bool = False,
) -> None:
    row = sheet.down(_ROW)
    place = link(fee.party.ref) if fee.party is not None else ""
    sheet.canvas.put(row, 1, fee.name, look.total(look.LABEL, is_total), link=place)
    column = 2
    if columns.has_key:
        key = fee.key if year.has_keys else None
        sheet.amount(row, column, key, year.key_decimals, total=is_total)
        column += 1
    sheet.amount(row, column, fee.due, total=is_total)
    until = columns.to_date.get(year.table.year or 0)
    if year.changes is not None:
        places = say.decimals(year.changes.unit)
        _change(sheet, row, column + 1, fee.change, places, is_total=is_total)
        column += 2
    if until:
        sheet.amount(row, column + 1, fee.to_date(until), total=is_total)


def _change(
    sheet: ReportSheet, row: int, column: int, change: Change, places: int, *, is_total: bool
) -> None:
    """A change with its sign in an amount and in per cent: more to pay is neither good nor bad."""
    amount = look.total(say.deviating(say.AMOUNTS[places], None, is_marked=False), is_total)
    percent = look.total(say.SIGNED_PERCENT, is_total)
    sheet.canvas.put(row, column, say.cell(change.amount, places), amount)
    sheet.canvas.put(row, column + 1, say.tenth(change.percent), percent)


def _notes(years: Sequence[YearFees], columns: Columns) -> list[str]:
    """What is said of all tables: of that which is in them."""
    told: list[str] = []
    lead = years[0] if years else None
    if lead is not None and lead.table.scope is Scope.EVERYONE and lead.others:
        rules = lead.rules
        parts = [f"staten {swedish(rules.state)} %", f"regionen {swedish(rules.region)} %"]
        parts.append(f"kommunerna tillsammans {swedish(rules.municipalities)} %")
        split = ", som de delar efter nyckeln" if columns.has_key else ""
        told.append(f"Av potten betalar {say.joined(parts)}{split}.")
    if columns.has_change:
        told.append("Ändring är mot året innan, för samma part; tomt där den inte är känd.")
    if columns.has_to_date:
        told.append("T.o.m. är den del av årets avgift som faller till och med månaden.")
    told.append(f"Avrundning och delsummor per tertial står på bladet {fee_workings.NAME}.")
    return [*fee_pot.told(year.table for year in years), " ".join(told)]
