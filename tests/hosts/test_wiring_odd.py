"""Odd and broken workbooks: wired and back as they were, or left alone with place and remedy."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finsam_xl.actions.wiring import Platform
from finsam_xl.errors import FinsamError
from finsam_xl.wiring import unwire, wire
from support.odd_books import KEPT, REFUSED, plain, write
from support.strict_package import problems
from support.workbooks import NOW

both_ways = pytest.mark.parametrize("platform", [Platform.EXCEL, Platform.LITE])


def there_and_back(path: Path, platform: Platform, folder: Path) -> tuple[str, ...]:
    """Wire and unwire; the notes that were given."""
    before, known = path.read_bytes(), set(problems(path))
    suffix = ".xlsx" if platform is Platform.LITE else ".xlsm"
    with wire(path, NOW, platform, folder / f"kopplad{suffix}") as change:
        notes, made = change.notes, change.write().path
    assert set(problems(made)) <= known
    with unwire(made, NOW, folder / "tillbaka.xlsx") as change:
        assert change.write().path.read_bytes() == before
    return notes


@both_ways
@pytest.mark.parametrize("odd", KEPT)
def test_what_is_odd_stays_so(odd: str, platform: Platform, tmp_path: Path) -> None:
    path = write(tmp_path / "bok.xlsx", KEPT[odd](plain("Budget 2026", "Två")))
    there_and_back(path, platform, tmp_path)


@pytest.mark.parametrize("odd", REFUSED)
def test_what_is_broken_is_left_alone(odd: str, tmp_path: Path) -> None:
    made, why, suffix = REFUSED[odd]
    path = write(tmp_path / f"bok{suffix}", made(plain("Budget 2026", "Två")))
    before = path.read_bytes()
    with pytest.raises(FinsamError, match=why) as error, wire(path, NOW):
        pass
    assert path.name in error.value.where
    assert error.value.remedy
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_what_is_gone_is_told_and_not_replaced_by_ours(tmp_path: Path) -> None:
    """A part of ours by the name of one that is gone would be where her sheet leads."""
    odd = KEPT["a drawing that is gone"]
    path = write(tmp_path / "bok.xlsx", odd(plain("Budget 2026", "Två")))
    notes = there_and_back(path, Platform.EXCEL, tmp_path)
    told = next(note for note in notes if "xl/drawings/drawing1.xml" in note)
    assert "xl/worksheets/_rels/sheet1.xml.rels" in told
    assert "reparera" in told
    assert any("Inga knappar på Budget 2026" in note for note in notes)


@both_ways
@pytest.mark.parametrize(
    ("names", "first"),
    [
        (("Start", "Finsam", "Finsam-logg", "Kontroll"), "Finsamstart"),
        (("start", "FINSAM"), "Finsamstart"),
        (("Start", "Finsamstart", "Finsam (2)", "Finsam"), "Finsamstart (2)"),
        (("Bengts 'egna' blad", "År '26 😀 & <mål>", "x'y"), "Start"),
    ],
)
def test_sheets_named_as_ours_or_in_odd_ways(
    names: tuple[str, ...], first: str, platform: Platform, tmp_path: Path
) -> None:
    """Hers keep their names, and none of them is taken for ours when it is all taken out."""
    path = write(tmp_path / "bok.xlsx", plain(*names))
    there_and_back(path, platform, tmp_path)
    (made,) = tmp_path.glob("kopplad.*")
    found = openpyxl.load_workbook(made, keep_vba=True).sheetnames
    assert found[0] == first
    assert tuple(found[1:-2]) == names
    assert found[-2].startswith("Finsam")
    assert found[-1].startswith("Finsam-logg")
