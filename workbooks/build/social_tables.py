"""The sheets with participants, replies, goals and benefits beside the social budget 2021."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from list_sheet import COUNT, SHARE, Block, Column, Line, columns, figure, write_list
from styles import Book, Cell, Styles
from tables import ASSOCIATION, percent, rows

_UNREAD_GRADES = "Måltexten till 5.1–5.3 är inte läsbar; namnen är bildade ur indikatorerna."
_BENEFITS_NOTES = (
    "Effektmål: andelen människor som har ersättning från det offentliga trygghetssystemet ska",
    "minska med 1 procent jämfört med föregående år per kommun, mätt i antalet helårsekvivalenter",
    "i förhållande till befolkning i arbetsför ålder (verksamhetsplan 2018–2020, avsnitt 7).",
    "En helårsekvivalent är en person som försörjs med full ersättning ett helt år. Antalen är",
    "inte tryckta och fylls i ur SCB:s statistik; riktningen är den som årsredovisningen anger.",
)


def add_social_tables(workbook: Book, styles: Styles) -> None:
    """Add the sheets in the order of the document, and the benefits after them."""
    _add_parties(workbook, styles)
    _add_interventions(workbook, styles)
    _add_replies(workbook, styles)
    _add_outcome(workbook, styles)
    _add_goals(workbook, styles)
    _add_benefits(workbook, styles)


def _add_parties(workbook: Book, styles: Styles) -> None:
    """Add bilaga 1 tabell 2: who referred how many, and how many were accepted."""
    shown = (
        Column("Part"),
        COUNT._replace(heading="Aktualiserade"),
        SHARE._replace(heading="Varav andel kvinnor"),
        COUNT._replace(heading="Fått ja i beredning"),
        SHARE._replace(heading="Andel som fått ja"),
    )
    lines = [
        (
            "Totalt" if row["is_total"] == "1" else row["part"],
            figure(row["aktualiserade"]),
            percent(row["kvinnor_pct"]),
            figure(row["ja_antal"]),
            percent(row["ja_pct"]),
        )
        for row in rows("bilaga-1-tabell-2-aktualiserande-parter")
    ]
    notes = (
        "Raden Totalt står i dokumentets tabellhuvud och är inte summan av raderna.",
        "*Annan kommun kan vara Kommunala aktivitetsansvaret, Hikikomori, Integration,",
        "utbildningsaktorer.",
    )
    head = ("Aktualiserande parter 2021, bilaga 1 tabell 2", ASSOCIATION, "")
    block = Block(shown, lines, notes=notes, total=True)
    write_list(workbook.add_worksheet("Aktualiserande parter"), styles, head, _wide(38, 4), [block])


def _add_interventions(workbook: Book, styles: Styles) -> None:
    """Add what bilaga 1 says of the special interventions, one after the other."""
    shown = (Column("Insats"), *columns(("Totalt", "Kvinnor", "Män"), COUNT))
    lines: list[Line] = []
    for name, group in groupby(rows("sarskilda-insatser"), key=itemgetter("insats")):
        lines.append(name)
        for row in group:
            counts = (figure(row[who]) for who in ("totalt", "kvinnor", "man"))
            lines.append((row["line"], *counts, row["unit"]))
    block = Block((*shown, Column("Enhet", "indented")), lines)
    head = ("Särskilda insatser 2021, bilaga 1", ASSOCIATION, "")
    widths = (58, 12, 12, 12, 18)
    write_list(workbook.add_worksheet("Särskilda insatser"), styles, head, widths, [block])


def _add_replies(workbook: Book, styles: Styles) -> None:
    """Add the shares that replied to the three questionnaires."""
    names = {
        "Deltagare vid avslut": "deltagarenkat_avslut_pct",
        "Chefer": "chefer_pct",
        "Medarbetare": "medarbetare_pct",
    }
    lines = [
        (row["enhet"], *(percent(row[name]) for name in names.values()))
        for row in rows("svarsfrekvens")
    ]
    block = Block((Column("Enhet"), *columns(names, SHARE)), lines)
    head = ("Svarsfrekvens i enkäterna 2021", ASSOCIATION, "")
    write_list(workbook.add_worksheet("Svarsfrekvens"), styles, head, _wide(38, 3), [block])


def _add_outcome(workbook: Book, styles: Styles) -> None:
    """Add tabell 3 and 4 of the annual report: how areas weigh, and who reached what."""
    weights = Block(
        (Column("Målområde"), *columns(("Ideal viktning", "Viktning 2021"), SHARE)),
        [
            (
                f"{row['area_id']}. {row['area']}",
                percent(row["ideal_viktning_pct"]),
                percent(row["viktning_2021_pct"]),
            )
            for row in rows("impactindex-tabell-3-viktning")
        ],
        "Tabell 3. Viktning av målområdena i den sociala budgeten",
    )
    names = ("Totalt", *(f"Målområde {area}" for area in range(1, 6)))
    outcome = Block(
        (Column("Enhet"), *columns(names, COUNT)),
        [
            (_ranked(row), *(figure(row[name]) for name in names))
            for row in rows("impactindex-tabell-4-utfall")
        ],
        "Tabell 4. Utfall i enlighet med Impactindex",
    )
    head = ("Uppföljning av strategiska mål 2021", ASSOCIATION, "")
    sheet = workbook.add_worksheet("Viktning och utfall")
    write_list(sheet, styles, head, _wide(38, 6), [weights, outcome], lying=True)


def _ranked(row: Mapping[str, str]) -> str:
    """Put the rank before a platform, as the document does."""
    return f"{row['rang']}. {row['enhet']}" if row["rang"] else row["enhet"]


def _add_goals(workbook: Book, styles: Styles) -> None:
    """Add the goals of the social budget and the parts of the indicator with several."""
    goals = Block(
        (Column("Nr"), Column("Mål"), COUNT._replace(heading="Antal indikatorer")),
        list(_goals()),
        "Mål per målområde, bilaga 4",
        (_UNREAD_GRADES,),
    )
    parts = Block(
        (
            Column("Nr"),
            Column("Avslutade till"),
            *columns(("Utfall antal", "Utfall av"), COUNT),
            SHARE._replace(heading="Procent"),
        ),
        [
            (
                row["indicator_id"],
                row["category"],
                figure(row["result_num"]),
                figure(row["result_den"]),
                percent(row["result_pct"]),
            )
            for row in rows("social-budget-delresultat")
            if row["result_num"]
        ],
        "Delresultat för indikator 1.2.4",
    )
    head = ("Mål i sociala budgeten 2021", ASSOCIATION, "")
    sheet = workbook.add_worksheet("Mål")
    write_list(sheet, styles, head, (8, 56, 13, 13, 13), [goals, parts])


def _goals() -> Iterator[Line]:
    """Give the goals below a heading for each area."""
    for area, group in groupby(rows("social-budget-mal"), key=itemgetter("area_id", "area")):
        yield " ".join(area)
        for row in group:
            yield (row["goal_id"], row["goal_short"], figure(row["antal_indikatorer"]))


def _add_benefits(workbook: Book, styles: Styles) -> None:
    """Add helårsekvivalenter per municipality; only the direction is printed."""
    per_year = [
        (f"Helårsekvivalenter {year}", f"Befolkning 20–64 år {year}", f"Andel {year}")
        for year in (2020, 2021)
    ]
    shown = [Column("Kommun")]
    for counted, population, share in per_year:
        shown += columns((counted, population), COUNT)
        shown.append(Column(share, "count", "0.00 %"))
    shown += (Column("Förändring", "count", "0.0 %"), SHARE._replace(heading="Mål"))
    shown.append(Column("Enligt årsredovisningen", "indented"))
    lines: list[tuple[Cell, ...]] = [
        (row["category"].removesuffix(" kommun"), *(None,) * 7, -0.01, row["direction"])
        for row in rows("social-budget-delresultat")
        if row["direction"]
    ]
    head = ("Helårsekvivalenter per kommun och år", ASSOCIATION, "")
    sheet = workbook.add_worksheet("Helårsekvivalenter")
    widths = (18, 21, 19, 12, 21, 19, 12, 12, 8, 25)
    write_list(
        sheet, styles, head, widths, [Block(shown, lines, notes=_BENEFITS_NOTES)], lying=True
    )


def _wide(first: float, count: int) -> tuple[float, ...]:
    """Give the widths of a column of names and of equal columns of figures."""
    return (first, *(15.0,) * count)
