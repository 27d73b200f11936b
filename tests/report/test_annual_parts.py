"""What other offices' annual reports are made of: all their notes, groups, names and years.

The tables are invented in the manner of offices' workbooks; figures are from hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.palette import MARK_INKS, RULE
from finsam_xl.report import look
from finsam_xl.report.annual_statements import in_unit
from finsam_xl.report.look import text_width, wrapped
from finsam_xl.sheetplan import ColumnChart, SheetPlan
from support.typed_sheets import P, grid

Sheet = tuple[str, Sequence[Sequence[Any]]]


def report(*sheets: Sheet) -> list[SheetPlan]:
    made = actions.report(grid(*sheets), "arsredovisning", today=date(2032, 3, 1), run="a1f3")
    return list(made.sheets)


def printed(plan: SheetPlan) -> list[list[float | str]]:
    """What stands in the rows that are printed, blanks left out."""
    rows: dict[int, list[float | str]] = {}
    for cell in sorted(plan.cells, key=lambda c: (c.row, c.column)):
        if cell.value not in (None, "") and cell.column <= plan.page.last_column:
            value = _plain(cell.value) if isinstance(cell.value, str) else cell.value
            rows.setdefault(cell.row, []).append(value)
    return list(rows.values())


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("-\n", "").replace("\n", " ").strip()


def said(plan: SheetPlan) -> str:
    return "\n".join(str(text) for row in printed(plan) for text in row)


def key_figures(plan: SheetPlan) -> dict[str, str]:
    cells = {(cell.row, cell.column): _plain(str(cell.value or "")) for cell in plan.cells}
    labels = [c for c in plan.cells if c.role == look.KEY_LABEL and c.value]
    return {_plain(str(c.value)): cells[c.row + 1, c.column] for c in labels}


INCOME: list[tuple[Any, ...]] = [
    ("Resultaträkning (kr)",),
    (),
    (None, "Not", "2031", "2030"),
    ("Verksamhetens intäkter", 1, 8814000, 8612000),
    ("Verksamhetens kostnader", 2, -8254000, -8226000),
    ("Verksamhetens resultat", None, 560000, 386000),
    ("Årets resultat", None, 560000, 386000),
]
BALANCE: list[tuple[Any, ...]] = [
    ("Balansräkning (kr)",),
    (),
    (None, "Not", "2031-12-31", "2030-12-31"),
    ("Fordringar", 5, 412350, 388120),
    ("Kassa och bank", None, 5187650, 4516880),
    ("SUMMA TILLGÅNGAR", None, 5600000, 4905000),
    ("Ingående eget kapital", None, 2864680, 2478680),
    ("Årets resultat", None, 560000, 386000),
    ("Summa eget kapital", None, 3424680, 2864680),
    ("Summa skulder", None, 2175320, 2040320),
    ("SUMMA EGET KAPITAL OCH SKULDER", None, 5600000, 4905000),
]
NOTES: list[tuple[Any, ...]] = [
    ("Not 1 Verksamhetens intäkter", "2031", "2030"),
    ("Bidrag från staten", 4400000, 4300000),
    ("Bidrag från Region Mellansverige", 2200000, 2150000),
    ("Bidrag från kommunerna", 2200000, 2150000),
    ("Övriga intäkter", 14000, 12000),
    ("Summa", 8814000, 8612000),
    (),
    ("Not 2 Verksamhetens kostnader", "2031", "2030"),
    ("Personal", 1487000, 1432000),
    ("Köp av verksamhet", 6767000, 6794000),
    ("Summa", 8254000, 8226000),
    (),
    ("Not 5 Fordringar", "2031", "2030"),
    ("Momsfordran", 212350, 198120),
    ("Upplupna intäkter", 200000, 190000),
    ("Summa", 412350, 388120),
]
"""The first note's title is the heading cell of the table, and the others stand within it."""


