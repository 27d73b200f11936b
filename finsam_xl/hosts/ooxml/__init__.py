"""The file host: .xlsx and .xlsm files edited at the level of their parts, without loss.

Only the parts that must change are rewritten, and inside them only the touched
elements; every other zip entry keeps its exact bytes.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from finsam_xl.hosts.ooxml.book import Book, Saved


def write_file(target: Path, content: bytes, now: datetime, like: Path) -> None:
    """Put a whole file in place as carefully as a workbook: what stood there is kept."""
    from finsam_xl.hosts.ooxml import saving

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    with saving.take_turn(target) as turn:
        keeping = saving.Keeping.by_policy(now.date())
        saving.put_in_place(target, saving.Manuscript(write, like), now, turn, keeping)


__all__ = ["Book", "Saved", "write_file"]
