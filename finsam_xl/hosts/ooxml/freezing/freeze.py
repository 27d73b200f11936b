"""Freezing a workbook: a copy for others of the saved file, with nothing that runs in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import opening, strings
from finsam_xl.hosts.ooxml.book import Book
from finsam_xl.hosts.ooxml.freezing import code, left, people, rules, stamp, values
from finsam_xl.hosts.ooxml.freezing.leaving import Leaving, leaving
from finsam_xl.hosts.ooxml.wiring import journal, unwire
from finsam_xl.hosts.ooxml.wiring.draft import Draft, Rewriting
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import Patch, patched, tree, with_attribute
from finsam_xl.records import NamedTuple

SUFFIX, _FROM = ".xlsx", (".xlsx", ".xlsm")
_HIDDEN = ("hidden", "veryHidden")


class Wish(NamedTuple):
    """What is wanted. ``line``: what the properties say of the copy; ``mark``: what reports say.

    ``names``: whether the names of persons stay.
    """

    line: str
    mark: str
    names: bool


class Frozen(NamedTuple):
    """What is written, what was done in Swedish, what she should know, and the reports."""

    rewriting: Rewriting
    done: tuple[str, ...]
    notes: tuple[str, ...]
    reports: tuple[str, ...]


def frozen(book: Book, wish: Wish) -> Frozen:
    """The copy of a workbook; nothing of the workbook itself is changed."""
    _refuse_kind(book)
    package = book.package
    known = journal.read(package)
    draft = unwire.taken_back(package, known, ())
    going = leaving(draft, code.macro_sheets(draft))
    names = list(left.names(draft, going))
    before = WorkbookPart(package)
    gone = _remove_sheets(draft, going, moves=before.tells_of_tabs)
    opening.open_without_start(before, draft.workbook, unwire.old_view(known), draft)
    fixed = values.freeze(draft, book, going)
    ruled = list(_rule_out(draft, going))
    kinds = code.disarm(draft)
    unwire.remove_rest(draft, known)
    if code.has_buttons(package):
        kinds.append("knappar")
    if not wish.names:
        people.forget(draft)
    code.sweep(draft)
    _empty_texts(draft, gone)
    owners = book.owners
    reports = [sheet.name for sheet in draft.workbook.sheets if sheet.name in owners]
    stamp.in_properties(draft, wish.line, _title(book, reports))
    stamp.unlist_sheets(draft)
    stamp.on_reports(draft, book, reports, wish.mark)
    notes = (
        *left.rules(ruled),
        *left.charts(draft, going),
        *left.errors(fixed),
        *names,
        *left.parts(draft, names=wish.names),
    )
    made = _without_names(draft.rewriting(), draft, names=wish.names)
    return Frozen(
        made, tuple(left.done(fixed, gone, kinds, names=wish.names)), notes, tuple(reports)
    )


def _title(book: Book, reports: Sequence[str]) -> str:
    """What the copy is called by programs that read it aloud: the titles of its reports."""
    titles = (str(book.grid.sheet(name).cell(1, 1).value or name) for name in reports)
    return ", ".join(titles) or book.path.stem


def _refuse_kind(book: Book) -> None:
    if book.path.suffix.lower() not in _FROM:
        raise WorkbookError(
            f"Bara .xlsx och .xlsm kan frysas, inte {book.path.suffix or 'filer utan ändelse'}.",
            remedy="Öppna boken i Excel och spara den som .xlsx eller .xlsm.",
        )


def _remove_sheets(draft: Draft, going: Leaving, *, moves: bool) -> dict[str, str]:
    """Take out the sheets that go, and the names; gives their parts by their names."""
    gone = {s.name: s.part for s in draft.workbook.sheets if s.name.lower() in going.sheets}
    stays = _shown(draft) - gone.keys()
    if not stays:
        raise WorkbookError(
            "Inget synligt blad skulle bli kvar i kopian.",
            remedy="Visa minst ett av dina egna blad i Excel, spara boken och frys igen.",
        )
    for name in gone:
        draft.workbook.remove_sheet(name, moves=moves)
    draft.workbook.forget_names(going.forgets)
    return gone


def _shown(draft: Draft) -> set[str]:
    node = draft.workbook.root.child("sheets")
    children = node.children if node is not None else []
    return {s.get("name") or "" for s in children if s.get("state") not in _HIDDEN}


def _rule_out(draft: Draft, going: Leaving) -> Iterator[tuple[str, rules.Ruled]]:
    for sheet in draft.workbook.sheets:
        if sheet.part in draft:
            data = draft.read(sheet.part)
            ruled = rules.without(data, going)
            if ruled.data != data:
                draft.put(sheet.part, ruled.data)
                yield sheet.name, ruled
            for _, table in draft.relations(sheet.part).targets("table"):
                if table in draft:
                    draft.put(table, rules.table_without(draft.read(table), going))


def _empty_texts(draft: Draft, gone: dict[str, str]) -> None:
    """Empty the shared texts that only the sheets that went have shown."""
    part = draft.workbook.other("sharedStrings")
    shown = [draft.package.read(sheet) for sheet in gone.values() if sheet in draft.package]
    count = sum(map(strings.uses, shown))
    if not count or part is None or part not in draft:
        return
    shared = strings.SharedStrings(part, draft.read(part))
    shared.more_uses = -count
    kept = [strings.used(draft.read(sheet.part)) for sheet in draft.workbook.sheets if sheet.part]
    if None not in kept:
        still = frozenset().union(*(numbers for numbers in kept if numbers is not None))
        went = (strings.used(sheet) or frozenset() for sheet in shown)
        shared.emptied = frozenset().union(*went) - still
    draft.put(part, shared.data())


def _without_names(made: Rewriting, draft: Draft, *, names: bool) -> Rewriting:
    part = draft.workbook.part
    data = made.changed.get(part, draft.package.read(part))
    return (
        made if names else made._replace(changed={**made.changed, part: people.of_workbook(data)})
    )


def with_only(workbook: bytes, part: str, shown: tuple[str, ...]) -> bytes:
    """The workbook part with all sheets hidden but some, open on the first of those: to print."""
    root = tree(workbook, part, 3)
    sheets, views = root.child("sheets"), root.child("bookViews")
    children = sheets.children if sheets is not None else []
    patches = []
    for sheet in children:
        tag = workbook[sheet.start : sheet.open_end]
        state = None if sheet.get("name") in shown else "hidden"
        patches.append(Patch(sheet.start, sheet.open_end, with_attribute(tag, "state", state)))
    first = next(n for n, sheet in enumerate(children) if sheet.get("name") in shown)
    for view in views.children if views is not None else ():
        tag = with_attribute(workbook[view.start : view.open_end], "firstSheet", None)
        tag = with_attribute(tag, "activeTab", str(first))
        patches.append(Patch(view.start, view.open_end, tag))
    return patched(workbook, patches)
