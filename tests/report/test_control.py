"""The control's report: its order, links and figures, and notes that follow their findings."""

from __future__ import annotations

import re
import subprocess
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import openpyxl
import pytest

from finsam_xl.actions import control as action
from finsam_xl.findings.places import Places
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import Plan
from finsam_xl.report import control, control_marks, control_reading
from finsam_xl.report.control_marks import Marks
from finsam_xl.report.control_reading import EXPIRED, HEADINGS, fingerprint
from finsam_xl.report.control_rows import COLUMN
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.workbook import Workbook
from support.paper import printed
from support.properties import given
from support.workbooks import EXISTING, NOW, copy

ASSOCIATION, RUN = "Samordningsförbundet Umeåregionen", "2026-11-25 14.30 · a1f3"
BUDGET, PLAN, FEES = "Budget 2019", "Plan 2020-2022", "Förbundets 'egna' avgifter"
ReadAgain = Callable[[SheetPlan], SheetGrid]
Values = dict[tuple[int, int], Any]


def total(cell: str, label: str = "Summa kansli", stated: float = 2440) -> Finding:
    return Finding.at(
        Ref(BUDGET, cell),
        "warning",
        "summa-avviker",
        f"{label}: står {stated:g} tkr, delarna ger 2415. Kontrollera raderna.",
        stated=stated,
        calculated=2415,
    )


OPENING = Finding.at(
    Ref(PLAN, "C9"),
    "error",
    "ingaende-avviker",
    "Ingående eget kapital är 2 992 men utgående året innan är 2 995.",
    stated=2992,
    calculated=2995,
    also=[Ref(BUDGET, "D31"), Ref("Bokslut", "C8", "annan.xlsx")],
)
DOUBLE = Finding.at(Ref(BUDGET, "A18"), "info", "rad-dubbel", "”Övrigt” finns även i A12.")
SHARE = Finding.at(
    Ref(FEES, "B7"),
    "error",
    "nycklar-summerar-inte",
    "Nycklarna blir 99,30 %, inte 100 %.",
    stated=99.3,
    calculated=100,
)
WHOLE = Finding("info", "bedomt-utan-utfall", PLAN, None, "3 indikatorer är bedömda.", stated=3)
FOUND = [DOUBLE, total("B14"), OPENING, SHARE, total("B9", "Summa styrelse", 300), WHOLE]


PLACES = Places([""], [Ref(sheet, "") for sheet in (BUDGET, PLAN, FEES)])


def build(
    findings: list[Finding], marks: Marks = (), places: Places = PLACES, **more: Any
) -> SheetPlan:
    about: dict[str, Any] = {"association": ASSOCIATION, "run": RUN, "checked": 1234}
    return control.build(findings, places, marks=marks, **about | more)


def values(plan: SheetPlan) -> Values:
    return {(cell.row, cell.column): cell.value for cell in plan.cells if cell.value is not None}


def rows(plan: SheetPlan) -> list[dict[str, Any]]:
    """The rows that tell something, in every part of the sheet, with the title of their part."""
    found, part, told = [], "", values(plan)
    for row in range(1, max(row for row, _ in told) + 1):
        one = {field: told.get((row, column)) for field, column in COLUMN.items()}
        if one["sheet"] in (control.ACCEPTED, control.ORPHANS):
            part = str(one["sheet"])
        elif plan.page.title_rows and row > plan.page.title_rows[0] and one["code"]:
            found.append({"row": row, "part": part, **one})
    return found


def told_on(row: Mapping[str, Any]) -> int:
    """How many findings a row tells of."""
    return len(str(row["key"]).split("/"))


def row_of(plan: SheetPlan, code: str) -> dict[str, Any]:
    return next(row for row in rows(plan) if row["code"] == code)


def texts(plan: SheetPlan) -> list[str]:
    return [str(value) for value in values(plan).values()]


def as_sheet(told: Values, owner: str = "kontroll") -> SheetGrid:
    cells = {place: Cell(value) for place, value in told.items()}
    return SheetGrid("Rapport Kontroll", lambda: cells, owner=owner)


def typed(plan: SheetPlan, notes: Mapping[str, tuple[str, str]]) -> Values:
    """The sheet with a status and an action written at the first finding of some codes."""
    told = values(plan)
    for code, (status, text) in notes.items():
        row = row_of(plan, code)["row"]
        told |= {(row, COLUMN["status"]): status, (row, COLUMN["action"]): text}
    return told


def noted(findings: list[Finding], **notes: tuple[str, str]) -> Marks:
    by_code = {code.replace("_", "-"): note for code, note in notes.items()}
    return control_marks.read(as_sheet(typed(build(findings), by_code)))


# What stands where


def test_the_gravest_first_then_as_the_sheets_stand_and_down_each() -> None:
    found = [(row["severity"], row["sheet"], row["place"]) for row in rows(build(FOUND))]
    assert found == [
        ("■ Fel", PLAN, "C9"),
        ("■ Fel", FEES, "B7"),
        ("▲ Varning", BUDGET, "B9"),
        ("▲ Varning", BUDGET, "B14"),
        ("○ Upplysning", BUDGET, "A18"),
        ("○ Upplysning", PLAN, "hela bladet"),
    ]


def test_the_table_can_be_sorted_and_filtered() -> None:
    """One row of headings, no gap and no merged cell in it, and a gap after it."""
    plan = build(FOUND, noted([total("Z1")], summa_avviker=("", "Kvar.")))
    assert plan.filter is not None
    top, left, bottom, right = plan.filter
    assert (left, right) == (1, len(HEADINGS))
    assert plan.page.title_rows == (top, top)
    assert [values(plan)[top, column] for column in range(1, right + 1)] == list(HEADINGS.values())
    assert [row["row"] for row in rows(plan) if not row["part"]] == list(range(top + 1, bottom + 1))
    assert not [merge for merge in plan.merges if top <= merge[0] <= bottom]
    assert not [place for place in values(plan) if place[0] == bottom + 1]
    assert set(range(top + 1, bottom + 1)) <= set(plan.growing)


