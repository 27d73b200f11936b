"""All books below a folder: found, read once each, and what is known of them put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from finsam_xl.batch.copies import NO_COPIES, Copies, copies
from finsam_xl.batch.kept import Shelf, digest_of, key_of, unpack_lines, unpack_reading
from finsam_xl.batch.reading import Reading
from finsam_xl.batch.running import doer
from finsam_xl.batch.summary import Book, Failed, Summary
from finsam_xl.batch.whose import NOBODY, Whose, whose
from finsam_xl.batch.work import Job
from finsam_xl.chosen import below
from finsam_xl.errors import InputError
from finsam_xl.export.columns import FIGURES
from finsam_xl.export.files import heading_of, swedish_lines
from finsam_xl.records import NamedTuple

Progress = Callable[[int, int], None]
"""Told how many of how many books are done."""


class Asked(NamedTuple):
    """What is to be done: how many workers, a scheduler's address, whether books are written.

    ``is_data``: the tidy table is for programs.
    """

    now: datetime
    workers: int = 1
    scheduler: str = ""
    recomputes: bool = False
    user: str = ""
    is_data: bool = False


class Found(NamedTuple):
    """The books below a folder by name, and the files that are left out.

    ``alike``: the names of books that hold, byte for byte, what another one does; that one is read.
    ``mine``: files of our own making, which are no books.
    """

    paths: Mapping[str, Path]
    digests: Mapping[str, str]
    alike: Mapping[str, str]
    skipped: Sequence[str]
    failed: Sequence[Failed]


class Outcome(NamedTuple):
    """A summary, and how it came about: how many books were read now, and how many before.

    ``kept``: by name what is kept of each book in the summary; ``keys``: under which keys.
    """

    summary: Summary
    found: Found
    read: int
    known: int
    kept: Mapping[str, bytes]
    keys: Sequence[str]
    copies: Copies = NO_COPIES

    def lines(self, *, is_data: bool = True) -> Iterator[str]:
        """The tidy table of all books as a CSV file, piece by piece, for programs or people."""
        yield heading_of(FIGURES, is_data=is_data)
        for name in sorted(self.kept):
            lines = unpack_lines(self.kept[name])
            yield lines if is_data else swedish_lines(lines, FIGURES)


def find(folder: Path, mine: Sequence[Path] = ()) -> Found:
    """The books below a folder; raises ``InputError`` where there is none."""
    there = below(folder)
    own = {path.resolve() for path in mine}
    paths: dict[str, Path] = {}
    digests: dict[str, str] = {}
    first: dict[str, str] = {}
    alike: dict[str, str] = {}
    failed = [Failed(_name(path, folder), "Mappen går inte att läsa.") for path in there.shut]
    for path in there.files:
        name = _name(path, folder)
        if path.resolve() in own:
            continue
        try:
            digests[name] = digest_of(path)
        except OSError as error:
            why = f"Filen går inte att läsa ({error.strerror or error})."
            failed.append(Failed(name, why, "Se till att den får läsas, och kör igen."))
            continue
        paths[name] = path
        if (known := first.setdefault(digests[name], name)) != name:
            alike[name] = known
    if not paths and not failed:
        raise InputError(
            "Mappen har inga arbetsböcker (säkerhetskopior räknas inte).",
            where=str(folder),
            remedy="Ange mappen som arbetsböckerna ligger i.",
        )
    skipped = [_name(path, folder) for path in there.skipped]
    return Found(paths, digests, alike, skipped, failed)


def run(found: Found, asked: Asked, shelf: Shelf, progress: Progress = lambda *_: None) -> Outcome:
    """Read the books that have changed, and put together what is known of all."""
    jobs, kept, keys = _planned(found, asked, shelf)
    failed = list(found.failed)
    total, before = len(jobs) + len(kept), len(kept)
    progress(before, total)
    with doer(len(jobs), asked.workers, asked.scheduler) as do:
        for done, (job, answer) in enumerate(do(jobs), start=before + 1):
            if answer.why:
                failed.append(Failed(job.name, answer.why, answer.remedy))
            else:
                shelf.put(answer.key, answer.content)
                keys.append(answer.key)
                kept[job.name] = answer.content
            progress(done, total)
    for name in found.alike:
        kept.pop(name, None)
    readings = {name: unpack_reading(kept[name]) for name in sorted(kept)}
    owners = whose(readings)
    doubles = copies(_with_owners(readings, owners), lambda name: unpack_lines(kept[name]))
    for name in doubles.of:
        del kept[name]
    books = [Book(name, readings[name], owners.get(name, NOBODY)) for name in kept]
    return Outcome(Summary(books, failed), found, len(jobs), before, kept, keys, doubles)


def _with_owners(
    readings: Mapping[str, Reading], owners: Mapping[str, Whose]
) -> dict[str, Reading]:
    """The readings as if each named the association that it is known to be of."""
    return {
        name: one._replace(association=owners[name].association) if name in owners else one
        for name, one in readings.items()
    }


def _planned(
    found: Found, asked: Asked, shelf: Shelf
) -> tuple[list[Job], dict[str, bytes], list[str]]:
    """What is to be done, and what is kept of what was done before, with its keys."""
    jobs: list[Job] = []
    kept: dict[str, bytes] = {}
    keys: list[str] = []
    for name, path in found.paths.items():
        if name in found.alike and not asked.recomputes:
            continue
        day = asked.now.date()
        key = key_of(found.digests[name], name, day, recomputes=asked.recomputes)
        if (content := shelf.get(key)) is not None:
            kept[name] = content
            keys.append(key)
        else:
            job = Job(str(path.resolve()), name, asked.now, asked.recomputes, asked.user)
            jobs.append(job)
    return jobs, kept, keys


def _name(path: Path, folder: Path) -> str:
    """What a file is called: its place below the folder."""
    return path.relative_to(folder).as_posix()
