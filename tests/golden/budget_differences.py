"""Where a printed figure of the shipped budget workbooks is not what its table adds up to.

The printed figures are those of the documents (``workbooks/build/data``), the calculated
ones follow from the other printed figures of the same table. Tests hold both numbers, so
that neither can slip into the other's place. Most are rounding: each shown figure is rounded
on its own, from kronor, and totals are not forced. Where the kronor are not printed, what is
said of them is what agrees with the figures that are. ``told`` says what a run makes of the
others: the cash flow really leaves out a line, and the overview the financial items.
"""

from __future__ import annotations

from typing import NamedTuple

ROUNDING, BREAK, WITHOUT_FINANCIAL = (
    "summa-avrundning",
    "summa-avviker",
    "resultat-utan-finansiella",
)


class Difference(NamedTuple):
    """A printed figure that the table's other printed figures do not give exactly.

    ``told``: the code of the finding, '' where none is made of it; ``table``: which of
    the tables of a sheet that has several.
    """

    sheet: str
    label: str
    column: str
    printed: int
    calculated: int
    why: str
    told: str = ROUNDING
    table: str = ""

    @property
    def place(self) -> str:
        """The table's name in ``EVERY``."""
        return self.table or self.sheet


DIFFERENCES = (
    Difference(
        "Budget 2019",
        "Resultat före finansiella poster",
        "2019 Budget",
        -2501,
        -2500,
        "11 540 − 14 040 is −2 500: the two sides are rounded one by one. A result of −2 500,5 "
        "prints as −2 501, half away from zero, and explains the closing equity below as well.",
    ),
    Difference(
        "Budget 2019",
        "Eget kapital vid årets utgång",
        "2019 Budget",
        600,
        599,
        "3 100 − 2 501 is 599: a result of −2 500,5 gives 599,5, which prints as 600.",
    ),
    Difference(
        "Plan 2020-2022",
        "Summa intäkter",
        "2022",
        11484,
        11483,
        "Nine lines, each rounded: they add up to 11 483. The years 2020 and 2021 agree exactly, "
        "and the result of 2022, 39, is 11 484 − 11 445, so the printed total is the one used.",
    ),
    Difference(
        "Utfall 2021",
        "Summa",
        "Utfall 2021",
        -2330,
        -2331,
        "Administration: eight outcomes rounded from the ledger's kronor add up to −2 331.",
    ),
    Difference(
        "Utfall 2021",
        "Summa",
        "Avvikelse utfall-budget",
        190,
        189,
        "Administration: the rounded deviations add up to 189; of the totals, −2 330 + 2 520 is "
        "190 as printed.",
    ),
    Difference(
        "Utfall 2021",
        "Summa",
        "Utfall 2021",
        -9218,
        -9217,
        "Insatser: ten outcomes rounded from the ledger's kronor add up to −9 217.",
    ),
    Difference(
        "Utfall 2021",
        "Summa",
        "Avvikelse utfall-budget",
        362,
        363,
        "Insatser: the rounded deviations add up to 363; of the totals, −9 218 + 9 580 is 362 as "
        "printed.",
    ),
    Difference(
        "Utfall 2021",
        "Summa",
        "Utfall 2021",
        -126,
        -127,
        "HFE: 91, 23 and 13 are rounded up more than down; their kronor come to 126.",
    ),
    Difference(
        "Utfall 2021",
        "Totala kostnader SAMO",
        "Utfall 2021",
        -11723,
        -11722,
        "−2 330 − 174 − 9 218 is −11 722; the driftredovisning prints −11 723 as well, from kronor.",
    ),
    Difference(
        "Utfall 2021",
        "Totala kostnader SAMO",
        "Avvikelse utfall-budget",
        862,
        863,
        "190 + 311 + 362 is 863; of the totals, −11 723 + 12 585 is 862 as printed.",
    ),
    Difference(
        "Utfall 2021",
        "Resultat SAMO",
        "Budget 2021",
        -1096,
        -1095,
        "11 490 − 12 585 is −1 095; budgeted in kronor, of which the two sides round towards each "
        "other. The driftredovisning prints −1 096 too.",
    ),
    Difference(
        "Utfall 2021",
        "Resultat SAMO",
        "Avvikelse utfall-budget",
        877,
        876,
        "14 + 862 is 876; of the results, −219 + 1 096 is 877 as printed.",
    ),
    Difference(
        "Driftredovisning",
        "Verksamhetens intäkter",
        "Utfall 2021",
        11646,
        11645,
        "11 504 + 141 is 11 645: both were rounded down from kronor that come to 11 646.",
    ),
    Difference(
        "Driftredovisning",
        "Verksamhetens intäkter",
        "Utfall 2020",
        13131,
        13132,
        "11 483 + 1 649 is 13 132: both were rounded up from kronor that come to 13 131; the "
        "result 17 is 13 131 − 13 115 + 1 of rounding.",
    ),
    Difference(
        "Driftredovisning",
        "Resultat SAMO",
        "Budget 2021",
        -1096,
        -1095,
        "11 490 − 12 585 is −1 095, as in bilaga 2, where −1 096 is printed as well.",
    ),
    Difference(
        "Driftredovisning",
        "Resultat SAMO",
        "Avvikelse utfall-budget",
        877,
        876,
        "14 + 862 is 876; of the results, −219 + 1 096 is 877, as in bilaga 2.",
    ),
    Difference(
        "Not 2",
        "Summa",
        "2021",
        11380000,
        11380002,
        "The municipalities' shares of 2 845 000 were rounded half up one by one, which gives "
        "2 845 002; the total is the decided pool.",
    ),
    Difference(
        "Femårsöversikt",
        "Årets resultat",
        "2021",
        -210,
        -203,
        "11 646 − 11 849 is −203, before the financial items, which the overview does not have: "
        "the resultaträkning prints 3 284 − 9 664, −6 380 kr, and a result of −209 941.",
        WITHOUT_FINANCIAL,
    ),
    Difference(
        "Femårsöversikt",
        "Årets resultat",
        "2020",
        17,
        16,
        "13 131 − 13 115 is 16: the resultaträkning has 16 827 kr, from sides rounded one by one.",
    ),
    Difference(
        "Femårsöversikt",
        "Årets resultat",
        "2019",
        -1000,
        -999,
        "13 317 − 14 316 is −999: the two sides are rounded one by one.",
    ),
    Difference(
        "Femårsöversikt",
        "Årets resultat",
        "2018",
        -1150,
        -1149,
        "12 514 − 13 663 is −1 149: rounded one by one, and 4 142 − 1 150 is the printed equity.",
    ),
    Difference(
        "Femårsöversikt",
        "Årets resultat",
        "2017",
        867,
        868,
        "12 543 − 11 675 is 868: the two sides are rounded one by one.",
    ),
    Difference(
        "Balansräkning",
        "Summa eget kapital",
        "2021-12-31",
        1799593,
        1799592,
        "−209 941 + 2 009 533 is 1 799 592: the ledger has öre. With 1 799 593 the two sides "
        "of the balance sheet agree.",
    ),
    Difference(
        "Kassaflödesanalys",
        "Kassaflöde för den löpande verksamheten",
        "2021-12-31",
        1164172,
        954231,
        "1 154 376 + 9 796 is 1 164 172: the year's result, −209 941, is left out. With it the "
        "flow is 954 231, and cash did grow by 954 232.",
        BREAK,
    ),
    Difference(
        "Kassaflödesanalys",
        "Kassaflöde för den löpande verksamheten",
        "2020-12-31",
        -672087,
        -655260,
        "−112 299 − 559 788 is −672 087: the year's result, 16 827, is left out here as well. "
        "With it the flow is −655 260, as printed on the row below.",
        BREAK,
    ),
    Difference(
        "Kassaflödesanalys",
        "Årets kassaflöde",
        "2020-12-31",
        -655260,
        -672087,
        "The printed −655 260 is right: 6 157 998 − 655 260 is 5 502 738. The wrong one is the "
        "row above, and is told there once.",
        "",
    ),
    Difference(
        "Noter 3-8",
        "Summa",
        "2021-12-31",
        -209941,
        -209940,
        "−225 041 + 15 101 is −209 940: the ledger has öre; the resultaträkning prints −209 941.",
        table="Not 7",
    ),
)
