"""Do the platforms come to what is stated for the association?

The shares are turned into spans of whole numbers first, and only a figure outside the sum of
the spans is told. Counts are also held against what they are part of and the table's own total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import ASSOCIATION, FIELD_NAMES, PLATFORM
from finsam_xl.checks.people.printed import said, span
from finsam_xl.checks.people.rows import Facts, association
from finsam_xl.checks.people.wholes import Parts, larger, not_sums, share_of, solve, together
from finsam_xl.checks.related import distinct, find_unit, lines, listed, placed, same_period
from finsam_xl.checks.stated import platform_shares
from finsam_xl.findings import tell
from finsam_xl.labels import capital
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish
from finsam_xl.records import NamedTuple

_DOUBTFUL = ("impossible", "cut")


class _Gap(NamedTuple):
    """A field whose stated number lies outside the span that the platforms leave."""

    field: str
    low: int
    high: int
    stated: Known
    refs: tuple[Ref, ...]

    @property
    def text(self) -> str:
        """What the platforms give and what the association has."""
        given = span(self.low, self.high)
        return f"{FIELD_NAMES[self.field]} {given} mot {swedish(self.stated)}"


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table of platforms by itself, then against the association's of the same year."""
    yield from _counts(materials)
    wholes = association(materials)
    texts = placed(materials, "text_figures")
    for table in placed(materials, "platforms"):
        whole = next((one for one in wholes if same_period(one.table.period, table.period)), None)
        rows = lines(table)
        if whole is None or len(rows) < 2 or not all(solve(row.figures, PLATFORM) for row in rows):
            continue
        near = [one for one in texts if same_period(one.period, table.period)]
        yield from _against(rows, whole, _told(rows, near))


def _told(rows: Sequence[CountRow], texts: Sequence[Counts]) -> list[dict[str, Figure]]:
    """Shares that the running text gives a platform and that whole numbers can give."""
    names = distinct([row.label for row in rows])
    told: list[dict[str, Figure]] = [{} for _ in rows]
    for field, share, where in platform_shares(texts):
        index = find_unit(where, names)
        if index is None:
            continue
        whole = solve(rows[index].figures, PLATFORM)[PLATFORM.of[field]]
        if whole.only and share_of(whole, share).source == "rounded":
            told[index][field] = share
    return told


def _against(
    rows: Sequence[CountRow], whole: Facts, told: Sequence[Mapping[str, Figure]]
) -> Iterator[Finding]:
    plain = [solve(row.figures, PLATFORM) for row in rows]
    loose = any(part.source == "cut" for parts in plain for part in parts.values())
    printed = [solve(row.figures, PLATFORM, loose=loose) for row in rows]
    better = [
        {field: share for field, share in texts.items() if parts[field].source == "impossible"}
        for texts, parts in zip(told, plain, strict=True)
    ]
    mended = [
        solve({**row.figures, **texts}, PLATFORM, loose=loose) or parts
        for row, texts, parts in zip(rows, better, printed, strict=True)
    ]
    gaps, left = _gaps(printed, whole), _gaps(mended, whole)
    suspects = [index for index, parts in enumerate(plain) if _is_doubtful(parts)]
    if len(suspects) == 1:
        suspect = suspects[0]
        mine = [gap for gap in gaps if _touches(plain[suspect], gap.field)]
        later = [gap for gap in left if gap.field not in {one.field for one in gaps}]
        if mine or later:
            yield _one_row(rows[suspect], (mine, later, left), better[suspect])
        gaps = [gap for gap in gaps if gap not in mine]
    for gap in gaps:
        yield _one_field(gap, printed)


def _is_doubtful(parts: Parts) -> bool:
    """Whether a share that others rest on cannot be right."""
    return any(parts[field].source == "impossible" for field in ("positive", "work", "studies"))


def _touches(parts: Parts, field: str) -> bool:
    """Whether a row's figure, or what it is a share of, cannot be right."""
    base = field.removesuffix("_women")
    return "impossible" in (parts[field].source, parts[base].source)


