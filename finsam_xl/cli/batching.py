"""The command ``mapp``: all workbooks below a folder, side by side in one."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam_xl.cli import lines, printing
from finsam_xl.cli.options import JSON, PATH, now, user
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.money import swedish

if TYPE_CHECKING:
    from finsam_xl.batch.batch import Outcome

_MOST_FAILED = 5
_MINUTE = 60
_OFTEN, _SELDOM = 0.5, 30.0
"""How many seconds apart it is told how far it has come: on a terminal, and elsewhere."""


@click.command(cls=Command)
@click.argument("folder", metavar="MAPP", type=PATH)
@click.option(
    "--out", metavar="FIL", type=PATH, required=True, help="Skriv sammanställningen hit (.xlsx)."
)
@click.option("--rakna-om", "recomputes", is_flag=True, help="Räkna om varje bok först, i boken.")
@click.option(
    "--arbetare", "workers", metavar="ANTAL", type=int, help="Läs så många böcker samtidigt."
)
@click.option("--scheduler", metavar="ADRESS", default="", help="Läs på ett dask-kluster.")
@click.option("--data", "is_data", is_flag=True, help="Skriv tabellen med siffror för program.")
@JSON
def batch(
    folder: Path,
    out: Path,
    recomputes: bool,
    workers: int | None,
    scheduler: str,
    is_data: bool,
    as_json: bool,
) -> None:
    """Sammanställ alla arbetsböcker i en mapp.

    Böckerna i mappen och dess undermappar läses och kontrolleras. Resultatet är en arbetsbok
    med alla förbund och år bredvid varandra, och en tabell med alla siffror. Körs det igen
    läses bara böcker som har ändrats.
    """
    from finsam_xl.batch import writing
    from finsam_xl.batch.batch import Asked

    if workers is not None and workers < 1:
        raise InputError("Antalet arbetare ska vara minst 1.", remedy="Ändra efter --arbetare.")
    gc.enable()  # this run is no short one
    asked = Asked(now(), workers or os.cpu_count() or 1, scheduler, recomputes, user(), is_data)
    told = _Told()
    try:
        with Progress() as progress:
            made = writing.write(folder, out, asked, told.through(progress))
    except KeyboardInterrupt:
        raise InputError(
            f"Avbrutet efter {told.done} av {told.total} böcker.",
            remedy="Sammanställningen är inte skriven. Kör igen, så fortsätter det där.",
        ) from None
    if as_json:
        printing.as_json(_json(made.outcome))
        return
    printing.out(_answer(made.outcome, made.book, made.table))


class _Told:
    """How far a run has come, and how long is left of it."""

    def __init__(self) -> None:
        self.done = self.total = self._before = 0
        self._began = self._last = time.monotonic()
        self._apart = _OFTEN if sys.stderr.isatty() else _SELDOM

    def through(self, progress: Progress) -> _Told:
        """Tell it by a progress."""
        self._progress = progress
        return self

    def __call__(self, done: int, total: int) -> None:
        """So many of so many books are done."""
        moment = time.monotonic()
        if not self.total:
            self._before, self._began = done, moment
        is_first = not self.total
        self.done, self.total = done, total
        if is_first or moment - self._last >= self._apart:
            self._last = moment
            self._progress(f"Läser böckerna: {done} av {total}{self._left(moment)}")

    def _left(self, moment: float) -> str:
        new = self.done - self._before
        if not new:
            return ""
        seconds = (moment - self._began) / new * (self.total - self.done)
        if seconds < _MINUTE:
            return f", ungefär {max(1, round(seconds))} s kvar"
        return f", ungefär {round(seconds / _MINUTE)} min kvar"


def _json(outcome: Outcome) -> dict[str, object]:
    summary = outcome.summary
    return {
        "books": len(summary.books),
        "read": outcome.read,
        "unchanged": outcome.known,
        "failed": [one._asdict() for one in summary.failed],
        "alike": dict(outcome.found.alike),
        "copies": dict(outcome.copies.of),
        "versions": [one._asdict() for one in outcome.copies.versions],
        "placed": {one.name: one.whose._asdict() for one in summary.placed},
        "unknown": [one.name for one in summary.unknown],
        "skipped": list(outcome.found.skipped),
        "rows": [
            {
                "association": row.association,
                "year": row.year,
                "basis": None if row.basis is None else str(row.basis),
                **{
                    name: None if value is None else float(value)
                    for name, value in (
                        ("fees", row.fees), ("costs", row.costs),
                        ("participants", row.participants), ("per_head", row.per_head),
                        ("result", row.result), ("equity", row.equity),
                        ("ceiling", row.ceiling), ("index", row.impact_index),
                    )
                },
                "errors": row.errors,
                "warnings": row.warnings,
                "books": list(row.books),
                "disputed": [str(one) for one in row.disputed],
            }
            for row in summary.rows
        ],
    }  # fmt: skip


def _files(number: int) -> str:
    return "1 fil" if number == 1 else f"{swedish(number)} filer"


def _answer(outcome: Outcome, book: Path, table: Path) -> Iterator[str]:
    """What came of it: what was read, what was not, and what to open."""
    summary = outcome.summary
    count = len(summary.books)
    books = "1 bok" if count == 1 else f"{swedish(count)} böcker"
    known = f", {swedish(outcome.known)} oförändrade sedan sist" if outcome.known else ""
    said = [f"{books} från {summary.associations} förbund är med{known}."]
    copies = {**outcome.found.alike, **outcome.copies.of}
    for name, first in sorted(copies.items())[:_MOST_FAILED]:
        said.append(f"{name} är en kopia av {first} och räknas inte igen.")
    if (left := len(copies) - _MOST_FAILED) > 0:
        said.append(f"{_files(left)} till är kopior: se bladet Inte med.")
    said += [
        f"{one.name} räknas till {one.association}: det sägs av {one.whose.why}."
        for one in summary.placed[:_MOST_FAILED]
    ]
    said += [
        f"▼ {one.name} säger inte sitt förbund. Skriv namnet på bladet Finsam, och kör igen."
        for one in summary.unknown[:_MOST_FAILED]
    ]
    if (left := max(len(summary.placed), len(summary.unknown)) - _MOST_FAILED) > 0:
        said.append("Bladet Böcker säger hur det är med de andra.")
    said += [
        f"▼ {one.name} är lik {one.other}, men {one.differing} siffror skiljer. Är det två "
        "versioner av en bok, ta bort den som inte gäller."
        for one in outcome.copies.versions[:_MOST_FAILED]
    ]
    if outcome.found.skipped:
        skipped = len(outcome.found.skipped)
        what = (
            "1 säkerhetskopia eller låsfil"
            if skipped == 1
            else (f"{swedish(skipped)} säkerhetskopior och låsfiler")
        )
        said.append(f"Hoppade över {what}.")
    said += [
        f"✖ {one.name} är inte med: {one.why} {one.remedy}".rstrip()
        for one in summary.failed[:_MOST_FAILED]
    ]
    if (left := len(summary.failed) - _MOST_FAILED) > 0:
        said.append(f"✖ {_files(left)} till är inte med: se bladet Inte med.")
    said += [f"Sammanställning: {book}", f"Alla siffror: {table}"]
    for text in said:
        yield from map(printing.visible, lines.wrapped(text, rest="  ", width=lines.width()))
