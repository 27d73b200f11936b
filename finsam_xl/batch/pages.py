"""The workbook of a summary: the latest year ranked, every year, a picture of each association.

Amounts in tkr. What is not stated is blank; what is stated in ways that cannot all be right is
marked, and told below the table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from finsam_xl import policy
from finsam_xl.batch.batch import Outcome
from finsam_xl.batch.stated import Quantity
from finsam_xl.batch.summary import Row, Summary, ranked
from finsam_xl.calc.impact_index import colour, ranks
from finsam_xl.errors import PolicyError
from finsam_xl.findings import kinds
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look, pictures
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.sheet import ROW, KeyFigure, ReportSheet
from finsam_xl.sheetplan import Chart, ColumnChart, PlannedCell, Role, SheetPlan

OWNER = "sammanstallning"
"""What the sheets' owners begin with."""
_FRONT, _YEARS, _CHARTS = "Sammanställning", "Förbund och år", "Diagram"
_BOOKS, _LEFT_OUT = "Böcker", "Inte med"
TITLE = "Sammanställning av samordningsförbund"
_PREFIX = "Samordningsförbundet "
_UNIT = "tkr"
_MOST_YEARS, _ACROSS, _CHART = 5, 3, 110.0
_MOST_CODES = 12
_ESCAPED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '%#? "<>[]^`{}'})
_PLACE = look.FIGURE._replace(align="center")
"""A figure that is read with the text beside it."""
_LEGEND = (
    "fyllt: inom taket, randat: över taket (▼), ofyllt: taket är inte känt, streckad linje: taket"
)
_DISPUTED = "▼ olika"
_OPENS = "Sammanställningens siffror finns också som en enda tabell, rad för rad, i "
_GROUP = (5.0, 27.0, 13.0)
"""The columns of a ranked list: place, association, figure."""
_EVERY = (33.0, 8.0, 12.0, 12.0, 11.0, 13.0, 12.0, 12.0, 12.0, 13.0, 10.0, 7.0, 10.0, 2.0, 31.0)
_HEADINGS = (
    "Förbund", "År", "Avgifter", "Kostnader", "Deltagare", "Kostnad per deltagare", "Resultat",
    "Eget kapital", "Tak (trappan)", "Utrymme till taket", "Impactindex", "Fel", "Varningar", "",
    "Bok",
)  # fmt: skip


class _List(NamedTuple):
    """A ranked list: what it is called, what by, how its figures look, and whether least leads."""

    title: str
    by: Callable[[Row], Fraction | None]
    role: Callable[[Row, Fraction], Role]
    least_first: bool = False


def build(outcome: Outcome, folder: Path, out: Path, table: str, now: datetime) -> list[SheetPlan]:
    """The sheets. ``folder``: where the books lie; ``table``: the name of the tidy table's file."""
    run = f"{now:%Y-%m-%d %H.%M}"
    links = _Links(folder, out)
    return [
        _front(outcome, run, table),
        _every(outcome.summary, run, links),
        *_charts(outcome.summary, run),
        _books(outcome, run, links),
        *_left_out(outcome, run),
    ]


