"""Where findings are: in which order, in which table, which are of one kind, and how it is read.

>>> listed([Ref("Plan", "B4"), Ref("Plan", "C4"), Ref("Not 2", "D9")], Ref("Plan", "A1"), 2)
'B4, C4 och 1 till'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from finsam_xl.address import box, meet
from finsam_xl.model import SEVERITIES, Finding, Ref

_Told = TypeVar("_Told")
_NOWHERE = -1
_OF_A_SHEET = re.compile(r"![A-Z]{1,3}\d+")
_ALONE = re.compile(r"(?<![A-Za-zÅÄÖåäö0-9!$])[A-Z]{1,3}\d+(?!\d)")


class Places:
    """The sheets and tables of workbooks that findings are about; ``files``: of which there are."""

    def __init__(
        self, files: Sequence[str], sheets: Iterable[Ref], tables: Iterable[Ref] = ()
    ) -> None:
        """Sheets in the order they are read; the cell of a table is its area."""
        self._has_files = len(files) > 1
        self._files = {file: number for number, file in enumerate(files)}
        self._sheets: dict[tuple[str, str], int] = {}
        for ref in sheets:
            self._sheets.setdefault(self._key(ref), len(self._sheets))
        self._tables: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
        for ref in tables:
            self._tables.setdefault(self._key(ref), []).append(box(ref.cell))
        self.names = frozenset(sheet for _, sheet in self._sheets)

    def _key(self, ref: Ref) -> tuple[str, str]:
        return (ref.file if self._has_files else "", ref.sheet)

    def of(self, finding: Finding) -> Ref:
        """Where a finding is; sheet and cell are '' where it is about the whole."""
        file = finding.file if self._has_files else ""
        return Ref(finding.sheet or "", finding.cell or "", file or "")

    def others(self, finding: Finding) -> list[Ref]:
        """The other places of a finding that its message does not name."""
        if not finding.also:
            return []
        here = self.of(finding)
        alone = set(_ALONE.findall(finding.message))
        # What ends with a cell may begin with its sheet.
        whole = [finding.message[: cell.end()] for cell in _OF_A_SHEET.finditer(finding.message)]
        files = ((ref.file or here.file) if self._has_files else "" for ref in finding.also)
        refs = [ref._replace(file=file) for ref, file in zip(finding.also, files, strict=True)]
        return [
            ref
            for ref in refs
            if ref != here
            and not (ref.sheet == here.sheet and ref.cell in alone)
            and not any(place.endswith(f"{ref.sheet}!{ref.cell}") for place in whole)
        ]

    def order(self, finding: Finding) -> tuple[int, ...]:
        """The order of a book: files, sheets and rows as they stand; the whole before its parts."""
        ref = self.of(finding)
        row, column, *_ = _area(ref.cell)
        file = self._files.get(ref.file, _NOWHERE) if self._has_files else 0
        return file, self._sheets.get(self._key(ref), _NOWHERE), row, column

    def table(self, finding: Finding) -> tuple[str, str, int]:
        """The table that a finding is in, or the rest of its sheet."""
        ref = self.of(finding)
        key = self._key(ref)
        area = _area(ref.cell)
        found = (n for n, table in enumerate(self._tables.get(key, ())) if meet(table, area))
        return (*key, next(found, _NOWHERE))


def of_one_kind(
    told: Iterable[_Told],
    places: Places,
    finding: Callable[[_Told], Finding],
    besides: Callable[[_Told], Hashable] = lambda _: None,
) -> list[list[_Told]]:
    """What is told of findings, the notes of one kind in one table together; all graver alone.

    They stand where the first of them does. ``finding``: the one that something is told of;
    ``besides``: what else must be the same.
    """
    kinds: dict[Hashable, list[_Told]] = {}
    for number, one in enumerate(told):
        said = finding(one)
        is_note = said.severity == SEVERITIES[-1]
        kind = (places.table(said), said.code, besides(one)) if is_note else number
        kinds.setdefault(kind, []).append(one)
    return [*kinds.values()]


def _area(cell: str) -> tuple[int, int, int, int]:
    try:
        return box(cell)
    except ValueError:
        return (_NOWHERE,) * 4


def named(ref: Ref) -> str:
    """A place in a file as it is called: sheet and cell, or what it is the whole of."""
    if ref.cell:
        return f"{ref.sheet}!{ref.cell}"
    return ref.sheet or ref.file or "Hela arbetsboken"


def listed(refs: Sequence[Ref], here: Ref, most: int) -> str:
    """Places in a row as they are seen from another, each sheet told once."""
    sheets = list(dict.fromkeys((ref.file, ref.sheet) for ref in (here, *refs)))
    told: list[str] = []
    for ref in sorted(refs, key=lambda ref: sheets.index((ref.file, ref.sheet)))[:most]:
        told.append(ref.seen_from(here))
        here = ref
    left = len(refs) - len(told)
    return ", ".join(told) + (f" och {left} till" if left else "")
