"""Pyodide in Node and the xlwings that Lite installs: where they are, and how they are put there.

``python tests/support/pyodide.py`` installs both with npm and pip, in the folder named by
``FINSAM_PYODIDE`` or in a cache folder of the user. Nothing is fetched while tests run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "314.0.7"
"""The one the workbooks ask for. From 314 on Lite keeps the versions of packages it once installed."""
XLWINGS = "0.37.8"
_TAGS = ("cp314", "cp314", "pyemscripten_2026_0_wasm32")
"""Of the wheel that Lite chooses for it: Python, its interface, and the platform."""
_WHEEL = f"xlwings-{XLWINGS}-{'-'.join(_TAGS)}.whl"
_HERE = Path(__file__).parent
_CACHE = Path.home() / ".cache" / "finsam-pyodide"
HOW = "kör: python tests/support/pyodide.py"


class Runtime(NamedTuple):
    """A Pyodide and a wheel of xlwings on this computer."""

    pyodide: Path
    wheel: Path

    def run(self, job: dict[str, Any], folder: Path) -> Any:
        """What ``lite_job`` answers for a job; files in between are put in ``folder``."""
        asked, answered = folder / "job.json", folder / "answer.json"
        asked.write_text(json.dumps(job), encoding="utf-8")
        command = ["node", _HERE / "lite_runner.mjs", self.pyodide, self.wheel, asked]
        done = subprocess.run(
            [*map(str, command), str(_HERE / "lite_job.py"), str(answered)],
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return json.loads(answered.read_text(encoding="utf-8"))


def home() -> Path:
    """The folder that holds them."""
    return Path(os.environ.get("FINSAM_PYODIDE") or _CACHE)


def runtime() -> Runtime | str:
    """The parts, or in Swedish what is missing."""
    found = Runtime(home() / VERSION / "node_modules" / "pyodide", home() / _WHEEL)
    if shutil.which("node") is None:
        return "Node.js (node) finns inte på datorn"
    if not (found.pyodide / "pyodide.mjs").is_file():
        return f"Pyodide {VERSION} finns inte i {home()}; {HOW}"
    if not found.wheel.is_file():
        return f"{_WHEEL} finns inte i {home()}; {HOW}"
    return found


def install() -> None:
    """Put what is missing in place."""
    folder = home() / VERSION
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / "pyodide" / "pyodide.mjs").is_file():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        where = ["--prefix", str(folder), f"pyodide@{VERSION}"]
        subprocess.run([*command, *where], check=True, stdout=sys.stderr)
    if not (home() / _WHEEL).is_file():
        python, interface, platform = _TAGS
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        which = ["--implementation", "cp", "--python-version", python.removeprefix("cp")]
        which += ["--abi", interface, "--platform", platform, "--only-binary=:all:"]
        what = ["--dest", str(home()), f"xlwings=={XLWINGS}"]
        subprocess.run([*command, *which, *what], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    install()
    print(home())
