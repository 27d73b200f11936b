"""Comments follow their lines, and none is ever lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import hypothesis.strategies as st
import pytest

from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.model_budget import Budget
from finsam_xl.periods import Period
from finsam_xl.report import comment_sheet, tertial
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.tertial_figures import RESULT
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, SheetGrid
from support.properties import given

T2 = Period(2019, 2)
Tables = Mapping[tuple[str, str], list[Budget]]
ReadAgain = Callable[[SheetPlan], SheetGrid]


def key(section: str, label: str, code: str = "", number: int = 0) -> CommentKey:
    return CommentKey.of(section, label, code, number)


def report(tables: Tables, comments: Mapping[CommentKey, str]) -> SheetPlan:
    budget, balance = tables["umeå", "Tertial 2 2019"]
    return tertial.build(
        budget, balance, association="Umeåregionen", period=T2, run="k", comments=comments
    )


def written(found: Mapping[CommentKey, str]) -> dict[CommentKey, str]:
    return {key: text for key, text in found.items() if text}


OLD = key("Verksamheter", "Vuxentorget", "P41VUX")
MOVED = [
    ("stays", OLD, [key("Verksamheter", "Vuxentorget", "P41VUX")], True),
    ("line above is added", OLD, [key("Verksamheter", "Ny insats"), OLD], True),
    ("written otherwise", OLD, [key("VERKSAMHETER:", "vuxentorget ", "P41vux")], True),
    ("renamed, same code", OLD, [key("Verksamheter", "Torget för vuxna", "P41VUX")], True),
    ("moved, same code", OLD, [key("Insatser", "Torget för vuxna", "P41VUX")], True),
    (
        "moved to another section",
        key("Insatser", "Vuxentorget"),
        [key("Verksamheter", "Vuxentorget")],
        True,
    ),
    (
        "moved together with its double",
        key("Insatser", "Övrigt", number=1),
        [key("Kansli", "Övrigt"), key("Kansli", "Övrigt", number=1)],
        True,
    ),
    (
        "slightly renamed",
        key("Verksamheter", "De sammanhållan insatserna för unga"),
        [key("Verksamheter", "De sammanhållna insatserna för unga")],
        True,
    ),
    (
        "slightly renamed in another section",
        key("Verksamheter", "De sammanhållan insatserna för unga"),
        [key("Insatser", "De sammanhållna insatserna för unga")],
        False,
    ),
    (
        "two lines are as like",
        key("Kansli", "Arvoden styrelse"),
        [key("Kansli", "Arvoden styrelsen"), key("Kansli", "Arvoden styrelser")],
        False,
    ),
    (
        "same label in two sections",
        key("Kansli", "Övrigt"),
        [key("Insatser", "Övrigt"), key("Styrelse", "Övrigt")],
        False,
    ),
    (
        "same label, another code",
        OLD,
        [key("Verksamheter", "Vuxentorget", "P41UNG")],
        False,
    ),
    ("quite another name", OLD, [key("Verksamheter", "Ungdomstorget")], False),
    ("gone", OLD, [], False),
]


@pytest.mark.parametrize(
    ("old", "lines", "follows"), [m[1:] for m in MOVED], ids=[m[0] for m in MOVED]
)
def test_a_comment_follows_its_line(
    old: CommentKey, lines: list[CommentKey], follows: bool
) -> None:
    """It follows its line where that is certain, and is an orphan where it is not."""
    carried = carry_over({old: "Vakant tjänst."}, lines)
    if follows:
        assert carried.assigned == {lines[-1]: "Vakant tjänst."}
        assert carried.orphans == []
    else:
        assert carried.assigned == {}
        assert carried.orphans == [(old, "Vakant tjänst.")]


def test_a_line_that_was_there_is_no_renamed_one() -> None:
    """The old report had both; one is gone, and its comment is not given to the other."""
    gone, there = key("Insatser", "Arvoden styrelsen"), key("Insatser", "Arvoden styrelser")
    assert carry_over({gone: "Höjda."}, [there]).assigned == {there: "Höjda."}
    carried = carry_over({gone: "Höjda.", there: ""}, [there])
    assert carried == ({}, [(gone, "Höjda.")])


def test_the_line_itself_comes_before_one_that_is_like_it() -> None:
    """Two comments never fight for one line."""
    same, other = key("Kansli", "Resor"), key("Insatser", "Resor")
    carried = carry_over({other: "b", same: "a"}, [same])
    assert carried == ({same: "a"}, [(other, "b")])


_WORDS = st.sampled_from(["Vännäs", "Vännäs 2", "Resor", "Resor, tåg", "Övrigt", "Ö", ""])
_KEYS = st.builds(
    CommentKey.of,
    st.sampled_from(["A", "B", ""]),
    _WORDS,
    st.sampled_from(["", "", "P1", "P2"]),
    st.integers(0, 2),
)
_COMMENTS = st.dictionaries(_KEYS, st.sampled_from(["", " ", "en", "två", "tre\nrader"]))


@given(_COMMENTS, st.lists(_KEYS, unique=True))
def test_no_comment_is_lost(old: dict[CommentKey, str], lines: list[CommentKey]) -> None:
    """Each is on one line or among the orphans, once; no line has two."""
    assigned, orphans = carry_over(old, lines)
    kept = Counter([*assigned.values(), *(text for _, text in orphans)])
    assert kept == Counter(text for text in old.values() if text.strip())
    assert set(assigned) <= set(lines)


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)


@given(st.dictionaries(_KEYS, _TEXTS, max_size=8))
def test_no_comment_is_lost_in_a_report(
    old: dict[CommentKey, str],
) -> None:
    """What one report was given, the next one reads: also what stands under the table."""
    comments = {
        key("Verksamheter", "Vuxentorget"): "I listan över avvikelser.",
        key("Intäkter", "EU intäkter"): "I resultatrapporten.",
        **old,
    }
    plan = report(_TABLES, comments)
    cells = {(cell.row, cell.column): Cell(cell.value) for cell in plan.cells}
    found = comment_sheet.read(SheetGrid(plan.name, lambda: cells))
    texts = Counter(paragraph for text in found.values() for paragraph in text.split("\n") if text)
    assert set(texts) == set(comments.values())
    again = report(_TABLES, found)
    cells_again = {(cell.row, cell.column): Cell(cell.value) for cell in again.cells}
    assert written(comment_sheet.read(SheetGrid(plan.name, lambda: cells_again))) == written(found)


_TABLES: dict[tuple[str, str], list[Budget]] = {}


@pytest.fixture(autouse=True, scope="module")
def _fill(tables: Tables) -> None:
    _TABLES.update(tables)


def test_comments_are_read_from_the_file(tables: Tables, tmp_path: Path) -> None:
    """The list of deviations, a line, a total, a section, the result and an orphan."""
    comments = {
        key("Verksamheter", "Vuxentorget"): "Vakant tjänst.\nTillsätts i oktober.",
        key("Intäkter", "EU intäkter"): "Slutredovisas i december.",
        key("Verksamhetsnära kostnader", "Summa kansli och styrelse"): "Fel etikett i källan.",
        key("", "Kansli och styrelse"): "Hela avsnittet.",
        key("Verksamheter", RESULT): "Bättre än väntat.",
        key("Insatser", "Arbetsrum Norr", "P41NOR"): "=Avslutades 2018",
    }
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(render([report(tables, comments)]))
    with Book(path) as book:
        found = comment_sheet.read(book.grid.sheet("Rapport Tertial"))
    assert written(found) == comments
    orphan = next(k for k in found if k.code)
    assert (orphan.shown, orphan.shown_section) == ("Arbetsrum Norr", "Insatser")


def sheet_of(*rows: tuple[str | float | None, ...]) -> SheetGrid:
    cells = {
        (at, column): Cell(value)
        for at, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value is not None
    }
    return SheetGrid("Rapport Tertial", lambda: cells)


def test_whatever_the_user_moved() -> None:
    """Columns inserted and moved, rows sorted and added, headings renamed."""
    sheet = sheet_of(
        ("Tertial 2 2019",),
        (),
        ("Kommentar", "Ansvarig", "Insatser och annat", "Budget", "Utfall"),
        ("om hela", None, "Verksamheter", None, None),
        ("b", "KL", "Vuxentorget", 2440, 1360),
        (None, "KL", "P41VÄN, Vännäs", 700, 467),
        ("a", "KL", "Vännäs", 700, 467),
        ("c", "KL", "Vännäs", 1, 1),
        (2019, "KL", "Nytt", 1, 1),
        ("fri text", None, None, None, None),
    )
    assert comment_sheet.read(sheet) == {
        key("", "Verksamheter"): "om hela",
        key("Verksamheter", "Vuxentorget"): "b",
        key("Verksamheter", "Vännäs", "P41VÄN"): "",
        key("Verksamheter", "Vännäs"): "a",
        key("Verksamheter", "Vännäs", number=1): "c",
        key("Verksamheter", "Nytt"): "2019",
        key("", ""): "fri text",
    }


def test_the_same_line_in_two_tables() -> None:
    """Both comments are kept, the same one once; doubles are told apart by their number."""
    sheet = sheet_of(
        ("Rad", "Avsnitt", "Kommentar"),
        ("Vännäs", "Verksamheter", "i listan"),
        ("Övrigt", "Verksamheter (nr 2)", "den andra"),
        ("Resor", "Verksamheter", "samma"),
        ("Rad", "Budget", "Kommentar"),
        ("Verksamheter", None, None),
        ("Vännäs", 1, "i rapporten"),
        ("Övrigt", 1, None),
        ("Övrigt", 1, None),
        ("Resor", 1, "samma"),
    )
    assert written(comment_sheet.read(sheet)) == {
        key("Verksamheter", "Vännäs"): "i listan\ni rapporten",
        key("Verksamheter", "Övrigt", number=1): "den andra",
        key("Verksamheter", "Resor"): "samma",
    }


def test_headings_that_are_repeated_and_a_comment_like_one() -> None:
    """On a new page they are read anew; a comment that says only "Kommentar" is one."""
    sheet = sheet_of(
        ("Post", "Budget", "Utfall", "Kommentar"),
        ("Kansli", None, None, None),
        ("Resor", 1, 1, "Kommentar"),
        ("Post", "Budget", "Utfall", "Kommentar"),
        ("Hyra", 1, 1, "Ny lokal."),
        ("Kansli", None, None, "kommentar"),
    )
    assert written(comment_sheet.read(sheet)) == {
        key("Kansli", "Resor"): "Kommentar",
        key("Kansli", "Hyra"): "Ny lokal.",
        key("", "Kansli", number=1): "kommentar",
    }


@pytest.mark.parametrize("rows", [(), (("Kommentar",),), (("Rad", "Utfall"), ("Vännäs", 1))])
def test_a_sheet_without_comments(rows: tuple[tuple[str | float, ...], ...]) -> None:
    assert comment_sheet.read(sheet_of(*rows)) == {}


def test_a_report_nobody_has_written_in(tables: Tables, read_again: ReadAgain) -> None:
    """Its lines are known, without comments."""
    found = comment_sheet.read(read_again(report(tables, {})))
    assert set(found.values()) == {""}
    assert key("Verksamheter", "Vuxentorget") in found
