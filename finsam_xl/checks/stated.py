"""Figures in running text: what each is about, by the words of its label and section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from finsam_xl.labels import normalise
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.words import scenarios
from finsam_xl.words.people import people_of, sex

_NEW_YEAR = re.compile(r"-01-01$|^1 januari")
_NEUTRAL = re.compile(
    r"(?:bilaga|avsnitt|kapitel|kap|sida|sid|s|inledning|sammanfattning|förvaltningsberättelse"
    r"|[\d.:\-–]+| )*"
)
_UNITS = ("", "%", "st", "antal", "person", "personer", "deltagare")
_AIM = re.compile(r"^(?:mål|målvärde|krav|effektmål|resultatmål|volymmål)(?: |$)")
_KNOWN = frozenset({
    "till", "andel", "andelen", "antal", "av", "för", "året", "årets", "personer", "deltagare",
    "deltagaren", "i", "samverkan", "verksamheten", "förbundet", "totalt", "under", "en",
    "individen", "har", "som", "de", "den", "vid", "januari", "december", "per", "plattform",
    "lägsta", "högsta", "kvinnor", "män", "varav", "avslut", "avslutade", "avslutats", "avbrott",
    "positiv", "positiva", "lösning", "lösningar", "arbete", "studier", "hälsoskäl", "andra",
    "övriga", "orsaker", "skäl", "nya", "kvar", "omsättning", "genomströmning", "extratjänst",
    "extratjänster", "fått", "stöd", "rehabilitering", "fortsatt", "saknar", "arbetsförmåga",
    "och", "är", "hela", "alla", "summa",
})  # fmt: skip


class Said(NamedTuple):
    """A stated figure: its concept, its sex or '', 'lägsta', 'högsta' or '', and its period."""

    row: CountRow
    label: str
    figure: Figure
    concept: str
    sex: str
    extreme: str
    period: Period | None
    place: str
    """The words that may name a platform: those of the label and of the section."""


def figures(tables: Iterable[Counts]) -> Iterator[Said]:
    """The figures about participants whose label says nothing that is not understood."""
    for table in tables:
        for row, figure in table.column("value"):
            whole = table.rows[row.parent] if row.parent is not None else None
            label = f"{whole.label} {row.label}" if whole else row.label
            words = normalise(label)
            name = people_of(label)
            if name is None or figure.unit not in _UNITS:
                continue
            if _AIM.match(words) or scenarios.is_about(label):
                continue
            yield Said(
                row,
                label,
                figure,
                name,
                sex(label) or "",
                next((end for end in ("lägsta", "högsta") if end in words.split()), ""),
                period_of(table, row),
                f"{label} {row.texts.get('where', '')}",
            )


def is_plain(said: Said, unit: Iterable[str] = ()) -> bool:
    """Whether every word of the label is understood, those that name a unit aside."""
    words = normalise(said.label).replace("/", " ").split()
    others = {word for word in words if not word.strip(".").isdigit()} - _KNOWN - set(unit)
    return not others


def is_neutral(said: Said) -> bool:
    """Whether the section names no unit: a number, an appendix or nothing."""
    where = normalise(said.row.texts.get("where", ""))
    return _NEUTRAL.fullmatch(where) is not None


def platform_shares(tables: Iterable[Counts]) -> Iterator[tuple[str, Figure, str]]:
    """Shares of work, studies, positive solutions or health, and the words that name where."""
    for said in figures(tables):
        if (
            said.concept in ("work", "studies", "positive", "health")
            and said.figure.is_percent
            and not said.sex
            and not said.extreme
        ):
            yield said.concept, said.figure, said.place


def period_of(table: Counts, row: CountRow) -> Period | None:
    """The period of a row, else of its table; New Year's Day is the end of the year before."""
    when = row.texts.get("when", "")
    period = Period.find(when)
    if period is None:
        return table.period
    return Period(period.year - 1) if _NEW_YEAR.search(when.lower()) else period


def is_about(row: CountRow) -> bool:
    """Whether a label says that its figure is only roughly so."""
    return scenarios.is_about(row.label)
