"""Printed shares beside the counts of participants, each with the base that is part of it.

Codes: ``andel-avviker`` (the share is not that of its count), ``andel-avhuggen`` (it is cut off
instead of rounded).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.people import NAMES, Facts, base_of, facts
from finsam_xl.checks.printed import counted, fits, said
from finsam_xl.checks.related import placed
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import people_of

_SHARE_ENDS = (" andel", " procent", " %")


class _Base(NamedTuple):
    """A number that a share may be of, and what it is called."""

    number: Known
    name: str


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every share in a table of participants whose count and base are there."""
    for table in placed(materials, "participants"):
        for one in facts(table, sound=True):
            yield from _percent_columns(one)
        yield from _share_rows(table)


def _percent_columns(one: Facts) -> Iterator[Finding]:
    """The per cent beside each count: of exits, or of those with a positive solution."""
    for name, row in one.rows.items():
        base = base_of(name)
        share, number = row.figures.get("percent"), one.number(name)
        if base is None or share is None or number is None:
            continue
        of = one.number(base)
        if of is None or not share.is_percent:
            continue
        other = one.number("exits" if base == "positive" else "positive")
        hint = (
            f" {counted(number, other)}: andelen kan vara räknad på en annan bas."
            if other is not None and fits(share, number, other) == "rounded"
            else ""
        )
        refs = one.refs(name) + one.refs(base)
        yield from _share((row.label, share), number, _Base(of, NAMES[base]), refs, hint)


def _share_rows(table: Counts) -> Iterator[Finding]:
    """Rows such as "Avslutade till arbete, andel" against the count of the row they name."""
    counts: dict[tuple[str, str], CountRow] = {}
    exits: dict[str, CountRow] = {}
    for row in table.rows:
        label = normalise(row.label)
        share = row.figures.get("all")
        plain = next((label[: -len(end)] for end in _SHARE_ENDS if label.endswith(end)), None)
        if plain is None or share is None or not share.is_percent:
            counts[row.section, label] = row
            if people_of(row.label) in ("exits", "positive") and row.role == "line":
                exits[row.section] = row
            continue
        counted_row, whole = counts.get((row.section, plain)), exits.get(row.section)
        number = _all_of(counted_row)
        of = _all_of(whole)
        if counted_row is None or number is None or of is None:
            continue
        refs = [figure.ref for figure in counted_row.figures.values() if not figure.is_percent]
        name = whole.label if whole else ""
        yield from _share((counted_row.label, share), number, _Base(of, name), refs)


def _all_of(row: CountRow | None) -> Known | None:
    """The number of a row: its total, or its women and men."""
    if row is None:
        return None
    figure = row.figures.get("all")
    if figure is not None:
        return None if figure.is_percent else figure.value
    parts = [row.figures.get(sex) for sex in ("women", "men")]
    return known_sum(*(None if part is None or part.is_percent else part.value for part in parts))


def _share(
    stated: tuple[str, Figure], number: Known, base: _Base, refs: Sequence[Ref], hint: str = ""
) -> Iterator[Finding]:
    label, share = stated
    how = fits(share, number, base.number)
    if how == "rounded":
        return
    is_cut = how == "cut"
    tail = "Andelen är avhuggen, inte avrundad." if is_cut else f"Rätta andelen.{hint}"
    yield Finding.at(
        share.ref,
        "info" if is_cut else "warning",
        "andel-avhuggen" if is_cut else "andel-avviker",
        f"”{label}”: står {said(share)}, men {counted(number, base.number)} ({base.name}). {tail}",
        stated=exact(share.value),
        calculated=round(float(100 * number / base.number), 1),
        also=refs,
    )