def test_severities_sort_as_they_are_grave() -> None:
    words = [row["severity"] for row in rows(build(FOUND))]
    assert sorted(set(words)) == ["■ Fel", "▲ Varning", "○ Upplysning"]


def test_links_lead_to_both_places() -> None:
    """Names with apostrophes are quoted; a place in another file is told and not linked.

    Several places in a cell are not linked: LibreOffice would draw them on one line.
    """
    one = OPENING._replace(also=OPENING.also[:1])
    places = build([one])
    row = row_of(places, one.code)["row"]
    linked = {cell.column: cell.link for cell in places.cells if cell.link and cell.row == row}
    assert linked[COLUMN["also"]] == f"'{BUDGET}'!D31"
    plan = build(FOUND)
    links = {(cell.row, cell.column): cell.link for cell in plan.cells if cell.link}
    opening, share, whole = (
        row_of(plan, code)["row"]
        for code in ("ingaende-avviker", "nycklar-summerar-inte", "bedomt-utan-utfall")
    )
    assert links[opening, COLUMN["place"]] == f"'{PLAN}'!C9"
    assert (opening, COLUMN["also"]) not in links
    also = row_of(plan, "ingaende-avviker")["also"]
    assert also == f"{BUDGET}!D31\nBokslut!C8 i annan.xlsx"
    assert links[share, COLUMN["place"]] == "'Förbundets ''egna'' avgifter'!B7"
    assert links[whole, COLUMN["place"]] == f"'{PLAN}'!A1"


def test_ranges_and_whole_columns_are_places_too() -> None:
    """A range is linked as it is; what is no cell leads to the sheet."""
    ring = Finding(
        "error", "cirkelreferens", BUDGET, "B2:B9", "En ring.", also=(Ref(BUDGET, "C:C"),)
    )
    plan = build([ring, ring._replace(cell="kolumn C")])
    assert [cell.link for cell in plan.cells if cell.link] == [
        f"'{BUDGET}'!A1", f"'{BUDGET}'!B2:B9"
    ]  # fmt: skip
    assert render([plan, SheetPlan(BUDGET, "", (), (9.0,))])


def test_many_other_places_and_one_on_the_same_sheet() -> None:
    many = DOUBLE._replace(also=tuple(Ref(BUDGET, f"A{row}") for row in range(30, 37)))
    assert row_of(build([many]), "rad-dubbel")["also"] == "A30\nA31\nA32\noch 4 till"


def test_findings_of_another_file() -> None:
    """They say their file and are not linked; those of the workbook itself do not."""
    two = Places(["a.xlsx", "b.xlsx"], [Ref(BUDGET, "", "a.xlsx"), Ref(FEES, "", "b.xlsx")])
    found = [DOUBLE._replace(file="a.xlsx"), SHARE._replace(file="b.xlsx", severity="info")]
    plan = build(found, places=two, file="a.xlsx")
    assert [row["sheet"] for row in rows(plan)] == [BUDGET, f"{FEES} i b.xlsx"]
    assert [cell.link for cell in plan.cells if cell.link] == [f"'{BUDGET}'!A18"]
    nowhere = Finding("info", "inget", None, None, "Inget.", file="b.xlsx")
    whole = build([nowhere], places=two, file="a.xlsx")
    assert [(row["sheet"], row["place"]) for row in rows(whole)] == [
        ("Hela arbetsboken i b.xlsx", "–")
    ]


def test_figures_are_numbers_written_as_swedes_do() -> None:
    plan = build([SHARE, DOUBLE._replace(stated="Övrigt", calculated="Annat")])
    by_place = {(cell.row, cell.column): cell for cell in plan.cells}
    row = row_of(plan, "nycklar-summerar-inte")["row"]
    stated, difference = (by_place[row, COLUMN[field]] for field in ("stated", "difference"))
    assert (stated.value, difference.value) == (99.3, -0.7)
    assert stated.role.number.startswith('[$-41D]#,##0.0"\u00a0%"_M')
    assert difference.role.number.startswith('[$-41D]+#,##0.0"\u00a0%-enh."_M')
    assert ';[$-41D]"−"#,##0.0"\u00a0%"_M' in stated.role.number
    assert by_place[row, COLUMN["calculated"]].value == 100
    other = row_of(plan, "rad-dubbel")
    assert (other["stated"], other["calculated"], other["difference"]) == ("Övrigt", "Annat", None)


def test_key_figures_count_what_is_told() -> None:
    marks = noted(FOUND, rad_dubbel=("ok", ""))
    said = texts(build(FOUND, marks))
    start = said.index("Fel")
    assert said[start : start + 12] == [
        "Fel", "2", "■ att rätta",
        "Varningar", "2", "▲ att se över",
        "Upplysningar", "1", "○ bra att veta",
        "Accepterade", "1", "tysta så länge siffrorna är desamma",
    ]  # fmt: skip


def test_nothing_found() -> None:
    plan = build([])
    assert "● Allt stämmer. 1\u00a0234 siffror kontrollerade, inget att åtgärda." in texts(plan)
    assert "Vad som är kontrollerat" in texts(plan)
    assert plan.filter is None
    assert rows(plan) == []
    assert "Ingen tabell känns igen" in " ".join(texts(build([], association="", checked=0)))


def test_all_that_was_found_is_accepted() -> None:
    """There is no table to sort, but a row of headings above what is listed."""
    plan = build([DOUBLE], noted([DOUBLE], rad_dubbel=("OK", "")))
    assert plan.filter is None
    assert [(row["part"], row["status"]) for row in rows(plan)] == [(control.ACCEPTED, "OK")]
    assert any(
        text.startswith("● Allt stämmer, utom det som är accepterat.") for text in texts(plan)
    )


def test_long_messages_and_no_row_too_high() -> None:
    plan = build([DOUBLE._replace(message="Kontrollera raderna. " * 400)])
    heights = dict(plan.heights)
    assert heights[row_of(plan, "rad-dubbel")["row"]] == 409
    assert heights[plan.page.title_rows[0] if plan.page.title_rows else 0] < 30


