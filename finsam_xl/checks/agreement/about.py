"""What a person says that figures in running text are of, in the column *Gäller* beside them.

A cell (``Deltagare!B12``, or a formula that fetches it), a formula that counts it out, or the
quantity in words. Rules that hold texts against tables only propose what a text is of: until it
is said, what differs is a note; where another cell is said, that one is compared.

>>> target("='Budget 2024'!$B$12", "Text"), target("b12", "Text"), target("Deltagare", "Text")
(Ref(sheet='Budget 2024', cell='B12', file=''), Ref(sheet='Text', cell='B12', file=''), None)
>>> target("Budget 2024!B12", "Text"), target("2*Budget!B12", "Text")
(Ref(sheet='Budget 2024', cell='B12', file=''), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.address import on_sheet, position
from finsam_xl.checks.concepts import OPERATING, RESULT, concept_of
from finsam_xl.checks.facts import PER_CENT_ABOUT
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed, placed
from finsam_xl.checks.rings import FormulaCell
from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import Area
from finsam_xl.labels import without_year
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import decimals
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import people_of
from finsam_xl.words.scenarios import is_about
from finsam_xl.words.units import KRONOR

TEXTS = "text_figures"
_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d*")
_NAME = re.compile(r"'(?:[^']|'')+'|[^'!*/+^&=<>:?\[\]\\]*")
_SIGNED = (RESULT, OPERATING)
_MOST_SHOWN, _MOST_DECIMALS = 3, 2


def target(said: str, sheet: str) -> Ref | None:
    """The cell that is pointed at from a sheet, ``None`` where it is told in words."""
    name, _, cell = said.lstrip("= +").rpartition("!")
    if not _CELL.fullmatch(cell.strip()) or not _NAME.fullmatch(name.strip()):
        return None
    named = name.strip().strip("'").replace("''", "'")
    return Ref(named or sheet, cell.strip().replace("$", "").upper())


class _Text(NamedTuple):
    """A stated figure, its row, and the cell or the formula that it is said to be of."""

    row: CountRow
    figure: Figure
    target: Ref | None
    formula: FormulaCell | None

    @property
    def said(self) -> str:
        """What is said of it, '' where nothing is."""
        return self.row.about.said if self.row.about is not None else ""

    @property
    def is_in_words(self) -> bool:
        """Whether it is said, but not by a cell."""
        return bool(self.said) and self.target is None and self.formula is None

    @property
    def is_known(self) -> bool:
        """Whether it is said, and what is said can be followed."""
        return _is_quantity(self.said) if self.is_in_words else bool(self.said)

    def is_of(self, places: Sequence[Ref]) -> bool:
        """Whether it is said to be of one of some cells, or what quantity it is."""
        if self.target is not None:
            return self.target in places
        if self.formula is None:
            return self.is_known
        return any(_is_inside(one, area) for one in places for area in self.formula.areas)


def _is_inside(ref: Ref, area: Area) -> bool:
    row, column = position(ref.cell)
    is_on = ref.sheet.lower() == area.sheet.lower()
    return is_on and area.top <= row <= area.bottom and area.left <= column <= area.right


class Texts:
    """The figures in running text of some workbooks, with what they are said to be of."""

    def __init__(self, materials: Sequence[Material]) -> None:
        self._given = {material.file: material for material in materials}
        self._texts = {
            one.figure.ref: one
            for material in materials
            for table in placed([material], TEXTS)
            for one in _texts(table, material)
        }
        self._told: set[Ref] = set()
        self.materials = [_in_words(material) for material in materials]
        """The workbooks as rules read them: quantities said in words stand for the labels."""

    def settled(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """Findings of rules that hold texts against tables: notes where it is not said what of."""
        proposed: dict[tuple[str, str], list[tuple[Ref, Ref]]] = {}
        for one in found:
            own, *others = _places(one)
            text = self._texts.get(own)
            self._told |= {ref for ref in (own, *others) if self._is_of(ref, (own, *others))}
            tables = [ref for ref in others if ref not in self._texts]
            if text is None or not tables or text.is_of(others):
                yield one
            elif not text.is_known:
                if one.severity != "info":
                    proposed.setdefault((own.file, own.sheet), []).append((own, tables[0]))
                yield one._replace(severity="info")
        for pairs in proposed.values():
            yield _proposal(pairs)

    def _is_of(self, ref: Ref, places: Sequence[Ref]) -> bool:
        text = self._texts.get(ref)
        return text is not None and text.is_of(places)

    def left(self) -> Iterator[Finding]:
        """What is said to be of a cell and no rule has told of, and what cannot be followed."""
        for own, text in self._texts.items():
            if not text.said or own in self._told:
                continue
            there = None if text.is_in_words else self._pointed(text)
            if text.is_of((own,)) and not text.is_in_words:
                yield _of_itself(text)
            elif there is not None:
                yield from _compared(text, there)
            elif not (text.is_in_words and text.is_known):
                yield _strange(text, is_cell=not text.is_in_words)

    def _pointed(self, text: _Text) -> Figure | None:
        """The figure that a text is said to be of: a cell's, or what a formula comes to."""
        if text.target is not None:
            return self._figure(text.target)
        about, formula = text.row.about, text.formula
        if about is None or formula is None:
            return None
        own = _plain(self._given[text.figure.ref.file], about.ref)
        if own is None or own.is_percent:
            return own
        if text.figure.is_percent:
            number = exact(100 * own.value)
            return own._replace(value=number, decimals=decimals(number), unit="%")
        firsts = [Ref.at(area.sheet, area.top, area.left) for area in formula.areas]
        figures = [self._figure(one._replace(file=about.ref.file)) for one in firsts]
        return own._replace(unit=next((one.unit for one in figures if one), ""))

    def _figure(self, ref: Ref) -> Figure | None:
        """The figure in a cell, as the table it stands in says what it is."""
        material = self._given[ref.file]
        return self._figures.get(ref) or _amount(material, ref) or _plain(material, ref)

    @cached_property
    def _figures(self) -> Mapping[Ref, Figure]:
        """Every figure of tables of people and shares, by its cell."""
        materials = self._given.values()
        kinds = {table.kind for material in materials for table in material.counts}
        tables = placed(materials, *kinds)
        return {f.ref: f for t in tables for row in t.rows for f in row.figures.values()}


