"""The report of what happens to the fees where nothing named changes.

Each party as it is, what it would cost the others if it left, and what one per cent more in the pot
costs it.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.calc.fee_scenario import Leaving, leaving, one_percent_more
from finsam_xl.calc.fee_split import Member, Split
from finsam_xl.model_budget import Amount, total
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import answers
from finsam_xl.report import fee_scenario_table as tables
from finsam_xl.report import fee_scenario_texts as texts
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.fee_scenario_table import Column, Line, unit_of
from finsam_xl.report.look import text_width
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.sheetplan import SheetPlan

_FEE, _PERCENT, _HEAD = 10.5, 8.5, 9.5
_HEAD_PLACES = 2


def build(split: Split, *, association: str, run: str, faults: Faults = NO_FAULTS) -> SheetPlan:
    """The report of the fees as they are, and of each member's leaving.

    ``faults``: those in the tables of fees.
    """
    made = _Made(split)
    return tables.report(
        split,
        tables.Content(
            faults=faults,
            answer=made.answer,
            about=(association, made.about),
            key_figures=made.key_figures,
            title=f"Avgifterna i dag{made.and_then}{unit_of(split)}",
            columns=made.columns,
            lines=made.lines,
            notes=(*texts.notes(split), *made.leaving_notes),
        ),
        run,
    )


_LEAVING = (
    "Den som lämnar tar inget av potten med sig: de andra delar på samma belopp. Om potten blir "
    "en annan betalar var och en sin del av den nya."
)


class _Made:
    """What the report is made of."""

    def __init__(self, split: Split) -> None:
        self._split = split
        self._unit = split.table.unit
        self._places = tables.fee_places(split)
        self._left = {one.name: one for one in leaving(split)}
        self._more = one_percent_more(split)

    @property
    def about(self) -> str:
        """What is asked."""
        pot = "om potten blir en procent större"
        return f"om en kommun lämnar, och {pot}" if self._left else pot

    @property
    def and_then(self) -> str:
        """What the table tells of besides the fees."""
        return ", och vad som händer om en kommun lämnar" if self._left else ""

    @property
    def leaving_notes(self) -> list[str]:
        """What leaving means."""
        return [_LEAVING] if self._left else []

    @property
    def _worst(self) -> Leaving | None:
        """Who would cost the others most by leaving."""
        return max(self._left.values(), key=lambda one: one.more, default=None)

    @property
    def _paid(self) -> Amount:
        return total([member.fee for member in self._split.members])

    @property
    def answer(self) -> str:
        """What the municipalities pay, and who would cost the others most by leaving."""
        worst = self._worst
        most = worst.most if worst is not None else None
        left = None if worst is None else answers.Moved(worst.name, worst.more)
        moved = None if most is None else answers.Moved(most.name, most.change() or 0)
        year = self._split.table.year
        return answers.fees_if_one_left(
            self._paid or 0, year, left, moved, self._unit, self._places
        )

    @property
    def key_figures(self) -> list[KeyFigure]:
        """What is split, what a head costs, the dearest leaving, and a per cent of the pot."""
        split, unit = self._split, unit_of(self._split)
        count = len(split.members)
        together = f"{count} kommuner" if count > 1 else "en kommun"
        figures = [(f"{tables.TOGETHER}{unit}", self._told(self._paid), together, "")]
        head = self._head([member.key for member in split.members], self._paid)
        if head is not None:
            people = total([member.key for member in split.members]) or 0
            meaning = f"{swedish(people)} personer"
            figures.append(("Kr per person", say.shown(head, _HEAD_PLACES), meaning, ""))
        worst = self._worst
        if worst is not None and worst.most is not None:
            meaning = f"mer för de andra; mest {worst.most.name}"
            figures.append(
                (
                    f"Om {worst.name} lämnar{unit}",
                    say.with_sign(worst.more, self._places),
                    meaning,
                    "",
                )
            )
        dearer = self._more.years[-1].paid - self._more.before.paid
        meaning = f"mer för kommunerna; potten blir {self._told(self._more.years[-1].pot)}"
        figures.append(
            (f"En procent större pott{unit}", say.with_sign(dearer, self._places), meaning, "")
        )
        return figures

    def _told(self, amount: Amount) -> str:
        return say.shown(amount, self._places)

    def _head(self, keys: Sequence[Amount], fee: Amount) -> Amount:
        return self._split.per_head(total(keys), fee)

    @property
    def columns(self) -> list[Column]:
        """The columns behind the parties' names."""
        split, unit = self._split, unit_of(self._split)
        places = tables.key_places(member.key for member in split.members)
        names = [one.most.name for one in self._left.values() if one.most is not None]
        made = [tables.keys(split, places)] if split.has_keys else []
        made += [
            tables.amount(f"Avgift i dag{unit}", _FEE, self._places),
            tables.share("Andel", _PERCENT),
        ]
        if split.counts_people:
            made.append(tables.amount("Kr per person", _HEAD, _HEAD_PLACES))
        if self._left:
            made += [
                tables.change(f"Om den lämnar betalar de andra{unit}", _FEE + 3, self._places),
                tables.percent("Ökning för de andra, %", _PERCENT),
                tables.gap(),
                tables.words("Störst ökning", max(map(text_width, names))),
                tables.change(f"Dess ökning{unit}", _FEE, self._places),
            ]
            if split.counts_people:
                made.append(tables.amount("Kr per person då", _HEAD, _HEAD_PLACES))
        made.append(tables.change(f"1 % mer i potten{unit}", _FEE, self._places))
        return made

    @property
    def lines(self) -> list[Line]:
        """The parties, those who pay most first, and the sums."""
        split = self._split
        more = {one.name: one.change() for one in self._more.effects}
        members = sorted(split.members, key=lambda one: -(one.fee or 0))
        lines = [self._line(one, more[one.name]) for one in (*split.others, *members)]
        lines.append(
            self._row(
                tables.TOGETHER,
                total([one.key for one in members]) if split.has_keys else None,
                self._paid,
                more=total([more[one.name] for one in members]),
            )._replace(is_total=True)
        )
        if split.others:
            every = [*split.others, *members]
            known = all(one.fee is not None for one in every)
            fee = total([one.fee for one in every]) if known else None
            increase = total([more[one.name] for one in every]) if known else None
            lines.append(self._row(tables.SUM, None, fee, more=increase)._replace(is_total=True))
        missed = self._row(tables.rounding_label(split), None, self._more.before.rounding)
        lines.append(missed._replace(places=tables.rounding_places(split)))
        return lines

    def _line(self, one: Member, more: Amount) -> Line:
        left = self._left.get(one.name)
        is_municipal = one.party is not None and one.party.is_municipal
        fee = one.fee if is_municipal else None
        share = 100 * fee / self._paid if fee is not None and self._paid else None
        row = self._row(one.name, one.key, one.fee, share=share, left=left, more=more)
        return row._replace(party=one.party)

    def _row(
        self,
        name: str,
        key: Amount,
        fee: Amount,
        *,
        share: Amount = None,
        left: Leaving | None = None,
        more: Amount = None,
    ) -> Line:
        split = self._split
        cells: list[Amount | str] = [key] if split.has_keys else []
        cells += [fee, share]
        if split.counts_people:
            cells.append(split.per_head(key, fee))
        if self._left:
            cells += self._leaving(left)
        return Line(name, (*cells, more))

    def _leaving(self, left: Leaving | None) -> list[Amount | str]:
        """What it does to the others that one leaves: blank of those who cannot."""
        heads = self._split.counts_people
        if left is None or left.most is None:
            return [None, None, "", "", None, *([None] if heads else [])]
        stay = left.result.staying
        told: list[Amount | str] = [left.more, self._rise(left), "", left.most.name]
        told.append(left.most.change())
        if heads:
            keys = [one.before.key for one in stay if one.before is not None]
            told.append(self._head(keys, left.result.years[-1].paid))
        return told

    def _rise(self, left: Leaving) -> Amount:
        """By how many per cent the others pay more."""
        paid = left.result.years[-1].paid - left.more
        return 100 * left.more / paid if paid else None
