"""A saved table out of a file's bytes or a workbook's sheets, whatever format it is in."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence

from finsam_xl.ledgers.encoding import encoding, lines
from finsam_xl.scb import json_stat, px, rows
from finsam_xl.scb.cube import Cube
from finsam_xl.scb.places import has_places

_SEPARATORS = ("\t", ";", ",")


def read(data: bytes, name: str) -> Cube | None:
    """The table of a file; ``None`` for a file that is none, such as a ledger.

    Raises ``InputError`` with its name for a table that is not whole.
    """
    digest = hashlib.sha256(data).hexdigest()[:12]
    text = _text(data)
    if px.is_px(text):
        return px.read(text, name, digest)
    if json_stat.is_json(text):
        return json_stat.read(text, name, digest)
    return of_rows(_split(text), name, digest)


def of_rows(held: Sequence[rows.Row], name: str, digest: str) -> Cube | None:
    """The table of some rows of cells; ``None`` where they are of no municipalities."""
    found = rows.read(held, name, digest)
    return found if found is not None and has_places(found) else None


def _text(data: bytes) -> str:
    return "\n".join(lines(data, encoding(data)))


def _split(text: str) -> list[list[str]]:
    """The cells of a csv, parted by the sign that parts most of its lines."""
    kept = [line for line in text.splitlines() if line.strip()]
    mark = max(_SEPARATORS, key=lambda sign: sum(sign in line for line in kept))
    return [[cell.strip() for cell in row] for row in csv.reader(kept, delimiter=mark)]
