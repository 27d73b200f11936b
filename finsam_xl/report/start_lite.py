"""What the sheet *Start* says in a Lite workbook: also how to get going, and the functions.

The sheet is that of :mod:`start_sheet`; here are the texts, and where the answer of the
last button stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_xl import handbok
from finsam_xl.records import NamedTuple
from finsam_xl.report import start_sheet
from finsam_xl.report.start_sheet import NAME, Line, Section, Story, Texts
from finsam_xl.sheetplan import SheetPlan

NOTHING_YET = "Inget är kört ännu."
_ANSWER_HEIGHT = 96
_PAGE = 740
"""How high the rows of a page are together, in points."""
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
        Line(
            "Handboken",
            f"{handbok.told('lite')}. Den följer med finsam-xl: fråga den som kopplade boken.",
        ),
    ),
)
_FUNCTIONS = "Funktioner i celler"


class LiteStart(NamedTuple):
    """The sheet, the cell behind each button by name, and the cell of the answer."""

    plan: SheetPlan
    buttons: dict[str, str]
    answer: str


def build(
    story: Story,
    buttons: Sequence[tuple[str, str, str]],
    functions: Sequence[tuple[str, str, str]],
    name: str = NAME,
) -> LiteStart:
    """The sheet of one workbook, the functions on pages of their own.

    ``buttons``: name, text and tip of each; ``functions``: how each is written, what it gives,
    and an example.
    """
    plan, rows, _ = start_sheet.build(texts(story, buttons, functions), name)
    page = plan.page._replace(pages_high=0, breaks=_breaks(plan))
    return LiteStart(
        plan._replace(page=page),
        {button: f"{name}!B{row}" for button, row in rows.items()},
        f"'{name}'!$B${_row(plan, NOTHING_YET)}",
    )


def texts(
    story: Story,
    buttons: Sequence[tuple[str, str, str]],
    functions: Sequence[tuple[str, str, str]],
) -> Texts:
    """The texts of one workbook."""
    return Texts(
        story.title,
        story.association,
        story.about,
        tuple(buttons),
        (_ANSWER, Section("Börja här", story.places), _WITHOUT, _functions(functions)),
        story.foot,
        first=(_STEPS,),
    )


def _functions(functions: Iterable[tuple[str, str, str]]) -> Section:
    """By function, how it is written and, beside that, what it gives and an example."""
    return Section(
        _FUNCTIONS,
        tuple(
            Line(signature.replace("(", "\n(", 1), f"{gives}\nExempel: {example}")
            for signature, gives, example in functions
        ),
    )


def _breaks(plan: SheetPlan) -> tuple[int, ...]:
    """Before the functions, and before the row that would be cut off at the end of a page."""
    first = _row(plan, _FUNCTIONS)
    breaks, used = [first], 0.0
    for row, height in sorted(plan.heights):
        if row < first:
            continue
        if used + height > _PAGE:
            breaks.append(row)
            used = 0.0
        used += height
    return tuple(breaks)


def _row(plan: SheetPlan, text: str) -> int:
    return next(cell.row for cell in plan.cells if cell.value == text)
