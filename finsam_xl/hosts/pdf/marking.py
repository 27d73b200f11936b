"""The pages of a PDF written again so that each piece says what it is part of.

Nothing is added to what is drawn, left out or put elsewhere. Texts of their own, beside each other,
are drawn in the order in which they are read, which LibreOffice draws kind by kind. Pieces of one
part that follow each other are marked together, as far as the graphics states around them allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def marked(page: Content, found: Found, order: Mapping[Part, int]) -> Marked:
    """A page whose pieces are marked with what they are part of; what is no part is decoration.

    ``order``: the place of each part in what is read; what is not in it stays where it is drawn.
    """
    writer = _Writer(found, order)
    writer.write(page.root.children)
    return Marked(writer.instructions, writer.parts)


class _Writer:
    def __init__(self, found: Found, order: Mapping[Part, int]) -> None:
        self.instructions: list[Any] = []
        self.parts: list[Part] = []
        self._found = found
        self._order = order

    def write(self, children: Sequence[Any]) -> None:
        """Write what stands beside each other, one mark for each run of one part."""
        children = self._in_order(children)
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

    def _in_order(self, children: Sequence[Any]) -> list[Any]:
        """What stands beside each other, each stretch of single texts in the order it is read."""
        ordered: list[Any] = []
        stretch: list[tuple[int, int, Any]] = []
        for number, child in enumerate(children):
            place = self._place(child)
            if place is not None:
                stretch.append((place, number, child))
                continue
            ordered += [*(one for _, _, one in sorted(stretch)), child]
            stretch = []
        return [*ordered, *(one for _, _, one in sorted(stretch))]

    def _place(self, child: Any) -> int | None:
        """The place in what is read of a group that is the text of one part and nothing else."""
        parts = set(self._parts(child)) if isinstance(child, Group) else set()
        part = parts.pop() if len(parts) == 1 else None
        return None if part is None or isinstance(part, Pagination) else self._order.get(part)

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
