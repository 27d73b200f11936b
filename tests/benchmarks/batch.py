"""Many generated books: ``python tests/benchmarks/batch.py [ASSOCIATIONS YEARS]``, 82 and 15 else.

Wanted: two workers at least 1.7 times as fast as one, a book at most 1.1 times a warm single run,
at most 250 MB a worker, and a second run with ten changed books at most 5 % of the first. The
workers' start is told apart: it is the same for ten books and for ten thousand.

On a machine that does other work as well, seconds on the clock say little. Beside them is told
what the processors did: with two workers the busiest one's seconds are what an idle machine takes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from finsam_xl.actions import check
from finsam_xl.batch.batch import Asked, Found, find
from finsam_xl.batch.running import Workers, local
from finsam_xl.batch.work import Job
from finsam_xl.batch.writing import write
from finsam_xl.hosts.ooxml import Book
from support import many_books

NOW = datetime(2026, 11, 30, tzinfo=UTC)
CHANGED = 10
SAMPLE = 60
FASTER, PER_BOOK, MEMORY, AGAIN = 1.7, 1.1, 250, 0.05


class Took(NamedTuple):
    """Seconds on the clock and of the processor, and the most memory of a worker in MB."""

    clock: float
    processor: float
    memory: float = 0


def main() -> None:
    """Print what each took, beside what is wanted."""
    names, years = (int(one) for one in (sys.argv[1:3] or ("82", "15")))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "böcker")
        many_books.build(folder, names, years, first=2026 - years)
        found = find(folder)
        print(f"{len(found.paths)} books")
        warm, one, two = single(found), through(found, 1), through(found, 2)
        told("two workers, times as fast, by the clock", one.clock / two.clock, FASTER)
        told("two workers, times as fast, by the processor", one.processor / two.processor, FASTER)
        own = one.processor / len(found.paths)
        told("a book by one worker, of a warm single run", own / warm.processor, -PER_BOOK)
        told("memory of a worker, MB", max(one.memory, two.memory), -MEMORY)
        again(folder, Path(place, "ut.xlsx"))


def single(found: Found) -> Took:
    """A check of one book in a process that has done others."""
    some = [*found.paths.values()][:: max(1, len(found.paths) // SAMPLE)]
    for path in some[:5]:
        checked(path)
    clock, processor = time.perf_counter(), time.process_time()
    for path in some:
        checked(path)
    took = Took(
        (time.perf_counter() - clock) / len(some), (time.process_time() - processor) / len(some)
    )
    print(f"warm single run {1000 * took.clock:.0f} ms, processor {1000 * took.processor:.0f} ms")
    return took


def checked(path: Path) -> None:
    """What ``kontrollera`` does with a book."""
    with Book(path, today=NOW.date()) as book:
        check.check([check.Book("", book.grid)], today=NOW.date())


def through(found: Found, workers: int) -> Took:
    """All books once the workers are warm; of the processor the busiest worker's seconds."""
    jobs = [Job(str(path), name, NOW) for name, path in found.paths.items()]
    began = time.perf_counter()
    with local(workers) as client:
        doer = Workers(client)
        for _ in doer(jobs[: 4 * workers]):
            pass
        started, before = time.perf_counter(), client.run(time.process_time)
        for _ in doer(jobs):
            pass
        clock, after = time.perf_counter() - started, client.run(time.process_time)
        memory = max(client.run(peak).values())
    processor = max(after[worker] - before[worker] for worker in after)
    print(
        f"{workers} workers: {clock:.1f} s, processor {processor:.1f} s, {started - began:.1f} s "
        f"until they were warm, {memory:.0f} MB"
    )
    return Took(clock, processor, memory)


def peak() -> float:
    """The most memory that this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def again(folder: Path, out: Path) -> None:
    """The first whole run, and the second with ten books changed."""
    first = seconds_of(folder, out)
    for at, path in enumerate(sorted(folder.rglob("*.xlsx"))[:CHANGED]):
        many_books.write(path, many_books.invented(f"Samordningsförbundet Nytt {at}", 2020, 900))
    second = seconds_of(folder, out)
    print(f"first run {first:.1f} s, second {second:.1f} s")
    told("a second run with ten changed, of the first", second / first, -AGAIN)


def seconds_of(folder: Path, out: Path) -> float:
    """Seconds of a whole run with two workers, the summary and the tidy table written."""
    began = time.perf_counter()
    write(folder, out, Asked(NOW, workers=2))
    return time.perf_counter() - began


def told(what: str, figure: float, wanted: float) -> None:
    """Print a figure beside what it is to be at least, or at most where that is below nought."""
    holds = figure >= wanted if wanted > 0 else figure <= -wanted
    words = "at least" if wanted > 0 else "at most"
    print(f"{what:<50} {figure:7.2f} ({words} {abs(wanted)}) {'holds' if holds else 'MISSED'}")


if __name__ == "__main__":
    main()
