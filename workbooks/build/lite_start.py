"""The sheet *Start* of a Lite workbook: how to get going, the buttons, and the functions.

Written with XlsxWriter as a small workbook of its own; ``lite_workbook`` moves it over.
Each button is a shape that links to the cell behind it, which is what Lite watches.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from styles import page

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.palette import ACCENT, INK, MUTED, RULE
from finsam_xl.registry import FUNCTIONS, CellFunction

NAME = "Start"
STEPS = (
    (
        "Öppna tillägget xlwings Lite: fliken Start, längst till höger. Saknas det: Tillägg, sök "
        "efter ”xlwings”, Lägg till. Det är gratis och kräver ingen installation av Python."
    ),
    (
        "Godkänn arbetsboken när tillägget frågar första gången. Koden ligger i filen och hämtar "
        "inget från nätet; dina siffror lämnar inte datorn."
    ),
    (
        "Klicka på en knapp här nedanför eller i åtgärdsfönstret. Visas kod där i stället för "
        "knappar: tryck Ctrl+Skift+M."
    ),
)
WITHOUT = (
    "Utan tillägget är arbetsboken som vilken annan som helst: tabeller, summor och rapporter går "
    "att läsa, ändra och skriva ut. Bara knapparna och funktionerna som börjar på FINSAM behöver "
    "det. Rapporternas siffror är lagrade värden och ändras inte av att filen skickas vidare."
)
NOTHING_YET = "Inget är kört ännu."
_WIDTHS = (3, 34, 66, 44)
_BUTTON = (150, 32)
_BUTTON_HEIGHT, _TEXT_HEIGHT = 33, 30
_FIRST_STEP = 4
_SHAPE = re.compile(r'name="TextBox (\d+)"')

_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_size": 20, "bold": True, "font_color": ACCENT},
    "subtitle": {"font_size": 11, "font_color": MUTED},
    "section": {"font_size": 11, "bold": True, "valign": "bottom"},
    "step": {"font_size": 11, "bold": True, "font_color": ACCENT, "align": "right"},
    "text": {"text_wrap": True},
    "answer": {"text_wrap": True, "bottom": 1, "top": 1, "bottom_color": RULE, "top_color": RULE},
    "heading": {
        "font_size": 9, "bold": True, "font_color": MUTED, "bottom": 2, "bottom_color": ACCENT,
    },
    "cell": {"text_wrap": True, "bottom": 1, "bottom_color": RULE},
}  # fmt: skip


def answer_place(buttons: Sequence[Button] = BUTTONS) -> str:
    """The cell that shows what the last button did, as a defined name refers to it."""
    return f"{NAME}!$B${_first_button() + len(buttons) + 2}"


def places(buttons: Sequence[Button] = BUTTONS) -> dict[str, str]:
    """By button, the cell behind its shape."""
    first = _first_button()
    return {
        button.name: f"{NAME}!B{number}" for number, button in enumerate(buttons, start=first + 1)
    }


def _first_button() -> int:
    return _FIRST_STEP + len(STEPS) + 1


def build(title: str, buttons: Sequence[Button] = BUTTONS) -> zipfile.ZipFile:
    """A workbook with only this sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    _Start(book).fill(title, buttons)
    book.close()
    return _with_shape_names(target, [button.name for button in buttons])


class _Start:
    """Writes the sheet from the top."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
        self.looks = {name: book.add_format({**base, **look}) for name, look in _LOOKS.items()}
        self.sheet = book.add_worksheet(NAME)

    def fill(self, title: str, buttons: Sequence[Button]) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_tab_color(ACCENT)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        self._text(0, "Finsam", "title", 30)
        self._text(1, title, "subtitle", 18)
        self._text(_FIRST_STEP - 1, "Kom igång", "section", 22)
        for number, step in enumerate(STEPS, start=1):
            sheet.write(_FIRST_STEP - 1 + number, 0, f"{number}", self.looks["step"])
            self._wide(_FIRST_STEP - 1 + number, step, "text")
        row = self._buttons(_first_button(), buttons)
        self._text(row, "Senaste körningen", "section", 22)
        self._wide(row + 1, NOTHING_YET, "answer", 60)
        self._text(row + 3, "Utan tillägget", "section", 22)
        self._wide(row + 4, WITHOUT, "text", 45)
        self._functions(row + 6, FUNCTIONS)
        page(sheet)

    def _text(self, row: int, text: str, look: str, height: float) -> None:
        self.sheet.set_row(row, height)
        self.sheet.write(row, 1, text, self.looks[look])

    def _wide(self, row: int, text: str, look: str, height: float = _TEXT_HEIGHT) -> None:
        self.sheet.set_row(row, height)
        self.sheet.merge_range(row, 1, row, 3, text, self.looks[look])

    def _buttons(self, row: int, buttons: Sequence[Button]) -> int:
        for at, button in enumerate(buttons, start=row):
            self.sheet.set_row(at, _BUTTON_HEIGHT)
            self.sheet.merge_range(at, 2, at, 3, button.tip, self.looks["text"])
            self.sheet.insert_textbox(at, 1, button.text, _shape(button, at))
        return row + len(buttons)

    def _functions(self, row: int, functions: Iterable[CellFunction]) -> None:
        self._text(row, "Funktioner i celler", "section", 22)
        for column, heading in enumerate(("Funktion", "Ger", "Exempel"), start=1):
            self.sheet.write(row + 1, column, heading, self.looks["heading"])
        for at, function in enumerate(functions, start=row + 2):
            self.sheet.set_row(at, _TEXT_HEIGHT)
            cells = (function.signature, function.help, function.example.formula)
            for column, text in enumerate(cells, start=1):
                self.sheet.write_string(at, column, text, self.looks["cell"])


def _shape(button: Button, row: int) -> dict[str, object]:
    """A filled box with the button's text, which links to the cell behind it."""
    return {
        "width": _BUTTON[0],
        "height": _BUTTON[1],
        "y_offset": 5,
        "object_position": 1,
        "fill": {"color": ACCENT},
        "line": {"none": True},
        "font": {"name": "Calibri", "size": 11, "bold": True, "color": "#FFFFFF"},
        "align": {"vertical": "middle", "horizontal": "center"},
        "url": f"internal:{NAME}!$B${row + 1}",
        "tip": button.text,
        "description": f"Knapp: {button.text}. {button.tip}",
    }


def _with_shape_names(made: io.BytesIO, names: Sequence[str]) -> zipfile.ZipFile:
    """The same workbook with each shape named after its button, as Lite looks for it."""
    target = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w") as package:
        for part in source.namelist():
            data = source.read(part)
            if part.startswith("xl/drawings/drawing"):
                text = _SHAPE.sub(lambda m: f'name="{names[int(m[1]) - 1]}"', data.decode())
                data = text.replace('lang="en-US"', 'lang="sv-SE"').encode()
            package.writestr(part, data)
    return zipfile.ZipFile(target)
