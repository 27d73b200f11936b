"""Totals that bear the name of another section than the one they add up.

Code: ``summa-fel-avsnitt``. A total of several sections may be named as it likes, and one that
has a word in common with its own section is taken to mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget, Sum
from finsam_xl.words.totals import without_sum

_WORD = re.compile(r"[^\W\d_]{4,}")
_GENERAL = re.compile(
    r"(?:kostnader|kostnad|utgifter|intäkter|finansiering|tillgångar|skulder|kapital|medel|"
    r"avsättningar|eget|övriga|övrigt|totalt|verksamhetens)"
)


def wrong(budget: Budget) -> Iterator[Finding]:
    """A warning per total of one section's lines that bears another section's name."""
    names = {row.label.strip(" :") for row in budget.rows if row.role == "section"}
    sections = {name: _words(name) for name in names}
    for one in budget.sums:
        row = budget.rows[one.target]
        if row.role != "total" or not _is_of_its_section(budget, one):
            continue
        own = _section(row.section)
        said = _words(without_sum(row.label))
        if not said or said & _words(own):
            continue
        named = [name for name, words in sections.items() if said <= words and name != own]
        if len(named) != 1:
            continue
        also = [
            budget.label_place(n)
            for n, other in enumerate(budget.rows)
            if n != one.target and other.role == "total" and _same(other.label, row.label)
        ]
        yield Finding.at(
            budget.label_place(one.target),
            "warning",
            "summa-fel-avsnitt",
            f"Summaraden heter ”{row.label}” men summerar ”{own}”"
            + (f"; samma namn står i {also[0].cell}" if also else "")
            + f". Namnet är troligen kopierat; det borde vara ”Summa {_lower_first(own)}”.",
            stated=row.label,
            calculated=f"Summa {_lower_first(own)}",
            also=also,
        )


def _is_of_its_section(budget: Budget, one: Sum) -> bool:
    """Whether a total adds up nothing but lines under the heading it stands under."""
    section = budget.rows[one.target].section
    parts = [budget.rows[row] for row, _ in one.parts]
    return bool(section) and all(part.role == "line" and part.section == section for part in parts)


def _section(path: str) -> str:
    return path.rpartition(" / ")[2].strip(" :")


def _words(text: str) -> frozenset[str]:
    """The words that tell one section from another."""
    words = map(str.lower, _WORD.findall(text))
    return frozenset(word for word in words if not _GENERAL.fullmatch(word))


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
