"""The product's core as text that a Lite workbook carries inside its ``main.py``.

Everything that Excel needs and nothing of the command line and the file host: the rooms
from ``errors`` to ``actions``, the Excel host, the rule files and the binder, as they
stand in the repository. Packed with bzip2, whose output does not differ between versions
of the library, and written as base64, which XML and JSON leave as it is.
"""

from __future__ import annotations

import base64
import bz2
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_KINDS = {".py", ".toml"}
_LEFT_OUT = (
    "finsam_xl/cli/",
    "finsam_xl/hosts/ooxml/",
    "finsam_xl/hosts/pdf.py",
    "finsam_xl/several.py",
    "finsam_xl/workbook.py",
)
_BINDER = ("udfs/__init__.py", "udfs/lite.py")
_LINE = 120


def sources(root: Path = ROOT) -> dict[str, str]:
    """The text of every file that goes along, by its path in the repository."""
    return {path: (root / path).read_text(encoding="utf-8") for path in sorted(_paths(root))}


def _paths(root: Path) -> Iterator[str]:
    yield from _BINDER
    for path in (root / "finsam_xl").rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.suffix in _KINDS and not name.startswith(_LEFT_OUT):
            yield name


def packed(root: Path = ROOT) -> str:
    """The sources in lines of base64."""
    text = json.dumps(sources(root), ensure_ascii=False, sort_keys=True)
    data = base64.b64encode(bz2.compress(text.encode())).decode()
    return "\n".join(textwrap.wrap(data, _LINE))
