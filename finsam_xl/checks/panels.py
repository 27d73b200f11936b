"""Tables of figures as they stand on a sheet, whatever they are about: headings, rows and columns.

Rules of arithmetic between columns ask for no kind of table. A panel begins below a row of
headings and ends at an empty row or at the next headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from finsam_xl.checks.material import Cells, Material
from finsam_xl.model import Ref
from finsam_xl.periods import is_year
from finsam_xl.words.measures import is_index
from finsam_xl.words.scenarios import says_share
from finsam_xl.words.totals import is_everyone, is_sum

Place = tuple[int, int]
_MOST_CELLS = 20_000
_FEWEST_HEADINGS = 2
_MOST_COLUMNS = 60
_SAME = 1e-6


class Held:
    """A column with figures: by row what it shows, which of them are typed, and its heading.

    ``whole``: what 100 % is in a column of shares, 0 in any other.
    """

    def __init__(
        self,
        number: int,
        heading: str,
        amounts: Mapping[int, float],
        typed: frozenset[int],
        whole: int = 0,
    ) -> None:
        self.number, self.heading, self.amounts = number, heading, amounts
        self.typed, self.whole = typed, whole

    @property
    def unit(self) -> str:
        """What is written behind its figures: nothing where they are an index."""
        return "" if is_index(self.heading) else "%"

    @cached_property
    def step(self) -> float:
        """How finely the typed figures are written."""
        unit = self.whole / 100 if self.whole else 1.0
        steps = (decimals_step(self.amounts[row] / unit) for row in self.typed)
        return unit * min(steps, default=1.0)

    @cached_property
    def halves(self) -> Mapping[int, float]:
        """How far each exact figure may be from the one shown."""
        return {
            row: (self.step if row in self.typed else decimals_step(value)) / 2
            for row, value in self.amounts.items()
        }


def decimals_step(value: float) -> float:
    """How finely a figure is written: 0.01 for one with two decimals, at most six."""
    return float(10 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2]))


class Panel:
    """A table of one sheet."""

    def __init__(self, sheet: str, heading: int, rows: Sequence[int], cells: Cells) -> None:
        self.sheet, self.heading, self.rows, self.cells = sheet, heading, tuple(rows), cells
        self.columns: Sequence[Held] = ()

    def ref(self, row: int, column: Held | int) -> Ref:
        """A cell as findings name it."""
        return Ref.at(self.sheet, row, column if isinstance(column, int) else column.number)

    def called(self, row: int, column: Held | int) -> str:
        """A row as findings name it: by its label, or by its cell in a column if it has none."""
        label = self.labels[row]
        return f"”{label}”" if label else self.ref(row, column).cell

    def held(self, row: int, column: Held) -> object:
        """What a cell holds."""
        return self.cells.get((row, column.number))

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """The first text of each row, before its figures."""
        first = min((column.number for column in self.columns), default=1)
        texts: dict[int, str] = {}
        for row in self.rows:
            found = [self.cells.get((row, column)) for column in range(1, first + 1)]
            said = [one for one in found if isinstance(one, str) and one.strip()]
            texts[row] = max(said, key=len).strip() if said else ""
        return texts

    @cached_property
    def totals(self) -> frozenset[int]:
        """The rows that are the whole of those above, by their names or by their figures."""
        named = {row for row, label in self.labels.items() if is_sum(label) or is_everyone(label)}
        last = self.rows[-1]
        return frozenset(named | ({last} if self._adds_up(last) else set()))

    @cached_property
    def in_order(self) -> Sequence[int]:
        """The totals from the top."""
        return sorted(self.totals)

    def _adds_up(self, last: int) -> bool:
        """Whether most columns of counts or amounts have the sum of the others in a row."""
        told = {True: 0, False: 0}
        for one in self.columns:
            above = [value for row, value in one.amounts.items() if row < last]
            if one.whole or last not in one.amounts or len(above) < _FEWEST_HEADINGS:
                continue
            holds = abs(sum(above) - one.amounts[last]) < _SAME
            told[holds] += 1 + (holds and last not in one.typed)
        return told[True] >= _FEWEST_HEADINGS and told[True] > told[False]


class Turned(Panel):
    """A table with its rows for columns."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel.sheet, 0, [column.number for column in panel.columns], panel.cells)
        self.columns = [
            Held(
                row,
                label,
                {one.number: one.amounts[row] for one in panel.columns if row in one.amounts},
                frozenset(one.number for one in panel.columns if row in one.typed),
                min((one.whole for one in panel.columns if row in one.amounts), default=0),
            )
            for row, label in panel.labels.items()
        ]
        self.columns = [one for one in self.columns if one.amounts]
        self._labels = {column.number: column.heading for column in panel.columns}

    def ref(self, row: int, column: Held | int) -> Ref:
        """A cell as findings name it."""
        return super().ref(column if isinstance(column, int) else column.number, row)

    def held(self, row: int, column: Held) -> object:
        """What a cell holds."""
        return self.cells.get((column.number, row))

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """The headings of the table."""
        return self._labels


