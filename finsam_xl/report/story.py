"""What an Impactindex report is told from, and the small words its parts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.address import on_sheet
from finsam_xl.calc import impact_index as calc
from finsam_xl.checks.goals.impact_index import standing
from finsam_xl.labels import known_as, split_number
from finsam_xl.model import AreaScore, Judgement, Ref, UnitIndex
from finsam_xl.model_budget import Amount
from finsam_xl.money import Exact, round_half_away, swedish
from finsam_xl.plan import LONGEST_NAME
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.sheet import fitting

LAST_YEAR = "Året innan"
_TOGETHER = "Alla enheter"
_LABEL_WIDTH, _MOST_LABEL, _AREA_WIDTH = 22.0, 27.0, 9.0
_INDEX, _STATE, _RANK, _BEFORE, _GUTTER = 6.5, 8.5, 6.0, 7.5, 1.0
_LEAST_COMMENT = 18.0


class Story(NamedTuple):
    """The leading unit, the units compared, the rules, and when it was told."""

    lead: UnitIndex
    platforms: tuple[UnitIndex, ...]
    rules: ImpactIndexRules
    period: str
    run: str
    ideals: Mapping[str, Fraction] = MappingProxyType({})
    unit_word: str = "enhet"
    """What one of the units is called."""
    before: Mapping[str, Amount] = MappingProxyType({})
    """The index of the year before, by unit."""
    borrowed: str = ""
    """The source of a target that is another association's; '' for one of its own."""

    @property
    def of_target(self) -> tuple[str, ...]:
        """That the target is not the association's own, where it is not: in short, and whose."""
        target = swedish(self.rules.target)
        if not self.borrowed:
            return ()
        return (
            f"målet {target} är inte ert eget",
            f"Målet {target} är ett exempel, ur {self.borrowed}. Sätt ert eget på bladet Finsam.",
        )

    @property
    def all_units(self) -> list[UnitIndex]:
        """The leading unit and those that are compared."""
        return [self.lead, *self.platforms]

    @property
    def after(self) -> tuple[str, ...]:
        """The headings after the rank: those of the year before, where it is known."""
        known = any(self.before.get(unit.unit) is not None for unit in self.all_units)
        return (LAST_YEAR, "Ändring") if known else ()

    def change(self, unit: UnitIndex) -> Amount:
        """How much a unit's index as printed has changed since the year before."""
        now, then = rounded(unit.total.impact_index), rounded(self.before.get(unit.unit))
        return None if now is None or then is None else now - then

    @property
    def widths(self) -> tuple[float, ...]:
        """The label's, one per goal area as wide as its longest word, the whole's, the comment's.

        Together as wide as the page, if they are not wider.
        """
        names = look.label_width([unit.unit for unit in self.all_units], _LABEL_WIDTH)
        label = min(_MOST_LABEL, names)
        areas = [max(_AREA_WIDTH, _heading_width(area_name(area))) for area in self.lead.areas]
        whole = (_INDEX, _STATE, _RANK, *(_BEFORE for _ in self.after), _GUTTER)
        left = max(0.0, fitting((label, *areas, *whole)) - _LEAST_COMMENT)
        # The indicators that were missed have longer names than the units.
        longest = look.label_width([miss_label(one) for one in self.misses[:MOST_MISSES]], names)
        wider = min(left, longest - label)
        return (label + wider, *areas, *whole, _LEAST_COMMENT + left - wider)

    @property
    def index_column(self) -> int:
        """The column of the units' index, the one after the goal areas."""
        return 2 + len(self.lead.areas)

    @property
    def middle(self) -> int:
        """The first column of the right half of the page."""
        widths = self.widths
        half = sum(widths) / 2
        return next(n for n in range(1, len(widths)) if sum(widths[:n]) > half - _AREA_WIDTH) + 1

    def key(self, unit: UnitIndex) -> CommentKey:
        """The line of a unit's comment."""
        return CommentKey.of("", unit.unit)

    @property
    def misses(self) -> list[Judgement]:
        """The missed indicators of the leading unit, the most costly first."""
        return calc.costliest(self.lead.judgements)

    @property
    def keys(self) -> list[CommentKey]:
        """The lines that comments can stand at."""
        told = [miss_key(one) for one in self.misses[:MOST_MISSES]]
        return [*(self.key(unit) for unit in self.all_units), *told]

    def colour(self, score: AreaScore | None) -> str:
        """The colour word of a score, '' when nothing was measured."""
        return str(standing(score, self.rules) or "") if score else ""

    def sorted_areas(self) -> list[AreaScore]:
        """The leading unit's areas, the best first."""
        return sorted(self.lead.areas, key=lambda area: -(area.impact_index or 0))


