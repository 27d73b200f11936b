"""The sheet *Sammanställning*: the answer, the latest year ranked, and the commonest findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.batch.batch import Outcome
from finsam_xl.batch.pages.shared import (
    BOOKS,
    DISPUTED,
    LEFT_OUT,
    OWNER,
    TITLE,
    UNIT,
    about,
    colour_of,
    counted,
    median,
    short,
)
from finsam_xl.batch.summary import Row, Summary, ranked
from finsam_xl.calc.impact_index import ranks
from finsam_xl.findings import kinds
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.sheet import ROW, SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.sheetplan import Role, SheetPlan

_FRONT = "Sammanställning"
_MOST_CODES, _LEAST_CODES = 12, 4
_PLACE = look.FIGURE._replace(align="center")
"""A figure that is read with the text beside it."""
_OPENS = "Sammanställningens siffror finns också som en enda tabell, rad för rad, i "
_GROUP = (5.0, 27.0, 13.0)
"""The columns of a ranked list: place, association, figure."""


class _List(NamedTuple):
    """A ranked list: what it is called, what by, how its figures look, and whether least leads."""

    title: str
    by: Callable[[Row], Fraction | None]
    role: Callable[[Row, Fraction], Role]
    least_first: bool = False


def build(outcome: Outcome, run: str, table: str) -> SheetPlan:
    """The sheet; ``table``: the name of the tidy table's file."""
    summary, year = outcome.summary, outcome.summary.latest
    lists = _lists()
    widths = [width for _ in lists for width in (*_GROUP, 2.0)][:-1]
    sheet = ReportSheet(widths, UNIT)
    rows = summary.of_year(year) if year is not None else []
    sheet.head(TITLE, ("", about(summary)), run, _answer(rows, year))
    sheet.key_figures(_key_figures(outcome, rows))
    if year is not None:
        _ranked(sheet, lists, rows, year)
    sheet.tail = [*_told_of_failed(outcome), *_told_of_books(outcome), *_how(table)]
    _commonest(sheet, summary)
    sheet.notes()
    return sheet.plan(_FRONT, OWNER)


def _answer(rows: Sequence[Row], year: int | None) -> str:
    """How many are above the ceiling, and how many reach their target, of those that are known."""
    if year is None:
        return "Ingen av böckerna har något utfall för ett helt år."
    told = []
    rooms = [row.room for row in rows if row.room is not None]
    if rooms:
        over = sum(room < 0 for room in rooms)
        told.append(f"{over} av {len(rooms)} förbund har eget kapital över taket i trappan")
    colours = [colour_of(row) for row in rows if row.impact_index is not None]
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
    alike = len(outcome.found.alike) + len(outcome.copies.of)
    doubled = f", {counted(alike, 'kopia', 'kopior')} räknas inte" if alike else ""
    return [
        ("Böcker i sammanställningen", str(books), f"de som gick att läsa{doubled}", ""),
        ("Filer som inte är med", f"{'▼ ' if failed else ''}{failed}",
         f"se bladet {LEFT_OUT}" if failed else "alla gick att läsa", "röd" if failed else ""),
        (f"Avgifter tillsammans, {UNIT}", say.shown(sum(fees, Fraction(0)) if fees else None),
         f"av {counted(len(fees), 'förbund', 'förbund')} med kända avgifter", ""),
        ("Impactindex, median", say.shown(median(index)),
         f"av {counted(len(index), 'förbund', 'förbund')} med känt index", ""),
    ]  # fmt: skip


def _lists() -> tuple[_List, ...]:
    return (
        _List(f"Utrymme till taket, {UNIT}", lambda row: row.room, _deviates, least_first=True),
        _List(f"Resultat, {UNIT}", lambda row: row.result, _deviates, least_first=True),
        _List("Impactindex", lambda row: row.impact_index, _indexed),
        _List(f"Kostnad per deltagare, {UNIT}", lambda row: row.per_head, _one_decimal),
    )


def _deviates(_row: Row, value: Fraction) -> Role:
    return say.deviating(say.AMOUNTS[0], value)


def _one_decimal(_row: Row, _value: Fraction) -> Role:
    return say.AMOUNTS[1]


def _indexed(row: Row, _value: Fraction) -> Role:
    return look.coloured(look.FIGURE, colour_of(row), symbol=True)


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
    sheet.canvas.put(row, first + 1, short(of.association), look.LABEL)
    sheet.canvas.put(row, first + 2, say.cell(value, decimals), one.role(of, value))


def _commonest(sheet: ReportSheet, summary: Summary) -> None:
    """What is found in most books, with what it means: so many that the notes still fit."""
    if not summary.codes:
        return
    left = sheet.free - sheet.notes_height() - SECTION_HEIGHT - 2 * ROW
    number = max(_LEAST_CODES, min(_MOST_CODES, int(left // ROW)))
    sheet.fit(SECTION_HEIGHT + (1 + min(number, len(summary.codes))) * ROW)
    sheet.section("Vanligaste fynden")
    row = sheet.down(ROW)
    for column, text in ((1, "Böcker"), (2, "Fynd")):
        sheet.canvas.put(row, column, text, look.HEADING)
    sheet.canvas.wide(row, 3, sheet.last, "Vad det betyder", look.HEADING)
    for code, _, books in summary.codes[:number]:
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
        yield f"▼ Inte med: {', '.join(names)}{more}. Varför står på bladet {LEFT_OUT}."


def _told_of_books(outcome: Outcome) -> Iterator[str]:
    """What is said of books whose place in the summary rests on other things than themselves."""
    summary = outcome.summary
    if summary.unknown:
        names = counted(len(summary.unknown), "bok säger", "böcker säger")
        yield (
            f"▼ {names} inte vilket förbund de är av, och är inte räknade till något: se bladet "
            f"{BOOKS}. Skriv namnet på bokens blad Finsam och kör igen."
        )
    if summary.placed:
        names = counted(len(summary.placed), "bok är förd", "böcker är förda")
        yield (
            f"{names} till ett förbund av filens namn eller av andra böcker i samma mapp; vad som "
            f"säger det står på bladet {BOOKS}."
        )
    if outcome.copies.versions:
        yield (
            "▼ Några böcker är lika så när som på enstaka siffror, som två versioner av samma "
            f"bok. Båda är med; vilka det är står på bladet {BOOKS}."
        )
    if outcome.copies.of:
        copies = counted(len(outcome.copies.of), "fil är kopia", "filer är kopior")
        yield (
            f"{copies} av andra böcker (frysta, för Lite, med makron eller sparade under annat "
            f"namn) och räknas inte: se bladet {LEFT_OUT}."
        )


def _how(table: str) -> Iterator[str]:
    yield (
        "Avgifter är alla medlemmars, av avgiftstabellen eller annars av årets utfall eller "
        "budget. Kostnader, resultat och eget kapital är årets utfall, som böckernas tabeller har "
        "det; rangordningen har bara utfall. Kostnad per deltagare är årets kostnader delat med "
        "antalet deltagare hela året."
    )
    yield (
        "Taket är Nationella rådets rekommendation om eget kapital (trappan) för årets avgifter. "
        "Impactindex är räknat ur förbundets egen sociala budget eller alla enheters tillsammans, "
        "eller annars som det står."
    )
    yield (
        f"Tomt är inte känt, ”{DISPUTED}” är sagt på flera sätt som inte alla kan stämma. "
        f"{_OPENS}{table}."
    )