def test_notes_are_found_by_their_heading_cells() -> None:
    (plan,) = report(("Resultaträkning", INCOME), ("Balansräkning", BALANCE), ("Noter", NOTES))
    titles = [_plain(str(c.value)) for c in plan.cells if str(c.value).startswith("Not ")]
    assert titles == [
        "Not 1 Verksamhetens intäkter, kr",
        "Not 2 Verksamhetens kostnader, kr",
        "Not 5 Fordringar, kr",
    ]
    rows = printed(plan)
    assert ["Resultaträkningen: Verksamhetens intäkter", 8814000, 8612000] in rows
    assert ["Resultaträkningen: Verksamhetens kostnader", -8254000, -8226000] in rows
    assert ["Balansräkningen: Fordringar", 412350, 388120] in rows
    assert "noter som inte hittas" not in said(plan)


def test_a_table_of_another_year_has_its_own_in_its_title() -> None:
    balance = [
        (None, "Not", "2030-12-31", "2029-12-31") if r[:2] == (None, "Not") else r for r in BALANCE
    ]
    (plan,) = report(("Resultaträkning", INCOME), ("Balansräkning", balance))
    titles = [row[0] for row in printed(plan) if len(row) == 1]
    assert "Resultaträkning 2031, kr" in titles
    assert "Balansräkning 2030, kr" in titles
    assert "Soliditet 2031" not in key_figures(plan)


def test_equity_above_the_ceiling_is_a_key_figure() -> None:
    """Fees of 8 800 tkr by note 1: 20 % of 7 000 and 15 % of 1 800 are 1 670 tkr."""
    (plan,) = report(("Resultaträkning", INCOME), ("Balansräkning", BALANCE), ("Noter", NOTES))
    assert key_figures(plan)["Över taket (trappan), kr"] == "▼ 1 754 680"
    assert "▼ över: 3 424 680 mot taket 1 670 000" in said(plan)
    assert "1 754 680 över taket enligt trappan." in said(plan)
    marked = [c for c in plan.cells if str(c.value).startswith("▼")]
    assert {c.role.ink for c in marked} == {MARK_INKS["röd"]}


def test_without_known_fees_nothing_is_said_of_a_ceiling() -> None:
    (plan,) = report(("Resultaträkning", INCOME), ("Balansräkning", BALANCE))
    assert list(key_figures(plan)) == [
        "Årets resultat 2031, kr", "Eget kapital 2031, kr", "Soliditet 2031", "Likvida medel 2031, kr",
    ]  # fmt: skip
    assert "tak" not in said(plan).lower().replace("kontakt", "")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Not 6. Fordringar", "Not 6. Fordringar, kr"),
        ("Not 6. Fordringar, kr", "Not 6. Fordringar, kr"),
        ("Not 6. Fordringar (kr)", "Not 6. Fordringar (kr)"),
        ("Not 6. Fordringar, belopp i kr", "Not 6. Fordringar, belopp i kr"),
    ],
)
def test_the_unit_is_said_once(title: str, shown: str) -> None:
    assert in_unit(title, "kr") == shown


OVERVIEW: list[tuple[Any, ...]] = [
    ("Femårsöversikt, tkr",),
    (),
    ("", 2031, 2030, 2029, 2028, 2027, 2026),
    ("Verksamhetens intäkter", 906, 905, 904, 903, 902, 901),
    ("Årets resultat", 6, 5, 4, 3, 2, 1),
    ("Eget kapital", 121, 115, 110, 106, 103, 101),
]


@pytest.mark.parametrize("is_newest_first", [True, False])
def test_years_go_from_the_earliest_in_table_and_chart(is_newest_first: bool) -> None:
    """Of six years the latest five, whatever order they are written in."""
    rows = OVERVIEW if is_newest_first else [(r[:1] + r[:0:-1]) for r in OVERVIEW]
    (plan,) = report(("Femårsöversikt", rows))
    assert ["2027", "2028", "2029", "2030", "2031"] in printed(plan)
    assert ["Eget kapital", 103, 106, 110, 115, 121] in printed(plan)
    (chart,) = plan.charts
    assert isinstance(chart, ColumnChart)
    cells = {(c.row, c.column): c.value for c in plan.cells}
    first, column, last, _ = chart.labels
    assert [cells[row, column] for row in range(first, last + 1)] == [
        "2027", "2028", "2029", "2030", "2031",
    ]  # fmt: skip
    assert "Visas inte här: 2026." in said(plan)


