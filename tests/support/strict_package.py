"""What Excel asks of a workbook beyond what any schema says, each rule with the words for it.

Excel repairs or refuses a file for things that validators pass: a merged range over
another, a style that is not there, a calculation chain with a cell that has no formula,
two sheets selected at once, a name for a sheet that is gone. ``problems`` tells all of
them in a workbook, and what ``check_package`` finds in any package.

>>> problems(Path("finsam.xlsx"))  # doctest: +SKIP
[]
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from finsam_xl.address import box, position
from support.rich_workbook import MAIN, OFFICE_RELS, check_package

_M, _R = f"{{{MAIN}}}", f"{{{OFFICE_RELS}}}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
_SHEET_ORDER = re.findall(
    r"\w+",
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
    "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors "
    "smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
)
_STYLE_ORDER = re.findall(
    r"\w+",
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
)
_COUNTED = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_FORMAT_PARTS = {
    "fontId": "fonts",
    "fillId": "fills",
    "borderId": "borders",
    "xfId": "cellStyleXfs",
}
_LOOSE_KINDS = {
    "comments", "table", "slicer", "threadedComment", "ctrlProp", "pivotTable",
}  # fmt: skip
"""Relations of a sheet that no element of it names."""
_ERRORS = {
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!",
    "#GETTING_DATA",
}  # fmt: skip
_FUTURE = re.compile(
    r"(?<![\w.])(XLOOKUP|LET|LAMBDA|FILTER|UNIQUE|SORT|SORTBY|SEQUENCE|TEXTJOIN|CONCAT|IFS|SWITCH"
    r"|MAXIFS|MINIFS|STDEV\.S|FORECAST\.LINEAR|VSTACK|TOCOL|XMATCH)\("
)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[rRcC]|[rR]\d*[cC]\d*")
_SHEET_IN_FORMULA = re.compile(r"'((?:[^']|'')+)'!|([^\s',!()=+*/&<>;:-]+)!")
_VALIDATION_LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_CHILDREN: tuple[list[str], ...] = (["f", "v"], ["f"], ["v"], ["is"], [])


def problems(path: Path) -> list[str]:
    """Everything wrong with a workbook, as sentences; empty if nothing is."""
    unsound = check_package(path)
    return unsound or list(_Workbook(path).problems())


def _twice(what: str, names: Iterable[object]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what}: {name} {count} times"


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _out_of_order(elements: ET.Element, order: list[str]) -> bool:
    names = [_local(child) for child in elements if _local(child) in order]
    return names != sorted(names, key=order.index)


class _Workbook:
    """A workbook's parts, parsed once."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.data = {name: archive.read(name) for name in archive.namelist()}
        self.xml = {
            name: ET.fromstring(data)
            for name, data in self.data.items()
            if name.endswith((".xml", ".rels"))
        }
        self.book = self.xml["xl/workbook.xml"]
        self.relations = {name: dict(self._relations(name)) for name in self.data}
        found = self.book.find(f"{_M}sheets")
        self.sheets = list(found) if found is not None else []
        self.names = [sheet.get("name", "") for sheet in self.sheets]

    def _relations(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        folder, name = posixpath.split(part)
        rels = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"), ())
        for relation in rels:
            if relation.get("TargetMode") != "External":
                target = unquote(relation.get("Target", "")).partition("#")[0]
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = relation.get("Type", "").rpartition("/")[2]
                yield relation.get("Id", ""), (kind, place if target else "")

    @cached_property
    def worksheets(self) -> list[_Sheet]:
        parts = self.relations["xl/workbook.xml"]
        return [
            _Sheet(self, parts[sheet.get(f"{_R}id", "")][1], sheet)
            for sheet in self.sheets
            if parts[sheet.get(f"{_R}id", "")][0] == "worksheet"
        ]

    @cached_property
    def styles(self) -> ET.Element:
        return self.xml["xl/styles.xml"]

    @cached_property
    def style_counts(self) -> dict[str, int]:
        return {name: len(self.styles.findall(f"{_M}{name}/*")) for name in _COUNTED}

    @cached_property
    def texts(self) -> int:
        return len(self.xml.get("xl/sharedStrings.xml", ()))

    def problems(self) -> Iterator[str]:
        yield from self._package()
        yield from self._sheet_list()
        yield from self._defined_names()
        yield from self._styles()
        for sheet in self.worksheets:
            for problem in sheet.problems():
                yield f"{sheet.part}: {problem}"
        yield from self._together()
        yield from self._strings()
        yield from self._chain()
        yield from self._drawings()

    def _package(self) -> Iterator[str]:
        types = self.xml["[Content_Types].xml"]
        told = {node.get("PartName", "").lstrip("/") for node in types}
        led_to = {place for parts in self.relations.values() for _, place in parts.values()}
        led_to |= {
            unquote(relation.get("Target", "")).lstrip("/") for relation in self.xml["_rels/.rels"]
        }
        for name in self.data:
            if name.endswith((".rels", "/")) or name == "[Content_Types].xml":
                continue
            if name not in led_to:
                yield f"{name}: nothing leads to it"
            if name.startswith("xl/") and name.endswith(".xml") and name not in told:
                yield f"{name}: told to be nothing more than XML"
            if name in self.xml:
                yield from self._ignorable(name)

    def _ignorable(self, name: str) -> Iterator[str]:
        ignored = self.xml[name].get(f"{_MARKUP}Ignorable", "").split()
        if ignored:
            events = ET.iterparse(io.BytesIO(self.data[name]), events=["start-ns"])
            declared = {prefix for _, (prefix, _) in events}
            for prefix in set(ignored) - declared:
                yield f"{name}: the prefix {prefix} to ignore is not declared"

    def _sheet_list(self) -> Iterator[str]:
        for name in self.names:
            if not 0 < len(name) <= 31 or re.search(r"[\\/*?:\[\]]|^'|'$", name):
                yield f"sheet name {name!r}"
        yield from _twice("sheet name", [name.lower() for name in self.names])
        yield from _twice("sheetId", [sheet.get("sheetId") for sheet in self.sheets])
        view = self.book.find(f"{_M}bookViews/{_M}workbookView")
        if view is None:
            return
        active, first = int(view.get("activeTab", "0")), int(view.get("firstSheet", "0"))
        if max(active, first) >= len(self.sheets):
            yield "the active or first tab is none of the sheets"
            return
        if self.sheets[active].get("state", "visible") != "visible":
            yield "the active tab is hidden"
        selected = [sheet.name for sheet in self.worksheets if sheet.is_selected]
        if selected and selected != [self.names[active]]:
            yield f"the active tab is {self.names[active]}, selected is {selected}"

    def _defined_names(self) -> Iterator[str]:
        defined = self.book.findall(f"{_M}definedNames/{_M}definedName")
        yield from _twice(
            "defined name", [(n.get("name", "").lower(), n.get("localSheetId")) for n in defined]
        )
        for node in defined:
            name, formula = node.get("name", ""), node.text or ""
            if not _NAME.fullmatch(name) or _LOOKS_LIKE_A_CELL.fullmatch(name) or len(name) > 255:
                yield f"defined name {name!r} is no name"
            local = node.get("localSheetId", "0")
            if not local.isdigit() or int(local) >= len(self.sheets):
                yield f"defined name {name} is of a sheet that is not there"
            if "#REF!" in formula:
                yield f"defined name {name} stands for {formula}"
            for quoted, bare in _SHEET_IN_FORMULA.findall(re.sub(r'"[^"]*"', "", formula)):
                sheet = quoted.replace("''", "'") or bare
                if sheet not in self.names and not sheet.startswith("["):
                    yield f"defined name {name} leads to the sheet {sheet}, which is not there"

    def _styles(self) -> Iterator[str]:
        for name, count in self.style_counts.items():
            node = self.styles.find(f"{_M}{name}")
            if node is not None and int(node.get("count", count)) != count:
                yield f"styles: {name} counts {node.get('count')}, holds {count}"
        if _out_of_order(self.styles, _STYLE_ORDER):
            yield "styles: out of order"
        own = self.styles.findall(f"{_M}numFmts/{_M}numFmt")
        numbers = [node.get("numFmtId", "") for node in own]
        yield from _twice("styles: number format", numbers)
        for section in ("cellXfs", "cellStyleXfs"):
            for place, xf in enumerate(self.styles.findall(f"{_M}{section}/*")):
                for attribute, list_name in _FORMAT_PARTS.items():
                    if int(xf.get(attribute, "0")) >= max(self.style_counts[list_name], 1):
                        yield f"styles: {section} {place} has {attribute} {xf.get(attribute)}"
                number = xf.get("numFmtId", "0")
                if int(number) >= 164 and number not in numbers:
                    yield f"styles: {section} {place} has number format {number}"

    def _together(self) -> Iterator[str]:
        yield from _twice("codeName", [s.code_name for s in self.worksheets if s.code_name])
        tables = [self.xml[n] for n in self.xml if re.fullmatch(r"xl/tables/[^/]+\.xml", n)]
        for attribute in ("id", "name", "displayName"):
            yield from _twice(f"table {attribute}", [t.get(attribute, "").lower() for t in tables])
        for table in tables:
            _, left, _, right = box(table.get("ref", ""))
            if len(table.findall(f"{_M}tableColumns/*")) != right - left + 1:
                yield f"table {table.get('name')}: other columns than its range"

    def _strings(self) -> Iterator[str]:
        strings = self.xml.get("xl/sharedStrings.xml")
        if strings is None:
            return
        if int(strings.get("uniqueCount", self.texts)) != self.texts:
            yield f"shared strings: {strings.get('uniqueCount')} told, {self.texts} there"
        uses = sum(sheet.shared for sheet in self.worksheets)
        if int(strings.get("count", uses)) != uses:
            yield f"shared strings: {strings.get('count')} uses told, {uses} made"

    def _chain(self) -> Iterator[str]:
        formulas = {sheet.number: sheet.formulas for sheet in self.worksheets}
        number = ""
        for cell in self.xml.get("xl/calcChain.xml", ()):
            number = cell.get("i", number)
            if cell.get("r") not in formulas.get(number, ()):
                yield f"calculation chain: {cell.get('r')} of sheet {number} has no formula"

    def _drawings(self) -> Iterator[str]:
        maps: list[str] = []
        for name, data in self.data.items():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                drawn = self.xml[name].iter(_DRAWN)
                yield from _twice(f"{name}: shape", [shape.get("id") for shape in drawn])
            if name.endswith(".vml"):
                shapes = re.findall(rb'<v:shape\s[^>]*?\bid="([^"]+)"', data)
                yield from _twice(f"{name}: shape", shapes)
                for ids in re.findall(rb'idmap\s[^>]*?data="([^"]+)"', data):
                    maps += ids.decode().split(",")
        yield from _twice("shape id block", maps)


class _Sheet:
    """One worksheet part."""

    def __init__(self, workbook: _Workbook, part: str, entry: ET.Element) -> None:
        self.workbook, self.part = workbook, part
        self.name, self.number = entry.get("name", ""), entry.get("sheetId", "")
        self.root = workbook.xml[part]
        cells = list(self.root.iter(f"{_M}c"))
        self.formulas = {c.get("r", "") for c in cells if c.find(f"{_M}f") is not None}
        self.shared = sum(cell.get("t") == "s" for cell in cells)
        properties = self.root.find(f"{_M}sheetPr")
        self.code_name = properties.get("codeName", "") if properties is not None else ""
        views = self.root.iter(f"{_M}sheetView")
        self.is_selected = any(view.get("tabSelected") in {"1", "true"} for view in views)

    def problems(self) -> Iterator[str]:
        if _out_of_order(self.root, _SHEET_ORDER):
            yield "elements out of order"
        names = [_local(child) for child in self.root]
        yield from _twice("element", [n for n in names if n != "conditionalFormatting"])
        yield from self._rows()
        yield from self._columns()
        yield from self._ranges()
        yield from self._links()
        yield from self._limits()
        yield from self._unused()

    def _rows(self) -> Iterator[str]:
        number = 0
        formats = self.workbook.style_counts["cellXfs"]
        for row in self.root.iter(f"{_M}row"):
            before, number = number, int(row.get("r", number + 1))
            if number <= before:
                yield f"row {number} after row {before}"
            if int(row.get("s", "0")) >= formats:
                yield f"row {number}: format {row.get('s')}"
            if float(row.get("ht", "0")) > 409.5:
                yield f"row {number}: height {row.get('ht')}"
            column = 0
            for cell in row:
                row_told, column_told = position(cell.get("r", f"A{number}"))
                if row_told != number or ("r" in cell.attrib and column_told <= column):
                    yield f"{cell.get('r')} stands out of place"
                column = column_told if "r" in cell.attrib else column + 1
                for problem in self._cell(cell, formats):
                    yield f"{cell.get('r')}: {problem}"

    def _cell(self, cell: ET.Element, formats: int) -> Iterator[str]:
        children, kind = [_local(child) for child in cell], cell.get("t", "n")
        value = cell.findtext(f"{_M}v")
        if int(cell.get("s", "0")) >= formats:
            yield f"format {cell.get('s')}"
        if children not in _CHILDREN or ("is" in children) is not (kind == "inlineStr"):
            yield f"a cell of kind {kind} holds {children}"
        if cell.get("cm") and "xl/metadata.xml" not in self.workbook.data:
            yield "metadata that is not there"
        text = "".join(cell.itertext())
        if len(text) > 32_767 + 8_192:
            yield "text too long"
        if value is not None and not self._is_valid(kind, value):
            yield f"a cell of kind {kind} shows {value!r}"
        if kind == "s" and value is None:
            yield "a shared string without a number"
        formula = cell.findtext(f"{_M}f") or ""
        if len(formula) > 8_192 or formula.startswith("="):
            yield f"formula {formula[:60]!r}"
        if _FUTURE.search(re.sub(r'"[^"]*"', "", formula)):
            yield f"a function without its prefix in {formula[:60]!r}"

    def _is_valid(self, kind: str, value: str) -> bool:
        if kind == "s":
            return value.isdigit() and int(value) < self.workbook.texts
        if kind == "n":
            return _NUMBER.fullmatch(value) is not None
        if kind == "b":
            return value in {"0", "1"}
        return kind != "e" or value in _ERRORS

    def _columns(self) -> Iterator[str]:
        columns = self.root.findall(f"{_M}cols/{_M}col")
        edges = [(int(c.get("min", "0")), int(c.get("max", "0"))) for c in columns]
        if any(first[1] >= then[0] for first, then in pairwise(edges)):
            yield "columns over each other"
        formats = self.workbook.style_counts["cellXfs"]
        if any(int(column.get("style", "0")) >= formats for column in columns):
            yield "a column's format"

    def _ranges(self) -> Iterator[str]:
        merged = [node.get("ref", "") for node in self.root.iter(f"{_M}mergeCell")]
        for one, other in combinations(merged, 2):
            top, left, bottom, right = box(one)
            up, west, down, east = box(other)
            if top <= down and up <= bottom and left <= east and west <= right:
                yield f"merged {one} over {other}"
        for name in ("mergeCells", "dataValidations", "rowBreaks", "colBreaks"):
            node = self.root.find(f"{_M}{name}")
            if node is not None and int(node.get("count", len(node))) != len(node):
                yield f"{name} counts {node.get('count')}, holds {len(node)}"
        rules = list(self.root.iter(f"{_M}cfRule"))
        yield from _twice("rule's priority", [rule.get("priority") for rule in rules])
        for rule in rules:
            if int(rule.get("dxfId", "-1")) >= self.workbook.style_counts["dxfs"]:
                yield f"a rule's format {rule.get('dxfId')}"

    def _links(self) -> Iterator[str]:
        for link in self.root.iter(f"{_M}hyperlink"):
            place = link.get("location", "")
            target = _SHEET_IN_FORMULA.match(place)
            if target and f"{_R}id" not in link.attrib:
                sheet = (target[1] or "").replace("''", "'") or target[2]
                if sheet not in self.workbook.names:
                    yield f"a link to {place}, which is not there"
            if len(link.get("tooltip", "")) > 255 or len(place) > 2_079:
                yield f"a link too long at {link.get('ref')}"

    def _limits(self) -> Iterator[str]:
        for text in self.root.findall(f"{_M}headerFooter/*"):
            if len(text.text or "") > 255:
                yield "header or footer too long"
        for rule in self.root.iter(f"{_M}dataValidation"):
            listed = rule.findtext(f"{_M}formula1") or ""
            if listed.startswith('"') and len(listed) > 257:
                yield "a list to choose from is too long"
            for name, limit in {
                "promptTitle": 32,
                "errorTitle": 32,
                "prompt": 255,
                "error": 255,
            }.items():
                if len(rule.get(name, "")) > limit:
                    yield f"a validation's {name} is too long"

    def _unused(self) -> Iterator[str]:
        used = {
            value
            for element in self.root.iter()
            for name, value in element.attrib.items()
            if name.startswith(_R)
        }
        for identity, (kind, place) in self.workbook.relations[self.part].items():
            if identity not in used and kind not in _LOOSE_KINDS:
                yield f"nothing uses the relation to {place}"
