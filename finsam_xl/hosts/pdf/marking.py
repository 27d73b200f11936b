"""The pages of a PDF written again so that each piece says what it is part of.

Nothing is moved, added or left out of what is drawn. Pieces of one kind that follow each other are
marked together, as far as the graphics states around them allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from finsam_xl.hosts.pdf.content import Content, Group, Piece
from finsam_xl.hosts.pdf.matching import Found
from finsam_xl.hosts.pdf.parts import Pagination, Part
from finsam_xl.records import NamedTuple


class Marked(NamedTuple):
    """The new instructions of a page, and the part that each number marks."""

    instructions: list[Any]
    parts: list[Part]


def marked(page: Content, found: Found) -> Marked:
    """A page whose pieces are marked with what they are part of; what is no part is decoration."""
    writer = _Writer(found)
    writer.write(page.root.children)
    return Marked(writer.instructions, writer.parts)


class _Writer:
    def __init__(self, found: Found) -> None:
        self.instructions: list[Any] = []
        self.parts: list[Part] = []
        self._found = found

    def write(self, children: Sequence[Any]) -> None:
        """Write what stands beside each other, one mark for each run of one part."""
        parts = [list(dict.fromkeys(self._parts(child))) for child in children]
        at = 0
        while at < len(children):
            if len(parts[at]) == 1:
                end = _end(parts, at)
                self._run(children[at:end], parts[at][0])
                at = end
                continue
            if parts[at]:
                self.write(children[at].children)
            else:
                self._plain(children[at])
            at += 1

    def _parts(self, child: Any) -> Iterator[Part | Pagination | None]:
        """What is in a child."""
        if isinstance(child, Piece):
            yield self._found.get(child.number)
        elif isinstance(child, Group):
            for one in child.children:
                yield from self._parts(one)

    def _run(self, children: Sequence[Any], part: Part | Pagination | None) -> None:
        match part:
            case None:
                self._add("BMC", Name.Artifact)
            case Pagination():
                told = Dictionary(Type=Name.Pagination, Subtype=Name(f"/{part}"))
                self._add("BDC", Name.Artifact, told)
            case _:
                self._add("BDC", Name.Span, Dictionary(MCID=len(self.parts)))
                self.parts.append(part)
        for child in children:
            self._plain(child)
        self._add("EMC")

    def _plain(self, child: Any) -> None:
        if isinstance(child, Piece):
            self.instructions += child.instructions
        elif isinstance(child, Group):
            for one in child.children:
                self._plain(one)
        else:
            self.instructions.append(child)

    def _add(self, operator: str, *operands: Any) -> None:
        made = pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))
        self.instructions.append(made)


def _end(parts: Sequence[Sequence[Any]], at: int) -> int:
    """Where a run of one part ends: behind the last child that is of it."""
    end = at + 1
    for number in range(at + 1, len(parts)):
        if parts[number] == parts[at]:
            end = number + 1
        elif parts[number]:
            break
    return end
