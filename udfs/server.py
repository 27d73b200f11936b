"""The module that an xlwings Server offers: the same wrappers as in a Lite workbook.

``xlwings.server`` finds functions and scripts among a module's names, so they are put
here when the module is imported. A server sends a workbook's values with the request and
cannot be asked for formulas; ``finsam_xl.hosts.excel.writing`` says what follows.
"""

from __future__ import annotations

import importlib
import sys

from finsam_xl.hosts.ooxml.wiring import wrappers
from udfs import lite

xw = importlib.import_module("xlwings")
_server = importlib.import_module("xlwings.server")
arg, func, script = _server.arg, _server.func, _server.script
calculate, run = lite.calculate, lite.run
_SOURCE = f"{wrappers.functions()}\n\n\n{wrappers.scripts('xw.Book')}\n"
exec(compile(_SOURCE, "<udfs.server>", "exec"), vars(sys.modules[__name__]))  # noqa: S102  (our own text)
