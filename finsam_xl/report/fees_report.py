"""The report *Rapport Avgifter*: who pays what of the pool, why, and how it is rounded.

The latest year leads, with four key figures, its table and a chart; earlier years follow,
a table each.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Amount, FeesTable, total
from finsam_xl.money import swedish
from finsam_xl.periods import MONTHS_PER_TERTIAL, TERTIALS
from finsam_xl.policy import MembershipFeeRules
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.fee_figures import PartyFee, YearFees
from finsam_xl.report.look import label_width
from finsam_xl.report.sheet import (
    HEADING,
    SECTION_HEIGHT,
    KeyFigure,
    ReportSheet,
)
from finsam_xl.report.story import link
from finsam_xl.sheetplan import BarChart, Role, SheetPlan
from finsam_xl.words.parties import Party

NAME = "Rapport Avgifter"
OWNER = "avgifter"
_LEAST_LABEL, _REST = 34.0, (11.5, 10.5, 13.0, 13.0, 13.0, 13.0, 11.0, 13.0, 13.0, 13.0)
_SPANS = ((1, 1), (2, 4), (5, 7), (8, 11))
_HEADINGS = (
    "Part",
    "Nyckel",
    "Andel av\nkvarten",
    "Exakt avgift",
    "Största rest",
    "Avrundad\nvar för sig",
    "Angiven avgift",
    "Angiven\nminus exakt",
)
_ROW, _GAP = 16.0, 5.0
_CHART_ROW, _CHART_EDGES = 16.0, 44.0
_MOST_ON_ONE_PAGE = 12


def build(
    years: Sequence[tuple[FeesTable, MembershipFeeRules]], *, association: str, run: str
) -> SheetPlan:
    """The report of one or more years' fees, each with the rules of its year."""
    told = sorted(
        (YearFees(table, rules) for table, rules in years),
        key=lambda year: -(year.table.year or 0),
    )
    numbers = [year.table.year for year in told if year.table.year]
    title = f"Medlemsavgifter {numbers[0] if numbers else ''}".strip()
    is_short = len(told) == 1 and len(told[0].municipal) <= _MOST_ON_ONE_PAGE
    label = label_width((party.name for year in told for party in year.table.parties), _LEAST_LABEL)
    sheet = ReportSheet((label, *_REST), told[0].table.unit if told else "", one_page=is_short)
    sheet.tail = _notes()
    sheet.head(title, (association, title), run, _answer(told[0]) if told else "")
    for place, year in enumerate(told):
        if place == 0:
            sheet.key_figures(_SPANS, _key_figures(year))
        _year(sheet, year, is_first=place == 0, is_last=place == len(told) - 1)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _answer(year: YearFees) -> str:
    state, region = (_paid(year, kind) for kind in (Party.STATE, Party.REGION))
    municipal = total([fee.due for fee in year.municipal])
    parts = [("staten", state), ("regionen", region), ("kommunerna", municipal)]
    paid = total([amount for _, amount in parts if amount is not None])
    over = None if paid is None or year.table.pool is None else paid - year.table.pool
    return answers.fees(parts, year.table.unit, over)


def _paid(year: YearFees, kind: Party) -> Amount:
    """What those of a kind pay together."""
    return total([fee.due for fee in year.others if fee.party and fee.party.kind is kind])


def _key_figures(year: YearFees) -> list[KeyFigure]:
    state, region = (_paid(year, kind) for kind in (Party.STATE, Party.REGION))
    together = total([fee.due for fee in year.municipal])
    rules, unit = year.rules, year.table.unit
    quarters, colour = f"en kvart, {swedish(rules.municipalities)} %", ""
    if year.are_quarters_stated:
        is_equal = year.are_quarters_equal
        colour = "grön" if is_equal else "röd"
        words = "kvartarna är lika" if is_equal else "kvartarna är olika"
        if is_equal and not year.are_quarters_exact:
            words = "kvartarna är lika, så när som på avrundning"
        quarters = f"{look.SYMBOLS[colour]} {words}"
    parties = f"{len(year.table.parties)} parter"
    return [
        (f"Pott, {unit}", say.shown(year.table.pool), parties, ""),
        (f"Staten, {unit}", say.shown(state), f"hälften, {swedish(rules.state)} %", ""),
        (f"Regionen, {unit}", say.shown(region), f"en kvart, {swedish(rules.region)} %", ""),
        (f"Kommunerna tillsammans, {unit}", say.shown(together), quarters, colour),
    ]


