"""What rows of people are about, told by the trade's words, and which tables belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.labels import normalise, split_number
from finsam_xl.model import Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.periods import Period

_CONCEPTS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("turnover", r"\b(?:omsättning|genomströmning)"),
        ("health", r"hälsoskäl"),
        ("other", r"övriga avbrott|andra (?:orsaker|skäl)"),
        ("no_work_ability", r"arbetsförmåga"),
        ("rehabilitation", r"\brehab"),
        ("extra", r"extratjänst"),
        ("studies", r"\bstudier\b"),
        ("work", r"\barbete\b"),
        ("positive", r"\bpositiva? lösning"),
        ("remaining", r"\bkvar\b"),
        ("new", r"\bnya\b"),
        ("opening", r"\bingående\b|\bårets (?:början|ingång)\b"),
        ("exits", r"\bavslut"),
        ("participants", r"\bdeltagare (?:hela|under) året\b|\bdeltagare totalt\b|\bfått stöd\b"),
    )
)
SOLUTIONS = ("work", "extra", "studies", "rehabilitation", "no_work_ability")
NAMES = {
    "exits": "avslutade", "positive": "till positiv lösning", "work": "till arbete",
    "extra": "till extratjänster", "studies": "till studier",
    "rehabilitation": "till fortsatt rehabilitering", "no_work_ability": "som saknar arbetsförmåga",
    "health": "med avbrott av hälsoskäl", "other": "med övriga avbrott",
    "remaining": "kvar", "new": "nya", "participants": "deltagare",
}  # fmt: skip


@lru_cache(maxsize=4096)
def concept(label: str) -> str | None:
    """What a row counts, such as "work" or "remaining"; ``None`` if its words do not tell."""
    words = normalise(label)
    return next((name for name, pattern in _CONCEPTS if pattern.search(words)), None)


def base_of(name: str) -> str | None:
    """What shares of a concept are shares of."""
    if name in SOLUTIONS:
        return "positive"
    return "exits" if name in ("positive", "health", "other") else None


class Facts(NamedTuple):
    """The rows of one table about the participants of a year, by what they count."""

    table: Counts
    rows: Mapping[str, CountRow]

    def figures(self, name: str, field: str = "all") -> list[Figure]:
        """The counts a concept rests on: its own, or for exits those that make them up."""
        parts = [name]
        if name == "exits" and self._figure(name, field) is None:
            parts = ["positive", "health", "other"]
        found = [self._figure(part, field) for part in parts]
        return [] if None in found else [figure for figure in found if figure is not None]

    def number(self, name: str, field: str = "all") -> Known | None:
        """How many; ``None`` where it is not stated and does not follow."""
        found = self.figures(name, field)
        total = known_sum(*(figure.value for figure in found)) if found else None
        return int(total) if total is not None and total.denominator == 1 else total

    def refs(self, name: str, field: str = "all") -> list[Ref]:
        """Where the counts stand."""
        return [figure.ref for figure in self.figures(name, field)]

    def _figure(self, name: str, field: str) -> Figure | None:
        row = self.rows.get(name)
        if row is None or count_of(row, field) is None:
            return None
        return row.figures[field]


def facts(table: Counts) -> Iterator[Facts]:
    """The participants of the association in a table: a section with exits and their ends."""
    if table.kind != "participants":
        return
    sections: dict[str, dict[str, CountRow]] = {}
    for row in table.rows:
        name = concept(row.label) if row.figures else None
        if name:
            sections.setdefault(row.section, {}).setdefault(name, row)
    for rows in sections.values():
        if "positive" in rows or {"participants", "remaining"} <= rows.keys():
            yield Facts(table, rows)


def placed(materials: Iterable[Material], *kinds: str) -> list[Counts]:
    """The tables of some kinds, every place with its file where there are several."""
    return [
        _with_file(table, material.file) if material.file else table
        for material in materials
        for table in material.of(*kinds)
    ]


def _with_file(table: Counts, file: str) -> Counts:
    rows = [
        row._replace(
            ref=row.ref._replace(file=file),
            figures={
                field: figure._replace(ref=figure.ref._replace(file=file))
                for field, figure in row.figures.items()
            },
        )
        for row in table.rows
    ]
    return table._replace(rows=rows)


def same_period(one: Period | None, other: Period | None) -> bool:
    """Whether two tables may speak of the same time: unless both say otherwise."""
    return one is None or other is None or one == other


def association(materials: Iterable[Material]) -> list[Facts]:
    """What the association's own tables say of its participants."""
    return [one for table in placed(materials, "participants") for one in facts(table)]


def lines(table: Counts) -> list[CountRow]:
    """The rows of units or parties: neither totals nor "varav" lines."""
    return [row for row in table.rows if row.role == "line" and row.label]


def count_of(row: CountRow, field: str) -> Known | None:
    """A row's number in a field; ``None`` where it is blank or a share."""
    figure = row.figures.get(field)
    return None if figure is None or figure.is_percent else figure.value


def distinct(names: Sequence[str]) -> list[frozenset[str]]:
    """What tells each name from the others: its words without those that several share."""
    words = [frozenset(split_number(name)[1].split()) for name in names]
    seen: dict[str, int] = {}
    for one in words:
        for word in one:
            seen[word] = seen.get(word, 0) + 1
    return [frozenset(word for word in one if seen[word] == 1) or one for one in words]


def find_unit(text: str, names: Sequence[frozenset[str]]) -> int | None:
    """Which of the names (as :func:`distinct` gives them) a text speaks of, if it is one."""
    words = set(normalise(text).split())
    hits = [index for index, name in enumerate(names) if name and name <= words]
    return hits[0] if len(hits) == 1 else None


def listed(parts: Sequence[str]) -> str:
    """Parts as one reads them out: a, b och c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} och {parts[-1]}"
