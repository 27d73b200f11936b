"""Workbooks changed at random: in their bytes, in their zip entries, in the XML of their parts.

The same seed gives the same workbook.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

from safety.hostile_books import Parts

_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb'="([^"<>]*)"')
_TEXT = re.compile(rb">([^<>]+)<")
_ATTRIBUTE = re.compile(rb'\s[\w:]+="[^"<>]*"')
NASTY = [
    b"", b"0", b"-1", b"1", b"2", b"99999999999999999999", b"7" * 5000, b"1e999", b"-1e999", b"NaN",
    b"inf", b"1.5", b"0x10", b"\xd9\xa3", b"\xc2\xb2", b"abc", b"true", b"&#0;", b"&#x1F4A9;",
    b"&#xD800;", b"_xD800_", b"_x0000_", b"_x001B_[2J", b"&amp;amp;", b"&unknown;", b"&lt;", b"%s",
    b"../../../../etc/passwd", b"/etc/passwd", b"file:///etc/passwd", b"http://127.0.0.1:1/x",
    b"\\\\host\\share", b"A1", b"XFD1048576", b"XFE1048577", b"A0", b"AAAA1", b"A1:XFD1048576",
    b"A:A", b"$A$1:$A$", b"1:1", b"#REF!", b"SUM(", b"SUM(A1:XFD1048576)", b"(" * 2000, b"1+" * 3000,
    b"A1", b"INDIRECT(A1)", b"'" * 51, b"Budget 2024!A1", b"[1]Blad!A1", b"cmd|'/c calc'!A1",
    b"WEBSERVICE(&quot;http://127.0.0.1&quot;)", b"RAND()", b"1/0", b"{1,2;3}", b"LET(x,1,x)",
    b"Budget 2023", b"Utfall 2024", b"Summa", b"Medlemsavgifter", b"tkr", b"Staten", b"Totalt",
    b"n", b"s", b"b", b"e", b"d", b"str", b"inlineStr", b"shared", b"array", b"dataTable", b"rId1",
    b"rId999", b"worksheet", b"External", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b" ", b"\n", b"x" * 40000,
]  # fmt: skip
"""Values that no program writes, or means something else by where they are put."""
_INSERTS = [
    b"<!-- <c r='A1'/> -->", b"<?x y?>", b"<![CDATA[<c/>]]>", b"<c/>", b"<row/>", b"<row>", b"</row>",
    b"<x:c/>", b"<f/>", b"<f>A1</f>", b"<v>1</v>", b"<v/>", b"<is><t>x</t></is>", b"<si/>", b"<xf/>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"\x00", b"\xff", b"<a>" * 3000, b"<sheet/>",
    b'<definedName name="Finsam_Rapport_kontroll">#REF!</definedName>', b'<mergeCell ref="A1:C3"/>',
    b'<mergeCell ref="A1:XFD1048576"/>', b'<c r="B3"><f t="shared" si="0"/></c>', b"<sheetData/>",
    b'<c r="C4"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>', b'<calcPr fullCalcOnLoad="1"/>',
]  # fmt: skip


def mutated(original: bytes, seed: int) -> bytes:
    """A workbook changed in one to four places."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    kind = chance.random()
    if kind < 0.06:
        return _in_bytes(original, chance)
    with zipfile.ZipFile(io.BytesIO(original)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        parts = (_in_parts if chance.random() < 0.15 else _in_xml)(parts, chance)
    packed = _packed(parts, chance)
    return _in_directory(packed, chance) if kind > 0.95 else packed


def _packed(parts: Parts, chance: random.Random) -> bytes:
    made = io.BytesIO()
    method = chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
    with zipfile.ZipFile(made, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def _in_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        at, size = chance.randrange(len(data)), chance.randint(1, 64)
        new = chance.choice([b"", chance.randbytes(size), data[at : at + size] * 2, b"\xff" * size])
        data = data[:at] + new + data[at + chance.choice([0, 1, size]) :]
    return data


def _in_directory(data: bytes, chance: random.Random) -> bytes:
    """A field of a directory record or local header says something else."""
    mark = chance.choice([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"])
    places = [match.start() for match in re.finditer(re.escape(mark), data)]
    at = chance.choice(places) + chance.choice(range(4, 46, 2))
    form, most = chance.choice([("<H", 0xFFFF), ("<L", 0xFFFFFFFF)])
    changed = bytearray(data)
    if at + 4 <= len(changed):
        struct.pack_into(form, changed, at, chance.choice([0, 1, most, chance.randint(0, most)]))
    return bytes(changed)


def _in_parts(parts: Parts, chance: random.Random) -> Parts:
    names = list(parts)
    one, other = chance.choice(names), chance.choice(names)
    what = chance.randrange(7)
    if what == 0:
        return {name: data for name, data in parts.items() if name != one}
    if what == 1:
        return parts | {one: parts[other]}
    if what == 2:
        return parts | {one: parts[one][: chance.randrange(len(parts[one]) + 1)]}
    if what == 3:
        new = chance.choice([one.upper(), f"/{one}", f"../{one}", one + "\u0151", one.swapcase()])
        return {new if name == one else name: data for name, data in parts.items()}
    if what == 4:
        return parts | {f"{one}.rels": parts[other], f"xl/{chance.randint(1, 9)}.xml": b"<x/>"}
    if what == 5:
        codes = ["utf-16", "utf-8-sig", "latin-1", "utf-32"]
        text = parts[one].decode(errors="replace")
        return parts | {one: text.encode(chance.choice(codes), "replace")}
    return parts | {one: chance.choice([b"", b"\x00", b"<x/>", b"PK\x03\x04", parts[one] * 2])}


def _in_xml(parts: Parts, chance: random.Random) -> Parts:
    names = [name for name in parts if name.endswith((".xml", ".rels", ".vml")) and parts[name]]
    # What is read the most is changed the most.
    heavy = [name for name in names if "sheet" in name or "workbook" in name or "Strings" in name]
    name = chance.choice(heavy if heavy and chance.random() < 0.75 else names)
    change = chance.choice(_CHANGES)
    return parts | {name: change(parts[name], chance)}


def _spot(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data))
    return chance.choice(found) if found else None


def _new_value(data: bytes, chance: random.Random) -> bytes:
    at = _spot(_VALUE, data, chance)
    return data[: at.start(1)] + chance.choice(NASTY) + data[at.end(1) :] if at else data


def _new_text(data: bytes, chance: random.Random) -> bytes:
    at = _spot(_TEXT, data, chance)
    return data[: at.start(1)] + chance.choice(NASTY) + data[at.end(1) :] if at else data


def _lost_attribute(data: bytes, chance: random.Random) -> bytes:
    at = _spot(_ATTRIBUTE, data, chance)
    return data[: at.start()] + data[at.end() :] if at else data


def _other_attribute(data: bytes, chance: random.Random) -> bytes:
    """One attribute in the place of another, or twice."""
    at, by = _spot(_ATTRIBUTE, data, chance), _spot(_ATTRIBUTE, data, chance)
    if at is None or by is None:
        return data
    return data[: at.start()] + by.group() + data[chance.choice([at.start(), at.end()]) :]


def _inserted(data: bytes, chance: random.Random) -> bytes:
    at = _spot(_TAG, data, chance)
    return data[: at.end()] + chance.choice(_INSERTS) + data[at.end() :] if at else data


def _lost_tag(data: bytes, chance: random.Random) -> bytes:
    at = _spot(_TAG, data, chance)
    return data[: at.start()] + data[at.end() :] if at else data


def _element(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Where some element starts and ends, as far as its tags tell."""
    at = _spot(_TAG, data, chance)
    if at is None:
        return 0, 0
    name = re.match(rb"<([\w:]+)", at.group())
    if name is None or at.group().endswith(b"/>"):
        return at.span()
    end = data.find(b"</%s>" % name.group(1), at.end())
    return at.start(), end + len(name.group(1)) + 3 if end >= 0 else at.end()


def _lost_element(data: bytes, chance: random.Random) -> bytes:
    start, end = _element(data, chance)
    return data[:start] + data[end:]


def _moved_element(data: bytes, chance: random.Random) -> bytes:
    """An element again, somewhere else or right beside."""
    start, end = _element(data, chance)
    at = _spot(_TAG, data, chance)
    place = chance.choice([end, at.end() if at else end])
    times = chance.choice([1, 1, 1, 2, 50])
    return data[:place] + data[start:end][:5000] * times + data[place:]


def _respelled(data: bytes, chance: random.Random) -> bytes:
    """The same in other words: quotes, spaces, prefixes, line breaks, declarations."""
    old, new = chance.choice(
        [
            (b'="', b' = "'), (b'"', b"'"), (b"/>", b" />"), (b"><", b">\r\n<"), (b" r=", b" R="),
            (b"<c ", b"<x:c "), (b"UTF-8", b"UTF-16"), (b"UTF-8", b"ISO-8859-1"), (b"xmlns=", b"xmlns:x="),
            (b"<?xml", b" <?xml"), (b"</v>", b"</v >"), (b"<v>", b'<v xml:space="preserve">'),
            (b't="s"', b't="inlineStr"'), (b"spreadsheetml/2006", b"spreadsheetml/2007"),
            (b"<f>", b'<f t="shared" ref="A1:Z99" si="0">'), (b"<f>", b'<f t="array" ref="A1:B2">'),
        ]
    )  # fmt: skip
    return data.replace(old, new, chance.choice([1, 3, -1]))


_CHANGES: list[Callable[[bytes, random.Random], bytes]] = [
    _new_value, _new_value, _new_value, _new_text, _new_text, _new_text, _lost_attribute,
    _other_attribute, _inserted, _inserted, _lost_tag, _lost_element, _lost_element,
    _moved_element, _moved_element, _respelled,
]  # fmt: skip
