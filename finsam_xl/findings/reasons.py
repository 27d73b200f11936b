"""Why a blank cell stays blank, by reason, in words a finance officer knows: ``reasons.toml``.

>>> said(Reason.NO_KEY, {"name": "Ekby kommun"}).why
'Ekby kommun har ingen nyckel'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from finsam_xl.records import NamedTuple

_FILE = Path(__file__).with_name("reasons.toml")


class Reason(StrEnum):
    """A reason to leave a cell blank."""

    PART_BLANK = "part_blank"
    ALL_BLANK = "all_blank"
    NO_CLOSING = "no_closing"
    PART_UNREAD = "part_unread"
    PART_OTHER_UNIT = "part_other_unit"
    PART_TWICE = "part_twice"
    NO_NAME = "no_name"
    ROW_UNREAD = "row_unread"
    DOES_NOT_HOLD = "does_not_hold"
    PART_DOES_NOT_HOLD = "part_does_not_hold"
    PART_TURNED = "part_turned"
    SAID_WITHOUT = "said_without"
    TWO_WAYS = "two_ways"
    FORMULA_LEAVES_OUT = "formula_leaves_out"
    UNLIKE_LINES = "unlike_lines"
    NO_PARTS = "no_parts"
    NOT_A_SUM = "not_a_sum"
    SIDE_UNSURE = "side_unsure"
    ONE_SIDE = "one_side"
    STALE = "stale"
    UNDER_MERGE = "under_merge"
    STANDS_BESIDE = "stands_beside"
    EQUITY_UNSURE = "equity_unsure"
    NO_PAIR = "no_pair"
    OTHER_SENSE = "other_sense"
    SENSE_UNSURE = "sense_unsure"
    RATIO_UNSURE = "ratio_unsure"
    SHARE_OF = "share_of"
    AS_TEXT = "as_text"
    SHARE_UNKNOWN = "share_unknown"
    OF_POT_OR_PART = "of_pot_or_part"
    STANDING = "standing"
    SPAN_UNSURE = "span_unsure"
    RULE_MISSING = "rule_missing"
    NO_CLASS = "no_class"
    OTHER_RULE = "other_rule"
    TWO_FIGURES = "two_figures"
    NO_POT = "no_pot"
    WHOSE_POT = "whose_pot"
    ROUNDING_UNSURE = "rounding_unsure"
    UNEVEN = "uneven"
    OTHER_SUM = "other_sum"
    OTHER_SPLIT = "other_split"
    OTHER_SPLIT_GIVES = "other_split_gives"
    STATES = "states"
    REGIONS = "regions"
    ONE_PAYER = "one_payer"
    NO_MUNICIPALITIES = "no_municipalities"
    NO_KEY = "no_key"
    NO_MEMBER = "no_member"
    OWN_KEY = "own_key"
    KEY_OF_ALL = "key_of_all"
    KEYS_NOT_WHOLE = "keys_not_whole"
    COARSE = "coarse"
    KEYS_OR_AMOUNTS = "keys_or_amounts"
    MEMBER_MISSING = "member_missing"
    NOT_THEIR_PART = "not_their_part"
    COLUMN_UNREAD = "column_unread"
    NAMELESS = "nameless"
    SEVERAL_AMOUNTS = "several_amounts"
    MIXED_UNITS = "mixed_units"
    PART_OF_YEAR = "part_of_year"
    FIXED_PART = "fixed_part"


class Said(NamedTuple):
    """What is told of a reason: why, and what to do where that is not the usual thing."""

    why: str
    do: str = ""


@cache
def reasons() -> Mapping[Reason, Said]:
    """What is told of each reason, before its words are filled in."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {Reason(name): Said(**entry) for name, entry in entries.items()}


def said(reason: Reason, words: Mapping[str, object]) -> Said:
    """What is told of a reason; ``words`` fill its braces."""
    one = reasons()[reason]
    return Said(one.why.format_map(words), one.do.format_map(words))
