"""Putting buttons, ribbon, code and the sheet *Start* into a workbook, all else as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS, Button
from finsam_xl.actions.wiring import Platform
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.wiring import (
    buttons,
    cell_functions,
    geometry,
    journal,
    lite_main,
    lite_parts,
    lite_shapes,
    macros,
    refusals,
    ribbon,
    start,
)
from finsam_xl.hosts.ooxml.wiring.buttons import FormButton
from finsam_xl.hosts.ooxml.wiring.draft import Draft, Rewriting
from finsam_xl.hosts.ooxml.wiring.geometry import Measures, Rectangle
from finsam_xl.hosts.ooxml.wiring.room import Area, room
from finsam_xl.hosts.ooxml.workbookpart import OwnName
from finsam_xl.hosts.ooxml.xmlspans import tree
from finsam_xl.plan import ANSWER_NAME
from finsam_xl.records import NamedTuple
from finsam_xl.registry import FUNCTIONS
from finsam_xl.report import start_lite, start_macros, start_sheet
from finsam_xl.report.start_sheet import Story
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import SheetGrid

_WHERE_FUNCTIONS_WORK = (
    "Funktionerna i celler räknas i Excel för Windows, där makron är tillåtna. På andra håll visar "
    "cellerna det som sparades, och #NAMN? om de räknas om där; för webben och Mac: --for lite."
)
_ROWS_BELOW = 3
"""How far down from a table's first row buttons beside it may reach."""


class Wish(NamedTuple):
    """What is wanted. ``tables``: by sheet, the one to have buttons beside; ``name``: the book's.

    ``suffix``: what the file ends on; ``version``: the product's; ``sheets``: more of
    ours, to come last; ``project``: our compiled modules, if not those shipped; ``functions``:
    sheets of hers with functions in their result cells.
    """

    story: Story
    tables: Mapping[str, Area]
    platform: Platform
    name: str
    suffix: str
    version: str
    sheets: Sequence[SheetPlan] = ()
    buttons: Sequence[Button] = BUTTONS
    project: bytes | None = None
    functions: cell_functions.Filled | None = None


class Wired(NamedTuple):
    """What is written, what was added in Swedish, and what she should know."""

    rewriting: Rewriting
    suffix: str
    added: tuple[str, ...]
    notes: tuple[str, ...]


def wired(package: Package, sheets: Callable[[str], SheetGrid], wish: Wish) -> Wired:
    """The workbook with what is wished for; it must hold nothing of ours yet.

    ``sheets``: a sheet's cells by its name.
    """
    draft = Draft(package)
    refusals.refuse(draft, wish.suffix)
    said = _Said([], [])
    if wish.functions is not None:
        _functions(draft, wish.functions, said)
        if wish.platform is not Platform.LITE and wish.functions.places:
            said.notes.append(_WHERE_FUNCTIONS_WORK)
    if wish.platform is Platform.LITE:
        refusals.refuse_other_code(draft)
        _lite_start(draft, wish, said)
    else:
        if wish.platform is Platform.BOTH:
            refusals.refuse_other_code(draft)
        _macros(draft, sheets, wish, said)
    if draft.holes:
        said.notes.append(_lost(draft))
    suffix = wish.suffix if wish.platform is Platform.LITE else ".xlsm"
    for plan in wish.sheets:
        text = "sist: så läses boken, med rum för rättelser"
        if plan.is_hidden:
            text = "dolt: vad körningar skriver, så att de går att ångra"
        said.added.append(f"Bladet {plan.name}, {text}")
    if wish.platform is Platform.BOTH:
        _lite(draft, wish, {})
        said.added.append("xlwings Lite: koden ligger i boken, knapparna i Lites åtgärdsfönster")
    return Wired(
        journal.kept(draft, wish.suffix, wish.version), suffix, tuple(said.added), tuple(said.notes)
    )


def _functions(draft: Draft, filled: cell_functions.Filled, said: _Said) -> None:
    cell_functions.add(draft, filled)
    count = sum(map(len, filled.places.values()))
    if count:
        names = ", ".join(filled.places)
        cells = "1 cell" if count == 1 else f"{count} celler"
        blank = f"; {filled.blank} av dem var tomma" if filled.blank else ""
        said.added.append(
            f"Finsams funktioner i {cells} på {names}; det som står ändras inte{blank}"
        )
    else:
        said.notes.append("Ingen resultatcell visar det som en av Finsams funktioner ger.")
    said.notes.extend(filled.told)


def _lost(draft: Draft) -> str:
    part, rels = next(iter(draft.holes.items()))
    more = f" och {len(draft.holes) - 1} till" if len(draft.holes) > 1 else ""
    return (
        f"Boken saknar delen {part}{more}, som {rels} leder till, och det gjorde den före "
        "kopplingen. Frågar Excel om den ska repareras: koppla ur, låt Excel laga boken, spara "
        "och koppla igen."
    )


class _Said(NamedTuple):
    added: list[str]
    notes: list[str]


def _shown(wish: Wish) -> tuple[tuple[str, str, str], ...]:
    return tuple((button.name, button.text, button.tip) for button in wish.buttons)


