"""What people noted at the findings of a control: carried over, and held against the figures.

A finding that someone has accepted stays quiet until the figures behind it change: then it
is told again, and accepting it anew is up to a person, also if the old figures come back.
What is written under *Åtgärd* belongs to the finding whatever its figures are. It follows
rows that move; when the finding is gone it is kept by itself. None is ever lost.

>>> odd = Finding("warning", "summa-avviker", "Budget", "B9", "Summa: 7, inte 5", 7, 5, 2)
>>> typed = mark_of(odd)._replace(status="Godkänd", action="Rättas i nästa budget.")
>>> apply((typed,), [odd]) == ([], [odd])
True
>>> carry((typed,), [odd._replace(stated=8, difference=3)]).open[0].status == EXPIRED
True
>>> carry((typed,), []).orphans[0].action
'Rättas i nästa budget.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from finsam_xl.model import Finding
from finsam_xl.records import NamedTuple
from finsam_xl.report.control_reading import EXPIRED, Mark, Marks, mark_of, read

__all__ = ["Carried", "Mark", "Marks", "Told", "apply", "carry", "read"]
_LONGEST = 32_000
"""A little less than a cell holds."""


class Told(NamedTuple):
    """A finding with what stands in the cells to write in."""

    finding: Finding
    status: str = ""
    action: str = ""

    @property
    def is_expired(self) -> bool:
        """Whether it was accepted with other figures."""
        return self.status == EXPIRED


class Carried(NamedTuple):
    """The findings to act on, those that were accepted, and notes whose finding is gone."""

    open: list[Told]
    accepted: list[Told]
    orphans: list[Mark]


def apply(
    marks: Marks, findings: Sequence[Finding], file: str = ""
) -> tuple[list[Finding], list[Finding]]:
    """The findings to tell and those that were accepted as they are, each in their order."""
    carried = carry(marks, findings, file)
    return [one.finding for one in carried.open], [one.finding for one in carried.accepted]


def carry(marks: Marks, findings: Sequence[Finding], file: str = "") -> Carried:
    """Give every note its finding; ``file`` is the workbook that the notes are kept in."""
    new = [mark_of(finding, file) for finding in findings]
    assigned, left = _assign(marks, new)
    carried = Carried([], [], [mark for mark in left if mark.is_kept])
    for number, finding in enumerate(findings):
        mark = assigned.get(number)
        if mark is None:
            carried.open.append(Told(finding))
        elif not mark.is_accepted:
            carried.open.append(Told(finding, mark.status, mark.action))
        elif mark.key == new[number].key:
            carried.accepted.append(Told(finding, mark.status, mark.action))
        else:
            carried.open.append(Told(finding, EXPIRED, mark.action))
    return carried


_Sameness = Callable[[Mark], tuple[str, ...]]
_WAYS: tuple[tuple[_Sameness, bool], ...] = (
    (lambda m: (m.code, m.sheet, m.place, m.words, m.key), False),
    (lambda m: (m.code, m.sheet, m.words, m.key), True),
    (lambda m: (m.code, m.sheet, m.place, m.words), False),
    (lambda m: (m.code, m.sheet, m.words), True),
    (lambda m: (m.code, m.sheet, m.place), True),
    (lambda m: (m.code, m.words), True),
)
"""In what a row is the same as before, the surest first; whether only where there is one choice.

Unchanged; moved; other figures; moved with other figures; other words; another sheet. A row
that moved comes before one that stands in its old place.
"""


def _assign(marks: Marks, new: Sequence[Mark]) -> tuple[dict[int, Mark], list[Mark]]:
    """The old row of each new one that has one, by its number, and the old rows left over."""
    assigned: dict[int, Mark] = {}
    waiting = [number for number, mark in enumerate(marks) if mark.code]
    free = list(range(len(new)))
    for sameness, only_choice in _WAYS:
        rows = _grouped(new, free, sameness)
        for same, olds in _grouped(marks, waiting, sameness).items():
            news = rows.get(same, [])
            if not news or (only_choice and len(olds) + len(news) > 2):
                continue
            taken = _pair([(number, marks[number]) for number in olds], news, assigned)
            waiting = [number for number in waiting if number not in taken]
            free = [number for number in free if number not in assigned]
    kept = set(waiting)
    left = [mark for number, mark in enumerate(marks) if number in kept or not mark.code]
    return assigned, left


def _grouped(
    marks: Sequence[Mark], numbers: Iterable[int], sameness: _Sameness
) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for number in numbers:
        groups.setdefault(sameness(marks[number]), []).append(number)
    return groups


def _pair(
    olds: Sequence[tuple[int, Mark]], news: Sequence[int], assigned: dict[int, Mark]
) -> set[int]:
    """Give old rows to new ones in their order; what more there is joins the last, if it can."""
    taken = set()
    for place, (number, old) in enumerate(olds):
        target = news[min(place, len(news) - 1)]
        both = _joined(assigned[target], old) if target in assigned else old
        if both is not None:
            assigned[target] = both
            taken.add(number)
    return taken


def _joined(one: Mark, other: Mark) -> Mark | None:
    """Two rows about the same finding as one, such as a row that a person copied."""
    if not one.status:
        one = one._replace(status=other.status, key=other.key)
    if other.status not in ("", one.status):
        return None
    if not other.action or other.action in (one.action, *one.action.split("\n")):
        return one
    both = f"{one.action}\n{other.action}".strip()
    return one._replace(action=both) if len(both) <= _LONGEST else None
