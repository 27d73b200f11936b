"""What a person says of a table outranks what is read, wherever its cells have moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.model import Finding
from finsam_xl.reading.book import tables
from finsam_xl.reading.corrections import Correction, Part
from finsam_xl.reading.placing import corrected, findings
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from support.corrections import moved, named, of_column, of_row, of_table
from support.typed_sheets import TODAY, Rows, grid

_ODD: Rows = [
    ["Ekonomi 2025, tkr"],
    ["Post", "Alfa", "Beta", "Gamma"],
    ["Hyra", 100, 90, None],
    ["Lön", 400, 420, None],
    ["Alltihopa", None, None, None],
    ["Bidrag", 60, 50, None],
]
_KNOWN: Rows = [_ODD[0], ["Post", "Budget 2025", "Utfall 2025", "Avvikelse"], *_ODD[2:]]


_SIDES: Rows = [
    *_KNOWN[:2],
    ["Kostnader"],
    *_KNOWN[2:4],
    ["Summa kostnader", None, None, None],
]


def _edits(found: Grid) -> dict[str, Any]:
    plan = actions.recompute(found, today=TODAY, run="")
    return {edit.cell: edit.new for edit in plan.edits}


def _read(found: Grid) -> Table:
    return tables(found)[0]


def _told(found: Grid) -> list[Finding]:
    return list(findings(found, tables(found)))


def _of(book: Grid, *corrections: tuple[int | str, str]) -> list[Correction]:
    """Corrections of columns (by letter) and rows (by number) of the first table."""
    return [
        of_column(book, 1, "ABCDEFG".index(at) + 1, says)
        if isinstance(at, str)
        else of_row(book, 1, at, says)
        for at, says in corrections
    ]


def test_columns_that_no_word_tells() -> None:
    """What headings do not say is said, in her own words and case."""
    known = named(grid(("Blad", _SIDES)))
    for says in (("BUDGET 2025", "utfall"), ("Årsbudget -25", "Bokslut 2025")):
        odd = grid(("Blad", [_ODD[0], ["Post", "Budget 1", "Budget 2", "Avvikelse"], *_SIDES[2:]]))
        book = named(odd)
        found = corrected(book, _of(book, ("B", says[0]), ("C", says[1])))
        read = [(c.scenario, str(c.period)) for c in _read(found).columns]
        assert read == [(c.scenario, str(c.period)) for c in _read(known).columns]
        assert [c.header for c in _read(found).columns][1:3] == ["Budget 1", "Budget 2"]
        assert _edits(found) == _edits(known) != {}


def test_a_correction_is_named_as_the_reason() -> None:
    """The reason comes first, and there is no doubt left."""
    book = named(grid(("Blad", _KNOWN)))
    found = _read(corrected(book, _of(book, ("C", "prognos 2025"), (5, "Summa kostnader"))))
    column, row = found.columns[2], found.rows[2]
    assert (column.scenario, column.sure) == ("forecast", 1.0)
    assert column.why[0] == "Rättat på bladet Finsam: prognos 2025."
    assert (row.role, row.sure) == ("total", 1.0)
    assert row.why == ("Rättat på bladet Finsam: Summa kostnader.",)


def test_a_column_that_is_not_to_be_counted() -> None:
    book = named(grid(("Blad", _KNOWN)))
    found = corrected(book, _of(book, ("C", "Räknas inte")))
    assert _read(found).columns[2].scenario == "other"
    assert "D3" not in _edits(found)


@pytest.mark.parametrize("says", ["Summa kostnader", "summa  KOSTNADER:", "Delsumma kostnader"])
def test_a_row_that_is_a_total(says: str) -> None:
    """Without a word for it the blank row was a heading."""
    book = named(grid(("Blad", _KNOWN)))
    assert "B5" not in _edits(book)
    found = _edits(corrected(book, _of(book, (5, says))))
    assert (found["B5"], found["C5"]) == (500, 510)


def test_a_line_that_figures_make_a_total() -> None:
    """A line that happens to be the sum of those above is a line where she says so."""
    rows: Rows = [
        ["Budget 2025, tkr"],
        ["Post", "Budget 2024", "Budget 2025"],
        ["Hyra", 100, 110],
        ["Lön", 400, 420],
        ["Projekt", 500, 530],
        ["Summa kostnader", None, None],
    ]
    book = named(grid(("Blad", rows)))
    assert [row.role for row in _read(book).rows][2] == "total"
    found = corrected(book, _of(book, (5, "kostnad")))
    assert [row.role for row in _read(found).rows][2] == "line"
    assert _edits(found) == {"B6": 1000, "C6": 1060}


def test_a_side_that_is_said() -> None:
    """A cost that a word takes for income turns the deviation."""
    rows = [_KNOWN[0], _KNOWN[1], ["Lämnade bidrag", 100, 90, None], ["Hyra", 50, 60, None]]
    book = named(grid(("Blad", rows)))
    found = corrected(book, _of(book, (3, "Kostnad"), (4, "Kostnad")))
    assert [row.is_income for row in _read(found).budget.rows] == [False, False]  # type: ignore[union-attr]
    assert _edits(found) == {"D3": 10, "D4": -10}


def test_unit_sign_and_kind() -> None:
    book = named(grid(("Blad", _KNOWN)))
    said = [
        of_table(book, 1, Part.UNIT, "kronor"),
        of_table(book, 1, Part.SIGN, "med minus"),
        of_table(book, 1, Part.KIND, "Flerårsplan"),
    ]
    found = _read(corrected(book, said))
    assert (found.unit, found.sign, found.kind) == ("kr", "signed", "plan")


def test_what_is_no_table() -> None:
    book = named(grid(("Blad", _KNOWN), ("Annat", _KNOWN)))
    found = corrected(book, [of_table(book, 1, Part.KIND, "ingen tabell")])
    assert [table.sheet for table in tables(found)] == ["Annat"]
    assert not _told(found)


def _inserted(rows: Rows, row: int = 0, column: int = 0) -> list[list[Any]]:
    made = [list(one) for one in rows]
    if column:
        made = [[*one[: column - 1], None, *one[column - 1 :]] for one in made]
    if row:
        made.insert(row - 1, [])
    return made


_SAID = (("B", "Budget 2025"), ("C", "Utfall 2025"), ("D", "Avvikelse"), (5, "Summa kostnader"))
_PLAIN: Rows = [_ODD[0], ["Post", "Budget 1", "Budget 2", "Budget 3"], *_ODD[2:]]


@pytest.mark.parametrize(
    ("name", "rows", "area", "total"),
    [
        ("Blad", _PLAIN, "$A$2:$D$6", "B5"),
        ("Blad", [[], [], *_PLAIN], "$A$4:$D$8", "B7"),
        ("Blad", _inserted(_PLAIN, column=1), "$B$2:$E$6", "C5"),
        ("Annat namn", _PLAIN, "$A$2:$D$6", "B5"),
        ("Blad", [*_PLAIN[:2], ["Mat", 1, 2, None], *_PLAIN[2:]], "$A$2:$D$7", "B6"),
        ("Blad", [*_PLAIN[:2], _PLAIN[3], _PLAIN[2], *_PLAIN[4:]], "$A$2:$D$6", "B5"),
        ("Blad", [[_PLAIN[0][0]], *([row[0], *row[2:0:-1], row[3]] if len(row) > 3 else row
                                    for row in _PLAIN[1:])], "$A$2:$D$6", "B5"),
    ],
    ids=["same", "rows-above", "column-before", "renamed", "row-inside", "sorted", "columns-moved"],
)  # fmt: skip
def test_corrections_follow(name: str, rows: Rows, area: str, total: str) -> None:
    """What the spreadsheet moves is found by its text, within the table's defined name."""
    book = named(grid(("Blad", _PLAIN)))
    said = _of(book, *_SAID)
    after = moved(grid((name, rows)), {"1": f"'{name}'!{area}"})
    found = corrected(after, said)
    assert not _told(found)
    read = {column.header: column.scenario for column in _read(found).columns}
    assert read == {
        "": "other", "Budget 1": "budget", "Budget 2": "outcome", "Budget 3": "deviation",
    } or read | {"Post": "other"} == {
        "Post": "other", "": "other", "Budget 1": "budget", "Budget 2": "outcome",
        "Budget 3": "deviation",
    }  # fmt: skip
    assert total in _edits(found)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("rattelse-okand", [(5, "banan")]),
        ("rattelse-motsagd", [("B", "Budget 2025"), ("B", "Utfall 2025")]),
        ("rattelse-motsagd", [(5, "Summa"), (5, "Rubrik")]),
    ],
)
def test_what_cannot_be_followed_is_told(code: str, says: Sequence[tuple[int | str, str]]) -> None:
    """One that has no sense is told at its cell; the others hold."""
    book = named(grid(("Blad", _KNOWN)))
    found = corrected(book, _of(book, *says, ("C", "Prognos 2025")))
    assert [one.code for one in _told(found)] == [code]
    assert _told(found)[0].cell == "F9"
    assert _read(found).columns[2].scenario == "forecast"


