"""Cases of findings about outcomes that are fetched from a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from finsam_xl.model import Finding
from support.bookkeeping import FOLLOW_UP, fetch, follow_up, sie, voucher
from support.finding_cases import Done

_T1, _T2 = "20250430", "20250831"
_RENT = ("6010 {} 7083.00", "1930 {} -7083.00")
_MONTHS = ("20250115", "20250215", "20250315", "20250415")


def _rows(**cells: Any) -> list[list[Any]]:
    """The follow-up with some cells typed otherwise."""
    rows = [[*row, *[None] * (7 - len(row))] for row in FOLLOW_UP]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1]["ABCDEFG".index(cell[0])] = value
    return rows


def _told(*lines: str, until: str = _T1, to: str = "", **cells: Any) -> Iterable[Finding]:
    return fetch(follow_up(_rows(**cells)), sie(*lines, until=until), to).findings


def _months(*rows: str) -> list[str]:
    return [line for day in _MONTHS for line in voucher(day, *(rows or _RENT))]


def _of(*lines: str, **cells: Any) -> Callable[[], Iterable[Finding]]:
    return lambda: _told(*(lines or _months()), **cells)


def _refused() -> Iterable[Finding]:
    """Nothing is fetched, and nothing told."""
    return ()


_PLAIN = _of()
_RENTS = 4 * 7083
CASES = {
    "bokforing-brister": Done(_PLAIN, _of(*_months(), "#RES 0 6010 1.00"), None),
    "bokforing-delad": Done(_PLAIN, _of(A14="6010, 65"), "A13"),
    "bokforing-ej-placerad": Done(_PLAIN, _of(*_months("8910 {} 5.00", "1930 {} -5.00")), None),
    "bokforing-hamtad": Done(_refused, _PLAIN, None),
    "bokforing-koppling": Done(_PLAIN, _of(A13="hyra"), "A13"),
    "bokforing-preliminar": Done(_PLAIN, _of(*_months()[: -len(voucher("", *_RENT))]), None),
    "bokforing-rapporterad": Done(
        lambda: _told(*_months(), until=_T1, E13=_RENTS - 1),
        lambda: _told(*_months(), *voucher("20250820", *_RENT), until=_T2, E13=_RENTS - 1),
        "E13",
    ),
    "bokforing-sida": Done(_PLAIN, _of(*_months("3010 {} -5.00"), A13="3010"), "A13"),
    "bokforing-skriven": Done(_of(E13=_RENTS), _of(E13=_RENTS + 1), "E13"),
    "bokforing-utelamnad": Done(
        _PLAIN, _of(*_months(), *voucher("20250430", "8999 {} 1.00")), None
    ),
}
