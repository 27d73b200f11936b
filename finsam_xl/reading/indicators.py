"""One row of a social budget read into an :class:`Indicator`, with its findings.

A row with an *error* finding is left out of the index until it is mended; a
*warning* or *info* is used as read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.calc.target_rules import Flaw, flaw
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
from finsam_xl.money import exact, parse_number, round_half_away, swedish
from finsam_xl.reading.targets import (
    EXAMPLES,
    NO_LIMIT,
    OF_A_HUNDRED,
    fitted,
    is_bare,
    is_open,
    is_outside,
    parse_judgement,
    parse_rule,
    parse_word,
)
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid

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


class _RowReader:
    """Reads the fields of one row and gathers what was found on the way."""

    def __init__(
        self, sheet: SheetGrid, row: int, columns: Mapping[str, int], headings: Mapping[str, str]
    ) -> None:
        self.cells, self.row, self.columns = sheet.cells, row, columns
        self.headings = headings
        self.findings: list[Finding] = []
        self.places = RowPlaces(sheet.name, row, columns)

    def cell(self, field: str) -> Cell:
        column = self.columns.get(field)
        return BLANK if column is None else self.cells.get((self.row, column), BLANK)

    def text(self, field: str) -> str:
        value = self.cell(field).value
        return "" if value is None else str(value).strip()

    def report(self, finding: Finding | None) -> None:
        if finding is not None:
            self.findings.append(finding)

    def say(self, severity: Severity, code: str, field: str, message: str) -> None:
        stated = self.cell(field).value
        self.report(Finding.at(self.places[field], severity, code, message, stated=stated))


def read_indicator(
    sheet: SheetGrid,
    columns: Mapping[str, int],
    row: int,
    area: str,
    goal: str,
    headings: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Indicator, list[Finding]]:
    """The indicator on a row, and everything worth saying about how it was read.

    ``columns``: the number of the column each field stands in; ``headings``: what stands over it.
    """
    reader = _RowReader(sheet, row, columns, headings)
    outcome = _outcome(reader)
    weight = _weight(reader, outcome)
    rule = _rule(reader, outcome)
    judged = _judged(reader, outcome, decided=outcome.is_given and rule is not None)
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


def _judged(reader: _RowReader, outcome: Outcome, *, decided: bool) -> bool | None:
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
        elif parse_word(reading.word) is Word.NOT_MEASURED and _has_counts(outcome):
            reader.say(
                "warning",
                "uppnatt-avviker",
                "judged",
                "Uppnått står som ej mätt men utfall finns, och utfallet gäller. "
                "Ta bort utfallet om det inte ska räknas.",
            )
        elif parse_word(reading.word) is not Word.NOT_MEASURED:
            reader.say(
                "warning",
                "uppnatt-okant",
                "judged",
                f"Uppnått ”{shortened(reader.text('judged'))}” går inte att tolka. "
                "Skriv Ja, Nej eller Ej mätt.",
            )
    return judged


def _has_counts(outcome: Outcome) -> bool:
    return any(part is not None for part in (outcome.total, outcome.women, outcome.men))


def _weight(reader: _RowReader, outcome: Outcome) -> int | None:
    cell = reader.cell("weight")
    if cell.value.__class__ is int:
        return cell.value
    reading = values.read(reader.cell("weight"), reader.places["weight"], "Vikten")
    reader.report(reading.finding)
    if reading.bad:
        return None
    remedy = "Skriv ett heltal från 1 till 10."
    if reading.number is None:
        if reading.word:
            reader.say("error", "vikt-text", "weight", f"Vikten är text. {remedy}")
        elif outcome.word is not Word.NOT_MEASURED:
            reader.say("error", "vikt-saknas", "weight", f"Vikten saknas. {remedy}")
        return None
    weight = reading.number.value
    if weight.denominator != 1:
        shown = swedish(weight, 2)
        reader.say("error", "vikt-utanfor", "weight", f"Vikten är {shown}. {remedy}")
        return None
    return int(weight)


def _rule(reader: _RowReader, outcome: Outcome) -> TargetRule | None:
    text = reader.text("rule")
    limit = _limit(reader)
    if not text and not limit.value:
        if _has_counts(outcome) and reader.text("judged") == "":
            reader.say(
                "warning",
                "regel-saknas",
                "rule" if "rule" in reader.places else "number",
                f"Utfall finns men ingen regel. Räknas som ej mätt; skriv till exempel {EXAMPLES}.",
            )
        return None
    rule = _stated_rule(reader)
    if rule is not None:
        bare = is_bare(text or reader.text("limit"), limit)
        rule = fitted(rule, outcome, is_bare=bare)
        if is_open(rule, outcome, is_bare=bare):
            reader.say(
                "error",
                "okand-regel",
                "rule" if text else "limit",
                f"”{shortened(text or reader.text('limit'))}” kan gälla andelen eller antalet, "
                f"som ger olika svar. Skriv till exempel {EXAMPLES}.",
            )
            return None
    counted = outcome.is_given and outcome.word is not Word.NOT_MEASURED
    if rule is None:
        field = "rule" if text else "limit"
        reader.say(
            "error" if counted else "warning",
            "okand-regel",
            field,
            f"Regeln ”{shortened(text or reader.text('limit'))}” känns inte igen. "
            f"Skriv till exempel {EXAMPLES}.",
        )
    elif rule.limit is None and rule.kind not in NO_LIMIT and counted:
        field = "limit" if "limit" in reader.places else "rule"
        reader.say(
            "error",
            "grans-saknas",
            field,
            "Gränsen saknas eller går inte att läsa. Skriv till exempel 80 %.",
        )
    elif is_outside(rule):
        reader.say(
            "error",
            "grans-utanfor",
            "limit" if "limit" in reader.places else "rule",
            f"Gränsen är {_shown(rule)}. Skriv en {_right_limit(rule)}.",
        )
    return rule


def _stated_rule(reader: _RowReader) -> TargetRule | None:
    """The rule as the row states it."""
    upper = reader.cell("upper")
    text = reader.text("rule") or reader.text("limit")
    return parse_rule(text, _limit(reader), None if upper.is_blank else upper) if text else None


def _shown(rule: TargetRule) -> str:
    return swedish(rule.limit or 0, 0, _PER_CENT if rule.kind in OF_A_HUNDRED else "")


def _right_limit(rule: TargetRule) -> str:
    return "andel från 0 till 100 %" if rule.kind in OF_A_HUNDRED else "gräns från 0"


def _limit(reader: _RowReader) -> Cell:
    """The limit's cell; a heading that says per cent says so of a plain number."""
    cell = reader.cell("limit")
    if isinstance(cell.value, bool | str | None) or cell.percent or cell.value <= 1:
        return cell
    says_so = _PER_CENT in reader.headings.get("limit", "")
    return cell._replace(value=f"{cell.value} {_PER_CENT}") if says_so else cell


