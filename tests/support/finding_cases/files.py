"""Cases of findings about whole files."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.actions.check import unreadable
from finsam_xl.errors import WorkbookError
from finsam_xl.model import Finding
from support.finding_cases import Done, one


def _locked() -> Iterable[Finding]:
    return [unreadable("budget.xlsx", WorkbookError("Filen är skyddad med lösenord."))]


_TABLE = [["Tkr", "Budget 2024"], ["Hyra", 10], ["Lön", 20], ["Summa", 30]]

CASES = {
    "fil-olaslig": Done(tuple, _locked, at=None),
    "inga-tabeller": one(
        _TABLE, {f"{letter}{row}": "Hej" for letter in "AB" for row in (1, 2, 3, 4)}, at=None
    ),
}
