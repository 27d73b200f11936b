"""Which cells a formula looks at: every reference found, and what cannot be told is opaque."""

from __future__ import annotations

import time

import pytest

from finsam_xl.formulas.addends import parts
from finsam_xl.formulas.blocks import LAST_COLUMN, LAST_ROW, Area
from finsam_xl.formulas.references import References, references
from finsam_xl.formulas.tables import Table, with_addresses
from support.formula_texts import HERE, addresses, templates
from support.properties import given

NAMES = {
    "moms": "Priser!$B$2",
    "priser.alla": "Priser!$B$2:$C$9",
    "brutto": "netto*(1+Moms)",
    "netto": "Blad1!$A$1",
    "vandrande": "OFFSET(Priser!$B$2,1,0)",
    "runt": "Runt+1",
    "första": "Priser!$B$2",
    "sista": "Priser!$D$9",
    "yta2024": "Priser!$B$2",
    "_taxa": "Priser!$B$3",
    "fast": "0.25",
}


def found(formula: str) -> set[Area]:
    """The blocks of a formula whose references can all be told."""
    answer = references(formula, HERE, NAMES)
    assert not answer.opaque, formula
    return set(answer.areas)


def opaque(formula: str) -> bool:
    """Whether a formula is left to Excel."""
    return references(formula, HERE, NAMES).opaque


def area(sheet: str, top: int, left: int, bottom: int = 0, right: int = 0) -> Area:
    """A block; a single cell when only its corner is given."""
    return Area(sheet, top, left, bottom or top, right or left)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1", area(HERE, 1, 1)),
        ("a1", area(HERE, 1, 1)),
        ("$C$7", area(HERE, 7, 3)),
        ("C$7", area(HERE, 7, 3)),
        ("$C7", area(HERE, 7, 3)),
        ("XFD1048576", area(HERE, LAST_ROW, LAST_COLUMN)),
        ("A1:B9", area(HERE, 1, 1, 9, 2)),
        ("B9:A1", area(HERE, 1, 1, 9, 2)),
        ("$A9:B$1", area(HERE, 1, 1, 9, 2)),
        ("A:C", area(HERE, 1, 1, LAST_ROW, 3)),
        ("$C:$A", area(HERE, 1, 1, LAST_ROW, 3)),
        ("3:5", area(HERE, 3, 1, 5, LAST_COLUMN)),
        ("$5:$3", area(HERE, 3, 1, 5, LAST_COLUMN)),
        ("Vännäs!B2", area("Vännäs", 2, 2)),
        ("Åre_Östersund.2!$B$2:$C$3", area("Åre_Östersund.2", 2, 2, 3, 3)),
        ("Budget!A:A", area("Budget", 1, 1, LAST_ROW, 1)),
        ("Budget!$2:$2", area("Budget", 2, 1, 2, LAST_COLUMN)),
        ("'Social budget'!P8", area("Social budget", 8, 16)),
        ("'Budget 21 & mål'!P8*2", area("Budget 21 & mål", 8, 16)),
        ("'2024'!B2", area("2024", 2, 2)),
        ("'A1'!B2", area("A1", 2, 2)),
        ("'Å ''x'''!B2", area("Å 'x'", 2, 2)),
        ("'''citat'''!B2:B3", area("'citat'", 2, 2, 3, 2)),
        ("'Nya (2)'!$A:$B", area("Nya (2)", 1, 1, LAST_ROW, 2)),
        ("-A1%", area(HERE, 1, 1)),
        ("@A1", area(HERE, 1, 1)),
        ("LOG10(A1)", area(HERE, 1, 1)),
        ("_xlfn.XLOOKUP(1,A1:B9,A1:B9)", area(HERE, 1, 1, 9, 2)),
        ("_xlfn._xlws.SORT(A1:B9)", area(HERE, 1, 1, 9, 2)),
        ("IF(TRUE,A1,FALSE)", area(HERE, 1, 1)),
        ("1E5+A1*2.5E-3", area(HERE, 1, 1)),
        ("TAX2024", area(HERE, 2024, 13570)),
        ('A1&"B2"', area(HERE, 1, 1)),
        ('A1&"Blad9!B2"&"it\'s"', area(HERE, 1, 1)),
        ('A1&"sa ""B2"" igen"', area(HERE, 1, 1)),
        ('""&A1', area(HERE, 1, 1)),
        ("A1#", area(HERE, 1, 1)),
        ("SUM({1,2;3,4})+A1", area(HERE, 1, 1)),
    ],
)
def test_one_reference(formula: str, expected: Area) -> None:
    assert found(formula) == {expected}


