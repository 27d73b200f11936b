"""How the annual report 2021 of Umeåregionen prints its statements and what explains them."""

from __future__ import annotations

from collections.abc import Mapping

from ledger import Column, Table
from styles import PERCENT

KRONOR = "Belopp i kr"
THOUSANDS = "Belopp i tkr"

_REPORT = "umea-annual-2021__"
_CLOSING = (Column("2021-12-31", "2021-12-31"), Column("2020-12-31", "2020-12-31"))
_YEARS = (Column(2021, "2021"), Column(2020, "2020"))
_NOTE = Column("Not", "code", summed=False, look="centre", number_format="", width=8)
_CAPITAL = "Eget kapital, avsättningar och skulder"
_CAPITAL_HEADING = "EGET KAPITAL, AVSÄTTNINGAR OCH SKULDER"

RESULT = Table(
    f"{_REPORT}resultatrakning",
    (
        _NOTE,
        Column("2021-01-01 - 2021-12-31", "2021-01-01 - 2021-12-31", width=14),
        Column("2020-01-01 - 2020-12-31", "2020-01-01 - 2020-12-31", width=14),
    ),
    heading=KRONOR,
    sections={"Resultaträkning": ()},
    totals={
        "Verksamhetens resultat": (
            "Medlemsavgifter",
            "EU-medel och andra bidrag - HFE",
            "Övriga verksamhetsintäkter",
            "Verksamhetens kostnader",
            "Avskrivningar",
        ),
        "Resultat efter finansiella poster": (
            "Verksamhetens resultat",
            "Finansiella intäkter",
            "Finansiella kostnader",
        ),
        "Årets resultat": ("Resultat efter finansiella poster", "Extraordinära poster"),
    },
)

BALANCE = Table(
    f"{_REPORT}balansrakning",
    (_NOTE, *_CLOSING),
    heading=KRONOR,
    sections={
        "Tillgångar": ("TILLGÅNGAR",),
        "Tillgångar / Omsättningstillgångar": ("TILLGÅNGAR", "Omsättningstillgångar"),
        f"{_CAPITAL} / Eget kapital": (_CAPITAL_HEADING, "Eget kapital"),
        f"{_CAPITAL} / Avsättningar": (_CAPITAL_HEADING,),
        f"{_CAPITAL} / Skulder": (_CAPITAL_HEADING, "Skulder"),
        _CAPITAL: (_CAPITAL_HEADING,),
        "Panter och ansvarsförbindelser": ("PANTER OCH ANSVARSFÖRBINDELSER",),
    },
    totals={
        "SUMMA TILLGÅNGAR": ("Anläggningstillgångar", "Summa omsättningstillgångar"),
        f"SUMMA {_CAPITAL_HEADING}": ("Summa eget kapital", "Avsättningar", "Summa skulder"),
    },
)

CASH_FLOW = Table(
    f"{_REPORT}kassaflodesanalys",
    _CLOSING,
    heading=KRONOR,
    sections={"Årets kassaflöde": ()},
    totals={
        "Medel från verksamheten före förändring av rörelsekapital": (
            "verksamheten: Årets resultat",
            "Justering för ej likviditetspåverkande poster",
        ),
        "Kassaflöde för den löpande verksamheten": (
            "Ökning (-) / minskning (+) Kortfristiga fordringar",
            "Ökning (+) / minskning (-) Kortfristiga skulder",
        ),
        "Årets kassaflöde": (
            "Medel från verksamheten före förändring av rörelsekapital",
            "Kassaflöde för den löpande verksamheten",
        ),
    },
)

REQUIREMENT = Table(
    f"{_REPORT}balanskravsresultat",
    (Column("2021-12-31", "2021-12-31"),),
    heading=KRONOR,
    sections={"Balanskravsresultat": ()},
    totals={
        "Årets resultat enligt balanskravsjusteringar": (
            "Årets resultat enligt resultaträkningen",
            "Justering realisationsvinster/förluster",
        ),
        "Balanskravsresultat": (
            "Årets resultat enligt balanskravsjusteringar",
            "Justering resultatutjämningsreserv",
        ),
    },
)

FIVE_YEARS = Table(
    f"{_REPORT}femarsoversikt",
    tuple(Column(year, str(year), summed=False) for year in range(2021, 2016, -1)),
    heading=THOUSANDS,
    sections={"Översikt över verksamhetens utveckling": ()},
    totals={"Årets resultat": ()},
)

CEILING = Table(
    f"{_REPORT}nr-tak",
    (Column(2021, "2021", summed=False),),
    sections={"Nationella rådets rekommendation om eget kapital": ()},
    totals={"Eget kapital på maximalt (tkr)": ()},
)

_DEVIATIONS = "Not 5. Jämförelsestörande poster: verksamhetens kostnader minskar p.g.a."

NOTES: Mapping[str, Table] = {
    "Not 3. Verksamhetens kostnader": Table(
        f"{_REPORT}not-3-verksamhetens-kostnader",
        _YEARS,
        heading=KRONOR,
        sections={"Not 3. Verksamhetens kostnader": ()},
    ),
    "Not 4. Räkenskapsrevision": Table(
        f"{_REPORT}not-4-rakenskapsrevision",
        _YEARS,
        heading=KRONOR,
        sections={"Not 4. Räkenskapsrevision": ()},
    ),
    "Not 5. Jämförelsestörande poster": Table(
        f"{_REPORT}not-5-jamforelsestorande-poster",
        _YEARS,
        heading=KRONOR,
        sections={_DEVIATIONS: ("Verksamhetens kostnader minskar p.g.a.",)},
    ),
    "Not 6. Fordringar": Table(
        f"{_REPORT}not-6-fordringar",
        _CLOSING,
        heading=KRONOR,
        sections={"Not 6. Fordringar": ()},
    ),
    "Not 7. Årets resultat": Table(
        f"{_REPORT}not-7-arets-resultat",
        _CLOSING,
        heading=KRONOR,
        sections={"Not 7. Årets resultat": ()},
    ),
    "Not 8. Kortfristiga skulder": Table(
        f"{_REPORT}not-8-kortfristiga-skulder",
        _CLOSING,
        heading=KRONOR,
        sections={"Not 8. Kortfristiga skulder": ()},
    ),
}

COST_SPLIT = Table(
    f"{_REPORT}kostnadsfordelning",
    (
        Column("Belopp i tkr", "Belopp 2021"),
        Column("Procent", "Procent 2021", number_format=PERCENT),
    ),
    heading="Kostnadsindelning",
    sections={"Ordinarie verksamhet (SAMO)": ("Ordinarie verksamhet",)},
)
