"""What looks wrong among formulas: rings, and what they look at.

A formula is known by its own text and the blocks of cells it looks at; where it
stands in a table is no matter here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import Area
from finsam_xl.model import Finding, Ref
from finsam_xl.records import NamedTuple

_MOST_SHOWN = 6


class FormulaCell(NamedTuple):
    """A formula in a cell: its place, its own text, and the blocks it looks at."""

    sheet: str
    row: int
    column: int
    text: str
    areas: tuple[Area, ...]

    @property
    def ref(self) -> Ref:
        """The cell it stands in."""
        return Ref.at(self.sheet, self.row, self.column)


class Index:
    """Formula cells by sheet and column, to find those inside a block."""

    def __init__(self, formulas: Sequence[FormulaCell]) -> None:
        self._columns: dict[str, dict[int, list[tuple[int, int]]]] = {}
        for number, one in enumerate(formulas):
            columns = self._columns.setdefault(one.sheet.lower(), {})
            columns.setdefault(one.column, []).append((one.row, number))
        for columns in self._columns.values():
            for rows in columns.values():
                rows.sort()

    def inside(self, area: Area) -> Iterator[int]:
        """The numbers of the formulas in a block."""
        columns = self._columns.get(area.sheet.lower(), {})
        for column, rows in columns.items():
            if area.left <= column <= area.right:
                first = bisect_left(rows, (area.top, -1))
                last = bisect_left(rows, (area.bottom + 1, -1))
                yield from (number for _, number in rows[first:last])


def rings(formulas: Sequence[FormulaCell]) -> Iterator[Finding]:
    """An error per ring of formulas that need each other: Excel cannot calculate them."""
    index = Index(formulas)
    looks_at = [
        list(dict.fromkeys(n for area in one.areas for n in index.inside(area))) for one in formulas
    ]
    for ring in _rings(looks_at):
        refs = [formulas[number].ref for number in ring]
        first = refs[0]
        shown = [ref.seen_from(first) for ref in refs[:_MOST_SHOWN]]
        more = " → …" if len(refs) > _MOST_SHOWN else ""
        way = " → ".join([*shown, *([] if more else [shown[0]])]) + more
        yield tell(
            "cirkelreferens",
            first,
            "itself" if len(refs) == 1 else "ring",
            way=first.cell if len(refs) == 1 else way,
            stated=formulas[ring[0]].text,
            also=refs[1:],
        )


def _rings(looks_at: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """A way round for each group of nodes that all reach each other, the lowest node first."""
    for group in _groups(looks_at):
        start = min(group)
        if len(group) > 1 or start in looks_at[start]:
            yield _way_back(start, looks_at, group)


def _groups(looks_at: Sequence[Sequence[int]]) -> Iterator[set[int]]:
    """Nodes that reach each other, put together: Tarjan's way, without recursion."""
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    path: list[int] = []
    on_path: set[int] = set()
    for root in range(len(looks_at)):
        if root in order:
            continue
        waiting = [(root, iter(looks_at[root]))]
        order[root] = lowest[root] = len(order)
        path.append(root)
        on_path.add(root)
        while waiting:
            node, others = waiting[-1]
            following = next((n for n in others if n not in order or n in on_path), None)
            if following is None:
                waiting.pop()
                if waiting:
                    parent = waiting[-1][0]
                    lowest[parent] = min(lowest[parent], lowest[node])
                if lowest[node] == order[node]:
                    group = set()
                    while node not in group:
                        group.add(path.pop())
                    on_path -= group
                    yield group
            elif following in order:
                lowest[node] = min(lowest[node], order[following])
            else:
                order[following] = lowest[following] = len(order)
                path.append(following)
                on_path.add(following)
                waiting.append((following, iter(looks_at[following])))


def _way_back(start: int, looks_at: Sequence[Sequence[int]], among: set[int]) -> list[int]:
    """The shortest way from a node back to itself."""
    came_from: dict[int, int] = {}
    frontier = [start]
    while frontier:
        following: list[int] = []
        for node in frontier:
            for other in looks_at[node]:
                if other == start:
                    return _path(came_from, start, node)
                if other in among and other not in came_from:
                    came_from[other] = node
                    following.append(other)
        frontier = following
    return []


def _path(came_from: dict[int, int], start: int, end: int) -> list[int]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
