"""The functions offered in cells for equity, balanskrav and costs."""

from __future__ import annotations

from finsam_xl.calc import balanskrav
from finsam_xl.registry.economy_calls import (
    balanced_result,
    cost_of_class,
    equity_ceiling,
    ratio_of_equity,
    rolled_equity,
)
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Takes, left_out

EQUITY = (
    CellFunction(
        "FINSAM_EGET_KAPITAL",
        "Utgående eget kapital efter varje resultat, längs en rad eller ned en kolumn.",
        (
            Argument("ingående", Kind.AMOUNT, "Första årets ingående.", takes=Takes.WHOLE),
            Argument("resultat", Kind.AMOUNT, "Årens resultat i ordning.", takes=Takes.WHOLE),
        ),
        rolled_equity,
        Example(
            "=FINSAM_EGET_KAPITAL(1959; C5:E5)",
            (1959, [[-1020, 87, 39]]),
            ((939, 1026, 1065),),
        ),
        blank="Ingående eller ett tidigare resultat är tomt, och därefter vet man inget.",
        same_size=False,
    ),
    CellFunction(
        "FINSAM_TRAPPA",
        "Rekommenderat tak för eget kapital i tkr, efter medlemsavgifterna.",
        (
            Argument("avgifter", Kind.AMOUNT, "Årets medlemsavgifter i tkr.", unit="tkr"),
            left_out("datum", Kind.DATE, "Dagen vars regel gäller, eller ett år.", "årets regel"),
        ),
        equity_ceiling,
        Example("=FINSAM_TRAPPA(11380)", (11380,), 2057),
        dated=True,
    ),
    CellFunction(
        "FINSAM_SOLIDITET",
        "Eget kapital som andel av tillgångarna, av ett.",
        (
            Argument("eget_kapital", Kind.AMOUNT, "Eget kapital."),
            Argument("tillgångar", Kind.AMOUNT, "Alla tillgångar, i samma enhet."),
        ),
        ratio_of_equity,
        Example("=FINSAM_SOLIDITET(1800; 6540)", (1800, 6540), 1800 / 6540),
    ),
    CellFunction(
        "FINSAM_BALANSKRAV",
        "Balanskravsresultatet av åtta poster i ordning.",
        (
            Argument(
                "poster",
                Kind.AMOUNT,
                f"I ordning: {', '.join(balanskrav.POSTS.values())}; storlekar utan minus, "
                "utom årets resultat.",
                takes=Takes.WHOLE,
            ),
        ),
        balanced_result,
        Example(
            "=FINSAM_BALANSKRAV(C2:C9)",
            ([[-209941], [0], [0], [0], [0], [0], [0], [None]],),
            -209941,
        ),
    ),
    CellFunction(
        "FINSAM_KOSTNADSSLAG",
        "Vad en klass kostar, av belopp bredvid sina kostnadsslag.",
        (
            Argument("belopp", Kind.AMOUNT, "Radernas belopp.", takes=Takes.WHOLE),
            Argument(
                "slag",
                Kind.TEXT,
                "Radernas slag, ett eller delade: Administration 30 %; Struktur 70 %.",
                takes=Takes.WHOLE,
            ),
            Argument("klass", Kind.TEXT, "Klassen som ska summeras."),
        ),
        cost_of_class,
        Example(
            '=FINSAM_KOSTNADSSLAG(B2:B3; C2:C3; "Struktur")',
            (
                [[57], [1488]],
                [["Administration"], ["Administration 30 %; Struktur 70 %"]],
                "Struktur",
            ),
            1041.6,
        ),
        skips_heading=True,
    ),
)
"""In the order people look for them."""
