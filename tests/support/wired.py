"""Workbooks wired and unwired, and what their parts hold."""

from __future__ import annotations

import zipfile
from pathlib import Path

from finsam_xl.actions.wiring import Platform
from finsam_xl.wiring import unwire, wire
from support.workbooks import NOW


def wired(source: Path, platform: Platform | None = None, out: Path | None = None) -> Path:
    """The workbook wired, in its own place or another file."""
    with wire(source, NOW, platform, out) as change:
        return change.write().path


def unwired(source: Path, out: Path) -> Path:
    """The workbook without anything of ours, in another file."""
    with unwire(source, NOW, out) as change:
        return change.write().path


def parts(path: Path) -> dict[str, bytes]:
    """What each part of a package holds, in its order."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}
