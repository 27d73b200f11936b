"""What stands in the cells of a sheet while a run goes, and what the run writes in them.

One scale for all tables: a figure is what the cell itself holds, 0.412 where 41,2 % is shown.
A formula that looked at blank cells shows what it gives once those are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from finsam_xl.address import places, real_place
from finsam_xl.filling import doubts
from finsam_xl.filling.as_formula import Formulas, Place
from finsam_xl.filling.doubts import Blank, Doubt, LeftBlank, Verdict
from finsam_xl.filling.places import is_hidden
from finsam_xl.filling.unknown import Unknown, everywhere
from finsam_xl.findings.reasons import Reason
from finsam_xl.formulas.arithmetic import result
from finsam_xl.formulas.blocks import Area
from finsam_xl.model import Ref
from finsam_xl.money import Exact, exact
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.figures import figure
from finsam_xl.sheets.grid import SheetGrid

_MOST_CELLS = 2000
_DEEPEST = 60
_WHOLE = 100


class Cells:
    """The cells of one sheet. ``written``: what the run has written, by place in the workbook."""

    def __init__(
        self,
        sheet: SheetGrid,
        unknown: Unknown,
        written: dict[Place, Fraction | None] | None = None,
        *,
        always: bool = False,
    ) -> None:
        """``always``: results are written as formulas also where the sheet's are typed."""
        self.sheet, self.unknown = sheet, unknown
        self.written = {} if written is None else written
        self.formulas = Formulas(sheet, self.figures, always=always)
        self.edits: list[CellEdit] = []
        self.left: list[LeftBlank] = []
        self._given: dict[Place, Fraction | None] = {}

    # What stands there ------------------------------------------------------------------------

    def value(self, at: Place) -> Fraction | None:
        """The cell's own figure, as it stands or as the run leaves it; ``None``: not known."""
        real = real_place(self.sheet.name, *at)
        if real in self.written:
            return self.written[real]
        if self.means_nothing(at):
            return self.refreshed(at)
        cell = self.sheet.cell(*at)
        found = figure(cell)
        return found if found is None or not cell.percent else found / _WHOLE

    def refreshed(self, at: Place) -> Fraction | None:
        """What a formula that looked at blank cells shows now that some of them are filled in."""
        if at not in self._given:
            self._given[at] = None
            seen: list[Fraction | None] = []

            def figures(area: Area) -> list[Fraction | None]:
                found = list(self.figures(area))
                seen.extend(found)
                return found

            text = self.sheet.formulas.get(at)
            found = result(text, figures) if text and len(self._given) < _DEEPEST else None
            self._given[at] = found if seen else None
        return self._given[at]

    def is_stale(self, at: Place) -> bool:
        """Whether a formula stands there that looks at a result which is blank."""
        has_formula = self.sheet.cell(*at).formula is not None
        return has_formula and self.unknown.is_stale(self.everywhere(at))

    def means_nothing(self, at: Place) -> bool:
        """Whether a formula's figure says nothing: of blank results, or of nothing but blanks."""
        cell = self.sheet.cell(*at)
        return cell.formula is not None and (
            self.is_stale(at) or (not cell.value and self.unknown.adds_blanks(self.everywhere(at)))
        )

    def is_open(self, at: Place) -> bool:
        """Whether nothing stands there and nothing has been written."""
        is_blank = self.sheet.cell(*at).is_blank
        return is_blank and real_place(self.sheet.name, *at) not in self.written

    def figures(self, area: Area) -> Iterator[Fraction | None]:
        """The figures of a block of this sheet as a formula will see them.

        Nothing for what is blank and stays so; ``None`` for what is not known.
        """
        cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if area.sheet or cells > _MOST_CELLS:
            yield None
            return
        for at in places((area.top, area.left, area.bottom, area.right)):
            is_text = isinstance(self.sheet.cell(*at).value, str)
            found = None if is_text else self.value(at)
            if (
                found is not None
                or not self.is_open(at)
                or self.everywhere(at) in self.unknown.open
            ):
                yield found

    def everywhere(self, at: Place) -> tuple[str, int, int]:
        """Where a cell stands in the workbook, however its sheet is read."""
        return everywhere(self.sheet.name, *at)

    def ref(self, at: Place) -> Ref:
        """A cell as the workbook has it."""
        return Ref.at(self.sheet.name, *at)

    # What is written --------------------------------------------------------------------------

    def know(self, at: Place, value: Fraction | None) -> None:
        """A cell's figure, as those that build on it should see it."""
        self._given.clear()
        self.written[real_place(self.sheet.name, *at)] = value

    def take(
        self,
        at: Place,
        kind: Blank,
        what: str,
        verdict: Verdict,
        *,
        rounded: Exact | None = None,
        like: Iterable[Place] = (),
        beside: Iterable[Iterable[Place]] = (),
        terms: str = "",
    ) -> None:
        """Write a settled figure, or the formula a colleague would; else keep why not.

        ``rounded``: the figure where it is typed; ``like``: cells that it may look like, and
        ``beside``: whose formulas may go on to it, the likeliest first; ``terms``: what it
        follows from, as a formula of its own.
        """
        doubt = verdict.doubt
        if doubt is None and verdict.amount is not None and is_hidden(self.sheet, *at):
            doubt = Doubt(Reason.UNDER_MERGE)
        if doubt is not None:
            self.left.append(LeftBlank(self.ref(at), kind, what, doubt))
        if doubt is not None or verdict.amount is None:
            return
        value = exact(verdict.amount)
        formula = self.formulas.of(at, value, beside, terms)
        typed = value if rounded is None or formula.text else rounded
        # A cell that the same run fills in has no look of its own to take over.
        looks = (formula.source, *like) if formula.source else like
        filled = (place for place in looks if not self.sheet.cell(*place).is_blank)
        source = next(filled, formula.source)
        edit = CellEdit(*self.ref(at)[:2], None, as_number(typed), what, formula=formula.text)
        self.edits.append(edit if source is None else edit._replace(like=self.ref(source).cell))
        self.know(at, exact(typed))

    def plan(self) -> Plan:
        """What has been written, and what is said of the rest."""
        return Plan(edits=tuple(self.edits), findings=tuple(doubts.findings(self.left)))


def as_number(value: Exact) -> int | float:
    """A figure as a cell holds it."""
    return int(value) if value == int(value) else float(value)
