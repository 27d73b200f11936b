"""Budgets with several alternatives for a year, as three invented offices lay them out.

Every layout has the same amounts: its sums, results and equity are in the rows, and add up.

>>> SPANNED[4][1:4]
('Låg', 'Mellan', 'Hög')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Sheet = list[tuple[Any, ...]]
YEARS = (2027, 2028, 2029)
LABELS = (
    "Intäkter", "Staten", "Region Åsarna", "Kommunerna", "Summa intäkter", "Kostnader", "Kansli",
    "Insatser", "Summa kostnader", "Årets resultat", "Ingående eget kapital",
    "Utgående eget kapital",
)  # fmt: skip
FEES = (3000, 1500, 1500)
COSTS = {"low": (900, 4800), "middle": (900, 5350), "high": (900, 6600)}
"""By alternative what the office and its activities cost, the same each year."""
OPENING = 1500
RESULTS = {"low": 300, "middle": -250, "high": -1500}
"""6 000 in fees less the costs."""
ENDS = {"low": (1800, 2100, 2400), "middle": (1250, 1000, 750), "high": (0, -1500, -3000)}
"""Equity as the years end, by hand."""
CEILING = 1200
"""A fifth of 6 000, which is less than 7 000."""


def _amounts(alternative: str, year: int) -> list[Any]:
    office, activities = COSTS[alternative]
    result = sum(FEES) - office - activities
    opening = OPENING + result * YEARS.index(year)
    return [
        None, *FEES, sum(FEES), None, office, activities, office + activities, result, opening,
        opening + result,
    ]  # fmt: skip


def _rows(columns: Sequence[tuple[str, int]]) -> Sheet:
    every = [_amounts(*column) for column in columns]
    return [(label, *amounts) for label, *amounts in zip(LABELS, *every, strict=True)]


_ORDER = ("low", "middle", "high")
_BY_YEAR = [(one, year) for year in YEARS for one in _ORDER]
_BY_ONE = [(one, year) for one in _ORDER for year in YEARS]

SPANNED: Sheet = [
    ("Budget 2027 och plan 2028–2029, tkr",),
    (),
    ("Samordningsförbundet Åsarna",),
    (None, "Budget 2027", "Budget 2027", "Budget 2027", *("Plan 2028",) * 3, *("Plan 2029",) * 3),
    (None, *("Låg", "Mellan", "Hög") * 3),
    *_rows(_BY_YEAR),
]
"""The year above, the level below."""
LETTERED: Sheet = [
    ("Flerårsbudget, belopp i tkr",),
    (),
    (
        None,
        *(
            f"{'Budget' if year == 2027 else 'Plan'} {year} alternativ {letter}"
            for letter in "ABC"
            for year in YEARS
        ),
    ),
    *_rows(_BY_ONE),
]
"""One line of headings; the years of each alternative together."""
NUMBERED: Sheet = [
    ("Scenarier för budget 2027–2029 (tkr)",),
    (None, *(f"Scenario {n}: {year}" for n in (1, 2, 3) for year in YEARS)),
    *_rows(_BY_ONE),
]
"""Scenarios by number, and no word for budget in a heading."""
LAYOUTS = {"spanned": SPANNED, "lettered": LETTERED, "numbered": NUMBERED}
NAMES = {
    "spanned": ("Låg", "Mellan", "Hög"),
    "lettered": ("Alternativ A", "Alternativ B", "Alternativ C"),
    "numbered": ("Scenario 1", "Scenario 2", "Scenario 3"),
}
"""What the alternatives of each layout are called, the low one first."""
