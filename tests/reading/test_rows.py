"""The rows of tables of amounts: what each is and what sums add up, in tables typed by hand.

Roles are written with a letter a row: h heading, l line, i inside a line, t total, r result,
o and c what a year opens and closes with, n note.
"""

from __future__ import annotations

import pytest

from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED
from support.typed_rows import plus, read, roles, sums

NO_WORDS = """
Alfa | 100 | 110 | 120
Beta | 50 | 55 | 60
Gamma | 150 | 165 | 180
Delta | 80 | 85 | 92
Epsilon | 20 | 20 | 21
Zeta | 30 | 35 | 44
Eta | 130 | 140 | 157
Theta | 20 | 25 | 23
"""


def test_a_table_without_a_known_word() -> None:
    """Figures tell totals, the result, and which side of it is income."""
    found = read(NO_WORDS)
    assert roles(found) == "lltllltr"
    assert sums(found) == {2: plus(0, 1), 6: plus(3, 4, 5), 7: ((2, 1), (6, -1))}
    assert [row.is_income for row in found.rows[:7]] == [True] * 3 + [False] * 4
    assert found.sign == POSITIVE_COSTS


def test_costs_with_minus_and_no_words() -> None:
    """The same with minus: the result only adds, and the sign of the table is seen from it."""
    found = read("""
        Alfa | 100 | 110 | 120
        Beta | 50 | 55 | 60
        Gamma | 150 | 165 | 180
        Delta | -80 | -85 | -92
        Epsilon | -50 | -55 | -65
        Eta | -130 | -140 | -157
        Theta | 20 | 25 | 23
    """)
    assert roles(found) == "lltlltr"
    assert sums(found)[6] == plus(2, 5)
    assert found.sign == SIGNED
    assert [row.is_income for row in found.rows[:6]] == [True] * 3 + [False] * 3


def test_groups_of_groups_before_their_lines() -> None:
    """Heads are found from below, each with its own lines and not with those of its lines."""
    found = read("""
        Alfa | 600 | 630 | 655
        Beta | 350 | 360 | 365
        Gamma | 200 | 205 | 210
        Delta | 150 | 155 | 155
        Epsilon | 250 | 270 | 290
        Zeta | 90 | 95 | 99
        Eta | 60 | 62 | 64
        Theta | 30 | 33 | 35
        Iota | 7 | 8 | 12
    """)
    assert roles(found) == "ttllltlll"
    assert sums(found) == {0: plus(1, 4), 1: plus(2, 3), 5: plus(6, 7)}


def test_heads_before_their_lines_and_a_result_of_them() -> None:
    """Income and costs are heads, and the result is the difference between them."""
    found = read("""
        Bidrag till oss | 150 | 165 | 180
        Anslag | 100 | 110 | 120
        Avgifter | 50 | 55 | 60
        Allt vi köper | 130 | 140 | 157
        Löner | 80 | 85 | 92
        Hyra | 20 | 20 | 21
        Konsulter | 30 | 35 | 44
        Kvar | 20 | 25 | 23
    """)
    assert roles(found) == "tlltlllr"
    assert sums(found) == {0: plus(1, 2), 3: plus(4, 5, 6), 7: ((0, 1), (3, -1))}
    assert [row.is_income for row in found.rows[:7]] == [True] * 3 + [False] * 4


def test_a_total_named_first() -> None:
    """A row that is called a total may stand above what it adds."""
    found = read("""
        Totala kostnader | 1000 | 1100 | 1150
        Personal | 600 | 650 | 680
        Lokaler | 250 | 280 | 290
        Övrigt | 150 | 170 | 180
    """)
    assert sums(found) == {0: plus(1, 2, 3)}
    assert found.sums[0].how == "lines-after"


