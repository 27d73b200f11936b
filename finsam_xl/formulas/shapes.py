"""The form of a formula: the same for formulas that say the same of different rows or columns.

Every reference is told as seen from the formula's own cell, fixed ones (``$``) as they are.

>>> one = shape("SUM(B2:B8)", (9, 2))
>>> one.form
'SUM(R[-7]C[0]:R[-1]C[0])'
>>> one.form == shape("SUM(C2:C8)", (9, 3)).form
True
"""

from __future__ import annotations

from finsam_xl.formulas.blocks import Area, End, block, ends, sheet_of
from finsam_xl.formulas.functions import bare
from finsam_xl.formulas.moving import Place
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.records import NamedTuple


class Reference(NamedTuple):
    """An address in a formula; the area's sheet is '' where none is told."""

    area: Area
    relative: str


class Shape(NamedTuple):
    """A formula taken apart: form, skeleton (references as ``#``), references and functions."""

    form: str
    skeleton: str
    references: tuple[Reference, ...]
    functions: frozenset[str]


def shape(formula: str, place: Place) -> Shape | None:
    """The shape of the formula in a cell; ``None`` where whole rows or columns are named."""
    form: list[str] = []
    skeleton: list[str] = []
    references: list[Reference] = []
    functions: set[str] = set()
    prefix = ""
    for kind, text in tokens(formula):
        if kind == Kind.PREFIX:
            form.append(prefix)
            skeleton.append(prefix)
            prefix = text
            continue
        found = block(text) if kind == Kind.AREA else None
        if found:
            both = ends(text)
            if not (both[0].row and both[0].column):
                return None
            relative = ":".join([_relative(end, place) for end in both])
            references.append(Reference(Area(sheet_of(prefix), *found), relative))
            form += prefix, relative
            skeleton.append("#")
        else:
            form += prefix, text
            skeleton += prefix, text
            if kind == Kind.CALL:
                functions.add(bare(text))
        prefix = ""
    plain = "".join(skeleton).upper().replace(" ", "").replace(";", ",")
    return Shape("".join(form), plain, tuple(references), frozenset(functions))


def _relative(end: End, place: Place) -> str:
    """An end as seen from a cell."""
    row = f"R{end.row}" if end.row_fixed else f"R[{end.row - place[0]}]"
    return row + (f"C{end.column}" if end.column_fixed else f"C[{end.column - place[1]}]")
