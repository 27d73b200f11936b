"""Tidy tables as pandas frames: the only place where pandas is imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from finsam_xl.errors import InputError
from finsam_xl.export.columns import FIGURES, FINDINGS, Column, Holds
from finsam_xl.export.figures import Figure, Line
from finsam_xl.model import Finding, Ref

if TYPE_CHECKING:
    import pandas as pd

    Frame: TypeAlias = pd.DataFrame


def of_figures(figures: Iterable[Figure], file: str) -> Frame:
    """A frame of the figures of one file, with the columns of ``columns.FIGURES``."""
    return of_lines([one.line(file) for one in figures], FIGURES)


def of_findings(findings: Iterable[Finding], file: str) -> Frame:
    """A frame of findings, with the columns of ``columns.FINDINGS``."""
    return of_lines([_line(one, file) for one in findings], FINDINGS)


def of_lines(lines: Sequence[Line], columns: Sequence[Column]) -> Frame:
    """A frame of lines: numbers as 64 bit floats with gaps, all else as text.

    Raises ``InputError`` where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise InputError(
            "En dataram kräver biblioteket pandas, som inte är installerat.",
            remedy='Installera det med: pip install "finsam-xl[data]"',
        ) from error
    held = zip(*lines, strict=True) if lines else [()] * len(columns)
    return pd.DataFrame(
        {
            column.name: pd.Series(values, dtype=_DTYPES[column.holds])
            for column, values in zip(columns, held, strict=True)
        }
    )


_DTYPES = {Holds.TEXT: str, Holds.NUMBER: "float64"}


def _line(one: Finding, file: str) -> Line:
    numbers = (one.stated, one.calculated, one.difference)
    return (
        one.file or file,
        one.severity,
        one.code,
        one.sheet or "",
        one.cell or "",
        *(None if isinstance(number, str) else number for number in numbers),
        one.message,
        " ".join(ref.seen_from(_place(one)) for ref in one.also),
    )


def _place(one: Finding) -> Ref:
    return Ref(one.sheet or "", one.cell or "", one.file or "")
