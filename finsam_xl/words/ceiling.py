"""The rows, or columns, of a table of the recommended ceiling of equity.

>>> step_of("Eget kapital på maximalt (tkr)"), step_of("Redovisat eget kapital 2021-12-31 (tkr)")
(<Step.CEILING: 'ceiling'>, <Step.EQUITY: 'equity'>)
>>> step_of("Andel av tilldelning över brytpunkten (%)")
<Step.UPPER_SHARE: 'upper_share'>
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Step(StrEnum):
    """What a row is: what the fees are, what the rule says, what it gives, and what there is."""

    FEES = "fees"
    LIMIT = "limit"
    STEP = "step"
    LOWER_SHARE = "lower_share"
    UPPER_SHARE = "upper_share"
    LOWER = "lower"
    UPPER = "upper"
    CEILING = "ceiling"
    EQUITY = "equity"
    ROOM = "room"
    BESIDE = "beside"


_STEPS = Axis("ceiling", Step)


def step_of(label: str) -> Step | None:
    """What a label is in such a table."""
    return _STEPS.value(label)
