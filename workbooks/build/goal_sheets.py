"""The sheets with strategic goals: what is to be reached, how it is measured, on what scale."""

from __future__ import annotations

from collections.abc import Mapping

from list_sheet import Block, Column, Line, figure, write_list
from styles import PERCENT, Book, Cell, Styles
from tables import ASSOCIATION, document_rows, rows

_PLAN = "umea-plan-2020-2022__"
_NUMBER = Column("Nr", "centre")
_UNNUMBERED = Column("", "centre")
_ASSESSED = (Column("Mål"), Column("Bedömning", "centre"))
_SCALE_NOTES = (
    "Planen kallar skalan femgradig men skriver ut fyra steg; steg 4 har ingen text.",
    "Styrelsen skriver sin bedömning 1–5 vid varje mål.",
)
_REQUIREMENTS = (
    Column("Mål", "centre"),
    Column("Indikator"),
    Column("Målgrupp", "indented"),
    Column("Frågor"),
    Column("Regel"),
    Column("Gräns", "count", PERCENT),
    Column("Viktordning", "centre"),
    Column("Utfall", "count"),
)
_MAP_RULES = {"share_min": "Andel minst", "narrative": "Redovisad"}


def add_strategic_goals(workbook: Book, styles: Styles) -> None:
    """Add the goals of the annual report and the two plans of Umeåregionen, latest first."""
    blocks = [_by_platform(), _planned(), _followed_up(), _scale(), _planned_earlier()]
    widths = (8, 62, 34, 24, 21, 9, 12, 10)
    head = ("Strategiska mål", ASSOCIATION, "")
    sheet = workbook.add_worksheet("Strategiska mål")
    write_list(sheet, styles, head, widths, blocks, lying=True)


def _by_platform() -> Block:
    """Give the goal of the annual report and the platforms it is followed up for."""
    return Block(
        (_UNNUMBERED, Column("Mål"), Column("Plattform", "indented")),
        [(None, row["goal"] or None, row["platform"]) for row in rows("strategiska-mal")],
        "Årsredovisning 2021, tabell 2. Förbundets strategiska mål",
    )


def _planned() -> Block:
    """Give the five goals of the latest plan."""
    lines = document_rows(f"{_PLAN}strategiska-mal")
    return Block(
        (_NUMBER, *_ASSESSED),
        [(figure(row["goal_no"]), row["goal"], None) for row in lines],
        "Verksamhetsplan 2020–2022, avsnitt 7. Övergripande strategiska mål",
    )


def _followed_up() -> Block:
    """Give the indicators that the goals of the latest plan are judged by."""
    return Block(
        _REQUIREMENTS,
        [_requirement(row) for row in document_rows(f"{_PLAN}strategiska-mal-indikatorer")],
        "Verksamhetsplan 2020–2022, bilaga 2. Uppföljning av strategiska mål",
    )


def _scale() -> Block:
    """Give the scale on which the board judges a goal."""
    lines = document_rows(f"{_PLAN}bedomningsskala")
    return Block(
        (Column("Betyg", "centre"), Column("Bedömning")),
        [(figure(row["grade"]), row["text"] or None) for row in lines],
        "Verksamhetsplan 2020–2022, bilaga 2. Styrelsens bedömning av måluppfyllelsen",
        _SCALE_NOTES,
    )


def _planned_earlier() -> Block:
    """Give the goals of the earlier plan, which does not number them."""
    lines = document_rows("umea-plan-2018-2020__strategiska-mal")
    return Block(
        (_UNNUMBERED, *_ASSESSED),
        [(None, row["goal"], None) for row in lines],
        "Verksamhetsplan 2018–2020, avsnitt 6. Övergripande strategiska mål",
    )


def _requirement(row: Mapping[str, str]) -> Line:
    """Give the cells of an indicator that a strategic goal is judged by."""
    return (
        figure(row["goal_no"]),
        row["indicator"],
        row["respondents"] or None,
        row["questions"] or None,
        row["rule"],
        _limit(row),
        figure(row["order"]),
        None,
    )


def _limit(row: Mapping[str, str]) -> Cell:
    """Give a limit as it stands in the cell: shares are fractions."""
    value = figure(row["threshold"])
    if row["unit"] == "%" and not isinstance(value, str | None):
        return value / 100
    return value


def add_goal_map(workbook: Book, styles: Styles, association: str) -> None:
    """Add the målkarta of Södra Lappland."""
    shown = (
        Column("Målområde"),
        Column("Nr", "centre"),
        Column("Mål"),
        Column("Utförande/aktiviteter"),
        Column("Regel"),
        Column("Gräns", "count", PERCENT),
        Column("Enhet", "indented"),
        Column("Målgrupp"),
        Column("Ansvarig"),
        Column("Utfall", "count"),
    )
    lines = [_mapped(row) for row in document_rows("lappland-plan-2024-2026__malkarta")]
    widths = (13, 6, 36, 38, 14, 9, 15, 22, 16, 9)
    head = ("6. Mål/Målkarta 2024–2026", association, "")
    sheet = workbook.add_worksheet("Målkarta")
    write_list(sheet, styles, head, widths, [Block(shown, lines)], lying=True)


def _mapped(row: Mapping[str, str]) -> Line:
    """Give the cells of one activity of the målkarta."""
    exact = "Antal" if row["operator"] == "=" else "Antal minst"
    return (
        row["area"],
        figure(row["goal_no"]),
        row["goal_short"],
        row["activity_short"],
        _MAP_RULES.get(row["target_type"], exact),
        _limit(row),
        None if row["unit"] == "%" else row["unit"] or None,
        row["respondents"] or None,
        row["responsible"],
        None,
    )
