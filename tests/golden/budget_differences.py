"""Where a printed figure of the shipped budget workbooks is not what its table adds up to.

The printed figures are those of the documents (``workbooks/build/data``), the calculated
ones follow from the other printed figures of the same table. Tests hold both numbers, so
that neither can slip into the other's place. Judged as rounding, none as an error: each
shown figure is rounded on its own, from kronor, and totals are not forced. The kronor are
not printed; what is said of them is what agrees with the figures that are.
"""

from __future__ import annotations

from typing import NamedTuple


class Difference(NamedTuple):
    """A printed figure that the table's other printed figures do not give exactly."""

    sheet: str
    label: str
    column: str
    printed: int
    calculated: int
    why: str


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
)
