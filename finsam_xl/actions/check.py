"""*Kontrollera*: everything that looks wrong in one workbook or between several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from finsam_xl.actions import budget as budgets
from finsam_xl.actions import ceilings, goals, impact_index, index_results, live, people
from finsam_xl.actions import fees as fee_tables
from finsam_xl.checks import rules
from finsam_xl.checks.agreement import note_totals, same_lines
from finsam_xl.checks.amounts import (
    odd_cells,
    one_cell,
)
from finsam_xl.checks.formulas import rules as formulas_checked
from finsam_xl.checks.material import Cells, Material, Place
from finsam_xl.checks.people import columns
from finsam_xl.checks.rings import rings
from finsam_xl.errors import FinsamError
from finsam_xl.findings import tell
from finsam_xl.model import SEVERITIES, Finding, Ref
from finsam_xl.plan import Plan, merge
from finsam_xl.reading import book as reading
from finsam_xl.reading import choices, counts, placing, reversed_signs, run_log
from finsam_xl.reading.count_kinds import NAMES
from finsam_xl.reading.fee_tables import read_all
from finsam_xl.reading.followed import followed
from finsam_xl.reading.index_matrix import as_overview, is_matrix
from finsam_xl.reading.index_tables import labelled
from finsam_xl.reading.people import is_by_headings
from finsam_xl.reading.settings import association, settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheets import formulas, unknown
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

_Where = tuple[str | None, str | None, str | None]
_WITH_MARKS = ("kontroll", "finsam")
"""The sheets of ours on which people accept findings."""


class Book(NamedTuple):
    """A workbook to check: its file's name, '' where it is alone, and its content."""

    file: str
    grid: Grid


class Checked(NamedTuple):
    """What was found, the worst first, how many figures were looked at, and in which files.

    ``accepted``: findings that a person has accepted, which stay quiet; ``materials``: what was
    looked at, of every workbook that could be read.
    """

    findings: tuple[Finding, ...]
    figures: int
    files: tuple[str, ...] = ()
    accepted: tuple[Finding, ...] = ()
    materials: tuple[Material, ...] = ()


def check(books: Sequence[Book], *, today: date) -> Checked:
    """Check workbooks by themselves and against each other."""
    materials: list[Material] = []
    findings: list[Finding] = []
    for book in books:
        try:
            material, found = read(book, today)
        except FinsamError as error:
            # Alone it is said as what stops the run; among others it stops none of them.
            if len(books) == 1:
                raise
            findings.append(unreadable(book.file, error))
            continue
        materials.append(material)
        findings += [finding._replace(file=finding.file or book.file or None) for finding in found]
        if not material.tables:
            findings.append(_nothing(book.file))
    findings += rules.check(materials)
    findings += _of_arithmetic(materials, findings)
    for book in books:
        findings = _without_ours(book, findings)
    names = tuple(book.file for book in books)
    once = _without_notes(list(_told_once(findings)))
    told, accepted = _without_accepted(books, list(_in_order(once)))
    figures = sum(map(_figures, materials))
    return Checked(tuple(told), figures, names, tuple(accepted), tuple(materials))


def _without_ours(book: Book, findings: list[Finding]) -> list[Finding]:
    """The findings without those about figures of ours: they are told once, to be made anew."""
    mine = {
        (book.file or None, Ref.at(sheet, *place))
        for sheet, places in run_log.ours(book.grid).items()
        for place in places
    }
    if not mine:
        return findings

    def is_ours(one: Finding) -> bool:
        ref = Ref(one.sheet or "", one.cell or "")
        return one.calculated is not None and (one.file, ref) in mine

    def rests_on_ours(one: Finding) -> bool:
        return one.code == one_cell.LINE and any((one.file, ref) in mine for ref in one.also)

    stale = [one for one in findings if is_ours(one)]
    # A line is not wrong since sums of ours have not followed it yet.
    left = [one for one in findings if not is_ours(one) and not rests_on_ours(one)]
    if stale:
        refs = list(dict.fromkeys(Ref(one.sheet or "", one.cell or "") for one in stale))
        told = tell("siffra-inaktuell", refs[0], also=refs[1:])
        left.append(told._replace(file=book.file or None))
    return left


