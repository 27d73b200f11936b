"""What an association has set on its sheet *Finsam*; what is not set comes from policy.

Every setting has a name, and some are of something: the weight of an area, the class of a line.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from finsam_xl.calc.cost_split import read_classes
from finsam_xl.errors import InputError
from finsam_xl.findings import tell
from finsam_xl.labels import normalise, split_number
from finsam_xl.model import Finding, Ref
from finsam_xl.money import as_written
from finsam_xl.periods import MONTHS_PER_YEAR, Period, day_of, is_year
from finsam_xl.policy import rule
from finsam_xl.reading.figures import figure
from finsam_xl.reading.finsam_sheet import KEY, own_sheets, text
from finsam_xl.reading.times import time_of
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.sheets.tables import association as association_in
from finsam_xl.words.axis import plain
from finsam_xl.words.meanings import unit_called
from finsam_xl.words.methods import Method, method_of
from finsam_xl.words.parties import place_name
from finsam_xl.words.units import unit as unit_of

SETTING, CHANGE = "Inställning", "Ändra"
PREFIX = "inställning"
RULES: Mapping[str, str] = MappingProxyType(
    {
        "state": "membership_fees",
        "region": "membership_fees",
        "municipalities": "membership_fees",
        "target": "impact_index",
        "near": "impact_index",
        "weight_tolerance": "impact_index",
        "office_administration": "cost_split",
        "fewest": "privacy",
        "newest": "backups",
    }
)
"""The rules of policy that an association may set for itself, each with the file it is in."""
FEE_PARTS = ("state", "region", "municipalities")
_WHOLE = 100
REFUSED = "installning-okand"


@unique
class Name(StrEnum):
    """The settings that are no rules of policy."""

    ASSOCIATION = "association"
    UNIT = "unit"
    AMOUNTS = "amounts"
    MEMBERS = "members"
    SHORT = "short"
    KEY = "key"
    IDEAL = "ideal"
    COST_CLASS = "class"
    CLOSED = "closed"
    FOLDER = "folder"
    SCENARIO = "scenario"
    METHOD = "method"


_Rules = TypeVar("_Rules", bound=tuple[Any, ...])


class Settings(NamedTuple):
    """What is set.

    ``unit``: what one of the units is called; ``amounts``: the unit of amounts that tell none;
    ``members``: municipalities besides those that are read; ``short``: by their places what
    reports call them; ``key``: the heading of what their fees are split by; ``rules``: by their
    names in policy; ``ideals``: per cent by the area's name without number; ``classes``: by
    the line's name how its cost is split; ``closed``: the last day whose outcome stays as it
    is; ``folder``: of the backups; ``scenario``: which of several alternatives holds, as a person
    names it; ``method``: how a year is forecast where no forecast is typed.
    """

    association: str = ""
    unit: str = ""
    amounts: str = ""
    members: tuple[str, ...] = ()
    short: Mapping[str, str] = MappingProxyType({})
    key: str = ""
    rules: Mapping[str, Fraction] = MappingProxyType({})
    ideals: Mapping[str, Fraction] = MappingProxyType({})
    classes: Mapping[str, str] = MappingProxyType({})
    closed: date | None = None
    folder: str = ""
    scenario: str = ""
    method: Method | None = None
    findings: tuple[Finding, ...] = ()

    def on(self, rules: _Rules) -> _Rules:
        """Rules of policy with the association's own in their place."""
        fields: Iterable[str] = rules._fields  # type: ignore[attr-defined]
        own = {name: self.rules[name] for name in fields if name in self.rules}
        return rules._replace(**own) if own else rules  # type: ignore[attr-defined]

    def called(self, member: str) -> str:
        """What reports call a member."""
        return self.short.get(place_name(member), member)

    def is_closed(self, period: Period | None) -> bool:
        """Whether all of a period is closed."""
        if period is None or self.closed is None:
            return False
        return period.last_day <= self.closed


def settings(grid: Grid) -> Settings:
    """What is set in a workbook; read once for all who ask."""
    if settings not in grid.kept:
        grid.kept[settings] = _read(grid)
    found: Settings = grid.kept[settings]
    return found


def association(grid: Grid, tables: Iterable[Table]) -> str:
    """The association's name: as it is set, else from the titles; '' where none says it."""
    return settings(grid).association or association_in(tables)


def unit_word(grid: Grid) -> str:
    """What one of the units is called: as it is set, else what the workbook calls them."""
    own = settings(grid).unit
    if own:
        return own
    sheets = (sheet for sheet in grid.sheets if not (sheet.owner or sheet.large))
    return unit_called(value for sheet in sheets for value in sheet.texts)


def key(name: str, of: str = "") -> str:
    """What the sheet holds beside a setting, so that it is found again."""
    return "|".join(filter(None, (PREFIX, name, of)))


def typed(grid: Grid) -> Iterator[tuple[str, Cell, Ref]]:
    """The settings that are typed: key, cell and place."""
    for sheet in own_sheets(grid):
        columns: dict[str, int] = {}
        for number, cells in sheet.rows():
            words = {normalise(text(cell)): column for column, cell in cells}
            if {normalise(SETTING), normalise(CHANGE)} <= words.keys():
                columns = {
                    one: words[normalise(one)] for one in (CHANGE, KEY) if one.lower() in words
                }
                continue
            row = dict(cells)
            name = text(row.get(columns.get(KEY, 0)))
            cell = row.get(columns.get(CHANGE, 0))
            if cell is not None and text(cell) and name.startswith(f"{PREFIX}|"):
                yield name, cell, Ref.at(sheet.name, number, columns[CHANGE])


