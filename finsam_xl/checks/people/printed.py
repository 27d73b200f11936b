"""How a share of persons is told: as it is printed, beside the numbers that give it, or cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.people.wholes import Of, Part, nearest, share_of, shown
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import Figure
from finsam_xl.money import exact, swedish, trimmed


def said(share: Figure) -> str:
    """A share as it is printed."""
    return swedish(share.value, shown(share)[1], "%")


def counted(of: Of) -> str:
    """A number, its base and its share: 39 av 82 = 47,6 %."""
    if not of.base:
        return f"{of.number} av {of.base}"
    return f"{swedish(of.number)} av {swedish(of.base)} = {trimmed(of.percent, '%')}"


def around(share: Figure, base: int) -> str:
    """The nearest shares that whole numbers give: "7 av 22 = 31,8 %, 8 av 22 = 36,4 %"."""
    return ", ".join(counted(Of(number, base)) for number in nearest(share, base))


def span(low: Known, high: Known) -> str:
    """From a number to another: 78–79, or 78 where both are the same."""
    return swedish(low) if low == high else f"{swedish(low)}–{swedish(high)}"


def cut_down(where: str, share: Figure, of: Of, also: Sequence[Ref]) -> Finding:
    """A note of one share that is cut off, with what it is of."""
    _, decimals = shown(share)
    return tell(
        "andel-avhuggen",
        share.ref,
        "one",
        what=where,
        share=said(share),
        number=swedish(of.number),
        base=swedish(of.base),
        full=swedish(of.percent, decimals + 1, "%"),
        rounded=swedish(of.percent, decimals, "%"),
        stated=exact(share.value),
        calculated=round(float(of.percent), 1),
        also=also,
    )


_MOST_NAMED = 6


def shortened(what: str, part: Part) -> Iterator[tuple[Figure, str]]:
    """A share that is cut off and what it is in full, if its number and base are known."""
    if part.source == "cut" and part.figure and part.whole:
        base = part.whole.only
        full = "" if base is None or part.only is None else f" ({counted(Of(part.only, base))})"
        yield part.figure, f"{what} {said(part.figure)}{full}"


def cut_off(cut: Sequence[tuple[Figure, str]]) -> Iterator[Finding]:
    """One note for all shares of a table that are cut off: it is one habit."""
    if cut:
        first, *others = (figure for figure, _ in cut)
        yield tell(
            "andel-avhuggen",
            first.ref,
            "alone" if not others else "several" if len(cut) <= _MOST_NAMED else "many",
            named="; ".join(text for _, text in cut[:_MOST_NAMED]),
            number=len(cut),
            stated=exact(first.value),
            also=[figure.ref for figure in others],
        )


def no_number(what: str, share: Figure, base: Part, positive: Part | None = None) -> Finding:
    """A share that no number of its base gives: of those referred, or else of answers.

    ``positive``: those with a positive solution, of whom answers may be a share.
    """
    fit = share_of(positive, share) if positive and positive.only else base
    is_other = fit.source in ("rounded", "cut")
    return tell(
        "procent-omojlig",
        share.ref,
        "answers" if positive else "referred",
        "positive" if is_other else "mend",
        what=what,
        share=said(share),
        base=swedish(base.low),
        near=around(share, base.low),
        fits=counted(Of(fit.low, fit.whole.low)) if is_other and fit.whole else "",
        stated=Fraction(share.value),
        also=[base.figure.ref] if base.figure else [],
    )
