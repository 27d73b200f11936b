"""Which accounts and which project each row of a table takes, as a person has typed it beside it.

Columns headed *Konto* and *Projekt* tell, left of the figures. What is typed there is no part of
the table: it neither heads columns nor names rows. Where no column tells the project, a code that
stands in a row's own name is it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from finsam_xl.calc.ledger_rules import ANY, Choice, Rule, Taken
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget, BudgetRow
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.ledger_columns import LedgerColumn, ledger_column

_NO_PROJECT = frozenset("-–—−")
_PLAIN = re.compile(r"\d+")
_LONGEST_CODE, _LONGEST_HEADING = 12, 20
_TELLING = (LedgerColumn.ACCOUNT, LedgerColumn.PROJECT)
_MAPPED = ("line", "subline", "equity_open", "equity_close", "note")
"""The roles of rows that may take accounts; sums and results follow from them."""
Place = tuple[int, int]


class Columns(NamedTuple):
    """Where a table's accounts and projects stand, by column number; ``None`` for neither."""

    account: int | None = None
    project: int | None = None


class RowMapping(NamedTuple):
    """The rules of a table's rows, by their indices, each with its place; and what is wrong."""

    rules: tuple[Rule, ...]
    places: Mapping[int, Ref]
    findings: tuple[Finding, ...]
    is_by_name: bool = False


# Not a part of the table ----------------------------------------------------------------------


def beside(sheet: SheetGrid) -> frozenset[Place]:
    """The cells that tell of accounts and projects in a way that no code of a row does."""
    if beside not in sheet.kept:
        sheet.kept[beside] = _beside(sheet)
    found: frozenset[Place] = sheet.kept[beside]
    return found


def takes(sheet: SheetGrid, row: int) -> bool:
    """Whether it is said beside a row which accounts it takes: then it is no heading."""
    return any(place[0] == row for place in beside(sheet))


def _beside(sheet: SheetGrid) -> frozenset[Place]:
    found: set[Place] = set()
    for row, heads in _headings(sheet).items():
        account, project = heads.get(LedgerColumn.ACCOUNT), heads.get(LedgerColumn.PROJECT)
        if account is None:
            continue
        accounts = list(_below(sheet, row, account, _is_choice))
        is_more = any(not _PLAIN.fullmatch(sheet.cell(*place).typed) for place in accounts)
        if project is None and not is_more:
            continue
        found |= {(row, account), *accounts}
        if project is not None:
            found |= {(row, project), *_below(sheet, row, project, _is_project)}
    return frozenset(found)


def _headings(sheet: SheetGrid) -> Mapping[int, Mapping[LedgerColumn, int]]:
    """The rows that have such headings, with the first column of each."""
    if _headings not in sheet.kept:
        sheet.kept[_headings] = dict(_found_headings(sheet))
    found: Mapping[int, Mapping[LedgerColumn, int]] = sheet.kept[_headings]
    return found


def _found_headings(sheet: SheetGrid) -> dict[int, dict[LedgerColumn, int]]:
    found: dict[int, dict[LedgerColumn, int]] = {}
    if sheet.large:
        return found
    short = (text for text in sheet.texts if len(text) <= _LONGEST_HEADING)
    told = {text for text in short if ledger_column(text) in _TELLING}
    if not told:
        return found
    for (row, column), cell in sorted(sheet.cells.items()):
        if type(cell.value) is str and cell.value in told:
            what = ledger_column(cell.value)
            if what is not None:
                found.setdefault(row, {}).setdefault(what, column)
    return found


def _below(sheet: SheetGrid, row: int, column: int, fits: Callable[[str], bool]) -> Iterator[Place]:
    """The filled cells below a heading, as far as they are what it says."""
    for number in range(row + 1, sheet.height + 1):
        text = sheet.cell(number, column).typed
        if text and not fits(text):
            return
        if text:
            yield number, column


def _is_choice(text: str) -> bool:
    return choice_of(text) is not None


