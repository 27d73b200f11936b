"""The sheet *Årsredovisning Verksamhet*: participants, platforms, referrals, measures, index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from finsam_xl.calc.impact_index import colour
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.money import swedish
from finsam_xl.report import annual_people as people
from finsam_xl.report import annual_small as small
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Item, Value, notes, pieces
from finsam_xl.report.annual_charts import Bars, bars
from finsam_xl.report.annual_people import BESIDE, MOST_COLUMNS, Field
from finsam_xl.report.annual_people_figures import activity_answer, activity_figures
from finsam_xl.report.annual_people_texts import of_referrals
from finsam_xl.report.annual_sheet import Top, begun
from finsam_xl.report.annual_tables import Annual, Part, told
from finsam_xl.report.flow import put
from finsam_xl.report.story import link
from finsam_xl.sheetplan import SheetPlan

NAME, OWNER = "Årsredovisning Verksamhet", "arsredovisning_verksamhet"
_WIDTHS = (19.5, 10.4, *(9.8,) * MOST_COLUMNS)
_OF = ": antal och andel av "
_WOMEN = "Varav kvinnor"
_EXITS = (
    ("exits", "Avslut och avbrott"),
    ("exits_women", _WOMEN),
    ("positive", "Positiv lösning"),
    ("health", "Avbrott, hälsoskäl"),
    ("health_women", _WOMEN),
)
_SOLUTIONS = (
    ("work", "Arbete"),
    ("work_women", _WOMEN),
    ("extra", "Extratjänst, antal"),
    ("studies", "Studier"),
    ("studies_women", _WOMEN),
)
_REFERRALS = (
    ("referred", "Aktualiserade"),
    ("women_share", _WOMEN),
    ("accepted", "Fått ja"),
    ("accepted_share", "Andel ja av aktualiserade"),
)
_ANSWERS = (
    ("participants", "Deltagare vid avslut"),
    ("managers", "Chefer"),
    ("staff", "Medarbetare"),
    ("board", "Styrelse"),
)
_MEASURES = (("women", "Kvinnor"), ("men", "Män"), ("all", "Totalt"), ("unit", f"{BESIDE}Enhet"))
_WEIGHTS = (("ideal", "Ideal"), ("weight", "Viktning"))
_AREA = "area"


def build(annual: Annual) -> SheetPlan:
    """The sheet of an annual report that has tables of people or of the index."""
    top = Top(
        annual.titled("Årsredovisning", "verksamhet"),
        activity_answer(annual),
        activity_figures(annual),
        annual.activity_faults,
    )
    sheet = begun(annual, top, _WIDTHS)
    content = [*_participants(annual), *_blocks(annual)]
    blocks = [one for one in content if isinstance(one, Block)]
    drawn = (pieces(sheet, one) if isinstance(one, Block) else bars(sheet, *one) for one in content)
    put(sheet, [*chain.from_iterable(drawn), *notes(sheet, [*_notes(annual, blocks)])])
    return sheet.plan(NAME, OWNER)


def _participants(annual: Annual) -> Iterator[Block | Bars]:
    """Who took part and where they went, with a chart of the kinds of solution."""
    part = Part.PARTICIPANTS
    for table in annual.activity.get(part, ()):
        if not people.says_exits(table):
            yield from people.counted_blocks(annual, table)
            continue
        title = annual.named("Deltagare och avslut", table, part)
        first, second = people.participants(annual, table, title)
        yield first
        if second is not None:
            yield second
            shares = people.kinds(table, annual.fewest)
            yield Bars("Så fördelas de positiva lösningarna, procent", shares)


def _blocks(annual: Annual) -> Iterator[Block]:
    """The tables that follow on that of the participants."""
    for table in annual.activity.get(Part.PEOPLE, ()):
        yield from people.counted_blocks(annual, table)
    for fields, base in ((_EXITS, "avslut och avbrott"), (_SOLUTIONS, "positiva lösningar")):
        yield from _simple(annual, Part.PLATFORMS, "Per plattform", fields, f"andel av {base}")
    for table in annual.activity.get(Part.REFERRALS, ()):
        title = f"{annual.named('Aktualiserande parter', table, Part.REFERRALS)}, antal"
        said = tuple(of_referrals(table, annual.fewest))
        yield people.block(annual, table, title, _REFERRALS, said)
    title = "Svarsfrekvens i enkäterna"
    yield from _simple(annual, Part.RESPONSES, title, _ANSWERS, "andel som svarat")
    for table in annual.activity.get(Part.UNITS, ()):
        yield _units(annual, table)
    yield from _simple(annual, Part.WEIGHTS, "Målområdenas vikt", _WEIGHTS)
    yield from _simple(annual, Part.MEASURES, "Särskilda insatser", _MEASURES)


def _simple(
    annual: Annual, part: Part, title: str, fields: Sequence[Field], *more: str
) -> Iterator[Block]:
    for table in annual.activity.get(part, ()):
        if people.fields_of(table, fields):
            whole = ", ".join((annual.named(title, table, part), *more))
            yield people.block(annual, table, whole, fields)


def _units(annual: Annual, table: Counts) -> Block:
    """The index by unit and goal area, with colour and symbol."""
    areas = sorted(key for key in table.headings if key.startswith(_AREA))
    keys = [key for key in ("all", *areas) if key in table.headings][:MOST_COLUMNS]
    headings = [annual.areas.get(key.removeprefix(_AREA), table.headings[key]) for key in keys]
    rows = [row for row in table.rows if row.figures]
    items = tuple(
        Item(
            row.label,
            tuple(_index_value(annual, row, key) for key in keys),
            look.total(look.LABEL, row.role == "total"),
            link(row.ref),
        )
        for row in rows
    )
    title = f"{annual.named('Impactindex', table, Part.UNITS)}, index 0–100"
    places = (row.figures[key].ref for row in rows for key in keys if key in row.figures)
    return Block(title, ("", *headings), items, tuple(told(annual.wrong, places)))


def _index_value(annual: Annual, row: CountRow, key: str) -> Value:
    one = row.figures.get(key)
    plain = look.total(look.FIGURE, row.role == "total")
    if one is None:
        return None, plain
    word = str(colour(one.value, target=annual.rules.target, near=annual.rules.near))
    return float(one.value), look.coloured(plain._replace(bold=key == "all"), word, symbol=True)


def _notes(annual: Annual, blocks: Sequence[Block]) -> Iterator[str]:
    """What the figures that are there mean and rest on."""
    yield (
        "Siffrorna är arbetsbokens egna; tomt är inte noll. Det som är räknat av programmet sägs "
        "under tabellerna. Radernas namn är länkar till källan."
    )
    values = [value for one in blocks for item in one.items for value in item.values]
    parts = annual.activity.keys()
    if Part.PLATFORMS in parts or any(_OF in one.title for one in blocks):
        yield (
            "Positiva lösningar och avbrott är andelar av alla avslut; arbete, studier och de "
            "andra slagen är andelar av de positiva lösningarna."
        )
    if any(_WOMEN in one.headings for one in blocks):
        yield "Varav kvinnor är andel av antalet i kolumnen före."
    few = small.told(annual.fewest)
    if any(value == few for value, _ in values):
        yield (
            f"Andelar av färre än {swedish(annual.fewest)} personer skrivs ut som ”{few}”, för att "
            "ingen ska kunna pekas ut. Gränsen ändras på bladet Finsam."
        )
    if any(look.SYMBOLS["röd"] in text for one in blocks for text in one.notes):
        yield "Siffror som ser fel ut har ▼, och det sägs under tabellen."
    if Part.UNITS in parts:
        target, near = annual.rules.target, annual.rules.near
        yield (
            f"Impactindex: ● når målet {swedish(target)}, ▲ nära: från {swedish(near)}, ▼ under. "
            "Indexet är det som står i källan; Rapport Impactindex räknar om det."
        )
