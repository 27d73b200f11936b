"""What an association has set on its sheet *Finsam*; what is not set comes from policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from finsam_xl.labels import normalise, split_number
from finsam_xl.model import Finding, Ref
from finsam_xl.reading.figures import figure
from finsam_xl.reading.finsam_sheet import KEY, own_sheets, text
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.sheets.tables import association as association_in
from finsam_xl.words.meanings import unit_called

if TYPE_CHECKING:
    from finsam_xl.policy import ImpactIndexRules

SETTING, CHANGE = "Inställning", "Ändra"
PREFIX = "inställning"
ASSOCIATION, UNIT, IDEAL = "association", "unit", "ideal"
RULES = ("target", "near", "weight_tolerance")
"""The rules of the Impactindex that an association may set for itself."""
_FILE = "impact_index"


class Settings(NamedTuple):
    """The association's name, what it calls its units, its rules, and its areas' ideal weights.

    ``rules``: by their names in policy; ``ideals``: per cent by the area's name without number.
    """

    association: str = ""
    unit: str = ""
    rules: Mapping[str, Fraction] = MappingProxyType({})
    ideals: Mapping[str, Fraction] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()

    def on(self, rules: ImpactIndexRules) -> ImpactIndexRules:
        """The rules of policy with the association's own in their place."""
        return rules._replace(**self.rules) if self.rules else rules  # type: ignore[arg-type]


def settings(grid: Grid) -> Settings:
    """What is set in a workbook; read once for all who ask."""
    if settings not in grid.kept:
        grid.kept[settings] = _read(grid)
    found: Settings = grid.kept[settings]
    return found


def association(grid: Grid, tables: Iterable[Table]) -> str:
    """The association's name: as it is set, else from the titles; '' where none says it."""
    return settings(grid).association or association_in(tables)


def unit_word(grid: Grid) -> str:
    """What one of the units is called: as it is set, else what the workbook calls them."""
    own = settings(grid).unit
    if own:
        return own
    sheets = (sheet for sheet in grid.sheets if not (sheet.owner or sheet.large))
    return unit_called(value for sheet in sheets for value in sheet.texts)


def key(name: str) -> str:
    """What the sheet holds beside a setting, so that it is found again."""
    return f"{PREFIX}|{name}"


def typed(grid: Grid) -> Iterator[tuple[str, Cell, Ref]]:
    """The settings that are typed: name, cell and place."""
    for sheet in own_sheets(grid):
        columns: dict[str, int] = {}
        for number, cells in sheet.rows():
            words = {normalise(text(cell)): column for column, cell in cells}
            if {normalise(SETTING), normalise(CHANGE)} <= words.keys():
                columns = {
                    one: words[normalise(one)] for one in (CHANGE, KEY) if one.lower() in words
                }
                continue
            row = dict(cells)
            name = text(row.get(columns.get(KEY, 0))).removeprefix(f"{PREFIX}|")
            cell = row.get(columns.get(CHANGE, 0))
            if name and cell is not None and text(cell) and f"{PREFIX}|" in text(row[columns[KEY]]):
                yield name, cell, Ref.at(sheet.name, number, columns[CHANGE])


def _read(grid: Grid) -> Settings:
    texts = {ASSOCIATION: "", UNIT: ""}
    rules: dict[str, Fraction] = {}
    ideals: dict[str, Fraction] = {}
    findings: list[Finding] = []
    for name, cell, ref in typed(grid):
        what, _, area = name.partition("|")
        if what in texts:
            texts[what] = text(cell)
            continue
        amount = figure(cell)
        if amount is None or not _is_within(what, amount):
            findings.append(_refused(ref, cell, what))
        elif what in RULES:
            rules[what] = amount
        elif what == IDEAL:
            ideals[split_number(area)[1] or area] = amount
    return Settings(texts[ASSOCIATION], texts[UNIT].lower(), rules, ideals, tuple(findings))


def _is_within(name: str, amount: Fraction) -> bool:
    low, high = _bounds(name)
    return low <= amount <= high


def _bounds(name: str) -> tuple[Fraction, Fraction]:
    if name not in RULES:
        return Fraction(0), Fraction(100)
    from finsam_xl.policy import rule

    return rule(_FILE, name).bounds


def _refused(ref: Ref, cell: Cell, name: str) -> Finding:
    low, high = _bounds(name)
    return Finding.at(
        ref,
        "warning",
        "installning-okand",
        f"”{text(cell)}” är inget tal mellan {low} och {high}. Inställningen följs inte; det som "
        "står under Gäller används.",
        stated=text(cell),
    )