class _Links:
    """Where books lie as seen from the summary, so that both may be moved together."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._folder, self._from = folder.resolve(), out.resolve().parent

    def to(self, name: str) -> str:
        """The way to a book as an address; in full where it lies on another drive."""
        path = self._folder / name
        try:
            way = Path(os.path.relpath(path, self._from)).as_posix()
        except ValueError:
            return path.as_uri()
        # What parts an address is a letter like others in the name of a file.
        return way.translate(_ESCAPED)


# The first sheet ------------------------------------------------------------------------------


def _front(outcome: Outcome, run: str, table: str) -> SheetPlan:
    summary, year = outcome.summary, outcome.summary.latest
    lists = _lists()
    widths = [width for _ in lists for width in (*_GROUP, 2.0)][:-1]
    sheet = ReportSheet(widths, _UNIT)
    rows = summary.of_year(year) if year is not None else []
    sheet.head(TITLE, ("", _about(summary)), run, _answer(rows, year))
    sheet.key_figures(_key_figures(outcome, rows))
    if year is not None:
        _ranked(sheet, lists, rows, year)
    _commonest(sheet, summary)
    sheet.tail = [*_told_of_failed(outcome), *_how(table)]
    sheet.notes()
    return sheet.plan(_FRONT, OWNER)


def _about(summary: Summary) -> str:
    years = sorted({row.year for row in summary.rows})
    span = f", år {years[0]}–{years[-1]}" if len(years) > 1 else f", år {years[0]}" if years else ""
    return f"{_counted(len(summary.by_association), 'förbund', 'förbund')}{span}"


def _answer(rows: Sequence[Row], year: int | None) -> str:
    """How many are above the ceiling, and how many reach their target, of those that are known."""
    if year is None:
        return "Ingen av böckerna har något utfall för ett helt år."
    told = []
    rooms = [row.room for row in rows if row.room is not None]
    if rooms:
        over = sum(room < 0 for room in rooms)
        told.append(f"{over} av {len(rooms)} förbund har eget kapital över taket i trappan")
    colours = [_colour(row) for row in rows if row.impact_index is not None]
    if colours:
        green = sum(one == "grön" for one in colours)
        told.append(f"{green} av {len(colours)} når målet för Impactindex")
    results = [row.result for row in rows if row.result is not None]
    if results:
        below = sum(result < 0 for result in results)
        told.append(f"{below} av {len(results)} går med underskott")
    return f"{year}: {say.joined(told)}." if told else ""


def _key_figures(outcome: Outcome, rows: Sequence[Row]) -> list[KeyFigure]:
    failed = len(outcome.summary.failed)
    books = len(outcome.summary.books)
    fees = [row.fees for row in rows if row.fees is not None]
    index = [row.impact_index for row in rows if row.impact_index is not None]
    alike = len(outcome.found.alike)
    doubled = f", {alike} till har samma innehåll" if alike else ""
    return [
        ("Böcker i sammanställningen", str(books), f"de som gick att läsa{doubled}", ""),
        ("Filer som inte är med", f"{'▼ ' if failed else ''}{failed}",
         f"se bladet {_LEFT_OUT}" if failed else "alla gick att läsa", "röd" if failed else ""),
        (f"Avgifter tillsammans, {_UNIT}", say.shown(sum(fees, Fraction(0)) if fees else None),
         f"av {_counted(len(fees), 'förbund', 'förbund')} med kända avgifter", ""),
        ("Impactindex, median", say.shown(_median(index)),
         f"av {_counted(len(index), 'förbund', 'förbund')} med känt index", ""),
    ]  # fmt: skip


def _median(values: Sequence[Fraction]) -> Fraction | None:
    if not values:
        return None
    middle = sorted(values)[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return sum(middle, Fraction(0)) / len(middle)


def _lists() -> tuple[_List, ...]:
    return (
        _List(f"Utrymme till taket, {_UNIT}", lambda row: row.room, _deviates, least_first=True),
        _List(f"Resultat, {_UNIT}", lambda row: row.result, _deviates, least_first=True),
        _List("Impactindex", lambda row: row.impact_index, _indexed),
        _List(f"Kostnad per deltagare, {_UNIT}", lambda row: row.per_head, _one_decimal),
    )


def _deviates(_row: Row, value: Fraction) -> Role:
    return say.deviating(say.AMOUNTS[0], value)


def _one_decimal(_row: Row, _value: Fraction) -> Role:
    return say.AMOUNTS[1]


def _indexed(row: Row, _value: Fraction) -> Role:
    return look.coloured(look.FIGURE, _colour(row), symbol=True)


def _colour(row: Row) -> str:
    """The colour word of an index by the rules of its year, '' where there are none."""
    if row.impact_index is None:
        return ""
    try:
        rules = policy.on(policy.current(date(row.year, 1, 1))).impact_index
    except PolicyError:
        return ""
    return str(colour(row.impact_index, target=rules.target, near=rules.near))


def _ranked(sheet: ReportSheet, lists: Sequence[_List], rows: Sequence[Row], year: int) -> None:
    """The lists beside each other, each of those that its figure is known of."""
    found = [ranked(rows, one.by, least_first=one.least_first) for one in lists]
    sheet.section(f"Förbunden {year}, rangordnade")
    heading = sheet.down(30)
    for at, one in enumerate(lists):
        first = 1 + 4 * at
        sheet.canvas.put(heading, first, "", look.HEADING)
        sheet.canvas.put(heading, first + 1, "Förbund", look.HEADING)
        sheet.canvas.put(heading, first + 2, one.title, look.HEADING_RIGHT)
    places = [_places(one, order) for one, order in zip(lists, found, strict=True)]
    for number in range(max(map(len, found), default=0)):
        sheet.fit(ROW)
        row = sheet.down(ROW)
        for at, (one, order) in enumerate(zip(lists, found, strict=True)):
            if number < len(order):
                _placed(sheet, row, 1 + 4 * at, places[at][number], one, order[number])


def _places(one: _List, order: Sequence[Row]) -> list[int | None]:
    """The place of each row of a list; ties share one."""
    values = [one.by(row) for row in order]
    signed = [None if v is None else -v if one.least_first else v for v in values]
    return ranks(signed)


def _placed(
    sheet: ReportSheet, row: int, first: int, place: int | None, one: _List, of: Row
) -> None:
    value = one.by(of)
    if value is None:
        return
    decimals = 1 if one.role is _one_decimal else 0
    sheet.canvas.put(row, first, place, _PLACE)
    sheet.canvas.put(row, first + 1, _short(of.association), look.LABEL)
    sheet.canvas.put(row, first + 2, say.cell(value, decimals), one.role(of, value))


def _commonest(sheet: ReportSheet, summary: Summary) -> None:
    """What is found in most books, with what it means."""
    codes = summary.codes[:_MOST_CODES]
    if not codes:
        return
    sheet.fit(100)
    sheet.section("Vanligaste fynden")
    row = sheet.down(ROW)
    for column, text in ((1, "Böcker"), (2, "Fynd")):
        sheet.canvas.put(row, column, text, look.HEADING)
    sheet.canvas.wide(row, 3, sheet.last, "Vad det betyder", look.HEADING)
    for code, _, books in codes:
        means = kinds()[code].means if code in kinds() else ""
        height = look.text_height(means, sheet.characters(3, sheet.last))
        sheet.fit(height)
        row = sheet.down(height)
        sheet.canvas.put(row, 1, books, _PLACE)
        sheet.canvas.put(row, 2, code, look.LABEL)
        sheet.canvas.wide(row, 3, sheet.last, means, look.TEXT)


def _told_of_failed(outcome: Outcome) -> Iterator[str]:
    if outcome.summary.failed:
        names = [one.name for one in outcome.summary.failed[:3]]
        left = len(outcome.summary.failed) - len(names)
        more = f" och {left} till" if left else ""
        yield f"▼ Inte med: {', '.join(names)}{more}. Varför står på bladet {_LEFT_OUT}."


def _how(table: str) -> Iterator[str]:
    yield (
        "Avgifter är alla medlemmars, av avgiftstabellen eller annars av årets utfall. Kostnader, "
        "resultat och eget kapital är årets utfall, som böckernas tabeller har det. Kostnad per "
        "deltagare är årets kostnader delat med antalet deltagare hela året."
    )
    yield (
        "Taket är Nationella rådets rekommendation om eget kapital (trappan) för årets avgifter. "
        "Impactindex är räknat ur förbundets egen sociala budget, eller annars som det står."
    )
    yield (
        f"Tomt är inte känt, ”{_DISPUTED}” är sagt på flera sätt som inte alla kan stämma. "
        f"{_OPENS}{table}."
    )


# Every year -----------------------------------------------------------------------------------


def _every(summary: Summary, run: str, links: _Links) -> SheetPlan:
    sheet = ReportSheet(_EVERY, _UNIT)
    sheet.head(f"{_YEARS}, {_UNIT}", ("", _about(summary)), run)
    heading = sheet.headings(_HEADINGS, left=(15,))
    for row in summary.rows:
        sheet.fit(ROW)
        _year(sheet, row, links)
    plan = sheet.plan(_YEARS, f"{OWNER}_ar")
    return _to_filter(plan, heading)


def _to_filter(plan: SheetPlan, heading: int) -> SheetPlan:
    """A sheet that is one table to its end: its headings stand on every page, over a filter."""
    last, width = plan.page.last_row, plan.page.last_column
    page = plan.page._replace(title_rows=(2, heading))
    return plan._replace(page=page, filter=(heading, 1, max(heading + 1, last), width))


def _year(sheet: ReportSheet, row: Row, links: _Links) -> None:
    at = sheet.down(ROW)
    put = sheet.canvas.put
    put(at, 1, row.association, look.LABEL)
    put(at, 2, row.year, look.FIGURE._replace(number="0"))
    amounts: tuple[tuple[int, Fraction | None, Quantity | None, Role, int], ...] = (
        (3, row.fees, Quantity.FEES, say.AMOUNTS[0], 0),
        (4, row.costs, Quantity.COSTS, say.AMOUNTS[0], 0),
        (5, row.participants, Quantity.PARTICIPANTS, say.AMOUNTS[0], 0),
        (6, row.per_head, None, say.AMOUNTS[1], 1),
        (7, row.result, Quantity.RESULT, say.deviating(say.AMOUNTS[0], row.result), 0),
        (8, row.equity, Quantity.EQUITY, say.AMOUNTS[0], 0),
        (9, row.ceiling, None, say.AMOUNTS[0], 0),
        (10, row.room, None, say.deviating(say.AMOUNTS[0], row.room), 0),
        (11, row.impact_index, Quantity.INDEX,
         look.coloured(look.FIGURE, _colour(row), symbol=True), 0),
    )  # fmt: skip
    for column, amount, quantity, role, decimals in amounts:
        if quantity in row.disputed:
            put(at, column, _DISPUTED, look.inked(look.RIGHT_TEXT, "röd"))
        else:
            put(at, column, say.cell(amount, decimals), role)
    for column, number in ((12, row.errors), (13, row.warnings)):
        put(at, column, number if row.books else None, look.FIGURE)
    put(at, 14, None, look.LABEL)
    _book(sheet, at, 15, row.books, links)


def _book(sheet: ReportSheet, row: int, column: int, names: Sequence[str], links: _Links) -> None:
    """The first of some books, as a link; how many more there are is told behind it."""
    if not names:
        sheet.canvas.put(row, column, None, look.LABEL)
        return
    more = f" (+{len(names) - 1})" if len(names) > 1 else ""
    text = f"{Path(names[0]).name}{more}"
    sheet.canvas.cells.append(PlannedCell(row, column, text, look.LABEL, file=links.to(names[0])))


# Pictures -------------------------------------------------------------------------------------


def _charts(summary: Summary, run: str) -> list[SheetPlan]:
    """The equity of each association against its ceiling, year by year, three across a page."""
    known = {
        name: ends for name, rows in summary.by_association.items() if len(ends := _ends(rows)) > 1
    }
    if not known:
        return []
    widths = (44.0, 1.0, 44.0, 1.0, 44.0)
    sheet = ReportSheet(widths, _UNIT)
    sheet.head(f"Eget kapital mot taket, {_UNIT}", ("", _about(summary), _LEGEND), run)
    names = sorted(known, key=_short)
    for start in range(0, len(names), _ACROSS):
        sheet.fit(_CHART + 8)
        row = sheet.down(_CHART)
        for at, name in enumerate(names[start : start + _ACROSS]):
            place = Place(row, 1 + 2 * at, 1 + 2 * at, _CHART)
            pictures.equity(sheet, _short(name), known[name], place, _UNIT)
            sheet.charts[-1] = _without_legend(sheet.charts[-1])
        sheet.down(8)
    return [sheet.plan(_CHARTS, f"{OWNER}_diagram")]


def _without_legend(chart: Chart) -> Chart:
    """A chart among many alike: what its fills mean stands once, at the top of the page."""
    if not isinstance(chart, ColumnChart):
        return chart
    series = tuple(one._replace(name="") for one in chart.series)
    return chart._replace(series=series, line_name="")


def _ends(rows: Sequence[Row]) -> list[YearEnd]:
    known = [row for row in rows if row.equity is not None][-_MOST_YEARS:]
    return [YearEnd(str(row.year), _whole(row.equity), row.ceiling) for row in known]


def _whole(amount: Fraction | None) -> Fraction | None:
    return None if amount is None else Fraction(round_half_away(amount))


# The books ------------------------------------------------------------------------------------


def _books(outcome: Outcome, run: str, links: _Links) -> SheetPlan:
    sheet = ReportSheet((58.0, 40.0, 8.0, 10.0, 10.0, 8.0, 11.0, 13.0), "st")
    sheet.head(_BOOKS, ("", _counted(len(outcome.summary.books), "bok", "böcker")), run)
    heading = sheet.headings(("Bok", "Förbund", "År", "Tabeller", "Siffror", "Fel", "Varningar",
                              "Upplysningar"), left=(2,))  # fmt: skip
    for book in outcome.summary.books:
        sheet.fit(ROW)
        row, one = sheet.down(ROW), book.reading
        cell = PlannedCell(row, 1, book.name, look.LABEL, file=links.to(book.name))
        sheet.canvas.cells.append(cell)
        sheet.canvas.put(row, 2, one.association or "okänt", look.LABEL)
        sheet.canvas.put(row, 3, one.year, look.FIGURE._replace(number="0"))
        numbers = (one.tables, one.figures, one.errors, one.warnings, one.notes)
        for column, number in enumerate(numbers, start=4):
            sheet.canvas.put(row, column, number, look.FIGURE)
    return _to_filter(sheet.plan(_BOOKS, f"{OWNER}_bocker"), heading)


def _left_out(outcome: Outcome, run: str) -> Iterator[SheetPlan]:
    """The files that are not in it: those that failed, doubles, and what is passed over."""
    said: list[tuple[str, str]] = [
        (one.name, f"▼ {one.why} {one.remedy}".strip()) for one in outcome.summary.failed
    ]
    said += [
        (name, f"Samma innehåll som {first}: räknas en gång.")
        for name, first in sorted(outcome.found.alike.items())
    ]
    said += [(name, "Säkerhetskopia eller låsfil.") for name in outcome.found.skipped]
    if not said:
        return
    sheet = ReportSheet((58.0, 90.0), "st")
    sheet.head(_LEFT_OUT, ("", _counted(len(said), "fil", "filer")), run)
    heading = sheet.headings(("Fil", "Varför, och vad du gör"), left=(2,))
    for name, why in said:
        texts = zip((name, why), sheet.widths, strict=True)
        height = max(ROW, *(look.text_height(text, width) for text, width in texts))
        sheet.fit(height)
        row = sheet.down(height)
        sheet.canvas.put(row, 1, name, look.TEXT)
        sheet.canvas.put(row, 2, why, look.TEXT)
    yield _to_filter(sheet.plan(_LEFT_OUT, f"{OWNER}_inte_med"), heading)


def _short(association: str) -> str:
    return association.removeprefix(_PREFIX)


def _counted(number: int, one: str, several: str) -> str:
    return f"{swedish(number)} {one if number == 1 else several}"
