"""What the classes of a cost split cost, from the lines of the outcome and the class of each."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import cost_split as calc
from finsam_xl.errors import FinsamError, InputError
from finsam_xl.labels import normalise
from finsam_xl.model import Ref
from finsam_xl.model_budget import SIGNED, Budget, BudgetRow
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.records import NamedTuple
from finsam_xl.words.totals import is_everyone
from finsam_xl.words.units import converted

_LEAST_WORD = 3


class Lines(NamedTuple):
    """The outcome of a year, its column, and the class and share of each of its lines.

    ``first``: the share, of one, that the first of two classes without shares has, if known.
    """

    budget: Budget
    column: int
    classes: Counts
    first: Fraction | None


def lines_of(
    budget: Budget,
    column: int,
    classes: Counts | None,
    own: Mapping[str, str],
    first: Fraction | None,
) -> Lines | None:
    """The lines of an outcome with their classes; ``None`` where nothing tells of any.

    ``own``: by the line's name in plain words the class that is set, before what tables say.
    """
    rows = [row for row in classes.rows if normalise(row.label) not in own] if classes else []
    titles = [row for row in budget.rows if row.role == "line" and normalise(row.label) in own]
    rows += [
        CountRow(
            row.row,
            row.role,
            row.label,
            _inner(row.section),
            None,
            {},
            {"class": own[normalise(row.label)]},
            Ref.at(budget.sheet, row.row, budget.label_column),
        )
        for row in titles
        if not row.is_income
    ]
    if not rows:
        return None
    bare = Counts("cost_classes", budget.sheet, (), None, {}, ())
    return Lines(budget, column, (classes or bare)._replace(rows=rows), first)


def splits(
    names: Sequence[str], lines: Lines, its_unit: str
) -> tuple[dict[str, calc.CostSplit], list[str]]:
    """The split of each named part in a unit, and what is said of parts that have none."""
    found: dict[str, calc.CostSplit] = {}
    problems: list[str] = []
    factor = converted(1, lines.budget.unit, its_unit)
    for name, sections in _grouped(names, _sections(lines.classes)).items():
        costs = _costs(lines, sections, factor)
        try:
            found[name] = calc.split(costs, _mapping(lines, sections))
        except FinsamError as error:
            problems.append(f"▼ {name or 'Fördelningen'} räknas inte: {error}")
    return found, problems


def are_rounded(name: str, names: Sequence[str], lines: Lines) -> bool:
    """Whether a sum in the outcome is not that of its lines to the unit, in the lines of a part."""
    groups = _grouped(list(dict.fromkeys(names)), _sections(lines.classes))
    wanted = {normalise(section) for section in groups.get(name, ())}
    rows = {n for n, row in enumerate(lines.budget.rows) if _is_of(row, wanted)}
    return any(
        lines.budget.rows[one.target].amounts[lines.column]
        not in (None, lines.budget.calculated(one, lines.column))
        for one in lines.budget.sums
        if rows & {row for row, _ in one.parts}
    )


def class_cost(split: calc.CostSplit, label: str) -> Fraction:
    """What the class of a label costs; nothing where no line is of it."""
    same = (one for one in split.classes if normalise(one.name) == normalise(label))
    return next((one.amount for one in same), Fraction(0))


def class_names(lines: Lines) -> set[str]:
    """The classes that any line is of, in plain words."""
    found: set[str] = set()
    for row in lines.classes.rows:
        with contextlib.suppress(InputError):
            said = calc.read_classes(row.texts.get("class", ""), lines.first)
            found |= {normalise(one.cost_class) for one in said}
    return found


def _sections(classes: Counts) -> list[str]:
    return list(dict.fromkeys(row.section for row in classes.rows if row.figures or row.texts))


def _words(text: str) -> set[str]:
    return {word for word in normalise(text).split() if len(word) > _LEAST_WORD}


def _grouped(names: Sequence[str], sections: Sequence[str]) -> dict[str, list[str]]:
    """Which sections of lines each printed part is made of.

    "Hela verksamheten" is all of them; a part that shares a word with a section has it, and
    what no part names belongs to the ordinary activity, the first part.
    """
    wholes = [name for name in names if name and is_everyone(name)]
    parts = [name for name in names if name not in wholes]
    groups: dict[str, list[str]] = {name: [] for name in parts}
    for section in sections:
        named = [name for name in parts if _words(name) & _words(section)]
        for name in (named or parts)[:1]:
            groups[name].append(section)
    return groups | {name: list(sections) for name in wholes}


def _mapping(lines: Lines, sections: Sequence[str]) -> Mapping[str, list[calc.CostShare]]:
    mapping: dict[str, list[calc.CostShare]] = {}
    whole: set[tuple[str, str]] = set()
    for row in lines.classes.rows:
        text = row.texts.get("class", "")
        if row.role == "section" or row.section not in sections or not text:
            continue
        share = row.figures.get("share")
        if share is None and (row.label, text) in whole:
            continue  # a line of several sections that is said to be of one class
        if share is None:
            whole.add((row.label, text))
            found = list(calc.read_classes(text, lines.first))
        else:
            part = Fraction(share.value) / (100 if share.is_percent else 1)
            found = [calc.CostShare(text, part)]
        mapping.setdefault(row.label, []).extend(found)
    return mapping


def _costs(
    lines: Lines, sections: Sequence[str], factor: Fraction
) -> list[tuple[str, Fraction | None]]:
    """The lines of some sections, costs positive, in the unit of the printed split."""
    sign = -1 if lines.budget.sign == SIGNED else 1
    wanted = {normalise(section) for section in sections}

    return [
        (row.label, None if amount is None else sign * factor * amount)
        for row in lines.budget.rows
        if _is_of(row, wanted)
        for amount in (row.amounts[lines.column],)
    ]


def _is_of(row: BudgetRow, wanted: set[str]) -> bool:
    """Whether a row is a line of cost of some sections."""
    inner = normalise(_inner(row.section))
    return row.role == "line" and not row.is_income and (inner in wanted or wanted == {""})


def _inner(section: str) -> str:
    """The innermost of the sections that a row is in."""
    return section.rpartition(" / ")[2]
