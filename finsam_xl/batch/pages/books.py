"""The sheets *Böcker* and *Inte med*: what the summary was made of, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.batch.batch import Outcome
from finsam_xl.batch.pages.shared import BOOKS, LEFT_OUT, OWNER, Links, counted, to_filter
from finsam_xl.batch.summary import Book
from finsam_xl.report import look
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import PlannedCell, SheetPlan

_WIDTHS = (44.0, 37.0, 7.0, 9.0, 8.0, 6.0, 10.0, 13.0, 1.0, 50.0)
_HEADINGS = (
    "Bok", "Förbund", "År", "Tabeller", "Siffror", "Fel", "Varningar", "Upplysningar", "",
    "Att se efter",
)  # fmt: skip


def build(outcome: Outcome, run: str, links: Links) -> SheetPlan:
    """The books that were read, each with whose it is, its year, and what to look at."""
    sheet = ReportSheet(_WIDTHS, "st")
    sheet.head(BOOKS, ("", counted(len(outcome.summary.books), "bok", "böcker")), run)
    heading = sheet.headings(_HEADINGS, left=(2, 10))
    remarks = _versions(outcome)
    for book in outcome.summary.books:
        _book(sheet, book, " ".join((*_whose(book), *remarks.get(book.name, ()))), links)
    return to_filter(sheet.plan(BOOKS, f"{OWNER}_bocker"), heading)


def _book(sheet: ReportSheet, book: Book, remark: str, links: Links) -> None:
    one, last = book.reading, len(_WIDTHS)
    named = one.association or book.whose.association or "okänt"
    texts = ((1, book.name), (2, named), (last, remark))
    height = max(ROW, *(look.text_height(text, _WIDTHS[at - 1]) for at, text in texts))
    sheet.fit(height)
    row, put = sheet.down(height), sheet.canvas.put
    cell = PlannedCell(row, 1, book.name, look.TEXT, file=links.to(book.name))
    sheet.canvas.cells.append(cell)
    put(row, 2, named, look.TEXT)
    put(row, 3, one.year, look.FIGURE._replace(number="0"))
    numbers = (one.tables, one.figures, one.errors, one.warnings, one.notes)
    for column, number in enumerate(numbers, start=4):
        put(row, column, number, look.FIGURE)
    put(row, last - 1, None, look.LABEL)
    put(row, last, remark or None, look.TEXT)


def _whose(book: Book) -> Iterator[str]:
    """What is said of a book that names no association, or no year."""
    if book.whose.association:
        yield f"Säger inte sitt förbund; det sägs av {book.whose.why}."
    elif not book.reading.association:
        yield "▼ Säger inte sitt förbund: skriv namnet på bladet Finsam, under Inställningar."
    if book.reading.year is None:
        yield "▼ Säger inte vilket år den är av: skriv året i tabellens titel eller rubriker."


def _versions(outcome: Outcome) -> Mapping[str, list[str]]:
    """What is said of books that are alike but for some figures, by their names."""
    found: dict[str, list[str]] = {}
    for one in outcome.copies.versions:
        differ = counted(one.differing, "siffra skiljer", "siffror skiljer")
        found.setdefault(one.name, []).append(
            f"▼ Lik {one.other}, men {differ}: är det två versioner av en bok, ta bort den som "
            "inte gäller."
        )
    return found


def left_out(outcome: Outcome, run: str) -> Iterator[SheetPlan]:
    """The files that are not in it: those that failed, doubles, and what is passed over."""
    said: list[tuple[str, str]] = [
        (one.name, f"▼ {one.why} {one.remedy}".strip()) for one in outcome.summary.failed
    ]
    said += [
        (name, f"Samma innehåll som {first}: räknas en gång.")
        for name, first in sorted(outcome.found.alike.items())
    ]
    said += [
        (name, f"Kopia av {first}, utan andra siffror: räknas en gång.")
        for name, first in sorted(outcome.copies.of.items())
    ]
    said += [(name, "Säkerhetskopia eller låsfil.") for name in outcome.found.skipped]
    if not said:
        return
    sheet = ReportSheet((58.0, 90.0), "st")
    sheet.head(LEFT_OUT, ("", counted(len(said), "fil", "filer")), run)
    heading = sheet.headings(("Fil", "Varför, och vad du gör"), left=(2,))
    for name, why in said:
        texts = zip((name, why), sheet.widths, strict=True)
        height = max(ROW, *(look.text_height(text, width) for text, width in texts))
        sheet.fit(height)
        row = sheet.down(height)
        sheet.canvas.put(row, 1, name, look.TEXT)
        sheet.canvas.put(row, 2, why, look.TEXT)
    yield to_filter(sheet.plan(LEFT_OUT, f"{OWNER}_inte_med"), heading)
