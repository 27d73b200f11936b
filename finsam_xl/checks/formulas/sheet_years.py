"""Which year figures are of, by what stands above them, and titles that are left from another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from finsam_xl.checks.formulas.sheet import FormulaSheet, Place, sheets
from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel
from finsam_xl.findings import tell
from finsam_xl.model import Finding, shortened
from finsam_xl.records import NamedTuple
from finsam_xl.words.periods import TIMES, Time

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DAY = re.compile(
    r"\d{1,2}[.:]?\s+[^\W\d]+\.?\s+20\d\d|20\d\d-\d\d?-\d\d?|\d{1,2}[/.]\d{1,2}[/.\s]+20\d\d"
)
_TITLE_ROWS, _TITLE_COLUMNS = 8, 3
_LONGEST_TITLE = 120
_SENTENCES = re.compile(r"[^\W\d]{2,}[.!?]\s+[^\W\d]")
_LONGEST_SENTENCE = 8
"""Words of a title that has a full stop in it."""
_FARTHEST = 2
_SPAN = 2
_FEWEST = 3
_TELLING = 10

Vector = tuple[float, ...]


def years_in(text: str) -> frozenset[int]:
    """The years a text names, but for those of days.

    >>> sorted(years_in("Beslutad 28 november 2024, budget 2025"))
    [2025]
    """
    return frozenset(map(int, _YEAR.findall(_DAY.sub(" ", text))))


def only_year(text: str) -> int | None:
    """The one year a text names."""
    found = years_in(text)
    return next(iter(found)) if len(found) == 1 else None


def heading_of(sheet: FormulaSheet, place: Place) -> str:
    """The nearest text or year above a cell in its column, '' where there is none."""
    row, column = place
    for above in range(row - 1, 0, -1):
        value = sheet.value((above, column))
        if isinstance(value, str) and value.strip() and (above, column) not in sheet.formulas:
            return value.strip()
        if isinstance(value, int | float) and _YEAR.fullmatch(f"{value:g}"):
            return f"{value:g}"
    return ""


def year_of(sheet: FormulaSheet, place: Place) -> int | None:
    """The year of a figure: of its heading, its sheet or the titles above; of one only."""
    titles = " ".join(title.text for title in titles_of(sheet, place[0]))
    for text in (heading_of(sheet, place), sheet.name, titles):
        years = years_in(text)
        if years:
            return next(iter(years)) if len(years) == 1 else None
    return None


class Title(NamedTuple):
    """A text above the tables of a sheet."""

    place: Place
    text: str


def titles_of(sheet: FormulaSheet, before: int) -> Sequence[Title]:
    """The texts in the first rows and columns of a sheet, above a row."""
    places = (
        (row, column)
        for row in range(1, min(before, _TITLE_ROWS + 1))
        for column in range(1, _TITLE_COLUMNS + 1)
    )
    found = ((place, sheet.value(place)) for place in places if place not in sheet.formulas)
    return [
        Title(place, value)
        for place, value in found
        if isinstance(value, str) and len(value) <= _LONGEST_TITLE and not _is_prose(value)
    ]


def _is_prose(text: str) -> bool:
    """Whether a text is sentences: they may speak of any year."""
    return bool(_SENTENCES.search(text)) and len(text.split()) > _LONGEST_SENTENCE


# Titles left from another year ----------------------------------------------------------------


class _Book(NamedTuple):
    """The sheets of a workbook, and the tables of each."""

    sheets: Mapping[str, FormulaSheet]
    panels: Mapping[str, Sequence[Panel]]
    vectors: dict[str, Mapping[Vector, Place]]


def check(material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """Titles of every sheet with tables."""
    by_sheet: dict[str, list[Panel]] = {}
    for panel in panels:
        by_sheet.setdefault(panel.sheet, []).append(panel)
    book = _Book({sheet.name: sheet for sheet in sheets(material)}, by_sheet, {})
    for name in by_sheet:
        yield from _of_sheet(book, book.sheets[name])


def _of_sheet(book: _Book, sheet: FormulaSheet) -> Iterator[Finding]:
    own = book.panels[sheet.name]
    headed = {
        year for panel in own for column in panel.columns for year in _headed(sheet, panel, column)
    }
    for title in titles_of(sheet, own[0].heading):
        said = only_year(title.text)
        if said is None:
            yield from _shifted(sheet, title, headed)
        if said is None or _is_of_a_decision(title.text):
            continue
        of_name = only_year(sheet.name)
        if of_name is not None and of_name != said:
            is_right = said not in headed and (of_name in headed or not headed)
            is_twin = _without_year(title.text) == _without_year(sheet.name)
            if (is_right or is_twin) and abs(of_name - said) <= _FARTHEST:
                yield _left(sheet, title, of_name, sheet.name)
        elif of_name is None and not years_in(sheet.name) and not headed:
            yield from _of_other_sheets(book, sheet, title)


def _shifted(sheet: FormulaSheet, title: Title, headed: Collection[int]) -> Iterator[Finding]:
    """A title of a span of years as long as that of the columns, a year or two before or after."""
    said = years_in(title.text)
    if len(said) != _SPAN or len(headed) <= 1:
        return
    shift = min(headed) - min(said)
    is_run = max(headed) - min(headed) + 1 == len(headed)
    if not is_run or not 0 < abs(shift) <= _FARTHEST or max(headed) - max(said) != shift:
        return
    right = _YEAR.sub(lambda match: str(int(match[0]) + shift), title.text)
    yield tell(
        "titel-fel-ar",
        sheet.ref(title.place),
        "span",
        "mend",
        title=shortened(title.text),
        said=f"{min(said)}–{max(said)}",
        years=f"{min(headed)}–{max(headed)}",
        right=shortened(right),
        stated=title.text,
        calculated=right,
    )


def _of_other_sheets(book: _Book, sheet: FormulaSheet, title: Title) -> Iterator[Finding]:
    """A title of another year than the sheets that the sheet's figures come from."""
    said = only_year(title.text)
    fetched = _fetched_from(sheet, book.sheets)
    tied = fetched or _tied(book, sheet)
    if tied and said and tied[1] != said and (fetched or _is_most(tied[1], said, book.sheets)):
        yield _left(sheet, title, tied[1], tied[0], is_fetched=bool(fetched))


