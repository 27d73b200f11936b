"""Which cells a formula looks at, found generously: one too many costs time, one too few is wrong.

A formula whose references cannot be told from its text (tables, which
:mod:`finsam_xl.formulas.tables` writes as addresses where they are known, three-dimensional
ones, INDIRECT, OFFSET, ranges between calculated ends) is *opaque*. One
with a function the engine is not known to calculate right is *not supported*. Both are
left to Excel.

>>> references("SUM(A1:A3)+Moms", "Blad1", {"moms": "Priser!$B$2"}).areas
(Area(sheet='Blad1', top=1, left=1, bottom=3, right=1), Area(sheet='Priser', top=2, left=2, \
bottom=2, right=2))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.formulas.blocks import Area, block, is_elsewhere, sheet_of
from finsam_xl.formulas.functions import VARIABLE, bare
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.formulas.tree import Call, tree
from finsam_xl.records import NamedTuple

_DEEPEST_NAME = 8
_CONSTANTS = {"TRUE", "FALSE"}
_MOVING = {"INDIRECT", "OFFSET"}
_BINDING = {"LET", "LAMBDA"}
_AREA, _CALL, _PREFIX = Kind.AREA, Kind.CALL, Kind.PREFIX
_NAMED = {Kind.NAME, Kind.TABLE}
_OPAQUE = {Kind.COLON, Kind.OTHER}
_MEANS_NOTHING = {Kind.STRING, Kind.NUMBER, Kind.OPERATOR, Kind.COMMA, Kind.SEMICOLON}
_MEANS_NOTHING |= {Kind.CLOSE, Kind.OPEN, Kind.OPEN_ARRAY, Kind.CLOSE_ARRAY, Kind.AT}
# Compared with LibreOffice and Excel's documentation. Left out on purpose: AGGREGATE (hidden
# rows), TEXT, FIXED and VALUE (the reader's decimal sign), and what depends on the day.
SUPPORTED = frozenset({
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "CEILING", "CHOOSE", "COLUMN",
    "COLUMNS", "CONCAT", "CONCATENATE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS",
    "DATE", "DAY", "EVEN", "EXACT", "EXP", "FALSE", "FILTER", "FIND", "FLOOR", "HLOOKUP", "IF",
    "IFERROR", "IFNA", "IFS", "INDEX", "INT", "ISBLANK", "ISERR", "ISERROR", "ISEVEN",
    "ISLOGICAL", "ISNA", "ISNONTEXT", "ISNUMBER", "ISODD", "ISTEXT", "LAMBDA", "LARGE", "LEFT",
    "LEN", "LET", "LN", "LOG", "LOG10", "LOOKUP", "LOWER", "MATCH", "MAX", "MAXIFS", "MEDIAN",
    "MID", "MIN", "MINIFS", "MOD", "MONTH", "N", "NA", "NOT", "ODD", "OR", "PI", "POWER",
    "PRODUCT", "QUOTIENT", "RANK", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS",
    "SEARCH", "SIGN", "SMALL", "SQRT", "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS",
    "SUMPRODUCT", "SWITCH", "T", "TEXTJOIN", "TRIM", "TRUE", "TRUNC", "UPPER", "VLOOKUP",
    "XLOOKUP", "XOR", "YEAR",
})  # fmt: skip


class References(NamedTuple):
    """What a formula looks at, whether more than that, and whether the engine can calculate it."""

    areas: tuple[Area, ...]
    opaque: bool
    supported: bool


class _Known(NamedTuple):
    """What a formula's names are read by: where it stands, and what the workbook knows."""

    sheet: str
    names: Mapping[str, str]
    found: dict[str, References]
    """What names were found to stand for: one that is told often is followed once."""


class _Named(NamedTuple):
    """A name, a table or a structured reference, with the sheet told before it ('' for none)."""

    sheet: str
    text: str


