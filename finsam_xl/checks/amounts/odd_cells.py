"""One cell that the others of its row do not look like: a turned sign, or another unit.

A row of months or quarters has one sign; a single one with the other sign and the size of the
rest is a slip, unless a text on the sheet tells of the row (a credit note, say). Amounts of a row
are of one size in all the columns that people state; one that is a thousand times the others, where
no other row is so and its column has nothing like it, is written in another unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median

from finsam_xl.checks.amounts.budget import doubled_lines
from finsam_xl.checks.material import Cells, Material
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.words.scenarios import HEADINGS, Scenario

SIGN = "tecken-avviker"
SIZE = "storlek-avviker"
_FEWEST, _FEWEST_OTHERS = 4, 2
_NEAR, _STEADY = Fraction(3, 5), Fraction(1, 3)
"""How near the usual size a turned figure must be, and how steady the rest of its row."""
_UNIT = 1000
_LIKE = 3
"""A figure of another unit is, in that unit, within a third and three times its row."""
_ABOVE = 10
"""It is so many times the usual figure of its column: small sums may well grow a thousandfold."""


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table's odd cells, and its lines that stand twice."""
    for material in materials:
        for budget in (*material.budgets, *material.plain):
            cells = material.cells.get(budget.sheet, {})
            yield from material.own(signs(budget, cells))
            yield from material.own(sizes(budget))
            yield from material.own(doubled_lines(budget))


# Signs ---------------------------------------------------------------------------------------


def signs(budget: Budget, cells: Cells) -> Iterator[Finding]:
    """Figures of parts of a year with another sign than the rest of their row."""
    months = _parts_of_year(budget)
    if len(months) < _FEWEST:
        return
    for row, line in enumerate(budget.rows):
        if line.role not in ("line", "subline") or _is_difference(line.meant):
            # What is better or worse than planned has either sign.
            continue
        filled = [(n, a) for n in months if (a := line.amounts[n])]
        turned = [one for one in filled if one[1] * _sum_of_signs(filled) < 0]
        if len(filled) < _FEWEST or len(turned) != 1:
            continue
        number, amount = turned[0]
        others = [abs(Fraction(a)) for n, a in filled if n != number]
        if _is_usual(abs(Fraction(amount)), others) and not _is_told_of(budget, row, cells):
            yield _turned(budget, row, number, amount)


def _is_difference(label: str) -> bool:
    return any(vote.value == Scenario.DEVIATION for vote in HEADINGS.votes(normalise(label)))


def _parts_of_year(budget: Budget) -> list[int]:
    """The columns of months, quarters and the like, which add up to more."""
    return [
        n
        for n, column in enumerate(budget.columns)
        if column.period is not None
        and column.period.is_part
        and not column.of
        and column.is_stated
    ]


def _sum_of_signs(filled: Sequence[tuple[int, Known]]) -> int:
    return sum(1 if amount > 0 else -1 for _, amount in filled)


def _is_usual(size: Fraction, others: Sequence[Fraction]) -> bool:
    """Whether a size is that of a row whose figures are all alike."""
    usual = Fraction(median(others))
    is_steady = all(_STEADY * usual <= other <= usual / _STEADY for other in others)
    return is_steady and _NEAR * usual <= size <= usual / _NEAR


def _is_told_of(budget: Budget, row: int, cells: Cells) -> bool:
    """Whether a text elsewhere on the sheet names the row, as a note under the table does."""
    line = budget.rows[row]
    name = line.label.lower()
    return any(
        isinstance(value, str)
        and at != line.row
        and name in value.lower()
        and len(value) > len(name)
        for (at, _), value in cells.items()
    )


def _turned(budget: Budget, row: int, column: int, amount: Known) -> Finding:
    return tell(
        SIGN,
        budget.place(row, column),
        what=budget.named(row, column),
        amount=trimmed(amount, budget.unit),
        stated=amount,
        calculated=-amount,
    )


# Sizes ---------------------------------------------------------------------------------------


def sizes(budget: Budget) -> Iterator[Finding]:
    """Figures that are a thousand times what their row is in other columns."""
    columns = [n for n, c in enumerate(budget.columns) if c.is_stated and not c.of]
    rows = [r for r, row in enumerate(budget.rows) if row.role in ("line", "subline")]
    odd = [one for row in rows for one in _of_row(budget, row, columns)]
    for row, number, wanted in odd:
        same = [r for r, n, _ in odd if n == number]
        column = (budget.rows[r].amounts[number] for r in rows if r != row)
        others = [abs(Fraction(amount)) for amount in column if amount]
        is_alone = len(same) == 1 and len(others) >= _FEWEST_OTHERS
        is_alone = is_alone and _are_alike(budget, [r for r in rows if r != row], number, columns)
        if is_alone and _UNIT * abs(wanted) >= _ABOVE * Fraction(median(others)):
            yield _sized(budget, row, number, wanted)


def _are_alike(budget: Budget, rows: Sequence[int], number: int, columns: Sequence[int]) -> bool:
    """Whether most rows are of one size in a column and the others: amounts beside amounts."""
    told = [
        1 / _ABOVE <= abs(Fraction(here) / Fraction(there)) <= _ABOVE
        for row in rows
        if (here := budget.rows[row].amounts[number])
        for n in columns
        if n != number and (there := budget.rows[row].amounts[n])
    ]
    return 2 * sum(told) > len(told)


def _of_row(
    budget: Budget, row: int, columns: Sequence[int]
) -> Iterator[tuple[int, int, Fraction]]:
    """The cell of a row that is another size than all its others, and what it would be."""
    filled = [(n, abs(Fraction(a))) for n in columns if (a := budget.rows[row].amounts[n])]
    for number, size in filled:
        others = [other for n, other in filled if n != number]
        scaled = size / _UNIT
        if others and all(other <= _LIKE * scaled <= _LIKE**2 * other for other in others):
            yield row, number, Fraction(budget.rows[row].amounts[number] or 0) / _UNIT


def _sized(budget: Budget, row: int, column: int, wanted: Fraction) -> Finding:
    stated = budget.rows[row].amounts[column] or 0
    return tell(
        SIZE,
        budget.place(row, column),
        what=budget.named(row, column),
        amount=trimmed(stated, budget.unit),
        times=trimmed(Fraction(stated) / wanted),
        stated=stated,
        calculated=wanted,
    )
