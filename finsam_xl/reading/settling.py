"""What each column is of: by its own words, its calculation, its neighbours, the title."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import STATED
from finsam_xl.reading import reasons
from finsam_xl.reading.drafts import Above, Draft, Table
from finsam_xl.reading.headings import COMPARED
from finsam_xl.reading.relations import How
from finsam_xl.words.alternatives import key_of
from finsam_xl.words.meanings import counts_not
from finsam_xl.words.units import KRONOR

_PLAIN = {
    "remaining": "deviation", "change": "other", "code": "other", "rate": "other",
    "supplement": "other",
}  # fmt: skip
_BY_HOW = {How.DIFFERENCE: "deviation", How.QUOTIENT: "percent", How.CHANGE: "percent"}
_BASE_TO_DATE = {"outcome_to_date": "outcome", "budget_to_date": "budget"}
_WEIGHED = ("budget", "plan", "forecast")
"""What there may be several alternatives of."""
_OUTCOMES_SAID = ("outcome", "outcome_to_date")
_OUTCOMES = {"outcome", "forecast", "used", ""}
_FRACTION = 3
"""What is used of a budget, as a fraction, is seldom more."""


def settle(table: Table) -> None:
    """The scenario of every column."""
    for draft in table.drafts:
        if draft.raw.corrected:
            _by_correction(draft)
        else:
            _by_words(draft)
    for draft in table.drafts:
        if not draft.scenario:
            _by_calculation(draft, table)
    _by_comparison(table)
    _alternatives(table)
    _bare(table)
    _by_sums(table)
    _places(table)
    for draft in table.drafts:
        if not draft.scenario:
            _left_over(draft)


def _by_words(draft: Draft) -> None:
    heading = draft.heading
    if not heading.sense or (heading.is_sum and heading.sense == "code"):
        return
    scenario = _said(draft)
    draft.is_own = True
    draft.settle(scenario, heading.weight, reasons.by_word(heading.text, scenario))
    unknown = tuple(word for word in heading.unknown if not key_of(word))
    if unknown:
        draft.why.append(reasons.unknown(unknown))


def _by_correction(draft: Draft) -> None:
    """What a person says outranks what the figures are."""
    heading = draft.heading
    draft.is_own = True
    scenario = _PLAIN.get(heading.sense, heading.sense)
    if counts_not(draft.raw.corrected):
        scenario = "other"
    if not scenario:
        return
    if scenario == "used":
        scenario = _used(draft)
    draft.settle(scenario, 1.0, reasons.by_correction(draft.raw.corrected))
    if not is_comparison(draft) and draft.relation and draft.relation.how is not How.SUM:
        draft.relation = None


def _said(draft: Draft) -> str:
    """What a heading's sense is, given what its figures show."""
    heading, one = draft.heading, draft.relation
    if len(heading.named) > 1 and heading.sense in STATED and one and one.how in _BY_HOW:
        # "Utfall budget" is what the figures make it.
        return _BY_HOW[one.how]
    if _is_quotient(draft) and heading.sense in ("change", "deviation", "share"):
        return "percent"
    if heading.sense == "used":
        return _used(draft)
    if heading.sense == "outcome" and draft.raw.percent:
        # What is shown in per cent is no amount.
        return "percent"
    if heading.sense == "percent" and _is_share(draft):
        return "share"
    return _PLAIN.get(heading.sense, heading.sense)


def _is_quotient(draft: Draft) -> bool:
    one = draft.relation
    return one is not None and one.how in (How.QUOTIENT, How.CHANGE)


def _is_share(draft: Draft) -> bool:
    """Whether a column in per cent is each row's share of its column, and no comparison."""
    one = draft.relation
    return one is not None and one.how is How.SHARE and not draft.heading.named


def _used(draft: Draft) -> str:
    """What has been used: parts of the budget, or amounts."""
    known = [amount for amount in draft.raw.amounts if amount is not None]
    if draft.raw.percent or not known or _is_quotient(draft):
        return "percent"
    return "percent" if _is_in_parts(draft) else "outcome_to_date"


def _by_calculation(draft: Draft, table: Table) -> None:
    """A column whose heading says nothing is what its figures make it."""
    one = draft.relation
    if one is not None and one.how is How.DIFFERENCE and draft.heading.time.part:
        # What happened between an opening and a closing balance.
        draft.settle("other", 0.9, reasons.no_amount(draft.heading.text))
        return
    if one is None or one.how not in _BY_HOW or not _may_compare(draft, table):
        return
    headers = [table.drafts[index].heading.text for index, _ in one.of]
    why = reasons.by_arithmetic(one.how, headers, one.rows, is_formula=one.is_formula)
    scenario = _BY_HOW[one.how]
    between = {table.drafts[index].heading.sense for index, _ in one.of}
    if one.how is How.DIFFERENCE and not ({"budget"} & between and _OUTCOMES & between):
        scenario = "other"
    if one.how is How.QUOTIENT and not _is_in_parts(draft):
        scenario = "other"
    draft.settle(scenario, 0.93 if one.is_formula else 0.9, why)


