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
from finsam_xl.cli import fee_options, printing
from finsam_xl.cli.options import FILE, JSON, OUT, PATH, UNTIL, opened, printed
from finsam_xl.cli.outcome import carry_out
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.report import tank_om
from finsam_xl.report.contents import answer_of


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


@click.command(cls=Command)
@FILE
@click.option(
    "--target",
    metavar="INDEX",
    type=TARGET,
    help="Index: vilket som ska nås; annars målet som gäller.",
)
@click.option(
    "--mot",
    "--against",
    "against",
    metavar="FIL",
    type=PATH,
    help="Fjolårets arbetsbok: visa vad som har ändrats sedan dess.",
)
@click.option(
    "--scenario",
    metavar="NAMN",
    help="Plan: vilket av dess scenarier som ska leda; annars det som är valt i boken.",
)
@UNTIL
@fee_options.fee_options
@OUT
@printed("Skriv även rapporten som PDF.")
@JSON
def what_if(
    file: Path,
    target: Fraction | None,
    scenario: str | None,
    against: Path | None,
    until: str | None,
    out: Path | None,
    pdf: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Visa vad som krävs, och vad som händer om något ändras.

    Av en social budget vad som krävs för målindex; av medlemsavgifter vad som händer när en kommun
    går med eller lämnar, eller när en nyckel eller potten ändras; av en plan eller uppföljning
    vad som händer med eget kapital; av två år vad som har ändrat index eller resultatet.

    Utan val besvaras de frågor som boken har tabeller för. Om avgifterna är det då vad det betyder
    för de andra att en kommun lämnar.
    """
    asked = Asked(target, fee_options.asked(chosen), scenario, until=until)
    with ExitStack() as stack:
        progress = stack.enter_context(Progress())
        book = stack.enter_context(opened(file, progress, out or file))
        earlier = stack.enter_context(opened(against, progress)) if against else None
        result = book.what_if(asked, earlier)
        reports = [sheet for sheet in result.plan.sheets if sheet.owner != tank_om.OWNER]
        answers = [(sheet.name, answer_of(sheet)) for sheet in reports]
        more: dict[str, Any] = {}
        if as_json:
            more = {"answers": [{"sheet": name, "answer": text} for name, text in answers]}
            if asked.fees is not None:
                more["fees"] = fee_options.as_fields(book.fees_if(asked.fees))
        else:
            progress.make_way()
            for _, text in answers:
                printing.tell(text)
        carry_out(book, result, progress, out, pdf, as_json=as_json, more=more)
