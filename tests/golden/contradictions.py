"""Where the annual report of 2021 contradicts itself: what is printed, and what it comes to.

The document: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 3
(table 4 and its running text) and avsnitt 1.7.5. The printed figures are copied
here; the calculated ones follow from the table's own points. Tests hold both
numbers, so that neither can slip into the other's place.
"""

from __future__ import annotations

from typing import NamedTuple

BJURHOLM = "Samordningsteamet Bjurholm"
NORDMALING = "Samordningsteamet Nordmaling"
VANNAS = "Samordningsteamet Vännäs"
ASSOCIATION = "Samordningsförbundet Umeåregionen"
TABLE, REPAIRED, TEXT = "table", "repaired table", "text"


class Contradiction(NamedTuple):
    """A printed figure that the document's other figures contradict.

    ``where``: "table" – our CSV holds what is printed; "repaired table" – the CSV
    holds what it should be, the shipped workbook what is printed; "text" – the
    figure stands in the running text, and the CSV has the table's.
    """

    where: str
    unit: str
    area: str
    column: str
    printed: int
    calculated: int
    why: str


CONTRADICTIONS = (
    Contradiction(
        TABLE,
        BJURHOLM,
        "Samhälls- och medlemsnytta",
        "antal_indikatorer",
        5,
        7,
        "Every platform answers for the same seven indicators and has the same 58 points.",
    ),
    Contradiction(
        TABLE,
        BJURHOLM,
        "Totalt",
        "antal_indikatorer",
        62,
        64,
        "The sum follows from the 5 above; the six other platforms have 64.",
    ),
    Contradiction(
        REPAIRED,
        NORDMALING,
        "Totalt",
        "maluppfyllelse_pct",
        50,
        60,
        "100 of 167 points is 59.9 per cent, and the running text says 60.",
    ),
    Contradiction(
        REPAIRED,
        NORDMALING,
        "Totalt",
        "impactindex",
        50,
        60,
        "100 of 167 points is 59.9, and the running text says 60.",
    ),
    Contradiction(
        TEXT,
        VANNAS,
        "Jämlik samverkan",
        "impactindex",
        81,
        84,
        "The text says 81 (A21-93) where the table has 37 of 44 points, which is 84.",
    ),
    Contradiction(
        TEXT,
        ASSOCIATION,
        "Totalt",
        "max_impactvarde",
        176,
        177,
        "The text says 176 points in all (A21-39); the table's areas add up to 177.",
    ),
)
