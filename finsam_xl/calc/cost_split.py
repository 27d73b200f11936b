"""Cost split: administration, structure and individual, from a class for every line.

A line belongs to one class or is shared between several; the shares of a line sum to one.
Which line belongs where is a setting of the association. A line without a class is listed
and left out of the classes, never guessed. Amounts keep their unit and sign.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, avsnitt 1.7.1: about 30 %
of the office is administration and the rest structure.

>>> office = read_classes("Administration 30 %; Struktur 70 %")
>>> costs = [("Revisorer", 57), ("Kanslipersonal", 1488), ("Hyra", 85)]
>>> administration = read_classes("Administration")
>>> found = split(costs, {"Revisorer": administration, "Kanslipersonal": office})
>>> [(part.name, float(part.amount)) for part in found.classes]
[('Administration', 503.4), ('Struktur', 1041.6)]
>>> found.unclassified
(('Hyra', Fraction(85, 1)),)
>>> class_cost([57, 1488], ["Administration", "Administration 30 %; Struktur 70 %"], "Struktur")
Fraction(5208, 5)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact, known, parse_number, swedish
from finsam_xl.records import NamedTuple

_SHARED = re.compile(r"(.*?\S)[\s:]+(\d[\d.,]*\s*%)")


class CostShare(NamedTuple):
    """The part of a line, of one, that belongs to a class."""

    cost_class: str
    share: Fraction


class ClassCost(NamedTuple):
    """A class's amount and its part, of one, of all classes; no part when they sum to 0."""

    name: str
    amount: Fraction
    share: Fraction | None


class CostSplit(NamedTuple):
    """Classes in the order of the mapping, lines without a class, and mapped lines not found."""

    classes: tuple[ClassCost, ...]
    unclassified: tuple[tuple[str, Fraction], ...]
    unused: tuple[str, ...]

    @property
    def total(self) -> Fraction:
        """What all classes cost together, without the lines that lack one."""
        return sum((part.amount for part in self.classes), Fraction(0))


def read_classes(text: str, first: Fraction | None = None) -> tuple[CostShare, ...]:
    """The classes a cell names: one, or several with shares in per cent that sum to 100.

    ``first``: the share, of one, that the first of two without shares has.

    >>> read_classes("Administration 30 %; Struktur 70 %")[1]
    CostShare(cost_class='Struktur', share=Fraction(7, 10))
    >>> read_classes("Administration; Struktur", first=Fraction(3, 10))[0]
    CostShare(cost_class='Administration', share=Fraction(3, 10))
    """
    shares = []
    for part in text.split(";"):
        shared = _SHARED.fullmatch(part.strip())
        figure = parse_number(shared.group(2)) if shared else None
        if shared and figure:
            shares.append(CostShare(shared.group(1), Fraction(figure.value) / 100))
        else:
            shares.append(CostShare(part.strip(), Fraction(1)))
    is_pair = len(shares) == 2 and all(one.share == 1 for one in shares)
    if is_pair and first is not None:
        parts = (first, 1 - first)
        shares = [one._replace(share=part) for one, part in zip(shares, parts, strict=True)]
    _check(text, shares)
    return tuple(shares)


def split(
    amounts: Iterable[tuple[str, Exact | None]], mapping: Mapping[str, Sequence[CostShare]]
) -> CostSplit:
    """Every class's cost; ``amounts``: lines as (name, amount), a blank amount costs nothing.

    Names are compared without regard to case and outer spaces; a line that stands twice
    counts twice. Shares of a line that do not sum to one raise ``InputError``.
    """
    for line, shares in mapping.items():
        _check(line, shares)
    classes = {_key(line): shares for line, shares in mapping.items()}
    if len(classes) != len(mapping):
        raise InputError(
            "Samma rad har fått kostnadsslag två gånger.",
            remedy="Skriv varje rad en gång, en delad som ”Administration 30 %; Struktur 70 %”.",
        )
    costs = {share.cost_class: Fraction(0) for shares in mapping.values() for share in shares}
    unclassified, found = [], set()
    for line, amount in amounts:
        found.add(_key(line))
        if amount is None:
            continue
        if _key(line) not in classes:
            unclassified.append((line, Fraction(amount)))
        for share in classes.get(_key(line), ()):
            costs[share.cost_class] += share.share * Fraction(amount)
    total = sum(costs.values())
    parts = (ClassCost(name, cost, cost / total if total else None) for name, cost in costs.items())
    unused = tuple(line for line in mapping if _key(line) not in found)
    return CostSplit(tuple(parts), tuple(unclassified), unused)


def class_cost(
    amounts: Sequence[Exact | None], classes: Sequence[str | None], cost_class: str
) -> Fraction:
    """What one class costs, of amounts beside the classes of their lines as cells write them.

    A row without amount or class adds nothing; a class that stands nowhere raises
    ``InputError`` with those that do.
    """
    if len(amounts) != len(classes):
        raise InputError(
            f"{len(amounts)} belopp står mot {len(classes)} slag.",
            remedy="Markera lika många rader i båda områdena.",
        )
    together: dict[str, int | Fraction] = {}
    for amount, text in zip(amounts, classes, strict=True):
        if text:
            together[text] = known(amount or 0) + together.get(text, 0)
    cost, named = Fraction(0), {}
    for text, amount in together.items():
        for share in read_classes(text) if text.strip() else ():
            named[_key(share.cost_class)] = share.cost_class
            if _key(share.cost_class) == _key(cost_class):
                cost += share.share * Fraction(amount)
    if _key(cost_class) not in named:
        raise InputError(
            f"Kostnadsslaget ”{cost_class}” finns inte.",
            remedy=f"Välj ett som finns: {', '.join(named.values()) or '(inga)'}.",
        )
    return cost


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _check(line: str, shares: Sequence[CostShare]) -> None:
    total = sum((share.share for share in shares), Fraction(0))
    if any(share.share < 0 for share in shares) or total != 1:
        raise InputError(
            f"Andelarna summerar till {swedish(100 * total, 2)} %, inte 100 %.",
            where=f"Raden ”{line}”",
            remedy="Skriv andelar från 0 % som tillsammans ger 100 %, "
            "till exempel ”Administration 30 %; Struktur 70 %”.",
        )
    if not all(share.cost_class.strip() for share in shares):
        raise InputError(
            "Ett kostnadsslag saknar namn.",
            where=f"Raden ”{line}”",
            remedy="Skriv slagets namn, till exempel ”Administration”.",
        )
