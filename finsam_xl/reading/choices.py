"""Which of several alternatives a person says holds: in a cell of hers, or on the sheet *Finsam*.

Where nobody says, or two cells say different things, none holds: it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget
from finsam_xl.reading.alternatives import alternatives, chosen
from finsam_xl.reading.finsam_sheet import text
from finsam_xl.reading.settings import Name, settings
from finsam_xl.reading.settings import key as setting_key
from finsam_xl.reading.settings import typed as typed_settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.alternatives import Choice, asked, key_of

_SETTING = setting_key(Name.SCENARIO)


class Typed(NamedTuple):
    """What is typed in a cell that asks which alternative holds, and where; '' for nothing."""

    said: str
    ref: Ref


class Chosen(NamedTuple):
    """The alternative of a table that holds, '' for none.

    ``names``: all there are to choose between; ``typed``: the cells that were asked.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    typed: tuple[Typed, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether there are alternatives, and nobody says which of them holds."""
        return bool(self.names) and not self.name


def choice(grid: Grid, tables: Sequence[Table], budget: Budget, said: str = "") -> Chosen:
    """Which alternative of a table holds. ``said``: what a person says right now, before all."""
    names = alternatives(budget)
    if not names:
        return Chosen()
    own = said or settings(grid).scenario
    if own:
        return Chosen(chosen(budget, own), names)
    cells = tuple(_cells(grid, tables, budget.sheet))
    keys = {key_of(one.said, is_answer=True) for one in cells if one.said}
    name = chosen(budget, next(one.said for one in cells if one.said)) if len(keys) == 1 else ""
    return Chosen(name, names, cells)


def findings(grid: Grid, tables: Iterable[Table]) -> Iterator[Finding]:
    """What is said of cells that ask which alternative holds, and of a setting that names none."""
    found = list(tables)
    weighed = next((t.budget for t in found if t.budget and alternatives(t.budget)), None)
    if weighed is None:
        return
    own = settings(grid).scenario
    said = choice(grid, found, weighed)
    if own and not said.name:
        place = next(ref for key, _, ref in typed_settings(grid) if key == _SETTING)
        yield _unclear(Typed(own, place), said.names)
    elif not own and not said.name:
        for one in said.typed:
            yield _unclear(one, said.names, is_known=bool(chosen(weighed, one.said)))


def either(names: Sequence[str]) -> str:
    """Names to choose between, as a sentence lists them: 'a, b eller c'."""
    return " eller ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _unclear(one: Typed, names: Sequence[str], *, is_known: bool = False) -> Finding:
    words = either(names)
    if not one.said:
        return tell("scenario-oklart", one.ref, "blank", "remedy", severity="info", names=words)
    if is_known:
        return tell("scenario-oklart", one.ref, "several", "remedy", stated=one.said, names=words)
    return tell("scenario-oklart", one.ref, "unknown", "remedy", stated=one.said, names=words)


def _cells(grid: Grid, tables: Iterable[Table], sheet: str) -> Iterator[Typed]:
    """The cells that ask: those on the table's own sheet, or else on the others."""
    areas: dict[str, list[_Area]] = {}
    for table in tables:
        top, left, bottom, right = table.area
        heads = table.header_row - (table.top or table.header_row)
        areas.setdefault(table.real_sheet, []).append(_Area(top, left, bottom, right, top + heads))
    hers = [one for one in grid.sheets if not (one.owner or one.large)]
    own = [one for one in hers if one.name == sheet]
    found = [list(_asked(one, areas.get(one.name, ()))) for one in (*own, *hers)]
    yield from next(filter(None, found), [])


class _Area(NamedTuple):
    """Where a table stands, and the last row of its headings."""

    top: int
    left: int
    bottom: int
    right: int
    head: int

    def has(self, row: int, column: int, kind: Choice) -> bool:
        """Whether a label is one of the table's own: a heading, or what may be a row's name."""
        last = self.head if kind is Choice.CHOSEN else self.bottom
        return self.top <= row <= last and self.left <= column <= self.right


def _asked(sheet: SheetGrid, areas: Sequence[_Area]) -> Iterator[Typed]:
    """The cells beside labels that ask which alternative holds."""
    for row, cells in sheet.rows():
        for column, cell in cells:
            kind = asked(text(cell)) if text(cell) else None
            if kind is None or any(area.has(row, column, kind) for area in areas):
                continue
            at = _answer(sheet, row, column, kind)
            if at is not None:
                yield Typed(text(sheet.cell(*at)), Ref.at(sheet.name, *at))


def _answer(sheet: SheetGrid, row: int, column: int, kind: Choice) -> tuple[int, int] | None:
    """The cell that answers a label: to its right, or below where that is blank."""
    right, below = (row, column + 1), (row + 1, column)
    if kind is Choice.OPEN:
        # "Alternativ" may as well stand over a list of them, or before one.
        is_list = bool(key_of(text(sheet.cell(row, column + 2)), is_answer=True))
        return right if key_of(text(sheet.cell(*right)), is_answer=True) and not is_list else None
    is_below = not text(sheet.cell(*right)) and key_of(text(sheet.cell(*below)), is_answer=True)
    return below if is_below else right
