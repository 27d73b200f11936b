"""Grades of goals as people type them: the words of the scale, or its steps.

>>> grade_of("Till stor del"), grade_of(5), grade_of("2 – till liten del")
(<Grade.LARGE: 'Till stor del'>, <Grade.WHOLLY: 'Helt och hållet'>, <Grade.SMALL: 'Till liten del'>)
>>> grade_of("Ja"), grade_of(6)
(None, None)
"""

from __future__ import annotations

import re
from functools import lru_cache

from finsam_xl.calc.strategic_goals import Grade
from finsam_xl.labels import normalise
from finsam_xl.sheets.grid import Value

_STEPS = tuple(Grade)
_NUMBERED = re.compile(r"([1-5])\s*[-–.:)=]?\s*(.*)")


def step_of(grade: Grade) -> int:
    """The step of a grade on its scale, from 1."""
    return _STEPS.index(grade) + 1


def grade_of(value: Value) -> Grade | None:
    """The grade that a cell holds; ``None`` for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        is_step = value == int(value) and 1 <= value <= len(_STEPS)
        return _STEPS[int(value) - 1] if is_step else None
    return _in_words(value)


@lru_cache(maxsize=1024)
def _in_words(text: str) -> Grade | None:
    words = normalise(text)
    named = next((grade for grade in Grade if normalise(grade) == words), None)
    numbered = _NUMBERED.fullmatch(words)
    if named is not None or numbered is None:
        return named
    step = _STEPS[int(numbered.group(1)) - 1]
    rest = numbered.group(2)
    return step if not rest or normalise(step) == rest else None
