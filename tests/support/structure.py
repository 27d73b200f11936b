"""What a PDF says that it holds, as poppler reads it, and as its objects say it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pikepdf
from conftest import missing

_LINE = re.compile(
    r"(?P<indent> *)(?:(?P<kind>[A-Z][A-Za-z0-9]*)(?: \".*\")?(?: \((?:block|inline)\))?:?"
    r"|/(?P<name>\w+) (?P<value>.*)|\"(?P<text>.*)\"|Object \d+ \d+)"
)


class Element:
    """An element of the tree: its kind, what it says of itself, and what is in it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.attributes: dict[str, str] = {}
        self.kids: list[Element] = []
        self.own = ""

    @property
    def text(self) -> str:
        """All its text, in reading order."""
        return self.own + "".join(kid.text for kid in self.kids)

    @property
    def span(self) -> int:
        """How many columns a cell of a table fills."""
        return int(self.attributes.get("ColSpan", 1))

    def all(self, *kinds: str) -> Iterator[Element]:
        """It and the elements in it, in reading order, that are of some kinds."""
        if self.kind in kinds:
            yield self
        for kid in self.kids:
            yield from kid.all(*kinds)


def poppler(pdf: bytes, *options: str) -> str:
    """What pdfinfo says of a file."""
    if not shutil.which("pdfinfo"):
        missing("poppler-utils (pdfinfo) finns inte på datorn")
    with TemporaryDirectory() as folder:
        file = Path(folder, "r.pdf")
        file.write_bytes(pdf)
        done = subprocess.run(["pdfinfo", *options, str(file)], capture_output=True, check=True)
    assert b"Warning" not in done.stderr, done.stderr
    return done.stdout.decode(errors="replace")


def tree(pdf: bytes) -> Element:
    """The document, as poppler reads it."""
    open_ones = [(-1, Element("root"))]
    for line in poppler(pdf, "-struct-text").splitlines():
        told = _LINE.fullmatch(line)
        assert told is not None, line
        depth = len(told["indent"])
        while open_ones[-1][0] >= depth:
            open_ones.pop()
        parent = open_ones[-1][1]
        if told["kind"]:
            parent.kids.append(Element(told["kind"]))
            open_ones.append((depth, parent.kids[-1]))
        elif told["name"]:
            parent.attributes[told["name"]] = told["value"].removeprefix("/")
        else:
            parent.own += told["text"] or ""
    (document,) = open_ones[0][1].kids
    return document


class Marks(NamedTuple):
    """The marked content of a page: its numbers as they are drawn, and what stands outside it."""

    numbers: list[int]
    unmarked: int


def drawn_marks(page: pikepdf.Page) -> Marks:
    """The marked content on a page; what is drawn and neither marked nor decoration is counted."""
    numbers: list[int] = []
    unmarked, inside = 0, 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            tag, *told = instruction.operands
            number = told[0].get("/MCID") if told else None
            numbers += [] if number is None else [int(number)]
            inside += number is not None or tag == "/Artifact" or inside > 0
        elif operator == "EMC":
            inside -= inside > 0
        elif operator in {"Tj", "TJ", "S", "s", "f", "f*", "B", "B*", "b", "b*", "Do", "sh"}:
            unmarked += inside == 0
    return Marks(numbers, unmarked)


def reached(pdf: pikepdf.Pdf) -> Counter[tuple[int, int]]:
    """How often the tree reaches each marked content: the page, from 0, and the number there.

    Each is said by the tree of parents to be in the element that it is reached by.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    found: Counter[tuple[int, int]] = Counter()

    def go(element: Any, page: int | None) -> None:
        page = pages[element.Pg.objgen] if "/Pg" in element else page
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                there, number = page, int(kid)
            elif "/MCID" in kid:
                there, number = pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)
            elif kid.get("/Type") == "/OBJR":
                assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                continue
            else:
                assert kid.get("/P", element).objgen == element.objgen
                go(kid, page)
                continue
            assert there is not None
            found[there, number] += 1
            held = parents[int(pdf.pages[there].obj.StructParents)]
            assert held[number].objgen == element.objgen

    go(pdf.Root.StructTreeRoot, None)
    return found