def test_the_groups_own_name_on_its_total() -> None:
    """A total may be called what its heading is called; the last one adds the totals."""
    found = read("""
        Styrelse
        Arvoden | 100 | 105
        Resor | 20 | 22
        Styrelse | 120 | 127
        Kansli
        Löner | 900 | 920
        Hyra | 110 | 112
        Kansli | 1010 | 1032
        Alltihop | 1130 | 1159
    """)
    assert roles(found) == "hllthlltt"
    assert sums(found) == {3: plus(1, 2), 7: plus(5, 6), 8: plus(3, 7)}


def test_the_group_in_a_column_of_its_own() -> None:
    """The group's name is carried down; its total has its name in the outer column."""
    found = read("""
        Inkomster / Fond A | 100 | 101
        / Fond B | 200 | 202
        / Fond C | 300 | 299
        Summa inkomster / | 600 | 602
        Utgifter / Kontorsrum | 60 | 61
        / Lön | 400 | 390
        Summa utgifter / | 460 | 451
        Resultat / | 140 | 151
    """)
    assert roles(found) == "llltlltr"
    assert [row.section for row in found.rows[:6]] == ["Inkomster"] * 4 + ["Utgifter"] * 2
    assert found.rows[1].label == "Fond B"
    assert sums(found) == {3: plus(0, 1, 2), 6: plus(4, 5), 7: ((3, 1), (6, -1))}


def test_the_states_half_is_a_line() -> None:
    """By law it is the sum of the others, whatever it is called; a blank sum takes them all."""
    found = read("""
        Intäkter
        Riket | 400 | 420
        Länet | 200 | 210
        Alby | 150 | 158
        Ekby | 50 | 52
        Summa intäkter | |
    """)
    assert roles(found) == "hllllt"
    assert sums(found) == {5: plus(1, 2, 3, 4)}


def test_a_row_that_adds_the_payers_is_a_total() -> None:
    """Above the state's half too: then one of its lines is half of it and another a quarter."""
    found = read("""
        Medlemmarna | 800 | 840 | 880
        Riket | 400 | 420 | 440
        Länet | 200 | 210 | 220
        Alby | 150 | 158 | 165
        Ekby | 50 | 52 | 55
        Ränta | 10 | 12 | 9
        Alltihop | 810 | 852 | 889
    """)
    assert roles(found) == "tlllllt"
    assert sums(found) == {0: plus(1, 2, 3, 4), 6: plus(0, 5)}


def test_what_is_not_added() -> None:
    """A head count, lines with 'därav' and lines set in are left out of the sum."""
    found = read("""
        Kostnader
        Kansli | 800 | 820 | 840
        > lön | 700 | 715 | 730
        > pension | 60 | 61 | 62
        Antal tjänster | 2 | 2 | 3
        Lokal | 120 | 122 | 125
        därav el | 20 | 21 | 22
        Summa kostnader | 920 | 942 | 965
    """)
    assert roles(found) == "hliillit"
    assert sums(found) == {7: plus(1, 5)}
    assert [found.rows[n].parent for n in (2, 3, 6)] == [1, 1, 5]


def test_a_line_whose_name_ends_as_a_total() -> None:
    """It is a line where nothing adds up to it."""
    found = read("""
        Kostnader
        Hyra norr | 50 | 51 | 52
        Hyra söder | 40 | 42 | 43
        Telefoni totalt | 12 | 13 | 14
        Summa kostnader | 102 | 106 | 109
    """)
    assert roles(found) == "hlllt"
    assert sums(found) == {4: plus(1, 2, 3)}


def test_a_project_with_its_own_result() -> None:
    """Income, costs and net of a project without budget, and a result of it and the rest."""
    found = read(
        """
        Intäkter
        Avgifter | 500 | 500 | 0
        Summa intäkter | 500 | 500 | 0
        Kostnader
        Lön | -300 | -310 | 10
        Totala kostnader | -300 | -310 | 10
        Projekt X
        EU-medel | 90
        Projektlön | -85
        Vad projektet ger | 5
        Verksamhetens resultat | 205 | 190 | 15
        """,
        ("outcome", "budget", "deviation"),
        "outcome",
    )
    assert roles(found) == "hlthlthllrr"
    assert sums(found)[9] == plus(7, 8)
    assert sums(found)[10] == plus(2, 5, 9)


