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
from support.paper import printed
from support.workbooks import EXISTING, workbook

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
    ("book", "pages", "together"),
    [
        (
            "umearegionen-budget.xlsx",
            6,
            [
                ("Femårsöversikt, tkr", "Soliditet, procent"),
                ("Kostnadsfördelning 2021, tkr", "Så fördelas kostnaderna", "Balanskravsresultat"),
                ("Utfall mot budget 2021, tkr", "VERKSAMHETENS RESULTAT"),
                ("Resultaträkning 2021, kr", "Likvida medel vid årets slut", "Ansvarsförbindelser"),
                ("Not 2.", "hänförliga till", "Not 4.", "Not 5."),
                (
                    "Not 6.",
                    "Not 8.",
                    "Balansräkningen: Kortfristiga skulder",
                    "Vad siffrorna vilar på",
                ),
            ],
        ),
        (
            "umearegionen-social-budget.xlsx",
            3,
            [
                ("Deltagare och avslut 2021", "positiva lösningar (247)", "Per plattform"),
                ("Aktualiserande parter", "Svarsfrekvens", "7. Samordningsteamet Nordmaling"),
                ("Särskilda insatser 2021", "personärenden", "Vad siffrorna vilar på"),
            ],
        ),
    ],
)
@pytest.mark.usefixtures("soffice")
def test_pages_of_the_annual_report(
    book: str, pages: int, together: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """What belongs together stands on one page, and no page holds the notes alone."""
    with workbook(EXISTING / book) as opened:
        (plan,) = opened.report("arsredovisning").plan.sheets
    found = printed(plan, tmp_path)
    assert len(found) == pages
    for number, (page, texts) in enumerate(zip(found, together, strict=True), start=1):
        assert [text for text in texts if text not in page] == []
        assert "####" not in page
        assert f"Sida {number} av {pages}" in page
        assert "· framtaget" in page
        assert f"{ASSOCIATION} · " in page