def choice_of(text: str) -> Choice | None:
    """The accounts that a text chooses; ``None`` for what is no choice."""
    try:
        return Choice.parse(text)
    except ValueError:
        return None


def _is_project(text: str) -> bool:
    is_code = len(text) <= _LONGEST_CODE and " " not in text
    return is_code or text == ANY or text in _NO_PROJECT


# The rules ------------------------------------------------------------------------------------


def mapping(sheet: SheetGrid, table: Table, budget: Budget, own: Mapping[str, Taken]) -> RowMapping:
    """The rules of a table's rows, by their indices.

    ``own``: what is set on the sheet *Finsam*, by what ``key_of`` gives for the rows.
    """
    columns = _columns(sheet, table, budget)
    if columns == Columns():
        return _set(budget, own) or _by_name(budget)
    rules: list[Rule] = []
    places: dict[int, Ref] = {}
    findings: list[Finding] = []
    for index, row in enumerate(budget.rows):
        accounts, project = (
            sheet.cell(row.row, column).typed if column is not None else "" for column in columns
        )
        if columns.project is None and row.role in _MAPPED:
            project = row.code
        if not (accounts or project):
            continue
        at = columns.account if accounts else columns.project or budget.label_column
        ref = Ref.at(budget.sheet, row.row, at or budget.label_column)
        if at is not None and sheet.cell(row.row, at).dated:
            findings.append(tell("bokforing-koppling", ref, "dated"))
            continue
        rule = Taken(accounts, project).rule(index)
        if row.role not in _MAPPED:
            findings.append(
                tell(
                    "bokforing-koppling",
                    ref,
                    "of_heading" if row.role == "section" else "of_sum",
                    name=row.label,
                )
            )
        elif rule is None:
            findings.append(tell("bokforing-koppling", ref, "unread", stated=accounts or project))
        else:
            rules.append(rule._replace(is_part=_is_part(row)))
            places[index] = ref
    return RowMapping(tuple(rules), places, tuple(findings))


def _columns(sheet: SheetGrid, table: Table, budget: Budget) -> Columns:
    """The columns of a table that name accounts and projects: left of its figures."""
    first = min(column.number for column in budget.columns)
    top = table.top or table.header_row
    found: dict[LedgerColumn, int] = {}
    for row, heads in _headings(sheet).items():
        if top <= row <= table.header_row:
            for what, column in heads.items():
                if column < first and column != budget.label_column:
                    found.setdefault(what, column)
    return Columns(found.get(LedgerColumn.ACCOUNT), found.get(LedgerColumn.PROJECT))


def _is_part(row: BudgetRow) -> bool:
    return row.role == "subline" or row.level > 1


def key_of(budget: Budget, index: int) -> str:
    """What a row is called where it is set what it takes: with its section if it needs that."""
    row = budget.rows[index]
    alike = [one for one in budget.rows if one.label == row.label and one.role in _MAPPED]
    return f"{row.section}: {row.label}" if len(alike) > 1 else row.label


def may_take(budget: Budget) -> list[int]:
    """The rows that may take accounts, by their indices."""
    return [n for n, row in enumerate(budget.rows) if row.role in _MAPPED[:2]]


def _set(budget: Budget, own: Mapping[str, Taken]) -> RowMapping | None:
    """The rules that are set for a table's rows; ``None`` where there are none."""
    rules = [
        found._replace(is_part=_is_part(budget.rows[n]))
        for n in may_take(budget)
        if (taken := own.get(normalise(key_of(budget, n)))) is not None
        and (found := taken.rule(n)) is not None
    ]
    if not rules:
        return None
    return RowMapping(tuple(rules), {one.row: budget.label_place(one.row) for one in rules}, ())


def _by_name(budget: Budget) -> RowMapping:
    """The rows whose own names begin with a code: it is their project."""
    rows = [(n, row) for n, row in enumerate(budget.rows) if row.code and row.role in _MAPPED]
    rules = tuple(Rule(n, None, row.code, _is_part(row)) for n, row in rows)
    return RowMapping(rules, {n: budget.label_place(n) for n, _ in rows}, (), is_by_name=True)
