"""Whatever was done, taken back from the last to the first: ``python -m tests.safety.undoing --antal 200``.

In the shipped workbooks and those of other offices, with some of their results emptied or wrong,
things are done in any order: recomputed, also with codes accepted, reported, read onto the sheet
*Finsam*, checked, wired, and figures of hers typed in between. Each is then taken back, the last
first. What is left must be the workbook as it was but for her figures, part by part and byte for
byte, and the log. Prints what is not.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from finsam_xl.address import a1, position
from finsam_xl.errors import FinsamError, WorkbookError
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import run_log
from finsam_xl.wiring import unwire, wire
from finsam_xl.workbook import Result, Workbook
from support.practice import FOLDER
from support.workbooks import EXISTING, NOW

BOOKS = (*sorted(EXISTING.glob("*.xlsx")), *sorted((FOLDER / "books").glob("*.xlsx")))
_LOG = "Finsam-logg"
_LONGEST, _WORN, _TYPED = 6, 12, 0.7
_SUM = re.compile(rb"""(<c\s[^>]*?)>\s*<f>SUM\([^<]*</f>\s*(<v>[^<]*</v>)\s*</c>""")
_HELD = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
"""The parts that tell of every sheet, and so of the log."""


class Typed(NamedTuple):
    """A figure of hers."""

    sheet: str
    cell: str
    value: float


class Story:
    """A workbook and what has been done to it, each with how it is taken back."""

    def __init__(self, source: Path, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.path = folder / "bok.xlsx"
        shutil.copyfile(source, self.path)
        self.told: list[str] = []
        self.back: list[Callable[[], None]] = []
        self.hers: list[Typed] = []
        self.moments = (NOW + timedelta(minutes=n) for n in range(10_000))

    @property
    def moment(self) -> datetime:
        """A minute later."""
        return next(self.moments)

    def run(self, what: str, make: Callable[[Workbook], Result]) -> None:
        """A run of ours, if it changes anything."""
        with Workbook(self.path, self.moment) as book:
            result = make(book)
            if not result.plan.is_empty and book.apply(result).changed:
                self.told.append(what)
                self.back.append(lambda: self.undo(result.plan.run))

    def undo(self, run: str) -> None:
        """A run taken back."""
        with Workbook(self.path, self.moment) as book:
            result = book.undo()
            assert result.plan.undoes == run, f"{run} skulle ångras, inte {result.plan.undoes}"
            book.apply(result)

    def recompute(self) -> None:
        self.run("räkna om", lambda book: book.recompute())

    def accept(self) -> None:
        with Workbook(self.path, NOW) as book:
            codes = sorted(
                {one.code for one in book.check().findings if one.calculated is not None}
            )
        code = self.chance.choice(codes or ["summa-avviker"])
        self.run(f"godta {code}", lambda book: book.recompute(accept=(code,)))

    def report(self) -> None:
        with Workbook(self.path, NOW) as book:
            kind = self.chance.choice([*book.fitting_reports(), "kontroll"])
        self.run(f"rapport {kind}", lambda book: book.report(kind))

    def read(self) -> None:
        self.run("vad lästes?", lambda book: book.what_was_read())

    def check(self) -> None:
        before = self.path.read_bytes()
        with Workbook(self.path, NOW) as book:
            book.check()
        assert self.path.read_bytes() == before, "kontrollen skrev i boken"

    def wire(self) -> None:
        if self.path.suffix != ".xlsx":
            return
        plain, wired = self.path, self.folder / "kopplad.xlsm"
        wired.unlink(missing_ok=True)
        functions = self.chance.random() < 1 / 2
        with wire(plain, self.moment, out=wired, functions=functions) as change:
            change.write()
        self.path = wired
        self.told.append("koppla med funktioner" if functions else "koppla")
        self.back.append(lambda: self.unwire(plain))

    def unwire(self, plain: Path) -> None:
        with unwire(self.path, self.moment, out=plain) as change:
            change.write()
        self.path = plain

    def type(self) -> None:
        """She types another figure in the place of one of hers."""
        with Workbook(self.path, NOW) as book:
            grid = book._book.grid
            mine = run_log.ours(grid)
            theirs = [
                (sheet.name, place, cell.value)
                for sheet in grid.sheets
                if not sheet.owner
                for place, cell in sheet.cells.items()
                if cell.formula is None and type(cell.value) in (int, float)
                if place not in mine.get(sheet.name, {}) and not cell.dated
            ]
            was = {(e.sheet, e.cell) for e in run_log.entries(grid)}
            theirs = [one for one in theirs if (one[0], a1(*one[1])) not in was]
        if theirs:
            name, place, value = self.chance.choice(theirs)
            typed = Typed(name, a1(*place), float(value or 0) * 2 + 1)
            _type(self.path, typed)
            self.hers.append(typed)
            self.told.append(f"hon skriver {typed.value:g} i {name}!{typed.cell}")


_STEPS: tuple[Callable[[Story], None], ...] = (
    Story.recompute, Story.recompute, Story.accept, Story.report, Story.read, Story.check,
    Story.wire, Story.type, Story.type,
)  # fmt: skip


def _type(path: Path, typed: Typed) -> None:
    with Workbook(path, NOW) as book:
        old = book._book.grid.sheet(typed.sheet).cell(*position(typed.cell)).value
        book.apply(Plan(edits=(CellEdit(typed.sheet, typed.cell, old, typed.value, "hon"),)))


def faults(book: Path, folder: Path, seed: int = 0) -> Iterator[str]:
    """What is not as it was in a workbook once everything is taken back."""
    chance = random.Random(f"{book.stem} {seed}")  # noqa: S311 - the same choice every time
    source = book
    start, typed = folder / "från början.xlsx", folder / "skrivna summor.xlsx"
    if chance.random() < _TYPED:
        _typed(source, typed)
        source = typed
    _worn(source, start, chance)
    story = Story(start, folder, chance)
    try:
        for step in chance.choices(_STEPS, k=_LONGEST):
            with suppress(WorkbookError):  # nothing there that is understood
                step(story)
        for back in reversed(story.back):
            back()
    except (FinsamError, AssertionError) as error:
        yield f"{book.name} [{', '.join(story.told)}]: {error}"
        return
    for one in story.hers:
        _type(start, one)
    for fault in differences(start, story.path):
        yield f"{book.name} [{', '.join(story.told)}]: {fault}"


def _typed(source: Path, out: Path) -> None:
    """The workbook with its sums as typed figures, every other byte as it was."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            is_sheet = entry.filename.startswith("xl/worksheets/sheet")
            new.writestr(entry, _SUM.sub(rb"\1>\2</c>", data) if is_sheet else data)


def _worn(source: Path, out: Path, chance: random.Random) -> None:
    """The workbook with some of its results emptied, and some wrong."""
    shutil.copyfile(source, out)
    with Workbook(source, NOW) as book:
        grid = book._book.grid
        typed = [
            (sheet.name, a1(*place), cell.value)
            for sheet in grid.sheets
            for place, cell in sheet.cells.items()
            if cell.formula is None and type(cell.value) in (int, float) and not cell.dated
        ]
        # Below and to the right there are more results.
        typed.sort(key=lambda one: -sum(position(one[1])) * chance.random())
        chosen = typed[:_WORN]
        new = [None if n % 2 else float(value or 0) + 7 for n, (_, _, value) in enumerate(chosen)]
        edits = [
            CellEdit(sheet, cell, old, value, "hon")
            for (sheet, cell, old), value in zip(chosen, new, strict=True)
        ]
        book.apply(Plan(edits=tuple(edits)), out)


def differences(before: Path, after: Path) -> Iterator[str]:
    """The parts of a package that are not what they were, but for the log."""
    old, new = _parts(before), _parts(after)
    log = _log_part(new)
    for name in [*old, *(name for name in new if name not in old)]:
        one, other = old.get(name), new.get(name)
        if name in _HELD:
            one, other = _without_log(one or b"", ""), _without_log(other or b"", log)
        if one != other and name != log:
            yield f"{name} {'är borta' if other is None else 'är ny' if one is None else 'skiljer'}"
    if [name for name in new if name != log] != list(old):
        yield "delarna står i annan ordning"


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _log_part(parts: dict[str, bytes]) -> str:
    sheet = re.search(rb'<sheet name="Finsam-logg"[^>]*r:id="(\w+)"', parts["xl/workbook.xml"])
    if sheet is None:
        return ""
    target = rb'Id="%s"[^>]*?Target="/?(?:xl/)?([^"]+)"' % sheet[1]
    found = re.search(target, parts["xl/_rels/workbook.xml.rels"])
    return "" if found is None else f"xl/{found[1].decode()}"


def _without_log(data: bytes, log: str) -> bytes:
    """A part that tells of every sheet, without what it tells of the log."""
    name = log.removeprefix("xl/").encode()
    said = [
        rb'<sheet name="Finsam-logg"[^>]*/>',
        rb"<definedName [^>]*>'Finsam-logg'![^<]*</definedName>",
    ]
    said += [rb'<(?:Override|Relationship) [^>]*"[^"]*%s"[^>]*/>' % re.escape(name)] if name else []
    for one in said:
        data = re.sub(one, b"", data)
    return re.sub(rb"<definedNames>\s*</definedNames>|<definedNames/>", b"", data)


def main() -> int:
    """Try as many stories as is said, spread over the workbooks, and tell of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=200)
    parser.add_argument("--fro", type=int, default=0)
    options = parser.parse_args()
    each = -(-options.antal // len(BOOKS))
    found: list[str] = []
    for path in BOOKS:
        for number in range(options.fro, options.fro + each):
            with tempfile.TemporaryDirectory() as folder:
                found += faults(path, Path(folder), number)
    for fault in found:
        print(fault)
    print(f"{each * len(BOOKS)} berättelser i {len(BOOKS)} arbetsböcker: {len(found)} fel")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
