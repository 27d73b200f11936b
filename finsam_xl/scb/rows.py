"""Tables of rows, as csv and Excel hold them: labels to the left, figures in columns of years.

A label that is not repeated holds for the rows below it, as in tables saved as Excel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam_xl.scb.cube import Cube, Fact, number

_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"\d{4}")
_MOST_HEAD = 40
Row = Sequence[object]


def read(rows: Sequence[Row], name: str, digest: str) -> Cube | None:
    """The table of some rows; ``None`` where they hold none."""
    for at, row in enumerate(rows[:_MOST_HEAD]):
        years = {n: _year(cell) for n, cell in enumerate(row) if _year(cell)}
        first = min(years, default=0)
        if years and first:
            below = rows[at + 1 :]
            heads = [_text(cell) for cell in row[:first]]
            facts = tuple(_facts(below, first, {n: y for n, y in years.items() if n >= first}))
            if facts:
                title = next((_text(c) for r in rows[:at] for c in r if _text(c)), "")
                return _together(Cube(name, digest, title, (*heads, "år"), facts))
    return _long(rows, name, digest)


def _facts(rows: Sequence[Row], first: int, years: dict[int, str]) -> Iterator[Fact]:
    """The figures below a row of years, each with the labels of its row."""
    held = [""] * first
    for row in rows:
        labels = [_text(cell) for cell in row[:first]]
        figures = {n: number(row[n]) if n < len(row) else None for n in years}
        if all(figure is None for figure in figures.values()):
            if any(labels) and any(held):
                own = [n for n, label in enumerate(labels) if label]
                held = [label or old for label, old in zip(labels, held, strict=False)]
                held[own[-1] + 1 :] = [""] * (first - own[-1] - 1)
            elif any(labels):
                held = labels
            continue
        begins = next((n for n, label in enumerate(labels) if label), first)
        held = [*held[:begins], *labels[begins:]]
        for n, figure in figures.items():
            yield Fact((*held, years[n]), figure)


def _long(rows: Sequence[Row], name: str, digest: str) -> Cube | None:
    """A table with a row for each figure: the years are a column of their own, the figure last."""
    for at, row in enumerate(rows[:_MOST_HEAD]):
        body = [one for one in rows[at + 1 :] if any(_text(cell) for cell in one)]
        width = len(row)
        if width < 3 or not body or any(len(one) != width for one in body):
            continue
        if not all(_text(cell) for cell in row) or number(body[0][-1]) is None:
            continue
        if not any(all(_year(one[n]) for one in body) for n in range(width - 1)):
            continue
        facts = tuple(
            Fact(tuple(_text(cell) for cell in one[:-1]), number(one[-1])) for one in body
        )
        heads = tuple(_text(cell) for cell in row[:-1])
        return _together(Cube(name, digest, _text(row[-1]), heads, facts))
    return None


def _together(cube: Cube) -> Cube:
    """The table with codes and names of places in two columns as one."""
    for n in range(len(cube.heads) - 2):
        labels = cube.labels(n)
        if labels and all(map(_CODE.fullmatch, labels)):
            heads = (*cube.heads[:n], cube.heads[n + 1], *cube.heads[n + 2 :])
            facts = tuple(
                fact._replace(
                    labels=(
                        *fact.labels[:n],
                        " ".join(fact.labels[n : n + 2]),
                        *fact.labels[n + 2 :],
                    )
                )
                for fact in cube.facts
            )
            return cube._replace(heads=heads, facts=facts)
    return cube


def _year(cell: object) -> str:
    """The year that a heading is of, '' for none: alone, or last in it."""
    text = _text(cell)
    found = _YEAR.findall(text)
    is_heading = _YEAR.fullmatch(text) or (text.endswith(tuple(found)) and not text[0].isdigit())
    return found[-1] if len(found) == 1 and is_heading else ""


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
