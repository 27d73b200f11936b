"""The steps from one result to another, as they are shown: what each changed, and its lines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import result_change as calc
from finsam_xl.calc.carried_rounding import carried
from finsam_xl.labels import small
from finsam_xl.model_budget import Known
from finsam_xl.money import round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report.result_parts import How, Pair, Year, paired

_MOST_LINES = 4
"""How many lines of a step are told."""


class Compared(NamedTuple):
    """Two years of a result: what they are called, and the table and column of each.

    ``then`` and ``now`` are as in "Utfall 2020"; both years' tables have the same unit.
    """

    then: str
    now: str
    before: Year
    after: Year
    other: str = ""
    """The association of the earlier year, where the later year's is another one."""
    is_planned: bool = False
    """Whether the later year is budgeted or planned, and has not come out so."""


class Change:
    """Why a result changed: its steps, exact, and as they are shown."""

    def __init__(self, found: Compared, before: Known, after: Known) -> None:
        self.found = found
        self.places = say.decimals(found.after.budget.unit)
        self.pairs = [
            pair for pair in paired(found.before.parts, found.after.parts) if pair.item.change
        ]
        self.bridge = calc.bridge(before, after, [pair.item for pair in self.pairs])

    @cached_property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Both results as they are shown."""
        return (
            round_half_away(self.bridge.before, self.places),
            round_half_away(self.bridge.after, self.places),
        )

    @cached_property
    def shown(self) -> list[Decimal]:
        """What each step changed as it is shown, and last the rest: with the ends they add up."""
        before, after = self.ends
        parts = [*map(Fraction, self.bridge.changes), Fraction(self.bridge.rest)]
        return carried(parts, after - before, self.places)

    def lines(self, pair: Pair, moved: Decimal) -> str:
        """The lines that changed most in a step, and the others together; as they are shown."""
        changed = [one for one in pair.lines() if one.item.change]
        changed.sort(key=lambda one: -abs(Fraction(one.item.change)))
        if not changed or (len(changed) == 1 and changed[0].shown.name == pair.shown.name):
            return ""
        most = _MOST_LINES if len(changed) > _MOST_LINES + 1 else len(changed)
        told, rest = changed[:most], changed[most:]
        left = Fraction(pair.item.change - sum(one.item.change for one in told))
        amounts = [*(Fraction(one.item.change) for one in told), *([left] if left else [])]
        shown = [signed(amount, self.places) for amount in carried(amounts, moved, self.places)]
        texts = [
            f"{one.shown.name} {amount}{f' ({how})' if (how := self.how(one)) else ''}"
            for one, amount in zip(told, shown, strict=False)
        ]
        if left:
            name = (
                f"{len(rest)} {'rader' if len(rest) > 1 else 'rad'} till"
                if rest
                else "utöver raderna"
            )
            texts.append(f"{name} {shown[-1]}")
        return say.joined(texts)

    def how(self, pair: Pair) -> str:
        """What is to be known of a row that one of the years has otherwise."""
        if pair.item.before is None:
            return f"inget belopp i {small(self.found.then)}"
        if pair.item.after is None:
            return f"inget belopp i {small(self.found.now)}"
        if pair.how is How.RENAMED and pair.before is not None:
            return f"hette ”{pair.before.name}”"
        return ""


def change_of(found: Compared) -> Change | None:
    """Why the result changed; ``None`` where one of the results is not known."""
    before, after = found.before.result, found.after.result
    return None if before is None or after is None else Change(found, before, after)


def signed(amount: Decimal, places: int) -> str:
    """A change as it is told, with its sign."""
    return say.with_sign(Fraction(amount), places) if amount else "±0"
