"""The command that asks what it would take, and what would happen if.

Options of a question say by themselves that it is asked.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from finsam_xl.actions.questions import Asked
from finsam_xl.cli import printing
from finsam_xl.cli.options import FILE, JSON, OUT, PATH, opened, printed
from finsam_xl.cli.outcome import carry_out
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError


class _Target(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """An index to reach: a number above 0 and at most 100."""

    name = "index"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 (click's own)
        ctx: click.Context | None,  # noqa: ARG002 (click's own)
    ) -> Fraction:
        """The index that is meant; raises ``InputError`` for what is none."""
        with suppress(ValueError, ZeroDivisionError):
            number = Fraction(str(value).replace(",", "."))
            if 0 < number <= _HIGHEST:
                return number
        raise InputError(
            f"”{value}” är inget index att nå.", remedy="Skriv ett tal över 0, högst 100."
        )


TARGET = _Target()
_HIGHEST = 100


@click.command("vad-krävs", cls=Command, english="whatif")
@FILE
@click.option(
    "--target",
    metavar="INDEX",
    type=TARGET,
    help="Vilket index som ska nås; annars målet som gäller.",
)
@click.option(
    "--mot",
    "--against",
    "against",
    metavar="FIL",
    type=PATH,
    help="Fjolårets arbetsbok: visa vad som har ändrats sedan dess.",
)
@OUT
@printed("Skriv även rapporten som PDF.")
@JSON
def what_if(
    file: Path,
    target: Fraction | None,
    against: Path | None,
    out: Path | None,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Visa vad som hade krävts för att nå målindex."""
    with ExitStack() as stack:
        progress = stack.enter_context(Progress())
        book = stack.enter_context(opened(file, progress, out or file))
        earlier = stack.enter_context(opened(against, progress)) if against else None
        result = book.what_if(Asked(target), earlier)
        if not as_json:
            from finsam_xl.report.contents import answer_of

            progress.make_way()
            for sheet in result.plan.sheets:
                printing.tell(answer_of(sheet))
        carry_out(book, result, progress, out, pdf, as_json=as_json)
