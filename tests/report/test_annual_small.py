"""Shares of so few people that they tell of each of them are not printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl import actions, policy
from finsam_xl.report import look
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.workbook import Workbook
from support.finsam_sheets import NOW, applied, rows_of, saved, set_on
from support.typed_sheets import P, grid

TITLE = "Andelar skrivs inte ut av färre än (0: alla skrivs ut)"
PARTIES: list[tuple[Any, ...]] = [
    ("Aktualiserande parter 2031",),
    (),
    ("Part", "Aktualiserade", "Varav andel kvinnor", "Fått ja", "Andel som fått ja"),
    ("Arbetsförmedlingen", 5, P(0.4), 4, P(0.8)),
    ("Försäkringskassan", 4, P(0.5), 3, P(0.75)),
    ("Socialtjänsten Alby", 12, P(0.25), 9, P(0.75)),
    ("Regionen", 20, P(0.55), 10, P(0.5)),
]
"""Five is not fewer than five, and four are."""


def report(*sheets: tuple[str, list[Any]]) -> SheetPlan:
    (plan,) = actions.report(
        grid(*sheets), "arsredovisning", today=date(2032, 3, 1), run="a1f3"
    ).sheets
    return plan


def row(plan: SheetPlan, label: str) -> list[float | str | None]:
    (at,) = [c.row for c in plan.cells if c.value == label]
    return [c.value for c in plan.cells if c.row == at and 1 < c.column <= plan.page.last_column]


def said(plan: SheetPlan) -> str:
    return "\n".join(str(c.value).replace("\u00a0", " ") for c in plan.cells)


def test_shares_of_fewer_than_five_are_not_printed() -> None:
    plan = report(("Aktualiserande parter", PARTIES))
    assert row(plan, "Arbetsförmedlingen") == [5, 0.4, 4, 0.8]
    assert row(plan, "Försäkringskassan") == [4, "färre än 5", 3, "färre än 5"]
    assert "”färre än 5”, för att ingen ska kunna pekas ut" in said(plan)


def test_what_is_wrong_with_a_share_of_few_is_not_told() -> None:
    """60 % of four are no whole number of people, and to say why would tell of them."""
    rows = [(*r[:2], P(0.6), *r[3:]) if r[:1] == ("Försäkringskassan",) else r for r in PARTIES]
    plan = report(("Aktualiserande parter", rows))
    assert row(plan, "Försäkringskassan")[1] == "färre än 5"
    assert "Ser fel ut" not in said(plan)
    assert "4 aktualiserade" not in said(plan)
    # Of twelve it is told that it looks wrong, but not of how many it is.
    rows = [(*r[:2], P(0.3), *r[3:]) if r[:1] == ("Socialtjänsten Alby",) else r for r in PARTIES]
    told = said(report(("Aktualiserande parter", rows)))
    assert (
        "▼ Ser fel ut, och Rapport Kontroll säger varför: Socialtjänsten Alby (varav kvinnor)."
        in told
    )
    assert "12 aktualiserade" not in told


EXITS: list[tuple[Any, ...]] = [
    ("Deltagare 2031",),
    (),
    ("", "Kvinnor", "Män", "Totalt", "Procent"),
    ("Antal deltagare", 12, 10, 22, None),
    ("Till positiv lösning", 2, 2, 4, P(0.67)),
    ("varav till arbete", 2, 1, 3, P(0.75)),
    ("varav till studier", 0, 1, 1, P(0.25)),
    ("varav till extratjänster", 0, 0, 0, P(0)),
    ("varav fortsatt rehab", 0, 0, 0, P(0)),
    ("varav saknar arbetsförmåga", 0, 0, 0, P(0)),
    ("Avbrott av hälsoskäl", 1, 0, 1, P(0.17)),
    ("Övriga avbrott", 1, 0, 1, P(0.17)),
]
"""Six left, four of them to a positive solution."""


def test_of_what_shares_of_participants_are() -> None:
    """Of six who left shares are printed; those of four with a solution are not, nor drawn."""
    plan = report(("Deltagare", EXITS))
    assert row(plan, "Avbrott av hälsoskäl") == [1, 0, 1, 0.17]
    assert row(plan, "Till arbete") == [2, 1, 3, "färre än 5"]
    assert plan.charts == ()
    labels = {c.value for c in plan.cells if c.role == look.KEY_LABEL and c.value}
    assert labels == {"Deltagare 2031", "Till positiv lösning"}


@pytest.mark.parametrize(
    ("fewest", "shown"),
    [(0, [0.5, 0.75]), (4, [0.5, 0.75]), (5, ["färre än 5"] * 2), (6, ["färre än 6"] * 2)],
)
def test_the_limit_is_set_on_the_sheet_finsam(
    fewest: int, shown: list[float | str], tmp_path: Path
) -> None:
    rows = [[*one] for one in PARTIES]
    for one in rows[3:]:
        one[2], one[4] = one[2].part, one[4].part
    source = saved(tmp_path, rows, "Aktualiserande parter")
    book = openpyxl.load_workbook(source)
    for cells in book["Aktualiserande parter"].iter_rows(min_row=4):
        cells[2].number_format = cells[4].number_format = "0%"
    book.save(source)
    applied(source, tmp_path / "läst.xlsx")
    rule = next(one for one in rows_of(tmp_path / "läst.xlsx") if one[1] == TITLE)
    assert rule[2] == "5 personer"
    path = set_on(tmp_path / "läst.xlsx", tmp_path / "satt.xlsx", {TITLE: fewest})
    with Workbook(path, NOW) as found:
        (plan,) = found.report("arsredovisning").plan.sheets
    assert [row(plan, "Försäkringskassan")[n] for n in (1, 3)] == shown
    is_silent = "pekas ut" not in said(plan)
    assert is_silent is (0.5 in shown)


def test_the_limit_of_policy() -> None:
    assert policy.privacy(date(2031, 12, 31)).fewest == 5
