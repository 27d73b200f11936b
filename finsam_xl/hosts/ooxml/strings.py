"""The workbook's shared strings: read all, append the few that are new, renumber none."""

from __future__ import annotations

import re
from functools import cached_property

from finsam_xl.hosts.ooxml.xmlspans import (
    Node,
    Patch,
    escape,
    parser,
    patched,
    run,
    tree,
    unescape,
    unescape_xml,
    whole_number,
    with_attribute,
    with_children,
)

_RUN = re.compile(rb"(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)(</)")
_USE = re.compile(rb"""\st\s*=\s*["']s["']""")
_USED = re.compile(
    rb"""<(?P<p>(?:\w+:)?)c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?P=p)v\b[^>]*>\s*(\d+)\s*<"""
)


def uses(sheet: bytes) -> int:
    """How many cells of a sheet part show a shared string."""
    return len(_USE.findall(sheet))


def used(sheet: bytes) -> frozenset[int] | None:
    """The numbers of the shared strings that a sheet part shows; None if one cannot be told."""
    found = [int(number) for _, number in _USED.findall(sheet)]
    return frozenset(found) if len(found) == uses(sheet) else None


class SharedStrings:
    """The texts of ``xl/sharedStrings.xml`` by number, and the new ones of this run."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self._data = data
        self._added: list[bytes] = []
        self.more_uses = 0
        """How many more cells use a shared string than before."""
        self.emptied: frozenset[int] = frozenset()
        """The texts that nothing shows any more; their numbers stay taken."""
        self.texts, self._plain = _read(data, part)

    @cached_property
    def _known(self) -> dict[str, int]:
        """Plain texts by number: rich text is formatted and must not stand in for plain."""
        numbers: dict[str, int] = {}
        for number, text in enumerate(self.texts):
            if self._plain[number]:
                numbers.setdefault(text, number)
        return numbers

    def number(self, text: str) -> int:
        """The number of a plain text, added at the end when it is new."""
        known = self._known.get(text)
        if known is None:
            prefix = self._root.prefix.encode()
            item = b'<%ssi><%st xml:space="preserve">%s</%st></%ssi>'
            known = self._known[text] = self._add(
                item % (prefix, prefix, escape(text), prefix, prefix)
            )
        return known

    def reworded(self, number: int, text: str) -> int:
        """The number of a text that is formatted letter by letter as another is.

        They must differ in figures alone, or the one be the other with something before it.
        """
        old = self.texts[number]
        if self._plain[number] or not (text.endswith(old) or _differ_in_figures(old, text)):
            return self.number(text)
        item = self._items[number]
        return self._add(_with_text(item, text, len(text) - len(old)))

    def _add(self, item: bytes) -> int:
        self._added.append(item)
        return len(self.texts) + len(self._added) - 1

    @cached_property
    def _root(self) -> Node:
        return tree(self._data, self.part, 1, "sst")

    @cached_property
    def _items(self) -> list[bytes]:
        """Every text as it stands in the part."""
        nodes = tree(self._data, self.part, 2, "sst").children
        return [self._data[node.start : node.end] for node in nodes if node.local == "si"]

    @property
    def is_changed(self) -> bool:
        """Whether there is a new text, or a text is used more or less often."""
        return bool(self._added or self.more_uses or self.emptied)

    def data(self) -> bytes:
        """The part with the new texts appended; the very same bytes if there are none."""
        if not self.is_changed:
            return self._data
        root, prefix = self._root, self._root.prefix.encode()
        empty = b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)
        held = tree(self._data, self.part, 2).children if self.emptied else []
        blanks = [
            Patch(node.start, node.end, empty)
            for number, node in enumerate(node for node in held if node.local == "si")
            if number in self.emptied
        ]
        items = b"".join(self._added)
        tag = self._data[root.start : root.open_end]
        unique = len(self.texts) + len(self._added)
        uses = max(whole_number(root.get("count")) + self.more_uses, 0)
        for name, value in (("uniqueCount", unique), ("count", uses)):
            if name in root.attributes:
                tag = with_attribute(tag, name, str(value))
        patches = with_children(self._data, root.span, prefix + b"sst", items, tag)
        return patched(self._data, [*blanks, *patches])


def _differ_in_figures(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or (a.isdigit() and b.isdigit()) for a, b in zip(one, other, strict=True)
    )


def _with_text(item: bytes, text: str, more: int) -> bytes:
    """A formatted text with other words; ``more``: how many letters stand before the first."""
    at, held = 0, more

    def new(match: re.Match[bytes]) -> bytes:
        nonlocal at, held
        start = at
        at += len(unescape(unescape_xml(match[2].decode()))) + held
        held = 0
        return match[1] + escape(text[start:at]) + match[3]

    return _RUN.sub(new, item)


class _Reader:
    """Gathers the texts: the runs of rich text joined, phonetic guides left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.plain: list[bool] = []
        self.pieces: list[str] = []
        self.in_text = self.in_phonetic = self.is_rich = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self.in_text = not self.in_phonetic
        elif local == "si":
            self.pieces = []
            self.is_rich = False
        elif local == "r":
            self.is_rich = True
        elif local == "rPh":
            self.in_phonetic = True

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self.in_text = False
        elif local == "rPh":
            self.in_phonetic = False
        elif local == "si":
            self.texts.append(unescape("".join(self.pieces)))
            self.plain.append(not self.is_rich)

    def characters(self, text: str) -> None:
        if self.in_text:
            self.pieces.append(text)


def _read(data: bytes, part: str) -> tuple[list[str], list[bool]]:
    reader, made = _Reader(), parser(part)
    made.StartElementHandler = reader.start
    made.EndElementHandler = reader.end
    made.CharacterDataHandler = reader.characters
    run(made, data, part)
    return reader.texts, reader.plain
