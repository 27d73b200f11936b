"""What one book tells, and what many tell together, held against what was put into them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.batch.batch import Asked, find, run
from finsam_xl.batch.kept import Shelf, pack, unpack_lines, unpack_reading
from finsam_xl.batch.reading import Reading, read
from finsam_xl.batch.stated import Basis, Quantity, Stated, settled
from finsam_xl.batch.summary import Book, Row, Summary, ranked
from finsam_xl.calc.impact_index import ranks
from finsam_xl.hosts.ooxml import Book as File
from support import many_books
from support.budget_layouts import LAPPLAND, UMEA
from support.practice import FOLDER
from support.small_plan import SmallPlan
from support.workbooks import NOW, SOCIAL_BUDGET

TODAY = NOW.date()


def of(path: Path) -> Reading:
    """What a workbook file tells."""
    with File(path, today=TODAY) as book:
        return read(book.grid, TODAY)


def stated(
    reading: Reading, basis: Basis = Basis.OUTCOME
) -> dict[tuple[str, int], Fraction | None]:
    """The values of a basis by quantity and year."""
    return {
        (str(one.quantity), one.year): one.value for one in reading.stated if one.basis is basis
    }


def test_the_documents_own_figures() -> None:
    """Umeåregionen's årsredovisning 2021: result, equity, costs and fees; index 64 on 787 people."""
    budget = stated(of(UMEA))
    assert budget["result", 2021] == -209941
    assert budget["equity", 2021] == 1799593
    assert budget["costs", 2021] == 11849182
    assert budget["fees", 2019] == 11450000
    assert budget["fees", 2021] == 11380000
    assert budget["result", 2018] == -1150000
    assert budget["equity", 2018] == 2992000
    social = of(SOCIAL_BUDGET)
    index = stated(social)["index", 2021]
    assert index is not None
    assert round(index) == 64
    assert stated(social)["participants", 2021] == 787
    assert social.association == "Samordningsförbundet Umeåregionen"


def test_a_plan_has_fees_and_no_outcome() -> None:
    """Södra Lappland's plan for 2024: nothing has come out yet."""
    lappland = of(LAPPLAND)
    assert stated(lappland) == {("fees", 2024): 3752000}
    assert stated(lappland, Basis.BUDGET)["costs", 2024] == 4483000
    assert lappland.year == 2024


@pytest.mark.parametrize(
    ("name", "year", "costs", "result"),
    [
        ("03-bergmora", 2024, Fraction(26486189, 5), Fraction(23888141, 50)),
        ("27-pilhult", 2024, 5739000, 136000),
        ("33-tallmora", 2024, 7074000, 229000),
    ],
)
def test_results_that_no_label_names_plainly(
    name: str, year: int, costs: Fraction, result: Fraction
) -> None:
    """By the row below income from members and costs: ”Beräknat resultat”, ”Resultat totalt”."""
    told = stated(of(FOLDER / "books" / f"{name}.xlsx"))
    assert (told["costs", year], told["result", year]) == (costs, result)


def test_a_project_is_not_the_association(tmp_path: Path) -> None:
    """A table without the members' money tells its own result, and no association's."""
    project = SmallPlan().put(A5="- Projektmedel", A6="- Sponsring").save(tmp_path)
    assert ("result", 2024) not in stated(of(project))
    members = SmallPlan().save(tmp_path)
    assert stated(of(members))["result", 2024] == 45000


def test_what_is_said_in_two_ways_is_said_in_none(tmp_path: Path) -> None:
    """A result of 45 in one table and of 60 in another: blank, and known to be disputed."""
    plan = SmallPlan()
    plan.sheet["A18"], plan.sheet["A1"] = "Årets resultat", "Samordningsförbundet Almvik, tkr"
    other = plan.book.copy_worksheet(plan.sheet)
    other.title = "Bokslut"
    other["C18"] = 60
    reading = of(plan.save(tmp_path))
    assert stated(reading)["result", 2024] is None
    (row,) = [row for row in Summary([Book("a.xlsx", reading)]).rows if row.year == 2024]
    assert row.result is None
    assert Quantity.RESULT in row.disputed


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[many_books.Year]]:
    """Six associations with a layout each, for four years."""
    folder = tmp_path_factory.mktemp("böcker")
    made = many_books.build(folder, names=6, number=4, first=2020)
    return folder, [year for _, year in made]


@pytest.fixture(scope="module")
def summary(books: tuple[Path, list[many_books.Year]]) -> Summary:
    """All of them put together, one by one."""
    folder, _ = books
    return run(find(folder), Asked(NOW), Shelf(folder / "minne")).summary


def test_every_layout_gives_what_was_put_in(
    books: tuple[Path, list[many_books.Year]], summary: Summary
) -> None:
    """Fees, costs, result, equity, people and index, in tkr, of every association and year."""
    found = {(row.association, row.year): row for row in summary.rows}
    assert len(found) == 24
    for year in books[1]:
        row = found[year.association, year.year]
        assert row.fees == year.pool, year
        assert row.costs == year.costs, year
        assert row.result == year.result, year
        assert row.equity == year.equity, year
        assert row.participants == year.women + year.men, year
        assert row.impact_index == year.impact_index, year
        assert row.per_head == Fraction(year.costs, year.women + year.men)
        assert row.disputed == ()
        # Trappan: a fifth of the fees up to 7 000 tkr.
        assert row.ceiling == Fraction(year.pool, 5)
        assert row.room == Fraction(year.pool, 5) - year.equity


