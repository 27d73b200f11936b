"""What a click in Excel on the desktop does: read the workbook, act, write, and tell.

The VBA in ``macros/vba`` runs ``python -m finsam_excel.macros NAME``, which finds the
workbook in the Excel that asked, and answers in a file of plain ASCII. ``anslut`` tells
Excel once which Python to use::

    python -m finsam_excel.macros anslut

Installed it is ``finsam_excel.macros``.
"""

from __future__ import annotations

import argparse
import getpass
import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from finsam_xl import __version__
from finsam_xl.actions.buttons import BY_NAME, FREEZE
from finsam_xl.errors import FinsamError, WorkbookError
from finsam_xl.hosts.excel import apply, read
from finsam_xl.hosts.excel.patience import patiently

CONNECT = "anslut"
_SAVE_FIRST = "Spara den i en mapp på datorn, eller frys den sparade filen med finsam-xl freeze."
_LONGEST = 900
"""Characters that a message box in Excel shows with room to spare."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a button, or connect Excel to this Python. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m finsam_excel.macros", description=__doc__)
    parser.add_argument("name", choices=[CONNECT, *BY_NAME, FREEZE.name])
    parser.add_argument("--wb", help="the workbook's name in Excel")
    parser.add_argument("--hwnd", type=int, help="the window that tells which Excel")
    parser.add_argument("--svar", type=Path, help="the file to answer in")
    options = parser.parse_args(arguments)
    if options.name == CONNECT:
        print(f"Excel använder nu {sys.executable} (sparat i {connect()}).")
        return 0
    if options.wb is None or options.svar is None:
        parser.error("--wb and --svar are needed")
    return answered(options.name, lambda: _book(options.wb, options.hwnd), options.svar)


def answered(name: str, find: Callable[[], Any], file: Path) -> int:
    """Run a button in the workbook that ``find`` gives and write what came of it to ``file``."""
    try:
        text, code = clicked(name, find()), 0
    except FinsamError as error:
        text, code = str(error), 2
    except Exception:  # noqa: BLE001  (whatever it is, a person is told and Excel goes on)
        text, code = _unexpected(), 3
    file.write_text(plain(_within(text)), encoding="ascii")
    return code


def clicked(name: str, book: Any, now: datetime | None = None) -> str:
    """Do what a button says in an open xlwings book; gives what a person is told."""
    moment = now or datetime.now().astimezone()
    if name == FREEZE.name:
        return _frozen(book, moment)
    button = BY_NAME[name]
    try:
        _status(book, f"Finsam: {button.text} – läser {book.name} …")
        grid = read(book)
        _status(book, f"Finsam: {button.text} – räknar …")
        plan = button.plan(grid, moment, __version__, _user())
        _status(book, f"Finsam: {button.text} – skriver {len(plan.edits)} celler …")
        applied = apply(book, plan)
        if applied.sheets:
            book.sheets[applied.sheets[0]].activate()
    finally:
        _status(book, False)
    return "\n\n".join((applied.sentence, *applied.notes))


def _frozen(book: Any, moment: datetime) -> str:
    """Freeze what the open workbook holds right now, as a file beside it."""
    from finsam_xl.freezing import freeze

    folder = Path(str(patiently(lambda: getattr(book.api, "Path", ""))) or "?")
    if not folder.is_dir():
        raise WorkbookError(f"{book.name} ligger inte i en mapp på datorn.", remedy=_SAVE_FIRST)
    target = folder / f"{Path(book.name).stem} (fryst {moment:%Y-%m-%d}).xlsx"
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, book.name)
        try:
            _status(book, f"Finsam: {FREEZE.text} …")
            patiently(lambda: book.api.SaveCopyAs(str(copy)))
            with freeze(copy, moment, target) as change:
                saved = change.write()
        except FinsamError as error:
            error.where = error.where.replace(str(copy), book.name)
            raise
        finally:
            _status(book, False)
    said = "\n".join(f"• {line}." for line in change.lines)
    told = f"Kopian heter {saved.path.name} och ligger bredvid boken."
    return "\n\n".join((told, said, *change.notes))


def _user() -> str:
    """Who clicked, for the log; '' where the computer does not say."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _status(book: Any, text: str | bool) -> None:
    """Show a line at the foot of Excel; a busy Excel shows none, and that is no fault."""
    with suppress(Exception):
        book.app.status_bar = text


def _book(name: str, hwnd: int | None) -> Any:
    """The workbook in the Excel that asked; the active Excel where windows have no number."""
    xw = _xlwings()
    try:
        if hwnd is None or not sys.platform.startswith("win"):
            return xw.books[name]
        engine: Any = importlib.import_module("xlwings._xlwindows")
        return xw.App(impl=engine.App(xl=hwnd)).books[name]
    except KeyError as error:
        raise WorkbookError(
            f"Arbetsboken {name} hittades inte i Excel.",
            remedy="Spara den under ett eget namn, stäng andra Excel-fönster och klicka igen.",
        ) from error


def _xlwings() -> Any:
    try:
        return importlib.import_module("xlwings")
    except ImportError as error:
        raise WorkbookError(
            f"xlwings saknas i {sys.executable}.",
            remedy='Kör där: python -m pip install "finsam-xl[excel]"',
        ) from error


def from_mac(name: str, file: str) -> None:
    """What xlwings' script on a Mac calls: the workbook is the one it was called from."""

    def calling() -> Any:
        return _xlwings().Book.caller()

    answered(name, calling, Path(file))


def connect(folder: Path | None = None) -> Path:
    """Write down this Python where the VBA looks for it; gives the file."""
    if folder is not None:
        file = folder / "python.txt"
    elif sys.platform == "darwin":
        excel = Path.home() / "Library/Containers/com.microsoft.Excel/Data"
        file = excel / "finsam-python.txt"
    else:
        file = Path(os.environ.get("LOCALAPPDATA", Path.home())) / "finsam_xl" / "python.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(plain(sys.executable), encoding="ascii")
    return file


def plain(text: str) -> str:
    """The text in ASCII: every other sign, and the backslash itself, as \\uXXXX."""
    units = text.encode("utf-16-be")
    codes = [int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2)]
    return "".join(
        chr(code) if code < 128 and code != ord("\\") else f"\\u{code:04x}" for code in codes
    )


def _within(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _unexpected() -> str:
    """What is told of a fault in the program; the details are kept in a file."""
    file = Path(tempfile.gettempdir()) / "finsam-fel.txt"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return (
        f"Ett oväntat fel stoppade arbetet; det står i {file}. Se efter på bladet vad som hann "
        "skrivas, och stäng utan att spara om något ser fel ut. Skicka gärna filen till den som "
        "sköter finsam_xl."
    )


if __name__ == "__main__":
    sys.exit(main())
