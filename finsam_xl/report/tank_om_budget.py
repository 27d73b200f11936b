"""Equity on the sheet *Tänk om*: another alternative, costs that change, and where equity goes.

Costs may be changed by so many per cent in each year. All is said in ordinary formulas, so that it
lives in every program and without our functions; equity as each year ends opens the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.look import SYMBOLS
from finsam_xl.report.sheet import ROW
from finsam_xl.report.tank_om import (
    INPUT,
    INPUT_TEXT,
    PENCIL,
    Change,
    Held,
    Remark,
    TrialSheet,
    first_of,
    grouped,
    nested,
    no_number,
)
from finsam_xl.sheets.grid import is_number

_PERCENT, _WAY = "Kostnader, %", "Scenario"
_AS_IS, _CHANGE, _COSTS, _RESULT, _EQUITY, _CEILINGS, _LAST = (
    2, 3, (4, 5), (7, 8), (9, 10), (11, 12), 14,
)  # fmt: skip
_GAPS = (6, 13)
_ANSWER_HEIGHT, _GAP = 34.0, 6.0
_UNKNOWN, _WITHIN, _OVER, _NEGATIVE = -1, 0, 1, 2
_STANDS = {_WITHIN: "under taket", _OVER: "över taket", _NEGATIVE: "under noll"}
_TRIED, _IS = "Tänk om: ", "Som det är: "
_NOT_KNOWN = "Vad som händer med eget kapital går inte att säga: se tabellen."
_NOTE = (
    "Kostnader, ±%, är i procent av årets kostnader: 2 gör dem två procent högre, −2 lägre. "
    "Eget kapital när ett år slutar är nästa års ingående. Taket är trappan, av medlemsavgifterna "
    "som de är."
)
_ASKED = "▼ Välj ett av scenarierna"
_HUNDRED = 100


class TrialYear(NamedTuple):
    """A year of a way: its result, its costs as a positive amount, and its ceiling."""

    number: int
    result: Amount
    costs: Amount
    ceiling: Amount


class TrialPath(NamedTuple):
    """A way to budget, by its name, '' for the only one; ``opening``: equity when it begins."""

    name: str
    opening: Amount
    years: tuple[TrialYear, ...]


class _Held(NamedTuple):
    """The cell of an amount, and what it holds; ``None`` where it is not known."""

    cell: str
    value: float | None


class _Row(NamedTuple):
    """A year as drawn: its cells, and what they give."""

    number: int
    equity: str
    value: float | None
    stands: str
    standing: int


class BudgetBlock:
    """Equity year by year. ``paths``: of the same years; ``chosen``: which of several holds."""

    def __init__(self, paths: Sequence[TrialPath], unit: str, chosen: str = "") -> None:
        self._paths, self._unit, self._chosen = tuple(paths), unit, chosen
        self._numbers = [year.number for year in paths[0].years]
        span = f"{self._numbers[0]}–{self._numbers[-1]}"
        self._section = f"Eget kapital {span}"
        self._places = say.decimals(unit)
        self._amounts = say.AMOUNTS[self._places]

    # What may be changed -----------------------------------------------------------------------

    @cached_property
    def changes(self) -> Sequence[Change]:
        """The alternative, where there are several, and the costs of each year in per cent."""
        ways = [self._way_change] if self._has_ways else []
        return [*ways, *map(self._percent_change, self._numbers)]

    @property
    def _has_ways(self) -> bool:
        return len(self._paths) > 1

    @property
    def _way_change(self) -> Change:
        return Change(CommentKey.of(self._section, _WAY), _WAY, self._chosen or None)

    def _percent_change(self, number: int) -> Change:
        return Change(CommentKey.of(self._section, str(number)), _PERCENT, 0)

    # Drawing -----------------------------------------------------------------------------------

    def draw(self, sheet: TrialSheet) -> None:
        """The answer, the alternative, and the years with their equity against the ceiling."""
        answer = sheet.down(_ANSWER_HEIGHT)
        sheet.section(f"{self._section}, {self._unit}")
        changed: list[Remark] = []
        way = self._put_way(sheet, changed) if self._has_ways else None
        self._put_headings(sheet)
        before = self._put_opening(sheet, way)
        rows: list[_Row] = []
        for number in range(len(self._numbers)):
            found, remark = self._put_year(sheet, number, way, before)
            rows.append(found)
            changed.append(remark)
            before = _Held(found.equity, found.value)
        sheet.down(_GAP)
        sheet.note(_NOTE)
        self._put_answer(sheet, answer, rows, changed)

    def _put_way(self, sheet: TrialSheet, changed: list[Remark]) -> Held:
        """The cell where an alternative is chosen; that it is changed goes with the others."""
        row = sheet.down(ROW)
        sheet.canvas.put(row, 1, f"{_WAY} {PENCIL}", look.LABEL)
        sheet.canvas.put(row, _AS_IS, self._chosen or "inget är valt", look.RIGHT_TEXT)
        held = sheet.change(row, _CHANGE, self._way_change, INPUT_TEXT)
        names = tuple(path.name for path in self._paths)
        sheet.offer((row, _CHANGE, row, _CHANGE), names, "Välj ett av planens scenarier")
        is_known = self._path(held) is not None
        every = ",".join(f'{held.cell}="{_quoted(name)}"' for name in names)
        fault = Remark(f"NOT(OR({every}))", not is_known, _ASKED)
        changed.append(sheet.changed(row))
        remarks = [fault, *changed]
        sheet.live_wide(row, (4, _LAST), nested(remarks), first_of(remarks), look.LABEL)
        return held

    def _put_headings(self, sheet: TrialSheet) -> None:
        texts = {
            1: "År", _AS_IS: "Resultat", _CHANGE: f"Kostnader, ±% {PENCIL}",
        }  # fmt: skip
        row = sheet.down(sheet.heading_height([texts.get(n, "") for n in range(1, 4)]))
        for column, text in texts.items():
            role = look.HEADING if column == 1 else look.HEADING_RIGHT
            sheet.canvas.put(row, column, text, role)
        for columns, text in (
            (_COSTS, "Kostnader"), (_RESULT, "Resultat då"), (_EQUITY, "Eget kapital då"),
            (_CEILINGS, "Tak"),
        ):  # fmt: skip
            sheet.canvas.wide(row, *columns, text, look.HEADING_RIGHT)
        for column in _GAPS:
            sheet.canvas.put(row, column, "", look.HEADING)
        sheet.canvas.put(row, _LAST, "Mot taket", look.HEADING)

    def _put_opening(self, sheet: TrialSheet, way: Held | None) -> _Held:
        """The row of what there is from the start."""
        row = sheet.down(ROW)
        sheet.canvas.put(row, 1, f"Eget kapital när {self._numbers[0]} börjar", look.LABEL)
        for column in (*range(2, _EQUITY[0]), *range(_EQUITY[1] + 1, _LAST + 1)):
            sheet.canvas.put(row, column, None, look.LABEL)
        return self._put_amount(sheet, row, _EQUITY, way, lambda path: path.opening)

    def _put_year(
        self, sheet: TrialSheet, number: int, way: Held | None, before: _Held
    ) -> tuple[_Row, Remark]:
        """A year's row: what it is, what is tried, and what comes of it; and that it is changed."""
        row, year = sheet.down(ROW), self._numbers[number]
        sheet.canvas.put(row, 1, str(year), look.LABEL)
        for column in _GAPS:
            sheet.canvas.put(row, column, None, look.LABEL)
        result = self._put_amount(
            sheet, row, (_AS_IS, _AS_IS), way, lambda p: p.years[number].result
        )
        costs = self._put_amount(sheet, row, _COSTS, way, lambda p: p.years[number].costs)
        ceiling = self._put_amount(sheet, row, _CEILINGS, way, lambda p: p.years[number].ceiling)
        role = INPUT._replace(number=f"{look.SWEDISH}0.##")
        held = sheet.change(row, _CHANGE, self._percent_change(year), role)
        then = self._put_then(sheet, row, result, costs, held)
        equity = self._put_equity(sheet, row, before, then)
        fault = no_number(held, "Procent", may_be_negative=True)
        found = self._put_standing(sheet, row, equity, ceiling, fault)
        return found._replace(number=year), sheet.changed(row)

    def _put_amount(
        self,
        sheet: TrialSheet,
        row: int,
        columns: tuple[int, int],
        way: Held | None,
        what: Callable[[TrialPath], Amount],
    ) -> _Held:
        """An amount of the way that holds."""
        value, formula = self._of(way, what), self._formula(way, what)
        return _Held(sheet.live_wide(row, columns, formula, _or_blank(value), self._amounts), value)

    def _put_then(
        self, sheet: TrialSheet, row: int, result: _Held, costs: _Held, held: Held
    ) -> _Held:
        """The result with costs changed by so many per cent."""
        percent = held.value if is_number(held.value) else 0 if held.value is None else None
        then = None
        if result.value is not None and costs.value is not None and percent is not None:
            then = result.value - costs.value * percent / _HUNDRED
        tried = f"{result.cell}-{costs.cell}*{held.cell}/{_HUNDRED}"
        formula = (
            f"IF(ISNUMBER({result.cell}),IF(ISNUMBER({costs.cell}),IF(ISBLANK({held.cell}),"
            f'{result.cell},IF(ISNUMBER({held.cell}),{tried},"")),""),"")'
        )
        return _Held(sheet.live_wide(row, _RESULT, formula, _or_blank(then), self._amounts), then)

    def _put_equity(self, sheet: TrialSheet, row: int, before: _Held, then: _Held) -> _Held:
        """What the year ends with: what the one before left, and its result."""
        equity = None if before.value is None or then.value is None else before.value + then.value
        added = f"{before.cell}+{then.cell}"
        formula = f'IF(ISNUMBER({before.cell}),IF(ISNUMBER({then.cell}),{added},""),"")'
        role = look.total(self._amounts)
        return _Held(sheet.live_wide(row, _EQUITY, formula, _or_blank(equity), role), equity)

    def _put_standing(
        self, sheet: TrialSheet, row: int, equity: _Held, ceiling: _Held, fault: Remark
    ) -> _Row:
        """How the year ends against the ceiling, in a word, and as a number that is not shown."""
        standing = self._standing(equity.value, ceiling.value)
        gap = self._rounded(f"{equity.cell}-{ceiling.cell}")
        stands = sheet.helper(
            row,
            0,
            f"IF(ISNUMBER({equity.cell}),IF({equity.cell}<0,{_NEGATIVE},IF(ISNUMBER({ceiling.cell}),"
            f"IF({gap}>0,{_OVER},{_WITHIN}),{_UNKNOWN})),{_UNKNOWN})",
            standing,
        )
        by = None if equity.value is None or ceiling.value is None else equity.value - ceiling.value
        size = sheet.helper(
            row,
            1,
            f"IF(ISNUMBER({equity.cell}),IF(ISNUMBER({ceiling.cell}),ABS({gap}),0),0)",
            abs(self._whole(by or 0)),
        )
        amount = f"&{grouped(size)}" if not self._places else ""
        told = (
            f'IF({fault.formula},"{fault.text}",IF({stands}={_NEGATIVE},"▼ under noll",'
            f'IF({stands}={_OVER},"▼ "{amount}&" över",'
            f'IF({stands}={_WITHIN},"● "{amount}&" kvar",""))))'
        )
        text = fault.text if fault.is_so else self._told(standing, equity.value, ceiling.value)
        sheet.live(row, _LAST, told, text, look.TEXT)
        return _Row(0, equity.cell, equity.value, stands, standing)

    def _standing(self, equity: float | None, ceiling: float | None) -> int:
        if equity is None:
            return _UNKNOWN
        if equity < 0:
            return _NEGATIVE
        if ceiling is None:
            return _UNKNOWN
        return _OVER if round_half_away(Fraction(equity - ceiling), self._places) > 0 else _WITHIN

    def _told(self, standing: int, equity: float | None, ceiling: float | None) -> str:
        """What stands against the ceiling, as the formula says it."""
        if standing == _NEGATIVE:
            return f"{SYMBOLS['röd']} under noll"
        if standing == _UNKNOWN or equity is None or ceiling is None:
            return ""
        gap = round_half_away(Fraction(abs(equity - ceiling)), self._places)
        amount = swedish(gap) if not self._places else ""
        if standing == _OVER:
            return f"{SYMBOLS['röd']} {amount} över"
        return f"{SYMBOLS['grön']} {amount} kvar"

    def _put_answer(
        self, sheet: TrialSheet, row: int, rows: Sequence[_Row], changed: Sequence[Remark]
    ) -> None:
        """The sentence that stands first: what the last year ends with, and when it crosses."""
        last = rows[-1]
        begins = f'IF(OR({",".join(one.formula for one in changed)}),"{_TRIED}","{_IS}")'
        ends = sheet.helper(
            row,
            0,
            f"IF(ISNUMBER({last.equity}),ABS({self._rounded(last.equity)}),0)",
            abs(self._whole(last.value or 0)),
        )
        sign = f'IF({last.equity}<0,"−","")'
        rounded = f"{sign}&{grouped(ends)}&" if not self._places else ""
        formula = (
            f'IF(ISNUMBER({last.equity}),{begins}&"eget kapital när {last.number} slutar är "&'
            f'{rounded}"{self._unit_told}; "&{_crossing_formula(rows)},"{_NOT_KNOWN}")'
        )
        text = _NOT_KNOWN
        if last.value is not None:
            begun = _TRIED if any(one.is_so for one in changed) else _IS
            shown = swedish(round_half_away(Fraction(last.value))) if not self._places else ""
            told = f"eget kapital när {last.number} slutar är {shown}{self._unit_told}"
            text = f"{begun}{told}; {_crossing(rows)}"
        sheet.live_wide(row, (1, _LAST), formula, text, look.ANSWER)

    @property
    def _unit_told(self) -> str:
        """What follows the amount, or stands for one with decimals, which each country writes."""
        return f" {self._unit}" if not self._places else "det som står i tabellen"

    # What the ways hold ------------------------------------------------------------------------

    def _path(self, way: Held | None) -> TrialPath | None:
        """The way that holds: the only one, or the one that is chosen."""
        if way is None:
            return self._paths[0]
        said = str(way.value or "").casefold()
        return next((path for path in self._paths if path.name.casefold() == said), None)

    def _of(self, way: Held | None, what: Callable[[TrialPath], Amount]) -> float | None:
        path = self._path(way)
        amount = None if path is None else what(path)
        return None if amount is None else float(amount)

    def _formula(self, way: Held | None, what: Callable[[TrialPath], Amount]) -> str:
        """What gives an amount of the way that holds."""
        if way is None:
            return _literal(what(self._paths[0]))
        text = '""'
        for path in reversed(self._paths):
            text = f'IF({way.cell}="{_quoted(path.name)}",{_literal(what(path))},{text})'
        return text

    def _whole(self, amount: float) -> int | float:
        """An amount as it is printed."""
        rounded = round_half_away(Fraction(amount), self._places)
        return float(rounded) if self._places else int(rounded)

    def _rounded(self, text: str) -> str:
        return f"ROUND({text},{self._places})"


