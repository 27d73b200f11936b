"""Women and men, and "varav" lines, against the row they are part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed, placed
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_counts import CountRow, Figure
from finsam_xl.money import as_written, swedish
from finsam_xl.words.people import Sex, is_of, people_of
from finsam_xl.words.units import Unit


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Rows whose parts do not go into the whole."""
    for table in placed(materials, "participants", "text_figures"):
        for row in table.rows:
            yield from _women_and_men(row)
        inside: dict[int, list[CountRow]] = {}
        for row in table.rows:
            if row.parent is not None:
                inside.setdefault(row.parent, []).append(row)
        for parent, rows in inside.items():
            yield from _inside(table.rows[parent], rows)


def _women_and_men(row: CountRow) -> Iterator[Finding]:
    for field, whole in row.figures.items():
        name, at, period = field.partition("@")
        parts = [row.figures.get(f"{sex}{at}{period}") for sex in ("women", "men")]
        known = [part for part in parts if part is not None]
        if name != "all" or whole.is_percent or any(part.is_percent for part in known):
            continue
        if len(known) == 2:
            yield from _sexes(row, whole, known)
        elif known and known[0].value > whole.value:
            yield _larger(row.label, whole, known, "sex")


def _sexes(row: CountRow, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    together = parts[0].value + parts[1].value
    if together != whole.value:
        women, men = parts
        yield tell(
            "kon-summa-avviker",
            whole.ref,
            "total",
            "mend",
            what=f"”{row.label}”",
            women=_said(women),
            men=_said(men),
            together=as_written(together),
            whole=_said(whole),
            stated=Fraction(whole.value),
            calculated=Fraction(together),
            also=[part.ref for part in parts],
        )


def _inside(row: CountRow, inside: Sequence[CountRow]) -> Iterator[Finding]:
    for field, whole in row.figures.items():
        pairs = [
            (one, figure)
            for one in inside
            if (figure := one.figures.get(field))
            and figure.unit == whole.unit
            and figure.value >= 0
        ]
        too_large = [figure for _, figure in pairs if figure.value > whole.value]
        if too_large:
            yield _larger(row.label, whole, too_large, "line")
            continue
        women = [figure for one, figure in pairs if is_of(one.label, Sex.WOMEN)]
        men = [figure for one, figure in pairs if is_of(one.label, Sex.MEN)]
        if len(women) == len(men) == 1 and not whole.is_percent:
            yield from _sexes(row, whole, [*women, *men])
        yield from _parts(row, whole, [f for _, f in pairs if f not in women and f not in men])


def _parts(row: CountRow, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    """Parts that are together more than the whole, and more than rounding explains."""
    together = sum((Fraction(part.value) for part in parts), Fraction(0))
    slack = (len(parts) + 1) * whole.half_step if _is_rounded(whole) else 0
    if len(parts) > 1 and together - whole.value > slack and people_of(row.label) != "positive":
        yield _larger(row.label, whole, parts, "together")


def _is_rounded(figure: Figure) -> bool:
    return figure.unit in ("%", Unit.TKR, Unit.MKR)


def _larger(
    label: str, whole: Figure, parts: Sequence[Figure], what: Literal["sex", "line", "together"]
) -> Finding:
    together = sum((Fraction(part.value) for part in parts), Fraction(0))
    return tell(
        "del-storre-an-helhet",
        parts[0].ref,
        "sex" if what == "sex" else "line" if what == "line" else "together",
        "mend",
        row=label,
        whole=_said(whole),
        parts=listed([_said(part) for part in parts]),
        together=as_written(together),
        stated=together,
        calculated=Fraction(whole.value),
        also=[*(part.ref for part in parts[1:]), whole.ref],
    )


def _said(figure: Figure) -> str:
    return swedish(figure.value, min(figure.decimals, 2), "%" if figure.is_percent else "")
