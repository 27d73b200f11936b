"""How one thing on a computer is, and what to do first.

>>> from finsam_xl.doctor.health import first, fine, missing
>>> every = (fine("disk", "Disken", "12 GB"), missing("office", "LibreOffice", "", "Hämta det."))
>>> first(every).remedy
'Hämta det.'
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from finsam_xl.records import NamedTuple


class State(StrEnum):
    """How a thing is, from the best: a fault is in the way, what is missing may be done without."""

    OK = "ok"
    UNKNOWN = "unknown"
    MISSING = "missing"
    FAULT = "fault"


class Health(NamedTuple):
    """One thing: its lasting name, what people call it, how it is, and the one thing to do."""

    name: str
    title: str
    state: State
    what: str
    remedy: str = ""


def fine(name: str, title: str, what: str) -> Health:
    """A thing that works."""
    return Health(name, title, State.OK, what)


def unknown(name: str, title: str, what: str, remedy: str) -> Health:
    """A thing that cannot be found out from here; ``remedy``: how a person finds it out."""
    return Health(name, title, State.UNKNOWN, what, remedy)


def missing(name: str, title: str, what: str, remedy: str) -> Health:
    """A thing that is not there, and that something else can do without."""
    return Health(name, title, State.MISSING, what, remedy)


def fault(name: str, title: str, what: str, remedy: str) -> Health:
    """A thing that is in the way."""
    return Health(name, title, State.FAULT, what, remedy)


def first(every: Sequence[Health]) -> Health | None:
    """What to do something about first: the first fault, else the first thing that is missing."""
    for state in (State.FAULT, State.MISSING):
        for one in every:
            if one.state is state:
                return one
    return None
