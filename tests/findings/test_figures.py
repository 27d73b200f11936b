"""Figures of findings with the unit that the sentence tells: real sentences of the checks."""

from __future__ import annotations

import pytest

from finsam_xl.findings.figures import figures
from finsam_xl.model import Finding, Ref

Said = float | str | None

TOLD: list[tuple[str, str, tuple[Said, Said], tuple[str | None, ...]]] = [
    (
        "the unit is told once",
        "Utgående 2021: det står 894 tkr, men 2 010 tkr (E15) med −1 146 tkr blir 864, skillnad 30.",
        (894, 864), ("894 tkr", "864 tkr", "30 tkr"),
    ),
    (
        "only the difference has it",
        "Summa kansli, budget 2019: 2 360 här men 2 210 i Tertial!B20. Skillnad 150 tkr.",
        (2360, 2210), ("2 360 tkr", "2 210 tkr", "150 tkr"),
    ),
    (
        "a share of percent that was cut off",
        "”Avslutade till arbete”: 18 % är nedrundat. 3 av 16 är 18,8 %. Avrunda till 19 %.",
        (18, 18.8), ("18,0 %", "18,8 %", "−0,8 %-enh."),
    ),
    (
        "a share held as a fraction",
        "”Näset”: det står 54 %, men 16 av 35 är 45,7 %. Rätta andelen.",
        (0.54, 0.46), ("54 %", "46 %", "8 %-enh."),
    ),
    (
        "another quantity has its own unit",
        "Förbundet: 29 % av 319 avslutade är 91–94 svar, men på de andra raderna 105–109.",
        (29, "105–109 svar"), ("29 %", "105–109 svar", None),
    ),
    (
        "the same amount in another unit",
        "Övriga intäkter är 123 tkr här men 124 308 kr i Resultat!C8. Skillnad −1,3 tkr.",
        (123, 124.308), ("123,0 tkr", "124,3 tkr", "−1,3 tkr"),
    ),
    (
        "as fine as the sentence",
        "Umeå kommun betalar 2 353 tkr, men nyckeln 82 ger 2 349,3, skillnad 3,7.",
        (2353, 2349.345417925478), ("2 353,0 tkr", "2 349,3 tkr", "3,7 tkr"),
    ),
    (
        "the points that an index is made of are no unit, nor is what equals the difference",
        "”Ordning”: indexet står som 53, men 4 av 9 % ger 44. Rätta det tal som är fel.",
        (53, 44), ("53", "44", "9"),
    ),
    (
        "persons are counted",
        "Alla insatser, Kvar 31 december 2025: det står 141, men de andra talen ger 147.",
        (141, 147), ("141", "147", "−6"),
    ),
    (
        "what the sentence does not tell is not shown",
        "Avgifterna hittills är 12/12 av årets, men 10 månader har gått.",
        (3672000, 3060000), (None, None, None),
    ),
    (
        "a bare number beside nothing",
        "Samordningsteamet Vindeln: 64 indikatorer är bedömda utan utfall i arbetsboken.",
        (64, None), (None, None, None),
    ),
    (
        "one amount with its unit",
        "En fjärdedel av 11 450 tkr är 2 862,5 tkr. Räkna i kronor, så går den att dela.",
        (11450, None), ("11 450 tkr", None, None),
    ),
    (
        "not of a formula",
        "33 är inskrivet, men I12 och I14 är formler. Skriv =B9*26%, som ger 26, om det ska.",
        (33, 26), ("33", "26", "7"),
    ),
    (
        "a text as it is", "Uppnått står som Ja, men utfallet för C1 ger Nej.",
        ("Ja", "Nej"), ("Ja", "Nej", None),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("message", "said", "shown"), [t[1:] for t in TOLD], ids=[t[0] for t in TOLD]
)
@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_figures_are_of_what_the_sentence_says(
    message: str, said: tuple[Said, Said], shown: tuple[str | None, ...], space: str
) -> None:
    """With whichever space stands before the unit; no-break spaces stand between thousands."""
    stated, calculated = said
    units = ("tkr", "kr", "%")
    for unit in units:
        message = message.replace(f" {unit}", f"{space}{unit}")
    message = "".join(
        "\u00a0" if sign == " " and _is_in_number(message, at) else sign
        for at, sign in enumerate(message)
    )
    odd = Finding.at(
        Ref("Blad", "B2"), "warning", "x", message, stated=stated, calculated=calculated
    )
    found = tuple(None if one is None else str(one).replace("\u00a0", " ") for one in figures(odd))
    assert found == shown


def _is_in_number(text: str, at: int) -> bool:
    """Whether a space parts thousands: three digits follow, and one stands before."""
    return (
        text[at - 1].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and len(text[at + 1 : at + 4]) == 3
    )
