"""An indicator's outcome as cells to change, and as formulas that judge it as the rules do.

Every comparison is made on counts, as in :mod:`finsam_xl.calc.target_rules`: 100 × the number
against the limit × what it is of, which is exact in a spreadsheet too once binary noise is rounded
away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from finsam_xl.model import Count, Judgement, Outcome, RuleKind, TargetRule
from finsam_xl.money import as_float, exact
from finsam_xl.records import NamedTuple
from finsam_xl.report.tank_om import Held, Remark, no_number
from finsam_xl.sheets.grid import Value, is_number

ANSWERS: Mapping[bool | None, str] = {True: "Ja", False: "Nej", None: "Ej mätt"}
_READ = {text.upper(): answer for answer, text in ANSWERS.items()}
_DIGITS = 6
"""Decimals after which a difference is binary noise."""


class Shape(StrEnum):
    """What is told of an outcome."""

    JUDGED = "judged"
    SHARE = "share"
    PERCENT = "percent"
    BALANCE = "balance"
    GAP = "gap"
    NUMBER = "number"
    YEARS = "years"
    MEAN = "mean"
    DECREASE = "decrease"


_SHAPES = {
    RuleKind.SHARE_AT_LEAST: Shape.SHARE,
    RuleKind.SHARE_AT_MOST: Shape.SHARE,
    RuleKind.SHARE_BETWEEN: Shape.SHARE,
    RuleKind.EVERYONE: Shape.SHARE,
    RuleKind.GENDER_BALANCE: Shape.BALANCE,
    RuleKind.GENDER_GAP_AT_MOST: Shape.GAP,
    RuleKind.COUNT_AT_LEAST: Shape.NUMBER,
    RuleKind.REPORTED: Shape.JUDGED,
    RuleKind.LOWER_THAN_LAST_YEAR: Shape.YEARS,
    RuleKind.MEAN_AT_LEAST: Shape.MEAN,
    RuleKind.DECREASE_AT_LEAST: Shape.DECREASE,
}
_WITHOUT_LIMIT = {RuleKind.EVERYONE, RuleKind.LOWER_THAN_LAST_YEAR}
_FIELDS = {
    Shape.JUDGED: ("Uppnått",),
    Shape.SHARE: ("Antal", "Av"),
    Shape.PERCENT: ("Procent",),
    Shape.BALANCE: ("Kvinnor", "Män"),
    Shape.GAP: ("Kvinnor", "Av kvinnor", "Män", "Av män"),
    Shape.NUMBER: ("Antal",),
    Shape.YEARS: ("I år", "Året innan"),
    Shape.MEAN: ("Värde", "Av"),
    Shape.DECREASE: ("I år", "Året innan"),
}
_PLACES = {Shape.BALANCE: (0, 2), Shape.GAP: (0, 1, 2, 3)}


class Form(NamedTuple):
    """The cells of an outcome: the names of its fields and what they hold first.

    ``places``: which of the four columns of counts each stands in; ``rule``: what it is held
    against, ``None`` where it is judged by a word.
    """

    shape: Shape
    rule: TargetRule | None
    starts: tuple[tuple[str, Value], ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Which of the four columns of counts each field stands in."""
        return _PLACES.get(self.shape, tuple(range(len(self.starts))))

    def faults(self, held: Sequence[Held]) -> Iterator[Remark]:
        """What cannot be counted with in the cells, the first one first."""
        if self.shape is Shape.JUDGED:
            yield _no_answer(held[0])
            return
        names = [name for name, _ in self.starts]
        for name, one in zip(names, held, strict=True):
            is_signed = self.shape is Shape.DECREASE and name == names[0]
            yield no_number(one, name, may_be_negative=is_signed)
        number = held[0]
        if self.shape in (Shape.SHARE, Shape.GAP):
            yield _no_base(number, held[1], names[1])
        if self.shape is Shape.GAP:
            yield _no_base(held[2], held[3], names[3])
        if self.shape is Shape.YEARS:
            yield _no_base(number, held[1], names[1], may_be_nought=True)
        if self.shape in (Shape.MEAN, Shape.DECREASE):
            yield _nought(held[1], names[1])
        if self.shape is Shape.BALANCE:
            yield _nobody(*held)

    def over(self, held: Sequence[Held]) -> Iterator[Remark]:
        """More than they are counted of, which is counted all the same."""
        if self.shape is Shape.PERCENT:
            cell, value = held[0].cell, held[0].value
            yield Remark(f"N({cell})>100", is_number(value) and value > 100, "▼ Över 100 %")
        pairs = {Shape.SHARE: (held[:2],), Shape.GAP: (held[:2], held[2:])}.get(self.shape, ())
        for part, whole in pairs:
            a, b = part.value, whole.value
            is_so = is_number(a) and is_number(b) and a > b
            yield Remark(f"N({part.cell})>N({whole.cell})", is_so, "▼ Fler än de är av")

    def answer(self, held: Sequence[Held]) -> str:
        """The formula that judges the cells, where they have no faults: Ja, Nej or Ej mätt."""
        if self.shape is Shape.JUDGED:
            read = f"UPPER(TRIM({held[0].cell}))"
            return f'IF({read}="JA","Ja",IF({read}="NEJ","Nej","Ej mätt"))'
        condition = self._condition([one.cell for one in held])
        return f'IF({self.unmeasured(held)[0]},"Ej mätt",IF({condition},"Ja","Nej"))'

    def unmeasured(self, held: Sequence[Held]) -> tuple[str, bool]:
        """When nothing is measured, as a formula, and whether that is so."""
        if self.shape is Shape.JUDGED:
            cell, value = held[0].cell, held[0].value
            word = f'IF(ISERROR({cell}),FALSE,UPPER(TRIM({cell}))="EJ MÄTT")'
            is_so = value is None or str(value).strip().upper() == "EJ MÄTT"
            return f"OR(ISBLANK({cell}),{word})", is_so
        of_men = {Shape.BALANCE: held[-1:], Shape.GAP: held[2:3]}.get(self.shape, ())
        counted = [held[0], *of_men]
        blanks = [f"ISBLANK({one.cell})" for one in counted]
        formula = f"OR({','.join(blanks)})" if of_men else blanks[0]
        return formula, any(one.value is None for one in counted)

    def _condition(self, cells: Sequence[str]) -> str:
        """When the target is reached."""
        number, of = cells[0], cells[1] if len(cells) > 1 else "100"
        limit, upper = self._limits
        if self.shape is Shape.BALANCE:
            return _within(number, f"({number}+{of})", limit, upper)
        if self.shape is Shape.GAP:
            women, all_women, men, all_men = cells
            gap = f"100*ABS({women}*{all_men}-{men}*{all_women})"
            return _at_most(gap, f"{limit}*{all_women}*{all_men}")
        if self.shape is Shape.NUMBER:
            return _at_least(number, limit)
        if self.shape is Shape.YEARS:
            return f"{number}<{of}"
        if self.shape is Shape.MEAN:
            alone, whole = _at_least(number, limit), _at_least(number, f"{limit}*{of}")
            return f"IF(ISBLANK({of}),{alone},{whole})"
        if self.shape is Shape.DECREASE:
            return self._decrease(number, of, limit)
        kind = self.rule.kind if self.rule else None
        if kind is RuleKind.EVERYONE:
            return f"{number}={of}"
        if kind is RuleKind.SHARE_BETWEEN:
            return _within(number, of, limit, upper)
        compared = _at_most if kind is RuleKind.SHARE_AT_MOST else _at_least
        return compared(f"100*{number}", f"{limit}*{of}")

    def _decrease(self, now: str, before: str, limit: str) -> str:
        if self.rule is not None and self.rule.limit is not None and self.rule.limit < 0:
            alone = _at_most(now, limit)
            both = _at_most(f"100*({now}-{before})", f"{limit}*{before}")
        else:
            alone = _at_least(now, limit)
            both = _at_least(f"100*({before}-{now})", f"{limit}*{before}")
        return f"IF(ISBLANK({before}),{alone},{both})"

    @property
    def _limits(self) -> tuple[str, str]:
        """The limit and the upper one, as numbers of a formula."""
        if self.rule is None or self.rule.limit is None:
            return "", ""
        limit = self.rule.limit
        upper = 100 - limit if self.rule.upper is None else self.rule.upper
        return _literal(limit), _literal(upper)

    def outcome(self, values: Sequence[Value]) -> Outcome:
        """The outcome that cells without faults tell; none where its number is blank."""
        known = [exact(value) if is_number(value) else None for value in values]
        first = known[0]
        if self.shape in (Shape.BALANCE, Shape.GAP):
            bases = (None, None) if self.shape is Shape.BALANCE else (known[1], known[3])
            men = known[1] if self.shape is Shape.BALANCE else known[2]
            if first is None or men is None:
                return Outcome()
            return Outcome(women=Count(first, bases[0]), men=Count(men, bases[1]))
        if first is None or self.shape is Shape.JUDGED:
            return Outcome()
        if self.shape is Shape.PERCENT:
            return Outcome(Count(first, Fraction(100), is_share=True))
        return Outcome(Count(first, known[1] if len(known) > 1 else None))


