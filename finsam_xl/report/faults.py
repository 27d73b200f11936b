"""What a control has found in the cells that a report is made of: how much, where, and what.

Only errors and warnings are faults. A report says at its top how many there are, marks the
rows that they touch and tells what they are among its notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from finsam_xl.address import a1, box, meet, on_sheet
from finsam_xl.model import Finding, Ref
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.report.look import SYMBOLS
from finsam_xl.sheets.tables import Table

MARK = SYMBOLS["röd"]
_FAULTS = (("error", "fel", "fel"), ("warning", "varning", "varningar"))
_MOST_TOLD = 6


class Faults(NamedTuple):
    """The faults that touch the tables of a report, the worst first.

    ``control``: the sheet that tells all of them, '' where the workbook has none.
    """

    findings: tuple[Finding, ...] = ()
    control: str = ""

    @property
    def told(self) -> str:
        """How many there are, in a sentence; '' for none."""
        counts = [
            (sum(finding.severity == severity for finding in self.findings), one, many)
            for severity, one, many in _FAULTS
        ]
        said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        if not said:
            return ""
        where = f": se {self.control}" if self.control else ""
        return f"{MARK} {joined(said)} rör tabellerna här{where}"

    @property
    def link(self) -> str:
        """Where all of them are told."""
        return on_sheet(self.control, a1(1, 1)) if self.control else ""

    def notes(self) -> Iterator[str]:
        """What they are, each with its place; of many only the worst."""
        yield from (note_of(finding) for finding in self.findings[:_MOST_TOLD])
        left = len(self.findings) - _MOST_TOLD
        if left > 0:
            yield f"{MARK} {left} till: {self.control or 'gör Rapport Kontroll'}."

    def at(self, places: Iterable[Ref]) -> str:
        """The note of the worst fault in some cells that is told; '' where there is none."""
        cells = {(place.sheet, place.cell) for place in places}
        for finding in self.findings[:_MOST_TOLD]:
            if any((place.sheet, place.cell) in cells for place in _places(finding)):
                return note_of(finding)
        return ""


NO_FAULTS = Faults()
FaultsOf = Callable[[Iterable[Table]], Faults]
"""What the faults are that touch some tables."""


def none_of(_tables: Iterable[Table]) -> Faults:
    """No faults, where nobody has looked for any."""
    return NO_FAULTS


def note_of(finding: Finding) -> str:
    """A fault in a sentence, with its place."""
    return f"{MARK} {finding.sheet}!{finding.cell}: {finding.message}"


def touching(
    findings: Iterable[Finding], areas: Sequence[tuple[str, str]], control: str = ""
) -> Faults:
    """The faults among some findings that lie in, or speak of, some ranges of sheets."""
    severities = [severity for severity, _, _ in _FAULTS]
    found = [
        finding
        for finding in findings
        if finding.severity in severities
        and finding.cell is not None
        and any(_is_in(place, areas) for place in _places(finding))
    ]
    found.sort(key=lambda finding: severities.index(finding.severity))
    return Faults(tuple(found), control)


def _places(finding: Finding) -> Iterator[Ref]:
    if finding.sheet is not None and finding.cell is not None:
        yield Ref(finding.sheet, finding.cell)
    yield from finding.also


def _is_in(place: Ref, areas: Sequence[tuple[str, str]]) -> bool:
    return any(place.sheet == sheet and meet(box(area), box(place.cell)) for sheet, area in areas)
