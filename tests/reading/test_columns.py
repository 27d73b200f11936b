"""What the columns of a table mean: forty offices' headings, with figures behind them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import pytest

from finsam_xl.model_budget import Amount
from finsam_xl.reading.columns import ColumnRead, RawColumn, read_columns
from finsam_xl.reading.pieces import Piece

YEAR = (2900, 1450, 725, 725, -1210, -310, -2905, -1004)
"""A year's figures of eight rows: fees, then costs."""


class Office(NamedTuple):
    """One office's table: headings (rows of a heading divided by /) and what they mean.

    ``figures``: a column each; letters stand for calculations from the columns before.
    ``meant``: scenario and period, '*' where anything but amounts that people state will do.
    """

    headings: Sequence[str]
    meant: Sequence[str]
    figures: Sequence[object] = ()
    titles: Sequence[str] = ()
    sheet: str = "Blad1"
    spans: Sequence[int] = ()


def pieces(heading: str, column: int, spans: int) -> tuple[Piece, ...]:
    """The cells of a heading, its rows divided by " / "; the first ``spans`` stand over several."""
    found = []
    for row, text in enumerate(heading.split(" / "), 4):
        if text:
            year = len(text) == 4 and text.isdigit()
            value = int(text) if year else text
            found.append(Piece(text, value, False, row - 4 < spans, row, column))
    return tuple(found)


def columns_of(office: Office) -> tuple[RawColumn, ...]:
    """The columns of a table, numbered from the sheet's second."""
    made: list[tuple[Amount, ...]] = []
    for number, heading in enumerate(office.headings):
        figures = office.figures[number] if number < len(office.figures) else 0.9 + number / 50
        made.append(_figures(figures, made))
        assert heading is not None
    spans = office.spans or [0] * len(made)
    return tuple(
        RawColumn(n + 2, pieces(heading, n + 2, spans[n]), made[n], False, ("",) * len(made[n]))
        for n, heading in enumerate(office.headings)
    )


def _figures(what: object, before: Sequence[tuple[Amount, ...]]) -> tuple[Amount, ...]:
    """A year's figures times a factor, none, or calculated: "b-a", "a/b", "a+b+c"."""
    if what is None:
        return (None,) * len(YEAR)
    if isinstance(what, int | float):
        odd = (0, 3, -2, 5, 1, -4, 7, -6)
        return tuple(
            round(amount * what) + (extra if what != 1 else 0)
            for amount, extra in zip(YEAR, odd, strict=True)
        )
    if isinstance(what, tuple):
        return what
    text = str(what)
    operator = next(sign for sign in "-/+" if sign in text)
    parts = [before["abcdefghijklmno".index(letter)] for letter in text.split(operator)]
    return tuple(_calculated(operator, row) for row in zip(*parts, strict=True))


def _calculated(operator: str, row: Sequence[Amount]) -> Amount:
    known = [amount or 0 for amount in row]
    if operator == "+":
        return sum(known)
    if operator == "-":
        return known[0] - known[1]
    return Fraction(round(Fraction(known[0], known[1]) * 1000), 1000)


def said(read: Sequence[ColumnRead]) -> list[str]:
    """Scenario and period of each column."""
    return [f"{one.scenario} {one.period or ''}".strip() for one in read]


def read(office: Office, above: Sequence[ColumnRead] = ()) -> tuple[ColumnRead, ...]:
    """What an office's columns are read as."""
    return read_columns(columns_of(office), office.titles, office.sheet, above)


