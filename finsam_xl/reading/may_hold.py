"""What a sheet may hold, by its texts alone: what it cannot hold is not looked for, nor loaded."""

from __future__ import annotations

from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.fee_columns import may_head_fees
from finsam_xl.words.headings import headings_of
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.people import Person, says_person, sex_in_heading

_RESULTS = {"judged", "points"}
_TELLING = {Measure.WEIGHT, Measure.JUDGED, Measure.POINTS}
_LONGEST_HEADING = 40


def social_budgets(sheet: SheetGrid) -> bool:
    """Whether two of weight, verdict and points are spoken of.

    Of a large sheet only headings known as wholes are asked for.
    """
    if sheet.large:
        known = headings_of("social_budget").known(sheet.texts)
        return "weight" in known and not known.isdisjoint(_RESULTS)
    short = (text for text in sheet.texts if len(text) <= _LONGEST_HEADING)
    return len({one for text in short for one in measures(text) & _TELLING}) > 1


def fees(sheet: SheetGrid) -> bool:
    """Whether a text may head a column of fees."""
    return not sheet.large and any(map(may_head_fees, sheet.texts))


def people(sheet: SheetGrid) -> bool:
    """Whether people that are counted, or women and men, are spoken of."""
    return not sheet.large and any(map(_is_of_people, (sheet.name, *sheet.texts)))


def _is_of_people(text: str) -> bool:
    return says_person(text, Person.COUNTED) or sex_in_heading(text) is not None
