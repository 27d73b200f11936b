"""The format json-stat2, as the web service of Statistics Sweden answers.

Source: JSON-stat 2.0 (json-stat.org/full).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.scb.cube import MOST, Cube, crossed

_CODE = re.compile(r"\d{2,4}")


def is_json(text: str) -> bool:
    """Whether a text is an object of JSON."""
    return text.lstrip().startswith("{")


def read(text: str, name: str, digest: str) -> Cube:
    """The table of a file; raises ``InputError`` for what is none, or is not whole."""
    try:
        held = json.loads(text)
        names: Sequence[str] = held["id"]
        labels = [_labels(held["dimension"][one]) for one in names]
        heads = [str(held["dimension"][one].get("label", one)) for one in names]
        size = 1
        for each in labels:
            size *= len(each)
        values = _values(held["value"], size)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            "Filen är ingen hel tabell i formatet json-stat2.",
            where=name,
            remedy="Spara tabellen på nytt från SCB, helst som Excel eller px.",
        ) from error
    title = str(held.get("label", ""))
    return Cube(name, digest, title, tuple(heads), crossed(labels, values))


def _labels(dimension: Mapping[str, Any]) -> list[str]:
    """The labels of a variable in their order, places with their codes."""
    category = dimension["category"]
    label: Mapping[str, str] = category.get("label", {})
    index = category.get("index", list(label))
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    are_codes = all(map(_CODE.fullmatch, codes))
    return [
        f"{code} {label.get(code, '')}".strip()
        if are_codes and label.get(code, code) != code
        else str(label.get(code, code))
        for code in codes
    ]


def _values(held: object, size: int) -> list[object]:
    """The figures in order; a sparse table holds only some, by their place."""
    if size > MOST:
        raise ValueError(size)
    if isinstance(held, list):
        if len(held) != size:
            raise ValueError(size)
        return held
    if not isinstance(held, dict):
        raise TypeError(held)
    values: list[object] = [None] * size
    for place, value in held.items():
        values[int(place)] = value
    return values
