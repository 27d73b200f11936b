"""Tables of people as blocks: what each share is a share of stands in its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import participants as calc
from finsam_xl.calc import referrals
from finsam_xl.errors import FinsamError
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value
from finsam_xl.report.annual_costs import percent_value
from finsam_xl.report.annual_statements import figure
from finsam_xl.report.annual_tables import counted
from finsam_xl.report.story import link

_INDENT, _INSIDE = "\u00a0" * 4, "varav "
_SEXES = (("women", "Kvinnor"), ("men", "Män"), ("all", "Totalt"))
_KINDS = {
    "work": "work",
    "extratjanst": "extra",
    "studies": "studies",
    "rehabilitation": "rehabilitation",
    "no_work_ability": "no_work_ability",
    "health": "health",
    "other": "other",
}
"""What the rows of the kinds of exit count."""
Field = tuple[str, str]
"""A field of a table, and the heading it gets."""


def items(
    rows: Sequence[CountRow], fields: Sequence[Field], *, flat: bool = False
) -> tuple[Item, ...]:
    """Rows of people with some of their fields; ``flat``: lines inside another on their own."""
    return tuple(_item(row, fields, flat=flat) for row in rows)


def _item(row: CountRow, fields: Sequence[Field], *, flat: bool) -> Item:
    if row.role == "section":
        return Item(row.label, (), say.SECTION_ROW, link(row.ref))
    strong = row.role == "total"
    values = tuple(_value(row, field, strong=strong) for field, _ in fields)
    label = row.label
    if row.role == "subline":
        bare = label[len(_INSIDE) :] if label.lower().startswith(_INSIDE) else label
        label = f"{bare[:1].upper()}{bare[1:]}" if flat else f"{_INDENT}{label}"
    role = look.total(look.LABEL, strong)
    return Item(label, values, role, link(row.ref))


def _value(row: CountRow, field: str, *, strong: bool) -> Value:
    one = row.figures.get(field)
    if one is None and field in row.texts:
        # Next to the figures it is the unit of, but not against them.
        said = "" if _is_said(row, field) else f"{_INDENT[:1]}{row.texts[field]}"
        return said or None, look.total(look.LABEL, strong)
    if one is not None and not one.is_percent:
        return figure(one.value, min(one.decimals, 2), strong=strong)
    return percent_value(one, strong=strong)


def _is_said(row: CountRow, field: str) -> bool:
    """Whether a unit already stands with the figures."""
    return field == "unit" and any(one.is_percent for one in row.figures.values())


def fields_of(table: Counts, wanted: Sequence[Field]) -> list[Field]:
    """Those of some fields that the table has."""
    return [one for one in wanted if one[0] in table.headings]


def block(table: Counts, title: str, wanted: Sequence[Field], *more: str) -> Block:
    """A table with those of some columns that it has."""
    fields = fields_of(table, wanted)
    rows = [row for row in table.rows if row.role == "section" or row.figures]
    return Block(title, ("", *(heading for _, heading in fields)), items(rows, fields), more)


def participants(table: Counts, title: str) -> list[Block]:
    """Participants and exits with shares of all exits, and solutions with shares of them."""
    before = sorted({key.partition("@")[2] for key in table.headings if "@" in key}, reverse=True)
    year = str(table.period.year) if table.period else ""
    positive = counted(table, "positive")
    place = next((n for n, row in enumerate(table.rows) if row is positive), None)
    inside = [row for row in table.rows if place is not None and row.parent == place]
    outside = [row for row in table.rows if row not in inside]
    total = exits(table, "all").total
    made = []
    for name, rows, base in (
        (title, outside, "av alla avslut"),
        ("Positiva lösningar efter slag", inside, "av positiva lösningar"),
    ):
        flat = rows is inside
        shares = [("percent", f"Andel {year}")] if "percent" in table.headings else []
        for other in before:
            shares += [(f"all@{other}", f"Antal {other}"), (f"percent@{other}", f"Andel {other}")]
        wanted = fields_of(table, (*_SEXES, *shares))
        wanted = [f for f in wanted if any(f[0] in row.figures for row in rows)]
        if rows:
            number = _base_number(total, positive, base)
            made.append(_based(name, items(rows, wanted, flat=flat), wanted, base + number))
    made[-1] = made[-1]._replace(notes=tuple(_participant_texts(table)))
    return made


def _base_number(total: Known | None, positive: CountRow | None, base: str) -> str:
    number: Known | None = total
    if base != "av alla avslut":
        one = positive.figures.get("all") if positive is not None else None
        number = one.value if one is not None else None
    return "" if number is None else f" ({swedish(number)})"


def _based(title: str, rows: tuple[Item, ...], fields: Sequence[Field], base: str) -> Block:
    """A block whose title says what its shares are shares of."""
    has_shares = any(field.startswith("percent") for field, _ in fields)
    whole = f"{title}: antal och andel {base}" if has_shares else title
    return Block(whole, ("", *(heading for _, heading in fields)), rows)


def exits(table: Counts, field: str) -> calc.Exits:
    """How many left, by where they went, in one field of the table."""
    found: dict[str, Known | None] = {}
    for kind, name in _KINDS.items():
        row = counted(table, name)
        one = row.figures.get(field) if row is not None else None
        found[kind] = None if one is None else one.value
    return calc.Exits(**found)


def _participant_texts(table: Counts) -> Iterator[str]:
    """What the calculated exits and remaining are, where they differ from the printed ones."""
    try:
        together = exits(table, "all")
        if together.total is None:
            return
        women, men = exits(table, "women").total, exits(table, "men").total
        split = f": {swedish(women)} kvinnor och {swedish(men)} män" if women and men else ""
        yield f"Alla avslut och avbrott, räknat ur raderna: {swedish(together.total)}{split}."
        yield from _shares(table, together)
        yield from _left(table, together.total)
    except FinsamError as error:
        yield f"▼ Räknas inte: {error}"


def _shares(table: Counts, together: calc.Exits) -> Iterator[str]:
    names = _KINDS | {"positive": "positive"}
    for one in calc.exit_shares(together):
        row = counted(table, names[one.kind])
        stated = row.figures.get("percent") if row is not None else None
        if row is None or stated is None or one.share is None:
            continue
        found = round_half_away(100 * one.share, stated.decimals)
        if found != stated.value:
            yield (
                f"▼ {row.label}: det står {swedish(stated.value, stated.decimals, '%')}, "
                f"antalen ger {swedish(found, stated.decimals, '%')} av {one.base}."
            )


def _left(table: Counts, left: Fraction) -> Iterator[str]:
    rows = (counted(table, name) for name in ("participants", "new", "remaining"))
    everyone, new, remaining = (
        row.figures["all"].value if row is not None and "all" in row.figures else None
        for row in rows
    )
    if everyone is None or new is None:
        return
    gap = calc.remaining_gap(everyone - new, new, left, remaining)
    if gap:
        yield (
            f"{swedish(everyone)} deltagare minus {swedish(left)} avslut är "
            f"{swedish(everyone - left)} kvar; det står {swedish(remaining or 0)}."
        )


def referral_texts(table: Counts) -> Iterator[str]:
    """What the parties give together, and the shares their numbers do not give."""
    lines = [row for row in table.rows if row.role == "line"]
    parties = [
        referrals.Referrals(row.label, _number(row, "referred"), _number(row, "accepted"))
        for row in lines
    ]
    totals = [row for row in table.rows if row.role == "total"]
    summed = referrals.total(parties)
    for field, found, word in (
        ("referred", summed.referred, "aktualiserade"),
        ("accepted", summed.accepted, "som fått ja"),
    ):
        stated = _number(totals[0], field) if len(totals) == 1 else None
        if found is not None and stated is not None and found != stated:
            yield f"▼ Parterna har {swedish(found)} {word}; som total står {swedish(stated)}."
    differing = []
    for row, party in zip(lines, parties, strict=True):
        one = row.figures.get("accepted_share")
        if one is not None and _differs(party, one):
            differing.append(row.label)
    if differing:
        yield f"▼ Andelen som fått ja är inte den antalen ger: {say.joined(differing)}."


def _differs(party: referrals.Referrals, stated: Figure) -> bool:
    try:
        share = party.yes_share
    except FinsamError:
        return True
    return share is not None and round_half_away(100 * share, stated.decimals) != stated.value


def _number(row: CountRow, field: str) -> Known | None:
    one = row.figures.get(field)
    return None if one is None else one.value
