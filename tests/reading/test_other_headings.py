"""The shipped workbooks under other headings, or with columns elsewhere, are found wrong the same.

What an office calls its columns, and in what order they stand, changes no finding: what they
hold tells. Under headings that say nothing a finding may be lost, and none may be made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from finsam_xl.address import a1, letters, position
from finsam_xl.model import Finding
from finsam_xl.sheets.tables import Table
from finsam_xl.workbook import Workbook
from support.reheaded import Moves, Rename, moved, renamed
from support.workbooks import EXISTING, NOW

UMEA, SOCIAL, LAPPLAND = (
    EXISTING / f"{name}.xlsx"
    for name in ("umearegionen-budget", "umearegionen-social-budget", "sodra-lappland-budget")
)
BOOKS = [pytest.param(path, id=path.stem.partition("-")[2]) for path in (UMEA, SOCIAL, LAPPLAND)]
COUNTED = {
    "text_figures", "platforms", "referrals", "responses", "weights", "index_overview",
    "cost_split", "cost_classes", "participants", "equivalents", "goals", "impact_index",
}  # fmt: skip
ONE = {
    "Part": "Finansiär", "Nyckel": "Invånare i arbetsför ålder", "Andel": "Andel i %",
    "Kvart": "1/4", "Avgift": "Bidrag från part", "Plattform": "Team",
    "Avslut och avbrott": "Avslutade personer", "Positiv lösning": "Lyckade avslut",
    "Arbete": "Fick arbete", "Aktualiserade": "Anmälda",
    "Varav andel kvinnor": "Andel kvinnor", "Fått ja i beredning": "Antagna",
    "Andel som fått ja": "Antagna i %", "Uppgift": "Vad texten säger", "Värde": "Tal",
    "Kostnadsindelning": "Kostnadstyp", "Belopp i tkr": "Belopp (tkr)", "Procent": "%",
    "Deltagare vid avslut": "Deltagare, slutenkät", "Chefer": "Enkät chefer",
    "Medarbetare": "Enkät medarbetare", "Maximalt impactvärde": "Högsta poäng",
    "Uppnått impactvärde": "Poäng", "Impactindex": "Index, procent",
    "Antal indikatorer": "Indikatorer", "Viktning utfall": "Andel av poängen",
    "Ideal viktning": "Idealvikt", "Måluppfyllelse": "Uppnått i %", "Totalt": "Summa alla",
    "Vikt": "Viktpoäng", "Nr": "Id", "Uppnått": "Resultat ja/nej", "Poäng": "Erhållen poäng",
    "Utfall antal": "Antal svar", "Utfall av": "Av totalt",
}  # fmt: skip
"""One office's words, wherever they stand: also as names of rows."""
TWO = {
    "Part": "Remittent", "Andel": "Del av hela", "Kvart": "Fjärdedel", "Plattform": "Insats",
    "Avslut och avbrott": "Utskrivna", "varav kvinnor": "därav kvinnor",
    "Positiv lösning": "Gick vidare", "Arbete": "Jobb",
    "Arbete, varav kvinnor": "Jobb, därav kvinnor", "Extratjänster": "Kol G",
    "Studier": "Utbildning", "Studier, varav kvinnor": "Utbildning, därav kvinnor",
    "Avbrott av hälsoskäl": "Sjukdom", "Hälsoskäl, varav kvinnor": "Sjukdom, därav kvinnor",
    "Aktualiserade": "Inkomna ärenden", "Varav andel kvinnor": "Kvinnors andel",
    "Fått ja i beredning": "Beviljade", "Andel som fått ja": "Kol E", "Uppgift": "Påstående",
    "Värde": "Siffran", "Enhet": "Sort", "År/Period": "Gäller", "Avsnitt": "Var det står",
    "Kostnadsindelning": "Slag", "Belopp i tkr": "Tusental kr", "Procent": "I procent",
    "Deltagare vid avslut": "Deltagarna själva", "Chefer": "Ledning", "Medarbetare": "Personal",
    "SUS": "Kod", "Kvinnor": "Kv", "Män": "M", "Totalt": "Båda könen",
    "Insats": "Aktivitet", "Målområde": "Perspektiv", "Antal mål": "Mål, st",
    "Antal indikatorer": "Mätpunkter", "Maximalt impactvärde": "Kan fås",
    "Uppnått impactvärde": "Har fåtts", "Måluppfyllelse": "Grad", "Impactindex": "Kol G",
    "Viktning utfall": "Tyngd", "Viktning 2021": "Tyngd 2021", "Ideal viktning": "Önskad tyngd",
    "Läge": "Signal", "Mål": "Målsättning", "Nr": "Kod", "Indikator": "Mått",
    "Målgrupp": "Vilka", "Regel": "Krav", "Gräns": "Målvärde", "Vikt": "Tyngd",
    "Utfall antal": "Antal ja", "Utfall av": "Antal svarande", "Kvinnor antal": "Kvinnor ja",
    "Kvinnor av": "Kvinnor svarande", "Män antal": "Män ja", "Män av": "Män svarande",
    "Uppnått": "Klarat", "Poäng": "Fick", "Anmärkning": "Noterat", "Rad": "Post",
    "Klass": "Slag", "Kommun": "Ort",
}  # fmt: skip
"""Another's, and some that say nothing: only over columns."""
LOST = 7
"""Findings about women, and about those who took part: no figure says which columns are theirs."""