def test_several_references() -> None:
    formula = "SUMIF('Social budget'!$C:$C,A2,'Social budget'!$P:$P)/Vännäs!B$3-(C1,D1)"
    assert found(formula) == {
        area("Social budget", 1, 3, LAST_ROW, 3),
        area("Social budget", 1, 16, LAST_ROW, 16),
        area("Vännäs", 3, 2),
        area(HERE, 2, 1),
        area(HERE, 1, 3),
        area(HERE, 1, 4),
    }


@pytest.mark.parametrize("formula", ["1E5", "2.5E-3", '"A1"', "TRUE", "false", "PI()", "LOG10(2)"])
def test_no_reference(formula: str) -> None:
    assert found(formula) == set()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Moms*2", {area("Priser", 2, 2)}),
        ("SUM(PRISER.ALLA)", {area("Priser", 2, 2, 9, 3)}),
        ("brutto", {area("Blad1", 1, 1), area("Priser", 2, 2)}),
        ("Brutto+B7", {area("Blad1", 1, 1), area("Priser", 2, 2), area(HERE, 7, 2)}),
        ("_taxa", {area("Priser", 3, 2)}),
        ("fast", set()),
    ],
)
def test_defined_names_are_followed(formula: str, expected: set[Area]) -> None:
    assert found(formula) == expected


def test_a_name_beyond_the_last_column_is_a_name() -> None:
    """Columns end at XFD, so YTA2024 is no cell and may be a name."""
    answer = references("YTA2024*2", HERE, NAMES)
    assert answer.opaque or area("Priser", 2, 2) in answer.areas


def test_a_name_that_is_called() -> None:
    """A LAMBDA with a name may look at cells of its own."""
    names = {"medmoms": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Priser!$B$2)"}
    answer = references("MedMoms(A1)", HERE, names)
    assert answer.opaque or area("Priser", 2, 2) in answer.areas


def test_variables_of_let_are_no_names() -> None:
    formula = "_xlfn.LET(_xlpm.x,A1,_xlpm.pris,B2,_xlpm.x*_xlpm.pris)"
    assert found(formula) == {area(HERE, 1, 1), area(HERE, 2, 2)}


@pytest.mark.parametrize(
    "formula",
    [
        "Insatser[Antal]",
        "SUM(Insatser[[#This Row],[Antal]])",
        "SUM(Insatser)",
        'INDIRECT("A1")',
        'indirect ("A"&B1)',
        "SUM(OFFSET(A1,1,0))",
        "SUM(Blad1:Blad3!A1)",
        "SUM('Blad 1:Blad 3'!A1)",
        "[1]Sheet!A1",
        "'[1]Blad å'!A1:B2",
        "[0]!Moms",
        "vandrande*2",
        "runt",
        "okänt_namn",
        "#REF!+A1",
        "Blad2!#REF!",
    ],
)
def test_what_cannot_be_told_is_opaque(formula: str) -> None:
    assert opaque(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(INDEX(A1:A9,2):INDEX(C1:C9,5))",
        "SUM(A1:INDEX(C1:C9,5))",
        "SUM(INDEX(A1:A9,2):C9)",
        "SUM(A1:IF(D1,C9,C5))",
        "SUM(A1 : C9)",
    ],
)
def test_a_range_between_what_is_calculated_holds_the_cells_between(formula: str) -> None:
    answer = references(formula, HERE, NAMES)
    covered = any(a.left <= 2 <= a.right and a.top <= 3 <= a.bottom for a in answer.areas)
    assert answer.opaque or covered


def test_a_range_between_names_holds_the_cells_between() -> None:
    answer = references("SUM(första:sista)", HERE, NAMES)
    covered = any(a.left <= 3 <= a.right and a.sheet == "Priser" for a in answer.areas)
    assert answer.opaque or covered


@pytest.mark.parametrize("formula", ["Blad2!Moms", "'Blad 2'!Moms*2", "Vännäs!moms"])
def test_a_name_of_one_sheet_is_not_overlooked(formula: str) -> None:
    """The name may stand for any cell; without its formula that cannot be told."""
    answer = references(formula, HERE, {})
    assert answer.opaque or answer.areas


@pytest.mark.parametrize("name", ['Budget "ny"', 'a"b', '"'])
def test_quotation_marks_in_a_sheet_name(name: str) -> None:
    """Excel forbids them nowhere in a sheet's name."""
    assert found(f"'{name}'!A1&\"x\"") == {area(name, 1, 1)}


