"""Build the workbooks the project ships, or check that the shipped ones are up to date.

python workbooks/build                 rebuild all but the Lite workbooks, with finsam.oxt
python workbooks/build --release       rebuild all: goes with a new version number
python workbooks/build --check         rebuild in memory, exit 1 if a file differs or a
                                       Lite workbook is not of the current version
python workbooks/build --check --release    the same, and the Lite workbooks may not differ
python workbooks/build --out FOLDER    let FOLDER stand in for the folder workbooks
python workbooks/build --files FOLDER  all files of a release, with the wheel, in a new folder

A Lite workbook carries the code of the product. The ones in the repository are those of
the current version number, as it was released: what has changed since is not in them.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[2]))  # the code that Lite carries

import addin
import release
import tour_books
import vba_project
import vba_text
import wire_books
from wired import WIRED

from finsam_xl import __version__
from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.hosts.calc.extension import build as extension
from finsam_xl.registry import FUNCTIONS

WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    **{f"existing/{name}.xlsx": wired.existing for name, wired in WIRED.items()},
    **tour_books.BUILDS,
    "finsam_xl/hosts/ooxml/wiring/vbaProject.bin": vba_project.finished,
    **{f"{name}.xlsm": functools.partial(wire_books.macro_book, name) for name in WIRED},
    addin.NAME: addin.build,
    **{
        f"macros/vba/{name}.bas": text.encode
        for name, text in vba_text.generated(BUTTONS, FUNCTIONS).items()
    },
}
"""What is built, by its place below the folder workbooks, or beside that folder."""
RELEASED: Mapping[str, Callable[[], bytes]] = {
    f"{name}-lite.xlsx": functools.partial(wire_books.lite_book, name) for name in WIRED
}
"""What is built with a new version number only."""
UNKEPT: Mapping[str, Callable[[], bytes]] = {
    extension.NAME: functools.partial(extension.build, __version__)
}
"""What is built but not kept in the repository, as it carries the code of the product."""


FILES: Mapping[str, Callable[[], bytes]] = {
    name: build for name, build in {**WORKBOOKS, **RELEASED, **UNKEPT}.items() if "/" not in name
}
"""What a release has besides the wheel: what people open, or add in to their program."""
_BESIDE = ("macros/", "finsam_xl/")
WORKBOOKS_FOLDER = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Build or check every workbook and return the exit code."""
    parser = argparse.ArgumentParser(prog="python workbooks/build", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--release", action="store_true", help="the Lite workbooks too")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="instead of workbooks")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="a release, in FOLDER")
    options = parser.parse_args(arguments)
    if options.files:
        release.write(options.files, FILES)
        return 0
    root: Path = options.out or WORKBOOKS_FOLDER
    wanted = {**WORKBOOKS, **RELEASED} if options.release else WORKBOOKS
    if not options.check:
        return write(root, {**wanted, **UNKEPT})
    faults = check(root, wanted) + (0 if options.release else check_versions(root))
    return 1 if faults else 0


def place(root: Path, name: str) -> Path:
    """Where a file is: below ``root``, but what is part of the repository in its own folder."""
    is_part = root == WORKBOOKS_FOLDER and name.startswith(_BESIDE)
    return (root.parent if is_part else root) / name


def write(root: Path, wanted: Mapping[str, Callable[[], bytes]]) -> int:
    """Write what is wanted below ``root``."""
    for name, build in wanted.items():
        target = place(root, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(build())
        print(f"built: {name}")
    return 0


def check(root: Path, wanted: Mapping[str, Callable[[], bytes]]) -> int:
    """Say which files below ``root`` are missing or differ from a fresh build; gives how many."""
    faults = 0
    for name, build in wanted.items():
        target = place(root, name)
        if not target.is_file():
            print(f"missing: {name}", file=sys.stderr)
            faults += 1
        elif target.read_bytes() != build():
            print(f"differs from a fresh build: {name}", file=sys.stderr)
            faults += 1
        else:
            print(f"up to date: {name}")
    return faults


def check_versions(root: Path) -> int:
    """Say which Lite workbooks below ``root`` are not of this version; gives how many."""
    faults = 0
    for name in RELEASED:
        target = root / name
        stated = wire_books.stated_version(target.read_bytes()) if target.is_file() else ""
        if stated == __version__:
            print(f"of version {stated}: {name}")
        else:
            said = f"of version {stated}" if stated else "of no version, or missing"
            how = "run python workbooks/build --release"
            print(f"{said}, not {__version__}: {name} ({how})", file=sys.stderr)
            faults += 1
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
