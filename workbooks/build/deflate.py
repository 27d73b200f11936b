"""Deflate that gives the same bytes on every machine, and a zip package written with it.

zlib's output differs between versions (and zlib-ng's from both), so a workbook built
here and compared byte for byte there must not depend on it. This one is plain: the
longest match among the latest places of a four-byte prefix, in one block of fixed codes.
It packs sheets to about a fifth; zlib reads it like any other.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

_LENGTHS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
            35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258)  # fmt: skip
_DISTANCES = (1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769,
              1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577)  # fmt: skip
_SHORTEST, _LONGEST, _WINDOW, _KEPT = 4, 258, 32_768, 16
_END_OF_BLOCK = 256
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _METHOD, _TIME, _DATE = 20, 0x800, 8, 0, 0x21
Code = tuple[int, int]


def deflate(data: bytes) -> bytes:
    """The data as one deflate stream without header."""
    bits, count, out = 0b011, 3, bytearray()  # last block, fixed codes
    for value, size in _codes(data):
        bits |= value << count
        count += size
        while count >= 8:
            out.append(bits & 0xFF)
            bits >>= 8
            count -= 8
    if count:
        out.append(bits)
    return bytes(out)


def _codes(data: bytes) -> Iterator[Code]:
    """Every code of the block: its bits, first bit lowest, and how many they are."""
    for literal, length, distance in _matches(data):
        if not length:
            yield _SYMBOLS[literal]
            continue
        number = _last_not_above(_LENGTHS, length)
        yield _SYMBOLS[257 + number]
        yield length - _LENGTHS[number], _length_bits(number)
        number = _last_not_above(_DISTANCES, distance)
        yield _reversed(number, 5), 5
        yield distance - _DISTANCES[number], max(0, number // 2 - 1)
    yield _SYMBOLS[_END_OF_BLOCK]


def _matches(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Literals (byte, 0, 0) and matches (0, length, distance), from the start to the end."""
    places: dict[bytes, list[int]] = {}
    at = 0
    while at < len(data):
        length, distance = _longest(data, at, places.get(data[at : at + _SHORTEST], []))
        step = length or 1
        yield (0, length, distance) if length else (data[at], 0, 0)
        for place in range(at, at + step):
            known = places.setdefault(data[place : place + _SHORTEST], [])
            known.append(place)
            del known[:-_KEPT]
        at += step


def _longest(data: bytes, at: int, places: list[int]) -> tuple[int, int]:
    """Length and distance of the longest earlier match, the nearest of equals."""
    best, where = _SHORTEST - 1, 0
    most = min(_LONGEST, len(data) - at)
    for place in reversed(places):
        if at - place > _WINDOW or most < _SHORTEST:
            break
        if data[place : place + best + 1] != data[at : at + best + 1]:
            continue
        length = best + 1
        while length < most and data[place + length] == data[at + length]:
            length += 1
        best, where = length, at - place
        if best == most:
            break
    return (best, where) if where else (0, 0)


def _length_bits(number: int) -> int:
    return 0 if number < 8 or number == len(_LENGTHS) - 1 else number // 4 - 1


def _last_not_above(table: tuple[int, ...], value: int) -> int:
    return sum(start <= value for start in table) - 1


def _reversed(value: int, size: int) -> int:
    return int(f"{value:0{size}b}"[::-1], 2)


def _symbol(number: int) -> Code:
    """A fixed code of a literal or length."""
    if number < 144:
        return _reversed(0x30 + number, 8), 8
    if number < 256:
        return _reversed(0x190 + number - 144, 9), 9
    if number < 280:
        return _reversed(number - 256, 7), 7
    return _reversed(0xC0 + number - 280, 8), 8


_SYMBOLS = [_symbol(number) for number in range(288)]


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order, with nothing in it that tells where it was made."""
    out, directory = bytearray(), bytearray()
    for name, data in parts.items():
        packed, raw_name = deflate(data), name.encode()
        common = (_VERSION, _UTF8, _METHOD, _TIME, _DATE)
        sizes = (zlib.crc32(data), len(packed), len(data), len(raw_name))
        directory += _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, *common, *sizes, 0, 0, 0, 0, 0, len(out)
        )
        directory += raw_name
        out += _LOCAL.pack(b"PK\x03\x04", *common, *sizes, 0) + raw_name + packed
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)
