"""The options that ask what happens to the fees, and what they ask together."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import chain
from typing import Any

import click

from finsam_xl.actions.fee_scenario import Asked, Found
from finsam_xl.calc.fee_changes import Keyed, Pot, Scenario
from finsam_xl.calc.fee_scenario import Leaving, Standing, Sums, leaving
from finsam_xl.errors import InputError
from finsam_xl.model_budget import Amount
from finsam_xl.money import as_float, parse_number
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
        help="Avgifter: en annan pott, allas eller kommunernas som tabellens, i dess enhet om "
        "ingen skrivs: ”5 200 tkr”.",
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


def as_fields(found: Found) -> dict[str, Any]:
    """What happens to the fees, with the fields programs rely on; amounts in the table's unit.

    Without a scenario: what it does to the others that each member leaves.
    """
    now, result = found
    fields: dict[str, Any] = {"year": now.table.year, "unit": now.table.unit}
    if result is None:
        return fields | {"leaving": [_of_leaving(one) for one in leaving(now)]}
    return fields | {
        "before": _of_sums(result.before),
        "after": [_of_sums(sums) for sums in result.years],
        "parties": [
            {
                "name": one.name,
                "party": str(one.kind),
                "before": _of_standing(one.before),
                "after": [_of_standing(standing) for standing in one.after],
                "change": _number(one.change()),
                "percent": _number(one.percent()),
            }
            for one in result.effects
        ],
    }


def _of_leaving(one: Leaving) -> dict[str, Any]:
    most = one.most
    return {
        "name": one.name,
        "more": _number(one.more),
        "most": None if most is None else most.name,
        "most_more": None if most is None else _number(most.change()),
    }


def _of_sums(sums: Sums) -> dict[str, Any]:
    return {
        "pot": _number(sums.pot),
        "part": _number(sums.part),
        "paid": _number(sums.paid),
        "rounding": _number(sums.rounding),
    }


def _of_standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {"key": _number(standing.key), "fee": _number(standing.fee)}


def _number(amount: Amount) -> float | None:
    return None if amount is None else as_float(amount)
