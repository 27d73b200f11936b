"""What must hold for every table: one figure changes no role, blank sums none, order of work none."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_xl.reading.rows import RawRow, RowsRead, read_rows
from support.typed_rows import roles

_GROUPS = st.lists(st.integers(2, 5), min_size=1, max_size=4)
_SEED = st.integers(0, 10**9)


class Table:
    """An invented table: groups of lines with totals, all costs, income, and a result."""

    def __init__(self, seed: int, groups: list[int], columns: int, style: str) -> None:
        self.random, self.columns = Random(seed), columns  # noqa: S311
        self.rows: list[RawRow] = []
        self.totals: list[int] = []
        income = self._group("intäkter", 3, style)
        costs = [self._group(f"grupp {n}", size, style) for n, size in enumerate(groups)]
        whole = self._sum(costs)
        if len(groups) > 1:
            self._add("Summa kostnader" if style == "words" else "Alltihop", whole, total=True)
        self._add(
            "Resultat" if style == "words" else "Kvar",
            [a - b for a, b in zip(income, whole, strict=True)],
            total=True,
        )

    def _sum(self, rows: list[list[int]]) -> list[int]:
        return [sum(column) for column in zip(*rows, strict=True)]

    def _add(self, label: str, amounts: list[int], *, total: bool = False) -> None:
        if total:
            self.totals.append(len(self.rows))
        self.rows.append(RawRow(len(self.rows) + 5, (label,), amounts=tuple(amounts)))

    def _group(self, name: str, size: int, style: str) -> list[int]:
        lines = [
            [self.random.randint(101, 99_999) for _ in range(self.columns)] for _ in range(size)
        ]
        whole = self._sum(lines)
        if style == "heads":
            self._add(name.title(), whole, total=True)
        else:
            self.rows.append(
                RawRow(len(self.rows) + 5, (name.title(),), amounts=(None,) * self.columns)
            )
        for n, line in enumerate(lines):
            self._add(f"Post {name} {n}", line)
        if style != "heads":
            self._add(f"Summa {name}" if style == "words" else name.title(), whole, total=True)
        return whole

    def read(self, rows: list[RawRow] | None = None) -> RowsRead:
        """The table as read."""
        return read_rows(rows or self.rows, ("budget",) * self.columns, "budget")


@st.composite
def tables(draw: st.DrawFn, least: int = 3) -> Table:
    """Tables with totals by name, by their groups' names, or before their lines."""
    return Table(
        draw(_SEED),
        draw(_GROUPS),
        draw(st.integers(least, 6)),
        draw(st.sampled_from(["words", "names", "heads"])),
    )


def _wrong(table: Table, row: int, column: int, amount: int) -> list[RawRow]:
    amounts = list(table.rows[row].amounts)
    amounts[column] = amount
    return [
        one._replace(amounts=tuple(amounts)) if n == row else one
        for n, one in enumerate(table.rows)
    ]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_totals_are_found_in_every_style(table: Table) -> None:
    """Every total and the result, and nothing else, is a sum that holds everywhere."""
    found = table.read()
    assert sorted(one.target for one in found.sums) == table.totals
    for one in found.sums:
        for column in range(table.columns):
            parts = [f * (found.rows[n].amounts[column] or 0) for n, f in one.parts]
            assert sum(parts) == found.rows[one.target].amounts[column]


@settings(max_examples=300, deadline=None)
@given(tables(), st.data())
def test_one_wrong_figure_changes_no_role(table: Table, data: st.DataObject) -> None:
    """With three columns or more a figure changed anywhere changes no role and no sum."""
    row = data.draw(
        st.sampled_from([n for n, one in enumerate(table.rows) if one.amounts[0] is not None])
    )
    column = data.draw(st.integers(0, table.columns - 1))
    before = table.read()
    after = table.read(_wrong(table, row, column, data.draw(st.integers(-99_999, 999_999))))
    assert roles(after) == roles(before)
    assert [(one.target, one.parts) for one in after.sums] == [
        (one.target, one.parts) for one in before.sums
    ]
    assert after.sign == before.sign
    assert [one.is_income for one in after.rows] == [one.is_income for one in before.rows]


@settings(max_examples=100, deadline=None)
@given(tables(), st.data())
def test_a_column_of_blank_sums_changes_no_role(table: Table, data: st.DataObject) -> None:
    """Where one column's sums are still to be filled the others tell what they are."""
    column = data.draw(st.integers(0, table.columns - 1))
    rows = [
        one._replace(amounts=tuple(None if n == column else a for n, a in enumerate(one.amounts)))
        if at in table.totals
        else one
        for at, one in enumerate(table.rows)
    ]
    before, after = table.read(), table.read(rows)
    assert roles(after) == roles(before)
    assert after.sums == before.sums


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(1, 3))
def test_decimals_change_nothing(table: Table, places: int) -> None:
    """In thousandths the same table is read the same."""
    rows = [
        one._replace(
            amounts=tuple(None if a is None else Fraction(a, 10**places) for a in one.amounts)
        )
        for one in table.rows
    ]
    before, after = table.read(), table.read(rows)
    assert (roles(after), after.sums) == (roles(before), before.sums)


def test_a_list_of_thousands_of_rows_is_read_in_time() -> None:
    """No run of rows is looked back for without end."""
    rows = [
        RawRow(n, (f"Post {n}",), amounts=(n * n % 977 + 1, n * 31 % 1009 + 1)) for n in range(3000)
    ]
    assert len(read_rows(rows, ("budget", "budget"), "budget").rows) == 3000
