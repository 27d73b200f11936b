"""The functions for shares, fees, deviations, changes and forecasts, each as it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.calc import deviation, fees, forecast, helarsekvivalent, shares
from finsam_xl.errors import InputError
from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED, Known
from finsam_xl.money import Exact, as_written
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.registry.arguments import Percent
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import (
    DATE,
    Argument,
    CellFunction,
    Example,
    Kind,
    Takes,
    Zero,
    left_out,
)
from finsam_xl.registry.ranges import Block
from finsam_xl.words.parties import Party

Rows = list[list[Exact | None]]
Part = Exact | CellError | None


def part_of_whole(part: Exact | None, whole: Exact | None) -> Part:
    """0 as the whole is an error, a blank leaves the answer blank."""
    if part is not None and whole is not None and not whole:
        return CellError(ErrorKind.DIV0, "Hela är 0, så det finns ingen andel. Rätta det hela.")
    return shares.share(part, whole)


ANDEL = CellFunction(
    "FINSAM_ANDEL",
    "Delens andel av det hela, av ett.",
    (
        Argument("del", Kind.AMOUNT, "Delen."),
        Argument("hela", Kind.AMOUNT, "Det hela, i samma enhet."),
    ),
    part_of_whole,
    Example("=FINSAM_ANDEL(247; 319)", (247, 319), 247 / 319),
)


def member_fees(keys: Block, pot: Known | None, rounding: str | None) -> Rows | CellError:
    """A fee for every key, in the keys' rows and columns."""
    if not keys.is_line:
        raise InputError("Nyckeln ska stå i en rad eller en kolumn.")
    if pot is None:
        return _rows(keys, [None] * len(keys.cells))
    how = rounding or fees.Rounding.LARGEST_REMAINDER
    if how == fees.Rounding.LARGEST_REMAINDER and pot.denominator != 1:
        raise InputError(
            f"Potten {as_written(pot)} är inte hela enheter, så hela avgifter kan inte bli den.",
            remedy="Räkna i kronor, skriv vad de betalar tillsammans, eller välj ”var för sig”.",
        )
    return _rows(keys, fees.whole_fees(_of_one_scale(keys.cells), pot, how))


def _rows(shape: Block, cells: Sequence[Exact | None]) -> Rows:
    return [list(row) for row in shape.shaped(cells)]


def _of_one_scale(keys: Sequence[Known | Percent | None]) -> list[Known | None]:
    """The keys as numbers of one scale: per cent and other numbers are not added up."""
    percents = [key for key in keys if isinstance(key, Percent)]
    parts = [key for key in keys if key is not None and not isinstance(key, Percent)]
    if percents and any(part >= 1 for part in parts):
        raise _two_scales()
    small = [part for part in parts if 0 < part < 1]
    if small and len(small) < len(parts) and not percents:
        # 0,82 and 18 are a hundred per cent in two scales; 0,82 of 100 is one small key.
        large = sum((Fraction(part) for part in parts if part >= 1), Fraction(0))
        if sum(small, large / 100) == 1:
            raise _two_scales()
    return [key.value / 100 if isinstance(key, Percent) else key for key in keys]


def _two_scales() -> InputError:
    return InputError(
        "Nyckeln blandar procent och andra tal.",
        remedy="Skriv alla i procent, eller alla som tal.",
    )


AVGIFT = CellFunction(
    "FINSAM_AVGIFT",
    "Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten.",
    (
        Argument(
            "nyckel",
            Kind.KEY,
            "Alla medlemmars nyckel: invånare, procent eller belopp.",
            takes=Takes.WHOLE,
        ),
        Argument(
            "pott", Kind.AMOUNT, "Det som ska fördelas, i avgifternas enhet.", takes=Takes.ONE
        ),
        left_out(
            "avrundning",
            Kind.CHOICE,
            "största rest ger exakt potten; var för sig rundar varje avgift för sig.",
            "största rest",
            takes=Takes.ONE,
            choices={
                "största rest": fees.Rounding.LARGEST_REMAINDER.value,
                "var för sig": fees.Rounding.HALF_UP.value,
                **{rounding.value: rounding.value for rounding in fees.Rounding},
            },
        ),
    ),
    member_fees,
    Example(
        '=FINSAM_AVGIFT(B2:B7; 2845000; "var för sig")',
        ([[82.93], [5.13], [3.98], [3.74], [2.93], [1.29]], 2845000, "var för sig"),
        ((2359359,), (145949,), (113231,), (106403,), (83359,), (36701,)),
    ),
    blank="Potten är tom.",
)


