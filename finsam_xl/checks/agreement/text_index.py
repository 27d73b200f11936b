"""What running text says of the Impactindex, the goals and the board, against what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.goals.index_tables import Block, blocks, find_block
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import lines, placed, same_period
from finsam_xl.checks.stated import is_about, period_of
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import as_written, exact, round_half_away

_INDEX = re.compile(r"^(?:impactindex|index)(?: (?:för )?(?P<area>.+?))?(?: (?:i )?förbundet)?$")
_TOTALS = (
    (re.compile(r"^(?:antal )?indikatorer(?: i (?:den )?sociala budgeten)?$"), "indicators"),
    (re.compile(r"^(?:antal )?mål i (?:den )?sociala budgeten$"), "goals"),
    (re.compile(r"^(?:antal )?målområden(?: i (?:den )?sociala budgeten)?$"), "areas"),
    (re.compile(r"^(?:totalt )?maximalt impactvärde(?: totalt)?$"), "maximum"),
    (re.compile(r"^(?:totalt )?uppnått impactvärde(?: totalt)?$"), "achieved"),
)
_ADDED = {name for _, name in _TOTALS} - {"areas"}
_LISTED = re.compile(r"\b(?:uppräknad[ea]?|räknat|räknade)\b")
_SHORT = 2
_SHORTEST_STEM = 6


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every figure in running text about the index, and numbers that are also listed."""
    found = blocks(materials)
    rows = {normalise(u.unit): len(u.judgements) for m in materials for u in m.units}
    for table in placed(materials, "text_figures"):
        for row, figure in table.column("value"):
            near = [b for b in found if same_period(b.table.period, period_of(table, row))]
            if near and not is_about(row) and not figure.is_percent:
                yield from _index(row, figure, near)
                yield from _total(row, figure, near, rows)
        yield from _listed(table)


def _index(row: CountRow, figure: Figure, near: Sequence[Block]) -> Iterator[Finding]:
    """An index of a unit, in total or of a goal area."""
    is_heading = _heading_of(row, near[0].table) == "index"
    match = _INDEX.match("index" if is_heading else normalise(row.label))
    if match is None:
        return
    where = row.texts.get("where", "")
    block = find_block(f"{row.label} {where}", near) or _whole(near, where)
    if block is None:
        return
    area = match.group("area")
    own = block.area(area) if area and area != "förbundet" else block.total
    index = block.index_of(own)
    if own is None or index is None:
        return
    calculated = exact(round_half_away(index, figure.decimals))
    if calculated != figure.value:
        refs = [own.figures[field].ref for field in ("index", "achieved") if field in own.figures]
        yield _other(row, figure, calculated, refs, block.unit)


def _heading_of(row: CountRow, table: Counts) -> str | None:
    """The field whose heading in a table a label says over again."""
    label = normalise(row.label)
    fields = (field for field, text in table.headings.items() if normalise(text) == label)
    return next(fields, None)


def _whole(near: Sequence[Block], where: str) -> Block | None:
    """The association, where the section is no more than a number."""
    is_numbered = not any(letter.isalpha() for letter in where)
    return next((one for one in near if one.is_association), None) if is_numbered else None


def _total(
    row: CountRow, figure: Figure, near: Sequence[Block], rows: dict[str, int]
) -> Iterator[Finding]:
    """A number for the whole social budget against the association's total row."""
    label = normalise(row.label)
    whole = next((one for one in near if one.is_association), None)
    if whole is None:
        return
    named = _heading_of(row, whole.table)
    worded = next((name for pattern, name in _TOTALS if pattern.match(label)), None)
    field = worded or (named if named in _ADDED else None)
    if field is None:
        return
    own = whole.total.figures.get(field) if whole.total else None
    number = len(lines(whole.table)) if field == "areas" else own.value if own else None
    if number is None or number == figure.value:
        return
    refs = [own.ref] if own else [line.ref for line in lines(whole.table)]
    known = rows.get(normalise(whole.unit), figure.value)
    if field == "indicators" and figure.value > number and known == figure.value:
        yield tell(
            "indikatorer-ej-matta",
            figure.ref,
            label=row.label,
            stated=exact(figure.value),
            calculated=exact(number),
            also=refs,
        )
    else:
        yield _other(row, figure, exact(number), refs)


def _other(
    row: CountRow, figure: Figure, number: Fraction, refs: Sequence[Ref], unit: str = ""
) -> Finding:
    return tell(
        "text-avviker",
        figure.ref,
        "of_unit" if unit else "differs",
        "older",
        label=row.label,
        said=as_written(figure.value),
        listed=as_written(number),
        unit=unit,
        stated=exact(figure.value),
        calculated=number,
        also=refs,
    )


def _listed(table: Counts) -> Iterator[Finding]:
    """A number in the text, and a row that says it counts those who are listed."""
    counted = [pair for pair in table.column("value") if _LISTED.search(normalise(pair[0].label))]
    if not counted:
        return
    for row, figure in table.column("value"):
        if figure.is_percent or is_about(row):
            continue
        for other, number in counted:
            if other is row or not _is_same(row, other) or figure.value == number.value:
                continue
            if not same_period(period_of(table, row), period_of(table, other)):
                continue
            yield tell(
                "antal-mot-lista",
                figure.ref,
                label=row.label,
                listed=other.label,
                stated=exact(figure.value),
                calculated=exact(number.value),
                also=[number.ref],
            )


def _is_same(row: CountRow, other: CountRow) -> bool:
    """Whether every word of a label is found, as a stem, in that of the listed."""
    words = [word for word in normalise(row.label).split() if len(word) > _SHORT]
    others = normalise(other.label).split()
    is_listed = _LISTED.search(normalise(row.label)) is not None
    return bool(words) and not is_listed and all(_has(others, word) for word in words)


def _has(words: Sequence[str], wanted: str) -> bool:
    stem = wanted[: max(_SHORTEST_STEM, len(wanted) - 1)]
    return any(word.startswith(stem) for word in words)