def story_of(
    units: Sequence[UnitIndex],
    rules: ImpactIndexRules,
    *,
    period: str,
    run: str,
    ideals: Mapping[str, Fraction] = MappingProxyType({}),
    unit_word: str = "enhet",
    before: Mapping[str, Amount] = MappingProxyType({}),
) -> Story:
    """What is told of some units (at least one); ``period``: the year as shown, '' if unknown.

    The association leads; without one several units are led by all of them together.
    ``ideals``: what the workbook says its areas should weigh, by name; ``unit_word``: what one of
    the units is called; ``before``: the index of the year before by unit, where it is known.
    """
    lead = next((unit for unit in units if unit.is_association), None)
    lead = lead or (units[0] if len(units) == 1 else together(units))
    platforms = sorted(
        (unit for unit in units if unit is not lead),
        key=lambda unit: (-(unit.total.impact_index or 0), unit.unit),
    )
    return Story(lead, tuple(platforms), rules, period, run, ideals, unit_word, before)


def together(units: Sequence[UnitIndex]) -> UnitIndex:
    """All units as one: every indicator of each counts, in areas of the same name."""
    named: dict[str, str] = {}
    for unit in units:
        for area in unit.areas:
            named.setdefault(known_as(area.name), area.name)
    indicators = [
        j.indicator._replace(
            number=f"{unit.unit.rpartition(' ')[2]} {j.indicator.number}",
            area=named[known_as(j.indicator.area)],
        )
        for unit in units
        for j in unit.judgements
    ]
    whole = calc.unit_index(_TOGETHER, False, indicators)
    excluded = tuple(f"{unit.unit} {number}" for unit in units for number in unit.excluded)
    return whole._replace(excluded=excluded)


def _heading_width(heading: str) -> float:
    """How wide a column is that a heading can stand over, wrapped at its words."""
    words = heading.split()
    return 1 + max(
        (look.text_width(word, look.HEADING.size, bold=True) for word in words), default=0
    )


MISSES = "Det som kostar mest"
MOST_MISSES = 10


def miss_label(judgement: Judgement) -> str:
    """A missed indicator as it is listed."""
    return f"{judgement.indicator.number}  {judgement.indicator.name}"


def miss_key(judgement: Judgement) -> CommentKey:
    """The line of a missed indicator's comment."""
    return CommentKey.of(MISSES, miss_label(judgement))


def state(colour: str) -> str:
    """The symbol and word of a colour, or that nothing was measured."""
    return f"{look.SYMBOLS[colour]} {look.WORDS[colour]}" if colour else "ej mätt"


def area_name(area: AreaScore) -> str:
    """The area's name without its number, as it is written; of a number alone what it counts."""
    number, name = split_number(area.name)
    if number and not name:
        return f"Målområde {number}"
    return area.name[len(area.name) - len(name) :] if number and name else area.name


def source_link(unit: UnitIndex) -> str:
    """The place of a unit's first indicator."""
    places = unit.judgements[0].indicator.places if unit.judgements else {}
    return link(places.get("number"))


def link(place: Ref | None) -> str:
    """A place as a link inside the workbook; none to a sheet of a name that no program takes."""
    if place is None or len(place.sheet) > LONGEST_NAME:
        return ""
    return on_sheet(place.sheet, place.cell)


def rounded(value: Exact | None) -> int | None:
    """A figure as printed, a whole number."""
    return None if value is None else int(round_half_away(value))


def fraction(percent: Exact | None) -> float | None:
    """Per cent as the fraction a per cent format shows."""
    return None if percent is None else float(percent) / 100