class _Read(NamedTuple):
    """What a text says by itself, whatever its sheet and the workbook's names."""

    parts: tuple[Area | _Named, ...]
    functions: tuple[str, ...]
    variables: frozenset[str]
    opaque: bool
    spills: bool


def references(formula: str, sheet: str, names: Mapping[str, str]) -> References:
    """The blocks a formula on ``sheet`` looks at.

    ``names``: name in lower case → formula; one of a single sheet is "sheet!name".
    """
    return _resolved(_read(formula), _Known(sheet, names, {}), 0)


def _resolved(read: _Read, known: _Known, depth: int) -> References:
    areas: list[Area] = []
    opaque, supported = read.opaque, not read.spills
    for part in read.parts:
        if isinstance(part, Area):
            areas.append(part if part.sheet else part.on(known.sheet))
            continue
        inner = _meaning(part, known, depth, read.variables)
        areas += inner.areas
        opaque = opaque or inner.opaque
        supported = supported and inner.supported
    for name in read.functions:
        if name in _MOVING or name.lower() in known.names:
            opaque = True
        elif name not in SUPPORTED:
            supported = False
    return References(tuple(areas), opaque, supported)


_NOTHING = References((), opaque=False, supported=True)
_NOBODY_KNOWS = References((), opaque=True, supported=True)


def _meaning(named: _Named, known: _Known, depth: int, variables: frozenset[str]) -> References:
    """What a name stands for."""
    name = named.text.lower()
    full = f"{(named.sheet or known.sheet).lower()}!{name}"
    formula = known.names.get(full)
    if formula is None and not named.sheet:
        formula = known.names.get(name)
    if formula is not None:
        if full not in known.found:
            # One that leads back to itself, or through too many, stands for nobody knows what.
            known.found[full] = _NOBODY_KNOWS
            if depth <= _DEEPEST_NAME:
                inner = _resolved(_read(formula), known, depth + 1)
                known.found[full] = inner._replace(areas=tuple(dict.fromkeys(inner.areas)))
        return known.found[full]
    if not named.sheet and name in variables:
        return _NOTHING
    return _NOBODY_KNOWS


def _read(formula: str) -> _Read:
    # Most of a formula means nothing here, and a ledger has hundreds of thousands of tokens.
    area, call, prefix, named, nothing = _AREA, _CALL, _PREFIX, _NAMED, _MEANS_NOTHING
    parts: list[Area | _Named] = []
    called: list[str] = []
    opaque = spills = False
    sheet = ""
    for kind, text in tokens(formula):
        if kind == area:
            found = block(text)
            parts.append(Area(sheet, *found) if found else _Named(sheet, text))
        elif kind == call:
            called.append(bare(text))
        elif kind == prefix:
            sheet = sheet_of(text)
            opaque = opaque or is_elsewhere(sheet)
            continue
        elif kind == Kind.SPACE:
            continue
        elif kind in nothing:
            pass
        elif kind in named:
            if text.upper() not in _CONSTANTS and not text.lower().startswith(VARIABLE):
                parts.append(_Named(sheet, text))
        else:
            opaque = opaque or kind in _OPAQUE or text.upper() == "#REF!"
            spills = spills or kind == Kind.SPILL
        sheet = ""
    root = None if _BINDING.isdisjoint(called) else tree(formula)
    variables = frozenset(_variables(root)) if root else frozenset()
    return _Read(tuple(parts), tuple(called), variables, opaque, spills)


def _variables(call: Call) -> Iterator[str]:
    """The names that LET and LAMBDA give to values, where they are typed without ``_xlpm.``."""
    last = len(call.arguments) - 1
    naming = {"LET": range(0, last, 2), "LAMBDA": range(last)}.get(call.name, range(0))
    for number, argument in enumerate(call.arguments):
        only = argument.significant
        if number in naming and len(only) == 1 and only[0][0] == Kind.NAME:
            yield only[0][1].lower()
        for item in argument.items:
            if isinstance(item, Call):
                yield from _variables(item)
