"""Workbooks of associations that do not exist, year after year, in six layouts, with their truth.

Every figure is invented and known: what a book holds is a :class:`Year`, and what it looks like
a :class:`Layout`, so that a summary of a thousand books can be held against what was put in.

>>> year = invented("Samordningsförbundet Almvik", 2024, closed=1500)
>>> year.income - year.costs == year.result, year.equity == 1500 + year.result
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import xlsxwriter

_FIRST = ("Alm", "Björk", "Dal", "Ek", "Furu", "Gran", "Hassel", "Isk", "Klint", "Lind", "Mark")
_LAST = ("vik", "näs", "torp", "bygden", "sund", "hult", "ås", "mo")
_PLACES = ("Norrby", "Söderby", "Västerby", "Österby", "Mellby", "Strömby")
_AREAS = ("Samordning", "Deltagarnöjdhet", "Jämlik samverkan")
_SHARES = (60, 70, 80)


class Year(NamedTuple):
    """A year of an association: amounts in tkr, teams by name with budget and outcome.

    ``goals``: area, weight, how many reached it, of how many, and the least share in per cent.
    """

    association: str
    year: int
    pool: int
    parties: tuple[tuple[str, int, int], ...]
    other: int
    office: tuple[tuple[str, int, int], ...]
    teams: tuple[tuple[str, int, int], ...]
    opening: int
    women: int
    men: int
    goals: tuple[tuple[str, int, int, int, int], ...]

    @property
    def income(self) -> int:
        """The outcome of income."""
        return self.pool + self.other

    @property
    def costs(self) -> int:
        """The outcome of costs."""
        return sum(outcome for _, _, outcome in (*self.office, *self.teams))

    @property
    def result(self) -> int:
        """The year's result."""
        return self.income - self.costs

    @property
    def equity(self) -> int:
        """Equity at the year's end."""
        return self.opening + self.result

    @property
    def impact_index(self) -> Fraction:
        """The Impactindex: points of the goals that were reached, of all points."""
        reached = sum(w for _, w, n, of, least in self.goals if 100 * n >= least * of)
        return Fraction(100 * reached, sum(weight for _, weight, *_ in self.goals))


class Layout(NamedTuple):
    """How an office writes: unit and sign, where tables stand, headings, formulas or typed sums."""

    unit: str = "tkr"
    is_signed: bool = False
    top: int = 0
    left: int = 0
    outcome_first: bool = False
    has_formulas: bool = True
    is_year_first: bool = False
    sheet: str = "Uppföljning"


LAYOUTS = (
    Layout(),
    Layout(unit="kr", has_formulas=False, sheet="Bokslut"),
    Layout(is_signed=True, outcome_first=True, sheet="Utfall"),
    Layout(top=3, left=1, is_year_first=True, sheet="Ekonomi"),
    Layout(unit="kr", is_signed=True, top=2, sheet="Resultat"),
    Layout(left=2, has_formulas=False, outcome_first=True, sheet="Budgetuppföljning"),
)
_FACTOR = {"tkr": 1, "kr": 1000}


def associations(number: int) -> list[str]:
    """So many names, each another."""
    names = [f"Samordningsförbundet {first}{last}" for last in _LAST for first in _FIRST]
    return names[:number]