def _lite_start(draft: Draft, wish: Wish, said: _Said) -> None:
    functions = tuple((f.signature, f.help, f.example.formula) for f in FUNCTIONS)
    begun = start_lite.build(wish.story, _shown(wish), functions, start.name(draft))
    answer = OwnName(ANSWER_NAME, begun.answer, hidden=True)
    sheet = start.add(draft, begun.plan, [answer], wish.sheets)
    lite_shapes.add(draft, sheet, wish.buttons, begun.buttons)
    _lite(draft, wish, begun.buttons)
    said.added.append(f"Bladet {begun.plan.name}, först i boken, med knappar och hjälp")
    said.added.append("xlwings Lite: koden ligger i boken och inget hämtas från nätet")
    said.notes.append("Tillägget xlwings Lite behövs i Excel; det är gratis.")


def _lite(draft: Draft, wish: Wish, places: Mapping[str, str]) -> None:
    settings = {
        "main.py": lite_main.source(places, wish.version, wish.buttons),
        "requirements.txt": lite_main.REQUIREMENTS,
        "pyodideVersion": lite_main.PYODIDE,
    }
    lite_parts.add(draft, wish.name, settings)


def _macros(draft: Draft, sheets: Callable[[str], SheetGrid], wish: Wish, said: _Said) -> None:
    has_code = macros.own_project(draft) is not None
    macros.add_code(draft, wish.project or macros.finished_project())
    shown = (*_shown(wish), *((button.name, button.text, button.tip) for button in PLAIN_BUTTONS))
    texts = start_macros.texts(
        wish.story, shown, notice=not has_code, lite=wish.platform is Platform.BOTH
    )
    begun = start_sheet.build(texts, start.name(draft))
    names = [OwnName(start_macros.NOTICE_NAME, begun.notice)] if begun.notice else []
    sheet = start.add(draft, begun.plan, names, wish.sheets)
    if not has_code:
        macros.name_sheet(draft, sheet)
    measures = Measures(draft.read(sheet))
    on_start = macros.on_start(begun.buttons, measures, (*wish.buttons, *PLAIN_BUTTONS))
    buttons.add(draft, sheet, on_start, measures)
    said.added.append(f"Bladet {begun.plan.name}, först i boken, med knappar och hjälp")
    _beside_tables(draft, sheets, wish, said)
    _ribbon(draft, wish, said)
    said.added.append(
        "VBA-moduler bredvid dina egna" if has_code else "VBA-moduler med knapparnas kod"
    )
    said.notes.append("Knapparna behöver Python och finsam-xl[excel] på datorn där boken öppnas.")
    said.notes.append("Makron i en hämtad fil är spärrade tills filen avblockeras i Utforskaren.")


def _ribbon(draft: Draft, wish: Wish, said: _Said) -> None:
    if ribbon.add(draft, wish.buttons):
        said.added.append("Fliken Finsam i menyfliksområdet")
    else:
        said.notes.append("Bokens egna flikar använder våra namn, så fliken Finsam är inte med.")


def _beside_tables(
    draft: Draft, sheets: Callable[[str], SheetGrid], wish: Wish, said: _Said
) -> None:
    """A row of buttons on each sheet that has a table and room for them."""
    parts = {sheet.name: sheet.part for sheet in draft.workbook.sheets}
    given: list[str] = []
    crowded: list[str] = []
    protected: list[str] = []
    for name, area in wish.tables.items():
        data = draft.read(parts[name])
        if tree(data, parts[name], 2).child("sheetProtection") is not None:
            protected.append(name)
            continue
        row = _row(draft, parts[name], sheets(name), area, wish.buttons)
        has = bool(row) and buttons.add(draft, parts[name], row, Measures(data))
        (given if has else crowded).append(name)
    if given:
        said.added.append(
            f"Knappar på {'bladet' if len(given) == 1 else 'bladen'} "
            f"{', '.join(given)}, där inget stod"
        )
    if crowded:
        said.notes.append(f"Inga knappar på {', '.join(crowded)}: där finns inget ledigt rum.")
    if protected:
        is_one = len(protected) == 1
        said.notes.append(
            f"Inga knappar på {', '.join(protected)}: "
            f"{'bladet är skyddat' if is_one else 'bladen är skyddade'}. Knapparna på Start når "
            "det ändå; vill du ha dem på bladet, välj Granska, Ta bort bladets skydd, och koppla "
            "igen."
        )


def _row(
    draft: Draft, part: str, sheet: SheetGrid, area: Area, shown: Sequence[Button]
) -> list[FormButton]:
    """The buttons in the free room beside a table; none where there is no room."""
    measures = Measures(draft.read(part))
    taken = [
        *geometry.filled(sheet, measures, min(area[2], area[0] + _ROWS_BELOW)),
        *_drawn(draft, part, measures),
    ]
    place = room(area, macros.row_size(len(shown)), measures, taken)
    return macros.in_a_row(place, shown) if place else []


def _drawn(draft: Draft, part: str, measures: Measures) -> Iterator[Rectangle]:
    for _, drawing in draft.relations(part).targets("drawing"):
        if drawing in draft:
            yield from geometry.drawn(draft.read(drawing), drawing, measures)
    vml = buttons.legacy(draft, part)
    if vml is not None and vml in draft:
        yield from geometry.controls(draft.read(vml), measures)
