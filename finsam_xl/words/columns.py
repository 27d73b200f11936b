"""Whether a text is a name that a column may have, of whatever kind its table is.

>>> is_column("Prognos 2025"), is_column("kvinnor"), is_column("avgift 2026"), is_column("summa")
(True, True, True, True)
>>> is_column("zzz"), is_column("räknas inte")
(False, True)
"""

from __future__ import annotations

from finsam_xl.words import people, scenarios, totals, versions
from finsam_xl.words.axis import plain
from finsam_xl.words.count_columns import CountColumn, says
from finsam_xl.words.fee_columns import POSSIBLE, fee_column
from finsam_xl.words.meanings import counts_not
from finsam_xl.words.measures import index_column, measures
from finsam_xl.words.periods import TIMES
from finsam_xl.words.units import unit

_NO_YEAR = 3


def is_column(text: str) -> bool:
    """Whether any of the vocabulary's words for columns, or for times, is in a text."""
    words = plain(text)
    if any(word.isdigit() and len(word) == _NO_YEAR for word in words.split()):
        return False  # a year with a figure too few
    return bool(
        counts_not(text)
        or scenarios.HEADINGS.votes(words)
        or TIMES.votes(words)
        or any(word.isdigit() and len(word) == 4 for word in words.split())
        or fee_column(text, POSSIBLE)
        or index_column(text)
        or measures(text)
        or people.sexes(text)
        or people.movement(text)
        or versions.version(text)
        or unit(text)
        or totals.is_sum(text)
        or totals.is_bare_sum(text)
        or any(says(text, column) for column in CountColumn)
    )
