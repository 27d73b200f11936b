"""A tidy table as a file: CSV, Excel or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from finsam_xl.errors import InputError
from finsam_xl.export.columns import Column
from finsam_xl.export.figures import Line

MOST_ROWS = 1_048_575
"""As many rows as a sheet has below its headings."""
_SHEET = "Siffror"


def content(target: Path, lines: Sequence[Line], columns: Sequence[Column]) -> bytes:
    """The bytes of a tidy table in the format that a file's name asks for.

    Raises ``InputError`` for another ending, for more rows than a sheet has, and where the
    libraries of a format are not installed.
    """
    return _writer(target)(lines, columns)


def refuse_ending(target: Path) -> None:
    """Raise ``InputError`` for a file that no tidy table is written to."""
    _writer(target)


def _writer(target: Path) -> Callable[[Sequence[Line], Sequence[Column]], bytes]:
    found = _WRITERS.get(target.suffix.lower())
    if found is None:
        raise InputError(
            f"Filen ska sluta på {', '.join(_WRITERS)}.",
            where=str(target),
            remedy="Ändra namnet efter --till.",
        )
    return found


def csv_lines(lines: Sequence[Line]) -> str:
    """Lines of a CSV file: commas, decimal points, whole numbers without decimals."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([map(_plain, line) for line in lines])
    return stream.getvalue()


def _plain(value: str | float | None) -> str | float | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _csv(lines: Sequence[Line], columns: Sequence[Column]) -> bytes:
    headings = tuple(column.name for column in columns)
    return csv_lines([headings, *lines]).encode()


def _xlsx(lines: Sequence[Line], columns: Sequence[Column]) -> bytes:
    from finsam_xl.hosts.ooxml.datatable import data_book

    if len(lines) > MOST_ROWS:
        raise InputError(
            f"Ett blad i Excel rymmer inte {len(lines)} rader.",
            remedy="Skriv till en fil som slutar på .csv eller .parquet i stället.",
        )
    return data_book(_SHEET, columns, lines)


def _parquet(lines: Sequence[Line], columns: Sequence[Column]) -> bytes:
    from finsam_xl.export.frames import of_lines

    frame = of_lines(lines, columns)
    stream = io.BytesIO()
    try:
        frame.to_parquet(stream, engine="pyarrow", index=False)
    except ImportError as error:
        raise InputError(
            "Parquet kräver biblioteket pyarrow, som inte är installerat.",
            remedy='Installera det med: pip install "finsam-xl[parquet]" – eller skriv till .csv.',
        ) from error
    return stream.getvalue()


_WRITERS: Mapping[str, Callable[[Sequence[Line], Sequence[Column]], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
}
