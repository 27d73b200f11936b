"""Workbooks written into, and every byte that was not meant to change: ``python -m tests.safety.lossless``.

``--antal 1000`` makes that many with what XlsxWriter and openpyxl can put into a workbook, ``--mapp``
takes those of a folder first, ``--libreoffice`` saves every tenth once more with LibreOffice. Each
is recomputed with its reports, and gets a figure and a text of ours. Prints the number of
changes nobody meant.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from finsam_xl.address import a1
from finsam_xl.errors import FinsamError, InputError, WorkbookError
from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Result, Workbook
from safety import feature_books
from support.rich_workbook import check_package
from support.workbooks import NOW
from support.zip_bytes import TOKEN, contents, entries, formulas, sheet_parts, without_cells

_LISTS = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml")
_COUNTS = re.compile(
    rb'\s(?:count|uniqueCount|fullCalcOnLoad|fillId|applyFill)\s*=\s*["\'][^"\']*["\']'
)
_OPENED = re.compile(rb'\s(?:tabSelected|activeTab)\s*=\s*["\'][^"\']*["\']')
_EVERY_RESAVED = 10


def unmeant(path: Path) -> list[str]:
    """What changes in a workbook that nobody meant, when it is recomputed and edited in place."""
    try:
        return [*_recomputed(path), *_edited(path)]
    except FinsamError as error:
        return [f"refused: {error}"]


def _recomputed(path: Path) -> Iterator[str]:
    before = Before(path)
    with Workbook(path, NOW) as book:
        try:
            result = book.recompute(book.fitting_reports())
        except InputError:
            return  # nothing of ours is there
        except WorkbookError as error:
            if "social budget" not in str(error):
                raise
            return
        saved = book.apply(result)
    yield from before.lost(path, _touched(result), set(saved.changed))


def _touched(result: Result) -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for edit in result.plan.edits:
        places.setdefault(edit.sheet, set()).add(edit.cell)
    for sheet, row, column in result.recalculation.values:
        places.setdefault(sheet, set()).add(a1(row, column))
    return places


def _edited(path: Path) -> Iterator[str]:
    """A figure and a text in cells that were blank, beside the last ones of a row."""
    before = Before(path)
    with Book(path) as book:
        sheets = [sheet for sheet in book.grid.sheets if list(sheet.rows())]
        if not sheets:
            return
        row, cells = next(iter(sheets[0].rows()))
        last = max(column for column, _ in cells)
        if last > 16_000:
            return
        name = sheets[0].name
        places = [a1(row, last + 1), a1(row, last + 2)]
        plan = Plan(
            (
                CellEdit(name, places[0], None, 4711.5, "prov"),
                CellEdit(name, places[1], None, "skrivet <&> nu", "prov"),
            )
        )
        results = book.recalculated(plan)
        touched = {name: set(places)}
        for sheet, at, column in results.values:
            touched.setdefault(sheet, set()).add(a1(at, column))
        saved = book.save(plan, None, NOW, results)
    yield from before.lost(path, touched, set(saved.changed))


class Before:
    """A workbook as it was."""

    def __init__(self, path: Path) -> None:
        self.parts, self.entries = contents(path), entries(path)
        self.sheets, self.faults = sheet_parts(path), set(check_package(path))

    def lost(self, path: Path, touched: Mapping[str, set[str]], changed: set[str]) -> Iterator[str]:
        """What is not as it was, but for the cells that were written and what they need."""
        after, raw = contents(path), entries(path)
        meant = {
            self.sheets[name]: places for name, places in touched.items() if name in self.sheets
        }
        for name, data in self.parts.items():
            if name not in after:
                if name != "xl/calcChain.xml":
                    yield f"{name} is gone"
            elif name not in changed:
                if raw[name] != self.entries[name]:
                    yield f"{name} is packed anew"
            elif name in meant:
                places = meant[name]
                if unopened(without_cells(data, places)) != unopened(
                    without_cells(after[name], places)
                ):
                    yield f"{name} is changed outside its cells"
                old, new = formulas(data), formulas(after[name])
                if any(old.get(cell) != new.get(cell) for cell in old):
                    yield f"a formula of {name} is changed"
            elif name in _LISTS or name.endswith(".rels"):
                if not _is_kept(data, after[name], but="calcChain" if name != _LISTS[0] else ""):
                    yield f"{name} has lost something"
            elif unopened(data) != unopened(after[name]):
                yield f"{name} is changed"
        yield from (f"new fault: {fault}" for fault in set(check_package(path)) - self.faults)


def unopened(data: bytes) -> bytes:
    """A part without which tab is in front: a workbook opens on the report just made."""
    return _OPENED.sub(b"", data)


def _is_kept(old: bytes, new: bytes, *, but: str) -> bool:
    """Whether all that was there is there, in its order, but for numbers that count it."""
    left = iter(_pieces(new))
    return all(piece in left for piece in _pieces(old) if not but or but.encode() not in piece)


def _pieces(data: bytes) -> Iterator[bytes]:
    """Tags and texts, without counts; an empty element as one that is open."""
    at = 0
    for tag in TOKEN.finditer(data):
        if text := data[at : tag.start()]:
            yield text
        yield unopened(_COUNTS.sub(b"", tag.group())).replace(b"/>", b">").replace(b" >", b">")
        at = tag.end()


def resaved(paths: list[Path], program: str) -> None:
    """Save workbooks once more with LibreOffice, in their own place."""
    with tempfile.TemporaryDirectory() as made:
        profile = Path(made, "profil").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx",
        ]
        command += ["--outdir", made, *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=1200)
        for path in paths:
            shutil.move(Path(made, path.name), path)


def books(count: int, folder: Path | None, program: str | None, made: Path) -> Iterator[Path]:
    """The workbooks of a folder, and generated ones, in ``made``."""
    for source in sorted(folder.glob("*.xls[xm]")) if folder else ():
        yield Path(shutil.copyfile(source, made / source.name))
    paths = [made / f"gjord-{seed}.xlsx" for seed in range(1, count + 1)]
    for seed, path in enumerate(paths, 1):
        feature_books.build(path, seed)
    if program:
        resaved(paths[::_EVERY_RESAVED], program)
    yield from paths


def main() -> int:
    """Write into many workbooks and print what changed that should not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=100)
    parser.add_argument("--mapp", type=Path)
    parser.add_argument("--libreoffice", action="store_true")
    given = parser.parse_args()
    program = shutil.which("soffice") if given.libreoffice else None
    faults: Counter[str] = Counter()
    tried = 0
    with tempfile.TemporaryDirectory() as made:
        for path in books(given.antal, given.mapp, program, Path(made)):
            tried += 1
            for fault in unmeant(path):
                refused = fault.startswith("refused")
                faults["avvisade" if refused else "oavsiktliga"] += 1
                print(f"{path.name}: {fault}")
    told = f"{faults['oavsiktliga']} oavsiktliga ändringar, {faults['avvisade']} avvisade"
    print(f"{tried} arbetsböcker: {told}")
    return min(faults["oavsiktliga"], 1)


if __name__ == "__main__":
    sys.exit(main())
