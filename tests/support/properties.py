"""Hypothesis without a clock: a busy machine is no fault in the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, settings
from hypothesis.strategies import SearchStrategy

_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def given(*strategies: SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``hypothesis.given`` with neither deadline nor complaint about slow generation."""

    def patient(test: Callable[..., None]) -> Callable[..., None]:
        return _PATIENT(hypothesis.given(*strategies)(test))

    return patient