def panels(material: Material) -> Iterator[Panel]:
    """Every table of every sheet that is not too large to be a table people made."""
    formulas: dict[str, set[Place]] = {}
    for one in material.formulas:
        formulas.setdefault(one.sheet, set()).add((one.row, one.column))
    for name, cells in material.cells.items():
        if len(cells) <= _MOST_CELLS:
            sheet = _Sheet(name, cells, formulas.get(name, set()), material.per_cent.get(name, ()))
            yield from sheet.panels()


class _Sheet:
    """The cells of a sheet, row by row."""

    def __init__(
        self, name: str, cells: Cells, formulas: set[Place], per_cent: Iterable[Place]
    ) -> None:
        self.name, self.cells, self.formulas = name, cells, formulas
        self.per_cent = frozenset(per_cent)
        self.rows: dict[int, list[int]] = {}
        for row, column in sorted(cells):
            if cells[row, column] is not None:
                self.rows.setdefault(row, []).append(column)

    def panels(self) -> Iterator[Panel]:
        heading, rows = 0, list[int]()
        before = 0
        for row in self.rows:
            is_heading = self._is_heading(row)
            ends = row > before + 1 or is_heading
            if ends and rows:
                yield from self._panel(heading, rows)
            if ends:
                heading, rows = 0, []
            if is_heading:
                heading = row
            elif heading:
                rows.append(row)
            before = row
        if rows:
            yield from self._panel(heading, rows)

    def _is_heading(self, row: int) -> bool:
        """Whether a row has several texts or years, and no other figures."""
        values = [self.cells[row, column] for column in self.rows[row]]
        if len(values) < _FEWEST_HEADINGS or isinstance(values[-1], float):
            return False
        texts = sum(isinstance(value, str) for value in values)
        years = sum(isinstance(value, int | float) and is_year(value) for value in values)
        return (
            texts + years == len(values)
            and texts > 0
            and not any((row, column) in self.formulas for column in self.rows[row][1:])
            and self._is_above_figures(row)
        )

    def _is_above_figures(self, row: int) -> bool:
        """Whether what stands below the texts are figures: no row of a table of words."""
        below = [self.cells.get((row + 1, column)) for column in self.rows[row]]
        later = [self.cells.get((row + 2, column)) for column in self.rows[row]]
        return any(
            isinstance(value, int | float) and not isinstance(value, bool)
            for value in below + later
        )

    def _panel(self, heading: int, rows: Sequence[int]) -> Iterator[Panel]:
        panel = Panel(self.name, heading, rows, self.cells)
        numbers = sorted({column for row in rows for column in self.rows[row]})
        if len(numbers) <= _MOST_COLUMNS:
            columns = (self._held(heading, rows, number) for number in numbers)
            panel.columns = [column for column in columns if column.amounts]
            if panel.columns:
                yield panel

    def _held(self, heading: int, rows: Sequence[int], number: int) -> Held:
        amounts = {
            row: float(value)
            for row in rows
            if isinstance(value := self.cells.get((row, number)), int | float)
            and not isinstance(value, bool)
        }
        typed = frozenset(row for row in amounts if (row, number) not in self.formulas)
        text = self.cells.get((heading, number))
        said = str(text).strip() if text is not None else ""
        return Held(number, said, amounts, typed, self._whole(said, number, amounts))

    def _whole(self, heading: str, number: int, amounts: Mapping[int, float]) -> int:
        shown = sum((row, number) in self.per_cent for row in amounts)
        if 2 * shown > len(amounts):
            return 1
        if amounts and min(amounts.values()) >= 0:
            most = max(amounts.values())
            if says_share(heading):
                return 1 if most <= 1 else 100 * (most <= 100)
            return 100 * (is_index(heading) and 1 < most <= 100)
        return 0
