"""The reports as LibreOffice prints them: on how many pages, with nothing cut."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from finsam_xl import policy
from finsam_xl.model_budget import Budget, FeesTable
from finsam_xl.periods import Period
from finsam_xl.report import fees_report, plan_report, tertial
from finsam_xl.report.comments import CommentKey
from finsam_xl.sheetplan import SheetPlan
from support.paper import print_scale, printed
from support.workbooks import EXISTING, workbook

_AROUND = 2
"""The lines at the top and the foot of every page."""
DAY = date(2024, 12, 31)
ASSOCIATION, RUN = "Samordningsförbundet Umeåregionen", "2026-11-25 14.30 · a1f3"
LONG = "Två tjänster har varit vakanta sedan mars och tillsätts den 1 oktober. " * 4
COMMENTS = {
    CommentKey.of("Verksamheter", "Vuxentorget"): LONG,
    CommentKey.of("Verksamheter", "Vännäs"): LONG,
    CommentKey.of("Insatser", "Nedlagd insats"): LONG,
}
Tables = Mapping[tuple[str, str], list[Budget]]
FeeTables = Mapping[str, list[FeesTable]]


@pytest.fixture
def reports(tables: Tables, fee_tables: FeeTables) -> dict[str, SheetPlan]:
    budget, balance = tables["umeå", "Tertial 2 2019"]
    (plan,) = tables["umeå", "Plan 2020-2022"]
    fees = [(table, policy.membership_fees(DAY)) for table in fee_tables["umeå"]]
    fee_reports = fees_report.build(fees, association=ASSOCIATION, run=RUN)
    return {
        "tertial": tertial.build(
            budget,
            balance,
            association=ASSOCIATION,
            period=Period(2019, 2),
            run=RUN,
            comments=COMMENTS,
        ),
        "plan": plan_report.build(
            plan,
            fees_tkr=dict.fromkeys((2020, 2021, 2022), 11380),
            rules=lambda _year: policy.equity(DAY),
            association=ASSOCIATION,
            run=RUN,
            comments=COMMENTS,
        ),
        **dict(zip(("avgifter", "underlag"), fee_reports, strict=True)),
    }


@pytest.mark.parametrize(
    ("kind", "pages", "comments", "last"),
    [
        ("tertial", 5, 3, ("Nedlagd insats", "Vad siffrorna vilar på")),
        ("plan", 4, 3, ("Eget kapital vid årets slut", "Vad siffrorna vilar på")),
        ("avgifter", 2, 0, ("Vem betalar vad 2019, tkr", "Vad siffrorna vilar på")),
        ("underlag", 2, 0, ("Så är avgifterna räknade 2019, tkr", "Vad siffrorna vilar på")),
    ],
)
@pytest.mark.usefixtures("soffice")
def test_pages(
    reports: dict[str, SheetPlan],
    tmp_path: Path,
    kind: str,
    pages: int,
    comments: int,
    last: tuple[str, str],
) -> None:
    """No page is an orphan, nothing shows ####, comments are whole, every page says whose it is."""
    found = printed(reports[kind], tmp_path)
    assert len(found) == pages
    assert all(text in found[-1] for text in last)
    assert sum(page.count("oktober") for page in found) == comments * LONG.count("oktober")
    for number, page in enumerate(found, start=1):
        assert "####" not in page
        assert f"Sida {number} av {pages}" in page
        assert f"framtaget {RUN[:10]}" in page
        assert RUN[-4:] not in page, "a board knows no runs"
        assert f"{ASSOCIATION} · " in page


@pytest.mark.parametrize(
    ("book", "together"),
    [
        (
            "umearegionen-budget.xlsx",
            [
                ("Femårsöversikt, tkr", "Eget kapital när året slutar", "Soliditet, procent"),
                ("Driftredovisning 2021, tkr", "skillnad 30.", "Utfall mot budget 2021, tkr"),
                ("Utfall mot budget 2021, tkr, forts.", "VERKSAMHETENS RESULTAT"),
                ("Kostnadsfördelning 2021, tkr", "Så fördelas kostnaderna", "Balanskravsresultat"),
                ("Resultaträkning 2021, kr", "Balansräkning 2021, kr", "Ansvarsförbindelser"),
                ("Kassaflödesanalys 2021, kr", "Not 2."),
                ("Not 3.", "hänförliga", "Not 4.", "Not 5.", "Balansräkningen: Fordringar"),
                ("Not 7.", "Balansräkningen: Kortfristiga skulder", "Vad siffrorna vilar på"),
            ],
        ),
        (
            "umearegionen-social-budget.xlsx",
            [
                ("Deltagare och avslut 2021", "positiva lösningar (247)", "Så fördelas"),
                ("Per plattform 2021", "Aktualiserande parter 2021, antal", "färre än 5"),
                (
                    "Svarsfrekvens",
                    "Impactindex 2021",
                    "samverkan",
                    "7. Samordningsteamet Nordmaling",
                ),
                ("Målområdenas vikt", "Särskilda insatser 2021", "personärenden"),
                ("Särskilda insatser 2021, forts.", "Hikikomori", "Vad siffrorna vilar på"),
            ],
        ),
    ],
)
@pytest.mark.usefixtures("soffice")
def test_pages_of_the_annual_report(
    book: str, together: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """What belongs together stands on one page, and no page holds the notes alone."""
    with workbook(EXISTING / book) as opened:
        (plan,) = opened.report("arsredovisning").plan.sheets
    found = printed(plan, tmp_path)
    assert len(found) == len(together)
    for number, (page, texts) in enumerate(zip(found, together, strict=True), start=1):
        assert [text for text in texts if text not in page] == []
        assert "####" not in page
        assert f"Sida {number} av {len(together)}" in page
        assert ASSOCIATION in page
        assert "framtaget" in page
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) > 6 + _AROUND


@pytest.mark.parametrize("book", ["umearegionen-budget.xlsx", "umearegionen-social-budget.xlsx"])
def test_the_annual_report_is_read_without_a_glass(book: str) -> None:
    """Portrait, as wide as the paper or less, so that it is not printed smaller than it is."""
    with workbook(EXISTING / book) as opened:
        (plan,) = opened.report("arsredovisning").plan.sheets
    assert not plan.page.landscape
    assert plan.page.pages_high == 0
    assert print_scale(plan) == 1
    seen = [c for c in plan.cells if c.value and c.column <= plan.page.last_column]
    assert min(c.role.size for c in seen) >= 9
