"""Referrals: the parties against the total, and yes against referred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.people.wholes import larger, not_sums
from finsam_xl.checks.related import count_of, lines, placed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_counts import Counts

_MOST_NAMED = 2
_FIELDS = ("referred", "accepted")


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table of referrals."""
    for table in placed(materials, "referrals"):
        yield from _total(table)
        yield from _accepted(table)


def _total(table: Counts) -> Iterator[Finding]:
    """The total row, wherever it stands, against the parties."""
    stated = next((row for row in table.rows if row.role == "total"), None)
    rows = lines(table)
    if stated is None:
        return
    for field, figure, number in not_sums(stated, rows):
        if field not in _FIELDS:
            continue
        gap = number - figure.value
        same = [row.label for row in rows if count_of(row, field) == gap]
        yield tell(
            "parter-summa-avviker",
            figure.ref,
            "text",
            "missing" if 0 < len(same) <= _MOST_NAMED else "mend",
            what=", ".join(filter(None, (f"”{stated.label}”", table.headings.get(field)))),
            parties=len(rows),
            same=" eller ".join(same),
            stated=Fraction(figure.value),
            calculated=number,
        )


def _accepted(table: Counts) -> Iterator[Finding]:
    for row in table.rows:
        for accepted, referred in larger(row, {"accepted": "referred"}):
            yield tell(
                "ja-fler-an-remitterade",
                accepted.ref,
                row=row.label,
                stated=Fraction(accepted.value),
                calculated=Fraction(referred.value),
                also=[referred.ref],
            )
