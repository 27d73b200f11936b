"""What a person is told when a button has been clicked, whatever came of it."""

from __future__ import annotations

import getpass
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from finsam_xl.errors import FinsamError
from finsam_xl.hosts.opened.outcome import Applied
from finsam_xl.records import NamedTuple

_LONGEST = 900
"""Characters that a message box shows with room to spare."""


class Told(NamedTuple):
    """What is told, and how it went: 0 done, 2 refused, 3 a fault in the program."""

    text: str
    code: int


def answered(do: Callable[[], str]) -> Told:
    """Do what a button says; no error comes out of it but as a sentence."""
    try:
        text, code = do(), 0
    except FinsamError as error:
        text, code = str(error), 2
    except Exception:  # noqa: BLE001  (whatever it is, a person is told and the program goes on)
        text, code = _unexpected(), 3
    return Told(_within(text), code)


def summary(applied: Applied) -> str:
    """What was changed and what to know about it."""
    return "\n\n".join(applied.told)


def user() -> str:
    """Who clicked, for the log; '' where the computer does not say."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _within(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _unexpected() -> str:
    """What is told of a fault in the program; the details are kept in a file."""
    file = Path(tempfile.gettempdir()) / "finsam-fel.txt"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return (
        f"Ett oväntat fel stoppade arbetet; det står i {file}. Se efter på bladet vad som hann "
        "skrivas, och stäng utan att spara om något ser fel ut. Skicka gärna filen till den som "
        "sköter finsam_xl."
    )
