"""The functions offered in cells for shares, member fees, deviations and forecasts."""

from __future__ import annotations

from finsam_xl.calc import fees
from finsam_xl.registry.economy_calls import (
    COST,
    INCOME,
    WITH_SIGN,
    deviates,
    deviates_percent,
    financed,
    forecast_year,
    member_fees,
    part_of_whole,
)
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Takes, Zero, left_out
from finsam_xl.words.parties import Party

_PARTIES = {
    "stat": Party.STATE.value,
    "staten": Party.STATE.value,
    "Försäkringskassan": Party.STATE.value,
    "region": Party.REGION.value,
    "regionen": Party.REGION.value,
    "kommuner": Party.MUNICIPALITIES.value,
    "kommunerna": Party.MUNICIPALITIES.value,
    "kommun": Party.MUNICIPALITIES.value,
}
_ROUNDINGS = {
    "största rest": fees.Rounding.LARGEST_REMAINDER.value,
    "var för sig": fees.Rounding.HALF_UP.value,
    **{rounding.value: rounding.value for rounding in fees.Rounding},
}
_ROW_KINDS = {
    "kostnad": COST,
    "kostnader": COST,
    "intäkt": INCOME,
    "intäkter": INCOME,
    "resultat": INCOME,
    "med tecken": WITH_SIGN,
}
_METHODS = {
    "rak": "straight_line",
    "rak framskrivning": "straight_line",
    "återstående budget": "remaining_budget",
    "förra årets mönster": "last_year_pattern",
}
_OUTCOME = Argument("utfall", Kind.AMOUNT, "Utfallet, i samma enhet som budgeten.")
_BUDGET = Argument(
    "budget", Kind.AMOUNT, "Budgeten; tom betyder inte budgeterad.", zero=Zero.UNSURE
)
_ROW_KIND = left_out(
    "slag",
    Kind.CHOICE,
    "kostnad, intäkt eller resultat i tabeller med positiva kostnader; med tecken i andra.",
    "kostnad",
    choices=_ROW_KINDS,
)
_NO_DEVIATION = "Utfall eller budget är tomt, och tomt är inte noll."

BUDGET = (
    CellFunction(
        "FINSAM_ANDEL",
        "Delens andel av det hela, av ett.",
        (
            Argument("del", Kind.AMOUNT, "Delen."),
            Argument("hela", Kind.AMOUNT, "Det hela, i samma enhet."),
        ),
        part_of_whole,
        Example("=FINSAM_ANDEL(247; 319)", (247, 319), 247 / 319),
    ),
    CellFunction(
        "FINSAM_AVGIFT",
        "Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten.",
        (
            Argument(
                "nyckel",
                Kind.AMOUNT,
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
                choices=_ROUNDINGS,
            ),
        ),
        member_fees,
        Example(
            '=FINSAM_AVGIFT(B2:B7; 2845000; "var för sig")',
            ([[82.93], [5.13], [3.98], [3.74], [2.93], [1.29]], 2845000, "var för sig"),
            ((2359359,), (145949,), (113231,), (106403,), (83359,), (36701,)),
        ),
        blank="Potten är tom.",
    ),
    CellFunction(
        "FINSAM_FINANSIERING",
        "Statens, regionens eller kommunernas del av avgifterna, oavrundad.",
        (
            Argument("pott", Kind.AMOUNT, "Alla avgifter tillsammans."),
            Argument("part", Kind.CHOICE, "stat, region eller kommuner.", choices=_PARTIES),
        ),
        financed,
        Example('=FINSAM_FINANSIERING(11450; "kommuner")', (11450, "kommuner"), 2862.5),
        dated=True,
    ),
    CellFunction(
        "FINSAM_AVVIKELSE",
        "Avvikelse mot budget; positiv är gynnsam.",
        (_OUTCOME, _BUDGET, _ROW_KIND),
        deviates,
        Example("=FINSAM_AVVIKELSE(12610; 14040)", (12610, 14040), 1430),
        blank=_NO_DEVIATION,
    ),
    CellFunction(
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
    ),
    CellFunction(
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
                choices=_METHODS,
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
    ),
)
"""In the order people look for them."""
