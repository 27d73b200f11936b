"""What is done with one book, wherever it is done: read and checked, recomputed first if asked for.

Runs in this process or in a worker's, on this computer or another one that reaches the files.
"""

from __future__ import annotations

import gc
from datetime import datetime
from functools import cache
from pathlib import Path

from finsam_xl import __version__
from finsam_xl.batch.kept import digest_of, key_of, pack
from finsam_xl.batch.reading import read, tidy_lines
from finsam_xl.errors import FinsamError, naming
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.engineprocess import Engine
from finsam_xl.records import NamedTuple

_GARBAGE = 50_000
"""How many more objects there are before garbage is looked for: about those of one book."""


class Job(NamedTuple):
    """A book to do: its path, what it is called, and when; ``user`` for the log of a run."""

    path: str
    name: str
    now: datetime
    recomputes: bool = False
    user: str = ""


class Done(NamedTuple):
    """What came of it: the key it is kept under and what is kept, or why it could not be read."""

    key: str = ""
    content: bytes = b""
    why: str = ""
    remedy: str = ""


def do(job: Job) -> Done:
    """Read and check a book; whatever is wrong with it is told and stops nothing else."""
    path = Path(job.path)
    try:
        if job.recomputes:
            _recompute(path, job)
        day = job.now.date()
        key = key_of(digest_of(path), job.name, day, recomputes=job.recomputes)
        with naming(path), Book(path, today=day, engine=_engine()) as book:
            content = pack(read(book.grid, day, job.name), tidy_lines(book.grid, job.name))
    except FinsamError as error:
        return Done(why=error.what, remedy=error.remedy)
    except OSError as error:
        return Done(
            why=f"Filen går inte att läsa ({error.strerror or error}).",
            remedy="Se till att den finns och får läsas, också på arbetarnas datorer.",
        )
    except Exception as error:  # noqa: BLE001 - a fault of ours in one book stops no other
        return Done(
            why=f"Ett fel i programmet: {type(error).__name__}.",
            remedy="Kör finsam-xl kontrollera på boken för sig, och tala om felet för dem som "
            "sköter programmet.",
        )
    return Done(key, content)


def _recompute(path: Path, job: Job) -> None:
    """Write what is calculated, in place with a backup, as the command for one book does."""
    from finsam_xl.workbook import Workbook

    with Workbook(path, job.now, writes=path, user=job.user) as book:
        result = book.recompute()
        if result.plan.edits or result.plan.sheets:
            book.apply(result)


def let_go() -> None:
    """End the calculation engine of this process, if it has been started."""
    if _engine.cache_info().currsize:
        _engine().close()


@cache
def devote() -> None:
    """Make a process one that does nothing else: it seldom looks for garbage.

    Books make little of it, and what is loaded is none.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)


@cache
def _engine() -> Engine:
    """One calculation engine for all the books of a process."""
    return Engine()


def version() -> str:
    """The version that a worker runs."""
    return __version__
