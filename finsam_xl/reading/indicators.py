"""One row of a social budget read into an :class:`Indicator`, with its findings.

A row with an *error* finding is left out of the index until it is mended; a
*warning* or *info* is used as read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.calc.target_rules import Flaw, flaw
from finsam_xl.findings import tell
from finsam_xl.model import (
    Count,
    Finding,
    Indicator,
    Outcome,
    Ref,
    RuleKind,
    Severity,
    TargetRule,
    Word,
    shortened,
)
from finsam_xl.money import as_written, exact, parse_number, round_half_away, swedish, trimmed
from finsam_xl.reading.share_scale import NONE as NO_SCALES
from finsam_xl.reading.share_scale import OUTCOMES, Scale, Scales, base_of, plain_figure, share
from finsam_xl.reading.targets import (
    EXAMPLES,
    IN_PER_CENT,
    NO_LIMIT,
    OF_A_HUNDRED,
    fitted,
    in_per_cent,
    is_bare,
    is_open,
    is_outside,
    is_part,
    of_a_share,
    parse_judgement,
    parse_rule,
    parse_word,
)
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid, Value
from finsam_xl.words.amounts import is_dash
from finsam_xl.words.scenarios import says_per_cent

_PER_CENT = "%"
_HALF = Fraction(51, 100)
"""How far a share may be from its counts in its last figure, with what floats add."""
_NAMES = {"total": "Utfallet", "women": "Utfallet för kvinnor", "men": "Utfallet för män"}
NO_OUTCOME = "utfall-saknas"
"""The code of an indicator that has neither outcome nor judgement."""


class RowPlaces(Mapping[str, Ref]):
    """The cells of one row by field; a place is only made when it is asked for."""

    __slots__ = ("_columns", "_made", "_row", "_sheet")

    def __init__(self, sheet: str, row: int, columns: Mapping[str, int]) -> None:
        self._sheet, self._row, self._columns = sheet, row, columns
        self._made: dict[str, Ref] = {}

    def __getitem__(self, field: str) -> Ref:
        if field not in self._made:
            self._made[field] = Ref.at(self._sheet, self._row, self._columns[field])
        return self._made[field]

    def __contains__(self, field: object) -> bool:
        return field in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class RowReader:
    """Reads the fields of one row and gathers what was found on the way."""

    def __init__(
        self,
        sheet: SheetGrid,
        row: int,
        columns: Mapping[str, int],
        headings: Mapping[str, str],
        scales: Scales = NO_SCALES,
    ) -> None:
        self.cells, self.row, self.columns = sheet.cells, row, columns
        self.headings, self.scales = headings, scales
        self.findings: list[Finding] = []
        self.places = RowPlaces(sheet.name, row, columns)

    def cell(self, field: str) -> Cell:
        """The cell of a field, blank without such a column."""
        column = self.columns.get(field)
        return BLANK if column is None else self.cells.get((self.row, column), BLANK)

    def value(self, field: str) -> Value:
        """What it holds."""
        return self.cell(field).value

    def text(self, field: str) -> str:
        """The same as a text, '' for nothing."""
        value = self.value(field)
        return "" if value is None else str(value).strip()

    def rule_text(self) -> str:
        """The words of the target, with the unit that the heading over them says."""
        field = "rule" if self.text("rule") else "limit"
        text = self.text(field)
        return in_per_cent(text) if self.scales.get(field) is Scale.PER_CENT else text

    @property
    def has_open_limit(self) -> bool:
        """Whether a limit such as 0.5 may be half, or half a per cent, by all that says of it."""
        return Scale.MIXED in self._small("rule", "limit")

    def has_scales_apart(self, rule: TargetRule) -> bool:
        """Whether target and outcome are both 1 or less, and not taken to be of one scale.

        0.8 beside 0.5 is judged alike as parts and as per cent, and as nothing else. Beside
        1 % it may be 0.8 %.
        """
        target = self._small("rule", "limit")
        if not target and rule.limit is not None and 0 < rule.limit <= 1:
            target = {Scale.PER_CENT}
        shares = [field for field in OUTCOMES if self.cell(base_of(field)).is_blank]
        outcome = self._small(*shares)
        return bool(target and outcome) and len(target | outcome) > 1

    def _small(self, *fields: str) -> set[Scale]:
        """The scales of those fields' figures that may be parts of one, or one per cent or less."""
        held = [field for field in fields if field in self.places]
        figures = [(plain_figure(self.cell(field)), self.scales.get(field)) for field in held]
        # Where nothing says a scale 0.8 is a part of one, and 1 may be a number of people.
        small = [(one, scale) for one, scale in figures if one is not None and 0 < one <= 1]
        return {scale or Scale.PARTS for one, scale in small if one < 1 or scale}

    def first_of(self, *fields: str) -> str:
        """The first of some fields that has a column, the last if none has."""
        return next((field for field in fields if field in self.places), fields[-1])

    def report(self, finding: Finding | None) -> None:
        """Keep what was found, if anything was."""
        if finding is not None:
            self.findings.append(finding)


