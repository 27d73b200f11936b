"""The command ``kontrollera``: what looks wrong in one workbook, or in several and between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam_xl.chosen import meant
from finsam_xl.cli import findings, lines, printing, shapes
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.cli.options import JSON, PATH, now
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.findings import kinds
from finsam_xl.findings.places import Places, named
from finsam_xl.model import Finding

if TYPE_CHECKING:
    from finsam_xl.several import CheckedFiles

FOUND_ERRORS = 1
_MOST_SHEETS, _MOST_SKIPPED = 12, 3
_OTHERS = "annat-forbund"
"""The code of a file that is not held against the others."""


@click.command(cls=Command)
@click.argument("files", metavar="FIL…", nargs=-1, required=True, type=PATH)
@click.option("--kod", "codes", metavar="KOD", multiple=True, help="Visa bara fynd med koden.")
@click.option(
    "--blad", "sheets", metavar="BLAD", multiple=True, help="Visa bara fynd som rör bladet."
)
@click.option(
    "--alla", "every", is_flag=True, help="Visa alla upplysningar, inte bara en av varje slag."
)
@JSON
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    codes: tuple[str, ...],
    sheets: tuple[str, ...],
    every: bool,
    as_json: bool,
) -> None:
    """Visa vad som ser fel ut, i en arbetsbok eller mellan flera.

    En mapp står för arbetsböckerna i den. Svarskoden är 1 om något av det som visas är fel.
    --kod och --blad kan anges flera gånger.
    """
    from finsam_xl.several import check_files

    given = meant(files)
    with Progress() as progress:
        checked = check_files(given.files, now=now(), progress=progress)
    found = _of_sheets(_of_codes(checked.findings, codes), checked, sheets)
    unheard = [code for code in codes if fold(code) not in {f.code for f in checked.findings}]
    skipped = [path.name for path in given.skipped]
    if as_json:
        content = {
            "findings": [shapes.of_finding(finding) for finding in found],
            "checked": checked.figures,
        }
        printing.as_json(content | ({"skipped": skipped} if skipped else {}))
    else:
        notes = [f"Inget fynd har koden ”{code}”." for code in unheard]
        if skipped:
            notes.append(_skipped(skipped))
        printing.out(_told(checked, found, notes, every=every))
    if any(finding.severity == "error" for finding in found):
        context.exit(FOUND_ERRORS)


def _of_codes(found: Sequence[Finding], codes: Iterable[str]) -> Sequence[Finding]:
    """The findings of some codes; raises ``InputError`` for one that looks misspelt."""
    if not (wanted := {fold(code) for code in codes}):
        return found
    for code in sorted(wanted - kinds().keys()):
        near = did_you_mean(code, kinds()) or "Skriv finsam-xl fynd för att se alla koder."
        raise InputError(f"Inget slags fynd har koden ”{code}”.", remedy=near)
    return [finding for finding in found if finding.code in wanted]


def _of_sheets(
    found: Sequence[Finding], checked: CheckedFiles, sheets: Iterable[str]
) -> Sequence[Finding]:
    """The findings that sheets have a part in; raises ``InputError`` for a sheet there is not."""
    names = {fold(ref.sheet): ref.sheet for ref in checked.sheets}
    for sheet in sheets:
        if fold(sheet) not in names:
            raise InputError(
                f"Bladet ”{sheet}” finns inte.",
                remedy=did_you_mean(sheet, names.values()) or _some([*names.values()]),
            )
    if not (wanted := {fold(sheet) for sheet in sheets}):
        return found
    # Of two places that contradict each other, either may be the one to put right.
    return [
        one
        for one in found
        if any(fold(name) in wanted for name in (one.sheet or "", *(ref.sheet for ref in one.also)))
    ]


def _skipped(names: Sequence[str]) -> str:
    left = len(names) - _MOST_SKIPPED
    told = ", ".join(map(lines.whole, names[:_MOST_SKIPPED]))
    more = f" och {left} till" if left > 0 else ""
    return f"Hoppade över säkerhetskopior och låsfiler: {told}{more}."


def _some(sheets: Sequence[str]) -> str:
    left = len(sheets) - _MOST_SHEETS
    more = f" och {left} till" if left > 0 else ""
    return f"Bladen heter {', '.join(sheets[:_MOST_SHEETS])}{more}."


def _told(
    checked: CheckedFiles, found: Sequence[Finding], notes: Sequence[str], *, every: bool
) -> Iterator[str]:
    """What was found, file by file, and at the end what to begin with and how much there is."""
    places = Places(checked.files, checked.sheets, checked.tables)
    several = len(checked.files) > 1
    left = 0
    for file in (None, *checked.files) if several else (None,):
        here = [f for f in found if not several or (f.file or None) == file]
        shown = findings.chosen((f for f in here if f.code != _OTHERS), places, every=every)
        left += sum(one.left for one in shown)
        if shown:
            yield from ("", printing.visible(file)) if file else ()
            yield from findings.text(shown, places, every=every)
    if several:
        yield from ("", *_files(checked, found))
    for number, line in enumerate((*notes, *_notes(checked, found, left))):
        yield from () if number else ("",)
        yield from map(printing.visible, lines.wrapped(line, places.names, width=lines.width()))
    yield ""
    yield from _begin(found, places)
    if found:
        yield from (*findings.looked_up(found, places), "")
    nothing = "Inget fynd i urvalet" if checked.findings else "Inget att anmärka på"
    counts = findings.counted(found) if found else nothing
    size = f"{checked.figures:,}".replace(",", "\u00a0")
    are = "siffra är kontrollerad" if checked.figures == 1 else "siffror är kontrollerade"
    yield f"{counts}. {size} {are}."


def _begin(found: Sequence[Finding], places: Places) -> Iterator[str]:
    """What to put right first, where there is more than that to choose from."""
    first = findings.first_of(found, places)
    if first is None or len(found) == 1:
        return
    where = places.of(first)
    file = f" i {where.file}" if where.file and where.sheet else ""
    text = f"Börja med {lines.whole(named(where))}{file}: {first.message}"
    yield from map(
        printing.visible, lines.wrapped(text, places.names, rest="  ", width=lines.width())
    )


def _files(checked: CheckedFiles, found: Sequence[Finding]) -> Iterator[str]:
    """How many findings each file has."""
    for file in checked.files:
        here = [finding for finding in found if finding.file == file]
        counts = findings.counted(here) if here else "inget att anmärka på"
        yield printing.visible(f"{file}: {counts}")


def _notes(checked: CheckedFiles, found: Sequence[Finding], left: int) -> Iterator[str]:
    """What was not held against the rest, and what is not shown."""
    for finding in checked.findings:
        if finding.code == _OTHERS:
            yield f"Mellan filerna: {finding.message}"
    usable = {ref.file for ref in checked.tables}
    if len(checked.files) > 1 and len(usable) < 2:
        yield "Mellan filerna är inget kontrollerat: högst en av dem har tabeller som känns igen."
    if left:
        notes = "1 upplysning" if left == 1 else f"{left} upplysningar"
        yield f"{notes} till visas med --alla."
    others = len(checked.findings) - len(found)
    if others:
        yield f"{others} fynd står utanför urvalet, {findings.counted(_rest(checked, found))}."


def _rest(checked: CheckedFiles, found: Iterable[Finding]) -> list[Finding]:
    shown = {id(finding) for finding in found}
    return [finding for finding in checked.findings if id(finding) not in shown]
