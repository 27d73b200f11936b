"""Where the shipped workbooks are, and small helpers to try the product on copies of them."""

from __future__ import annotations

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
    """A copy of a workbook in ``folder``, free to be changed."""
    return Path(shutil.copy(source, folder / source.name))


def with_its_results(path: Path) -> Path:
    """The workbook as Excel would have saved it: nothing asks for its formulas to be calculated."""
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    name = "xl/workbook.xml"
    parts[name] = parts[name].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for item, content in parts.items():
            package.writestr(item, content)
    return path


def workbook(path: Path) -> Workbook:
    """The workbook opened at a fixed time, so that run ids and backups are known."""
    return Workbook(path, NOW)
