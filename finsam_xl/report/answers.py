"""The sentence that stands first in a report: what is to be known if nothing else is read.

>>> outlook(Result(-84, -235, 151), "")
'Prognosen är 151 bättre än budget: underskottet blir 84 i stället för 235.'
>>> worst([Worse("Nordmaling", 1900, 400, 1500)], "")
'▼ Nordmaling väntas kosta 1\\xa0500 mer än budget (1\\xa0900 mot 400).'
>>> outlook(Result(0, -5, 5), "", is_over=True)
'Utfallet är 5 bättre än budget: det blev ett resultat i balans i stället för ett underskott på 5.'
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.calc import shares
from finsam_xl.labels import capital, small
from finsam_xl.model_budget import Amount, Known, total
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined, shown, with_sign


class Result(NamedTuple):
    """A year's result: as expected or as it came out, as budgeted, and how much better it is."""

    amount: Amount
    budget: Amount
    better: Amount


def outlook(result: Result, unit: str, places: int = 0, *, is_over: bool = False) -> str:
    """How a year goes against budget; ``is_over``: the year has ended."""
    amount, budget = _rounded(result.amount, places), _rounded(result.budget, places)
    better = _rounded(result.better, places)
    blir = "blev" if is_over else "blir"
    if amount is None:
        return "Prognosen för årets resultat är inte känd." if not is_over else ""
    if budget is None or better is None:
        return f"{'Det' if is_over else 'Enligt prognosen'} {blir} {_state(amount, unit, places)}."
    what = "Utfallet" if is_over else "Prognosen"
    if not better:
        return f"{what} är som budget: det {blir} {_state(amount, unit, places)}."
    sense = "bättre" if better > 0 else "sämre"
    begins = f"{what} är {swedish(abs(better), places, unit)} {sense} än budget"
    if amount and budget and (amount < 0) is (budget < 0):
        name = "underskottet" if amount < 0 else "överskottet"
        instead = f"{swedish(abs(amount), places)} i stället för {swedish(abs(budget), places)}"
        return f"{begins}: {name} {blir} {instead}."
    here, there = _state(amount, "", places), _state(budget, "", places)
    return f"{begins}: det {blir} {here} i stället för {there}."


def _rounded(amount: Amount, places: int) -> Decimal | None:
    return None if amount is None else round_half_away(amount, places)


def _state(amount: Decimal, unit: str, places: int) -> str:
    """A result in words: a deficit of 844, a surplus of 20, or in balance."""
    if not amount:
        return "ett resultat i balans"
    name = "ett underskott" if amount < 0 else "ett överskott"
    return f"{name} på {swedish(abs(amount), places, unit)}"


def planned(results: Sequence[tuple[int, Amount]], unit: str, places: int = 0) -> str:
    """What the first and the last year of a plan come to, where nobody knows the equity."""
    known = [(year, amount) for year, amount in results if amount is not None]
    ends = dict([*known[:1], *known[-1:]])
    told = [
        f"{_state(round_half_away(amount, places), unit, places)} {year}"
        for year, amount in ends.items()
    ]
    said = f"Enligt planen blir det {joined(told)}. " if told else ""
    return f"{said}Eget kapital är inte känt."


class Worse(NamedTuple):
    """A line that is worse than its budget: what it comes to, its budget, and by how much."""

    name: str
    amount: Amount
    budget: Amount
    by: Amount
    is_income: bool = False


def worst(lines: Sequence[Worse], unit: str, places: int = 0, *, is_over: bool = False) -> str:
    """The line that is worst against its budget, and how many more are worse; '' for none.

    ``lines``: the worst first; ``is_over``: the year has ended.
    """
    if not lines:
        return ""
    line = lines[0]
    verb = ("ge", "gav") if line.is_income else ("kosta", "kostade")
    told = verb[1] if is_over else f"väntas {verb[0]}"
    by = swedish(line.by or 0, places, unit)
    against = f"{shown(line.amount, places)} mot {shown(line.budget, places)}"
    others = len(lines) - 1
    more = f"; {others} {'rad' if others == 1 else 'rader'} till är sämre" if others else ""
    sense = "mindre" if line.is_income else "mer"
    return f"▼ {line.name} {told} {by} {sense} än budget ({against}){more}."


class Ending(NamedTuple):
    """What a year of a plan ends with, and how far below its ceiling that is, as printed."""

    year: int
    equity: Amount
    room: Amount

    @property
    def is_over(self) -> bool:
        """Whether it ends above the ceiling."""
        return self.room is not None and self.room < 0


