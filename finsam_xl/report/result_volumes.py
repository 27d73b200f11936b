"""What of changed costs is for more or fewer, and what since each costs more or less."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc import result_change as calc
from finsam_xl.calc.carried_rounding import carried
from finsam_xl.labels import small
from finsam_xl.money import as_written
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.result_steps import Change, signed
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.words.volumes import Volume

_SAYS, _MOST_DECIMALS = 7, 2
COUNTED = {Volume.PARTICIPANTS: ("Alla kostnader", "deltagare"),
            Volume.POSTS: ("Personal", "tjänster")}  # fmt: skip
"""What costs are told to rest on how many."""


def height(change: Change) -> float:
    """How high the section is, 0 where no volume is known."""
    count = sum(split(change, what) is not None for what in COUNTED)
    return SECTION_HEIGHT + HEADING + ROW * count if count else 0.0


class _Volume(NamedTuple):
    """How many, and what they cost, in both years."""

    before: calc.Volume
    after: calc.Volume
    split: calc.Split


def split(change: Change, what: Volume) -> _Volume | None:
    """The change of the costs of a volume; ``None`` where a year does not tell both."""
    years = (change.found.before, change.found.after)
    known = [(year.volume(what), year.cost(what)) for year in years]
    before, after = (
        None if number is None or cost is None else calc.Volume(number, cost)
        for number, cost in known
    )
    found = calc.volume_and_price(before, after) if before and after else None
    return _Volume(before, after, found) if before and after and found else None


def put(sheet: ReportSheet, change: Change) -> None:
    """What of the costs changed since they are more or fewer, and what as each costs more."""
    found = [(what, one) for what in COUNTED if (one := split(change, what)) is not None]
    if not found:
        return
    sheet.fit(height(change))
    sheet.section("Fler och färre, dyrare och billigare")
    names = (small(change.found.then), small(change.found.now))
    headings = (
        "Kostnad", *(f"Per styck,\n{name}" for name in names),
        "Fler eller\nfärre", "Dyrare eller\nbilligare", "", "Vad det räknas på",
    )  # fmt: skip
    sheet.headings(headings, left=(_SAYS,))
    for what, one in found:
        _volume_row(sheet, change, what, one)


def _volume_row(sheet: ReportSheet, change: Change, what: Volume, found: _Volume) -> None:
    """A cost: what each costs, what more or fewer changed and what the price did."""
    name, counted = COUNTED[what]
    moved = found.after.amount - found.before.amount
    volume, price = carried(found.split, Fraction(moved), change.places)
    row, put = sheet.down(ROW), sheet.canvas.put
    put(row, 1, name, look.TEXT)
    for column, one in ((2, found.before), (3, found.after)):
        sheet.amount(
            row, column, -Fraction(one.amount) / one.number, min(_MOST_DECIMALS, change.places + 1)
        )
    for column, part in ((4, volume), (5, price)):
        sheet.amount(row, column, Fraction(part), change.places, bold=True, is_deviation=True)
    put(row, 6, None, look.LABEL)
    numbers = f"{as_written(found.before.number)} → {as_written(found.after.number)} {counted}"
    whole = f"tillsammans {signed(volume + price, change.places)}"
    put(row, _SAYS, f"{numbers}; {whole}", look.TEXT)
