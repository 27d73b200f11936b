"""What figures in the running text are of: the cell they stand in, or how they are counted out.

By the document's own number of a figure; a value is what the formula comes to in the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Source(NamedTuple):
    """A formula over the tables of the workbook, and its value."""

    formula: str
    value: float


_EXITS = "Deltagare!E5+Deltagare!E11+Deltagare!E12"
_WOMEN = "Deltagare!C5+Deltagare!C11+Deltagare!C12"
_REFERRED = "'Aktualiserande parter'!B6"
SOURCES: Mapping[str, Source] = {
    "A21-01": Source("Resultaträkning!C9", -11849182),
    "A21-04": Source("Balansräkning!C17", 1799593),
    "A21-05": Source("Balanskravsresultat!B6", -209941),
    "A21-06": Source("'Utfall 2021'!C51", -1146),
    "A21-07": Source("Balansräkning!D17", 2009533),
    "A21-11": Source(f"{_EXITS}", 319),
    "A21-12": Source(f"{_WOMEN}", 155),
    "A21-13": Source("Deltagare!D5+Deltagare!D11+Deltagare!D12", 164),
    "A21-14": Source("Deltagare!E5", 247),
    "A21-15": Source(f"Deltagare!E5/({_EXITS})", 0.774294670846395),
    "A21-17": Source("Deltagare!E6/Deltagare!E5", 0.3117408906882591),
    "A21-19": Source("Deltagare!E8/Deltagare!E5", 0.23076923076923078),
    "A21-21": Source(f"Deltagare!E11/({_EXITS})", 0.15987460815047022),
    "A21-22": Source(f"Deltagare!E12/({_EXITS})", 0.06583072100313479),
    "A21-23": Source("Resultaträkning!C6", 11380000),
    "A21-25": Source("Resultaträkning!C8", 124308),
    "A21-27": Source("Balansräkning!C17", 1799593),
    "A21-28": Source("B72", 5),
    "A21-29": Source("B71", 9),
    "A21-34": Source("Deltagare!E4", 187),
    "A21-36": Source("COUNTA(Impactindex!A5:A9)", 5),
    "A21-37": Source("Impactindex!B10", 21),
    "A21-38": Source("Impactindex!C10", 69),
    "A21-39": Source("Impactindex!D10", 177),
    "A21-41": Source(f"({_EXITS})/Deltagare!E3", 0.40533672172808133),
    "A21-54": Source("Balanskravsresultat!B6", -209941),
    "A21-57": Source("Deltagare!E4", 187),
    "A21-58": Source("Deltagare!C4/Deltagare!E4", 0.49732620320855614),
    "A21-59": Source(f"{_EXITS}", 319),
    "A21-60": Source(f"({_WOMEN})/({_EXITS})", 0.48589341692789967),
    "A21-61": Source("Deltagare!E13", 466),
    "A21-65": Source("SUM('Aktualiserande parter'!B9:B14)", 83),
    "A21-66": Source(f"SUM('Aktualiserande parter'!B9:B14)/{_REFERRED}", 0.3458333333333333),
    "A21-67": Source("SUM('Aktualiserande parter'!D9:D14)", 63),
    "A21-68": Source("'Aktualiserande parter'!B15", 65),
    "A21-69": Source(f"'Aktualiserande parter'!B15/{_REFERRED}", 0.2708333333333333),
    "A21-70": Source("'Aktualiserande parter'!D15", 50),
    "A21-71": Source("Deltagare!E11", 51),
    "A21-72": Source("MIN(Deltagare!J17:J23)", 0.04),
    "A21-73": Source("MAX(Deltagare!J17:J23)", 0.25),
    "A21-84": Source("Impactindex!G19", 80),
    "A21-85": Source("Impactindex!G15", 82),
    "A21-86": Source("Impactindex!G14", 66),
    "A21-87": Source("100*Impactindex!E28/Impactindex!D28", 59.880239520958085),
    "A21-88": Source("Impactindex!G24", 36),
    "A21-89": Source("Impactindex!G27", 57),
    "A21-90": Source("Impactindex!G26", 67),
    "A21-91": Source("Impactindex!G37", 62),
    "A21-92": Source("Impactindex!G46", 79),
    "A21-93": Source("Impactindex!G42", 84),
    "A21-94": Source("Impactindex!G55", 69),
    "A21-95": Source("Impactindex!G51", 61),
    "A21-96": Source("Deltagare!E22", 0.33),
    "A21-97": Source("Deltagare!H22", 0.33),
    "A21-98": Source("Deltagare!D22", 0.85),
    "A21-99": Source("Impactindex!G64", 70),
    "A21-100": Source("Deltagare!H17", 0.36),
    "A21-101": Source("Deltagare!E17", 0.3),
    "A21-102": Source("Impactindex!G73", 62),
    "A21-103": Source("Deltagare!E18", 0.36),
    "A21-104": Source("Deltagare!H18", 0.21),
    "A21-105": Source("Deltagare!D20", 0.58),
    "A21-108": Source("Impactindex!G10", 64),
    "A21-110": Source("Impactindex!G5", 41),
    "A21-111": Source("Impactindex!G6", 80),
    "A21-112": Source("Impactindex!G16", 100),
    "A21-113": Source("Impactindex!G18", 100),
    "A21-114": Source("Impactindex!G23", 66),
    "A21-115": Source("Impactindex!G25", 85),
    "A21-116": Source("Deltagare!D21", 0.7),
    "A21-117": Source("Impactindex!G32", 48),
    "A21-118": Source("Impactindex!G33", 59),
    "A21-119": Source("Impactindex!G34", 58),
    "A21-120": Source("Impactindex!G35", 72),
    "A21-121": Source("Impactindex!G36", 100),
    "A21-122": Source("Impactindex!G43", 100),
    "A21-123": Source("Deltagare!D19", 0.76),
    "A21-124": Source("Deltagare!E19", 0.4),
    "A21-125": Source("Impactindex!G50", 66),
    "A21-126": Source("Impactindex!G59", 52),
    "A21-127": Source("Impactindex!G60", 86),
    "A21-128": Source("Impactindex!G62", 67),
    "A21-129": Source("Deltagare!D17", 0.84),
    "A21-130": Source("Impactindex!G68", 34),
    "A21-131": Source("Impactindex!G69", 70),
    "A21-132": Source("Deltagare!D18", 0.74),
    "T2-06": Source("'Budget 2019'!B47", 14040),
    "T2-07": Source("'Budget 2019'!B17", 11540),
    "T2-08": Source("'Budget 2019'!B48", -2501),
    "T2-09": Source("Femårsöversikt!E11", 2992),
    "T2-11": Source("'Budget 2019'!B53", 600),
    "T2-13": Source("'Budget 2019'!C53", 1959),
}
