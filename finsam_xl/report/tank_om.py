"""The sheet *Tänk om*: ordinary formulas with tinted cells to change, and what they would give.

A block of the sheet says which cells may be changed (:class:`Change`) and draws itself with them;
every formula is put with the value that it gives. What somebody has typed is carried over when the
sheet is made anew, as comments of reports are: it belongs to a line, not to a place. For that each
row with such cells has, in columns that are not shown, what its line is, what each cell held from
the start, and a formula that looks at the cell, which every program keeps right when rows and
columns move.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from finsam_xl.address import a1
from finsam_xl.formulas.references import references
from finsam_xl.money import as_written, exact
from finsam_xl.palette import ACCENT
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.look import text_height
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import Choices, Range, Role, SheetPlan
from finsam_xl.sheets.grid import CellError, SheetGrid, Value, is_number, is_same

NAME = "Tänk om"
OWNER = "tank_om"
WIDTHS = (27.0, 12.0, 17.0, 8.0, 6.0, 1.0, 6.0, 7.0, 7.0, 7.0, 7.0, 8.0, 1.0, 19.0)
"""As wide as a page lying down, together; what does not fit is merged across columns."""
PENCIL = "✎"
"""Stands in the heading of cells to change, so that it is not told by the tint alone."""
CHANGED = "ändrad"
_INPUT = Role(bottom=ACCENT, fill="#E3EEF6", align="right", unlocked=True)
INPUT = _INPUT._replace(number=look.SWEDISH + "#,##0.##")
INPUT_TEXT = _INPUT._replace(align="left")
_HOW = (
    f"Ändra de tonade cellerna, under {PENCIL}: allt annat räknas om av sig självt, och inget "
    "annat blad ändras. Tillbaka till utgångsläget: skriv siffran som står i Som det är, eller ta "
    "bort bladet och klicka på Vad krävs? igen. Det du har skrivit står kvar när bladet görs om."
)
_MARK = "Tänk om, rad"
_MOST = 8
"""How many cells to change a row may have."""
_ABOUT_LINE, _ABOUT_CHANGE = 4, 4
_HELPERS = 8
"""How many cells that are not shown a block may use on each row."""
_TRUTHS = {True: "SANT", False: "FALSKT"}
_UNBROKEN = "\u00a0"
_OTHERS = "Ändrat för annat än det som visas här"
_COMES_BACK = "Det räknas inte nu. Det tas upp igen när raden visas; ta bort det som inte behövs."


class Change(NamedTuple):
    """A cell to change: the line it belongs to, which of its cells it is, and what it holds first.

    ``line``: its section is what the line is about, the unit and the year.
    """

    line: CommentKey
    field: str
    start: Value

    def is_for(self, other: Change) -> bool:
        """Whether it is the same cell, whatever it held first."""
        return (self.line, self.field) == (other.line, other.field)


class Held(NamedTuple):
    """A cell to change as drawn: its address, what it holds now, and the address of its start."""

    cell: str
    value: Value
    start: str


class Remark(NamedTuple):
    """A word beside a cell: when it is said, as a formula, whether that is so, and the word."""

    formula: str
    is_so: bool
    text: str


def first_of(remarks: Sequence[Remark]) -> str:
    """The word of the first remark that is so, '' for none."""
    return next((one.text for one in remarks if one.is_so), "")


def nested(remarks: Sequence[Remark]) -> str:
    """The formula that gives the same."""
    text = '""'
    for one in reversed(remarks):
        said = one.text.replace('"', '""')
        text = f'IF({one.formula},"{said}",{text})'
    return text


def grouped(cell: str) -> str:
    """A formula for a whole number below a thousand millions with spaces between thousands.

    ``TEXT`` would write it as the program's language does.
    """
    thousands, rest = f"INT({cell}/1000)", f'RIGHT("000"&({cell}-1000*INT({cell}/1000)),3)'
    middle = f'RIGHT("000"&({thousands}-1000*INT({cell}/1000000)),3)'
    space = f'&"{_UNBROKEN}"&'
    return (
        f'IF({cell}<1000,{cell}&"",IF({cell}<1000000,{thousands}{space}{rest},'
        f"INT({cell}/1000000){space}{middle}{space}{rest}))"
    )


def no_number(held: Held, name: str, *, may_be_negative: bool = False) -> Remark:
    """That a cell holds something else than a number from 0 on, or a blank."""
    cell, value = held.cell, held.value
    if may_be_negative:
        is_so = value is not None and not is_number(value)
        formula = f"IF(ISBLANK({cell}),FALSE,NOT(ISNUMBER({cell})))"
        return Remark(formula, is_so, f"▼ {name}: skriv ett tal")
    is_so = value is not None and not (is_number(value) and value >= 0)
    formula = f"IF(ISBLANK({cell}),FALSE,IF(ISNUMBER({cell}),{cell}<0,TRUE))"
    return Remark(formula, is_so, f"▼ {name}: tal, minst 0")


class Block(Protocol):
    """A part of the sheet."""

    @property
    def changes(self) -> Sequence[Change]:
        """Every cell to change, in order."""

    def draw(self, sheet: TrialSheet) -> None:
        """Draw the block where the sheet has come to."""


Typed = Mapping[Change, Value]
"""What somebody has typed over what a cell held first."""


class TrialSheet(ReportSheet):
    """A report sheet with cells to change."""

    def __init__(self, held: Typed) -> None:
        super().__init__(WIDTHS, "")
        self.choices: list[Choices] = []
        self._held = held
        self._begun: dict[int, list[bool]] = {}
        self._hidden = len(WIDTHS)

    def value(self, change: Change) -> Value:
        """What a cell to change holds: what was typed in it, else what it held first."""
        return self._held.get(change, change.start)

    def change(
        self, row: int, column: int, change: Change, role: Role = INPUT, *, last: int = 0
    ) -> Held:
        """Put a cell to change; all of one row are of one line.

        ``last``: the last column that it is merged across, if it is.
        """
        if row not in self._begun:
            self._begun[row] = []
            line = change.line
            for at, text in enumerate((_MARK, line.shown_section, line.code, line.shown)):
                self.canvas.put(row, self._hidden + 1 + at, text, _PLAIN)
        place = self._hidden + 1 + _ABOUT_LINE + _ABOUT_CHANGE * len(self._begun[row])
        cell, start, value = a1(row, column), a1(row, place + 1), self.value(change)
        self.canvas.wide(row, column, last or column, _writable(value), role)
        self.canvas.put(row, place, change.field, _PLAIN)
        self.canvas.put(row, place + 1, _writable(change.start), _PLAIN)
        same = f'IF(ISERROR({cell}),1,IF({cell}&""={start}&"",0,1))'
        is_other = not is_same(value, change.start)
        self._begun[row].append(is_other)
        self.canvas.put(row, place + 2, int(is_other), _PLAIN, formula=same)
        self.canvas.put(row, place + 3, column, _PLAIN)
        return Held(cell, value, start)

    def changed(self, row: int) -> Remark:
        """That a cell of a row holds something else than first."""
        first = self._hidden + 1 + _ABOUT_LINE + 2
        begun = self._begun.get(row, [])
        cells = [a1(row, first + _ABOUT_CHANGE * n) for n in range(len(begun))]
        return Remark(f"SUM({','.join(cells)})>0" if cells else "FALSE", any(begun), CHANGED)

    def live(self, row: int, column: int, formula: str, value: Value, role: Role) -> str:
        """Put a formula and what it gives; its address."""
        self.canvas.put(row, column, _writable(value), role, formula=formula)
        return a1(row, column)

    def live_wide(
        self, row: int, columns: tuple[int, int], formula: str, value: Value, role: Role
    ) -> str:
        """The same in a cell merged across columns."""
        self.canvas.wide(row, *columns, _writable(value), role, formula=formula)
        return a1(row, columns[0])

    def helper(self, row: int, number: int, formula: str, value: Value) -> str:
        """Put a formula, or a value alone, where it is not shown; its address.

        ``number``: which of the row's, from 0 on.
        """
        column = self.helper_column(number)
        self.canvas.put(row, column, _writable(value), _PLAIN, formula=formula)
        return a1(row, column)

    def helper_column(self, number: int) -> int:
        """The column of a helper."""
        return self._hidden + 1 + _ABOUT_LINE + _ABOUT_CHANGE * _MOST + number

    def offer(
        self, area: Range, texts: Sequence[str], prompt: str = "", listed: Range | None = None
    ) -> None:
        """A list to choose from in cells to change; ``listed``: as in :class:`Choices`."""
        self.choices.append(Choices(area, tuple(texts), prompt, listed))

    def listed(self, row: int, texts: Sequence[str]) -> Range:
        """Put texts where they are not shown, from a row downwards; where they stand."""
        column = self.helper_column(_HELPERS)
        for number, text in enumerate(texts):
            self.canvas.put(row + number, column, text, _PLAIN)
        return row, column, row + len(texts) - 1, column

    def finished(self) -> SheetPlan:
        """The sheet as drawn."""
        plan = self.plan(NAME, OWNER)
        last = self.helper_column(_HELPERS)
        widths = (*plan.widths, *(10.0 for _ in range(last - len(plan.widths))))
        return plan._replace(
            widths=widths,
            hidden=tuple(range(self._hidden + 1, last + 1)),
            choices=tuple(self.choices),
        )


_PLAIN = Role()


def _writable(value: Value) -> float | int | str | None:
    """A value as a cell of a plan holds it; an error or a truth somebody typed is a text there."""
    if isinstance(value, bool):
        return _TRUTHS[value]
    return str(value) if isinstance(value, str) else value


def build(
    blocks: Sequence[Block], old: SheetGrid | None, about: Sequence[str], run: str
) -> SheetPlan:
    """The sheet of some blocks, with what was typed in the ``old`` one.

    ``about``: as at the head of a report, the association first.
    """
    held, others = _carried(old, [change for block in blocks for change in block.changes])
    sheet = TrialSheet({**held, **dict(others)})
    sheet.head("Tänk om?", about, run)
    sheet.note(_HOW, look.NOTE)
    for block in blocks:
        block.draw(sheet)
    _put_others(sheet, others)
    return sheet.finished()


# What was typed --------------------------------------------------------------------------------


def typed(sheet: SheetGrid) -> dict[Change, Value]:
    """What every cell to change holds on a sheet of before."""
    found: dict[Change, Value] = {}
    for row, cells in sheet.rows():
        by_column = dict(cells)
        marks = [column for column, cell in cells if cell.value == _MARK]
        for mark in marks[:1]:
            section, code, label = (
                _text(by_column[mark + n].value if mark + n in by_column else None)
                for n in range(1, _ABOUT_LINE)
            )
            line = CommentKey.of(section, label, code)
            for number in range(_MOST):
                place = mark + _ABOUT_LINE + _ABOUT_CHANGE * number
                field = _text(sheet.cell(row, place).value)
                if field:
                    change = Change(line, field, _blank(sheet.cell(row, place + 1).value))
                    found[change] = _blank(_typed_in(sheet, row, place))
    return found


def _typed_in(sheet: SheetGrid, row: int, place: int) -> Value:
    """What a cell to change holds: the one that the formula beside its start looks at.

    Where no formulas are known it is the one of the row that it was put in.
    """
    text = sheet.formulas.get((row, place + 2), "")
    areas = references(text, sheet.name, {}).areas
    if areas:
        return sheet.cell(areas[0].top, areas[0].left).value
    column = sheet.cell(row, place + 3).value
    start = sheet.cell(row, place + 1).value
    return sheet.cell(row, int(column)).value if is_number(column) and not text else start


def is_worked_in(sheet: SheetGrid) -> bool:
    """Whether somebody has changed a cell of the sheet."""
    return any(not is_same(value, change.start) for change, value in typed(sheet).items())


def _blank(value: Value) -> Value:
    return None if value == "" else value


def _text(value: Value) -> str:
    if value is None or isinstance(value, CellError):
        return ""
    return str(value) if isinstance(value, str) else as_written(exact(value))


def _carried(
    old: SheetGrid | None, changes: Sequence[Change]
) -> tuple[dict[Change, Value], list[tuple[Change, Value]]]:
    """What was typed in cells that are there anew, and that in cells that are not."""
    groups: dict[tuple[str, str], dict[CommentKey, str]] = {}
    starts: dict[tuple[str, CommentKey], Value] = {}
    for change, value in ({} if old is None else typed(old)).items():
        text = "" if is_same(value, change.start) else json.dumps(value)
        groups.setdefault((change.line.section, change.field), {})[change.line] = text
        starts[change.field, change.line] = change.start
    held: dict[Change, Value] = {}
    others: list[tuple[Change, Value]] = []
    for (section, field), texts in groups.items():
        lines = {
            one.line: one for one in changes if (one.line.section, one.field) == (section, field)
        }
        done = carry_over(texts, list(lines))
        held |= {lines[line]: json.loads(text) for line, text in done.assigned.items()}
        others += [
            (Change(line, field, starts[field, line]), json.loads(text))
            for line, text in done.orphans
        ]
    return held, others


def _put_others(sheet: TrialSheet, others: Sequence[tuple[Change, Value]]) -> None:
    """What was typed for something else than what is shown now: it is kept, and told."""
    if not others:
        return
    sheet.section(_OTHERS)
    sheet.note(_COMES_BACK)
    row = sheet.down(ROW)
    for first, last, text in ((1, 1, "Rad"), (2, 4, "Gäller"), (5, 11, "Cell")):
        sheet.canvas.wide(row, first, last, text, look.HEADING)
    sheet.canvas.put(row, 12, PENCIL, look.HEADING_RIGHT)
    for change, _ in others:
        line = change.line
        label = f"{line.code.upper()} {line.shown}".strip()
        row = sheet.down(max(ROW, text_height(label, sheet.widths[0])))
        sheet.canvas.put(row, 1, label, look.TEXT)
        sheet.canvas.wide(row, 2, 4, line.shown_section, look.LABEL)
        sheet.canvas.wide(row, 5, 11, change.field, look.LABEL)
        sheet.change(row, 12, change)
