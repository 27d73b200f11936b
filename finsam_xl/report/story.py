"""What an Impactindex report is told from, and the small words its parts share."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.address import on_sheet
from finsam_xl.checks.goals.impact_index import standing
from finsam_xl.labels import split_number
from finsam_xl.model import AreaScore, Ref, UnitIndex
from finsam_xl.money import Exact, round_half_away
from finsam_xl.plan import LONGEST_NAME
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.records import NamedTuple
from finsam_xl.report import look

_LABEL_WIDTH = 29.0
_AREA_WIDTH = 10.5
_AFTER_AREAS = (8.0, 9.0, 6.0, 10.0, 10.0, 12.0)
_PAGE_WIDTH = 150.0
_MOST_EXTRA_LABEL = 16.0
_NAME_CHARACTER = 0.98
_HEADING_CHARACTER = 0.93
"""Width of a bold heading character at size 9, in the sheet's characters."""


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

    @property
    def widths(self) -> tuple[float, ...]:
        """A column for names, one per goal area as wide as its longest word, six for the whole.

        Together never narrower than the page: a narrow sheet would print larger, and its
        rows would no longer fit.
        """
        names = [unit.unit for unit in (self.lead, *self.platforms)]
        label = max(_LABEL_WIDTH, 1 + _NAME_CHARACTER * max(map(len, names)))
        areas = [
            max(
                _AREA_WIDTH, 1 + _HEADING_CHARACTER * max(map(len, area_name(a).split()), default=0)
            )
            for a in self.lead.areas
        ]
        missing = max(0.0, _PAGE_WIDTH - label - sum(areas) - sum(_AFTER_AREAS))
        widened = min(missing, _MOST_EXTRA_LABEL) if areas else missing
        each = (missing - widened) / len(areas) if areas else 0.0
        return (label + widened, *(width + each for width in areas), *_AFTER_AREAS)

    @property
    def columns(self) -> int:
        """How many columns the report has."""
        return 1 + len(self.lead.areas) + len(_AFTER_AREAS)

    @property
    def index_column(self) -> int:
        """The column of the units' index, the one after the goal areas."""
        return 2 + len(self.lead.areas)

    def colour(self, score: AreaScore | None) -> str:
        """The colour word of a score, '' when nothing was measured."""
        return str(standing(score, self.rules) or "") if score else ""

    def sorted_areas(self) -> list[AreaScore]:
        """The leading unit's areas, the best first."""
        return sorted(self.lead.areas, key=lambda area: -(area.impact_index or 0))


def state(colour: str) -> str:
    """The symbol and word of a colour, or that nothing was measured."""
    return f"{look.SYMBOLS[colour]} {look.WORDS[colour]}" if colour else "ej mätt"


def area_name(area: AreaScore) -> str:
    """The area's name without its number, as it is written."""
    number, name = split_number(area.name)
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
