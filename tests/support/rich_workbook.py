"""A workbook with every feature that other tools destroy, and a checker for any package.

``build_rich_workbook`` lets XlsxWriter make what it can, then adds the rest to the
zip: slicer, threaded comment, ribbon, web extension, printer settings, custom XML.
The same call gives the same bytes. ``FEATURE_PARTS`` says where each feature
lives, so that a test can ask ``missing_features`` before and after an edit, and
``check_package`` tells whether the parts still hang together.

Formats: ECMA-376 and Microsoft's open specifications MS-XLSX, MS-CUSTOMUI, MS-OWEXML.
The slicer, the comment thread and the add-in are written after the specifications
and have not been opened in Excel.

>>> build_rich_workbook(pathlib.Path("rich.xlsx"))         # doctest: +SKIP
>>> missing_features(pathlib.Path("rich.xlsx"))            # doctest: +SKIP
[]
>>> check_package(pathlib.Path("rich.xlsx"))               # doctest: +SKIP
[]
"""

from __future__ import annotations

import datetime
import io
import pathlib
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

# Not typed; the second code keeps mypy quiet if the project's settings already allow it.
import xlsxwriter  # type: ignore[import-untyped,unused-ignore]

BUDGET_SHEET = "Budget 21 & mål"
REGISTER_SHEET = "Register"
SUMMARY_SHEET = "Sammanställning"
HIDDEN_SHEET = "Dold"
HEADING_ROW, FIRST_ROW, SUM_ROW = 4, 5, 8
# fmt: off
HEADINGS = [
    "Målområde", "Mål", "Nr", "Indikator", "Målgrupp", "Regel", "Gräns", "Vikt", "Utfall antal",
    "Utfall av", "Kvinnor antal", "Kvinnor av", "Män antal", "Män av", "Uppnått", "Poäng",
]
ROWS: list[tuple[str | float | None, ...]] = [
    ("1 Samhälls- och medlemsnytta", "1.1 Genomströmning", "1.1.1", "Avslut", "deltagare",
     "Andel minst", 0.4, 8, 319, 787, None, None, None, None, None, None),
    ("1 Samhälls- och medlemsnytta", "1.2 Positiv lösning", "1.2.1", "Positiv lösning",
     "deltagare", "Andel minst", 0.8, 10, 247, 319, None, None, None, None, None, None),
    ("2 Jämlik samverkan", "2.3 Bemötande", "2.3.1", "Könsskillnad", "deltagare",
     "Könsskillnad högst", 20, 1, None, None, 52, 54, 36, 38, None, None),
]
# fmt: on

