"""The structure tree of a PDF: a part for each report, with its headings, tables and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from finsam_xl.hosts.pdf.parts import Mark, Part
from finsam_xl.hosts.pdf.shown import shown, spaced
from finsam_xl.records import NamedTuple
from finsam_xl.report.outline import (
    Block,
    Heading,
    KeyFigures,
    Outline,
    Picture,
    Table,
    TableCell,
    TableRow,
    Text,
)
from finsam_xl.sheetplan import Chart, PlannedCell

_PRINTED = 4
"""The flag of an annotation that is printed as it is shown."""


class Drawn(NamedTuple):
    """What a report is made of in the PDF.

    ``marks``: the marked content of each part, as it is drawn; ``texts``: what that shows, in this
    order; ``links``: the annotations over each cell; ``boxes``: where each chart is drawn.
    """

    marks: Mapping[Part, Sequence[Mark]]
    texts: Mapping[Part, str]
    links: Mapping[Part, Sequence[Any]]
    boxes: Mapping[int, Any]


class Tree:
    """A structure tree, made report by report."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._reports: list[Any] = []
        self._on_page: dict[int, dict[int, Any]] = {n: {} for n in range(len(self._pages))}
        self._annotated: list[tuple[Any, Any]] = []

    def report(self, title: str, outline: Outline, charts: Sequence[Chart], drawn: Drawn) -> None:
        """Add a report."""
        numbers = {id(chart): number for number, chart in enumerate(charts)}
        maker = _Maker(self, drawn, numbers)
        self._add(title, [one for block in outline.blocks for one in maker.block(block)])

    def kept(self, title: str, elements: Iterable[Any], marks: Mapping[Mark, Any]) -> None:
        """Add a report with the elements that it has, and the content that each of them marks."""
        for mark, element in marks.items():
            self._on_page[mark.page][mark.number] = element
        self._add(title, list(elements))

    def finish(self) -> None:
        """Make it the tree of the PDF, in place of the one that is there."""
        document = self.element("Document", self._reports)
        nums: Any = Array()
        for page, elements in self._on_page.items():
            self._pages[page].StructParents = page
            self._pages[page].Tabs = Name.S
            known = [elements.get(n) for n in range(1 + max(elements, default=-1))]
            nums.extend([page, self._pdf.make_indirect(Array(known))])
        for number, (annotation, element) in enumerate(self._annotated, start=len(self._pages)):
            annotation.StructParent = number
            nums.extend([number, element])
        root = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([document]),
                ParentTree=self._pdf.make_indirect(Dictionary(Nums=nums)),
                ParentTreeNextKey=len(self._pages) + len(self._annotated),
            )
        )
        document.P = root
        self._pdf.Root.StructTreeRoot = root

    def element(self, kind: str, kids: Sequence[Any], **told: Any) -> Any:
        """A new element of the tree with other elements, marked content and annotations in it."""
        made = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), **told))
        marks = [kid for kid in kids if isinstance(kid, Mark)]
        if marks:
            made.Pg = self._pages[marks[0].page]
        held = Array()
        for kid in kids:
            if isinstance(kid, Mark):
                self._on_page[kid.page][kid.number] = made
                held.append(self._content(kid, marks[0].page))
            else:
                if kid.get("/Type") == Name.OBJR:
                    kid.Obj.F = _PRINTED
                    self._annotated.append((kid.Obj, made))
                else:
                    kid.P = made
                held.append(kid)
        if kids:
            made.K = held
        return made

    def _content(self, mark: Mark, page: int) -> Any:
        if mark.page == page:
            return mark.number
        return Dictionary(Type=Name.MCR, Pg=self._pages[mark.page], MCID=mark.number)

    def _add(self, title: str, elements: Sequence[Any]) -> None:
        self._reports.append(self.element("Sect", elements, T=String(title)))


class _Maker:
    """Makes the elements of a report."""

    def __init__(self, tree: Tree, drawn: Drawn, charts: Mapping[int, int]) -> None:
        self._element = tree.element
        self._drawn = drawn
        self._charts = charts

    def block(self, block: Block) -> Iterator[Any]:
        """The elements that a block of a report is."""
        match block:
            case Heading(level, cell):
                yield self._element(f"H{level}", self._held(cell))
            case Text(cell):
                yield self._element("P", self._held(cell))
            case KeyFigures(figures):
                told = Dictionary(O=Name.List, ListNumbering=Name("/None"))
                yield self._element("L", [self._figure(one) for one in figures], A=told)
            case Table(rows):
                yield self._table(rows)
            case Picture(chart):
                yield self._picture(chart)

    def _figure(self, cells: Sequence[PlannedCell]) -> Any:
        held = [self._element("P", self._held(cell)) for cell in cells]
        return self._element("LI", [self._element("LBody", held)])

    def _table(self, rows: Sequence[TableRow]) -> Any:
        return self._element(
            "Table",
            [
                self._element("TR", [self._table_cell(cell, row.is_heading) for cell in row.cells])
                for row in rows
            ],
        )

    def _table_cell(self, cell: TableCell, is_in_heading: bool) -> Any:
        held = self._held(cell.cell) if cell.cell is not None else []
        told = Dictionary(O=Name.Table)
        if cell.is_heading:
            told.Scope = Name.Column if is_in_heading else Name.Row
        if cell.span > 1:
            told.ColSpan = cell.span
        attributes = {"A": told} if len(told) > 1 else {}
        return self._element("TH" if cell.is_heading else "TD", held, **attributes)

    def _picture(self, chart: Chart) -> Any:
        number = self._charts[id(chart)]
        told = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=self._drawn.boxes[number])
        marks = self._drawn.marks[number]
        return self._element("Figure", marks, A=told, Alt=String(chart.alt_text))

    def _held(self, cell: PlannedCell) -> list[Any]:
        """What an element holds that is a cell: its content, as a link if it is one."""
        place = cell.row, cell.column
        held: list[Any] = list(self._drawn.marks.get(place, ()))
        text = _whole(shown(cell))
        if spaced(self._drawn.texts.get(place, "")) != spaced(text):
            held = [self._element("Span", held, ActualText=String(text.strip()))]
        links = self._drawn.links.get(place, ())
        if not links:
            return held
        over = [Dictionary(Type=Name.OBJR, Obj=link) for link in links]
        return [self._element("Link", [*held, *over])]


_PARTED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


def _whole(text: str) -> str:
    """A text on one line, the words whole that its cell was too narrow for."""
    return _PARTED.sub("", text).replace("\n", " ")
