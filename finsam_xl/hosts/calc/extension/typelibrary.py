"""The types library of the extension, in the binary form that LibreOffice reads.

Calc only calls functions of an interface that it knows the types of. LibreOffice's own
compiler, which makes such a file from IDL, is not on people's computers; the file it would make
of one interface is small and of a known form, so it is written here.

The form: eight bytes of magic, where the root map is and how many entries it has; a map is, for
each name in order, the offset of the name and of what it stands for; what a module stands for is
a map, what an interface stands for its base, its attributes and its methods. Numbers are little
endian, texts have their length before them or, as names of a map, a zero after them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from finsam_xl.records import NamedTuple

ANY, CELLS = "any", "com.sun.star.table.XCellRange"
ROWS, TEXTS = "[][]any", "[][]string"
"""Rows of values, and rows of texts alone."""
DOCUMENT = "com.sun.star.beans.XPropertySet"
"""What Calc fills in itself with the workbook of the cell."""
_MAGIC = b"UNOIDL\xff\0"
_MODULE, _INTERFACE = 0, 5
_INWARDS = 0
_BASE = "com.sun.star.uno.XInterface"


class Method(NamedTuple):
    """A method: its name, the type that it gives, and the name and type of each parameter."""

    name: str
    gives: str
    parameters: tuple[tuple[str, str], ...]


def library(interface: str, methods: Sequence[Method]) -> bytes:
    """A types library with one interface, named with its modules and dots between."""
    *modules, name = interface.split(".")
    held = bytearray(_MAGIC + bytes(8))
    at = len(held)
    held += _interface(methods)
    for module in reversed(modules):
        entry = _entry(held, name, at)
        at = len(held)
        held += struct.pack("<BI", _MODULE, 1) + entry
        name = module
    root = _entry(held, name, at)
    held[8:16] = struct.pack("<II", len(held), 1)
    return bytes(held + root)


def _entry(held: bytearray, name: str, at: int) -> bytes:
    """A map of one entry, whose name is put with what is held."""
    name_at = len(held)
    held += name.encode("ascii") + b"\0"
    return struct.pack("<II", name_at, at)


def _interface(methods: Sequence[Method]) -> bytes:
    no_optional_bases, no_attributes = _number(0), _number(0)
    bases = _number(1) + _text(_BASE)
    of_methods = b"".join(map(_method, methods))
    return b"".join(
        (
            bytes([_INTERFACE]),
            bases,
            no_optional_bases,
            no_attributes,
            _number(len(methods)),
            of_methods,
        )
    )


def _method(method: Method) -> bytes:
    parameters = b"".join(
        bytes([_INWARDS]) + _text(name) + _text(kind) for name, kind in method.parameters
    )
    count, no_exceptions = _number(len(method.parameters)), _number(0)
    return _text(method.name) + _text(method.gives) + count + parameters + no_exceptions


def _number(value: int) -> bytes:
    return struct.pack("<I", value)


def _text(text: str) -> bytes:
    return _number(len(text)) + text.encode("ascii")
