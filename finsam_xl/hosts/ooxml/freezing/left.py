"""What is told of a frozen copy: what was done, and what is still in it that she should know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from finsam_xl.hosts.ooxml.freezing import code, people
from finsam_xl.hosts.ooxml.freezing.leaving import Leaving
from finsam_xl.hosts.ooxml.freezing.rules import Ruled, charts_look
from finsam_xl.hosts.ooxml.freezing.values import Frozen
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.wiring.start import DEFINED
from finsam_xl.plan import is_our_name

_KINDS = {
    "externalLink": "Länkar till andra arbetsböcker är kvar, med sökvägar.",
    "connections": "Anslutningar till data är kvar; de kan innehålla sökvägar och användarnamn.",
    "oleObject": "Inbäddade dokument är kvar som de är.",
    "package": "Inbäddade dokument är kvar som de är.",
    "custom-properties": "Bokens egna dokumentegenskaper är kvar.",
    "customXml": "Inbäddade XML-data (till exempel frågor eller dokumentmallar) är kvar.",
}
_HIDDEN = ("hidden", "veryHidden")
_MOST = 3
_NOT_HERS = ("_xlnm.", *DEFINED)


def done(
    fixed: Sequence[Frozen], gone: Collection[str], kinds: Sequence[str], *, names: bool
) -> Iterator[str]:
    """What is done, a line for each."""
    count = sum(len(sheet.formulas) for sheet in fixed)
    if count:
        places = _listed([sheet.sheet for sheet in fixed])
        formulas = "1 formel" if count == 1 else f"{count} formler"
        yield f"{formulas} blir det värde som visas ({places})"
    if gone:
        sheets = "Bladet" if len(gone) == 1 else "Bladen"
        yield f"{sheets} {_listed([*gone], most=9)} följer inte med"
    if kinds:
        yield f"Tas bort: {', '.join(kinds)}"
    yield (
        "Namn i egenskaper och kommentarer behålls"
        if names
        else "Namn i egenskaper och kommentarer, och skrivarens inställningar, tas bort"
    )


def names(draft: Draft, going: Leaving) -> Iterator[str]:
    """The defined names of hers that go."""
    found = [
        node.get("name") or ""
        for node, formula in draft.workbook.every_name
        if going.meets(formula)
    ]
    hers = [name for name in found if not (is_our_name(name) or name.lower().startswith(_NOT_HERS))]
    if hers:
        yield f"Namn som leder till det som tas bort följer inte med: {_listed(hers)}."


def rules(ruled: Sequence[tuple[str, Ruled]]) -> Iterator[str]:
    """The rules and links that went, by their sheets."""
    with_rules = [f"{sheet} ({one.rules})" for sheet, one in ruled if one.rules]
    if with_rules:
        yield (
            "Villkorsformat och indataregler som använder det som tas bort följer inte med: "
            f"{_listed(with_rules)}."
        )
    with_links = [sheet for sheet, one in ruled if one.links]
    if with_links:
        yield f"Länkar till blad som tas bort är nu vanlig text på {_listed(with_links)}."


def charts(draft: Draft, going: Leaving) -> Iterator[str]:
    """The charts whose figures go: they show what they showed until somebody changes them."""
    kinds = draft.types.parts
    drawn = (part for part in draft.names if kinds.get(f"/{part}", "").endswith(".chart+xml"))
    count = sum(charts_look(draft.read(part), going) for part in drawn)
    if count:
        yield f"Diagram med siffror från det som tas bort: {count}. De visar det de visade."


def errors(fixed: Sequence[Frozen]) -> Iterator[str]:
    """The frozen formulas that show an error."""
    cells = [f"{one.sheet}!{cell}" for one in fixed for cell in one.errors]
    if cells:
        yield f"Frysta formler visar fel i {_listed(cells)}."


def parts(draft: Draft, *, names: bool) -> Iterator[str]:
    """What is still there that tells more than the sheets show."""
    sheets = draft.workbook.root.child("sheets")
    here = {sheet.name for sheet in draft.workbook.sheets}
    hidden = [
        sheet.get("name") or ""
        for sheet in (sheets.children if sheets is not None else ())
        if sheet.get("state") in _HIDDEN and sheet.get("name") in here
    ]
    if hidden:
        yield f"Dolda blad följer med: {_listed(hidden)}."
    held = dict.fromkeys(
        told
        for owner in code.owners(draft)
        for kind, told in _KINDS.items()
        if draft.relations(owner).has_kind(kind)
    )
    yield from held
    if not names and people.mentioned(draft):
        yield "Den som nämns med @ i en kommentarstråd står kvar i texten."


def _listed(words: Sequence[str], most: int = _MOST) -> str:
    shown = [*dict.fromkeys(words)]
    if len(shown) > most + 1:
        return f"{', '.join(shown[:most])} och {len(shown) - most} till"
    return " och ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
