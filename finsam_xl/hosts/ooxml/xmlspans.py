"""Where elements stand in an XML part, by byte offset, so that the rest can stay as it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from xml.parsers import expat

from finsam_xl.errors import WorkbookError
from finsam_xl.records import NamedTuple

INSIDE_TAG = rb"""(?:[^>"']++|"[^"]*"|'[^']*')*+"""
"""Pattern for the rest of a tag up to its end; a value in quotes may hold ``>``."""
_TAG = re.compile(b"<" + INSIDE_TAG + b">")
_ATTRIBUTE = re.compile(rb"""(\s+)([^\s=<>"'/]+)(\s*=\s*)("[^"]*"|'[^']*')""")
_ATTRIBUTES = re.compile(rb"(?:" + _ATTRIBUTE.pattern + rb")*\s*")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPED = re.compile(r"[&<>]")
_WHOLE = re.compile(r"[0-9]{1,10}")
_MEASURE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,17})?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]{1,8}|#\d{1,10}|\w+);")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NAMESPACES = {
    "Types": (_PACKAGE + "content-types",),
    "Relationships": (_PACKAGE + "relationships",),
    **dict.fromkeys(("workbook", "worksheet", "sst", "styleSheet"), (_MAIN, _STRICT)),
}
"""What the roots of the parts that are read belong to: in others Excel finds nothing."""
_MOST_NODES = 300_000
"""Elements of a tree; Excel has room for four times 65 490 cell formats and styles."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Node:
    """An element: its name as written, attributes, the offsets of its tags, and its children."""

    __slots__ = ("attributes", "children", "close", "end", "name", "open_end", "start")

    def __init__(self, name: str, attributes: dict[str, str], start: int, open_end: int) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.open_end = open_end
        self.close = open_end
        """Offset of the closing tag; equal to ``end`` for an empty-element tag."""
        self.end = open_end
        self.children: list[Node] = []

    @property
    def local(self) -> str:
        """The name without prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or ''."""
        head, colon, _ = self.name.rpartition(":")
        return head + colon

    @property
    def span(self) -> tuple[int, int, int, int]:
        """The offsets of both its tags."""
        return self.start, self.open_end, self.close, self.end

    def child(self, local: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.local == local), None)

    def get(self, local: str) -> str | None:
        """An attribute by its name without prefix."""
        for name, value in self.attributes.items():
            if name == local or name.endswith(":" + local):
                return value
        return None


def parser(part: str, *, namespaces: bool = False) -> expat.XMLParserType:
    """An expat parser that refuses document type declarations and encodings other than UTF-8.

    ``namespaces``: refuse prefixes that are not declared as well, as Excel does.
    """
    made = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    made.buffer_text = True

    def refuse_doctype(*_: object) -> None:
        raise WorkbookError(
            f"Delen {part} innehåller en dokumenttypdeklaration, som kan dölja skadlig kod.",
            remedy="Öppna arbetsboken i Excel och spara den på nytt.",
        )

    def check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise _encoded(part, encoding)

    made.StartDoctypeDeclHandler = refuse_doctype
    made.XmlDeclHandler = check_encoding
    return made


def _encoded(part: str, encoding: str) -> WorkbookError:
    return WorkbookError(
        f"Delen {part} har teckenkodningen {encoding}.",
        remedy="Öppna arbetsboken i Excel och spara den på nytt.",
    )


def run(made: expat.XMLParserType, data: bytes, part: str) -> None:
    """Parse a whole part; malformed XML becomes a ``WorkbookError``."""
    if data.startswith(_UTF16):
        # Sound XML even without a declaration, but its bytes are not the ones to look for.
        raise _encoded(part, "UTF-16")
    try:
        made.Parse(data, True)
    except expat.ExpatError as error:
        raise damaged(part) from error


def damaged(part: str) -> WorkbookError:
    """The error for a part that is missing or cannot be read."""
    return WorkbookError(
        f"Delen {part} i arbetsboken saknas eller är skadad.",
        where=part,
        remedy="Öppna filen i Excel, låt den repareras, spara och försök igen.",
    )


def too_much(part: str) -> WorkbookError:
    """The error for a part that holds more than any workbook has use for."""
    return WorkbookError(
        f"Delen {part} innehåller orimligt mycket.",
        where=part,
        remedy="Kontrollera varifrån arbetsboken kommer.",
    )


def tag_end(data: bytes, start: int) -> int:
    """The offset just after the tag that starts at ``start``."""
    match = _TAG.match(data, start)
    return match.end() if match else data.index(b">", start) + 1


def is_empty_tag(data: bytes, end: int) -> bool:
    """Whether the tag that ends at ``end`` is written as ``<name/>``.

    Asked of the bytes: expat reports the two ends of such a tag differently between versions.
    """
    return data[end - 2 : end] == b"/>"


def tree(data: bytes, part: str, depth: int, root: str = "") -> Node:
    """The elements of a part down to ``depth`` levels; the first is the root, called ``root``."""
    made = parser(part)
    stack: list[Node] = []
    roots: list[Node] = []
    level = nodes = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level, nodes
        level += 1
        if level <= depth:
            nodes += 1
            if nodes > _MOST_NODES:
                raise too_much(part)
            at = made.CurrentByteIndex
            node = Node(name, attributes, at, tag_end(data, at))
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)

    def end(_name: str) -> None:
        nonlocal level
        if level <= depth:
            node = stack.pop()
            if not is_empty_tag(data, node.open_end):
                node.close = made.CurrentByteIndex
                node.end = tag_end(data, node.close)
        level -= 1

    made.StartElementHandler = start
    made.EndElementHandler = end
    run(made, data, part)
    check_root(roots[0].name, roots[0].attributes, part, root)
    return roots[0]


def check_root(name: str, attributes: dict[str, str], part: str, wanted: str) -> None:
    """Raise ``WorkbookError`` for the root of another part, or one of another namespace."""
    prefix, _, local = name.rpartition(":")
    given = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns")
    if local != (wanted or local) or given not in _NAMESPACES.get(local, (given,)):
        raise damaged(part)


class Patch(NamedTuple):
    """Bytes to put in place of ``start``–``end``."""

    start: int
    end: int
    new: bytes


def patched(data: bytes, patches: list[Patch]) -> bytes:
    """``data`` with every patch applied; everything between them is untouched.

    Patches at the same place are applied in the order they are given.
    """
    pieces: list[bytes] = []
    at = 0
    for patch in sorted(patches, key=lambda p: (p.start, p.end)):
        if patch.start < at:
            raise ValueError("overlapping patches")
        pieces += (data[at : patch.start], patch.new)
        at = patch.end
    pieces.append(data[at:])
    return b"".join(pieces)


def with_children(
    data: bytes, span: tuple[int, int, int, int], name: bytes, new: bytes, tag: bytes | None = None
) -> list[Patch]:
    """What puts elements last inside another, also inside one written as ``<name/>``.

    ``span``: start and end of its tags; ``tag``: its start tag, if that changes.
    """
    start, open_end, close, end = span
    if close == end:
        opened = (data[start:open_end] if tag is None else tag).removesuffix(b"/>").rstrip()
        return [Patch(start, end, opened + b">" + new + b"</%s>" % name)]
    changed = [] if tag is None else [Patch(start, open_end, tag)]
    return [*changed, Patch(close, close, new)]


def attributes(tag: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and quoted values of a start tag, in order."""
    for match in _ATTRIBUTE.finditer(tag):
        yield match.group(2).decode(), match.group(4)