def _sheets(material: Material) -> dict[str, str]:
    """The sheets of a workbook by their names, whatever case those are written in."""
    budgets = (one.sheet for one in material.budgets)
    counts = (one.sheet for one in material.counts)
    return {name.lower(): name for name in (*material.cells, *budgets, *counts)}


def _texts(table: Counts, material: Material) -> Iterator[_Text]:
    sheets = _sheets(material)
    formulas = {one.ref: one for one in material.formulas if one.sheet == table.sheet}
    for row, figure in table.column("value"):
        if row.about is None:
            yield _Text(row, figure, None, None)
            continue
        own = row.about.ref
        found = target(row.about.said, own.sheet)
        if found is not None:
            found = Ref(sheets.get(found.sheet.lower(), found.sheet), found.cell, own.file)
        yield _Text(row, figure, found, formulas.get(own._replace(file="")))


def _in_words(material: Material) -> Material:
    """A workbook as rules read it: with quantities for labels, and without formulas that point."""
    texts = material.of(TEXTS)
    pointers = {row.about.ref for table in texts for row in table.rows if row.about is not None}
    if not pointers:
        return material
    counts = tuple(
        one._replace(rows=[_named(row) for row in one.rows]) if one.kind == TEXTS else one
        for one in material.counts
    )
    formulas = tuple(one for one in material.formulas if one.ref not in pointers)
    return material._replace(counts=counts, formulas=formulas)


def _named(row: CountRow) -> CountRow:
    said = row.about.said if row.about is not None else ""
    if not _is_quantity(said):
        return row
    period = Period.find(said)
    texts = {**row.texts, "when": str(period)} if period is not None else row.texts
    return row._replace(label=without_year(said), texts=texts)


