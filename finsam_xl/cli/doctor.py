"""The command ``hälsa``: what works on this computer, and the one thing to do about the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from finsam_xl import __version__
from finsam_xl.cli import lines, printing
from finsam_xl.cli.options import JSON, PATH
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.doctor.health import Health, State, first
from finsam_xl.records import NamedTuple


class _Heading(NamedTuple):
    mark: str
    colour: str
    text: str


_HEADINGS = {
    State.OK: _Heading("+", "green", "Fungerar"),
    State.FAULT: _Heading("✖", "red", "Fel"),
    State.MISSING: _Heading("▲", "yellow", "Saknas"),
    State.UNKNOWN: _Heading("?", "", "Vet inte"),
}
_GAP = 2
_REMEDY = "    Gör så här: "
_BELOW = "    "
_NOTHING_TO_DO = "Allt som behövs fungerar. Prova med: finsam-xl demo"
_LAST = "Inget är ändrat på datorn, och inget är skickat."


@click.command(cls=Command)
@click.argument("folder", metavar="[MAPP]", required=False, type=PATH)
@JSON
def doctor(folder: Path | None, as_json: bool) -> None:
    """Visa vad som fungerar på datorn, och vad du gör åt resten.

    MAPP är den med dina böcker, annars den du står i.
    """
    from finsam_xl.doctor.checks import examined
    from finsam_xl.doctor.probe import probed

    with Progress() as progress:
        progress("ser efter på datorn")
        computer = probed(folder or Path(), __version__)
    found = examined(computer)
    if as_json:
        printing.as_json(_content(found, str(computer.folder.path)))
        return
    printing.tell(
        f"finsam-xl {__version__} på {computer.system.value}, i mappen "
        + lines.whole(str(computer.folder.path))
    )
    printing.out(_text(found))


def _content(found: Sequence[Health], folder: str) -> dict[str, Any]:
    begin = first(found)
    return {
        "version": __version__,
        "folder": folder,
        "checks": [{**one._asdict(), "state": one.state.value} for one in found],
        "first": begin and {"name": begin.name, "remedy": begin.remedy},
    }


def _text(found: Sequence[Health]) -> Iterator[str]:
    width = max(len(one.title) for one in found)
    for state, heading in _HEADINGS.items():
        chosen = [one for one in found if one.state is state]
        if chosen:
            yield ""
            yield printing.marked(heading.mark, heading.colour, heading.text)
        for one in chosen:
            yield from _of_one(one, width)
    yield ""
    begin = first(found)
    most = lines.width()
    if begin is None:
        yield _NOTHING_TO_DO
    else:
        yield from lines.wrapped(
            f"Gör detta först ({begin.title}): {begin.remedy}", rest=_BELOW, width=most
        )
    yield _LAST


def _of_one(one: Health, width: int) -> Iterator[str]:
    label = f"  {one.title.ljust(width + _GAP)}"
    shown = printing.visible(one.what)
    yield from lines.wrapped(shown, first=label, rest=" " * len(label), width=lines.width())
    if one.remedy:
        shown = printing.visible(one.remedy)
        yield from lines.wrapped(shown, first=_REMEDY, rest=_BELOW, width=lines.width())