def financed(pot: Exact | None, party: str | None, day: date) -> Part:
    """A party's part of the pot by the rules of a day."""
    if party is None:
        raise InputError("Part saknas.", remedy="Skriv stat, region eller kommuner.")
    return None if pot is None else fees.financing(pot, party, policy.membership_fees(day))


FINANSIERING = CellFunction(
    "FINSAM_FINANSIERING",
    "Statens, regionens eller kommunernas del av avgifterna, oavrundad.",
    (
        Argument("pott", Kind.AMOUNT, "Alla avgifter tillsammans."),
        Argument(
            "part",
            Kind.CHOICE,
            "stat, region eller kommuner.",
            choices={
                "stat": Party.STATE.value,
                "staten": Party.STATE.value,
                "Försäkringskassan": Party.STATE.value,
                "region": Party.REGION.value,
                "regionen": Party.REGION.value,
                "kommuner": Party.MUNICIPALITIES.value,
                "kommunerna": Party.MUNICIPALITIES.value,
                "kommun": Party.MUNICIPALITIES.value,
            },
        ),
        DATE,
    ),
    financed,
    Example('=FINSAM_FINANSIERING(11450; "kommuner")', (11450, "kommuner"), 2862.5),
)

COST, INCOME, WITH_SIGN = "cost", "income", "signed"


def deviates(outcome: Exact | None, budget: Exact | None, kind: str | None) -> Part:
    """Favourable is positive; what kind of row it is, is told or shown by the signs."""
    if outcome is None or budget is None:
        return None
    sign = SIGNED if kind == WITH_SIGN else POSITIVE_COSTS
    if kind is None:
        seen = deviation.sign_of(outcome, budget)
        if seen is None:
            raise InputError(
                "Utfall och budget har olika tecken, så det syns inte vad raden är.",
                remedy="Skriv slag: kostnad, intäkt, resultat eller med tecken.",
            )
        sign = seen
    return deviation.deviation(outcome, budget, sign, kind == INCOME)


def deviates_percent(outcome: Exact | None, budget: Exact | None, kind: str | None) -> Part:
    """The same in per cent of the budget's size."""
    if outcome is None or not budget:
        return None
    more = deviates(outcome, budget, kind)
    return more if isinstance(more, CellError) else deviation.deviation_percent(more, budget)


_OUTCOME = Argument("utfall", Kind.AMOUNT, "Utfallet, i samma enhet som budgeten.")
_BUDGET = Argument(
    "budget", Kind.AMOUNT, "Budgeten; tom betyder inte budgeterad.", zero=Zero.UNSURE
)
_ROW_KIND = left_out(
    "slag",
    Kind.CHOICE,
    "kostnad, intäkt eller resultat i tabeller med positiva kostnader; med tecken i andra.",
    "kostnad, men två negativa belopp är med tecken",
    choices={
        "kostnad": COST,
        "kostnader": COST,
        "intäkt": INCOME,
        "intäkter": INCOME,
        "resultat": INCOME,
        "med tecken": WITH_SIGN,
    },
)
AVVIKELSE = CellFunction(
    "FINSAM_AVVIKELSE",
    "Avvikelse mot budget; positiv är gynnsam.",
    (_OUTCOME, _BUDGET, _ROW_KIND),
    deviates,
    Example("=FINSAM_AVVIKELSE(12610; 14040)", (12610, 14040), 1430),
    blank="Utfall eller budget är tomt, och tomt är inte noll.",
)
AVVIKELSE_PROCENT = CellFunction(
    "FINSAM_AVVIKELSE_PROCENT",
    "Avvikelse i procent av budgetens storlek; positiv är gynnsam.",
    (_OUTCOME, _BUDGET, _ROW_KIND),
    deviates_percent,
    Example(
        '=FINSAM_AVVIKELSE_PROCENT(11577; 11540; "intäkt")',
        (11577, 11540, "intäkt"),
        100 * 37 / 11540,
    ),
    blank="Utfall eller budget är tomt, eller budgeten är 0: då finns ingen procent.",
)


