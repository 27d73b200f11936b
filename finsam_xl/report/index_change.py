"""Why the index changed from one year to another: the steps as a picture and in rows, unit by unit.

What both years have is compared; how the two were found to be the same is told, and what was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.calc.carried_rounding import carried
from finsam_xl.calc.index_change import Change, Parts
from finsam_xl.model import Judgement
from finsam_xl.money import round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.index_change_texts import NOTHING, not_compared, pairing_texts, why
from finsam_xl.report.index_compared import (
    CAUSES,
    OUTCOMES,
    TARGETS,
    WEIGHTS,
    Compared,
    UnitChange,
)
from finsam_xl.report.pictures import Place, Step, bridge
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import link
from finsam_xl.sheetplan import Role

_MOST = 3
"""How many indicators are told of each cause."""
_PICTURE, _GAP = 150.0, 6.0
_MOVED, _WHY = 2, 4
_SENTENCE = Role(wrap=True)
_INDEX = look.FIGURE._replace(number=look.SWEDISH + "0.0")


def put(sheet: ReportSheet, found: Compared) -> None:
    """The section of the report: why the index of the leading unit changed, and the others'."""
    title = f"Från {found.then} till {found.now}"
    lead = found.lead
    if lead is None or lead.change is None:
        text = not_compared(found)
        height = look.text_height(text, sum(sheet.widths))
        sheet.fit(SECTION_HEIGHT + height)
        sheet.section(title)
        sheet.canvas.wide(sheet.down(height), 1, sheet.last, text, _SENTENCE)
    else:
        sheet.fit(SECTION_HEIGHT + _PICTURE)
        sheet.section(f"{title}, {lead.after.unit}")
        _picture(sheet, found, lead.change)
        _causes(sheet, found, lead, lead.change)
    _units(sheet, found)
    _pairing(sheet, found)


def told(found: Compared) -> str:
    """The change in a sentence: from where to where, and what each cause gave."""
    change = found.lead.change if found.lead is not None else None
    if change is None:
        return not_compared(found)
    parts = list(zip(CAUSES, _shown(change), strict=True))
    return answers.index_changed(found.then, found.now, _ends(change), parts)


def _ends(change: Change) -> tuple[Decimal, Decimal]:
    """The index of both years as it is shown here."""
    return round_half_away(change.before, 1), round_half_away(change.after, 1)


def _shown(change: Change) -> list[Decimal]:
    """What each cause gave, as it is shown: with the shown ends it adds up."""
    before, after = _ends(change)
    return carried(change.parts, after - before, 1)


def _picture(sheet: ReportSheet, found: Compared, change: Change) -> None:
    before, after = _ends(change)
    way = [
        Step(f"Index {found.then}", Fraction(before), is_total=True),
        *(Step(cause, Fraction(part)) for cause, part in zip(CAUSES, _shown(change), strict=True)),
        Step(f"Index {found.now}", Fraction(after), is_total=True),
    ]
    top = sheet.row
    for _ in range(int(_PICTURE / ROW)):
        sheet.down(ROW)
    place = Place(top, 1, sheet.last, ROW * int(_PICTURE / ROW) - _GAP)
    title = f"Vad som ändrade index från {found.then} till {found.now}, i indexenheter"
    bridge(sheet, title, way, place, "indexenheter", 1, name="Indexbrygga")


class _Line(NamedTuple):
    """An indicator under a cause: what it is called, what it moved, how, and where it stands."""

    name: str
    moved: Decimal
    why: str
    link: str


def _causes(sheet: ReportSheet, found: Compared, unit: UnitChange, change: Change) -> None:
    """A row for each cause, and under it the indicators that moved most."""
    before, after = _ends(change)
    sheet.fit(HEADING + 3 * ROW)
    _headings(sheet)
    _total(sheet, f"Index {found.then}", before)
    causes = (change.outcomes, change.targets, change.weights, change.measured)
    for cause, parts, moved in zip(CAUSES, causes, _shown(change), strict=True):
        lines = list(_lines(found, unit, cause, parts, moved))
        heights = [_height(sheet, line) for line in lines]
        if sheet.fit(ROW + sum(heights[:2])):
            _headings(sheet)
        _row(sheet, ROW, _Line(cause, moved, "" if parts else NOTHING[cause], ""), bold=True)
        for line, height in zip(lines, heights, strict=True):
            if sheet.fit(height):
                _headings(sheet)
            _row(sheet, height, line)
    _total(sheet, f"Index {found.now}", after)


def _headings(sheet: ReportSheet) -> None:
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, "Orsak och indikator", look.HEADING)
    sheet.canvas.put(row, _MOVED, "Index", look.HEADING_RIGHT)
    sheet.canvas.put(row, _MOVED + 1, "", look.HEADING)
    sheet.canvas.wide(row, _WHY, sheet.last, "Vad som ändrades", look.HEADING)


