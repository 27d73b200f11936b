"""Workbooks of every feature written into, the short form of ``python -m tests.safety.lossless``."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from safety import feature_books, lossless
from support.zip_bytes import contents

_COUNT = 24


@pytest.mark.parametrize("seed", range(1, _COUNT + 1))
def test_nothing_changes_that_should_not(seed: int, tmp_path: Path) -> None:
    """Recomputed with its reports, and edited: every other byte is as it was."""
    path = tmp_path / "bok.xlsx"
    feature_books.build(path, seed)
    before = path.read_bytes()
    found = lossless.unmeant(path)
    refused = [one for one in found if _is_protected(one)]
    assert [one for one in found if one not in refused] == []
    assert refused or path.read_bytes() != before, "nothing was written: nothing is proved"


def _is_protected(told: str) -> bool:
    """Whether a workbook is not written since somebody has protected it."""
    return told.startswith("refused:") and "skyddad" in told.replace("skyddat", "skyddad")


def test_saved_again_by_libreoffice(soffice: str, tmp_path: Path) -> None:
    """Whatever wrote the workbook."""
    paths = [tmp_path / f"bok{seed}.xlsx" for seed in (31, 32, 33, 34)]
    for seed, path in enumerate(paths, 31):
        feature_books.build(path, seed)
    lossless.resaved(paths, soffice)
    found = {path.name: lossless.unmeant(path) for path in paths}
    left = {name: [one for one in told if not _is_protected(one)] for name, told in found.items()}
    assert left == {path.name: [] for path in paths}


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("xl/worksheets/sheet1.xml", b"<v>", b"<v>1", "outside its cells"),
        ("xl/styles.xml", b"<fill>", b"<fill >", "packed anew"),
        ("xl/theme/theme1.xml", b"Office", b"Kontor", "packed anew"),
        ("docProps/app.xml", b"", None, "is gone"),
    ],
)
def test_the_comparison_sees_what_it_should(
    part: str, old: bytes, new: bytes | None, told: str, tmp_path: Path
) -> None:
    """A figure, a format, a theme or a part that is not as it was."""
    path = tmp_path / "bok.xlsx"
    feature_books.build(path, 1)
    before = lossless.Before(path)
    parts = contents(path)
    if new is None:
        del parts[part]
    else:
        parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    changed = {part} if "sheet" in part else set()
    lost = list(before.lost(path, {feature_books.TITLE: {"A99"}}, changed))
    assert any(fault.startswith(part) and told in fault for fault in lost), lost
