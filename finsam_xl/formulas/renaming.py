"""A formula's text once sheets, or columns of tables, have other names.

>>> renamed("SUM('Budget 2026'!B2:B9)+T1!A1", {"Budget 2026": "Budget 2027"})
"SUM('Budget 2027'!B2:B9)+T1!A1"
>>> renamed('HYPERLINK("#\\'Mål 26\\'!A1","Mål")', {"Mål 26": "Mål 27"})
'HYPERLINK("#\\'Mål 27\\'!A1","Mål")'
>>> renamed("[1]Plan26!A1+Plan26!A1", {"Plan26": "Plan27"})
'[1]Plan26!A1+Plan27!A1'
>>> headed("SUM(Tal[Budget 2026])-B2", {"tal": {"Budget 2026": "Budget 2027"}})
'SUM(Tal[Budget 2027])-B2'
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from finsam_xl.address import on_sheet
from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.formulas.tokens import Kind, tokens

_LINK = "#"
_INNER = re.compile(r"(?<=\[)@?(?:'.|[^\[\]'])+(?=\])")
_SEVERAL = ":"


def renamed(formula: str, names: Mapping[str, str]) -> str:
    """The formula with the new names; ``names``: the new name by the old.

    A sheet of another workbook is not meant, whatever it is called.
    """
    by_name = {old.lower(): new for old, new in names.items()}
    return "".join(_token(kind, text, by_name) for kind, text in tokens(formula))


def _token(kind: str, text: str, by_name: Mapping[str, str]) -> str:
    if kind == Kind.PREFIX:
        return _prefix(text, by_name)
    if kind == Kind.STRING and "!" in text:
        inner = text[1:-1].replace('""', '"')
        mark = _LINK if inner.startswith(_LINK) else ""
        new = "".join(
            _prefix(part, by_name) if what == Kind.PREFIX else part
            for what, part in tokens(inner.removeprefix(mark))
        )
        return '"' + (mark + new).replace('"', '""') + '"'
    return text


def _prefix(text: str, by_name: Mapping[str, str]) -> str:
    name = sheet_of(text)
    sheets = [by_name.get(one.lower(), one) for one in name.split(_SEVERAL)]
    new = by_name.get(name.lower(), _SEVERAL.join(sheets))
    if new == name or "[" in name:
        return text
    return on_sheet(new, "") if text.startswith("'") else new + "!"


def headed(formula: str, columns: Mapping[str, Mapping[str, str]]) -> str:
    """The formula with new names for columns of tables, by the table in lower case and the old."""
    return "".join(
        _with_columns(text, columns.get(text.partition("[")[0].lower(), {}))
        if kind == Kind.TABLE
        else text
        for kind, text in tokens(formula)
    )


def _with_columns(text: str, names: Mapping[str, str]) -> str:
    def new(match: re.Match[str]) -> str:
        mark = "@" if match[0].startswith("@") else ""
        old = re.sub(r"'(.)", r"\1", match[0].removeprefix(mark))
        return mark + _escaped(names[old]) if old in names else match[0]

    return _INNER.sub(new, text) if names else text


def _escaped(name: str) -> str:
    return re.sub(r"(['#\[\]@])", r"'\1", name)
