"""Packages whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o600 << 16


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A package of the parts, in their order."""
    # Compressed bytes differ between zlib versions (and zlib-ng), so every part is
    # stored uncompressed; time, system and permissions are fixed for the same reason.
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(_entry(name), data)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """One part of the package with fixed attributes."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = 0
    entry.external_attr = _REGULAR_FILE
    return entry
