"""The two results of a balanskravsresultat, by the law's rule and not by how its rows stand.

Gains are always counted off and losses on, however a person writes them: a size, or an amount
with its sign. A row of adjustments together has its own sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from finsam_xl.calc.balanskrav import RESULTS, is_sure, of_posts
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.sums import SumGate
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import Amount, Budget, Known
from finsam_xl.records import NamedTuple
from finsam_xl.words.balanskrav import Post, post

_NO_POSTS = ("section", "note")


class Results(NamedTuple):
    """What the statement comes to; or why that is not known, and the row that it is for."""

    after: Known | None = None
    last: Known | None = None
    why: Reason | None = None
    row: int = 0


def posts_of(budget: Budget) -> dict[Post, int]:
    """The rows of a statement by what they are; none where a row is no post, or one stands twice.

    A result that is blank in all columns looks like a heading.
    """
    rows = [
        (n, found)
        for n, row in enumerate(budget.rows)
        if (found := post(row.label)) in RESULTS or row.role not in _NO_POSTS
    ]
    posts = {one: n for n, one in rows if one is not None}
    return posts if len(posts) == len(rows) and Post.RESULT in posts else {}


def results(posts: Mapping[Post, int], amount_of: Callable[[int], Amount]) -> Results:
    """What the posts come to; ``amount_of``: the figure of a row."""
    sizes: dict[Post, Known] = {}
    for one, row in posts.items():
        amount = None if one in RESULTS else amount_of(row)
        if one in RESULTS:
            continue
        if amount is None:
            return Results(why=Reason.PART_BLANK, row=row)
        if not is_sure(one, amount):
            return Results(why=Reason.SENSE_UNSURE, row=row)
        sizes[one] = amount
    found = of_posts(sizes)
    return Results(found.after_adjustments, found.balanskravsresultat)


class Statement:
    """A table that is a balanskravsresultat."""

    def __init__(self, gate: SumGate) -> None:
        self.gate, self.posts = gate, posts_of(gate.budget)

    def verdicts(self, column: int) -> Iterator[tuple[int, Verdict]]:
        """The rows of the two results, with what each is in a column."""
        if not self.posts or self._is_contradicted():
            return
        found = self._results(column)
        doubt = Doubt(found.why, self.gate.place(found.row, column)) if found.why else None
        for one, amount in zip(RESULTS, (found.after, found.last), strict=True):
            row = self.posts.get(one)
            if row is not None:
                yield row, Verdict(None if doubt else amount, doubt)

    def _is_contradicted(self) -> bool:
        """Whether a result that is printed in any year is something else."""
        for n, other in enumerate(self.gate.budget.columns):
            found = self._results(n) if other.is_stated else Results()
            for one, amount in zip(RESULTS, (found.after, found.last), strict=True):
                row = self.posts.get(one)
                stated = None if row is None else self.gate.printed[row].amounts[n]
                if stated is None or amount is None:
                    continue
                if not explained_by_rounding(stated - amount, len(self.posts)):
                    return True
        return False

    def _results(self, column: int) -> Results:
        return results(self.posts, lambda row: self.gate.amount(row, column))
