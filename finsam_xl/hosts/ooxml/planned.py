"""Report sheets of a file as plans again, as far as they are printed.

A copy for others is printed as it is, with what people have written on its reports since they were
made. What is heading, key figure and table is told by how the cells look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.address import box
from finsam_xl.hosts.ooxml.contents import Contents
from finsam_xl.hosts.ooxml.packageparts import Relations
from finsam_xl.hosts.ooxml.sheetpart import SheetPart
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import Node, tree, unescape_xml, whole_number
from finsam_xl.sheetplan import BarChart, Chart, Page, PlannedCell, Role, SheetPlan

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"}
"""The number formats that files name by number alone."""
_AREA = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}(:[A-Z]{1,3}[1-9]\d{0,6})?")
_OF_SECTION = 5
_YES = {"1", "true"}
_DEEP = 9
"""How many levels of a drawing, and of the title of a chart, are read."""
_NOWHERE = (1, 1, 1, 1)


def planned(book: Contents, names: Sequence[str]) -> list[SheetPlan]:
    """Some report sheets of a workbook, in the order of ``names``."""
    workbook = WorkbookPart(book.package)
    styles = workbook.other("styles")
    roles = _roles(book.package.read(styles), styles) if styles is not None else []
    parts = {sheet.name: sheet.part for sheet in workbook.sheets}
    places = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    return [
        _plan(book, name, parts[name], roles, _printing(workbook, places[name])) for name in names
    ]


def _plan(book: Contents, name: str, part: str, roles: Sequence[Role], page: Page) -> SheetPlan:
    held = book.part(name)
    sections = {node.local: node.children for node in tree(held.data, part, 3).children}
    return SheetPlan(
        name=name,
        owner="",
        cells=tuple(_cells(held, roles)),
        widths=(),
        merges=tuple(map(box, held.merged)),
        charts=tuple(_charts(book, part)),
        page=page._replace(
            breaks=tuple(1 + whole_number(one.get("id")) for one in sections.get("rowBreaks", []))
        ),
        hidden=tuple(_hidden(sections.get("cols", []))),
    )


def _cells(held: SheetPart, roles: Sequence[Role]) -> Iterator[PlannedCell]:
    for (row, column), cell in sorted(held.cells.items()):
        style = held.raw((row, column)).style
        yield PlannedCell(row, column, cell.value, roles[style] if style < len(roles) else Role())


def _hidden(columns: Sequence[Node]) -> Iterator[int]:
    for one in columns:
        if one.get("hidden") in _YES:
            yield from range(whole_number(one.get("min")), whole_number(one.get("max")) + 1)


def _printing(workbook: WorkbookPart, place: int) -> Page:
    """The area of a sheet that is printed, and the rows that stand on every page."""
    page = Page()
    for node, formula in workbook.every_name:
        area = formula.rpartition("!")[2].replace("$", "")
        if node.get("localSheetId") != str(place):
            continue
        if node.get("name") == "_xlnm.Print_Area" and _AREA.fullmatch(area):
            _, _, row, column = box(area)
            page = page._replace(last_row=row, last_column=column)
        elif node.get("name") == "_xlnm.Print_Titles" and area.replace(":", "").isdecimal():
            first, _, last = area.partition(":")
            page = page._replace(title_rows=(int(first), int(last)))
    return page


def _roles(data: bytes, part: str) -> list[Role]:
    """How the cells of each format look."""
    root = tree(data, part, _OF_SECTION, "styleSheet")
    sections = {node.local: node.children for node in root.children}
    codes = {
        whole_number(one.get("numFmtId")): one.get("formatCode") or ""
        for one in sections.get("numFmts", [])
    }
    return [_role(one, sections, _BUILT_IN | codes) for one in sections.get("cellXfs", [])]


def _role(form: Node, sections: Mapping[str, list[Node]], codes: Mapping[int, str]) -> Role:
    """How the cells of one format look."""

    def part(section: str, name: str) -> list[Node]:
        held, number = sections.get(section, []), whole_number(form.get(name))
        return held[number].children if number < len(held) else []

    font = {one.local: one for one in part("fonts", "fontId")}
    border = {one.local: one for one in part("borders", "borderId")}
    fill = next(iter(part("fills", "fillId")), None)
    alignment, protection = form.child("alignment"), form.child("protection")
    return Role(
        size=float(_said(font.get("sz"), "val", "10")),
        bold="b" in font,
        italic="i" in font,
        underlined="u" in font,
        ink=_colour(font.get("color")),
        fill=_colour(fill.child("fgColor")) if fill is not None else "",
        number=codes.get(whole_number(form.get("numFmtId")), ""),
        align=_said(alignment, "horizontal", "left"),
        valign=_said(alignment, "vertical", "bottom"),
        wrap=_said(alignment, "wrapText", "0") in _YES,
        top=_rule(border.get("top")),
        bottom=_rule(border.get("bottom")),
        strong=any(one.get("style") == "medium" for one in border.values()),
        unlocked=_said(protection, "locked", "1") not in _YES,
    )


def _said(node: Node | None, name: str, usual: str) -> str:
    """What an element says, or what is meant where nothing is said."""
    return (node.get(name) if node is not None else None) or usual


def _rule(side: Node | None) -> str:
    return _colour(side.child("color")) if side is not None and side.get("style") else ""


def _colour(node: Node | None) -> str:
    told = node.get("rgb") if node is not None else None
    return f"#{told[-6:].upper()}" if told else ""


def _charts(book: Contents, part: str) -> Iterator[Chart]:
    """The charts of a sheet: what they are called, what they show in words, and where."""
    package = book.package
    for _, drawing in Relations(package, part).targets("drawing"):
        charts = dict(Relations(package, drawing).targets("chart"))
        data = package.read(drawing)
        for anchor in tree(data, drawing, _DEEP).children:
            nodes = {node.local: node for node in reversed(list(_below(anchor)))}
            chart = nodes["chart"].get("id") if "chart" in nodes else None
            if chart in charts and "row" in nodes:
                title = _title(package.read(charts[chart]), charts[chart])
                about, row = nodes["cNvPr"], nodes["row"]
                yield BarChart(
                    title=title,
                    alt_text=about.get("descr") or "",
                    labels=_NOWHERE,
                    values=_NOWHERE,
                    colours=(),
                    target=None,
                    row=1 + whole_number(data[row.open_end : row.close].decode()),
                    column=1,
                    size=(0, 0),
                )


def _title(data: bytes, part: str) -> str:
    """The title of a chart, not of its axes."""
    chart = tree(data, part, _DEEP).child("chart")
    title = chart.child("title") if chart is not None else None
    texts = (one for one in _below(title) if one.local == "t") if title is not None else ()
    return "".join(unescape_xml(data[one.open_end : one.close].decode()) for one in texts)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _below(child)