# What people write


def test_notes_stay_when_the_figures_change() -> None:
    marks = noted(FOUND, ingaende_avviker=("pågår", "Revisorn frågar.\nSvar i maj."))
    again = [OPENING._replace(stated=2990, difference=-5)]
    row = row_of(build(again, marks), "ingaende-avviker")
    assert (row["status"], row["action"]) == ("pågår", "Revisorn frågar.\nSvar i maj.")


@pytest.mark.parametrize(
    "word", ["accepterad", "Accepterad.", "GODKÄND", "ok", "Godkänd av styrelsen", "ok 2024-03-01"]
)
def test_accepted_stays_quiet(word: str) -> None:
    marks = noted(FOUND, nycklar_summerar_inte=(word, "Nyckeln är avtalad."))
    told, accepted = control_marks.apply(marks, FOUND)
    assert (accepted, len(told)) == ([SHARE], len(FOUND) - 1)
    plan = build(FOUND, marks)
    row = row_of(plan, "nycklar-summerar-inte")
    assert (row["part"], row["status"], row["action"]) == (
        control.ACCEPTED, word, "Nyckeln är avtalad."
    )  # fmt: skip
    assert control_marks.apply(control_marks.read(as_sheet(values(plan))), FOUND)[1] == [SHARE]


@pytest.mark.parametrize("word", ["", "ej accepterad", "ok?", "pågår", EXPIRED, "accepteras inte"])
def test_other_words_accept_nothing(word: str) -> None:
    assert control_marks.apply(noted(FOUND, rad_dubbel=(word, "")), FOUND) == (FOUND, [])


@pytest.mark.parametrize(
    "change",
    [
        {"stated": 99.4},
        {"calculated": 99.0},
        {"difference": 1.0},
        {"also": (Ref(BUDGET, "B1"),)},
        {"stated": "99,3"},
    ],
)
def test_acceptance_ends_when_a_figure_changes(change: dict[str, Any]) -> None:
    """The finding is loud again, says so and keeps its text; the old figures do not bring it back."""
    marks = noted(FOUND, nycklar_summerar_inte=("accepterad", "Avtalat."))
    changed = SHARE._replace(**change)
    plan = build([changed], marks)
    row = row_of(plan, changed.code)
    assert (row["part"], row["status"], row["action"]) == ("", EXPIRED, "Avtalat.")
    assert "▲ 1 gäller inte längre: siffrorna har ändrats" in texts(plan)
    later = control_marks.read(as_sheet(values(plan)))
    for finding in (changed, SHARE):
        assert control_marks.apply(later, [finding]) == ([finding], [])
    anew = control_marks.read(as_sheet(typed(plan, {SHARE.code: ("ok", "Avtalat.")})))
    assert control_marks.apply(anew, [changed]) == ([], [changed])
    assert control_marks.apply(anew, [SHARE]) == ([SHARE], [])


def test_figures_that_only_stand_in_the_message() -> None:
    """They end an acceptance too; the cells in it do not, since rows move."""
    said = Finding.at(Ref(BUDGET, "A1"), "info", "rader", "12 rader saknas under A7.")
    assert fingerprint(said) == fingerprint(said._replace(message="12 rader saknas under A9."))
    assert fingerprint(said) != fingerprint(said._replace(message="13 rader saknas under A7."))
    assert fingerprint(SHARE) == fingerprint(SHARE._replace(calculated=100.0, cell="C1"))
    assert re.fullmatch("[0-9a-f]{8}", fingerprint(said))


def test_the_key_is_the_same_on_every_computer() -> None:
    assert fingerprint(SHARE) == "b5bfc885"


MOVED = [
    ("moved", total("B15"), True),
    ("moved, other figures", total("B15", stated=2500), True),
    ("other words", total("B14", "Summa kansli och styrelse"), True),
    ("sheet renamed", total("B14")._replace(sheet="Budget 2019 ny"), True),
    ("another finding", total("B15", "Summa insatser"), False),
    ("another code", total("B14")._replace(code="summa-avrundning"), False),
]


@pytest.mark.parametrize(("finding", "follows"), [m[1:] for m in MOVED], ids=[m[0] for m in MOVED])
def test_a_note_follows_its_finding(finding: Finding, follows: bool) -> None:
    plan = build([finding], noted([total("B14")], summa_avviker=("", "Karin ser över.")))
    (first, *more) = rows(plan)
    assert first["action"] == ("Karin ser över." if follows else None)
    assert [row["part"] for row in more] == ([] if follows else [control.ORPHANS])


def test_rows_inserted_in_the_source_swap_no_notes() -> None:
    """Each finding moves to the cell of the next; their messages differ only in figures."""
    old = [total(f"B{row}", stated=stated) for row, stated in ((14, 1), (15, 2), (16, 3))]
    told = values(build(old))
    for row in rows(build(old)):
        told[row["row"], COLUMN["action"]] = f"om {row['stated']}"
    moved = [one._replace(cell=f"B{row}") for one, row in zip(old, (15, 16, 17), strict=True)]
    plan = build(moved, control_marks.read(as_sheet(told)))
    assert [(r["stated"], r["action"]) for r in rows(plan)] == [(n, f"om {n}") for n in (1, 2, 3)]


def test_notes_without_their_finding_are_kept_and_come_back() -> None:
    marks = noted(FOUND, rad_dubbel=("klar i maj", "Slås ihop."), ingaende_avviker=("ok", ""))
    plan = build([SHARE], marks)
    (orphan,) = (row for row in rows(plan) if row["part"] == control.ORPHANS)
    assert [orphan[f] for f in ("sheet", "place", "message", "status", "action", "key")] == [
        BUDGET, "A18", DOUBLE.message, "klar i maj", "Slås ihop.", fingerprint(DOUBLE)
    ]  # fmt: skip
    later = control_marks.read(
        as_sheet(values(build([], control_marks.read(as_sheet(values(plan))))))
    )
    row = row_of(build(FOUND, later), "rad-dubbel")
    assert (row["part"], row["status"], row["action"]) == ("", "klar i maj", "Slås ihop.")
    assert row_of(build(FOUND, later), "ingaende-avviker")["status"] is None


