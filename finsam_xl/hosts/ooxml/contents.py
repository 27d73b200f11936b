"""What a workbook file holds as it is stored: its sheets, read as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Self

from finsam_xl.address import meet
from finsam_xl.formulas.tables import Table, with_addresses
from finsam_xl.hosts.ooxml import bigsheet
from finsam_xl.hosts.ooxml.exceltables import excel_tables, own_texts
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.sheetpart import Formula, SheetPart
from finsam_xl.hosts.ooxml.strings import SharedStrings
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.workbookpart import SheetEntry, WorkbookPart
from finsam_xl.sheets.grid import BLANK, Cells, Value

Progress = Callable[[str], None]
Position = tuple[int, int]
_APP = "docProps/app.xml"
_DAYS_TO_1904 = 1462
"""How many days the first day of 1904 is after the day others count from."""
_NO_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<cellXfs/></styleSheet>"
)


class Contents:
    """The parts of a workbook file while it is open. ``progress`` is told which sheet is read."""

    def __init__(self, path: Path, progress: Progress = lambda _: None) -> None:
        self.path = path
        self.progress = progress
        self._parts: dict[str, SheetPart] = {}
        self._unread: dict[str, bytes] = {}
        """Parts of sheets that are unpacked and not read yet."""
        self._overviews: dict[str, bigsheet.Overview] = {}
        with ExitStack() as opened:
            self.package = opened.enter_context(Package(path))
            self.workbook = WorkbookPart(self.package)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def strings(self) -> SharedStrings | None:
        """The texts that cells share, if the workbook has any."""
        part = self.workbook.other("sharedStrings")
        if part is None or part not in self.package:
            return None
        return SharedStrings(part, self.package.read(part))

    @cached_property
    def styles(self) -> Styles:
        """The formats of cells."""
        part = self.workbook.other("styles")
        if part is None or part not in self.package:
            return Styles("xl/styles.xml", _NO_STYLES)
        return Styles(part, self.package.read(part))

    @cached_property
    def entries(self) -> dict[str, SheetEntry]:
        """The sheets that have cells, by name."""
        cells = self.workbook.worksheet_parts()
        return {entry.name: entry for entry in self.workbook.sheets if entry.part in cells}

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, in their order."""
        return [entry.name for entry in self.workbook.sheets]

    @property
    def owners(self) -> dict[str, str]:
        """The sheets that are reports of ours, and which."""
        return self.workbook.owners(local=False)

    @cached_property
    def own_sheets(self) -> Mapping[str, str]:
        """The sheets of ours, copies too, and which."""
        return self.workbook.owners()

    def part(self, name: str) -> SheetPart:
        """A sheet's part, read when it is first asked for."""
        if name not in self._parts:
            part = self.entries[name].part
            self.progress(f"Läser bladet {name}")
            self._parts[name] = self.reading(part, self._unpacked(part))
            del self._unread[part]
        return self._parts[name]

    def _unpacked(self, part: str) -> bytes:
        """A sheet's part, unpacked once until it is read."""
        if part not in self._unread:
            self._unread[part] = self.package.read(part)
        return self._unread[part]

    def data(self, name: str) -> bytes:
        """The bytes of a sheet's part, read or not."""
        read = self._parts.get(name)
        return read.data if read else self._unpacked(self.entries[name].part)

    def reading(self, part: str, data: bytes) -> SheetPart:
        """A sheet's part in this workbook, of bytes that need not be those it has."""
        texts = self.strings.texts if self.strings else []
        return SheetPart(part, data, texts, self.styles.shown)

    def is_large(self, name: str) -> bool:
        """Whether a sheet is too long to be read unless somebody asks for its cells."""
        part = self.entries[name].part
        return name not in self._parts and self.package.size(part) >= bigsheet.LARGE

    def overview(self, name: str) -> bigsheet.Overview:
        """What a large sheet holds, as far as it is told without reading its cells."""
        if name not in self._overviews:
            self.progress(f"Ser över bladet {name}")
            part = self.entries[name].part
            self._overviews[name] = bigsheet.look_over(self.package, part)
        return self._overviews[name]

    def has_formulas(self, name: str) -> bool:
        """Whether a sheet may have formulas."""
        return not self.is_large(name) or self.overview(name).has_formulas

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return excel_tables(self.package, self.entries.values())

    @cached_property
    def names(self) -> dict[str, str]:
        """The defined names, each with its formula."""
        names = self.workbook.names()
        return {name: self._with_addresses(text, "", (0, 0)) for name, text in names.items()}

    def formula_texts(self, name: str) -> dict[Position, str]:
        """The own text of each formula, with addresses for the tables it names."""
        texts = own_texts(self.part(name).formulas)
        return {place: self._with_addresses(text, name, place) for place, text in texts.items()}

    def _with_addresses(self, text: str, sheet: str, place: Position) -> str:
        return with_addresses(text, self._tables, sheet, place) if self._tables else text

    @cached_property
    def formulas(self) -> dict[str, dict[Position, Formula]]:
        """The formulas of every sheet that has any."""
        return {name: self.part(name).formulas for name in self.entries if self.has_formulas(name)}

    def hides_rows(self, name: str) -> bool:
        """Whether any row of a sheet is hidden."""
        return self.part(name).hides_rows

    @cached_property
    def program(self) -> bytes:
        """What the file says of the program that saved it."""
        return self.package.read(_APP) if _APP in self.package else b""

    def dated(self, cells: Cells) -> Cells:
        """The cells with every date counted as others count it, also where the file has 1904."""
        if not self.workbook.manner.from_1904:
            return cells
        return {
            place: cell._replace(value=cell.value + _DAYS_TO_1904)
            if cell.dated and isinstance(cell.value, int | float)
            else cell
            for place, cell in cells.items()
        }

    def own_day(self, value: Value, place: Position, name: str) -> Value:
        """A day as the file counts it; any other value as it is."""
        if not self.workbook.manner.from_1904 or not isinstance(value, int | float):
            return value
        is_day = self.part(name).cells.get(place, BLANK).dated and not isinstance(value, bool)
        return value - _DAYS_TO_1904 if is_day else value

    def is_locked(self, name: str, place: Position) -> bool:
        """Whether a cell is not to be written since its sheet is protected."""
        part, (row, column) = self.part(name), place
        if not part.is_protected:
            return False
        if any(meet((row, column, row, column), area) for area in part.open_areas):
            return False
        style = part.raw(place).style if place in part.cells else 0
        return not self.styles.unlocks(style)
