"""The shipped workbooks that are wired, made of the existing ones by what wires any workbook."""

from __future__ import annotations

import html
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import deflate
import vba_project
from wired import WIRED

from finsam_xl import __version__
from finsam_xl.actions.buttons import BUTTONS, Button
from finsam_xl.actions.wiring import Platform, fitting
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.wiring.draft import Rewriting
from finsam_xl.hosts.ooxml.wiring.wire import Wish, wired
from finsam_xl.hosts.packing import pack

_EXTENSION = "xl/webextensions/webextension1.xml"


def macro_book(name: str, buttons: Sequence[Button] = BUTTONS) -> bytes:
    """The macro workbook of the existing one called ``name``."""
    return _book(name, Platform.EXCEL, buttons, pack)


def lite_book(name: str) -> bytes:
    """The Lite workbook of the existing one called ``name``."""
    return _book(name, Platform.LITE, BUTTONS, deflate.package)


def _book(
    name: str,
    platform: Platform,
    buttons: Sequence[Button],
    packed: Callable[[Mapping[str, bytes]], bytes],
) -> bytes:
    shipped = WIRED[name]
    project = vba_project.finished(buttons)

    def made(path: Path) -> bytes:
        with Book(path) as book:
            area = fitting(book.grid, name).tables[shipped.sheet]
            tables = {shipped.sheet: area}
            wish = Wish(
                shipped.story, tables, platform, name, path.suffix, __version__,
                buttons=buttons, project=project,
            )  # fmt: skip
            return packed(after(book.package, wired(book.package, book.grid.sheet, wish).rewriting))

    return as_file(shipped.existing(), made)


def as_file(data: bytes, made: Callable[[Path], bytes]) -> bytes:
    """What is made of a workbook that has to be a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bok.xlsx"
        path.write_bytes(data)
        return made(path)


def after(package: Package, rewriting: Rewriting) -> dict[str, bytes]:
    """A package's parts once it is written anew, in their order."""
    kept = [name for name in package.names if name not in rewriting.removed]
    new = [name for name in rewriting.changed if name not in package]
    return {
        name: rewriting.changed[name] if name in rewriting.changed else package.read(name)
        for name in (*kept, *new)
    }


def stated_version(book: bytes) -> str:
    """The version of the product that a Lite workbook says it holds; "" when it says none."""
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as package:
            extension = package.read(_EXTENSION).decode()
    except (zipfile.BadZipFile, KeyError):
        return ""
    stored = re.search(r'name="main\.py" value="([^"]*)"', extension)
    main: str = json.loads(html.unescape(stored[1])) if stored else ""
    found = re.search(r"^Version (\S+)$", main, re.MULTILINE)
    return found[1] if found else ""
