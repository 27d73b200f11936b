"""What is said of a changed index: of each indicator, and of how two years were compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.labels import normalise, without_year
from finsam_xl.model import Judgement
from finsam_xl.reading.unit_names import same
from finsam_xl.report import amounts as say
from finsam_xl.report.impact_details import outcome, target
from finsam_xl.report.index_compared import (
    MEASURED,
    OUTCOMES,
    TARGETS,
    WEIGHTS,
    Compared,
    UnitChange,
    would_have,
)
from finsam_xl.report.index_pairs import How, Pair

_MOST_TOLD = 8
"""How many indicators a sentence names."""
NOTHING = {
    OUTCOMES: "inget som mättes båda åren gick från nått till missat eller tvärtom",
    TARGETS: "inget mål är ändrat så att det avgjorde",
    WEIGHTS: "ingen vikt är ändrad så att index ändrades",
    MEASURED: "inget har kommit till eller fallit bort så att index ändrades",
}


def notes(found: Compared) -> Iterator[str]:
    """How the change was divided among its causes."""
    if found.lead is None or found.lead.change is None:
        return
    yield (
        f"Ändringen från {found.then} till {found.now} tas i steg: det som mättes båda åren, med "
        f"vikterna {found.now}, mot målen {found.now}, med utfallen {found.now}, och sist det som "
        "bara mättes då. Stegen summerar exakt; de visas avrundade så att även de visade talen "
        "summerar."
    )


def not_compared(found: Compared) -> str:
    """Why the leading unit's index cannot be compared."""
    lead = found.lead
    if lead is None:
        return f"Enheten finns inte {found.then}, så det går inte att säga vad som ändrats."
    for unit, year in ((lead.before, found.then), (lead.after, found.now)):
        if unit.total.impact_index is None:
            return f"Inget är mätt {year}, så det går inte att säga vad som ändrats."
    return "Ingen indikator är mätt båda åren, så det går inte att säga vad som ändrats."


def why(
    found: Compared,
    unit: UnitChange,
    cause: str,
    before: Judgement | None,
    after: Judgement | None,
) -> str:
    """What was changed of an indicator that a cause tells of."""
    if before is None or after is None:
        return _of_one_year(found, unit, before, after)
    if cause == MEASURED:
        return f"{_measured(before)} → {_measured(after)}"
    if cause == WEIGHTS:
        return f"vikt {before.weight} → {after.weight}; {_went(before)} {found.then}"
    if cause == TARGETS:
        aims = f"{target(before.indicator.rule)} → {target(after.indicator.rule)}"
        reaches = "når" if would_have(Pair(before, after, How.SAME)) else "når inte"
        return f"{aims}; utfallet {found.then} {reaches} det nya"
    then = outcome(before.indicator.rule, before.indicator.outcome)
    now = outcome(after.indicator.rule, after.indicator.outcome)
    figures = "" if then == now else f"; {then} → {now}"
    return f"{_went(before)} → {_went(after)}, vikt {after.weight}{figures}"


def _of_one_year(
    found: Compared, unit: UnitChange, before: Judgement | None, after: Judgement | None
) -> str:
    if after is not None:
        is_left_out = after.indicator.number in unit.before.excluded
        begins = f"räknades inte {found.then}, raden har ett fel" if is_left_out else "ny"
        return f"{begins}; {_measured(after)}"
    if before is None:
        return ""
    is_left_out = before.indicator.number in unit.after.excluded
    ends = f"räknas inte {found.now}, raden har ett fel" if is_left_out else "borttagen"
    return f"{ends}; {found.then} {_measured(before)}"


def _went(one: Judgement) -> str:
    return "nådd" if one.reached else "missad"


def _measured(one: Judgement) -> str:
    """Whether an indicator counts in its index, and for how much."""
    if one.reached is None:
        return "ej mätt"
    return f"{_went(one)}, vikt {one.weight}" if one.weight else "utan vikt"


def pairing_texts(found: Compared) -> Iterator[str]:
    """How units and indicators of two years were found to be the same, and which were not."""
    yield from _unit_texts(found)
    if found.lead is None:
        return
    pairs = found.lead.pairs
    by_how = {how: [pair for pair in pairs.pairs if pair.how is how] for how in How}
    if by_how[How.RENUMBERED]:
        told = [f"{_number(p.before)} → {p.after.indicator.title}" for p in by_how[How.RENUMBERED]]
        yield f"Nytt nummer, samma namn (räknas som samma indikator): {_listed(told)}."
    if by_how[How.RENAMED]:
        told = [
            f"{p.before.indicator.title} → {p.after.indicator.name}" for p in by_how[How.RENAMED]
        ]
        yield f"Samma nummer, nästan samma namn (räknas som samma indikator): {_listed(told)}."
    if pairs.unsure:
        told = [f"{p.before.indicator.title} → {p.after.indicator.title}" for p in pairs.unsure]
        yield (
            "▲ Kan vara samma indikator, men det går inte att säga; räknas som borttagen och ny: "
            f"{_listed(told)}. Ge dem samma nummer och namn båda åren om de är samma."
        )
    sure = {id(one) for pair in pairs.unsure for one in (pair.before, pair.after)}
    for what, some in ((f"Bara {found.then}", pairs.gone), (f"Bara {found.now}", pairs.new)):
        told = [one.indicator.title for one in some if id(one) not in sure]
        if told:
            yield f"{what}: {_listed(told)}."
    unknown = [p.after.indicator.title for p in pairs.pairs if _is_untried(p)]
    if unknown:
        yield (
            f"Målet är ett annat, men utfallet {found.then} går inte att pröva mot det nya; det "
            f"räknas som utfall: {_listed(unknown)}."
        )


def _unit_texts(found: Compared) -> Iterator[str]:
    lead = found.lead
    if lead is not None and not same(_words(lead.before.unit), _words(lead.after.unit)):
        yield f"{lead.before.unit} {found.then} jämförs med {lead.after.unit} {found.now}."
    for names, year in ((found.gone, found.then), (found.new, found.now)):
        if names:
            yield f"Enheter bara {year}: {say.joined(names)}."


def _words(unit: str) -> str:
    """What a unit is called, in whatever year."""
    return without_year(normalise(unit))


def _is_untried(pair: Pair) -> bool:
    """Whether the target is another one, and nobody knows what the earlier outcome is to it."""
    before, after = pair.before.indicator.rule, pair.after.indicator.rule
    both = pair.before.reached is not None and pair.after.reached is not None
    return both and after is not None and before != after and would_have(pair) is None


def _number(one: Judgement) -> str:
    return one.indicator.number


def _listed(texts: Sequence[str]) -> str:
    """Some of many, and how many more there are."""
    more = len(texts) - _MOST_TOLD
    if more <= 0:
        return say.joined(texts)
    return f"{', '.join(texts[:_MOST_TOLD])} och {more} till"