def test_a_place_that_is_lost_is_asked_about() -> None:
    """A heading that is gone, or that now stands twice, is corrected nowhere."""
    book = named(grid(("Blad", _PLAIN)))
    said = _of(book, ("B", "Utfall 2025"))
    names = {"1": "'Blad'!$A$2:$D$6"}
    gone = [_PLAIN[0], ["Post", "Budget 0", *_PLAIN[1][2:]], *_PLAIN[2:]]
    twice = [_PLAIN[0], ["Post", "Budget 1", "Budget 1", "Budget 1"], *_PLAIN[2:]]
    for rows in (gone, twice):
        found = corrected(moved(grid(("Blad", rows)), names), said)
        assert [one.code for one in _told(found)] == ["rattelse-utan-plats"]
    for broken in ({}, {"1": "#REF!"}, {"1": "'Borta'!$A$2:$D$6"}):
        found = corrected(moved(grid(("Blad", _PLAIN)), broken), said)
        assert [one.code for one in _told(found)] == ["rattelse-utan-plats"]


def test_a_kind_whose_columns_are_missing() -> None:
    """It is told, and nothing is read as what it is not."""
    book = named(grid(("Blad", _KNOWN)))
    found = corrected(book, [of_table(book, 1, Part.KIND, "medlemsavgifter")])
    assert [one.code for one in _told(found)] == ["rattelse-gar-inte"]
    assert not tables(found)


