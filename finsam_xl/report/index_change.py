"""Why the index changed from one year to another: the steps as a picture and in rows, unit by unit.

What both years have is compared; how the two were found to be the same is told, and what was not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.calc import index_change, target_rules, wilson
from finsam_xl.calc.carried_rounding import carried
from finsam_xl.calc.index_change import Change, Parts, Year
from finsam_xl.labels import normalise, without_year
from finsam_xl.model import Judgement, UnitIndex
from finsam_xl.money import round_half_away
from finsam_xl.reading.unit_names import same
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.impact_details import outcome, target
from finsam_xl.report.index_pairs import How, Pair, Pairs, namesake, paired
from finsam_xl.report.pictures import Place, Step, bridge
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import Story, link, together
from finsam_xl.sheetplan import Role

OUTCOMES, TARGETS, WEIGHTS, MEASURED = "Utfall", "Mål och gränser", "Vikter", "Vilka som mätts"
CAUSES = (OUTCOMES, TARGETS, WEIGHTS, MEASURED)
_MOST = 3
"""How many indicators are told of each cause."""
_PICTURE, _GAP = 150.0, 6.0
_MOVED, _WHY = 2, 4
_SENTENCE = Role(wrap=True)
_INDEX = look.FIGURE._replace(number=look.SWEDISH + "0.0")
_MOST_TOLD = 8
"""How many indicators a sentence names."""


class UnitChange(NamedTuple):
    """A unit in two years: what belongs together, and why its index changed.

    ``change`` is ``None`` where one of the years has no index, or nothing was measured in both.
    """

    before: UnitIndex
    after: UnitIndex
    pairs: Pairs
    change: Change | None


class Compared(NamedTuple):
    """Two years: what they are called, the leading unit, the other units, and those of one year."""

    then: str
    now: str
    lead: UnitChange | None
    units: tuple[UnitChange, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def compared(before: Story, after: Story, then: str, now: str) -> Compared:
    """Two stories of the index held against each other."""
    lead = _earlier_lead(before, after)
    units: list[UnitChange] = []
    new: list[str] = []
    for unit in after.platforms:
        earlier = namesake(unit, before.platforms or (before.lead,))
        if earlier is None:
            new.append(unit.unit)
        else:
            units.append(_changed(earlier, unit))
    known = {one.before.unit for one in units} | ({lead.unit} if lead is not None else set())
    gone = tuple(one.unit for one in before.platforms if one.unit not in known)
    leading = None if lead is None else _changed(lead, after.lead)
    return Compared(then, now, leading, tuple(units), gone, tuple(new))


def _earlier_lead(before: Story, after: Story) -> UnitIndex | None:
    """What the leading unit was the year before: the same one, or all units together."""
    earlier = [unit for unit in (before.platforms or (before.lead,)) if not unit.is_association]
    if after.lead.is_association:
        return before.lead if before.lead.is_association else None
    if after.platforms:
        return together(earlier) if earlier else None
    # Where each year has but one unit, that is the one, whatever the sheets are called.
    return namesake(after.lead, earlier) or (earlier[0] if len(earlier) == 1 else None)


def _changed(before: UnitIndex, after: UnitIndex) -> UnitChange:
    pairs = paired(before, after)
    earlier: dict[str, Year] = {}
    later: dict[str, Year] = {}
    for pair in pairs.pairs:
        name = _called(pair.after)
        earlier[name] = Year(pair.before.weight, pair.before.reached)
        later[name] = Year(pair.after.weight, pair.after.reached, _would_have(pair))
    earlier |= {_called(one): Year(one.weight, one.reached) for one in pairs.gone}
    later |= {_called(one): Year(one.weight, one.reached) for one in pairs.new}
    return UnitChange(before, after, pairs, index_change.change(earlier, later))


def _would_have(pair: Pair) -> bool | None:
    """Whether the earlier outcome reaches the later target, where that is another one.

    ``None`` where it cannot be told: what was counted for one kind of target says nothing of
    another kind.
    """
    was, rule = pair.before.indicator.rule, pair.after.indicator.rule
    if was is None or rule is None or was == rule:
        return None
    are_shares = {was.kind, rule.kind} <= set(wilson.SHARES)
    if was.kind is not rule.kind and not are_shares:
        return None
    return target_rules.reached(rule, pair.before.indicator.outcome)


def _called(judgement: Judgement) -> str:
    return f"{judgement.indicator.number} {judgement.indicator.name}".strip()


def notes(found: Compared) -> Iterator[str]:
    """How the change was divided among its causes."""
    if found.lead is None or found.lead.change is None:
        return
    yield (
        f"Ändringen från {found.then} till {found.now} tas i steg: det som mättes båda åren, med "
        f"vikterna {found.now}, mot målen {found.now}, med utfallen {found.now}, och sist det som "
        "bara mättes då. Stegen summerar exakt; de visas avrundade så att även de visade talen "
        "summerar."
    )


# Drawn --------------------------------------------------------------------------------------


def put(sheet: ReportSheet, found: Compared) -> None:
    """The section of the report: why the index of the leading unit changed, and the others'."""
    title = f"Från {found.then} till {found.now}"
    lead = found.lead
    if lead is None or lead.change is None:
        text = _not_compared(found)
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


