"""What is said of made-up computers: each fault once, with one remedy, and what to do first."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.doctor.checks import CHECKS, examined
from finsam_xl.doctor.computer import Computer, Connection, Lock, System, Trusted, Way
from finsam_xl.doctor.health import Health, State, fault, fine, first, missing, unknown
from support.computers import WINDOWS
from support.house_words import wrong_words

BUDGET = PureWindowsPath(r"C:\Ekonomi\Budget")


def of(computer: Computer, name: str) -> Health:
    """What is said of one thing."""
    (found,) = [one for one in examined(computer) if one.name == name]
    return found


def with_folder(**changes: Any) -> Computer:
    return WINDOWS._replace(folder=WINDOWS.folder._replace(**changes))


def with_program(**changes: Any) -> Computer:
    return WINDOWS._replace(program=WINDOWS.program._replace(**changes))


def with_guard(**changes: Any) -> Computer:
    return WINDOWS._replace(guard=WINDOWS.guard._replace(**changes))


def with_office(**changes: Any) -> Computer:
    assert WINDOWS.office is not None
    return WINDOWS._replace(office=WINDOWS.office._replace(**changes))


def with_xlwings(**changes: Any) -> Computer:
    return WINDOWS._replace(xlwings=WINDOWS.xlwings._replace(**changes))


FAULTS = {
    "old python": (
        WINDOWS._replace(python=WINDOWS.python._replace(version=(3, 10, 1))),
        "python", State.FAULT, "Installera Python 3.11",
    ),
    "a virus guard took the macros": (
        with_program(damaged=("vbaProject.bin",)), "parts", State.FAULT, "Installera på nytt",
    ),
    "a package is gone": (
        with_program(absent=("XlsxWriter",), way=Way.PIPX),
        "parts", State.FAULT, "pipx install --force",
    ),
    "the engine may not start": (with_program(engine=False), "engine", State.FAULT, "Be IT"),
    "not found by the shell": (
        with_program(command="", way=Way.UV), "command", State.MISSING, "uv tool update-shell",
    ),
    "no such folder": (with_folder(exists=False), "rights", State.FAULT, "Ange en mapp som finns"),
    "read-only folder": (
        with_folder(refusal="Access is denied"), "rights", State.FAULT, "Kopiera böckerna",
    ),
    "full disk": (with_folder(free=3_000_000), "disk", State.FAULT, "Gör plats"),
    "long path": (with_folder(longest="C:\\" + "a" * 216), "length", State.FAULT, "Flytta mappen"),
    "open in Excel": (
        with_folder(locks=(Lock("Budget.xlsx", "~$Budget.xlsx", "Excel"),)),
        "locks", State.FAULT, "Stäng Budget.xlsx. Är den redan stängd: ta bort filen ~$Budget.xlsx",
    ),
    "only in the cloud": (
        with_folder(cloud="OneDrive", distant=("Budget.xlsx",)),
        "cloud", State.MISSING, "Behåll alltid på den här enheten",
    ),
    "no Excel": (WINDOWS._replace(excel=None), "excel", State.MISSING, "LibreOffice"),
    "macros off": (with_guard(macros=4), "macros", State.FAULT, "Lite"),
    "signed only": (with_guard(macros=3), "macros", State.FAULT, "signera"),
    "no child processes": (with_guard(children=True), "macros", State.FAULT, "Lite"),
    "no calls of Windows": (with_guard(calls=True), "macros", State.FAULT, "Lite"),
    "rules unreadable": (with_guard(children=None), "macros", State.UNKNOWN, "Klicka på Räkna om"),
    "from the net": (with_folder(marked=("b.xlsm",)), "marks", State.FAULT, "Avblockera"),
    "no xlwings": (
        with_xlwings(version=""),
        "xlwings", State.MISSING,
        r'"C:\Program Files\Python312\python.exe" -m pip install xlwings==0.37.8',
    ),
    "another xlwings": (
        with_xlwings(version="0.33.0"), "xlwings", State.FAULT, "xlwings==0.37.8",
    ),
    "its library is gone": (
        WINDOWS._replace(libraries=("xlwings32-0.37.8.dll",)),
        "xlwings", State.FAULT, "--force-reinstall",
    ),
    "not connected": (
        WINDOWS._replace(connection=None), "connection", State.MISSING, "finsam_excel.macros anslut",
    ),
    "connected to what is gone": (
        WINDOWS._replace(connection=Connection(r"C:\gone.exe", exists=False, ours=False)),
        "connection", State.FAULT, "finsam_excel.macros anslut",
    ),
    "the environment names what is gone": (
        WINDOWS._replace(
            connection=Connection(r"C:\gone.exe", exists=False, ours=False, named=True)
        ),
        "connection", State.FAULT, "FINSAM_PYTHON",
    ),
    "the store is blocked": (with_guard(store=True), "lite", State.FAULT, "Be IT dela ut"),
    "no LibreOffice": (WINDOWS._replace(office=None), "libreoffice", State.MISSING, "sv.libreoffice"),
    "LibreOffice with an old Python": (
        with_office(python=(3, 8)), "extension", State.FAULT, "25.8",
    ),
    "LibreOffice without Python": (
        with_office(loads=False), "extension", State.FAULT, "python3-uno",
    ),
    "no extension": (with_office(extension=""), "extension", State.MISSING, "installera"),
    "an older extension": (with_office(extension="0.0.9"), "extension", State.FAULT, "starta om"),
    "no font": (WINDOWS._replace(fonts=()), "fonts", State.MISSING, "Carlito"),
    "an old code page": (
        WINDOWS._replace(language=WINDOWS.language._replace(encoding="ascii")),
        "text", State.MISSING, "chcp 65001",
    ),
    "no merging of macros": (WINDOWS._replace(pyopenvba=WINDOWS.pyopenvba._replace(version="")),
        "vba", State.MISSING, "-m pip install pyopenvba==6.5.0",
    ),
}  # fmt: skip


def test_a_computer_on_which_all_works() -> None:
    """Nothing is left to do, but Lite cannot be tried without asking the net."""
    found = examined(WINDOWS)
    assert {one.name for one in found if one.state is not State.OK} == {"lite"}
    assert of(WINDOWS, "lite").state is State.UNKNOWN
    assert "cdn.jsdelivr.net" in of(WINDOWS, "lite").remedy
    assert first(found) is None


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_told_once_with_its_remedy(case: str) -> None:
    """And it is what to do first, as all else works."""
    computer, name, state, remedy = FAULTS[case]
    found = of(computer, name)
    assert found.state is state
    assert remedy in found.remedy
    if state is not State.UNKNOWN:
        assert first(examined(computer)) == found
    others = [one.name for one in examined(computer) if one.state in (State.FAULT, State.MISSING)]
    assert others == ([name] if state is not State.UNKNOWN else [])


def test_every_check_has_a_fault_of_its_own() -> None:
    """So that none is untried."""
    names = {one.name for one in examined(with_folder(cloud="OneDrive"))}
    assert {name for _, name, _, _ in FAULTS.values()} == names
    assert len(names) == len(CHECKS)


def test_a_trusted_place_frees_from_the_mark() -> None:
    """Its own folder, and those below it only where Excel says so."""
    marked = with_folder(marked=("b.xlsm",))
    for place, below, is_free in (
        (BUDGET, False, True),
        (BUDGET.parent, True, True),
        (BUDGET.parent, False, False),
        (BUDGET / "2026", True, False),
        (PureWindowsPath(r"c:\ekonomi"), True, True),
    ):
        trusted = marked.guard._replace(trusted=(Trusted(place, below),))
        state = of(marked._replace(guard=trusted), "marks").state
        assert (state is State.OK) == is_free, place


def test_on_linux_nothing_is_said_of_excel() -> None:
    """It does not exist there, and nobody is to be sent after it."""
    linux = WINDOWS._replace(
        system=System.LINUX, excel=None, xlwings=WINDOWS.xlwings._replace(version="")
    )
    told = {one.name for one in examined(linux)}
    assert told.isdisjoint({"excel", "macros", "marks", "xlwings", "connection", "lite", "length"})


def test_uv_is_told_again_of_what_is_there() -> None:
    """It makes the environment anew, of what stands in the command."""
    bare = with_program(way=Way.UV)._replace(pyopenvba=WINDOWS.pyopenvba._replace(version=""))
    assert of(bare, "vba").remedy.endswith(
        "uv tool install --force --with pyopenvba==6.5.0 --with xlwings==0.37.8 FIL.whl"
    )


def test_what_stops_everything_comes_before_what_can_wait() -> None:
    """A read-only folder before a missing LibreOffice, whatever the order of the list."""
    both = with_folder(refusal="Permission denied")._replace(office=None, fonts=())
    begin = first(examined(both))
    assert begin is not None
    assert begin.name == "rights"


@pytest.mark.parametrize("case", FAULTS)
def test_every_sentence_is_the_house_s(case: str) -> None:
    """A remedy is one sentence or two to act on, in our words."""
    for one in examined(FAULTS[case][0]):
        assert one.what
        assert not list(wrong_words(f"{one.what} {one.remedy}"))
        assert not re.search(r"\{|\}|None", f"{one.what} {one.remedy}")
        assert bool(one.remedy) == (one.state is not State.OK)


@given(st.lists(st.sampled_from([fine, unknown, missing, fault]), max_size=8))
def test_the_first_is_a_fault_if_there_is_one(makers: list[object]) -> None:
    """And never what works, or what cannot be found out."""
    every = [
        make(str(n), "", "", *([] if make is fine else ["gör"]))  # type: ignore[operator]
        for n, make in enumerate(makers)
    ]
    begin = first(every)
    states = [one.state for one in every]
    if State.FAULT in states:
        assert begin == every[states.index(State.FAULT)]
    elif State.MISSING in states:
        assert begin == every[states.index(State.MISSING)]
    else:
        assert begin is None
