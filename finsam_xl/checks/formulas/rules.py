"""What looks wrong in formulas: lines left out, broken patterns, and references that lead astray.

Rings of formulas are found by :mod:`finsam_xl.checks.rings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.checks.formulas import links, neighbours, runs, sums
from finsam_xl.checks.formulas.sheet import FormulaSheet, Place, first_of, sheets
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed
from finsam_xl.checks.rings import FormulaCell
from finsam_xl.findings import tell
from finsam_xl.formulas.prefixes import workbooks
from finsam_xl.formulas.shapes import Shape
from finsam_xl.model import Finding, Ref, shortened
from finsam_xl.money import exact, parse_number, trimmed
from finsam_xl.periods import is_year

EXPLAINS = (
    "summa-utelamnar-rad", "formel-avviker", "delsumma-dubbelt", "hanvisning-bruten",
    "summa-utelamnar-kolumn", "lank-avviker",
)  # fmt: skip
"""Codes that say why a sum differs: at their places nothing more need be said of the sum."""
_PLAIN = frozenset({"SUM", "ROUND", "ABS", "INT"})


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Everything worth saying about the formulas of each workbook."""
    for material in materials:
        known = {sheet.name.lower(): sheet for sheet in sheets(material)}
        for sheet in known.values():
            yield from material.own(_of_sheet(sheet, known, material))
        yield from material.own(_external(material.formulas))


def _of_sheet(
    sheet: FormulaSheet, known: dict[str, FormulaSheet], material: Material
) -> Iterator[Finding]:
    short = list(_left_out(sheet))
    spoken = {ref.cell for one in short for ref in (Ref("", one.cell or ""), *one.also)}
    yield from short
    told = [*sums.check(sheet), *links.astray(sheet, known)]
    spoken |= {ref.cell for one in told for ref in (Ref("", one.cell or ""), *one.also)}
    yield from told
    beside = [f for f in neighbours.deviating(sheet) if f.cell not in spoken]
    yield from beside
    yield from runs.deviating(sheet, {*spoken, *(one.cell or "" for one in beside)})
    judged = neighbours.judged(material.budgets, sheet.name)
    yield from neighbours.typed(sheet, judged)
    yield from _astray(sheet, known)


# Lines left out ----------------------------------------------------------------------------


def _left_out(sheet: FormulaSheet) -> Iterator[Finding]:
    """A warning per row of sums that leaves the same lines out."""
    found: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for row, column in sheet.shapes:
        rows = _skipped(sheet, (row, column))
        if not rows or _is_beside(sheet, (row, column), rows):
            continue
        if _changes_the_sum(sheet, (row, column), rows):
            found.setdefault((row, tuple(rows)), []).append(column)
    for (row, skipped), columns in found.items():
        first = columns[0]
        missing = sum(exact(sheet.typed((one, first)) or 0) for one in skipped)
        yield tell(
            "summa-utelamnar-rad",
            sheet.ref((row, first)),
            "several" if len(skipped) > 1 else "one",
            names=listed([f"”{shortened(sheet.label((one, first)))}”" for one in skipped]),
            cells=", ".join(sheet.ref((one, first)).cell for one in skipped),
            missing=trimmed(missing),
            stated=f"={sheet.formulas[row, first].text}",
            also=[sheet.ref((row, column)) for column in columns[1:]],
        )


def _skipped(sheet: FormulaSheet, place: Place) -> list[int]:
    """The rows a sum of its own column leaves out though they stand among what it adds."""
    row, column = place
    added_up = sheet.adds(sheet.formulas[place].text)
    blocks = [part.area for part in added_up]
    if (
        not blocks
        or any(part.sign < 0 for part in added_up)
        or sheet.shapes[place].skeleton == "#"
        or any(not sheet.is_here(one) or not one.left == one.right == column for one in blocks)
    ):
        return []
    added = {number for one in blocks for number in range(one.top, one.bottom + 1)}
    top, bottom = min(added), max(added)
    gaps = [number for number in range(top, bottom) if number not in added]
    if gaps:
        inside = len(gaps) == 1 < len(added) - 1
        return gaps if inside and sheet.is_line((gaps[0], column)) else []
    if len(blocks) > 1 or row < top:
        return []
    below = list(range(bottom + 1, row))
    if below:
        return below if all(sheet.is_line((number, column)) for number in below) else []
    return [top - 1] if _is_first_line(sheet, top - 1, column) else []


