"""What a folder of real books holds: comparisons with other years, nameless books, and copies."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

from finsam_xl.batch.batch import Asked, Outcome, find, run
from finsam_xl.batch.book_year import year_of_name
from finsam_xl.batch.copies import copies
from finsam_xl.batch.kept import Shelf
from finsam_xl.batch.reading import Reading
from finsam_xl.batch.stated import Basis, Quantity, Stated
from finsam_xl.batch.summary import Row
from finsam_xl.batch.whose import whose
from finsam_xl.freezing import freeze
from support import many_books
from support.workbooks import EXISTING, NOW, ROOT, copy, workbook

pytestmark = pytest.mark.filterwarnings("ignore:::openpyxl")


class Office(NamedTuple):
    """How an office writes its budget: file, titles, unit and the years of its columns.

    ``year``: the one that the book is about; ``closed``: the last whose outcome it compares with.
    """

    file: str
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    kronor: int
    year: int
    closed: int
    association: str


OFFICES = (
    Office("Budget 2026.xlsx", ("Samordningsförbundet Ekeby", "Budget 2026 och plan, belopp i kr"),
           ("Utfall 2024", "Budget 2025", "Prognos 2025", "Budget 2026"), 1, 2026, 2024,
           "Samordningsförbundet Ekeby"),
    Office("vp.xlsx", ("Samordningsförbundet Norra Ekeby. Belopp i tkr.", "Budget 2027"),
           ("Bokslut 2025", "Budget 2026", "Budget 2027"), 1000, 2027, 2025,
           "Samordningsförbundet Norra Ekeby"),
    Office("Verksamhetsplan.xlsx", ("Budget 2031 för Samordningsförbundet Söder, tkr",),
           ("Utfall 2029", "Budget 2030", "Budget 2031", "Plan 2032", "Plan 2033"), 1000, 2031,
           2029, "Samordningsförbundet Söder"),
    Office("förslag till styrelsen 2028.xlsx", ("Finsam Västra Dalen (tkr)", "Driftbudget"),
           ("Utfall 2026", "Prognos 2027", "Budget 2028"), 1000, 2028, 2026,
           "Finsam Västra Dalen"),
)  # fmt: skip
PAID = (("Medlemsavgift staten (Försäkringskassan)", 4200), ("Medlemsavgift Region Norr", 2100),
        ("Medlemsavgifter kommuner", 2100))  # fmt: skip
COSTS = (("Löner kansli", 1400), ("Lokalhyra", 150), ("Team Alvik", 2500), ("Team Berga", 3100))


def write(folder: Path, office: Office) -> Path:
    """The budget of an office; every column is a hundred thousand more than the one before."""
    path = folder / office.file
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Budget")
        for at, title in enumerate(office.titles):
            sheet.write(at, 0, title)
        top = len(office.titles) + 1
        sheet.write_row(top, 0, ["", *office.headings])
        rows = [("Intäkter", None), *PAID, ("Summa intäkter", sum(a for _, a in PAID)),
                ("Kostnader", None), *((name, -amount) for name, amount in COSTS),
                ("Summa kostnader", -sum(a for _, a in COSTS)),
                ("Årets resultat", sum(a for _, a in PAID) - sum(a for _, a in COSTS))]  # fmt: skip
        unit = 1000 // office.kronor
        for at, (label, amount) in enumerate(rows, start=top + 1):
            sheet.write(at, 0, label)
            for column in range(1, len(office.headings) + 1):
                if amount is not None:
                    sheet.write(at, column, _of(label, amount, column) * unit)
    return path


def _of(label: str, amount: int, column: int) -> int:
    """The amount of a row in a column, in tkr: the state pays more, and the two teams cost more."""
    more = 4 * (column - 1)
    parts = {"Medlemsavgift staten (Försäkringskassan)": 2, "Medlemsavgift Region Norr": 1,
             "Medlemsavgifter kommuner": 1, "Summa intäkter": 4, "Team Alvik": -1,
             "Summa kostnader": -1, "Årets resultat": 3}  # fmt: skip
    return amount + parts.get(label, 0) * more


def fees(column: int) -> int:
    """All fees of a column, in tkr."""
    return 8400 + 16 * (column - 1)


def once(folder: Path) -> Outcome:
    """One run over a folder."""
    return run(find(folder), Asked(NOW), Shelf(folder.parent / "minne"))


def rows(outcome: Outcome) -> dict[tuple[str, int], Row]:
    """The rows by association and year."""
    return {(row.association, row.year): row for row in outcome.summary.rows}


# Years ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.file)
def test_a_budget_is_of_its_own_year(office: Office, tmp_path: Path) -> None:
    """The outcome that it compares with is on that year, the budget on its own, each said so."""
    folder = tmp_path / "böcker"
    folder.mkdir()
    write(folder, office)
    outcome = once(folder)
    (book,) = outcome.summary.books
    assert (book.association, book.reading.year) == (office.association, office.year)
    found = rows(outcome)
    assert {year for _, year in found} == {office.closed, office.year}
    for year, basis in ((office.closed, Basis.OUTCOME), (office.year, Basis.BUDGET)):
        headings = [n for n, h in enumerate(office.headings, 1) if str(year) in h]
        (column,) = headings
        row = found[office.association, year]
        assert row.basis is basis
        assert row.fees == fees(column)
        assert row.costs == 7150 + 4 * (column - 1)
        assert row.result == 1250 + 12 * (column - 1)
        assert row.disputed == ()
    assert found[office.association, office.year].books == (office.file,)
    assert found[office.association, office.closed].books == ()
    # What was only budgeted is compared with nobody's outcome.
    assert outcome.summary.latest == office.closed
    assert outcome.summary.of_year(office.year) == []


def test_an_outcome_takes_the_place_of_a_budget(tmp_path: Path) -> None:
    """Once the year is closed in another book, the budget's figures are not told as its own."""
    folder = tmp_path / "böcker"
    folder.mkdir()
    ekeby = OFFICES[0]
    write(folder, ekeby)
    write(folder, ekeby._replace(file="Bokslut.xlsx", headings=("Utfall 2026", "Utfall 2025")))
    row = rows(once(folder))["Samordningsförbundet Ekeby", 2026]
    assert row.basis is Basis.OUTCOME
    assert row.costs == 7150
    assert row.result == 1250


