"""What LibreOffice itself says of the content of a PDF: what is a picture, and what a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from finsam_xl.hosts.pdf.parts import Mark
from finsam_xl.records import NamedTuple


class Element(NamedTuple):
    """An element below the document: itself, the page it begins on, and all content in it."""

    element: Any
    page: int | None
    marks: dict[Mark, Any]

    @property
    def box(self) -> Any | None:
        """Where on its page it is drawn, None if that is not said."""
        told = self.element.get("/A")
        attributes = told if isinstance(told, pikepdf.Array) else [told]
        boxes = (one.get("/BBox") for one in attributes if isinstance(one, pikepdf.Dictionary))
        return next((box for box in boxes if box is not None), None)


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    """The elements of a PDF that are pieces of the sheets: below those that only hold others."""
    return _found(pdf, _HOLDING.__contains__)


def figures(pdf: pikepdf.Pdf) -> list[Element]:
    """The pictures of a PDF, wherever in the tree they are."""
    return _found(pdf, "/Figure".__ne__)


_HOLDING = frozenset({"/Document", "/Part", "/Sect"})


def _found(pdf: pikepdf.Pdf, holds: Callable[[str], bool]) -> list[Element]:
    """The first elements from the root on whose kind is not one that ``holds`` others."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.get("/StructTreeRoot")
    return [] if root is None else [_element(one, numbers) for one in _below(root, holds)]


def _below(root: Any, holds: Callable[[str], bool]) -> Iterator[Any]:
    for kid in _kids(root):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if holds(str(kid.S)):
                yield from _below(kid, holds)
            else:
                yield kid


def _element(element: Any, numbers: dict[tuple[int, int], int]) -> Element:
    marks = dict(_marks(element, None, numbers))
    return Element(element, min((mark.page for mark in marks), default=None), marks)


def _marks(
    element: Any, page: int | None, numbers: dict[tuple[int, int], int]
) -> Iterator[tuple[Mark, Any]]:
    """The marked content in an element and those below it, each with its own element."""
    own = element.get("/Pg")
    page = page if own is None else numbers.get(own.objgen)
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/MCID") is None:
            yield from _marks(kid, page, numbers)
            continue
        content = kid if isinstance(kid, int) else int(kid.MCID)
        there = None if isinstance(kid, int) else kid.get("/Pg")
        on = page if there is None else numbers.get(there.objgen)
        if on is not None:
            yield Mark(on, content), element


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
