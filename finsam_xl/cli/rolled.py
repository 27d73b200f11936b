"""What ``new-year`` says: what becomes of each sheet, and what is left to look at."""

from __future__ import annotations

from contextlib import AbstractContextManager

from finsam_xl.actions.new_year_told import What
from finsam_xl.cli import printing, wired
from finsam_xl.cli.progress import Progress
from finsam_xl.new_year import Coming


def carry_out(
    opened: AbstractContextManager[Coming],
    progress: Progress,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Tell of the new workbook and write it; on a terminal once somebody has said yes."""
    with opened as coming:
        progress.make_way()
        if not as_json:
            _tell(coming)
        if not dry_run and not as_json:
            wired.ask()
        printing.ready(as_json=as_json)
        saved = None if dry_run else coming.write()
    if as_json:
        printing.as_json(_content(coming) | {"file": str(saved.path) if saved else None})
    elif saved is None:
        printing.say("Inget är skrivet (provkörning).")
    else:
        printing.say(f"Skrivet till {saved.path}. Årets bok är orörd.")
        if saved.backup is not None:
            printing.say(f"Säkerhetskopia av det som stod där: {saved.backup.name}")


def _content(coming: Coming) -> dict[str, object]:
    return {
        "year": coming.year,
        "new_year": coming.year + 1,
        "target": str(coming.target),
        "sheets": dict(coming.sheets),
        "edits": [
            {"sheet": e.sheet, "cell": e.cell, "old": e.old, "new": e.new, "why": e.why}
            for e in coming.edits
        ],
        "told": [{"sheet": t.sheet, "what": t.what, "text": t.text} for t in coming.told],
    }


def _tell(coming: Coming) -> None:
    printing.say(f"{coming.target.name}: {coming.year + 1} av {coming.year}")
    sheet: str | None = None
    for line in coming.told:
        if line.sheet != sheet:
            sheet = line.sheet
            printing.say(f"\n{sheet or 'Hela boken'}")
        printing.tell(f"{line.what}: {line.text}", "  ", "    ")
    printing.say("\nFormler, format, knappar och allt annat är som det var.")
    if any(line.what is What.ASKED for line in coming.told):
        printing.tell(
            f"{What.ASKED} är det som programmet inte säkert vet och därför lät stå: se efter i "
            f"den nya boken, och ändra det som ska gälla {coming.year + 1}. Resten är klart."
        )
