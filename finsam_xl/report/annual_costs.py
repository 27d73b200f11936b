"""The cost split: what is printed, and beside it what the lines of the outcome give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import cost_split as calc
from finsam_xl.errors import FinsamError
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED, BudgetRow
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_statements import figure
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.story import link
from finsam_xl.words.units import Unit, converted, unit

_LEAST_WORD = 3
WHOLE_PERCENT = look.FIGURE._replace(number=look.SWEDISH + "0 %")
_HEADINGS = ("Tryckt", "Tryckt\nandel", "Ur raderna", "Andel ur\nraderna", "Skillnad")


def unit_of(counts: Counts) -> str:
    """The unit of a cost split, from the heading of its amounts; 'tkr' if it says none."""
    return unit(counts.headings.get("amount", "")) or Unit.TKR


def block(annual: Annual) -> Block | None:
    """The printed split, recalculated where line by line the class and the outcome are known."""
    printed = annual.cost_split
    if printed is None:
        return None
    split = Split(annual)
    in_unit = unit_of(printed)
    headings = _HEADINGS if split.is_known else _HEADINGS[:2]
    items = tuple(_item(row, split) for row in printed.rows if row.role != "note")
    title = annual.titled("Kostnadsfördelning", in_unit)
    return Block(title, ("", *headings), items, tuple(split.texts()))


def _item(row: CountRow, split: Split) -> Item:
    if row.role == "section":
        return Item(row.label, (), say.SECTION_ROW, link(row.ref))
    strong = row.role == "total"
    amount, percent = row.figures.get("amount"), row.figures.get("percent")
    values: list[Value] = [
        figure(amount.value if amount else None, strong=strong),
        percent_value(percent, strong=strong),
    ]
    if split.is_known:
        cost, share = split.of(row)
        difference = None if cost is None or amount is None else amount.value - round_cost(cost)
        part = None if share is None else float(round_half_away(100 * share) / 100)
        role = look.total(WHOLE_PERCENT) if strong else WHOLE_PERCENT
        values += [figure(cost, strong=strong), (part, role), figure(difference, strong=strong)]
    label = look.total(look.LABEL) if strong else look.LABEL
    return Item(row.label, tuple(values), label, link(row.ref))


def round_cost(cost: Fraction) -> int:
    """A cost as it is shown."""
    return int(round_half_away(cost))


def percent_value(one: Figure | None, *, strong: bool = False) -> Value:
    """A printed per cent, with the decimals it is printed with; a figure that is none as such."""
    if one is None:
        return None, look.total(WHOLE_PERCENT) if strong else WHOLE_PERCENT
    if not one.is_percent:
        return figure(one.value, min(one.decimals, 2), strong=strong)
    decimals = "." + "0" * one.decimals if one.decimals else ""
    role = look.FIGURE._replace(number=f"{look.SWEDISH}0{decimals} %")
    return float(Fraction(one.value) / 100), look.total(role) if strong else role


class Split:
    """The split as the lines of the outcome give it, section by section of the printed one."""

    def __init__(self, annual: Annual) -> None:
        self._problems: list[str] = []
        self._found: dict[str, calc.CostSplit] = {}
        printed, classes, outcome = annual.cost_split, annual.cost_classes, annual.outcome
        if printed is None or classes is None or outcome is None:
            return
        column = outcome.column_of(annual.year)
        names = list(dict.fromkeys(row.section for row in printed.rows if row.figures))
        if column is None:
            return
        factor = converted(1, outcome.budget.unit, unit_of(printed))
        for name, sections in _grouped(names, _sections(classes)).items():
            costs = _costs(outcome, column, sections, factor)
            try:
                self._found[name] = calc.split(costs, _mapping(classes, sections))
            except FinsamError as error:
                self._problems.append(f"▼ {name or 'Fördelningen'} räknas inte: {error}")

    @property
    def is_known(self) -> bool:
        """Whether anything could be recalculated."""
        return bool(self._found)

    def of(self, row: CountRow) -> tuple[Fraction | None, Fraction | None]:
        """The cost and the share, of one, that the lines give for a row of the printed split."""
        split = self._found.get(row.section)
        if split is None:
            return None, None
        if row.role == "total":
            return split.total, Fraction(1) if split.total else None
        for part in split.classes:
            if normalise(part.name) == normalise(row.label):
                return part.amount, part.share
        return Fraction(0), Fraction(0)

    def texts(self) -> list[str]:
        """What the recalculation rests on, and what it lacks."""
        if not self._found:
            return self._problems
        found = self._found.values()
        lacking = dict.fromkeys(line for one in found for line, cost in one.unclassified if cost)
        unused = dict.fromkeys(line for one in found for line in one.unused)
        rests = (
            "Ur raderna: utfallets kostnadsrader med den klass och andel som arbetsboken anger "
            "för varje rad. Skillnad är tryckt minus räknat; avrundade rader kan ge någon enhet."
        )
        said = [rests]
        if lacking:
            said.append(f"▼ Rader utan klass, inte medräknade: {say.joined(list(lacking))}.")
        if unused:
            said.append(f"▼ Rader med klass som inte finns i utfallet: {say.joined(list(unused))}.")
        return [*said, *self._problems]


def _sections(classes: Counts) -> list[str]:
    return list(dict.fromkeys(row.section for row in classes.rows if row.figures or row.texts))


def _words(text: str) -> set[str]:
    return {word for word in normalise(text).split() if len(word) > _LEAST_WORD}


def _grouped(names: Sequence[str], sections: Sequence[str]) -> dict[str, list[str]]:
    """Which sections of lines each printed part is made of.

    "Hela verksamheten" is all of them; a part that shares a word with a section has it, and
    what no part names belongs to the ordinary activity, the first part.
    """
    wholes = [name for name in names if normalise(name).startswith("hela")]
    parts = [name for name in names if name not in wholes]
    groups: dict[str, list[str]] = {name: [] for name in parts}
    for section in sections:
        named = [name for name in parts if _words(name) & _words(section)]
        for name in (named or parts)[:1]:
            groups[name].append(section)
    return groups | {name: list(sections) for name in wholes}


def _mapping(classes: Counts, sections: Sequence[str]) -> Mapping[str, list[calc.CostShare]]:
    mapping: dict[str, list[calc.CostShare]] = {}
    for row in classes.rows:
        text = row.texts.get("class", "")
        if row.role == "section" or row.section not in sections or not text:
            continue
        share = row.figures.get("share")
        if share is None:
            found = list(calc.read_classes(text))
        else:
            part = Fraction(share.value) / (100 if share.is_percent else 1)
            found = [calc.CostShare(text, part)]
        mapping.setdefault(row.label, []).extend(found)
    return mapping


def _costs(
    outcome: Statement, column: int, sections: Sequence[str], factor: Fraction
) -> list[tuple[str, Fraction | None]]:
    """The lines of some sections, costs positive, in the unit of the printed split."""
    sign = -1 if outcome.budget.sign == SIGNED else 1
    wanted = {normalise(section) for section in sections}

    def is_wanted(row: BudgetRow) -> bool:
        inner = normalise(row.section.rpartition(" / ")[2])
        return row.role == "line" and not row.is_income and (inner in wanted or wanted == {""})

    return [
        (row.label, None if amount is None else sign * factor * amount)
        for row in outcome.budget.rows
        if is_wanted(row)
        for amount in (row.amounts[column],)
    ]


def spoken(parts: Sequence[tuple[str, Figure]]) -> str:
    """Shares in words, for those who cannot see the chart."""
    return ", ".join(f"{name} {swedish(one.value, one.decimals, '%')}" for name, one in parts)
