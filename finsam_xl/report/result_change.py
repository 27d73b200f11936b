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

from finsam_xl.calc.carried_rounding import carried
from finsam_xl.calc.result_change import Bridge
from finsam_xl.calc.result_change import bridge as bridged
from finsam_xl.model_budget import Amount, Known
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.pictures import Place, Step, bridge
from finsam_xl.report.result_parts import How, Pair, Year, paired
from finsam_xl.report.sheet import HEADING, ROW, KeyFigure, ReportSheet
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Ändrat resultat"
OWNER = "andrat_resultat"
_WIDTHS = (46.0, 13.0, 13.0, 15.0, 13.0, 1.5, 32.0)
_SPANS = ((1, 1), (2, 3), (4, 5), (7, 7))
_SAYS = 7
_PICTURE, _GAP, _MOST_STEPS, _MOST_LINES = 170.0, 6.0, 7, 3
_REST = "Övrigt"
_INDENT = "\u00a0" * 4
_TOTAL_TEXT = look.total(look.TEXT)


class Compared(NamedTuple):
    """Two years of a result: what they are called, and the table and column of each.

    ``then`` and ``now`` are as in "Utfall 2020"; both years' tables have the same unit.
    """

    then: str
    now: str
    before: Year
    after: Year


class Change:
    """Why a result changed: its steps, exact, and as they are shown."""

    def __init__(self, found: Compared, before: Known, after: Known) -> None:
        self.found = found
        self.places = say.decimals(found.after.budget.unit)
        self.pairs = [
            pair for pair in paired(found.before.parts, found.after.parts) if pair.item.change
        ]
        self.bridge: Bridge = bridged(before, after, [pair.item for pair in self.pairs])

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

    def lines(self, pair: Pair, moved: Decimal) -> list[tuple[str, Decimal, str]]:
        """The lines that changed most in a step, and the others together; as they are shown."""
        changed = [one for one in pair.lines() if one.item.change]
        if len(changed) < 2 and not (changed and changed[0].shown.name != pair.shown.name):
            return []
        changed.sort(key=lambda one: -abs(Fraction(one.item.change)))
        told, rest = changed[:_MOST_LINES], changed[_MOST_LINES:]
        left = pair.item.change - sum(one.item.change for one in told)
        amounts = [*(Fraction(one.item.change) for one in told), *([Fraction(left)] if left else [])]
        shown = carried(amounts, moved, self.places)
        found = [
            (one.shown.name, amount, self.how(one)) for one, amount in zip(told, shown, strict=False)
        ]
        if left:
            name = f"{len(rest)} {'rader' if len(rest) > 1 else 'rad'} till" if rest else _REST
            found.append((name, shown[-1], ""))
        return found

    def how(self, pair: Pair) -> str:
        """What is to be known of a row that one of the years has otherwise."""
        if pair.how is How.NEW or pair.item.before is None:
            return f"fanns inte i {self.found.then}"
        if pair.how is How.GONE or pair.item.after is None:
            return f"finns inte i {self.found.now}"
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
    sheet = ReportSheet(_WIDTHS, unit)
    sheet.tail = list(_notes(change))
    title = f"Vad ändrade resultatet? {found.then} till {found.now}"
    sheet.head(title, (association, f"belopp i {unit}"), run, told(change))
    sheet.key_figures(_SPANS, _key_figures(change))
    put(sheet, change)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def told(change: Change) -> str:
    """The change in a sentence: from where to where, and the steps that did most."""
    steps = [(pair.shown.name, amount) for pair, amount in zip(change.pairs, change.shown, strict=False)]
    ends, unit = change.ends, change.found.after.budget.unit
    return answers.result_changed(change.found.then, change.found.now, ends, steps, unit, change.places)


def _key_figures(change: Change) -> list[KeyFigure]:
    unit, places = change.found.after.budget.unit, change.places
    (before, after), moved = change.ends, change.ends[1] - change.ends[0]
    text, colour = say.judged(Fraction(moved), "bättre", "sämre", "oförändrat", places)
    income, costs = (
        sum(
            (amount for pair, amount in zip(change.pairs, change.shown, strict=False)
             if pair.shown.is_income is is_income),
            Decimal(0),
        )
        for is_income in (True, False)
    )  # fmt: skip
    sides = f"intäkter {_signed(income, places)}, kostnader {_signed(costs, places)}"
    rest = change.shown[-1]
    return [
        (f"Resultat, {change.found.then}", swedish(before, places), unit, ""),
        (f"Resultat, {change.found.now}", swedish(after, places), unit, ""),
        ("Ändring", _signed(moved, places), text, colour),
        ("Därav", sides, f"övrigt {_signed(rest, places)}" if rest else "plus är bättre", ""),
    ]


