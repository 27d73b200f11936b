"""Which tables and names belong together: by association, period and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from finsam_xl.checks.material import Material
from finsam_xl.labels import normalise, split_number
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact
from finsam_xl.periods import Period

_SHARE = re.compile(r"\b(?:andel|andelen|procent)\b|%")
_GENERIC = frozenset({
    "samordningsteamet", "samordningsteam", "teamet", "team", "plattformen", "plattform",
    "samverkansplattform", "samverkansplattformen", "verksamheten", "i", "för", "kommun",
})  # fmt: skip
"""Words of a unit's name that tell what it is and not which."""
_NAME = re.compile(
    r"(?i:samordningsförbund(?:et)?)\s+([A-ZÅÄÖ][\wåäöÅÄÖ-]*(?: [A-ZÅÄÖ][\wåäöÅÄÖ-]*)*)"
)


def together(materials: Sequence[Material]) -> list[list[Material]]:
    """The workbooks by association: those of another are never held against each other.

    A workbook that names none belongs to the only association there is, if there is one.
    """
    names = [_associations(material) for material in materials]
    groups: list[tuple[set[str], list[Material]]] = []
    for material, own in zip(materials, names, strict=True):
        if own:
            joined = [group for group in groups if group[0] & own]
            groups = [group for group in groups if not group[0] & own]
            groups.append(
                (own.union(*(g[0] for g in joined)), [*(m for g in joined for m in g[1]), material])
            )
    rest = [material for material, own in zip(materials, names, strict=True) if not own]
    if len(groups) == 1:
        return [[*groups[0][1], *rest]]
    return [*(group for _, group in groups), *([one] for one in rest)]


def _associations(material: Material) -> set[str]:
    titles = [title for table in material.counts for title in table.titles]
    titles += [budget.title for budget in material.budgets]
    titles += [unit.unit for unit in material.units]
    found = (_NAME.search(title) for title in titles)
    return {match.group(1).lower() for match in found if match}


def placed(materials: Iterable[Material], *kinds: str) -> list[Counts]:
    """The tables of some kinds, with places that name their file and shares known as such."""
    return [
        _with_file(_with_shares(table), material.file) if material.file else _with_shares(table)
        for material in materials
        for table in material.of(*kinds)
    ]


def _with_shares(table: Counts) -> Counts:
    """Figures under a heading that says share or per cent are shares, however they are typed."""
    shares = {field for field, text in table.headings.items() if _SHARE.search(normalise(text))}
    if not shares or not any(shares & row.figures.keys() for row in table.rows):
        return table
    rows = [
        row._replace(
            figures={
                field: _as_share(figure) if field in shares else figure
                for field, figure in row.figures.items()
            }
        )
        for row in table.rows
    ]
    return table._replace(rows=rows)


def _as_share(figure: Figure) -> Figure:
    if figure.unit or figure.value == 1:
        return figure
    if 0 < figure.value < 1:
        value = exact(100 * figure.value)
        return figure._replace(value=value, decimals=max(0, figure.decimals - 2), unit="%")
    return figure._replace(unit="%")


def _with_file(table: Counts, file: str) -> Counts:
    rows = [
        row._replace(
            ref=row.ref._replace(file=file),
            about=row.about and row.about._replace(ref=row.about.ref._replace(file=file)),
            figures={
                field: figure._replace(ref=figure.ref._replace(file=file))
                for field, figure in row.figures.items()
            },
        )
        for row in table.rows
    ]
    return table._replace(rows=rows)


def same_period(one: Period | None, other: Period | None) -> bool:
    """Whether two tables may speak of the same time: unless both say otherwise."""
    return one is None or other is None or one == other


def lines(table: Counts) -> list[CountRow]:
    """The rows of units or parties: neither totals nor "varav" lines."""
    return [row for row in table.rows if row.role == "line" and row.label]


def distinct(names: Iterable[str]) -> tuple[frozenset[str], ...]:
    """What tells each name from the others: its words without those that several share."""
    return _distinct(tuple(names))


@lru_cache(maxsize=64)
def _distinct(names: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    words = [frozenset(split_number(name)[1].split()) for name in names]
    words = [one - _GENERIC or one for one in words]
    seen: dict[str, int] = {}
    for one in words:
        for word in one:
            seen[word] = seen.get(word, 0) + 1
    return tuple(frozenset(word for word in one if seen[word] == 1) or one for one in words)


def find_unit(text: str, names: Sequence[frozenset[str]]) -> int | None:
    """Which of the names (as :func:`distinct` gives them) a text speaks of, if it is one."""
    words = set(normalise(text).split())
    hits = [index for index, name in enumerate(names) if name and name <= words]
    return hits[0] if len(hits) == 1 else None


def listed(parts: Sequence[str]) -> str:
    """Parts as one reads them out: a, b och c."""
    *most, last = parts or ("",)
    return f"{', '.join(most)} och {last}" if most else last


def count_of(row: CountRow, field: str) -> Known | None:
    """A row's number in a field; ``None`` where it is blank or a share."""
    figure = row.figures.get(field)
    return None if figure is None or figure.is_percent else figure.value
