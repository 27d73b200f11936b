"""Workbooks that are not wired, each with the reason and what to do instead."""

from __future__ import annotations

from finsam_xl.actions import gates
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import seals
from finsam_xl.hosts.ooxml.packageparts import Relations
from finsam_xl.hosts.ooxml.wiring import lite_parts
from finsam_xl.hosts.ooxml.wiring.draft import ROOT, Draft
from finsam_xl.hosts.ooxml.xmlspans import damaged

SUFFIXES = (".xlsx", ".xlsm")
_STRICT = "http://purl.oclc.org/ooxml/"
_SHARED = ("styles", "vbaProject", "extensibility", "webextensiontaskpanes")
"""What a package has one of, hers and ours together: where it is lost, ours would be it."""


def refuse(draft: Draft, suffix: str) -> None:
    """Raise ``WorkbookError`` for a workbook that must be left as it is."""
    if suffix.lower() not in SUFFIXES:
        raise WorkbookError(
            f"Bara .xlsx och .xlsm kan kopplas, inte {suffix or 'filer utan ändelse'}.",
            remedy="Öppna boken i Excel och spara den som .xlsx eller .xlsm.",
        )
    if any(value.startswith(_STRICT) for value in draft.workbook.root.attributes.values()):
        raise WorkbookError(
            "Arbetsboken är sparad som ”Strikt Open XML”.",
            remedy="Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx).",
        )
    gates.refuse(gates.of_seals(seals.of(draft.package, draft.workbook), in_place=False))
    if seals.is_fixed(draft.workbook):
        gates.refuse([gates.fixed()])
    for owner in (ROOT, draft.workbook.part):
        for kind in _SHARED:
            for _, part in Relations(draft.package, owner).targets(kind):
                if part not in draft:
                    raise damaged(part)


def refuse_other_code(draft: Draft) -> None:
    """Refuse Lite's parts where the workbook has its own code for Lite: there is room for one."""
    for data in lite_parts.extensions(draft).values():
        if not lite_parts.is_ours(data):
            raise WorkbookError(
                "Arbetsboken har redan egen kod för xlwings Lite; en bok har bara plats för en.",
                remedy="Koppla den för Excel (--for excel), eller en kopia utan den koden.",
            )
