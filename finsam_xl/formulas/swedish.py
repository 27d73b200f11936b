"""A formula as a person with a Swedish Excel reads and types it.

>>> as_read("=SUM(B7,B13:B14)*0.5")
'=SUMMA(B7;B13:B14)*0,5'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from finsam_xl.formulas.functions import as_typed, bare
from finsam_xl.formulas.tokens import Kind, tokens

_FILE = Path(__file__).with_name("swedish.toml")


def as_read(formula: str) -> str:
    """The formula with Swedish names, signs between arguments, and decimals.

    One with a list in braces is left as it stands in the file: its signs depend on more.
    """
    parts = tokens(formula.removeprefix("="))
    if any(kind == Kind.OPEN_ARRAY for kind, _ in parts):
        return formula
    begins = "=" if formula.startswith("=") else ""
    return begins + "".join(_part(kind, text) for kind, text in parts)


def _part(kind: str, text: str) -> str:
    if kind == Kind.COMMA:
        return ";"
    if kind == Kind.NUMBER:
        return text.replace(".", ",")
    if kind == Kind.CALL:
        return f"{_words()['functions'].get(bare(text)) or as_typed(text[:-1])}("
    if kind in (Kind.NAME, Kind.ERROR):
        return _words()["values"].get(text.upper(), text)
    return text


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(_FILE.read_text("utf-8"))
    return found
