"""How the annual report 2021 of Umeåregionen prints its tables, and what its fees were."""

from __future__ import annotations

from collections.abc import Mapping

from ledger import Column, Table

OUTCOME_2021 = Table(
    "umea-annual-2021__bilaga-2-utfall-budget",
    (
        Column("Utfall 2021", "Utfall 2021"),
        Column("Budget 2021", "Budget 2021"),
        Column("Avvikelse utfall-budget", "Avvikelse utfall-budget", summed=False, width=15),
    ),
    sections={"Totalt": ()},
    totals={
        "Totala kostnader SAMO": (
            "Kansli, styrelse och administrativa kostnader SAMO: Summa",
            "Verksamhetsnära kostnader SAMO: Summa",
            "Insatser SAMO: Summa",
        ),
        "Totala kostnader HFE*": ("ESF-projekt Hälsofrämjande etablering*: Summa",),
        "Resultat SAMO": ("Intäkter SAMO: Summa", "Totala kostnader SAMO"),
        "Resultat HFE": ("EU-bidrag", "Totala kostnader HFE*"),
        "VERKSAMHETENS RESULTAT": ("Resultat SAMO", "Resultat HFE"),
    },
    grey_blanks=True,
)

OPERATIONS_2021 = Table(
    "umea-annual-2021__driftsredovisning",
    (*OUTCOME_2021.columns, Column("Utfall 2020", "Utfall 2020")),
    sections={"Driftsredovisning": ()},
    totals={
        "Verksamhetens intäkter": ("Bidrag/intäkt SAMO", "Bidrag/intäkt HFE*"),
        "Verksamhetens kostnader": ("Kostnader SAMO", "Kostnader HFE*"),
        "Verksamhetens resultat": ("Resultat SAMO", "Resultat HFE"),
    },
    grey_blanks=True,
)

FEES_NOTE_2021 = Table(
    "umea-annual-2021__not-2-medlemsavgifter",
    (Column(2021, "2021"), Column(2020, "2020")),
    sections={"Not 2. Medlemsavgifter": ()},
)

NET_BUDGET_NOTE = (
    "*För HFE är bara nettot budgeterat; gråmarkerade rutor är därför inte budgeterade."
)

# Not printed: these are the shares that give the printed fees of 2021.
KEYS_2021 = {
    "Umeå kommun": "82,93",
    "Vännäs kommun": "5,13",
    "Nordmalings kommun": "3,98",
    "Robertsfors kommun": "3,74",
    "Vindelns kommun": "2,93",
    "Bjurholms kommun": "1,29",
}
KEYS_2021_NOTE = "Nyckeln för 2021 är inte tryckt; den är härledd ur avgifterna i not 2."

# The running text of the annual report that is about money and organisation;
# what is about participants and goals stands in the workbook of the social budget.
_MONEY_SECTIONS = ("1.2.5", "1.4", "1.6.1", "1.7.1", "1.7.6")


def is_about_money(row: Mapping[str, str]) -> bool:
    """Tell whether a figure in the text of the annual report belongs to this workbook."""
    return row["unit"] == "tkr" or row["section"] in _MONEY_SECTIONS
