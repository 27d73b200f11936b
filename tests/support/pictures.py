"""Results, equity and deviations to draw pictures of, and a sheet with one of each kind."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.model_budget import Amount
from finsam_xl.report.pictures import Place, Step, YearEnd, bridge, equity, variances
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import SheetPlan

UMEA = [
    Step("Budget", -2350, is_total=True),
    Step("Intäkter", 0),
    Step("Kansli", -40),
    Step("Verksamhetsnära kostnader", 350),
    Step("Verksamheter", 1196),
    Step("Prognos", -844, is_total=True),
]
CROSSING = [
    Step("Budget", 500, is_total=True),
    Step("Intäkter", -800),
    Step("Kansli", 200),
    Step("Reserv", None),
    Step("Insatser", -300),
    Step("Övrigt", 600),
    Step("Prognos", 200, is_total=True),
]
POSITIVE = [
    Step("Budget", 1500, is_total=True),
    Step("Intäkter", 800),
    Step("Kansli", -20),
    Step("Prognos", 2280, is_total=True),
]
LAPPLAND = [
    YearEnd("Budget 2023", 2096, 750), YearEnd("Budget 2024", 1665, 750),
    YearEnd("Plan 2025", 1346, 750), YearEnd("Plan 2026", 1027, 750),
]  # fmt: skip
MIXED = [
    YearEnd("2020", 2000, None), YearEnd("2021", 700, 750), YearEnd("2022", 740, 750),
    YearEnd("2023", None, 800), YearEnd("2024", -100, 900), YearEnd("2025", 790, None),
    YearEnd("2026", 1400, 1350),
]  # fmt: skip
DEVIATIONS: list[tuple[str, Amount]] = [
    ("Vuxentorget", 471), ("Insats NAFS", Fraction(2673, 10)), ("Reserv", None), ("Hyra", 0),
    ("Kansli och styrelse", -40),
]  # fmt: skip
ROWS, HEIGHT = 10, 19.0


def blank() -> tuple[ReportSheet, Place, Place]:
    """A sheet with room for two pictures beside each other."""
    sheet = ReportSheet((30.0, *(11.0,) * 7, 1.5, 40.0), "tkr")
    sheet.head("Bilder", ("Förbundet",), "2026-11-25")
    first = sheet.row
    for _ in range(ROWS):
        sheet.down(HEIGHT)
    size = ROWS * HEIGHT - 6
    return sheet, Place(first, 1, 5, size), Place(first, 6, 10, size)


def all_pictures() -> SheetPlan:
    sheet, left, right = blank()
    bridge(sheet, "Resultat", UMEA, left, "tkr")
    equity(sheet, "Eget kapital", LAPPLAND, right, "tkr")
    left, right = (place._replace(row=sheet.row) for place in (left, right))
    for _ in range(ROWS):
        sheet.down(HEIGHT)
    variances(sheet, "Avvikelser", DEVIATIONS, left, "tkr")
    equity(sheet, "Eget kapital mot taket", MIXED, right, "tkr")
    sheet.new_page()
    left, right = (place._replace(row=sheet.row) for place in (left, right))
    for _ in range(ROWS):
        sheet.down(HEIGHT)
    bridge(sheet, "Resultat", CROSSING, left, "tkr")
    bridge(sheet, "Resultat", POSITIVE, right, "tkr")
    return sheet.plan("Bilder", "prov")
