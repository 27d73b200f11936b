"""A workbook with all its reports, as they are printed in one file; each is printed once."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from finsam_xl.hosts.pdf.tagging import pages_of_bookmarks
from finsam_xl.sheetplan import SheetPlan
from support import drawn
from support.workbooks import EXISTING, copy, workbook

BOOKS = ("umearegionen-budget", "umearegionen-social-budget", "sodra-lappland-budget")


class Printed(NamedTuple):
    """A workbook with all its reports: as planned, in its file, and on paper."""

    sheets: tuple[SheetPlan, ...]
    book: bytes
    pdf: bytes
    pages: list[drawn.Page]

    @property
    def begins(self) -> dict[str, int]:
        """The page each report begins on, by its bookmark."""
        return pages_of_bookmarks(self.pdf)

    @property
    def parts(self) -> dict[str, bytes]:
        """The parts of the workbook."""
        with zipfile.ZipFile(io.BytesIO(self.book)) as package:
            return {item: package.read(item) for item in package.namelist()}

    def of(self, sheet: SheetPlan) -> list[tuple[int, drawn.Page]]:
        """The pages of a report with their numbers."""
        begins = sorted(self.begins.values())
        first = self.begins[sheet.name]
        end = next((page for page in begins if page > first), len(self.pages) + 1)
        return [(number, self.pages[number - 1]) for number in range(first, end)]


@cache
def printed_book(name: str) -> Printed:
    """A shipped workbook, printed."""
    with TemporaryDirectory() as folder:
        path = copy(EXISTING / f"{name}.xlsx", Path(folder))
        pdf = Path(folder) / "rapporter.pdf"
        with workbook(path) as book:
            result = book.reports()
            book.apply(result, pdf=pdf)
        book_file = path.read_bytes()
        return Printed(result.plan.sheets, book_file, pdf.read_bytes(), drawn.pages(pdf))