@pytest.mark.parametrize(
    ("name", "year"),
    [("Budget 2026.xlsx", 2026), ("x/2024/Plan.xlsx", None), ("Plan 2026-2028.xlsx", None),
     ("dnr 120261.xlsx", None), ("B_2026_ver2.xlsx", 2026)],
)  # fmt: skip
def test_the_year_in_a_name(name: str, year: int | None) -> None:
    """Only where there is one, in the file's own name."""
    assert year_of_name(name) == year


# Whose ----------------------------------------------------------------------------------------


def told(association: str = "", *things: str, equity: int = 0) -> Reading:
    """A reading that names an association or none, its teams, and perhaps its equity."""
    said = (Stated(Quantity.EQUITY, 2025, Fraction(equity)),) if equity else ()
    return Reading(association, 2025, said, 0, 0, 0, (), 1, 1, things)


EKEBY, NORR = "Samordningsförbundet Ekeby", "Samordningsförbundet Norr"


@pytest.mark.parametrize(
    ("name", "reading", "whose_it_is"),
    [
        ("Budget/social.xlsx", told("", "Team Alvik"), EKEBY),
        ("Budget/Bokslut/social.xlsx", told("", "TEAM ALVIK"), EKEBY),
        ("Budget/bokslut.xlsx", told("", equity=2_864_680), EKEBY),
        ("Budget/annat.xlsx", told("", "Team Cedern"), None),
        ("social.xlsx", told("", "Team Alvik"), None),
        ("Social budget Norr.xlsx", told("", "Team Alvik"), NORR),
        ("norr/social.xlsx", told(), NORR),
        ("Ekeby och Norr.xlsx", told("", "Team Alvik"), None),
        ("Norra/social.xlsx", told(), None),
    ],
    ids=["a team beside", "below", "a figure beside", "nothing shared", "two associations",
         "by its name", "by its folder", "two names", "a name that only begins so"],
)  # fmt: skip
def test_whose_a_nameless_book_is(name: str, reading: Reading, whose_it_is: str | None) -> None:
    """Told by its name, or by neighbours of one association that share something; else unknown."""
    books = {
        "Budget/2025.xlsx": told(EKEBY, "Team Alvik", "Team Berga", equity=2_864_680),
        "Annan/2025.xlsx": told(NORR, "Team Dal"),
        name: reading,
    }
    found = whose(books)
    assert {one: is_of.association for one, is_of in found.items()} == (
        {name: whose_it_is} if whose_it_is else {}
    )
    assert all(one.why for one in found.values())


