"""The workbook's cell formats: what a format shows, and new ones appended after the old."""

from __future__ import annotations

import re

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.xmlspans import (
    Node,
    Patch,
    escape_attribute,
    patched,
    tag_end,
    tree,
    whole_number,
    with_attribute,
    with_children,
)
from finsam_xl.palette import MARKS

_PERCENT_IDS = {9, 10}
_FIRST_OWN_NUMBER_FORMAT = 164
_DATE_IDS = frozenset({14, 15, 16, 17, 22})
_UNLOCKED = re.compile(rb"""<(?:\w+:)?protection\s[^>]*?\blocked\s*=\s*["'](?:0|false)["']""")
_INDENT = re.compile(rb"""\sindent\s*=\s*["'](\d{1,3})["']""")
_DATE = re.compile(r"[yd]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MARK_OF = {"FF" + colour[1:]: word for word, colour in MARKS.items()}
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles",
          "dxfs", "tableStyles", "colors", "extLst")  # fmt: skip
_APPENDED = frozenset({"numFmts", "fonts", "fills", "borders", "cellXfs"})
_OPENING = re.compile(rb"<(/?)(?=[A-Za-z])")


class Styles:
    """A ``styles.xml`` part. Formats are appended, found again, and never renumbered."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self._data = data
        self._root = tree(data, part, 3, "styleSheet")
        self._sections = {node.local: node for node in self._root.children}
        self._items: dict[str, list[bytes]] = {}
        self._added: dict[str, list[bytes]] = {}
        self._formats: dict[int, tuple[bool, str, bool, bool, int]] = {}
        self._number_formats = {
            whole_number(node.get("numFmtId")): node.get("formatCode") or ""
            for node in self._children("numFmts")
        }

    def _children(self, section: str) -> list[Node]:
        node = self._sections.get(section)
        return node.children if node is not None else []

    def items(self, section: str) -> list[bytes]:
        """The elements of a section, old and new, as bytes."""
        if section not in self._items:
            self._items[section] = [
                self._data[node.start : node.end] for node in self._children(section)
            ]
        return self._items[section]

    def shown(self, style: int) -> tuple[bool, str, bool, bool, int]:
        """Of a cell format: per cent, our colour word if any, no fill, a date, and how far in."""
        if style not in self._formats:
            self._formats[style] = self._shown(style)
        return self._formats[style]

    def _shown(self, style: int) -> tuple[bool, str, bool, bool, int]:
        nodes = self._children("cellXfs")
        if style >= len(nodes):
            return False, "", True, False, 0
        number = whole_number(nodes[style].get("numFmtId"))
        code = _QUOTED.sub("", self._number_formats.get(number, ""))
        fill = whole_number(nodes[style].get("fillId"))
        mark, plain = self._fill(fill)
        dated = number in _DATE_IDS or bool(_DATE.search(code))
        inside = _INDENT.search(self._data[nodes[style].start : nodes[style].end])
        indent = int(inside.group(1)) if inside else 0
        return number in _PERCENT_IDS or "%" in code, mark, plain, dated, indent

    def unlocks(self, style: int) -> bool:
        """Whether cells of a format may be written though their sheet is protected."""
        nodes = self._children("cellXfs")
        if style >= len(nodes):
            return False
        return _UNLOCKED.search(self._data[nodes[style].start : nodes[style].end]) is not None

    def _fill(self, fill: int) -> tuple[str, bool]:
        fills = self.items("fills")
        if fill >= len(fills):
            return "", True
        colour = re.search(rb"""fgColor\s[^>]*rgb\s*=\s*["']([0-9A-Fa-f]{8})["']""", fills[fill])
        mark = _MARK_OF.get(colour.group(1).decode().upper(), "") if colour else ""
        pattern = re.search(rb"""patternType\s*=\s*["'](\w+)["']""", fills[fill])
        has_pattern = pattern is not None and pattern.group(1) != b"none"
        return mark, not has_pattern and b"gradientFill" not in fills[fill]

    def add(self, section: str, item: bytes) -> int:
        """The number of an element in a section, appended at the end when it is new."""
        items = self.items(section)
        if item in items:
            return items.index(item)
        if section == "cellXfs" and not items:
            # The first would be how every cell without a format looks.
            raise WorkbookError(
                "Arbetsboken saknar cellformat, som färger och rapporter behöver.",
                where=self.part,
                remedy="Öppna arbetsboken i Excel, spara den och kör igen.",
            )
        items.append(item)
        self._added.setdefault(section, []).append(item)
        return len(items) - 1

    def with_mark(self, style: int, mark: str) -> int:
        """The format ``style`` with its fill set to a colour word's, or removed for ''."""
        formats = self.items("cellXfs")
        base = formats[style] if style < len(formats) else next(iter(formats), b"<xf/>")
        fill = self.add("fills", self._solid(MARKS[mark])) if mark else 0
        end = tag_end(base, 0)
        tag = with_attribute(base[:end], "fillId", str(fill))
        if not fill:
            # A format without fill most often says nothing of fills: that is what stood there.
            for said in (None, "0"):
                known = with_attribute(tag, "applyFill", said) + base[end:]
                if known in formats:
                    return formats.index(known)
        return self.add("cellXfs", with_attribute(tag, "applyFill", "1") + base[end:])

    def _solid(self, colour: str) -> bytes:
        return self._own(
            b'<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/>'
            b'<bgColor indexed="64"/></patternFill></fill>' % colour[1:].encode()
        )

    def _own(self, element: bytes) -> bytes:
        """An element written with the prefix this part uses."""
        prefix = self._root.prefix.encode()
        return _OPENING.sub(rb"<\1" + prefix, element) if prefix else element

    def number_format(self, code: str) -> int:
        """The number of a number format code, appended when it is new."""
        for number, known in self._number_formats.items():
            if known == code:
                return number
        number = max([_FIRST_OWN_NUMBER_FORMAT - 1, *self._number_formats]) + 1
        self._number_formats[number] = code
        self.add(
            "numFmts",
            self._own(
                b'<numFmt numFmtId="%d" formatCode="%s"/>' % (number, escape_attribute(code))
            ),
        )
        return number

    def take_in(self, other: Styles) -> list[int]:
        """Append another part's cell formats; gives their numbers here, in its order."""
        parts = {
            section: [self.add(section, self._own(item)) for item in other.items(section)]
            for section in ("fonts", "fills", "borders")
        }
        ids = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
        numbers = []
        for item in other.items("cellXfs"):
            end = tag_end(item, 0)
            tag = item[:end]
            node = tree(item, other.part, 1)
            for attribute, section in ids.items():
                tag = with_attribute(
                    tag, attribute, str(parts[section][int(node.attributes[attribute])])
                )
            code = other._number_formats.get(int(node.attributes["numFmtId"]))
            if code is not None:
                tag = with_attribute(tag, "numFmtId", str(self.number_format(code)))
            tag = with_attribute(tag, "xfId", "0")
            numbers.append(self.add("cellXfs", self._own(tag + item[end:])))
        return numbers

    def only_adds_to(self, before: Styles) -> bool:
        """Whether this is ``before`` with cell formats, and what they need, appended."""
        return all(
            self.items(section)[: len(before.items(section))] == before.items(section)
            if section in _APPENDED
            else self._whole(section) == before._whole(section)
            for section in _ORDER
        )

    def _whole(self, section: str) -> bytes:
        node = self._sections.get(section)
        return self._data[node.start : node.end] if node is not None else b""

    @property
    def is_changed(self) -> bool:
        """Whether something was added."""
        return bool(self._added)

    def data(self) -> bytes:
        """The part with what was added; the very same bytes if nothing was."""
        patches: list[Patch] = []
        for section, added in self._added.items():
            new = b"".join(added)
            node = self._sections.get(section)
            prefix = self._root.prefix.encode()
            name = prefix + section.encode()
            if node is None:
                whole = b'<%s count="%d">%s</%s>' % (name, len(added), new, name)
                at = self._place_for(section)
                patches.append(Patch(at, at, whole))
                continue
            tag = with_attribute(
                self._data[node.start : node.open_end], "count", str(len(self.items(section)))
            )
            patches += with_children(self._data, node.span, name, new, tag)
        return patched(self._data, patches)

    def _place_for(self, section: str) -> int:
        later = _ORDER[_ORDER.index(section) + 1 :]
        return next(
            (self._sections[name].start for name in later if name in self._sections),
            self._root.close,
        )
