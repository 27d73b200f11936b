"""The shares that the trade has rules for: what each is of, told by fields, sexes and names.

Soliditet is equity of all assets; a party's yes-share is of those it referred itself; those
who left to work or studies are a share of positive solutions, and health dropouts of all exits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.equity import equity_ratio
from finsam_xl.calc.helarsekvivalent import change
from finsam_xl.calc.shares import share
from finsam_xl.checks.people.kin import PART_OF, parts_of
from finsam_xl.filling.lattice import Lattice
from finsam_xl.filling.quantities import ASSETS, OWN_EQUITY, SOLIDITY, first_row, is_it
from finsam_xl.records import NamedTuple
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.people import people_of, sex_in_heading
from finsam_xl.words.totals import is_everyone

Of = Callable[[int], Fraction | None]
_TWO = 2
_OF_FIELDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("referrals", "accepted_share"): ("accepted", "referred"),
    ("impact_index", "fulfilment"): ("achieved", "maximum"),
    ("impact_index", "index"): ("achieved", "maximum"),
    ("impact_index", "share"): ("maximum", ""),
    ("cost_split", "percent"): ("amount", ""),
    ("equivalents", "share"): ("equivalents", "population"),
}
"""By kind and field: the field that a share is of, and of what; '' for the sum of its column."""


def _always(_place: int) -> bool:
    return True


class Way(NamedTuple):
    """What a share may be of: the share of one in a place; ``is_named``: words or rules say so."""

    why: str
    of: Of
    is_named: bool = False
    applies: Callable[[int], bool] = _always
    """Whether a place has such a share at all."""


def rules(lattice: Lattice, entry: int) -> Iterator[Way]:
    """What the trade says that a share is of."""
    if lattice.is_turned:
        yield from _soliditet(lattice, entry)
        return
    yield from _by_fields(lattice, entry)
    yield from _of_sex(lattice, entry)
    yield from _of_points(lattice, entry)
    if lattice.table.kind == "participants" and lattice.entries[entry].field == "percent":
        yield from _of_exits(lattice, entry)


def way_of_total(lattice: Lattice, part: int, *, is_named: bool) -> Way:
    """The share of the sum of a column; an Impactindex tells no weight of its areas together."""
    is_index = lattice.table.kind == "impact_index"
    applies = (lambda n: not lattice.places[n].is_total) if is_index else _always
    why = f"andel av {lattice.entries[part].text}"
    return Way(why, of_total(lattice, part), is_named, applies)


def of_total(lattice: Lattice, part: int) -> Of:
    """The share of the sum of its column."""

    def of(place: int) -> Fraction | None:
        total = lattice.total_of(place)
        whole = None if total is None else lattice.value(part, total)
        return share(lattice.value(part, place), whole)

    return of


def of_other(lattice: Lattice, part: int, whole: int) -> Of:
    """The share that one column is of another."""
    return lambda place: share(lattice.value(part, place), lattice.value(whole, place))


def changes(lattice: Lattice, entry: int) -> Iterator[Way]:
    """What changed from one year to the next, in all or in per cent of the first."""
    if lattice.table.kind == "equivalents":
        yield from _of_shares(lattice)
    is_part = lattice.is_part(entry)
    years = [n for n in lattice.amounts() if lattice.entries[n].year]
    for before in years:
        for now in years:
            step = lattice.entries[now].year - lattice.entries[before].year
            if step == 1:
                name = f"från {lattice.entries[before].text} till {lattice.entries[now].text}"
                yield Way(name, _change(lattice, before, now, is_part), len(years) == _TWO)


def _change(lattice: Lattice, before: int, now: int, is_part: bool) -> Of:
    def of(place: int) -> Fraction | None:
        first, last = lattice.value(before, place), lattice.value(now, place)
        gap = known_sum(last, None if first is None else -first)
        return share(gap, first) if is_part else gap

    return of


def _of_shares(lattice: Lattice) -> Iterator[Way]:
    """How the share of the population changed from the year before to the latest, per cent of it.

    It is the share that is followed: where nothing else is printed, that is meant.
    """
    years = sorted({one.year for one in lattice.entries if one.year})
    if len(years) < _TWO or years[-1] - years[-2] != 1:
        return
    before, now = (_share_of(lattice, year) for year in years[-2:])

    def of(place: int) -> Fraction | None:
        return change(now(place), before(place))

    yield Way(f"andelen {years[-2]} till {years[-1]}", of, is_named=True)


def _share_of(lattice: Lattice, year: int) -> Of:
    """The share of a year: of its counts, else as it is printed."""
    found = {one.field: n for n, one in enumerate(lattice.entries) if one.year == year}

    def of(place: int) -> Fraction | None:
        people, everyone, printed = (
            lattice.value(found[field], place) if field in found else None
            for field in ("equivalents", "population", "share")
        )
        exact = share(people, everyone)
        return printed if exact is None else exact

    return of


def _by_fields(lattice: Lattice, entry: int) -> Iterator[Way]:
    one = lattice.entries[entry]
    names = _OF_FIELDS.get((lattice.table.kind, one.field))
    if names is None:
        return
    part, whole = (_nearest(lattice, entry, name) for name in names)
    if part is None or (whole is None and names[1]):
        return
    name = lattice.entries[part].text
    if whole is None:
        yield way_of_total(lattice, part, is_named=True)
    else:
        of = lattice.entries[whole].text
        yield Way(f"{name} av {of}", of_other(lattice, part, whole), is_named=True)


def _nearest(lattice: Lattice, entry: int, field: str) -> int | None:
    """The column of a field that is of the same year, the nearest on the left."""
    own = lattice.entries[entry]
    found = [
        n for n, one in enumerate(lattice.entries) if field == one.field and one.year == own.year
    ]
    return max([n for n in found if n < entry], default=found[0] if found else None)


def _of_sex(lattice: Lattice, entry: int) -> Iterator[Way]:
    """A share of women, or men, of all beside them."""
    own = sex_in_heading(lattice.entries[entry].text)
    counts = {n: lattice.entries[n] for n in lattice.amounts()}
    same = [n for n, one in counts.items() if own and sex_in_heading(one.text) is own]
    every = [n for n, one in counts.items() if is_everyone(one.text)]
    if len(same) == len(every) == 1 and lattice.entries[entry].says_share:
        name = lattice.entries[same[0]].text
        yield Way(f"{name} av alla", of_other(lattice, same[0], every[0]), is_named=True)


def _of_points(lattice: Lattice, entry: int) -> Iterator[Way]:
    """What an area weighs: its points of the points of all areas."""
    if (lattice.table.kind, lattice.entries[entry].field) != ("weights", "weight"):
        return
    points = [n for n in lattice.amounts() if Measure.POINTS in measures(lattice.entries[n].text)]
    if len(points) == 1:
        yield way_of_total(lattice, points[0], is_named=True)


def _of_exits(lattice: Lattice, entry: int) -> Iterator[Way]:
    """Those who left one way, of those with a positive solution or of all who left."""
    part = _nearest(lattice, entry, "all")
    if part is None:
        return
    number = part

    def of(place: int) -> Fraction | None:
        here = lattice.places[place]
        base = PART_OF.get(people_of(here.text) or "")
        whole = None if base is None else _people(lattice, number, base, here.section)
        return share(lattice.value(number, place), whole)

    def applies(place: int) -> bool:
        return people_of(lattice.places[place].text) in PART_OF

    yield Way("av avslutade eller av positiva lösningar", of, True, applies)


def _people(lattice: Lattice, entry: int, what: str, section: int) -> Fraction | None:
    """How many a section counts of some: of all who left the three kinds, if no row says it."""
    rows = [
        n
        for n, one in enumerate(lattice.places)
        if one.section == section and people_of(one.text) == what
    ]
    if len(rows) == 1:
        return lattice.value(entry, rows[0])
    if what == "exits" and not rows:
        return known_sum(*(_people(lattice, entry, one, section) for one in parts_of(what)))
    return None


def _soliditet(lattice: Lattice, entry: int) -> Iterator[Way]:
    """Equity of all assets, where the table has both."""
    budget = lattice.table.budget
    if budget is None or not is_it(SOLIDITY, lattice.entries[entry].text):
        return
    by_row = {one.number: n for n, one in enumerate(lattice.rows)}
    found = []
    for one in (OWN_EQUITY, ASSETS):
        # By name alone: a sum that is blank may have been filled in by now.
        index, _ = first_row(budget.rows, one, lambda row: row.label)
        found.append(None if index is None else by_row.get(budget.rows[index].row))
    equity, assets = found
    if equity is None or assets is None:
        return
    own, whole = equity, assets
    why = f"{lattice.entries[own].text} av {lattice.entries[whole].text}"
    yield Way(
        why, lambda n: equity_ratio(lattice.value(own, n), lattice.value(whole, n)), is_named=True
    )