# Reading ---------------------------------------------------------------------------------------


def _read(grid: Grid) -> Settings:
    found: dict[str, dict[str, Any]] = {}
    places: dict[str, tuple[Ref, Cell]] = {}
    findings: list[Finding] = []
    for name, cell, ref in typed(grid):
        _, what, of = (*name.split("|", 2), "")[:3]
        read = _reader(what)
        if read is None:
            continue
        value = read(cell)
        if value is None:
            findings.append(_refused(ref, cell, what))
        else:
            found.setdefault(what, {})[of] = value
            places[what] = ref, cell
    findings += _not_whole(found, places)
    return _settings(found)._replace(findings=tuple(findings))


def _settings(found: Mapping[str, Mapping[str, Any]]) -> Settings:
    def only(name: Name, default: Any) -> Any:
        return found.get(name, {}).get("", default)

    def by(plain: Callable[[str], str], name: Name) -> dict[str, Any]:
        return {plain(of): value for of, value in found.get(name, {}).items()}

    return Settings(
        only(Name.ASSOCIATION, ""),
        only(Name.UNIT, "").lower(),
        only(Name.AMOUNTS, ""),
        only(Name.MEMBERS, ()),
        by(place_name, Name.SHORT),
        only(Name.KEY, ""),
        {name: found[name][""] for name in RULES if "" in found.get(name, {})},
        by(lambda area: split_number(area)[1] or area, Name.IDEAL),
        by(normalise, Name.COST_CLASS),
        only(Name.CLOSED, None),
        only(Name.FOLDER, ""),
        only(Name.SCENARIO, ""),
        only(Name.METHOD, None),
    )


def _not_whole(
    found: dict[str, dict[str, Any]], places: Mapping[str, tuple[Ref, Cell]]
) -> Iterator[Finding]:
    """Parts of the fees that are more or less than the whole, none of which is followed."""
    own = [name for name in FEE_PARTS if name in found]
    parts = [found[name][""] if name in own else _standing(name) for name in FEE_PARTS]
    if own and sum(parts) != _WHOLE:
        for name in own:
            del found[name]
        ref, cell = places[own[-1]]
        yield tell(REFUSED, ref, "refused", "parts", "meanwhile", stated=text(cell))


def _standing(name: str) -> Fraction:
    """A rule as it is now; the parts of the fees have been the same since there was a law."""
    (number,) = rule(RULES[name], name).values[-1].numbers
    return number


def _reader(name: str) -> Callable[[Cell], Any] | None:
    """How a setting is read (to ``None``: it is nothing of the kind); ``None``: none of ours."""
    bounds = _bounds(name)
    if bounds is None:
        return _READERS.get(name)
    low, high = bounds

    def read(cell: Cell) -> Fraction | None:
        amount = figure(cell)
        return amount if amount is not None and low <= amount <= high else None

    return read


def _bounds(name: str) -> tuple[Fraction, Fraction] | None:
    """Between what a setting that is a number must be."""
    if name in RULES:
        return rule(RULES[name], name).bounds
    return (Fraction(0), Fraction(_WHOLE)) if name == Name.IDEAL else None


def _unit(cell: Cell) -> str | None:
    return unit_of(text(cell))


def _names(cell: Cell) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in text(cell).replace(";", ",").split(","))))


def _folder(cell: Cell) -> str | None:
    """A folder; not one on a server by its name, which would be called by opening a workbook."""
    said = text(cell)
    is_remote = said.startswith(("\\\\", "//")) or "://" in said
    return None if is_remote or not said.isprintable() else said


def _class(cell: Cell) -> str | None:
    try:
        read_classes(text(cell), first=Fraction(1, 2))
    except InputError:
        return None
    return text(cell)


def _method(cell: Cell) -> Method | None:
    return method_of(text(cell))


def _day(cell: Cell) -> date | None:
    """The last day of what a cell names: a day, or the end of a month, tertial or year."""
    if isinstance(cell.value, int | float) and not is_year(cell.value):
        return day_of(cell.value)
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text(cell))
    said = time_of(plain(text(cell)))
    if said.year is None or said.rest.strip() or said.shift or said.part or said.short:
        return None
    return Period.of(said.year, 1, said.last or MONTHS_PER_YEAR).last_day


_READERS: Mapping[str, Callable[[Cell], Any]] = {
    Name.ASSOCIATION: text,
    Name.UNIT: text,
    Name.AMOUNTS: _unit,
    Name.MEMBERS: _names,
    Name.SHORT: text,
    Name.KEY: text,
    Name.COST_CLASS: _class,
    Name.CLOSED: _day,
    Name.FOLDER: _folder,
    Name.SCENARIO: text,
    Name.METHOD: _method,
}
_HELP = {
    Name.AMOUNTS: "amounts",
    Name.COST_CLASS: "classes",
    Name.CLOSED: "closed",
    Name.FOLDER: "local",
    Name.METHOD: "methods",
    "": "number",
}
"""The sentence of the finding that says how a setting is written; others are numbers."""


def _refused(ref: Ref, cell: Cell, name: str) -> Finding:
    low, high = _bounds(name) or (0, 0)
    return tell(
        REFUSED,
        ref,
        "refused",
        _HELP[name if name in _HELP else ""],
        "meanwhile",
        low=as_written(low),
        high=as_written(high),
        stated=text(cell),
    )
