"""The report of what happens to the fees if something named changes: before and after by party.

Where somebody is phased in the years stand side by side, and changes are those of the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc.fee_scenario import Effect, Result, Standing
from finsam_xl.calc.fee_split import Split
from finsam_xl.model_budget import Amount, Known, Scope
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import answers
from finsam_xl.report import fee_scenario_table as tables
from finsam_xl.report import fee_scenario_texts as texts
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.fee_charts import Drawn
from finsam_xl.report.fee_scenario_table import Column, Line, unit_of
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.words.parties import Party

_FEE, _PERCENT, _HEAD = 11.5, 9.0, 9.5
_HEAD_PLACES = 2
_BEFORE = "i dag"
_AFTER = "då"


def build(
    split: Split, result: Result, *, association: str, run: str, faults: Faults = NO_FAULTS
) -> SheetPlan:
    """The report of what a scenario does; ``faults``: those in the tables of fees."""
    scenario = result.scenario
    made = _Made(split, result)
    return tables.report(
        split,
        tables.Content(
            faults=faults,
            answer=made.answer,
            about=(association, *texts.conditions(split, scenario)),
            key_figures=made.key_figures,
            title=f"Avgifter före och efter{unit_of(split)}",
            columns=made.columns,
            lines=made.lines,
            chart=Drawn(
                f"Så mycket ändras kommunernas avgifter{unit_of(split)}", "Ändringar", made.bars
            ),
            notes=(
                *texts.notes(split),
                texts.of_pot(split, scenario),
                *texts.phased(scenario, made.years),
            ),
        ),
        run,
    )


class _Made:
    """What the report of a scenario is made of."""

    def __init__(self, split: Split, result: Result) -> None:
        self._split, self._scenario, self._result = split, result.scenario, result
        self._places = tables.fee_places(split)
        self._unit = split.table.unit

    @property
    def years(self) -> list[str]:
        """What the years are called: by number where the table's is known."""
        first, count = self._split.table.year, self._scenario.years
        if first is None:
            return [_AFTER] if count == 1 else [f"år {n}" for n in range(1, count + 1)]
        return [str(first + n) for n in range(count)]

    @property
    def _last(self) -> str:
        return self.years[-1] if self._scenario.years > 1 else ""

    # The sentence and the key figures ----------------------------------------------------------

    @property
    def answer(self) -> str:
        """What it comes to, in a sentence."""
        stay = self._result.staying
        moved = [answers.Moved(one.name, one.change() or 0) for one in stay]
        what = say.joined(self._clauses)
        if not moved:
            paid = swedish(self._result.years[-1].paid, self._places, self._unit)
            names = say.joined([one.name for one in self._scenario.joins])
            return f"Om {what} betalar {names} hela kommunernas del, {paid}."
        moves = self._scenario.joins or self._scenario.leaves
        who = "övriga kommuner" if moves else "kommunerna"
        return answers.fees_if(what, who, moved, self._unit, self._places, self._last)

    @property
    def _clauses(self) -> list[str]:
        """What changes, as clauses after "om"."""
        scenario = self._scenario
        told = []
        if scenario.joins:
            does = "fasas in" if scenario.years > 1 else "går med"
            told.append(f"{say.joined([one.name for one in scenario.joins])} {does}")
        if scenario.leaves:
            told.append(f"{say.joined([*scenario.leaves])} lämnar")
        if scenario.keys:
            names = say.joined([one.name for one in scenario.keys])
            told.append(f"nyckeln ändras för {names}")
        if scenario.pot is not None:
            own = self._split.table.scope is Scope.MUNICIPALITIES
            whose = "kommunernas pott" if own else "potten"
            told.append(f"{whose} blir {texts.pot(self._split, scenario)}")
        if self._split.table.year and told:
            told[-1] += f" från {self._split.table.year}"
        return told

    @property
    def key_figures(self) -> list[KeyFigure]:
        """What all pay together, whom it moves most, who comes, and what a head costs."""
        before, after = self._result.before, self._result.years[-1]
        at = f" {self._last}" if self._last else ""
        figures = [
            (
                f"Kommunerna tillsammans{at}{unit_of(self._split)}",
                self._told(after.paid),
                f"{self._told(before.paid)} i dag",
                "",
            )
        ]
        figures += [self._moved(name, one) for name, one in self._most]
        come = [one for one in self._result.municipal if one.before is None]
        figures += [self._come(one, at) for one in come[:1]]
        head, now = self._per_head
        if head is not None:
            told = say.shown(head, _HEAD_PLACES)
            figures.append(
                (f"Kr per person{at}", told, f"{say.shown(now, _HEAD_PLACES)} i dag", "")
            )
        return figures[: tables.MOST_FIGURES]

    @property
    def _most(self) -> list[tuple[str, Effect]]:
        """Who is moved most upwards and downwards, the larger move first."""
        moved = [(Fraction(one.change() or 0), one) for one in self._result.staying]
        ordered = sorted(moved, key=lambda one: one[0])
        found: list[tuple[Fraction, str, Effect]] = []
        if ordered and ordered[-1][0] > 0:
            found.append((ordered[-1][0], "Stiger mest", ordered[-1][1]))
        if ordered and ordered[0][0] < 0:
            found.append((-ordered[0][0], "Sjunker mest", ordered[0][1]))
        return [(name, one) for _, name, one in sorted(found, key=lambda one: -one[0])]

    def _moved(self, name: str, one: Effect) -> KeyFigure:
        old, new = _fee(one.before), _fee(one.after[-1])
        percent = one.percent()
        part = "" if percent is None else f" ({say.with_sign(percent, 1)}\u00a0%)"
        told = f"{self._told(old)} blir {self._told(new)}{part}"
        label = f"{name}: {one.name}{unit_of(self._split)}"
        return label, say.with_sign(one.change(), self._places), told, ""

    def _come(self, one: Effect, at: str) -> KeyFigure:
        fees = [_fee(standing) for standing in one.after]
        told = "ny medlem"
        if len(fees) > 1:
            told = f"{say.joined([self._told(fee) for fee in fees[:-1]])} åren före"
        return f"{one.name}{at}{unit_of(self._split)}", self._told(fees[-1]), told, ""

    @property
    def _per_head(self) -> tuple[Amount, Amount]:
        """Kronor per person of all members, in the last year and today."""
        return (
            self._split.per_head(*_sum([one.after[-1] for one in self._result.municipal])),
            self._split.per_head(*_sum([one.before for one in self._result.municipal])),
        )

    def _told(self, amount: Amount) -> str:
        return say.shown(amount, self._places)

    # The table ---------------------------------------------------------------------------------

    @property
    def columns(self) -> list[Column]:
        """The columns behind the parties' names."""
        split, unit = self._split, unit_of(self._split)
        at = f" {self._last}" if self._last else ""
        heads = [_BEFORE, *(self.years if self._last else [_AFTER])]
        places = tables.key_places(key for pair in self._keys for key in pair)
        return [
            *(tables.keys(split, places, when)
              for when in self._key_times),
            *(tables.amount(f"Avgift {when}{unit}", _FEE, self._places) for when in heads),
            tables.change(f"Ändring{at}{unit}", _FEE, self._places),
            tables.percent("Ändring, %", _PERCENT),
            *(tables.amount(f"Kr per person {when}", _HEAD, _HEAD_PLACES)
              for when in (heads[0], heads[-1]) if split.counts_people),
        ]  # fmt: skip

    @property
    def _keys(self) -> list[tuple[Amount, Amount]]:
        return [(_key(one.before), _key(one.after[-1])) for one in self._result.municipal]

    @property
    def _key_times(self) -> list[str]:
        """Of when keys are told: of before and after where some are others then."""
        if all(key is None for pair in self._keys for key in pair):
            return []
        are_same = all(new in (old, None) for old, new in self._keys)
        return [""] if are_same else [_BEFORE, _AFTER]

    @property
    def lines(self) -> list[Line]:
        """The parties, those who pay most first and those who come last, and the sums."""
        municipal = self._result.municipal
        others = [one for one in self._result.effects if one.kind is not Party.MUNICIPALITIES]
        ordered = sorted(municipal, key=lambda one: -(_fee(one.before) or 0))
        parties = {m.name: m.party for m in (*self._split.members, *self._split.others)}
        lines = [
            Line(one.name, self._cells(one), parties.get(one.name)) for one in (*others, *ordered)
        ]
        sums = [(tables.TOGETHER, municipal)]
        sums += [(tables.SUM, [*others, *municipal])] if others else []
        lines += [Line(name, self._cells(_together(every)), is_total=True) for name, every in sums]
        places = tables.rounding_places(self._split)
        lines.append(Line(tables.rounding_label(self._split), self._rounding(), places=places))
        return lines

    def _cells(self, one: Effect) -> tuple[Amount, ...]:
        """What stands in the columns of one party, or of several together."""
        keys = [_key(one.before), _key(one.after[-1])]
        heads = [
            None if standing is None else self._split.per_head(*standing)
            for standing in (one.before, one.after[-1])
        ]
        return (
            *keys[: len(self._key_times)],
            *map(_fee, (one.before, *one.after)),
            one.change(),
            one.percent(),
            *(heads if self._split.counts_people else ()),
        )

    def _rounding(self) -> tuple[Amount, ...]:
        """How much more the fees are than the municipalities' part, before and in each year."""
        missed = [sums.rounding for sums in (self._result.before, *self._result.years)]
        before = len(self._key_times)
        after = len(self.columns) - before - len(missed)
        return (*(None,) * before, *missed, *(None,) * after)

    @property
    def bars(self) -> list[tuple[str, Known, str]]:
        """By how much each who is a member before and after pays more."""
        moved = [(one.name, one.change() or Fraction(0)) for one in self._result.staying]
        return [
            (name, amount, say.with_sign(amount, self._places))
            for name, amount in sorted(moved, key=lambda one: -one[1])
            if any(change for _, change in moved)
        ]


def _fee(standing: Standing | None) -> Amount:
    return None if standing is None else standing.fee


def _key(standing: Standing | None) -> Amount:
    return None if standing is None else standing.key


def _together(effects: Sequence[Effect]) -> Effect:
    """What several parties pay together, and the sum of their keys where all have one."""
    times = [[one.before for one in effects]]
    times += [[one.after[n] for one in effects] for n in range(len(effects[0].after))]
    before, *after = map(_sum, times)
    return Effect("", effects[0].kind, before, tuple(after))


def _sum(standings: Sequence[Standing | None]) -> Standing:
    known = [standing for standing in standings if standing is not None]
    return Standing(_all([one.key for one in known]), _all([one.fee for one in known]))


def _all(amounts: Sequence[Amount]) -> Amount:
    """A sum of which every part is known."""
    found = [amount for amount in amounts if amount is not None]
    return sum(found) if len(found) == len(amounts) else None