def invented(association: str, year: int, closed: int) -> Year:
    """A year that follows one which closed with so much equity."""
    size = Random(association)  # noqa: S311
    quarter = 500 + 50 * size.randrange(20)
    places = _PLACES[: 2 + size.randrange(4)]
    of = Random(f"{association} {year}")  # noqa: S311
    people = [4000 + 100 * of.randrange(200) for _ in places]
    exact = [Fraction(quarter * number, sum(people)) for number in people]
    fees = [*map(int, exact)]
    for at in sorted(range(len(fees)), key=lambda n: fees[n] - exact[n])[: quarter - sum(fees)]:
        fees[at] += 1
    parties = zip(places, people, fees, strict=True)
    teams = tuple((f"Team {place}", b := 200 + of.randrange(300), b + of.randrange(-40, 41))
                  for place in places)  # fmt: skip
    left = 4 * quarter - sum(outcome for *_, outcome in teams)
    office = (("Personal", left - 300, left - 230 + of.randrange(120)), ("Lokal", 180, 185))
    goals = tuple((area, 2 + of.randrange(9), of.randrange(20, 50), 50, _SHARES[n % 3])
                  for n, area in enumerate(_AREAS * 3))  # fmt: skip
    return Year(association, year, 4 * quarter, tuple(parties), of.randrange(90), office, teams,
                closed, 20 + of.randrange(200), 20 + of.randrange(200), goals)  # fmt: skip


def years(association: str, first: int, number: int) -> Iterator[Year]:
    """Years that follow each other."""
    equity = 400 + Random(association[::-1]).randrange(900)  # noqa: S311
    for year in range(first, first + number):
        one = invented(association, year, equity)
        equity = one.equity
        yield one


def build(folder: Path, names: int, number: int, first: int = 2010) -> list[tuple[Path, Year]]:
    """The books of so many associations and years, a folder each, every association's own way."""
    made = []
    for at, association in enumerate(associations(names)):
        place = folder / association.split()[-1]
        place.mkdir(parents=True, exist_ok=True)
        for year in years(association, first, number):
            path = place / f"{association.split()[-1]} {year.year}.xlsx"
            write(path, year, LAYOUTS[at % len(LAYOUTS)])
            made.append((path, year))
    return made


def write(path: Path, year: Year, layout: Layout = LAYOUTS[0]) -> Path:
    """The workbook of a year: follow-up, fees, participants and a social budget."""
    book = xlsxwriter.Workbook(path)
    _followup(book.add_worksheet(layout.sheet), year, layout)
    _fees(book, book.add_worksheet("Medlemsavgifter"), year)
    _people(book.add_worksheet("Deltagare"), year)
    _goals(book, book.add_worksheet("Social budget"), year)
    book.close()
    return path


def _followup(sheet: Any, year: Year, layout: Layout) -> None:
    pen = _Pen(sheet, layout)
    pen.text(year.association)
    pen.text(f"Resultat {year.year}, {layout.unit}")
    pen.headings(year.year)
    pen.text("Intäkter")
    fees = pen.line("Medlemsavgifter", year.pool, year.pool)
    other = pen.line("Övriga intäkter", 0, year.other)
    income = pen.sum("Summa intäkter", [fees, other])
    pen.text("Kostnader")
    pen.text("Kansli")
    cost = -1 if layout.is_signed else 1
    office = pen.sum("Summa kansli", [pen.line(n, cost * b, cost * o) for n, b, o in year.office])
    pen.text("Samordningsteam")
    teams = pen.sum("Summa samordningsteam",
                    [pen.line(n, cost * b, cost * o) for n, b, o in year.teams])  # fmt: skip
    costs = pen.sum("Summa kostnader", [office, teams])
    result = pen.sum("Årets resultat", [income, costs], (1, 1 if layout.is_signed else -1))
    opening = pen.line("Eget kapital vid årets början", year.opening, year.opening)
    pen.sum("Eget kapital vid årets slut", [opening, result])


