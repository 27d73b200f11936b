"""Formulas to test with: addresses of every kind in formulas of every kind."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from finsam_xl.address import letters
from finsam_xl.formulas.blocks import LAST_COLUMN, LAST_ROW, Area

HERE = "Blad1"
# What Excel allows in a sheet's name; an apostrophe may not be first or last.
_SHEET_LETTERS = string.ascii_letters + string.digits + "åäöÅÄÖé _-.,;()&%+=!#@$'\"~^"
sheets = st.text(_SHEET_LETTERS, min_size=1, max_size=31).filter(
    lambda name: name.strip("'") == name
)
_rows = st.one_of(st.integers(1, 200), st.integers(1, LAST_ROW))
_columns = st.one_of(st.integers(1, 60), st.integers(1, LAST_COLUMN))
_dollar = st.sampled_from(["", "$"])


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, Area]:
    """A reference as it stands in a file, and the block it means."""
    top, bottom = sorted((draw(_rows), draw(_rows)))
    left, right = sorted((draw(_columns), draw(_columns)))

    def row(number: int) -> str:
        return f"{draw(_dollar)}{number}"

    def column(number: int) -> str:
        return f"{draw(_dollar)}{letters(number)}"

    kind = draw(st.sampled_from(["cell", "block", "columns", "rows"]))
    if kind == "cell":
        bottom, right = top, left
        text = column(left) + row(top)
    elif kind == "block":
        text = f"{column(left)}{row(top)}:{column(right)}{row(bottom)}"
    elif kind == "columns":
        top, bottom = 1, LAST_ROW
        text = f"{column(left)}:{column(right)}"
    else:
        left, right = 1, LAST_COLUMN
        text = f"{row(top)}:{row(bottom)}"
    sheet = draw(st.one_of(st.just(""), sheets))
    prefix = "'{}'!".format(sheet.replace("'", "''")) if sheet else ""
    return prefix + text, Area(sheet or HERE, top, left, bottom, right)


templates = st.sampled_from(
    [
        "{0}",
        "-{0}%",
        "SUM({0})",
        "SUM({0},{1})",
        "IF({0}>{1},{0},FALSE)",
        'IFERROR({0}/{1},"A1:B2")',
        '{0}&"it\'s ""x"""&{1}',
        "_xlfn.XLOOKUP({0},{1},{1},0)",
        "LOG10({0})*1E5+ROUND({1},2)",
        "({0} + {1})*2.5E-3",
        'SUMIF({0},">0",{1})',
    ]
)
formulas = st.builds(
    lambda template, one, other: template.format(one[0], other[0]),
    templates,
    addresses(),
    addresses(),
)
