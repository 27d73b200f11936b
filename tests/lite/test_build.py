"""Building the Lite workbooks: the same bytes every time, made from the lists."""

from __future__ import annotations

import ast
import base64
import bz2
import doctest
import importlib
import json
import math
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_books import stated_version
from wired import WIRED

from finsam_xl import __version__
from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.registry import FUNCTIONS
from finsam_xl.report import start_lite, start_sheet
from support.lite_books import NAMES, existing_path, lite_path, main_source
from support.workbooks import ROOT

LiteBook = Callable[[str], Path]
BUILD = ROOT / "workbooks" / "build"
NEW_BUTTON = """    Button(
        "FinsamProva",
        "Hälsa",
        'Säg "hej".',
        "HappyFace",
        _check,
    ),
)
BY_NAME ="""


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "workbooks" / "build"), *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"PYTHONPATH": str(root), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture(scope="module")
def with_a_button(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more line in the list of buttons, built for release."""
    root = tmp_path_factory.mktemp("projekt")
    leave = shutil.ignore_patterns("__pycache__", "*.xlsx")
    for folder in ("finsam_xl", "udfs", "macros", "workbooks", "tests"):
        shutil.copytree(ROOT / folder, root / folder, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", root)
    listed = root / "finsam_xl" / "actions" / "buttons.py"
    text = listed.read_text(encoding="utf-8")
    assert text.count(")\nBY_NAME =") == 1
    listed.write_text(text.replace(")\nBY_NAME =", NEW_BUTTON), encoding="utf-8")
    done = build(root, "--release")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(with_a_button: Path, tmp_path: Path) -> Path:
    """A built copy of the project, to be changed."""
    return Path(shutil.copytree(with_a_button, tmp_path / "projekt"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def released(root: Path) -> list[bytes]:
    return [lite_path(name, root / "workbooks").read_bytes() for name in NAMES]


def test_two_builds_are_the_same(with_a_button: Path) -> None:
    first = released(with_a_button)
    done = build(with_a_button, "--check", "--release")
    assert done.returncode == 0, done.stderr
    assert build(with_a_button, "--release").returncode == 0
    assert first == released(with_a_button)


def test_the_shipped_ones_are_up_to_date() -> None:
    done = build(ROOT, "--check")
    assert done.returncode == 0, done.stderr


def test_a_change_of_the_core_leaves_the_released_ones_alone(project: Path) -> None:
    before = released(project)
    core_file = project / "finsam_xl" / "money.py"
    core_file.write_text(core_file.read_text(encoding="utf-8") + "# nytt\n", encoding="utf-8")
    assert build(project).returncode == 0
    assert released(project) == before
    done = build(project, "--check")
    assert done.returncode == 0, done.stderr
    strict = build(project, "--check", "--release")
    assert strict.returncode == 1
    assert strict.stderr.count("differs from a fresh build: ") == len(NAMES)


def test_a_new_version_number_wants_new_ones(project: Path) -> None:
    before = released(project)
    change(project / "finsam_xl" / "__init__.py", f'"{__version__}"', '"9.8.7"')
    stale = build(project, "--check")
    assert stale.returncode == 1
    assert stale.stderr.count(f"of version {__version__}, not 9.8.7: ") == len(NAMES)
    assert "run python workbooks/build --release" in stale.stderr
    assert build(project, "--release").returncode == 0
    assert not set(released(project)) & set(before)
    done = build(project, "--check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("of version 9.8.7: ") == len(NAMES)


@pytest.mark.parametrize("data", [b"", b"PK", None])
def test_one_that_is_broken_or_missing_is_found(project: Path, data: bytes | None) -> None:
    broken = lite_path(NAMES[1], project / "workbooks")
    broken.unlink()
    if data is not None:
        broken.write_bytes(data)
    done = build(project, "--check")
    assert done.returncode == 1
    assert done.stderr.count(broken.name) == 1


def test_one_without_our_code_states_no_version(lite_book: LiteBook) -> None:
    assert stated_version(existing_path(NAMES[0]).read_bytes()) == ""
    assert stated_version(lite_book(NAMES[0]).read_bytes()) == __version__


def test_the_tests_build_their_own_once_for_all_processes(project: Path, tmp_path: Path) -> None:
    """With released workbooks that nobody can read, and a core changed since, they pass."""
    for name in NAMES:
        lite_path(name, project / "workbooks").write_bytes(b"")
    own = project / "tests" / "lite" / "test_build.py"
    wanted = ("test_all_three_carry_the_same_code_as_it_stands_here", "test_main_is_readable")
    command = [sys.executable, "-m", "pytest", "-n", "2", "--basetemp", str(tmp_path / "bas")]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *(f"{own}::{test}" for test in wanted)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert f"{len(wanted)} passed" in done.stdout
    made = sorted((tmp_path / "bas").rglob("*-lite.xlsx"))
    assert made == sorted(lite_path(name, tmp_path / "bas" / "lite") for name in NAMES)
    assert "FinsamProva" in main_source(made[0])


def test_a_line_in_the_list_is_a_script_and_a_shape(with_a_button: Path) -> None:
    path = lite_path("sodra-lappland-budget", with_a_button / "workbooks")
    tree = ast.parse(main_source(path))
    scripts = [node.name for node in tree.body if isinstance(node, ast.AsyncFunctionDef)]
    assert scripts == [*(button.name for button in BUTTONS), "FinsamProva"]
    made = next(node for node in tree.body if getattr(node, "name", "") == "FinsamProva")
    assert isinstance(made, ast.AsyncFunctionDef)
    assert ast.get_docstring(made) == 'Säg "hej".'
    carried = core(main_source(path))["finsam_xl/actions/buttons.py"]
    assert '"FinsamProva"' in carried


@pytest.mark.parametrize("name", WIRED)
def test_start_has_room_for_its_text_on_its_pages(name: str) -> None:
    """As wide as in the macro workbooks; the functions begin the second page."""
    buttons = [(button.name, button.text, button.tip) for button in BUTTONS]
    functions = [(f.signature, f.help, f.example.formula) for f in FUNCTIONS]
    plan = start_lite.build(WIRED[name].story, buttons, functions).plan
    heights, whole = dict(plan.heights), {(top, left) for top, left, _, _ in plan.merges}
    assert plan.widths == start_sheet.WIDTHS
    for cell in plan.cells:
        if isinstance(cell.value, str) and cell.role.wrap:
            width = plan.widths[cell.column - 1]
            if (cell.row, cell.column) in whole:
                width = sum(plan.widths[1:])
            letters = width * 7 / (5.6 * cell.role.size / 10)
            lines = sum(math.ceil(len(line) / letters) for line in cell.value.split("\n"))
            assert heights[cell.row] >= lines * 13
    first = next(cell.row for cell in plan.cells if cell.value == "Funktioner i celler")
    assert plan.page.breaks[0] == first
    ends = [0, *plan.page.breaks, 10**6]
    pages = [
        sum(height for row, height in plan.heights if start <= row < end)
        for start, end in pairwise(ends)
    ]
    assert len(pages) == 3
    assert max(pages) < 760


def core(main: str) -> dict[str, str]:
    """The files that a main.py carries."""
    packed = re.search(r'unpack\("""(.*?)"""\)', main, re.DOTALL)
    assert packed
    files: dict[str, str] = json.loads(bz2.decompress(base64.b64decode(packed[1])))
    return files


def test_all_three_carry_the_same_code_as_it_stands_here(lite_book: LiteBook) -> None:
    mains = {main_source(lite_book(name)) for name in NAMES}
    assert len(mains) == 1
    carried = core(mains.pop())
    assert f'__version__ = "{__version__}"' in carried["finsam_xl/__init__.py"]
    for name, text in carried.items():
        here = (ROOT / name).read_text(encoding="utf-8")
        assert _program(text) == _program(here) if name.endswith(".py") else text == here
    rooms = {name.split("/")[1] for name in carried if name.count("/") > 1}
    assert rooms == {
        "actions", "calc", "checks", "filling", "findings", "formulas", "handbok", "hosts", "ledgers",
        "policy", "reading", "registry", "report", "scb", "sheets", "words",
    }  # fmt: skip
    assert {name for name in carried if name.endswith(".toml")} == {
        path.relative_to(ROOT).as_posix()
        for room in ("findings", "formulas", "policy", "words")
        for path in (ROOT / "finsam_xl" / room).rglob("*.toml")
    }
    assert not any("ooxml" in name or "cli/" in name for name in carried)


def _program(text: str) -> tuple[int, list[tuple[str, int]]]:
    """What a module does, with the lines where: all but what it says of itself."""
    found = [
        (ast.dump(node) if isinstance(node, ast.Assign) else type(node).__name__, node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt)
        and not isinstance(node, ast.Pass)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return text.count("\n"), found


def test_main_is_readable(lite_book: LiteBook) -> None:
    """Short functions that say what they are, in Swedish, and one call each."""
    tree = ast.parse(main_source(lite_book(NAMES[0])))
    assert (ast.get_docstring(tree) or "").startswith("# Finsam")
    made = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert len(made) == 1 + len(BUTTONS) + len(FUNCTIONS)
    assert all(ast.get_docstring(node) for node in made)
    assert all(len(node.body) == 2 for node in made if node.name != "unpack")


def test_main_holds_no_key_and_no_address(lite_book: LiteBook) -> None:
    main = main_source(lite_book(NAMES[0])).partition('unpack("""')[0]
    assert "LICENSE" not in main
    assert "http" not in main


@pytest.fixture(scope="module")
def deflate() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BUILD))
        yield importlib.import_module("deflate")


@given(st.lists(st.binary(max_size=40) | st.sampled_from([b"<c r=", b"</v></c>", bytes(300)])))
def test_zlib_reads_what_is_packed_here(deflate: Any, pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    assert zlib.decompress(deflate.deflate(data), -15) == data


def test_it_packs_well_enough(deflate: Any) -> None:
    data = (BUILD / "data" / "umea-annual-2021__social-budget-mal.csv").read_bytes() * 8
    assert len(deflate.deflate(data)) < len(data) / 4


@pytest.mark.parametrize("name", ["udfs.lite", "finsam_xl.hosts.ooxml.wiring.wrappers"])
def test_examples_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