def test_a_table_read_across() -> None:
    """With its years down the side, a correction is of a row as the sheet has it."""
    rows: Rows = [
        ["Ekonomi, tkr"],
        [None, "Intäkter", "Kostnader", "Resultat"],
        ["Budget 2024", 100, 90, 10],
        ["Utfall 2024", 100, 95, 5],
        ["Budget 2025", 120, 110, None],
    ]
    book = named(grid(("Blad", rows)))
    assert _read(book).sheet != "Blad"
    found = corrected(book, [of_column(book, 1, 5, "Prognos 2025")])
    assert [c.scenario for c in _read(found).columns][1:] == ["budget", "outcome", "forecast"]
    assert _edits(found) == {"D5": 10}


def test_headings_over_headings() -> None:
    """Under a heading that spans it, what she says is the whole of the heading."""
    rows: Rows = [
        ["Ekonomi, tkr"],
        [None, "2024", None, "2025", None],
        ["Post", "Budget", "Utfall", "Budget", "Tal"],
        ["Hyra", 100, 90, 110, 120],
        ["Lön", 400, 420, 410, 430],
    ]
    book = named(grid(("Blad", rows)))
    found = corrected(book, _of(book, ("E", "Utfall")))
    column = _read(found).columns[4]
    assert (column.scenario, str(column.period)) == ("outcome", "2025")


def test_fees_and_people_are_corrected_alike() -> None:
    """A heading nobody knows is read as what she says, whatever the kind of table."""
    rows: Rows = [
        ["Medlemsavgifter 2025, tkr"],
        ["Part", "Storlek", "Avgift 2025"],
        ["Staten", None, 500],
        ["Region Norr", None, 250],
        ["Ekby kommun", 3000, 150],
        ["Lunda kommun", 2000, 100],
    ]
    book = named(grid(("Blad", rows)))
    found = corrected(book, _of(book, ("B", "Invånare")))
    column = _read(found).columns[1]
    assert (column.field, column.header, column.sure) == ("key", "Storlek", 1.0)


