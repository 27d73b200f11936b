"""The member fees on the sheet *Tänk om*: other keys, members and pots, and what they give.

All is said in ordinary formulas, so that it lives in every program and without our functions.
Keys are weights here: who has a blank one is no member, and the others split all of the part in
their proportions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.address import a1, span
from finsam_xl.calc.fee_split import Member, Split
from finsam_xl.model_budget import Amount, Scope, decimals, total
from finsam_xl.money import as_float, exact
from finsam_xl.report import amounts as say
from finsam_xl.report import fee_scenario_table as tables
from finsam_xl.report import fee_scenario_texts as texts
from finsam_xl.report import look
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.sheet import ROW
from finsam_xl.report.story import link
from finsam_xl.report.tank_om import (
    INPUT,
    INPUT_TEXT,
    PENCIL,
    Change,
    Remark,
    TrialSheet,
    first_of,
    nested,
    no_number,
)
from finsam_xl.report.tank_om_fee_answer import LAST, MORE, Answer, Line
from finsam_xl.report.tank_om_fee_counts import (
    NONE,
    SIZE,
    Counts,
    KeyRow,
    PotRow,
    Scales,
    measure,
    scales_of,
)
from finsam_xl.sheetplan import Role
from finsam_xl.sheets.grid import Value, is_number
from finsam_xl.words.units import KRONOR

_NEW, NEWCOMERS = "Ny kommun", 3
_FIELD, _NAME, _POT = "Nyckel", "Namn", "Pott"
_AS_IS, _TRIED = "Som det är", "Tänk om"
_KEY_NOW, _KEY, _NOW, _THEN, _MORE, _REST = 2, 3, (4, 5), (7, 8), (MORE, MORE + 1), (11, 12)
_GAPS = (6, 13)
_ANSWER_HEIGHT = 34.0
_HEAD_PLACES = 2
_LEAVES, _ASKS = "betalar inget", "▲ Skriv nyckeln"
_UNBROKEN = "\u00a0"
_NOISE = 1e-9


class FeesBlock:
    """The fees of a year, as its municipalities ``split`` them today."""

    def __init__(self, split: Split) -> None:
        self._split = split
        self._section = f"Medlemsavgifter {split.table.year or ''}".strip()
        self._members = sorted(split.members, key=lambda one: -(one.fee or 0))
        self._fees = say.AMOUNTS[tables.fee_places(split)]
        starts = [self._start(member) for member in self._members]
        self._scales: Scales = scales_of(split, starts)
        self._keys = say.AMOUNTS[tables.key_places(starts)].number

    # What may be changed -----------------------------------------------------------------------

    @cached_property
    def changes(self) -> Sequence[Change]:
        """The pot, the key of each member, and name and key of some new ones."""
        found = [self._pot_change, *map(self._key_change, self._members)]
        for number in range(NEWCOMERS):
            found += self._new_changes(number)
        return found

    @property
    def _pot_change(self) -> Change:
        return Change(CommentKey.of(self._section, _POT), _POT, as_float(self._pot))

    def _key_change(self, member: Member) -> Change:
        line = CommentKey.of(self._section, member.name)
        return Change(line, _FIELD, as_float(self._start(member)))

    def _new_changes(self, number: int) -> tuple[Change, Change]:
        line = CommentKey.of(self._section, f"{_NEW} {number + 1}")
        return Change(line, _NAME, None), Change(line, _FIELD, None)

    @property
    def _pot(self) -> Fraction:
        return self._split.table.pool or Fraction(0)

    def _start(self, member: Member) -> Fraction:
        """What a member's part follows: its key, or its fee where the fees follow no key."""
        if self._split.follows_fees or member.key is None:
            return member.fee or Fraction(0)
        return member.key

    # The pot and the rows ----------------------------------------------------------------------

    def draw(self, sheet: TrialSheet) -> None:
        """The answer, the pot, and the parties with their keys and fees."""
        answer = sheet.down(_ANSWER_HEIGHT)
        sheet.section(f"{self._section}{tables.unit_of(self._split)}")
        pot = self._put_pot(sheet)
        self._put_headings(sheet)
        others = [(self._row(sheet), member) for member in self._split.others]
        rows = [self._put_member(sheet, member) for member in self._members]
        for number in range(NEWCOMERS):
            rows.append(self._put_newcomer(sheet, number, rows))
        counts = Counts(sheet, self._scales, pot, rows)
        told = [self._put_other(sheet, row, member, counts) for row, member in others]
        lines = [self._put_fee(sheet, counts, number) for number in range(len(rows))]
        together = self._put_sums(sheet, counts, told, lines)
        for text in self._notes():
            sheet.note(text)
        Answer(self._split, counts, together, lines).put(sheet, answer)

    def _put_pot(self, sheet: TrialSheet) -> PotRow:
        """The pot as it is, and a cell for another."""
        row = sheet.down(ROW)
        for column, text in ((1, ""), (2, _AS_IS), (3, f"{_TRIED} {PENCIL}")):
            sheet.canvas.put(row, column, text, look.HEADING_RIGHT)
        sheet.canvas.wide(row, 4, LAST, "", look.HEADING)
        row = sheet.down(ROW)
        role = say.AMOUNTS[min(len(say.AMOUNTS) - 1, decimals(self._pot))]
        is_own = self._split.table.scope is Scope.MUNICIPALITIES
        name = "Kommunernas pott" if is_own else "Pott"
        sheet.canvas.put(row, 1, f"{name}{tables.unit_of(self._split)}", look.LABEL)
        sheet.canvas.put(row, 2, as_float(self._pot), role)
        held = sheet.change(row, 3, self._pot_change, INPUT._replace(number=role.number))
        sheet.canvas.wide(row, 4, 6, None, look.LABEL)
        is_off = not (is_number(held.value) and held.value > 0)
        off = f"IF(ISNUMBER({held.cell}),{held.cell}<=0,TRUE)"
        fault = Remark(off, is_off, "▼ Skriv ett belopp över 0")
        remarks = [fault, sheet.changed(row)]
        sheet.live_wide(row, (7, LAST), nested(remarks), first_of(remarks), look.LABEL)
        return PotRow(row, held, fault)

    def _put_headings(self, sheet: TrialSheet) -> None:
        unit, key = tables.unit_of(self._split), self._key_name
        row = sheet.down(sheet.heading_height(("", key)))
        put, wide, role = sheet.canvas.put, sheet.canvas.wide, look.HEADING_RIGHT
        put(row, 1, f"Part (nya kommuner: {PENCIL})", look.HEADING)
        put(row, _KEY_NOW, key, role)
        put(row, _KEY, f"{_TRIED} {PENCIL}", role)
        wide(row, *_NOW, f"Avgift i dag{unit}", role)
        wide(row, *_THEN, f"Avgift då{unit}", role)
        wide(row, *_MORE, f"Ändring{unit}", role)
        wide(row, *_REST, "Kr per person" if self._split.counts_people else "Ändring, %", role)
        for column in _GAPS:
            put(row, column, "", look.HEADING)
        put(row, LAST, "Att rätta", look.HEADING)

    @property
    def _key_name(self) -> str:
        if self._split.follows_fees or not self._split.has_keys:
            return "Fördelning"
        return tables.key_name(self._split)

    def _row(self, sheet: TrialSheet) -> int:
        if sheet.fit(ROW):
            self._put_headings(sheet)
        return sheet.down(ROW)

    def _key_role(self, role: Role) -> Role:
        return role._replace(number=self._keys)

    def _put_member(self, sheet: TrialSheet, member: Member) -> KeyRow:
        row, change = self._row(sheet), self._key_change(member)
        place = link(member.party.ref) if member.party is not None else ""
        sheet.canvas.put(row, 1, member.name, look.LABEL, link=place)
        sheet.canvas.put(row, _KEY_NOW, as_float(self._start(member)), self._key_role(look.FIGURE))
        held = sheet.change(row, _KEY, change, self._key_role(INPUT))
        return KeyRow(row, member.name, member.fee, held, [no_number(held, _FIELD)])

    def _put_newcomer(self, sheet: TrialSheet, number: int, rows: Sequence[KeyRow]) -> KeyRow:
        """Cells for the name and the key of a new member."""
        row = self._row(sheet)
        name, key = self._new_changes(number)
        named = sheet.change(row, 1, name, INPUT_TEXT)
        sheet.canvas.put(row, _KEY_NOW, None, look.LABEL)
        held = sheet.change(row, _KEY, key, self._key_role(INPUT))
        text = named.value if isinstance(named.value, str) else ""
        is_double = text.casefold() in [one.name.casefold() for one in rows if one.name]
        earlier = span(rows[0].row, 1, row - 1, 1)
        double = f"IF(ISTEXT({named.cell}),ISNUMBER(MATCH({named.cell},{earlier},0)),FALSE)"
        faults = [
            no_number(held, _FIELD),
            Remark(double, bool(text) and is_double, "▼ Står två gånger"),
        ]
        is_bare = isinstance(named.value, str) and held.value is None
        bare = f"IF(ISBLANK({held.cell}),ISTEXT({named.cell}),FALSE)"
        return KeyRow(row, text, None, held, faults, Remark(bare, is_bare, _ASKS))

    # What they give ----------------------------------------------------------------------------

    def _put_other(self, sheet: TrialSheet, row: int, member: Member, counts: Counts) -> Line:
        """The state or the region: as it is, while the pot is; else what the rules give."""
        place = link(member.party.ref) if member.party is not None else ""
        sheet.canvas.put(row, 1, member.name, look.LABEL, link=place)
        for column in (_KEY_NOW, _KEY, LAST):
            sheet.canvas.put(row, column, None, look.LABEL)
        of = measure(self._split, member.kind, Fraction(self._scales.pot))
        pot, then = counts.pot_cell, counts.share(of) if counts.pot else None
        formula = counts.share_formula(of)
        if member.fee is not None:
            first = counts.counted(self._pot)
            formula = f"IF({pot}={first},{a1(row, _NOW[0])},{formula})"
            then = member.fee if counts.pot == first else then
        formula = f'IF({pot}=0,"{NONE}",{formula})'
        shown = NONE if then is None else as_float(then)
        return self._put_amounts(sheet, row, member.fee, (formula, shown))

    def _put_fee(self, sheet: TrialSheet, counts: Counts, number: int) -> Line:
        """What a municipality would pay, and what there is to say of its row."""
        one, then = counts.rows[number], counts.fees[number]
        is_new, cell = one.before is None, one.held.cell
        formula = counts.fee_formula(one, a1(one.row, _NOW[0]))
        formula = f'IF({counts.can_cell}=0,"{NONE}",{formula})'
        shown: Value = NONE if then is None else as_float(then)
        if is_new:
            formula = f'IF(ISBLANK({cell}),"",{formula})'
            shown = "" if one.held.value is None else shown
        key = (counts.key_formula(one), Fraction(counts.keys[number], self._scales.key))
        line = self._put_amounts(sheet, one.row, one.before, (formula, shown), key)
        size = f"IF(ISNUMBER({line.change}),ABS({line.change}),0)"
        is_staying = not is_new and counts.keys[number] > 0
        formula = f"IF({counts.key_formula(one)}>0,{size},0)" if not is_new else "0"
        sheet.helper(one.row, SIZE, formula, as_float(abs(line.more)) if is_staying else 0)
        self._put_word(sheet, one, counts, is_new=is_new)
        return line

    def _put_word(self, sheet: TrialSheet, one: KeyRow, counts: Counts, *, is_new: bool) -> None:
        fault, word = counts.fault_cell(one), first_of(one.faults)
        is_nought = not is_new and not one.key and not word
        nought = Remark(f"N({one.held.cell})=0", is_nought, _LEAVES)
        rest = [one.asks or nought, sheet.changed(one.row)]
        told = f'IF({fault}<>"",{fault},{nested(rest)})'
        sheet.live(one.row, LAST, told, word or first_of(rest), look.LABEL)

    def _put_amounts(
        self,
        sheet: TrialSheet,
        row: int,
        now: Amount,
        then: tuple[str, Value],
        key: tuple[str, Fraction] | None = None,
        *,
        is_total: bool = False,
    ) -> Line:
        """A row's fee now and then, the change, and what it is in per cent or for each person.

        ``key``: the formula of its key, and what that gives.
        """
        figure = look.total(self._fees, is_total)
        for column in _GAPS:
            sheet.canvas.put(row, column, None, look.total(look.LABEL, is_total))
        sheet.canvas.wide(row, *_NOW, None if now is None else as_float(now), figure)
        formula, shown = then
        cell, old = sheet.live_wide(row, _THEN, formula, shown, figure), a1(row, _NOW[0])
        is_known = isinstance(shown, int | float)
        paid = exact(shown) if is_number(shown) else Fraction(0)
        more = paid - (now or 0) if is_known else Fraction(0)
        role = look.total(say.deviating(self._fees, None, is_marked=False), is_total)
        told = f"IF(ISNUMBER({cell}),{cell}-N({old}),{cell})"
        change = sheet.live_wide(row, _MORE, told, as_float(more) if is_known else shown, role)
        if self._split.counts_people:
            formula, value = self._per_head(cell, paid if is_known else None, key)
            role = look.total(say.AMOUNTS[_HEAD_PLACES], is_total)
        else:
            formula = f'IF(ISNUMBER({cell}),IF(N({old})>0,{cell}/{old}-1,""),"")'
            value = float(more / now) if is_known and now else ""
            role = look.total(say.SIGNED_PERCENT, is_total)
        sheet.live_wide(row, _REST, formula, value, role)
        return Line(now, paid if is_known else None, cell, change, more)

    def _per_head(
        self, cell: str, paid: Amount, key: tuple[str, Fraction] | None
    ) -> tuple[str, Value]:
        """Kronor for each person of a key."""
        if key is None:
            return "", None
        formula, count = key
        kronor = KRONOR.get(self._split.table.unit, Fraction(1))
        told = f'IF(ISNUMBER({cell}),IF({formula}>0,{cell}*{kronor}/({formula}),""),"")'
        return told, float(paid * kronor / count) if paid is not None and count else ""

    def _put_sums(
        self, sheet: TrialSheet, counts: Counts, others: Sequence[Line], lines: Sequence[Line]
    ) -> Line:
        """What the municipalities pay together, what all do, and what rounding misses."""
        rows, can = counts.rows, counts.can_cell
        column = span(rows[0].row, _THEN[0], rows[-1].row, _THEN[0])
        now = total([line.now for line in lines])
        then = total([fee for fee in counts.fees if fee is not None]) if counts.can else None
        row = sheet.down(ROW)
        self._put_key_sum(sheet, row, counts)
        formula = f'IF({can}=0,"{NONE}",SUM({column}))'
        shown = NONE if then is None else as_float(then)
        count = Fraction(sum(counts.keys), self._scales.key)
        key = (f"{counts.keys_cell}/{self._scales.key}", count)
        together = self._put_amounts(sheet, row, now, (formula, shown), key, is_total=True)
        if others:
            self._put_whole(sheet, counts, [*others, together])
        self._put_missed(sheet, counts, together)
        return together

    def _put_key_sum(self, sheet: TrialSheet, row: int, counts: Counts) -> None:
        """All keys together; shares that are not a hundred per cent are told of."""
        label, figure = look.total(look.LABEL), look.total(self._key_role(look.FIGURE))
        sheet.canvas.put(row, 1, tables.TOGETHER, label)
        now = sum((self._start(member) for member in self._members), Fraction(0))
        then = Fraction(sum(counts.keys), self._scales.key)
        sheet.canvas.put(row, _KEY_NOW, as_float(now), figure)
        cell = f"{counts.keys_cell}/{self._scales.key}"
        sheet.live(row, _KEY, cell, as_float(then), figure)
        whole = self._split.whole
        if whole is None or self._split.follows_fees:
            sheet.canvas.put(row, LAST, None, label)
            return
        allowed = float(whole / 100)
        is_off = abs(then - whole) > whole / 100
        off = f"ABS({cell}-{as_float(whole)})>{allowed + _NOISE}"
        remark = Remark(off, is_off, f"▲ Inte {as_float(whole)}{_percent(whole)}")
        sheet.live(row, LAST, nested([remark]), first_of([remark]), label)

    def _put_whole(self, sheet: TrialSheet, counts: Counts, lines: Sequence[Line]) -> None:
        row = sheet.down(ROW)
        label = look.total(look.LABEL)
        for column, text in ((1, tables.SUM), (_KEY_NOW, None), (_KEY, None), (LAST, None)):
            sheet.canvas.put(row, column, text, label)
        are_known = all(line.now is not None for line in lines)
        now = total([line.now for line in lines]) if are_known else None
        cells = "+".join(line.cell for line in lines)
        formula = f'IF({counts.can_cell}=0,"{NONE}",{cells})'
        then = total([line.then for line in lines]) if counts.can else None
        shown = NONE if then is None else as_float(then)
        self._put_amounts(sheet, row, now, (formula, shown), is_total=True)

    def _put_missed(self, sheet: TrialSheet, counts: Counts, together: Line) -> None:
        """How much more or less the rounded fees are than what is split."""
        row = sheet.down(ROW)
        for column in (_KEY_NOW, _KEY, *_GAPS, LAST):
            sheet.canvas.put(row, column, None, look.LABEL)
        sheet.canvas.put(row, 1, tables.rounding_label(self._split), look.LABEL)
        role = say.AMOUNTS[tables.rounding_places(self._split)]
        before = Fraction(together.now or 0) - self._split.part
        sheet.canvas.wide(row, *_NOW, as_float(before), role)
        formula = f'IF({counts.can_cell}=0,"{NONE}",{counts.missed_formula(together.cell)})'
        shown = as_float(counts.missed) if counts.can else NONE
        sheet.live_wide(row, _THEN, formula, shown, role)
        for columns in (_MORE, _REST):
            sheet.canvas.wide(row, *columns, None, look.LABEL)

    def _notes(self) -> Iterator[str]:
        yield (
            "Töm en nyckel för att pröva att kommunen lämnar, eller skriv namn och nyckel på en "
            "tom rad för att pröva att en går med. Kommunerna delar alltid hela sin del, efter "
            f"det som står under {PENCIL}."
        )
        yield from texts.notes(self._split)


def _percent(whole: Fraction) -> str:
    return f"{_UNBROKEN}%" if whole > 1 else ""