def test_a_book_that_names_its_association_is_never_told_otherwise() -> None:
    """Whatever its folder is called."""
    assert whose({"norr/a.xlsx": told(EKEBY), "norr/b.xlsx": told(NORR)}) == {}


# Copies ---------------------------------------------------------------------------------------


def lines(*figures: tuple[str, str]) -> str:
    """The tidy table of a book with figures by their cells."""
    return "".join(
        f"F,b.xlsx,Blad,T,A1:B9,budget,Rad,line,,,,cost,2025,amount,2025,outcome,,tkr,"
        f"{value},,,,{value},{cell},typed\n"
        for cell, value in figures
    )


BOOK = tuple((f"B{row}", str(100 + row)) for row in range(1, 21))


def test_a_book_with_fewer_figures_is_a_copy_of_the_fuller() -> None:
    """As it was before it was filled in; the fullest stands for them."""
    held = {"a.xlsx": lines(*BOOK), "b.xlsx": lines(*BOOK[:-1]), "c.xlsx": lines(*BOOK)}
    found = copies(dict.fromkeys(held, told(EKEBY)), held.__getitem__)
    assert found.of == {"b.xlsx": "a.xlsx", "c.xlsx": "a.xlsx"}
    assert found.versions == []


def test_a_figure_that_says_otherwise_makes_two_books() -> None:
    """Both are kept, and it is told how many figures differ."""
    held = {"a.xlsx": lines(*BOOK), "b.xlsx": lines(*BOOK[:-1], ("B20", "7"))}
    found = copies(dict.fromkeys(held, told(EKEBY)), held.__getitem__)
    assert found.of == {}
    assert [tuple(one) for one in found.versions] == [("b.xlsx", "a.xlsx", 1)]


def test_another_associations_book_is_no_copy() -> None:
    """A form that two fill in alike is two books, and so is one with too few figures to tell."""
    held = {"a.xlsx": lines(*BOOK), "b.xlsx": lines(*BOOK)}
    assert copies({"a.xlsx": told(EKEBY), "b.xlsx": told(NORR)}, held.__getitem__).of == {}
    few = {name: lines(*BOOK[:3]) for name in held}
    assert copies(dict.fromkeys(few, told(EKEBY)), few.__getitem__).of == {}


def test_one_book_in_every_form_is_counted_once(tmp_path: Path) -> None:
    """As it was, wired with macros and for Lite, with its reports, and frozen: figures of one."""
    folder = tmp_path / "böcker"
    folder.mkdir()
    name = "sodra-lappland-budget"
    plain = copy(EXISTING / f"{name}.xlsx", folder)
    alone = once(folder)
    copy(ROOT / "workbooks" / f"{name}.xlsm", folder)
    copy(ROOT / "workbooks" / f"{name}-lite.xlsx", folder)
    reported = Path(shutil.copy(plain, folder / "med rapporter.xlsx"))
    with workbook(reported) as book:
        book.apply(book.report("plan"))
    for backup in folder.glob("*säkerhetskopia*"):
        backup.unlink()
    with freeze(reported, NOW, folder / "till styrelsen.xlsx") as change:
        change.write()
    outcome = once(folder)
    assert len(outcome.summary.books) == 1
    assert len(outcome.copies.of) == 4
    kept = outcome.summary.books[0].name
    assert set(outcome.copies.of.values()) == {kept}
    found, single = (
        [row._replace(books=()) for row in one.summary.rows] for one in (outcome, alone)
    )
    assert found == single
    assert len([*outcome.lines()]) == len([*alone.lines()])


def test_a_summary_of_invented_books_has_no_copies(tmp_path: Path) -> None:
    """Years of one association, in one layout, are as many books."""
    many_books.build(tmp_path / "böcker", names=2, number=4, first=2020)
    outcome = once(tmp_path / "böcker")
    assert (len(outcome.summary.books), outcome.copies.of, outcome.copies.versions) == (8, {}, [])
