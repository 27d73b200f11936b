"""What rows are before their figures are added up: headings, notes, and what words settle.

A row without figures heads the rows after it if figures follow before the next such row.
Headings stand above headings too; other texts are notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.reading.row_labels import Said, is_sentence
from finsam_xl.reading.row_table import RowTable
from finsam_xl.words.totals import without_sum

_LONGEST_LABEL = 70
_BRACKETED = re.compile(r"\(.*\)")
_MOST_WORDS = 4
_BOTH = 2
"""A heading above headings that nothing else bears out has no more words than this."""
_LINES_OF = ("balance", "note")
"""Kinds in which the year's result is a line among others."""


def first_roles(table: RowTable) -> list[str]:
    """The role of every row as far as its words and its place tell."""
    bare = [
        not row.has_figures and not _is_blank_sum(said)
        for row, said in zip(table.raw, table.said, strict=True)
    ]
    roles = [
        ("section" if _may_head(table, n) else "note") if is_bare else _in_kind(table, n)
        for n, is_bare in enumerate(bare)
    ]
    for row in range(len(roles)):
        if roles[row] == "section":
            roles[row] = _section_role(table, roles, row)
    for row in _sides_below(table, bare):
        roles[row] = "total"
    for row, role in enumerate(roles):
        if role == "section" and _is_of_what_is_above(table, bare, row):
            roles[row] = "total"
    for row, raw in enumerate(table.raw):
        if raw.corrected is not None and raw.corrected.role:
            roles[row] = raw.corrected.role
    return roles


def _is_of_what_is_above(table: RowTable, bare: Sequence[bool], row: int) -> bool:
    """Whether what would head the lines below names the other side than their sum does.

    It is then the sum of the lines above it, which is still to be filled in.
    """
    own = table.said[row].speaks_of
    if own is None or not row or bare[row - 1] or table.said[row - 1].is_sum:
        return False
    for below in range(row + 1, len(table)):
        if bare[below]:
            return False
        if table.said[below].is_whole_side:
            return table.said[below].speaks_of not in (None, own)
    return False


def _sides_below(table: RowTable, bare: Sequence[bool]) -> list[int]:
    """The rows that name a whole side, have no figures yet, and stand below its lines.

    The first has lines above that nothing heads, and the last has none below: they are sums
    that are still to be filled in, and what is below one is not of its side.
    """
    sides = [n for n, is_bare in enumerate(bare) if is_bare and table.said[n].is_whole_side]
    if len(sides) < _BOTH:
        return []
    lines = [n for n, row in enumerate(table.raw) if row.has_figures]
    has_lines_above = any(n < sides[0] for n in lines) and not any(bare[: sides[0]])
    return sides if has_lines_above and not any(n > sides[-1] for n in lines) else []


def _is_blank_sum(said: Said) -> bool:
    """Whether a row without figures is a sum or result that is still to be filled."""
    return said.says_sum or said.names_result


def _may_head(table: RowTable, row: int) -> bool:
    """Whether a text is short enough for a heading, and no sentence of a remark."""
    label = table.label(row)
    is_marked = label.startswith("*") or _BRACKETED.fullmatch(label) or is_sentence(label)
    return bool(label) and not is_marked and len(label) <= _LONGEST_LABEL


def worded(said: Said) -> str:
    """What a row with figures is by its words alone."""
    if said.opens:
        return "equity_open"
    if said.closes:
        return "equity_close"
    if said.is_sum:
        return "total"
    if said.is_result:
        return "result"
    if said.ends_as_sum:
        return "total"
    return "subline" if said.is_inside else "line"


def _in_kind(table: RowTable, row: int) -> str:
    """The role in its kind of table: the result is a line of a balance sheet and of its note."""
    role = worded(table.said[row])
    is_line = (role == "result" and table.kind in _LINES_OF) or (
        role == "equity_open" and table.kind == "balance"
    )
    return "line" if is_line else role


def _section_role(table: RowTable, roles: list[str], row: int) -> str:
    """A heading, or a note, or a result that has no figure yet."""
    below = roles[row + 1] if row + 1 < len(roles) else ""
    if below not in ("line", "subline"):
        role = _in_kind(table, row)
        if role not in ("line", "subline", "total"):
            return role
    if below == "result" and row and roles[row - 1] in ("line", "total"):
        # Nothing heads a result alone: a row that has no figure yet.
        return "line"
    if below == "section":
        return "section" if _heads_headings(table, row) else "note"
    return "section" if below not in ("", "note") else "note"


def _heads_headings(table: RowTable, row: int) -> bool:
    """Whether a text right above a heading is a heading itself and no remark."""
    label, said = table.label(row), table.said[row]
    if said.surely or said.heads_income or label.isupper():
        return True
    if len(label.split()) <= _MOST_WORDS and not label.endswith("."):
        return True
    wanted = label.lower().strip(" :")
    return any(
        without_sum(table.label(n)) == wanted
        for n in range(row + 1, len(table))
        if table.said[n].is_sum
    )