CONTENT_TYPES_PART = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
SLE = "http://schemas.microsoft.com/office/drawing/2010/slicer"
SLE15 = "http://schemas.microsoft.com/office/drawing/2012/slicer"
MS_2007, MS_2011, MS_2017 = (
    f"http://schemas.microsoft.com/office/{year}/relationships"
    for year in ("2007", "2011", "2017/10")
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_RELATIONSHIPS = DECLARATION + f'<Relationships xmlns="{PACKAGE_RELS}"></Relationships>'
THREAD_ID = "{5B1C4E0A-7D52-4C1E-9A56-3F0B9D1C2A01}"
REPLY_ID = "{5B1C4E0A-7D52-4C1E-9A56-3F0B9D1C2A02}"
PERSON_ID = "{8E2F6A13-40B7-4D0C-8B2E-6C5A7F901B03}"
ADD_IN_ID = "{2C9A7E51-13D4-4B6F-A0E8-91D2B3C4E504}"
CUSTOM_ITEM_ID = "{D4B85C70-2E6A-4F19-9C33-7A1E0F5B6805}"
THREAD_CELL = "G5"
THREAD_TEXT = "Är 40 % rätt gräns?"
SLICER = "Målgrupp"


@dataclass(frozen=True)
class Feature:
    """Where a feature lives: a zip part and, if the part holds more, bytes inside it."""

    part: str
    marker: bytes = b""


_SHEET1, _SHEET2 = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
_BOOK, _ROOT_RELS = "xl/workbook.xml", "_rels/.rels"
_STRINGS, _COMMENTS = "xl/sharedStrings.xml", "xl/comments1.xml"
_DRAWING1, _DRAWING2 = "xl/drawings/drawing1.xml", "xl/drawings/drawing2.xml"
FEATURE_PARTS: dict[str, Feature] = {
    "form-control button": Feature("xl/drawings/vmlDrawing1.vml", b'ObjectType="Button"'),
    "button macro": Feature("xl/drawings/vmlDrawing1.vml", b"[0]!RaknaOm"),
    "textbox": Feature(_DRAWING1, b'txBox="1"'),
    "sparkline": Feature(_SHEET1, b"<x14:sparklineGroup "),
    "header image": Feature("xl/media/image1.png", b"\x89PNG"),
    "header image frame": Feature("xl/drawings/vmlDrawing2.vml", b"<v:imagedata"),
    "header image on sheet": Feature(_SHEET1, b"<legacyDrawingHF "),
    "slicer": Feature("xl/slicers/slicer1.xml", b'cache="Slicer_'),
    "slicer cache": Feature("xl/slicerCaches/slicerCache1.xml", b"<x15:tableSlicerCache "),
    "slicer list on sheet": Feature(_SHEET2, b"<x14:slicerList "),
    "slicer caches in workbook": Feature(_BOOK, b"<x15:slicerCaches "),
    "slicer frame": Feature(_DRAWING2, b"<sle:slicer "),
    "threaded comment": Feature("xl/threadedComments/threadedComment1.xml", b"parentId="),
    "persons": Feature("xl/persons/person.xml", PERSON_ID.encode()),
    "legacy comment of the thread": Feature(_COMMENTS, f"tc={THREAD_ID}".encode()),
    "ordinary comment": Feature(_COMMENTS, "Källa: årsredovisningen".encode()),
    "ribbon": Feature("customUI/customUI14.xml", b"<customUI "),
    "ribbon relation": Feature(_ROOT_RELS, f"{MS_2007}/ui/extensibility".encode()),
    "web extension": Feature("xl/webextensions/webextension1.xml", b"<we:webextension "),
    "web extension task pane": Feature("xl/webextensions/taskpanes.xml", b"<wetp:taskpane "),
    "web extension relation": Feature(_ROOT_RELS, f"{MS_2011}/webextensiontaskpanes".encode()),
    "printer settings": Feature("xl/printerSettings/printerSettings1.bin"),
    "page setup with printer": Feature(_SHEET1, b'<pageSetup r:id="'),
    "dynamic array": Feature("xl/metadata.xml", b"XLDAPR"),
    "dynamic array formula": Feature(_SHEET2, b"_xlfn._xlws.SORT"),
    "data bar": Feature(_SHEET1, b"<x14:dataBar "),
    "custom XML": Feature("customXml/item1.xml", b"urn:finsam:exempel"),
    "custom XML properties": Feature("customXml/itemProps1.xml", CUSTOM_ITEM_ID.encode()),
    "defined name": Feature(_BOOK, '<definedName name="Poängsumma">'.encode()),
    "data validation": Feature(_SHEET1, b"<dataValidation "),
    "conditional format": Feature(_SHEET1, b'<cfRule type="cellIs"'),
    "merged cell": Feature(_SHEET1, b'<mergeCell ref="A10:F10"'),
    "rich-text string": Feature(_STRINGS, b"<r><rPr><b/>"),
    "table": Feature("xl/tables/table1.xml", b'displayName="Insatser"'),
    "chart": Feature("xl/charts/chart1.xml", b"<c:barChart>"),
    "chart frame": Feature(_DRAWING2, b"<c:chart "),
    "hidden sheet": Feature(_BOOK, b'state="hidden"'),
}

SLICER_XML = f"""{DECLARATION}<slicers xmlns="{X14}" xmlns:mc="{MARKUP}" mc:Ignorable="x" \
xmlns:x="{MAIN}"><slicer name="{SLICER}" cache="Slicer_{SLICER}" caption="{SLICER}" \
rowHeight="241300"/></slicers>"""
SLICER_CACHE_XML = f"""{DECLARATION}<slicerCacheDefinition xmlns="{X14}" xmlns:mc="{MARKUP}" \
mc:Ignorable="x" xmlns:x="{MAIN}" name="Slicer_{SLICER}" sourceName="{SLICER}"><extLst>\
<x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}">\
<x15:tableSlicerCache tableId="1" column="2"/></x:ext></extLst></slicerCacheDefinition>"""
SLICER_LIST_XML = """<extLst><ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" \
xmlns:x15="{x15}"><x14:slicerList xmlns:x14="{x14}"><x14:slicer r:id="{id}"/>\
</x14:slicerList></ext></extLst>"""
SLICER_CACHES_XML = """<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" \
xmlns:x15="{x15}"><x15:slicerCaches xmlns:x14="{x14}"><x14:slicerCache r:id="{id}"/>\
</x15:slicerCaches></ext></extLst>"""
SLICER_FRAME_XML = f"""<xdr:twoCellAnchor editAs="absolute"><xdr:from><xdr:col>4</xdr:col>\
<xdr:colOff>0</xdr:colOff><xdr:row>17</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to>\
<xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>27</xdr:row><xdr:rowOff>0</xdr:rowOff>\
</xdr:to><mc:AlternateContent xmlns:mc="{MARKUP}" xmlns:sle15="{SLE15}"><mc:Choice \
Requires="sle15"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="11" \
name="{SLICER}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>\
<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{SLE}"><sle:slicer \
xmlns:sle="{SLE}" name="{SLICER}"/></a:graphicData></a:graphic></xdr:graphicFrame></mc:Choice>\
<mc:Fallback><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="0" name=""/>\
<xdr:cNvSpPr><a:spLocks noTextEdit="1"/></xdr:cNvSpPr></xdr:nvSpPr><xdr:spPr><a:xfrm>\
<a:off x="3000000" y="3400000"/><a:ext cx="1828800" cy="1900000"/></a:xfrm><a:prstGeom \
prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>\
<a:t>Utsnitt: {SLICER}</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Fallback>\
</mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"""
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
THREADED_XML = f"""{DECLARATION}<ThreadedComments xmlns="{_THREADS}" xmlns:x="{MAIN}">\
<threadedComment ref="{THREAD_CELL}" dT="2021-02-01T08:00:00.00" personId="{PERSON_ID}" \
id="{THREAD_ID}"><text>{THREAD_TEXT}</text></threadedComment><threadedComment \
ref="{THREAD_CELL}" dT="2021-02-02T09:30:00.00" personId="{PERSON_ID}" id="{REPLY_ID}" \
parentId="{THREAD_ID}"><text>Ja, beslutat av styrelsen.</text></threadedComment>\
</ThreadedComments>"""
PERSON_XML = f"""{DECLARATION}<personList xmlns="{_THREADS}" xmlns:x="{MAIN}"><person \
displayName="Exempel Person" id="{PERSON_ID}" userId="exempel.person" providerId="None"/>\
</personList>"""
RIBBON_XML = f"""{DECLARATION}<customUI xmlns="http://schemas.microsoft.com/office/2009/07/\
customui"><ribbon><tabs><tab id="finsamTab" label="Finsam"><group id="finsamGroup" \
label="Mål"><button id="finsamRecount" label="Räkna om" imageMso="Calculator"/></group></tab>\
</tabs></ribbon></customUI>"""
_WEB = "http://schemas.microsoft.com/office/webextensions"
ADD_IN_XML = f"""{DECLARATION}<we:webextension xmlns:we="{_WEB}/webextension/2010/11" \
id="{ADD_IN_ID}"><we:reference id="{ADD_IN_ID[1:-1].lower()}" version="1.0.0.0" \
store="developer" storeType="Registry"/><we:alternateReferences/><we:properties><we:property \
name="finsam.år" value="2021"/></we:properties><we:bindings/><we:snapshot \
xmlns:r="{OFFICE_RELS}"/></we:webextension>"""
TASK_PANES_XML = """{declaration}<wetp:taskpanes xmlns:wetp="{web}/taskpanes/2010/11">\
<wetp:taskpane dockstate="right" visibility="0" width="350" row="4"><wetp:webextensionref \
xmlns:r="{rels}" r:id="{id}"/></wetp:taskpane></wetp:taskpanes>"""
CUSTOM_XML = f'{DECLARATION}<förbund xmlns="urn:finsam:exempel" år="2021">Exempel</förbund>'
CUSTOM_PROPERTIES_XML = f"""{DECLARATION}<ds:datastoreItem ds:itemID="{CUSTOM_ITEM_ID}" \
xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>\
<ds:schemaRef ds:uri="urn:finsam:exempel"/></ds:schemaRefs></ds:datastoreItem>"""


def build_rich_workbook(path: pathlib.Path, more: Sequence[str] = ()) -> None:
    """Write the workbook to ``path``, replacing what is there.

    ``more``: sheets that come last, each with a small budget, a note and a button.
    """
    drawn = io.BytesIO()
    with xlsxwriter.Workbook(drawn, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2021, 2, 1, tzinfo=datetime.UTC)})
        _write_budget(book)
        _write_register(book)
        book.add_worksheet(SUMMARY_SHEET).write_formula("A1", f"='{BUDGET_SHEET}'!P8*2", None, 0)
        hidden = book.add_worksheet(HIDDEN_SHEET)
        hidden.write("A1", "Underlag som ingen ser")
        hidden.hide()
        for name in more:
            _write_team(book.add_worksheet(name))
        book.define_name("Poängsumma", f"='{BUDGET_SHEET}'!$P${SUM_ROW}")
        book.define_name(f"Slicer_{SLICER}", "=#N/A")
    package = _Package(drawn.getvalue())
    _add_slicer(package)
    _add_thread(package)
    _add_package_parts(package)
    package.save(path)


