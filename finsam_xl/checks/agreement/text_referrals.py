"""What the running text says of the parties that refer, against the table of referrals.

A party is known by the stem of its name: "socialtjänsterna" are all rows "Socialtjänsten …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.printed import counted, said, span
from finsam_xl.checks.people.wholes import Of, bases, fits
from finsam_xl.checks.related import count_of, lines, listed, placed, same_period
from finsam_xl.checks.stated import is_about, period_of
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish
from finsam_xl.records import NamedTuple

_BY = re.compile(r"^(?:antal )?(?:aktualiserade|remitterade|anvisade) (?:av|från) (.+)$")
_ENDINGS = frozenset(
    {"", "n", "en", "t", "et", "na", "rna", "erna", "arna", "orna", "s", "ns", "ens", "ts", "ets"}
    | {"r", "er", "ar", "or"}
)
_SHORTEST_STEM = 4


class _Text(NamedTuple):
    """What the text says of a party: the figure and whether it is of those accepted."""

    row: CountRow
    figure: Figure
    party: str
    is_accepted: bool


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """The text about every table of referrals."""
    texts = placed(materials, "text_figures")
    for table in placed(materials, "referrals"):
        told = [
            one
            for text in texts
            for row, figure in text.column("value")
            if same_period(period_of(text, row), table.period) and not is_about(row)
            if (one := _text(row, figure)) is not None
        ]
        yield from _numbers(table, told)
        yield from _shares(table, told)


def _text(row: CountRow, figure: Figure) -> _Text | None:
    found = _BY.match(" ".join(row.label.lower().replace(",", " , ").split()))
    if found is None:
        return None
    party, _, what = (part.strip() for part in found.group(1).partition(","))
    if not normalise(party) or what not in ("", "andel", "antal", "ja", "fått ja", "antal ja"):
        return None
    return _Text(row, figure, normalise(party), "ja" in what.split())


def _numbers(table: Counts, told: Sequence[_Text]) -> Iterator[Finding]:
    """Numbers in the text; one finding where a party's two numbers miss the same persons."""
    groups: dict[tuple[str, Fraction], list[tuple[_Text, Fraction, list[Figure]]]] = {}
    rows_of = {party: _rows_of(table, party) for party in {one.party for one in told}}
    for one in told:
        field = "accepted" if one.is_accepted else "referred"
        parts = [row.figures[field] for row in rows_of[one.party] if field in row.figures]
        if one.figure.is_percent or not parts or any(part.is_percent for part in parts):
            continue
        number = sum((Fraction(part.value) for part in parts), Fraction(0))
        if number != one.figure.value:
            gap = number - one.figure.value
            groups.setdefault((one.party, gap), []).append((one, number, parts))
    for found in groups.values():
        yield _other_numbers(rows_of[found[0][0].party], found)


def _other_numbers(
    rows: Sequence[CountRow],
    found: Sequence[tuple[_Text, Fraction, list[Figure]]],
) -> Finding:
    first, number, parts = found[0]
    beside = _beside(rows, first)
    left_out = "" if beside else _left_out(rows, first, parts)
    pairs = [
        f"”{one.row.label}” {swedish(one.figure.value)} mot {swedish(calculated)}"
        for one, calculated, _ in found
    ]
    return tell(
        "text-avviker",
        first.figure.ref,
        "party",
        "beside" if beside else "left_out" if left_out else "look",
        pairs=listed(pairs),
        number=swedish(first.figure.value),
        place=beside,
        party=left_out,
        stated=Fraction(first.figure.value),
        calculated=number,
        also=[
            *(one.figure.ref for one, _, _ in found[1:]),
            *(part.ref for _, _, figures in found for part in figures),
        ],
    )


def _beside(rows: Sequence[CountRow], one: _Text) -> str:
    """Where else on the party's only row the text's number stands, '' for nowhere."""
    figures = rows[0].figures.values() if len(rows) == 1 else ()
    same = [figure.ref for figure in figures if figure.value == one.figure.value]
    return same[0].seen_from(one.figure.ref) if same else ""


def _left_out(rows: Sequence[CountRow], one: _Text, parts: Sequence[Figure]) -> str:
    """The only row that has as much as the text lacks."""
    gap = sum((Fraction(part.value) for part in parts), Fraction(0)) - one.figure.value
    same = [
        row.label
        for row in rows
        if any(f.value == gap and f in parts for f in row.figures.values())
    ]
    return same[0] if len(same) == 1 else ""


def _shares(table: Counts, told: Sequence[_Text]) -> Iterator[Finding]:
    """Shares in the text of all referred; those that fit another total are one finding."""
    totals = [row for row in table.rows if row.role == "total" and "referred" in row.figures]
    wholes = _totals(lines(table), totals)
    known = {one.party: one for one in told if not one.figure.is_percent and not one.is_accepted}
    wrong: list[tuple[_Text, _Text]] = []
    for one in told:
        count = known.get(one.party)
        if not one.figure.is_percent or count is None or one.is_accepted:
            continue
        if {fits(one.figure, Of(count.figure.value, of)) for of in wholes} == {"impossible"}:
            wrong.append((one, count))
    if wrong:
        yield _other_base(wrong, wholes[0], [row.figures["referred"].ref for row in totals])


def _totals(rows: Sequence[CountRow], totals: Sequence[CountRow]) -> list[Known]:
    """The total as stated, and as the parties sum to."""
    together = known_sum(*(count_of(row, "referred") for row in rows))
    stated = [count_of(row, "referred") for row in totals]
    return [exact(number) for number in (*stated, together) if number]


def _other_base(
    wrong: Sequence[tuple[_Text, _Text]], everyone: Known, places: Sequence[Ref]
) -> Finding:
    pairs = [
        f"”{one.row.label}” {said(one.figure)} men {counted(Of(count.figure.value, everyone))}"
        for one, count in wrong
    ]
    spans = [bases(one.figure, int(count.figure.value)) for one, count in wrong]
    low, high = max(s.start for s in spans), min(s.stop for s in spans) - 1
    first, count = wrong[0]
    return tell(
        "andel-annan-bas",
        first.figure.ref,
        "several" if len(wrong) > 1 else "one",
        "fits" if low <= high else "mend",
        pairs=listed(pairs),
        total=span(low, high),
        stated=Fraction(first.figure.value),
        calculated=round(float(Of(count.figure.value, everyone).percent), 1),
        also=[
            *(one.figure.ref for one, _ in wrong[1:]),
            *(one.figure.ref for _, one in wrong),
            *places,
        ],
    )


def _rows_of(table: Counts, party: str) -> list[CountRow]:
    """The rows of a party: by its first word, and by the others if any row has them."""
    first, *others = party.split()
    rows = [row for row in lines(table) if _is_same(normalise(row.label).partition(" ")[0], first)]
    named = [row for row in rows if others and set(others) <= set(normalise(row.label).split())]
    if named or not others:
        return named or rows
    return rows if len(rows) == 1 and len(normalise(rows[0].label).split()) == 1 else []


def _is_same(one: str, other: str) -> bool:
    """Whether two words are forms of one."""
    pairs = enumerate(zip(one, other, strict=False))
    stem = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return stem >= _SHORTEST_STEM and {one[stem:], other[stem:]} <= _ENDINGS
