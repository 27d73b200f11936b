"""What ``wire`` and ``unwire`` say: what is put in or taken out, where, and what to know."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager

import click

from finsam_xl.cli import printing
from finsam_xl.wiring import Change


def carry_out(
    opened: AbstractContextManager[Change], *, dry_run: bool, asks: bool, as_json: bool
) -> None:
    """Tell of a change and make it; ``asks``: on a terminal, only once somebody has said yes."""
    with opened as change:
        if not as_json:
            _tell(change)
        asks &= not dry_run and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
        if asks and not _agreed():
            raise click.Abort
        saved = None if dry_run else change.write()
    backup = saved.backup if saved is not None else None
    if as_json:
        printing.as_json(
            {
                "target": str(change.target),
                "changes": change.lines,
                "notes": change.notes,
                "again": change.again,
                "file": str(saved.path) if saved is not None else None,
                "backup": str(backup) if backup is not None else None,
            }
        )
    elif saved is None:
        printing.say("Inget är skrivet (provkörning).")
    else:
        printing.say(f"Skrivet till {saved.path}")
        if backup is not None:
            printing.say(f"Säkerhetskopia: {backup.name}")


def _tell(change: Change) -> None:
    printing.say(f"{change.target.name}{', kopplas om' if change.again else ''}:")
    for line in change.lines:
        printing.say(f"  • {line}")
    printing.say("Allt annat i boken är orört.")
    for note in change.notes:
        printing.say(f"Obs: {note}")


def _agreed() -> bool:
    answer: str = click.prompt("Gör så? (j/n)", default="j", show_default=False)
    return answer.strip().lower().startswith(("j", "y"))
