"""Plans: what they do to a grid, how they are taken back and how they are put together."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit, Expectation, Plan, merge
from finsam_xl.sheetplan import SheetPlan
from support.properties import given

Place = tuple[str, str]
Content = tuple[object, str]

places = st.tuples(
    st.sampled_from(["Blad1", "Blad 2"]), st.sampled_from(["A1", "B2", "AA10", "C3"])
)
values = st.one_of(
    st.none(), st.booleans(), st.integers(-99, 99), st.floats(0, 1), st.text("aåx1", max_size=3)
)
marks = st.sampled_from(["", "grön", "orange", "röd"])
grids: st.SearchStrategy[dict[Place, Content]] = st.dictionaries(places, st.tuples(values, marks))


def apply(grid: dict[Place, Content], plan: Plan) -> dict[Place, Content]:
    """A grid with a plan's edits made, as any host makes them; blank cells are not kept."""
    changed = dict(grid)
    for edit in plan.edits:
        assert changed.get((edit.sheet, edit.cell), (None, "")) == (edit.old, edit.old_mark)
        changed[edit.sheet, edit.cell] = (edit.new, edit.new_mark)
    return {place: content for place, content in changed.items() if content != (None, "")}


@st.composite
def grids_and_plans(draw: st.DrawFn) -> tuple[dict[Place, Content], Plan]:
    """A grid and a plan that was made for it."""
    grid = apply(draw(grids), Plan())
    edits = []
    for place in draw(st.lists(places, unique=True)):
        old, old_mark = grid.get(place, (None, ""))
        new, new_mark = draw(values), draw(marks)
        edits.append(CellEdit(*place, old, new, "why", old_mark, new_mark))  # type: ignore[arg-type]
    return grid, Plan(edits=tuple(edits))


@given(grids_and_plans())
def test_inverse_takes_a_plan_back(case: tuple[dict[Place, Content], Plan]) -> None:
    """Inverse ∘ apply = nothing happened."""
    grid, plan = case
    assert apply(apply(grid, plan), plan.inverse()) == grid


@given(grids_and_plans())
def test_inverse_of_the_inverse(case: tuple[dict[Place, Content], Plan]) -> None:
    """Taking back what was taken back is the plan itself."""
    _, plan = case
    assert plan.inverse().inverse().edits == plan.edits


@given(grids_and_plans())
def test_merge_is_idempotent(case: tuple[dict[Place, Content], Plan]) -> None:
    """A plan merged with itself asks for nothing more."""
    _, plan = case
    assert merge([plan, plan]).edits == plan.edits
    assert merge([plan, Plan()]).edits == merge([Plan(), plan]).edits == plan.edits


EDIT = CellEdit("Blad1", "B2", 50, 60, "Impactindex")


@pytest.mark.parametrize("other", [EDIT._replace(new=61), EDIT._replace(new_mark="röd"),
                                   EDIT._replace(new=None)])  # fmt: skip
def test_a_disputed_cell_is_left_and_told(other: CellEdit) -> None:
    """Two wishes for one cell: neither is done, the cell is named, and the rest is done."""
    beside = EDIT._replace(cell="B3")
    merged = merge([Plan(edits=(EDIT, beside)), Plan(edits=(other,))])
    assert merged.edits == (beside,)
    (told,) = merged.findings
    assert (told.severity, told.code, told.sheet, told.cell) == (
        "warning", "tva-varden", "Blad1", "B2",
    )  # fmt: skip


def test_same_wish_twice_is_one_edit() -> None:
    """Agreement is no conflict, whatever the reason given; the first reason stands."""
    merged = merge([Plan(edits=(EDIT,)), Plan(edits=(EDIT._replace(why="annat"),))], "körning")
    assert merged.edits == (EDIT,)
    assert merged.run == "körning"


def test_merge_keeps_everything_once_and_in_order() -> None:
    """Findings once, sheets and expectations in the order of the plans."""
    one = Finding("info", "en", "Blad1", "A1", "Första.")
    two = one._replace(code="tva")
    sheets = [SheetPlan(name, name, (), ()) for name in ("Rapport 1", "Rapport 2")]
    expected = Expectation("Blad1", "C3", 1.0, "summa")
    merged = merge([
        Plan(findings=(one, two), sheets=(sheets[0],)),
        Plan(findings=(two, one), sheets=(sheets[1],), expected=(expected,)),
    ])  # fmt: skip
    assert merged.findings == (one, two)
    assert list(merged.sheets) == sheets
    assert merged.expected == (expected,)


def test_empty_plans() -> None:
    """Findings alone change nothing; a sheet does."""
    assert Plan(findings=(Finding("info", "x", None, None, "Text."),)).is_empty
    assert not Plan(sheets=(SheetPlan("a", "a", (), ()),)).is_empty
    assert not Plan(edits=(EDIT,)).is_empty
    assert merge([]).is_empty