def equity(years: Sequence[Ending], unit: str, places: int = 0, *, lead: int = 0) -> str:
    """Where equity goes in a plan, against the ceiling; '' where no year's equity is known.

    ``lead``: the year that is told of first where it is above.
    """
    known = [one for one in years if one.equity is not None]
    if not known:
        return ""
    last = known[-1]
    ends = f"{last.year} slutar med {shown(last.equity, places)} {unit}".rstrip()
    below = [one for one in known if one.equity is not None and one.equity < 0]
    if below:
        return f"Eget kapital räcker inte {_years(below)}: {ends}."
    told = [one for one in known if one.room is not None]
    over = [one for one in told if one.is_over]
    if over:
        most = min(over, key=lambda one: (one.year != lead, one.room))
        by = f"{most.year} med {shown(-(most.room or 0), places)} {unit}".rstrip()
        first = by if most.year == lead or len(over) == 1 else f"mest {by}"
        is_more = last.is_over and last is not most
        more = f", {shown(-(last.room or 0), places)} över" if is_more else ""
        when = f" {_when(over, years)}," if len(over) > 1 else ""
        return f"Eget kapital är över taket enligt trappan{when} {first}; {ends}{more}."
    if not told:
        return f"Eget kapital: {ends}."
    rest = [one for one in years if one not in told]
    unknown = f"; taket {_years(rest)} är inte känt" if rest else ""
    return f"Eget kapital ryms under taket enligt trappan {_when(told, years)}{unknown}; {ends}."


def _when(some: Sequence[Ending], years: Sequence[Ending]) -> str:
    return "alla år" if len(some) == len(years) > 1 else _years(some)


def _years(years: Sequence[Ending]) -> str:
    return joined([str(one.year) for one in years])


def fees(
    parts: Sequence[tuple[str, Amount]], unit: str, over: Amount, year: int | None = None
) -> str:
    """Who pays what together, in a year if it is known; ``over``: how much more than the pool."""
    known = [(name, amount) for name, amount in parts if amount is not None]
    if len(known) != len(parts) or not parts:
        return ""
    total = sum((Fraction(amount) for _, amount in known), Fraction(0))
    said = joined([f"{name} {shown(amount)}" for name, amount in known])
    pay = f"År {year} betalar medlemmarna" if year else "Medlemmarna betalar"
    text = f"{pay} {swedish(total, 0, unit)}: {said}."
    gap = _rounded(over, 0)
    if gap:
        sense = "mer" if gap > 0 else "mindre"
        text += f" Det är {swedish(abs(gap), 0, unit)} {sense} än potten."
    return text


class Moved(NamedTuple):
    """Who pays, and by how much more than today."""

    name: str
    more: Known


_TOLD_TOO = 10
"""How many times larger the largest move may be than one the other way that is told as well."""


def fees_if(
    what: str, who: str, moved: Sequence[Moved], unit: str, places: int = 0, when: str = ""
) -> str:
    """What a change does to those who pay before and after: together, and whom it moves most.

    ``what`` changes, after "om"; ``who`` they are; ``when``: the year that is told of, where it is
    not at once.

    >>> fees_if("B går med", "övriga", [Moved("C", -84), Moved("D", -2)], "tkr")
    'Om B går med betalar övriga tillsammans 86\\xa0tkr mindre; mest sjunker C, med 84\\xa0tkr.'
    """
    year = f" {when}" if when else ""
    if len(moved) == 1:
        only = f"{_more(moved[0].more, unit, places) or 'lika mycket'} än i dag"
        only = only if moved[0].more else "lika mycket som i dag"
        return f"Om {what} betalar {moved[0].name}{year} {only}."
    together = _more(total([one.more for one in moved]) or 0, unit, places)
    amount = f"tillsammans {together}" if together else "tillsammans lika mycket som i dag"
    up, down = max(moved, key=lambda m: m.more), min(moved, key=lambda m: m.more)
    sizes: list[tuple[str, str, Known]] = [
        ("stiger", up.name, up.more),
        ("sjunker", down.name, -down.more),
    ]
    least = Fraction(max(up.more, -down.more), _TOLD_TOO)
    told = [
        f"mest {verb} {name}, med {swedish(size, places, unit)}"
        for verb, name, size in sizes
        if size >= least and _rounded(size, places)
    ]
    return f"Om {what} betalar {who}{year} {amount}{'; ' * bool(told)}{joined(told)}."


