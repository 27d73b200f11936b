"""The cost split: what is printed, and beside it what the lines of the outcome give."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc import cost_split as calc
from finsam_xl.filling.cost_lines import splits
from finsam_xl.labels import normalise, small
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.money import round_half_away
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_charts import Share
from finsam_xl.report.annual_tables import Annual, Wrong, told
from finsam_xl.report.annual_values import WHOLE_PERCENT, figure, stated
from finsam_xl.report.story import link
from finsam_xl.words.units import Unit, unit

_PRINTED = ("amount", "percent")
_HEADINGS = ("Tryckt", "Tryckt andel", "Ur raderna", "Andel ur raderna", "Skillnad")


def unit_of(counts: Counts) -> str:
    """The unit of a cost split, from the heading of its amounts; 'tkr' if it says none."""
    return unit(counts.headings.get("amount", "")) or Unit.TKR


def block(annual: Annual) -> Block | None:
    """The printed split, recalculated where line by line the class and the outcome are known."""
    printed = annual.cost_split
    if printed is None:
        return None
    split = Split(annual)
    headings = _HEADINGS if split.is_known else _HEADINGS[:2]
    rows = [row for row in printed.rows if row.role != "note"]
    items = tuple(_item(row, split, annual.wrong) for row in rows)
    title = annual.titled("Kostnadsfördelning", unit_of(printed))
    said = split.texts()
    places = (row.figures[field].ref for row in rows for field in _PRINTED if field in row.figures)
    return Block(title, ("", *headings), items, (*said, *told(annual.wrong, places, said)))


def _item(row: CountRow, split: Split, wrong: Wrong) -> Item:
    if row.role == "section":
        return Item(row.label, (), say.SECTION_ROW, link(row.ref))
    strong = row.role == "total"
    amount = row.figures.get("amount")
    values: list[Value] = [
        stated(one, is_wrong=one is not None and one.ref in wrong, strong=strong)
        for one in map(row.figures.get, _PRINTED)
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


def shares(annual: Annual) -> tuple[str, list[Share]]:
    """What a chart of the split's first part is called, and its shares; none if one is blank."""
    rows = annual.cost_split.rows if annual.cost_split is not None else ()
    lines = [row for row in rows if row.role == "line"]
    lines = [row for row in lines if row.section == lines[0].section]
    whose = (lines[0].section if lines else "") or "hela verksamheten"
    title = f"Så fördelas kostnaderna, {small(whose)}, procent"
    if any("percent" not in row.figures for row in lines):
        return title, []
    parts = [(row.label, row.figures["percent"]) for row in lines]
    return title, [(name, Fraction(one.value), one.decimals) for name, one in parts]
