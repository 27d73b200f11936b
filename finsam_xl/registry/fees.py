"""The functions for shares and member fees, each as it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import cast

from finsam_xl import policy
from finsam_xl.calc import fees, shares
from finsam_xl.errors import InputError
from finsam_xl.model_budget import Known
from finsam_xl.money import Exact, Terms, as_written
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import (
    DATE,
    Argument,
    CellFunction,
    Example,
    Kind,
    Takes,
    left_out,
)
from finsam_xl.registry.one_cell import Percent
from finsam_xl.registry.ranges import Block
from finsam_xl.words.parties import Party

Part = Exact | Terms | CellError | None


def part_of_whole(part: Terms | None, whole: Terms | None) -> Part:
    """0 as the whole is an error, a blank leaves the answer blank."""
    if part is None or whole is None:
        return None
    if not whole[0]:
        return CellError(ErrorKind.DIV0, "Hela är 0, så det finns ingen andel. Rätta det hela.")
    return shares.terms(part, whole)


ANDEL = CellFunction(
    "FINSAM_ANDEL",
    "Delens andel av det hela, av ett.",
    (
        Argument("del", Kind.AMOUNT, "Delen.", in_terms=True),
        Argument("hela", Kind.AMOUNT, "Det hela, i samma enhet.", in_terms=True),
    ),
    part_of_whole,
    Example("=FINSAM_ANDEL(247; 319)", (247, 319), 247 / 319),
)


def member_fees(keys: Block, pot: Known | None, rounding: str | None) -> Block | CellError:
    """A fee for every key, in the keys' rows and columns."""
    if not keys.is_line:
        raise InputError("Nyckeln ska stå i en rad eller en kolumn.")
    if pot is None:
        return keys._replace(cells=[None] * len(keys.cells))
    how = rounding or fees.Rounding.LARGEST_REMAINDER
    if how == fees.Rounding.LARGEST_REMAINDER and pot.denominator != 1:
        raise InputError(
            f"Potten {as_written(pot)} är inte hela enheter, så hela avgifter kan inte bli den.",
            remedy="Räkna i kronor, skriv vad de betalar tillsammans, eller välj ”var för sig”.",
        )
    return keys._replace(cells=fees.whole_fees(_of_one_scale(keys.cells), pot, how))


def _of_one_scale(keys: Sequence[Known | Percent | None]) -> Sequence[Known | None]:
    """The keys as numbers of one scale: per cent and other numbers are not added up."""
    if Percent in {*map(type, keys)}:
        if any(not isinstance(key, Percent) and key is not None and key >= 1 for key in keys):
            raise _two_scales()
        return [key.value / 100 if isinstance(key, Percent) else key for key in keys]
    numbers = cast("Sequence[Known | None]", keys)
    small = [number for number in numbers if number is not None and 0 < number < 1]
    if small:
        # 0,82 and 18 are a hundred per cent in two scales; 0,82 of 100 is one small key.
        others = [number for number in numbers if number is not None and not 0 < number < 1]
        large = sum((Fraction(number) for number in others if number >= 1), Fraction(0))
        if others and sum(small, large / 100) == 1:
            raise _two_scales()
    return numbers


def _two_scales() -> InputError:
    return InputError(
        "Nyckeln blandar procent och andra tal.",
        remedy="Skriv alla i procent, eller alla som tal.",
    )


AVGIFT = CellFunction(
    "FINSAM_AVGIFT",
    "Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten.",
    (
        Argument(
            "nyckel",
            Kind.KEY,
            "Alla medlemmars nyckel: invånare, procent eller belopp.",
            takes=Takes.WHOLE,
        ),
        Argument(
            "pott", Kind.AMOUNT, "Det som ska fördelas, i avgifternas enhet.", takes=Takes.ONE
        ),
        left_out(
            "avrundning",
            Kind.CHOICE,
            "största rest ger exakt potten; var för sig rundar varje avgift för sig.",
            "största rest",
            takes=Takes.ONE,
            choices={
                "största rest": fees.Rounding.LARGEST_REMAINDER.value,
                "var för sig": fees.Rounding.HALF_UP.value,
                **{rounding.value: rounding.value for rounding in fees.Rounding},
            },
        ),
    ),
    member_fees,
    Example(
        '=FINSAM_AVGIFT(B2:B7; 2845000; "var för sig")',
        ([[82.93], [5.13], [3.98], [3.74], [2.93], [1.29]], 2845000, "var för sig"),
        ((2359359,), (145949,), (113231,), (106403,), (83359,), (36701,)),
    ),
    blank="Potten är tom.",
)


def financed(pot: Exact | None, party: str | None, day: date) -> Part:
    """A party's part of the pot by the rules of a day."""
    if party is None:
        raise InputError("Part saknas.", remedy="Skriv stat, region eller kommuner.")
    return None if pot is None else fees.percent_terms(pot, _percent(party, day))


@lru_cache
def _percent(party: str, day: date) -> Fraction:
    return fees.percent_of(party, policy.membership_fees(day))


FINANSIERING = CellFunction(
    "FINSAM_FINANSIERING",
    "Statens, regionens eller kommunernas del av avgifterna, oavrundad.",
    (
        Argument("pott", Kind.AMOUNT, "Alla avgifter tillsammans."),
        Argument(
            "part",
            Kind.CHOICE,
            "stat, region eller kommuner.",
            choices={
                "stat": Party.STATE.value,
                "staten": Party.STATE.value,
                "Försäkringskassan": Party.STATE.value,
                "region": Party.REGION.value,
                "regionen": Party.REGION.value,
                "kommuner": Party.MUNICIPALITIES.value,
                "kommunerna": Party.MUNICIPALITIES.value,
                "kommun": Party.MUNICIPALITIES.value,
            },
        ),
        DATE,
    ),
    financed,
    Example('=FINSAM_FINANSIERING(11450; "kommuner")', (11450, "kommuner"), 2862.5),
)

FEES = (ANDEL, AVGIFT, FINANSIERING)
"""In the order people look for them."""