def changed(now: Exact | None, before: Exact | None) -> Part:
    """A part of what was before; from nothing there is no change to tell."""
    if now is None or before is None:
        return None
    if not before:
        return CellError(ErrorKind.DIV0, "Före är 0, så förändringen går inte att räkna.")
    if before < 0:
        raise InputError(
            "Före är negativt, så det syns inte vad som är en ökning.",
            remedy="Skriv båda som storlekar utan minus.",
        )
    return helarsekvivalent.change(now, before)


FORANDRING = CellFunction(
    "FINSAM_FORANDRING",
    "Förändringen från före till nu, som del av före: en minskning är negativ.",
    (
        Argument("nu", Kind.AMOUNT, "Årets värde, till exempel andelen helårsekvivalenter."),
        Argument("fore", Kind.AMOUNT, "Förra årets värde, i samma enhet.", zero=Zero.UNSURE),
    ),
    changed,
    Example("=FINSAM_FORANDRING(99; 100)", (99, 100), -0.01),
)


def forecast_year(
    outcome: Exact | None,
    months: Exact | None,
    budget: Exact | None,
    method: str | None,
    last_year_period: Exact | None,
    last_year: Exact | None,
) -> Part:
    """The whole year by the method's name."""
    if method == "last_year_pattern":
        return forecast.last_year_pattern(outcome, last_year_period, last_year)
    if months is not None and months != int(months):
        raise InputError(
            "Antalet månader är inget heltal.", remedy=f"Skriv ett heltal 1–{MONTHS_PER_YEAR}."
        )
    whole = None if months is None else int(months)
    if method == "remaining_budget":
        return forecast.remaining_budget(outcome, budget, whole)
    return forecast.straight_line(outcome, whole)


PROGNOS = CellFunction(
    "FINSAM_PROGNOS",
    "Helårsprognos med en namngiven metod.",
    (
        Argument("utfall", Kind.AMOUNT, "Utfallet hittills."),
        Argument("månader", Kind.COUNT, "Hur många månader utfallet gäller, 1–12."),
        _BUDGET._replace(
            optional=True, help="Årets budget; används av metoden återstående budget."
        ),
        left_out(
            "metod",
            Kind.CHOICE,
            "rak, återstående budget eller förra årets mönster.",
            "rak",
            choices={
                "rak": "straight_line",
                "rak framskrivning": "straight_line",
                "återstående budget": "remaining_budget",
                "förra årets mönster": "last_year_pattern",
            },
        ),
        Argument(
            "fjol_perioden",
            Kind.AMOUNT,
            "Förra årets utfall samma månader; för förra årets mönster.",
            optional=True,
        ),
        Argument(
            "fjol_året",
            Kind.AMOUNT,
            "Förra årets utfall hela året; för förra årets mönster.",
            optional=True,
        ),
    ),
    forecast_year,
    Example(
        '=FINSAM_PROGNOS(800; 8; 1500; "återstående budget")',
        (800, 8, 1500, "återstående budget"),
        1300,
    ),
    blank="Ett värde som metoden behöver är tomt eller saknas.",
)

ECONOMY = (ANDEL, AVGIFT, FINANSIERING, AVVIKELSE, AVVIKELSE_PROCENT, FORANDRING, PROGNOS)
"""In the order people look for them."""
