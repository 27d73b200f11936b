"""The workbook that is open in Excel, as a grid.

The values of every sheet are read at once, in one call each; formulas, formats and fills
when a sheet's cells are asked for, where the engine tells them (see ``facts``). In
**xlwings Server** nothing is known of formulas, number formats, fills and merged ranges:
``Cell.formula`` is ``None`` for every cell, ``percent`` is false, and ``plain`` is true.
What follows from that is said in ``writing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from finsam_xl import plan
from finsam_xl.hosts.excel.facts import desktop, used
from finsam_xl.hosts.excel.patience import patiently, xlwings_waits_briefly
from finsam_xl.hosts.opened.blocks import Place
from finsam_xl.hosts.opened.held import UNKNOWN, Facts, Used, cells, digest
from finsam_xl.plan import is_our_name
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid, Unknown

Known = Mapping[str, Facts]
"""Facts per sheet name, gathered before."""


def is_remote(book: Any) -> bool:
    """Whether writes are queued and sent later (xlwings Server and Lite)."""
    return bool(book.app.engine.type == "remote")


def read(book: Any, known: Known | None = None) -> Grid:
    """The grid of an open xlwings ``Book``.

    ``known``: what ``later.fetch`` gathered, in xlwings Lite.
    """
    with xlwings_waits_briefly():
        ours = owners(book)
        names = patiently(lambda: [sheet.name for sheet in book.sheets])
        readers = [_Reader(book, name, (known or {}).get(name)) for name in names]
        sheets = tuple(
            SheetGrid(
                reader.name,
                reader.cells,
                texts=reader.texts,
                merged=lambda reader=reader: reader.facts.merged(),  # type: ignore[misc]
                unknown=Unknown,  # an open workbook has calculated its formulas
                owner=ours.get(reader.name, ""),
                large=reader.held.is_large,
            )
            for reader in readers
        )
        kept = {
            name.name.lower(): (name.refers_to or "").removeprefix("=")
            for name in book.names
            if is_our_name(name.name)
        }
    return Grid(sheets, digest((reader.name, reader.held) for reader in readers), kept)


def owners(book: Any, *, local: bool = True) -> dict[str, str]:
    """Sheets that are reports of ours, and which; ``local``: also copies that people made."""
    names = (
        (bare, partial(_refers_to, name), bool(scope))
        for name in book.names
        for scope, _, bare in [name.name.rpartition("!")]
    )
    return plan.owners(names, {sheet.name for sheet in book.sheets}, local=local)


def _refers_to(name: Any) -> str:
    return name.refers_to or ""


class _Reader:
    """One sheet: its values, and the rest when it is asked for."""

    def __init__(self, book: Any, name: str, known: Facts | None) -> None:
        self.name = name
        self._book = book
        self._known = known

    @property
    def _sheet(self) -> Any:
        return self._book.sheets[self.name]

    @cached_property
    def held(self) -> Used:
        return patiently(lambda: used(self._sheet))

    @cached_property
    def facts(self) -> Facts:
        if self._known is not None:
            return self._known
        if is_remote(self._book):
            return UNKNOWN
        with xlwings_waits_briefly():
            return patiently(lambda: desktop(self._sheet, self.held))

    def texts(self) -> frozenset[str]:
        return frozenset(value for value in self.held.values.values() if type(value) is str)

    def cells(self) -> dict[Place, Cell]:
        return cells(self.held, self.facts)
