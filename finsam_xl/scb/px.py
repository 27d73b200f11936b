"""The PC-Axis format (px): keywords with values, and the figures last.

Source: PX file format specification, Statistics Sweden (AXIS-VERSION 2013).

>>> text = 'TITLE="Folkmängd";STUB="region";HEADING="år";'
>>> text += 'VALUES("region")="Umeå","Vännäs";VALUES("år")="2023","2024";'
>>> text += 'CODES("region")="2480","2460";DATA=10 11 ".." 6;'
>>> [(fact.labels, str(fact.value)) for fact in read(text, "a.px", "").facts][1:3]
[(('2480 Umeå', '2024'), '11'), (('2460 Vännäs', '2023'), 'None')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_xl.errors import InputError
from finsam_xl.scb.cube import MOST, Cube, crossed

_KEY = re.compile(r'\s*([A-Z-]+)(?:\[[a-z]+\])?(?:\("((?:[^"])*)"[^)]*\))?\s*=', re.DOTALL)
_PART = re.compile(r'"([^"]*)"|([^\s",]+)')
_CODE = re.compile(r"\d{2,4}")


def is_px(text: str) -> bool:
    """Whether a text is in the format."""
    return bool(
        re.match(r"\s*(CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|TITLE|MATRIX)\b[^\n]*=", text)
    )


def read(text: str, name: str, digest: str) -> Cube:
    """The table of a file; raises ``InputError`` where it is not whole."""
    held: dict[tuple[str, str], list[str]] = {}
    data: list[str] | None = None
    for key, about, values in _statements(text):
        if key == "DATA":
            data = [quoted or plain for quoted, plain in _PART.findall(values)]
            break
        held.setdefault((key, about), _joined(values))
    heads = [*held.get(("STUB", ""), []), *held.get(("HEADING", ""), [])]
    labels = [_labels(held, head) for head in heads]
    size = 1
    for each in labels:
        size *= len(each)
    if data is None or not heads or size != len(data) or size > MOST:
        raise InputError(
            "Tabellen är inte hel: antalet siffror stämmer inte med rubrikerna.",
            where=name,
            remedy="Spara den på nytt från SCB, helst som Excel eller px.",
        )
    title = " ".join(held.get(("TITLE", ""), held.get(("CONTENTS", ""), [""])))
    return Cube(name, digest, title, tuple(heads), crossed(labels, data))


def _labels(held: dict[tuple[str, str], list[str]], head: str) -> list[str]:
    """The labels of a variable, places with their codes."""
    labels, codes = held.get(("VALUES", head), []), held.get(("CODES", head), [])
    if len(codes) != len(labels) or not all(map(_CODE.fullmatch, codes)):
        return labels
    pairs = zip(codes, labels, strict=True)
    return [label if label.startswith(code) else f"{code} {label}" for code, label in pairs]


def _statements(text: str) -> Iterator[tuple[str, str, str]]:
    """Each keyword, what it is about, and its values as written."""
    place = 0
    while (found := _KEY.match(text, place)) is not None:
        end = _end(text, found.end())
        yield found[1], found[2] or "", text[found.end() : end]
        place = end + 1


def _end(text: str, place: int) -> int:
    """Where a statement ends: at its semicolon, outside quotes."""
    while (end := text.find(";", place)) >= 0:
        if text.count('"', place, end) % 2 == 0:
            return end
        place = text.find('"', end)
        place = len(text) if place < 0 else place + 1
        if place >= len(text):
            break
    return len(text)


def _joined(values: str) -> list[str]:
    """The values of a keyword; a quoted one may go on in the next quotes, without a comma."""
    found: list[str] = []
    goes_on = False
    for part in re.finditer(r'"([^"]*)"|,|([^\s",]+)', values):
        if part[0] == ",":
            goes_on = False
            continue
        text = part[1] if part[1] is not None else part[2]
        if goes_on:
            found[-1] += text
        else:
            found.append(text)
        goes_on = True
    return found
