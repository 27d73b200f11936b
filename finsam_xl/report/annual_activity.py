"""The sheet *Årsredovisning Verksamhet*: participants, platforms, referrals, measures, index."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.calc.impact_index import colour
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.money import swedish
from finsam_xl.report import annual_people as people
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Half, Halves, Item, Placed, Value, put
from finsam_xl.report.annual_figures import activity_answer, activity_figures
from finsam_xl.report.annual_flow import Report, flowed, on_paper
from finsam_xl.report.annual_people import referral_texts
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.report.story import link
from finsam_xl.sheetplan import BarChart, SheetPlan

NAME, OWNER = "Årsredovisning Verksamhet", "arsredovisning_verksamhet"
_VALUES = (10.0, 10.0, 10.0, 11.5, 10.0)
_WIDTHS = (36.0, *_VALUES, 10.0, 2.0, 34.0, *_VALUES)
_HALVES = Halves(Half(1, 6), Half(9, 5))
_LEFT, _RIGHT = _HALVES
_SPANS = ((1, 1), (2, 7), (9, 9), (10, 14))
_CHART, _LEAST_BARS = 150.0, 2
_EXITS = (
    ("exits", "Avslut och\navbrott"),
    ("exits_women", "Varav\nkvinnor"),
    ("positive", "Positiv\nlösning"),
    ("health", "Avbrott,\nhälsoskäl"),
    ("health_women", "Varav\nkvinnor"),
)
_SOLUTIONS = (
    ("work", "Arbete"),
    ("work_women", "Varav\nkvinnor"),
    ("extra", "Extra-\ntjänst, antal"),
    ("studies", "Studier"),
    ("studies_women", "Varav\nkvinnor"),
)
_REFERRALS = (
    ("referred", "Aktuali-\nserade"),
    ("women_share", "Varav\nkvinnor"),
    ("accepted", "Fått ja"),
    ("accepted_share", "Andel ja av\naktualiserade"),
)
_ANSWERS = (
    ("participants", "Deltagare\nvid avslut"),
    ("managers", "Chefer"),
    ("staff", "Medar-\nbetare"),
    ("board", "Styrelse"),
)
_UNIT = "\u00a0Enhet"
_MEASURES = (("women", "Kvinnor"), ("men", "Män"), ("all", "Totalt"), ("unit", _UNIT))


def build(annual: Annual) -> SheetPlan:
    """The sheet of an annual report that has tables of people or of the index."""

    def draw(sheet: ReportSheet) -> None:
        _participants(sheet, annual)
        _platforms(sheet, annual)
        _referrals(sheet, annual)
        _index(sheet, annual)
        _measures(sheet, annual)

    title = annual.titled("Årsredovisning", "verksamhet")
    report = Report(NAME, OWNER, title, _WIDTHS, "st", _SPANS)
    notes = list(_notes(annual))
    return on_paper(report, annual, activity_figures(annual), notes, draw, activity_answer(annual))


def _participants(sheet: ReportSheet, annual: Annual) -> None:
    """Who took part and where they went, with a chart of the kinds of solution."""
    table = annual.participants
    if table is None:
        return
    made = people.participants(table, annual.titled("Deltagare och avslut"))
    placed = put(sheet, ((_LEFT, made),), _CHART)
    if len(made) > 1:
        column = _column(made[1], "Andel")
        chart = _chart(sheet, made[1], placed, 1, column)
        if chart is not None:
            title = "Så fördelas de positiva lösningarna, andel av dem"
            sheet.charts.append(chart._replace(title=title))


def _column(made: Block, heading: str) -> int:
    """The number of the first column whose heading begins so, counted from the labels."""
    return next((n for n, text in enumerate(made.headings) if text.startswith(heading)), 0)


def _chart(
    sheet: ReportSheet, made: Block, placed: Placed, number: int, column: int
) -> BarChart | None:
    """Bars of a column of shares, in the right half."""
    found = [item.values[column - 1][0] for item in made.items if item.values]
    shares = [float(value) for value in found if isinstance(value, int | float)]
    if not column or len(shares) < max(_LEAST_BARS, len(made.items)):
        return None
    first = placed.rows[0][number]
    last = first + len(made.items) - 1
    told = [
        f"{item.label.strip()} {swedish(round(100 * share), 0, '%')}"
        for item, share in zip(made.items, shares, strict=True)
    ]
    return BarChart(
        title=made.title,
        alt_text=f"Liggande staplar: {', '.join(told)}",
        labels=(first, _LEFT.first, last, _LEFT.first),
        values=(first, _LEFT.first + column, last, _LEFT.first + column),
        colours=("",) * len(shares),
        target=None,
        row=placed.top,
        column=_RIGHT.first,
        size=sheet.chart_size(_RIGHT.first, _RIGHT.last, min(placed.height, 1.6 * _CHART)),
        highest=1.2 * max(shares),
        number=look.SWEDISH + "0 %",
    )


def _platforms(sheet: ReportSheet, annual: Annual) -> None:
    """Exits by platform, and beside them the solutions: each with the base of its shares."""
    table = annual.platforms
    if table is None:
        return
    left = people.block(
        table, annual.titled("Per plattform", "andel av avslut och avbrott"), _EXITS
    )
    right = people.block(table, "Per plattform, andel av positiva lösningar", _SOLUTIONS)
    _HALVES.put(sheet, (left,), (right,))


def _referrals(sheet: ReportSheet, annual: Annual) -> None:
    """Who referred and how many were given a yes; beside it the answers to the surveys."""
    left, right = [], []
    if annual.referrals is not None:
        said = referral_texts(annual.referrals)
        title = annual.titled("Aktualiserande parter", "antal")
        left.append(people.block(annual.referrals, title, _REFERRALS, *said))
    if annual.responses is not None:
        title = annual.titled("Svarsfrekvens i enkäterna", "andel som svarat")
        right.append(people.block(annual.responses, title, _ANSWERS))
    _HALVES.put(sheet, left, right)


def _index(sheet: ReportSheet, annual: Annual) -> None:
    """The index by unit and goal area, with colour and symbol, and the weights of the areas."""
    left, right = [], []
    if annual.units is not None:
        left.append(_units(annual, annual.units, _LEFT.columns))
    if annual.weights is not None:
        fields = (("ideal", "Ideal"), ("weight", "Viktning"))
        right.append(people.block(annual.weights, annual.titled("Målområdenas vikt"), fields))
    _HALVES.put(sheet, left, right)


def _units(annual: Annual, table: Counts, most: int) -> Block:
    areas = sorted(key for key in table.headings if key.startswith("area"))
    keys = ["all", *areas][:most]
    headings = [table.headings[key].replace("Målområde", "Mål-\nområde") for key in keys]
    rows = tuple(
        Item(
            row.label,
            tuple(_index_value(annual, row, key) for key in keys),
            look.total(look.LABEL, row.role == "total"),
            link(row.ref),
        )
        for row in table.rows
        if row.figures
    )
    return Block(annual.titled("Impactindex", "index 0–100"), ("", *headings), rows)


def _index_value(annual: Annual, row: CountRow, key: str) -> Value:
    one = row.figures.get(key)
    plain = look.total(look.FIGURE, row.role == "total")
    if one is None:
        return None, plain
    word = str(colour(one.value, target=annual.rules.target, near=annual.rules.near))
    return float(one.value), look.coloured(plain._replace(bold=key == "all"), word, symbol=True)


def _measures(sheet: ReportSheet, annual: Annual) -> None:
    """The special measures, over both halves."""
    if annual.measures is None:
        return
    made = people.block(annual.measures, annual.titled("Särskilda insatser"), _MEASURES)
    made = made._replace(texts=(made.headings.index(_UNIT),) if _UNIT in made.headings else ())
    for pieces in flowed(sheet, _RIGHT, made):
        _HALVES.put(sheet, pieces[:1], pieces[1:])


def _notes(annual: Annual) -> Iterator[str]:
    """What the figures mean and rest on."""
    yield (
        "Siffrorna är arbetsbokens egna; tomt är inte noll. Det som är räknat av programmet sägs "
        "under tabellerna. Radernas namn är länkar till källan."
    )
    if annual.participants is not None or annual.platforms is not None:
        yield (
            "Positiva lösningar och avbrott är andelar av alla avslut; arbete, studier och de "
            "andra slagen är andelar av de positiva lösningarna. Varav kvinnor är andel av antalet "
            "i kolumnen före."
        )
    if annual.units is not None:
        target, near = annual.rules.target, annual.rules.near
        yield (
            f"● når målet {swedish(target)}, ▲ nära: från {swedish(near)}, ▼ under. Indexet är "
            "det som står i källan; Rapport Impactindex räknar om det."
        )
