"""The index of a unit: points reached of points possible, by the workbook's own indicators."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from support.recomputed.case import Case, Right, half_up
from support.traced import Figure, Source, plain

_IDEALS = (40, 25, 15, 10, 10)
"""What the five goal areas should weigh, in per cent, by the model's own description."""


class _Points(NamedTuple):
    """The points of a unit, by goal area: reached, and possible."""

    reached: dict[str, Fraction]
    possible: dict[str, Fraction]

    def of(self, area: str = "") -> Fraction | None:
        """A hundred times what is reached of what is possible."""
        areas = [area] if area else [*self.possible]
        possible = sum(self.possible.get(a, Fraction(0)) for a in areas)
        reached = sum(self.reached.get(a, Fraction(0)) for a in areas)
        return Fraction(100 * reached, possible) if possible else None


@cache
def _points(source: Source, sheet: str) -> _Points:
    points = _Points({}, {})
    for table in source.tables:
        if table.kind != "social_budget" or table.real_sheet != sheet:
            continue
        for row in table.rows:
            cells = {c.field: source.value((sheet, row.row), c.number) for c in table.columns}
            verdict = _verdict(cells)
            weight = cells.get("weight")
            if row.role != "line" or verdict is None or not isinstance(weight, int | float):
                continue
            area = plain(re.sub(r"^\d+\s*", "", str(cells.get("area"))))
            points.possible[area] = points.possible.get(area, Fraction(0)) + Fraction(str(weight))
            gained = Fraction(str(weight)) if verdict else Fraction(0)
            points.reached[area] = points.reached.get(area, Fraction(0)) + gained
    return points


def _verdict(cells: dict[str, object]) -> bool | None:
    """Whether an indicator is reached: as it is judged in the workbook, else by its rule."""
    judged = str(cells.get("judged") or "").casefold()
    if judged:
        return {"ja": True, "nej": False}.get(judged)
    number, base, limit = (cells.get(f) for f in ("total_number", "total_base", "limit"))
    rule = str(cells.get("rule") or "").casefold()
    if rule.startswith("lägre"):
        return {"minskat": True, "ökat": False}.get(str(number).casefold())
    women, men = cells.get("women_number"), cells.get("men_number")
    if rule.startswith("jämn") and isinstance(women, int) and isinstance(men, int):
        return 40 * (women + men) <= 100 * women <= 60 * (women + men)
    if rule.startswith("könsskillnad"):
        sides = [cells.get(f) for f in ("women_number", "women_base", "men_number", "men_base")]
        w, of_w, m, of_m = (int(str(side)) for side in sides)
        return abs(Fraction(w, of_w) - Fraction(m, of_m)) * 100 <= Fraction(str(limit))
    if not isinstance(number, int) or not isinstance(base, int):
        return None
    share = Fraction(number, base)
    least = Fraction(str(limit))
    return share <= least if "högst" in rule else share >= least


def _unit(case: Case, figure: Figure) -> str:
    """The sheet of the unit a row is of: its own, or that of the whole where it is an area's row."""
    if figure.source is not None:
        return figure.source[0]
    linked = [(len(_points(case.source, s).possible), s) for s in _units(case)]
    titles = [s for _, s in linked if case.source.is_whole(s)]
    return (titles or [s for _, s in linked])[0]


def _units(case: Case) -> list[str]:
    return list(
        dict.fromkeys(t.real_sheet for t in case.source.tables if t.kind == "social_budget")
    )


def _area(case: Case, figure: Figure) -> str:
    """The goal area that a figure is of: its heading's, or its row's."""
    heading, label = plain(figure.heading), plain(figure.label)
    areas = _points(case.source, _unit(case, figure)).possible
    return next((area for area in (heading, label) if area in areas), "")


def index_of(case: Case, figure: Figure) -> Right:
    index = _points(case.source, _unit(case, figure)).of(_area(case, figure))
    return None if index is None else Fraction(half_up(index))


def sum_of(of: Callable[[_Points], dict[str, Fraction]]) -> Callable[[Case, Figure], Right]:
    def right(case: Case, figure: Figure) -> Right:
        points, area = of(_points(case.source, _unit(case, figure))), _area(case, figure)
        return points.get(area) if area else sum(points.values(), Fraction(0))

    return right


def attained(case: Case, figure: Figure) -> Right:
    index = _points(case.source, _unit(case, figure)).of(_area(case, figure))
    return None if index is None else index / 100


def weighting(case: Case, figure: Figure) -> Right:
    possible = _points(case.source, _unit(case, figure)).possible
    area = _area(case, figure)
    return possible[area] / sum(possible.values()) if area else None


def ideal(case: Case, figure: Figure) -> Right:
    areas = list(_points(case.source, _unit(case, figure)).possible)
    area = _area(case, figure)
    return Fraction(_IDEALS[areas.index(area)], 100) if area else None


def rank(case: Case, figure: Figure) -> Right:
    """One more than the units whose index is higher; the whole is not ranked."""
    own = index_of(case, figure._replace(heading="Index"))
    others = (
        half_up(_points(case.source, s).of() or Fraction(0))
        for s in _units(case)
        if not case.source.is_whole(s)
    )
    return None if own is None else Fraction(1 + sum(other > own for other in others))
