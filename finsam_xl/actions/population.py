"""Fetching a key or helårsekvivalenter from a saved table of Statistics Sweden (SCB).

The key is how many people of the ages of its heading each municipality has, of the year that the
heading or the table names. Which year is meant is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from finsam_xl.actions import closed
from finsam_xl.actions.fetch_questions import YEAR, Question, UndecidedError
from finsam_xl.actions.fetched_results import with_results
from finsam_xl.errors import InputError
from finsam_xl.filling.cells import as_number
from finsam_xl.findings import tell
from finsam_xl.labels import capital
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import equivalents, run_log
from finsam_xl.reading.fee_tables import ReadFees, read_all
from finsam_xl.reading.figures import figure
from finsam_xl.reading.followed import followed
from finsam_xl.records import NamedTuple
from finsam_xl.scb.cube import Cube
from finsam_xl.scb.places import People, all_places, people, totals
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Column, Table
from finsam_xl.words.ages import Ages, ages
from finsam_xl.words.count_columns import CountTitle, is_titled
from finsam_xl.words.fee_columns import counts_people
from finsam_xl.words.parties import place_name
from finsam_xl.words.totals import is_everyone, is_sum

TYPED = "befolkning-skriven"
FETCHED = "befolkning-hamtad"
"""The code of what a person sees first: from where the figures are."""
ACTION = "Hämta befolkning"
_WORKING_AGE = Ages(16, 64)
"""The ages of the key where its heading names none: as the associations' agreements have it."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_YEAR = 0
_FEWEST_PLACES = 2


class Asked(NamedTuple):
    """How it is fetched: of which year ('' where the table tells), what is accepted, and when."""

    today: date
    run: str
    year: str = ""
    accept: tuple[str, ...] = ()


class _Target(NamedTuple):
    """A column to fill: where its heading is, its rows with their names, and its ages.

    ``ages``: ``None`` for helårsekvivalenter; ``near``: the table, whose results follow.
    """

    heading: Ref
    at: tuple[int, int]
    header: str
    rows: tuple[tuple[int, str], ...]
    ages: Ages | None
    near: tuple[str, tuple[int, int, int, int]]

    @property
    def year(self) -> int:
        """The year its heading is of, 0 for none."""
        found = sorted(set(_YEAR.findall(self.header)))
        return int(found[0]) if len(found) == 1 else _NO_YEAR


def fetch(grid: Grid, cube: Cube, asked: Asked) -> Plan:
    """The plan that fills the keys, or the helårsekvivalenter, from a table of SCB.

    Raises ``InputError`` where the table is of something else, or does not tell of which year.
    """
    read = followed(grid)
    tables = reading.tables(read)
    is_equivalents = is_titled(cube.title, CountTitle.EQUIVALENTS)
    found = list(_equivalents(tables) if is_equivalents else _keys(read, tables))
    if not found and not is_equivalents:
        found = list(_headed(read, cube))
    if not found:
        what = "helårsekvivalenter" if is_equivalents else "befolkning som nyckel"
        raise InputError(
            f"Arbetsboken har ingen tabell med {what} att fylla i.",
            remedy="Skriv kommunerna på rader och en rubrik som säger vad kolumnen är, till "
            "exempel ”Invånare 16–64 år 2024”. finsam-xl tabeller visar hur tabellen lästes.",
        )
    edits: list[CellEdit] = []
    said: list[Finding] = []
    for target in found:
        held = totals(cube) if target.ages is None else people(cube, target.ages)
        year = _year(target, held, asked, cube)
        for edit, finding in _column(read, target, held, year, cube, asked):
            edits += [edit] if edit is not None else []
            said += [finding] if finding is not None else []
        said.append(_told(target, year, cube))
    plan = Plan(tuple(edits), tuple(said), run=asked.run)
    plan = closed.kept(read, tables, plan)
    near = [target.near for target in found]
    return with_results(grid, plan, near, (), today=asked.today, run=asked.run)


def _keys(grid: Grid, tables: Sequence[Table]) -> Iterator[_Target]:
    """The columns of keys that count people, each once."""
    seen: set[tuple[str, int, int]] = set()
    for one in read_all(grid, tables):
        column = _column_of(one)
        if column is None or (one.table.sheet, one.table.header_row, column.number) in seen:
            continue
        seen.add((one.table.sheet, one.table.header_row, column.number))
        rows = tuple(
            (row, party.name)
            for row, party in zip(one.party_rows, one.fees.parties, strict=True)
            if party.is_municipal
        )
        yield _target(one.table, column, rows, ages(column.header) or _WORKING_AGE)


def _target(
    table: Table, column: Column, rows: tuple[tuple[int, str], ...], of: Ages | None, year: str = ""
) -> _Target:
    at = table.header_row, column.number
    header = f"{column.header} {year}".strip()
    return _Target(Ref.at(table.sheet, *at), at, header, rows, of, (table.real_sheet, table.area))


