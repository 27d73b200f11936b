"""Tables of people as blocks: what each share is a share of stands in its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType

from finsam_xl.labels import capital
from finsam_xl.model import Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import annual_small as small
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value, continued
from finsam_xl.report.annual_charts import Share
from finsam_xl.report.annual_people_texts import Said, exits, known, of_groups, of_participants
from finsam_xl.report.annual_tables import Annual, counted
from finsam_xl.report.annual_values import stated
from finsam_xl.report.story import link

MOST_COLUMNS = 6
"""How many columns of values a page has room for."""
BESIDE = "\u00a0" * 3
"""What stands between figures and their unit."""
_INSIDE, _UNIT = "varav ", "unit"
_SEXES = (("women", "Kvinnor"), ("men", "Män"), ("all", "Totalt"))
Field = tuple[str, str]
"""A field of a table, and the heading it gets."""


class Drawn(NamedTuple):
    """How rows of people are drawn: their fields, and the bases of their shares.

    ``bases``: by field how many people its shares are of, where that is the same in all rows;
    ``is_flat``: lines inside another stand on their own; ``known``: figures that are wrong, as
    is said below them.
    """

    annual: Annual
    fields: Sequence[Field]
    bases: Mapping[str, Known | None] = MappingProxyType({})
    is_flat: bool = False
    known: frozenset[Ref] = frozenset()

    def block(self, title: str, rows: Sequence[CountRow], said: Sequence[Said] = ()) -> Block:
        """A table of some rows, with what is said of it and of its figures."""
        items = tuple(map(self._item, rows))
        notes = (*(one.text for one in said), *self._doubted(rows))
        headings = ("", *(heading for _, heading in self.fields))
        texts = tuple(n for n, (field, _) in enumerate(self.fields, start=1) if field == _UNIT)
        return Block(title, headings, items, notes, texts)

    def _doubted(self, rows: Sequence[CountRow]) -> Iterator[str]:
        """Which figures look wrong; why is not printed, for that may tell of a few people."""
        found = [
            f"{row.label} ({heading.strip().lower()})"
            for row in rows
            for field, heading in self.fields
            if (one := row.figures.get(field)) is not None
            if one.ref in self.annual.wrong and one.ref not in self.known
            if not self._is_few(row, field, one)
        ]
        if found:
            yield f"▼ Ser fel ut, och Rapport Kontroll säger varför: {say.joined(found)}."

    def _item(self, row: CountRow) -> Item:
        if row.role == "section":
            return Item(row.label, (), say.SECTION_ROW, link(row.ref))
        strong = row.role == "total"
        values = tuple(self._value(row, field, strong=strong) for field, _ in self.fields)
        label = row.label
        if row.role == "subline":
            label = _bare(row) if self.is_flat else f"{look.INDENT}{label}"
        return Item(label, values, look.total(look.LABEL, strong), link(row.ref))

    def _value(self, row: CountRow, field: str, *, strong: bool) -> Value:
        one = row.figures.get(field)
        if one is None and field in row.texts:
            # Next to the figures it is the unit of, but not against them.
            said = "" if _is_said(row, field) else f"{BESIDE}{row.texts[field]}"
            return said or None, look.total(look.LABEL, strong)
        if one is not None and self._is_few(row, field, one):
            return small.told(self.annual.fewest), look.total(look.RIGHT_TEXT, strong)
        is_wrong = one is not None and (one.ref in self.annual.wrong or one.ref in self.known)
        return stated(one, is_wrong=is_wrong, strong=strong)

    def _is_few(self, row: CountRow, field: str, one: Figure) -> bool:
        """Whether a figure is a share of too few people to be printed."""
        people = self.bases.get(field) if field in self.bases else small.base(row, field)
        return one.is_percent and small.is_few(people, self.annual.fewest)


def _bare(row: CountRow) -> str:
    """A label on its own: "Till arbete", of those of "varav till arbete"."""
    label = row.label
    bare = label[len(_INSIDE) :] if label.lower().startswith(_INSIDE) else label
    return capital(bare)


def _is_said(row: CountRow, field: str) -> bool:
    """Whether a unit already stands with the figures."""
    return field == _UNIT and any(one.is_percent for one in row.figures.values())


def fields_of(table: Counts, wanted: Sequence[Field]) -> list[Field]:
    """Those of some fields that the table has."""
    return [one for one in wanted if one[0] in table.headings]


def block(
    annual: Annual,
    table: Counts,
    title: str,
    wanted: Sequence[Field],
    said: Sequence[Said] = (),
) -> Block:
    """A table with those of some columns that it has."""
    rows = [row for row in table.rows if row.role == "section" or row.figures]
    return Drawn(annual, fields_of(table, wanted), known=known(said)).block(title, rows, said)


def counted_blocks(annual: Annual, table: Counts) -> Iterator[Block]:
    """A table of people as it stands, with all its columns, a part of them at a time."""
    title = annual.own_title(table)
    fields = [(field, head) for field, head in table.headings.items() if field != "label"]
    rows = [row for row in table.rows if row.role == "section" or row.figures]
    said = tuple(of_groups(table))
    parts = list(_parts(fields))
    for number, part in enumerate(parts):
        drawn = Drawn(annual, part, known=known(said))
        is_last = number == len(parts) - 1
        name = continued(title) if number else title
        yield drawn.block(name, rows, said if is_last else ())


def _parts(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Columns that a page has room for, those together whose headings begin alike."""
    part: list[Field] = []
    for _, group in groupby(fields, lambda field: field[1].rpartition(" ")[0]):
        those = list(group)
        if part and len(part) + len(those) > MOST_COLUMNS:
            yield part
            part = []
        part += those
        while len(part) > MOST_COLUMNS:
            yield part[:MOST_COLUMNS]
            part = part[MOST_COLUMNS:]
    if part:
        yield part


