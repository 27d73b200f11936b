"""The headings that tables of people, shares and stated figures are known by."""

from __future__ import annotations

from typing import NamedTuple

from finsam_xl.labels import Headings


class Spec(NamedTuple):
    """One kind of table: its headings, those it must have, how many at least, its label's field.

    ``label`` is '' where the labels stand under a heading of the office's own, left of the rest.
    """

    kind: str
    name: str
    headings: Headings
    required: frozenset[str]
    least: int
    label: str


def _spec(
    kind: str, name: str, label: str, required: str, least: int, **fields: tuple[str, ...]
) -> Spec:
    return Spec(kind, name, Headings(fields), frozenset(required.split()), least, label)


_UNIT = ("enhet", "plattform", "verksamhet", "team", "samverkansplattform")
SPECS = (
    _spec(
        "text_figures", "uppgifter i text", "what", "what value", 3,
        what=("uppgift", "uppgifter"), value=("värde", "tal", "siffra"), unit=("enhet",),
        when=("år/period", "år", "period"), where=("avsnitt", "kapitel", "sida"),
    ),
    _spec(
        "platforms", "plattformar", "platform", "platform exits", 4,
        platform=_UNIT,
        exits=("avslut och avbrott", "avslut", "avslutade", "antal avslut"),
        exits_women=("varav kvinnor", "andel kvinnor", "avslut varav kvinnor"),
        positive=("positiv lösning", "till positiv lösning"),
        work=("arbete", "till arbete"), work_women=("arbete varav kvinnor",),
        extra=("extratjänster", "extratjänst"),
        studies=("studier", "till studier"), studies_women=("studier varav kvinnor",),
        health=("avbrott av hälsoskäl", "hälsoskäl"),
        health_women=("hälsoskäl varav kvinnor", "avbrott av hälsoskäl varav kvinnor"),
    ),
    _spec(
        "referrals", "aktualiserande parter", "party", "party referred", 3,
        party=("part", "aktualiserande part", "remitterande part", "aktualiserande parter"),
        referred=("aktualiserade", "antal aktualiserade", "aktualiseringar"),
        women_share=("varav andel kvinnor", "andel kvinnor", "varav kvinnor"),
        accepted=("fått ja i beredning", "fått ja", "antal ja", "ja"),
        accepted_share=("andel som fått ja", "andel ja", "andel fått ja"),
    ),
    _spec(
        "responses", "svarsfrekvens", "unit", "unit", 3,
        unit=_UNIT,
        participants=("deltagare vid avslut", "deltagare", "deltagarenkät"),
        managers=("chefer",), staff=("medarbetare",), board=("styrelse", "styrelsen"),
    ),
    _spec(
        "index_overview", "index i översikt", "unit", "unit all area1", 4,
        unit=_UNIT, all=("totalt", "impactindex", "index totalt"),
        area1=("målområde 1",), area2=("målområde 2",), area3=("målområde 3",),
        area4=("målområde 4",), area5=("målområde 5",),
    ),
    _spec(
        "weights", "viktning", "area", "area ideal weight", 3,
        area=("målområde", "område"), ideal=("ideal viktning", "idealviktning"),
        weight=("viktning", "faktisk viktning", "viktning utfall"),
    ),
    _spec(
        "cost_split", "kostnadsfördelning", "class", "class amount percent", 3,
        **{"class": ("kostnadsindelning", "kostnadsslag", "klass")},
        amount=("belopp i tkr", "belopp i kr", "belopp", "kostnad"),
        percent=("procent", "andel", "%"),
    ),
    _spec(
        "cost_classes", "fördelning av kostnadsrader", "line", "line class", 3,
        line=("rad", "kostnadsrad"), **{"class": ("klass", "kostnadsslag")},
        share=("andel", "andel av raden"),
    ),
    _spec(
        "equivalents", "helårsekvivalenter", "municipality", "municipality equivalents", 3,
        municipality=("kommun",), equivalents=("helårsekvivalenter",),
        population=("befolkning 20-64 år", "befolkning 20-64", "befolkning"),
        share=("andel", "andel av befolkningen"), change=("förändring",), goal=("mål",),
        stated=("enligt årsredovisningen", "riktning", "utfall"),
    ),
    _spec(
        "participants", "deltagare", "", "women men all", 3,
        women=("kvinnor", "varav kvinnor"), men=("män", "varav män"),
        all=("totalt", "alla", "samtliga", "antal"), percent=("procent", "andel", "%"),
        count=("antal deltagare", "antal personer"), unit=("enhet",),
    ),
    _spec(
        "goals", "mål", "goal", "goal", 2,
        goal=("mål", "strategiskt mål", "förbundets mål"), number=("nr", "målnummer"),
        area=("målområde",),
        indicator=("indikator", "utförande/aktiviteter", "aktiviteter", "mäts genom"),
        audience=("målgrupp",), questions=("frågor",), rule=("regel",), limit=("gräns",),
        unit=("enhet",), order=("viktordning",), responsible=("ansvarig",),
        outcome=("utfall",), judgement=("bedömning", "betyg"), indicators=("antal indikatorer",),
        platform=("plattform",),
    ),
)  # fmt: skip
BY_KIND = {spec.kind: spec for spec in SPECS}
KINDS = frozenset(BY_KIND)
"""The kinds of table that are read as rows of figures under known headings."""


def may_occur(texts: frozenset[str]) -> bool:
    """Whether a sheet's texts hold all the headings that some kind must have."""
    return any(spec.required <= spec.headings.known(texts) for spec in SPECS)
