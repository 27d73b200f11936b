"""Referrals: the parties against the total, and yes against referred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.referrals import Referrals, total
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import count_of, lines, placed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_counts import Counts
from finsam_xl.money import exact

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
    if stated is None or not rows:
        return
    both = total(Referrals(r.label, count_of(r, "referred"), count_of(r, "accepted")) for r in rows)
    for field, number in zip(_FIELDS, (both.referred, both.accepted), strict=True):
        figure = stated.figures.get(field)
        if figure is None or figure.is_percent or number is None or number == figure.value:
            continue
        gap = exact(number) - figure.value
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
        referred, accepted = count_of(row, "referred"), count_of(row, "accepted")
        if referred is not None and accepted is not None and accepted > referred:
            yield tell(
                "ja-fler-an-remitterade",
                row.figures["accepted"].ref,
                row=row.label,
                stated=Fraction(accepted),
                calculated=Fraction(referred),
                also=[row.figures["referred"].ref],
            )
