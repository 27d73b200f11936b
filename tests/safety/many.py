"""Many runs in one workbook with a change between each: ``python -m tests.safety.many --antal 50``.

Nothing of the workbook may grow but the log, which has a limit: no formats, texts or names, and no
more than a tenth of the rest. Of one day no more backups are kept than there is room for.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Workbook
from safety.hostile_books import BOOK, STRINGS, STYLES, pack, parts
from support.workbooks import NOW

_BACKUPS = 10
_TENTH = 1.1


class _Size(NamedTuple):
    """What a workbook holds: formats, names, bytes of texts, and packed bytes besides the log."""

    formats: int
    names: int
    texts: int
    rest: int


def grown(folder: Path, runs: int) -> Iterator[str]:
    """What grew from the second of so many runs to the last."""
    path = folder / "bok.xlsx"
    pack(path, parts())
    first = None
    for number in range(runs):
        _changed(path, number)
        with Workbook(path, NOW + timedelta(minutes=number)) as book:
            saved = book.apply(book.recompute(("kontroll",)))
        assert saved.changed
        first = _size(path) if number == 1 else first
    last = _size(path)
    assert first is not None
    for what, old, new in zip(_Size._fields[:3], first, last, strict=False):
        if new != old:
            yield f"{what}: {old} blev {new}"
    if last.rest > first.rest * _TENTH:
        yield f"{first.rest} byte blev {last.rest}"
    backups = len(list(folder.glob("*säkerhetskopia*")))
    if not 0 < backups <= _BACKUPS + 1:
        yield f"{backups} säkerhetskopior"


def _changed(path: Path, number: int) -> None:
    """Somebody types another figure; as she would, without a log."""
    with Workbook(path, NOW) as book:
        old = book._book.grid.sheet("Budget 2024").cell(3, 2).value
        made = Plan(edits=(CellEdit("Budget 2024", "B3", old, 12_000 + number, "hon"),))
        book.apply(made, path.with_name("ny.xlsx"))
    path.with_name("ny.xlsx").replace(path)


def _size(path: Path) -> _Size:
    with Workbook(path, NOW) as book:
        owned = book._book.owners
        log = {book._book.entries[name].part for name in owned if owned[name] == "logg"}
    assert log, owned
    with zipfile.ZipFile(path) as package:
        rest = sum(one.compress_size for one in package.infolist() if one.filename not in log)
        return _Size(
            package.read(STYLES).count(b"<xf "),
            package.read(BOOK).count(b"<definedName "),
            len(package.read(STRINGS)),
            rest,
        )


def main() -> int:
    """Make as many runs as is said, and tell what grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = list(grown(Path(folder), options.antal))
    for fault in found:
        print(fault)
    print(f"{options.antal} körningar: {len(found)} saker växte")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
