"""Labels and headings that say something else than the table around them.

One of several sections may be named as it likes, and a total that has a word in common with
its own section is taken to mean it.

>>> claims("Budget 2023 plan 2024–2025")
{'budget': {2023}, 'plan': {2024, 2025}}
>>> claims("Budget 2024, fastställd 2023-11-20")
{'budget': {2024}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam_xl.checks.material import Cells, Material
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.labels import small
from finsam_xl.model import Finding, Ref, shortened
from finsam_xl.model_budget import Budget, BudgetColumn, Known, Sum
from finsam_xl.periods import Period
from finsam_xl.words.totals import without_sum

_CLAIM = re.compile(
    r"(?<![^\W\d_])(budget|plan|prognos|utfall|bokslut)\s*(?:för\s+)?(?:åren\s+|år\s+)?"
    r"(20\d\d)(?!\d|-\d\d-)(?:\s*[-–—]\s*(20\d\d)(?!\d|-\d\d))?",
    re.IGNORECASE,
)
_SCENARIOS = {"bokslut": "outcome", "utfall": "outcome", "prognos": "forecast"}
_ROWS_ABOVE = 8
_FEWEST_TELLING = 2


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Labels of totals, headings of sums across and titles, in every table of amounts."""
    for material in materials:
        for budget in material.budgets:
            cells = material.cells.get(budget.sheet, {})
            yield from material.own(wrong(budget))
            yield from material.own(_spans(budget, cells))
            others = [one for one in material.budgets if one.sheet == budget.sheet]
            yield from material.own(_titles(budget, cells, others))


# Sums across years ---------------------------------------------------------------------------


def _spans(budget: Budget, cells: Cells) -> Iterator[Finding]:
    """A warning per column that says it adds up other years than the figures in it do."""
    stated = [n for n, column in enumerate(budget.columns) if column.is_stated and column.period]
    for number, column in enumerate(budget.columns):
        span = column.period
        if column.scenario != "other" or span is None or span.until is None or not stated:
            continue
        years = [year for n in stated for year in _years(budget.columns[n])]
        wanted = Period(min(years), until=max(years))
        inside = [n for n in stated if _is_inside(budget.columns[n], span)]
        if wanted == span or inside == stated or not _adds_up(budget, number, stated, inside):
            continue
        place = _heading(budget, column, cells, str(span.until))
        yield tell(
            "rubrik-fel-period",
            place,
            span=f"{span.year}–{span.until}",
            outside=listed([f"”{budget.columns[n].header}”" for n in stated if n not in inside]),
            right=f"{wanted.year}–{wanted.until}",
            stated=column.header,
            calculated=f"{wanted.year}-{wanted.until}",
        )


def _years(column: BudgetColumn) -> range:
    period = column.period
    return range(0) if period is None else range(period.year, (period.until or period.year) + 1)


def _is_inside(column: BudgetColumn, span: Period) -> bool:
    return all(span.year <= year <= (span.until or span.year) for year in _years(column))


def _adds_up(budget: Budget, column: int, every: Sequence[int], inside: Sequence[int]) -> bool:
    """Whether the rows hold with every column, and tellingly more often than without some."""
    told = {True: 0, False: 0}
    for row in budget.rows:
        printed = row.amounts[column]
        whole, part = (sum(_known(row.amounts[n] for n in of)) for of in (every, inside))
        if printed is not None and whole != part and printed in (whole, part):
            told[printed == whole] += 1
    return told[True] >= _FEWEST_TELLING and told[True] > told[False]


def _known(amounts: Iterator[Known | None]) -> Iterator[Known]:
    return (amount for amount in amounts if amount is not None)


def _heading(budget: Budget, column: BudgetColumn, cells: Cells, said: str) -> Ref:
    """The cell of a column's heading that says something, else the column's first cell."""
    first = budget.rows[0].row if budget.rows else 1
    for row in range(first - 1, max(0, first - _ROWS_ABOVE), -1):
        if said in str(cells.get((row, column.number)) or ""):
            return Ref.at(budget.sheet, row, column.number)
    return Ref.at(budget.sheet, first, column.number)


