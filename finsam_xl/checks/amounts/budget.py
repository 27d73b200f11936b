"""What looks wrong in a table of amounts: sums, shares in labels, and equity from year to year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import deviation as calc
from finsam_xl.calc import totals
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Amount, Budget, BudgetColumn, BudgetRow, Known, Sum, in_kronor
from finsam_xl.money import exact, parse_number, round_half_away, swedish, trimmed
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import LIKELY, payer
from finsam_xl.words.results import Of, is_of
from finsam_xl.words.units import KRONOR

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_NEAR_WHOLE = 10
"""So near 100 per cent names are meant to come to it."""
_TELLING = 3
"""Figures that may be of shares so many points apart tell nothing of a share."""
_LINES = ("line", "subline")
_FEWEST_SAME = 2
_EQUITY = ("equity_open", "equity_close")


class Left(NamedTuple):
    """A part that is the whole difference of a sum: left out of it, or counted twice."""

    label: str
    is_twice: bool


def stated_sum(
    budget: Budget,
    where: Ref,
    what: str,
    stated: Amount,
    calculated: Amount,
    addends: int,
    step: Known = 1,
    left: Left | None = None,
) -> Finding | None:
    """A finding for a stated sum that is not the sum of its parts; ``None`` when it is.

    *info* where rounding to ``step`` explains it, *warning* where it does not; ``left``: the
    part that then explains it, if any does.
    """
    if stated is None or calculated is None:
        return None
    severity = totals.severity(stated, calculated, addends, step)
    if severity is None:
        return None
    amount = trimmed(stated, budget.unit)
    if severity == "info":
        return tell(
            "summa-avrundning", where, "differs", "rounding",
            what=what, amount=amount, stated=stated, calculated=calculated,
        )  # fmt: skip
    return tell(
        "summa-avviker",
        where,
        "differs",
        "more" if left is None else "twice" if left.is_twice else "left_out",
        "look",
        what=what,
        amount=amount,
        part=left.label if left else "",
        stated=stated,
        calculated=calculated,
    )


def is_of_another(budget: Budget, target: Sum) -> bool:
    """Whether a sum is of none of what stands above it: of one line that it is nowhere.

    "Summa tillgångar" right below "Eget kapital", among key figures, is no sum of equity.
    """
    if len(target.parts) != 1:
        return False
    ((part, factor),) = target.parts
    pairs = zip(budget.rows[target.target].amounts, budget.rows[part].amounts, strict=True)
    both = [(one, factor * other) for one, other in pairs if one is not None and other is not None]
    return len(both) >= _FEWEST_SAME and all(one != other for one, other in both)


def without_financial(where: Ref, what: str, stated: Amount, calculated: Amount) -> Finding | None:
    """A note on a year's result in a table that leaves out the financial items."""
    if stated is None or calculated is None:
        return None
    return tell("resultat-utan-finansiella", where, what=what, stated=stated, calculated=calculated)


def left_out(budget: Budget, target: Sum, column: int, difference: Known) -> Left | None:
    """The part that is the whole difference of a sum, if one is."""
    for number, factor in target.parts:
        amount = budget.rows[number].amounts[column]
        if amount and abs(difference) == abs(factor * amount) and len(target.parts) > 1:
            return Left(budget.rows[number].label, difference != -factor * amount)
    return None


def deviation(budget: Budget, row: BudgetRow, sides: tuple[int, int]) -> Amount:
    """A row's outcome against its budget; ``sides``: their columns. More is better."""
    is_income = row.is_income or row.role == "result"
    outcome, base = (row.amounts[side] for side in sides)
    return calc.deviation(outcome, base, budget.sign, is_income=is_income)


def has_one_side(row: BudgetRow, sides: tuple[int, int]) -> bool:
    """Whether a row has an outcome without a budget or a budget without an outcome."""
    outcome, base = (row.amounts[side] for side in sides)
    return (outcome is None) is not (base is None)


