"""*Vad fungerar?*: what a message box in Excel says of a computer."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finsam_xl.doctor import probe
from finsam_xl.doctor.boxed import boxed
from finsam_xl.doctor.checks import examined
from finsam_xl.doctor.computer import Computer, Extra, Lock
from macros import desktop
from support.computers import WINDOWS

NAME = "FinsamHalsa"
BROKEN = WINDOWS._replace(office=None, xlwings=Extra("xlwings"))
DENIED = BROKEN._replace(folder=WINDOWS.folder._replace(refusal="Access is denied"))


def test_what_is_first_to_do_stands_first() -> None:
    """The fault before what is missing; everything else by its title, once."""
    told = boxed(DENIED)
    first, how, *rest = told.split("\n\n")
    assert first == "Mappen: går inte att skriva i: Access is denied."
    assert how.startswith("Gör detta först: Kopiera böckerna till en mapp som är din")
    assert rest[0] == "Saknas: xlwings, LibreOffice."
    assert rest[-1].startswith("Inget är ändrat på datorn, och inget är skickat.")
    others = [one.title for one in examined(DENIED) if one.name not in {"rights", "locks"}]
    assert all(told.count(f"{title}") >= 1 for title in others)


def test_a_computer_on_which_all_works_is_told_so() -> None:
    assert boxed(WINDOWS).startswith("Allt som behövs fungerar.")


def test_the_workbook_that_is_open_is_no_fault() -> None:
    """Whoever clicks has one open."""
    lock = Lock("Budget.xlsm", "~$Budget.xlsm", "Excel")
    told = boxed(WINDOWS._replace(folder=WINDOWS.folder._replace(locks=(lock,))))
    assert told == boxed(WINDOWS)
    assert "Öppna böcker" not in told


@pytest.mark.parametrize("computer", [WINDOWS, BROKEN, DENIED])
def test_a_box_of_vba_can_show_it(computer: Computer) -> None:
    """Signs of Windows' own set, and no more of them than a box has room for."""
    told = boxed(computer)
    told.encode("cp1252")
    assert len(told) < 900


def test_the_button_asks_of_the_workbooks_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of her own, where the workbook is in none or cannot be reached at all."""
    asked: list[Path] = []

    def probed(folder: Path, _: str) -> Computer:
        asked.append(folder)
        return WINDOWS

    def unreachable() -> Any:
        raise ImportError("xlwings")

    monkeypatch.setattr(probe, "probed", probed)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "hem")
    for folder in (str(tmp_path), "", "https://kommun.sharepoint.com/x"):
        book = SimpleNamespace(api=SimpleNamespace(Path=folder))
        code, told = desktop.outcome(NAME, lambda book=book: book, tmp_path)  # type: ignore[misc]
        assert (code, told) == (0, boxed(WINDOWS))
    assert desktop.outcome(NAME, unreachable, tmp_path)[0] == 0
    assert asked == [tmp_path, *[tmp_path / "hem"] * 3]


def test_it_is_told_of_this_computer(tmp_path: Path) -> None:
    """As it is, without a traceback."""
    book = SimpleNamespace(api=SimpleNamespace(Path=str(tmp_path)))
    code, told = desktop.outcome(NAME, lambda: book, tmp_path)
    assert code == 0
    assert told.endswith("Kommandot finsam-xl hälsa säger mer.")
    assert list(tmp_path.iterdir()) == []
