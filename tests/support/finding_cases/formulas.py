"""Cases of findings about formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from finsam_xl.actions import check
from finsam_xl.model import Finding
from finsam_xl.sheets.grid import Grid, SheetGrid
from support.finding_cases import Case, Done, one
from support.typed_sheets import TODAY, F, grid

_NAMES = ("Hyra", "Löner", "Resor", "Tele", "Kurser")


def _sums() -> list[list[Any]]:
    """Five lines over three columns, with sums across and down."""
    rows: list[list[Any]] = [["Post", "jan", "feb", "mar", "Summa"]]
    for row, name in enumerate(_NAMES, start=2):
        amounts = [10 * row + month for month in range(3)]
        rows.append([name, *amounts, F(f"SUM(B{row}:D{row})", sum(amounts))])
    totals = [200, 205, 210, 615]
    sums = (F(f"SUM({c}2:{c}6)", n) for c, n in zip("BCDE", totals, strict=True))
    return [*rows, ["Summa", *sums]]


def _year(year: int, *amounts: int) -> list[list[Any]]:
    return [["Post", f"Utfall {year}"], *map(list, zip(_NAMES, amounts, strict=True))]


_OLD, _NEW = _year(2024, 100, 200, 300, 400, 500), _year(2025, 110, 190, 330, 420, 480)
_LINKED = {
    "": {
        "Jämförelse": [
            ["Post", "Utfall 2025"],
            *([row[0], F(f"'År 2025'!B{n}", row[1])] for n, row in enumerate(_NEW[1:], start=2)),
        ],
        "År 2024": _OLD,
        "År 2025": _NEW,
    }
}
_TYPED = {
    "": {
        "I år": [["Post", "Kvartal 1 2025"], *([name, 9] for name in _NAMES)],
        "Underlag 2024": [["Post", "Kvartal 1"], *([name, 7] for name in _NAMES)],
    }
}
_SECTIONS = [
    ["Post", "Belopp"],
    ["Hyra", 10],
    ["El", 20],
    ["Summa lokaler", F("SUM(B2:B3)", 30)],
    ["Löner", 40],
    ["Kurser", 50],
    ["Summa personal", F("SUM(B5:B6)", 90)],
    ["Totalt", F("B4+B7", 120)],
]
_PLAIN = [["Tkr", "Budget 2024"], ["Hyra", 10], ["El", 20], ["Summa", F("B2+B3", 30)]]


def _hidden(*rows: int) -> Iterable[Finding]:
    """What is told of a sheet of sums in which some rows are hidden."""
    cells = grid(("Blad", _sums())).sheets[0].cells
    sheet = SheetGrid("Blad", lambda: cells, hidden=lambda: frozenset(rows))
    return check.check([check.Book("", Grid((sheet,)))], today=TODAY).findings


CASES = {
    "cirkelreferens": one(_PLAIN, {"B4": F("SUM(B2:B4)", 0)}, at="B4"),
    "delsumma-dubbelt": one(_SECTIONS, {"B8": F("SUM(B2:B7)", 240)}, at="B8"),
    "dold-rad": Done(_hidden, lambda: _hidden(4), at="B4"),
    "extern-lank": one(_PLAIN, {"B4": F("[budget.xlsx]Blad1!B2+B3", 30)}, at="B4"),
    "formel-avviker": one(_sums(), {"E4": F("SUM(B5:D5)", 153)}, at="E4"),
    "formel-raknar-med-text": one(_PLAIN, {"B4": F("B2+A3", "#VALUE!")}, at="B4"),
    "formel-tom-cell": one(_PLAIN, {"B4": F("B2+B9", 10)}, at="B4"),
    "hanvisning-bruten": one(_PLAIN, {"B4": F("B2+#REF!", "#REF!")}, at="B4"),
    "inskrivet-tal": one(_sums(), {"E4": 123}, at="E4"),
    "lank-avviker": Case(_LINKED, {"Jämförelse!B4": F("'År 2024'!B4", 300)}, at="B4"),
    "lank-fel-ar": Case(_TYPED, {"I år!B4": F("'Underlag 2024'!B4", 7)}, at="B4"),
    "summa-utelamnar-kolumn": one(
        _sums(), {f"E{n}": F(f"SUM(C{n}:D{n})", 1) for n in range(2, 7)}, at="E2"
    ),
    "summa-utelamnar-rad": one(_sums(), {"C7": F("SUM(C2:C5)", 145)}, at="C7"),
}
