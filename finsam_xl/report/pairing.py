"""Which rows of an earlier and a later table are the same one, by whatever makes them alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def only_choices(
    gone: Sequence[_T], new: Sequence[_T], matches: Callable[[_T, _T], bool]
) -> Iterator[tuple[_T, _T]]:
    """Those of an earlier and a later table that match each other and no other."""
    for one in gone:
        found = [other for other in new if matches(one, other)]
        if len(found) == 1 and sum(matches(other, found[0]) for other in gone) == 1:
            yield one, found[0]
