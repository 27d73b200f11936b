"""The four key figures at the top of each sheet of an annual report."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc.deviation import deviation
from finsam_xl.calc.impact_index import colour
from finsam_xl.filling import quantities as rows
from finsam_xl.model_budget import SIGNED, Amount, total
from finsam_xl.model_counts import Counts
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import annual_checks as checks
from finsam_xl.report import answers
from finsam_xl.report.annual_balance import balance_of
from finsam_xl.report.annual_tables import Annual, Found, Statement, counted, found, total_of
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.report.story import state
from finsam_xl.words.units import KRONOR, converted

_FIGURES = 4
_NOTHING: KeyFigure = ("", "", "", "")
_NAMED = (
    ("Årets resultat", checks.result),
    ("Eget kapital", checks.own_equity),
    ("Likvida medel", checks.cash),
)


def _four(found: Sequence[KeyFigure]) -> list[KeyFigure]:
    return [*found, *[_NOTHING] * _FIGURES][:_FIGURES]


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
    """How the year came out, and what equity is."""
    unit = _unit(annual)
    result, own = (_in(unit, read(annual, annual.year)) for _, read in _NAMED[:2])
    if result.unit != unit or own.unit not in ("", unit):
        return ""
    return answers.year_in_all(result.amount, own.amount, unit, say.decimals(unit))


def activity_answer(annual: Annual) -> str:
    """How many left, and how it went for them."""

    def number(*names: str) -> Amount:
        row = counted(annual.participants, *names)
        figure = row.figures.get("all") if row is not None else None
        return None if figure is None or figure.is_percent else figure.value

    exits = number("exits")
    if exits is None:
        parts = [number(name) for name in ("positive", "health", "other")]
        exits = None if None in parts else total(parts)
    return answers.people(exits, number("positive"), number("work"))


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
            told.append((f"{label} {year}, {one.unit}", shown, against, ""))
    told[2:2] = _solidity(annual)
    stated = found(annual.balanskrav, rows.BALANSKRAV, year)
    if stated.amount is not None:
        label = f"Balanskravsresultat {year}, {stated.unit}"
        told.append((label, say.shown(stated.amount), "", ""))
    told += _against_budget(annual)
    return _four(told)


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


def _against_budget(annual: Annual) -> list[KeyFigure]:
    """How the result came out against budget."""
    for one in (annual.operations, annual.outcome):
        for quantity in (rows.YEARS_RESULT, rows.OPERATING_RESULT):
            outcome = found(one, quantity, annual.year)
            budget = None if one is None or outcome.row is None else _budget(one, annual.year)
            if one is None or outcome.row is None or budget is None:
                continue
            row = one.budget.rows[outcome.row]
            gap = deviation(outcome.amount, row.amounts[budget], SIGNED, is_income=True)
            if gap is not None:
                words = say.judged(gap, "bättre än budget", "sämre än budget", "som budget")
                label = f"{row.label.capitalize()} mot budget, {outcome.unit}"
                return [(label, say.with_sign(gap), *words)]
    return []


def _budget(one: Statement, year: int) -> int | None:
    """The only column with a year's budget."""
    found_ones = [
        index
        for index, column in enumerate(one.budget.columns)
        if column.scenario == "budget" and str(column.period) == str(year)
    ]
    return found_ones[0] if len(found_ones) == 1 else None


def activity_figures(annual: Annual) -> list[KeyFigure]:
    """Participants, positive solutions, work and the index; what is not known is left out."""
    table, year = annual.participants, annual.year
    found = [
        *_participants(table, year),
        *_share(table, "Till positiv lösning", "alla avslut", "positive"),
        *_share(table, "Till arbete", "positiva lösningar", "work"),
        *_index(annual),
        *_share(table, "Till studier", "positiva lösningar", "studies"),
        *_referred(annual),
        *_answers(annual),
    ]
    return _four(found)


def _participants(table: Counts | None, year: int) -> list[KeyFigure]:
    row, new = counted(table, "participants"), counted(table, "new")
    if row is None or "all" not in row.figures:
        return []
    told = []
    if new is not None and "all" in new.figures:
        told.append(f"varav {swedish(new.figures['all'].value)} nya")
        before = new.figures.get(f"all@{year - 1}")
        told += [f"{year - 1}: {swedish(before.value)} nya"] if before else []
    return [(f"Deltagare {year}", swedish(row.figures["all"].value), ", ".join(told), "")]


def _share(table: Counts | None, label: str, base: str, name: str) -> list[KeyFigure]:
    row = counted(table, name)
    one = row.figures.get("percent") if row is not None else None
    if row is None or one is None:
        return []
    number = row.figures.get("all")
    told = f"{swedish(number.value)} personer, " if number is not None else ""
    before = next((f for k, f in row.figures.items() if k.startswith("percent@")), None)
    after = ""
    if before is not None:
        year = next(k for k in row.figures if k.startswith("percent@")).partition("@")[2]
        after = f"; {year}: {swedish(before.value, before.decimals, '%')}"
    return [(label, swedish(one.value, one.decimals, "%"), f"{told}av {base}{after}", "")]


def _index(annual: Annual) -> list[KeyFigure]:
    total = total_of(annual.units, "all")
    if total is None:
        return []
    value, rules = total.figures["all"].value, annual.rules
    word = str(colour(value, target=rules.target, near=rules.near))
    return [("Impactindex", swedish(value), f"{state(word)} målet {swedish(rules.target)}", word)]


def _referred(annual: Annual) -> list[KeyFigure]:
    total = total_of(annual.referrals, "referred")
    if total is None:
        return []
    share = total.figures.get("accepted_share")
    told = f"{swedish(share.value, share.decimals, '%')} fick ja" if share is not None else ""
    return [("Aktualiserade", swedish(total.figures["referred"].value), told, "")]


def _answers(annual: Annual) -> list[KeyFigure]:
    total = total_of(annual.responses, "participants")
    if total is None:
        return []
    one = total.figures["participants"]
    shown = swedish(one.value, one.decimals, "%")
    return [("Svarsfrekvens", shown, "deltagare vid avslut", "")]
