"""Every family of rules, in the order their findings are told: the one list of them.

A rule that is not here checks nothing. What is wrong within one table, cell by cell, is told
where the table is read instead: fees, weights, sums of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from finsam_xl.checks.agreement import (
    about,
    files,
    headings,
    note_totals,
    quantities,
    same_lines,
    text_index,
    text_people,
    text_referrals,
)
from finsam_xl.checks.amounts import (
    copied_periods,
    cost_split,
    deviations,
    filled_series,
    odd_cells,
    of_rounded,
    one_cell,
    rollforward,
    series,
)
from finsam_xl.checks.formulas import rules as formulas
from finsam_xl.checks.formulas import sheet_years
from finsam_xl.checks.goals import (
    index_points,
    index_tables,
    judged_columns,
    numbering,
    outcomes,
)
from finsam_xl.checks.material import Material, Rule
from finsam_xl.checks.panels import Panel, panels
from finsam_xl.checks.people import (
    columns,
    participants,
    percentages,
    platforms,
    referrals,
    responses,
    share_columns,
    varav,
)
from finsam_xl.checks.related import together
from finsam_xl.model import Finding

BETWEEN_BOOKS: tuple[Rule, ...] = (
    same_lines.check,
    note_totals.check,
    rollforward.check,
    cost_split.check,
    deviations.check,
    one_cell.check,
    odd_cells.check,
    of_rounded.check,
    formulas.check,
    headings.check,
    series.check,
)
"""What looks at all the workbooks that are checked together."""

OF_AN_ASSOCIATION: tuple[Rule, ...] = (
    varav.check,
    participants.check,
    percentages.check,
    platforms.check,
    referrals.check,
    responses.check,
    text_people.check,
    text_referrals.check,
    text_index.check,
    index_tables.check,
    numbering.check,
    outcomes.check,
)
"""What looks at the workbooks of one association at a time."""

OF_FILES: tuple[Rule, ...] = (files.check,)
"""What looks at the workbooks as files."""

OF_COLUMNS: tuple[Callable[[Material, Sequence[Panel]], Iterator[Finding]], ...] = (
    index_points.check,
    share_columns.check,
    columns.check,
    judged_columns.check,
    sheet_years.check,
    filled_series.check,
    copied_periods.check,
)
"""What columns say of each other, whatever a table is about: told where nothing else is."""


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong in the workbooks and between them, but for what columns say."""
    texts = about.Texts(materials)
    read = texts.materials
    yield from texts.settled(chain(quantities.check(read), of_associations(read)))
    yield from texts.left()
    for rule in BETWEEN_BOOKS:
        yield from rule(read)
    for rule in OF_FILES:
        yield from rule(materials)


def of_associations(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong among the workbooks of each association."""
    for group in together(materials):
        for rule in OF_AN_ASSOCIATION:
            yield from rule(group)


def of_columns(materials: Sequence[Material]) -> Iterator[Finding]:
    """What columns say of each other."""
    for material in materials:
        found = list(panels(material))
        for family in OF_COLUMNS:
            yield from material.own(family(material, found))
