"""The key figures of an annual report's economy: result, equity and its ceiling, soliditet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.calc.deviation import deviation
from finsam_xl.filling import quantities as rows
from finsam_xl.model_budget import SIGNED, Amount
from finsam_xl.money import exact, round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import annual_checks as checks
from finsam_xl.report import answers
from finsam_xl.report.annual_balance import balance_of
from finsam_xl.report.annual_tables import Annual, Found, Statement, found
from finsam_xl.report.budget_story import BudgetStory
from finsam_xl.report.ceilings import is_over, room
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.words.units import KRONOR, Unit, converted

_NAMED = (
    ("Årets resultat", checks.result),
    ("Eget kapital", checks.own_equity),
    ("Likvida medel", checks.cash),
)


def _unit(annual: Annual) -> str:
    """The unit of all the key figures: the largest that any of them is stated in."""
    read = [how(annual, annual.year) for _, how in _NAMED]
    units = {one.unit for one in read if one.amount is not None and one.unit in KRONOR}
    return max(units, key=lambda unit: KRONOR[unit], default="")


def _in(unit: str, one: Found) -> Found:
    """A figure in a unit, rounded where it was stated in a smaller one."""
    if one.amount is None or one.unit == unit or one.unit not in KRONOR or not unit:
        return one
    amount = exact(round_half_away(converted(one.amount, one.unit, unit), say.decimals(unit)))
    return one._replace(amount=amount, unit=unit)


def economy_answer(annual: Annual) -> str:
    """How the year came out, and what equity is; or else how it came out against budget."""
    unit = _unit(annual)
    result, own = (_in(unit, read(annual, annual.year)) for _, read in _NAMED[:2])
    if result.unit != unit or own.unit not in ("", unit):
        return ""
    left = room(_ceiling(annual, unit), own.amount, unit)
    told = answers.year_in_all(result.amount, own.amount, unit, say.decimals(unit), left)
    one = _compared(annual)
    if told or one is None:
        return told
    return answers.outlook(one.result, one.unit, say.decimals(one.unit), is_over=True)


def economy_figures(annual: Annual) -> list[KeyFigure]:
    """Result, equity, soliditet and cash, in one unit; what is not known is left out."""
    year, unit = annual.year, _unit(annual)
    told: list[KeyFigure] = []
    for label, read in _NAMED:
        one, before = (_in(unit, read(annual, number)) for number in (year, year - 1))
        if one.amount is not None:
            is_same = before.amount is not None and before.unit == one.unit
            places = say.decimals(one.unit)
            against = f"{year - 1}: {say.shown(before.amount, places)}" if is_same else ""
            shown = say.shown(one.amount, places)
            is_wrong = one.ref in annual.wrong
            meaning = ("▼ ser fel ut, se tabellen", "röd") if is_wrong else (against, "")
            told.append((f"{label} {year}, {one.unit}", shown, *meaning))
    told[2:2] = [*_against_ceiling(annual, unit), *_solidity(annual)]
    stated = found(annual.balanskrav, rows.BALANSKRAV, year)
    if stated.amount is not None:
        label = f"Balanskravsresultat {year}, {stated.unit}"
        told.append((label, say.shown(stated.amount), "", ""))
    told += _against_budget(annual)
    return told


def _ceiling(annual: Annual, unit: str) -> Amount:
    """The highest equity that is recommended for the year, in a unit, as it is shown."""
    highest = annual.ceilings.get(annual.year)
    if highest is None or unit not in KRONOR:
        return None
    return exact(round_half_away(converted(highest, Unit.TKR, unit), say.decimals(unit)))


def _against_ceiling(annual: Annual, unit: str) -> list[KeyFigure]:
    """Equity against the ceiling, if both are known."""
    own, ceiling = _in(unit, checks.own_equity(annual, annual.year)), _ceiling(annual, unit)
    left = room(ceiling, own.amount, unit)
    if left is None:
        return []
    places = say.decimals(unit)
    told = f"{say.shown(own.amount, places)} mot taket {say.shown(ceiling, places)}"
    shown = say.shown(max(left, -left), places)
    if is_over(left):
        return [(f"Över taket (trappan), {unit}", f"▼ {shown}", f"▼ över: {told}", "röd")]
    return [(f"Utrymme till taket (trappan), {unit}", shown, f"● ryms: {told}", "grön")]


def unclear_figures(annual: Annual) -> list[str]:
    """What is said of key figures that are left out, or rest on a source that others contradict."""
    found_ones = [read(annual, annual.year) for _, read in _NAMED]
    said = [one.why for one in found_ones if one.amount is None]
    stated = printed_solidity(annual, annual.year)
    said += [balance_of(annual, annual.year).why, stated.why]
    return [f"▼ {text}" for text in dict.fromkeys(said) if text]


def printed_solidity(annual: Annual, year: int) -> Found:
    """Soliditet as the overview prints it, in per cent."""
    one = found(annual.overview, rows.SOLIDITY, year)
    if one.amount and abs(Fraction(one.amount)) < 1:
        shown = say.shown(one.amount, 2)
        why = f"Soliditet {year} visas inte: {shown} kan vara en andel av ett eller en procent."
        return Found(why=why)
    return one


def _solidity(annual: Annual) -> list[KeyFigure]:
    """Soliditet from the balance sheet, or else as printed; marked where that does not balance."""
    year, balance = annual.year, balance_of(annual, annual.year)
    label, meaning = f"Soliditet {year}", "eget kapital av tillgångarna"
    if balance.solidity is not None:
        return [(label, checks.whole_percent(balance.solidity), meaning, "")]
    printed = printed_solidity(annual, year).amount
    if printed is None:
        return []
    doubt = "▼ som det står, kan inte räknas om" if balance.why else meaning
    return [(label, checks.whole_percent(printed), doubt, "röd" if balance.why else "")]


class _Compared(NamedTuple):
    """How the result came out against budget, in the unit of the table and with its name."""

    label: str
    unit: str
    result: answers.Result


def _compared(annual: Annual) -> _Compared | None:
    """The year's result, or else the last one of the table that has both."""
    for one in (annual.operations, annual.outcome):
        if one is None or one.rivals:
            continue
        column, against = one.column_of(annual.year), _budget(one, annual.year)
        for row in _results(one, annual.year):
            if row is None or column is None or against is None:
                continue
            line = one.budget.rows[row]
            amount, budget = line.amounts[column], line.amounts[against]
            gap = deviation(amount, budget, SIGNED, is_income=True)
            if gap is not None:
                result = answers.Result(amount, budget, gap)
                return _Compared(line.label, one.budget.unit, result)
    return None


def _results(one: Statement, year: int) -> Iterator[int | None]:
    for quantity in (rows.YEARS_RESULT, rows.OPERATING_RESULT):
        yield found(one, quantity, year).row
    yield BudgetStory(one.budget, ()).result_row


def _against_budget(annual: Annual) -> list[KeyFigure]:
    """How the result came out against budget."""
    one = _compared(annual)
    if one is None:
        return []
    gap, places = one.result.better, say.decimals(one.unit)
    words = say.judged(gap, "bättre än budget", "sämre än budget", "som budget", places)
    label = one.label.capitalize() if one.label.isupper() else one.label
    return [(f"{label} mot budget, {one.unit}", say.with_sign(gap, places), *words)]


def _budget(one: Statement, year: int) -> int | None:
    """The only column with a year's budget."""
    found_ones = [
        index
        for index, column in enumerate(one.budget.columns)
        if column.scenario == "budget" and str(column.period) == str(year)
    ]
    return found_ones[0] if len(found_ones) == 1 else None
