"""What a year ends with in equity by its forecast, and the recommended ceiling of it."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.calc import equity as calc
from finsam_xl.calc.deviation import deviation
from finsam_xl.model import Ref
from finsam_xl.model_budget import SIGNED, Amount
from finsam_xl.money import round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import decimals, shown
from finsam_xl.report.ceilings import Ceiling, Ceilings, is_over, room
from finsam_xl.report.look import SYMBOLS
from finsam_xl.report.opening_equity import Opening
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.report.tertial_figures import Followup


class YearEnd(NamedTuple):
    """A year's equity from its opening to its end, in the table's unit.

    ``refund``: how much lower the costs become than budgeted, which comes back to the
    association; ``other``: how much better the rest of the result becomes; ``notes``: what the
    ceiling rests on.
    """

    year: int
    opening: Amount
    place: Ref | None
    budgeted: Amount
    refund: Amount
    other: Amount
    closing: Amount
    ceiling: Ceiling
    notes: tuple[str, ...] = ()

    unit: str = ""

    @property
    def room(self) -> Amount:
        """How far below the ceiling the equity ends, as printed; negative above it."""
        return room(self.ceiling.ceiling, self.closing, self.unit)

    @property
    def is_negative(self) -> bool:
        """Whether the equity does not last the year."""
        return self.closing is not None and self.closing < 0

    @property
    def is_known(self) -> bool:
        """Whether there is all that it takes to hold it against the ceiling."""
        return self.room is not None

    @property
    def steps(self) -> Iterator[tuple[str, Amount]]:
        """What the year adds to its opening, by name, as far as it is known and not nothing."""
        if self.budgeted is None or self.refund is None or self.other is None:
            return
        yield "Budgeterat resultat", self.budgeted
        if round_half_away(self.refund, 1):
            is_less = self.refund > 0
            yield (
                "Återflöde, kostnader under budget" if is_less else "Kostnader över budget",
                (self.refund),
            )
        if round_half_away(self.other, 1):
            yield "Intäkter och finansnetto mot budget", self.other

    def standing(self, unit: str) -> tuple[str, str]:
        """Where it ends against the ceiling in symbol and words, and their colour word."""
        if self.is_negative:
            return f"{SYMBOLS['röd']} negativt: eget kapital räcker inte", "röd"
        if self.room is None:
            return self.ceiling.missing or "eget kapital saknas", ""
        limit = shown(self.ceiling.ceiling, decimals(unit))
        by = shown(max(self.room, -self.room), decimals(unit))
        if is_over(self.room):
            return f"{SYMBOLS['röd']} {by} över taket {limit}", "röd"
        return f"{SYMBOLS['grön']} ryms, {by} kvar till taket {limit}", "grön"

    def key_figure(self, unit: str) -> KeyFigure:
        """What the year ends with, against the ceiling."""
        told, colour = self.standing(unit)
        label = f"Eget kapital när {self.year} slutar, {unit}"
        return label, shown(self.closing, decimals(unit)), told, colour


def year_end(followup: Followup, opened: Opening, ceilings: Ceilings) -> YearEnd | str:
    """The year from its opening to its end; a sentence, or '', where that is not known and why."""
    result, costs = followup.result(), followup.side(income=False)
    year, column = followup.period.year, followup.columns.budget
    (closing,) = calc.roll_forward(opened.amount, [result.forecast])
    if closing is None or column is None:
        return opened.said
    other = deviation(result.deviation, costs.deviation, SIGNED, is_income=True)
    return YearEnd(
        year,
        opened.amount,
        opened.place,
        result.budget,
        costs.deviation,
        other,
        closing,
        ceilings.of(year, column),
        (*ceilings.rules_told([year]), *ceilings.fees_told([(year, column)])),
        followup.story.budget.unit,
    )