def _row(sheet: ReportSheet, height: float, line: _Line, *, bold: bool = False) -> None:
    row, put = sheet.down(height), sheet.canvas.put
    put(row, 1, line.name, look.TEXT._replace(bold=bold), link=line.link)
    put(row, _MOVED, float(line.moved), _signed(line.moved)._replace(bold=bold))
    put(row, _MOVED + 1, None, look.TEXT)
    sheet.canvas.wide(row, _WHY, sheet.last, line.why or None, look.TEXT)


def _total(sheet: ReportSheet, name: str, value: Decimal) -> None:
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, name, look.total(look.LABEL))
    sheet.canvas.put(row, _MOVED, float(value), look.total(_INDEX))
    sheet.canvas.put(row, _MOVED + 1, None, look.total(look.TEXT))
    sheet.canvas.wide(row, _WHY, sheet.last, None, look.total(look.TEXT))


def _signed(moved: Decimal) -> Role:
    return say.deviating(_INDEX, Fraction(moved))


def _height(sheet: ReportSheet, line: _Line) -> float:
    name = look.text_height(line.name, sheet.widths[0])
    return max(ROW, name, look.text_height(line.why, sum(sheet.widths[_WHY - 1 :])))


def _lines(
    found: Compared, unit: UnitChange, cause: str, parts: Parts, moved: Decimal
) -> Iterator[_Line]:
    """The indicators that moved most in a cause, and the others together."""
    ordered = sorted(parts, key=lambda name: -abs(parts[name]))
    told, rest = ordered[:_MOST], ordered[_MOST:]
    if not told:
        return
    amounts = [parts[name] for name in told]
    amounts += [sum((parts[name] for name in rest), Fraction(0))] if rest else []
    shown = carried(amounts, moved, 1)
    before, after = _by_name(unit)
    for name, amount in zip(told, shown, strict=False):
        places = after[name].indicator.places if name in after else {}
        text = why(found, unit, cause, before.get(name), after.get(name))
        yield _Line(name, amount, text, link(places.get("number")))
    if rest:
        several = "indikatorer" if len(rest) > 1 else "indikator"
        yield _Line(f"{len(rest)} {several} till", shown[-1], "", "")


def _by_name(unit: UnitChange) -> tuple[dict[str, Judgement], dict[str, Judgement]]:
    """The indicators of both years by what they are called in the change."""
    before = {pair.after.indicator.title: pair.before for pair in unit.pairs.pairs}
    before |= {one.indicator.title: one for one in unit.pairs.gone}
    after = {pair.after.indicator.title: pair.after for pair in unit.pairs.pairs}
    after |= {one.indicator.title: one for one in unit.pairs.new}
    return before, after


_UNIT_COLUMNS = (2, 3, 4, 5, 6, 8, 9)
"""The columns of the earlier index, what each cause gave, the later index, and the change."""


def _units(sheet: ReportSheet, found: Compared) -> None:
    """The units side by side: the index of both years, and what each cause gave."""
    if not found.units:
        return
    headings = (
        "Enhet", found.then, OUTCOMES, TARGETS, WEIGHTS, "Vilka som\nmätts", "", found.now,
        "Ändring",
    )  # fmt: skip
    sheet.fit(SECTION_HEIGHT + sheet.heading_height(headings) + ROW * min(3, len(found.units)))
    sheet.section(f"Vad som ändrade varje enhets index från {found.then} till {found.now}")
    sheet.headings(headings)
    for unit in found.units:
        height = max(ROW, look.text_height(unit.after.unit, sheet.widths[0]))
        if sheet.fit(height):
            sheet.headings(headings)
        _unit(sheet, sheet.down(height), unit)


def _unit(sheet: ReportSheet, row: int, unit: UnitChange) -> None:
    put, change = sheet.canvas.put, unit.change
    put(row, 1, unit.after.unit, look.TEXT)
    for column in range(2, sheet.last + 1):
        if column not in _UNIT_COLUMNS:
            put(row, column, None, look.LABEL)
    before, after = (
        None if end is None else round_half_away(end, 1)
        for end in (unit.before.total.impact_index, unit.after.total.impact_index)
    )
    parts: Sequence[Decimal | None] = (None,) * len(CAUSES) if change is None else _shown(change)
    moved = None if before is None or after is None else after - before
    first, *causes, last, whole = _UNIT_COLUMNS
    for column, end in ((first, before), (last, after)):
        put(row, column, "–" if end is None else float(end), _INDEX)
    for column, part in (*zip(causes, parts, strict=True), (whole, moved)):
        put(row, column, "–" if part is None else float(part), _signed(part or Decimal(0)))


def _pairing(sheet: ReportSheet, found: Compared) -> None:
    """How the indicators and units of two years were found to be the same, and which were not."""
    texts = list(pairing_texts(found))
    if not texts:
        return
    width = sheet.characters(1, sheet.last)
    heights = [look.text_height(text, width) for text in texts]
    sheet.fit(SECTION_HEIGHT + sum(heights))
    sheet.section("Så jämfördes de två åren")
    for text, height in zip(texts, heights, strict=True):
        sheet.canvas.wide(sheet.down(height), 1, sheet.last, text, _SENTENCE)
