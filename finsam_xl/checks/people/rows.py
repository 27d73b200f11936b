"""What rows of people are about, told by the trade's words, and which tables belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import parts_of
from finsam_xl.checks.related import count_of, placed
from finsam_xl.model import Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import as_int
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import people_of


class Facts(NamedTuple):
    """The rows of one table about the participants of a year, by what they count."""

    table: Counts
    rows: Mapping[str, CountRow]

    def figures(self, name: str, field: str = "all") -> list[Figure]:
        """The counts a concept rests on: its own, or for exits those that make them up."""
        parts = [name]
        if name == "exits" and self._figure(name, field) is None:
            parts = parts_of(name)
        found = [self._figure(part, field) for part in parts]
        return [] if None in found else [figure for figure in found if figure is not None]

    def number(self, name: str, field: str = "all") -> Known | None:
        """How many; ``None`` where it is not stated and does not follow."""
        found = self.figures(name, field)
        total = known_sum(*(figure.value for figure in found)) if found else None
        return None if total is None else as_int(total)

    def refs(self, name: str, field: str = "all") -> list[Ref]:
        """Where the counts stand."""
        return [figure.ref for figure in self.figures(name, field)]

    def _figure(self, name: str, field: str) -> Figure | None:
        row = self.rows.get(name)
        if row is None or count_of(row, field) is None:
            return None
        return row.figures[field]


def facts(table: Counts, *, sound: bool = False) -> Iterator[Facts]:
    """The participants of the association in a table: a section with exits and their ends.

    ``sound``: without the rows whose women and men are not their total. That is told of
    in its own place, and not once more wherever the row is used.
    """
    if table.kind != "participants":
        return
    sections: dict[str, dict[str, CountRow]] = {}
    for row in table.rows:
        name = people_of(row.label) if row.figures else None
        if name and not (sound and _is_doubtful(row)):
            sections.setdefault(row.section, {}).setdefault(name, row)
    for rows in sections.values():
        if "positive" in rows or {"participants", "remaining"} <= rows.keys():
            yield Facts(table, rows)


def association(materials: Iterable[Material]) -> list[Facts]:
    """What the association's own tables say of its participants."""
    return [one for table in placed(materials, "participants") for one in facts(table, sound=True)]


def _is_doubtful(row: CountRow) -> bool:
    """Whether women and men contradict the total of a row."""
    everyone, women, men = (count_of(row, field) for field in ("all", "women", "men"))
    together = known_sum(women, men)
    return everyone is not None and together is not None and together != everyone
