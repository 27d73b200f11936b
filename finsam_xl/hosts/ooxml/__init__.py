"""The file host: .xlsx and .xlsm files edited at the level of their parts, without loss.

Only the parts that must change are rewritten, and inside them only the touched
elements; every other zip entry keeps its exact bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from finsam_xl.hosts.ooxml.book import Book, Saved

if TYPE_CHECKING:
    from finsam_xl.sheetplan import SheetPlan


def write_file(target: Path, content: bytes, now: datetime, like: Path) -> None:
    """Put a whole file in place as carefully as a workbook: what stood there is kept."""
    from finsam_xl.hosts.ooxml import saving

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    with saving.take_turn(target) as turn:
        keeping = saving.Keeping.by_policy(now.date())
        saving.put_in_place(target, saving.Manuscript(write, like), now, turn, keeping)


def refuse(target: Path) -> None:
    """Raise ``WorkbookError`` for a place that no file can be written to, before work is done."""
    from finsam_xl.hosts.ooxml import saving

    saving.refuse_place(target)
    saving.refuse_if_open(target)


def new_book(sheets: Sequence[SheetPlan], title: str) -> bytes:
    """A workbook of its own with some sheets, which are known as ours wherever it is read."""
    from finsam_xl.hosts.ooxml.render import render, writable

    return render([*map(writable, sheets)], title, is_kept=True)


__all__ = ["Book", "Saved", "new_book", "refuse", "write_file"]