def outcome(amount: int | None) -> Sheet:
    return "Utfall 2031", [
        ("Utfall och budget 2031, tkr",),
        (),
        ("", "Utfall 2031", "Budget 2031", "Avvikelse"),
        ("Medlemsavgifter", 900, 900, 0),
        ("Projektmedel*", 50, amount, None if amount is None else 50 - amount),
        ("Summa intäkter", 950, 900 + (amount or 0), 50 - (amount or 0)),
        ("Personal", -300, -280, -20),
        ("Insatser", -600, -620, 20),
        ("Summa kostnader", -900, -900, 0),
        ("Årets resultat", 50, amount or 0, 50 - (amount or 0)),
        (),
        ("*Projektet är inte budgeterat; gråmarkerade rutor är därför tomma.",),
    ]


def test_cells_are_grey_where_the_table_says_that_they_are() -> None:
    (plan,) = report(outcome(None))
    grey = [c for c in plan.cells if c.role.fill == RULE]
    assert len(grey) == 2
    assert {c.value for c in grey} == {None}
    assert "gråmarkerade rutor är därför tomma." in said(plan)


def test_grey_cells_are_not_spoken_of_where_there_are_none() -> None:
    (plan,) = report(outcome(40))
    assert not [c for c in plan.cells if c.role.fill == RULE]
    assert "*Projektet är inte budgeterat." in said(plan)
    assert "gråmarkerade" not in said(plan)


def test_deviations_have_their_sign_and_sums_their_mark() -> None:
    """Personnel cost 20 more than budgeted; the result is 30 worse than it."""
    sheet, rows = outcome(None)
    rows = [r if r[:1] != ("Årets resultat",) else ("Årets resultat", 50, 80, -30) for r in rows]
    (plan,) = report((sheet, rows))
    worse = {c.value: c.role for c in plan.cells if c.column == 7 and c.value in (-20, -30)}
    assert worse[-20].number.startswith("[$-41D]+")
    assert "▼" not in worse[-20].number
    assert '"▼ −"' in worse[-30].number
    assert worse[-30].ink == MARK_INKS["röd"]
    assert key_figures(plan)["Årets resultat mot budget, tkr"] == "−30"


GROUPS: list[tuple[Any, ...]] = [
    ("Deltagare 2031 per team och kön",),
    (),
    (None, "Pågående 1 jan", None, None, "Nya under året", None, None, "Avslutade", None, None,
     "Pågående 31 dec", None, None),
    ("Team", *("Kvinnor", "Män", "Totalt") * 4),
    ("Team Norr", 34, 22, 56, 41, 35, 76, 38, 29, 67, 37, 28, 65),
    ("Team Söder", 29, 25, 54, 30, 33, 63, 27, 30, 57, 32, 28, 60),
    ("Totalt", 63, 47, 110, 71, 68, 139, 65, 59, 124, 69, 56, 125),
]  # fmt: skip


def test_all_groups_of_participants_are_printed() -> None:
    (plan,) = report(("Deltagare", GROUPS))
    rows = printed(plan)
    assert ["Team Norr", 34, 22, 56, 41, 35, 76] in rows
    assert ["Team Norr", 38, 29, 67, 37, 28, 65] in rows
    assert ["Totalt", 65, 59, 124, 69, 56, 125] in rows
    heads = [row for row in rows if "Pågående 1 jan Kvinnor" in row or "Avslutade Män" in row]
    assert heads == [
        [f"{group} {sex}" for group in groups for sex in ("Kvinnor", "Män", "Totalt")]
        for groups in (("Pågående 1 jan", "Nya under året"), ("Avslutade", "Pågående 31 dec"))
    ]
    assert key_figures(plan) == {
        "Pågående 1 jan 2031": "110",
        "Nya under året 2031": "139",
        "Avslutade 2031": "124",
        "Pågående 31 dec 2031": "125",
    }


