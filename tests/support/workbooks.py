"""Where the shipped workbooks are, and small helpers to try the product on copies of them."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from finsam_xl.workbook import Workbook

ROOT = Path(__file__).parents[2]
EXISTING = ROOT / "workbooks" / "existing"
SOCIAL_BUDGET = EXISTING / "umearegionen-social-budget.xlsx"
DATA = ROOT / "workbooks" / "build" / "data"
NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def copy(source: Path, folder: Path) -> Path:
    """A copy of a workbook in ``folder``, free to be changed also where the workbook is not."""
    return Path(shutil.copyfile(source, folder / source.name))


def with_its_results(path: Path) -> Path:
    """The workbook as Excel would have saved it: nothing asks for its formulas to be calculated."""
    return _without(rb' fullCalcOnLoad="1"', path)


def unprotected(path: Path) -> Path:
    """The workbook once somebody has taken the protection off its sheets."""
    return _without(rb"<sheetProtection[^>]*>", path)


def _without(pattern: bytes, path: Path) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for item, content in parts.items():
            is_said = item.endswith(".xml") and item.startswith("xl/work")
            package.writestr(item, re.sub(pattern, b"", content) if is_said else content)
    return path


def workbook(path: Path) -> Workbook:
    """The workbook opened at a fixed time, so that run ids and backups are known."""
    return Workbook(path, NOW)
