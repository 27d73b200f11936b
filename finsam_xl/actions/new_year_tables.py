"""Which tables of a workbook go on to the new year, and which are left as they are, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from finsam_xl.errors import InputError
from finsam_xl.filling.rolled_columns import LEAST, Take, is_known, period_of, takes
from finsam_xl.labels import normalise
from finsam_xl.periods import Period
from finsam_xl.reading.headings import heading_of
from finsam_xl.reading.title_says import is_document
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.tables import Table

LEAST_SERIES = 4
"""From how many years on that are all outcomes a table is a history, with no year to fill in."""
_SEVERAL = 2
_NOT_YEARLY: Mapping[str, str] = {
    "text_figures": "uppgifterna är ur förra årets text",
    "cost_classes": "inställningar som gäller tills vidare",
}
SERIES = "en serie av utfall: här behövs en ny kolumn"
_NO_YEAR = "det framgår inte vilket år den gäller"


class Own(NamedTuple):
    """A table, its columns of figures, the years that may be its own, and why it is left."""

    table: Table
    takes: tuple[Take, ...]
    years: frozenset[int] = frozenset()
    why: str = ""

    @property
    def known(self) -> frozenset[int]:
        """Every year that its columns or its title are of."""
        periods = [period_of(self.table, take.column) for take in self.takes]
        return self.years | {one.year for one in (*periods, self.table.period) if one is not None}

    @property
    def is_dated(self) -> bool:
        """Whether its figures stand under years."""
        return bool(self.known) or any(column.period for column in self.table.columns)


class Chosen(NamedTuple):
    """The year that a workbook is of, the tables that go on from it, and those that are left."""

    year: int
    rolled: tuple[Own, ...]
    left: tuple[Own, ...]

    def without(self, tables: Collection[Own], why: str) -> Chosen:
        """The same with some of the tables left, and why."""
        rest = tuple(one for one in self.rolled if one not in tables)
        return self._replace(rolled=rest, left=(*self.left, *(o._replace(why=why) for o in tables)))


def chosen(tables: Iterable[Table], year: int | None) -> Chosen:
    """What goes on; raises ``InputError`` where the year must be told."""
    own = _without_histories([_own(table) for table in tables])
    yearly = [one for one in own if not one.why and one.years]
    year = year or _common(yearly, own)
    rolled = [one for one in yearly if year in one.years]
    if not rolled:
        raise InputError(
            f"Ingen tabell som kan föras vidare gäller {year}.{_of_others(yearly or own)}",
            remedy="Ange ett annat år med --ar, eller se hur boken läses med finsam-xl tables.",
        )
    others = [one._replace(why=of_year(one)) for one in yearly if year not in one.years]
    silent = [one for one in own if not one.why and not one.years]
    if others:
        others += [one._replace(why=_NO_YEAR) for one in silent]
        silent = []
    # A table that names no year is of the workbook's, if the workbook is of one.
    silent = [one._replace(years=frozenset({year})) for one in silent]
    left = [one for one in own if one.why] + others
    return Chosen(year, (*rolled, *silent), tuple(left))


def _common(own: Sequence[Own], every: Sequence[Own]) -> int:
    """The only year that every table may be of."""
    if not own:
        why = "; ".join(dict.fromkeys(f"{o.table.real_sheet}: {o.why}" for o in every if o.why))
        raise InputError(
            f"Ingen tabell i boken kan föras vidare{f' ({why})' if why else ''}.",
            remedy="Se hur den läses med finsam-xl tables, och rätta på bladet Finsam.",
        )
    common = frozenset.intersection(*(one.years for one in own))
    if len(common) != 1:
        raise InputError(
            f"Vilket år är bokens?{_of_others(own)}",
            remedy="Ange det med --ar, till exempel "
            f"--ar {max(max(one.years) for one in own)}; det som gäller andra år lämnas orört.",
        )
    return next(iter(common))


def _of_others(own: Sequence[Own]) -> str:
    told = dict.fromkeys(f"{one.table.real_sheet}: {_years(one.years)}" for one in own)
    return f" Tabellerna gäller {'; '.join(told)}." if told else ""


def _years(years: Iterable[int]) -> str:
    return " eller ".join(map(str, sorted(years)))


def of_year(one: Own) -> str:
    """Why a table of another year is left."""
    return f"den gäller {_years(one.years)}"


def _own(table: Table) -> Own:
    found = tuple(takes(table))
    years = frozenset(_own_years(table, found))
    return Own(table, found, years, _why_left(table, found))


def _why_left(table: Table, found: Sequence[Take]) -> str:
    """Why a table is of no single year; '' for one that is."""
    if table.kind in _NOT_YEARLY:
        return _NOT_YEARLY[table.kind]
    spans = [c for c in table.columns if c.period is not None and c.period.until is not None]
    if table.period is not None and table.period.until is not None:
        return f"den gäller flera år, {str(table.period).replace('..', '–')}"
    if spans:
        return f"kolumnen ”{spans[0].header}” samlar flera år"
    unsure = [c for c in table.columns if c.period is not None and not is_known(table, c)]
    if unsure:
        return f"kolumnen ”{unsure[0].header}” läses inte säkert"
    if sum(Period.parse(row.label.strip()) is not None for row in table.rows) >= _SEVERAL:
        return "åren står på rader: här behövs en ny rad"
    stated = [take.column for take in found if take.column.scenario not in ("deviation", "percent")]
    times = {c.period.year for c in stated if c.period is not None and c.period.is_whole_year}
    # What stands under bare years need not be a plan because nothing says that it is not.
    is_outcome = all(c.sure < LEAST or c.scenario in ("outcome", "other", "share") for c in stated)
    if is_outcome and len(times) >= LEAST_SERIES:
        return SERIES
    return ""


def _own_years(table: Table, found: Sequence[Take]) -> set[int]:
    """The years that may be a table's own."""
    if table.period is not None:
        return {table.period.year}
    of: dict[str, set[int]] = {}
    if any(take.column.sure < LEAST for take in found):
        return {t.column.period.year for t in found if t.column.period is not None}
    for take in found:
        if take.column.period is not None:
            of.setdefault(take.column.scenario, set()).add(take.column.period.year)
    budgets = of.get("budget", set()) | of.get("budget_to_date", set())
    plans = of.pop("plan", set())
    every = set().union(*of.values())
    if budgets and (budgets <= of.get("outcome", set()) or max(budgets) + 1 in plans):
        # The others are there to be compared with.
        budgets = {max(budgets)}
    years = budgets or ({max(every)} if every else plans)
    named = set(_named(table)) & years
    return named or years


