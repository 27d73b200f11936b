"""Jobs done one by one, or by dask's workers: on this computer, or on a cluster by its address.

A worker that dies is replaced, and what it did is done again; a book that ends worker after
worker is told as one that cannot be read. Whatever the way, each job gives one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol

from finsam_xl.batch.work import Done, Job, do, version
from finsam_xl.errors import InputError
from finsam_xl.records import NamedTuple

FEWEST_FOR_WORKERS = 24
"""Below so many books the workers' start takes longer than they save."""
_SECONDS = 15
_TRIES = 2
"""How many workers a book may end before it is given up."""
_AHEAD = 8
"""How many books each worker has been given at the most: none waits long, no memory is filled."""
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
    for job in jobs:
        yield Answer(job, do(job))


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
    import logging

    distributed, dask = _dask()
    quiet = {
        "distributed.scheduler.allowed-failures": _TRIES,
        "distributed.worker.daemon": True,
        "distributed.admin.low-level-log-length": 100,
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
        """The answers, as they come."""
        distributed, _ = _dask()
        left = iter(jobs)
        job_of: dict[Any, Job] = {}
        # A run's own name for each task: what an earlier run left behind is no answer to this one.
        coming = distributed.as_completed()
        room = _AHEAD * max(1, len(self._client.scheduler_info()["workers"]))
        for job in islice(left, room):
            job_of[self._given(coming, job)] = job
        for future in coming:
            job = job_of.pop(future)
            yield Answer(job, _answer(future))
            future.release()
            for job in islice(left, 1):
                job_of[self._given(coming, job)] = job

    def _given(self, coming: Any, job: Job) -> Any:
        future = self._client.submit(self._work, job, pure=False)
        coming.add(future)
        return future


def _answer(future: Any) -> Done:
    """What came of a job; of one whose workers died, why."""
    if future.status == "finished":
        done: Done = future.result()
        return done
    return Done(
        why="Arbetaren som läste boken dog, gång på gång.",
        remedy="Kör finsam-xl kontrollera på boken för sig: den kan kräva mer minne än det finns.",
    )


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
