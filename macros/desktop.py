"""What a click in Excel on the desktop does: read the workbook, act, write, and tell.

The VBA in ``macros/vba`` runs ``python -m finsam_excel.macros NAME``, which finds the
workbook in the Excel that asked, and answers in a file of plain ASCII. ``anslut`` tells
Excel once which Python to use::

    python -m finsam_excel.macros anslut

Nothing of ours is imported before there is somebody to tell that it cannot be.
Installed it is ``finsam_excel.macros``.
"""

from __future__ import annotations

import argparse
import csv
import getpass
import importlib
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

CONNECT = "anslut"
_INSTALL = 'python -m pip install "finsam-xl[excel]"'
_ASKS = 4
"""The exit code of a question; ``FINSAM_FRAGAR`` in the VBA."""
_LONGEST = 900
"""Characters that a message box in Excel shows with room to spare."""
_SPEAK = (
    "on run said",
    "display alert (item 1 of said) message (item 2 of said)",
    "end run",
)
"""AppleScript that shows a message whatever Excel is doing."""
_CHOOSE_FILE = ('POSIX path of (choose file with prompt "Hämta utfall")',)
_CHOOSE = (
    "on run said",
    "set answers to items 3 thru -1 of said",
    "choose from list answers with prompt (item 1 of said) default items {item 2 of said}",
    "item 1 of result",
    "end run",
)
"""The same for a file, and for one of several answers; leaving them is an error there."""
_FETCH, _HEALTH = "FinsamHamtaUtfall", "FinsamHalsa"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a button, or connect Excel to this Python. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m finsam_excel.macros", description=__doc__)
    parser.add_argument("name", help=f"{CONNECT}, or the name of a button")
    parser.add_argument("--wb", help="the workbook's name in Excel")
    parser.add_argument("--hwnd", type=int, help="the window that tells which Excel")
    parser.add_argument("--svar", type=Path, help="the file to answer in")
    parser.add_argument("--fil", default="", help="the file that was chosen")
    parser.add_argument("--svarat", action="append", default=[], help="a question and its answer")
    options = parser.parse_args(arguments)
    if options.name == CONNECT:
        print(f"Excel använder nu {sys.executable} (sparat i {connect()}).")
        if not _library():
            print(f"Funktionerna i celler behöver xlwings, som saknas här. Kör: {_INSTALL}")
        return 0
    if options.wb is None or options.svar is None:
        parser.error("--wb and --svar are needed")
    chosen = Chosen(options.fil, dict(one.split("=", 1) for one in options.svarat))
    return answered(options.name, lambda: _book(options.wb, options.hwnd), options.svar, chosen)


class Chosen(NamedTuple):
    """What was said for a click: the path of a file, and answers by the names of questions."""

    file: str = ""
    answers: Mapping[str, str] = MappingProxyType({})


NOTHING = Chosen()


def answered(name: str, find: Callable[[], Any], file: Path, chosen: Chosen = NOTHING) -> int:
    """Run a button in the workbook that ``find`` gives and write what came of it to ``file``."""
    code, text = outcome(name, find, file.parent, chosen)
    _write_whole(file, plain(_within(text)))
    return code


def outcome(
    name: str, find: Callable[[], Any], folder: Path, chosen: Chosen = NOTHING
) -> tuple[int, str]:
    """Run a button; gives the exit code and what a person is told, whatever stopped it.

    ``folder``: where the details of a fault are kept. Exit code 4: the text is a question, as lines
    of its name, what is likely, the answers between |, and what is asked.
    """
    try:
        if name == _HEALTH:
            return 0, _health(find)
        return 0, clicked(name, find(), chosen=chosen)
    except ImportError as error:
        return 3, _not_loaded(error)
    except Exception as error:  # noqa: BLE001  (whatever it is, a person is told and Excel goes on)
        asking = sys.modules.get("finsam_xl.actions.fetch_questions")
        if asking is not None and isinstance(error, asking.UndecidedError):
            asked = error.question
            return _ASKS, "\n".join((asked.name, asked.likely, "|".join(asked.choices), asked.text))
        ours = sys.modules.get("finsam_xl.errors")
        if ours is not None and isinstance(error, ours.FinsamError):
            return 2, str(error)
        return 3, _unexpected(folder)


def clicked(name: str, book: Any, now: datetime | None = None, chosen: Chosen = NOTHING) -> str:
    """Do what a button says in an open xlwings book; gives what a person is told."""
    from finsam_xl import __version__
    from finsam_xl.actions.buttons import FREEZE
    from finsam_xl.hosts.excel import clicking

    moment = now or datetime.now().astimezone()
    if name == FREEZE.name:
        return _frozen(book, moment)
    given = _given(chosen, moment) if chosen.file else None
    return clicking.clicked(name, book, moment, __version__, user=_user(), given=given)


def _given(chosen: Chosen, moment: datetime) -> Any:
    """The file that was chosen, read."""
    from finsam_xl.actions.fetch_clicked import Given
    from finsam_xl.errors import WorkbookError
    from finsam_xl.workbook import read_source

    if "://" in chosen.file:
        raise WorkbookError(
            "Filen ligger bara i molnet.",
            where=chosen.file,
            remedy="Spara den i en mapp på datorn, och välj den där.",
        )
    return Given(read_source(Path(chosen.file), moment), chosen.answers)