def _headed(grid: Grid, cube: Cube) -> Iterator[_Target]:
    """Columns whose heading counts people of some ages, beside names of the table's places.

    A table that is blank as yet is known by nothing else.
    """
    places = {place_name(place.name) for place in all_places(cube)}
    for sheet in grid.sheets:
        if sheet.owner or not sheet.is_read:
            continue
        for (row, column), cell in sorted(sheet.cells.items()):
            text = cell.value if isinstance(cell.value, str) else ""
            if not text or not counts_people(text) or ages(text) is None:
                continue
            rows = tuple(_named(sheet, row, column))
            if sum(place_name(name) in places for _, name in rows) >= _FEWEST_PLACES:
                area = (row, 1, rows[-1][0], max(c for _, c in sheet.cells))
                yield _Target(
                    Ref.at(sheet.name, row, column), (row, column), text, rows, ages(text),
                    (sheet.name, area),
                )  # fmt: skip


def _named(sheet: SheetGrid, top: int, column: int) -> Iterator[tuple[int, str]]:
    """The rows right below a heading with their names, but sums."""
    row = top + 1
    while True:
        texts = [sheet.cell(row, n).value for n in range(1, column)]
        labels = [text for text in texts if isinstance(text, str) and text.strip()]
        if not labels:
            return
        if not (is_sum(labels[0]) or is_everyone(labels[0])):
            yield row, labels[0]
        row += 1


def _column_of(one: ReadFees) -> Column | None:
    """The key's column, if its heading says that it counts people."""
    found = [c for c in one.table.columns if c.number == one.columns.key]
    return found[0] if found and counts_people(found[0].header) else None


def _equivalents(tables: Sequence[Table]) -> Iterator[_Target]:
    for table in tables:
        if table.kind != equivalents.KIND:
            continue
        rows = tuple((row.row, row.label) for row in table.rows if row.role == "line")
        for column in table.columns:
            if column.field == "equivalents":
                period = column.period or table.period
                yield _target(table, column, rows, None, str(period.year) if period else "")


def _year(target: _Target, held: People, asked: Asked, cube: Cube) -> int:
    """The year a column is filled with: as its heading says, as asked, or the table's only."""
    if asked.year and target.year not in held.by_year:
        wanted = int(asked.year) if asked.year.isdigit() else _NO_YEAR
    else:
        wanted = target.year or (held.years[0] if len(held.years) == 1 else _NO_YEAR)
    if wanted in held.by_year:
        return wanted
    years = ", ".join(map(str, held.years))
    if not years:
        raise InputError(
            "Tabellen har inga hela år.",
            where=cube.name,
            remedy="Spara tabellen från SCB med de år som ska hämtas.",
        )
    heading = " ".join(target.header.split())
    question = Question(
        YEAR,
        f"Tabellen har {years}. Vilket år ska hämtas till ”{heading}”?",
        tuple(map(str, held.years)),
        str(max(held.years)),
    )
    if not wanted:
        raise UndecidedError(
            f"Tabellen har {years}, och rubriken ”{heading}” säger inte vilket år.",
            question,
            where=cube.name,
            remedy="Välj med --ar, till exempel --ar 2024, eller skriv året i rubriken.",
        )
    raise UndecidedError(
        f"Tabellen har inte år {wanted}, utan {years}.",
        question,
        where=cube.name,
        remedy="Spara rätt år från SCB, eller välj ett av dem med --ar.",
    )


def _column(
    grid: Grid, target: _Target, held: People, year: int, cube: Cube, asked: Asked
) -> Iterator[tuple[CellEdit | None, Finding | None]]:
    """What each row gets, or why it gets nothing."""
    sheet, column = grid.sheet(target.heading.sheet), target.at[1]
    ours = {
        place
        for standing in (run_log.ours(grid), run_log.fetched(grid))
        for place in standing.get(target.near[0], ())
    }
    for row, name in target.rows:
        ref, cell = Ref.at(target.heading.sheet, row, column), sheet.cell(row, column)
        try:
            found = held.of(year, name)
        except LookupError:
            yield None, tell("befolkning-saknas", ref, "several", name=name, file=cube.name)
            continue
        if found is None:
            yield None, tell("befolkning-saknas", ref, "none", name=name, file=cube.name)
            continue
        place, number = found
        stands = figure(cell)
        is_open = cell.value in (None, "") or (row, column) in ours or TYPED in asked.accept
        if cell.formula is not None or (not is_open and stands != number):
            if stands != number:
                yield None, tell(TYPED, ref, name=name, year=year, stated=stands, calculated=number)
        elif stands != number:
            code = f" ({place.code})" if place.code else ""
            why = f"SCB ({cube.name}): {place.name}{code}, {_what(target)} {year}"
            yield CellEdit.typed(ref, cell, as_number(number), why)._replace(source=cube.name), None


def _what(target: _Target) -> str:
    if target.ages is None:
        return "helårsekvivalenter"
    return f"folkmängd {target.ages.first}–{target.ages.last} år"


def _told(target: _Target, year: int, cube: Cube) -> Finding:
    """From where the figures are, and of what."""
    what = _what(target)
    return tell(
        FETCHED, target.heading,
        what=capital(what), year=year,
        source=f"{cube.name} ({cube.title})" if cube.title else cube.name,
    )  # fmt: skip