class _Pen:
    """Writes the rows of a follow-up from the top."""

    def __init__(self, sheet: Any, layout: Layout) -> None:
        self.sheet, self.layout, self.row = sheet, layout, layout.top
        self.amounts: dict[int, tuple[int, int]] = {}
        self.at = (layout.left + 1, layout.left + 2)
        if layout.outcome_first:
            self.at = self.at[::-1]

    def text(self, text: str) -> None:
        self.sheet.write_string(self.row, self.layout.left, text)
        self.row += 1

    def headings(self, year: int) -> None:
        for column, name in zip(self.at, ("Budget", "Utfall"), strict=True):
            said = f"{year} {name}" if self.layout.is_year_first else f"{name} {year}"
            self.sheet.write_string(self.row, column, said)
        self.sheet.write_string(self.row, self.layout.left + 3, "Avvikelse utfall-budget")
        self.row += 1

    def line(self, label: str, budget: int, outcome: int) -> int:
        factor = _FACTOR[self.layout.unit]
        self.sheet.write_string(self.row, self.layout.left, label)
        self.amounts[self.row] = (factor * budget, factor * outcome)
        for column, amount in zip(self.at, self.amounts[self.row], strict=True):
            self.sheet.write_number(self.row, column, amount)
        self.row += 1
        return self.row - 1

    def sum(self, label: str, parts: Sequence[int], signs: Sequence[int] = ()) -> int:
        signs = signs or (1,) * len(parts)
        self.sheet.write_string(self.row, self.layout.left, label)
        both = zip(*(self.amounts[part] for part in parts), strict=True)
        totals = [sum(s * a for s, a in zip(signs, column, strict=True)) for column in both]
        self.amounts[self.row] = (totals[0], totals[1])
        for column, total in zip(self.at, totals, strict=True):
            if self.layout.has_formulas:
                letter = chr(ord("A") + column)
                said = "".join(f"{'+' if sign > 0 else '-'}{letter}{part + 1}"
                               for sign, part in zip(signs, parts, strict=True))  # fmt: skip
                self.sheet.write_formula(self.row, column, f"={said.lstrip('+')}", None, total)
            else:
                self.sheet.write_number(self.row, column, total)
        self.row += 1
        return self.row - 1


def _fees(book: Any, sheet: Any, year: Year) -> None:
    per_cent = book.add_format({"num_format": "0 %"})
    quarter = year.pool // 4
    sheet.write_row(0, 0, [f"{year.association}, medlemsavgifter {year.year}, tkr"])
    sheet.write_row(1, 0, ["Pott", year.pool, "tkr"])
    sheet.write_row(2, 0, ["Part", "Nyckel", "Andel", "Avgift"])
    rows: list[tuple[str, int | None, float | None, int]] = [
        ("Försäkringskassan", None, 0.5, 2 * quarter),
        ("Region Mellansverige", None, 0.25, quarter),
        *((f"{place} kommun", people, None, fee) for place, people, fee in year.parties),
        ("Summa", None, None, year.pool),
    ]
    for at, (name, people, share, fee) in enumerate(rows, start=3):
        sheet.write_row(at, 0, [name, people])
        if share is not None:
            sheet.write_number(at, 2, share, per_cent)
        sheet.write_number(at, 3, fee)


def _people(sheet: Any, year: Year) -> None:
    sheet.write_row(0, 0, [f"{year.association}, deltagare {year.year}"])
    sheet.write_row(1, 0, ["Deltagare", "Kvinnor", "Män", "Totalt"])
    started = (year.women // 3, year.men // 3)
    for at, (label, women, men) in enumerate(
        (("Antal deltagare hela året", year.women, year.men), ("varav nya för året", *started)),
        start=2,
    ):
        sheet.write_row(at, 0, [label, women, men, women + men])


def _goals(book: Any, sheet: Any, year: Year) -> None:
    per_cent = book.add_format({"num_format": "0 %"})
    sheet.write_row(0, 0, [f"Social budget {year.year}"])
    sheet.write_row(1, 0, [year.association])
    headings = ["Målområde", "Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal",
                "Utfall av", "Uppnått"]  # fmt: skip
    sheet.write_row(3, 0, headings)
    for at, (area, weight, number, of, least) in enumerate(year.goals):
        row = 4 + at
        number_of = f"{_AREAS.index(area) + 1}.{at // len(_AREAS) + 1}"
        sheet.write_row(row, 0, [area, number_of, f"Indikator {at + 1}", "minst andel"])
        sheet.write_number(row, 4, least / 100, per_cent)
        sheet.write_row(row, 5, [weight, number, of])
