"""A tidy table as a file: CSV or Excel, for people or for programs, or Parquet for programs.

For people is as Swedish Excel reads and writes it: Swedish headings and words, and a CSV file with
semicolons and decimal commas that begins with what tells its letters. For programs the headings
are the names of ``columns``, and a CSV file has commas and decimal points.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from finsam_xl.errors import InputError
from finsam_xl.export import swedish
from finsam_xl.export.columns import Column, Holds
from finsam_xl.export.figures import Line

MOST_ROWS = 1_048_575
"""As many rows as a sheet has below its headings."""
_SHEET = "Siffror"
_FORMULA = ("=", "+", "-", "@", "\t")
_NUMBER = re.compile(r"-?\d+(?:,\d+)?(?:[Ee][+-]?\d+)?")
_Writer = Callable[[Sequence[Line], Sequence[Column], bool], bytes]


def content(
    target: Path, lines: Sequence[Line], columns: Sequence[Column], *, is_data: bool = False
) -> bytes:
    """The bytes of a tidy table in the format that a file's name asks for.

    ``is_data``: for programs. Raises ``InputError`` for another ending, for more rows than a
    sheet has, and where the libraries of a format are not installed.
    """
    return _writer(target)(lines, columns, is_data)


def refuse_ending(target: Path) -> None:
    """Raise ``InputError`` for a file that no tidy table is written to."""
    _writer(target)


def _writer(target: Path) -> _Writer:
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


def heading_of(columns: Sequence[Column], *, is_data: bool) -> str:
    """The first line of a CSV file."""
    if is_data:
        return csv_lines([tuple(column.name for column in columns)])
    return "\ufeff" + _in_swedish([tuple(one.name for one in swedish.headings(columns))])


def swedish_lines(data: str, columns: Sequence[Column]) -> str:
    """The lines of a CSV file for programs as Swedish Excel has them."""
    is_number = [column.holds is Holds.NUMBER for column in columns]
    rows = [
        tuple(
            text.replace(".", ",") if number else text
            for number, text in zip(is_number, row, strict=True)
        )
        for row in csv.reader(io.StringIO(data))
    ]
    return _in_swedish(swedish.told(rows, columns))


def _in_swedish(rows: Iterable[Line]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([map(_text, row) for row in rows])
    return stream.getvalue()


def _text(value: str | float | None) -> str | float | None:
    """A text that is no formula to Excel, whatever it begins with."""
    is_formula = isinstance(value, str) and value[:1] in _FORMULA and not _NUMBER.fullmatch(value)
    return f" {value}" if is_formula else value


def _csv(lines: Sequence[Line], columns: Sequence[Column], is_data: bool) -> bytes:
    head, below = heading_of(columns, is_data=is_data), csv_lines(lines)
    return (head + (below if is_data else swedish_lines(below, columns))).encode()


def _xlsx(lines: Sequence[Line], columns: Sequence[Column], is_data: bool) -> bytes:
    from finsam_xl.hosts.ooxml.datatable import data_book

    if len(lines) > MOST_ROWS:
        raise InputError(
            f"Ett blad i Excel rymmer inte {len(lines)} rader.",
            remedy="Skriv till en fil som slutar på .csv eller .parquet i stället.",
        )
    if is_data:
        told = [swedish.Told(one.name, one.heading, one.holds, one.meaning) for one in columns]
        return data_book(_SHEET, told, lines)
    return data_book(_SHEET, swedish.headings(columns), swedish.told(lines, columns))


def _parquet(lines: Sequence[Line], columns: Sequence[Column], _is_data: bool) -> bytes:
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


_WRITERS: Mapping[str, _Writer] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
}