def only_attributes(tag: bytes) -> bool:
    """Whether the inside of a tag is nothing but whole attributes."""
    return _ATTRIBUTES.fullmatch(tag) is not None


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with one attribute set, added last, or removed (``None``)."""
    wanted = name.encode()
    for match in _ATTRIBUTE.finditer(tag):
        if match.group(2) == wanted:
            if value is None:
                return tag[: match.start()] + tag[match.end() :]
            new = b"".join(match.groups()[:3]) + b'"' + escape_attribute(value) + b'"'
            return tag[: match.start()] + new + tag[match.end() :]
    if value is None:
        return tag
    at = tag.rindex(b"/>") if tag.endswith(b"/>") else len(tag) - 1
    return (
        tag[:at].rstrip() + f" {name}=".encode() + b'"' + escape_attribute(value) + b'"' + tag[at:]
    )


def escape(text: str) -> bytes:
    """Text as element content, with characters XML cannot hold written as Excel writes them."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _FORBIDDEN.sub(lambda m: f"_x{ord(m.group()):04X}_", text)
    return _ESCAPED.sub(lambda m: _ESCAPES[m.group()], text).replace("\r", "_x000D_").encode()


def printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def escape_attribute(text: str) -> bytes:
    """Text as an attribute value inside double quotes."""
    return escape(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;")


def unescape_xml(text: str) -> str:
    """XML's own references turned back into characters."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name.startswith("#"):
        return _ENTITIES.get(name, match.group())
    number = int(f"0{name[1:]}", 0) if name.startswith("#x") else int(name[1:])
    return chr(number) if number <= sys.maxunicode else match.group()


def whole_number(text: str | None) -> int:
    """A number that an attribute gives; 0 if it gives none that could be meant."""
    return int(text) if text and _WHOLE.fullmatch(text.strip()) else 0


def measure(text: str | None, usual: float) -> float:
    """A width or distance that an attribute gives; ``usual`` if none that could be meant."""
    return float(text) if text and _MEASURE.fullmatch(text.strip()) else usual


def unescape(text: str) -> str:
    """Excel's ``_xHHHH_`` escapes turned back into characters."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)
