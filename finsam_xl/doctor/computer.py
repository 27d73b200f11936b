"""The facts of a computer that tell what works on it, as a probe found them.

What a probe could not find out is ``None``; what does not exist is empty.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from finsam_xl.records import NamedTuple


class System(StrEnum):
    """The kinds of operating system, by what people call them."""

    WINDOWS = "Windows"
    MAC = "macOS"
    LINUX = "Linux"


class Way(StrEnum):
    """What the product was installed with."""

    PIPX = "pipx"
    UV = "uv"
    PIP = "pip"


class Python(NamedTuple):
    """The Python that runs the product. ``store``: it came from Microsoft Store."""

    version: tuple[int, int, int]
    bits: int
    program: str
    store: bool = False


class Program(NamedTuple):
    """The product as it is installed.

    ``damaged``: its own files that are gone or not as they were installed. ``absent``: packages
    that it cannot do without and that cannot be imported. ``command``: where the shell finds
    ``finsam-xl``; ``script``: where it lies beside the Python that runs. ``engine``: whether the
    calculation engine gave an answer.
    """

    version: str
    way: Way
    damaged: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    command: str = ""
    script: str = ""
    engine: bool = True


class Extra(NamedTuple):
    """A package that the product can do without; ``version`` is '' where it is not installed.

    ``wanted``: the one version that the product goes with, '' where that is not known.
    """

    name: str
    version: str = ""
    wanted: str = ""

    @property
    def pinned(self) -> str:
        """The package as an installer is told of it."""
        return f"{self.name}=={self.wanted}" if self.wanted else self.name


class Connection(NamedTuple):
    """The Python that Excel is told to use.

    ``named``: by the environment variable, not by *anslut*. ``ours``: it is the one that runs.
    """

    program: str
    exists: bool
    ours: bool
    named: bool = False


class Excel(NamedTuple):
    """An installed Excel; ``bits`` is ``None`` where its program could not be read."""

    version: str
    bits: int | None
    program: str = ""


class Trusted(NamedTuple):
    """A trusted location of Excel; ``below``: with the folders below it."""

    path: PurePath
    below: bool = False


class Guard(NamedTuple):
    """What the computer's rules say of macros and add-ins; ``None`` where no rule is readable.

    ``macros``: Excel's VBAWarnings (1 all, 2 asks, 3 signed only, 4 none). ``children``, ``calls``:
    whether Defender blocks processes started by Office, and Windows' functions in macros.
    ``store``: whether add-ins from the Office store are blocked.
    """

    macros: int | None = None
    children: bool | None = None
    calls: bool | None = None
    store: bool | None = None
    trusted: tuple[Trusted, ...] = ()


class Office(NamedTuple):
    """An installed LibreOffice; ``python``: its own version of Python, ``None`` where unknown.

    ``loads``: whether it can run extensions in Python. ``extension``: the version of ours in the
    user's profile, '' where it is not installed.
    """

    program: str
    version: str
    python: tuple[int, int] | None = None
    loads: bool | None = None
    extension: str = ""


class Lock(NamedTuple):
    """A file that says that a workbook is open; ``program``: in what."""

    workbook: str
    file: str
    program: str


class Folder(NamedTuple):
    """The folder with the workbooks.

    ``refusal``: what the system says when a file is made in it, '' where that works. ``cloud``:
    what keeps it in step with a server, ''. ``marked``: workbooks with macros that came from the
    net; ``distant``: workbooks that are only in the cloud. ``longest``: its longest path of a
    workbook.
    """

    path: PurePath
    exists: bool = True
    refusal: str = ""
    free: int | None = None
    cloud: str = ""
    locks: tuple[Lock, ...] = ()
    marked: tuple[str, ...] = ()
    distant: tuple[str, ...] = ()
    longest: str = ""


class Language(NamedTuple):
    """How text comes out.

    ``encoding``: of the terminal; ``decimal``, ``between``: Windows' signs for numbers and lists.
    """

    name: str
    encoding: str
    decimal: str = ""
    between: str = ""


class Computer(NamedTuple):
    """All that was found out.

    ``fonts``: which of the reports' fonts there are. ``libraries``: the names of xlwings' files for
    functions in cells, one for each bitness of Excel.
    """

    system: System
    python: Python
    program: Program
    folder: Folder
    language: Language
    fonts: tuple[str, ...] = ()
    office: Office | None = None
    excel: Excel | None = None
    xlwings: Extra = Extra("xlwings")
    libraries: tuple[str, ...] = ()
    pyopenvba: Extra = Extra("pyopenvba")
    connection: Connection | None = None
    guard: Guard = Guard()