@given(templates, addresses(), addresses())
def test_any_reference_is_found_in_any_formula(
    template: str, one: tuple[str, Area], other: tuple[str, Area]
) -> None:
    answer = references(template.format(one[0], other[0]), HERE, {})
    wanted = {one[1], other[1]} if "{1}" in template else {one[1]}
    assert answer.opaque or wanted <= set(answer.areas)
    if not any(mark in one[0] + other[0] for mark in ":[#"):
        assert not answer.opaque


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1#/B2", {area(HERE, 1, 1), area(HERE, 2, 2)}),
        ("A1#+SUM(B2#)", {area(HERE, 1, 1), area(HERE, 2, 2)}),
        ("2024!B2", {area("2024", 2, 2)}),
        (".5*A1", {area(HERE, 1, 1)}),
        ('IF(A1="12:30",B2,#N/A)', {area(HERE, 1, 1), area(HERE, 2, 2)}),
    ],
)
def test_what_is_easily_overlooked(formula: str, expected: set[Area]) -> None:
    assert found(formula) == expected


@pytest.mark.parametrize("formula", ["Va\u030annäs!B2", "🙂!B2", "Excel|'fil'!rad", '"öppen&A1'])
def test_signs_no_formula_holds_are_opaque(formula: str) -> None:
    """Half a sheet's name is no sheet: nothing is taken for a cell of the formula's own."""
    assert opaque(formula)


@pytest.mark.parametrize(
    ("formula", "expected", "is_opaque"),
    [
        ("LET(x,A1,pris,B2,x*pris)", {area(HERE, 1, 1), area(HERE, 2, 2)}, False),
        (
            "LAMBDA(x,y,x*y+A1)(B2,B3)",
            {area(HERE, 1, 1), area(HERE, 2, 2), area(HERE, 3, 2)},
            False,
        ),
        ("LET(x,okänd,x*2)", set(), True),
        ("LET(x,A1,x*okänd)", {area(HERE, 1, 1)}, True),
        ("LET(netto,B2,netto*2)", {area(HERE, 2, 2), area("Blad1", 1, 1)}, False),
    ],
)
def test_variables_typed_without_their_prefix(
    formula: str, expected: set[Area], is_opaque: bool
) -> None:
    """Only what LET and LAMBDA name is a variable; one that is a name too may be either."""
    answer = references(formula, HERE, NAMES)
    assert (set(answer.areas), answer.opaque) == (expected, is_opaque)


def test_a_name_of_one_sheet_comes_before_that_of_the_workbook() -> None:
    names = {"moms": "Priser!$B$2", "blad 2!moms": "'Blad 2'!$C$3"}
    assert references("Moms", "Blad1", names).areas == (area("Priser", 2, 2),)
    assert references("Moms", "Blad 2", names).areas == (area("Blad 2", 3, 3),)
    assert references("'Blad 2'!Moms", "Blad1", names).areas == (area("Blad 2", 3, 3),)
    assert references("Blad3!Moms", "Blad1", names).opaque


def test_tables_that_are_told_of() -> None:
    tables = {"insatser": Table("Blad2", 3, 2, 9, 4, ("Namn", "Budget", "Utfall"))}

    def of(formula: str) -> References:
        return references(with_addresses(formula, tables, HERE, (1, 1)), HERE, NAMES)

    answer = of("SUM(Insatser[Budget])+Insatser")
    assert answer.areas == (area("Blad2", 4, 3, 9, 3), area("Blad2", 4, 2, 9, 4))
    assert not answer.opaque
    assert of("SUM(Annan[Budget])").opaque
    assert of("[1]!Insatser[Budget]").opaque


def test_names_told_many_times_are_followed_once() -> None:
    """Each name tells the next fifty times: followed every time that would never end."""
    names = {f"namn{n}": "+".join([f"namn{n + 1}"] * 50) for n in range(1, 8)} | {"namn8": "A1+B1"}
    answer = references("namn1", HERE, names)
    assert (set(answer.areas), answer.opaque) == ({area(HERE, 1, 1), area(HERE, 1, 2)}, False)
    assert references("namn1", HERE, {"namn1": "+".join(["namn1"] * 50)}).opaque


def test_hostile_formulas_end() -> None:
    """Deep brackets, long names, thousands of quotes: an answer within a second, no crash."""
    begun = time.monotonic()
    for text in ("(" * 4000 + ")" * 4000, "LET(" * 2000, "a" * 8000, "'" * 8001, '"' * 8001,
                 "[" * 8000, "[[" * 2000 + "]]" * 2000, "A1:" * 2700, "1" * 8000):  # fmt: skip
        references(text, HERE, NAMES)
        parts(text)
    assert time.monotonic() - begun < 5