def worked_in(plan: SheetPlan) -> Values:
    """The sheet after an afternoon: sorted, a row deleted, columns moved, added and renamed."""
    told = typed(plan, {"ingaende-avviker": ("pågår", "a"), "summa-avviker": ("", "b")})
    assert plan.filter is not None
    top, _, bottom, _ = plan.filter
    deleted = row_of(plan, "bedomt-utan-utfall")["row"]
    lines = [row for row in range(top + 1, bottom + 1) if row != deleted]
    order = [*range(1, top + 1), *reversed(lines), *range(bottom + 1, plan.page.last_row + 1)]
    columns = [12, 1, 8, 2, 0, 3, 4, 5, 6, 9, 7, 10, 11]
    moved = {
        (to, at): told[row, column]
        for to, row in enumerate(order, start=3)
        for at, column in enumerate(columns, start=1)
        if (row, column) in told
    }
    heading = {"Ansvarig": 5, "Åtgärd och vem": 10, "Statusen": 3}
    return moved | {(top + 2, column): text for text, column in heading.items()}


def test_whatever_people_do_to_the_sheet() -> None:
    marks = control_marks.read(as_sheet(worked_in(build(FOUND))))
    found = {row["place"]: (row["status"], row["action"]) for row in rows(build(FOUND, marks))}
    assert found["C9"] == ("pågår", "a")
    assert found["B9"] == (None, "b")
    assert found["hela bladet"] == (None, None)


def test_a_heading_of_actions_nobody_knows_again() -> None:
    """All columns of unknown headings are read; with no headings left, the columns as made."""
    plan = build(FOUND)
    told = typed(plan, {"rad-dubbel": ("", "Slås ihop.")})
    top = plan.filter[0] if plan.filter else 0
    renamed = told | {(top, COLUMN["action"]): "Vem gör vad?"}
    without = {place: value for place, value in told.items() if place[0] != top}
    for sheet in (renamed, without):
        marks = control_marks.read(as_sheet(sheet))
        assert [mark.action for mark in marks if mark.action] == ["Slås ihop."]
        assert row_of(build(FOUND, marks), "rad-dubbel")["action"] == "Slås ihop."


def test_rows_that_were_copied_and_texts_by_themselves() -> None:
    plan = build([DOUBLE])
    told = typed(plan, {"rad-dubbel": ("", "a")})
    row, below = row_of(plan, "rad-dubbel")["row"], plan.page.last_row + 1
    copied = {(below, column): v for (at, column), v in told.items() if at == row}
    free = {(below + 1, COLUMN["action"]): 2024, (below + 2, COLUMN["status"]): "Fråga Karin"}
    marks = control_marks.read(as_sheet(told | copied | {(below, COLUMN["action"]): "b"} | free))
    again = build([DOUBLE], marks)
    assert row_of(again, "rad-dubbel")["action"] == "a\nb"
    later = control_marks.read(as_sheet(values(again)))
    assert {(m.action, m.status) for m in later if not m.code} == {
        ("2024", ""),
        ("", "Fråga Karin"),
    }


_FINDINGS = st.lists(
    st.builds(
        total,
        st.sampled_from(["B9", "B14", "C9"]),
        st.sampled_from(["Summa a", "Summa b"]),
        st.sampled_from([1.0, 2.5]),
    ).flatmap(
        lambda one: st.builds(
            one._replace,
            code=st.sampled_from(["summa-avviker", "rad"]),
            severity=st.sampled_from(["warning", "info"]),
            sheet=st.sampled_from([BUDGET, FEES]),
        )
    ),
    max_size=6,
)
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)


@given(_FINDINGS, _FINDINGS, _FINDINGS, st.lists(_TEXTS, min_size=6), st.lists(_TEXTS, min_size=6))
def test_no_text_is_ever_lost(
    first: list[Finding],
    second: list[Finding],
    third: list[Finding],
    texts: list[str],
    statuses: list[str],
) -> None:
    """What was typed at the first control stands in the sheet of the second and of the third."""
    plan = build(first)
    told = values(plan)
    for row, text, status in zip(rows(plan), texts, statuses, strict=False):
        told[row["row"], COLUMN["action"]] = text
        told[row["row"], COLUMN["status"]] = status
    wanted = {told.get((row["row"], COLUMN["action"])) for row in rows(plan)} - {None, ""}
    for findings in (second, third):
        plan = build(findings, control_marks.read(as_sheet(told)))
        told = values(plan)
        kept = [str(row["action"] or "") for row in rows(plan)]
        assert wanted <= {part for text in kept for part in text.split("\n")}
        there = [row for row in rows(plan) if row["part"] != control.ORPHANS]
        assert sum(map(told_on, there)) == len(findings)


# Notes of one kind share a row

TABLES = (Ref(BUDGET, "A1:D20"), Ref(BUDGET, "A30:D60"), Ref(PLAN, "A1:E90"))
IN_TABLES = Places([""], [Ref(sheet, "") for sheet in (BUDGET, PLAN, FEES)], TABLES)


def rounding(cell: str, label: str, stated: int = 17, sheet: str = BUDGET) -> Finding:
    return Finding.at(
        Ref(sheet, cell),
        "info",
        "summa-avrundning",
        f"{label}: det står {stated} tkr, men delarna ger 16, skillnad {stated - 16}.",
        stated=stated,
        calculated=16,
    )


ROUNDED = [rounding("B5", "Summa a"), rounding("B9", "Summa b"), rounding("C9", "Summa c", 18)]
ELSEWHERE = [rounding("B40", "Summa d"), rounding("C7", "Summa e", sheet=PLAN)]
ALIKE = [*ROUNDED, *ELSEWHERE, total("B14"), total("B15")]


def folded(findings: list[Finding], marks: Marks = ()) -> SheetPlan:
    return build(findings, marks, IN_TABLES)


