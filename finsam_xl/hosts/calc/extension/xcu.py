"""The configuration parts of the extension: functions, buttons and the job at loading."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name={name} oor:package={package}>\n'
)


def document(package: str, name: str, nodes: Iterable[str]) -> bytes:
    """A part of the configuration."""
    head = _HEAD.format(name=quoteattr(name), package=quoteattr(package))
    return (head + "\n".join(nodes) + "\n</oor:component-data>\n").encode()


def node(name: str, *inside: str, replaces: bool = False, fuses: bool = False) -> str:
    """A named node with what it holds.

    One of a set ``replaces`` what was there, or ``fuses`` with what others put into it.
    """
    operation = ' oor:op="replace"' if replaces else ' oor:op="fuse"' if fuses else ""
    return "\n".join((f"<node oor:name={quoteattr(name)}{operation}>", *inside, "</node>"))


def prop(name: str, value: str, language: str = "") -> str:
    """A property that holds a text."""
    said = f" xml:lang={quoteattr(language)}" if language else ""
    return (
        f'<prop oor:name={quoteattr(name)} oor:type="xs:string">'
        f"<value{said}>{escape(value)}</value></prop>"
    )


def truth(name: str) -> str:
    """A property that is true."""
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:boolean"><value>true</value></prop>'


def strings(name: str, *values: str) -> str:
    """A property that holds several texts."""
    listed = f"<value>{' '.join(map(escape, values))}</value>"
    return f'<prop oor:name={quoteattr(name)} oor:type="oor:string-list">{listed}</prop>'