def test_a_group_that_does_not_follow_from_the_others_is_told() -> None:
    """Of 54 and 63 new less 57 there are 60 left; of 110 and 139 less 124 there are 125."""
    rows = [(*r[:-1], r[-1] - 1) if r[:1] in (("Team Söder",), ("Totalt",)) else r for r in GROUPS]
    (plan,) = report(("Deltagare", rows))
    assert "▼ Team Söder: 54 och 63 nya minus 57 avslutade är 60 kvar; det står 59." in said(plan)
    assert "▼ Totalt: 110 och 139 nya minus 124 avslutade är 125 kvar; det står 124." in said(plan)
    assert "▼ Team Norr" not in said(plan)
    answer = "139 nya och 124 avslutade under året; 124 är kvar. ▼ Det borde vara 125."
    assert answer in said(plan)
    marked = [
        c.value for c in plan.cells if "▼" in c.role.number and c.role.ink == MARK_INKS["röd"]
    ]
    assert {59, 124} <= set(marked)


def people(title: str, *numbers: int) -> list[tuple[Any, ...]]:
    labels = ("Kvar från 2030", "Nya 2031", "Avslutade 2031", "Kvar 31 december 2031")
    rows = [(label, n, n + 1, 2 * n + 1) for label, n in zip(labels, numbers, strict=True)]
    return [(title,), (), ("Deltagare", "Kvinnor", "Män", "Totalt"), *rows]


def test_every_table_of_participants_is_printed_under_its_name() -> None:
    """Of two groups no key figure is chosen."""
    (plan,) = report(
        ("Unga", people("Unga deltagare 2031", 10, 8, 6, 12)),
        ("Vuxna", people("Vuxna deltagare 2031", 20, 9, 7, 22)),
    )
    titles = [row for row in printed(plan) if str(row[0]).startswith("Deltagare och avslut")]
    assert titles == [
        ["Deltagare och avslut 2031: Unga deltagare 2031"],
        ["Deltagare och avslut 2031: Vuxna deltagare 2031"],
    ]
    assert ["Kvar från 2030", 10, 11, 21] in printed(plan)
    assert ["Kvar från 2030", 20, 21, 41] in printed(plan)
    assert key_figures(plan) == {}


INDEX: list[tuple[Any, ...]] = [
    ("Utfall i enlighet med Impactindex 2031",),
    (),
    ("Enhet", "Totalt", "Målområde 1", "Målområde 2"),
    ("Förbundet i sin helhet", 64, 41, 80),
    ("Team Norr", 70, 52, 86),
    ("Team Söder", 62, 34, 70),
]
WEIGHTS: list[tuple[Any, ...]] = [
    ("Viktning av målområdena i den sociala budgeten 2031",),
    (),
    ("Målområde", "Ideal viktning", "Viktning 2031"),
    ("1. Samhällsnytta", P(0.6), P(0.62)),
    ("2. Medarbetarnöjdhet", P(0.4), P(0.38)),
]


def test_goal_areas_have_their_names() -> None:
    (plan,) = report(("Index", INDEX), ("Vikter", WEIGHTS))
    assert ["Totalt", "Samhällsnytta", "Medarbetarnöjdhet"] in printed(plan)


def test_goal_areas_without_names_stand_as_they_are() -> None:
    (plan,) = report(("Index", INDEX))
    assert ["Totalt", "Målområde 1", "Målområde 2"] in printed(plan)


def test_a_number_with_two_names_has_none() -> None:
    other = [
        row if row[:1] != ("2. Medarbetarnöjdhet",) else ("2. Samverkan", *row[1:])
        for row in WEIGHTS
    ]
    (plan,) = report(("Index", INDEX), ("Vikter", WEIGHTS), ("Vikter igen", other))
    assert ["Totalt", "Samhällsnytta", "Målområde 2"] in printed(plan)


