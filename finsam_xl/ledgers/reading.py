"""A ledger out of a file's bytes, whatever format it is in: the content tells, not the suffix."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from finsam_xl.errors import InputError
from finsam_xl.ledgers import sie5, sie_ledger, tables
from finsam_xl.ledgers.encoding import encoding, lines
from finsam_xl.ledgers.record import Ledger

_HEAD, _MOST_HEAD = 4096, 60
_PAGES = ("<html", "<!doctype html", "not found", "error")
"""What web pages and the messages of servers hold."""
_ZIP = b"PK\x03\x04"
_WHAT = "Hämta en SIE-fil (SIE 4) eller en huvudbok ur ekonomisystemet, och välj den filen."


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, whose sheets are read by a host."""
    return data.startswith(_ZIP)


def is_sie(data: bytes) -> bool:
    """Whether a file is in one of the formats that are of ledgers alone, by how it begins."""
    head = "\n".join(_first_lines(data))
    return sie_ledger.is_sie(head) or sie5.is_sie5(head)


def read(data: bytes, name: str) -> Ledger:
    """The ledger of a file; raises ``InputError`` with its name for what is none."""
    try:
        return _read(data, name)
    except InputError as error:
        error.where = error.where or name
        raise


def _read(data: bytes, name: str) -> Ledger:
    digest = hashlib.sha256(data).hexdigest()[:12]
    head = "\n".join(_first_lines(data))
    if not head.strip("\0 \r\n\t"):
        raise InputError("Filen är tom.", remedy=_WHAT)
    if sie_ledger.is_sie(head):
        return sie_ledger.read(data, name, digest)
    if sie5.is_sie5(head):
        return sie5.read(data, name, digest)
    in_encoding = encoding(data)
    found = tables.read(_rows(lines(data, in_encoding)), name, digest, in_encoding)
    if found is not None:
        return found
    raise InputError(f"Filen är ingen bokföring: {_about(data, head)}", remedy=_WHAT)


def _rows(text: Iterable[str]) -> list[list[str]]:
    """The cells of lines, parted by tabs, or by semicolons where there are no tabs."""
    kept = list(text)
    mark = "\t" if any("\t" in line for line in kept[:_MOST_HEAD]) else ";"
    return [[cell.strip().strip('"') for cell in line.split(mark)] for line in kept]


def _first_lines(data: bytes) -> list[str]:
    """The beginning of a file as lines of text."""
    head = data[:_HEAD]
    return list(lines(head, encoding(head)))


def _about(data: bytes, head: str) -> str:
    """What a file is that is no ledger, so that it is understood which was chosen."""
    first = next((line.strip() for line in head.splitlines() if line.strip()), "")
    if data.startswith(b"%PDF"):
        return "den är en PDF."
    if any(sign in head.lower() for sign in _PAGES):
        return f"den är en webbsida eller ett felmeddelande (”{first[:60]}”)."
    if "\0" in head:
        return "den har inget som går att läsa som text."
    return f"den börjar med ”{first[:60]}”."
