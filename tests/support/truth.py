"""What the truth about a practice workbook says: columns, rows, and the figures of its results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from finsam_xl.address import position
from finsam_xl.model_budget import Known
from finsam_xl.money import exact, parse_number
from finsam_xl.sheets.tables import Column, Table
from support.practice import Place, Workbook

_SPAN = re.compile(r"(\d{4})-(\d\d)(?:/|\.\.)(\d{4})-(\d\d)")
_PART = re.compile(r"(\d{4})-([TQK])(\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_LENGTHS = {"T": 4, "Q": 3, "K": 3}
_COLUMN = re.compile(r"[A-Z]+")
_ROOM = 0.0006
_ROOM_OF_A_SHARE = 0.0051


def months(period: object) -> set[tuple[int, int] | None]:
    """The first and last months that a period may mean; tertials may be so far or alone."""
    text = str(period)
    if period is None:
        return {None}
    if span := _SPAN.fullmatch(text):
        year, first, last_year, last = map(int, span.groups())
        return {(12 * year + first, 12 * last_year + last)}
    if part := _PART.fullmatch(text):
        year, length, number = int(part[1]), _LENGTHS[part[2]], int(part[3])
        last = 12 * year + length * number
        return {(12 * year + 1, last), (last - length + 1, last)}
    if month := _MONTH.fullmatch(text):
        return {(12 * int(month[1]) + int(month[2]),) * 2}
    return {(12 * int(text) + 1, 12 * int(text) + 12)} if text.isdigit() else {None}


def wrong_columns(
    wanted: Mapping[str, Any], found: Table
) -> Iterator[tuple[Mapping[str, Any], Column | None]]:
    """The columns that are read as something else, or not at all."""
    read = {column.number: column for column in found.columns}
    for one in wanted.get("columns", []):
        if one.get("scenario") in (None, "other"):
            continue
        column = read.get(position(f"{one['column']}1")[1])
        periods = [one.get("period"), *one.get("acceptable_periods", [])]
        is_right = (
            column is not None
            and column.scenario in {one["scenario"], *one.get("acceptable_scenarios", [])}
            and any(months(column.period) & months(period) for period in periods)
        )
        if not is_right:
            yield one, column


def wrong_rows(
    wanted: Mapping[str, Any], found: Table
) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """The rows that are read as something else, or not at all."""
    read = {row.row: row.role for row in found.rows}
    for row in wanted["rows"]:
        if row["role"] == "blank" or row.get("in_header") or row.get("repeats_header"):
            continue
        roles = {row["role"], *row.get("acceptable_roles", [])}
        role = read.get(row["row"])
        if role not in roles and not (row["role"] == "note" and role is None):
            yield row, role


def known_values(book: Workbook) -> dict[Place, list[tuple[Any, bool]]]:
    """The values that each derived cell may rightly hold, and whether they are shares."""
    found: dict[Place, list[tuple[Any, bool]]] = {}
    for table in book.tables:
        for group, is_share in (("totals", False), ("derived", True), ("index", False)):
            for one in table.get(group, []):
                place = (table["sheet"], *position(one["cell"]))
                of_amounts = not is_share or one["rule"] == "deviation"
                found.setdefault(place, []).append((one["value"], not of_amounts))
    return found


def jobs(book: Workbook) -> Iterator[list[Place]]:
    """The totals of a column, and then its deviations or shares: what is emptied together."""
    wrong = {(one["sheet"], *position(one["cell"])) for one in book.truth.get("findings", [])}
    for table in book.tables:
        closed = {c["column"] for c in table.get("columns", []) if c.get("no_blanking")}
        groups: dict[tuple[str, str], list[Place]] = {}
        for group in ("totals", "derived"):
            for one in table.get(group, []):
                place = (table["sheet"], *position(one["cell"]))
                column = _COLUMN.match(one["cell"])
                assert column is not None
                if column[0] in closed or one.get("blank") or _rests_on(book, place, wrong):
                    continue
                if place not in groups.get(("totals", column[0]), []):
                    groups.setdefault((group, column[0]), []).append(place)
        yield from groups.values()


def _rests_on(book: Workbook, place: Place, wrong: set[Place]) -> bool:
    """Whether a cell is wrong on purpose, or follows from one that is."""
    if place in wrong:
        return True
    for table in book.tables:
        for one in (*table.get("totals", []), *table.get("derived", [])):
            if (table["sheet"], *position(one["cell"])) == place:
                parts = [*one.get("of", []), *one.get("minus", [])]
                parts += [one[k] for k in ("outcome", "budget", "part", "whole") if k in one]
                here = ((table["sheet"], *position(p)) for p in parts if "!" not in p)
                if any(_rests_on(book, part, wrong) for part in here):
                    return True
    return False


def holds(new: object, wanted: object, is_share: bool) -> bool:
    """Whether a figure, or a word, is what is wanted, as it may be rounded."""
    figure, value = number(new), number(wanted)
    if figure is None or value is None:
        return said(new) == said(wanted)
    if is_share:
        return any(
            abs(float(figure - times * value)) <= times * _ROOM_OF_A_SHARE for times in (1, 100)
        )
    return abs(float(figure - value)) <= _ROOM


def number(value: object) -> Known | None:
    """A figure, or what a text shows."""
    if isinstance(value, str):
        shown = parse_number(value)
        return None if shown is None else exact(shown.value)
    return exact(value) if isinstance(value, int | float) else None


def said(value: object) -> object:
    """A verdict, a figure or a text, however it is written."""
    shown = number(value)
    if value in (True, "Ja"):
        return "ja"
    if value in (False, "Nej"):
        return "nej"
    return round(float(shown), 3) if shown is not None else value
