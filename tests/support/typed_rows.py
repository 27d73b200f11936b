"""Tables for the reading of rows, typed as text: a row a line, cells between bars.

``>`` before a label sets it in, ``!`` makes it bold, ``/`` parts two columns of labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount
from finsam_xl.reading.row_table import Parts
from finsam_xl.reading.rows import RawRow, RowsRead, read_rows


def typed(text: str, formulas: dict[int, Sequence[Parts | None]] | None = None) -> list[RawRow]:
    """The rows of a typed table; ``formulas``: what those of a row add up, by its index."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    width = max(map(len, lines)) - 1
    return [
        _row(number, line, width, tuple((formulas or {}).get(number, ())))
        for number, line in enumerate(lines)
    ]


def _row(number: int, line: list[str], width: int, formulas: tuple[Parts | None, ...]) -> RawRow:
    label = line[0].lstrip(">")
    amounts = [_amount(cell) for cell in line[1:]]
    return RawRow(
        row=number + 5,
        labels=tuple(part.strip() for part in label.lstrip("!").split("/")),
        indent=len(line[0]) - len(label),
        bold=label.startswith("!"),
        amounts=(*amounts, *[None] * (width - len(amounts))),
        formulas=formulas,
    )


def _amount(text: str) -> Amount:
    if not text:
        return None
    return Fraction(text) if "." in text else int(text)


def read(
    text: str,
    scenarios: Sequence[str] = (),
    kind: str = "budget",
    formulas: dict[int, Sequence[Parts | None]] | None = None,
) -> RowsRead:
    """A typed table as read."""
    rows = typed(text, formulas)
    return read_rows(rows, scenarios or ("budget",) * len(rows[0].amounts), kind)


def sums(found: RowsRead) -> dict[int, Parts]:
    """What each sum adds up, by the index of its row."""
    return {one.target: one.parts for one in found.sums}


def roles(found: RowsRead) -> str:
    """The roles of all rows by their first letters; an opening is o, a closing c."""
    letters = {"section": "h", "equity_open": "o", "equity_close": "c", "subline": "i"}
    return "".join(letters.get(row.role, row.role[0]) for row in found.rows)


def plus(*rows: int) -> Parts:
    """Rows that are added."""
    return tuple((row, 1) for row in rows)
