"""The functions offered in cells for targets, the Impactindex and women and men."""

from __future__ import annotations

from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind, Takes, Zero, left_out
from finsam_xl.registry.goal_calls import (
    balanced,
    colour_of,
    gap,
    graded,
    interval,
    official_index,
    target_reached,
)

_WEIGHTS = Argument("vikter", Kind.AMOUNT, "Indikatorernas vikter.", takes=Takes.WHOLE)
_RULE = Argument(
    "regel", Kind.TEXT, "Till exempel Andel minst, Könsskillnad högst, Jämn könsfördelning."
)
_LIMIT = Argument("gräns", Kind.LIMIT, "Till exempel 80 %, 20 eller 40–60 %.")
_COUNT = Argument("antal", Kind.COUNT, "Hur många.")
_BASE = Argument("av", Kind.COUNT, "Av hur många.")

GOALS = (
    CellFunction(
        "FINSAM_UPPNATT",
        "SANT om målet är nått, annars FALSKT; #SAKNAS! när det inte är mätt.",
        (
            _RULE,
            _LIMIT,
            Argument("antal", Kind.MEASURED, "Hur många, kvinnor vid könsregler, eller ett ord."),
            Argument("av", Kind.COUNT, "Av hur många; förra året när regeln jämför."),
            Argument("antal2", Kind.COUNT, "Män vid könsregler.", optional=True),
            Argument("av2", Kind.COUNT, "Av hur många män.", optional=True),
        ),
        target_reached,
        Example(
            '=FINSAM_UPPNATT("Andel minst"; "80 %"; 247; 319)',
            ("Andel minst", "80 %", 247, 319),
            False,
        ),
        blank="Raden är tom.",
    ),
    CellFunction(
        "FINSAM_IMPACTINDEX",
        "Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga.",
        (
            _WEIGHTS,
            Argument(
                "uppnått",
                Kind.TRUTH,
                "SANT, FALSKT, Ja eller Nej; tomt, Ej mätt och #SAKNAS! räknas inte med.",
                takes=Takes.WHOLE,
                zero=Zero.UNSURE,
            ),
        ),
        official_index,
        Example(
            "=FINSAM_IMPACTINDEX(D2:D4; H2:H4)",
            ([[10], [8], [5]], [[True], [False], [None]]),
            500 / 9,
        ),
        skips_heading=True,
    ),
    CellFunction(
        "FINSAM_GRADERAT_INDEX",
        "Det graderade indexet: varje vikt efter hur långt mot sin gräns utfallet nådde.",
        (
            _WEIGHTS,
            Argument(
                "utfall",
                Kind.MEASURED,
                "Andel, antal eller medelvärde i gränsens enhet; vid jämn könsfördelning "
                "kvinnornas andel.",
                takes=Takes.WHOLE,
            ),
            _LIMIT._replace(takes=Takes.WHOLE),
            _RULE._replace(takes=Takes.WHOLE),
        ),
        graded,
        Example(
            '=FINSAM_GRADERAT_INDEX(D2:D4; F2:F4; "80 %"; "Andel minst")',
            ([[10], [6], [4]], [["77 %"], ["80 %"], ["Ej mätt"]], "80 %", "Andel minst"),
            3125 / 32,
        ),
        skips_heading=True,
    ),
    CellFunction(
        "FINSAM_FARG",
        "”grön”, ”orange” eller ”röd” efter det avrundade indexet.",
        (
            Argument("index", Kind.AMOUNT, "Indexet.", unit="index"),
            left_out("mål", Kind.AMOUNT, "Lägsta gröna index.", "regelns målindex", unit="index"),
            left_out(
                "nära",
                Kind.AMOUNT,
                "Lägsta orange index.",
                "regelns gräns för nära målet",
                unit="index",
            ),
        ),
        colour_of,
        Example("=FINSAM_FARG(64)", (64,), "röd"),
        dated=True,
    ),
    CellFunction(
        "FINSAM_JAMN",
        "SANT om inget kön är under gränsen.",
        (
            Argument("kvinnor", Kind.COUNT, "Antal kvinnor."),
            Argument("män", Kind.COUNT, "Antal män."),
            left_out(
                "gräns",
                Kind.SHARE,
                "Minsta andel för det kön som är minst: 40, 0,4 eller 40 %.",
                "regelns gräns",
            ),
        ),
        balanced,
        Example("=FINSAM_JAMN(4; 6)", (4, 6), True),
        dated=True,
    ),
    CellFunction(
        "FINSAM_KONSGAP",
        "Skillnaden mellan kvinnors och mäns andelar, i procentenheter, aldrig negativ.",
        (
            Argument("kvinnor", Kind.COUNT, "Antal kvinnor."),
            Argument("av_kvinnor", Kind.COUNT, "Av hur många kvinnor."),
            Argument("män", Kind.COUNT, "Antal män."),
            Argument("av_män", Kind.COUNT, "Av hur många män."),
        ),
        gap,
        Example("=FINSAM_KONSGAP(24; 26; 13; 16)", (24, 26, 13, 16), 100 * (24 / 26 - 13 / 16)),
    ),
    CellFunction(
        "FINSAM_INTERVALL",
        "Wilsonintervallet kring en andel: lägsta och högsta andel, av ett.",
        (
            _COUNT,
            _BASE,
            left_out(
                "säkerhet",
                Kind.SHARE,
                "Hur säkert intervallet ska vara: 0,95 eller 95 %.",
                "regelns säkerhet",
            ),
        ),
        interval,
        Example("=FINSAM_INTERVALL(247; 319)", (247, 319), ((0.725312888, 0.816748843),)),
        dated=True,
        pair=True,
    ),
)
"""In the order of a social budget's columns."""
