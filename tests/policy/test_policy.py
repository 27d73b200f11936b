"""Dated rules: the right value on the right day, and no carelessly written file."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.errors import PolicyError
from finsam_xl.policy import loader
from finsam_xl.policy.loader import EXAMPLE, parse_rules, read_rules
from support.properties import given

FILES = sorted(path.stem for path in Path(policy.__file__).parent.glob("*.toml"))
TWO = """
[target]
title = "Målindex"
unit = "index"
bounds = [0, 100]
values = [
    { from = 2018-01-01, value = 70, source = "Plan 2018" },
    { from = 2023-01-01, value = 72.5, source = "Plan 2023" },
    { from = 2025-01-01, value = "ended", source = "Plan 2025" },
]
"""


def test_rules_of_2021() -> None:
    """Target 70, orange from 65, weights 1–10, areas 40/25/15/10/10 within 5 points."""
    rules = policy.on(date(2021, 12, 31)).impact_index
    assert [rules.target, rules.near] == [70, 65]
    assert list(rules.ideal_weights) == [40, 25, 15, 10, 10]
    assert sum(rules.ideal_weights) == 100
    assert rules.weight_tolerance == 5
    assert [rules.lowest_weight, rules.highest_weight] == [1, 10]
    assert rules.balance == 40


def test_values_change_on_their_day() -> None:
    """A value holds from its first day until the next one's."""
    rule = parse_rules(TWO, "prov")["target"]
    assert rule.number(date(2018, 1, 1)) == 70
    assert rule.number(date(2022, 12, 31)) == 70
    assert rule.number(date(2023, 1, 1)) == Fraction(145, 2)
    assert rule.at(date(2024, 6, 1)).source == "Plan 2023"


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2025, 1, 1), date(2030, 1, 1)])
def test_no_value_is_an_error_and_never_a_guess(day: date) -> None:
    """Before the first and after the end the rule is missing, and is said to be."""
    with pytest.raises(PolicyError) as raised:
        parse_rules(TWO, "prov")["target"].number(day)
    assert str(day) in str(raised.value)
    assert raised.value.where == "prov.target"
    assert raised.value.remedy


def test_before_the_first_rules_the_product_refuses() -> None:
    """2017 has no rules, so nothing is judged by later ones."""
    with pytest.raises(PolicyError):
        policy.on(date(2017, 12, 31))


def test_example_in_the_error_is_valid() -> None:
    """What is shown as right is right."""
    assert parse_rules(EXAMPLE, "exempel")["target"].number(date(2021, 1, 1)) == 70


WRONG = {
    "not TOML": ("[target\n", "TOML"),
    "unknown key": (TWO.replace("unit =", 'colour = "x"\nunit ='), "nycklarna"),
    "misspelt key": (TWO.replace("bounds", "bound"), "nycklarna"),
    "no table": ("target = 70\n", "nycklarna"),
    "unknown key in a value": (TWO.replace("value = 70", "value = 70, note = 1"), "nycklarna"),
    "no source": (TWO.replace('source = "Plan 2018"', 'source = ""'), "källa"),
    "source missing": (TWO.replace(', source = "Plan 2018"', ""), "nycklarna"),
    "above the bounds": (TWO.replace("value = 70,", "value = 101,"), "utanför gränserna"),
    "below the bounds": (TWO.replace("value = 70,", "value = -1,"), "utanför gränserna"),
    "one of many outside": (TWO.replace("value = 70,", "value = [40, 160],"), "utanför gränserna"),
    "text as value": (TWO.replace("value = 70,", 'value = "sjuttio",'), "inte är ett tal"),
    "truth as value": (TWO.replace("value = 70,", "value = true,"), "inte är ett tal"),
    "no numbers": (TWO.replace("value = 70,", "value = [],"), "inte är ett tal"),
    "not a number": (TWO.replace("value = 70,", "value = nan,"), "."),
    "endless": (TWO.replace("value = 70,", "value = inf,"), "."),
    "not in order": (TWO.replace("2023-01-01", "2017-01-01"), "datumordning"),
    "same day twice": (TWO.replace("2023-01-01", "2018-01-01"), "datumordning"),
    "date as text": (TWO.replace("from = 2018-01-01", 'from = "2018-01-01"'), "datum"),
    "date with time": (TWO.replace("from = 2018-01-01", "from = 2018-01-01T00:00:00"), "datum"),
    "no values": (TWO[: TWO.index("values")] + "values = []\n", "saknar värden"),
    "no title": (TWO.replace('"Målindex"', '""'), "title"),
    "no unit": (TWO.replace('"index"', '""'), "unit"),
    "one bound": (TWO.replace("[0, 100]", "[0]"), "bounds"),
    "bounds the wrong way round": (TWO.replace("[0, 100]", "[100, 0]"), "."),
    "text as bound": (TWO.replace("[0, 100]", '["a", "b"]'), "bounds"),
}


@pytest.mark.parametrize("case", WRONG)
def test_careless_file_is_refused(case: str) -> None:
    """Each fault is refused with the rule's name and a valid example."""
    text, said = WRONG[case]
    with pytest.raises(PolicyError, match=said) as raised:
        parse_rules(text, "prov")
    assert raised.value.where.startswith("prov")
    assert EXAMPLE in raised.value.remedy


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_are_read_and_have_sources(name: str) -> None:
    """Every shipped rule has title, unit and a source that names a document."""
    for rule in read_rules(name).values():
        assert rule.values
        for value in rule.values:
            assert len(value.source) > 20


def test_every_rule_of_the_file_is_used() -> None:
    """No rule lies about unread, and none is asked for that is not there."""
    assert set(policy.ImpactIndexRules._fields) == set(read_rules("impact_index"))


@given(st.dates(date(2018, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_rules_stay_until_they_change(day: date, days: int) -> None:
    """A rule without successor still holds later."""
    later = min(day + timedelta(days=days), date(2100, 1, 1))
    assert policy.on(later).impact_index.highest_weight == 10


def test_loader_has_one_door() -> None:
    """The word that ends a rule is the one its docstring tells."""
    assert loader.ENDED == "ended"
