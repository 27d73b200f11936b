"""A table of data as a workbook: a sheet of rows to filter, and one that tells its columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Protocol

import xlsxwriter

from finsam_xl.address import on_sheet
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT
from finsam_xl.hosts.ooxml.xmlspans import printable
from finsam_xl.palette import RULE
from finsam_xl.plan import owner_name
from finsam_xl.report.look import SWEDISH

_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_COLUMNS, _OWNER = "Kolumner", "siffror"
_WIDEST, _NARROWEST = 42, 9
_LOOKED_AT = 500
_MEANING_WIDTH = 90


class Heading(Protocol):
    """A column as it is told: its heading, its other name, what it holds, and what that means."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def data_name(self) -> str:
        """What it is called by programs, or by people where it has the programs' name."""

    @property
    def holds(self) -> str:
        """What kind of values."""

    @property
    def meaning(self) -> str:
        """What they mean."""


def data_book(
    name: str, columns: Sequence[Heading], rows: Sequence[Sequence[str | float | None]]
) -> bytes:
    """An .xlsx file with the rows on a sheet of that name, and the columns told on another."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    looks = _Looks(book)
    _rows(book.add_worksheet(name), columns, rows, looks)
    told = [(one.name, one.data_name, str(one.holds), one.meaning) for one in columns]
    _told(book.add_worksheet(_COLUMNS), told, looks)
    for owner, sheet in ((_OWNER, name), (f"{_OWNER}_kolumner", _COLUMNS)):
        # Known as ours wherever it lies: what it holds is not read once more as somebody's figures.
        book.define_name(owner_name(owner), f"={on_sheet(sheet, '$A$1')}")
    book.close()
    return target.getvalue()


class _Looks:
    """The formats of such a workbook."""

    def __init__(self, book: Any) -> None:
        self.text = book.add_format(_FONT)
        self.whole = book.add_format({**_FONT, "num_format": f"{SWEDISH}#,##0"})
        self.decimals = book.add_format({**_FONT, "num_format": f"{SWEDISH}#,##0.0###"})
        self.wrapped = book.add_format({**_FONT, "text_wrap": True})
        self.heading = book.add_format({**_FONT, "bold": True, "bottom": 1, "bottom_color": RULE})


def _rows(
    sheet: Any,
    columns: Sequence[Heading],
    rows: Sequence[Sequence[str | float | None]],
    looks: _Looks,
) -> None:
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, looks.heading)
        shown = (len(str(row[number] or "")) for row in rows[:_LOOKED_AT])
        width = max((len(column.name) + 3, *shown), default=0)
        sheet.set_column(number, number, min(_WIDEST, max(_NARROWEST, width)), looks.text)
    for at, row in enumerate(rows, start=1):
        for number, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    text = printable(value)[:LONGEST_TEXT]
                    sheet.write_string(at, number, text, looks.text)
            elif value is not None:
                look = looks.whole if float(value).is_integer() else looks.decimals
                sheet.write_number(at, number, value, look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _told(sheet: Any, told: Sequence[tuple[str, ...]], looks: _Looks) -> None:
    named = (("Kolumn", 18), ("Även kallad", 16), ("Håller", 10), ("Betyder", 0))
    for number, (heading, width) in enumerate(named):
        sheet.set_column(number, number, width or _MEANING_WIDTH)
        sheet.write_string(0, number, heading, looks.heading)
    for at, row in enumerate(told, start=1):
        for number, text in enumerate(row):
            sheet.write_string(at, number, text, looks.wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