def test_the_unit_of_measures_stands_clear_of_their_total() -> None:
    measures = [
        ("Särskilda insatser 2031",),
        (),
        ("Insats", "Kvinnor", "Män", "Totalt", "Enhet"),
        ("Hälsokoordinator",),
        ("Anvisade till hälsosamtal", 8, 14, 22, "personer"),
        ("Samtalstillfällen", 9, 13, 22, "tillfällen"),
        ("Konsultation av medarbetare", 1, 3, 4, "personärenden"),
    ]
    (plan,) = report(("Insatser", measures))
    (total,) = [c for c in plan.cells if c.value == "Totalt"]
    (unit,) = [c for c in plan.cells if str(c.value).strip() == "Enhet"]
    assert (total.role.align, unit.role.align) == ("right", "left")
    assert unit.column > total.column
    assert str(unit.value).startswith("\u00a0" * 3)
    assert any(c.value == "\u00a0\u00a0\u00a0personärenden" for c in plan.cells)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Medarbetarnöjdhet", 10.2, ["Medarbetar-", "nöjdhet"]),
        ("Deltagarnöjdhet", 10.2, ["Deltagar-", "nöjdhet"]),
        ("Samordning", 10.2, ["Samordning"]),
        ("Jämlik samverkan", 10.2, ["Jämlik", "samverkan"]),
        ("Avslut och avbrott", 30.0, ["Avslut och avbrott"]),
    ],
)
def test_long_words_of_headings_are_parted(text: str, width: float, lines: list[str]) -> None:
    found = wrapped(text, width, 9, bold=True).split("\n")
    assert found == lines
    assert all(text_width(line, 9, bold=True) <= width for line in found)


def test_a_table_that_does_not_say_who_left_has_its_own_headings() -> None:
    """57 % are women of those who left, and not a part of all who did."""
    rows = [
        ("Deltagare per insats 2031",),
        (),
        ("Insats", "Avslutade", "Kvinnor av avslutade", "Män av avslutade", "Andel kvinnor"),
        ("Ateljén", 28, 16, 12, P(0.57)),
        ("Växthuset", 40, 22, 18, P(0.55)),
        ("Steget", 4, 3, 1, P(0.75)),
        ("Alla insatser", 72, 41, 31, P(0.57)),
    ]
    (plan,) = report(("Per insats", rows))
    found = printed(plan)
    assert ["Deltagare per insats 2031"] in found
    assert ["Avslutade", "Kvinnor av avslutade", "Män av avslutade", "Andel kvinnor"] in found
    assert ["Ateljén", 28, 16, 12, 0.57] in found
    assert ["Steget", 4, 3, 1, "färre än 5"] in found
    assert "alla avslut" not in said(plan)


def test_a_title_is_not_what_stands_nearest() -> None:
    """Between the title and the table stands what its words mean."""
    rows = [GROUPS[0], ("Pågående är de som är inskrivna",), *GROUPS[2:]]
    (plan,) = report(("Deltagare", rows))
    assert ["Deltagare 2031 per team och kön"] in printed(plan)


def test_notes_are_found_by_the_labels_that_refer_to_them() -> None:
    income = [
        ("Resultaträkning (kr)",),
        (),
        (None, "2031", "2030"),
        ("Verksamhetens intäkter (not 1)", 8814000, 8612000),
        ("Verksamhetens kostnader (not 2)", -8254000, -8226000),
        ("Årets resultat", 560000, 386000),
    ]
    (plan,) = report(("Resultaträkning", income), ("Noter", NOTES))
    rows = printed(plan)
    assert ["Not", "2031", "2030"] in rows
    assert ["Verksamhetens intäkter", "1", 8814000, 8612000] in rows
    assert ["Resultaträkningen: Verksamhetens kostnader", -8254000, -8226000] in rows


def test_a_key_figure_that_looks_wrong_says_so() -> None:
    """4 516 880 and 670 770 are 5 187 650."""
    flow = [
        ("Kassaflödesanalys 2031, kr",),
        (),
        ("", 2031),
        ("Årets resultat", 560000),
        ("Förändring kortfristiga skulder", 110770),
        ("Årets kassaflöde", 670770),
        ("Likvida medel vid årets början", 4516880),
        ("Likvida medel vid årets slut", 5180000),
    ]
    (plan,) = report(("Kassaflöde", flow))
    assert key_figures(plan)["Likvida medel 2031, kr"] == "5 180 000"
    assert "▼ ser fel ut, se tabellen" in said(plan)
    assert "delarna ger 5 187 650" in said(plan)