def _is_beside(sheet: FormulaSheet, place: Place, rows: Sequence[int]) -> bool:
    """Whether another formula of the column reckons with both the sum and a row left out of it.

    A result is income and the sum of the costs: income is no cost that is left out.
    """
    left_out = {(row, place[1]) for row in rows}
    return any(place in cells and left_out & cells for cells in sheet.reckoned.get(place[1], ()))


def _is_first_line(sheet: FormulaSheet, row: int, column: int) -> bool:
    """Whether a row right above what is added is the first of the same lines."""
    number = sheet.typed((row, column))
    if number is None or is_year(number) or row - 1 in sheet.with_amounts:
        return False
    return sheet.is_line((row, column))


def _changes_the_sum(sheet: FormulaSheet, place: Place, rows: Sequence[int]) -> bool:
    """Whether what is left out is something, and no repetition of the sum itself."""
    amounts = [sheet.typed((row, place[1])) or 0 for row in rows]
    return any(amounts) and sum(amounts) != sheet.number(place)


# References that lead astray ---------------------------------------------------------------


def _astray(sheet: FormulaSheet, known: dict[str, FormulaSheet]) -> Iterator[Finding]:
    """Formulas that look at nothing, or reckon with words: one finding per cell looked at."""
    empty: dict[tuple[str, Place], list[FormulaCell]] = {}
    words: dict[tuple[str, Place], list[FormulaCell]] = {}
    for place, shape in sheet.shapes.items():
        if not shape.functions <= _PLAIN or "&" in shape.skeleton:
            continue
        for one in shape.references:
            other = known.get((one.area.sheet or sheet.name).lower())
            target = (one.area.top, one.area.left)
            if other is None or not one.area.is_single or target in other.formulas:
                continue
            value = other.value(target)
            if value is None and not other.label(target):
                empty.setdefault((other.name, target), []).append(sheet.formulas[place])
            elif isinstance(value, str) and "SUM" not in shape.functions and _is_word(value, shape):
                words.setdefault((other.name, target), []).append(sheet.formulas[place])
    for (name, target), formulas in empty.items():
        first, *others = formulas
        yield tell(
            "formel-tom-cell",
            first.ref,
            formula=f"={shortened(first.text)}",
            place=known[name.lower()].ref(target).seen_from(first.ref),
            stated=f"={first.text}",
            also=[one.ref for one in others],
        )
    for (name, target), formulas in words.items():
        first, *others = formulas
        there = known[name.lower()]
        yield tell(
            "formel-raknar-med-text",
            first.ref,
            formula=f"={shortened(first.text)}",
            place=there.ref(target).seen_from(first.ref),
            word=shortened(str(there.value(target))),
            stated=f"={first.text}",
            also=[one.ref for one in others],
        )


def _is_word(value: str, shape: Shape) -> bool:
    """Whether arithmetic is done with a text that is no number and no error value."""
    # A plus before the first reference is a habit of typing, and calculates nothing.
    signs = set(shape.skeleton.lstrip("+"))
    arithmetic = bool(set("+-*/^") & signs) and not set("<>=") & set(shape.skeleton)
    text = value.strip()
    return arithmetic and not text.startswith("#") and parse_number(text) is None


def _external(formulas: Iterable[FormulaCell]) -> Iterator[Finding]:
    """A note per other workbook whose cells are looked at."""
    found: dict[str, list[FormulaCell]] = {}
    for one in formulas:
        if "[" in one.text:
            for name in workbooks(one.text):
                found.setdefault(name, []).append(one)
    for name, using in found.items():
        yield tell(
            "extern-lank",
            using[0].ref,
            "several" if len(using) > 1 else "one",
            count=len(using),
            cells=first_of([one.ref for one in using]),
            book=name,
            stated=f"={using[0].text}",
            also=[one.ref for one in using[1:]],
        )