def _by_comparison(table: Table) -> None:
    """What a remainder or deviation takes a budget from, or it from a budget, is an outcome."""
    for draft in table.drafts:
        one = draft.relation
        if one is None or not one.rows or one.how is not How.DIFFERENCE or not is_comparison(draft):
            continue
        if draft.sense == "change":
            continue
        parts = [table.drafts[index] for index, _ in one.of]
        unknown = [part for part in parts if not part.scenario and part.heading.unknown]
        if any(other.scenario in _OUTCOMES_SAID for other in table.drafts if other.is_own):
            # It may as well be a forecast.
            continue
        if len(unknown) == 1 and any(part.scenario == "budget" for part in parts):
            time = unknown[0].heading.time
            scenario = "outcome_to_date" if time.to_date or time.last else "outcome"
            unknown[0].settle(scenario, 0.85, reasons.by_neighbours(scenario))


def _alternatives(table: Table) -> None:
    """Columns headed by nothing but which alternative they are: of what the title or others are."""
    named = [
        draft
        for draft in table.drafts
        if draft.scenario in ("", *_WEIGHED) and key_of(draft.heading.text)
    ]
    said = {draft.scenario for draft in named} - {""}
    scenario = table.title.named or (said.pop() if len(said) == 1 else "")
    if scenario in _WEIGHED and len({key_of(draft.heading.text) for draft in named}) > 1:
        for draft in named:
            if not draft.scenario:
                draft.settle(scenario, 0.93, reasons.by_title(scenario))


def _is_in_parts(draft: Draft) -> bool:
    """Whether a column is shown in per cent, or holds fractions: and not kronor per head."""
    known = [amount for amount in draft.raw.amounts if amount is not None]
    return draft.raw.percent or all(-_FRACTION <= amount <= _FRACTION for amount in known)


def _may_compare(draft: Draft, table: Table) -> bool:
    """Whether an unknown column is calculated from amounts."""
    one = draft.relation
    if one is None:
        return False
    others = [table.drafts[index] for index, _ in one.of]
    says_when = draft.heading.time.last and not draft.heading.unknown
    return any(other.sense in STATED for other in others) and not says_when


def _bare(table: Table) -> None:
    """Columns headed by a time alone, or by a word for amounts."""
    bare = [draft for draft in table.drafts if not draft.scenario and _is_bare(draft)]
    lone = [draft for draft in table.drafts if draft.scenario != "other"]
    if len(lone) == 1 and not lone[0].heading.text and (table.title.named or table.title.is_closed):
        bare = lone
    _by_above(bare, table)
    _by_sums(table)
    for draft in bare:
        if not draft.scenario:
            _of_bare(draft, table)


def _is_bare(draft: Draft) -> bool:
    heading = draft.heading
    says_when = not heading.time.is_silent or bool(draft.year and heading.time.short)
    if heading.is_sum:
        return bool(heading.time.whole or heading.time.year) and not heading.unknown
    is_amount = bool(heading.neutral) or heading.unit in KRONOR
    return heading.is_bare and (says_when or is_amount)


def _by_above(bare: Sequence[Draft], table: Table) -> None:
    """The scenarios of the columns right above, in the nearest table with the same years there."""
    if not all(draft.year and draft.heading.time.last is None for draft in bare):
        return
    nearest: dict[int, Above] = {}
    for read in table.above:
        nearest.setdefault(read.number, read)
    found = [nearest[draft.raw.number] for draft in bare if draft.raw.number in nearest]
    if len(found) < len(bare) or any(above.scenario not in STATED for above in found):
        return
    pairs = list(zip(bare, found, strict=True))
    if all(read.period and read.period.year == draft.year for draft, read in pairs):
        for draft, read in pairs:
            draft.settle(read.scenario, min(read.sure, 0.93), reasons.by_above(read.scenario))


def _of_bare(draft: Draft, table: Table) -> None:
    title = table.title
    time = draft.heading.time
    own = {other.scenario for other in table.drafts if other.is_own and other.is_stated}
    if time.shift is not None and time.shift < 0:
        draft.settle("outcome", 0.9, reasons.by_word(draft.heading.text, "outcome"))
    elif time.last is not None and not time.is_dated and _is_beside_budget(draft, table):
        draft.settle("outcome", 0.9, reasons.by_neighbours("outcome"))
    elif time.part and not time.whole and _has_outcome_so_far(table):
        draft.settle("outcome", 0.85, reasons.by_neighbours("outcome"))
    elif title.is_key and not draft.heading.neutral:
        draft.settle("key", 0.9, reasons.by_title("key"))
    elif title.is_closed:
        draft.settle("outcome", 0.93, reasons.by_title("outcome"))
    elif title.named:
        draft.settle(title.named, 0.93, reasons.by_title(title.named))
    elif time.is_dated:
        draft.settle("outcome", 0.9, reasons.by_word(draft.heading.text, "outcome"))
    elif own:
        scenario = _beside(draft, table)
        draft.settle(scenario, 0.75, reasons.by_neighbours(scenario))
    else:
        draft.settle("budget", 0.59, reasons.by_default("budget"))