def test_rows_stand_in_one_order(summary: Summary) -> None:
    """By association and year, however the books were read."""
    turned = Summary(reversed(summary.books))
    assert turned.rows == summary.rows
    keys = [(row.association, row.year) for row in summary.rows]
    assert keys == sorted(keys)


def test_ranked_by_room_with_the_worst_first(summary: Summary) -> None:
    """Each is at least as far over its ceiling as the next; those without a value have no place."""
    order = ranked(summary.of_year(2023), lambda row: row.room, least_first=True)
    rooms = [row.room for row in order if row.room is not None]
    assert len(rooms) == len(order) == 6
    assert rooms == sorted(rooms)
    assert ranked(summary.rows, lambda _: None) == []
    assert ranks([5, 5, 3]) == [1, 1, 3]


def test_the_latest_year_is_one_that_most_have(summary: Summary) -> None:
    """A single early bird does not empty the front page."""
    early = Reading("Samordningsförbundet Tidig", 2030,
                    (Stated(Quantity.RESULT, 2030, Fraction(1)),), 0, 0, 0, (), 1, 1)  # fmt: skip
    assert Summary([*summary.books, Book("tidig.xlsx", early)]).latest == 2023
    assert Summary([Book("tidig.xlsx", early)]).latest == 2030
    assert Summary([]).latest is None


def test_a_book_without_an_association_stands_alone() -> None:
    """Two such are not taken for one association."""
    nameless = Reading("", 2024, (Stated(Quantity.RESULT, 2024, Fraction(1)),), 0, 0, 0, (), 1, 1)
    rows = Summary([Book("a.xlsx", nameless), Book("b.xlsx", nameless)]).rows
    assert [row.association for row in rows] == [
        "Okänt förbund: a.xlsx", "Okänt förbund: b.xlsx",
    ]  # fmt: skip


def test_books_of_one_year_share_a_row() -> None:
    """The budget's figures and the social budget's; rounded tkr gives way to whole kronor."""
    name = "Samordningsförbundet Almvik"
    rounded = (Stated(Quantity.RESULT, 2024, Fraction(45000), Fraction(500)),)
    exact = (Stated(Quantity.RESULT, 2024, Fraction(45310), Fraction(1, 2)),
             Stated(Quantity.INDEX, 2024, Fraction(70)))  # fmt: skip
    (row,) = Summary(
        Book(file, Reading(name, 2024, said, 1, 2, 3, (), 1, 1))
        for file, said in (("a.xlsx", rounded), ("b.xlsx", exact))
    ).rows
    assert row.result == Fraction(4531, 100)
    assert row.impact_index == 70
    assert (row.errors, row.warnings, row.books) == (2, 4, ("a.xlsx", "b.xlsx"))


def test_what_the_next_year_began_with_does_not_dispute_the_year() -> None:
    """A restated opening is the next book's own affair; it tells only where nothing else does."""
    own = Stated(Quantity.EQUITY, 2024, Fraction(500))
    opening = Stated(Quantity.EQUITY, 2024, Fraction(300), opens=True)
    assert list(settled([opening, own])) == [own]
    assert list(settled([opening])) == [opening]


_STATED = st.builds(
    Stated,
    st.sampled_from(Quantity),
    st.integers(2020, 2022),
    st.none() | st.fractions(max_denominator=100),
    st.fractions(0, 10, max_denominator=10),
    st.booleans(),
    st.sampled_from(Basis),
)


@given(st.lists(_STATED, max_size=8), st.randoms())
def test_the_order_of_what_is_stated_does_not_matter(said: list[Stated], by: object) -> None:
    """Settled once or twice, forwards or shuffled, the same."""
    shuffled = said.copy()
    by.shuffle(shuffled)  # type: ignore[attr-defined]
    once = list(settled(said))
    assert list(settled(shuffled)) == once
    assert list(settled(once)) == once
    assert len({one.key for one in once}) == len(once)


@given(st.lists(_STATED, max_size=5), st.text(max_size=30))
def test_what_is_kept_is_what_was_read(said: list[Stated], name: str) -> None:
    """Exact fractions and any text come back as they were."""
    reading = Reading(name, None, tuple(said), 1, 2, 3, (("kod", 2),), 4, 5)
    packed = pack(reading, f"{name}\n")
    assert unpack_reading(packed) == reading
    assert unpack_lines(packed) == f"{name}\n"


def test_a_row_without_figures() -> None:
    """Nothing is worked out of what is not known, and nothing is divided by nobody."""
    row = Row("A", 2024, None, Fraction(5), Fraction(0), None, None, None, None, 0, 0, (), ())
    assert (row.per_head, row.room) == (None, None)
