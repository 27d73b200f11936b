"""Export of the shipped books beside dry runs of them: ``python tests/benchmarks/export.py``.

Wanted: at most 1.2 times dry runs of the same books and the time to import pandas, which only
Parquet and frames load. Medians of interleaved runs of whole processes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from compare import EXISTING, process

WANTED = 1.2
RUNS = 7
_FINSAM = [sys.executable, "-m", "finsam_xl.cli"]


def main() -> None:
    """Print the seconds of each format, and the ratio to what is wanted."""
    books = sorted(map(str, EXISTING.glob("*.xlsx")))
    with tempfile.TemporaryDirectory() as folder:
        targets = [str(Path(folder, f"ut{ending}")) for ending in (".csv", ".xlsx", ".parquet")]
        ours: dict[str, list[float]] = {target: [] for target in targets}
        limits = []
        for _ in range(RUNS):
            dry = [process([*_FINSAM, "recompute", book, "--dry-run"])[0] for book in books]
            pandas = process([sys.executable, "-c", "import pandas"])[0]
            limits.append(sum(dry) + pandas)
            for target in targets:
                ours[target].append(process([*_FINSAM, "export", *books, "--till", target])[0])
    limit = statistics.median(limits)
    print(f"dry runs and pandas {limit:.2f} s")
    for target, seconds in ours.items():
        mine = statistics.median(seconds)
        verdict = "holds" if mine <= WANTED * limit else "MISSED"
        print(
            f"{Path(target).suffix:<9}{mine:.2f} s {mine / limit:.2f} (at most {WANTED}) {verdict}"
        )


if __name__ == "__main__":
    main()
