"""The year's report: solidity, the split of costs from the outcome's rows, lone figures."""

from __future__ import annotations

from fractions import Fraction

from support.recomputed.case import Case, Right
from support.recomputed.equity import year_of
from support.traced import Figure, plain, shows


def solidity(case: Case, figure: Figure) -> Right:
    """Equity of all assets at the year's end, in per cent."""
    year = year_of(case, figure)
    found = {}
    for table in case.source.tables:
        for row in table.rows if table.kind == "balance" else ():
            amount = case.source.of((table.real_sheet, row.row), "outcome", year=year)
            if amount is not None:
                found[plain(row.label)] = amount
    equity, assets = found.get("summa eget kapital"), found.get("summa tillgångar")
    return 100 * equity / assets if equity and assets else None


def from_rows(case: Case, figure: Figure) -> Right:
    """The costs of the outcome's rows, by the class and part that the workbook gives each row."""
    classes = [t for t in case.source.tables if t.kind == "cost_classes"]
    outcomes = [t for t in case.source.tables if t.kind == "outcome" and t.budget]
    if not classes or not outcomes:
        return None
    split, outcome = classes[0], outcomes[0]
    scope = _scope(case, figure)
    amounts: dict[tuple[str, str], Fraction] = {}
    section = ""
    for row in outcome.rows:
        amount = case.source.of((outcome.real_sheet, row.row), "outcome")
        section = plain(row.label) if row.role == "section" else section
        if amount is not None:
            amounts[section, plain(row.label)] = amount
    total = Fraction(0)
    label, kind, part = (split.column(field) for field in ("label", "class", "share"))
    assert label
    assert kind
    assert part
    for number in range(split.header_row + 1, split.header_row + 60):
        texts = {n: case.source.text((split.real_sheet, number), n) for n in (label, kind)}
        if texts[label] and not texts[kind]:
            section = plain(texts[label])
        share = case.source.row((split.real_sheet, number)).get(part)
        is_of = plain(figure.label) in ("summa", plain(texts[kind])) and scope in (
            "",
            _project(section),
        )
        if share is not None and is_of:
            total -= share * amounts[section, plain(texts[label])]
    return total


def _project(section: str) -> str:
    return "hfe" if "esf" in section or "hfe" in section else "samo"


def _scope(case: Case, figure: Figure) -> str:
    """Which part of the table a row stands in, by the nearest row above that has no figures."""
    for row in range(figure.row, figure.table, -1):
        cells = case.report.rows.get(row, {})
        texts = [plain(str(v)) for v in cells.values() if isinstance(v, str)]
        if texts and texts[0].startswith(("ordinarie", "esf", "hela")):
            return {"o": "samo", "e": "hfe", "h": ""}[texts[0][0]]
    return ""


def of_summed(case: Case, figure: Figure) -> Right:
    """A class's part of all classes, from the rows."""
    part = from_rows(case, figure)
    whole = from_rows(case, figure._replace(label="Summa"))
    return part / whole if part is not None and whole else None


def less_rows(case: Case, figure: Figure) -> Right:
    printed, rows = case.under(figure, "tryckt"), case.under(figure, "ur raderna")
    return None if printed is None or rows is None else printed - rows


def any_column(case: Case, figure: Figure) -> Right:
    """The row's own figure, in whatever column it is.

    Numbers and shares, also those in per cent, stand in columns of their own in the source, and in
    one on the report.
    """
    found = list(case.source.row(figure.source).values()) if figure.source else []
    found += [value / 100 for value in found]
    return next((value for value in found if shows(figure.value, value)), None)