def missing_features(path: pathlib.Path) -> list[str]:
    """Give the names in ``FEATURE_PARTS`` that the workbook no longer holds."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return [
        name
        for name, feature in FEATURE_PARTS.items()
        if feature.part not in parts or feature.marker not in parts[feature.part]
    ]


def check_package(path: pathlib.Path) -> list[str]:
    """Tell what does not hang together in any .xlsx or .xlsm; empty if nothing.

    VML is not parsed: Excel itself may write it with unclosed tags.
    """
    try:
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if not name.endswith("/")]
            parts = {name: package.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        return [f"not a readable zip: {error}"]
    times = Counter(_key(name) for name in names)
    problems = [f"{name}: in the zip {count} times" for name, count in times.items() if count > 1]
    try:
        types = ElementTree.fromstring(parts[CONTENT_TYPES_PART])
    except (KeyError, ElementTree.ParseError) as error:
        return [*problems, f"{CONTENT_TYPES_PART}: missing or not well-formed: {error}"]
    kinds = _content_kinds(types, parts, problems)
    roots: dict[str, ElementTree.Element] = {}
    for name, content in parts.items():
        if not kinds[name]:
            problems.append(f"{name}: no content type")
        if kinds[name].endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".rels")):
            try:
                roots[name] = ElementTree.fromstring(content)
            except ElementTree.ParseError as error:
                problems.append(f"{name}: not well-formed XML: {error}")
    relations: dict[str, set[str]] = {}
    for name, root in roots.items():
        if name.lower().endswith(".rels"):
            problems += _relation_problems(name, root, times)
            found = {relation.get("Id", "") for relation in root}
            relations[_key(_source_of(name))] = found
    for name, root in roots.items():
        unknown = _references(root) - relations.get(_key(name), set())
        problems += [f"{name}: uses {one}, not in its relations" for one in sorted(unknown)]
    return problems


def _key(name: str) -> str:
    """Give a part name as packages compare it (ECMA-376 part 2): without regard to case."""
    return unquote(name).removeprefix("/").lower()


def _content_kinds(
    types: ElementTree.Element, parts: Iterable[str], problems: list[str]
) -> dict[str, str]:
    """Give the content type of every part, empty if it has none."""
    defaults = {
        found.get("Extension", "").lower(): found.get("ContentType", "")
        for found in types.iter(f"{{{CONTENT_TYPES}}}Default")
    }
    known = {_key(name) for name in parts}
    overrides: dict[str, str] = {}
    for found in types.iter(f"{{{CONTENT_TYPES}}}Override"):
        key = _key(found.get("PartName", ""))
        if key in overrides:
            problems.append(f"{CONTENT_TYPES_PART}: two overrides for {key}")
        if key not in known:
            problems.append(f"{CONTENT_TYPES_PART}: override for {key}, which is missing")
        overrides[key] = found.get("ContentType", "")
    kinds = {
        name: overrides.get(_key(name)) or defaults.get(name.rpartition(".")[2].lower(), "")
        for name in parts
    }
    return {**kinds, CONTENT_TYPES_PART: "application/xml"}


def _relation_problems(name: str, root: ElementTree.Element, known: Counter[str]) -> list[str]:
    source = _source_of(name)
    problems = []
    if source and _key(source) not in known:
        problems.append(f"{name}: relations of {source}, which is missing")
    seen: set[str] = set()
    for relation in root.iter(f"{{{PACKAGE_RELS}}}Relationship"):
        identity, target = relation.get("Id", ""), relation.get("Target", "")
        if identity in seen:
            problems.append(f"{name}: two relations with Id {identity}")
        seen.add(identity)
        place = target.partition("#")[0]
        if relation.get("TargetMode") == "External" or not place:
            continue
        part = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), place))
        if _key(part) not in known:
            problems.append(f"{name}: {identity} points to {target}, which is missing")
    return problems


def _references(root: ElementTree.Element) -> set[str]:
    """Give every r:id and its like in a part."""
    return {
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if key.startswith((f"{{{OFFICE_RELS}}}", f"{{{STRICT_RELS}}}")) and value
    }


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _source_of(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


class _Package:
    """The parts of a zip, in order, with the three ways this module changes them."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def add(self, part: str, content: str | bytes, kind: str = "") -> None:
        """Add a part, with an override if it has a content type of its own."""
        self.parts[part] = content.encode() if isinstance(content, str) else content
        if kind:
            override = f'<Override PartName="/{part}" ContentType="{kind}"/>'
            self.replace(CONTENT_TYPES_PART, "</Types>", f"{override}</Types>")

    def relate(self, source: str, kind: str, target: str) -> str:
        """Add a relation and return its Id."""
        rels = _rels_of(source)
        self.parts.setdefault(rels, NO_RELATIONSHIPS.encode())
        identity = f"rId{self.parts[rels].count(b'<Relationship ') + 1}"
        relation = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>'
        self.replace(rels, "</Relationships>", f"{relation}</Relationships>")
        return identity

    def replace(self, part: str, old: str, new: str) -> None:
        """Replace a text that must stand exactly once in the part."""
        text = self.parts[part].decode()
        if text.count(old) != 1:
            raise ValueError(f"{part}: {old!r} stands {text.count(old)} times, expected once")
        self.parts[part] = text.replace(old, new).encode()

    def save(self, path: pathlib.Path) -> None:
        with zipfile.ZipFile(path, "w") as package:
            for name, content in self.parts.items():
                entry = zipfile.ZipInfo(name)
                entry.create_system = 0  # as Excel writes it, whatever system this runs on
                package.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _write_budget(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(BUDGET_SHEET)
    bold = book.add_format({"bold": True})
    percent = book.add_format({"num_format": "0 %"})
    points = book.add_format({"num_format": "0.0", "bg_color": "#F2F2F2"})
    good = book.add_format({"bg_color": "#C6EFCE"})
    sheet.write("A1", "Social budget 2021", bold)
    sheet.write("A2", "Samordningsteamet Exempel")
    sheet.write_row(HEADING_ROW - 1, 0, HEADINGS, bold)
    for row, cells in enumerate(ROWS, FIRST_ROW - 1):
        for column, value in enumerate(cells):
            style = points if column == HEADINGS.index("Poäng") else None
            if HEADINGS[column] == "Gräns" and isinstance(value, float):
                style = percent
            if value is not None or style:
                sheet.write(row, column, value, style)
    sheet.write(SUM_ROW - 1, 0, "Summa", bold)
    for letter, total in (("H", 19), ("P", 0)):
        formula = f"=SUM({letter}{FIRST_ROW}:{letter}{SUM_ROW - 1})"
        sheet.write_formula(f"{letter}{SUM_ROW}", formula, bold, total)
    sheet.merge_range("A10:F10", "Bedömning", bold)
    sheet.write_rich_string("A11", bold, "Viktigast: ", "fler i arbete eller studier")
    sheet.data_validation(
        f"F{FIRST_ROW}:F{SUM_ROW - 1}",
        {"validate": "list", "source": ["Andel minst", "Andel högst", "Könsskillnad högst"]},
    )
    sheet.conditional_format(
        f"O{FIRST_ROW}:O{SUM_ROW - 1}",
        {"type": "cell", "criteria": "==", "value": '"Ja"', "format": good},
    )
    sheet.conditional_format(
        f"H{FIRST_ROW}:H{SUM_ROW - 1}", {"type": "data_bar", "data_bar_2010": True}
    )
    sheet.add_sparkline(f"R{FIRST_ROW}", {"range": f"I{FIRST_ROW}:J{FIRST_ROW}"})
    sheet.insert_button("R1", {"macro": "RaknaOm", "caption": "Räkna om", "width": 110})
    sheet.insert_textbox("A13", "Fyll bara i de vita fälten.", {"width": 260, "height": 60})
    sheet.write_comment("D7", "Källa: årsredovisningen", {"author": "Exempel Person"})
    fallback = f"[Threaded comment]\n\nComment:\n    {THREAD_TEXT}"
    sheet.write_comment(THREAD_CELL, fallback, {"author": f"tc={THREAD_ID}"})
    image = {"image_left": "logga.png", "image_data_left": io.BytesIO(_tiny_png())}
    sheet.set_header("&L&G&RSocial budget", image)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_column("A:F", 20)


def _write_register(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(REGISTER_SHEET)
    rows = [
        ["Steget", "unga", 24],
        ["Porten", "vuxna", 31],
        ["Bron", "unga", 12],
        ["Navet", "familjer", 9],
    ]
    columns = [{"header": heading} for heading in ("Insats", SLICER, "Antal")]
    sheet.add_table("A1:C5", {"name": "Insatser", "data": rows, "columns": columns})
    sheet.write("E1", "Målgrupper")
    groups = ("familjer", "unga", "vuxna")
    sheet.write_dynamic_array_formula("E2:E4", "=SORT(UNIQUE(B2:B5))", None, groups[0])
    sheet.write_column("E3", groups[1:])
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"categories": "=Register!$A$2:$A$5", "values": "=Register!$C$2:$C$5"})
    sheet.insert_chart("G1", chart)