def read_indicator(
    sheet: SheetGrid,
    columns: Mapping[str, int],
    row: int,
    area: str,
    goal: str,
    headings: Mapping[str, str] = MappingProxyType({}),
    scales: Scales = NO_SCALES,
) -> tuple[Indicator, list[Finding]]:
    """The indicator on a row, and everything worth saying about how it was read.

    ``columns``: the number of the column each field stands in; ``headings``: what stands over it;
    ``scales``: how shares are typed in it.
    """
    reader = RowReader(sheet, row, columns, headings, scales)
    outcome = read_outcome(reader)
    weight = _weight(reader, outcome)
    rule = _rule(reader, outcome)
    judged = read_judged(reader, outcome, decided=outcome.is_given and rule is not None)
    silent = not reader.findings or all(f.severity == "info" for f in reader.findings)
    if silent and not outcome.is_given and judged is None and reader.text("judged") == "":
        _report_missing(reader)
    indicator = Indicator(
        number=reader.text("number").replace(" ", ""),
        name=reader.text("name"),
        area=area,
        goal=goal,
        group=reader.text("group"),
        rule=rule,
        weight=weight,
        outcome=outcome,
        judged=judged,
        weight_status=reader.text("weight_status"),
        basis=reader.text("basis"),
        note=reader.text("note"),
        places=reader.places,
    )
    return indicator, reader.findings


def read_judged(reader: RowReader, outcome: Outcome, *, decided: bool) -> bool | None:
    """The typed judgement; where the outcome decides, a cell that is unusable only warns."""
    cell = reader.cell("judged")
    if cell.is_blank:
        return None
    judged = parse_judgement(cell)
    if judged is None:
        reading = values.read(cell, reader.places["judged"], "Uppnått")
        if reading.finding is not None and reading.bad:
            severity: Severity = "warning" if decided else "error"
            reader.report(reading.finding._replace(severity=severity))
        else:
            _report_word(reader, reading.word, outcome)
    return judged


def _report_word(reader: RowReader, word: str, outcome: Outcome) -> None:
    """Say it of a word for a judgement that is none, or that the outcome contradicts."""
    place, stated = reader.places["judged"], reader.value("judged")
    if parse_word(word) is not Word.NOT_MEASURED:
        said = shortened(reader.text("judged"))
        reader.report(tell("uppnatt-okant", place, said=said, stated=stated))
    elif _has_counts(outcome):
        reader.report(tell("uppnatt-avviker", place, "not_measured", stated=stated))


def _has_counts(outcome: Outcome) -> bool:
    return any(part is not None for part in (outcome.total, outcome.women, outcome.men))


def _weight(reader: RowReader, outcome: Outcome) -> int | None:
    cell = reader.cell("weight")
    if cell.value.__class__ is int:
        return cell.value
    place, stated = reader.places["weight"], cell.value
    reading = values.read(cell, place, "Vikten")
    reader.report(reading.finding)
    if reading.bad:
        return None
    if reading.number is None:
        if reading.word:
            said = shortened(reading.word)
            reader.report(tell("vikt-text", place, said=said, stated=stated))
        elif outcome.word is not Word.NOT_MEASURED:
            reader.report(tell("vikt-saknas", place, stated=stated))
        return None
    weight = reading.number.value
    if weight.denominator != 1:
        shown = as_written(weight)
        reader.report(tell("vikt-utanfor", place, "whole", weight=shown, stated=stated))
        return None
    return int(weight)