def read_again(plan: SheetPlan, row: int, **texts: str) -> Marks:
    told = values(plan) | {(row, COLUMN[field]): text for field, text in texts.items()}
    return control_marks.read(as_sheet(told))


def test_notes_of_one_kind_in_one_table_share_a_row_that_names_each_place() -> None:
    """Warnings never do; the key figures count findings, not rows."""
    plan = folded(ALIKE)
    assert [(row["place"], row["also"], told_on(row)) for row in rows(plan)] == [
        ("B14", None, 1), ("B15", None, 1), ("B5", "B9, C9", 3), ("B40", None, 1), ("C7", None, 1),
    ]  # fmt: skip
    row = row_of(plan, "summa-avrundning")
    assert row["message"] == f"{ROUNDED[0].message}\n2 till av samma slag: B9, C9.".replace(
        "17 tkr", "17\u00a0tkr"
    )
    assert (row["stated"], row["calculated"], row["difference"]) == (None, None, None)
    said = texts(plan)
    assert said[said.index("Upplysningar") + 1] == "5"


def test_a_kind_with_rows_in_many_tables_has_one_row() -> None:
    """More than three tables: places on other sheets are named with their sheet."""
    sheets = [f"Blad {number}" for number in range(1, 6)]
    places = Places([""], [Ref(sheet, "") for sheet in sheets], [Ref(s, "A1:D20") for s in sheets])
    many = [rounding("B5", "Summa", sheet=sheet) for sheet in sheets]
    assert len(rows(build(many[:3], places=places))) == 3
    (row,) = rows(build(many, places=places))
    assert (row["sheet"], row["also"]) == (
        "Blad 1", "Blad 2!B5, Blad 3!B5, Blad 4!B5, Blad 5!B5"
    )  # fmt: skip
    marks = read_again(build(many, places=places), row["row"], status="ok", action="Avrundat.")
    assert control_marks.apply(marks, many)[1] == many
    assert control_marks.apply(marks, many[2:4])[1] == many[2:4]
    (orphan,) = rows(build([], marks))
    assert (orphan["sheet"], orphan["also"]) == (row["sheet"], row["also"])


def test_a_row_of_several_is_accepted_as_a_whole_and_each_ends_by_itself() -> None:
    """All are quiet; when one changes only that one is loud, and the others stay accepted."""
    plan = folded(ALIKE)
    row = row_of(plan, "summa-avrundning")
    marks = read_again(plan, row["row"], status="accepterad")
    told, accepted = control_marks.apply(marks, ALIKE)
    assert (accepted, len(told)) == (ROUNDED, len(ALIKE) - 3)
    changed = ROUNDED[1]._replace(stated=19, difference=3.0)
    again = folded([ROUNDED[0], changed, ROUNDED[2], *ELSEWHERE], marks)
    found = [(r["part"], r["place"], r["status"], told_on(r)) for r in rows(again)]
    assert found == [
        ("", "B9", EXPIRED, 1), ("", "B40", None, 1), ("", "C7", None, 1),
        (control.ACCEPTED, "B5", "accepterad", 2),
    ]  # fmt: skip


def test_a_new_note_of_an_accepted_kind_is_told() -> None:
    plan = folded(ROUNDED)
    marks = read_again(plan, rows(plan)[0]["row"], status="ok")
    more = rounding("D9", "Summa f")
    assert control_marks.apply(marks, [*ROUNDED, more]) == ([more], ROUNDED)


def test_a_row_of_several_follows_rows_that_move_and_words_that_differ() -> None:
    """Each is known by its own words, though only those of the first stand on the sheet."""
    plan = folded(ROUNDED)
    marks = read_again(plan, rows(plan)[0]["row"], action="Avrundat i mallen.", status="ok")
    moved = [one._replace(cell=f"{(one.cell or '')[0]}3{n}") for n, one in enumerate(ROUNDED)]
    assert control_marks.apply(marks, moved) == ([], moved)
    other = rounding("B31", "Summa insatser", 18)
    assert control_marks.apply(marks, [other]) == ([other], [])


def test_what_is_written_at_one_of_a_kind_keeps_it_by_itself() -> None:
    """A sheet with a row for each: the one that was written at stays alone, also later on."""
    each = [control_reading.mark_of(one) for one in ROUNDED]
    each[1] = each[1]._replace(action="Ingrid frågar revisorn.")
    plan = folded(ROUNDED, tuple(each))
    for _ in range(2):
        found = [(row["place"], row["also"], row["action"]) for row in rows(plan)]
        assert found == [("B5", "C9", None), ("B9", None, "Ingrid frågar revisorn.")]
        plan = folded(ROUNDED, control_marks.read(as_sheet(values(plan))))


def test_a_note_on_a_row_whose_findings_are_gone_is_kept_once() -> None:
    plan = folded(ROUNDED)
    marks = read_again(plan, rows(plan)[0]["row"], action="Avrundat i mallen.")
    (orphan,) = rows(folded([], marks))
    assert [orphan[f] for f in ("part", "place", "also", "action")] == [
        control.ORPHANS, "B5", "B9, C9", "Avrundat i mallen."
    ]  # fmt: skip
    again = control_marks.read(as_sheet(values(folded([], marks))))
    (row,) = rows(folded(ROUNDED, again))
    assert (row["action"], told_on(row)) == ("Avrundat i mallen.", 3)


def test_hundreds_of_one_kind_fit_in_their_cells() -> None:
    """A cell holds 32 767 characters, and a row is at most 409 points high."""
    many = [rounding(f"C{row}", "Summa") for row in range(1, 1200)]
    places = Places([""], [Ref(BUDGET, "")], [Ref(BUDGET, "A1:D1300")])
    plan = build(many, places=places)
    assert [told_on(row) for row in rows(plan)] == [300, 300, 300, 299]
    assert max(len(text) for text in texts(plan)) < 32_767
    assert rows(plan)[0]["also"].endswith("C61 och 239 till")
    assert max(height for _, height in plan.heights) < 409
    marks = read_again(plan, rows(plan)[0]["row"], status="ok")
    assert len(control_marks.apply(marks, many)[1]) == 300


