"""The cost split: what is printed, and beside it what the lines of the outcome give."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc import cost_split as calc
from finsam_xl.filling.cost_lines import splits
from finsam_xl.labels import normalise
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_statements import figure
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.story import link
from finsam_xl.words.units import Unit, unit

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
        role = look.total(WHOLE_PERCENT, strong)
        values += [figure(cost, strong=strong), (part, role), figure(difference, strong=strong)]
    label = look.total(look.LABEL, strong)
    return Item(row.label, tuple(values), label, link(row.ref))


def round_cost(cost: Fraction) -> int:
    """A cost as it is shown."""
    return int(round_half_away(cost))


def percent_value(one: Figure | None, *, strong: bool = False) -> Value:
    """A printed per cent, with the decimals it is printed with; a figure that is none as such."""
    if one is None:
        return None, look.total(WHOLE_PERCENT, strong)
    if not one.is_percent:
        return figure(one.value, min(one.decimals, 2), strong=strong)
    decimals = "." + "0" * one.decimals if one.decimals else ""
    role = look.FIGURE._replace(number=f"{look.SWEDISH}0{decimals} %")
    return float(Fraction(one.value) / 100), look.total(role, strong)


class Split:
    """The split as the lines of the outcome give it, section by section of the printed one."""

    def __init__(self, annual: Annual) -> None:
        self._problems: list[str] = []
        self._found: dict[str, calc.CostSplit] = {}
        printed = annual.cost_split
        if printed is None or annual.cost_lines is None:
            return
        names = list(dict.fromkeys(row.section for row in printed.rows if row.figures))
        self._found, self._problems = splits(names, annual.cost_lines, unit_of(printed))

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


def spoken(parts: Sequence[tuple[str, Figure]]) -> str:
    """Shares in words, for those who cannot see the chart."""
    return ", ".join(f"{name} {swedish(one.value, one.decimals, '%')}" for name, one in parts)
