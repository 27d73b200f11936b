"""What every function gives, case by case: one table that the tests of all hosts read.

A case is a function, the sort of case, its arguments and what must be shown. An argument is a
value or rows of values, ``None`` for an empty cell, :class:`Error` for a cell that shows an
error, :class:`Whole` for a whole column with values at its top. A result is a value, rows of
values, or the error as Swedish Excel shows it. Figures are worked by hand, or are the documents'.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

VALUE, NA, DIV0 = "#VÄRDEFEL!", "#SAKNAS!", "#DIVISION/0!"
SORTS = (
    "normal", "range", "blank", "text", "error", "zero", "negative", "unequal", "whole",
    "boolean", "date",
)  # fmt: skip
"""Each function has a case of each: numbers as texts, ranges of unequal size, whole columns."""
WHOLE_COLUMN = 65_536
"""So many rows are a whole column to the functions; Excel's has more."""
SHORTENED = 300
"""And so many where each cell takes long on its way to Python, and the functions are told."""
NEW_YEARS_EVE_2021 = 44561
"""Excel's number of 2021-12-31."""
A_DATE = "2021-12-31"


class Error(str):
    """An error in a cell, as English Excel writes it."""

    __slots__ = ()


class Whole(tuple[Any, ...]):
    """A whole column with these values at its top."""

    __slots__ = ()

    def rows(self, length: int = WHOLE_COLUMN) -> list[list[Any]]:
        """All of its rows."""
        return [[value] for value in self] + [[None]] * (length - len(self))


class Case(NamedTuple):
    """One call and what it gives."""

    function: str
    sort: str
    arguments: tuple[Any, ...]
    result: Any

    @property
    def name(self) -> str:
        """What the case is called in a list of tests."""
        return f"{self.function}-{self.sort}"


def down(*values: Any) -> list[list[Any]]:
    """A column."""
    return [[value] for value in values]


def along(*values: Any) -> list[list[Any]]:
    """A row."""
    return [list(values)]


BAD = Error("#DIV/0!")
POSTS = (0, 0, 0, 0, 0, 0, 0)
OFFICE = "Administration 30 %; Struktur 70 %"
SHARE = "Andel minst"
KEY_2021 = down(82.93, 5.13, 3.98, 3.74, 2.93, 1.29)
FEES_2021 = down(2359359, 145949, 113231, 106403, 83359, 36701)
NO_ERROR = "Cellen visar ett värde och inget fel."
_Cases = dict[str, list[tuple[tuple[Any, ...], Any]]]

