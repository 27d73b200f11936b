"""Tables of people and stated figures made by hand: rows of figures as the reader gives them.

>>> table("referrals", ["Part", "referred"], [("Norrby", 12)]).rows[0].figures["referred"].value
12
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.checks.material import Material
from finsam_xl.checks.rules import of_associations
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import decimals
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.periods import Period

Cell = float | str | None
_FIGURE = re.compile(r"(-?\d+(?:,\d+)?) ?(\D*)")
_TEXT_FIELDS = ("where", "when", "number")
_FIRST_ROW = 3


def table(
    kind: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    title: str = "2021",
    sheet: str = "Blad",
    headings: Mapping[str, str] | None = None,
) -> Counts:
    """A table from rows of cells, the label first; "47 %" is a share, "- varav" a subline.

    A row with a label alone opens a section; one that begins with "=" is a total.
    """
    read: list[CountRow] = []
    section, parent = "", None
    for number, (label, *cells) in enumerate(rows, _FIRST_ROW):
        text = str(label or "")
        role = _role(text, any(cell is not None for cell in cells))
        if role == "section":
            section = text
        figures, texts = _cells(fields[1:], cells, sheet, number)
        inside = parent if role == "subline" else None
        ref = Ref(sheet, a1(number, 1))
        name = text.lstrip("=- ")
        read.append(CountRow(number, role, name, section, inside, figures, texts, ref))
        if role == "line":
            parent = len(read) - 1
    known = dict.fromkeys(fields, "") | dict(headings or {})
    return Counts(kind, sheet, (title,), Period.find(title), known, read)


def _role(text: str, is_filled: bool) -> str:
    if text.startswith("="):
        return "total"
    if text.startswith("- "):
        return "subline"
    return "line" if is_filled else "section"


def _cells(
    fields: Sequence[str], cells: Sequence[Cell], sheet: str, row: int
) -> tuple[dict[str, Figure], dict[str, str]]:
    figures, texts = {}, {}
    for column, (field, cell) in enumerate(zip(fields, cells, strict=False), 2):
        if cell is None:
            continue
        if field in _TEXT_FIELDS:
            texts[field] = str(cell)
            continue
        match = _FIGURE.fullmatch(str(cell).replace(".", ","))
        assert match, cell
        value = Fraction(match.group(1).replace(",", "."))
        whole = int(value) if value.denominator == 1 else value
        unit = match.group(2).strip()
        figures[field] = Figure(whole, decimals(value), unit, Ref(sheet, a1(row, column)))
    return figures, texts


def found(*tables: Counts, **more: object) -> list[Finding]:
    """What all rules about people say of one workbook with these tables."""
    return list(of_associations([Material(counts=tables, **more)]))  # type: ignore[arg-type]


def codes(*tables: Counts) -> list[tuple[str, str, str | None]]:
    """Severity, code and cell of each finding."""
    return [(finding.severity, finding.code, finding.cell) for finding in found(*tables)]


def participants(
    changes: Mapping[str, Sequence[Cell]] | None = None, title: str = "Deltagare 2021"
) -> Counts:
    """A sound table of participants: 60 in the year, 40 exits, 30 of them positive, 20 remain."""
    rows: dict[str, Sequence[Cell]] = {
        "Antal deltagare hela året": (None, None, 60, None),
        "- varav nya för året": (12, 13, 25, None),
        "Avslutats till positiv lösning": (16, 14, 30, "75 %"),
        "- varav till arbete": (7, 5, 12, "40 %"),
        "- varav till extratjänster": (2, 1, 3, "10 %"),
        "- varav till studier": (4, 5, 9, "30 %"),
        "- varav fortsatt rehabilitering": (2, 2, 4, "13 %"),
        "- varav saknar arbetsförmåga": (1, 1, 2, "7 %"),
        "Avbrott av hälsoskäl": (4, 2, 6, "15 %"),
        "Övriga avbrott": (2, 2, 4, "10 %"),
        "Antal kvar i verksamheten": (None, None, 20, None),
    }
    rows |= changes or {}
    fields = ["label", "women", "men", "all", "percent"]
    lines = [(label, *cells) for label, cells in rows.items()]
    return table("participants", fields, lines, title=title, sheet="Deltagare")


_PLATFORM_FIELDS = [
    "platform", "exits", "exits_women", "positive", "work", "work_women", "extra", "studies",
    "studies_women", "health", "health_women",
]  # fmt: skip


def platforms(
    changes: Mapping[str, Sequence[Cell]] | None = None, title: str = "Plattformar 2021"
) -> Counts:
    """Two sound platforms that come to the sound participants."""
    rows: dict[str, Sequence[Cell]] = {
        # 25 exits, 14 women; 20 positive: 8 work (5 women), 2 extra, 6 studies (3); 3 health (2)
        "Torget": (25, "56 %", "80 %", "40 %", "63 %", 2, "30 %", "50 %", "12 %", "67 %"),
        # 15 exits, 8 women; 10 positive: 4 work (2), 1 extra, 3 studies (1); 3 health (2)
        "Teamet Norrby": (15, "53 %", "67 %", "40 %", "50 %", 1, "30 %", "33 %", "20 %", "67 %"),
    }
    rows |= changes or {}
    lines = [(label, *cells) for label, cells in rows.items()]
    return table("platforms", _PLATFORM_FIELDS, lines, title=title, sheet="Plattformar")


def texts(*rows: Sequence[Cell], title: str = "Årsredovisning 2021") -> Counts:
    """Figures in running text: label, value, section, period."""
    return table(
        "text_figures", ["what", "value", "where", "when"], rows, title=title, sheet="Text"
    )
