"""Which columns of a table are alternatives: several ways to budget one and the same year.

"Låg", "Mellan" and "Hög" under one year, "Alternativ A" beside "Alternativ B": their headings say
so, and the table shows it, which has several of them for a year, and each once. They are no
budgets that disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from finsam_xl.model_budget import Budget
from finsam_xl.reading.drafts import ColumnRead
from finsam_xl.reading.reasons import an_alternative
from finsam_xl.words.alternatives import key_of, name_of

WEIGHED = ("budget", "plan", "forecast")
"""The scenarios of columns that there may be several alternatives of."""
_SHOWN = 0.93
"""How sure the table makes what the heading of an alternative says."""


def with_alternatives(columns: Sequence[ColumnRead]) -> tuple[ColumnRead, ...]:
    """The columns of a table, each with what its alternative is called where there are several."""
    keys = [key_of(c.header) if c.scenario in WEIGHED else "" for c in columns]
    places = [(key, str(c.period)) for key, c in zip(keys, columns, strict=True) if key]
    in_period = Counter(period for _, period in places)
    is_each_once = len(set(places)) == len(places)
    if not is_each_once or max(in_period.values(), default=0) <= 1:
        return tuple(columns)
    names: dict[str, str] = {}
    for key, column in zip(keys, columns, strict=True):
        names.setdefault(key, name_of(column.header))
    return tuple(
        _named(column, names[key]) if key else column
        for key, column in zip(keys, columns, strict=True)
    )


def _named(column: ColumnRead, name: str) -> ColumnRead:
    sure = max(column.sure, _SHOWN) if column.period is not None else column.sure
    return column._replace(alternative=name, sure=sure, why=(*column.why, an_alternative(name)))


def alternatives(budget: Budget) -> tuple[str, ...]:
    """What the alternatives of a table are called, in the order of its columns; none: ()."""
    return tuple(dict.fromkeys(filter(None, (one.alternative for one in budget.columns))))


def chosen(budget: Budget, said: str) -> str:
    """The alternative of a table that an answer names; '' for none of them."""
    key = key_of(said, is_answer=True)
    return next((name for name in alternatives(budget) if key and key_of(name) == key), "")


def only(budget: Budget, alternative: str) -> Budget:
    """A table without the columns of other alternatives than one; '' for none of them."""
    kept = [n for n, c in enumerate(budget.columns) if c.alternative in ("", alternative)]
    if len(kept) == len(budget.columns):
        return budget
    place = {number: n for n, number in enumerate(kept)}
    columns = [budget.columns[n] for n in kept]
    return budget._replace(
        columns=tuple(
            column._replace(
                of=tuple((place[n], factor) for n, factor in column.of)
                if all(n in place for n, _ in column.of)
                else ()
            )
            for column in columns
        ),
        rows=[
            row._replace(
                amounts=tuple(row.amounts[n] for n in kept),
                unreadable=frozenset(place[n] for n in row.unreadable if n in place),
            )
            for row in budget.rows
        ],
    )
