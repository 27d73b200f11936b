"""What a command that writes has to say: the cells, what to know, and what to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from finsam_xl.cli import findings, lines, printing, shapes
from finsam_xl.cli.progress import Progress
from finsam_xl.findings.places import Places
from finsam_xl.hosts.ooxml import Saved
from finsam_xl.model import SEVERITIES, Finding, Ref
from finsam_xl.workbook import Result, Workbook

MOST_TOLD = 5
"""How many findings are told of a run that was asked for its figures."""
_CONTROL = "kontroll"


def carry_out(
    book: Workbook,
    result: Result,
    progress: Progress,
    out: Path | None,
    pdf: Path | None = None,
    *,
    dry_run: bool = False,
    every: bool = False,
    most: int = MOST_TOLD,
    as_json: bool,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Saved | None:
    """Tell what changes and write it; nothing is written where nothing can be told.

    ``every``: tell all findings, and not only so many (``most``) of the errors and warnings;
    ``more``: what programs are told beside.
    """
    if not dry_run:
        book.ready(out, pdf, result.plan)
    progress.make_way()
    if not as_json:
        if result.plan.edits or not result.plan.sheets:
            _tell_edits(book, result, out, dry_run=dry_run)
        told_of(book, result, every=every, most=most)
        printing.say("")  # something is said, so that it is noticed where nothing can be
    printing.ready(as_json=as_json)
    saved = None if dry_run else book.apply(result, out, pdf)
    with printing.told(saved.path.name if saved else ""):
        if as_json:
            printing.as_json(_content(result, saved) | dict(more))
        else:
            _tell_saved(book, result, saved, pdf, every=every)
    return saved


def _tell_edits(book: Workbook, result: Result, out: Path | None, *, dry_run: bool) -> None:
    """Which cells change; of many the first, and where the others are told."""
    is_logged = bool(result.action) and not dry_run
    log = f'finsam-xl logg "{out or book.path}" --run {_short(result)}' if is_logged else ""
    has_findings = bool(result.findings)
    printing.edits(result.plan, every=dry_run, has_findings=has_findings, log=log)


def _short(result: Result) -> str:
    """A run's name as it may be given to a command."""
    return result.plan.run.rpartition(" ")[2]


def told_of(book: Workbook, result: Result, *, every: bool, most: int = MOST_TOLD) -> None:
    """Tell the findings of a run: every one, or those that nobody should miss."""
    found = list(result.findings if every else _urgent(result, most))
    if not found:
        return
    printing.say("")
    _show(book, found)


def _show(book: Workbook, found: Sequence[Finding]) -> None:
    sheets = [Ref(one.sheet or "", "") for one in found]
    sheets += [Ref(ref.sheet, "") for one in found for ref in one.also]
    places = Places((book.path.name,), sheets)
    printing.out(findings.text(findings.chosen(found, places, every=True), places))


def _urgent(result: Result, most: int) -> list[Finding]:
    """What is about the whole, and the first of the errors and warnings.

    Those that a sheet of this very run lists are told there.
    """
    whole = [finding for finding in result.findings if finding.cell is None]
    if _control(result):
        return whole
    grave = [f for f in result.findings if f.cell is not None and f.severity != SEVERITIES[-1]]
    grave.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return [*whole, *grave[:most]]


def _control(result: Result) -> str:
    """The sheet of this run that lists the findings, '' where there is none."""
    return next((s.name for s in result.plan.sheets if s.owner == _CONTROL), "")


def _content(result: Result, saved: Saved | None) -> dict[str, Any]:
    found = [*result.findings, *(saved.findings if saved else ())]
    return shapes.of_plan(result.plan, found) | {
        "file": str(saved.path) if saved else None,
        "backup": str(saved.backup) if saved and saved.backup else None,
    }


def _tell_saved(
    book: Workbook, result: Result, saved: Saved | None, pdf: Path | None, *, every: bool
) -> None:
    """What is written and where, how much there is to know, and last what to open."""
    if saved is not None and saved.findings:
        _show(book, saved.findings)
        printing.say("")
    if result.findings and not every:
        _tell_count(result, saved.path if saved else book.path)
    if saved is None:
        printing.say("Inget är skrivet (provkörning), så det finns ingen körning att ångra.")
        return
    if not saved.changed:
        copied = f" Skrivet till {saved.path}" if saved.path != book.path else ""
        printing.say(f"Arbetsboken är oförändrad.{copied}")
    else:
        _tell_written(result, saved)
    if pdf is not None:
        printing.say(f"PDF: {pdf}")
    to_open(saved.path, [sheet.name for sheet in result.plan.sheets])


def _tell_count(result: Result, path: Path) -> None:
    """How many findings there are, and how to see them.

    A run sees no more than what it looks at to do its work, and only a control looks at all.
    """
    sheet, counts = _control(result), findings.counted(result.findings)
    see = f"Granskningen av hela boken står på bladet {lines.whole(sheet)}."
    if not sheet:
        see = "Granska hela boken med: " + lines.whole(f'finsam-xl kontrollera "{path}"')
    printing.tell(f"Körningen såg {counts}. {see}")


def _tell_written(result: Result, saved: Saved) -> None:
    if result.plan.edits and result.action:
        first = result.plan.edits[0]
        history = lines.whole(f'finsam-xl logg "{saved.path}" --cell "{first.sheet}!{first.cell}"')
        printing.tell(f"Körning: {result.plan.run}. En siffras historia: {history}")
    if saved.backup:
        printing.say(f"Säkerhetskopia: {saved.backup.name}")
    printing.say(f"Skrivet till {saved.path}")


def to_open(path: Path, sheets: Sequence[str]) -> None:
    """Tell what to open, and which of its sheets to look at."""
    *some, last = map(lines.whole, sheets or ("",))
    see = f"{', '.join(some)} och {last}" if some else last
    which = "bladen" if some else "bladet"
    look = f" och se {which} {see}" if see else ""
    printing.tell(lines.whole(f"Öppna {path}") + f"{look}.")
