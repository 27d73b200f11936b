"""The table of result, equity and ceiling in the plan report, year by year.

Rows that nobody knows anything of are left out; the notes say what is missing.
"""

from __future__ import annotations

from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.look import text_height
from finsam_xl.report.pictures import Place
from finsam_xl.report.plan_details import Columns
from finsam_xl.report.plan_years import PlanYears, Year
from finsam_xl.report.sheet import ROW, SECTION_HEIGHT, ReportSheet

_GAP, _SMALL = 10.0, 9.0


class _Row(NamedTuple):
    """A row: its label, its amounts, and whether it is what others come to."""

    label: str
    amounts: tuple[Amount, ...]
    is_total: bool = False


class YearTable:
    """The table, before it is drawn: how high it becomes, and what is in it."""

    def __init__(self, sheet: ReportSheet, plan: PlanYears, columns: Columns) -> None:
        self._sheet, self._plan, self._columns = sheet, plan, columns
        years = plan.years
        self._before = _known(
            _Row("Ingående eget kapital", tuple(year.opening for year in years)),
            _Row("Årets resultat", tuple(year.result for year in years)),
            _Row("Utgående eget kapital", tuple(year.closing for year in years), is_total=True),
            _Row("Medlemsavgifter", tuple(year.fees for year in years)),
        )
        room = _Row("Utrymme under taket", tuple(year.room for year in years), is_total=True)
        self._after = _known(room)
        self._has_ceiling = plan.has_equity or plan.has_ceiling
        self._headings = ("", *(year.heading for year in years))

    @property
    def height(self) -> float:
        """How high it becomes, with the space below it."""
        rows = len(self._before) + 2 * len(self._after)
        ceiling = self._ceiling_height if self._has_ceiling else 0.0
        heading = SECTION_HEIGHT + self._sheet.heading_height(self._headings)
        return heading + ROW * rows + ceiling + _GAP

    def put(self) -> Place:
        """Draw it; where there is room right of it."""
        sheet, first = self._sheet, self._sheet.row
        what = "Resultat och eget kapital" if self._plan.has_equity else "Resultat"
        sheet.section(f"{what} år för år, {self._plan.story.budget.unit}")
        sheet.headings(self._headings)
        for row in self._before:
            self._line(row)
        if self._has_ceiling:
            self._ceiling()
        for row in self._after:
            self._line(row)
            self._standing()
        sheet.down(_GAP)
        return Place(first, len(self._plan.years) + 3, sheet.last, self.height - _GAP)

    def _line(self, line: _Row) -> None:
        row = self._sheet.down(ROW)
        self._sheet.canvas.put(row, 1, line.label, look.total(look.LABEL, line.is_total))
        for column, (year, amount) in enumerate(self._with(line.amounts), start=2):
            is_lead = year is self._plan.lead
            self._sheet.amount(row, column, amount, total=line.is_total, bold=is_lead)

    def _with(self, amounts: tuple[Amount, ...]) -> zip[tuple[Year, Amount]]:
        return zip(self._plan.years, amounts, strict=True)

    @property
    def _ceiling_height(self) -> float:
        missing = (year.missing for year in self._plan.years if year.missing)
        return max([ROW, *(text_height(text, self._columns.amount, _SMALL) for text in missing)])

    def _ceiling(self) -> None:
        """The row of the ceilings, which says why where there is none."""
        sheet, row = self._sheet, self._sheet.down(self._ceiling_height)
        sheet.canvas.put(row, 1, "Tak enligt trappan", look.LABEL)
        wrapped = look.RIGHT_TEXT._replace(wrap=True, size=_SMALL)
        for column, year in enumerate(self._plan.years, start=2):
            if year.missing:
                sheet.canvas.put(row, column, year.missing, wrapped)
            else:
                sheet.amount(row, column, year.ceiling, bold=year is self._plan.lead)

    def _standing(self) -> None:
        """The row that says whether equity fits under its ceiling."""
        row = self._sheet.down(ROW)
        self._sheet.canvas.put(row, 1, "Mot taket", look.LABEL)
        for column, year in enumerate(self._plan.years, start=2):
            text, colour = year.standing
            role = look.RIGHT_TEXT._replace(bold=year is self._plan.lead)
            self._sheet.canvas.put(row, column, text or None, look.inked(role, colour))


def _known(*rows: _Row) -> list[_Row]:
    return [row for row in rows if any(amount is not None for amount in row.amounts)]