def form_of(judgement: Judgement) -> Form:
    """How an indicator's outcome can be changed: by counts where it has a rule, else by a word."""
    indicator = judgement.indicator
    rule, given = indicator.rule, indicator.outcome
    is_judged = given.word is not None or (not given.is_given and indicator.judged is not None)
    if rule is None or is_judged or _SHAPES[rule.kind] is Shape.JUDGED or not _has_limits(rule):
        return _form(Shape.JUDGED, None, [ANSWERS[judgement.reached]])
    shape, total = _SHAPES[rule.kind], given.total
    if shape is Shape.BALANCE:
        return _form(shape, rule, [part and part.number for part in (given.women, given.men)])
    if shape is Shape.GAP:
        parts = [
            (part.number, part.base) if part else (None, None) for part in (given.women, given.men)
        ]
        return _form(shape, rule, [*parts[0], *parts[1]])
    if shape is Shape.SHARE and total is not None and total.is_share:
        return _form(Shape.PERCENT, rule, [total.number])
    starts = [None, None] if total is None else [total.number, total.base]
    return _form(shape, rule, starts[: len(_FIELDS[shape])])


def _form(
    shape: Shape, rule: TargetRule | None, starts: Sequence[int | Fraction | str | None]
) -> Form:
    return Form(shape, rule, tuple(zip(_FIELDS[shape], map(_plain, starts), strict=True)))


