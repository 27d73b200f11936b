"""The options that ask what happens to the fees, and what they ask together."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import chain
from typing import Any

import click

from finsam_xl.actions.fee_scenario import Asked
from finsam_xl.calc.fee_changes import Keyed, Pot, Scenario
from finsam_xl.errors import InputError
from finsam_xl.money import parse_number
from finsam_xl.words.units import Unit


class _Keyed(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A municipality and its key, or several: a line or a semicolon between them.

    A list that is pasted from a sheet has a tab between name and key.
    """

    name = "key"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 (click's own)
    ) -> tuple[Keyed, ...]:
        """The names with their keys; raises ``InputError`` for what is none."""
        option = param.opts[0] if param is not None else ""
        parts = [part for part in re.split(r"[;\n]", str(value)) if part.strip()]
        return tuple(_keyed(part, option) for part in parts or [""])


def _keyed(text: str, option: str) -> Keyed:
    name, _, number = text.replace("\t", "=", 1).partition("=")
    figure = parse_number(number.strip())
    if not name.strip() or figure is None or figure.unit not in ("", "%", "st"):
        raise InputError(
            f"”{text.strip()}” är inte en kommun med nyckel.",
            remedy=f'Skriv namn, likhetstecken och tal: {option} "Ekby=2 400".',
        )
    return Keyed(name.strip(), Fraction(figure.value), figure.unit == "%")


class _Pot(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A pot: an amount, with its unit or in the table's."""

    name = "pot"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 (click's own)
        ctx: click.Context | None,  # noqa: ARG002 (click's own)
    ) -> Pot:
        """The pot; raises ``InputError`` for what is no amount."""
        figure = parse_number(str(value))
        if figure is None or figure.unit not in ("", *Unit):
            raise InputError(
                f"”{value}” är ingen pott.",
                remedy="Skriv ett belopp i tabellens enhet, eller med enhet: 5 200 tkr.",
            )
        return Pot(Fraction(figure.value), figure.unit)


class _Years(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """In how many years somebody is phased in."""

    name = "years"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 (click's own)
        ctx: click.Context | None,  # noqa: ARG002 (click's own)
    ) -> int:
        """How many; raises ``InputError`` for what is no such number."""
        if str(value) not in map(str, range(1, _MOST_YEARS + 1)):
            raise InputError(
                f"”{value}” är ingen infasning.", remedy=f"Skriv antal år, 1–{_MOST_YEARS}."
            )
        return int(value)


_MOST_YEARS = 5
_KEYED, _POT, _YEARS = _Keyed(), _Pot(), _Years()
_OPTIONS = (
    click.option(
        "--in",
        "--join",
        "joins",
        metavar="KOMMUN=NYCKEL",
        type=_KEYED,
        multiple=True,
        help="Avgifter: en kommun går med. Nyckeln i samma enhet som tabellens, eller i procent.",
    ),
    click.option(
        "--ut",
        "--leave",
        "leaves",
        metavar="KOMMUN",
        multiple=True,
        help="Avgifter: en kommun lämnar.",
    ),
    click.option(
        "--nyckel",
        "--key",
        "keys",
        metavar="KOMMUN=NYCKEL",
        type=_KEYED,
        multiple=True,
        help="Avgifter: en kommun får en ny nyckel. Flera går att klistra in, en på varje rad.",
    ),
    click.option(
        "--pott",
        "--pot",
        "pot",
        metavar="BELOPP",
        type=_POT,
        help="Avgifter: en annan pott, i tabellens enhet om ingen skrivs (”5 200 tkr”).",
    ),
    click.option(
        "--infasning",
        "--phase-in",
        "years",
        metavar="ÅR",
        type=_YEARS,
        help=f"Avgifter: på hur många år de nya fasas in, högst {_MOST_YEARS}; lika mycket mer av "
        "nyckeln för varje år.",
    ),
    click.option(
        "--ar",
        "--year",
        "year",
        metavar="ÅR",
        type=int,
        help="Avgifter: vilket års tabell; annars den senaste.",
    ),
)


def fee_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that asks what happens to the fees."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked(chosen: dict[str, Any]) -> Asked | None:
    """What the options ask, ``None`` for nothing; ``chosen``: their values by name."""
    joins, keys = (tuple(chain.from_iterable(chosen[name])) for name in ("joins", "keys"))
    scenario = Scenario(joins, chosen["leaves"], keys, chosen["pot"], chosen["years"] or 1)
    if chosen["years"] and not joins:
        raise InputError(
            "Infasningen gäller ingen.",
            remedy='Skriv vem som går med: --in "Ekby=2 400" --infasning 3.',
        )
    asked = Asked(scenario, chosen["year"])
    return None if asked == Asked() else asked
