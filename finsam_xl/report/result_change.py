"""The report *Rapport Ändrat resultat*: why the result of a year is another than an earlier year's.

The answer, the way from one result to the other as a picture, and each step in rows: income and
the sections of the costs with the lines that changed most, in the table's unit and as a part of
the change. The steps sum exactly; what no row explains is a step of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import result_change as calc
from finsam_xl.calc.carried_rounding import carried
from finsam_xl.model_budget import Amount, Known
from finsam_xl.money import as_written, round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.pictures import Place, Step, bridge
from finsam_xl.report.result_parts import How, Pair, Year, paired
from finsam_xl.report.sheet import (
    HEADING,
    ROW,
    SECTION_HEIGHT,
    KeyFigure,
    ReportSheet,
    fitting,
)
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.words.volumes import Volume

NAME = "Rapport Ändrat resultat"
OWNER = "andrat_resultat"
_WIDTHS = (44.0, 13.0, 13.0, 15.0, 13.0, 1.5)
_SAYS = 7
_PICTURE, _LOWEST, _HIGHEST, _GAP = 136.0, 102.0, 187.0, 6.0
_MOST_STEPS, _MOST_LINES, _MOST_DECIMALS = 7, 4, 2
_REST, _SMALL = "Utöver raderna", "Övriga steg"
_TOTAL_TEXT = look.total(look.TEXT)


class Compared(NamedTuple):
    """Two years of a result: what they are called, and the table and column of each.

    ``then`` and ``now`` are as in "Utfall 2020"; both years' tables have the same unit.
    """

    then: str
    now: str
    before: Year
    after: Year
    other: str = ""
    """The association of the earlier year, where the later year's is another one."""


