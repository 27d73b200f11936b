"""What LibreOffice itself says of the content of a PDF: what is a picture, and what a text."""

from __future__ import annotations

from collections.abc import Iterator
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
    def is_figure(self) -> bool:
        """Whether it is a picture."""
        return bool(self.element.get("/S") == "/Figure")

    @property
    def box(self) -> Any | None:
        """Where on its page it is drawn, None if that is not said."""
        told = self.element.get("/A")
        attributes = told if isinstance(told, pikepdf.Array) else [told]
        boxes = (one.get("/BBox") for one in attributes if isinstance(one, pikepdf.Dictionary))
        return next((box for box in boxes if box is not None), None)


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    """The elements of a PDF below the one that is the document."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.get("/StructTreeRoot")
    return [] if root is None else [_element(one, numbers) for one in _below(root)]


def _element(element: Any, numbers: dict[tuple[int, int], int]) -> Element:
    marks = dict(_marks(element, None, numbers))
    return Element(element, min((mark.page for mark in marks), default=None), marks)


def _below(root: Any) -> Iterator[Any]:
    """The elements that are pieces of the sheets: below those that only hold others."""
    for kid in _kids(root):
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/S") in {"/Document", "/Part", "/Sect"}:
            yield from _below(kid)
        else:
            yield kid


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