def _has_limits(rule: TargetRule) -> bool:
    if rule.kind in _WITHOUT_LIMIT:
        return True
    is_open = rule.kind is RuleKind.SHARE_BETWEEN and rule.upper is None
    return rule.limit is not None and not is_open


def _plain(value: int | Fraction | str | None) -> Value:
    return value if value is None or isinstance(value, str) else as_float(value)


def _literal(value: Fraction) -> str:
    """A number as it stands in a formula."""
    text = repr(as_float(value))
    return f"({text})" if value < 0 else text


def _at_least(one: str, other: str) -> str:
    return f"ROUND({one}-{other},{_DIGITS})>=0"


def _at_most(one: str, other: str) -> str:
    return f"ROUND({one}-{other},{_DIGITS})<=0"


def _within(number: str, of: str, limit: str, upper: str) -> str:
    part = f"100*{number}"
    return f"AND({_at_least(part, f'{limit}*{of}')},{_at_most(part, f'{upper}*{of}')})"


# What cannot be counted with -------------------------------------------------------------------


def whole_weight(held: Held, highest: int, unmeasured: tuple[str, bool]) -> Remark:
    """A weight that is no whole number from 0 to the highest, of what is measured.

    ``unmeasured``: when that is not so, as a formula, and whether it is not so.
    """
    cell, value = held.cell, held.value
    when, is_unmeasured = unmeasured
    is_whole = is_number(value) and 0 <= value <= highest and value == int(value)
    is_excused = value is None and is_unmeasured
    off = f"IF(ISNUMBER({cell}),OR({cell}<0,{cell}>{highest},INT({cell})<>{cell}),TRUE)"
    formula = f"IF(ISBLANK({cell}),NOT({when}),{off})"
    return Remark(formula, not (is_whole or is_excused), f"▼ Vikt: heltal 0–{highest}")


def _no_answer(held: Held) -> Remark:
    cell, value = held.cell, held.value
    words = ",".join(f'UPPER(TRIM({cell}))="{word}"' for word in _READ)
    formula = f"IF(ISERROR({cell}),TRUE,IF(ISBLANK({cell}),FALSE,NOT(OR({words}))))"
    is_so = value is not None and str(value).strip().upper() not in _READ
    return Remark(formula, is_so, "▼ Ja, Nej eller Ej mätt")


def answer_in(value: Value) -> bool | None:
    """What a word without fault answers."""
    return _READ.get(str(value).strip().upper())


def _no_base(number: Held, base: Held, name: str, *, may_be_nought: bool = False) -> Remark:
    """A number without what it is of."""
    value, sign = base.value, "<" if may_be_nought else "<="
    is_base = is_number(value) and (value >= 0 if may_be_nought else value > 0)
    formula = f"IF(ISBLANK({number.cell}),FALSE,IF(ISNUMBER({base.cell}),{base.cell}{sign}0,TRUE))"
    word = f"▼ {name}: skriv ett tal" if may_be_nought else f"▼ {name}: tal över 0"
    return Remark(formula, number.value is not None and not is_base, word)


def _nought(base: Held, name: str) -> Remark:
    """Nought of which nothing can be a part; a blank is none."""
    cell, value = base.cell, base.value
    return Remark(f"IF(ISBLANK({cell}),FALSE,{cell}=0)", value == 0, f"▼ {name}: tal över 0")


def _nobody(women: Held, men: Held) -> Remark:
    is_so = women.value == 0 and men.value == 0
    blank = f"OR(ISBLANK({women.cell}),ISBLANK({men.cell}))"
    return Remark(f"IF({blank},FALSE,{women.cell}+{men.cell}=0)", is_so, "▼ Ingen är räknad")