def _fetched_from(sheet: FormulaSheet, known: Mapping[str, FormulaSheet]) -> tuple[str, int] | None:
    """The sheets that several formulas look at, where all are of one year by their names."""
    names = {name.lower(): name for name in known}
    found = Counter(
        names[area.sheet.lower()]
        for one in sheet.formulas.values()
        for area in one.areas
        if area.sheet.lower() in names and area.sheet.lower() != sheet.name.lower()
    )
    years = {only_year(name) for name in found}
    year = next(iter(years)) if len(years) == 1 else None
    return (found.most_common(1)[0][0], year) if year and found.total() >= _FEWEST else None


def _without_year(text: str) -> str:
    return " ".join(_YEAR.sub(" ", text).lower().split())


def _headed(sheet: FormulaSheet, panel: Panel, column: Held) -> frozenset[int]:
    first = panel.rows[0]
    return years_in(heading_of(sheet, (first, column.number)))


def _is_of_a_decision(text: str) -> bool:
    return any(vote.value == Time.DATED for vote in TIMES.votes(text))


def _left(
    sheet: FormulaSheet, title: Title, year: int, other: str, *, is_fetched: bool = False
) -> Finding:
    """``other``: the sheet whose name or figures tell the year, which may be the title's own."""
    right = _YEAR.sub(str(year), title.text)
    return tell(
        "titel-fel-ar",
        sheet.ref(title.place),
        "name" if other == sheet.name else "fetched" if is_fetched else "same",
        "mend",
        title=shortened(title.text),
        said=only_year(title.text),
        sheet=other,
        year=year,
        right=shortened(right),
        stated=title.text,
        calculated=right,
    )


def _is_most(year: int, other: int, known: Mapping[str, FormulaSheet]) -> bool:
    """Whether more sheets are of a year than of another, by their titles."""
    times: Counter[int] = Counter()
    for sheet in known.values():
        texts = (sheet.name, *(title.text for title in titles_of(sheet, _TITLE_ROWS)))
        times.update(frozenset(said for text in texts if (said := only_year(text)) is not None))
    return times[year] > times[other]


def _tied(book: _Book, sheet: FormulaSheet) -> tuple[str, int] | None:
    """Another sheet in which figures of this one stand in the same order, and their year."""
    mine = _vectors_of(book, sheet.name)
    found = {
        (name, year_of(book.sheets[name], place))
        for name in book.panels
        if name != sheet.name
        for vector, place in _vectors_of(book, name).items()
        if vector in mine
    }
    known = [(name, year) for name, year in found if year is not None]
    return min(known) if len({year for _, year in known}) == 1 else None


def _vectors_of(book: _Book, name: str) -> Mapping[Vector, Place]:
    if name not in book.vectors:
        book.vectors[name] = {v: at for panel in book.panels[name] for v, at in _vectors(panel)}
    return book.vectors[name]


def _vectors(panel: Panel) -> Iterator[tuple[Vector, Place]]:
    """Figures beside or below each other, of any length that tells."""
    lines = [row for row in panel.rows if row not in panel.totals]
    for column in panel.columns:
        values = [column.amounts[row] for row in lines if row in column.amounts]
        yield from _telling(values, (lines[0] if lines else panel.rows[0], column.number))
    for row in panel.rows:
        found = [column for column in panel.columns if row in column.amounts and not column.whole]
        values = [column.amounts[row] for column in found]
        for count in (len(values), len(values) - 1):
            if found:
                yield from _telling(values[:count], (row, found[0].number))


def _telling(values: Sequence[float], place: Place) -> Iterator[tuple[Vector, Place]]:
    if len(set(values)) >= _FEWEST and min(values) >= 0 and max(values) >= _TELLING:
        yield tuple(values), place
