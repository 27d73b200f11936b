"""Corrections that the truth about a practice workbook asks for, typed on its sheet *Finsam*.

As a person does it: what is read otherwise is put right, and the sheet is made again for what
that has changed. Then what is asked is answered: the sums, headings and results of a table with
blanks are said to be what they are, and at last its lines. A row that the sheet has no place for
is named under *Annan rad*; one of several of the same name by its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from finsam_xl import actions
from finsam_xl.address import letters, meet, position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.corrections import Part
from finsam_xl.reading.finsam_sheet import key_of
from finsam_xl.reading.placing import areas
from finsam_xl.reading.reasons import name_of
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.said import Area
from finsam_xl.sheets.tables import Table
from finsam_xl.words.meanings import kind_name, row_name, sign_name
from support.practice import MONEY, Place, counterpart
from support.truth import wrong_columns, wrong_rows
from support.typed_sheets import TODAY
from support.workbooks import workbook

_STANDS, _MEND, _KEY = 2, 6, 7
_MOST_ROUNDS = 12
_SPAN = re.compile(r"(\d{4})-(\d\d)/\1-(\d\d)")
_MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
_SUMS = ("total", "result", "section", "equity_open", "equity_close")
Truth = Mapping[str, Any]


class Wish(NamedTuple):
    """What is to be said of a part of a table; ``name``: what it is called, or its cell."""

    sheet: str
    area: Area
    part: Part
    says: str
    where: str = ""
    name: str = ""


class Corrector:
    """Types on the sheet *Finsam* of one workbook what its truth says."""

    def __init__(self, path: Path, tables: Sequence[Truth], wanted: set[Place]) -> None:
        """``wanted``: the results that are to be filled in."""
        self.path, self.tables, self.wanted = path, tables, wanted
        self.typed: set[tuple[str, Part, str]] = set()

    def correct(self) -> None:
        """Put right what is read otherwise, and then answer what is asked."""
        for number in range(_MOST_ROUNDS):
            if number:
                self._make_again()
            with Book(self.path) as book:
                wishes = self._next(book.grid)
                edits = list(self._edits(book.grid, wishes))
            if not edits:
                return
            self._apply(Plan(edits=tuple(edits)))
        raise AssertionError("There is no end to the corrections.")

    def wrong(self, grid: Grid) -> Iterator[Wish]:
        """What is read as something else than it is."""
        read = actions.tables(grid)
        for truth in self.tables:
            found = counterpart(truth, read)
            if found is None:
                assert "decoy" in {truth["kind"], *truth.get("acceptable_kinds", [])}, truth[
                    "range"
                ]
            elif truth["kind"] in MONEY:
                yield from _of_table(truth, found)

    def _next(self, grid: Grid) -> list[Wish]:
        wishes = self._untyped(self.wrong(grid))
        for answers in (_sums, _lines):
            if wishes:
                return wishes
            blank = {place[0] for place in self.wanted - filled(grid).keys()}
            read = actions.tables(grid)
            wishes = self._untyped(
                wish
                for truth in self.tables
                if truth["sheet"] in blank and truth["kind"] in MONEY
                and (found := counterpart(truth, read)) is not None
                for wish in answers(truth, found)
            )  # fmt: skip
        return wishes

    def _untyped(self, wishes: Iterable[Wish]) -> list[Wish]:
        return [one for one in wishes if (one.sheet, one.part, one.where) not in self.typed]

    def _edits(self, grid: Grid, wishes: Iterable[Wish]) -> Iterator[CellEdit]:
        """What is typed under *Rätta till*, as far as the sheet has room for it now."""
        sheet = grid.sheet("Finsam")
        numbers = areas(grid)
        rows = {
            row: key
            for row, cells in sheet.rows()
            if (key := key_of(str(dict(cells)[_KEY].value if _KEY in dict(cells) else "")))
            is not None
        }
        for wish in wishes:
            number = next(
                n for n, (name, area) in numbers.items()
                if name == wish.sheet and meet(area, wish.area)
            )  # fmt: skip
            mine = [
                row for row, key in rows.items() if (key.table, key.part) == (number, wish.part)
            ]
            own = [row for row in mine if str(sheet.cell(row, 1).value) == wish.where]
            free = [row for row in mine if str(sheet.cell(row, 1).value).startswith("Annan ")]
            row = next(iter(own or free), None)
            if row is None:
                continue
            del rows[row]
            self.typed.add((wish.sheet, wish.part, wish.where))
            if not own:
                yield CellEdit("Finsam", f"{letters(_STANDS)}{row}", None, wish.name, "rättat")
            before = sheet.cell(row, _MEND).value
            yield CellEdit("Finsam", f"{letters(_MEND)}{row}", before, wish.says, "rättat")

    def _make_again(self) -> None:
        with workbook(self.path) as book:
            plan = book.what_was_read()
            self._write(book, plan)

    def _apply(self, plan: Plan) -> None:
        with workbook(self.path) as book:
            self._write(book, plan)

    def _write(self, book: Any, plan: Any) -> None:
        new = self.path.with_name(f"ny{self.path.suffix}")
        book.apply(plan, new)
        new.replace(self.path)


def filled(grid: Grid) -> dict[Place, Any]:
    """What a run would fill in, by place."""
    plan = actions.recompute(grid, today=TODAY, run="prov")
    return {
        (edit.sheet, *position(edit.cell)): edit.new for edit in plan.edits if not edit.keeps_value
    }


def _of_table(truth: Truth, found: Table) -> Iterator[Wish]:
    has_costs = any(row.get("nature") == "cost" for row in truth["rows"])
    if found.unit != truth["unit"] and truth.get("unit_printed") is not False:
        yield _wish(found, Part.UNIT, truth["unit"], "Enhet")
    if truth.get("sign") and has_costs and found.sign != truth["sign"]:
        yield _wish(found, Part.SIGN, sign_name(truth["sign"]), "Tecken")
    if truth["kind"] not in MONEY or found.kind not in MONEY:
        yield _wish(found, Part.KIND, kind_name(truth["kind"]), "Slag")
    for column, _ in wrong_columns(truth, found):
        yield _column(found, column)
    wrong = {row["row"] for row, _ in wrong_rows(truth, found)}
    for row in truth["rows"]:
        if row["row"] in wrong or _is_of_other_side(row, found):
            yield _row(truth, found, row)


def _is_of_other_side(row: Truth, found: Table) -> bool:
    sides = {"income": True, "cost": False}
    if found.budget is None or row["role"] not in ("line", "total"):
        return False
    read = next((one.is_income for one in found.budget.rows if one.row == row["row"]), None)
    return row.get("nature") in sides and read is not None and read != sides[row["nature"]]


def _sums(truth: Truth, found: Table) -> Iterator[Wish]:
    """The sums, headings and results of a table."""
    read = {row.row for row in found.rows}
    for row in truth["rows"]:
        if row["role"] in _SUMS and row["row"] in read:
            yield _row(truth, found, row)
    across = {
        one["cell"].rstrip("0123456789") for one in truth["totals"] if one["type"] == "row-sum"
    }
    for column in truth["columns"]:
        if column["column"] in across:
            yield _column(found, column, "summa ")


def _lines(truth: Truth, found: Table) -> Iterator[Wish]:
    read = {row.row for row in found.rows}
    for row in truth["rows"]:
        if row["role"] == "line" and row["row"] in read and row.get("nature") in ("income", "cost"):
            yield _row(truth, found, row)


def _wish(found: Table, part: Part, says: str, where: str, name: str = "") -> Wish:
    return Wish(found.real_sheet, found.area, part, says, where, name)


def _column(found: Table, column: Truth, before: str = "") -> Wish:
    says = f"{before}{name_of(column['scenario'])} {_period(column.get('period'))}".strip()
    where = f"Kolumn {column['column']}"
    return _wish(found, Part.COLUMN, says, where, str(column["header"][-1]))


def _row(truth: Truth, found: Table, row: Truth) -> Wish:
    income = {"income": True, "cost": False}.get(row.get("nature", ""))
    same = sum(one.get("label") == row["label"] for one in truth["rows"])
    name = row["label"] if same == 1 else row["label_cell"]
    says = row_name(_role(truth, row), income)
    return _wish(found, Part.ROW, says, f"Rad {row['row']}", name)


def _role(truth: Truth, row: Truth) -> str:
    """A row's role; of sums and results those that leave some of the rows above to others."""
    role: str = row["role"]
    rows = {one["row"] for one in truth["rows"] if one["role"] == "total"}
    if role == "total":
        rows = {
            one["row"] for one in truth["rows"]
            if one["role"] == role and one.get("nature") == row.get("nature")
        } - {row["row"]}  # fmt: skip
        return "subtotal" if rows - _parts(truth, row["row"]) else role
    if role == "result":
        rows = {n for n in rows if n < row["row"]}
        is_last = not any(r["role"] == role and r["row"] > row["row"] for r in truth["rows"])
        return role if is_last or rows <= _parts(truth, row["row"]) else "subresult"
    return role


def _parts(truth: Truth, row: int) -> set[int]:
    """The rows that a sum or result in the truth is made of."""
    return {
        position(part)[0]
        for one in truth["totals"]
        if position(one["cell"])[0] == row and one["type"] in ("sum", "result")
        for part in (*one.get("of", []), *one.get("minus", []))
        if "!" not in part
    }


def _period(period: str | None) -> str:
    """A period as people write it."""
    span = _SPAN.fullmatch(period or "")
    if span is None:
        return period or ""
    year, first, last = span.groups()
    return f"{_MONTHS[int(first) - 1]}–{_MONTHS[int(last) - 1]} {year}"