def _write_team(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write("A1", f"{sheet.name}, tkr")
    sheet.write_row("A3", ["", "Budget 2026", "Utfall 2026", "Avvikelse"])
    sheet.write_column("A4", ["Lokaler", "Personal", "Summa kostnader"])
    sheet.write_column("B4", [100, 300, 400])
    sheet.write_column("C4", [90, 310, 400])
    sheet.write_column("D4", [10, -10, 0])
    sheet.write_comment("B5", "Enligt beslut", {"author": "Exempel Person"})
    sheet.insert_button("I2", {"macro": "RaknaOm", "caption": sheet.name, "width": 110})


def _add_slicer(package: _Package) -> None:
    kind = "application/vnd.ms-excel.slicer"
    package.add("xl/slicers/slicer1.xml", SLICER_XML, f"{kind}+xml")
    package.add("xl/slicerCaches/slicerCache1.xml", SLICER_CACHE_XML, f"{kind}Cache+xml")
    view = package.relate(_SHEET2, f"{MS_2007}/slicer", "../slicers/slicer1.xml")
    listed = SLICER_LIST_XML.format(x14=X14, x15=X15, id=view)
    package.replace(_SHEET2, "</worksheet>", f"{listed}</worksheet>")
    cache = package.relate(_BOOK, f"{MS_2007}/slicerCache", "slicerCaches/slicerCache1.xml")
    caches = SLICER_CACHES_XML.format(x14=X14, x15=X15, id=cache)
    package.replace(_BOOK, "</workbook>", f"{caches}</workbook>")
    package.replace(_DRAWING2, "</xdr:wsDr>", f"{SLICER_FRAME_XML}</xdr:wsDr>")


def _add_thread(package: _Package) -> None:
    part, kind = "threadedComments/threadedComment1.xml", "application/vnd.ms-excel"
    package.add(f"xl/{part}", THREADED_XML, f"{kind}.threadedcomments+xml")
    package.relate(_SHEET1, f"{MS_2017}/threadedComment", f"../{part}")
    package.add("xl/persons/person.xml", PERSON_XML, f"{kind}.person+xml")
    package.relate(_BOOK, f"{MS_2017}/person", "persons/person.xml")
    revision = f'<comments xmlns:mc="{MARKUP}" mc:Ignorable="xr" xmlns:xr="{XR}" '
    package.replace(_COMMENTS, "<comments ", revision)
    cell = f'<comment ref="{THREAD_CELL}" '
    package.replace(_COMMENTS, cell, f'{cell}xr:uid="{THREAD_ID}" ')


def _add_package_parts(package: _Package) -> None:
    """Ribbon, web extension, custom XML and printer settings."""
    package.add("customUI/customUI14.xml", RIBBON_XML)
    package.relate("", f"{MS_2007}/ui/extensibility", "customUI/customUI14.xml")

    kind, panes = "application/vnd.ms-office.webextension", "xl/webextensions/taskpanes.xml"
    package.add("xl/webextensions/webextension1.xml", ADD_IN_XML, f"{kind}+xml")
    add_in = package.relate(panes, f"{MS_2011}/webextension", "webextension1.xml")
    content = TASK_PANES_XML.format(declaration=DECLARATION, web=_WEB, rels=OFFICE_RELS, id=add_in)
    package.add(panes, content, f"{kind}taskpanes+xml")
    package.relate("", f"{MS_2011}/webextensiontaskpanes", panes)

    kind = "application/vnd.openxmlformats-officedocument"
    package.add("customXml/item1.xml", CUSTOM_XML)
    properties = "customXml/itemProps1.xml"
    package.add(properties, CUSTOM_PROPERTIES_XML, f"{kind}.customXmlProperties+xml")
    package.relate("customXml/item1.xml", f"{OFFICE_RELS}/customXmlProps", "itemProps1.xml")
    package.relate(_BOOK, f"{OFFICE_RELS}/customXml", "../customXml/item1.xml")

    settings = "printerSettings/printerSettings1.bin"
    package.add(f"xl/{settings}", _printer_settings())
    default = f'<Default Extension="bin" ContentType="{kind}.spreadsheetml.printerSettings"/>'
    end = '<Override PartName="/docProps/app.xml"'
    package.replace(CONTENT_TYPES_PART, end, f"{default}{end}")
    printer = package.relate(_SHEET1, f"{OFFICE_RELS}/printerSettings", f"../{settings}")
    package.replace(_SHEET1, "<pageSetup ", f'<pageSetup r:id="{printer}" ')


def _printer_settings() -> bytes:
    """Give a DEVMODE record as Windows keeps it: version, size, A4, landscape, one copy."""
    name = "Skrivare 1".encode("utf-16-le").ljust(64, b"\0")
    fields = struct.pack("<4HI2h", 0x0401, 0, 220, 0, 0x0103, 2, 9)
    return (name + fields + struct.pack("<4h", 0, 0, 100, 1)).ljust(220, b"\0")


def _tiny_png() -> bytes:
    """Draw a blue square, eight pixels wide."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">2I5B", 8, 8, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x1f\x4e\x79" * 8) * 8)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks
