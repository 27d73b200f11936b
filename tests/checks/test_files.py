"""Several workbooks at once: tables that stand twice, and files of other associations."""

from __future__ import annotations

import pytest

from finsam_xl.checks.agreement import files
from finsam_xl.checks.material import Material
from finsam_xl.model import Ref
from support.invented import EXAMPLE, book, placed, places, told


def _book(
    file: str,
    *,
    title: str = "Budget 2024",
    year: int = 2024,
    kind: str = "budget",
    association: str = EXAMPLE,
) -> Material:
    one = placed(kind, title, year, Ref("Blad1", "A5", file))
    return book(file=file, association=association, tables=[one])


def test_the_same_table_in_two_files() -> None:
    """A warning at the second, naming the first."""
    (found,) = files.check([_book("ett.xlsx"), _book("två.xlsx")])
    assert told(found) == ("warning", "samma-tabell", "Blad1", "A5")
    assert (found.file, found.stated) == ("två.xlsx", "Budget 2024")
    assert places(found) == ["Blad1!A5 i ett.xlsx"]
    assert "Blad1!A5 i ett.xlsx" in found.message


def test_three_copies_are_held_against_the_first() -> None:
    """One finding per copy."""
    found = list(files.check([_book(name) for name in ("a.xlsx", "b.xlsx", "c.xlsx")]))
    assert [f.file for f in found] == ["b.xlsx", "c.xlsx"]
    assert {str(ref) for f in found for ref in f.also} == {"Blad1!A5 i a.xlsx"}


def test_capitals_and_spaces_make_no_other_title() -> None:
    """A title is compared as it is read."""
    assert list(files.check([_book("a.xlsx"), _book("b.xlsx", title="BUDGET  2024")]))


@pytest.mark.parametrize(
    "other",
    [
        _book("b.xlsx", title="Budget 2025"),
        _book("b.xlsx", year=2025),
        _book("b.xlsx", kind="outcome"),
        _book("b.xlsx", kind="text_figures"),
    ],
    ids=["title", "year", "kind", "text"],
)
def test_another_title_year_or_kind_is_another_table(other: Material) -> None:
    """Nothing stands twice."""
    assert not list(files.check([_book("a.xlsx"), other]))


def test_two_tables_in_one_file() -> None:
    """Within a workbook the figures tell for themselves."""
    one, other = (
        placed("note", "Not 3", 2024, Ref("Noter", cell, "a.xlsx")) for cell in ("A5", "A15")
    )
    assert not list(files.check([book(file="a.xlsx", tables=[one, other])]))


def test_a_file_of_another_association() -> None:
    """A note about the file as a whole; its tables are not the others'."""
    odd = _book("c.xlsx", association="Samordningsförbundet Annat")
    (found,) = files.check([_book("a.xlsx"), _book("b.xlsx", year=2025), odd])
    assert told(found) == ("info", "annat-forbund", None, None)
    assert found.file == "c.xlsx"
    assert (
        f"gäller Samordningsförbundet Annat, men de andra filerna gäller {EXAMPLE}" in found.message
    )


def test_one_association_or_none_named() -> None:
    """A file whose titles name no association belongs to no other one."""
    assert not list(files.check([_book("a.xlsx", association="")]))
    nameless = _book("b.xlsx", year=2025, association="")
    assert not list(files.check([_book("a.xlsx"), nameless]))
    assert not list(files.check([]))