def _not_compared(found: Compared) -> str:
    lead = found.lead
    if lead is None:
        return f"Enheten finns inte {found.then}, så det går inte att säga vad som ändrats."
    for unit, year in ((lead.before, found.then), (lead.after, found.now)):
        if unit.total.impact_index is None:
            return f"Inget är mätt {year}, så det går inte att säga vad som ändrats."
    return "Ingen indikator är mätt båda åren, så det går inte att säga vad som ändrats."


def told(found: Compared) -> str:
    """The change in a sentence: from where to where, and what each cause gave."""
    change = found.lead.change if found.lead is not None else None
    if change is None:
        return _not_compared(found)
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
        _row(sheet, ROW, _Line(cause, moved, "" if parts else _NOTHING[cause], ""), bold=True)
        for line, height in zip(lines, heights, strict=True):
            if sheet.fit(height):
                _headings(sheet)
            _row(sheet, height, line)
    _total(sheet, f"Index {found.now}", after)


_NOTHING = {
    OUTCOMES: "inget som mättes båda åren gick från nått till missat eller tvärtom",
    TARGETS: "inget mål är ändrat så att det avgjorde",
    WEIGHTS: "ingen vikt är ändrad så att index ändrades",
    MEASURED: "inget har kommit till eller fallit bort så att index ändrades",
}


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
        places = (after.get(name) or before[name]).indicator.places if name in after else {}
        why = _why(found, unit, cause, before.get(name), after.get(name))
        yield _Line(name, amount, why, link(places.get("number")))
    if rest:
        several = "indikatorer" if len(rest) > 1 else "indikator"
        yield _Line(f"{len(rest)} {several} till", shown[-1], "", "")


def _by_name(unit: UnitChange) -> tuple[dict[str, Judgement], dict[str, Judgement]]:
    """The indicators of both years by what they are called in the change."""
    before = {_called(pair.after): pair.before for pair in unit.pairs.pairs}
    before |= {_called(one): one for one in unit.pairs.gone}
    after = {_called(pair.after): pair.after for pair in unit.pairs.pairs}
    after |= {_called(one): one for one in unit.pairs.new}
    return before, after


def _why(
    found: Compared,
    unit: UnitChange,
    cause: str,
    before: Judgement | None,
    after: Judgement | None,
) -> str:
    """What was changed of an indicator that a cause tells of."""
    if before is None or after is None:
        return _of_one_year(found, unit, before, after)
    if cause == MEASURED:
        return f"{_measured(before)} → {_measured(after)}"
    if cause == WEIGHTS:
        return f"vikt {before.weight} → {after.weight}; {_went(before)} {found.then}"
    if cause == TARGETS:
        aims = f"{target(before.indicator.rule)} → {target(after.indicator.rule)}"
        reaches = "når" if _would_have(Pair(before, after, How.SAME)) else "når inte"
        return f"{aims}; utfallet {found.then} {reaches} det nya"
    then = outcome(before.indicator.rule, before.indicator.outcome)
    now = outcome(after.indicator.rule, after.indicator.outcome)
    figures = "" if then == now else f"; {then} → {now}"
    return f"{_went(before)} → {_went(after)}, vikt {after.weight}{figures}"


