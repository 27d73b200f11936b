"""xlwings' function server on Linux: its own code for calls and conversions, COM stubbed.

Run in a process of its own: ``python com_server.py MODULE`` reads calls ``[name, arguments]``
as JSON and prints what Excel would be handed, one answer for each, then how each function is
described to Excel.
"""

from __future__ import annotations

import ctypes
import datetime
import importlib
import json
import sys
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

_WINDOWS = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "xlwings.com_server",
)


class _Stub(ModuleType):
    """A module of Windows' that has whatever it is asked for, as a class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception if "error" in name else object,), {})


def server() -> Any:
    """The module ``xlwings.udfs`` as it is on Windows, and its decorators in place."""
    for name in _WINDOWS:
        sys.modules[name] = _Stub(name)
    sys.modules["pythoncom"].__file__ = "pythoncom"
    sys.modules["pywintypes"].TimeType = datetime.datetime  # type: ignore[attr-defined]
    sys.modules["win32timezone"].TimeZoneInfo = MagicMock()  # type: ignore[attr-defined]
    for name in ("oledll", "windll", "PyDLL"):
        setattr(ctypes, name, MagicMock())
    import xlwings as xw
    from xlwings import (
        _xlwindows,
        udfs,
    )

    xw.engines.add(xw.main.Engine(impl=_xlwindows.engine))
    for name in ("func", "arg", "ret"):
        setattr(xw, name, getattr(udfs, f"xl{name}"))
    return udfs


def main() -> None:
    """Answer the calls on standard input."""
    udfs, module = server(), sys.argv[1]
    missing = -2147352572
    importlib.import_module(module)
    answers = []
    for name, arguments in json.load(sys.stdin):
        given = tuple(missing if a == "MISSING" else _tuples(a) for a in arguments)
        answers.append(udfs.call_udf(module, name, given))
    known = {
        name: found.__xlfunc__
        for name, found in vars(sys.modules[module]).items()
        if hasattr(found, "__xlfunc__")
    }
    described = {
        name: [info["category"], [[a["name"], "optional" in a, a["doc"]] for a in info["args"]]]
        for name, info in known.items()
    }
    print(json.dumps([answers, described]))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
