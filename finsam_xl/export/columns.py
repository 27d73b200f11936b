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
    """A column: its name in every format, what it holds, and what that means, in Swedish."""

    name: str
    holds: Holds
    meaning: str


FIGURES = (
    Column("association", Holds.TEXT, "Förbundets namn, som boken eller bladet Finsam säger det."),
    Column("file", Holds.TEXT, "Arbetsboken, med mapp bara där två böcker heter lika."),
    Column("sheet", Holds.TEXT, "Bladet."),
    Column("table", Holds.TEXT, "Tabellens titel."),
    Column("range", Holds.TEXT, "Tabellens område på bladet, till exempel A5:F38."),
    Column("kind", Holds.TEXT, "Slag av tabell: budget, tertial, fees, social_budget …"),
    Column("row", Holds.TEXT, "Radens namn, utan kod."),
    Column("role", Holds.TEXT, "Vad raden är: line, subline, total, result, equity_close …"),
    Column("code", Holds.TEXT, "Projektkod eller nummer som står vid raden."),
    Column("section", Holds.TEXT, "Rubriken som raden står under."),
    Column("parent", Holds.TEXT, "Raden som en varav-rad är en del av."),
    Column("side", Holds.TEXT, "income eller cost, i tabeller med intäkter och kostnader."),
    Column("column", Holds.TEXT, "Kolumnens rubrik, som den står."),
    Column("field", Holds.TEXT, "Vad kolumnen håller: amount, women, total_number, index …"),
    Column("period", Holds.TEXT, "År eller del av år: 2024, 2024-T2, 2024-05, 2005..2016."),
    Column("scenario", Holds.TEXT, "budget, outcome, outcome_to_date, forecast, deviation …"),
    Column("version", Holds.TEXT, "Vilken av flera budgetar: decided, revised, preliminary …"),
    Column("unit", Holds.TEXT, "Enhet för value: tkr, kr, mkr, %, st, index; tom om okänd."),
    Column("value", Holds.NUMBER, "Siffran i sin egen enhet; procent som 82,5 och inte 0,825."),
    Column("value_kr", Holds.NUMBER, "Beloppet i kronor, med tabellens tecken; tomt för annat."),
    Column("result_kr", Holds.NUMBER, "Samma sett från resultatet: intäkt plus, kostnad minus."),
    Column("exact", Holds.TEXT, "value exakt, där ett flyttal inte räcker; annars tom."),
    Column("shown", Holds.TEXT, "Siffran som den står, på svenska."),
    Column("cell", Holds.TEXT, "Cellen som siffran är läst i."),
    Column("source", Holds.TEXT, "typed (inskriven), formula (formel), ours (från oss)."),
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
