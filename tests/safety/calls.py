"""Every system call of a run that writes: failing, or with another run let in before it.

``python -m tests.safety.calls`` lets each call of a run fail in turn, in each way, and then lets a
second run go from start to end before each call of a first. Prints how many left the workbook
whole, nothing lost and no traces. ``--steg 7`` takes every seventh call.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from finsam_xl.cli import commands
from safety import hostile_books, limits
from support.rich_workbook import check_package

ERRORS = (errno.ENOSPC, errno.EACCES, errno.EIO)
_OF_PATHS = (
    "open", "link", "replace", "unlink", "chmod", "chown", "truncate", "utime", "scandir",
    "listxattr", "setxattr", "removexattr", "mkdir",
)  # fmt: skip
_FILLED, _REPORT = b"<v>11560</v>", "Rapport Kontroll"
_SECOND = """
from finsam_xl.hosts.ooxml import turns
turns.PATIENCE = 0.0
from finsam_xl.cli.commands import main
main()
"""
Before = Callable[[int], None]


class Calls:
    """Counts what a run asks of the system about a folder; ``before`` is told each number."""

    def __init__(self, folder: Path, before: Before = lambda _: None) -> None:
        self.count = 0
        self._folder = str(folder)
        self._before = before
        self._inside = False

    def _seen(self, path: object) -> None:
        is_ours = isinstance(path, int) or self._folder in str(path)
        if self._inside or not is_ours:
            return
        self.count += 1
        self._inside = True
        try:
            self._before(self.count)
        finally:
            self._inside = False

    def _watching(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, **named: Any) -> Any:
            self._seen(path)
            return real(path, *more, **named)

        return call

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Sees to every call that is made meanwhile."""
        seen = self._seen

        class Writing(io.FileIO):
            def write(self, data: Any) -> int:
                seen(self.fileno())
                return super().write(data)

        with contextlib.ExitStack() as stack:
            for name in (*_OF_PATHS, "fsync"):
                real = self._watching(getattr(os, name))
                stack.enter_context(mock.patch.object(os, name, real))
            stack.enter_context(mock.patch.object(io, "open", self._watching(io.open)))
            stack.enter_context(mock.patch.object(fcntl, "flock", self._watching(fcntl.flock)))
            writing = mock.patch.object(
                os, "fdopen", lambda handle, mode: io.BufferedWriter(Writing(handle, mode))
            )
            stack.enter_context(writing)
            yield


def _made(folder: Path) -> Path:
    path = folder / "bok.xlsx"
    for left in folder.iterdir():
        left.unlink()
    hostile_books.pack(path, hostile_books.parts())
    return path


def _run(path: Path, calls: Calls) -> tuple[int, str]:
    """The first run: its exit code, and what it says of what went wrong."""
    said = io.StringIO()
    with (
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(io.StringIO()),
        calls.watched(),
    ):
        code = commands.run(["recompute", str(path)])
    return code, said.getvalue()


def count(folder: Path) -> int:
    """How many calls a run makes."""
    calls = Calls(folder)
    _run(_made(folder), calls)
    return calls.count


def failing(folder: Path, number: int, error: int) -> Iterator[str]:
    """What is wrong after a run whose call of that number failed."""

    def fail(at: int) -> None:
        if at == number:
            raise OSError(error, os.strerror(error))

    path = _made(folder)
    before = path.read_bytes()
    where = f"anrop {number}, {errno.errorcode[error]}"
    try:
        code, said = _run(path, Calls(folder, fail))
    except OSError as uncaught:
        yield f"{where}: {uncaught!r}"
        return
    if code == commands.UNUSABLE and (path.read_bytes() != before or not said.strip()):
        yield f"{where}: svarskod 2, och boken är ändrad eller inget sagt: {said}"
    if code == 0 and not _is_filled(path):
        yield f"{where}: svarskod 0, och inget är skrivet"
    if code not in (0, commands.UNUSABLE) or check_package(path):
        yield f"{where}: svarskod {code}, {check_package(path)}"
    _run(path, Calls(folder))
    yield from (f"{where}: {name} ligger kvar" for name in _traces(folder))


def let_in(folder: Path, number: int) -> Iterator[str]:
    """What is lost where a second run goes whole before a call of the first."""
    second: list[subprocess.CompletedProcess[str]] = []

    def run(at: int) -> None:
        if at == number:
            command = [sys.executable, "-c", _SECOND, "report", str(path), "--kind", "kontroll"]
            paths = os.environ | {"PYTHONPATH": str(limits.ROOT)}
            second.append(
                subprocess.run(command, capture_output=True, text=True, check=False, env=paths)
            )

    path = _made(folder)
    code, said = _run(path, Calls(folder, run))
    other = second[0].returncode
    where = f"före anrop {number}"
    if code not in (0, 2) or other not in (0, 2) or (code and other):
        yield f"{where}: svarskod {code} och {other}: {said} {second[0].stderr}"
    if code == 0 and not _is_filled(path):
        yield f"{where}: den första körningens tal är borta"
    if other == 0 and _REPORT not in _names(path):
        yield f"{where}: den andra körningens rapport är borta"
    if faults := check_package(path):
        yield f"{where}: {faults}"
    yield from (f"{where}: {name} ligger kvar" for name in _traces(folder))


def _is_filled(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        return _FILLED in package.read(hostile_books.SHEET)


def _names(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(hostile_books.BOOK).decode()


def _traces(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".finsam-")]


def main() -> int:
    """Try every call, and tell of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steg", type=int, default=1)
    step = parser.parse_args().steg
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = range(1, count(folder) + 1, step)
        found = [f for n in numbers for error in ERRORS for f in failing(folder, n, error)]
        lost = [f for n in numbers for f in let_in(folder, n)]
    print("\n".join([*found, *lost]))
    print(f"{len(numbers)} anrop, vart och ett med {len(ERRORS)} fel: {len(found)} fel följder")
    print(f"{len(numbers)} luckor med en körning till: {len(lost)} där något gick förlorat")
    return int(bool(found or lost))


if __name__ == "__main__":
    sys.exit(main())
