"""Which kind of table a row heads, and what its columns are: evidence first, words as votes.

Columns that follow from each other are known by that; then those that headings name and whose
cells agree; then those that alone hold what the kind needs. What the rows name and what the
title says count as well. A kind is taken when its evidence weighs enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.periods import Period
from finsam_xl.reading.blocks import is_code
from finsam_xl.reading.count_book import by_book
from finsam_xl.reading.count_content import SURELY, Held
from finsam_xl.reading.count_heads import Head, heads, titles_above
from finsam_xl.reading.count_kinds import Content, Field, Kind
from finsam_xl.reading.count_known import InBook
from finsam_xl.reading.count_laws import Given, lawful
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Table
from finsam_xl.words import scenarios
from finsam_xl.words.count_columns import is_titled
from finsam_xl.words.totals import is_everyone

_ROWS, _TITLE = 1, 1


class Match(NamedTuple):
    """A kind, its columns and those that say the same, the weight of evidence, and what it is."""

    kind: Kind
    columns: tuple[Column, ...]
    doubles: tuple[Column, ...]
    weight: float
    grounds: tuple[str, ...]


def matches(
    sheet: SheetGrid, kinds: Sequence[Kind], known: InBook, taken: Iterable[Table] = ()
) -> list[tuple[Head, Match]]:
    """The heads of tables of some kinds on a sheet, from the top.

    Each is of the kind that most speaks for, of equals the first; of heads in two rows below
    each other the lower one counts.
    """
    found: list[tuple[Head, Match]] = []
    for head in heads(sheet, kinds, taken):
        stop = found[-1][0].row if found else 0
        titles = (*titles_above(head, stop)[:2], sheet.name)
        solved = (_Solver(head, kind, known).solved(titles) for kind in kinds)
        match = max(filter(None, solved), key=lambda one: one.weight, default=None)
        if match is not None:
            if found and found[-1][0].row == head.row - 1:
                found.pop()
            found.append((head, match))
    return found


class _Solver:
    """Gives the fields of one kind their columns, what is surest first."""

    def __init__(self, head: Head, kind: Kind, known: InBook) -> None:
        self.head, self.kind, self.known = head, kind, known
        self.columns = {column.number: column for column in head.columns}
        self.votes = {
            (number, name): weight
            for number in self.columns
            for weight, name in head.says(kind, number)
        }
        self.fields: dict[str, int] = {}
        self.doubles: list[Column] = []
        self.weight = 0.0
        self.said = 0.0
        self.grounds: list[str] = []
        self.required = kind.required | kind.unless_known

    def solved(self, titles: Sequence[str]) -> Match | None:
        """The match, where there is evidence enough for the kind."""
        if self.is_unheard():
            return None
        self.by_laws()
        self.by_words()
        self.by_book()
        if not self.by_content():
            return None
        self.by_rows()
        self.by_rest()
        if not self.required <= self.fields.keys() or self.is_doubled():
            return None
        if self.kind.title and any(is_titled(title, self.kind.title) for title in titles):
            self.count(_TITLE, "titeln säger det")
        elif self.kind.is_titled:
            return None
        is_named = self.said >= self.kind.least and not self.leaves_amounts()
        is_evident = self.head.is_block and not self.is_against()
        if self.weight < self.kind.least or not (is_named or is_evident):
            return None
        columns = sorted((self.column(f, n) for f, n in self.fields.items()), key=_number)
        return Match(
            self.kind, tuple(columns), tuple(self.doubles), self.weight, tuple(self.grounds)
        )

    # Giving -----------------------------------------------------------------------------------

    def column(self, field: str, number: int) -> Column:
        """A column as what it was found to be."""
        return Column(number, self.head.heading(number), field)

    def give(self, field: str, number: int) -> None:
        """A column for a field, if both are free; what its heading says weighs as well."""
        if field in self.fields or number in self.fields.values():
            return
        self.fields[field] = number
        said = self.votes.get((number, field), 0)
        self.said += said
        self.weight += said

    def count(self, weight: float, ground: str) -> None:
        """Evidence that is no heading."""
        self.weight += weight
        self.grounds.append(ground)

    @property
    def free(self) -> list[Held]:
        """The columns that nothing is known of and that hold something."""
        used = {*self.fields.values(), *self.doubled}
        return [c for n, c in self.columns.items() if n not in used and c.filled]

    @property
    def doubled(self) -> set[int]:
        """The columns that say what others say."""
        return {double.number for double in self.doubles}

    def open(self) -> Iterator[Field]:
        """The fields that have no column."""
        return (field for field in self.kind.fields if field.name not in self.fields)

    # Evidence ---------------------------------------------------------------------------------

    def is_unheard(self) -> bool:
        """Whether no heading names a field it takes that nothing but headings can tell."""
        if self.kind.in_book and self.known.went:
            return False
        named = {name for _, name in self.votes}
        return any(map(self.kind.is_only_heard, self.kind.required - named))

    def by_laws(self) -> None:
        """The columns that follow from each other."""
        for law in self.kind.laws:
            found = lawful(law, Given(self.kind, self.head.laid, self.votes, self.fields))
            if found:
                self.count(law.weight, "talen följer av varandra")
            for field, number in found.items():
                self.give(field, number)

    def by_words(self) -> None:
        """The columns whose headings name a field, and whose cells may be of it."""
        again: dict[int, str] = {}
        votes = sorted(self.votes.items(), key=lambda vote: (-vote[1], vote[0][0]))
        for (number, name), _ in votes:
            column = self.columns[number]
            if number in self.fields.values() or not column.may_hold(self.kind.field(name).holds):
                continue
            if name not in self.fields and not self.is_ambiguous(name):
                self.give(name, number)
            elif not self.kind.in_book:
                again.setdefault(number, name)
        used = self.fields.values()
        self.doubles += [self.column(name, n) for n, name in again.items() if n not in used]

    def is_ambiguous(self, name: str) -> bool:
        """Whether several headings say it, where the workbook tells which is meant."""
        return self.kind.in_book and sum(voted == name for _, voted in self.votes) > 1

    def by_book(self) -> None:
        """The columns that come to what another table of the workbook says."""
        if self.kind.in_book and self.known.went:
            rows = self.lines()
            for field, number in by_book(self.head, self.fields, self.free, self.known.went, rows):
                self.give(field, number)
                self.count(1, "talen kommer till förbundets egna")

    def lines(self) -> list[int]:
        """The places of the rows that are no total of the others."""
        naming = self.columns.get(self.fields.get(self.kind.label, 0)) or self.naming()
        labels = naming.cells if naming else ()
        return [at for at, cell in enumerate(labels) if not is_everyone(str(cell.value or ""))]

    def by_content(self) -> bool:
        """The only column that holds what a field needs. Whether all that is required is found.

        Names are not: they are sought last, and that takes longest.
        """
        for field in list(self.open()):
            if field.telling is not None:
                fitting = [c for c in self.free if c.surely_holds(field.sure)]
                if len(fitting) == 1:
                    self.give(field.name, fitting[0].number)
                    self.count(field.telling, "det en kolumn håller är vad tabellen ska ha")
            if field.name in self.kind.required - {self.kind.label, self.kind.rest, *self.fields}:
                return False
        return True

    def by_rows(self) -> None:
        """The column of names, and what it names."""
        if self.kind.label not in self.fields:
            naming = self.naming()
            if naming is None or self.kind.field(self.kind.label).holds is not Content.NAMES:
                return
            self.give(self.kind.label, naming.number)
        labels = self.columns[self.fields[self.kind.label]].texts
        if self.kind.rows and self.known.are(self.kind.rows, labels):
            self.count(_ROWS, "raderna är kända namn")
            self.required = self.kind.required

    def naming(self) -> Held | None:
        """The column whose texts tell rows apart: that with most different ones."""
        texts = [c for c in self.free if (c.part(Content.NAMES) or 0) >= SURELY]
        return max(
            texts,
            key=lambda c: (len({t for t in c.texts if not is_code(t)}), -c.number),
            default=None,
        )

    def by_rest(self) -> None:
        """The last column that is left, and columns that all hold the same."""
        if self.kind.rest and self.kind.rest not in self.fields and len(self.free) == 1:
            self.give(self.kind.rest, self.free[0].number)
        alike = [c for c in self.free if self.kind.alike and c.surely_holds(Content.SHARE)]
        for at, column in enumerate(alike, 1):
            self.fields[f"{self.kind.alike}{at}"] = column.number
        if alike:
            self.count(min(1, len(alike) / 2), "alla tal är andelar")

    # Against ----------------------------------------------------------------------------------

    def is_doubled(self) -> bool:
        """Whether women or men are counted twice for one time: by parts of a year, or by group."""
        twice = [one for one in self.doubles if one.field in ("women", "men")]
        return any(Period.find(one.header) is None for one in twice)

    def is_against(self) -> bool:
        """Whether headings speak of budget or outcome, or amounts are left: a table of amounts."""
        stated = [t for t in self.head.texts.values() if scenarios.says(t, *scenarios.STATED)]
        return bool(stated) or self.leaves_amounts()

    def leaves_amounts(self) -> bool:
        """Whether several columns of figures are nothing that a kind of one amount a row has."""
        if not any(field.holds is Content.NUMBER for field in self.kind.fields):
            return False
        return sum(column.surely_holds(Content.NUMBER) for column in self.free) > 1


def _number(column: Column) -> int:
    return column.number