def _year(sheet: ReportSheet, year: YearFees, *, is_first: bool, is_last: bool) -> None:
    """The table of one year, the sentences about it, and for the leading year a chart."""
    texts = [text for text in year.notes() if text]
    rows = len(year.others) + len(year.municipal) + 2
    small_print = _GAP + sum(map(sheet.note_height, texts))
    sheet.fit(SECTION_HEIGHT + HEADING + _ROW * rows + small_print, is_last=is_last)
    number = f" {year.table.year}" if year.table.year else ""
    sheet.section(f"Vem betalar vad{number}, {year.table.unit}")
    to_date = [
        f"T.o.m. {month}" for month in say.MONTHS[MONTHS_PER_TERTIAL - 1 :: MONTHS_PER_TERTIAL]
    ]
    sheet.headings((*_HEADINGS, *to_date))
    for fee in year.others:
        _row(sheet, year, fee)
    first = sheet.row
    for fee in year.municipal:
        _row(sheet, year, fee)
    if year.municipal:
        _row(sheet, year, year.all_municipal, is_total=True)
    _row(sheet, year, year.everyone, is_total=True)
    sheet.down(_GAP)
    for text in texts:
        sheet.note(text, _sentence(text))
    if is_first and any(fee.share is not None for fee in year.municipal):
        _chart(sheet, year, first)


def _sentence(text: str) -> Role:
    colours = {symbol: colour for colour, symbol in look.SYMBOLS.items()}
    return look.inked(look.NOTE, colours.get(text[:1], ""))


def _row(sheet: ReportSheet, year: YearFees, fee: PartyFee, *, is_total: bool = False) -> None:
    row = sheet.down(_ROW)
    place = link(fee.party.ref) if fee.party is not None else ""
    share = None if fee.share is None else float(fee.share)
    sheet.canvas.put(row, 1, fee.name, look.total(look.LABEL, is_total), link=place)
    sheet.canvas.put(row, 3, share, look.total(say.SHARE, is_total))
    amounts = [
        (2, fee.key, year.key_decimals),
        (4, fee.exact, 1),
        (5, fee.by_remainder, 0),
        (6, fee.half_up, 0),
        (7, fee.stated, 0),
        (8, fee.difference, 1),
        *((8 + tertial, fee.to_date(tertial), 0) for tertial in range(1, TERTIALS + 1)),
    ]
    for column, amount, places in amounts:
        sheet.amount(row, column, amount, places, total=is_total)


def _chart(sheet: ReportSheet, year: YearFees, first: int) -> None:
    """How the quarter is shared, over rows of a known height."""
    shares = [float(fee.share or 0) for fee in year.municipal]
    height = _CHART_EDGES + _CHART_ROW * len(shares)
    sheet.down(_GAP)
    sheet.fit(height)
    row = sheet.row
    sheet.down(height)
    last = first + len(shares) - 1
    told = [f"{fee.name} {swedish(100 * (fee.share or 0), 2, '%')}" for fee in year.municipal]
    sheet.charts.append(
        BarChart(
            title="Så delar kommunerna på sin kvart",
            alt_text=f"Liggande staplar: {', '.join(told)}",
            labels=(first, 1, last, 1),
            values=(first, 3, last, 3),
            colours=("",) * len(shares),
            target=None,
            row=row,
            column=1,
            size=sheet.chart_size(1, 7, height),
            highest=1.15 * max(shares),
            number=look.SWEDISH + "0.00 %",
        )
    )


def _notes() -> list[str]:
    exact = (
        "Exakt avgift är partens del av potten, orundad; kommunerna delar sin kvart efter "
        "nyckeln. En kvart som inte är ett helt belopp avrundas, halva uppåt."
    )
    to_date = (
        "T.o.m. visar hur stor del av årets avgift som fallit ut efter 4, 8 och 12 månader: den "
        "angivna avgiften, eller där ingen är angiven den enligt största rest."
    )
    return [exact, to_date]
