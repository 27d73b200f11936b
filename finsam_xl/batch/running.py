"""Jobs done one by one, or by dask's workers: on this computer, or on a cluster by its address.

A worker that dies is replaced, and what it did is done again; a book that ends worker after
worker is told as one that cannot be read. Whatever the way, each job gives one answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from finsam_xl.batch.work import Done, Job, devote, do, let_go, version
from finsam_xl.errors import InputError
from finsam_xl.records import NamedTuple

FEWEST_FOR_WORKERS = 24
"""Below so many books the workers' start takes longer than they save."""
_SECONDS, _PATIENCE = 15, 5
_TRIES = 1
"""How many more workers a book may end once it has ended one."""
_PACK, _LEAST_PACKS, _AHEAD = 12, 8, 3
"""How many books are given at once, so many times each worker's turn at the least; and how many
such packs wait with it at the most: none waits long, and no memory is filled."""
_DIED = Done(
    why="Arbetaren som läste boken dog, gång på gång.",
    remedy="Kör finsam-xl kontrollera på boken för sig: den kan kräva mer minne än det finns.",
)
_INSTALL = 'Installera det med: pip install "finsam-xl[batch]"'


class Answer(NamedTuple):
    """A job and what came of it."""

    job: Job
    done: Done


class Doer(Protocol):
    """Does jobs and gives each one's answer, in the order that they are done."""

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """The answers."""


def one_by_one(jobs: Sequence[Job]) -> Iterator[Answer]:
    """Do the jobs in this process."""
    try:
        for job in jobs:
            yield Answer(job, do(job))
    finally:
        let_go()


@contextmanager
def doer(jobs: int, workers: int, scheduler: str = "") -> Iterator[Doer]:
    """Who does so many jobs: this process, workers started for it, or those of a scheduler.

    Raises ``InputError`` where dask is not installed or the scheduler does not answer.
    """
    if scheduler:
        with _client(scheduler) as client:
            yield Workers(client)
    elif workers < 2 or jobs < FEWEST_FOR_WORKERS:
        yield one_by_one
    else:
        with local(workers) as client:
            yield Workers(client)


@contextmanager
def local(workers: int) -> Iterator[Any]:
    """A client of so many worker processes on this computer."""
    distributed, dask = _dask()
    # Workers that look at the books, and seldom at themselves: a book takes no longer than alone.
    quiet = {
        "distributed.scheduler.allowed-failures": _TRIES,
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "500ms",
        "distributed.admin.system-monitor.interval": "5s",
        "distributed.admin.low-level-log-length": 100,
        "distributed.worker.memory.monitor-interval": "2s",
    }
    with (
        dask.config.set(quiet),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A client of a scheduler; raises ``InputError`` where that, or its workers, cannot be used."""
    distributed, _ = _dask()
    # What goes wrong with the connection is told by us, in a sentence.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            f"Schemaläggaren {address} svarar inte.",
            remedy="Kontrollera adressen (tcp://dator:8786) och att den är igång, eller utelämna "
            "--scheduler: då läses böckerna på den här datorn.",
        ) from error
    with client:
        _refuse_others(client)
        yield client


def _refuse_others(client: Any) -> None:
    """Refuse workers that would read the books otherwise than this program."""
    try:
        versions = client.run(version)
    except Exception as error:
        raise InputError(
            "Arbetarna har inte finsam-xl installerat, eller en annan utgåva.",
            remedy="Installera samma utgåva av finsam-xl på alla arbetare.",
        ) from error
    if not versions:
        raise InputError(
            "Schemaläggaren har inga arbetare.", remedy="Starta minst en (dask worker ADRESS)."
        )
    if set(versions.values()) != {version()}:
        raise InputError(
            f"Arbetarna har en annan utgåva av finsam-xl än {version()}.",
            remedy="Installera samma utgåva på alla arbetare.",
        )


class Workers:
    """Dask's workers, each given a few books at a time; ``work``: what is done with each."""

    def __init__(self, client: Any, work: Callable[[Job], Done] = do) -> None:
        self._client, self._work = client, work

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """The answers, as they come.

        When a worker dies, whatever waited with it is under suspicion. That is done at the end,
        one book at a time, so that the one to blame is known and no other suffers for it.
        """
        workers = max(1, len(self._client.scheduler_info()["workers"]))
        size = max(1, min(_PACK, len(jobs) // (_LEAST_PACKS * workers)))
        packs = [jobs[at : at + size] for at in range(0, len(jobs), size)]
        suspects: list[Job] = []
        for pack, done in self._through(packs, _AHEAD * workers):
            if done is None:
                suspects += pack
            else:
                yield from map(Answer, pack, done)
        for (job,), done in self._through([(job,) for job in suspects], 1):
            yield Answer(job, _DIED if done is None else done[0])

    def _through(
        self, packs: Iterable[Sequence[Job]], ahead: int
    ) -> Iterator[tuple[Sequence[Job], Sequence[Done] | None]]:
        """Packs and what came of them, as they come; ``None``: whoever had them died."""
        answered: SimpleQueue[Any] = SimpleQueue()
        given, left = {}, iter(packs)

        def give(number: int) -> None:
            for pack in islice(left, number):
                future = self._client.submit(_pack_done, self._work, tuple(pack), pure=False)
                given[future] = pack
                future.add_done_callback(answered.put)

        give(ahead)
        while given:
            future = self._next(answered)
            yield given.pop(future), self._result(future)
            future.release()
            give(1)

    def _next(self, answered: SimpleQueue[Any]) -> Any:
        """The next future that is done; raises ``InputError`` once the scheduler is lost."""
        while True:
            with suppress(Empty):
                future = answered.get(timeout=_PATIENCE)
                if future.status == "finished" or self._client.status == "running":
                    return future
            if self._client.status != "running":
                raise _lost()

    @staticmethod
    def _result(future: Any) -> Sequence[Done] | None:
        """What came of a future; ``None`` where whoever had it died."""
        if future.status != "finished":
            return None
        try:
            done: Sequence[Done] = future.result()
        except OSError as error:  # the connection broke before the answer was handed over
            raise _lost() from error
        return done


def _lost() -> InputError:
    return InputError(
        "Förbindelsen med schemaläggaren bröts.",
        remedy="Det som är läst är sparat. Kör igen, så fortsätter det där.",
    )


def _pack_done(work: Callable[[Job], Done], pack: Sequence[Job]) -> list[Done]:
    """What came of a few books."""
    devote()
    return [work(job) for job in pack]


def _dask() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise InputError(
            "Att läsa flera böcker samtidigt kräver biblioteket dask.distributed.",
            remedy=f"{_INSTALL} – eller ange --arbetare 1.",
        ) from error
    return distributed, dask