def _signed(amount: Decimal, places: int) -> str:
    return say.with_sign(Fraction(amount), places) if amount else "±0"


def put(sheet: ReportSheet, change: Change) -> None:
    """The picture of the steps, and their rows."""
    _picture(sheet, change)
    _steps(sheet, change)


def _picture(sheet: ReportSheet, change: Change) -> None:
    """The way from one result to the other; the smallest steps are drawn as one."""
    before, after = change.ends
    steps = list(zip(change.pairs, change.shown, strict=False))
    by_size = sorted(steps, key=lambda step: -abs(step[1]))[:_MOST_STEPS]
    drawn = [(pair.shown.name, amount) for pair, amount in steps if (pair, amount) in by_size]
    rest = after - before - sum((amount for _, amount in drawn), Decimal(0))
    way = [
        Step(change.found.then, Fraction(before), is_total=True),
        *(Step(name, Fraction(amount)) for name, amount in drawn),
        *([Step(_REST, Fraction(rest))] if rest else []),
        Step(change.found.now, Fraction(after), is_total=True),
    ]
    top, rows = sheet.row, int(_PICTURE / ROW)
    for _ in range(rows):
        sheet.down(ROW)
    title = f"Resultat, från {_small(change.found.then)} till {_small(change.found.now)}"
    place = Place(top, 1, sheet.last, ROW * rows - _GAP)
    bridge(sheet, title, way, place, change.found.after.budget.unit, change.places)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _steps(sheet: ReportSheet, change: Change) -> None:
    """A row for each step, and under it the lines that changed most."""
    before, after = change.ends
    sheet.fit(HEADING + 3 * ROW)
    _headings(sheet, change)
    _total(sheet, change, f"Resultat, {change.found.then}", before)
    for pair, moved in zip(change.pairs, change.shown, strict=False):
        lines = change.lines(pair, moved)
        if sheet.fit(ROW * (1 + min(2, len(lines)))):
            _headings(sheet, change)
        item = pair.item
        amounts = (item.before, item.after)
        _row(sheet, change, (pair.shown.name, moved, change.how(pair)), amounts, pair.shown.link)
        for name, amount, how in lines:
            if sheet.fit(ROW):
                _headings(sheet, change)
            _row(sheet, change, (f"{_INDENT}{name}", amount, how), None, "")
    rest = change.shown[-1]
    if rest:
        _row(sheet, change, (_REST, rest, "det som raderna inte förklarar"), None, "", bold=True)
    _total(sheet, change, f"Resultat, {change.found.now}", after)


def _headings(sheet: ReportSheet, change: Change) -> None:
    found = change.found
    texts = ("Intäkt eller kostnad", found.then, found.now, "Ändring av\nresultatet",
             "Del av\nändringen", "", "Att veta")  # fmt: skip
    sheet.headings(texts, left=(_SAYS,))


def _row(
    sheet: ReportSheet,
    change: Change,
    told: tuple[str, Decimal, str],
    amounts: tuple[Amount, Amount] | None,
    link: str,
    *,
    bold: bool = False,
) -> None:
    """A step with the amounts of both years, or a line under it."""
    name, moved, how = told
    bold = bold or amounts is not None
    height = max(ROW, look.text_height(name, sheet.widths[0], bold=bold))
    height = max(height, look.text_height(how, sheet.widths[_SAYS - 1]))
    row, put = sheet.down(height), sheet.canvas.put
    put(row, 1, name, look.TEXT._replace(bold=bold), link=link)
    for column, amount in enumerate(amounts or (None, None), start=2):
        sheet.amount(row, column, amount, change.places)
    sheet.amount(row, 4, Fraction(moved), change.places, bold=bold, is_deviation=True)
    put(row, 5, _part(change, moved), say.WHOLE_PERCENT)
    put(row, 6, None, look.LABEL)
    put(row, _SAYS, how or None, look.TEXT)


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
        "Alla belopp är sedda från resultatet: intäkter plus, kostnader minus, och plus i ändringen "
        "är bättre. Stegen summerar exakt till ändringen; de visas avrundade så att även de visade "
        "talen summerar."
    )
    yield (
        "Del av ändringen summerar till 100 %; en del med minus drar åt andra hållet. "
        f"Jämför {_small(found.then)} ({_where(found.before)}) med {_small(found.now)} "
        f"({_where(found.after)})."
    )
    if change.bridge.rest:
        yield (
            "Övrigt är vad resultatet ändrades utöver raderna: summor som inte är sina rader, "
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
