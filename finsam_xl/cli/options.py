"""What commands have in common: their file, their options, and values out of a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from finsam_xl.actions import REPORTS
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.errors import InputError
from finsam_xl.words.methods import Method, name_of, synonyms
from finsam_xl.workbook import Workbook

# Whether a path can be read is said by the host, with place and remedy.
PATH = click.Path(path_type=Path, readable=False)
FILE = click.argument("file", metavar="FIL", type=PATH)
OUT = click.option("--out", metavar="FIL", type=PATH, help="Skriv hit i stället.")
JSON = click.option("--json", "as_json", is_flag=True, help="Svara med JSON, för program.")
UNTIL = click.option(
    "--till",
    "until",
    metavar="PERIOD",
    help="Till och med vilken tertial uppföljningen går: T1, T2 eller T3, med år om det behövs "
    "(2026-T1). Utan val den senaste.",
)
_Decorated = Callable[[Callable[..., Any]], Callable[..., Any]]


def dry(what: str) -> _Decorated:
    """The option that shows what would happen; ``what`` it shows, in a passive verb."""
    return click.option("--dry-run", is_flag=True, help=f"Visa vad som skulle {what}, skriv inget.")


def printed(what: str) -> _Decorated:
    """The option for a file to print to."""
    return click.option("--pdf", metavar="FIL", type=PATH, help=what)


class OneOf(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A value out of a few, however it is spelt; ``others``: more names of some of them."""

    name = "value"

    def __init__(self, what: str, values: Sequence[str], others: Mapping[str, str] = {}) -> None:
        """``what`` the values are, at the beginning of a sentence and in the definite form."""
        self._what = what
        self._values = tuple(values)
        self._known = {fold(value): value for value in values} | dict(others)

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 (click's own)
    ) -> str:
        """The value that is meant; raises ``InputError`` with the nearest one."""
        known = self._known.get(fold(str(value)))
        if known is not None:
            return known
        name = param.opts[0] if isinstance(param, click.Option) else ""
        guess = did_you_mean(str(value), (*self._values, *self._known))
        every = f"{name} kan vara: {', '.join(self._values)}.".strip()
        raise InputError(
            f"{self._what} ”{value}” finns inte.",
            remedy=" ".join(filter(None, (guess, every[:1].upper() + every[1:]))),
        )


REPORT = OneOf("Rapporten", REPORTS)
METHODS = tuple(map(name_of, Method))
METHOD = OneOf("Metoden", METHODS, {fold(word): name for word, name in synonyms().items()})


def opened(file: Path, progress: Callable[[str], None], writes: Path | None = None) -> Workbook:
    """A workbook, for the person who runs the command, now."""
    return Workbook(file, now(), progress, writes=writes, user=user())


def now() -> datetime:
    """The time on the clock on the wall."""
    return datetime.now().astimezone()


def user() -> str:
    """Who runs the command, for the log; '' where the computer does not say."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
