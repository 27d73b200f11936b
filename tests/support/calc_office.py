"""LibreOffice with the extension, from a test's side: one for each module, asked step by step.

LibreOffice takes no extensions from root; where the tests run as root it runs as nobody.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from finsam_xl import __version__
from finsam_xl.hosts.calc.extension.build import NAME, PACKAGE, build

_SCRIPT = Path(__file__).parent / "office_calc.py"
AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")


class CalcOffice:
    """A running LibreOffice, and a folder that both sides can write in."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self._process = process

    def ask(self, name: str, *given: Any) -> Any:
        """Take a step; what it gave."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, *given]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"LibreOffice ended at {name} {given}"
        answer = json.loads(line)
        assert "failed" not in answer, answer
        return answer["gave"]

    def open(self, source: Path | None = None) -> Path:
        """Open a copy of a workbook, or an empty one; gives the copy."""
        if source is None:
            self.ask("open", "")
            return self.folder
        path = self.folder / f"{len(list(self.folder.iterdir()))} {source.name}"
        shutil.copyfile(source, path)
        path.chmod(0o666)
        self.ask("open", str(path))
        return path


def is_root() -> bool:
    """Whether LibreOffice must be run as somebody else."""
    return os.geteuid() == 0


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that nobody can write in too."""
    with tempfile.TemporaryDirectory(prefix="finsam-calc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@contextmanager
def running(python: str) -> Iterator[CalcOffice]:
    """A LibreOffice with the extension; ``python``: the one that has its bridge."""
    with shared_folder() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        script, extension = folder / _SCRIPT.name, folder / NAME
        shutil.copyfile(_SCRIPT, script)
        extension.write_bytes(build(__version__))
        beside = folder / "asking.py"
        shutil.copyfile(PACKAGE / "hosts" / "calc" / "asking.py", beside)
        for file in (script, extension, beside):
            file.chmod(0o644)
        command = [python, str(script), str(folder), str(extension), str(port)]
        process = subprocess.Popen(
            [*AS_NOBODY, *command] if is_root() else command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={**os.environ, "HOME": str(folder)},
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", "LibreOffice did not start"
            yield CalcOffice(folder, process)
            process.communicate(timeout=60)
        finally:
            process.kill()
            process.wait()