def _is_beside_budget(draft: Draft, table: Table) -> bool:
    """Whether the year's budget has a column of its own, and the outcome none."""
    others = [d for d in table.drafts if d.is_own and d.is_stated and d.year == draft.year]
    said = {other.scenario for other in others}
    return "budget" in said and "outcome" not in said


def _has_outcome_so_far(table: Table) -> bool:
    """Whether a column is the outcome so far: "Perioden" beside it is the period's outcome."""
    return any(d.is_own and d.scenario in _OUTCOMES_SAID and d.heading.time.to_date
               for d in table.drafts)  # fmt: skip


def _beside(draft: Draft, table: Table) -> str:
    """What a year without a word is beside years that have one: what came before is known."""
    others = [other for other in table.drafts if other.is_own and other.is_stated and other.year]
    later = [other for other in others if draft.year and other.year and other.year > draft.year]
    earlier = [other for other in others if draft.year and other.year and other.year < draft.year]
    if later and any(other.scenario in ("budget", "forecast", "outcome") for other in later):
        return "outcome"
    if earlier and any(other.scenario == "plan" for other in earlier):
        return "plan"
    same = {other.scenario for other in others if other.year == draft.year}
    return "outcome" if same and "outcome" not in same and "budget" in same else "budget"


def _by_sums(table: Table) -> None:
    """A sum is of what its parts are of, and the parts of what their sum is of."""
    for draft in table.drafts:
        one = draft.relation
        parts = [table.drafts[index] for index, _ in one.of] if one else []
        if one is not None and one.how is How.SUM:
            _down(draft, parts)
            _up(draft, parts)
        elif one is not None and one.how is How.DIFFERENCE and _are_sides(parts):
            _up(draft, parts)


def _are_sides(parts: Sequence[Draft]) -> bool:
    """Whether columns are income and costs, whose difference is an amount like them."""
    return all(part.heading.neutral for part in parts)


def _down(draft: Draft, parts: Sequence[Draft]) -> None:
    if draft.scenario not in STATED or any(part.sense == "supplement" for part in parts):
        return
    scenario = _BASE_TO_DATE.get(draft.scenario, draft.scenario)
    for part in parts:
        if not part.scenario and not part.heading.time.shift:
            sure = min(draft.sure, 0.93)
            part.settle(scenario, sure, reasons.by_sum(draft.heading.text, scenario))


def _up(draft: Draft, parts: Sequence[Draft]) -> None:
    said = {part.scenario for part in parts}
    if draft.scenario or len(said) != 1:
        return
    scenario = said.pop()
    years = {part.year for part in parts}
    if scenario in STATED and len(years) == 1 and draft.until is None:
        draft.settle(scenario, parts[0].sure, reasons.by_sum(parts[0].heading.text, scenario))


def _places(table: Table) -> None:
    """Columns that are places, each an amount of what the title says: with their sum beside."""
    left = [draft for draft in table.drafts if not draft.scenario and _is_place(draft)]
    title = table.title
    scenario = title.named or ("outcome" if title.is_closed else "")
    own = any(draft.is_own and draft.is_stated for draft in table.drafts)
    if not scenario or own or not _are_summed(left):
        return
    for draft in left:
        draft.settle(scenario, 0.9, reasons.by_title(scenario))


def _is_place(draft: Draft) -> bool:
    heading = draft.heading
    if heading.sense:
        return False
    return heading.is_sum or (bool(heading.unknown) and not draft.is_blank)


def _are_summed(left: Sequence[Draft]) -> bool:
    """Whether one of the columns is the sum of all the others."""
    indices = {draft.index for draft in left}
    for draft in left:
        one = draft.relation
        if one is not None and one.how is How.SUM and indices <= one.columns:
            return True
    return False


def _left_over(draft: Draft) -> None:
    """What no evidence is of amounts for: codes, notes, other sums."""
    one = draft.relation
    if one is not None and one.how is How.DIFFERENCE and not one.is_formula:
        draft.relation = None
    if draft.raw.percent and not draft.heading.time.last:
        draft.settle("percent", 0.6, reasons.by_default("percent"))
    else:
        draft.settle("other", 0.6, reasons.no_amount(draft.heading.text))


def is_comparison(draft: Draft) -> bool:
    """Whether a column is calculated from two others."""
    return draft.sense in COMPARED or draft.scenario in ("deviation", "percent")
