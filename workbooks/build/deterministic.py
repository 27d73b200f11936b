"""Turn a freshly written workbook into bytes that are the same on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o600 << 16


def repack(workbook: bytes) -> bytes:
    """Return the same package with nothing in it that depends on where it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        return pack({name: source.read(name) for name in source.namelist()})


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of the parts, in their order."""
    # Compressed bytes differ between zlib versions (and zlib-ng), so every part is
    # stored uncompressed; time, system and permissions are fixed for the same reason.
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(_entry(name), data)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Describe one part of the package with fixed attributes."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = 0
    entry.external_attr = _REGULAR_FILE
    return entry
