"""The sentences that say how a column was read."""

from __future__ import annotations

_NAMES = {
    "budget": "budget",
    "budget_to_date": "budget hittills",
    "outcome": "utfall",
    "outcome_to_date": "utfall hittills",
    "forecast": "prognos",
    "plan": "plan",
    "deviation": "avvikelse",
    "percent": "procent",
    "share": "andel",
    "key": "nyckel",
    "other": "annat",
}
_HOW = {
    "difference": "är {0} minus {1} på {2} rader",
    "favourable": "är {0} minus {1} med omvänt tecken på kostnader på {2} rader",
    "remaining": "är {0} minus {1} på {2} rader",
    "quotient": "är {0} delat med {1} på {2} rader",
    "change": "är ändringen från {1} till {0} på {2} rader",
    "share": "är varje rads andel av {0} på {2} rader",
    "sum": "är summan av {0} på {2} rader",
}


def name_of(scenario: str) -> str:
    """What a scenario is called."""
    return _NAMES.get(scenario, scenario)


def by_word(header: str, scenario: str) -> str:
    """A heading's own words tell."""
    return f"”{header}” lästes som {_NAMES.get(scenario, scenario)}."


def by_correction(text: str) -> str:
    """A person says so."""
    return f"Rättat på bladet Finsam: {text}."


def an_alternative(name: str) -> str:
    """A column is one of several ways to budget a year."""
    return f"Ett av flera alternativ för samma år: {name}."


def unknown(words: tuple[str, ...]) -> str:
    """Words that nobody knows stand beside."""
    return f"Okänt i rubriken: {', '.join(words)}."


def by_arithmetic(how: str, headers: list[str], rows: int, *, is_formula: bool) -> str:
    """What the figures or the formulas show."""
    names = [f"”{header}”" for header in headers]
    last = names[-1] if names else ""
    listed = f"{names[0]}–{last}" if how == "sum" and len(names) > 2 else " och ".join(names)
    first = listed if how == "sum" else (names[0] if names else "")
    told = _HOW[how].format(first, last, rows)
    return f"Formlerna säger att kolumnen {told}." if is_formula else f"Kolumnen {told}."


def by_above(scenario: str) -> str:
    """The table above tells."""
    return f"Tabellen ovanför har {_NAMES[scenario]} i samma kolumn."


def by_title(scenario: str) -> str:
    """The title tells."""
    return f"Tabellens titel säger {_NAMES[scenario]}."


def by_default(scenario: str) -> str:
    """Nothing tells, and the most usual is taken."""
    return f"Inget ord säger vad talen är; de togs som {_NAMES[scenario]}."


def by_neighbours(scenario: str) -> str:
    """The columns beside tell."""
    return f"Kolumnerna bredvid säger att detta är {_NAMES[scenario]}."


def by_sum(header: str, scenario: str) -> str:
    """It is part of a sum that tells, or the sum of parts that do."""
    return f"”{header}” säger {_NAMES[scenario]}, och kolumnerna hör till samma summa."


def no_amount(header: str) -> str:
    """A column of something else than amounts."""
    return f"”{header}” är ingen kolumn med belopp." if header else "Kolumnen saknar rubrik."


def year_from_title(year: int) -> str:
    """Only the title names the year."""
    return f"Året {year} står bara i titeln."


def year_from_neighbour(year: int) -> str:
    """Another column names the year."""
    return f"Året {year} står i kolumnen bredvid."


def year_two_figures(year: int) -> str:
    """The year is written with two figures."""
    return f"Året är skrivet med två siffror och lästes som {year}."


def part_from_table(period: str) -> str:
    """The part of the year stands elsewhere in the table."""
    return f"Vilken del av året ({period}) står i titeln eller i en annan kolumn."


def part_unknown() -> str:
    """Nothing tells which part of the year."""
    return "Vilken del av året talen gäller står ingenstans."


def by_pace(months: int) -> str:
    """The size of the figures beside a whole year's tells."""
    return f"Talen är ungefär {months}/12 av årets."


def twins(header: str) -> str:
    """Two columns would be the same."""
    return f"Kolumnen blir densamma som ”{header}”, så året togs inte från titeln."


def pair(outcome: str, base: str) -> str:
    """The two columns a comparison is between."""
    return f"Jämför ”{outcome}” med ”{base}”."
