"""What *Kontrollera* says of small workbooks that are typed into a test.

>>> [one.code for one in checked(("Blad", [["Kaffe"]]))]
['inga-tabeller']
"""

from __future__ import annotations

from finsam_xl.actions import check
from finsam_xl.model import Finding
from support.typed_sheets import TODAY, Rows, grid


def checked(*sheets: tuple[str, Rows]) -> list[Finding]:
    """Every finding of a workbook of sheets, each a name and its rows from the top."""
    return list(check.check([check.Book("", grid(*sheets))], today=TODAY).findings)


def of_code(code: str, *sheets: tuple[str, Rows]) -> list[Finding]:
    """The findings of one code."""
    return [one for one in checked(*sheets) if one.code == code]


def at(finding: Finding) -> tuple[str, float | str | None, float | str | None, list[str]]:
    """Where a finding stands, what it says stands there and was calculated, and also where."""
    others = [ref.cell if ref.sheet == finding.sheet else str(ref) for ref in finding.also]
    return finding.cell or "", finding.stated, finding.calculated, others


def loud(*sheets: tuple[str, Rows]) -> list[tuple[str, str]]:
    """Code and cell of everything graver than a note."""
    return [(one.code, one.cell or "") for one in checked(*sheets) if one.severity != "info"]
