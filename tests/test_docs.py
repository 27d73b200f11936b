"""Nothing public goes undescribed, and every example runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import finsam_xl
from finsam_xl.registry import FUNCTIONS
from support.workbooks import ROOT

PACKAGE = Path(finsam_xl.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "finsam_xl.")
    if not module.name.endswith("__main__")
)
_Described = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, _Described]]:
    for node in tree.body:
        if isinstance(node, _Described) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node, f"{prefix}{node.name}.")


def _id(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=_id)
def test_everything_public_has_a_docstring(module: Path) -> None:
    """Every module, and every public class, function and method in it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module itself"
    assert [name for name, node in _public(tree) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("name", NAMES)
def test_examples_run(name: str) -> None:
    """What a docstring shows is what happens."""
    module = importlib.import_module(name)
    assert doctest.testmod(module, report=True).failed == 0


@pytest.mark.parametrize("name", ["finsam_xl.calc.impact_index", "finsam_xl.calc.target_rules"])
def test_calculations_show_three_examples(name: str) -> None:
    """The module docstring is the manual entry: what, why, source, three examples."""
    module = importlib.import_module(name)
    text = module.__doc__ or ""
    assert "Source:" in text
    asked = [example for example in doctest.DocTestParser().get_examples(text) if example.want]
    assert len(asked) >= 3


def test_examples_of_the_package_itself() -> None:
    """Also at the front door."""
    assert doctest.testmod(finsam_xl).attempted > 0
    assert doctest.testmod(finsam_xl).failed == 0


@pytest.mark.parametrize("name", finsam_xl.__all__)
def test_public_names_can_be_imported(name: str) -> None:
    """Every name in ``__all__`` is there, documented, and the same object each time."""
    thing = getattr(finsam_xl, name)
    assert thing.__doc__
    assert getattr(finsam_xl, name) is thing


def test_public_names_are_sorted_and_complete() -> None:
    """Nothing twice, nothing forgotten, and nothing else pretends to be public."""
    assert list(finsam_xl.__all__) == sorted(set(finsam_xl.__all__))
    with pytest.raises(AttributeError):
        _ = finsam_xl.something_else  # type: ignore[attr-defined,unused-ignore]
    assert "open_workbook" in finsam_xl.__all__


def test_the_readme_is_a_page() -> None:
    """One for people who have not installed anything yet; the handbook tells the rest."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    assert sum(line == "```sh" for line in lines) == 2


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_cell_functions_are_described(function: object) -> None:
    """Name, arguments and help as INTERFACE.md wants them."""
    name, arguments, text = (getattr(function, part) for part in ("name", "arguments", "help"))
    assert name.startswith("FINSAM_")
    assert name == name.upper()
    assert arguments
    assert text.endswith(".")