def test_a_result_is_not_settled_by_one_side() -> None:
    """Costs alone make no result; of a blank one it is said, for whoever would fill it."""
    text = """
        Lön | -80 | -70
        Elräkning | -20 | -20
        Summa utgifter | -100 | -90
        Resultat | {}
    """
    found = read(text.format("50 | 50"))
    assert roles(found) == "lltr"
    assert 3 not in sums(found)
    blank = read(text.format("|"))
    assert roles(blank) == "lltr"
    assert blank.sum_evidence[-1].score < 0.6


def test_one_wrong_side_total_is_one_finding() -> None:
    """A side's total that holds in one year is a total: the result is not twice as large."""
    found = read(
        """
        Avgifter | 500000 | 490000
        Ersättningar | 20000 | 21000
        Verksamhetens intäkter | 520000 | 521000
        Verksamhetens kostnader | -480000 | -470000
        Verksamhetens resultat | 40000 | 51000
        """,
        ("outcome", "outcome"),
        "income_statement",
    )
    assert roles(found) == "lltlr"
    assert sums(found) == {2: plus(0, 1), 4: plus(2, 3)}


def test_the_step_is_that_of_the_figures() -> None:
    """In millions with three decimals 0,9 is no rounding; half a thousandth a part is."""
    text = """
        Bidrag A | 2.64 | 2.71 | 2.8
        Bidrag B | 1.325 | 1.351 | 1.4
        Alltihop | 3.965 | 4.061 | {}
        Annat | 1.1 | 1.2 | 1.3
    """
    assert read(text.format("4.2")).sum_evidence[0].why[0].endswith("3 av 3 kolumner")
    assert read(text.format("4.201")).sum_evidence[0].why[0].endswith("3 av 3 kolumner")
    assert read(text.format("5.1")).sum_evidence[0].why[0].endswith("2 av 3 kolumner")


def test_formulas_outrank_figures_and_names() -> None:
    """What a cell adds is what it adds, and a formula beside tells of a typed or blank cell."""
    found = read(
        """
        Lön | 80 | 82
        Hyra | 20 | 21
        Kontoret | 100 |
        Ränta | 5 | 6
        Kursavgifter | 30 | 31
        Resten | 35 | 37
        """,
        formulas={2: (plus(0, 1), None), 5: (None, plus(3, 4))},
    )
    assert roles(found) == "lltllt"
    assert sums(found) == {2: plus(0, 1), 5: plus(3, 4)}
    assert found.sum_evidence[0].sources[0] == "formula"


def test_one_formula_that_differs_changes_nothing() -> None:
    """Most of a row's formulas tell what it adds."""
    found = read(
        """
        Lön | 80 | 82 | 84
        Hyra | 20 | 21 | 22
        El | 5 | 6 | 7
        Kontoret | 105 | 109 | 106
        """,
        formulas={3: (plus(0, 1, 2), plus(0, 1, 2), plus(0, 1))},
    )
    assert sums(found) == {3: plus(0, 1, 2)}


def test_equity_that_goes_on_from_year_to_year() -> None:
    """Each year opens with what the one before closed with, whatever the rows are called."""
    found = read(
        """
        Intäkter | 500 | 480 | 470
        Kostnader | 490 | 485 | 440
        Vad året ger | 10 | -5 | 30
        Fonden den första dagen | 75 | 85 | 80
        Fonden den sista dagen | 85 | 80 | 110
        """,
        kind="plan",
    )
    assert roles(found) == "llroc"
    assert sums(found)[4] == ((3, 1), (2, 1))
    assert found.sums[-1].how == "equity"


