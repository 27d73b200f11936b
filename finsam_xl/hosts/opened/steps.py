"""One change at a time: all are made, or none is left."""

from __future__ import annotations

from collections.abc import Callable

from finsam_xl.errors import WorkbookError
from finsam_xl.records import NamedTuple


class Step(NamedTuple):
    """A change to make, how to take it back, and whether it is mere decoration.

    ``undo``: not needed where the program itself can take it back; ``note``: told instead of
    failing, where this program cannot do it.
    """

    do: Callable[[], object]
    undo: Callable[[], object] | None = None
    note: str = ""


def failed(program: str, book: str, reason: str, *, restored: bool) -> WorkbookError:
    """What is told when a program could not make a change."""
    left = "Cellerna är återställda." if restored else "Alla celler gick inte att återställa."
    remedy = "Försök igen; hjälper det inte, spara arbetsboken och kör finsam-xl på filen."
    if not restored:
        remedy = "Stäng arbetsboken utan att spara och öppna den igen."
    return WorkbookError(
        f"{program} kunde inte skriva ändringarna ({reason}). {left}", where=book, remedy=remedy
    )