def repeated_lines(budget: Budget) -> Iterator[Finding]:
    """A note on the lines whose name or code an earlier line also has; both count."""
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    doubles: list[tuple[int, int]] = []
    for index, row in enumerate(budget.rows):
        if row.role != "line":
            continue
        seen, name = (codes, row.code) if row.code else (names, row.label.lower())
        first = seen.setdefault(name, index)
        if first != index and not is_doubled(budget, index, first):
            doubles.append((index, first))
    if not doubles:
        return
    index, first = doubles[0]
    row, place, others = budget.rows[index], budget.label_place(index), len(doubles) - 1
    yield tell(
        "rad-dubbel",
        place,
        "twice",
        "one" if not others else "another" if others == 1 else "others",
        name=f"{row.label} ({row.code})" if row.code else f"”{row.label}”",
        first=budget.label_place(first).cell,
        cell=place.cell,
        others=others,
        stated=row.label,
        also=[budget.label_place(n) for pair in doubles for n in (pair[1], pair[0])],
    )


def is_doubled(budget: Budget, row: int, other: int) -> bool:
    """Whether two lines of one name and one sum have the same figures, and more than one."""
    one, two = budget.rows[row], budget.rows[other]
    figures = [amount for amount in one.amounts if amount]
    parts = [{part for part, _ in each.parts} for each in budget.sums]
    is_one_sum = any({row, other} <= each for each in parts)
    is_same = one.amounts == two.amounts and len(figures) >= _FEWEST_SAME and one.code == two.code
    return is_same and is_one_sum and one.label.lower() == two.label.lower()


def doubled_lines(budget: Budget) -> Iterator[Finding]:
    """A warning per line that stands twice with the same figures: one may be another's."""
    seen: dict[str, list[int]] = {}
    for index, row in enumerate(budget.rows):
        if row.role not in ("line", "subline") or not row.label:
            continue
        same = seen.setdefault(row.label.lower(), [])
        first = next((other for other in same if is_doubled(budget, index, other)), None)
        same.append(index)
        if first is None:
            continue
        place, other = budget.label_place(index), budget.label_place(first)
        cells = [n for n, amount in enumerate(row.amounts) if amount]
        yield tell(
            "rad-tva-ganger",
            place,
            label=row.label,
            other=other.cell,
            stated=row.label,
            also=[other, *(budget.place(r, n) for r in (index, first) for n in cells)],
        )


def totals_without_lines(budget: Budget) -> Iterator[Finding]:
    """A note per total that has no lines to add up, a warning where it is blank for that."""
    if not any(amount for row in budget.rows for amount in row.amounts):
        return
    summed = {one.target for one in budget.sums}
    for index, row in enumerate(budget.rows):
        if row.role == "total" and index not in summed:
            is_blank = all(amount is None for amount in row.amounts)
            yield tell(
                "summa-utan-rader",
                budget.label_place(index),
                "blank" if is_blank else "filled",
                severity="warning" if is_blank else "info",
                label=row.label,
                stated=row.label,
            )


class _Label(NamedTuple):
    """A row whose name tells a share: its index, the share in per cent and how it is written."""

    row: int
    share: Fraction
    text: str

    @property
    def decimals(self) -> int:
        """How finely it is written."""
        return _decimals(self.text)


def label_shares(budget: Budget) -> Iterator[Finding]:
    """Percentages in labels ("Umeå kommun, 82,36 %") against each other and the amounts."""
    labels = [
        _Label(index, exact(figure.value), match.group(1))
        for index, row in enumerate(budget.rows)
        if row.role == "line"
        and "%" in row.label
        and (match := _PERCENT.search(row.label))
        and (figure := parse_number(match.group(1)))
    ]
    if len(labels) < 2:
        return
    whole = _whole_of_labels(budget, labels)
    if not _are_shares(budget, whole, labels):
        return
    if len(whole) == len(labels):
        yield from _shares_sum(budget, labels)
    for label in labels:
        yield from _share_matches(budget, whole, label)


def _are_shares(budget: Budget, whole: Sequence[int], labels: Sequence[_Label]) -> bool:
    """Whether per cents in names tell parts of the rows, and not a rate or how much one works.

    They are together about the whole, or most of them are what the amounts are: of those who pay
    the fees, half of them. In one column: in several some fit by chance.
    """
    together = sum((label.share for label in labels), Fraction(0))
    columns = range(len(budget.columns))
    fitting = max(sum(_tells(budget, whole, label, n) for label in labels) for n in columns)
    paying = any(payer(budget.rows[label.row].label, LIKELY) for label in labels)
    most = 2 * fitting >= len(labels) if paying else 2 * fitting > len(labels)
    is_near = bool(fitting) and abs(together - 100) <= _NEAR_WHOLE
    return together == 100 or is_near or most


