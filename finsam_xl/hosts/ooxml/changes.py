"""Which parts of a workbook's package a plan changes, and what they become."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from finsam_xl.address import a1
from finsam_xl.findings import tell
from finsam_xl.hosts.ooxml import lengths, opening
from finsam_xl.hosts.ooxml.contents import Contents
from finsam_xl.hosts.ooxml.edits import edited
from finsam_xl.hosts.ooxml.packageparts import ContentTypes
from finsam_xl.hosts.ooxml.recalculation import Place, Recalculation
from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.hosts.ooxml.strings import uses
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import Plan
from finsam_xl.records import NamedTuple
from finsam_xl.words.stamps import MADE

MADE_ON = re.compile(rb"\b%s \d{4}-\d\d-\d\d" % MADE.encode(), re.IGNORECASE)
"""What a report says of the run it is of."""


class Changes(NamedTuple):
    """The parts with new bytes, by name, the parts that go, and what is to be said of it."""

    parts: dict[str, bytes]
    removed: frozenset[str]
    findings: tuple[Finding, ...]

    def __bool__(self) -> bool:
        return bool(self.parts or self.removed)


def changes_of(
    book: Contents, plan: Plan, results: Recalculation, noted: str, *, in_place: bool
) -> Changes:
    """What saving a plan changes in the package.

    ``noted``: what the run that is undone has noted of the workbook before it; ``in_place``:
    whether the workbook itself is written.
    """
    changed = edited(book, plan, results)
    findings: tuple[Finding, ...] = ()
    removed: frozenset[str] = frozenset()
    workbook, types = WorkbookPart(book.package), ContentTypes(book.package)
    if plan.removed or plan.sheets or plan.log:
        removed = _with_sheets(book, plan, changed, workbook, types, in_place=in_place)
    if plan.sheets and not changed and not removed:
        return Changes({}, removed, ())
    _open_on(book, plan, noted, workbook, changed)
    if results.left_to_excel:
        workbook.recalculate_on_load()
        findings = (_left_to_excel(results.left_to_excel),)
    if changed:
        removed |= _stale_chain(book, plan, workbook, types)
    changed[types.part] = types.data()
    changed[workbook.relations.part] = workbook.relations.data()
    changed[workbook.part] = workbook.data()
    if book.styles.is_changed:
        changed[book.styles.part] = book.styles.data()
    if book.strings is not None:
        book.strings.more_uses = sum(
            uses(changed[part]) - uses(book.package.read(part))
            for part in book.workbook.worksheet_parts() & changed.keys()
        )
    if book.strings is not None and book.strings.is_changed:
        changed[book.strings.part] = book.strings.data()
    if plan.undoes:
        _give_back(book, noted, changed, removed)
    same = [
        part
        for part, data in changed.items()
        if part in book.package and data == book.package.read(part)
    ]
    for part in same:
        del changed[part]
    return Changes(changed, removed, findings)


def _open_on(
    book: Contents, plan: Plan, noted: str, workbook: WorkbookPart, changed: dict[str, bytes]
) -> None:
    """Let the workbook open on the first report that is made, or where it did before."""
    parts = opening.Changed(book.package, changed)
    if plan.removed:
        opening.open_again(WorkbookPart(book.package), workbook, noted, parts)
    names = {owner: name for name, owner in workbook.owners(local=False).items()}
    made = [names[sheet.owner] for sheet in plan.sheets if not sheet.is_hidden]
    shown = next(filter(workbook.is_shown, made), None)
    if shown is not None:
        opening.open_on(workbook, shown, parts)


def _give_back(
    book: Contents, noted: str, changed: dict[str, bytes], removed: Collection[str]
) -> None:
    """The lists of texts and formats as they were before a run, where nothing else needs more.

    What the run has added to them is of no use once it is taken back.
    """
    sheets = book.workbook.worksheet_parts() | {p for p in changed if "/worksheets/" in p}
    cells = [
        changed[part] if part in changed else book.package.read(part)
        for part in sorted(sheets - {*removed})
    ]
    for part in filter(book.package.__contains__, lengths.parts(book.workbook)):
        before = lengths.cut(noted, changed.get(part) or book.package.read(part), part, cells)
        if before is not None:
            changed[part] = before


def _with_sheets(
    book: Contents,
    plan: Plan,
    changed: dict[str, bytes],
    workbook: WorkbookPart,
    types: ContentTypes,
    *,
    in_place: bool,
) -> frozenset[str]:
    """The parts to take out, once those of the plan's sheets are among the ``changed``.

    Nothing is where reports would say the same as they do, but for the run they are of.
    """
    from finsam_xl.hosts.ooxml.graft import graft, take_out

    removed = take_out(book.package, workbook, types, plan.removed)
    if plan.sheets:
        from finsam_xl.hosts.ooxml.fitted import fitted

        sheets = [fitted(sheet, book.package) for sheet in plan.sheets]
        grafted, old = graft(book.package, workbook, types, book.styles, sheets)
        changed |= grafted
        removed = (removed | old) - grafted.keys()
    if in_place and not removed and all(_is_said_again(book, *one) for one in changed.items()):
        changed.clear()
    if plan.log is not None and (changed or removed or plan.is_empty):
        log, _ = graft(
            book.package,
            workbook,
            types,
            book.styles,
            [plan.log],
            made=changed.keys(),
            plain=True,
        )
        changed |= log
    return removed


def _is_said_again(book: Contents, part: str, data: bytes) -> bool:
    """Whether a part is as it was, but for the run that made it."""
    if part not in book.package:
        return False
    one, other = (
        opening.said_anyhow(MADE_ON.sub(b"", said)) for said in (data, book.package.read(part))
    )
    return one == other


def _stale_chain(
    book: Contents, plan: Plan, workbook: WorkbookPart, types: ContentTypes
) -> frozenset[str]:
    """The calculation chain, taken out if it names cells that have no formula."""
    from finsam_xl.hosts.ooxml import calcchain

    replaced = {*(sheet.owner for sheet in plan.sheets), *plan.removed}
    owners, names = book.owners, workbook.sheets_by_number

    def formulas(number: int) -> Mapping[tuple[int, int], Formula] | None:
        name = names.get(number, "")
        if name not in book.entries or owners.get(name) in replaced:
            return {}
        if book.is_large(name):
            return None if book.overview(name).has_formulas else {}
        return book.part(name).formulas

    for relation, part in workbook.relations.targets("calcChain"):
        if part not in book.package:
            continue
        if calcchain.is_stale(book.package.read(part), part, formulas):
            workbook.relations.remove(relation)
            types.remove(part)
            return frozenset({part})
    return frozenset()


def _left_to_excel(places: tuple[Place, ...]) -> Finding:
    sheet, row, column = places[0]
    ref = Ref(sheet, a1(row, column))
    return tell(
        "raknas-i-excel",
        ref,
        "formula" if len(places) == 1 else "formulas",
        count=len(places),
        place=ref,
        stated=len(places),
    )
