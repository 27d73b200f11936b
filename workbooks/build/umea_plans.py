"""How the plans and the tertial report of Umeåregionen print their tables."""

from __future__ import annotations

from ledger import Column, Table
from styles import PERCENT

_SUBTOTALS = (
    "Kansli och styrelse: Summa kansli och styrelse",
    "Verksamhetsnära kostnader: Summa verksamhetsnära kostnader",
    "Verksamheter: Summa verksamheter",
)
_WITHOUT_HEADING = {"Resultat": (), "Eget kapital": ()}
_PERIODS = (
    Column("Utfall", "Utfall 2005-2016", "2005-2016"),
    Column("Prognos", "Prognos 2017", 2017),
    Column("Budget", "Budget 2018", 2018),
    Column("Budget", "Budget 2019", 2019),
    Column("Budget", "Budget 2020", 2020),
)

PLAN_2018 = Table(
    "umea-plan-2018-2020__budget",
    (*_PERIODS, Column("Summa", "Summa 2005-2019", "2005-2019")),
    sections={
        "Intäkter": ("Intäkter:",),
        "Verksamhetskostnader": ("Kostnader:", "Verksamhetskostnader"),
        "Verksamhetsnära kostnader": ("Kostnader:", "Verksamhetsnära kostnader"),
        "Kansli-/administrativa kostnader": ("Kostnader:", "Kansli-/administrativa kostnader"),
        "Kostnader": ("Kostnader:",),
        "Resultat": (),
    },
    totals={
        "Summa kostnader": (
            "S:a projektkostnader",
            "S:a projektnära kostnader",
            "S:a kansli/adm. kostnader",
        ),
        "Resultat före finansiella poster": ("Summa intäkter", "-Summa kostnader"),
        "Resultat efter finansiella poster": (
            "Resultat före finansiella poster",
            "Finansiella intäkter",
        ),
    },
    dashed=True,
    undashed=("Resultat",),
)

OPERATIONS_2018 = Table(
    "umea-plan-2018-2020__verksamhetsbudget-bilaga",
    (*_PERIODS, Column("Summa", "Summa 2005-2020", "2005-2020")),
    sections={"A": (), "B": (), "C. Nya verksamheter (ej beslutade)": (), "Total": ()},
    totals={
        "B. Befintliga verksamheter (B1+B2)": ("S:a B1", "S:a B2"),
        "Total verksamhetskostnad (A+B+C)": (
            "A. Avslutade verksamheter",
            "B. Befintliga verksamheter (B1+B2)",
            "C. Nya verksamheter (ej beslutade)",
        ),
    },
)

BUDGET_2019 = Table(
    "umea-plan-2020-2022__budget-2019",
    (Column("Budget", "Budget 2019", 2019), Column("Prognos", "Prognos 2019", 2019)),
    sections=_WITHOUT_HEADING,
    totals={
        "Summa kostnader": _SUBTOTALS,
        "Resultat före finansiella poster": ("Summa intäkter", "-Summa kostnader"),
        "Resultat efter finansiella poster": (
            "Resultat före finansiella poster",
            "Finansiella intäkter",
            "Finansiella kostnader",
        ),
        "Eget kapital vid årets utgång": (
            "Eget kapital vid årets ingång",
            "Resultat efter finansiella poster",
        ),
    },
    dashed=True,
    undashed=("Resultat", "Eget kapital"),
)

PLAN_2020 = Table(
    "umea-plan-2020-2022__budget-2020-2022",
    tuple(Column(year, str(year)) for year in (2020, 2021, 2022)),
    sections=_WITHOUT_HEADING,
    totals={
        "Summa kostnader": _SUBTOTALS,
        "Resultat": ("Summa intäkter", "-Summa kostnader"),
        "Eget kapital vid årets slut": ("Eget kapital vid årets början", "Resultat: Resultat"),
    },
    dashed=True,
    undashed=("Resultat", "Eget kapital"),
)

RESULT_2019_T2 = Table(
    "umea-tertial-2019-t2__resultatrapport",
    (
        Column("Budget 2019", "Budget 2019"),
        Column("Utfall t.o.m. T2", "Utfall t.o.m. T2", width=16),
        Column("Prognos 2019", "Prognos 2019"),
        Column("Avvikelse prognos-budget", width=17),
        Column("Avvikelse %", number_format=PERCENT),
        Column("Kommentar", look="indented", number_format="", width=32),
    ),
    sections={"Kostnader": ()},
    totals={
        "Kostnader totalt": (
            "Kansli och styrelse: Summa kansli och styrelse",
            "Verksamhetsnära kostnader: Summa kansli och styrelse",
            "Summa verksamheter",
        ),
    },
    dashed=True,
)

BALANCE_2019_T2 = Table(
    "umea-tertial-2019-t2__balansrapport",
    (Column("Per 19-08-31", "Per 19-08-31"),),
    sections={"Omsättningstillgångar": ("Tillgångar", "Omsättningstillgångar")},
    totals={
        "Summa tillgångar": ("Anläggningstillgångar", "Summa omsättningstillgångar"),
        "Summa eget kapital och skulder": ("Eget kapital", "Kortfristiga skulder"),
    },
)
