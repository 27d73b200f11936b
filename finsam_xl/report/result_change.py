"""The report *Rapport Ändrat resultat*: why the result of a year is another than an earlier year's.

The answer, the way from one result to the other as a picture, and each step in rows: income and
the sections of the costs with the lines that changed most, in the table's unit and as a part of
the change. The steps sum exactly; what no row explains is a step of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.labels import small
from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look, result_volumes
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.pictures import Place, Step, bridge
from finsam_xl.report.result_parts import How, Year
from finsam_xl.report.result_steps import Change, signed
from finsam_xl.report.sheet import HEADING, ROW, KeyFigure, ReportSheet, fitting
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Ändrat resultat"
OWNER = "andrat_resultat"
_WIDTHS = (44.0, 13.0, 13.0, 15.0, 13.0, 1.5)
_SAYS = 7
_PICTURE, _LOWEST, _HIGHEST, _GAP = 136.0, 102.0, 187.0, 6.0
_MOST_STEPS = 7
"""How many steps are drawn by themselves."""
_REST, _SMALL = "Utöver raderna", "Övriga steg"
_TOTAL_TEXT = look.total(look.TEXT)


def build(change: Change, *, association: str, run: str, faults: Faults = NO_FAULTS) -> SheetPlan:
    """The report of a changed result; ``faults``: those in the tables of its years."""
    found, unit = change.found, change.found.after.budget.unit
    sheet = ReportSheet((*_WIDTHS, fitting(_WIDTHS)), unit)
    sheet.tail = list(_notes(change))
    changes = "ändrar" if found.is_planned else "ändrade"
    title = f"Vad {changes} resultatet? {found.then} till {small(found.now)}"
    sheet.head(title, (association, f"belopp i {unit}"), run, told(change), faults)
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
        change.found.then,
        change.found.now,
        ends,
        steps,
        unit,
        change.places,
        is_planned=change.found.is_planned,
    )


def _key_figures(change: Change) -> list[KeyFigure]:
    """The later result, how it changed, and what income and costs did of that."""
    unit, places = change.found.after.budget.unit, change.places
    before, after = change.ends
    then = f"{unit}; {small(change.found.then)} {swedish(before, places)}"
    steps = list(zip(change.pairs, change.shown, strict=False))
    sides = [
        sum((amount for pair, amount in steps if pair.shown.is_income is side), Decimal(0))
        for side in (True, False)
    ]
    named = zip(
        ("Ändring", "Därav intäkter", "Därav kostnader"), (after - before, *sides), strict=True
    )
    figures = [(f"Resultat, {small(change.found.now)}", swedish(after, places), then, "")]
    for name, amount in named:
        text, colour = say.judged(Fraction(amount), "bättre", "sämre", "oförändrat", places)
        figures.append((name, signed(amount, places), text, colour))
    return figures


def put(sheet: ReportSheet, change: Change) -> None:
    """The picture of the steps, and their rows."""
    rows = _rows(change)
    heights = [_height(sheet, row) for row in rows]
    left = sheet.free - HEADING - 2 * ROW - sum(heights) - sheet.notes_height()
    left -= result_volumes.height(change)
    _picture(sheet, change, min(_HIGHEST, left) if left >= _LOWEST else _PICTURE)
    _steps(sheet, change, rows, heights)
    result_volumes.put(sheet, change)


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
    title = f"Resultat, från {small(change.found.then)} till {small(change.found.now)}"
    place = Place(top, 1, sheet.last, ROW * rows - _GAP)
    bridge(sheet, title, way, place, change.found.after.budget.unit, change.places)


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
    _total(sheet, change, f"Resultat, {small(change.found.then)}", before)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True), start=1):
        if sheet.fit(height + (ROW if number == len(rows) else 0)):
            _headings(sheet, change)
        _row(sheet, change, row, sheet.down(height))
    _total(sheet, change, f"Resultat, {small(change.found.now)}", after)


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
    if any(result_volumes.split(change, what) is not None for what in result_volumes.COUNTED):
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
            f"▲ Bara {small(found.then)} har {_listed(gone)}; bara {small(found.now)} har "
            f"{_listed(new)}. Är någon av dem samma rad, ge den samma namn båda åren."
        )


def _listed(names: Sequence[str]) -> str:
    return say.joined([f"”{name}”" for name in names])


def _where(year: Year) -> str:
    header = year.budget.columns[year.column].header
    return ", ".join(filter(None, (f"bladet {year.budget.sheet}", f"kolumnen {header}")))
