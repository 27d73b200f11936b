"""Figures as offices write them: read, rounded and written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.money import Figure, exact, parse_number, round_half_away, swedish
from support.properties import given

READ: dict[str, tuple[str, str, str]] = {
    "space between thousands": ("11 540", "11540", ""),
    "no-break space between thousands": ("11\u00a0540", "11540", ""),
    "thin space between thousands": ("11\u2009540", "11540", ""),
    "narrow no-break space between thousands": ("1\u202f247\u202f000", "1247000", ""),
    "per cent with space": ("82,36 %", "82.36", "%"),
    "per cent without space": ("82,36%", "82.36", "%"),
    "decimal point": ("82.36", "82.36", ""),
    "hyphen as minus": ("-209 941", "-209941", ""),
    "true minus": ("−209 941", "-209941", ""),
    "dash as minus": ("–209 941", "-209941", ""),
    "leading apostrophe": ("'-5", "-5", ""),
    "apostrophe before a figure": ("'12", "12", ""),
    "thousands of kronor": ("11 380 tkr", "11380", "tkr"),
    "millions of kronor": ("11,4 mkr", "11.4", "mkr"),
    "kronor": ("2 845 000 kr", "2845000", "kr"),
    "percentage points": ("20 pp", "20", "pp"),
    "percentage points in full": ("20 procentenheter", "20", "pp"),
    "pieces": ("2 st", "2", "st"),
    "points": ("114 poäng", "114", "p"),
    "capitals": ("11 380 TKR", "11380", "tkr"),
    "full stop behind": ("12 st.", "12", "st"),
    "zero": ("0", "0", ""),
}


@pytest.mark.parametrize("case", READ)
def test_figures_are_read(case: str) -> None:
    """DOMAIN 9: how figures are written."""
    text, value, unit = READ[case]
    assert parse_number(text) == Figure(Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "%", "kr", "ej mätt", "80 av 100", "40–60 %", "1,2,3", "2021-01-31", "12a",
        "1e5", "inf", "nan", "½", "--5", "5-", "0x1f", "12 % kvinnor",
    ],
)  # fmt: skip
def test_other_texts_are_no_figures(text: str) -> None:
    """What is not one figure is never guessed to be one."""
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["٣", "१२", "１２", "²"])
def test_digits_of_other_scripts_are_no_figures(text: str) -> None:
    """Only the digits 0–9, or the figure they really mean."""
    figure = parse_number(text)
    assert figure is None or figure.value == int(text)


ROUNDED = {
    "half up": (Fraction(1, 2), 0, "1"),
    "half down for negatives": (Fraction(-1, 2), 0, "-1"),
    "just below a half": (Fraction(4999, 10000), 0, "0"),
    "64,4 of the association": (Fraction(11400, 177), 0, "64"),
    "59,9 of Nordmaling": (Fraction(10000, 167), 0, "60"),
    "69,5 is printed 70": (Fraction(139, 2), 0, "70"),
    "Robertsfors' fee": (Fraction("110.8"), 0, "111"),
    "one decimal": (Fraction(24700, 319), 1, "77.4"),
    "decimals that are zero": (Fraction(80), 2, "80.00"),
}


@pytest.mark.parametrize("case", ROUNDED)
def test_rounding(case: str) -> None:
    """Half away from zero, as the documents' tables are."""
    value, decimals, expected = ROUNDED[case]
    assert str(round_half_away(value, decimals)) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text"),
    [
        (11540, 0, "", "11\u00a0540"),
        (Decimal("-1146.5"), 1, "", "−1\u00a0146,5"),
        (Fraction(24700, 319), 1, "%", "77,4\u00a0%"),
        (2_845_000, 0, "kr", "2\u00a0845\u00a0000\u00a0kr"),
        (0, 2, "", "0,00"),
        (Fraction(-1, 10), 0, "", "0"),
        (999_999, 0, "", "999\u00a0999"),
        (Decimal("999.95"), 1, "", "1\u00a0000,0"),
    ],
)
def test_swedish_writing(
    value: int | Decimal | Fraction, decimals: int, unit: str, text: str
) -> None:
    """No-break space, comma, true minus, and no minus before a rounded zero."""
    assert swedish(value, decimals, unit) == text


def test_exact_is_what_a_person_sees() -> None:
    """0,8 in a cell is four fifths."""
    assert exact(0.8) == Fraction(4, 5)
    assert exact(1e-7) == Fraction(1, 10**7)
    assert exact(7) == 7
    assert exact(Decimal("0.35")) == Fraction(7, 20)


amounts = st.decimals(-(10**12), 10**12, places=3)
fractions = st.fractions(-(10**9), 10**9, max_denominator=10**6)


@given(amounts, st.integers(0, 4))
def test_what_is_written_is_read_back(value: Decimal, decimals: int) -> None:
    """parse_number ∘ swedish = rounding."""
    figure = parse_number(swedish(value, decimals))
    assert figure is not None
    assert figure.value == round_half_away(value, decimals)


@given(amounts, st.sampled_from(["%", "pp", "tkr", "mkr", "kr", "st"]))
def test_units_are_read_back(value: Decimal, unit: str) -> None:
    """The unit written behind a figure is the unit read."""
    assert parse_number(swedish(value, 3, unit)) == Figure(round_half_away(value, 3), unit)


@given(fractions, st.integers(0, 6))
def test_rounding_is_odd(value: Fraction, decimals: int) -> None:
    """Minus in, minus out."""
    assert round_half_away(-value, decimals) == -round_half_away(value, decimals)


@given(fractions, st.integers(0, 6))
def test_rounding_errs_by_at_most_half_a_unit(value: Fraction, decimals: int) -> None:
    """And keeps a figure that already has that many decimals."""
    rounded = Fraction(round_half_away(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert round_half_away(rounded, decimals) == rounded


@given(fractions, fractions)
def test_rounding_keeps_order(one: Fraction, other: Fraction) -> None:
    """A larger figure is never printed smaller."""
    low, high = sorted((one, other))
    assert round_half_away(low) <= round_half_away(high)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_exact_round_trip(value: float) -> None:
    """The exact value of a float is that float again."""
    assert float(exact(value)) == value


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text gives a figure or nothing."""
    figure = parse_number(text)
    assert figure is None or figure.value.is_finite()
