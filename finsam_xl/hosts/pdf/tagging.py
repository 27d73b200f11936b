"""A printed PDF that says what it holds: headings, tables, pictures and texts in reading order.

LibreOffice tags some cells of a sheet as paragraphs, others not at all, and no table, heading or
text of a chart. What each is, is known from the plan of the report. A report that is not found as
planned keeps what LibreOffice says of it, and then the PDF makes no claim of PDF/UA.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeGuard

import pikepdf

from finsam_xl.hosts.pdf.before import Element, elements, figures
from finsam_xl.hosts.pdf.content import Content, Piece, content
from finsam_xl.hosts.pdf.marking import marked
from finsam_xl.hosts.pdf.matching import Found, matched
from finsam_xl.hosts.pdf.parts import Mark, NotUnderstoodError, Pagination, Part
from finsam_xl.hosts.pdf.tree import Drawn, Tree
from finsam_xl.records import NamedTuple
from finsam_xl.report.outline import Outline, cells, outline
from finsam_xl.sheetplan import SheetPlan

_LANGUAGE = "sv-SE"
_STRANGE = (
    NotUnderstoodError,
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What comes of reading a PDF that is not written as LibreOffice writes it today."""
_SLACK = 2
"""How many points a text may begin outside the place of its link."""


def pages_of_bookmarks(pdf: bytes) -> dict[str, int]:
    """The page that each bookmark leads to, counted from 1, by the bookmark's text."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {title: page + 1 for title, page in _bookmarks(opened).items()}


def tagged(pdf: bytes, sheets: Sequence[SheetPlan]) -> bytes:
    """A PDF of LibreOffice's with some report sheets, and what it holds told in its structure."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = _pages(opened, sheets)
        if pages:
            tagging = _Tagging(opened)
            found = [tagging.report(sheet, on) for sheet, on in zip(sheets, pages, strict=True)]
            tagging.tree.finish()
        _describe(opened, is_whole=bool(pages) and all(found))
        held = io.BytesIO()
        opened.save(
            held,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return held.getvalue()


class _Reading(NamedTuple):
    """The pages of a report, what is drawn on each, and where its charts are drawn."""

    contents: Mapping[int, Content]
    found: Mapping[int, Found]
    boxes: Mapping[int, Any]


class _Tagging:
    """A PDF whose reports are told of one by one."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.tree = Tree(pdf)
        self._pdf = pdf
        self._before, self._figures = elements(pdf), figures(pdf)

    def report(self, plan: SheetPlan, on: range) -> bool:
        """Tell of a report what it holds; whether it was found as planned."""
        told = outline(plan)
        try:
            read = self._read(plan, told, on, [one for one in self._figures if one.page in on])
        except _STRANGE:
            before = [one for one in self._before if one.page in on]
            own = {mark: held for one in before for mark, held in one.marks.items()}
            self.tree.kept(plan.title, [one.element for one in before], own)
            return False
        links, texts = self._links(read), _texts(read)
        marks = self._marked(read, told)
        self.tree.report(plan.title, told, plan.charts, Drawn(marks, texts, links, read.boxes))
        return True

    def _read(
        self, plan: SheetPlan, told: Outline, on: range, figures: Sequence[Element]
    ) -> _Reading:
        contents = {page: content(self._pdf.pages[page], _on(page, figures)) for page in on}
        found = dict(zip(on, matched(plan, told.repeated, list(contents.values())), strict=True))
        return _Reading(contents, found, dict(_boxes(figures, contents, found)))

    def _marked(self, read: _Reading, told: Outline) -> dict[Part, list[Mark]]:
        """Write the pages again; the marks of each part."""
        order: dict[Part, int] = {}
        for cell in (cell for block in told.blocks for cell in cells(block)):
            order[cell.row, cell.column] = len(order)
        marks: dict[Part, list[Mark]] = defaultdict(list)
        for page, held in read.contents.items():
            written = marked(held, read.found[page], order)
            stream = pikepdf.unparse_content_stream(written.instructions)
            self._pdf.pages[page].Contents = self._pdf.make_stream(stream)
            for number, part in enumerate(written.parts):
                marks[part].append(Mark(page, number))
        return marks

    def _links(self, read: _Reading) -> dict[Part, list[Any]]:
        """The links over each cell."""
        links: dict[Part, list[Any]] = defaultdict(list)
        for page, held in read.contents.items():
            drawn = [(read.found[page].get(piece.number), piece) for piece in held.pieces]
            for link in self._pdf.pages[page].obj.get("/Annots", ()):
                over = (part for part, piece in drawn if _is_cell(part) and _is_over(link, piece))
                part = next(over, None)
                if part is not None:
                    links[part].append(link)
        return links


def _on(page: int, figures: Sequence[Element]) -> dict[int, int]:
    """The numbers of the pictures on a page, by the content they mark."""
    return {
        mark.number: number
        for number, figure in enumerate(figures)
        for mark in figure.marks
        if mark.page == page
    }


def _is_cell(part: Part | Pagination | None) -> TypeGuard[tuple[int, int]]:
    return isinstance(part, tuple)


def _boxes(
    figures: Sequence[Element], contents: Mapping[int, Content], found: Mapping[int, Found]
) -> Iterator[tuple[int, Any]]:
    """Where each chart is drawn."""
    for page, held in contents.items():
        for piece in held.pieces:
            chart = found[page].get(piece.number)
            if piece.figure is not None and isinstance(chart, int):
                box = figures[piece.figure].box
                if box is None:
                    raise NotUnderstoodError("BBox")
                yield chart, box


def _texts(read: _Reading) -> dict[Part, str]:
    """What is drawn of each cell, in the order it is drawn."""
    texts: dict[Part, str] = defaultdict(str)
    for page, held in read.contents.items():
        for piece in held.pieces:
            part = read.found[page].get(piece.number)
            if _is_cell(part):
                texts[part] += piece.text
    return texts


def _is_over(link: Any, piece: Piece) -> bool:
    left, below, right, above = (float(one) for one in link.Rect)
    return left - _SLACK <= piece.x <= right and below - _SLACK <= piece.y <= above


def _bookmarks(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page of each bookmark, counted from 0."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as told:
        places = {str(item.title): item.destination for item in told.root}
    return {
        title: numbers[place[0].objgen]
        for title, place in places.items()
        if isinstance(place, pikepdf.Array) and place[0].objgen in numbers
    }


def _pages(pdf: pikepdf.Pdf, sheets: Sequence[SheetPlan]) -> list[range]:
    """The pages of each sheet; a single one has them all. None where that is not known of each."""
    if len(sheets) == 1:
        return [range(len(pdf.pages))]
    begins = _bookmarks(pdf)
    first = [begins.get(sheet.name, -1) for sheet in sheets]
    if -1 in first or first != sorted(set(first)):
        return []
    return [range(*two) for two in pairwise([*first, len(pdf.pages)])]


def _describe(pdf: pikepdf.Pdf, *, is_whole: bool) -> None:
    """Say language and title, and that it is PDF/UA where all of it is told."""
    pdf.Root.Lang = pikepdf.String(_LANGUAGE)
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        told["dc:title"] = str(pdf.docinfo.get("/Title", ""))
        told["dc:language"] = [_LANGUAGE]
        if is_whole:
            told["pdfuaid:part"] = "1"
