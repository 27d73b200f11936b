"""The catalogue of findings: what each is called, how grave it is, and every sentence said of it.

``findings.toml`` holds them all. An entry is a finding's code with

- ``severity``: ``error``, ``warning`` or ``info``; a list where a rule may tell it milder or
  graver, the usual one first,
- ``means`` and ``remedy``: what *finsam-xl fynd* tells of it, in a sentence or two each,
- ``text``, or ``texts`` with a name each: the sentences a rule puts together. A word in braces
  is filled in by the rule; ``{stated}``, ``{calculated}`` and ``{difference}`` are there of
  themselves where the finding has such figures, in Swedish and with their sign.

>>> tell("inga-tabeller").severity
'info'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from finsam_xl.formulas.swedish import as_read
from finsam_xl.model import Finding, Ref, Said, Severity
from finsam_xl.money import exact, trimmed
from finsam_xl.records import NamedTuple

CATALOGUE = Path(__file__).with_name("findings.toml")
_HEAD = re.compile(r"^\[([^].]+)\]$", re.MULTILINE)
"""What an entry begins with; the heads of its parts have a full stop in them."""
_ONE = "text"


class Kind(NamedTuple):
    """A kind of finding: code, how grave it may be, what it means, what to do, its sentences."""

    code: str
    severities: tuple[Severity, ...]
    means: str
    remedy: str
    texts: Mapping[str, str]


class _Catalogue(Mapping[str, Kind]):
    """Every kind by its code. An entry is read when it is asked for: a run tells of few of many."""

    def __init__(self, text: str) -> None:
        heads = list(_HEAD.finditer(text))
        ends = [*(head.start() for head in heads[1:]), len(text)]
        self._entries = {
            head[1]: text[head.start() : end] for head, end in zip(heads, ends, strict=True)
        }
        self._kinds: dict[str, Kind] = {}

    def __getitem__(self, code: str) -> Kind:
        if code not in self._kinds:
            self._kinds[code] = _kind(code, tomllib.loads(self._entries[code])[code])
        return self._kinds[code]

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of finding by its code, in the order of the catalogue."""
    return _Catalogue(CATALOGUE.read_text(encoding="utf-8"))


def _kind(code: str, entry: Mapping[str, Any]) -> Kind:
    severity = entry["severity"]
    severities = (severity,) if isinstance(severity, str) else tuple(severity)
    texts = entry["texts"] if "texts" in entry else {_ONE: entry[_ONE]}
    return Kind(code, severities, entry["means"], entry["remedy"], texts)


def tell(
    code: str,
    where: Ref | None = None,
    *texts: str,
    severity: Severity | None = None,
    stated: Said = None,
    calculated: Said = None,
    also: Iterable[Ref] = (),
    is_result: bool = False,
    **told: object,
) -> Finding:
    """A finding of the catalogue at a cell, or about a whole file.

    ``texts``: the names of its sentences in their order, where it has more than one;
    ``severity``: where it is not the usual one; ``told``: what fills the braces.
    """
    kind = kinds()[code]
    filled = {**_figures(stated, calculated), **told}
    words = {name: _as_read(word) for name, word in filled.items()}
    message = " ".join(kind.texts[name].format_map(words) for name in texts or (_ONE,))
    grade = severity or kind.severities[0]
    if where is None:
        return Finding(grade, code, None, None, message, also=tuple(also))
    return Finding.at(
        where, grade, code, message,
        stated=stated, calculated=calculated, also=also, is_result=is_result,
    )  # fmt: skip


def _as_read(word: object) -> object:
    """A word that fills braces; a formula as people read it."""
    return as_read(word) if isinstance(word, str) and word.startswith("=") else word


def _figures(stated: Said, calculated: Said) -> dict[str, str]:
    """The figures of a finding as its sentences show them."""
    shown = {"stated": stated, "calculated": calculated}
    words = {
        name: said if isinstance(said, str) else trimmed(exact(said))
        for name, said in shown.items()
        if said is not None
    }
    if len(words) == len(shown) and not any(isinstance(said, str) for said in shown.values()):
        words["difference"] = trimmed(exact(stated) - exact(calculated))
    return words
