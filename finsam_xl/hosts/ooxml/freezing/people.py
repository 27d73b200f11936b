"""Names of persons, taken out of all that programs write down by themselves.

Properties, the authors of comments and threads, the printer and who owns it, the folder a
workbook was saved in, who has it reserved, and who changed what in a shared one. What a person
has written herself stays, also a name in the text of a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count

from finsam_xl.hosts.ooxml.freezing import code
from finsam_xl.hosts.ooxml.wiring.draft import Draft

_AUTHOR, _PERSON, _VIEW = "Författare", "Person", "Vy"
_KINDS = frozenset(("printerSettings", "revisionHeaders", "usernames"))
_OF_CORE = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:creator|lastModifiedBy))\b(?:[^>]*/>|[^>]*>.*?</(?P=n)>)"
)
_OF_APP = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:Company|Manager|HyperlinkBase))\b(?:[^>]*/>|[^>]*>.*?</(?P=n)>)"
)
_OF_AUTHOR = re.compile(rb"(<(?P<n>(?:\w+:)?author)(?:\s[^>]*)?>)([^<]+)(</(?P=n)>)")
_PRINTER = re.compile(rb"<(?:\w+:)?pageSetup\s[^>]*>")
_SCENARIO = re.compile(rb"<(?:\w+:)?scenario\s[^>]*>")
_MADE_BY = re.compile(rb"""\s(?:user|comment)=(?:"[^"]*"|'[^']*')""")
_REFRESHED = re.compile(rb"""\srefreshedBy=(?:"[^"]*"|'[^']*')""")
_TAG_OF_PERSON = re.compile(rb"<(?:\w+:)?person\s[^>]*>")
_NAME_OF_PERSON = re.compile(rb"""(\s(displayName|userId|providerId)=)(?:"[^"]*"|'[^']*')""")
_FOLDER = re.compile(
    rb"<mc:AlternateContent\b(?:(?!</?mc:AlternateContent).)*absPath"
    rb"(?:(?!</?mc:AlternateContent).)*</mc:AlternateContent>",
    re.DOTALL,
)
_RESERVED = re.compile(rb"""(<(?:\w+:)?fileSharing\s[^>]*?)\suserName=(?:"[^"]*"|'[^']*')""")
_VIEW_NAME = re.compile(
    rb"""(<(?:\w+:)?customWorkbookView\s(?:[^>]*?\s)?name=)(?:"[^"]*"|'[^']*')"""
)
_OF_A_THREAD = "tc={"
"""What an author is called that leads to a thread of comments."""


def of_workbook(workbook: bytes) -> bytes:
    """The workbook part without the names in it."""
    numbers = count(1)
    rest = _RESERVED.sub(rb"\1", _FOLDER.sub(b"", workbook))
    return _VIEW_NAME.sub(
        lambda found: found[1] + b'"%s %d"' % (_VIEW.encode(), next(numbers)), rest
    )


def forget(draft: Draft) -> None:
    """Take the names out of all other parts, and the settings of printers."""
    for part in (sheet.part for sheet in draft.workbook.sheets):
        if part in draft:
            printers = {rid for rid, _ in draft.relations(part).targets("printerSettings")}
            rest = _PRINTER.sub(_without(printers), draft.read(part))
            rest = _SCENARIO.sub(lambda found: _MADE_BY.sub(b"", found[0]), rest)
            if rest != draft.read(part):
                draft.put(part, rest)
    for owner in code.owners(draft):
        relations = draft.relations(owner)
        relations.remove_kinds(_KINDS)
        for kind, changed in _CHANGES.items():
            for _, part in relations.targets(kind):
                if part in draft:
                    _change(draft, part, changed)


def _change(draft: Draft, part: str, changed: Callable[[bytes], bytes]) -> None:
    data = draft.read(part)
    rest = changed(data)
    if rest != data:
        draft.put(part, rest)


def _without(ids: set[str]) -> Callable[[re.Match[bytes]], bytes]:
    def tag(found: re.Match[bytes]) -> bytes:
        named = b"|".join(re.escape(rid.encode()) for rid in ids)
        return (
            re.sub(rb"""\s(?:\w+:)?id=["'](?:%s)["']""" % named, b"", found[0]) if ids else found[0]
        )

    return tag


def _authors(data: bytes) -> bytes:
    """Comments under nobody's name, also where Excel has begun their text with it."""
    names = [name for name in _named(data) if not name.startswith(_OF_A_THREAD)]
    rest = _OF_AUTHOR.sub(
        lambda found: (
            found[0]
            if found[3].decode().startswith(_OF_A_THREAD)
            else found[1] + _AUTHOR.encode() + found[4]
        ),
        data,
    )
    for name in names:
        begun = rb"(<(?:\w+:)?t(?:\s[^>]*)?>)%s(:\s*</)" % re.escape(name.encode())
        rest = re.sub(begun, lambda found: found[1] + _AUTHOR.encode() + found[2], rest)
    return rest


def _named(data: bytes) -> Iterator[str]:
    return (found[3].decode() for found in _OF_AUTHOR.finditer(data))


def _persons(data: bytes) -> bytes:
    numbers = count(1)

    def person(found: re.Match[bytes]) -> bytes:
        name = f"{_PERSON} {next(numbers)}".encode()
        given = {b"displayName": name, b"userId": name, b"providerId": b"None"}
        return _NAME_OF_PERSON.sub(lambda one: one[1] + b'"%s"' % given[one[2]], found[0])

    return _TAG_OF_PERSON.sub(person, data)


_CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "core-properties": lambda data: _OF_CORE.sub(b"", data),
    "extended-properties": lambda data: _OF_APP.sub(b"", data),
    "comments": _authors,
    "person": _persons,
    "pivotCacheDefinition": lambda data: _REFRESHED.sub(b"", data),
}
"""What is changed in the parts that relations of some kinds lead to."""


def mentioned(draft: Draft) -> bool:
    """Whether somebody is named in the text of a thread."""
    return any(
        b"<mention " in draft.read(part) or b":mention " in draft.read(part)
        for owner in code.owners(draft)
        for _, part in draft.relations(owner).targets("threadedComment")
        if part in draft
    )
