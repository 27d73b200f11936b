"""Why a cell is left blank, in words a finance officer knows: one finding per table and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from finsam_xl.findings import tell
from finsam_xl.findings.reasons import Reason, said
from finsam_xl.model import Finding, Ref, Severity
from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple

Blank = Literal["sum", "deviation", "share", "fee"]
"""What a cell that may be filled in is."""
_CODES = {
    "sum": "summa-tom",
    "deviation": "avvikelse-tom",
    "share": "andel-tom",
    "fee": "avgift-tom",
}
OF_BLANKS = (Reason.STALE, Reason.PART_BLANK)
"""Why a formula's figure means nothing: what it looks at is blank."""


class Doubt(NamedTuple):
    """A reason to leave a cell blank; ``detail`` names the place that raised it.

    ``words``: what fills the braces of the reason.
    """

    reason: Reason
    detail: str = ""
    severity: Severity = "info"
    words: Mapping[str, object] = MappingProxyType({})


def because(reason: Reason, *, severity: Severity = "info", **words: object) -> Doubt:
    """A doubt whose reason has words to fill in."""
    return Doubt(reason, severity=severity, words=words)


class Verdict(NamedTuple):
    """A figure that may be written, or the doubt that forbids it; neither where all is blank."""

    amount: Amount = None
    doubt: Doubt | None = None


class LeftBlank(NamedTuple):
    """A cell that is not filled in: what it would have been, and why not."""

    ref: Ref
    kind: Blank
    what: str
    doubt: Doubt


def findings(left: Iterable[LeftBlank]) -> Iterator[Finding]:
    """One note for each reason in a table, at its first cell; the other cells are named with it."""
    groups: dict[tuple[str, Blank, str], list[LeftBlank]] = {}
    for one in left:
        why = said(one.doubt.reason, one.doubt.words).why
        groups.setdefault((one.ref.sheet, one.kind, why), []).append(one)
    for (_, kind, why), (first, *others) in groups.items():
        doubt = first.doubt
        do = said(doubt.reason, doubt.words).do
        yield tell(
            _CODES[kind],
            first.ref,
            "more" if others else "one",
            "do" if do else "ask",
            severity=doubt.severity,
            what=first.what,
            others=len(others),
            why=f"{why} ({doubt.detail})" if doubt.detail else why,
            do=do,
            also=[one.ref for one in others],
        )
