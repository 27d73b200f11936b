"""Which backups of a workbook are kept, and that nothing else is touched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.hosts.ooxml.backups import names, thin

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def _made(folder: Path, times: Iterable[datetime], name: str = "Budget (2026).xlsx") -> Path:
    target = folder / name
    target.write_text("bok", encoding="utf-8")
    for when in times:
        backup = next(folder / one for one in names(target, when) if not (folder / one).exists())
        backup.write_text("äldre", encoding="utf-8")
    return target


def _left(folder: Path) -> list[str]:
    return sorted(path.name.split("säkerhetskopia ")[-1][:19] for path in folder.glob("*kopia *"))


def test_one_of_each_day_and_then_of_each_month(tmp_path: Path) -> None:
    """Two newest; the last of the 27th; the last of October's, long ago."""
    times = [
        NOW, NOW - timedelta(hours=1), NOW - timedelta(hours=2),
        NOW - timedelta(days=2), NOW - timedelta(days=2, hours=1),
        NOW - timedelta(days=40), NOW - timedelta(days=45), NOW - timedelta(days=75),
    ]  # fmt: skip
    target = _made(tmp_path, times)
    thin(target, tmp_path, NOW, 2)
    assert _left(tmp_path) == [
        "2026-09-15 12.00.00", "2026-10-20 12.00.00", "2026-11-27 12.00.00",
        "2026-11-29 11.00.00", "2026-11-29 12.00.00",
    ]  # fmt: skip


def test_other_files_are_left(tmp_path: Path) -> None:
    """Backups of other workbooks, hers by hand, and what only looks like one."""
    target = _made(tmp_path, [NOW, NOW - timedelta(hours=1)])
    others = [
        "Budget (2026) (säkerhetskopia 2026-01-01 00.00.00).xlsm",
        "Budget (2026) (säkerhetskopia i går).xlsx",
        "Budget (2026) (säkerhetskopia 2026-13-01 00.00.00).xlsx",
        "Budget 2026 (säkerhetskopia 2026-11-29 00.00.00).xlsx",
        "Budget (2026) (säkerhetskopia 2026-11-29 00.00.00) viktig.xlsx",
    ]
    for name in others:
        (tmp_path / name).write_text("annat", encoding="utf-8")
    (tmp_path / "Budget (2026) (säkerhetskopia 2026-11-29 01.00.00).xlsx").mkdir()
    thin(target, tmp_path, NOW, 1)
    assert all((tmp_path / name).exists() for name in others)
    assert len(list(tmp_path.iterdir())) == len(others) + 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 400 * 24 * 60), min_size=1, max_size=30),
    st.integers(1, 12),
)
def test_the_newest_stay_and_every_day_and_month_has_one(minutes: list[int], newest: int) -> None:
    """Whatever there was."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = [NOW - timedelta(minutes=one) for one in minutes]
        target = _made(folder, times)
        before = _left(folder)
        thin(target, folder, NOW, newest)
        after = _left(folder)
        assert after[-newest:] == before[-newest:]
        assert {one[:7] for one in after} == {one[:7] for one in before}
        recent = f"{NOW - timedelta(days=30):%Y-%m-%d}"
        days = {one[:10] for one in before if one[:10] >= recent}
        assert days <= {one[:10] for one in after}
        assert target.read_text(encoding="utf-8") == "bok"