def _more(amount: Known, unit: str, places: int) -> str:
    """How much more or less, '' for the same."""
    size = round_half_away(max(amount, -amount), places)
    if not size:
        return ""
    return f"{swedish(size, places, unit)} {'mer' if amount > 0 else 'mindre'}"


def fees_if_one_left(
    paid: Known,
    year: int | None,
    left: Moved | None,
    most: Moved | None,
    unit: str,
    places: int = 0,
) -> str:
    """What the municipalities pay, and which of them would cost the others most by leaving.

    ``left``: that one and what the others then pay more; ``most``: whom of them it does most to.
    """
    pay = f"År {year} betalar kommunerna" if year else "Kommunerna betalar"
    told = f"{pay} {swedish(paid, places, unit)} tillsammans."
    if left is None or most is None:
        return told
    return (
        f"{told} Dyrast för de andra vore att {left.name} lämnar: de betalar då "
        f"{swedish(left.more, places, unit)} mer, varav {most.name} {swedish(most.more, places)}."
    )


def year_in_all(
    result: Amount, own: Amount, unit: str, places: int = 0, room: Amount = None
) -> str:
    """How a year came out and what there is left; '' where the result is not known.

    ``room``: how far below its ceiling equity is, negative above it.
    """
    amount = _rounded(result, places)
    if amount is None:
        return ""
    text = f"Året gav {_state(amount, unit, places)}"
    if own is not None:
        text += f", och eget kapital är {swedish(own, places, unit)} vid årets slut"
    if own is not None and room is not None:
        over = f"{swedish(max(room, -room), places)} över" if room < 0 else "under"
        text += f", {over} taket enligt trappan"
    return f"{text}."


def people(exits: Amount, positive: Amount, work: Amount) -> str:
    """How many left, and how it went for them; '' where that is not known."""
    if not exits or positive is None:
        return ""
    share = shares.share(positive, exits) or Fraction(0)
    went = f"{swedish(positive)} av dem ({swedish(100 * share, 0, '%')}) till en positiv lösning"
    went += f" och {swedish(work)} till arbete" if work is not None else ""
    return f"{swedish(exits)} avslutade, {went}."


def flow(new: Known, exits: Known, closing: Known, remaining: Amount) -> str:
    """How many came, left and are there at the end of the year, and whether that adds up."""
    text = (
        f"{swedish(new)} nya och {swedish(exits)} avslutade under året; {swedish(closing)} är kvar."
    )
    if remaining is None or remaining == closing:
        return text
    return f"{text} ▼ Det borde vara {swedish(remaining)}."


def index(value: Amount, target: Known, reached: tuple[int, int], worst: str) -> str:
    """The index against its target, how many of the units reach it, and where most is lost."""
    amount = _rounded(value, 0)
    if amount is None:
        return "Inget är mätt, så det finns inget index."
    wanted = round_half_away(target)
    if amount == wanted:
        text = f"Index är {amount}, precis målet"
    else:
        text = f"Index är {amount}, {'över' if amount > wanted else 'under'} målet {wanted}"
    count, units = reached
    if units:
        text += f"; {count} av {units} når det"
    return f"{text}. Mest förloras i {worst}." if worst else f"{text}."


class Needed(NamedTuple):
    """What would have been enough: so many points, and the cheapest way to them.

    ``points``: 0 where the target is reached, ``None`` where all points would not be enough;
    ``counted``: how many more or fewer of the ``named`` indicators, as in "5 personer till"; ''
    where that is not known, and then the names are those of fewest points. ``left_out``: how many
    rows have a fault, such as no weight, and do not count.
    """

    points: int | None
    counted: str = ""
    named: Sequence[str] = ()
    left_out: int = 0


_MOST_UNITS = 4
"""How many units a sentence names."""


