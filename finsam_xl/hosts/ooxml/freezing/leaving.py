"""What goes when a workbook is frozen, and whether a formula looks at any of it.

>>> leaving = Leaving(("Start", "Blad1", "Finsam"), frozenset({"start", "finsam"}))
>>> leaving.meets("ROUND(FINSAM_ANDEL(A1,B1),2)"), leaving.meets("SUM(Finsam!A1,Blad1!A1)")
(True, True)
>>> leaving.meets("SUM(Blad1!A1:A9)")
False
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.formulas.functions import bare
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.hosts.ooxml.wiring import macros
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.wiring.start import DEFINED
from finsam_xl.hosts.ooxml.wiring.vbaproject import Project
from finsam_xl.hosts.ooxml.xmlspans import Node
from finsam_xl.plan import is_our_name
from finsam_xl.reading import finsam_sheet, run_log
from finsam_xl.records import NamedTuple
from finsam_xl.report import start_sheet

_OURS, _OF_ADD_INS = "FINSAM_", "_XLDUDF_"
"""What our functions begin with, and those that an add-in from Office's store brings."""
_OWNERS = frozenset((start_sheet.OWNER, finsam_sheet.OWNER, run_log.OWNER))
_RUNS = ("function", "vbProcedure", "xlm")
"""What tells of a defined name that it is a macro."""
_YES = ("1", "true")
_FUNCTION, _TYPES = "function", "$%&!#@"
"""What declares a function in VBA, and what a name of one may end in to tell its type."""
_REFERRING = frozenset((Kind.NAME, Kind.AREA))


class Leaving(NamedTuple):
    """What goes. ``order``: all sheets as they stand; the others in lower case, functions in upper.

    ``functions``: those of the workbook's own code; ``defined``: every name, also of what stays.
    """

    order: tuple[str, ...]
    sheets: AbstractSet[str]
    functions: AbstractSet[str] = frozenset()
    names: AbstractSet[str] = frozenset()
    defined: AbstractSet[str] = frozenset()

    def meets(self, formula: str) -> bool:
        """Whether a formula looks at something that goes, or may."""
        return any(self._is_of_what_goes(kind, text) for kind, text in tokens(formula))

    def _is_of_what_goes(self, kind: str, text: str) -> bool:
        if kind == Kind.CALL:
            return self._calls(bare(text))
        if kind in _REFERRING:
            return self._names(text.lower())
        if kind == Kind.PREFIX:
            return self._has(sheet_of(text).lower())
        # The address may be calculated from a text, as INDIRECT and HYPERLINK do.
        return kind == Kind.STRING and "!" in text and self._is_told_in(text.lower())

    def _calls(self, name: str) -> bool:
        is_added = _OURS in name or name.startswith(_OF_ADD_INS)
        own = name.rpartition(".")[2] in self.functions
        return is_added or own or name.lower() in self.names

    def _names(self, name: str) -> bool:
        is_ours = name.startswith(_OURS.lower()) and name not in self.defined
        return is_ours or is_our_name(name) or name in self.names

    def _is_told_in(self, text: str) -> bool:
        return any(sheet in text for sheet in self.sheets)

    def _has(self, sheet: str) -> bool:
        """Whether a sheet goes, or one of those between two."""
        if ":" not in sheet or "[" in sheet:
            return sheet in self.sheets
        order = [name.lower() for name in self.order]
        ends = [order.index(end) for end in sheet.split(":") if end in order]
        between = order[min(ends, default=0) : max(ends, default=-1) + 1]
        return any(name in self.sheets for name in between)

    def forgets(self, node: Node, formula: str) -> bool:
        """Whether a defined name goes: ours, one of a macro, or one that looks at what goes."""
        name = (node.get("name") or "").lower()
        runs = any(node.get(attribute) in _YES for attribute in _RUNS)
        return runs or is_our_name(name) or name in DEFINED or self.meets(formula)


def leaving(draft: Draft, macro_sheets: Iterable[str] = ()) -> Leaving:
    """What goes of a workbook: our own sheets, its code, and the names that lead there."""
    owners = draft.workbook.owners()
    gone = {sheet for sheet, owner in owners.items() if owner in _OWNERS} | set(macro_sheets)
    order = tuple(sheet.name for sheet in draft.workbook.sheets)
    sheets = frozenset(sheet.lower() for sheet in gone)
    every = list(draft.workbook.every_name)
    defined = frozenset((node.get("name") or "").lower() for node, _ in every)
    known = Leaving(order, sheets, frozenset(_functions(draft)), defined=defined)
    while True:
        names = {(n.get("name") or "").lower() for n, text in every if known.forgets(n, text)}
        if names <= known.names:
            return known
        known = known._replace(names=frozenset(names | known.names))


def _functions(draft: Draft) -> Iterator[str]:
    """The functions that the workbook's own code offers to its cells."""
    part = macros.own_project(draft)
    if part is None:
        return
    project = Project(draft.read(part))
    for module in project.modules:
        for line in project.code(module):
            *before, name = line.partition("(")[0].split() or [""]
            if before and before[-1].lower() == _FUNCTION:
                yield name.rstrip(_TYPES).upper()