def _gaps(sheet: Sequence[Parts], whole: Facts) -> list[_Gap]:
    """The fields that do not fit; not those whose base already does not."""
    found: list[_Gap] = []
    for field, (concept, column) in ASSOCIATION.items():
        stated = whole.number(concept, column)
        if stated is None or not any(parts[field].figure for parts in sheet):
            continue
        low, high = together(parts[field] for parts in sheet)
        base = PLATFORM.of.get(field, "")
        is_caused = {base, PLATFORM.of.get(base), "exits"} & {gap.field for gap in found}
        if not low <= stated <= high and not is_caused:
            found.append(_Gap(field, low, high, stated, tuple(whole.refs(concept, column))))
    return found


def _one_row(
    row: CountRow,
    gaps: tuple[Sequence[_Gap], Sequence[_Gap], Sequence[_Gap]],
    told: Mapping[str, Figure],
) -> Finding:
    """All that a platform's impossible shares cause, in one finding."""
    printed, later, left = gaps
    every = (*printed, *later)
    fields = [gap.field for gap in every]
    still = {gap.field for gap in left}
    solved = [FIELD_NAMES[gap.field] for gap in printed if gap.field not in still]
    shares = [f"{FIELD_NAMES[field]} {said(share)}" for field, share in told.items()]
    places = [row.figures[field].ref for field in fields if field in row.figures]
    also = [*places[1:], *(ref for gap in every for ref in gap.refs)]
    first = every[0]
    return tell(
        "plattformar-avviker",
        places[0] if places else row.ref,
        "row" if printed else "alone",
        "suspect" if not told else "mended" if solved else "unmended",
        "broken" if told and later else "mend",
        row=row.label,
        gaps=listed([gap.text for gap in printed]),
        shares=listed(shares),
        solved=listed(solved),
        later=listed([gap.text for gap in later]),
        stated=span(first.low, first.high),
        calculated=Fraction(first.stated),
        also=[*also, *(share.ref for share in told.values())],
    )


def _one_field(gap: _Gap, sheet: Sequence[Parts]) -> Finding:
    """A field where no single platform stands out: the most doubtful share is named first."""
    parts = [one[gap.field] for one in sheet]
    figures = [part.figure for part in parts if part.figure is not None]
    doubtful = [p.figure for p in parts if p.figure is not None and p.source in _DOUBTFUL]
    first = (doubtful or figures)[0]
    is_counted = all(part.source == "counted" for part in parts)
    name = FIELD_NAMES[gap.field]
    return tell(
        "plattformar-avviker",
        first.ref,
        "counts" if is_counted else "shares",
        "look",
        severity="error" if is_counted else "warning",
        what=capital(name),
        given=span(gap.low, gap.high),
        whole=swedish(gap.stated),
        places="–".join(dict.fromkeys(figures[at].ref.cell for at in (0, -1))),
        stated=span(gap.low, gap.high),
        calculated=Fraction(gap.stated),
        also=[*(f.ref for f in figures if f is not first), *gap.refs],
    )


def _counts(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table of platforms."""
    for table in placed(materials, "platforms"):
        for row in table.rows:
            for part, of in larger(row, PLATFORM.of):
                yield _larger(row, part, of)
        yield from _own_total(table)


def _larger(row: CountRow, part: Figure, of: Figure) -> Finding:
    return tell(
        "del-storre-an-helhet",
        part.ref,
        "count",
        row=row.label,
        stated=exact(part.value),
        calculated=exact(of.value),
        also=[of.ref],
    )


def _own_total(table: Counts) -> Iterator[Finding]:
    """The table's own total row against its lines, where both are counts."""
    for total in (row for row in table.rows if row.role == "total"):
        for field, figure, number in not_sums(total, lines(table)):
            yield tell(
                "plattformar-summa-avviker",
                figure.ref,
                row=total.label,
                stated=Fraction(figure.value),
                calculated=number,
                also=[row.figures[field].ref for row in lines(table)],
            )
