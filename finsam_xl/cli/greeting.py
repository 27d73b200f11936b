"""What is said to whoever starts the program with no command: what it does, where to begin."""

from __future__ import annotations

from finsam_xl.cli import lines, printing
from finsam_xl.records import NamedTuple

_HELLO = (
    "Hej! Det här är finsam-xl. Programmet räknar om, granskar och rapporterar i "
    "samordningsförbundets egna Excel-böcker, och rör inget annat i dem."
)


class _Command(NamedTuple):
    """A command to begin with, and what it gives."""

    text: str
    gives: str


_BEGIN = (
    _Command("finsam-xl demo", "exempelböcker och en rundtur på tio minuter, i en ny mapp"),
    _Command("finsam-xl hälsa", "vad som fungerar på datorn, och vad du gör åt resten"),
    _Command("finsam-xl tabeller FIL", "hur en av dina böcker läses; inget skrivs"),
    _Command("finsam-xl handbok", "handboken, i webbläsaren"),
    _Command("finsam-xl --help", "alla kommandon"),
)
_OFFER = "\nVill du ha exempelböckerna i en ny mapp här nu?"


def greet() -> None:
    """Say hello, and the commands to begin with."""
    printing.tell(_HELLO, rest="")
    printing.say("\nKommandon:")
    width = max(len(command.text) for command in _BEGIN)
    for command in _BEGIN:
        first = f"  {command.text.ljust(width)}  "
        printing.out(
            lines.wrapped(command.gives, first=first, rest=" " * len(first), width=lines.width())
        )


def takes_demo() -> bool:
    """Offer the demo where there is somebody to ask; whether it is taken."""
    from finsam_xl.cli.wired import agreed, may_ask

    return may_ask(dry_run=False, as_json=False) and agreed(_OFFER, "n")