def what_it_takes(
    value: Amount, target: Known, needed: Needed, units: Sequence[tuple[str, Amount]] = ()
) -> str:
    """What it takes to reach the target, or which ``units`` miss it where the whole does not.

    >>> what_it_takes(72, 70, Needed(0), [("Nordmaling", 60), ("Vindeln", 62), ("Vännäs", 79)])
    'Helheten når 70 (index är 72); Nordmaling (60) och Vindeln (62) når inte.'
    >>> what_it_takes(0, 70, Needed(4, "1 person till", ["1.1 Trygga"]))
    'Index är 0; till målet 70 saknas 4 poäng. Det hade räckt med 1 person till i 1.1 Trygga.'
    >>> what_it_takes(None, 70, Needed(None, left_out=1))
    'Inget index går att räkna: 1 rad har ett fel, till exempel ingen vikt. Kontrollera visar vad.'
    """
    amount = _rounded(value, 0)
    if amount is None:
        if needed.left_out:
            rows = "1 rad" if needed.left_out == 1 else f"{needed.left_out} rader"
            return (
                f"Inget index går att räkna: {rows} har ett fel, till exempel ingen vikt. "
                "Kontrollera visar vad."
            )
        return "Inget är mätt, så det går inte att säga vad som krävs."
    wanted = round_half_away(target)
    if amount >= wanted:
        return _reached(amount, wanted, units)
    if needed.points is None:
        return f"Index är {amount}; målet {wanted} går inte att nå."
    points = "1 poäng" if needed.points == 1 else f"{swedish(needed.points)} poäng"
    text = f"Index är {amount}; till målet {wanted} saknas {points}"
    if not needed.named:
        return f"{text}."
    if not needed.counted:
        return f"{text}. Det hade räckt att nå {joined(needed.named)}."
    return f"{text}. Det hade räckt med {needed.counted} i {joined(needed.named)}."


def _reached(amount: Decimal, wanted: Decimal, units: Sequence[tuple[str, Amount]]) -> str:
    """That the target is reached, and which units do not, the lowest first."""
    shown = [(index, name) for name, value in units if (index := _rounded(value, 0)) is not None]
    missing = [f"{name} ({index})" for index, name in sorted(shown) if index < wanted]
    if not missing:
        return f"Index är {amount} och når målet {wanted}."
    more = len(missing) - _MOST_UNITS
    told = joined([*missing[:_MOST_UNITS], f"{more} till"] if more > 0 else missing)
    return f"Helheten når {wanted} (index är {amount}); {told} når inte."


def index_changed(
    then: str, now: str, ends: tuple[Decimal, Decimal], parts: Sequence[tuple[str, Decimal]]
) -> str:
    """From where to where an index went, and what each cause gave, the largest first.

    ``ends`` and ``parts`` as they are shown, with one decimal.

    >>> parts = [("Utfall", Decimal("5.1")), ("Mål", Decimal(0)), ("Vikter", Decimal("-2.0"))]
    >>> index_changed("2020", "2021", (Decimal("61.3"), Decimal("64.4")), parts)
    'Index gick från 61,3 (2020) till 64,4 (2021), +3,1: utfall +5,1 och vikter −2,0.'
    """
    before, after = ends
    told = [
        f"{small(name)} {with_sign(Fraction(part), 1)}"
        for name, part in sorted(parts, key=lambda one: -abs(one[1]))
        if part
    ]
    begins = f"Index gick från {swedish(before, 1)} ({then}) till {swedish(after, 1)} ({now})"
    if before == after and not told:
        return f"Index är {swedish(after, 1)} både {then} och {now}."
    change = with_sign(Fraction(after - before), 1) if before != after else "±0"
    return f"{begins}, {change}: {joined(told)}."


_MOST_CAUSES = 3
"""How many steps of a changed result a sentence names."""


def result_changed(
    then: str,
    now: str,
    ends: tuple[Decimal, Decimal],
    steps: Sequence[tuple[str, Decimal]],
    unit: str,
    places: int = 0,
    *,
    is_planned: bool = False,
) -> str:
    """From where to where a result went, and the steps that did most of it.

    ``is_planned``: it goes so by a budget or plan, and has not come out so.

    >>> steps = [("Hyra", Decimal(-21)), ("Avgifter", Decimal(0))]
    >>> told = result_changed("Plan 2020", "Plan 2021", (Decimal(30), Decimal(9)), steps, "kr")
    >>> told.replace("\xa0", " ")
    'Resultatet gick från 30 (plan 2020) till 9 kr (plan 2021), −21: mest genom Hyra −21.'
    """
    before, after = ends
    begins = f"{swedish(before, places)} ({small(then)})"
    ends_as = f"{swedish(after, places, unit)} ({small(now)})"
    largest = sorted((one for one in steps if one[1]), key=lambda one: -abs(one[1]))[:_MOST_CAUSES]
    told = joined([f"{name} {with_sign(Fraction(part), places)}" for name, part in largest])
    if before == after and not largest:
        return f"Resultatet är {swedish(after, places, unit)} båda åren: inget har ändrats."
    moved = with_sign(Fraction(after - before), places) if before != after else "±0"
    most = f": mest genom {told}" if told else ""
    verb = "går" if is_planned else "gick"
    return f"Resultatet {verb} från {begins} till {ends_as}, {moved}{most}."


