"""What a compiled VBA project says of itself: its modules, whether it is locked, who has code.

Read after [MS-CFB] and [MS-OVBA], so that nothing else is needed to know whose a project is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cached_property

from finsam_xl.hosts.ooxml.xmlspans import damaged

PART = "xl/vbaProject.bin"
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_DIRECTORY_ENTRY = 128
_STREAM, _ROOT = 2, 5
_KINDS = frozenset(("Module", "Class", "BaseClass", "Document"))
_PASSWORD = re.compile(r'^DPB="([0-9A-F]*)"', re.MULTILINE)
_SHORTEST_PASSWORD = 60
"""Digits of a hashed password; without one the record is a third of that."""
_SOURCE = b"\x00Attribut"
_DOES_NOTHING = ("Attribute ", "Option ", "'")


class Project:
    """A project's bytes, read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._streams = dict(_streams(data))
            self._text = self._streams["PROJECT"].decode("cp1252", "replace")
        except (KeyError, IndexError, struct.error) as error:
            raise damaged(PART) from error

    @cached_property
    def modules(self) -> dict[str, str]:
        """What each module is, by name: Module, Class, BaseClass or Document."""
        told = (line.partition("=") for line in self._text.splitlines())
        return {name.partition("/")[0]: kind for kind, _, name in told if kind in _KINDS}

    @property
    def is_locked(self) -> bool:
        """Whether a password is needed to look at the code."""
        found = _PASSWORD.search(self._text)
        return found is not None and len(found[1]) >= _SHORTEST_PASSWORD

    def code(self, module: str) -> list[str]:
        """The lines of a module that do something."""
        stream = self._streams.get(module, b"")
        at = stream.rfind(_SOURCE) - 3
        text = _decompressed(stream[at:]).decode("cp1252", "replace") if at >= 0 else ""
        lines = (line for line in text.splitlines() if line.strip())
        return [line for line in lines if not line.lstrip().startswith(_DOES_NOTHING)]


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The streams of a compound file by name; two of one name in other storages count once."""
    if not data.startswith(_MAGIC):
        raise KeyError
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    size = 1 << shift
    (first_directory,) = struct.unpack_from("<L", data, 48)
    cutoff, first_mini = struct.unpack_from("<2L", data, 56)
    (first_more,) = struct.unpack_from("<L", data, 68)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    tables = [n for n in struct.unpack_from("<109L", data, 76) if n <= _LAST_SECTOR]
    while first_more <= _LAST_SECTOR:
        *more, first_more = struct.unpack(f"<{size // 4}L", sector(first_more))
        tables += [n for n in more if n <= _LAST_SECTOR]
    following = [n for table in tables for n in struct.unpack(f"<{size // 4}L", sector(table))]
    directory = b"".join(map(sector, _chain(first_directory, following)))
    minis = b"".join(map(sector, _chain(first_mini, following)))
    mini_following = struct.unpack(f"<{len(minis) // 4}L", minis)
    mini_size, inner = 1 << mini_shift, b""
    for at in range(0, len(directory), _DIRECTORY_ENTRY):
        entry = directory[at : at + _DIRECTORY_ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, wide = struct.unpack_from("<LL", entry, 116)
        if kind == _ROOT:
            inner = b"".join(map(sector, _chain(start, following)))
        elif kind == _STREAM and wide < cutoff:
            places = _chain(start, mini_following)
            content = b"".join(inner[n * mini_size : (n + 1) * mini_size] for n in places)
            yield entry[: length - 2].decode("utf-16-le"), content[:wide]
        elif kind == _STREAM:
            content = b"".join(map(sector, _chain(start, following)))
            yield entry[: length - 2].decode("utf-16-le"), content[:wide]


def _chain(start: int, following: list[int] | tuple[int, ...]) -> Iterator[int]:
    for _ in following:
        if start > _LAST_SECTOR:
            return
        yield start
        start = following[start]


def _decompressed(data: bytes) -> bytes:
    """A compressed container of [MS-OVBA] 2.4.1, unpacked."""
    out = bytearray()
    at = 1
    while at + 2 <= len(data):
        (header,) = struct.unpack_from("<H", data, at)
        if header & 0x7000 != 0x3000:
            break
        end = at + (header & 0xFFF) + 3
        chunk, begin = data[at + 2 : end], len(out)
        at = end
        if not header & 0x8000:
            out += chunk
            continue
        _unpack(chunk, out, begin)
    return bytes(out)


def _unpack(chunk: bytes, out: bytearray, begin: int) -> None:
    at = 0
    while at < len(chunk):
        flags = chunk[at]
        at += 1
        for bit in range(8):
            if at >= len(chunk):
                return
            if not flags >> bit & 1:
                out.append(chunk[at])
                at += 1
                continue
            token = int.from_bytes(chunk[at : at + 2], "little")
            at += 2
            bits = max((len(out) - begin - 1).bit_length(), 4)
            back = (token >> (16 - bits)) + 1
            for _ in range((token & (0xFFFF >> bits)) + 3):
                out.append(out[-back])
