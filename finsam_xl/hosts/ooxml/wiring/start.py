"""The sheet *Start* first in a workbook that opens on it, with names for places on it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import strings
from finsam_xl.hosts.ooxml.graft import graft, satellites
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.workbookpart import OwnName, SheetEntry
from finsam_xl.hosts.ooxml.xmlspans import tag_end, with_attribute
from finsam_xl.plan import ANSWER_NAME, free_name, owner_name
from finsam_xl.reading import finsam_sheet, run_log
from finsam_xl.reading.corrections import TABLE_NAME
from finsam_xl.report.start_macros import NOTICE_NAME
from finsam_xl.report.start_sheet import NAMES, OWNER
from finsam_xl.sheetplan import SheetPlan

_VIEW = re.compile(rb"<(?:\w+:)?sheetView\b")
_OPENS_ON: dict[str, str | None] = {"activeTab": None, "firstSheet": None}
_LATER = (finsam_sheet.OWNER, run_log.OWNER)
"""Sheets of ours that a workbook may have without being wired."""
DEFINED = frozenset((owner_name(OWNER), NOTICE_NAME, ANSWER_NAME))
"""The workbook's names for places on our sheet."""


def name(draft: Draft) -> str:
    """What our sheet is called in the workbook."""
    taken = {sheet.name.lower() for sheet in draft.workbook.sheets}
    free = next((known for known in NAMES if known.lower() not in taken), NAMES[-1])
    return free_name(free, taken)


def add(
    draft: Draft, plan: SheetPlan, names: list[OwnName], others: Sequence[SheetPlan] = ()
) -> str:
    """Put the sheet first and let the workbook open on it, others last; gives its part."""
    from finsam_xl.hosts.ooxml.render import writable

    styles = _styles(draft)
    for sheet in draft.workbook.sheets:
        if sheet.part in draft:
            _deselect(draft, sheet.part)
    grafted, _ = graft(
        draft.package,
        draft.workbook,
        draft.types,
        styles,
        [writable(one) for one in (plan, *others)],
        first=1,
    )
    for part, data in grafted.items():
        draft.put(part, data)
    draft.put(styles.part, styles.data())
    draft.workbook.set_names(names)
    views = draft.workbook.set_attributes(("bookViews", "workbookView"), _OPENS_ON)
    draft.note(draft.workbook.part, *views)
    part = draft.workbook.sheets[0].part
    data = draft.read(part)
    draft.put(part, data.replace(b"<sheetView ", b'<sheetView tabSelected="1" ', 1))
    return part


def _styles(draft: Draft) -> Styles:
    part = draft.workbook.other("styles")
    if part is None or part not in draft:
        raise WorkbookError(
            "Arbetsboken saknar cellformat, som bladet Start behöver.",
            remedy="Öppna den i Excel, spara den och kör igen.",
        )
    return Styles(part, draft.read(part))


def _deselect(draft: Draft, part: str) -> None:
    """With two sheets selected, what is typed lands on both."""
    data = draft.read(part)
    for found in _VIEW.finditer(data):
        tag = data[found.start() : tag_end(data, found.start())]
        other = with_attribute(tag, "tabSelected", None)
        if other != tag:
            draft.edit(part, tag, other)


def _uncount_texts(draft: Draft, sheet: str) -> None:
    """Count no more the texts of a sheet that a program has put among the shared ones."""
    gone = strings.uses(draft.read(sheet))
    part = draft.workbook.other("sharedStrings")
    if gone and part is not None and part in draft:
        shared = strings.SharedStrings(part, draft.read(part))
        shared.more_uses = -gone
        draft.put(part, shared.data())


def remove(draft: Draft, added: Container[str] | None, *, moves: bool) -> None:
    """Take our sheets out, wherever they stand by now and whatever they are called.

    ``added``: the parts that wiring put in, if that is known; *Finsam* and a log from before stay.
    ``moves``: the place of the active tab is counted with our sheet.
    """
    owners = draft.workbook.owners(local=False)
    gone = {*DEFINED}
    beginning = ""
    for sheet in list(draft.workbook.sheets):
        owner = owners.get(sheet.name)
        if owner == OWNER or (owner in _LATER and (added is None or sheet.part in added)):
            gone.add(owner_name(owner))
            if owner == finsam_sheet.OWNER:
                beginning = TABLE_NAME
            _take_out(draft, sheet, moves=moves)
    draft.workbook.remove_names(gone, beginning)


def drop(draft: Draft, names: Container[str]) -> None:
    """Take out report sheets of ours by their names, with the names that tell what they are."""
    owners = draft.workbook.owners(local=False)
    gone = [sheet for sheet in draft.workbook.sheets if sheet.name in names]
    for sheet in gone:
        _take_out(draft, sheet, moves=True)
    if gone:
        draft.workbook.remove_names({owner_name(owners[sheet.name]) for sheet in gone})
        for relation, part in draft.workbook.relations.targets("calcChain"):
            # It names cells of theirs; the program that opens the file makes a new one.
            draft.workbook.relations.remove(relation)
            draft.remove(part)


def _take_out(draft: Draft, sheet: SheetEntry, *, moves: bool) -> None:
    _uncount_texts(draft, sheet.part)
    for part in (*satellites(draft.package, sheet.part), sheet.part):
        draft.remove(part)
    draft.workbook.remove_sheet(sheet.name, moves=moves)