# Titles --------------------------------------------------------------------------------------


def claims(text: str) -> dict[str, set[int]]:
    """The years a title names, by the word before them."""
    found: dict[str, set[int]] = {}
    for word, first, last in _CLAIM.findall(text):
        years = range(int(first), int(last or first) + 1)
        found.setdefault(word.lower(), set()).update(years)
    return found


def _titles(budget: Budget, cells: Cells, others: Sequence[Budget]) -> Iterator[Finding]:
    """A note per title above a table that names years its columns do not have."""
    if not budget.rows:
        return
    first = budget.rows[0].row
    above = [one.rows[-1].row for one in others if one.rows and one.rows[-1].row < first]
    for row in range(max([first - _ROWS_ABOVE, 0, *above]) + 1, first):
        text = cells.get((row, budget.label_column))
        said = claims(text) if isinstance(text, str) else {}
        missing = {word: years - _had(budget, word, said) for word, years in said.items()}
        if not any(missing.values()):
            continue
        wrong = [f"{word} {year}" for word, years in missing.items() for year in sorted(years)]
        yield tell(
            "titel-fel-ar",
            Ref.at(budget.sheet, row, budget.label_column),
            "columns",
            severity="info",
            title=shortened(str(text)),
            missing=listed(wrong),
            headings=", ".join(f"”{column.header}”" for column in budget.columns if column.period),
            stated=str(text),
        )


def _had(budget: Budget, word: str, said: dict[str, set[int]]) -> set[int]:
    """The years of the columns a word speaks of: all of them unless the title tells them apart."""
    wanted = _SCENARIOS.get(word, word)
    own = [c for c in budget.columns if c.scenario.startswith(wanted)]
    columns = own if own and len(said) > 1 else budget.columns
    return {year for column in columns for year in _years(column)}


_WORD = re.compile(r"[^\W\d_]{4,}")
_GENERAL = re.compile(
    r"(?:kostnader|kostnad|utgifter|intäkter|finansiering|tillgångar|skulder|kapital|medel|"
    r"avsättningar|eget|övriga|övrigt|totalt|verksamhetens)"
)


def wrong(budget: Budget) -> Iterator[Finding]:
    """A warning per total of one section's lines that bears another section's name."""
    names = {row.label.strip(" :") for row in budget.rows if row.role == "section"}
    sections = {name: _words(name) for name in names}
    for one in budget.sums:
        row = budget.rows[one.target]
        if row.role != "total" or not _is_of_its_section(budget, one):
            continue
        own = _section(row.section)
        said = _words(without_sum(row.label))
        if not said or said & _words(own):
            continue
        also = [
            budget.label_place(n)
            for n, other in enumerate(budget.rows)
            if n != one.target and other.role == "total" and _same(other.label, row.label)
        ]
        named = [
            name
            for name, words in sections.items()
            if name != own and (said <= words or (also and words and words <= said))
        ]
        if len(named) != 1:
            continue
        yield tell(
            "summa-fel-avsnitt",
            budget.label_place(one.target),
            "copied" if also else "differs",
            "mend",
            section=own,
            other=also[0].cell if also else "",
            stated=row.label,
            calculated=f"Summa {_lower_first(own)}",
            also=also,
        )


def _is_of_its_section(budget: Budget, one: Sum) -> bool:
    """Whether a total adds up nothing but lines under the heading it stands under."""
    section = budget.rows[one.target].section
    parts = [budget.rows[row] for row, _ in one.parts]
    return bool(section) and all(part.role == "line" and part.section == section for part in parts)


def _section(path: str) -> str:
    return path.rpartition(" / ")[2].strip(" :")


def _words(text: str) -> frozenset[str]:
    """The words that tell one section from another."""
    words = map(str.lower, _WORD.findall(text))
    return frozenset(word for word in words if not _GENERAL.fullmatch(word))


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else small(text)
