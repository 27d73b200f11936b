"""Formulas whose values nobody knows, told once for each sheet and not cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_xl.findings import tell
from finsam_xl.model import SEVERITIES, Finding, Ref, Severity
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.values import UNKNOWN


def told_once(grid: Grid, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with those on unknown cells brought together, one for each sheet.

    An error where a figure that is needed is unknown, else a warning.
    """
    kept: list[Finding] = []
    severities: dict[str, set[Severity]] = {}
    for finding in findings:
        if finding.code == UNKNOWN:
            severities.setdefault(finding.sheet or "", set()).add(finding.severity)
        else:
            kept.append(finding)
    return (*_of_sheets(grid, severities), *kept)


def _of_sheets(grid: Grid, severities: dict[str, set[Severity]]) -> Iterator[Finding]:
    for sheet in grid.sheets:
        if sheet.owner or (sheet.large and not sheet.is_read) or not sheet.unknown.places:
            continue
        given = severities.get(sheet.name, set())
        severity: Severity = next((one for one in SEVERITIES if one in given), "warning")
        yield _finding(sheet, severity)


def _finding(sheet: SheetGrid, severity: Severity) -> Finding:
    places, why = sheet.unknown
    first, *others = (Ref.at(sheet.name, *place) for place in places)
    is_one = not others
    return tell(
        "formel-utan-varde",
        first,
        ("one_why" if is_one else "several_why") if why else ("one" if is_one else "several"),
        "mend",
        severity=severity,
        cell=first.cell,
        why=why,
        stated=len(places),
        also=others,
    )
