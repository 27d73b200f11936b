"""The whole year by each named method, line by line, beside the forecast that people have typed.

A method that a table lacks the columns for is not shown: it is said what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from finsam_xl.calc.forecast import ToDate, by_method
from finsam_xl.labels import capital
from finsam_xl.model_budget import Amount, total
from finsam_xl.money import Exact, known
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.reading.followup_columns import last_year
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.amounts import joined
from finsam_xl.report.budget_story import Line
from finsam_xl.report.look import GROWING_ROW
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.words.methods import Method, name_of

_Amounts = Callable[[int | None], Amount]
"""What stands in a column, for one row or a whole side."""
_KEPT = 3
"""How many rows stand together at the least."""
_NEEDS = {
    Method.STRAIGHT_LINE: "utfall i månader som är kända",
    Method.REMAINING_BUDGET: "årets budget",
    Method.REMAINING_PERIOD_BUDGET: "budget för samma månader som utfallet",
    Method.LAST_YEAR_PATTERN: "förra årets utfall, både för samma månader och för hela året",
}
SHORT = {
    name_of(Method.STRAIGHT_LINE): "rak",
    name_of(Method.REMAINING_BUDGET): "resten enligt budget",
    name_of(Method.REMAINING_PERIOD_BUDGET): "resten enligt period-budget",
    name_of(Method.LAST_YEAR_PATTERN): "som i fjol",
}
"""What methods are called at the columns of a picture, in short words, by their names."""


class Forecast(NamedTuple):
    """A row: its name, what is known of it, the typed forecast, and what each method gives."""

    label: str
    budget: Amount
    outcome: Amount
    typed: Amount
    by: tuple[Amount, ...]
    is_total: bool = False
    link: str = ""

    @property
    def spread(self) -> Amount:
        """How far the highest of all forecasts is from the lowest; ``None`` of less than two."""
        known = [amount for amount in (self.typed, *self.by) if amount is not None]
        return max(known) - min(known) if len(known) > 1 else None


class Forecasts:
    """A follow-up's year by each method that its columns are enough for."""

    def __init__(self, followup: Followup) -> None:
        self.followup = followup
        self._before, self._before_whole = last_year(followup.story.budget, followup.period)
        every = [self._of_total(income=income) for income in (True, False)]
        self.methods = tuple(
            method
            for n, method in enumerate(Method)
            if self._may(method) and any(one.by[n] is not None for one in every)
        )

    @property
    def is_open(self) -> bool:
        """Whether there is something to forecast: a part of the year has passed, known which."""
        return self.followup.months is not None and not self.followup.is_whole_year

    @property
    def own_name(self) -> str:
        """What the workbook's own forecast is called: typed, unless runs have filled it in."""
        return "skriven prognos" if self.followup.method is None else "bokens prognos"

    def rows(self) -> Iterator[Forecast]:
        """The lines and totals of the table, and the result."""
        story = self.followup.story
        for line in story.lines:
            if line.has_amounts and line.row.role in ("line", "subline", "total"):
                yield self._shown(self._of_row(line))
        yield self.result()

    def result(self) -> Forecast:
        """The result: of a method that is no sum of its parts, what it makes of both sides."""
        typed = self._result(self.followup.columns.forecast)
        found = self._of(self._to_date(self._result), "Resultat", typed)
        pattern = tuple(Method).index(Method.LAST_YEAR_PATTERN)
        by = [*found.by]
        by[pattern] = self._pattern_result()
        return self._shown(found._replace(by=tuple(by), is_total=True))

    def missing(self) -> Iterator[str]:
        """Why some methods are not there."""
        if not self.is_open:
            return
        for method in Method:
            if method not in self.methods:
                yield f"{capital(name_of(method))} visas inte: det behövs {_NEEDS[method]}."

    def _may(self, method: Method) -> bool:
        return self.is_open or method is Method.LAST_YEAR_PATTERN

    def _shown(self, found: Forecast) -> Forecast:
        """A row with what the methods that are shown give."""
        every = dict(zip(Method, found.by, strict=True))
        return found._replace(by=tuple(every[method] for method in self.methods))

    def _of_row(self, line: Line) -> Forecast:
        story, columns = self.followup.story, self.followup.columns
        so_far = self._to_date(lambda column: story.amount(line.number, column))
        found = self._of(so_far, line.label, story.amount(line.number, columns.forecast))
        return found._replace(is_total=line.is_total, link=line.link)

    def _of_total(self, *, income: bool) -> Forecast:
        story = self.followup.story
        so_far = self._to_date(lambda column: story.side(column, income=income))
        typed = story.side(self.followup.columns.forecast, income=income)
        name = "Intäkter" if income else "Kostnader"
        return self._of(so_far, name, typed)._replace(is_total=True)

    def _of(self, so_far: ToDate, label: str, typed: Amount) -> Forecast:
        by = tuple(by_method(method, so_far) if self.is_open else None for method in Method)
        return Forecast(label, _amount(so_far.budget), _amount(so_far.outcome), typed, by)

    def _result(self, column: int | None) -> Amount:
        return self.followup.story.result(column)

    def _pattern_result(self) -> Amount:
        """Income less costs by last year's pattern, each with its own."""
        if not self.is_open:
            return None
        story = self.followup.story
        found: list[Amount] = []
        for row, factor in story.tops:
            so_far = self._to_date(partial(story.amount, row))
            amount = by_method(Method.LAST_YEAR_PATTERN, so_far)
            if amount is None and so_far.outcome:
                return None
            found.append(None if amount is None else factor * amount)
        return total(found)

    def _to_date(self, amount: _Amounts) -> ToDate:
        columns = self.followup.columns
        return ToDate(
            amount(columns.outcome),
            self.followup.months,
            amount(columns.budget),
            amount(columns.to_date),
            amount(self._before),
            amount(self._before_whole),
        )


