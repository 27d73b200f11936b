"""The product's core as text that a Lite workbook carries inside its ``main.py``.

Everything that Excel needs and nothing of the command line and the file host: the rooms
from ``errors`` to ``actions``, the Excel host, the rule files and the binder, as they
stand where the product is installed but for their docstrings, a fifth of what they take;
every line stays at its number. Packed with bzip2, whose output does not differ
between versions of the library, and written as base64, which XML and JSON leave as it is.
"""

from __future__ import annotations

import ast
import base64
import bz2
import json
import textwrap
from pathlib import Path

from finsam_xl.errors import WorkbookError

PACKAGE = Path(__file__).resolve().parents[3]
_BINDERS = (PACKAGE / "_udfs", PACKAGE.parent / "udfs")
"""Where the binder is: installed, and in the source."""
_KINDS = {".py", ".toml"}
_LEFT_OUT = (
    "finsam_xl/_udfs/",
    "finsam_xl/actions/contents.py",
    "finsam_xl/actions/functions_",
    "finsam_xl/actions/new_year",
    "finsam_xl/actions/wiring.py",
    "finsam_xl/batch/",
    "finsam_xl/chosen.py",
    "finsam_xl/cli/",
    "finsam_xl/doctor/",
    "finsam_xl/export/",
    "finsam_xl/exporting.py",
    "finsam_xl/filling/rolled",
    "finsam_xl/freezing.py",
    "finsam_xl/hosts/calc/",
    "finsam_xl/hosts/office.py",
    "finsam_xl/hosts/ooxml/",
    "finsam_xl/hosts/packing.py",
    "finsam_xl/hosts/pdf/",
    "finsam_xl/new_year.py",
    "finsam_xl/report/contents.py",
    "finsam_xl/report/outline.py",
    "finsam_xl/report/start_lite.py",
    "finsam_xl/report/start_macros.py",
    "finsam_xl/several.py",
    "finsam_xl/shipped.py",
    "finsam_xl/wiring.py",
    "finsam_xl/workbook.py",
)
_BINDER = ("__init__.py", "lite.py")
_LINE = 120


def sources() -> dict[str, str]:
    """The text of every file that goes along, by the path it is imported from."""
    found = {f"udfs/{name}": _binder() / name for name in _BINDER}
    for path in PACKAGE.rglob("*"):
        name = f"{PACKAGE.name}/{path.relative_to(PACKAGE).as_posix()}"
        if path.suffix in _KINDS and not name.startswith(_LEFT_OUT):
            found[name] = path
    return {name: _text(found[name]) for name in sorted(found)}


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return _without_docstrings(text) if path.suffix == ".py" else text


def _without_docstrings(source: str) -> str:
    """A module with empty lines, or ``pass``, for what it says of itself."""
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is None:
            continue
        told = node.body[0]
        last = told.end_lineno or told.lineno
        lines[told.lineno - 1 : last] = [""] * (last - told.lineno + 1)
        if len(node.body) == 1 and not isinstance(node, ast.Module):
            lines[told.lineno - 1] = " " * told.col_offset + "pass"
    return "\n".join(lines)


def _binder() -> Path:
    for folder in _BINDERS:
        if (folder / _BINDER[-1]).is_file():
            return folder
    raise WorkbookError(
        "Delarna för xlwings Lite saknas i installationen.", remedy="Installera finsam-xl på nytt."
    )


def packed() -> str:
    """The sources in lines of base64."""
    text = json.dumps(sources(), ensure_ascii=False, sort_keys=True)
    data = base64.b64encode(bz2.compress(text.encode())).decode()
    return "\n".join(textwrap.wrap(data, _LINE))