OFFICES = {
    "bokslut och budget": Office(
        ["Bokslut 2023", "Budget 2024", "Prognos 2024", "Budget 2025"],
        ["outcome 2023", "budget 2024", "forecast 2024", "budget 2025"],
    ),
    "förkortningar med punkt": Office(
        ["Utf. -23", "Budg. -24", "Prog. -24", "Avv."],
        ["outcome 2023", "budget 2024", "forecast 2024", "deviation 2024"],
        [0.9, 1, 1.03, "c-b"],
        ["Uppföljning 2024"],
    ),
    "år i två siffror och enhet": Office(
        ["Utfall 23, tkr", "Budget 24, tkr", "Plan 25, tkr", "Plan 26, tkr"],
        ["outcome 2023", "budget 2024", "plan 2025", "plan 2026"],
    ),
    "apostrof": Office(["Bokslut '22", "Bokslut '23", "Budget '24"],
        ["outcome 2022", "outcome 2023", "budget 2024"]),
    "versaler och radbrytning": Office(
        ["ANTAGEN\nBUDGET 2025", "REVIDERAD\nBUDGET 2025", "FÖRÄNDRING"],
        ["budget 2025", "budget 2025", "other 2025"],
        [1, 1.02, "b-a"],
    ),
    "hopskrivna ord": Office(
        ["Helårsbudget", "Helårsprognos", "Budgetavvikelse", "Delårsutfall"],
        ["budget 2025", "forecast 2025", "deviation 2025", "outcome_to_date 2025-T2"],
        [1, 1.04, "b-a", 0.66],
        ["Delårsrapport per 2025-08-31"],
    ),
    "period och helår": Office(
        ["Periodbudget", "Periodutfall", "Avvikelse period", "Årsbudget", "Årsprognos"],
        ["budget_to_date 2025-01..2025-05", "outcome_to_date 2025-01..2025-05",
         "deviation 2025-01..2025-05", "budget 2025", "forecast 2025"],
        [0.42, 0.4, "b-a", 1, 1.01],
        ["Uppföljning januari–maj 2025"],
    ),
    "månader": Office(
        ["januari", "februari", "mars", "Ack.", "Budget helår", "Kvar"],
        ["outcome 2025-01", "outcome 2025-02", "outcome 2025-03", "outcome_to_date 2025-Q1",
         "budget 2025", "deviation 2025"],
        [0.08, 0.081, 0.083, "a+b+c", 1, "e-d"],
        ["Månadsuppföljning 2025"],
    ),
    "månader i budget": Office(
        ["jan", "feb", "mar", "apr", "Summa"],
        ["budget 2025-01", "budget 2025-02", "budget 2025-03", "budget 2025-04",
         "budget_to_date 2025-T1"],
        [0.08, 0.081, 0.083, 0.08, "a+b+c+d"],
        ["Budget 2025 per månad"],
    ),
    "månad med år": Office(
        ["jan-24", "feb-24", "mar-24", "Totalt"],
        ["outcome 2024-01", "outcome 2024-02", "outcome 2024-03", "outcome_to_date 2024-Q1"],
        [0.08, 0.081, 0.083, "a+b+c"],
        ["Utfall per månad"],
    ),
    "kvartal": Office(
        ["Kv 1", "Kv 2", "Kv 3", "Kv 4", "Helår 2026"],
        ["budget 2026-Q1", "budget 2026-Q2", "budget 2026-Q3", "budget 2026-Q4", "budget 2026"],
        [0.25, 0.26, 0.24, 0.25, "a+b+c+d"],
        ["Kvartalsbudget"],
    ),
    "kvartal ackumulerat": Office(
        ["Budget 2025", "Utfall t.o.m. kv 3", "Förbrukat %", "Prognos"],
        ["budget 2025", "outcome_to_date 2025-01..2025-09", "percent 2025", "forecast 2025"],
        [1, 0.74, "b/a", 0.99],
    ),
    "ensamt kvartal som visar sig vara ackumulerat": Office(
        ["Budget 2025", "Utfall Q3"],
        ["budget 2025", "outcome_to_date 2025-01..2025-09"],
        [1, 0.76],
    ),
    "ensamt kvartal": Office(
        ["Budget 2025", "Utfall Q3"], ["budget 2025", "outcome 2025-Q3"], [1, 0.24]
    ),
    "tertial var för sig": Office(
        ["Utfall T1", "Utfall T2", "Utfall T3", "Utfall 2024"],
        ["outcome 2024-T1", "outcome 2024-05..2024-08", "outcome 2024-09..2024-12",
         "outcome 2024"],
        [0.3, 0.35, 0.33, "a+b+c"],
    ),
    "tertial efter hand": Office(
        ["Budget 2024", "Utfall T1", "Utfall T2"],
        ["budget 2024", "outcome_to_date 2024-T1", "outcome_to_date 2024-T2"],
        [1, 0.3, 0.65],
    ),
    "första tertialet": Office(
        ["Budget", "Utfall första tertialet", "Återstår av budget"],
        ["budget 2025", "outcome_to_date 2025-T1", "deviation 2025"],
        [1, 0.3, "a-b"],
        ["Samordningsförbundet 2025"],
    ),
    "prognoser från två tillfällen": Office(
        ["Budget 2025", "Prognos april", "Prognos augusti", "Avvikelse prognos augusti"],
        ["budget 2025", "forecast 2025", "forecast 2025", "deviation 2025"],
        [1, 1.02, 1.05, "c-a"],
    ),
    "utfall och prognos i månader": Office(
        ["Utfall jan", "Utfall feb", "Utfall mar", "Prognos apr", "Prognos maj", "Prognos jun",
         "Halvår 1"],
        ["outcome 2025-01", "outcome 2025-02", "outcome 2025-03", "forecast 2025-04",
         "forecast 2025-05", "forecast 2025-06", "* 2025-01..2025-06"],
        [0.08, 0.081, 0.083, 0.08, 0.08, 0.08, "a+b+c+d+e+f"],
        ["Likviditet 2025"],
    ),
    "halvår": Office(
        ["Budget 2025", "Utfall första halvåret", "Prognos hela året"],
        ["budget 2025", "outcome_to_date 2025-01..2025-06", "forecast 2025"],
    ),
    "åtta månader": Office(
        ["Utfall (8 mån)", "Budget (8 mån)", "Budget 2025 (12 mån)"],
        ["outcome_to_date 2025-T2", "budget_to_date 2025-T2", "budget 2025"],
    ),
    "datum": Office(
        ["2024-12-31", "2023-12-31"], ["outcome 2024", "outcome 2023"], [],
        ["Balansräkning"],
    ),
    "datum inom året": Office(
        ["Per 31/8 2025", "Per 31/8 2024"],
        ["outcome_to_date 2025-T2", "outcome_to_date 2024-T2"], [], ["Balansrapport"],
    ),
    "räkenskapsår": Office(
        ["2024-01-01–2024-12-31", "2023-01-01–2023-12-31"], ["outcome 2024", "outcome 2023"], [],
        ["Resultaträkning"],
    ),
    "år över tre kolumner": Office(
        ["2024 / Budget", "2024 / Utfall", "2024 / Avvikelse",
         "2023 / Budget", "2023 / Utfall", "2023 / Avvikelse"],
        ["budget 2024", "outcome 2024", "deviation 2024",
         "budget 2023", "outcome 2023", "deviation 2023"],
        [1, 0.97, "b-a", 0.95, 0.93, "e-d"],
        spans=[1] * 6,
    ),
    "slag över år": Office(
        ["Utfall / 2023", "Utfall / 2024", "Budget / 2025", "Plan / 2026", "Plan / 2027"],
        ["outcome 2023", "outcome 2024", "budget 2025", "plan 2026", "plan 2027"],
        spans=[1, 1, 0, 1, 1],
    ),
    "tre rader": Office(
        ["Prognos / helår / 2025", "Budget / förslag / 2026", "Plan / ej beslutad / 2027",
         "Plan / ej beslutad / 2028"],
        ["forecast 2025", "budget 2026", "plan 2027", "plan 2028"],
        spans=[0, 0, 2, 2],
    ),
    "period över slag": Office(
        ["Jan–aug 2025 / Budget", "Jan–aug 2025 / Utfall", "Jan–aug 2025 / Avvikelse",
         "Helår 2025 / Budget", "Helår 2025 / Prognos", "Helår 2025 / Avvikelse"],
        ["budget_to_date 2025-T2", "outcome_to_date 2025-T2", "deviation 2025-T2",
         "budget 2025", "forecast 2025", "deviation 2025"],
        [0.66, 0.63, None, 1, 1.01, None],
        spans=[1] * 6,
    ),
    "bara år, avslutat": Office(
        ["2024", "2023"], ["outcome 2024", "outcome 2023"], [], ["Not 3 Personalkostnader"]
    ),
    "bara år i en budget": Office(
        ["2026", "2027", "2028"], ["budget 2026", "budget 2027", "budget 2028"], [],
        ["Budget 2026–2028"],
    ),
    "år utan ord bredvid budget": Office(
        ["2023", "2024", "Budget 2025", "Plan 2026"],
        ["outcome 2023", "outcome 2024", "budget 2025", "plan 2026"],
    ),
    "föregående år": Office(
        ["Utfall jan-aug 2025", "Samma period föregående år", "Budget 2025"],
        ["outcome_to_date 2025-T2", "outcome_to_date 2024-T2", "budget 2025"],
    ),
    "fjolåret": Office(
        ["Budget 2025", "Utfall 2025", "Fg år", "Förändr. %"],
        ["budget 2025", "outcome 2025", "outcome 2024", "percent 2025"],
        [1, 0.97, 0.95, None],
    ),
    "platser": Office(
        ["Kansli", "Team Öst", "Team Väst", "Totalt"],
        ["budget 2026"] * 4,
        [0.2, 0.3, 0.4, "a+b+c"],
        ["tkr", "Budget 2026 per enhet"],
    ),
    "platser i utfall": Office(
        ["Kansli", "Team Öst", "Team Väst", "Utfall 2024", "Budget 2024"],
        ["outcome 2024", "outcome 2024", "outcome 2024", "outcome 2024", "budget 2024"],
        [0.2, 0.3, 0.4, "a+b+c", 0.95],
    ),
    "tillägg": Office(
        ["Ursprunglig budget", "Tilläggsbudget", "Gällande budget", "Utfall", "Avvikelse"],
        ["budget 2025", "other 2025", "budget 2025", "outcome 2025", "deviation 2025"],
        [1, 0.02, "a+b", 1.01, "d-c"],
        ["Bokslut 2025"],
    ),
    "felstavat": Office(
        ["Bugdet 2025", "Utfal 2025", "Avikelse", "Pronos 2025"],
        ["budget 2025", "outcome 2025", "deviation 2025", "forecast 2025"],
        [1, 0.97, "b-a", 1.01],
    ),
    "okänd rubrik som räknas": Office(
        ["Budget 2025", "Utfall 2025", "Zorp", "Blipp"],
        ["budget 2025", "outcome 2025", "deviation 2025", "percent 2025"],
        [1, 0.97, "b-a", "b/a"],
    ),
    "engelska": Office(
        ["Approved budget 2025", "Actual YTD Apr 2025", "Remaining", "Full-year forecast"],
        ["budget 2025", "outcome_to_date 2025-T1", "deviation 2025", "forecast 2025"],
        [1, 0.34, "a-b", 0.98],
    ),
    "norska": Office(
        ["Regnskap 2023", "Vedtatt budsjett 2024", "Revidert budsjett 2024", "Prognose 2024",
         "Avvik"],
        ["outcome 2023", "budget 2024", "budget 2024", "forecast 2024", "deviation 2024"],
        [0.95, 1, 1.02, 1.01, None],
    ),
    "utfall minus budget": Office(
        ["Budget 2024", "Utfall 2024", "Budget minus utfall"],
        ["budget 2024", "outcome 2024", "deviation 2024"],
        [1, 0.97, None],
    ),
    "hjälpkolumner": Office(
        ["Konto", "Ansvarig nr", "Budget 2025", "Utfall 2025"],
        ["other", "other", "budget 2025", "outcome 2025"],
        [(3010, 3020, 3030, 3040, 5010, 5020, 5030, 5040), (1, 1, 2, 2, 3, 3, 4, 4), 1, 0.97],
    ),
    "avgifter": Office(
        ["Folkmängd 16–64 år 2024-12-31", "Andel, %", "Avgift 2026", "Avgift 2025"],
        ["key *", "share 2026", "budget 2026", "budget 2025"],
        [(100, 200, 300, 400, 1000, None, None, None), (10, 20, 30, 40, 100, None, None, None),
         (11, 22, 33, 44, 110, None, None, None), (12, 19, 34, 41, 106, None, None, None)],
        ["Medlemsavgifter"],
    ),
    "mkr och procent": Office(
        ["Budget / mkr", "Utfall / mkr", "Utfall / % av budget"],
        ["budget 2025", "outcome 2025", "percent 2025"],
        [1, 0.97, "b/a"],
        ["Bokslut 2025"],
        spans=[0, 1, 1],
    ),
    "beslutsdatum är inget år": Office(
        ["Antagen 2024-11-28", "Reviderad 2025-03-20", "Utfall"],
        ["budget 2025", "budget 2025", "outcome 2025"],
        [],
        ["Utskrivet 2026-01-15", "Verksamhetsåret 2025"],
    ),
    "verksamhetsplan": Office(
        ["VP 2025", "VP 2026", "VP 2027"], ["plan 2025", "plan 2026", "plan 2027"]
    ),
    "beräknat": Office(
        ["Budgeterat utfall 2025", "Prognostiserat utfall 2025", "Utfall 2024"],
        ["budget 2025", "forecast 2025", "outcome 2024"],
    ),
    "läsår": Office(
        ["Utfall 23/24", "Utfall 24/25"], ["outcome 2023..2024", "outcome 2024..2025"]
    ),
    "summa av år": Office(
        ["2023 Utfall", "2024 Budget", "2025 Budget", "2023-2025 Summa"],
        ["outcome 2023", "budget 2024", "budget 2025", "other 2023..2025"],
        [0.9, 1, 1.1, "a+b+c"],
    ),
    "år och månad i siffror": Office(
        ["Utfall 202408", "Utfall 202308", "Budget 2024"],
        ["outcome 2024-08", "outcome 2023-08", "budget 2024"],
        [0.08, 0.08, 1],
    ),
    "period i siffror": Office(
        ["Utfall 202401-202408", "Budget 202401-202408"],
        ["outcome_to_date 2024-T2", "budget_to_date 2024-T2"],
    ),
    "bokstäver": Office(
        ["Budget 2025 (A)", "Utfall 2025 (B)", "Avvikelse (A-B)"],
        ["budget 2025", "outcome 2025", "deviation 2025"],
        [1, 0.97, "a-b"],
    ),
    "delat med": Office(
        ["Budget 2025", "Utfall 2025", "Utfall ./. budget", "Utfall/budget %"],
        ["budget 2025", "outcome 2025", "deviation 2025", "percent 2025"],
        [1, 0.97, "b-a", "b/a"],
    ),
    "månad och ackumulerat": Office(
        ["Utfall mån", "Budget mån", "Avv mån", "Utfall ack", "Budget ack", "Avv ack", "Årsbudget"],
        ["outcome 2025-08", "budget 2025-08", "deviation 2025-08", "outcome_to_date 2025-T2",
         "budget_to_date 2025-T2", "deviation 2025-T2", "budget 2025"],
        [0.08, 0.085, None, 0.64, 0.66, None, 1],
        ["Månadsrapport augusti 2025"],
    ),
    "titelns år och fjolårets prognos": Office(
        ["Prognos 2025", "Budget"], ["forecast 2025", "budget 2026"], [],
        ["Verksamhetsplan och budget 2026"],
    ),
    "jan-dec": Office(
        ["Budget jan-dec", "Utfall jan-aug", "Rest sep-dec"],
        ["budget 2025", "outcome_to_date 2025-T2", "deviation 2025"],
        [1, 0.64, "a-b"], ["Uppföljning 2025"],
    ),
    "slag sist": Office(
        ["Helår 2025 budget", "Helår 2025 prognos", "Jan-aug 2025 utfall", "Jan-aug 2025 budget"],
        ["budget 2025", "forecast 2025", "outcome_to_date 2025-T2", "budget_to_date 2025-T2"],
    ),
    "årets": Office(
        ["Årets budget", "Årets utfall", "Föregående års utfall"],
        ["budget 2025", "outcome 2025", "outcome 2024"], [], ["Bokslut 2025"],
    ),
    "netto": Office(
        ["Utfall / Intäkter", "Utfall / Kostnader", "Utfall / Netto",
         "Budget / Intäkter", "Budget / Kostnader", "Budget / Netto", "Avvikelse netto"],
        ["outcome 2025", "outcome 2025", "outcome 2025",
         "budget 2025", "budget 2025", "budget 2025", "deviation 2025"],
        [1, 0.4, "a-b", 0.97, 0.42, "d-e", None],
        ["Projekt 2025"], spans=[1, 1, 1, 1, 1, 1, 0],
    ),
    "engelska kvartal": Office(
        ["Q1 Budget", "Q1 Actual", "Q1 Var", "Q2 Budget", "Q2 Actual", "Q2 Var"],
        ["budget 2025-Q1", "outcome 2025-Q1", "deviation 2025-Q1",
         "budget 2025-Q2", "outcome 2025-Q2", "deviation 2025-Q2"],
        [0.25, 0.24, "b-a", 0.26, 0.25, "e-d"], ["Quarterly follow-up 2025"],
    ),
    "delårsbokslut": Office(
        ["Delårsbokslut 2025-08-31", "Delårsbokslut 2024-08-31", "Budget 2025"],
        ["outcome_to_date 2025-T2", "outcome_to_date 2024-T2", "budget 2025"],
    ),
    "prognoser med nummer": Office(
        ["Prognos 1 (mars)", "Prognos 2 (juni)", "Förändring prognos"],
        ["forecast 2025", "forecast 2025", "other 2025"], [1, 1.02, "b-a"], ["2025, tkr"],
    ),
    "kronor och procent under avvikelse": Office(
        ["Budget 2025 /", "Utfall 2025 /", "Avvikelse / kr", "Avvikelse / %"],
        ["budget 2025", "outcome 2025", "deviation 2025", "percent 2025"],
        [1, 0.97, "b-a", None], spans=[0, 0, 1, 1],
    ),
    "flera budgetar i följd": Office(
        ["Bokslut 2023", "Bokslut 2024", "Budget 2025", "Förändring budget-bokslut"],
        ["outcome 2023", "outcome 2024", "budget 2025", "other 2025"],
        [0.9, 0.95, 1, "c-b"],
    ),
    "versaler i bokstäver": Office(
        ["U24", "B25", "B26"], ["outcome 2024", "budget 2025", "budget 2026"], [],
        ["Internbudget 2026"],
    ),
    "hittills i år": Office(
        ["Hittills i år", "Budget hittills i år", "Budget 2025"],
        ["outcome_to_date 2025-T1", "budget_to_date 2025-T1", "budget 2025"], [0.3, 0.32, 1],
        ["Utfall t.o.m. april 2025"],
    ),
    "från och med": Office(
        ["Utfall fr.o.m. 1 jan t.o.m. 30 sep 2025", "Budget 2025"],
        ["outcome_to_date 2025-01..2025-09", "budget 2025"],
    ),
    "beslut i titeln": Office(
        ["Budget", "Prognos", "Budget 2024 enl beslut 2023-11-20"],
        ["budget 2025", "forecast 2025", "budget 2024"], [],
        ["Fastställd av styrelsen 2024-11-20", "Budget 2025, antagen 2024-11-20"],
    ),
    "utan rubrik": Office([""], ["outcome 2024"], [], ["Kassaflödesanalys 2024"]),
    "en okänd amount bland kända": Office(
        ["Budget 2025", "Utfall 2025", "Kommentarsnivå"],
        ["budget 2025", "outcome 2025", "other *"],
        [1, 0.97, (1, 2, 1, 3, 2, 1, 1, 2)],
    ),
    "åtgång": Office(
        ["Årsbudget 2025", "Upparbetat", "Upparbetat %", "Disponibelt"],
        ["budget 2025", "* 2025*", "percent 2025", "deviation 2025"],
        [1, 0.5, "b/a", "a-b"],
    ),
}  # fmt: skip


def _is_meant(got: str, meant: str) -> bool:
    if "*" not in meant:
        return got == meant
    scenario, _, period = meant.partition(" ")
    one, _, when = got.partition(" ")
    return scenario.rstrip("*") in (one, "") and when.startswith(period.rstrip("*"))


@pytest.mark.parametrize("name", OFFICES)
def test_offices(name: str) -> None:
    """Every column of every office."""
    office = OFFICES[name]
    got = said(read(office))
    wrong = [
        (heading, meant, one)
        for heading, meant, one in zip(office.headings, office.meant, got, strict=True)
        if not _is_meant(one, meant)
    ]
    assert not wrong
