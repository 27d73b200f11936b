"""Rules and links of a sheet that look at something that goes: they go as well, and are told.

A conditional format or a validation has no value that could stand in for it. What a table fills
new rows with goes as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from finsam_xl.hosts.ooxml.freezing.leaving import Leaving
from finsam_xl.hosts.ooxml.xmlspans import attributes, unescape_xml
from finsam_xl.records import NamedTuple

_RULE = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:cfRule|dataValidation))(?=[\s>])(?:[^>]*(?<!/)>.*?</(?P=n)\s*>|[^>]*/>)",
    re.DOTALL,
)
_FORMULA = re.compile(rb"<(?:\w+:)?(?:formula[12]?|f)(?:\s[^>]*)?>([^<]*)</")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s([^>]*)/>|<(?:\w+:)?hyperlink\s([^>]*)>\s*</[^>]*>")
_EMPTY = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:conditionalFormattings?|dataValidations?|hyperlinks|ext|extLst))"
    rb"(?:\s[^>]*)?(?:(?<!/)>\s*(?:<(?:\w+:)?sqref>[^<]*</[^>]*>\s*)?</(?P=n)\s*>)"
)
_COLUMN = re.compile(rb"<(?P<n>(?:\w+:)?tableColumn)\s[^>]*(?<!/)>.*?</(?P=n)\s*>", re.DOTALL)
_OF_COLUMN = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:calculatedColumn|totalsRow)Formula)(?:\s[^>]*)?>([^<]*)</(?P=n)\s*>"
)
_OWN_TOTAL = re.compile(rb"""\stotalsRowFunction=["']custom["']""")
_SERIES = re.compile(rb"<(?:\w+:)?f>([^<]*)</")
_COUNT = re.compile(
    rb"""(<(?P<n>(?:\w+:)?dataValidations)\b[^>]*?\scount=["'])\d+(.*?</(?P=n)>)""", re.DOTALL
)
_ONE = re.compile(rb"<(?:\w+:)?dataValidation\s")


class Ruled(NamedTuple):
    """A sheet part without the rules, how many went, and how many links."""

    data: bytes
    rules: int
    links: int


def without(data: bytes, leaving: Leaving) -> Ruled:
    """The sheet without the rules and links that look at what goes."""
    rest, rules = _dropped(data, _RULE, lambda rule: _looks(rule, leaving))
    rest, links = _dropped(rest, _LINK, lambda link: _leads(link, leaving))
    if rest == data:
        return Ruled(data, 0, 0)
    before = {found[0] for found in _EMPTY.finditer(data)}
    while True:
        less = _EMPTY.sub(lambda found: found[0] if found[0] in before else b"", rest)
        if less == rest:
            break
        rest = less
    return Ruled(_COUNT.sub(_counted, rest), rules, links)


def table_without(data: bytes, leaving: Leaving) -> bytes:
    """A table's part without the formulas of its columns that look at what goes."""

    def gone(found: re.Match[bytes]) -> bytes:
        return b"" if leaving.meets(unescape_xml(found[2].decode())) else found[0]

    def column(found: re.Match[bytes]) -> bytes:
        rest = _OF_COLUMN.sub(gone, found[0])
        is_without = b"totalsRowFormula" in found[0] and b"totalsRowFormula" not in rest
        return _OWN_TOTAL.sub(b"", rest, count=1) if is_without else rest

    return _COLUMN.sub(column, data)


def charts_look(data: bytes, leaving: Leaving) -> bool:
    """Whether a chart shows figures of something that goes."""
    return any(leaving.meets(unescape_xml(text.decode())) for text in _SERIES.findall(data))


def _dropped(
    data: bytes, kind: re.Pattern[bytes], goes: Callable[[bytes], bool]
) -> tuple[bytes, int]:
    gone = 0

    def replaced(found: re.Match[bytes]) -> bytes:
        nonlocal gone
        if not goes(found[0]):
            return found[0]
        gone += 1
        return b""

    return kind.sub(replaced, data), gone


def _looks(rule: bytes, leaving: Leaving) -> bool:
    return any(leaving.meets(unescape_xml(text.decode())) for text in _FORMULA.findall(rule))


def _leads(link: bytes, leaving: Leaving) -> bool:
    given = dict(attributes(link))
    location = unescape_xml(given.get("location", b"''")[1:-1].decode())
    return bool(location) and leaving.meets(location.removeprefix("#"))


def _counted(found: re.Match[bytes]) -> bytes:
    return found[1] + b"%d" % len(_ONE.findall(found[0])) + found[3]
