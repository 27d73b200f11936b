"""Which columns of a workbook a ledger's figures are for, and up to when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.actions.fetch_questions import UNTIL, Question, UndecidedError
from finsam_xl.actions.followups import Wanted
from finsam_xl.address import letters
from finsam_xl.calc.ledger_sums import Months
from finsam_xl.errors import InputError
from finsam_xl.labels import one_line
from finsam_xl.ledgers.record import Basis, Ledger, Month
from finsam_xl.model import Ref
from finsam_xl.model_budget import BudgetColumn
from finsam_xl.periods import TERTIALS, Period
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.ledger_mapping import RowMapping, mapping
from finsam_xl.reading.settings import settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid

_OUTCOMES = ("outcome", "outcome_to_date")


class Target(NamedTuple):
    """A column of outcomes, by its index, of a table whose rows say what they take."""

    one: ReadBudget
    column: int
    months: Months
    mapping: RowMapping

    @property
    def heading(self) -> BudgetColumn:
        """The column as it was read."""
        return self.one.budget.columns[self.column]

    @property
    def places(self) -> list[Ref]:
        """Its cells, from the top."""
        budget = self.one.budget
        return [budget.place(row, self.column) for row in range(len(budget.rows))]


def targets(grid: Grid, found: Sequence[ReadBudget]) -> list[Target]:
    """Every column of outcomes there is of tables whose rows say what they take.

    Where columns beside some tables say it, a code in a row's name says nothing in others.
    """
    every = list(_targets(grid, found))
    typed = [one for one in every if not one.mapping.is_by_name]
    return typed or every


def _targets(grid: Grid, found: Sequence[ReadBudget]) -> Iterator[Target]:
    own = settings(grid)
    here = own.accounts if own.takes_accounts else {}
    for one in found:
        rules = mapping(grid.sheet(one.budget.sheet), one.table, one.budget, here)
        if not (rules.rules or rules.findings):
            continue
        for number, column in enumerate(one.budget.columns):
            period = column.period
            if column.scenario in _OUTCOMES and period is not None and period.until is None:
                yield Target(one, number, _months(period), rules)


def _months(period: Period) -> Months:
    return Months(Month(period.year, period.first_month), Month(period.year, period.last_month))


def of_year(every: Sequence[Target], ledger: Ledger) -> list[Target]:
    """The columns of the ledger's year; raises ``InputError`` where there is none."""
    if not every:
        raise InputError(
            "Arbetsboken säger inte vilka konton som hör till vilken rad.",
            remedy="Skriv kolumnerna Konto och Projekt till vänster om beloppen i tabellen med "
            "utfallet, med konton som 6010, 5010-5099 eller 70 på varje rad. Eller skriv konton på "
            "bladet Finsam: se Konton till raderna under Inställningar.",
        )
    year = ledger.year
    own = [t for t in every if year.holds(t.months.first) and year.holds(t.months.last)]
    if not own:
        years = sorted({target.months.last.year for target in every})
        raise InputError(
            f"Bokföringen gäller {year_of(ledger)}, men arbetsboken har utfall för "
            f"{', '.join(map(str, years))}.",
            where=ledger.name,
            remedy="Välj bokföringen för arbetsbokens år, eller arbetsboken för bokföringens.",
        )
    return own


def year_of(ledger: Ledger) -> str:
    """The ledger's year as it is told."""
    first, last = ledger.year
    return str(first.year) if ledger.year.is_calendar_year else f"{first} – {last}"


def chosen(own: Sequence[Target], ledger: Ledger, until: str) -> list[Target]:
    """The columns that end when is asked for, or when the ledger does.

    Raises ``InputError`` where no column does, or the ledger cannot tell of that time.
    """
    if until:
        wanted = Wanted.of(until)
        found = [
            t for t in own
            if t.months.last.month == wanted.last_month
            and wanted.year in (None, t.months.last.year)
        ]  # fmt: skip
        if not found:
            raise _asking(
                f"Arbetsboken har ingen kolumn för utfall till och med {until}.",
                own,
                ledger,
                remedy=f"Välj en som finns: {_choices(own)}.",
            )
    else:
        end = _end(ledger)
        found = [target for target in own if target.months.last == end]
        if not found:
            raise _asking(
                f"Bokföringen går till och med {end}, och ingen kolumn för utfall gör det.",
                own,
                ledger,
                where=ledger.name,
                remedy=f"Välj vilken som ska fyllas med --till: {_choices(own)}.",
            )
    _reaches(ledger, found[0], own)
    return found


def _asking(
    what: str, own: Sequence[Target], ledger: Ledger, *, where: str = "", remedy: str
) -> InputError:
    """A refusal that another choice of column takes away, if the ledger reaches any."""
    months = sorted({t.months.last for t in own if _is_reached(ledger, t.months.last)})
    if not months:
        return InputError(what, where=where, remedy=remedy)
    end = _end(ledger)
    full = [month for month in months if end is not None and month <= end]
    question = Question(
        UNTIL,
        f"Bokföringen går till och med {end}. Vilken kolumn för utfall ska fyllas?",
        tuple(map(_called, months)),
        _called(full[-1] if full else months[0]),
    )
    return UndecidedError(what, question, where=where, remedy=remedy)


def _choices(own: Sequence[Target]) -> str:
    months = sorted({target.months.last for target in own})
    return ", ".join(map(_called, months))


def _called(month: Month) -> str:
    """A month as the end of a part of a year that can be chosen."""
    period = Period.of(month.year, 1, month.month)
    if period.tertial:
        return f"T{period.tertial}"
    return f"T{TERTIALS}" if period.is_whole_year else str(period)


def _end(ledger: Ledger) -> Month | None:
    """The month up to which the ledger goes: as it says, else that of its last entry."""
    last = ledger.last_month
    if ledger.until is None:
        return last
    said = Month.of(ledger.until)
    return said if last is None or said >= last else last


def _reaches(ledger: Ledger, target: Target, own: Sequence[Target]) -> None:
    """Refuse a ledger that ends long before a column does, or has no months."""
    end, cut = _end(ledger), target.months.last
    place = f"{target.one.table.real_sheet}!{letters(target.heading.number)}"
    name = one_line(target.heading.header)
    if end is None or end < _before(cut):
        raise _asking(
            f"Bokföringen går bara till och med {end or 'ingen månad alls'}, men kolumnen "
            f"”{name}” ({place}) går till och med {cut}.",
            own,
            ledger,
            where=ledger.name,
            remedy="Hämta en fil som går så långt, eller välj en annan kolumn med --till.",
        )
    if ledger.basis is Basis.YEAR and end != cut:
        raise _asking(
            f"Filen har inga månader, bara summor till och med {end}, men kolumnen ”{name}” "
            f"({place}) går till och med {cut}.",
            own,
            ledger,
            where=ledger.name,
            remedy="Exportera som SIE 4, med verifikationer, eller välj kolumnen som stämmer.",
        )


def _is_reached(ledger: Ledger, cut: Month) -> bool:
    """Whether a ledger tells what a column up to a month holds."""
    end = _end(ledger)
    if end is None:
        return False
    return end == cut if ledger.basis is Basis.YEAR else end >= _before(cut)


def _before(month: Month) -> Month:
    return Month(month.year - 1, 12) if month.month == 1 else Month(month.year, month.month - 1)
