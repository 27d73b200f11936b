"""What may be written in a social budget, and whether its sum and index may.

A verdict is written where its outcome was read whole: no column of figures among the outcomes
is unread, the rule is known, the counts suffice. What a person has typed is never replaced by
*not measured* or by blank. The sum of points and the index are of every row: while one is
left out they are not written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.address import letters, position
from finsam_xl.checks.goals.impact_index import is_known_gap
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Judgement, Ref, RuleKind, UnitIndex, Word
from finsam_xl.model_budget import STATED
from finsam_xl.money import exact, parse_number
from finsam_xl.reading.headings import heading_of
from finsam_xl.reading.social import SocialBudget
from finsam_xl.reading.targets import is_bare, keeps, parse_judgement, parse_word, verdict_words
from finsam_xl.sheets.grid import Cell, SheetGrid, Value
from finsam_xl.sheets.tables import Table

_OUTCOMES = (
    "total_number", "total_base", "women_number", "women_base", "men_number", "men_base",
)  # fmt: skip
_RESULTS = ("judged", "points")
_PER_CENT = re.compile(r"\bi (?:%|procent)|\b(?:utfall|resultat)\w*,? (?:%|procent)")
_HALF = 50
_MOST_NAMED = 4
_HALF_PERCENT = Fraction(1, 2)


class SocialGate:
    """One social budget: which of its rows are settled, and what keeps the others back."""

    def __init__(
        self, sheet: SheetGrid, budget: SocialBudget, index: UnitIndex, *, has_units: bool = False
    ) -> None:
        """``has_units``: the outcomes were read as shares or counts, as their target is."""
        self.sheet, self.table, self.budget, self.index = sheet, budget.table, budget, index
        self.unread = [number for number in _unread(sheet, self.table) if not self.is_share(number)]
        self.odd_points = next(self._odd_points(), None)
        self.beside_weight = list(_unread(sheet, self.table, ("weight",)))
        self.other_unit = not has_units and _tells_per_cent(self.table, index.judgements)
        self.doubled = any(finding.code == "dubbel-rubrik" for finding in self.table.findings)

    def is_share(self, number: int) -> bool:
        """Whether an unread column only shows what share the counts before it are."""
        compared = False
        for judgement in self.index.judgements:
            total = judgement.indicator.outcome.total
            value = self.sheet.cell(_row(judgement), number).value
            if not _is_number(value) or isinstance(value, str | None):
                continue
            if total is None or total.percent is None:
                return False
            shown = exact(value) * (100 if self.sheet.cell(_row(judgement), number).percent else 1)
            if min(abs(shown - total.percent), abs(100 * shown - total.percent)) > _HALF_PERCENT:
                return False
            compared = True
        return compared

    def _odd_points(self) -> Iterator[Ref]:
        """Typed points that are neither the whole weight nor nothing."""
        for judgement in self.index.judgements:
            place = judgement.indicator.places.get("points")
            if place is not None:
                value = self.table.cell(self.sheet, _row(judgement), "points")
                number = value.value if value is not None else None
                if _is_number(number) and number not in (0, judgement.indicator.weight):
                    yield place

    # Rows -----------------------------------------------------------------------------------

    def may_judge(self, judgement: Judgement) -> bool:
        """Whether the row's verdict follows from what was read, and takes nothing away."""
        if not judgement.calculated or not self.is_read(judgement):
            return False
        if judgement.reached is not None:
            return True
        return is_known_gap(judgement.indicator) and self.is_blank(judgement, "judged")

    def may_give_points(self, judgement: Judgement) -> bool:
        """Whether the row's points follow; typed ones are not replaced by blank."""
        if self.odd_points is not None or self.beside_weight:
            return False
        if judgement.calculated and not self.is_read(judgement):
            return False
        return judgement.reached is not None and not self.is_word_of_hers(judgement)

    def is_read(self, judgement: Judgement) -> bool:
        """Whether outcome and rule leave one reading, and a typed verdict is one we know."""
        if self.unread or self.doubled or self.other_unit or self.is_word_of_hers(judgement):
            return False
        return not self.is_mostly_other and not self.may_be_otherwise(judgement)

    def is_word_of_hers(self, judgement: Judgement) -> bool:
        """Whether the verdict is a word of the office's own, such as "Delvis"."""
        text = self._text(judgement)
        if text in ("", None) or not isinstance(text, str):
            return False
        cell = self.table.cell(self.sheet, _row(judgement), "judged")
        known = cell is not None and parse_judgement(cell) is not None
        return not known and parse_word(text) is not Word.NOT_MEASURED

    @cached_property
    def is_mostly_other(self) -> bool:
        """Whether most typed verdicts are others than the outcomes give: then we misread them."""
        compared = [
            judgement.indicator.judged is judgement.reached
            for judgement in self.index.judgements
            if judgement.calculated
            and judgement.reached is not None
            and judgement.indicator.judged is not None
        ]
        return 2 * sum(compared) < len(compared)

    def may_be_otherwise(self, judgement: Judgement) -> bool:
        """Whether the rule could be of a share or of a count, and the two judge differently."""
        rule, outcome = judgement.indicator.rule, judgement.indicator.outcome
        if rule is None or rule.limit is None:
            return False
        if rule.kind is RuleKind.GENDER_BALANCE:
            return rule.upper is None and rule.limit > _HALF
        if outcome.total is None or not self.is_bare(judgement):
            return False
        number, share = outcome.total.number, outcome.total.percent
        limits = {rule.limit, *_numbers(self._limit(judgement))}
        if share is None or min(limits) > (outcome.total.base or 0) or 0 < min(limits) < 1:
            # No count is larger than what it is counted of, nor a part of one: it is a share.
            return False
        verdicts = {keeps(rule, value, limit) for value in (number, share) for limit in limits}
        return len(verdicts) > 1

    def is_bare(self, judgement: Judgement) -> bool:
        """Whether a rule does not say if its limit is a share or a count."""
        cell = self.table.cell(self.sheet, _row(judgement), "rule")
        text = "" if cell is None or cell.value is None else str(cell.value)
        limit = self._limit(judgement)
        return is_bare(text or limit, Cell(limit) if limit else None)

    def _limit(self, judgement: Judgement) -> str:
        cell = self.table.cell(self.sheet, _row(judgement), "limit")
        if cell is None or cell.value is None:
            return ""
        heading = next((c.header for c in self.table.columns if c.field == "limit"), "")
        return f"{cell.value}{'%' if cell.percent or '%' in heading else ''}"

    @cached_property
    def words(self) -> Mapping[bool, str]:
        """How the column of verdicts says yes and no: as most of what is typed there does."""
        typed: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for judgement in self.index.judgements:
            text, said = self._text(judgement), judgement.indicator.judged
            if isinstance(text, str) and said is not None:
                typed[said][text.strip()] += 1
        return verdict_words({said: texts.most_common(1) for said, texts in typed.items()})

    def is_blank(self, judgement: Judgement, field: str) -> bool:
        """Whether nothing stands in a field of the row."""
        cell = self.table.cell(self.sheet, _row(judgement), field)
        return cell is None or cell.is_blank or cell.value == ""

    def is_settled(self, judgement: Judgement) -> bool:
        """Whether the row can be counted: judged, or known not to be measured."""
        if self.is_word_of_hers(judgement):
            return False
        if judgement.reached is not None:
            return not judgement.calculated or self.is_read(judgement)
        indicator = judgement.indicator
        says_so = normalise(str(self._text(judgement))).startswith("ej")
        return says_so or is_known_gap(indicator)

    def _text(self, judgement: Judgement) -> Value:
        cell = self.table.cell(self.sheet, _row(judgement), "judged")
        return "" if cell is None or cell.value is None else cell.value

    # The whole ------------------------------------------------------------------------------

    @cached_property
    def is_incomplete(self) -> bool:
        """Whether the sum and the index of the unit are not written."""
        is_unread = bool(self.unread or self.beside_weight or self.doubled or self.other_unit)
        is_odd = self.is_mostly_other or self.odd_points is not None
        return is_unread or is_odd or bool(self.budget.excluded or self._unsure)

    @cached_property
    def _unsure(self) -> list[str]:
        """The numbers of the rows that cannot be counted."""
        return [j.indicator.number for j in self.index.judgements if not self.is_settled(j)]

    def finding(self) -> Finding | None:
        """A note on what is left as it is, at the first cell that holds it back."""
        if not self.is_incomplete:
            return None
        first = self.unread[0] if self.unread else self.table.columns[0].number
        where = self.odd_points if self.odd_points and not self.unread else None
        rows = [one.number for one in self.budget.excluded] or self._unsure
        return tell(
            "index-tomt",
            where or Ref.at(self.table.sheet, self.table.header_row, first),
            "rows" if self.unread else "sums",
            "outcomes"
            if self.unread
            else "weight"
            if self.beside_weight
            else "doubled"
            if self.doubled
            else "per_cent"
            if self.other_unit
            else "judgements"
            if self.is_mostly_other
            else "points"
            if self.odd_points is not None
            else "excluded"
            if self.budget.excluded
            else "unsure",
            "mend",
            unit=self.index.unit,
            columns=listed([letters(one) for one in self.unread or self.beside_weight]),
            place=self.odd_points.cell if self.odd_points is not None else "",
            rows=listed(rows[:_MOST_NAMED]),
            also=self.sums,
        )

    @property
    def sums(self) -> list[Ref]:
        """The cells of the unit's sums of points."""
        totals = [row.row for row in self.table.rows if row.role == "total"]
        return [ref for row in totals if (ref := self.table.ref(row, "points")) is not None]