_FEES: Rows = [
    ["Medlemsavgifter 2025, tkr"],
    ["Part", "Nyckel", "Avgift 2025"],
    ["Staten", None, 500],
    ["Region Norr", None, 250],
    ["Ekby kommun", 60, 150],
    ["Lunda kommun", 40, 100],
    ["Ekens fond", 5, 7],
]


def test_rows_of_fees() -> None:
    """Who pays, who is a sum and what is none of it, as she says."""
    book = named(grid(("Blad", _FEES)))
    assert [row.role for row in _read(book).rows] == ["line"] * 5
    found = _read(corrected(book, _of(book, (7, "räknas inte"))))
    assert [row.label for row in found.rows] == [str(row[0]) for row in _FEES[2:6]]
    found = _read(corrected(book, _of(book, (7, "summa"), (4, "staten"))))
    assert found.rows[-1].role == "total"
    assert (found.rows[1].label, found.rows[1].sure) == ("Region Norr", 1.0)


def test_columns_of_fees() -> None:
    """A column that is no key is none where she says so, of what she says is of fees."""
    book = named(grid(("Blad", _FEES)))
    fees = of_table(book, 1, Part.KIND, "avgifter")
    found = _read(corrected(book, [fees, *_of(book, ("B", "räknas inte"))]))
    assert [c.field for c in found.columns] == ["party", "other", "fee"]


def test_own_words_are_read_as_what_they_mean() -> None:
    """In headings, labels and titles; what stands there is shown, and nothing else is touched."""
    rows: Rows = [
        ["VB 2025, tkr"],
        ["Post", "KF 2025", "Facit 2025", "Avvikelse"],
        ["UTGIFTSSIDAN"],
        ["Hyra", 100, 90, None],
        ["Lön i KFUM", 400, 420, None],
        ["Tots", None, None, None],
    ]
    words = [("kf", "budget"), ("Facit", "utfall"), ("Utgiftssidan", "Kostnader"),
             ("tots", "Summa kostnader")]  # fmt: skip
    found = corrected(grid(("Blad", rows)), [], words)
    table = _read(found)
    assert [c.header for c in table.columns] == ["", "KF 2025", "Facit 2025", "Avvikelse"]
    assert [c.scenario for c in table.columns][1:] == ["budget", "outcome", "deviation"]
    labels = ["UTGIFTSSIDAN", "Hyra", "Lön i KFUM", "Tots"]
    assert [row.label for row in table.rows] == labels
    assert table.budget is not None
    assert [row.label for row in table.budget.rows] == labels
    assert _edits(found) == {"B6": 500, "C6": 510, "D4": 10, "D5": -20, "D6": -10}


def test_columns_of_people() -> None:
    """Headings that say nothing of whom they count are read as what she says."""
    rows: Rows = [
        ["Deltagare 2025"],
        ["Insats", "Alfa", "Beta", "Gamma"],
        ["Steget", 10, 5, 15],
        ["Språnget", 8, 6, 14],
        ["Summa", 18, 11, None],
    ]
    book = named(grid(("Blad", rows)))
    found = _read(corrected(book, _of(book, ("B", "Kvinnor"), ("C", "Män"), ("D", "Totalt"))))
    assert [(c.header, c.field) for c in found.columns][1:] == [
        ("Alfa", "women"), ("Beta", "men"), ("Gamma", "all"),
    ]  # fmt: skip


def test_of_equal_rows_the_one_that_is_left_is_not_guessed() -> None:
    """Which of two rows of one name was deleted nobody knows: the other is not put right for it."""
    rows: Rows = [
        ["Budget 2025, tkr"],
        ["Post", "Budget 2024", "Budget 2025"],
        ["Kostnader"],
        ["Övrigt", 10, 10],
        ["Lön", 20, 21],
        ["Övrigt", 5, 6],
        ["Summa kostnader", None, None],
    ]
    said = [of_row(named(grid(("Blad", rows))), 1, 6, "räknas inte")]
    for gone in (3, 5):
        left = grid(("Blad", [*rows[:gone], *rows[gone + 1 :]]))
        found = corrected(moved(left, {"1": "'Blad'!$A$2:$C$6"}), said)
        assert [one.code for one in _told(found)] == ["rattelse-utan-plats"]
