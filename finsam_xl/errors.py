"""What can go wrong, said so that a person can act on it.

Three classes cover everything the product refuses to do. Each carries a
Swedish sentence, the place it concerns and the remedy; hosts translate them
once, at their edge, to a dialog, a cell error or an exit code.

>>> print(InputError("Vikten är 11.", where="Social budget!H7", remedy="Skriv 1–10."))
Social budget!H7: Vikten är 11. Skriv 1–10.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FinsamError(Exception):
    """Anything the product refuses to do. ``usual``: what is said where nothing more is known."""

    usual = "Beräkningen kunde inte göras."

    def __init__(self, what: str = "", *, where: str = "", remedy: str = "") -> None:
        self.what = what or self.usual
        self.where = where
        self.remedy = remedy
        super().__init__(self.what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.remedy}".rstrip()


class InputError(FinsamError):
    """A value that cannot be used."""

    usual = "Ett värde går inte att använda."


class WorkbookError(FinsamError):
    """A workbook that cannot be read or written."""

    usual = "Arbetsboken går inte att läsa eller skriva."


class PolicyError(FinsamError):
    """A rule that is missing or wrongly written."""

    usual = "En regel saknas eller är felskriven."


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Adds the file to the place of an error that only knows a part or a cell of it."""
    try:
        yield
    except WorkbookError as error:
        if path.name not in error.where:
            error.where = f"{path}, {error.where}" if error.where else str(path)
        raise
