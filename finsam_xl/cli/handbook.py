"""The command ``handbok``: opens the handbook that lies in the package, at a subject.

>>> anchor("kommando", "räkna-om"), anchor("funktion", "FINSAM_AVGIFT")
('kommando-rakna-om', 'funktion-finsam-avgift')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click

import finsam_xl
from finsam_xl.cli import printing
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.cli.options import JSON
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.handbok import HEADINGS
from finsam_xl.records import NamedTuple

PAGES = Path(finsam_xl.__file__).parent / "handbok/html"
"""Where the handbook lies."""


class Place(NamedTuple):
    """A subject of the handbook: what it is called, and where it stands, from its folder."""

    subject: str
    address: str


def anchor(kind: str, name: str) -> str:
    """The mark of a heading about a command, button, function or finding."""
    return f"{kind}-{'-'.join(re.findall(r'[a-z0-9]+', fold(name)))}"


@cache
def places() -> Mapping[str, Place]:
    """Every subject by its folded name: what is written, commands, functions, findings, buttons.

    A command goes before the button of the same name, which its page leads to.
    """
    from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
    from finsam_xl.cli.commands import cli
    from finsam_xl.findings import kinds
    from finsam_xl.registry import FUNCTIONS

    found = [Place(heading.subject, heading.address) for heading in HEADINGS]
    for page, kind, names in (
        ("kommandon.html", "kommando", cli.commands),
        ("funktioner.html", "funktion", [one.name for one in FUNCTIONS]),
        ("fynd.html", "fynd", kinds()),
        ("knappar.html", "knapp", [one.text for one in (*BUTTONS, *PLAIN_BUTTONS)]),
    ):
        found += [Place(name, f"{page}#{anchor(kind, name)}") for name in names]
    known: dict[str, Place] = {}
    for one in found:
        known.setdefault(fold(one.subject), one)
    return known


@click.command(cls=Command)
@click.argument("subject", metavar="[ÄMNE]", required=False)
@click.option("--skriv-adress", "only_told", is_flag=True, help="Öppna inget, säg bara var.")
@JSON
def handbook(subject: str | None, only_told: bool, as_json: bool) -> None:
    """Öppna handboken i webbläsaren: hela, eller vid ett ämne.

    ÄMNE är ett kommando, en funktion, koden på ett fynd eller till exempel ”rättelser”.
    """
    index = PAGES / "index.html"
    if not index.is_file():
        raise InputError(
            "Handboken följer inte med den här installationen.",
            remedy="Installera finsam-xl på nytt, eller läs filerna i finsam_xl/handbok/text.",
        )
    where = index.as_uri() if subject is None else address(subject)
    if as_json:
        printing.as_json({"address": where})
        return
    printing.out([where])
    if not only_told:
        _open(where)


def address(subject: str) -> str:
    """Where a subject stands on this computer; raises ``InputError`` for one that is not there."""
    known = places()
    place = known.get(fold(subject))
    if place is None:
        near = did_you_mean(subject, [one.subject for one in known.values()])
        raise InputError(
            f"Handboken har inget ämne som heter ”{subject}”.",
            remedy=near or "Skriv finsam-xl handbok för att öppna den, och sök i den.",
        )
    page, _, heading = place.address.partition("#")
    return f"{(PAGES / page).as_uri()}{f'#{heading}' if heading else ''}"


def _open(where: str) -> None:
    """Open a page in whatever browser there is; the address is told already if there is none."""
    import webbrowser

    webbrowser.open(where)
