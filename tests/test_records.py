"""Records are named tuples in every way that the house uses."""

from __future__ import annotations

import inspect
import pickle

import pytest

from finsam_xl.model import Ref
from finsam_xl.records import NamedTuple


class Pair(NamedTuple):
    """Two numbers."""

    first: int
    second: int = 2

    @property
    def total(self) -> int:
        """Both together."""
        return self.first + self.second

    @classmethod
    def of(cls, number: int) -> Pair:
        """The same twice."""
        return cls(number, number)


def test_fields_and_defaults() -> None:
    assert Pair._fields == ("first", "second")
    assert Pair(1) == (1, 2) == Pair(second=2, first=1)
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]


def test_what_its_body_holds() -> None:
    assert Pair(1).total == 3
    assert Pair.of(4) == (4, 4)
    assert (Pair.__doc__, Pair.__module__, Pair.__qualname__) == ("Two numbers.", __name__, "Pair")
    assert list(inspect.signature(Pair).parameters) == ["first", "second"]


def test_it_is_a_tuple_that_prints_and_travels() -> None:
    assert repr(Pair(1)) == "Pair(first=1, second=2)"
    assert Pair(1)._replace(second=5)._asdict() == {"first": 1, "second": 5}
    assert not hasattr(Pair(1), "__dict__")
    place = Ref("Blad", "B2")
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301 (our own)