def says_exits(table: Counts) -> bool:
    """Whether some rows of a table of participants count those who left, by where they went."""
    return any(counted(table, name) for name in ("positive", "exits", "work", "health"))


def participants(annual: Annual, table: Counts, title: str) -> tuple[Block, Block | None]:
    """Participants and exits with shares of all exits, and solutions with shares of them."""
    years = sorted({key.partition("@")[2] for key in table.headings if "@" in key}, reverse=True)
    positive = counted(table, "positive")
    place = next((n for n, row in enumerate(table.rows) if row is positive), None)
    inside = [row for row in table.rows if place is not None and row.parent == place]
    outside = [row for row in table.rows if row not in inside]
    left = {year: exits(table, _field("all", year)).total for year in ("", *years)}
    solved = {year: _number_of(positive, _field("all", year)) for year in ("", *years)}
    said = tuple(of_participants(table))
    first = _Based(annual, table, "av alla avslut", left, known(said))
    second = _Based(annual, table, "av positiva lösningar", solved, known(said), is_flat=True)
    kinds = second.block("Positiva lösningar efter slag", inside) if inside else None
    return first.block(title, outside, said), kinds


def _field(name: str, year: str) -> str:
    return f"{name}@{year}" if year else name


def _number_of(row: CountRow | None, field: str) -> Known | None:
    one = row.figures.get(field) if row is not None else None
    return None if one is None or one.is_percent else one.value


class _Based(NamedTuple):
    """A part of a table of participants, whose title says what its shares are shares of.

    ``people``: how many those are by year, '' for the table's own.
    """

    annual: Annual
    table: Counts
    base: str
    people: Mapping[str, Known | None]
    known: frozenset[Ref]
    is_flat: bool = False

    def block(self, title: str, rows: Sequence[CountRow], said: Sequence[Said] = ()) -> Block:
        """Some rows with the fields that they have figures in."""
        fields = [
            field
            for field in fields_of(self.table, [*self._wanted()])
            if any(field[0] in row.figures for row in rows)
        ][:MOST_COLUMNS]
        number = self.people[""]
        shown = "" if number is None else f" ({swedish(number)})"
        if any(field.startswith("percent") for field, _ in fields):
            title = f"{title}: antal och andel {self.base}{shown}"
        bases = {_field("percent", year): number for year, number in self.people.items()}
        drawn = Drawn(self.annual, fields, bases, self.is_flat, self.known)
        return drawn.block(title, rows, said)

    def _wanted(self) -> Iterator[Field]:
        year = str(self.table.period.year) if self.table.period else ""
        yield from (*_SEXES, ("percent", f"Andel {year}".strip()))
        for other in filter(None, self.people):
            yield from ((f"all@{other}", f"Antal {other}"), (f"percent@{other}", f"Andel {other}"))


def kinds(table: Counts, fewest: Fraction) -> list[Share]:
    """The kinds of positive solution with their shares; none if one is blank or they are few."""
    positive = counted(table, "positive")
    place = next((n for n, row in enumerate(table.rows) if row is positive), None)
    rows = [row for row in table.rows if place is not None and row.parent == place]
    if small.is_few(_number_of(positive, "all"), fewest):
        return []
    found = [(_bare(row), row.figures.get("percent")) for row in rows]
    shares = [(name, one) for name, one in found if one is not None]
    is_whole = len(shares) == len(found)
    return [(name, Fraction(one.value), one.decimals) for name, one in shares] if is_whole else []