def _is_quantity(said: str) -> bool:
    words = without_year(said)
    return concept_of(words) is not None or people_of(words) is not None


def _places(one: Finding) -> list[Ref]:
    own = Ref(one.sheet or "", one.cell or "", one.file or "")
    return [own, *one.also]


def _amount(material: Material, ref: Ref) -> Figure | None:
    """The amount in a cell of a table of amounts, in the table's unit."""
    place = position(ref.cell)
    for budget in material.budgets:
        if budget.sheet != ref.sheet:
            continue
        for row in budget.rows:
            for column, amount in zip(budget.columns, row.amounts, strict=True):
                if (row.row, column.number) == place and amount is not None:
                    return Figure(amount, decimals(exact(amount)), budget.unit, ref)
    return None


def _plain(material: Material, ref: Ref) -> Figure | None:
    """The number in any other cell."""
    place = position(ref.cell)
    value = material.cells.get(ref.sheet, {}).get(place)
    if value is None or isinstance(value, bool | str):
        return None
    is_percent = place in material.per_cent.get(ref.sheet, ())
    number = exact(value) * (100 if is_percent else 1)
    return Figure(number, decimals(number), "%" if is_percent else "", ref)


def _compared(text: _Text, there: Figure) -> Iterator[Finding]:
    """A share is not held to a number: how it is counted out is asked for."""
    is_alike = text.figure.is_percent == there.is_percent
    if not is_alike or not _agree(text, there):
        yield _other(text, there, is_alike=is_alike)


def _agree(text: _Text, there: Figure) -> bool:
    """Whether a text's figure is the cell's, as far as the text shows it."""
    here = text.figure
    unit, other = KRONOR.get(here.unit), KRONOR.get(there.unit)
    scale = (unit, other) if unit and other else (Fraction(1), Fraction(1))
    mine, theirs = here.value * scale[0], there.value * scale[1]
    concept = concept_of(text.row.label)
    if concept is None or concept.name not in _SIGNED:
        mine, theirs = abs(mine), abs(theirs)
    else:
        mine *= concept.sign
    slack = max(here.half_step * scale[0], there.half_step * scale[1])
    if is_about(text.row.label):
        slack = max(slack, abs(mine) / PER_CENT_ABOUT)
    is_alike = (here.unit, here.decimals) == (there.unit, there.decimals)
    return abs(mine - theirs) <= (0 if is_alike else slack)


def _other(text: _Text, there: Figure, *, is_alike: bool) -> Finding:
    here = text.figure
    return tell(
        "galler-avviker",
        here.ref,
        "differs" if is_alike else "kind",
        severity="warning" if is_alike else "info",
        label=text.row.label,
        said=_shown(here),
        listed=_shown(there),
        place=there.ref.seen_from(here.ref),
        stated=exact(here.value),
        calculated=exact(there.value),
        also=[there.ref],
    )


def _shown(figure: Figure) -> str:
    unit = figure.unit if figure.is_percent or figure.unit in KRONOR else ""
    return swedish(figure.value, min(figure.decimals, _MOST_DECIMALS), unit)


def _strange(text: _Text, *, is_cell: bool) -> Finding:
    return tell(
        "galler-okand",
        text.figure.ref,
        "cell" if is_cell else "words",
        severity="warning" if is_cell else "info",
        said=text.said.lstrip("="),
        label=text.row.label,
    )


def _of_itself(text: _Text) -> Finding:
    return tell("galler-okand", text.figure.ref, "self", severity="warning", label=text.row.label)


def _proposal(pairs: Sequence[tuple[Ref, Ref]]) -> Finding:
    (own, _), *rest = pairs
    shown = [f"={_fetched(ref, one)} för {one.cell}" for one, ref in pairs[:_MOST_SHOWN]]
    return tell(
        "galler-forslag",
        own,
        "several" if rest else "one",
        count=len(pairs),
        cells=listed(shown),
        also=[one for one, _ in rest],
    )


def _fetched(ref: Ref, own: Ref) -> str:
    return ref.cell if ref.sheet == own.sheet else on_sheet(ref.sheet, ref.cell)