# Who accepted, and what may be chosen


def test_who_accepted_and_when_is_written_once_and_kept() -> None:
    """By the first control that sees it; a status that says who or when stays as it is."""
    marks = noted(FOUND, rad_dubbel=("Accepterad.", ""), ingaende_avviker=("ok av Karin", ""))
    first = build(FOUND, marks, stamp="2026-11-30, anna")
    for plan in (
        first,
        build(FOUND, control_marks.read(as_sheet(values(first))), stamp="2027-01-15, bo"),
    ):
        quiet = {row["code"]: row["status"] for row in rows(plan) if row["part"]}
        assert quiet == {
            "rad-dubbel": "Accepterad 2026-11-30, anna", "ingaende-avviker": "ok av Karin",
        }  # fmt: skip


def test_a_status_is_chosen_or_typed() -> None:
    """In every row of the table and of what is listed below it."""
    plan = build(FOUND, noted(FOUND, rad_dubbel=("ok", "")))
    column = COLUMN["status"]
    offered = {
        row
        for choices in plan.choices
        for row in range(choices.area[0], choices.area[2] + 1)
        if choices.area[1] == choices.area[3] == column and "accepterad" in choices.texts
    }
    assert offered == {row["row"] for row in rows(plan)}
    for choices in plan.choices:
        for text in choices.texts:
            quiet = control_marks.apply(noted([DOUBLE], rad_dubbel=(text, "")), [DOUBLE])[1]
            assert quiet == ([DOUBLE] if text == "accepterad" else [])


# Sheets as they were made before

OLD: list[list[Any]] = [
    ["Blad", "Allvar", "Plats", "Även", "Vad", "Står", "Räknat", "Skillnad", "Kod", "Status",
     "Åtgärd", "Nyckel"],
    [BUDGET, "▲ Varning", "B14", None,
     "Summa kansli: står 2440 tkr, delarna ger 2415. Kontrollera raderna.", 2440, 2415, 25,
     "summa-avviker", None, "Karin ser över.", "be0c9c3a"],
    [BUDGET, "○ Upplysning", "A18", None, "”Övrigt” finns även i A12.", None, None, None,
     "rad-dubbel", "accepterad", None, "2cae174b"],
    [PLAN, "■ Fel", "C9", "Budget 2019!D31\nBokslut!C8 i annan.xlsx",
     "Ingående eget kapital är 2 992 men utgående året innan är 2 995.", 2992, 2995, -3,
     "ingaende-avviker", "pågår", None, "e4482a10"],
    [FEES, "■ Fel", "B7", None, "Nycklarna blir 99,30 %, inte 100 %.", 99.3, 100, -0.7,
     "nycklar-summerar-inte", "ok", "Avtalat.", "b5bfc885"],
]  # fmt: skip
"""As version 0.9 of 30 November 2026 wrote it, with what people typed."""


@pytest.mark.parametrize("has_headings", [True, False])
def test_a_sheet_of_the_old_layout_is_read(has_headings: bool) -> None:
    """Statuses, actions and acceptances are taken over; so they are with the headings gone."""
    lines = OLD if has_headings else OLD[1:]
    told = {
        (row, column): value
        for row, line in enumerate(lines, 9)
        for column, value in enumerate(line, 1)
        if value is not None
    }
    marks = control_marks.read(as_sheet(told))
    assert len(marks) == 4
    assert control_marks.apply(marks, FOUND)[1] == [DOUBLE, SHARE]
    plan = build(FOUND, marks)
    found = {row["place"]: (row["part"], row["status"], row["action"]) for row in rows(plan)}
    assert found["B14"] == ("", None, "Karin ser över.")
    assert found["C9"] == ("", "pågår", None)
    assert found["A18"] == (control.ACCEPTED, "accepterad", None)
    assert found["B7"] == (control.ACCEPTED, "ok", "Avtalat.")


def test_a_control_that_knows_no_day_stamps_nothing() -> None:
    """A name alone behind the word would be no acceptance any more."""
    sheet = as_sheet(typed(build([DOUBLE]), {DOUBLE.code: ("ok", "")}))
    for when, status in ((None, "ok"), (NOW.date(), f"ok {NOW.date().isoformat()}, anna")):
        plan = action.control(Grid((sheet,)), [DOUBLE], 1, RUN, today=when, user="anna")
        assert row_of(plan, DOUBLE.code)["status"] == status
        assert action.apply(Grid((as_sheet(values(plan)),)), [DOUBLE]) == ([], [DOUBLE])


# On paper


def test_the_headings_stand_high_enough_to_stay_while_one_scrolls() -> None:
    """With all that is above them they take less than 200 points of the window."""
    plan = build(FOUND)
    assert plan.page.title_rows is not None
    top = plan.page.title_rows[1]
    assert sum(height for row, height in plan.heights if row <= top) < 200


def test_where_no_figure_is_counted_none_is_told() -> None:
    assert not [text for text in texts(build(FOUND, checked=0)) if "kontrollerad" in text]
    assert [text for text in texts(build(FOUND, checked=1)) if "1 siffra kontrollerad" in text]


def test_the_page_ends_where_people_write() -> None:
    """Code, key and other places stand beside it; the key is hidden."""
    plan = build(FOUND)
    assert plan.page.last_column == COLUMN["action"]
    assert min(COLUMN[field] for field in ("also", "code", "key")) > plan.page.last_column
    assert plan.hidden == (COLUMN["key"],)
    assert len(plan.widths) == len(HEADINGS)


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize(
    ("amount", "shown"), [(12, "12"), (11_380_000.5, "11\u00a0380\u00a0000,5")]
)
def test_no_text_is_smaller_than_nine_points(amount: float, shown: str) -> None:
    """As LibreOffice prints the table: with small figures and with large ones, long names too.

    The foot of the page and the stamp, which all reports have, are of eight.
    """
    long = Finding.at(
        Ref("Bilaga verksamheter 2026", "AB1234"), "warning", "summa-avviker",
        f"Summa: det står {shown} kr, men delarna ger 7.", stated=amount, calculated=7,
    )  # fmt: skip
    plan = build([long, *(one for one in FOUND if one.sheet is None)])
    alone = plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))
    sizes = text_sizes(as_pdf(render([alone])))
    assert min(size for size in sizes if round(size, 1) != 8) >= 9