def test_a_total_without_a_name() -> None:
    """Rows with figures and no label are read too."""
    found = read("""
        Lön | 80 | 82
        Hyra | 20 | 21
        | 100 | 103
        Kurs | 30 | 31
        Resor | 10 | 9
        | 40 | 40
        | 140 | 143
    """)
    assert roles(found) == "lltlltt"
    assert sums(found)[6] == plus(2, 5)


def test_one_column_and_no_headings() -> None:
    """A sum of one column must stand at the end of its lines, or be too odd for chance."""
    found = read("""
        Medlemsbidrag | 5000
        Ränta | 120
        Intäkter | 5120
        Personal | 3100
        Lokal | 400
        Övrigt | 1500
        Kostnader | 5000
        Kvar | 120
    """)
    assert roles(found) == "lltllltr"
    assert roles(read("A | 100\nB | 200\nC | 300\nD | 70\nE | 670")) == "llllt"


def test_chance_sums_are_lines_where_the_total_needs_them() -> None:
    """Two rows add up to a third by chance; the total below only holds if all are lines."""
    found = read("""
        Fond A | 100 | 110 | 120
        Fond B | 200 | 220 | 240
        Fond C | 300 | 330 | 360
        Fond D | 7 | 8 | 9
        Tillsammans | 607 | 668 | 729
    """)
    assert roles(found) == "llllt"
    assert sums(found) == {4: plus(0, 1, 2, 3)}


def test_notes_and_headings() -> None:
    """A text heads the rows below if figures follow before the next text; a heading may too."""
    found = read("""
        KOSTNADER
        Ledning
        Arvoden | 160 | 171
        Löner | 1240 | 1150
        Summa ledning | 1400 | 1321
        Nedan projekt med extern finansiering, ej budgeterat
        Insatser
        Navet | 2050 | 2077
        Skolan | 730 | 679
        Summa insatser | 2780 | 2756
        Siffrorna är preliminära
    """)
    assert roles(found) == "hhlltnhlltn"
    assert found.rows[2].section == "KOSTNADER / Ledning"


def test_cost_lines_named_as_income() -> None:
    """The section decides the side, not a syllable of the name."""
    found = read("""
        Intäkter
        Avgifter | 500 | 500
        Summa intäkter | 500 | 500
        Kostnader
        Hyresbidrag | 100 | 70
        Lön | 200 | 220
        Summa kostnader | 300 | 290
        Resultat | 200 | 210
    """)
    assert not found.rows[4].is_income


def test_a_result_above_its_parts() -> None:
    """A result may stand first."""
    found = read("""
        Resultat | 20 | 25 | 23
        Intäkter | 150 | 165 | 180
        Kostnader | 130 | 140 | 157
    """)
    assert roles(found) == "rll"
    assert sums(found) == {0: ((1, 1), (2, -1))}


@pytest.mark.parametrize("rows", [1, 2])
def test_small_tables(rows: int) -> None:
    """A single line, or two, are no sums."""
    found = read("\n".join(["Lön | 80 | 82", "Hyra | 20 | 21"][:rows]))
    assert roles(found) == "l" * rows
    assert not found.sums


def test_formulas_that_add_up_each_other() -> None:
    """Circular formulas tell nothing, and no sum holds itself."""
    found = read(
        """
        Lön | 80 | 82
        Hyra | 20 | 21
        Kontoret | 100 | 103
        Allt | 100 | 103
        Igen | 100 | 103
        """,
        formulas={2: (plus(0, 1, 3), None), 3: (plus(2, 4), None), 4: (plus(2, 3), None)},
    )
    graph = sums(found)
    for row in graph:
        reached, waiting = set(), [n for n, _ in graph[row]]
        while waiting:
            one = waiting.pop()
            assert one != row
            if one not in reached:
                reached.add(one)
                waiting += [n for n, _ in graph.get(one, ())]