def _whole_of_labels(budget: Budget, labels: Sequence[_Label]) -> Sequence[int]:
    """The rows that shares in labels are of: their own, or with those beside that tell none.

    Of several it is the one of which most labels tell the share in some column.
    """
    own = [label.row for label in labels]
    if abs(sum((label.share for label in labels), Fraction(0)) - 100) <= _slack(labels):
        return own
    first = budget.rows[own[0]]
    runs = [own]
    for last in range(own[-1] + 1, len(budget.rows)):
        row = budget.rows[last]
        if row.role != "line" or (row.section, row.is_income) != (first.section, first.is_income):
            break
        runs.append([*own, *(n for n in range(own[0], last + 1) if n not in own)])
    return max(runs, key=lambda rows: sum(_fits_somewhere(budget, rows, one) for one in labels))


def _slack(labels: Sequence[_Label]) -> Fraction:
    """How far from 100 % shares may be together for being rounded."""
    return max(Fraction(1, 10**label.decimals) for label in labels) * len(labels) / 2


def _shares_sum(budget: Budget, labels: Sequence[_Label]) -> Iterator[Finding]:
    total = sum((label.share for label in labels), Fraction(0))
    if abs(total - 100) > _slack(labels):
        yield tell(
            "andelar-summerar-inte",
            budget.label_place(labels[0].row),
            total=swedish(total, 2, "%"),
            stated=total,
            calculated=100,
        )


def _parts(
    budget: Budget, whole: Sequence[int], number: int, row: int
) -> tuple[Known, Fraction] | None:
    """A row's amount in a column and what all rows come to; ``None`` where any is blank."""
    amounts = [budget.rows[one].amounts[number] for one in whole]
    known = [amount for amount in amounts if amount is not None]
    amount, together = budget.rows[row].amounts[number], sum(known, Fraction(0))
    if not budget.columns[number].is_stated or len(known) < len(whole) or amount is None:
        return None
    return (amount, Fraction(together)) if together else None


def _is_share(label: _Label, amount: Known, together: Fraction, rows: int, step: Known) -> bool:
    """Whether a label's share is that of so many amounts, rounded to ``step``."""
    low, high = _span(amount, together, rows, step)
    places = label.decimals
    return round_half_away(low, places) <= label.share <= round_half_away(high, places)


def _span(amount: Known, together: Fraction, rows: int, step: Known) -> tuple[Fraction, Fraction]:
    """The least and the most that an amount may be of a whole, in per cent."""
    half = Fraction(step) / 2
    most = max(together - rows * half, half or Fraction(1))
    return 100 * (amount - half) / (together + rows * half), 100 * (amount + half) / most


def _fits_somewhere(budget: Budget, whole: Sequence[int], label: _Label) -> bool:
    """Whether a label's share is right in any column."""
    return any(_fits(budget, whole, label, n) for n in range(len(budget.columns)))


def _tells(budget: Budget, whole: Sequence[int], label: _Label, column: int) -> bool:
    """Whether it is right in a column, and another share would not be."""
    found = _parts(budget, whole, column, label.row)
    if found is None or not _fits(budget, whole, label, column):
        return False
    low, high = _span(*found, len(whole), budget.step(column))
    return high - low <= _TELLING


def _fits(budget: Budget, whole: Sequence[int], label: _Label, column: int) -> bool:
    """Whether a label's share is right in a column."""
    found = _parts(budget, whole, column, label.row)
    return found is not None and _is_share(label, *found, len(whole), budget.step(column))


def _share_matches(budget: Budget, whole: Sequence[int], label: _Label) -> Iterator[Finding]:
    """A finding for a label whose share fits the amounts of no column.

    *info* where the amount is only rounded the other way, *warning* where it is not.
    """
    if _fits_somewhere(budget, whole, label):
        return
    found = (
        (one, column.header)
        for number, column in enumerate(budget.columns)
        if (one := _parts(budget, whole, number, label.row))
    )
    first = next(found, None)
    if first is None:
        return
    (amount, together), header = first
    calculated = round_half_away(Fraction(100 * amount) / together, label.decimals)
    yield tell(
        "andel-i-etikett",
        budget.label_place(label.row),
        severity="info" if abs(amount - label.share * together / 100) < 1 else "warning",
        share=label.text,
        amount=trimmed(amount),
        whole=trimmed(together),
        header=header,
        right=swedish(calculated, label.decimals, "%"),
        stated=label.share,
        calculated=calculated,
    )


