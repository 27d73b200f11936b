"""What LibreOffice loads of the extension: the functions in cells, for each of the registry's.

LibreOffice finds the classes by ``g_ImplementationHelper`` and runs them in its own Python,
where the product lies beside this file. A Python that is too old for the product gets classes
that say so.
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.sheet import ResultEvent, XVolatileResult
from org.finsam.calc import XFinsam

_BESIDE = str(Path(__file__).parent / "pythonpath")
if sys.path[0] != _BESIDE:
    sys.path.insert(0, _BESIDE)  # an older installation elsewhere must not be taken for ours

_OLDEST = (3, 11)
_FUNCTIONS = "org.finsam.calc.Functions"
_WHY = "FINSAM_VARFOR"
g_ImplementationHelper = unohelper.ImplementationHelper()


def _service(cls: Any, *services: str) -> None:
    """Make a class known to LibreOffice under its name and the services it gives."""
    name = services[0]
    cls.getImplementationName = lambda _: name
    cls.getSupportedServiceNames = lambda _: services
    cls.supportsService = lambda _, wanted: wanted in services
    g_ImplementationHelper.addImplementation(cls, name, services)


class Functions(unohelper.Base, XFinsam, XServiceInfo):
    """The functions in cells; LibreOffice calls each by its name."""

    def __init__(self, _: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("FINSAM_") or sys.version_info < _OLDEST:
            raise AttributeError(name)
        from finsam_xl.hosts.calc import functions

        def in_a_cell(*given: Any) -> Any:
            return _given(functions.answer(name, given, today()))

        def of_a_cell(cells: Any, document: Any) -> Any:
            return _given(functions.why(cells, document, today()))

        made = of_a_cell if name == _WHY else in_a_cell
        self.__dict__[name] = made  # found without asking the next time
        return made


def today() -> Any:
    """The day on the user's computer: its year's rules hold where a cell names none."""
    return datetime.now().astimezone().date()


class Block(unohelper.Base, XVolatileResult):
    """Values that fill several cells.

    From Python LibreOffice only takes rows of values in a result that may change, which it is
    told at once; this one never does.
    """

    def __init__(self, rows: Any, kind: str) -> None:
        self.rows, self.kind = rows, kind

    def addResultListener(self, listener: Any) -> None:
        """Tell the result."""
        event = ResultEvent()
        event.Source, event.Value = self, uno.Any(self.kind, self.rows)
        listener.modified(event)

    def removeResultListener(self, listener: Any) -> None:
        """Nothing more will be told."""


@lru_cache(maxsize=500)
def _block(rows: Any, kind: str) -> Block:
    """One result for the same values: LibreOffice keeps each that it is given."""
    return Block(rows, kind)


def _given(value: Any) -> Any:
    return _block(*value) if isinstance(value, tuple) else value


_service(Functions, _FUNCTIONS)
