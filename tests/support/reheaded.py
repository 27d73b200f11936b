"""A workbook with other headings, or with its columns in another order, and all else as it was.

The package is changed cell by cell: formulas keep their stored results.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from finsam_xl.address import column_number, letters

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ROW = re.compile(r'(<row [^>]*?r="(\d+)"[^>]*>)(.*?)(</row>)', re.DOTALL)
_FORMULA = re.compile(r"(?<=>)[^<]*(?=</f>)")
_AREA = re.compile(r"(?:('[^']+'|\w+)!)?(?<![A-Z$])[A-Z]{1,2}\d+(?!\d|\()(?::[A-Z]{1,2}\d+)?")
_PLACE = re.compile(r"(?<![A-Za-z'])([A-Z]{1,2})(\d+)(?!\w|'|!|\()")
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_STRING = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)

Rename = Callable[[str, int, int, str], str]
"""From a sheet, row, column and text to the text that is to stand there."""
Moves = Callable[[str, int], Mapping[int, int]]
"""From a sheet and row to where each of its columns is to stand."""


def renamed(source: Path, target: Path, rename: Rename) -> Path:
    """A copy whose texts are renamed, those that are the same as before untouched."""
    with zipfile.ZipFile(source) as book:
        shared = list(_shared(book))

    def changed(sheet: str, cell: re.Match[str]) -> str:
        column, row, attributes, inner = cell.groups()
        if 't="s"' not in attributes or inner is None:
            return cell.group()
        text = shared[int(re.sub(r"\D", "", inner))]
        new = rename(sheet, int(row), column_number(column), text)
        if new == text:
            return cell.group()
        kept = attributes.replace('t="s"', 't="inlineStr"')
        return f'<c r="{column}{row}"{kept}><is><t>{html.escape(new, quote=False)}</t></is></c>'

    def edit(sheet: str, data: str) -> str:
        return _CELL.sub(lambda cell: changed(sheet, cell), data)

    return _copied(source, target, edit)


def moved(source: Path, target: Path, moves: Moves) -> Path:
    """A copy whose columns stand elsewhere in some rows, and the formulas of their sheets follow."""

    def row(sheet: str, match: re.Match[str]) -> str:
        head, number, cells, end = match.groups()
        to = moves(sheet, int(number))
        if not to:
            return match.group()
        found = [(column_number(cell[1]), cell) for cell in _CELL.finditer(cells)]
        placed = sorted(((to.get(c, c), cell) for c, cell in found), key=lambda one: one[0])
        return head + "".join(_at(column, cell) for column, cell in placed) + end

    def formula(sheet: str, match: re.Match[str]) -> str:
        return _AREA.sub(lambda area: _moved_area(moves, sheet, area), match.group())

    def edit(sheet: str, data: str) -> str:
        data = _ROW.sub(lambda match: row(sheet, match), data)
        return _FORMULA.sub(lambda match: formula(sheet, match), data)

    return _copied(source, target, edit)


def _moved_area(moves: Moves, sheet: str, area: re.Match[str]) -> str:
    name = (area[1] or sheet).strip("'")
    prefix = f"{area[1]}!" if area[1] else ""
    places = area.group().removeprefix(prefix)
    return prefix + _PLACE.sub(lambda place: _moved_place(moves, name, place), places)


def _moved_place(moves: Moves, sheet: str, place: re.Match[str]) -> str:
    column = column_number(place[1])
    return f"{letters(moves(sheet, int(place[2])).get(column, column))}{place[2]}"


def _at(column: int, cell: re.Match[str]) -> str:
    return cell.group().replace(f'r="{cell[1]}{cell[2]}"', f'r="{letters(column)}{cell[2]}"', 1)


def _copied(source: Path, target: Path, edit: Callable[[str, str], str]) -> Path:
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w") as copy:
        sheets = dict(_sheets(book))
        for name in book.namelist():
            data = book.read(name)
            if name in sheets:
                data = edit(sheets[name], data.decode()).encode()
            copy.writestr(name, data)
    return target


def _shared(book: zipfile.ZipFile) -> Iterator[str]:
    for match in _STRING.finditer(book.read("xl/sharedStrings.xml").decode()):
        yield html.unescape("".join(_TEXT.findall(match.group(1) or "")))


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The parts of the sheets, with their names."""
    relations = book.read("xl/_rels/workbook.xml.rels").decode()
    targets = {}
    for relation in re.findall(r"<Relationship [^>]*>", relations):
        found = dict(re.findall(r'(Id|Target)="([^"]*)"', relation))
        targets[found["Id"]] = found["Target"].removeprefix("/xl/")
    for sheet in re.findall(r"<sheet [^>]*>", book.read("xl/workbook.xml").decode()):
        found = dict(re.findall(r'(name|r:id)="([^"]*)"', sheet))
        yield f"xl/{targets[found['r:id']]}", html.unescape(found["name"])