def _decimals(text: str) -> int:
    return len(text.replace(",", ".").partition(".")[2])


def openings(budget: Budget, others: Sequence[Budget]) -> Iterator[Finding]:
    """Opening equity, or cash, that no closing of the year before agrees with.

    It is held against what the same year opens with elsewhere, where that follows from a closing;
    else against a closing of its own table, and of those the one that is surest.
    """
    budgets = [budget, *others]
    for index, row in enumerate(budget.rows):
        if row.role != "equity_open":
            continue
        for number, column in enumerate(budget.columns):
            stated = row.amounts[number]
            closings = list(_closings(row, column.period, budgets))
            if stated is None or not closings or not _is_filled(budget, number):
                continue
            if _agrees_with_any(stated, budget, closings):
                continue
            held = next(_holding(row, column, budgets, closings), None)
            right = held or min(
                closings, key=lambda one: (one.budget is not budget, _SUREST[one.column.scenario])
            )
            place = budget.place(index, number)
            yield tell(
                "ingaende-avviker",
                place,
                ("cash_beside" if held else "cash")
                if _is_cash(row)
                else ("equity_beside" if held else "equity"),
                "mend",
                amount=trimmed(stated, budget.unit),
                place=right.place.seen_from(place),
                stated=stated,
                calculated=in_kronor(right.amount, right.budget.unit) / KRONOR[budget.unit],
                also=[right.place],
                is_result=True,
            )


class _Stock(NamedTuple):
    """What is held at a time: its amount, and the table, column and place it stands in."""

    amount: Known
    budget: Budget
    number: int
    place: Ref

    @property
    def column(self) -> BudgetColumn:
        return self.budget.columns[self.number]


_SUREST = defaultdict(lambda: 3, {"outcome": 0, "forecast": 1, "budget": 2})
"""What a year became comes before what it was thought to become."""


def _agrees_with_any(amount: Known, budget: Budget, closings: Iterable[_Stock]) -> bool:
    return any(_agree((amount, budget), (one.amount, one.budget)) for one in closings)


def _holding(
    opening: BudgetRow,
    column: BudgetColumn,
    budgets: Iterable[Budget],
    closings: Sequence[_Stock],
) -> Iterator[_Stock]:
    """What the same year opens with in other places, as far as it follows from a closing."""
    for one in _stocks(opening, "equity_open", budgets):
        is_same = (one.column.period, one.column.scenario) == (column.period, column.scenario)
        if is_same and _agrees_with_any(one.amount, one.budget, closings):
            yield one


def _closings(
    opening: BudgetRow, period: Period | None, budgets: Iterable[Budget]
) -> Iterator[_Stock]:
    """Closings of the same stock the year before a period, in every table and scenario."""
    if period is None:
        return
    for one in _stocks(opening, "equity_close", budgets):
        if one.column.period == Period(period.year - 1) and _is_filled(one.budget, one.number):
            yield one


def _stocks(opening: BudgetRow, role: str, budgets: Iterable[Budget]) -> Iterator[_Stock]:
    """Every figure of a role of the same stock as an opening: equity, or cash."""
    for budget in budgets:
        for index, row in enumerate(budget.rows):
            if row.role == role and _is_cash(row) is _is_cash(opening):
                for number, amount in enumerate(row.amounts):
                    if amount is not None:
                        yield _Stock(amount, budget, number, budget.place(index, number))


def _is_filled(budget: Budget, number: int) -> bool:
    """Whether a column is stated and not blank but for its opening, which formulas carry on."""
    if not budget.columns[number].is_stated:
        return False
    lines = [row.amounts[number] for row in budget.rows if row.role in _LINES]
    others = [row.amounts[number] for row in budget.rows if row.role not in _EQUITY]
    return any(amount is not None for amount in lines) or not lines or any(others)


def _is_cash(row: BudgetRow) -> bool:
    return is_of(row.label, Of.CASH)


def _agree(one: tuple[Known, Budget], other: tuple[Known, Budget]) -> bool:
    """Whether two amounts are the same, as far as the coarser of their units can show."""
    units = [KRONOR.get(budget.unit, Fraction(1)) for _, budget in (one, other)]
    gap = abs(in_kronor(one[0], one[1].unit) - in_kronor(other[0], other[1].unit))
    return gap == 0 if units[0] == units[1] else 2 * gap <= max(units)
