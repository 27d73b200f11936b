"""Write the sheet Deltagare: the participants in total and the results per platform."""

from __future__ import annotations

from collections.abc import Mapping

from styles import PERCENT, Sheet, Styles, page, put, put_heading
from tables import number, percent, rows

_ASSOCIATION_COLUMNS = {
    "SUS": "code",
    "Kvinnor": "Kvinnor",
    "Män": "Män",
    "Totalt": "Totalt",
    "Procent": "Procent",
    "2020 antal": "2020 antal",
    "2020 procent": "2020 procent",
}
_PLATFORM_COLUMNS = {
    "Avslut och avbrott": "avslut_och_avbrott_antal",
    "varav kvinnor": "avslut_och_avbrott_kvinnor_pct",
    "Positiv lösning": "positiv_losning_pct",
    "Arbete": "arbete_pct",
    "Arbete, varav kvinnor": "arbete_kvinnor_pct",
    "Extratjänster": "extratjanster_antal",
    "Studier": "studier_pct",
    "Studier, varav kvinnor": "studier_kvinnor_pct",
    "Avbrott av hälsoskäl": "avbrott_halsoskal_pct",
    "Hälsoskäl, varav kvinnor": "avbrott_halsoskal_kvinnor_pct",
}


def write_participants(sheet: Sheet, styles: Styles) -> None:
    """Fill the sheet with the two tables, one below the other."""
    row = _write_association(sheet, styles, 0)
    _write_platforms(sheet, styles, row + 1)
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, len(_PLATFORM_COLUMNS), 14)
    page(sheet)


def _write_association(sheet: Sheet, styles: Styles, row: int) -> int:
    """Write the association's table and return the row after it."""
    put(sheet, row, 0, "Deltagare 2021, tabell 1", styles.get("title"))
    headings = ("Samordningsförbundet totalt", *_ASSOCIATION_COLUMNS)
    _write_headings(sheet, styles, row + 1, headings)
    row += 2
    for line in rows("deltagare-tabell-1"):
        is_part = line["level"] == "2" or line["line"].startswith("varav ")
        look = "indented" if is_part else "text"
        put(sheet, row, 0, line["line"], styles.get(look))
        _write_figures(sheet, styles, row, line, tuple(_ASSOCIATION_COLUMNS.values()))
        row += 1
    return row


def _write_platforms(sheet: Sheet, styles: Styles, row: int) -> None:
    """Write the platforms' table."""
    title = "Resultat per plattform 2021, bilaga 1 tabell 1"
    put(sheet, row, 0, title, styles.get("title"))
    _write_headings(sheet, styles, row + 1, ("Plattform", *_PLATFORM_COLUMNS))
    for line_row, line in enumerate(rows("bilaga-1-tabell-1-plattformar"), start=row + 2):
        put(sheet, line_row, 0, line["plattform"], styles.get("text"))
        _write_figures(sheet, styles, line_row, line, tuple(_PLATFORM_COLUMNS.values()))


def _write_headings(sheet: Sheet, styles: Styles, row: int, headings: tuple[str, ...]) -> None:
    """Write a heading row."""
    first_figure = 2 if "SUS" in headings else 1
    looks = [
        (heading, "count" if col >= first_figure else "text")
        for col, heading in enumerate(headings)
    ]
    put_heading(sheet, row, looks, styles)


def _write_figures(
    sheet: Sheet, styles: Styles, row: int, line: Mapping[str, str], columns: tuple[str, ...]
) -> None:
    """Write the figures of a line; blank stays blank."""
    for col, name in enumerate(columns, start=1):
        if not line[name]:
            continue
        if name == "code":
            put(sheet, row, col, line[name], styles.get("text"))
        elif name.lower().endswith(("procent", "_pct")):
            put(sheet, row, col, percent(line[name]), styles.get("count", PERCENT))
        else:
            put(sheet, row, col, number(line[name]), styles.get("count"))
