"""The command ``fynd``: what a kind of finding means, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from finsam_xl.cli import lines, printing
from finsam_xl.cli.findings import severity_name
from finsam_xl.cli.handbook import address
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.cli.options import JSON
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.findings import Kind, kinds
from finsam_xl.model import SEVERITIES, Severity

_INDENT = "    "


@click.command(cls=Command)
@click.argument("code", metavar="[KOD]", required=False)
@JSON
def explain(code: str | None, as_json: bool) -> None:
    """Visa vad ett fynd betyder och vad du gör åt det.

    Utan KOD visas alla slags fynd. Koden står sist på fyndets första rad i kontrollera.
    """
    known = {fold(kind.code): kind for kind in kinds().values()}
    if code is not None and fold(code) not in known:
        near = did_you_mean(code, known) or "Skriv finsam-xl fynd för att se alla."
        raise InputError(f"Inget slags fynd har koden ”{code}”.", remedy=near)
    chosen = [known[fold(code)]] if code is not None else list(known.values())
    if as_json:
        printing.as_json({"kinds": [_json(kind) for kind in chosen]})
    else:
        printing.out(_of_one(chosen[0]) if code is not None else _listed(chosen))


def _json(kind: Kind) -> dict[str, object]:
    return {
        "code": kind.code,
        "severities": list(kind.severities),
        "means": kind.means,
        "remedy": kind.remedy,
        "handbook": address(kind.code),
    }


def _of_one(kind: Kind) -> Iterator[str]:
    """A kind in full."""
    yield f"{kind.code}  ({' eller '.join(map(severity_name, kind.severities))})"
    for title, text in (("Vad det betyder", kind.means), ("Vad du gör", kind.remedy)):
        yield f"\n{title}"
        yield from lines.wrapped(text, first=_INDENT, rest=_INDENT)
    yield f"\nI handboken: finsam-xl handbok {kind.code}"


def _listed(chosen: list[Kind]) -> Iterator[str]:
    """All kinds, the gravest first, each with what it means."""
    for severity in SEVERITIES:
        yield f"{_heading(severity)}\n"
        for kind in chosen:
            if kind.severities[0] == severity:
                yield kind.code
                yield from lines.wrapped(kind.means, first=_INDENT, rest=_INDENT)
        yield ""
    yield "Skriv finsam-xl fynd KOD för att se vad du gör åt ett fynd."


def _heading(severity: Severity) -> str:
    return severity_name(severity, several=True).upper()
