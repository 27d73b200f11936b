"""The weights of indicators: whole numbers on a scale, the usual one or the office's own.

One weight beyond the usual scale is a slip and is not counted; several different ones are a
scale of the office's own. Source: Samordningsförbundet Umeåregionen, årsredovisning 2021,
avsnitt 1.7.5 (weights 1–10, which the policy holds).

>>> scale_of([8, 10, 11], (1, 10)), scale_of([5, 20, 30, 45], (1, 10))
((1, 10), (1, 45))
>>> is_on(11, (1, 10)), is_on(8, (1, 10))
(False, True)
"""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.money import Exact

Scale = tuple[Exact, Exact]
"""The lowest and the highest weight."""
_SLIPS = 2
"""So many different weights beyond the usual scale may be slips."""


def scale_of(weights: Iterable[Exact | None], usual: Scale) -> Scale:
    """The scale that weights show; ``usual``: where they show no other."""
    beyond = {weight for weight in {*weights} if weight is not None and weight > usual[1]}
    return (usual[0], max(beyond)) if len(beyond) > _SLIPS else usual


def is_on(weight: Exact, scale: Scale) -> bool:
    """Whether a weight is a whole number on the scale."""
    return scale[0] <= weight <= scale[1] and weight.as_integer_ratio()[1] == 1