class Change:
    """Why a result changed: its steps, exact, and as they are shown."""

    def __init__(self, found: Compared, before: Known, after: Known) -> None:
        self.found = found
        self.places = say.decimals(found.after.budget.unit)
        self.pairs = [
            pair for pair in paired(found.before.parts, found.after.parts) if pair.item.change
        ]
        self.bridge = calc.bridge(before, after, [pair.item for pair in self.pairs])

    @cached_property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Both results as they are shown."""
        return (
            round_half_away(self.bridge.before, self.places),
            round_half_away(self.bridge.after, self.places),
        )

    @cached_property
    def shown(self) -> list[Decimal]:
        """What each step changed as it is shown, and last the rest: with the ends they add up."""
        before, after = self.ends
        parts = [*map(Fraction, self.bridge.changes), Fraction(self.bridge.rest)]
        return carried(parts, after - before, self.places)

    def lines(self, pair: Pair, moved: Decimal) -> str:
        """The lines that changed most in a step, and the others together; as they are shown."""
        changed = [one for one in pair.lines() if one.item.change]
        changed.sort(key=lambda one: -abs(Fraction(one.item.change)))
        if not changed or (len(changed) == 1 and changed[0].shown.name == pair.shown.name):
            return ""
        most = _MOST_LINES if len(changed) > _MOST_LINES + 1 else len(changed)
        told, rest = changed[:most], changed[most:]
        left = Fraction(pair.item.change - sum(one.item.change for one in told))
        amounts = [*(Fraction(one.item.change) for one in told), *([left] if left else [])]
        shown = [_signed(amount, self.places) for amount in carried(amounts, moved, self.places)]
        texts = [
            f"{one.shown.name} {amount}{f' ({how})' if (how := self.how(one)) else ''}"
            for one, amount in zip(told, shown, strict=False)
        ]
        if left:
            name = (
                f"{len(rest)} {'rader' if len(rest) > 1 else 'rad'} till"
                if rest
                else "utöver raderna"
            )
            texts.append(f"{name} {shown[-1]}")
        return say.joined(texts)

    def how(self, pair: Pair) -> str:
        """What is to be known of a row that one of the years has otherwise."""
        if pair.item.before is None:
            return f"inget belopp i {_small(self.found.then)}"
        if pair.item.after is None:
            return f"inget belopp i {_small(self.found.now)}"
        if pair.how is How.RENAMED and pair.before is not None:
            return f"hette ”{pair.before.name}”"
        return ""


def change_of(found: Compared) -> Change | None:
    """Why the result changed; ``None`` where one of the results is not known."""
    before, after = found.before.result, found.after.result
    return None if before is None or after is None else Change(found, before, after)


def build(change: Change, *, association: str, run: str) -> SheetPlan:
    """The report of a changed result."""
    found, unit = change.found, change.found.after.budget.unit
    sheet = ReportSheet((*_WIDTHS, fitting(_WIDTHS)), unit)
    sheet.tail = list(_notes(change))
    title = f"Vad ändrade resultatet? {found.then} till {_small(found.now)}"
    sheet.head(title, (association, f"belopp i {unit}"), run, told(change))
    sheet.key_figures(_key_figures(change))
    put(sheet, change)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def told(change: Change) -> str:
    """The change in a sentence: from where to where, and the steps that did most."""
    steps = [
        (pair.shown.name, amount) for pair, amount in zip(change.pairs, change.shown, strict=False)
    ]
    ends, unit = change.ends, change.found.after.budget.unit
    return answers.result_changed(
        change.found.then, change.found.now, ends, steps, unit, change.places
    )


def _key_figures(change: Change) -> list[KeyFigure]:
    """The later result, how it changed, and what income and costs did of that."""
    unit, places = change.found.after.budget.unit, change.places
    before, after = change.ends
    then = f"{unit}; {_small(change.found.then)} {swedish(before, places)}"
    steps = list(zip(change.pairs, change.shown, strict=False))
    sides = [
        sum((amount for pair, amount in steps if pair.shown.is_income is side), Decimal(0))
        for side in (True, False)
    ]
    named = zip(
        ("Ändring", "Därav intäkter", "Därav kostnader"), (after - before, *sides), strict=True
    )
    figures = [(f"Resultat, {_small(change.found.now)}", swedish(after, places), then, "")]
    for name, amount in named:
        text, colour = say.judged(Fraction(amount), "bättre", "sämre", "oförändrat", places)
        figures.append((name, _signed(amount, places), text, colour))
    return figures


def _signed(amount: Decimal, places: int) -> str:
    return say.with_sign(Fraction(amount), places) if amount else "±0"


def put(sheet: ReportSheet, change: Change) -> None:
    """The picture of the steps, and their rows."""
    rows = _rows(change)
    heights = [_height(sheet, row) for row in rows]
    left = sheet.free - HEADING - 2 * ROW - sum(heights) - sheet.notes_height()
    left -= _volumes_height(change)
    _picture(sheet, change, min(_HIGHEST, left) if left >= _LOWEST else _PICTURE)
    _steps(sheet, change, rows, heights)
    _volumes(sheet, change)


def _picture(sheet: ReportSheet, change: Change, height: float) -> None:
    """The way from one result to the other; the smallest steps are drawn as one."""
    before, after = change.ends
    steps = list(zip(change.pairs, change.shown, strict=False))
    by_size = sorted(steps, key=lambda step: -abs(step[1]))[:_MOST_STEPS]
    drawn = [(pair.shown.name, amount) for pair, amount in steps if (pair, amount) in by_size]
    rest = after - before - sum((amount for _, amount in drawn), Decimal(0))
    way = [
        Step(change.found.then, Fraction(before), is_total=True),
        *(Step(name, Fraction(amount)) for name, amount in drawn),
        *([Step(_SMALL, Fraction(rest))] if rest else []),
        Step(change.found.now, Fraction(after), is_total=True),
    ]
    top, rows = sheet.row, int(height / ROW)
    for _ in range(rows):
        sheet.down(ROW)
    title = f"Resultat, från {_small(change.found.then)} till {_small(change.found.now)}"
    place = Place(top, 1, sheet.last, ROW * rows - _GAP)
    bridge(sheet, title, way, place, change.found.after.budget.unit, change.places)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


class _Row(NamedTuple):
    """A step: its name, what it changed, the amounts of both years, what to know, and its place."""

    name: str
    moved: Decimal
    amounts: tuple[Amount, Amount]
    text: str
    link: str


def _rows(change: Change) -> list[_Row]:
    """The steps, and last what they leave."""
    rows = [
        _Row(
            pair.shown.name,
            moved,
            (pair.item.before, pair.item.after),
            "; ".join(filter(None, (change.how(pair), change.lines(pair, moved)))),
            pair.shown.link,
        )
        for pair, moved in zip(change.pairs, change.shown, strict=False)
    ]
    rest = change.shown[-1]
    if rest:
        rows.append(_Row(_REST, rest, (None, None), "det som ingen rad förklarar", ""))
    return rows


def _height(sheet: ReportSheet, row: _Row) -> float:
    name = look.text_height(row.name, sheet.widths[0])
    return max(ROW, name, look.text_height(row.text, sheet.widths[_SAYS - 1]))


def _steps(
    sheet: ReportSheet, change: Change, rows: Sequence[_Row], heights: Sequence[float]
) -> None:
    """A row for each step, with the lines that changed most in it."""
    before, after = change.ends
    sheet.fit(HEADING + 3 * ROW)
    _headings(sheet, change)
    _total(sheet, change, f"Resultat, {_small(change.found.then)}", before)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True), start=1):
        if sheet.fit(height + (ROW if number == len(rows) else 0)):
            _headings(sheet, change)
        _row(sheet, change, row, sheet.down(height))
    _total(sheet, change, f"Resultat, {_small(change.found.now)}", after)


def _headings(sheet: ReportSheet, change: Change) -> None:
    found = change.found
    texts = ("Intäkt eller kostnad", found.then, found.now, "Ändring av\nresultatet",
             "Del av\nändringen", "", "Rader som ändrades mest")  # fmt: skip
    sheet.headings(texts, left=(_SAYS,))


def _row(sheet: ReportSheet, change: Change, step: _Row, row: int) -> None:
    put = sheet.canvas.put
    put(row, 1, step.name, look.TEXT, link=step.link)
    for column, amount in enumerate(step.amounts, start=2):
        sheet.amount(row, column, amount, change.places)
    sheet.amount(row, 4, Fraction(step.moved), change.places, bold=True, is_deviation=True)
    put(row, 5, _part(change, step.moved), say.WHOLE_PERCENT)
    put(row, 6, None, look.LABEL)
    put(row, _SAYS, step.text or None, look.TEXT)


_COUNTED = {Volume.PARTICIPANTS: ("Alla kostnader", "deltagare"),
            Volume.POSTS: ("Personal", "tjänster")}  # fmt: skip
"""What costs are told to rest on how many."""


def _volumes_height(change: Change) -> float:
    count = sum(_split(change, what) is not None for what in _COUNTED)
    return SECTION_HEIGHT + HEADING + ROW * count if count else 0.0


def _volumes(sheet: ReportSheet, change: Change) -> None:
    """What of the costs changed since they are more or fewer, and what as each costs more."""
    found = [(what, split) for what in _COUNTED if (split := _split(change, what)) is not None]
    if not found:
        return
    sheet.fit(_volumes_height(change))
    sheet.section("Fler och färre, dyrare och billigare")
    names = (_small(change.found.then), _small(change.found.now))
    headings = (
        "Kostnad", *(f"Per styck,\n{name}" for name in names),
        "Fler eller\nfärre", "Dyrare eller\nbilligare", "", "Vad det räknas på",
    )  # fmt: skip
    sheet.headings(headings, left=(_SAYS,))
    for what, split in found:
        _volume_row(sheet, change, what, split)


class _Volume(NamedTuple):
    """How many, and what they cost, in both years."""

    before: calc.Volume
    after: calc.Volume
    split: calc.Split


def _split(change: Change, what: Volume) -> _Volume | None:
    """The change of the costs of a volume; ``None`` where a year does not tell both."""
    years = (change.found.before, change.found.after)
    known = [(year.volume(what), year.cost(what)) for year in years]
    before, after = (
        None if number is None or cost is None else calc.Volume(number, cost)
        for number, cost in known
    )
    split = calc.volume_and_price(before, after) if before and after else None
    return _Volume(before, after, split) if before and after and split else None


def _volume_row(sheet: ReportSheet, change: Change, what: Volume, found: _Volume) -> None:
    """A cost: what each costs, what more or fewer changed and what the price did."""
    name, counted = _COUNTED[what]
    moved = found.after.amount - found.before.amount
    volume, price = carried(found.split, Fraction(moved), change.places)
    row, put = sheet.down(ROW), sheet.canvas.put
    put(row, 1, name, look.TEXT)
    for column, one in ((2, found.before), (3, found.after)):
        sheet.amount(
            row, column, -Fraction(one.amount) / one.number, min(_MOST_DECIMALS, change.places + 1)
        )
    for column, part in ((4, volume), (5, price)):
        sheet.amount(row, column, Fraction(part), change.places, bold=True, is_deviation=True)
    put(row, 6, None, look.LABEL)
    numbers = f"{as_written(found.before.number)} → {as_written(found.after.number)} {counted}"
    whole = f"tillsammans {_signed(volume + price, change.places)}"
    put(row, _SAYS, f"{numbers}; {whole}", look.TEXT)


def _part(change: Change, moved: Decimal) -> float | None:
    """How much of the shown change a shown step is, of one."""
    before, after = change.ends
    if before == after:
        return None
    return float(round_half_away(Fraction(moved) / Fraction(after - before), 2))


def _total(sheet: ReportSheet, change: Change, name: str, value: Decimal) -> None:
    row, put = sheet.down(ROW), sheet.canvas.put
    put(row, 1, name, _TOTAL_TEXT)
    for column in (2, 3, 5, 6, _SAYS):
        put(row, column, None, _TOTAL_TEXT)
    sheet.amount(row, 4, Fraction(value), change.places, total=True)


def _notes(change: Change) -> Iterator[str]:
    found = change.found
    yield (
        "Intäkter är plus och kostnader minus; plus i ändringen är bättre. Stegen summerar exakt, "
        "och avrundas så att även de visade talen gör det."
    )
    yield (
        "Del av ändringen summerar till 100 %; en del med minus drar åt andra hållet. "
        f"{found.then}: {_where(found.before)}. {found.now}: {_where(found.after)}."
    )
    if found.other:
        yield f"▲ {found.then} gäller {found.other}: jämförelsen är mellan två förbund."
    booked = [name for name in (found.before.booked, found.after.booked) if name]
    if booked:
        yield (
            f"Raden {_listed(list(dict.fromkeys(booked)))} är förra årets eget kapital och ingår "
            "inte i resultatet."
        )
    if any(_split(change, what) is not None for what in _COUNTED):
        yield (
            "Fler eller färre är skillnaden i antal gånger det tidigare priset, dyrare eller "
            "billigare skillnaden i pris gånger det senare antalet; de summerar till kostnadens "
            "ändring."
        )
    if change.bridge.rest:
        yield (
            "Utöver raderna är vad ingen rad förklarar: summor som inte är sina rader, "
            "eller avrundning i tabellerna."
        )
    lonely = [pair for pair in change.pairs if pair.how in (How.NEW, How.GONE)]
    gone = [pair.shown.name for pair in lonely if pair.how is How.GONE]
    new = [pair.shown.name for pair in lonely if pair.how is How.NEW]
    if gone and new:
        yield (
            f"▲ Bara {_small(found.then)} har {_listed(gone)}; bara {_small(found.now)} har "
            f"{_listed(new)}. Är någon av dem samma rad, ge den samma namn båda åren."
        )


def _listed(names: Sequence[str]) -> str:
    return say.joined([f"”{name}”" for name in names])


def _where(year: Year) -> str:
    header = year.budget.columns[year.column].header
    return ", ".join(filter(None, (f"bladet {year.budget.sheet}", f"kolumnen {header}")))
