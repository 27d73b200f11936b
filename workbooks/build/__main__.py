"""Build the workbooks the project ships, or check that the shipped ones are up to date.

python workbooks/build                 rebuild all
python workbooks/build --check         rebuild in memory, exit 1 if a file differs
python workbooks/build --out FOLDER    let FOLDER stand in for the folder workbooks
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[2]))  # the code that Lite carries

import lappland_budget
import lite_workbook
import macro_workbooks
import social_budget
import umea_budget
import vba_text

from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.registry import FUNCTIONS

EXISTING: Mapping[str, Callable[[], bytes]] = {
    "umearegionen-social-budget": social_budget.build,
    "umearegionen-budget": umea_budget.build,
    "sodra-lappland-budget": lappland_budget.build,
}
WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    **{f"existing/{name}.xlsx": build for name, build in EXISTING.items()},
    **{
        f"{name}-lite.xlsx": functools.partial(lite_workbook.build, build, name)
        for name, build in EXISTING.items()
    },
    **{name: functools.partial(macro_workbooks.build, name) for name in macro_workbooks.NAMES},
    **{
        f"macros/vba/{name}.bas": text.encode
        for name, text in vba_text.generated(BUTTONS, FUNCTIONS).items()
    },
}
"""What is built, by its place below the folder workbooks; ``macros`` lies beside that folder."""


WORKBOOKS_FOLDER = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Build or check every workbook and return the exit code."""
    parser = argparse.ArgumentParser(prog="python workbooks/build", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="instead of workbooks")
    options = parser.parse_args(arguments)
    root: Path = options.out or WORKBOOKS_FOLDER
    return check(root) if options.check else write(root)


def place(root: Path, name: str) -> Path:
    """Where a file is: below ``root``, but the VBA text of the repository in its own folder."""
    is_text = root == WORKBOOKS_FOLDER and name.startswith("macros/")
    return (root.parent if is_text else root) / name


def write(root: Path) -> int:
    """Write every workbook below ``root``."""
    for name, build in WORKBOOKS.items():
        target = place(root, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(build())
        print(f"built: {name}")
    return 0


def check(root: Path) -> int:
    """Say which workbooks below ``root`` are missing or differ from a fresh build."""
    faults = 0
    for name, build in WORKBOOKS.items():
        target = place(root, name)
        if not target.is_file():
            print(f"missing: {name}", file=sys.stderr)
            faults += 1
        elif target.read_bytes() != build():
            print(f"differs from a fresh build: {name}", file=sys.stderr)
            faults += 1
        else:
            print(f"up to date: {name}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