_TABLE: dict[str, _Cases] = {
    "FINSAM_ANDEL": {
        "normal": [((247, 319), 247 / 319)],
        "range": [((down(247, 24), down(319, 26)), down(247 / 319, 12 / 13))],
        "blank": [((None, 5), None), ((5, None), None), ((5, "–"), None)],
        "text": [(("11 540", "23 080"), 0.5), (("5 tkr", "10 kr"), VALUE)],
        "error": [((BAD, 5), DIV0), ((down(1, BAD), down(2, 2)), down(0.5, DIV0))],
        "zero": [((0, 5), 0), ((5, 0), DIV0)],
        "negative": [((-5, 10), -0.5)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((1, 2)), Whole((4, 4))), down(0.25, 0.5))],
        "boolean": [((True, 2), VALUE)],
        "date": [((A_DATE, 5), VALUE)],
    },
    "FINSAM_AVGIFT": {
        "normal": [((KEY_2021, 2845000, "var för sig"), FEES_2021)],
        "range": [((along(50, 30, 20), 99), along(49, 30, 20))],
        "blank": [((down(1, 2), None), down(None, None)), ((down(1, None), 9), VALUE)],
        "text": [
            ((down("82 %", "18 %"), "100 kr"), down(82, 18)),
            ((down("82 %", 18), 100), VALUE),
            ((down(0.82, 18), 100), VALUE),
        ],
        "error": [((down(1, BAD), 100), DIV0)],
        "zero": [((down(2, 0, 1), 100), down(67, 0, 33)), ((down(0, 0), 100), VALUE)],
        "negative": [((down(1, -1), 100), VALUE)],
        "unequal": [((down(1, 2), down(1, 2)), VALUE)],
        "whole": [((Whole((50, 50)), 10), down(5, 5))],
        "boolean": [((down(True, 1), 10), VALUE)],
        "date": [((down(A_DATE, 1), 10), VALUE)],
    },
    "FINSAM_FINANSIERING": {
        "normal": [((11450, "kommuner"), 2862.5), ((11450, "stat"), 5725)],
        "range": [((down(11450, 11380), "region"), down(2862.5, 2845))],
        "blank": [((None, "stat"), None), ((5, None), VALUE)],
        "text": [(("11 450 tkr", "Staten"), 5725)],
        "error": [((BAD, "stat"), DIV0)],
        "zero": [((0, "stat"), 0)],
        "negative": [((-100, "stat"), -50)],
        "unequal": [((down(1, 2), down("stat", "stat", "region")), VALUE)],
        "whole": [((Whole((100, 200)), "stat"), down(50, 100))],
        "boolean": [((True, "stat"), VALUE)],
        "date": [((11450, "region", NEW_YEARS_EVE_2021), 2862.5), ((1, "stat", "nyss"), VALUE)],
    },
    "FINSAM_AVVIKELSE": {
        "normal": [((12610, 14040), 1430), ((11577, 11540, "intäkt"), 37)],
        "range": [((along(12610, 5), along(14040, 3)), along(1430, -2))],
        "blank": [((500, None), None), ((None, 500), None), ((500, "–"), None)],
        "text": [(("12 610", "14 040,5"), 1430.5)],
        "error": [((5, BAD), DIV0)],
        "zero": [((0, 5), 5)],
        "negative": [
            ((-216, -200), -16),
            ((-216, -200, "kostnad"), 16),
            ((-216, 200), VALUE),
            ((-216, 200, "resultat"), -416),
        ],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((1, 2)), Whole((4, 4))), down(3, 2))],
        "boolean": [((True, 2), VALUE)],
        "date": [((A_DATE, 5), VALUE)],
    },
    "FINSAM_AVVIKELSE_PROCENT": {
        "normal": [((7020, 14040), 50), ((11580, 12000, "intäkt"), -3.5)],
        "range": [((along(7020, 5), along(14040, 4)), along(50, -25))],
        "blank": [((500, None), None)],
        "text": [(("7 020", "14 040"), 50)],
        "error": [((5, BAD), DIV0)],
        "zero": [((0, 5), 100)],
        "negative": [((-216, -200), -8), ((-216, 200), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((1, 2)), Whole((4, 4))), down(75, 50))],
        "boolean": [((True, 2), VALUE)],
        "date": [((A_DATE, 5), VALUE)],
    },
    "FINSAM_FORANDRING": {
        "normal": [((99, 100), -0.01), ((5.25, 5), 0.05)],
        "range": [((down(99, 30), down(100, 20)), down(-0.01, 0.5))],
        "blank": [((99, None), None), ((None, 99), None)],
        "text": [(("99", "100"), -0.01)],
        "error": [((BAD, 5), DIV0)],
        "zero": [((0, 100), -1)],
        "negative": [((5, -5), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((1, 2)), Whole((4, 4))), down(-0.75, -0.5))],
        "boolean": [((True, 2), VALUE)],
        "date": [((A_DATE, 5), VALUE)],
    },
    "FINSAM_PROGNOS": {
        "normal": [((800, 8), 1200), ((800, 8, 1500, "återstående budget"), 1300)],
        "range": [((down(800, 400), 8), down(1200, 600))],
        "blank": [((None, 8), None), ((800, None), None)],
        "text": [(("800 tkr", "8"), 1200)],
        "error": [((BAD, 8), DIV0)],
        "zero": [((0, 8), 0), ((800, 0), VALUE)],
        "negative": [((-800, 8), -1200), ((800, -8), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((800, 400)), 8), down(1200, 600))],
        "boolean": [((True, 8), VALUE)],
        "date": [((A_DATE, 8), VALUE)],
    },
    "FINSAM_EGET_KAPITAL": {
        "normal": [((1959, along(-1020, 87, 39)), along(939, 1026, 1065))],
        "range": [((down(100, 200), [[10, 20], [30, 40]]), [[110, 130], [230, 270]])],
        "blank": [((None, along(1, 2)), along(None, None)), ((1, along(1, None)), along(2, None))],
        "text": [(("2 992", "−1 033"), 1959)],
        "error": [((5, along(1, BAD)), DIV0)],
        "zero": [((0, along(0, 5)), along(0, 5))],
        "negative": [((-5, along(-1, 2)), along(-6, -4))],
        "unequal": [((down(1, 2, 3), [[1, 2], [3, 4]]), VALUE)],
        "whole": [((100, Whole((1, 2))), down(101, 103))],
        "boolean": [((True, along(1, 2)), VALUE)],
        "date": [((A_DATE, along(1, 2)), VALUE)],
    },
    "FINSAM_TRAPPA": {
        "normal": [((11380,), 2057), ((15001,), NA), ((11_380_000,), VALUE)],
        "range": [((down(7000, 3752),), down(1400, 750.4))],
        "blank": [((None,), None)],
        "text": [(("11,38 mkr",), 2057)],
        "error": [((BAD,), DIV0)],
        "zero": [((0,), 0)],
        "negative": [((-1,), VALUE)],
        "unequal": [((down(1, 2), down(2021, 2021, 2021)), VALUE)],
        "whole": [((Whole((7000, 15000)),), down(1400, 2600))],
        "boolean": [((True,), VALUE)],
        "date": [((11380, NEW_YEARS_EVE_2021), 2057), ((11380, 2010), NA)],
    },
    "FINSAM_UTRYMME": {
        "normal": [((1959, 11450), 108.5), ((1800, 11380), 257)],
        "range": [((down(1959, 2992), down(11450, 11380)), down(108.5, -935))],
        "blank": [((None, 11380), None), ((1800, None), None)],
        "text": [(("1 800 tkr", "11,38 mkr"), 257)],
        "error": [((BAD, 11380), DIV0)],
        "zero": [((0, 7000), 1400)],
        "negative": [((-500, 7000), 1900), ((5, -7000), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((400, 600)), Whole((7000, 15000))), down(1000, 2000))],
        "boolean": [((True, 7000), VALUE)],
        "date": [((1800, 11380, NEW_YEARS_EVE_2021), 257)],
    },
    "FINSAM_SOLIDITET": {
        "normal": [((1800, 6540), 30 / 109)],
        "range": [((along(1, 3), along(4, 4)), along(0.25, 0.75))],
        "blank": [((None, 5), None)],
        "text": [(("1 800", "7 200"), 0.25)],
        "error": [((BAD, 5), DIV0)],
        "zero": [((0, 5), 0), ((5, 0), DIV0)],
        "negative": [((-654, 6540), -0.1)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((1, 2)), Whole((4, 4))), down(0.25, 0.5))],
        "boolean": [((True, 2), VALUE)],
        "date": [((A_DATE, 5), VALUE)],
    },
    "FINSAM_BALANSKRAV": {
        "normal": [
            ((down(-209941, *POSTS),), -209941),
            (
                (
                    down(-209941, 12000, 3000, -218941),
                    down("Årets resultat", "- Samtliga realisationsvinster",
                         "+ Realisationsförluster enligt undantag", "Balanskravsresultat"),
                ),
                -218941,
            ),
            ((down(5, 0, 0, 0, 0),), VALUE),
            ((down(-5, 3), down("Årets resultat", "Synnerliga skäl")), VALUE),
        ],
        "range": [((along(100, 40, 0, 0, 0, 0, 10, 0),), 50)],
        "blank": [((down(-209941, *[None] * 7),), -209941), ((down(None, *POSTS),), VALUE)],
        "text": [((down("100", "40 ", *POSTS[1:]),), 60)],
        "error": [((down(BAD, *POSTS),), DIV0)],
        "zero": [((down(0, *POSTS),), 0)],
        "negative": [((down(100, -40, *POSTS[1:]),), VALUE)],
        "unequal": [
            ((down(1, 2), down("Årets resultat", "Använt", "Mer")), VALUE),
            ((down(1, 2), "Årets resultat"), VALUE),
        ],
        "whole": [((Whole((100, 40)), Whole(("Årets resultat", "Realisationsvinster"))), 60)],
        "boolean": [((down(True, *POSTS),), VALUE)],
        "date": [((down(A_DATE, *POSTS),), VALUE)],
    },
    "FINSAM_KOSTNADSSLAG": {
        "normal": [((down(57, 1488), down("Administration", OFFICE), "Struktur"), 1041.6)],
        "range": [
            (
                (down(57, 1488), down("Administration", OFFICE), along("administration", "Struktur")),
                along(503.4, 1041.6),
            )
        ],
        "blank": [((down(57, None), down("Struktur", "Struktur"), "Struktur"), 57)],
        "text": [((down("57", "1 000"), down("Struktur", "Struktur"), "Struktur"), 1057)],
        "error": [((down(57, BAD), down("Struktur", "Struktur"), "Struktur"), DIV0)],
        "zero": [((down(0, 0), down("Struktur", "Struktur"), "Struktur"), 0)],
        "negative": [((down(-57, 7), down("Struktur", "Struktur"), "Struktur"), -50)],
        "unequal": [((down(1, 2), down("Struktur", "Struktur", "Struktur"), "Struktur"), VALUE)],
        "whole": [((Whole((57, 7)), Whole(("Struktur", "Struktur")), "Struktur"), 64)],
        "boolean": [((down(True, 1), down("Struktur", "Struktur"), "Struktur"), VALUE)],
        "date": [((down(1, A_DATE), down("Struktur", "Struktur"), "Struktur"), VALUE)],
    },
    "FINSAM_UPPNATT": {
        "normal": [
            ((SHARE, "80 %", 247, 319), False),
            ((SHARE, 0.8, 256, 319), True),
            (("Medelvärde minst", 3, 62, 20), True),
            (("Medelvärde minst", 3, 3.1, 20), VALUE),
            (("Minskning minst", "-1 %", 98, 100), True),
            (("Minskning minst", -0.01, 100.5, 100), False),
            (("Minskning minst", 0.01, 99.5, 100), False),
            (("Lägre än föregående år", None, "5,2 %", "5,4 %"), True),
            (("Lägre än föregående år", None, "5,2 %", 5.4), VALUE),
            (("Antal minst", 2, "50 %", None), VALUE),
        ],
        "range": [((SHARE, down(0.8, 0.9), down(8, 8), down(10, 10)), down(True, False))],
        "blank": [((None, None, None, None), None), ((SHARE, 0.8, None, None), NA)],
        "text": [((SHARE, "80 %", "256", "319"), True), (("Redovisad", None, "nej", None), False)],
        "error": [((SHARE, "80 %", BAD, 10), DIV0), ((SHARE, 0.8, Error("#N/A"), 10), NA)],
        "zero": [((SHARE, "80 %", 0, 0), NA), ((SHARE, "80 %", 0, 5), False)],
        "negative": [
            ((SHARE, "80 %", -1, 10), VALUE),
            (("Antal minst", -2, 0, None), VALUE),
            (("Könsskillnad högst", -20, 24, 26, 13, 16), VALUE),
        ],
        "unequal": [((SHARE, 0.8, down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((SHARE, 0.8, Whole((8, 7)), Whole((10, 10))), down(True, False))],
        "boolean": [(("Redovisad", None, True, None), True)],
        "date": [((SHARE, "80 %", A_DATE, 10), VALUE)],
    },
    "FINSAM_FATTAS": {
        "normal": [
            ((SHARE, "80 %", 247, 319), 9),
            (("Andel högst", "20 %", 3, 12), 1),
            (("Alla", None, 11, 12), 1),
            (("Antal minst", 4, 1, None), 3),
            ((SHARE, "80 %", 0.77, None), VALUE),
        ],
        "range": [((SHARE, down(0.8, 0.8), down(77, 80), down(100, 100)), down(3, 0))],
        "blank": [((None, None, None, None), None), ((SHARE, 0.8, None, None), NA)],
        "text": [((SHARE, "80 %", "247", "319"), 9), ((SHARE, 0.8, "Ej mätt", None), NA)],
        "error": [((SHARE, "80 %", BAD, 10), DIV0)],
        "zero": [((SHARE, "80 %", 0, 10), 8), ((SHARE, "80 %", 0, 0), NA)],
        "negative": [((SHARE, "80 %", -1, 10), VALUE)],
        "unequal": [((SHARE, 0.8, down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((SHARE, 0.8, Whole((8, 7)), Whole((10, 10))), down(0, 1))],
        "boolean": [((SHARE, 0.8, True, 10), NA)],
        "date": [((SHARE, "80 %", A_DATE, 10), VALUE)],
    },
    "FINSAM_IMPACTINDEX": {
        "normal": [
            ((down(10, 8, 5), down(True, False, None)), 500 / 9),
            ((down(11, 5), down(True, False)), VALUE),
            ((down(10, 20, 30, 40), down(True, False, True, False)), 40),
        ],
        "range": [((along(8, 2), along("Ja", "Nej")), 80)],
        "blank": [((down(8, 2), down(None, None)), NA), ((down(8, None), down(True, True)), VALUE)],
        "text": [((down("8", "2"), down("✔", "✘")), 80), ((down(8, 2), down("Ja", "–")), 100)],
        "error": [
            ((down(8, BAD), down(True, True)), DIV0),
            ((down(8, 2), down(True, Error("#N/A"))), 100),
        ],
        "zero": [((down(0, 2), down(True, True)), VALUE)],
        "negative": [((down(-8, 2), down(True, True)), VALUE)],
        "unequal": [((down(8, 2), down(True, True, True)), VALUE)],
        "whole": [((Whole((8, 2)), Whole((True, False))), 80)],
        "boolean": [((down(True, 2), down(True, True)), VALUE)],
        "date": [((down(8, 2), down(True, False), NEW_YEARS_EVE_2021), 80)],
    },
    "FINSAM_OMRADESINDEX": {
        "normal": [
            ((down(10, 8, 5, 4), down(True, False, True, True), down("A", "A", "B", "A"), "a"), 700 / 11),
            ((down(10, 8), down(True, False), down("1. Egenmakt", "2. Hälsa"), "Egenmakt"), 100),
            ((down(10, 8), down(True, False), down("1. Egenmakt", "2. Hälsa"), 2), 0),
            ((down(10, 8), down(True, False), down("A", "B"), "C"), VALUE),
        ],
        "range": [
            ((down(8, 2, 5), down(True, False, True), down("A", None, "B"), along("A", "B")),
             along(80, 100)),
        ],
        "blank": [((down(8, 2), down(True, True), down("A", "B"), None), None)],
        "text": [((down("8", "2"), down("Ja", "Nej"), down("A", "A"), "A"), 80)],
        "error": [((down(8, BAD), down(True, True), down("A", "A"), "A"), DIV0)],
        "zero": [((down(0, 2), down(True, True), down("A", "A"), "A"), VALUE)],
        "negative": [((down(-8, 2), down(True, True), down("A", "A"), "A"), VALUE)],
        "unequal": [
            ((down(8, 2), down(True, True), down("A", "A", "A"), "A"), VALUE),
            ((down(8, 2), down(True, True), "A", "A"), VALUE),
        ],
        "whole": [((Whole((8, 2)), Whole((True, False)), Whole(("A", "B")), "A"), 100)],
        "boolean": [((down(8, 2), down(True, False), down("A", "A"), True), VALUE)],
        "date": [((down(8, 2), down(True, False), down("A", "A"), "A", NEW_YEARS_EVE_2021), 80)],
    },
    "FINSAM_POANG": {
        "normal": [((8, True), 8), ((8, False), 0), ((11, True), VALUE), ((2.5, True), VALUE)],
        "range": [((down(8, 5, 4), down("Ja", "Nej", "Ej mätt")), down(8, 0, None))],
        "blank": [((8, None), None), ((None, True), VALUE)],
        "text": [(("8", "✓"), 8)],
        "error": [((BAD, True), DIV0), ((8, Error("#N/A")), None)],
        "zero": [((0, True), VALUE)],
        "negative": [((-8, True), VALUE)],
        "unequal": [((down(8, 5), down(True, True, True)), VALUE)],
        "whole": [((Whole((8, 5)), Whole((True, False))), down(8, 0))],
        "boolean": [((True, True), VALUE)],
        "date": [((8, True, NEW_YEARS_EVE_2021), 8)],
    },
    "FINSAM_GRADERAT_INDEX": {
        "normal": [
            ((down(10, 6), down("77 %", "80 %"), "80 %", SHARE), 3125 / 32),
            ((down(10, 6), down(77, 80), 80, SHARE), 3125 / 32),
            ((down(10, 6), down(77, 1), 80, SHARE), VALUE),
        ],
        "range": [((along(10, 10), along(0.4, 0.8), along(0.8, 0.8), along(SHARE, SHARE)), 75)],
        "blank": [((down(10, 6), down(None, None), 0.8, SHARE), NA)],
        "text": [((down("10", "6"), down("0,4", "Ej mätt"), "80 %", SHARE), 50)],
        "error": [((down(10, BAD), down(0.4, 0.4), 0.8, SHARE), DIV0)],
        "zero": [((down(10, 10), down(0, 0.8), 0.8, SHARE), 50)],
        "negative": [((down(-10, 6), down(0.4, 0.4), 0.8, SHARE), VALUE)],
        "unequal": [((down(10, 6), down(0.4, 0.4, 0.4), 0.8, SHARE), VALUE)],
        "whole": [((Whole((10, 10)), Whole((0.4, 0.8)), 0.8, SHARE), 75)],
        "boolean": [((down(10), down(True), None, "Redovisad"), 100)],
        "date": [((down(10, 10), down(0.4, 0.8), 0.8, SHARE, NEW_YEARS_EVE_2021), 75)],
    },
    "FINSAM_FARG": {
        "normal": [
            ((64,), "röd"), ((70,), "grön"), ((0.8,), VALUE), ((1,), VALUE), ((101,), VALUE),
            ((58, 60, 55), "orange"), ((58, 60, 65), VALUE), ((58, 0.6), VALUE),
        ],
        "range": [((down(64.4, 64.5, 69.5),), down("röd", "orange", "grön"))],
        "blank": [((None,), None)],
        "text": [(("69,5",), "grön"), (("80 %",), "grön")],
        "error": [((BAD,), DIV0)],
        "zero": [((0,), "röd")],
        "negative": [((-5,), VALUE)],
        "unequal": [((down(64, 70), down(70, 70, 70)), VALUE)],
        "whole": [((Whole((64, 70)),), down("röd", "grön"))],
        "boolean": [((True,), VALUE)],
        "date": [((64, None, None, NEW_YEARS_EVE_2021), "röd")],
    },
    "FINSAM_JAMN": {
        "normal": [((4, 6), True), ((81, 7), False), ((39, 61), False)],
        "range": [((down(4, 3), down(6, 7)), down(True, False))],
        "blank": [((None, 6), None)],
        "text": [(("4", "6", "40 %"), True)],
        "error": [((BAD, 6), DIV0)],
        "zero": [((0, 0), NA), ((0, 5), False)],
        "negative": [((-4, 6), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((4, 3)), Whole((6, 7))), down(True, False))],
        "boolean": [((True, 6), VALUE)],
        "date": [((4, 6, None, NEW_YEARS_EVE_2021), True)],
    },
    "FINSAM_KONSGAP": {
        "normal": [((24, 26, 13, 16), 1150 / 104)],
        "range": [((down(24, 1), down(26, 2), down(13, 1), down(16, 4)), down(1150 / 104, 25))],
        "blank": [((24, 26, None, 16), None)],
        "text": [(("1", "2", "1", "4"), 25)],
        "error": [((24, 26, BAD, 16), DIV0)],
        "zero": [((0, 26, 4, 16), 25), ((0, 0, 4, 16), NA)],
        "negative": [((-24, 26, 13, 16), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3), 1, 2), VALUE)],
        "whole": [((Whole((1, 1)), Whole((2, 4)), 1, 4), down(25, 0))],
        "boolean": [((True, 2, 1, 4), VALUE)],
        "date": [((A_DATE, 2, 1, 4), VALUE)],
    },
    "FINSAM_INTERVALL": {
        "normal": [((247, 319), along(0.725312888, 0.816748843))],
        "range": [((down(0, 12), down(12, 12)), [[0, 0.242494], [0.757506, 1]])],
        "blank": [((None, 12), along(None, None))],
        "text": [(("0", "12", "95 %"), along(0, 0.242494))],
        "error": [((BAD, 12), DIV0)],
        "zero": [((0, 0), NA), ((0, 12), along(0, 0.242494))],
        "negative": [((-1, 12), VALUE)],
        "unequal": [((down(1, 2), down(1, 2, 3)), VALUE)],
        "whole": [((Whole((0, 12)), Whole((12, 12))), [[0, 0.242494], [0.757506, 1]])],
        "boolean": [((True, 12), VALUE)],
        "date": [((0, 12, None, NEW_YEARS_EVE_2021), along(0, 0.242494))],
    },
    "FINSAM_TOPPSVAR": {
        "normal": [((along(1, 2, 10, 20, 7),), 0.925), ((along(1, 2, 10, 20, 7), 2), 0.675)],
        "range": [(([[1, 2, 10, 20, 7], [5, 5, 0, 0, 0]],), down(0.925, 0))],
        "blank": [((along(1, None, 3, 4),), None)],
        "text": [((along("1", "2", "3", "4"),), 0.9)],
        "error": [((along(1, 2, BAD, 4),), DIV0)],
        "zero": [((along(0, 0, 0, 0),), NA)],
        "negative": [((along(1, 2, -3, 4),), VALUE)],
        "unequal": [((along(1, 2, 3, 4), along(3, 3)), VALUE), ((along(1, 2, 3),), VALUE)],
        "whole": [((Whole((1, 2, 3, 4)),), 0.9)],
        "boolean": [((along(1, 2, True, 4),), VALUE)],
        "date": [((along(1, 2, 3, 4), None, NEW_YEARS_EVE_2021), 0.9)],
    },
    "FINSAM_SKALMEDEL": {
        "normal": [((along(0, 3, 6, 2),), 32 / 11)],
        "range": [(([[0, 0, 0, 5], [1, 0, 0, 1]],), down(4, 2.5))],
        "blank": [((along(1, None, 3, 4),), None)],
        "text": [((along("0", "0", "1", "1"),), 3.5)],
        "error": [((along(1, 2, BAD, 4),), DIV0)],
        "zero": [((along(0, 0, 0, 0),), NA)],
        "negative": [((along(1, 2, -3, 4),), VALUE)],
        "unequal": [((5,), VALUE)],
        "whole": [((Whole((0, 0, 1, 1)),), 3.5)],
        "boolean": [((along(1, 2, True, 4),), VALUE)],
        "date": [((along(1, 2, A_DATE, 4),), VALUE)],
    },
    "FINSAM_VARFOR": {
        "normal": [
            (("=FINSAM_TRAPPA(15001)",), "FINSAM_TRAPPA visar #SAKNAS!: regel saknas – fyll i"),
            (
                ("=AVRUNDA(FINSAM_TRAPPA(15001);0)",),
                "FINSAM_TRAPPA visar #SAKNAS!: regel saknas – fyll i",
            ),
        ],
        "range": [((down(1, 2),), VALUE)],
        "blank": [((None,), "Cellen är tom.")],
        "text": [(("5",), NO_ERROR)],
        "error": [
            ((Error("#NULL!"),),
             "Cellen visar #SKÄRNING!; ingen Finsam-funktion har gett det felet här."),
        ],
        "zero": [((0,), NO_ERROR)],
        "negative": [((-1,), NO_ERROR)],
        "unequal": [((along(1, 2),), VALUE)],
        "whole": [((Whole((1,)),), VALUE)],
        "boolean": [((True,), NO_ERROR)],
        "date": [((A_DATE,), NO_ERROR)],
    },
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Every case, in the order of the table."""
    for function, sorts in _TABLE.items():
        for sort, found in sorts.items():
            for arguments, result in found:
                yield Case(function, sort, arguments, result)


CASES = tuple(cases())
