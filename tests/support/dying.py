"""What a worker does with a book that ends it: nobody can read such a one."""

from __future__ import annotations

import os
import signal

from finsam_xl.batch.work import Done, Job, do

DEADLY = "dödlig"


def dies(job: Job) -> Done:
    """Read a book, or end the process that reads it."""
    if DEADLY in job.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(job)
