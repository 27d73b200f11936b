"""The extension as a file, ``finsam.oxt``: what LibreOffice is told, the binder and the product.

LibreOffice runs it in a Python of its own, so all of the product's core goes along. Two builds of
one version are the same byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.calc.extension import parts
from finsam_xl.hosts.packing import pack

NAME = "finsam.oxt"
PACKAGE = Path(__file__).resolve().parents[3]
_BINDERS = (PACKAGE / "_udfs" / "calc.py", PACKAGE.parent / "udfs" / "calc.py")
"""Where the binder is: installed, and in the source."""
_KINDS = {".py", ".toml"}
_LEFT_OUT = tuple(
    f"{PACKAGE.name}/{name}"
    for name in (
        "_udfs/",
        "_workbooks/",
        "batch/",
        "chosen.py",
        "cli/",
        "doctor/",
        "export/",
        "exporting.py",
        "hosts/excel/",
        "hosts/calc/extension/",
        "shipped.py",
    )
)
_TYPES, _BINDER = "finsam.rdb", "finsam_calc.py"
_CONFIGURATION = "application/vnd.sun.star.configuration-data"


def build(version: str) -> bytes:
    """The extension of a version of the product."""
    told = {
        _TYPES: (parts.types(), "application/vnd.sun.star.uno-typelibrary;type=RDB"),
        _BINDER: (_binder(), "application/vnd.sun.star.uno-component;type=Python"),
        "CalcAddIns.xcu": (parts.functions(), _CONFIGURATION),
        "Addons.xcu": (parts.buttons(), _CONFIGURATION),
        "CalcWindowState.xcu": (parts.toolbar(), _CONFIGURATION),
        "ProtocolHandler.xcu": (parts.protocol(), _CONFIGURATION),
        "Jobs.xcu": (parts.jobs(), _CONFIGURATION),
    }
    kinds = {name: kind for name, (_, kind) in told.items()}
    return pack(
        {
            "META-INF/manifest.xml": parts.manifest(kinds),
            "description.xml": parts.description(version),
            **{name: data for name, (data, _) in told.items()},
            **{f"pythonpath/{name}": data for name, data in sources().items()},
        }
    )


def sources() -> dict[str, bytes]:
    """Every file of the product that goes along, by the path it is imported from."""
    found = {
        f"{PACKAGE.name}/{path.relative_to(PACKAGE).as_posix()}": path
        for path in PACKAGE.rglob("*")
        if path.suffix in _KINDS
    }
    return {
        name: found[name].read_bytes() for name in sorted(found) if not name.startswith(_LEFT_OUT)
    }


def _binder() -> bytes:
    for file in _BINDERS:
        if file.is_file():
            return file.read_bytes()
    raise WorkbookError(
        "Delarna för LibreOffice saknas i installationen.", remedy="Installera finsam-xl på nytt."
    )
