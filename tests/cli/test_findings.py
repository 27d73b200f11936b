"""How findings are written for people: whole places, figures, what is told once, what comes first."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.cli import findings, lines
from finsam_xl.findings.places import Places
from finsam_xl.model import Finding, Ref, Severity

SHEETS = ("Plan 2027-2029", "Budget 2026", "Not 2")


def finding(
    severity: Severity,
    cell: str | None,
    message: str = "Fel.",
    sheet: str = "Budget 2026",
    **more: Any,
) -> Finding:
    """A finding on one of the sheets."""
    return Finding(severity, more.pop("code", "summa-avviker"), sheet, cell, message, **more)


def places(*tables: Ref, files: tuple[str, ...] = ("bok.xlsx",)) -> Places:
    """The sheets, in the order they stand in the book."""
    return Places(files, [Ref(sheet, "") for sheet in SHEETS], tables)


def told(*found: Finding, every: bool = False, tables: tuple[Ref, ...] = ()) -> list[str]:
    """What people read of some findings."""
    where = places(*tables)
    return list(findings.text(findings.chosen(found, where, every=every), where, every=every))


def test_what_and_where_stand_on_a_line_and_why_below() -> None:
    """Mark, word, place and code; then the sentence, the figures and the other places."""
    odd = finding(
        "error", "B12", "Summan är 600, raderna ger 500.",
        stated=600, calculated=500, difference=100.0, also=(Ref("Not 2", "C4"), Ref("Not 2", "C5")),
    )  # fmt: skip
    assert told(odd) == [
        "✖ fel  Budget 2026!B12  summa-avviker",
        "    Summan är 600, raderna ger 500.",
        "    står 600   räknat 500   skillnad 100",
        "    också Not 2!C4, C5",
    ]


@pytest.mark.parametrize(
    ("stated", "calculated", "difference", "shown"),
    [
        (2353, 2349.345417925478, 3.6545820745216515, "står 2\u00a0353   räknat 2\u00a0349,35   skillnad 3,65"),
        (-672087, -655260, -16827.0, "står −672\u00a0087   räknat −655\u00a0260   skillnad −16\u00a0827"),
        (0.5, 0.4996, 0.0004, "står 0,5   räknat 0,4996   skillnad 0,0004"),
        (100, 60.0, 40.0, "står 100   räknat 60   skillnad 40"),
        ("2005-2019", "2005-2020", None, ""),
        (None, 957, None, ""),
    ],
)  # fmt: skip
def test_figures_are_swedish(
    stated: Any, calculated: Any, difference: float | None, shown: str
) -> None:
    """Two decimals where they are needed, more where a difference would vanish, else none."""
    more = {"stated": stated, "calculated": calculated, "difference": difference}
    assert findings.figures(finding("warning", "B2", **more)) == shown
    assert findings.figures(finding("info", "B2", **more)) == ""


@pytest.mark.parametrize("lead", range(60, 76))
@pytest.mark.parametrize("place", ["Plan 2027-2029!B16", "'Budget 2026'!$C$34", "Not 2!B4:C9"])
def test_a_place_is_never_broken(lead: int, place: str) -> None:
    """Wherever on the line it falls, with spaces, hyphens, quotes or a range."""
    text = f"{'x' * lead} i {place} och så vidare"
    found = lines.wrapped(text, set(SHEETS), "    ", "    ")
    assert sum(place in line for line in found) == 1
    assert " ".join(line.strip() for line in found) == text
    assert max(map(len, found)) <= 79


def test_what_is_longer_than_a_line_stands_alone() -> None:
    """A name of 31 signs in a narrow window is still one name."""
    name = "Sammanställning av insatser nya"
    found = lines.wrapped(f"Se {name}!B4 först.", {name}, width=20)
    assert found == ["Se", f"{name}!B4", "först."]


def test_a_line_break_in_a_message_is_a_space_and_figures_stay_whole() -> None:
    """What a cell holds is told on; a no-break space is no place to break."""
    found = lines.wrapped("Rad\nmed 14\u00a0040 tkr", (), width=12)
    assert found == ["Rad med", "14\u00a0040 tkr"]


def test_what_says_the_same_is_told_once() -> None:
    """A fault dragged along a row is one, with all its cells; another figure is another fault."""
    alike = [finding("error", cell, "Ingående är 7.", stated=7) for cell in ("D33", "E33", "F33")]
    other = finding("error", "G33", "Ingående är 7.", stated=8)
    shown = told(*alike, other)
    assert [line for line in shown if line.startswith("✖")] == [
        "✖ fel  Budget 2026!D33  summa-avviker", "✖ fel  Budget 2026!G33  summa-avviker",
    ]  # fmt: skip
    assert "    samma i E33, F33" in shown


def test_places_that_the_message_names_are_not_told_again() -> None:
    """Only what it leaves out, and not the place itself."""
    also = (
        Ref("Budget 2026", "C34"),
        Ref("Not 2", "C3"),
        Ref("Not 2", "C31"),
        Ref("Budget 2026", "B2"),
    )
    odd = finding("error", "B2", "Räknat ur C34 och Not 2!C31.", also=also)
    assert told(odd)[-1] == "    också Not 2!C3"


def test_many_other_places_are_folded() -> None:
    """Six are told, and all of them where every one is asked for."""
    odd = finding("error", "B2", also=tuple(Ref("Not 2", f"C{row}") for row in range(4, 24)))
    assert told(odd)[-1] == "    också Not 2!C4, C5, C6, C7, C8, C9 och 14 till"
    assert "C23" in "".join(told(odd, every=True)[-3:])


def test_one_note_of_each_kind_in_each_table() -> None:
    """The first in the table, and how many more there are; errors and warnings are all told."""
    tables = (Ref("Budget 2026", "A3:D9"), Ref("Budget 2026", "A20:D29"))
    notes = [finding("info", f"B{row}", f"Rad {row}.") for row in (4, 5, 6, 21)]
    notes += [finding("info", "C4", "Annat.", code="andel-tom"), finding("info", "F40", "Utanför.")]
    grave = [finding("warning", f"C{row}", f"Varning {row}.") for row in (4, 5)]
    shown = told(*notes, *grave, tables=tables)
    assert [line.split("!")[1].split()[0] for line in shown if "!" in line] == [
        "B4", "C4", "B21", "F40", "C4", "C5",
    ]  # fmt: skip
    assert [line for line in shown if "--alla" in line] == [
        "    2 till av samma slag, visa med --alla"
    ]
    every = told(*notes, *grave, tables=tables, every=True)
    assert sum(line.startswith("·") for line in every) == len(notes)
    assert not any("--alla" in line for line in every)


def test_the_gravest_come_last_in_the_order_of_the_book() -> None:
    """Sheet after sheet and row after row, however they were found."""
    found = [
        finding("error", "B10", "A.", "Not 2"), finding("error", "B9", "B."),
        finding("info", "B1", "C."), finding("error", "B2", "D.", "Not 2"), finding("warning", "B1", "E."),
    ]  # fmt: skip
    heads = [line for line in told(*found) if "!" in line]
    assert [head.split("  ")[1] for head in heads] == [
        "Budget 2026!B1", "Budget 2026!B1", "Budget 2026!B9", "Not 2!B2", "Not 2!B10",
    ]  # fmt: skip


def test_what_to_begin_with() -> None:
    """The gravest that stands first: a sum rests on what is above it, a file on being readable."""
    found = [
        finding("warning", "B1"), finding("error", "B47"), finding("error", "B28"),
        finding("error", "A1", sheet="Not 2"),
    ]  # fmt: skip
    assert findings.first_of(found, places()) == found[2]
    whole = Finding("error", "fil-olaslig", None, None, "Filen går inte att läsa.", file="b.xlsx")
    assert findings.first_of([*found, whole], places()) == whole
    assert findings.first_of([finding("info", "B1")], places()) is None
    assert findings.first_of(found[:1], places()) == found[0]


def test_the_first_file_comes_first() -> None:
    """Also where its sheets are called as those of another."""
    found = [finding("error", "B2", file="två.xlsx"), finding("error", "B9", file="ett.xlsx")]
    several = Places(
        ("ett.xlsx", "två.xlsx"),
        [Ref(sheet, "", file) for file in ("ett.xlsx", "två.xlsx") for sheet in SHEETS],
    )
    assert findings.first_of(found, several) == found[1]