def text_sizes(pdf: bytes) -> list[float]:
    """The sizes that a file's texts are set in, in points."""
    found: list[float] = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        found += map(float, re.findall(rb"/F\d+ ([\d.]+) Tf", drawn))
    return found


# The sheet in a workbook


def of_workbook(path: Path, target: Path, user: str = "", now: datetime = NOW) -> SheetPlan:
    """The report of a workbook's control, which is written to ``target``."""
    with Workbook(path, now, user=user) as book:
        done = book.report("kontroll")
        book.apply(done, target)
    return done.plan.sheets[0]


def test_a_real_control_begins_with_its_errors_and_fills_no_page_with_roundings(
    tmp_path: Path,
) -> None:
    """Umeåregionen's: the four errors are the first rows; the 24 roundings of sums are one."""
    plan = of_workbook(EXISTING / "umearegionen-budget.xlsx", tmp_path / "bok.xlsx")
    found = rows(plan)
    assert [(row["sheet"], row["place"]) for row in found if row["severity"] == "■ Fel"] == [
        (row["sheet"], row["place"]) for row in found[:4]
    ]
    assert {(row["sheet"], row["place"]) for row in found[:4]} == {
        ("Budget 2019", "B28"), ("Budget 2019", "B47"), ("Driftredovisning", "C15"),
        ("Uppgifter i text", "B30"),
    }  # fmt: skip
    assert [told_on(row) for row in found if row["code"] == "summa-avrundning"] == [24]
    assert "4 fel och 15 varningar: börja med Budget 2019!B28." in texts(plan)
    assert len(plan.merges) < 20


def test_a_row_accepted_as_a_whole_is_kept_on_the_sheet_finsam(tmp_path: Path) -> None:
    """Each of its findings stays quiet, also when the report of the control is taken away."""
    path = tmp_path / "bok.xlsx"
    plan = of_workbook(EXISTING / "umearegionen-budget.xlsx", path)
    opened = openpyxl.load_workbook(path)
    row = row_of(plan, "summa-avrundning")["row"]
    opened[control.NAME].cell(row, COLUMN["status"], "accepterad av Karin")
    opened.save(path)
    with Workbook(path, NOW) as book:
        book.apply(book.what_was_read())
    opened = openpyxl.load_workbook(path)
    assert "Finsam" in opened.sheetnames
    del opened[control.NAME]
    opened.save(path)
    with Workbook(path, NOW) as book:
        checked = book.check()
    assert [one.code for one in checked.accepted] == ["summa-avrundning"] * 24
    assert "summa-avrundning" not in {one.code for one in checked.findings}


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("name", ["umearegionen-budget", "umearegionen-social-budget"])
def test_every_word_of_a_real_control_is_printed(name: str, tmp_path: Path) -> None:
    """No line of a sentence is cut off, nothing shows ###, no text is below nine points."""
    plan = of_workbook(EXISTING / f"{name}.xlsx", tmp_path / "bok.xlsx")
    alone = plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))
    sizes = text_sizes(as_pdf(render([alone])))
    assert min(size for size in sizes if round(size, 1) != 8) >= 9
    pages = printed(plan, tmp_path)
    assert not [page for page in pages if "###" in page]
    shown = Counter(" ".join(pages).split())
    said = Counter(word for row in rows(plan) for word in str(row["message"]).split())
    broken = re.compile("[-–!/]")
    cut = {word: n for word, n in (said - shown).items() if not broken.search(word)}
    assert cut == {}


def test_texts_stand_as_figures_only_as_a_brief_pair() -> None:
    """The sentence quotes the others; a pair is shown whole or not at all."""
    cases: dict[tuple[Any, Any], tuple[Any, Any]] = {
        ("dec", "nov"): ("dec", "nov"),
        ("Övrigt", None): (None, None),
        ("=F6/'Per insats'!C8", "=F6/$F$11"): (None, None),
        ("Summa kansli och styrelse", "Summa insatser"): (None, None),
    }
    for (stated, calculated), shown in cases.items():
        row = row_of(build([DOUBLE._replace(stated=stated, calculated=calculated)]), DOUBLE.code)
        assert (row["stated"], row["calculated"]) == shown


def test_figures_of_a_real_control_have_their_units(tmp_path: Path) -> None:
    """Where a share is held against answers, and where it was cut off."""
    plan = of_workbook(EXISTING / "umearegionen-social-budget.xlsx", tmp_path / "bok.xlsx")
    by_place = {(cell.row, cell.column): cell for cell in plan.cells}

    def unit(code: str, field: str) -> str:
        number = by_place[row_of(plan, code)["row"], COLUMN[field]].role.number
        return "".join(re.findall('"\u00a0([^"]+)"', number.partition(";")[0]))

    answers = row_of(plan, "svar-summa-avviker")
    assert (answers["stated"], unit("svar-summa-avviker", "stated")) == (29, "%")
    assert (answers["calculated"], answers["difference"]) == ("105–109 svar", None)
    cut = row_of(plan, "andel-avviker")
    assert (cut["stated"], cut["calculated"]) == (77.0, 76.3)
    assert [unit("andel-avviker", field) for field in ("stated", "calculated", "difference")] == [
        "%", "%", "%-enh.",
    ]  # fmt: skip


