"""A column of a social budget by what stands in it, and what that may be."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property
from itertools import islice

from finsam_xl.money import exact, parse_number
from finsam_xl.reading.targets import is_known_verdict, parse_rule, states_rule
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.people import Sex, sex_in_heading

OUTCOMES = (
    "total_number", "total_base", "women_number", "women_base", "men_number", "men_base",
)  # fmt: skip
_TEXTS = {"area", "goal", "name", "group", "rule"}
_FIGURES = {"weight", "points", *OUTCOMES} - {"total_number"}
MOSTLY = 0.6
"""How large a part of a column must be of a kind for the column to be so."""
_HEAVIEST = 100
_LEAST_SHARES = 2
_SEVERAL = 3
_HALF_PERCENT = Fraction(51, 100)
_LEADING = re.compile(r"(\d+(?:\.\d+)*)[.:]?\s+\S")
_PARTS = re.compile(r"[.-]")
_NEARLY = 0.8


class Content:
    """One column: its number, its headings from the top, and its cells on the indicators' rows."""

    def __init__(self, number: int, headings: tuple[str, ...], cells: tuple[Cell, ...]) -> None:
        self.number, self.headings, self.cells = number, headings, cells

    @cached_property
    def heading(self) -> str:
        """All that stands over it."""
        return " ".join(self.headings)

    @cached_property
    def said(self) -> frozenset[Measure]:
        """What its own heading says; what stands above only where that says nothing."""
        own = measures(self.headings[-1]) if self.headings else frozenset()
        return own or measures(self.heading)

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if not cell.is_blank and cell.value != "")

    @cached_property
    def amounts(self) -> tuple[Fraction | None, ...]:
        """The cells as figures."""
        return tuple(map(amount, self.cells))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cells that are texts and no figures."""
        pairs = zip(self.cells, self.amounts, strict=True)
        return tuple(c.value for c, a in pairs if type(c.value) is str and c.value and a is None)

    @cached_property
    def is_mostly_text(self) -> bool:
        """Whether most of what stands there are texts."""
        return 2 * len(self.texts) > len(self.filled)

    @cached_property
    def figures(self) -> int:
        """How many cells are figures."""
        return sum(amount is not None for amount in self.amounts)

    @cached_property
    def is_mostly_figures(self) -> bool:
        """Whether most of what stands there are figures."""
        return 2 * self.figures > len(self.filled)

    @property
    def may_be_share(self) -> bool:
        """Whether enough figures stand there for them to be shares, or what those are of."""
        return self.figures >= _LEAST_SHARES

    @cached_property
    def sex(self) -> Sex | None:
        """Whose figures its heading says they are."""
        return sex_in_heading(self.heading)

    @cached_property
    def has_fractions(self) -> bool:
        """Whether figures are shown in per cent or are no whole numbers."""
        return any(c.percent for c in self.filled) or any(
            a is not None and a.denominator != 1 for a in self.amounts
        )

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        return not self.filled


def amount(cell: Cell) -> Fraction | None:
    """The figure of a cell, also one written as text; ``None`` for what is none."""
    if isinstance(cell.value, bool) or cell.value is None:
        return None
    if isinstance(cell.value, int | float):
        return exact(cell.value)
    figure = parse_number(cell.value)
    return None if figure is None else Fraction(figure.value)


def suits(field: str, content: Content) -> bool:
    """Whether a column may hold a field: most of what stands there is of its kind."""
    if content.is_blank:
        return True
    if field in _TEXTS:
        return content.is_mostly_text or not content.is_mostly_figures
    if field in _FIGURES:
        return not content.is_mostly_text or len(content.texts) < _SEVERAL
    if field == "judged":
        figures = [a for a in content.amounts if a is not None and a not in (0, 1)]
        return 2 * len(figures) <= len(content.filled)
    return True


def rules(content: Content) -> int:
    """How many texts are rules, a limit of their own included."""
    return sum(map(states_rule, content.texts))


def verdicts(content: Content) -> int:
    """How many cells are verdicts, or say that nothing was measured."""
    return sum(is_known_verdict(cell) for cell in content.filled)


def are_weights(content: Content) -> bool:
    """Whether the figures are small whole numbers on nearly every row."""
    amounts = [a for a in content.amounts if a is not None]
    whole = [a for a in amounts if a.denominator == 1 and 0 < a <= _HEAVIEST]
    return bool(whole) and len(whole) >= MOSTLY * len(content.cells)


def gives(weight: Content, points: Content) -> bool:
    """Whether one column has the whole of the other's figures, or nothing, on every row."""
    pairs = [
        (w, p)
        for w, p in zip(weight.amounts, points.amounts, strict=True)
        if w is not None and p is not None
    ]
    whole = sum(w == p for w, p in pairs)
    nothing = sum(p == 0 for _, p in pairs)
    return (
        whole > 0 and nothing > 0 and whole + nothing == len(pairs) and len(pairs) > _LEAST_SHARES
    )


def are_limits(content: Content) -> bool:
    """Whether most of what stands there may be the limits of rules."""
    if content.is_mostly_figures or content.is_blank:
        return True
    limits = [parse_rule("≥", cell) for cell in content.filled]
    return 2 * sum(rule is not None and rule.limit is not None for rule in limits) > len(limits)


def is_above(limit: Content, upper: Content) -> bool:
    """Whether a column never is below the limits beside it."""
    pairs = zip(limit.amounts, upper.amounts, strict=True)
    return all(low < high for low, high in pairs if low is not None and high is not None)


def is_share(content: Content, number: Content, base: Content) -> bool:
    """Whether a column is the quotient of two others, as a part of one or in per cent."""
    if content.sex is not None and not content.has_fractions:
        return False
    shown = [
        (share, count, whole)
        for share, count, whole in zip(content.amounts, number.amounts, base.amounts, strict=True)
        if share is not None and count is not None and whole
    ]
    least = _LEAST_SHARES if content.has_fractions else _LEAST_SHARES + 1
    most_misses = min((len(shown) - 1) // 4, len(shown) - least)
    # Parts of one, or per cent: one or the other in the whole column.
    scale = 100 if all(share <= 1 for share, _, _ in shown) else 1
    misses = (not _is_quotient(scale * share, count, whole) for share, count, whole in shown)
    return most_misses >= 0 and next(islice(filter(None, misses), most_misses, None), None) is None


def _is_quotient(percent: Fraction, count: Fraction, whole: Fraction) -> bool:
    """Whether a figure is a part in per cent, multiplied out: no quotient has to be made."""
    (shown, by), (part, of), (all_, in_) = (f.as_integer_ratio() for f in (percent, count, whole))
    most, least = _HALF_PERCENT.as_integer_ratio()
    gap = abs(shown * of * all_ - 100 * part * in_ * by)
    return least * gap <= most * by * of * abs(all_)


def leading(content: Content, number: Content) -> int:
    """How many parts of the rows' numbers a column's texts begin with ("1.2 Mål" of 1.2.3: 2).

    0 where they do not, or not on nearly all rows.
    """
    depths: list[int] = []
    for text, own in zip(content.cells, number.cells, strict=True):
        match = _LEADING.match(str(text.value or ""))
        if match is not None:
            parts = match.group(1).split(".")
            whole = _PARTS.split(str(own.value or ""))
            depths.append(len(parts) if parts == whole[: len(parts)] != whole else 0)
    common = max(set(depths), key=depths.count, default=0)
    return common if depths.count(common) >= _NEARLY * len(number.cells) else 0
