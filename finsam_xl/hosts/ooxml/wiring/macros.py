"""VBA, ribbon and form buttons in a workbook: a finished project, or our modules beside hers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from finsam_xl.actions.buttons import AnyButton
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.wiring import vbamerge
from finsam_xl.hosts.ooxml.wiring.buttons import FormButton
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.wiring.geometry import Measures
from finsam_xl.hosts.ooxml.wiring.vbaproject import PART, Project
from finsam_xl.hosts.ooxml.xmlspans import with_attribute
from finsam_xl.report import start_sheet

MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BOOK_CODE, START_CODE = "ThisWorkbook", "BladStart"
"""The modules of the workbook and of our sheet in the finished project."""
_KIND = "application/vnd.ms-office.vbaProject"
_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_BUTTONS, _MENU = "FinsamKnappar", "Public Sub FinsamFranMenyn(ByVal kontroll As Object)"
"""A module that is always there, and a line of it that nobody else has."""
_WIDTH, _HEIGHT, _GAP = 122, 27, 6


def finished_project() -> bytes:
    """The project for a workbook without one, compiled when the product was made."""
    return Path(__file__).with_name("vbaProject.bin").read_bytes()


def own_project(draft: Draft) -> str | None:
    """The part of the project that the workbook has."""
    found = draft.workbook.relations.targets("vbaProject")
    return next((part for _, part in found if part in draft), None)


def refuse_if_closed(draft: Draft, part: str) -> None:
    """Refuse a project that may not be added to, with the reason."""
    way = "Använd tillägget finsam.xlam, som ger knappar och funktioner utan kod i boken."
    if any("vbaProjectSignature" in name for name in draft.names):
        raise WorkbookError(
            "Arbetsbokens makron är signerade; signaturen skulle gå förlorad.", remedy=way
        )
    if Project(draft.read(part)).is_locked:
        raise WorkbookError("Arbetsbokens makron är låsta med lösenord.", remedy=way)
    if vbamerge.tool() is None:
        raise WorkbookError(
            "Arbetsboken har egna makron, och pyOpenVBA som lägger våra bredvid är inte "
            "installerat.",
            remedy='Kör python -m pip install "finsam-xl[vba]" och försök igen. Eller: '
            + way[0].lower()
            + way[1:],
        )


def add_code(draft: Draft, project: bytes, *, kind: str = MACRO_BOOK) -> None:
    """Give the workbook the project, or its modules beside those it has."""
    known = own_project(draft)
    if known is not None:
        refuse_if_closed(draft, known)
        draft.put(known, vbamerge.merged(draft.read(known), project))
        return
    part = draft.free("xl/vbaProject{}.bin") if PART in draft else PART
    draft.put(part, project, _KIND)
    draft.workbook.relations.add(_RELATION, part)
    draft.note(draft.workbook.part, *draft.workbook.set_code_name(BOOK_CODE))
    draft.types.retype(draft.workbook.part, kind)


def name_sheet(draft: Draft, sheet: str) -> None:
    """Give our sheet the name of its module in the finished project.

    A sheet of hers may be called so, in a book whose own project is gone: then it stays hers.
    """
    named = b'codeName="%s"' % START_CODE.encode()
    if any(named in draft.read(one.part) for one in draft.workbook.sheets if one.part in draft):
        return
    data = draft.read(sheet)
    at = data.index(b"<sheetPr") if b"<sheetPr" in data else -1
    if at >= 0:
        end = data.index(b">", at) + 1
        named = with_attribute(data[at:end], "codeName", START_CODE)
        draft.put(sheet, data[:at] + named + data[end:])
        return
    at = data.index(b"<dimension")
    draft.put(sheet, data[:at] + b'<sheetPr codeName="%s"/>' % START_CODE.encode() + data[at:])


def on_start(
    rows: Mapping[str, int], measures: Measures, shown: Sequence[AnyButton]
) -> list[FormButton]:
    """The buttons on our sheet, each in its row."""
    x, y, width, height = start_sheet.BUTTON_BOX
    left = measures.left(start_sheet.BUTTON - 1) + x
    return [
        FormButton(b.name, b.text, left, measures.top(rows[b.name] - 1) + y, width, height)
        for b in shown
    ]


def in_a_row(place: tuple[int, int], shown: Sequence[AnyButton]) -> list[FormButton]:
    """Buttons beside each other, from a place on the sheet."""
    return [
        FormButton(b.name, b.text, place[0] + n * (_WIDTH + _GAP), place[1], _WIDTH, _HEIGHT)
        for n, b in enumerate(shown)
    ]


def row_size(count: int) -> tuple[int, int]:
    """How wide and high so many buttons in a row are."""
    return count * (_WIDTH + _GAP) - _GAP, _HEIGHT


def has_ours(draft: Draft) -> bool:
    """Whether modules of ours are in the workbook's project."""
    part = own_project(draft)
    return part is not None and bool(ours_in(Project(draft.read(part))))


def ours_in(project: Project) -> list[str]:
    """The modules in a project that are ours, and that of our sheet; [] when it has no such.

    A module of hers may be called as one of ours: ours then has another name.
    """
    names = [
        name + vbamerge.OTHER if name + vbamerge.OTHER in project.modules else name
        for name in Project(finished_project()).modules
        if name != BOOK_CODE
    ]
    buttons = next(name for name in names if name.startswith(_BUTTONS))
    return [name for name in names if name in project.modules] * (_MENU in project.code(buttons))


def remove_code(draft: Draft) -> bool:
    """Take our modules out, the whole project where they are all there is; False if it stays."""
    part = own_project(draft)
    if part is None:
        return True
    project = Project(draft.read(part))
    ours = ours_in(project)
    if not ours:
        return False
    theirs = [
        name
        for name, kind in project.modules.items()
        if name not in ours and (kind != "Document" or _has_own_code(project, name))
    ]
    if theirs:
        if vbamerge.tool() is None:
            raise WorkbookError(
                f"Makrona i {', '.join(theirs)} är inte våra, och pyOpenVBA som skiljer dem åt är "
                "inte installerat.",
                remedy='Kör python -m pip install "finsam-xl[vba]" och försök igen.',
            )
        draft.put(part, vbamerge.without(draft.read(part), ours, events()))
        return False
    draft.workbook.relations.remove_to(part)
    draft.remove(part)
    draft.types.retype(draft.workbook.part, PLAIN_BOOK)
    return True


def _has_own_code(project: Project, module: str) -> bool:
    return bool(vbamerge.without_events(project.code(module), events()))


def events() -> frozenset[str]:
    """The lines of the workbook's module in the finished project: they call our modules."""
    lines = Project(finished_project()).code(BOOK_CODE)
    return frozenset(line.strip() for line in lines)
