"""Rows whose height is a first guess: Excel fits it to what is written or sorted into them.

XlsxWriter marks every height it is given as chosen by a person. Left out altogether,
LibreOffice would show one line of each text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Sequence

_CHOSEN = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')


def let_grow(workbook: bytes, growing: Sequence[Collection[int]]) -> bytes:
    """The workbook XlsxWriter made, with the given rows of each sheet free to grow."""
    if not any(growing):
        return workbook
    parts = {f"xl/worksheets/sheet{n}.xml": set(rows) for n, rows in enumerate(growing, start=1)}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for entry in source.infolist():
            rows = parts.get(entry.filename, set())
            copy.writestr(entry, _freed(source.read(entry), rows) if rows else source.read(entry))
    return target.getvalue()


def _freed(sheet: bytes, rows: Collection[int]) -> bytes:
    return _CHOSEN.sub(
        lambda match: match.group(1) if int(match.group(2)) in rows else match.group(0), sheet
    )