def _row(judgement: Judgement) -> int:
    place = judgement.indicator.places["number"]
    return position(place.cell)[0]


def _numbers(text: str) -> list[Fraction]:
    """The figure a limit shows as it stands: 1 may be one, or the whole."""
    figure = parse_number(text)
    return [] if figure is None else [Fraction(figure.value)]


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tells_per_cent(table: Table, judgements: Sequence[Judgement]) -> bool:
    """Whether titles or headings say per cent of outcomes that were read as counts."""
    if any(_PER_CENT.search(normalise(text)) for text in table.titles):
        return True
    fields = [c.field for c in table.columns if _PER_CENT.search(normalise(c.header))]
    outcomes = [judgement.indicator.outcome for judgement in judgements]
    return any(
        count is not None and not count.is_share
        for outcome in outcomes
        for name, count in (
            ("total", outcome.total), ("women", outcome.women), ("men", outcome.men),
        )
        if any(field in _OUTCOMES and field.startswith(name) for field in fields)
    )  # fmt: skip


def _unread(sheet: SheetGrid, table: Table, first: tuple[str, ...] = _OUTCOMES) -> Iterator[int]:
    """Columns with figures that were not read, from some fields to the verdict or points."""
    columns = table.by_field
    begins = [columns[field] for field in first if field in columns]
    if not begins:
        return
    ends = [columns[field] for field in (*_OUTCOMES, *_RESULTS) if field in columns]
    last = max([n for n in ends if n >= min(begins)], default=min(begins))
    known = {column.number for column in table.columns}
    rows = [row.row for row in table.rows if row.role == "line"]
    for number in range(min(begins), last + 2):
        if number in known or not any(_is_number(sheet.cell(r, number).value) for r in rows):
            continue
        heading = sheet.cell(table.header_row, number).value
        # A column of amounts of the office's own is no outcome.
        if not isinstance(heading, str) or heading_of((heading,)).sense not in STATED:
            yield number
