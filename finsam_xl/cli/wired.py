"""What ``wire``, ``unwire`` and ``freeze`` say: what is put in or taken out, and what to know."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from fractions import Fraction

import click

from finsam_xl.cli import printing, shapes
from finsam_xl.cli.progress import Progress
from finsam_xl.formulas.swedish import as_read
from finsam_xl.model_budget import decimals
from finsam_xl.money import exact, swedish
from finsam_xl.plan import CellEdit
from finsam_xl.wiring import Change


def carry_out(
    opened: AbstractContextManager[Change],
    progress: Progress,
    *,
    dry_run: bool,
    asks: bool,
    as_json: bool,
) -> None:
    """Tell of a change and make it; where it ``asks``, only once somebody has said yes."""
    with opened as change:
        progress.make_way()
        if not as_json:
            _tell(change)
        if asks:
            ask()
        printing.ready(as_json=as_json)
        saved = None if dry_run else change.write()
    backup = saved.backup if saved is not None else None
    if as_json:
        printing.as_json(
            {
                "target": str(change.target),
                "changes": change.lines,
                "notes": change.notes,
                "again": change.again,
                "functions": [shapes.of_edit(edit) for edit in change.functions],
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
        printing.tell(line, "  • ", "    ")
    for edit in change.functions:
        printing.say(f"      {edit.sheet}!{edit.cell}  {_value(edit)}  {_formula(edit)}")
    printing.tell(change.rest)
    for note in change.notes:
        printing.tell(f"Obs: {note}")


def _value(edit: CellEdit) -> str:
    """What a cell shows, and whether it was blank."""
    number = exact(edit.new) if isinstance(edit.new, int | float) else Fraction(0)
    shown = swedish(number, decimals(number))
    return f"{shown} (var tom)" if edit.old is None else shown


def _formula(edit: CellEdit) -> str:
    """A formula of ours as Excel shows it in Swedish."""
    return as_read(f"={edit.formula}")


def may_ask(*, dry_run: bool, as_json: bool) -> bool:
    """Whether there is somebody to ask, and something to ask of."""
    return not dry_run and not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def wants_functions(count: int) -> bool:
    """Ask whether so many result cells shall have our functions."""
    cells = "1 resultatcell" if count == 1 else f"{count} resultatceller"
    question = f"{cells} kan få Finsams funktioner, som följer underlaget. Lägga in dem?"
    return bool(count) and agreed(question, "n")


def agreed(question: str, default: str) -> bool:
    """Ask whether something is to be done; ``default``: what Enter alone means, j or n."""
    answer: str = click.prompt(f"{question} (j/n)", default=default, show_default=False)
    return answer.strip().lower().startswith(("j", "y"))


def ask() -> None:
    """On a terminal, go on only once somebody has said yes."""
    if may_ask(dry_run=False, as_json=False) and not agreed("Gör så?", "j"):
        raise click.Abort
