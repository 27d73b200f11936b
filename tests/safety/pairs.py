"""Two runs at once in one workbook: ``python -m tests.safety.pairs --antal 200``.

The second is let in a little later each time, so that it falls into every part of the first. Both
make a report, and both reports must be there. Prints how many pairs lost nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

import openpyxl

from support.rich_workbook import check_package
from support.workbooks import SOCIAL_BUDGET, copy

_KINDS = {"impactindex": "Rapport Impactindex", "kontroll": "Rapport Kontroll"}
_LONGEST = 1.5
"""Seconds that a run takes: by so much the second is late at most."""


def whole(pairs: int, folder: Path) -> int:
    """How many pairs of runs lost nothing."""
    path = copy(SOCIAL_BUDGET, folder)
    before = path.read_bytes()
    return sum(_pair(path, before, _LONGEST * number / pairs) for number in range(pairs))


def _pair(path: Path, before: bytes, later: float) -> bool:
    path.write_bytes(before)
    runs = []
    for kind in _KINDS:
        command = [sys.executable, "-m", "finsam_xl.cli", "report", str(path), "--kind", kind]
        runs.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        time.sleep(later if len(runs) == 1 else 0)
    codes = [run.wait(timeout=180) for run in runs]
    made = set(openpyxl.load_workbook(path, read_only=True).sheetnames)
    return not any(codes) and set(_KINDS.values()) <= made and check_package(path) == []


def main() -> int:
    """Let as many pairs run as is said, and tell of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = whole(options.antal, Path(folder))
    print(f"{options.antal} par: {found} där inget gick förlorat")
    return int(found != options.antal)


if __name__ == "__main__":
    sys.exit(main())
