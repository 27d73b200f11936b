"""What applying a plan did, and the one sentence a person is shown about it."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model import SEVERITIES, Finding
from finsam_xl.plan import CellEdit
from finsam_xl.records import NamedTuple


class Applied(NamedTuple):
    """Edits made, edits held back, report sheets made, findings, and notes.

    ``held``: cells with a value that were left as they are, because the engine does not
    tell whether it comes from a formula. ``asks``: the run that is not taken back before somebody
    has clicked again. ``notes``: Swedish sentences about what this
    Excel could not do.
    """

    edits: tuple[CellEdit, ...] = ()
    held: tuple[CellEdit, ...] = ()
    sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    asks: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """What a person is told: of what was fetched all that matters, of the rest how much."""
        from finsam_xl.actions.fetch_clicked import FIRST, TYPED

        facts = [one.message for one in self.findings if one.code in FIRST]
        more = [
            one.message
            for one in self._to_look_at
            if facts and one.code not in TYPED and one.severity != "info"
        ]
        return *facts, self.sentence, *more, *self.notes

    @property
    def _to_look_at(self) -> list[Finding]:
        """The findings that are not told in full."""
        from finsam_xl.actions.fetch_clicked import FIRST

        return [one for one in self.findings if one.code not in FIRST]

    @property
    def sentence(self) -> str:
        """What changed, how many findings there are, and where to look first."""
        parts = [_changed(self.edits)]
        if self.asks:
            cells = _cells(len(self.findings))
            return (
                f"Inget är ångrat: {cells} har ändrats efter körningen {self.asks}, den första "
                f"är {_place(self.findings[0])}. Klicka på Ångra en gång till, så ångras resten."
            )
        if self.sheets:
            names = _listed([f"”{name}”" for name in self.sheets])
            parts.append(f"{names} är {'klar' if len(self.sheets) == 1 else 'klara'}")
        if self.held:
            tail = "ändrad" if len(self.held) == 1 else "ändrade"
            parts.append(f"{_cells(len(self.held))} med annat värde är inte {tail}")
        parts.append(_found(self._to_look_at))
        return "; ".join(parts) + "."


def _changed(edits: Sequence[CellEdit]) -> str:
    values = [edit for edit in edits if not edit.keeps_value]
    if not edits:
        return "Inget behövde ändras"
    if not values:
        return f"{_cells(len(edits))} har fått ny färg"
    sheets = list(dict.fromkeys(edit.sheet for edit in values))
    where = f"bladet {sheets[0]}" if len(sheets) == 1 else f"{len(sheets)} blad"
    return (
        f"{_cells(len(values))} på {where} är ändrade"
        if len(values) > 1
        else (f"1 cell på {where} är ändrad")
    )


def _listed(words: Sequence[str]) -> str:
    return " och ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} celler"


def _found(findings: Sequence[Finding]) -> str:
    if not findings:
        return "inga fynd"
    first = min(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    place = _place(first)
    return f"{len(findings)} fynd" + (f", börja med {place}" if place else "")


def _place(finding: Finding) -> str:
    return "!".join(part for part in (finding.sheet, finding.cell) if part)
