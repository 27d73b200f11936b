"""Write the sheet Uppgifter i text: figures that the running text states, as printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from list_sheet import COUNT, Block, Column, figure, write_list
from styles import AMOUNT, HALF_AMOUNT, PERCENT, Book, Cell, Formula, Styles
from tables import document_rows
from text_sources import SOURCES

SHEET = "Uppgifter i text"
HEADINGS = ("Uppgift", "Värde", "Enhet", "År/Period", "Avsnitt", "Gäller")
_COLUMNS = (
    Column("Uppgift"),
    COUNT._replace(heading="Värde"),
    Column("Enhet", "indented"),
    Column("År/Period", "indented"),
    Column("Avsnitt", "indented"),
    COUNT._replace(heading="Gäller"),
)
_WIDTHS = (66, 11, 17, 22, 32, 13)

# Figures that are not of the document's own year or period.
_PERIODS: Mapping[str, Cell] = {
    "A21-04": "2021-12-31",
    "A21-07": "2021-01-01",
    "A21-27": "2021-12-31",
    "A21-52": "april 2018 – mars 2021",
    "A21-61": "2022-01-01",
    "A21-62": "2022-01-01",
    "A21-63": "2022-01-01",
    "A21-75": "våren 2021",
    "A21-76": "hösten 2021",
    "P18-05": "2014–2017",
    "P18-08": "hösten 2017",
    "T2-02": "augusti 2019",
    "T2-03": "augusti 2019",
    "T2-04": "augusti 2019",
    "T2-06": 2019,
    "T2-07": 2019,
    "T2-08": 2019,
    "T2-09": "årsskiftet 2018/2019",
    "T2-10": "2018-11-30",
    "T2-11": "årsskiftet 2019/2020",
    "T2-12": 2019,
    "T2-14": "maj–augusti 2019",
    "T2-13": "årsskiftet 2019/2020",
}


class Text(NamedTuple):
    """A document whose running text states figures, and which of them belong here."""

    source: str
    title: str
    period: Cell
    belongs: Callable[[Mapping[str, str]], bool] = bool


def add_text_figures(
    workbook: Book, styles: Styles, association: str, texts: Sequence[Text]
) -> None:
    """Add the sheet with one block per document."""
    blocks = [Block(_COLUMNS, _lines(text), text.title) for text in texts]
    head = ("Uppgifter i löpande text", association, "")
    write_list(workbook.add_worksheet(SHEET), styles, head, _WIDTHS, blocks, lying=True)


def _lines(text: Text) -> list[tuple[Cell, ...]]:
    """Give the figures of a document in the order of its text."""
    return [
        (
            row["item"],
            figure(row["value"]),
            row["unit"],
            _PERIODS.get(row["id"], text.period),
            row["section"],
            _source(row),
        )
        for row in document_rows(text.source)
        if text.belongs(row)
    ]


def _source(row: Mapping[str, str]) -> Cell:
    """What the figure is of, as a formula that fetches it from the tables of the workbook."""
    source = SOURCES.get(row["id"])
    if source is None:
        return None
    whole = AMOUNT if float(source.value).is_integer() else HALF_AMOUNT
    return Formula(source.formula, source.value, PERCENT if row["unit"] == "%" else whole)
