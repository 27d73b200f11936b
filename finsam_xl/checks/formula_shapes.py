"""The form of a formula: the same for formulas that say the same of different rows or columns.

Every reference is told as seen from the formula's own cell, fixed ones (``$``) as they are.

>>> one = shape(FormulaCell("Blad", 9, 2, "SUM(B2:B8)", ()))
>>> one.form
'SUM(R[-7]C[0]:R[-1]C[0])'
>>> one.form == shape(FormulaCell("Blad", 9, 3, "SUM(C2:C8)", ())).form
True
>>> moved(FormulaCell("Blad", 9, 2, "SUM(B2:B8)+$A$1", ()), 9, 3)
'SUM(C2:C8)+$A$1'
>>> signs("SUM(#,#)-#")
(1, 1, -1)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from finsam_xl.address import column_number, letters
from finsam_xl.checks.formulas import FormulaCell

_CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_PART = re.compile(
    rf"""(?P<string>"(?:[^"]|"")*")
    |(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?(?<![\w.$])
     (?P<first>{_CORNER})(?::(?P<last>{_CORNER}))?(?![\w.(\\!:])""",
    re.VERBOSE,
)
_WHOLE = re.compile(r"(?<![\w$])\$?(?:[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\d+:\$?\d+)(?![\w(])")
_FUNCTION = re.compile(r"([^\W\d][\w.]*)\(")
_TERM = r"(?:#|SUM\(#(?:,#)*\))"
_SUM = re.compile(rf"[+-]?{_TERM}(?:[+-]{_TERM})*")
_SIGN = re.compile(r"([+-]?)(SUM\([#,]*\)|#)")


class Reference(NamedTuple):
    """A block that a formula's text names; ``sheet`` is '' for the formula's own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    relative: str

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)


class Shape(NamedTuple):
    """A formula taken apart: form, skeleton (references as ``#``), references and functions."""

    form: str
    skeleton: str
    references: tuple[Reference, ...]
    functions: frozenset[str]


def shape(formula: FormulaCell) -> Shape | None:
    """A formula's shape; ``None`` where whole rows or columns are named."""
    if _WHOLE.search(formula.text):
        return None
    found: list[Reference] = []

    def told(sheet: str, first: str, last: str) -> str:
        reference = _reference(formula, sheet, first, last)
        found.append(reference)
        return sheet + reference.relative

    form = _with(formula.text, told)
    skeleton = _with(formula.text, lambda _sheet, _first, _last: "#").upper().replace(" ", "")
    skeleton = skeleton.replace(";", ",")
    return Shape(form, skeleton, tuple(found), frozenset(_FUNCTION.findall(skeleton)))


def moved(formula: FormulaCell, row: int, column: int) -> str:
    """A formula's text as it is when copied to another cell of its sheet."""
    down, right = row - formula.row, column - formula.column

    def one(corner: str) -> str:
        fixed_column, name, fixed_row, number = _taken(corner)
        name = name if fixed_column else letters(max(1, column_number(name) + right))
        number = number if fixed_row else max(1, number + down)
        return f"{fixed_column}{name}{fixed_row}{number}"

    return _with(
        formula.text,
        lambda sheet, first, last: sheet + one(first) + (f":{one(last)}" if last else ""),
    )


def signs(skeleton: str) -> tuple[int, ...] | None:
    """With which sign each reference is added, for a formula that only adds; else ``None``."""
    if not _SUM.fullmatch(skeleton):
        return None
    found: list[int] = []
    for sign, term in _SIGN.findall(skeleton):
        found += [-1 if sign == "-" else 1] * term.count("#")
    return tuple(found)


def _with(text: str, told: Callable[[str, str, str], str]) -> str:
    """A formula's text with every reference told in another way."""

    def one(match: re.Match[str]) -> str:
        if match["string"] is not None:
            return match.group()
        return told(match["sheet"] or "", match["first"], match["last"] or "")

    return _PART.sub(one, text)


def _taken(corner: str) -> tuple[str, str, str, int]:
    """A corner's parts: '$' or '', letters, '$' or '', row."""
    match = re.fullmatch(r"(\$?)([A-Za-z]+)(\$?)(\d+)", corner)
    if match is None:
        raise ValueError(corner)
    fixed_column, name, fixed_row, number = match.groups()
    return fixed_column, name, fixed_row, int(number)


def _reference(formula: FormulaCell, sheet: str, first: str, last: str) -> Reference:
    corners = [_taken(first), _taken(last or first)]
    rows = [number for *_, number in corners]
    columns = [column_number(name) for _, name, _, _ in corners]
    told = [
        (f"R{row}" if fixed_row else f"R[{row - formula.row}]")
        + (f"C{column}" if fixed_column else f"C[{column - formula.column}]")
        for (fixed_column, _, fixed_row, row), column in zip(corners, columns, strict=True)
    ]
    inner = sheet[:-1]
    inner = inner[1:-1].replace("''", "'") if inner.startswith("'") else inner
    relative = ":".join(told if last else told[:1])
    return Reference(inner, min(rows), min(columns), max(rows), max(columns), relative)
