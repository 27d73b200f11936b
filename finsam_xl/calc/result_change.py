"""Why did a result change? Row by row, without rest; by volume and price where these are known.

Every amount is seen from the result: income plus, costs minus. A row that only one year has is
all of its change. What the rows do not explain, since a stated result is not their sum or rounding
keeps them apart, stands as a rest, so that the steps always sum exactly to the change.
Source: the product's choice; volume before price is the order of cost accounting, in which a new
price is paid for the new volume.

>>> rows = [Item("Avgifter", 900, 1000), Item("Hyra", None, -50)]
>>> found = bridge(-30, -210, rows)
>>> found.changes, found.rest
([100, -50], -230)
>>> split = volume_and_price(Volume(100, 5000), Volume(120, 6600))
>>> str(split.volume), str(split.price)
('1000', '600')
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount, Known
from finsam_xl.records import NamedTuple


class Item(NamedTuple):
    """A row in two years, seen from the result; ``None`` where a year does not have it."""

    name: str
    before: Amount
    after: Amount

    @property
    def change(self) -> Known:
        """What it changed of the result."""
        return (self.after or 0) - (self.before or 0)


class Bridge(NamedTuple):
    """The way from one result to another: what each row changed, in their order, and the rest."""

    before: Known
    after: Known
    changes: list[Known]
    rest: Known

    @property
    def change(self) -> Known:
        """The whole change of the result."""
        return self.after - self.before

    def part(self, change: Known) -> Fraction | None:
        """How much of the whole change a step is, of one; ``None`` where the result is the same."""
        return Fraction(change) / self.change if self.change else None


def bridge(before: Known, after: Known, items: Sequence[Item]) -> Bridge:
    """What each of some rows changed of a result, none of them inside another."""
    changes = [item.change for item in items]
    return Bridge(before, after, changes, after - before - sum(changes))


class Volume(NamedTuple):
    """How many an amount is for, such as participants or full-time posts."""

    number: Known
    amount: Known


class Split(NamedTuple):
    """What more or fewer changed of an amount, and what another price of each did."""

    volume: Fraction
    price: Fraction


def volume_and_price(before: Volume, after: Volume) -> Split | None:
    """A change as volume at the earlier price and price for the later volume, which sum to it.

    ``None`` where either year has none: then there is no price.
    """
    if before.number <= 0 or after.number <= 0:
        return None
    price = Fraction(before.amount) / before.number
    volume = (after.number - before.number) * price
    return Split(volume, after.amount - before.amount - volume)