def control(errors: int, warnings: int, notes: int, first: str) -> str:
    """How much is wrong, and where to begin.

    >>> control(1, 2, 5, "Budget!B9")
    '1 fel och 2 varningar: börja med Budget!B9.'
    >>> control(0, 0, 1, "Budget!B9")
    'Inget fel och ingen varning, men 1 upplysning.'
    """
    found = [(errors, "fel", "fel"), (warnings, "varning", "varningar")]
    told = [f"{n} {one if n == 1 else many}" for n, one, many in found if n]
    if not told:
        few = "upplysning" if notes == 1 else "upplysningar"
        return f"Inget fel och ingen varning, men {notes} {few}."
    return f"{capital(joined(told))}: börja med {first}."


def goals(reached: int, missed: int, unknown: int, *, is_measured: bool = False) -> str:
    """How many goals are reached, and how many nobody has measured; '' where there are none.

    ``is_measured``: some of the unknown have outcomes, and are not judged for other reasons.

    >>> goals(7, 2, 2), goals(0, 0, 5)
    ('7 av 11 mål är nådda; 2 är inte mätta.', 'Inget av de 5 målen är mätt ännu.')
    >>> goals(1, 0, 0), goals(3, 1, 1)
    ('Målet är nått.', '3 av 5 mål är nådda; 1 är inte mätt.')
    >>> goals(3, 1, 2, is_measured=True)
    '3 av 6 mål är nådda; 2 är inte bedömda.'
    """
    total = reached + missed + unknown
    one = "bedömt" if is_measured else "mätt"
    several = "bedömda" if is_measured else "mätta"
    if not total:
        return ""
    if total == 1:
        return f"Målet är {'nått' if reached else 'inte nått' if missed else f'inte {one} ännu'}."
    if unknown == total:
        return f"Inget av de {total} målen är {one} ännu."
    if reached == total:
        return f"Alla {total} mål är nådda."
    text = f"{reached or 'Inget'} av {total} mål är {'nådda' if reached > 1 else 'nått'}"
    if not unknown:
        return f"{text}."
    return f"{text}; {unknown} är inte {one if unknown == 1 else several}."


def fell_enough(fell: int, known: int, municipalities: int) -> str:
    """In how many municipalities the share of helårsekvivalenter fell as it should.

    >>> fell_enough(2, 6, 6)
    'Andelen helårsekvivalenter minskade som den skulle i 2 av 6 kommuner.'
    >>> fell_enough(0, 1, 6)
    'Andelen helårsekvivalenter minskade som den skulle i 0 av 6 kommuner; för 5 är det inte känt.'
    """
    if not known:
        return ""
    count = f"{fell} av {municipalities} kommuner"
    left = municipalities - known
    unknown = f"; för {left} är det inte känt" if left else ""
    return f"Andelen helårsekvivalenter minskade som den skulle i {count}{unknown}."


def forecast_spread(
    year: int, ends: tuple[Known, Known], typed: Amount, unit: str, places: int = 0
) -> str:
    """Between what the result of a year may end by different methods, and what people have typed.

    >>> forecast_spread(2019, (-300, -84), -84, "tkr")
    'Resultatet 2019 blir mellan −300 och −84\\xa0tkr beroende på metod; den skrivna är −84.'
    """
    low, high = shown(ends[0], places), swedish(ends[1], places, unit)
    is_one = round_half_away(ends[0], places) == round_half_away(ends[1], places)
    told = f"{high} med alla metoder" if is_one else f"mellan {low} och {high} beroende på metod"
    own = "" if typed is None else f"; den skrivna är {shown(typed, places)}"
    return f"Resultatet {year} blir {told}{own}."


def equity_paths(courses: Sequence[tuple[str, Sequence[str]]], chosen: str = "") -> str:
    """When equity is above its ceiling, under it or below zero, by the names of each way.

    ``courses``: what happens, with the ways that it happens in, the one that holds first;
    ``chosen``: the alternative that people have chosen.

    >>> equity_paths([("under taket alla år", ["Låg", "Mellan"]), ("under noll 2029", ["Hög"])])
    'Eget kapital är under taket alla år enligt Låg och Mellan; under noll 2029 enligt Hög.'
    """
    if not courses:
        return ""
    told = [f"{course} enligt {joined(names)}" for course, names in courses]
    holds = f"Valt scenario är {chosen}. " if chosen else ""
    return f"{holds}Eget kapital är {'; '.join(told)}."