def _outcome(reader: _RowReader) -> Outcome:
    first = reader.cell("total_number").value
    if first.__class__ is str and parse_number(first) is None and first.strip():
        word = parse_word(first)
        if word is None:
            reader.say(
                "error",
                "utfall-text",
                "total_number",
                f"Utfallet ”{shortened(first)}” går inte att tolka. "
                "Skriv ett antal eller ”ej mätt”.",
            )
        return Outcome(word=word)
    return Outcome(_count(reader, "total"), _count(reader, "women"), _count(reader, "men"))


def _count(reader: _RowReader, part: str) -> Count | None:
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
    if number.number.percent and not _compares_years(reader):
        has_base = base.number is not None
        return _bare_percentage(reader, number_field, number.number.value, has_base=has_base)
    count = Count(number.number.value, base.number.value if base.number else None)
    return count if _is_sound(reader, count, number_field, _stated_rule(reader)) else None


def _hold_share(reader: _RowReader, part: str) -> None:
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
            Finding.at(
                reader.places[field],
                "warning",
                "andel-avviker",
                f"Andelen står som {swedish(shown, decimals, _PER_CENT)} men "
                f"{swedish(number)} av {swedish(base)} är "
                f"{swedish(calculated, decimals, _PER_CENT)}. Antalen gäller.",
                stated=shown,
                calculated=exact(round_half_away(calculated, decimals)),
            )
        )


def _bare_percentage(
    reader: _RowReader, field: str, percent: Fraction, *, has_base: bool
) -> Count | None:
    """A share given as per cent: judged as it stands, since its count is not known."""
    shown = swedish(percent, 1, "%")
    count = Count(percent, Fraction(100), is_share=True)
    if not _is_sound(reader, count, field, None):
        return None
    if has_base:
        reader.say(
            "warning",
            "andel-med-bas",
            field,
            f"Utfallet är angivet som {shown} men har en bas. Andelen bedöms som den står och "
            "basen används inte; skriv antalet i stället.",
        )
    else:
        reader.say(
            "info",
            "andel-utan-antal",
            field,
            f"Utfallet är angivet som {shown} utan antal. Det bedöms som det står, "
            "men avrundningen kan avgöra; skriv antal och bas om de finns.",
        )
    return count


def _is_sound(reader: _RowReader, count: Count, field: str, rule: TargetRule | None) -> bool:
    found = flaw(rule, count)
    if found is not None:
        code, said = _FLAWS[found]
        base = swedish(count.base or 0)
        reader.say("error", code, field, said.format(number=swedish(count.number, 1), base=base))
    elif count.number == count.base == 0:
        reader.say("info", "noll-av-noll", field, "0 av 0: ingen har svarat. Räknas som ej mätt.")
    return found is None


_FLAWS = {
    Flaw.NEGATIVE: ("negativt-antal", "Antalet är negativt. Skriv 0 eller mer."),
    Flaw.OF_NONE: ("antal-over-bas", "Antalet {number} är större än basen 0."),
    Flaw.OVER_BASE: (
        "antal-over-bas",
        "Antalet {number} är större än basen {base}. Rätta det ena eller det andra.",
    ),
    Flaw.MEAN_OR_SUM: (
        "medel-eller-summa",
        "{number} av {base} kan vara medelvärdet eller summan. Skriv medelvärdet utan bas.",
    ),
    Flaw.DECREASE_OR_CHANGE: (
        "minskning-eller-andring",
        "{number} kan vara en ökning eller en minskning. Skriv det utan minus, eller båda med.",
    ),
}
"""The code and what is said of a count that cannot be used."""


def _compares_years(reader: _RowReader) -> bool:
    rule = _stated_rule(reader)
    return rule is not None and rule.kind in (
        RuleKind.LOWER_THAN_LAST_YEAR,
        RuleKind.DECREASE_AT_LEAST,
    )


def _report_missing(reader: _RowReader) -> None:
    field = next((f for f in ("total_number", "judged") if f in reader.places), "number")
    reader.say(
        "warning",
        NO_OUTCOME,
        field,
        "Utfall saknas och inget är bedömt. Räknas som ej mätt; skriv utfallet eller ”ej mätt”.",
    )
