"""The columns of the tidy tables: their names, order and meaning, which programs rely on.

New columns are added last; none is renamed, moved or taken away.

>>> [column.name for column in FINDINGS][:4]
['file', 'severity', 'code', 'sheet']
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.records import NamedTuple


@unique
class Holds(StrEnum):
    """What a column holds: texts, '' where there is none, or numbers, with gaps."""

    TEXT = "text"
    NUMBER = "tal"


class Column(NamedTuple):
    """A column: its name in data, what it holds, and what that means, in Swedish.

    ``heading``: what it is called in files that people open, '' for one that stands in none.
    """

    name: str
    holds: Holds
    meaning: str
    heading: str = ""


FIGURES = (
    Column(
        "association",
        Holds.TEXT,
        "Förbundets namn, som boken eller bladet Finsam säger det.",
        "Förbund",
    ),
    Column("file", Holds.TEXT, "Arbetsboken, med mapp bara där två böcker heter lika.", "Fil"),
    Column("sheet", Holds.TEXT, "Bladet.", "Blad"),
    Column("table", Holds.TEXT, "Tabellens titel.", "Tabell"),
    Column("range", Holds.TEXT, "Tabellens område på bladet, till exempel A5:F38.", "Område"),
    Column("kind", Holds.TEXT, "Slag av tabell: budget, tertial, fees, social_budget …", "Slag"),
    Column("row", Holds.TEXT, "Radens namn, utan kod.", "Rad"),
    Column(
        "role",
        Holds.TEXT,
        "Vad raden är: line, subline, total, result, equity_close …",
        "Radens roll",
    ),
    Column("code", Holds.TEXT, "Projektkod eller nummer som står vid raden.", "Kod"),
    Column("section", Holds.TEXT, "Rubriken som raden står under.", "Avsnitt"),
    Column("parent", Holds.TEXT, "Raden som en varav-rad är en del av.", "Del av"),
    Column("side", Holds.TEXT, "income eller cost, i tabeller med intäkter och kostnader.", "Sida"),
    Column("column", Holds.TEXT, "Kolumnens rubrik, som den står.", "Kolumn"),
    Column(
        "field", Holds.TEXT, "Vad kolumnen håller: amount, women, total_number, index …", "Fält"
    ),
    Column(
        "period", Holds.TEXT, "År eller del av år: 2024, 2024-T2, 2024-05, 2005..2016.", "Period"
    ),
    Column(
        "scenario",
        Holds.TEXT,
        "budget, outcome, outcome_to_date, forecast, deviation …",
        "Siffrans slag",
    ),
    Column(
        "version",
        Holds.TEXT,
        "Vilken av flera budgetar: decided, revised, preliminary …",
        "Version",
    ),
    Column(
        "unit", Holds.TEXT, "Enhet för value: tkr, kr, mkr, %, st, index; tom om okänd.", "Enhet"
    ),
    Column(
        "value", Holds.NUMBER, "Siffran i sin egen enhet; procent som 82,5 och inte 0,825.", "Värde"
    ),
    Column(
        "value_kr",
        Holds.NUMBER,
        "Beloppet i kronor, med tabellens tecken; tomt för annat.",
        "Kronor",
    ),
    Column(
        "result_kr",
        Holds.NUMBER,
        "Samma sett från resultatet: intäkt plus, kostnad minus.",
        "Resultat, kronor",
    ),
    Column(
        "exact", Holds.TEXT, "value exakt, där ett flyttal inte räcker; annars tom.", "Exakt värde"
    ),
    Column("shown", Holds.TEXT, "Siffran som den står, på svenska.", "Som det står"),
    Column("cell", Holds.TEXT, "Cellen som siffran är läst i.", "Cell"),
    Column("source", Holds.TEXT, "typed (inskriven), formula (formel), ours (från oss).", "Källa"),
)
"""One row for each figure that was read."""
FINDINGS = (
    Column("file", Holds.TEXT, "Arbetsboken."),
    Column("severity", Holds.TEXT, "error, warning eller info."),
    Column("code", Holds.TEXT, "Fyndets kod; finsam-xl fynd KOD säger vad den betyder."),
    Column("sheet", Holds.TEXT, "Bladet; tomt för ett fynd om hela boken."),
    Column("cell", Holds.TEXT, "Cellen; tom för ett fynd om hela bladet eller boken."),
    Column("stated", Holds.NUMBER, "Vad som står, om det är ett tal."),
    Column("calculated", Holds.NUMBER, "Vad det räknades till, om det är ett tal."),
    Column("difference", Holds.NUMBER, "stated − calculated."),
    Column("message", Holds.TEXT, "Fyndet i en mening."),
    Column("also", Holds.TEXT, "Andra celler som det gäller, med mellanslag emellan."),
)
"""One row for each finding."""
