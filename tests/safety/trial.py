"""One workbook tried: read, checked, recomputed and written, and what went wrong of it, if anything.

Wrong is an exception that is no sentence for people, more time or memory than allowed, a file
changed although it was refused, a written file that is unsound or differs where it need not,
anything fetched, and any program started but the calculation engine.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from finsam_xl import wiring
from finsam_xl.actions.wiring import Platform
from finsam_xl.errors import FinsamError
from finsam_xl.workbook import Workbook
from safety import limits
from support.rich_workbook import check_package
from support.workbooks import NOW

_HARD = 30.0
_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "urllib.Request")
_ENGINE = "engine.py"


class Outcome(NamedTuple):
    """What became of a workbook: 'refused', 'unchanged' or 'written', and what is wrong."""

    what: str
    faults: tuple[str, ...]
    seconds: float


class _Watch:
    """Notes what Python is about to fetch or run."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.watches = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.watches:
            return
        is_other = event == "subprocess.Popen" and not any(
            str(word).endswith(_ENGINE) for word in arguments[1]
        )
        if event in _FORBIDDEN or is_other:
            self.seen.append(event)


_watch: list[_Watch] = []


@contextlib.contextmanager
def _watched() -> Iterator[list[str]]:
    if not _watch:
        _watch.append(_Watch())
    watch = _watch[0]
    watch.seen, watch.watches = [], True
    try:
        yield watch.seen
    finally:
        watch.watches = False


def tried(path: Path, *, reports: bool = False, wires: bool = False) -> Outcome:
    """Everything the product does with a workbook; it is changed in place, or refused."""
    before = path.read_bytes()
    peak, begun = _peak(), time.process_time()
    what = "refused"
    faults: list[str] = []
    with _watched() as seen:
        try:
            with _alarm():
                what = _done(path, reports=reports, wires=wires)
        except FinsamError as error:
            faults += _untold(error)
        except BaseException as error:  # whatever it is, it is what is looked for
            if isinstance(error, KeyboardInterrupt):
                raise
            faults.append("".join(traceback.format_exception(error)))
    seconds = time.process_time() - begun
    faults += [f"fetched or ran: {event}" for event in seen]
    if seconds > limits.SECONDS:
        faults.append(f"{seconds:.1f} s")
    if _peak() - peak > limits.MEGABYTES:
        faults.append(f"{_peak() - peak:.0f} MB")
    if what == "refused" and (path.read_bytes() != before or len(list(path.parent.iterdir())) > 1):
        faults.append("refused and yet changed")
    if what == "written":
        faults += _unsound(path, before)
    return Outcome(what, tuple(faults), seconds)


def _done(path: Path, *, reports: bool, wires: bool) -> str:
    if wires:
        wired = path.with_name("kopplad.xlsm")
        with (
            contextlib.suppress(FinsamError),
            wiring.wire(path, NOW, Platform.EXCEL, wired) as change,
        ):
            change.write()
        wired.unlink(missing_ok=True)
    with Workbook(path, NOW) as book:
        book.tables()
        book.unread()
        book.check()
        result = book.recompute(book.fitting_reports() if reports else ())
        saved = book.apply(result)
    return "written" if saved.changed else "unchanged"


def _untold(error: FinsamError) -> Iterator[str]:
    if not str(error).rstrip().endswith("."):
        yield f"no sentence: {error}"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, _HARD)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def _unsound(path: Path, before: bytes) -> Iterator[str]:
    """What is wrong with a written file that was not wrong with the one before."""
    old = path.with_name("före.xlsx")
    old.write_bytes(before)
    with zipfile.ZipFile(path) as new, zipfile.ZipFile(old) as was:
        if bad := was.testzip():
            yield f"accepted though {bad} is damaged"
            return
        if bad := new.testzip():
            yield f"{bad} is damaged"
        for name in new.namelist():
            is_known = name in was.NameToInfo
            if is_known and new.read(name) == was.read(name):
                continue
            if name.endswith((".xml", ".rels")):
                try:
                    ET.fromstring(new.read(name))
                except ET.ParseError as error:
                    yield f"{name} is no XML: {error}"
        lost = set(was.namelist()) - set(new.namelist()) - {"xl/calcChain.xml"}
        if lost:
            yield f"lost {sorted(lost)}"
    faults = set(_faults(path)) - set(_faults(old))
    yield from (f"new fault: {fault}" for fault in sorted(faults))


def _faults(path: Path) -> list[str]:
    try:
        return check_package(path)
    except Exception as error:  # noqa: BLE001 (the checker itself may give up on nonsense)
        return [f"cannot be checked: {type(error).__name__}"]
