"""The functions for deviations, changes and forecasts, each as it is offered."""

from __future__ import annotations

from finsam_xl.calc import deviation, forecast, helarsekvivalent
from finsam_xl.errors import InputError
from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED
from finsam_xl.money import Exact, Terms
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Zero, left_out
from finsam_xl.words.methods import Method, method_of

Part = Exact | Terms | CellError | None
COST, INCOME, WITH_SIGN = "cost", "income", "signed"
_SIGNS = {COST: POSITIVE_COSTS, INCOME: POSITIVE_COSTS, WITH_SIGN: SIGNED, None: None}


def deviates(outcome: Terms | None, budget: Terms | None, kind: str | None) -> Terms | None:
    """Favourable is positive; what kind of row it is, is told or shown by the signs."""
    if outcome is None or budget is None:
        return None
    found = deviation.terms(outcome, budget, _SIGNS[kind], kind == INCOME)
    if found is None:
        raise InputError(
            "Utfall och budget har olika tecken, så det syns inte vad raden är.",
            remedy="Skriv slag: kostnad, intäkt, resultat eller med tecken.",
        )
    return found


def deviates_percent(outcome: Terms | None, budget: Terms | None, kind: str | None) -> Terms | None:
    """The same in per cent of the budget's size."""
    if budget is None or not budget[0]:
        return None
    more = deviates(outcome, budget, kind)
    return None if more is None else deviation.percent_terms(more, budget)


_OUTCOME = Argument("utfall", Kind.AMOUNT, "Utfallet, i samma enhet som budgeten.", in_terms=True)
_BUDGET = Argument(
    "budget",
    Kind.AMOUNT,
    "Budgeten; tom betyder inte budgeterad.",
    zero=Zero.UNSURE,
    in_terms=True,
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


def changed(now: Terms | None, before: Terms | None) -> Part:
    """A part of what was before; from nothing there is no change to tell."""
    if now is None or before is None:
        return None
    if not before[0]:
        return CellError(ErrorKind.DIV0, "Före är 0, så förändringen går inte att räkna.")
    if before[0] < 0:
        raise InputError(
            "Före är negativt, så det syns inte vad som är en ökning.",
            remedy="Skriv båda som storlekar utan minus.",
        )
    return helarsekvivalent.change_terms(now, before)


FORANDRING = CellFunction(
    "FINSAM_FORANDRING",
    "Förändringen från före till nu, som del av före: en minskning är negativ.",
    (
        Argument(
            "nu",
            Kind.AMOUNT,
            "Årets värde, till exempel andelen helårsekvivalenter.",
            in_terms=True,
        ),
        Argument(
            "fore",
            Kind.AMOUNT,
            "Förra årets värde, i samma enhet.",
            zero=Zero.UNSURE,
            in_terms=True,
        ),
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
    if method == Method.LAST_YEAR_PATTERN:
        return forecast.last_year_pattern(outcome, last_year_period, last_year)
    if months is not None and months != int(months):
        raise InputError(
            "Antalet månader är inget heltal.", remedy=f"Skriv ett heltal 1–{MONTHS_PER_YEAR}."
        )
    whole = None if months is None else int(months)
    if method == Method.REMAINING_BUDGET:
        return forecast.remaining_budget(outcome, budget, whole)
    if outcome is None or whole is None:
        return None
    return forecast.straight_terms(outcome, whole)


_METHODS = ("rak", "rak framskrivning", "återstående budget", "förra årets mönster")
"""The methods that the function knows; it is told no budget of the months that have passed."""

PROGNOS = CellFunction(
    "FINSAM_PROGNOS",
    "Helårsprognos med en namngiven metod.",
    (
        Argument("utfall", Kind.AMOUNT, "Utfallet hittills."),
        Argument("månader", Kind.COUNT, "Hur många månader utfallet gäller, 1–12."),
        _BUDGET._replace(
            optional=True,
            help="Årets budget; används av metoden återstående budget.",
            in_terms=False,
        ),
        left_out(
            "metod",
            Kind.CHOICE,
            "rak, återstående budget eller förra årets mönster.",
            "rak",
            choices={name: str(method_of(name)) for name in _METHODS},
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

ECONOMY = (AVVIKELSE, AVVIKELSE_PROCENT, FORANDRING, PROGNOS)
"""In the order people look for them."""
