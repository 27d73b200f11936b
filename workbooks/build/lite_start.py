"""What the sheet *Start* says in a Lite workbook: also how to get going, and the functions.

The sheet is that of :mod:`start_sheet`; here are the texts, and where the answer of the
last button stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import start_sheet
from start_sheet import NAME, Line, Section, Texts
from wired import FOOT, Wired

from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.registry import FUNCTIONS, CellFunction
from finsam_xl.sheetplan import SheetPlan

NOTHING_YET = "Inget är kört ännu."
_ANSWER_HEIGHT = 66
_STEPS = Section(
    "Kom igång",
    (
        Line(
            "1  Öppna tillägget",
            "xlwings Lite: fliken Start, längst till höger. Saknas det: Tillägg, sök efter "
            "”xlwings”, Lägg till. Det är gratis och kräver ingen installation av Python.",
        ),
        Line(
            "2  Godkänn arbetsboken",
            "När tillägget frågar. Koden ligger i filen och hämtar inget från nätet; dina siffror "
            "lämnar inte datorn.",
        ),
        Line(
            "3  Klicka på en knapp",
            "Här nedanför eller i åtgärdsfönstret. Visas kod i stället för knappar: tryck "
            "Ctrl+Skift+M.",
        ),
    ),
)
_ANSWER = Section("Senaste körningen", (Line("", NOTHING_YET, height=_ANSWER_HEIGHT),))
_WITHOUT = Section(
    "Utan tillägget",
    (
        Line(
            "Fungerar ändå",
            "Tabeller, summor och rapporter går att läsa, ändra och skriva ut, som i vilken bok "
            "som helst.",
        ),
        Line("Behöver tillägget", "Knapparna, och funktionerna som börjar på FINSAM."),
        Line(
            "Står kvar",
            "Rapporternas siffror är lagrade värden och ändras inte av att filen skickas vidare.",
        ),
    ),
)
_FUNCTIONS = "Funktioner i celler"


class LiteStart(NamedTuple):
    """The sheet, the cell behind each button by name, and the cell of the answer."""

    plan: SheetPlan
    buttons: dict[str, str]
    answer: str


def build(wired: Wired, buttons: Sequence[Button] = BUTTONS) -> LiteStart:
    """The sheet of one workbook, the functions on a page of their own."""
    plan, rows, _ = start_sheet.build(texts(wired, buttons))
    page = plan.page._replace(pages_high=0, breaks=(_row(plan, _FUNCTIONS),))
    return LiteStart(
        plan._replace(page=page),
        {name: f"{NAME}!B{row}" for name, row in rows.items()},
        f"{NAME}!$B${_row(plan, NOTHING_YET)}",
    )


def texts(wired: Wired, buttons: Iterable[Button]) -> Texts:
    """The texts of one workbook."""
    return Texts(
        wired.title,
        wired.association,
        wired.about,
        tuple((button.name, button.text, button.tip) for button in buttons),
        (_ANSWER, Section("Börja här", wired.places), _WITHOUT, _functions(FUNCTIONS)),
        FOOT,
        first=(_STEPS,),
    )


def _functions(functions: Iterable[CellFunction]) -> Section:
    """By function, how it is written and, beside that, what it gives and an example."""
    return Section(
        _FUNCTIONS,
        tuple(
            Line(
                function.signature.replace("(", "\n(", 1),
                f"{function.help}\nExempel: {function.example.formula}",
            )
            for function in functions
        ),
    )


def _row(plan: SheetPlan, text: str) -> int:
    return next(cell.row for cell in plan.cells if cell.value == text)
