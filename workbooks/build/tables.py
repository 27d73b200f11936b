"""The transcribed tables of the documents, read from the folder ``data``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ASSOCIATION = "Samordningsförbundet Umeåregionen"

_DATA = Path(__file__).resolve().parent / "data"


class Counts(NamedTuple):
    """Printed counts: in total, women and men, each with its base; ``None`` is not printed."""

    total: int | None = None
    total_of: int | None = None
    women: int | None = None
    women_of: int | None = None
    men: int | None = None
    men_of: int | None = None


class Indicator(NamedTuple):
    """One indicator of the social budget as printed in bilaga 4."""

    number: str
    name: str
    area: str
    goal: str
    group: str
    rule: str
    threshold: int | None
    counts: Counts


class Weight(NamedTuple):
    """A reconstructed weight with its status and the range the printed points allow."""

    weight: int
    status: str
    low: int
    high: int


class Pattern(NamedTuple):
    """Whether a unit reached an indicator, and on what ground that is said."""

    reached: bool | None
    status: str
    basis: str


class Source(NamedTuple):
    """Everything the budget sheets are made of."""

    indicators: tuple[Indicator, ...]
    weights: Mapping[str, Weight]
    patterns: Mapping[str, Mapping[str, Pattern]]
    directions: Mapping[str, str]


def rows(table: str) -> list[dict[str, str]]:
    """Read one table of the 2021 annual report."""
    return document_rows(f"umea-annual-2021__{table}")


def document_rows(name: str) -> list[dict[str, str]]:
    """Read one table of any document; every cell is text, blank where nothing was printed."""
    path = _DATA / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> int | None:
    """Return the integer in a cell, or ``None`` for a blank cell."""
    return int(text) if text else None


def percent(text: str) -> float | None:
    """Return a printed percentage as a fraction, or ``None`` for a blank cell."""
    return int(text) / 100 if text else None


def load() -> Source:
    """Read the tables behind the budget sheets."""
    patterns: dict[str, dict[str, Pattern]] = {}
    for row in rows("plattformsmonster"):
        reached = bool(int(row["reached"])) if row["reached"] else None
        pattern = Pattern(reached, row["status"], row["basis"])
        patterns.setdefault(row["unit"], {})[row["indicator_id"]] = pattern
    return Source(
        tuple(_indicator(row) for row in rows("social-budget-indikatorer")),
        {row["indicator_id"]: _weight(row) for row in rows("indikatorvikter")},
        patterns,
        {
            row["category"].removesuffix(" kommun"): row["direction"]
            for row in rows("social-budget-delresultat")
            if row["indicator_id"] == "1.4.1"
        },
    )


def _indicator(row: Mapping[str, str]) -> Indicator:
    """Read one row of bilaga 4."""
    counts = Counts(
        *(
            number(row[f"{who}_{part}"])
            for who in ("result", "women", "men")
            for part in ("num", "den")
        )
    )
    return Indicator(
        row["indicator_id"],
        row["indicator_short"],
        f"{row['area_id']} {row['area']}",
        f"{row['goal_id']} {row['goal_short']}",
        row["target_group"],
        row["target_type"],
        number(row["threshold"]),
        counts,
    )


def _weight(row: Mapping[str, str]) -> Weight:
    """Read one row of the reconstructed weights."""
    return Weight(int(row["weight"]), row["status"], int(row["range_low"]), int(row["range_high"]))