def _named(table: Table) -> Iterator[int]:
    """The years that titles and the sheet's name give, of several years the first."""
    for text in (*table.titles, table.real_sheet):
        if is_document(text):
            continue
        time = heading_of((text,)).time
        yield from (min(time.years),) if time.until is not None else time.years or time.short


def _without_histories(own: Sequence[Own]) -> list[Own]:
    """The same tables, of which those that stand once for every year are left.

    Tables or sheets that are called the same but for the year are a history: to move one of
    them on would leave a year out.
    """
    groups: dict[tuple[str, str], list[Own]] = {}
    for one in own:
        for name in _names(one.table):
            groups.setdefault(name, []).append(one)
    several = [
        one
        for held in groups.values()
        if len({next(iter(t.years)) for t in held if len(t.years) == 1}) > 1
        for one in held
        if one.years
    ]
    return [
        one._replace(why="samma tabell finns för flera år: här behövs en ny")
        if not one.why and any(one.table is other.table for other in several)
        else one
        for one in own
    ]


def _names(table: Table) -> Iterator[tuple[str, str]]:
    """What a table is called without its year: by its title, its sheet, and its headings there."""
    for what, text in (("title", table.title), ("sheet", table.real_sheet)):
        if heading_of((text,)).time.years:
            yield what, _without_figures(text)
    headers = "|".join(_without_figures(column.header) for column in table.columns)
    yield table.real_sheet, headers


def _without_figures(text: str) -> str:
    return "".join(letter for letter in normalise(text) if not letter.isdigit())
