"""What is said of how fees are split and rounded, under a table of what happens to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.calc.fee_changes import Keyed, Scenario
from finsam_xl.calc.fee_split import Split
from finsam_xl.calc.fees import Rounding
from finsam_xl.model_budget import Scope
from finsam_xl.money import as_written, swedish
from finsam_xl.report import fee_pot
from finsam_xl.report.amounts import joined
from finsam_xl.report.fee_scenario_table import fee_places, key_places
from finsam_xl.words.parties import Party

_MOST_NAMED = 3
_NAMES = {Party.STATE: "staten", Party.REGION: "regionen"}


def notes(split: Split) -> Iterator[str]:
    """By what the municipalities' part is split, how fees are rounded, and what they rest on."""
    yield from fee_pot.told([split.table])
    yield f"{_basis(split)} {_rounding(split)}"
    if split.counts_people:
        yield f"Kr per person är avgiften delad med nyckeln, {split.table.key_header}."
    if not split.has_pot:
        yield ("Potten är inte känd: det som delas är vad kommunernas avgifter är tillsammans.")
    yield from _off_key(split)


def _basis(split: Split) -> str:
    of_all = split.table.scope is Scope.EVERYONE
    if not split.follows_fees:
        part = "sin del av potten" if of_all else "sin egen pott"
        return f"Kommunerna delar {part} efter nyckeln."
    why = "följer avgifterna inte nyckeln" if split.has_keys else "finns ingen nyckel"
    return f"I tabellen {why}, så kommunerna delar i samma proportioner som de betalar i dag."


def _rounding(split: Split) -> str:
    step, unit = split.step, split.table.unit
    whole = f"hela {unit}" if step == 1 and unit else f"hela {as_written(step)} {unit}".strip()
    if step < 1:
        whole = f"{as_written(step)} {unit}".strip()
    if split.rounding == Rounding.HALF_UP:
        return (
            f"Avgifterna avrundas var för sig till {whole}, som i boken, och kan tillsammans bli "
            "något mer eller mindre än det som delas."
        )
    return f"Avgifterna avrundas till {whole} med största rest, så att de går jämnt upp."


def _off_key(split: Split) -> Iterator[str]:
    """Whose fee in the book is another than the split gives."""
    off, places = split.off_key, fee_places(split)
    if not off or not split.is_stated:
        return
    told = [
        f"{member.name} {swedish(member.fee or 0, places)} mot {swedish(fee, places)}"
        for member, fee in off[:_MOST_NAMED]
    ]
    more = len(off) - len(told)
    told += [f"{more} till"] if more else []
    yield (
        f"▲ Bokens avgifter är inte riktigt de som fördelningen ger: {joined(told)}. Ändringen "
        "räknas från bokens."
    )


def conditions(split: Split, scenario: Scenario) -> list[str]:
    """What is changed, each with its figures, as it stands under a title."""
    told = [f"{name} lämnar" for name in scenario.leaves]
    for one in scenario.joins:
        what = "del" if one.is_percent and split.whole is None else "nyckel"
        told.append(f"{one.name} går med ({what} {_key(split, one)})")
    told += [f"ny nyckel för {one.name}: {_key(split, one)}" for one in scenario.keys]
    if scenario.pot is not None:
        whose = "kommunernas pott" if split.table.scope is Scope.MUNICIPALITIES else "pott"
        told.append(f"{whose} {pot(split, scenario)}")
    return told


def _key(split: Split, one: Keyed) -> str:
    is_percent = one.is_percent or split.table.are_keys_percent
    return swedish(one.key, key_places([one.key])) + ("\u00a0%" if is_percent else "")


def pot(split: Split, scenario: Scenario) -> str:
    """The new pot with its unit."""
    if scenario.pot is None:
        return ""
    unit = scenario.pot.unit or split.table.unit
    return f"{as_written(scenario.pot.amount)}\u00a0{unit}".strip()


def of_pot(split: Split, scenario: Scenario) -> str:
    """What becomes of the pot, and of those who pay the rest of it."""
    others = joined([_NAMES[one.kind] for one in split.others if one.kind in _NAMES])
    if scenario.pot is None:
        same = f", så {others} betalar som i dag" if others else ""
        return f"Potten är densamma{same}."
    if not others:
        return "Potten är en annan."
    rules = split.rules
    parts = {Party.STATE: rules.state, Party.REGION: rules.region}
    told = [f"{_NAMES[kind]} {swedish(part)} %" for kind, part in parts.items()]
    return f"Av potten betalar {', '.join(told)} och kommunerna {swedish(rules.municipalities)} %."


def phased(scenario: Scenario, years: Sequence[str]) -> Iterator[str]:
    """How those who join are phased in, if they are."""
    if scenario.years == 1 or not scenario.joins:
        return
    parts = [
        f"{part.numerator}/{part.denominator} {year}"
        for part, year in zip(scenario.phases[:-1], years, strict=False)
    ]
    yield (
        f"Infasning: av den nya nyckeln räknas {joined(parts)} och hela {years[-1]}; potten och de "
        "andra nycklarna är desamma alla år. Ändringar är mot i dag."
    )