def _without_accepted(
    books: Sequence[Book], findings: list[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """The findings to tell, and those that people have accepted in one of the workbooks."""
    quiet: list[Finding] = []
    for book in books:
        if any(sheet.owner in _WITH_MARKS for sheet in book.grid.sheets):
            # Most workbooks have no report of a control: its room is not loaded for them.
            from finsam_xl.actions import control

            findings, accepted = control.apply(book.grid, findings, file=book.file)
            quiet += accepted
    return findings, quiet


def unreadable(file: str, error: FinsamError) -> Finding:
    """The finding that a file could not be read, and so is not checked."""
    return tell("fil-olaslig", why=error)._replace(file=file or None)


def _nothing(file: str) -> Finding:
    return tell("inga-tabeller")._replace(file=file or None)


def read(book: Book, today: date) -> tuple[Material, list[Finding]]:
    """The records of a workbook, and what recomputing it would say."""
    grid = followed(book.grid)
    texts = tuple(formulas.read(grid))
    tables = reading.tables(grid)
    results = index_results.results(grid, tables, today)
    found = reading.budgets(tables)
    fees = read_all(grid, tables)
    read = [counts.read(grid.sheet(t.sheet), t) for t in tables if _is_read(t)]
    blocks = [
        counts.read(grid.sheet(t.sheet), as_overview(t) if is_matrix(t) else labelled(t))
        for t in tables
        if t.kind == "impact_index"
    ]
    plan = merge(
        [
            impact_index.plan(grid, tables, results),
            budgets.plan(grid, found),
            fee_tables.plan(grid, fees, today),
            people.plan(grid, reading.of_people(grid), tables),
            ceilings.plan(grid, tables, today),
            goals.plan(grid, tables, today),
            Plan(findings=tuple(f for one in (*read, *blocks) for f in one.findings)),
        ]
    )
    plain = reading.plain(grid)
    material = Material(
        book.file,
        association(grid, tables),
        tuple(_place(book.file, table) for table in tables),
        tuple(one.budget for one in found),
        tuple(budget for budget, _ in plain),
        tuple(one.fees for one in fees),
        tuple(one.counts for one in (*read, *blocks)),
        tuple(result.unit_index for result in results),
        texts,
        *_cells(grid, {one.budget.sheet for one in found}),
        {sheet.name: sheet.hidden for sheet in grid.sheets if sheet.is_read and sheet.hidden},
    )
    said = (
        *settings(grid).findings,
        *placing.findings(grid, tables),
        *choices.findings(grid, tables),
        *reversed_signs.findings(grid),
    )
    said = (*said, *(finding for _, findings in plain for finding in findings))
    found_here = (*plan.findings, *said, *rings(texts), *live.check(grid, today))
    return material, list(unknown.told_once(grid, found_here))


def _is_read(table: Table) -> bool:
    """Whether a table has the headings that rules about people and stated figures ask for."""
    return table.kind in NAMES and is_by_headings(table)


def _place(file: str, table: Table) -> Place:
    first = min(column.number for column in table.columns)
    ref = Ref.at(table.sheet, table.header_row, first)._replace(file=file)
    return Place(table.kind, table.title, str(table.period or ""), ref)


def _cells(
    grid: Grid, with_tables: Iterable[str]
) -> tuple[Mapping[str, Cells], Mapping[str, frozenset[tuple[int, int]]]]:
    """What stands in the sheets that were read or have formulas, and which cells show per cent."""
    looked_at = (
        sheet.name
        for sheet in grid.sheets
        if not sheet.owner and (sheet.is_read or not sheet.large)
    )
    shown = {name: grid.sheet(name).cells for name in {*with_tables, *looked_at}}
    return (
        {name: {at: cell.value for at, cell in cells.items()} for name, cells in shown.items()},
        {
            name: frozenset(at for at, c in cells.items() if c.percent)
            for name, cells in shown.items()
        },
    )


def _of_arithmetic(materials: Sequence[Material], findings: Sequence[Finding]) -> Iterator[Finding]:
    """What columns say of each other, where nothing that they rest on was told of already."""
    spoken = {
        (one.file, one.sheet or "", one.cell or "") for one in findings if one.severity != "info"
    }
    for one in rules.of_columns(materials):
        refs = (Ref(one.sheet or "", one.cell or ""), *one.also)
        places = {(one.file, ref.sheet, ref.cell) for ref in refs}
        if not places & spoken:
            yield one
            if one.severity != "info":
                spoken |= places


def _told_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Without what is said already: sums that differ where it is said why, or at which cell.

    A figure that differs from another place is told with its line, else with its note, and
    else as the quantity it is.
    """

    def at(*codes: str) -> set[_Where]:
        return set(_places(one for one in findings if one.code in codes))

    by_formula, lines = at(*formulas_checked.EXPLAINS), at(*same_lines.CODES)
    causes = set(_places(one for one in findings if one.code == one_cell.LINE or _is_cause(one)))
    told = {
        one_cell.TOTAL: by_formula | causes,
        "inskrivet-tal": by_formula | causes,
        columns.TOTAL: by_formula | causes | at(one_cell.TOTAL),
        note_totals.CODE: lines,
        "olika-uppgifter": lines | at(note_totals.CODE),
        odd_cells.SIGN: causes | lines,
        odd_cells.SIZE: causes | lines,
    }
    typed = {_place_of(one): one for one in findings if one.code == "inskrivet-tal"}
    for finding in findings:
        place = _place_of(finding)
        elsewhere = by_formula if _is_cause(finding) else told.get(finding.code, ())
        if place not in elsewhere:
            is_typed = _is_cause(finding) and place in typed
            yield _joined(finding, typed[place]) if is_typed else finding


def _is_cause(finding: Finding) -> bool:
    """Whether a finding is of a sum, with the sums that build on it."""
    return finding.code == one_cell.TOTAL and bool(finding.also)


def _place_of(finding: Finding) -> _Where:
    return finding.file, finding.sheet, finding.cell


def _joined(finding: Finding, typed: Finding) -> Finding:
    """A wrong sum, and that it is typed among formulas: one cause, told once."""
    return finding._replace(message=f"{finding.message} {typed.message}")


def _places(findings: Iterable[Finding]) -> Iterator[_Where]:
    """The places that findings are at or mention."""
    for finding in findings:
        yield _place_of(finding)
        yield from ((finding.file, ref.sheet, ref.cell) for ref in finding.also)


def _without_notes(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Without notes of what is a warning at the same place."""
    warned = {(f.file, f.sheet, f.cell, f.code) for f in findings if f.severity != "info"}
    for one in findings:
        if one.severity != "info" or (one.file, one.sheet, one.cell, one.code) not in warned:
            yield one


def _figures(material: Material) -> int:
    """How many figures a workbook's tables hold."""
    amounts = sum(
        amount is not None for one in material.budgets for row in one.rows for amount in row.amounts
    )
    counted = sum(len(row.figures) for one in material.counts for row in one.rows)
    paid = sum(party.stated is not None for one in material.fees for party in one.parties)
    judged = sum(len(unit.judgements) for unit in material.units)
    return amounts + counted + paid + judged


def _in_order(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, the worst first, otherwise in the order they were found."""
    unique = dict.fromkeys(findings)
    yield from sorted(unique, key=lambda finding: SEVERITIES.index(finding.severity))