def _crossing(rows: Sequence[_Row]) -> str:
    for one, other in pairwise(rows):
        if one.standing != other.standing:
            return f"{_STANDS.get(other.standing, 'utan känt tak')} från {other.number}."
    return f"{_STANDS.get(rows[0].standing, 'utan känt tak')} hela tiden."


def _crossing_formula(rows: Sequence[_Row]) -> str:
    """The formula that gives the same: the first year that stands otherwise than the one before."""
    text = f'{_word(rows[0].stands)}&" hela tiden."'
    for one, other in reversed(list(pairwise(rows))):
        then = f'{_word(other.stands)}&" från {other.number}."'
        text = f"IF({one.stands}<>{other.stands},{then},{text})"
    return text


def _word(cell: str) -> str:
    text = '"utan känt tak"'
    for standing, word in reversed(_STANDS.items()):
        text = f'IF({cell}={standing},"{word}",{text})'
    return text


def _or_blank(value: float | None) -> float | str:
    if value is None:
        return ""
    return int(value) if value.is_integer() else value


def _literal(amount: Amount) -> str:
    """An amount as a formula writes it."""
    if amount is None:
        return '""'
    return str(int(amount)) if amount == int(amount) else repr(float(amount))


def _quoted(text: str) -> str:
    return text.replace('"', '""')
