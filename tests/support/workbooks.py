"""Where the shipped workbooks are, and small helpers to try the product on copies of them."""

from __future__ import annotations

import shutil
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


def workbook(path: Path) -> Workbook:
    """The workbook opened at a fixed time, so that run ids and backups are known."""
    return Workbook(path, NOW)
