"""Sheets and columns of tables given other names, with all that names them.

Formulas, defined names, links, charts, lists, formats by rule and pivot tables follow. A part
that does not hold an old name is not looked into. In others only the formulas, places and names
that change are written; every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote, unquote

from finsam_xl.formulas.renaming import headed, renamed
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import (
    INSIDE_TAG,
    Patch,
    attributes,
    escape,
    escape_attribute,
    patched,
    unescape_xml,
)
from finsam_xl.records import NamedTuple

_LINK = "#"
_FORMULAS = (
    rb"f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula|definedName"
    rb"|FmlaLink|FmlaRange|FmlaPict|FmlaTxbx|FmlaGroup|oldFormula"
)
_ELEMENT = re.compile(
    rb"<((?:\w+:)?(?:" + _FORMULAS + rb"))(?=[\s>])" + INSIDE_TAG + rb">([^<]+)</"
)
_PLACES = {
    "location", "textlink", "fmlaLink", "fmlaRange", "fmlaPict", "fmlaTxbx", "fmlaGroup", "appref",
    "subAddress",
}  # fmt: skip
_SHEET = "sheet"
"""The attribute that names a sheet by itself: where a pivot table has its figures from."""
_TAG = re.compile(rb"<[\w:]+(?=\s)(" + INSIDE_TAG + rb")>")
_TITLE = re.compile(rb"<((?:\w+:)?lpstr)>([^<]+)</")
_APP = "docProps/app.xml"
_ELSEWHERE = "/externalLinks/"
"""What other workbooks call their sheets."""
_TEXTS = (".xml", ".rels", ".vml")


class Names(NamedTuple):
    """The new names by the old: of sheets, and of columns by their table in lower case.

    ``own``: of the columns of the table that a part is of, or is around: it need not be named.
    """

    sheets: Mapping[str, str] = MappingProxyType({})
    columns: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    own: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def within(self, part: str) -> Names:
        """The same as they are told in a part."""
        return self._replace(columns={**self.columns, "": self.own.get(part, {})})

    def in_formula(self, formula: str) -> str:
        """A formula with the new names."""
        found = renamed(formula, self.sheets) if self.sheets else formula
        return headed(found, self.columns) if self.columns else found

    def in_place(self, text: str) -> str:
        """A place, or a formula, with or without the mark of a link before it."""
        mark = _LINK if text.startswith(_LINK) else ""
        return mark + self.in_formula(text.removeprefix(mark))


def rename(draft: Draft, names: Names) -> None:
    """Give sheets and columns their new names wherever the workbook names them."""
    marks = [mark for old in (*names.sheets, *names.columns) for mark in _written(old)]
    for part in list(draft.names) if marks else ():
        if not part.endswith(_TEXTS) or _ELSEWHERE in part or part == draft.workbook.part:
            continue
        data = draft.read(part)
        if part in names.own or any(mark in data.lower() for mark in marks):
            new = _renamed(part, data, names.within(part))
            if new != data:
                draft.put(part, new)
    draft.workbook.rename_sheets(names.sheets, names.in_formula)


def _written(name: str) -> set[bytes]:
    """The ways a name may stand in a part, in a formula or alone."""
    forms = {name, name.replace("'", "''")}
    forms |= {quote(form) for form in forms} | {form.replace(" ", "%20") for form in forms}
    return {way(form).lower() for form in forms for way in (escape, escape_attribute)}


def _renamed(part: str, data: bytes, names: Names) -> bytes:
    if part.endswith(".rels"):
        return patched(data, list(_links(data, names)))
    patches = list(_elements(data, names)) + list(_attributes(data, names))
    if part == _APP:
        patches += _titles(data, names)
    return patched(data, patches)


def _elements(data: bytes, names: Names) -> Iterator[Patch]:
    """The formulas between tags."""
    for match in _ELEMENT.finditer(data):
        old = unescape_xml(match[2].decode())
        new = names.in_formula(old)
        if new != old:
            yield Patch(*match.span(2), escape(new))


def _attributes(data: bytes, names: Names) -> Iterator[Patch]:
    """The places and formulas within tags."""
    by_name = {old.lower(): new for old, new in names.sheets.items()}
    for match in _TAG.finditer(data):
        if not any(word.encode() in match[1] for word in (*_PLACES, _SHEET)):
            continue
        at = match.start(1)
        for name, value in attributes(match[1]):
            at = match[1].index(value, at - match.start(1)) + match.start(1)
            old = unescape_xml(value[1:-1].decode())
            new = old
            if name in _PLACES:
                new = names.in_place(old)
            elif name == _SHEET:
                new = by_name.get(old.lower(), old)
            if new != old:
                yield Patch(at, at + len(value), b'"' + escape_attribute(new) + b'"')
            at += len(value)


def _links(data: bytes, names: Names) -> Iterator[Patch]:
    """The links that shapes have to places in the workbook: ``Target="#Blad1!A1"``."""
    for match in _TAG.finditer(data):
        target = next((v for name, v in attributes(match[1]) if name == "Target"), b'""')
        old = unescape_xml(target[1:-1].decode())
        if not old.startswith(_LINK):
            continue
        plain = unquote(old)
        new = names.in_place(plain)
        if new != plain:
            at = match.start(1) + match[1].index(target)
            written = new.replace(" ", "%20") if "%20" in old else new
            yield Patch(at, at + len(target), b'"' + escape_attribute(written) + b'"')


def _titles(data: bytes, names: Names) -> Iterator[Patch]:
    """The list of sheets and names among the file's properties."""
    for match in _TITLE.finditer(data):
        old = unescape_xml(match[2].decode())
        new = names.sheets.get(old) or names.in_formula(old)
        if new != old:
            yield Patch(*match.span(2), escape(new))