def _amount(amount: Exact | None) -> Amount:
    return None if amount is None else known(amount)


# Drawing ---------------------------------------------------------------------------------------


def columns(forecasts: Forecasts) -> int:
    """How many columns of amounts the table has."""
    return 4 + len(forecasts.methods)


def put_table(sheet: ReportSheet, forecasts: Forecasts) -> None:
    """Every line with its budget, outcome, typed forecast, each method, and their spread."""
    rows = list(forecasts.rows())
    names = ["Budget", f"Utfall {forecasts.followup.until}", capital(forecasts.own_name)]
    names += [capital(name_of(method)) for method in forecasts.methods]
    names.append("Spridning")
    headings = ["", *names, *[""] * (sheet.last - 1 - len(names))]
    sheet.fit(SECTION_HEIGHT + sheet.heading_height(headings) + _KEPT * GROWING_ROW)
    sheet.section(f"Prognos för {forecasts.followup.period.year} rad för rad, {sheet.unit}")
    sheet.headings(headings)
    for number, one in enumerate(rows):
        if number >= _KEPT and sheet.fit(GROWING_ROW * (1 if number < len(rows) - 1 else 2)):
            sheet.headings(headings)
        _put_row(sheet, one)


def _put_row(sheet: ReportSheet, one: Forecast) -> None:
    amounts = (one.budget, one.outcome, one.typed, *one.by, one.spread)
    row = sheet.line(one.label, amounts, total=one.is_total, height=GROWING_ROW, link=one.link)
    for column in range(len(amounts) + 2, sheet.last + 1):
        sheet.canvas.put(row, column, None, look.total(look.LABEL, one.is_total))


def notes(forecasts: Forecasts) -> Iterator[str]:
    """What the methods mean, and why some are missing."""
    followup = forecasts.followup
    if followup.months is None:
        yield (
            "▼ Tabellen säger inte till och med vilken månad utfallet går, så ingen metod räknas. "
            "Skriv det i rubriken, till exempel ”Utfall t.o.m. T2”."
        )
        return
    left = MONTHS_PER_YEAR - followup.months
    if not left:
        yield "Året är slut, så inget är kvar att räkna en prognos för."
        return
    meanings = {
        Method.STRAIGHT_LINE: f"utfall × {MONTHS_PER_YEAR} / {followup.months}",
        Method.REMAINING_BUDGET: f"utfall + budget × {left} / {MONTHS_PER_YEAR}",
        Method.REMAINING_PERIOD_BUDGET: "utfall + årets budget − budget för samma månader",
        Method.LAST_YEAR_PATTERN: "utfall × förra året / förra årets utfall samma månader",
    }
    told = [f"{capital(name_of(m))} är {meanings[m]}." for m in forecasts.methods]
    if followup.method is not None:
        yield f"▲ Bokens prognos är fylld med metoden {name_of(followup.method)}."
    if told:
        yield " ".join((*told, "Ingen av dem ersätter en skriven prognos. Tomt är inte noll."))
    if Method.LAST_YEAR_PATTERN in forecasts.methods:
        yield (
            "Förra årets mönster räknas för varje rad för sig, så raderna blir inte alltid "
            "tillsammans det som summan blir."
        )
    yield from forecasts.missing()
    bare = [
        line.shown
        for line in followup.story.lines
        if line.row.role == "line"
        and (found := followup.row(line.number)).budget is None
        and found.outcome
    ]
    if bare:
        yield (
            f"Rader med utfall men utan budget har ingen prognos enligt budget, men utfallet ingår "
            f"i summorna: {joined(bare)}."
        )