def test_who_and_when_are_those_of_the_run(tmp_path: Path) -> None:
    """In a workbook: chosen in the list, stamped by the next control, kept by the one after."""
    path = tmp_path / "bok.xlsx"
    plan = of_workbook(EXISTING / "sodra-lappland-budget.xlsx", path, "anna")
    opened = openpyxl.load_workbook(path)
    sheet = opened[control.NAME]
    row = row_of(plan, "titel-fel-ar")["row"]
    sheet.cell(row, COLUMN["status"], "accepterad")
    opened.save(path)
    for later in (1, 40):
        again = of_workbook(path, path, f"anna{later}", NOW + timedelta(days=later))
        told = row_of(again, "titel-fel-ar")
        day = (NOW + timedelta(days=1)).date().isoformat()
        assert (told["part"], told["status"]) == (control.ACCEPTED, f"accepterad {day}, anna1")
    with Workbook(path, NOW) as book:
        assert "titel-fel-ar" in [one.code for one in book.check().accepted]


def test_into_a_workbook_and_out_again(tmp_path: Path) -> None:
    """Filter, links and notes are there; the next control takes the notes over."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    with Book(path) as book:
        there = book.grid.sheets[1].name
        found = [one._replace(sheet=there) if one.sheet == BUDGET else one for one in FOUND]
        plan = action.control(book.grid, found, 7, RUN, association=ASSOCIATION)
        assert there in [row["sheet"] for row in rows(plan)]
        book.save(Plan(sheets=(plan,)), None, NOW)
    opened = openpyxl.load_workbook(path)
    sheet = opened["Rapport Kontroll"]
    row = row_of(plan, "rad-dubbel")["row"]
    assert sheet.cell(row, COLUMN["place"]).hyperlink.location == f"'{there}'!$A$18"
    assert plan.filter is not None
    assert sheet.auto_filter.ref == f"A{plan.filter[0]}:L{plan.filter[2]}"
    sheet.cell(row, COLUMN["status"], "accepterad")
    sheet.cell(row, COLUMN["action"], "=inte en formel").data_type = "s"
    opened.save(path)
    with Book(path) as book:
        owned = SheetGrid(
            "Rapport Kontroll",
            lambda: book.grid.sheet("Rapport Kontroll").cells,
            owner="kontroll",
        )
        grid = Grid((*book.grid.sheets[:-1], owned))
        told, accepted = action.apply(grid, found)
        assert [one.code for one in accepted] == ["rad-dubbel"]
        assert len(told) == len(found) - 1
        again = action.control(grid, found, 7, RUN)
    assert row_of(again, "rad-dubbel")["action"] == "=inte en formel"


def test_the_filter_has_its_hidden_name_and_rows_their_freedom(tmp_path: Path) -> None:
    """Excel writes the name itself; a height of its own would cut what is sorted into a row."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    plan = build(FOUND)
    for _ in range(2):
        with Book(path) as book:
            book.save(Plan(sheets=(plan,)), None, NOW)
    listing = subprocess.run(
        ["unzip", "-p", path, "xl/workbook.xml"], capture_output=True, check=True
    )
    assert listing.stdout.count(b'name="_xlnm._FilterDatabase"') == 1
    with Book(path) as book:
        assert book.grid.sheet("Rapport Kontroll").owner == "kontroll"
        part = next(e.part for e in book.workbook.sheets if e.name == "Rapport Kontroll")
        data = book.package.read(part).decode()
    assert plan.filter is not None
    chosen = {int(row) for row in re.findall(r'<row r="(\d+)"[^>]* customHeight="1"', data)}
    assert not chosen & set(plan.growing)
    assert plan.filter[0] in chosen
    assert set(plan.growing) & {int(row) for row in re.findall(r'<row r="(\d+)"[^>]* ht="', data)}
    assert f'<autoFilter ref="A{plan.filter[0]}:L{plan.filter[2]}"' in data


def test_links_jump_to_the_cell_in_libreoffice(soffice: str, tmp_path: Path) -> None:
    names = (BUDGET, PLAN, FEES)
    others = [SheetPlan(name, "", (), (10.0,)) for name in names]
    source = tmp_path / "rapport.xlsx"
    one = OPENING._replace(cell="C10", also=OPENING.also[:1])
    source.write_bytes(render([build([*FOUND, one]), *others]))
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "fods", "--outdir", str(tmp_path), str(source)],
        capture_output=True,
        check=True,
        timeout=180,
    )
    text = source.with_suffix(".fods").read_text(encoding="utf-8")
    links = re.findall(r'xlink:href="#([^"]*)"[^>]*>([^<]*)', text.replace("&apos;", "'"))
    assert ("'Budget 2019'.$B$14", "B14") in links
    assert (f"'{PLAN}'.$C$9", "C9") in links
    assert any(target == f"'{BUDGET}'.$D$31" for target, _ in links)
    assert ("'Förbundets ''egna'' avgifter'.$B$7", "B7") in links


@pytest.mark.usefixtures("soffice")
def test_on_paper(tmp_path: Path) -> None:
    """500 findings: nothing is cut, every page has the headings and says whose it is."""
    many = [
        one._replace(sheet=f"Blad {number // 50}", cell=f"B{number}", stated=11_380_000.5 * number)
        for number, one in zip(range(500), FOUND * 100, strict=False)
    ]
    marks = noted([SHARE], nycklar_summerar_inte=("", "Nyckeln är avtalad."))
    plan = build(many, marks)
    assert sum(map(told_on, rows(plan))) == 501
    pages = printed(plan, tmp_path)
    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        assert "###" not in page
        assert f"Sida {number} av {len(pages)}" in page
        assert f"{ASSOCIATION} · Kontroll · framtaget {RUN[:10]}" in page
        assert "Allvar" in page
    assert "Nyckeln är avtalad." in " ".join(pages[-1].split())


@pytest.mark.usefixtures("soffice")
def test_an_ordinary_control_on_one_page(tmp_path: Path) -> None:
    plan = build(FOUND, noted(FOUND, rad_dubbel=("ok", "")))
    (page,) = printed(plan, tmp_path)
    for text in ("■ Fel", "▲ Varning", "−0,7", "99,3 %", "Accepterade"):
        assert text in page
    for beside in ("Kod", "Nyckel", "rad-dubbel", "Så används bladet"):
        assert beside not in page