def _frozen(book: Any, moment: datetime) -> str:
    """Freeze what the open workbook holds right now, as a file beside it."""
    from finsam_xl.actions.buttons import FREEZE
    from finsam_xl.freezing import freeze_open
    from finsam_xl.hosts.excel.clicking import status
    from finsam_xl.hosts.excel.patience import patiently

    folder = str(patiently(lambda: getattr(book.api, "Path", "")) or "")
    try:
        status(book, f"Finsam: {FREEZE.text} …")
        return freeze_open(
            book.name,
            folder,
            moment,
            lambda copy: patiently(lambda: book.api.SaveCopyAs(str(copy))),
            within=_made(_folder()),  # Excel writes there, too: it must be a folder that both see
        )
    finally:
        status(book, False)


def _health(find: Callable[[], Any]) -> str:
    """What works on this computer; also where the open workbook cannot be reached."""
    from finsam_xl import __version__
    from finsam_xl.doctor.boxed import boxed
    from finsam_xl.doctor.probe import probed

    folder = ""
    with suppress(Exception):
        folder = str(find().api.Path or "")
    is_place = bool(folder) and "://" not in folder
    return boxed(probed(Path(folder) if is_place else Path.home(), __version__))


def _user() -> str:
    """Who clicked, for the log; '' where the computer does not say."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _book(name: str, hwnd: int | None) -> Any:
    """The workbook in the Excel that asked; the active Excel where windows have no number."""
    from finsam_xl.errors import WorkbookError

    xw: Any = importlib.import_module("xlwings")
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


def from_mac(name: str) -> None:
    """What xlwings' script on a Mac calls. Excel does not wait: all is asked and shown here."""
    book = next((a.removeprefix("--wb=") for a in sys.argv if a.startswith("--wb=")), "")
    chosen = NOTHING
    if name == _FETCH:
        chosen = Chosen(_spoken(_CHOOSE_FILE))
        if not chosen.file:
            return
    code, text = outcome(name, lambda: _book(book, None), _folder(), chosen)
    while code == _ASKS:
        question, likely, choices, asked = text.split("\n", 3)
        answer = _spoken(_CHOOSE, asked, likely, *choices.split("|"))
        if answer not in choices.split("|"):
            return
        chosen = chosen._replace(answers={**chosen.answers, question: answer})
        code, text = outcome(name, lambda: _book(book, None), _folder(), chosen)
    _spoken(_SPEAK, "Finsam", _within(text))


def _spoken(script: Sequence[str], *said: str) -> str:
    """What an AppleScript gives; '' where it was left."""
    lines = [part for line in script for part in ("-e", line)]
    done = subprocess.run(
        ["/usr/bin/osascript", *lines, *said], check=False, capture_output=True, text=True
    )
    return done.stdout.removesuffix("\n") if done.returncode == 0 else ""


def connect(folder: Path | None = None) -> Path:
    """Write down, where the VBA looks, this Python and the folder of its library; gives the file.

    The library is xlwings' for functions in cells; where pip has put it only Python knows.
    """
    file = (folder or _folder()) / "python.txt"
    _write_whole(file, "\n".join(map(plain, (sys.executable, _library()))))
    return file


def _folder() -> Path:
    """Where Excel and Python leave word for each other.

    Not in AppData: there Python of Microsoft Store writes to a copy of its own, which Excel
    does not see. On a Mac Excel sees only its own folder.
    """
    home = Path.home()
    if sys.platform == "darwin":
        home = home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    return home / ".finsam"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _library() -> str:
    """The folder of xlwings' library for VBA; '' where xlwings is not, or has none."""
    with suppress(metadata.PackageNotFoundError):
        held = metadata.distribution("xlwings")
        for name, *_ in csv.reader((held.read_text("RECORD") or "").splitlines()):
            if name.endswith(".dll"):
                return str(Path(str(held.locate_file(name))).resolve().parent)
    return ""


def _write_whole(file: Path, text: str) -> None:
    """Put a text in a file, which is never seen half written."""
    unfinished = _made(file.parent) / f"{file.stem}.ny"
    unfinished.write_text(text, encoding="ascii", newline="\n")
    unfinished.replace(file)


def plain(text: str) -> str:
    """The text in ASCII: every other sign, and the backslash itself, as \\uXXXX."""
    units = text.encode("utf-16-be")
    codes = [int.from_bytes(units[at : at + 2]) for at in range(0, len(units), 2)]
    return "".join(
        chr(code) if code < 128 and code != ord("\\") else f"\\u{code:04x}" for code in codes
    )


def _within(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _not_loaded(error: ImportError) -> str:
    """What is told of a part that is missing or broken, with Python's own word for it."""
    if (error.name or "").partition(".")[0] == "xlwings" and not sys.modules.get("xlwings"):
        return f"xlwings saknas i {sys.executable}. Kör där: {_INSTALL}"
    return (
        f"En del av finsam_xl går inte att läsa in i {sys.executable}: {error}. Inget är ändrat. "
        f"Kör där: {_INSTALL} --force-reinstall"
    )


def _unexpected(folder: Path) -> str:
    """What is told of a fault in the program; the details are kept in a file."""
    file = _made(folder) / "fel.txt"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return (
        f"Ett oväntat fel stoppade arbetet; det står i {file}. Se efter på bladet vad som hann "
        "skrivas, och stäng utan att spara om något ser fel ut. Skicka gärna filen till den som "
        "sköter finsam_xl."
    )


if __name__ == "__main__":
    sys.exit(main())