def _rule(reader: RowReader, outcome: Outcome) -> TargetRule | None:
    text = reader.text("rule")
    limit = limit_cell(reader)
    if not text and not limit.value:
        if _has_counts(outcome) and reader.text("judged") == "":
            field = reader.first_of("rule", "number")
            place, stated = reader.places[field], reader.value(field)
            reader.report(tell("regel-saknas", place, examples=EXAMPLES, stated=stated))
        return None
    rule = _stated_rule(reader)
    text = reader.rule_text()
    bare = is_bare(text, limit) and not is_part(text, limit)
    if rule is not None and _is_mixed(reader, rule, bare=bare):
        _report_open(reader, rule, is_mixed=True, severity="error")
        return None
    if rule is not None:
        rule = fitted(rule, outcome, is_bare=bare)
    _report_rule(reader, rule, outcome, bare=bare)
    return None if rule is not None and is_open(rule, outcome, is_bare=bare) else rule


def _report_rule(
    reader: RowReader, rule: TargetRule | None, outcome: Outcome, *, bare: bool
) -> None:
    """Say it of a rule that is not known, or may be two, and of a limit that it cannot have."""
    counted = outcome.is_given and outcome.word is not Word.NOT_MEASURED
    if rule is None or is_open(rule, outcome, is_bare=bare):
        severity: Severity = "error" if counted or rule is not None else "warning"
        _report_open(reader, rule, severity=severity)
        return
    field = reader.first_of("limit", "rule")
    place, stated = reader.places[field], reader.value(field)
    if rule.limit is None and rule.kind not in NO_LIMIT and counted:
        reader.report(tell("grans-saknas", place, stated=stated))
    elif is_outside(rule):
        ends = [as_written(end) for end in (rule.limit, rule.upper) if end is not None]
        told = tell(
            "grans-utanfor",
            place,
            "share" if rule.kind in OF_A_HUNDRED else "count",
            limit="–".join(ends),
            stated=stated,
        )
        reader.report(told)


def _report_open(
    reader: RowReader, rule: TargetRule | None, *, severity: Severity, is_mixed: bool = False
) -> None:
    """Say it of a rule that is not known, or that may be read in two ways."""
    is_limit = is_mixed and "limit" in reader.places
    field = "rule" if reader.text("rule") and not is_limit else "limit"
    reader.report(
        tell(
            "okand-regel",
            reader.places[field],
            "unknown" if rule is None else "scale" if is_mixed else "open",
            "examples",
            severity=severity,
            rule=shortened(reader.text(field)),
            examples=EXAMPLES,
            stated=reader.value(field),
        )
    )


def _is_mixed(reader: RowReader, rule: TargetRule, *, bare: bool) -> bool:
    """Whether a limit such as 0.5 may be half, or half a per cent as the others of its column."""
    may_count = bare and not says_per_cent(reader.headings.get("limit", ""))
    if may_count or rule.kind not in IN_PER_CENT:
        return False
    return reader.has_open_limit or reader.has_scales_apart(rule)


def _stated_rule(reader: RowReader) -> TargetRule | None:
    """The rule as the row states it."""
    upper = reader.cell("upper")
    text = reader.rule_text()
    return parse_rule(text, limit_cell(reader), None if upper.is_blank else upper) if text else None


def limit_cell(reader: RowReader) -> Cell:
    """The limit's cell; a column of per cent says so of a plain number."""
    cell = reader.cell("limit")
    is_plain = not (isinstance(cell.value, bool | None) or cell.percent)
    if not is_plain or reader.scales.get("limit") is not Scale.PER_CENT:
        return cell
    if isinstance(cell.value, str):
        return cell._replace(value=in_per_cent(cell.value))
    return cell._replace(value=f"{cell.value} {_PER_CENT}")


def read_outcome(reader: RowReader) -> Outcome:
    """What was measured on a row: counts, a share, or a word."""
    first = reader.cell("total_number").value
    if first.__class__ is str and parse_number(first) is None and first.strip():
        if is_dash(first):
            return Outcome()
        word = parse_word(first)
        if word is None:
            place, said = reader.places["total_number"], shortened(first)
            reader.report(tell("utfall-text", place, said=said, stated=first))
        return Outcome(word=word)
    return Outcome(_count(reader, "total"), _count(reader, "women"), _count(reader, "men"))


