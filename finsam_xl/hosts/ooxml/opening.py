"""Which sheet a workbook opens on: a report that was just made, and hers again once it is undone.

Exactly one tab is selected, else what is typed lands on several sheets. Of her sheets only that
word is changed, from yes to no, so that it can be changed back where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import attributes, tag_end, whole_number

_VIEW = re.compile(rb"<(?:\w+:)?sheetView(?=[\s/>])")
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b")
_SELECTED = re.compile(rb"""(\stabSelected\s*=\s*["'])(1|true|0|false)["']""")
_OTHER = {b"1": b"0", b"0": b"1", b"true": b"false", b"false": b"true"}
_YES = (b"1", b"true")
_FIRST_WINDOW = b"0"
_TOLD = re.compile(r"\bflik (\d+)(\S)")


def said_anyhow(sheet: bytes) -> bytes:
    """A sheet's bytes without what they say of its tab being selected."""
    return _SELECTED.sub(b"", sheet)


def told(workbook: WorkbookPart) -> str:
    """The sheet that the workbook opens on, in a word or two, for :func:`open_again`."""
    place, manner = workbook.opens_on
    return f"flik {list(workbook.sheets_by_number)[place]}{manner}"


class Parts(Protocol):
    """The parts of a workbook that is being changed."""

    def __contains__(self, part: str) -> bool: ...

    def read(self, part: str) -> bytes:
        """A part as it is by now."""

    def put(self, part: str, data: bytes) -> None:
        """Write a part."""


class Changed:
    """A package's parts together with those that are ``changed``, which take what is put."""

    def __init__(self, package: Package, changed: dict[str, bytes]) -> None:
        self._package, self._changed = package, changed

    def __contains__(self, part: str) -> bool:
        return part in self._package or part in self._changed

    def read(self, part: str) -> bytes:
        """A part as it is by now."""
        return self._changed[part] if part in self._changed else self._package.read(part)

    def put(self, part: str, data: bytes) -> None:
        """Write a part."""
        self._changed[part] = data

    def head(self, part: str) -> bytes:
        """A sheet's bytes before its cells: of a large sheet little is read."""
        if part in self._changed:
            return self._changed[part]
        head = b""
        for chunk in self._package.chunks(part):
            head += chunk
            if _CELLS.search(head):
                break
        return head


def open_on(workbook: WorkbookPart, name: str, parts: Parts, manner: str = "") -> None:
    """Let the workbook open on a sheet, and select its tab alone.

    ``manner``: how that was said once, '' if it never was.
    """
    place = next(n for n, sheet in enumerate(workbook.sheets) if sheet.name == name)
    workbook.open_on(place, manner)
    for number, sheet in enumerate(workbook.sheets):
        if sheet.part not in parts:
            continue
        head = parts.head(sheet.part) if isinstance(parts, Changed) else parts.read(sheet.part)
        if _is_selected(head) != (number == place):
            data = parts.read(sheet.part)
            turned = _turned(data, is_new=not manner)
            if turned != data:
                parts.put(sheet.part, turned)


def open_again(before: WorkbookPart, workbook: WorkbookPart, line: str, parts: Parts) -> None:
    """Let the workbook open where it did when the line was told, if its sheet of now is gone.

    ``before``: the workbook as it was with that sheet.
    """
    left = [sheet.name for sheet in workbook.sheets]
    if before.sheets[before.opens_on[0]].name in left:
        return
    known = _TOLD.search(line)
    name = before.sheets_by_number.get(int(known.group(1)), "") if known else ""
    if known and name in left and workbook.is_shown(name):
        open_on(workbook, name, parts, known.group(2))
    else:
        open_on(workbook, next(filter(workbook.is_shown, left)), parts)


def open_without_start(
    before: WorkbookPart, workbook: WorkbookPart, old_view: bytes, parts: Parts
) -> None:
    """Let a workbook that was wired open where it does, or did if that sheet is gone.

    ``before``: the workbook as it was with our sheet first; ``old_view``: the tag that told of the
    window before it was wired. That our sheet alone was selected is taken back by then.
    """
    place, manner = before.opens_on
    name, left = before.sheets[place].name, [sheet.name for sheet in workbook.sheets]
    if name not in left:
        if not before.tells_of_tabs:
            return
        said = dict(attributes(old_view)).get("activeTab", b"").strip(b"\"'")
        name = left[min(whole_number(said.decode()), len(left) - 1)]
        manner = "=" if said else "-"
        name = name if workbook.is_shown(name) else next(filter(workbook.is_shown, left))
    open_on(workbook, name, parts, manner)


def _views(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the tags are that say how a sheet looks in the first window."""
    cells = _CELLS.search(data)
    for found in _VIEW.finditer(data, 0, cells.start() if cells else len(data)):
        end = tag_end(data, found.start())
        said = dict(attributes(data[found.start() : end]))
        if said.get("workbookViewId", _FIRST_WINDOW).strip(b"\"'") == _FIRST_WINDOW:
            yield found.end(), end


def _is_selected(data: bytes) -> bool:
    found = (_SELECTED.search(data, start, end) for start, end in _views(data))
    return any(one is not None and one.group(2) in _YES for one in found)


def _turned(data: bytes, *, is_new: bool) -> bytes:
    """The sheet with its tab selected if it was not, and else not.

    Unless it ``is_new`` that it is, a sheet that says nothing of it is left so.
    """
    for start, end in _views(data):
        said = _SELECTED.search(data, start, end)
        if said is not None:
            return data[: said.start(2)] + _OTHER[said.group(2)] + data[said.end(2) :]
        if is_new:
            return data[:start] + b' tabSelected="1"' + data[start:]
    return data
