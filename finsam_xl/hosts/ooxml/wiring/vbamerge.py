"""Our modules beside those of a project that is hers, and out of it again, by pyOpenVBA.

It comes with the optional extra ``finsam-xl[vba]``; a workbook without a project needs none.
"""

from __future__ import annotations

import importlib
import io
import struct
import tempfile
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.wiring.vbaproject import PART

_NOTHING_COMPILED = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)
OTHER = "_2"
"""After the name of a module of ours where she has one of that name."""
_HEAD, _END = "Private Sub ", "End Sub"


def tool() -> Any:
    """The library pyOpenVBA, or None where it is not installed."""
    try:
        return importlib.import_module("pyopenvba")
    except ImportError:
        return None


def merged(hers: bytes, ours: bytes) -> bytes:
    """Her project with our standard modules added, under other names where she has those."""
    with _opened(ours) as (file, _):
        texts = {
            module.name: module.source
            for module in file.vba_project().modules
            if module.kind.name == "standard"
        }
    with _opened(hers) as (file, path):
        project = file.vba_project()
        known = {name.casefold() for name in project.module_names()}
        for name, text in texts.items():
            free = name + OTHER if name.casefold() in known else name
            project.add_module(free, text.replace(f'VB_Name = "{name}"', f'VB_Name = "{free}"'))
        return _saved(file, path)


def without(project: bytes, modules: Collection[str], events: Collection[str]) -> bytes:
    """The project without some modules, and without ``events`` in the workbook's own."""
    with _opened(project) as (file, path):
        held = file.vba_project()
        for name in modules:
            held.delete_module(name)
        for module in held.modules:
            lines = module.source.split("\r\n")
            kept = without_events(lines, events)
            if len(kept) < len(lines):
                module.source = "\r\n".join(kept)
                module.dirty = True
        return _saved(file, path)


def without_events(lines: Sequence[str], ours: Collection[str]) -> list[str]:
    """Lines of code without those of ours, and without procedures of which nothing else is left.

    ``ours``: the lines of the workbook's own module in a project that is ours alone.
    """
    if not any(line.strip() in ours and _HEAD not in line for line in lines):
        return [*lines]
    left: list[str] = []
    for line in lines:
        text = line.strip()
        if text == _END and left and left[-1].strip() in ours and _HEAD in left[-1]:
            left.pop()
        elif text == _END or text not in ours or text.startswith(_HEAD):
            left.append(line)
    return left


def without_cache(project: bytes) -> bytes:
    """The project with ``_VBA_PROJECT`` as [MS-OVBA] 2.3.4.1 wants it written.

    No version of VBA's and nothing compiled: every Excel then compiles the text. pyOpenVBA
    leaves a version and zeros in the place of what was compiled.
    """
    container = importlib.import_module("pyopenvba.cfb").CFB.from_bytes(project)
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _NOTHING_COMPILED)
    made: bytes = container.to_bytes()
    return made


class _opened:  # noqa: N801  (used as a function)
    """A project opened by pyOpenVBA, in the least file that it takes for a workbook."""

    def __init__(self, project: bytes) -> None:
        self._project = project
        self._folder = tempfile.TemporaryDirectory()

    def __enter__(self) -> tuple[Any, Path]:
        path = Path(self._folder.name) / "bok.xlsm"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(PART, self._project)
        try:
            self._file = tool().ExcelFile(path)
            self._file.vba_project()
        except Exception as error:
            raise _unusable() from error
        return self._file, path

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()


def _saved(file: Any, path: Path) -> bytes:
    target = path.with_name("ny.xlsm")
    try:
        file.save(target)
    except Exception as error:
        raise _unusable() from error
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as package:
        return without_cache(package.read(PART))


def _unusable() -> WorkbookError:
    return WorkbookError(
        "Arbetsbokens makron går inte att lägga något till eller ta något ur.",
        where=PART,
        remedy="Använd tillägget finsam.xlam, som inte lägger någon kod i boken.",
    )
