"""A run reads each table once, however many reports it makes.

Reports tell what a control finds in the workbook as the run leaves it: where cells are written
that is another workbook, and it is read once as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from finsam_xl.actions import fitting_reports
from finsam_xl.hosts.ooxml import Book
from finsam_xl.reading import amounts, blocks, book, counts, social
from finsam_xl.workbook import open_workbook
from support.workbooks import EXISTING


def _counting(calls: Counter[Any], function: Callable[..., Any], key: Callable[..., Any]) -> Any:
    def counted(*args: Any, **more: Any) -> Any:
        calls[key(*args)] += 1
        return function(*args, **more)

    return counted


@pytest.mark.parametrize("source", sorted(EXISTING.glob("*.xlsx")), ids=lambda path: path.stem)
def test_each_table_is_read_once(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook, its blocks, and each block as amounts; and the social budgets."""
    with Book(source) as opened:
        reports = fitting_reports(opened.grid)
    calls: Counter[Any] = Counter()

    def watch(module: Any, name: str, key: Callable[..., Any]) -> None:
        monkeypatch.setattr(module, name, _counting(calls, getattr(module, name), key))

    watch(book, "_tables", lambda _: ("book",))
    watch(blocks, "_blocks", lambda sheet: ("blocks", sheet.name))
    watch(amounts, "_table", lambda raw, *_: ("amounts", raw.block.sheet.name, raw.block.area))
    watch(social, "recognise", lambda sheet: ("social", sheet.name))
    watch(
        counts,
        "_table",
        lambda head, match, *_: ("counts", head.sheet.name, head.row, match.kind.kind),
    )
    with open_workbook(source) as workbook:
        plan = workbook.recompute(reports).plan
    workbooks = 2 if plan.edits else 1
    assert calls["book",] <= workbooks
    participants = {key for key in calls if key[0] == "counts" and key[3] == "participants"}
    # Who took part is asked of the participants' table first: others are held against it.
    assert {key for key, count in calls.items() if count > workbooks} <= participants
    assert max(calls.values()) <= 2 * workbooks