def _count(reader: RowReader, part: str) -> Count | None:
    number_field, base_field = f"{part}_number", f"{part}_base"
    number_cell, base_cell = reader.cell(number_field), reader.cell(base_field)
    if number_cell.is_blank and base_cell.is_blank:
        return None
    if number_field not in reader.places:
        return None
    _hold_share(reader, part)
    number = values.read(number_cell, reader.places[number_field], _NAMES[part])
    reader.report(number.finding)
    base = values.Reading()
    if not base_cell.is_blank:
        base = values.read(base_cell, reader.places[base_field], "Basen")
        reader.report(base.finding)
    if number.bad or base.bad or number.number is None:
        return None
    percent = number.number.value if number.number.percent else _plain_share(reader, number_field)
    if percent is not None and not _compares_years(reader):
        has_base = base.number is not None
        return _bare_percentage(reader, number_field, percent, has_base=has_base)
    count = Count(number.number.value, base.number.value if base.number else None)
    return count if _is_sound(reader, count, number_field, _stated_rule(reader)) else None


def _plain_share(reader: RowReader, field: str) -> Fraction | None:
    """An outcome in per cent that is typed as a plain number, where column and target say so."""
    cell, text = reader.cell(field), reader.rule_text()
    if isinstance(cell.value, bool | str | None) or not of_a_share(text, limit_cell(reader)):
        return None
    scale = reader.scales.get(field)
    is_counted = not reader.cell(base_of(field)).is_blank
    if is_counted and scale is not Scale.PER_CENT:
        return None
    return share(exact(cell.value), scale)


def _hold_share(reader: RowReader, part: str) -> None:
    """Say it where a stated share is not what its counts give, as precisely as it is shown."""
    field = f"{part}_share"
    fields = (f"{part}_number", f"{part}_base", field)
    found = [reader.cell(name).value for name in fields]
    if any(isinstance(value, bool | str | None) for value in found):
        return
    number, base, stated = (exact(v) for v in found if not isinstance(v, bool | str | None))
    if not 0 <= number <= base or base == 0 or stated < 0:
        return
    calculated = 100 * number / base
    shown = stated if stated > 1 and not reader.cell(field).percent else 100 * stated
    decimals = max(0, len(f"{float(shown):.4f}".rstrip("0").partition(".")[2]))
    if abs(shown - calculated) * 10**decimals > _HALF:
        reader.report(
            tell(
                "andel-avviker",
                reader.places[field],
                "share",
                "counts_hold",
                what=reader.text("number"),
                share=swedish(shown, decimals, _PER_CENT),
                number=as_written(number),
                base=as_written(base),
                gives=swedish(calculated, decimals, _PER_CENT),
                stated=shown,
                calculated=exact(round_half_away(calculated, decimals)),
            )
        )


def _bare_percentage(
    reader: RowReader, field: str, percent: Fraction, *, has_base: bool
) -> Count | None:
    """A share given as per cent: judged as it stands, since its count is not known."""
    share = trimmed(percent, _PER_CENT)
    place, stated = reader.places[field], reader.value(field)
    count = Count(percent, Fraction(100), is_share=True)
    if not _is_sound(reader, count, field, None):
        return None
    told = tell(
        "andel-med-bas" if has_base else "andel-utan-antal", place, share=share, stated=stated
    )
    reader.report(told)
    return count


def _is_sound(reader: RowReader, count: Count, field: str, rule: TargetRule | None) -> bool:
    found = flaw(rule, count)
    place, stated = reader.places[field], reader.value(field)
    if found is not None:
        reader.report(_flawed(found, count, place, stated))
    elif count.number == count.base == 0:
        reader.report(tell("noll-av-noll", place, stated=stated))
    return found is None


def _flawed(found: Flaw, count: Count, place: Ref, stated: Value) -> Finding:
    """What is said of a count that cannot be used."""
    number, base = as_written(count.number), as_written(count.base or 0)
    if found is Flaw.NEGATIVE:
        return tell(
            "negativt-antal",
            place,
            "number" if count.number < 0 else "base",
            number=number,
            base=base,
            stated=stated,
        )
    if found is Flaw.MEAN_OR_SUM:
        return tell("medel-eller-summa", place, number=number, base=base, stated=stated)
    if found is Flaw.DECREASE_OR_CHANGE:
        return tell("minskning-eller-andring", place, number=number, stated=stated)
    return tell("antal-over-bas", place, number=number, base=base, stated=stated)


def _compares_years(reader: RowReader) -> bool:
    rule = _stated_rule(reader)
    return rule is not None and rule.kind in (
        RuleKind.LOWER_THAN_LAST_YEAR,
        RuleKind.DECREASE_AT_LEAST,
    )


def _report_missing(reader: RowReader) -> None:
    field = reader.first_of("total_number", "judged", "number")
    reader.report(tell(NO_OUTCOME, reader.places[field], "row", stated=reader.value(field)))