def _of_one_year(
    found: Compared, unit: UnitChange, before: Judgement | None, after: Judgement | None
) -> str:
    if after is not None:
        is_left_out = after.indicator.number in unit.before.excluded
        begins = f"räknades inte {found.then}, raden har ett fel" if is_left_out else "ny"
        return f"{begins}; {_measured(after)}"
    if before is None:
        return ""
    is_left_out = before.indicator.number in unit.after.excluded
    ends = f"räknas inte {found.now}, raden har ett fel" if is_left_out else "borttagen"
    return f"{ends}; {found.then} {_measured(before)}"


def _went(one: Judgement) -> str:
    return "nådd" if one.reached else "missad"


def _measured(one: Judgement) -> str:
    """Whether an indicator counts in its index, and for how much."""
    if one.reached is None:
        return "ej mätt"
    return f"{_went(one)}, vikt {one.weight}" if one.weight else "utan vikt"


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
    texts = list(_pairing_texts(found))
    if not texts:
        return
    width = sheet.characters(1, sheet.last)
    heights = [look.text_height(text, width) for text in texts]
    sheet.fit(SECTION_HEIGHT + sum(heights))
    sheet.section("Så jämfördes de två åren")
    for text, height in zip(texts, heights, strict=True):
        sheet.canvas.wide(sheet.down(height), 1, sheet.last, text, _SENTENCE)


def _pairing_texts(found: Compared) -> Iterator[str]:
    yield from _unit_texts(found)
    if found.lead is None:
        return
    pairs = found.lead.pairs
    by_how = {how: [pair for pair in pairs.pairs if pair.how is how] for how in How}
    if by_how[How.RENUMBERED]:
        told = [f"{_number(p.before)} → {_called(p.after)}" for p in by_how[How.RENUMBERED]]
        yield f"Nytt nummer, samma namn (räknas som samma indikator): {_listed(told)}."
    if by_how[How.RENAMED]:
        told = [f"{_called(p.before)} → {p.after.indicator.name}" for p in by_how[How.RENAMED]]
        yield f"Samma nummer, nästan samma namn (räknas som samma indikator): {_listed(told)}."
    if pairs.unsure:
        told = [f"{_called(p.before)} → {_called(p.after)}" for p in pairs.unsure]
        yield (
            "▲ Kan vara samma indikator, men det går inte att säga; räknas som borttagen och ny: "
            f"{_listed(told)}. Ge dem samma nummer och namn båda åren om de är samma."
        )
    sure = {id(one) for pair in pairs.unsure for one in (pair.before, pair.after)}
    for what, some in ((f"Bara {found.then}", pairs.gone), (f"Bara {found.now}", pairs.new)):
        told = [_called(one) for one in some if id(one) not in sure]
        if told:
            yield f"{what}: {_listed(told)}."
    unknown = [_called(p.after) for p in pairs.pairs if _is_untried(p)]
    if unknown:
        yield (
            f"Målet är ett annat, men utfallet {found.then} går inte att pröva mot det nya; det "
            f"räknas som utfall: {_listed(unknown)}."
        )


def _unit_texts(found: Compared) -> Iterator[str]:
    lead = found.lead
    names = [] if lead is None else [lead.before.unit, lead.after.unit]
    if lead is not None and not same(*(without_year(normalise(name)) for name in names)):
        yield f"{lead.before.unit} {found.then} jämförs med {lead.after.unit} {found.now}."
    for names, year in ((found.gone, found.then), (found.new, found.now)):
        if names:
            yield f"Enheter bara {year}: {say.joined(names)}."


def _is_untried(pair: Pair) -> bool:
    """Whether the target is another one, and nobody knows what the earlier outcome is to it."""
    before, after = pair.before.indicator.rule, pair.after.indicator.rule
    both = pair.before.reached is not None and pair.after.reached is not None
    return both and after is not None and before != after and _would_have(pair) is None


def _number(one: Judgement) -> str:
    return one.indicator.number


def _listed(texts: Sequence[str]) -> str:
    """Some of many, and how many more there are."""
    more = len(texts) - _MOST_TOLD
    if more <= 0:
        return say.joined(texts)
    return f"{', '.join(texts[:_MOST_TOLD])} och {more} till"
