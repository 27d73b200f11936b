"""What checks look at: all that was read from a workbook, and how a family of rules reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from finsam_xl.checks.rings import FormulaCell
from finsam_xl.model import Finding, Ref, UnitIndex
from finsam_xl.model_budget import Budget, FeesTable
from finsam_xl.model_counts import Counts
from finsam_xl.records import NamedTuple

CellValue = float | str | bool | None
Cells = Mapping[tuple[int, int], CellValue]
"""What stands in a sheet's cells by (row, column): of a formula its stored result."""


class Place(NamedTuple):
    """A recognised table: kind, title, period and its first heading's cell."""

    kind: str
    title: str
    period: str
    ref: Ref


class Material(NamedTuple):
    """The records of one workbook.

    ``counts`` holds the tables of people, shares and stated figures, and the Impactindex
    tables as they are printed (kind "impact_index"; the unit is their title); ``units``:
    the index of every social budget; ``plain``: the tables of no known kind, for their sums.
    ``cells`` holds what stands in the sheets that were read or have formulas, ``per_cent``
    which of the cells show per cent, ``hidden`` which rows are hidden. ``file`` is '' where
    there is only one workbook; ``association`` as the titles name it, '' where they do not.
    """

    file: str = ""
    association: str = ""
    tables: tuple[Place, ...] = ()
    budgets: tuple[Budget, ...] = ()
    plain: tuple[Budget, ...] = ()
    fees: tuple[FeesTable, ...] = ()
    counts: tuple[Counts, ...] = ()
    units: tuple[UnitIndex, ...] = ()
    formulas: tuple[FormulaCell, ...] = ()
    cells: Mapping[str, Cells] = MappingProxyType({})
    per_cent: Mapping[str, frozenset[tuple[int, int]]] = MappingProxyType({})
    hidden: Mapping[str, frozenset[int]] = MappingProxyType({})

    def of(self, *kinds: str) -> list[Counts]:
        """The tables of some kinds among ``counts``."""
        return [table for table in self.counts if table.kind in kinds]

    def own(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings about this workbook, each with its file."""
        for finding in findings:
            yield finding._replace(file=finding.file or self.file or None)


Rule = Callable[[Sequence[Material]], Iterator[Finding]]
"""A family of rules: from the workbooks that are checked together to what looks wrong."""
