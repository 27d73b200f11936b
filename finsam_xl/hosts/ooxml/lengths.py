"""How long the workbook's lists of texts and formats were before a run, to be so again after it.

Both are only added to. A run that is taken back leaves what it has added with nothing that shows
it; cut off again, the part is what it was, which its checksum tells. Where somebody else has
written it since, or something that stays needs what was added, it is left as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Iterator

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.strings import used
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import Node, Patch, patched, tree, with_attribute
from finsam_xl.records import NamedTuple

_KINDS = {"sharedStrings": "texter", "styles": "format"}
_FORMATS = ("numFmts", "fonts", "fills", "borders", "cellXfs")
_TOLD = re.compile(rf"({'|'.join(_KINDS.values())}) (\S+) ([0-9a-f]{{8}})")
_STYLE = re.compile(rb"""<(?:\w+:)?(?:c|row|col)\b[^>]*?\s(?:s|style)=["'](\d+)["']""")
_COUNTS = ("count", "uniqueCount")
_NO = "-"
_ENDINGS = (b"", b"/>", b" />")


class _List(NamedTuple):
    """A list in a part: how many elements it has, and what it says of that itself."""

    length: int
    says: tuple[str, ...]

    def __str__(self) -> str:
        return ":".join((str(self.length), *self.says))

    @classmethod
    def of(cls, node: Node) -> _List:
        """The list as it stands."""
        return cls(len(node.children), tuple(node.get(name) or _NO for name in _COUNTS))

    @classmethod
    def read(cls, text: str) -> _List:
        """The list as it was told."""
        length, *says = text.split(":")
        return cls(int(length), tuple(says))


def parts(workbook: WorkbookPart) -> list[str]:
    """The parts that are lists: of texts, of formats."""
    return [part for kind in _KINDS if (part := workbook.other(kind)) is not None]


def told(package: Package, workbook: WorkbookPart) -> str:
    """How long the lists are, and the checksums of their parts, in a line."""
    said = []
    for kind, word in _KINDS.items():
        part = workbook.other(kind)
        if part is not None and part in package:
            data = package.read(part)
            lists = (str(_List.of(n)) if n is not None else _NO for n in _lists(data, part))
            said.append(f"{word} {'/'.join(lists)} {zlib.crc32(data):08x}")
    return " ".join(said)


def cut(line: str, data: bytes, part: str, sheets: Collection[bytes]) -> bytes | None:
    """A part as it was when the line was told; ``None`` where it cannot be so again.

    ``sheets``: all that show texts and formats.
    """
    is_texts = _local(data, part) == "sst"
    word = _KINDS["sharedStrings" if is_texts else "styles"]
    for name, lists, checksum in _TOLD.findall(line):
        if name != word:
            continue
        before = [None if one == _NO else _List.read(one) for one in lists.split("/")]
        last = before[-1]
        if last is None or needs_more(sheets, last.length, is_texts=is_texts):
            return None
        nodes = zip(_lists(data, part), before, strict=True)
        found = [(node, one) for node, one in nodes if node is not None]
        for ending in _ENDINGS:
            cuts = [patch for node, one in found for patch in _cut(data, node, one, ending)]
            shorter = patched(data, cuts)
            if f"{zlib.crc32(shorter):08x}" == checksum:
                return shorter
    return None


def _local(data: bytes, part: str) -> str:
    return tree(data, part, 1).local


def _lists(data: bytes, part: str) -> list[Node | None]:
    """The lists of a part, the one that cells show last."""
    root = tree(data, part, 3)
    return [root] if root.local == "sst" else [root.child(name) for name in _FORMATS]


def _cut(data: bytes, node: Node, before: _List | None, ending: bytes) -> Iterator[Patch]:
    """What takes from a list what was added to it; ``ending``: how an empty one is closed."""
    if before is None:
        yield Patch(node.start, node.end, b"")
        return
    tag = data[node.start : node.open_end]
    for name, value in zip(_COUNTS, before.says, strict=True):
        if node.get(name) is not None or value != _NO:
            tag = with_attribute(tag, name, None if value == _NO else value)
    if not before.length and ending:
        yield Patch(node.start, node.end, tag.removesuffix(b"/>").removesuffix(b">") + ending)
        return
    yield Patch(node.start, node.open_end, tag)
    added = node.children[before.length :]
    if added:
        yield Patch(added[0].start, added[-1].end, b"")


def needs_more(sheets: Iterable[bytes], length: int, *, is_texts: bool = False) -> bool:
    """Whether some cell shows a format, or a text, beyond the first ones."""
    for sheet in sheets:
        numbers = used(sheet) if is_texts else map(int, _STYLE.findall(sheet))
        if numbers is None or max(numbers, default=-1) >= length:
            return True
    return False