class Told(NamedTuple):
    """A finding as it must come back: what, where, and both figures."""

    code: str
    sheet: str | None
    cell: str | None
    stated: object
    calculated: object

    @classmethod
    def of(cls, one: Finding) -> Told:
        """A finding."""
        return cls(one.code, one.sheet, one.cell, one.stated, one.calculated)


def _told(path: Path) -> Counter[Told]:
    with Workbook(path, NOW) as book:
        found = book.check().findings
    return Counter(Told.of(one) for one in found if one.severity in ("error", "warning"))


@cache
def _as_shipped(path: Path) -> Counter[Told]:
    return _told(path)


@cache
def _tables(path: Path) -> tuple[Table, ...]:
    with Workbook(path, NOW) as book:
        return tuple(book.tables())


def _over_columns(path: Path, names: Callable[[int, str], str], kinds: set[str]) -> Rename:
    """Renames what stands in the heading rows of tables of some kinds."""
    rows = {(t.sheet, t.header_row) for t in _tables(path) if t.kind in kinds}

    def rename(sheet: str, row: int, column: int, text: str) -> str:
        return names(column, text) if (sheet, row) in rows else text

    return rename


def _of_one_office(_sheet: str, _row: int, _column: int, text: str) -> str:
    return ONE.get(text, text)


def _of_another(_column: int, text: str) -> str:
    return TWO.get(text, text)


def _of_nobody(column: int, text: str) -> str:
    """What figures in text are of is known by its heading alone."""
    return text if text == "Gäller" else f"Kol {letters(column)}"


@pytest.mark.parametrize("path", BOOKS)
def test_other_words(path: Path, tmp_path: Path) -> None:
    copy = renamed(path, tmp_path / path.name, _of_one_office)
    assert _told(copy) == _as_shipped(path)


@pytest.mark.parametrize("path", BOOKS)
def test_words_of_a_third_office(path: Path, tmp_path: Path) -> None:
    kinds = {*COUNTED, "social_budget", "fees"}
    rename = _over_columns(path, _of_another, kinds)
    assert _told(renamed(path, tmp_path / path.name, rename)) == _as_shipped(path)


@pytest.mark.parametrize("path", BOOKS)
def test_headings_that_say_nothing(path: Path, tmp_path: Path) -> None:
    rename = _over_columns(path, _of_nobody, COUNTED)
    found, shipped = _told(renamed(path, tmp_path / path.name, rename)), _as_shipped(path)
    other = {one[:3] for one in found} - {one[:3] for one in shipped}
    # A text is held to its cell where no figure says what the table's columns are.
    assert {code for code, _, _ in other} <= {"galler-avviker"}
    assert {one[1:] for one in other} <= {one[1:3] for one in shipped}
    lost = shipped - found
    assert {one.sheet for one in lost} <= {"Deltagare", "Svarsfrekvens", "Uppgifter i text"}
    assert lost.total() <= LOST


def _moves(path: Path, order: Callable[[list[int]], list[int]]) -> Moves:
    """Moves the columns of tables of counts among each other."""
    places: dict[tuple[str, int], Mapping[int, int]] = {}
    for table in _tables(path):
        if table.kind in COUNTED:
            first = min(column.number for column in table.columns)
            last = max(column.number for column in table.columns)
            numbers = list(range(first, last + 1))
            to = dict(zip(numbers, order(numbers), strict=True))
            for row in range(table.header_row, max(r.row for r in table.rows) + 1):
                places[table.sheet, row] = to
    return lambda sheet, row: places.get((sheet, row), {})


def _label_last(numbers: list[int]) -> list[int]:
    return [numbers[-1], *numbers[:-1]]


def _reversed(numbers: list[int]) -> list[int]:
    return [numbers[0], *reversed(numbers[1:])]


@pytest.mark.parametrize("order", [_label_last, _reversed])
@pytest.mark.parametrize("path", BOOKS)
def test_columns_that_stand_elsewhere(
    path: Path, order: Callable[[list[int]], list[int]], tmp_path: Path
) -> None:
    moves = _moves(path, order)
    wanted: Counter[Told] = Counter()
    for one, times in _as_shipped(path).items():
        row, column = position(one.cell or "A1")
        to = moves(one.sheet or "", row).get(column, column)
        wanted[one._replace(cell=a1(row, to))] += times
    assert _told(moved(path, tmp_path / path.name, moves)) == wanted
