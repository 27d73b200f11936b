"""Rows that stand before the lines they add up, found from the bottom of a table.

What has been added up is folded away, so that groups of groups are found too. The payers'
rows are never a head and its lines: by law the state pays as much as region and
municipalities together, and the region as much as the municipalities.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.reading.row_figures import Fit
from finsam_xl.reading.row_labels import says
from finsam_xl.reading.row_table import RowTable
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import Party

_MOST_LINES = 60
_LEAST_SHARE = 0.66
_HALF = 0.5
_WHOLE_PAYERS = (Party.STATE, Party.REGION)


class Heads(NamedTuple):
    """Rows that add up the lines right below them, each with those lines.

    ``likely``: those whose figures leave doubt: only a total that needs them shows them.
    """

    sure: dict[int, list[int]]
    likely: dict[int, list[int]]


def heads(table: RowTable) -> Heads:
    """The rows of a table that stand before the lines they add up."""
    found = Heads({}, {})
    below: list[int] = []
    for row in range(len(table) - 1, -1, -1):
        role = table.roles[row]
        if role == "subline":
            continue
        if role not in ("line", "total"):
            below = []
            continue
        lines, is_sure = _lines_of(table, row, below[: -_MOST_LINES - 1 : -1])
        if lines and (is_sure or role == "line"):
            (found.sure if is_sure else found.likely)[row] = lines
        if is_sure:
            del below[-len(lines) :]
        elif role == "total":
            # It adds up what is above it, and nothing above adds it up with what is below.
            below = []
            continue
        below.append(row)
    return found


def said_heads(table: RowTable) -> dict[int, list[int]]:
    """Blank rows that a person says are sums and that have no line above but other heads' own.

    Not where it is called a sum, which stands below, nor one of several that are said to be all
    of a side.
    """
    found: dict[int, list[int]] = {}
    taken: set[int] = set()
    is_free = True
    for row, role in enumerate(table.roles):
        if role == "total":
            lines = _below(table, row) if is_free and _may_lead(table, row) else []
            is_free = bool(lines)
            taken.update(lines)
            if lines:
                found[row] = lines
        elif role in ("line", "subline"):
            is_free = is_free and row in taken
        else:
            is_free = True
    return found


def _may_lead(table: RowTable, row: int) -> bool:
    """Whether a person says that a row without figures is a sum, and its name does not."""
    corrected = table.raw[row].corrected
    if corrected is None or not table.is_settled(row) or not table.figures.is_blank(row):
        return False
    own = says(table.label(row))
    if own.is_sum or own.says_sum:
        return False
    return table.is_part(row) or not any(
        table.roles[n] == "total" and n != row and table.tells(n) is table.tells(row)
        for n in range(len(table))
    )


def may_be_either(table: RowTable, row: int) -> bool:
    """Whether a row that only a person calls a sum may stand before its lines or after them.

    Lines stand right above and right below; what stands over the first lines of the table may be
    a sum without figures too, and no sum stands below the last.
    """
    roles = table.roles
    below = row + 1 < len(table) and roles[row + 1] == "line"
    own = says(table.label(row))
    if not (below and table.is_settled(row)) or own.is_sum or own.says_sum:
        return False
    lines = [n for n, role in enumerate(roles) if role == "line"]
    first = lines[0] - 1
    is_headed = first >= 0 and roles[first] == "section" and not table.is_settled(first)
    return is_headed and not any(role == "total" for role in roles[lines[-1] + 1 :])


def _below(table: RowTable, row: int) -> list[int]:
    """The lines right below a row."""
    found: list[int] = []
    for n in range(row + 1, len(table)):
        if table.roles[n] not in ("line", "subline"):
            break
        if table.roles[n] == "line":
            found.append(n)
    return found


def _lines_of(table: RowTable, head: int, below: Sequence[int]) -> tuple[list[int], bool]:
    """The first of the rows below that add up to a row, two at least, and whether surely."""
    is_line = table.is_settled(head) and table.roles[head] == "line"
    if is_line or table.said[head].payer in _WHOLE_PAYERS or table.figures.is_blank(head):
        return [], False
    indented = _indented(table, head, below)
    likely: list[int] = []
    sure: list[int] = []
    best = Fit(0, 0)
    for count, fit in table.figures.scan(head, below):
        lines = list(below[:count])
        is_better = fit.exact_share > best.exact_share or count == indented
        if count > 1 and is_better and _is_head(table, head, lines, fit, count == indented):
            sure, best = lines, fit
        is_all = count == len(below) and fit.exact_share >= _HALF
        is_exact = count > 1 and fit.compared > 1 and fit.exact_share == 1
        if not sure and fit.held and (is_all or is_exact) and _leads(table, head):
            sure = lines
        if count > 1 and not likely and fit.compared > 1 and fit.exact_share >= _HALF:
            likely = lines if not _is_other(table, head, lines) else []
    found = sure or likely
    if found and _is_balanced(table, head, found):
        return [], False
    return found, bool(sure)


def _is_balanced(table: RowTable, head: int, lines: Sequence[int]) -> bool:
    """Whether the lines have a total of their own below, or a result of nothing.

    Income above its costs is as large as they are where a budget is in balance.
    """
    after = max(lines) + 1
    if after >= len(table):
        return False
    if table.roles[after] == "result":
        values = [value for value in table.figures.values[after] if value is not None]
        return bool(values) and not any(values)
    parts = tuple((n, 1) for n in lines)
    own, its = table.figures.fit(head, parts), table.figures.fit(after, parts)
    fits = its.exact_share >= max(own.exact_share, Fraction(_LEAST_SHARE))
    is_sum = table.roles[after] == "total" or its.exact_share > own.exact_share
    return is_sum and bool(its.compared) and fits


def _leads(table: RowTable, head: int) -> bool:
    """Whether a row is named as a sum and nothing stands above it that it could add up."""
    said = table.said[head]
    is_first = not any(role in ("line", "subline") for role in table.roles[:head])
    return is_first and (said.is_sum or said.says_sum)


def _indented(table: RowTable, head: int, below: Sequence[int]) -> int:
    """How many of the rows below are written further in than a row, or less boldly."""
    count = 0
    for row in below:
        is_in = table.depth(row) > table.depth(head)
        if not is_in and not (table.raw[head].bold and not table.raw[row].bold):
            break
        count += 1
    return count


def _is_head(table: RowTable, head: int, lines: Sequence[int], fit: Fit, is_indented: bool) -> bool:
    """Whether a row is the sum of lines: by what is printed, or by how it is written as well."""
    if is_indented and fit.share >= _HALF and fit.held:
        return True
    is_telling = fit.telling > 1 and fit.exact_share >= _LEAST_SHARE
    is_exact = fit.exact == fit.compared > 1 and len(lines) > 2 and table.figures.is_odd(head)
    return (is_telling or is_exact) and not _is_other(table, head, lines)


def _is_other(table: RowTable, head: int, lines: Sequence[int]) -> bool:
    """Whether it is something else than a head and its lines: payers, or income and costs."""
    own = table.said[head].surely
    if own is not None and any(table.said[n].surely not in (None, own) for n in lines):
        return True
    return is_by_law(table, head, lines) or _is_difference(table, lines)


def _is_difference(table: RowTable, lines: Sequence[int]) -> bool:
    """Whether the two rows below are rather costs and a result: the last of the table."""
    rest = (table.roles[n] for n in range(lines[-1] + 1, len(table)))
    return len(lines) == 2 and not any(role in ("line", "total", "result") for role in rest)


def is_by_law(table: RowTable, row: int, others: Sequence[int]) -> bool:
    """Whether rows add up to a payer's fee since the law says so, and not as its parts.

    The state pays half, the region a quarter and the municipalities a quarter together: where
    the sum holds, one of the others is then half of the row and none a quarter, or a row beside
    them is twice it.
    """
    if table.said[row].payer in _WHOLE_PAYERS:
        return True
    if any(table.income) and not table.income[row]:
        return False
    if any(table.said[n].payer is Party.STATE for n in others):
        return False
    columns = table.figures.held_in(row, tuple((n, 1) for n in others))
    if any(_is_times(table, row, n, 2, columns) for n in {others[0], others[-1]}):
        return not any(_is_times(table, row, n, 4, columns) for n in others)
    return any(
        table.said[n].payer is Party.STATE or _is_times(table, n, row, 2, columns)
        for n in _beside(table, (row, *others))
    )


def _beside(table: RowTable, group: Sequence[int]) -> list[int]:
    """The lines right before and right after some rows."""
    ends = (min(group) - 1, max(group) + 1)
    return [n for n in ends if 0 <= n < len(table) and table.roles[n] == "line"]


def _is_times(table: RowTable, one: int, other: int, times: int, columns: Sequence[int]) -> bool:
    """Whether a row is a multiple of another in some columns, as far as parts are whole."""
    figures = table.figures
    pairs = [
        (a, b, figures.steps[one][c])
        for c in columns
        if (a := figures.values[one][c]) is not None and (b := figures.values[other][c]) is not None
    ]
    return bool(pairs) and all(abs(times * b - a) <= times * step for a, b, step in pairs)
