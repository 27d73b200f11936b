"""What the columns of a table mean: scenario, period, version, unit, and what they follow from.

Formulas tell first, then arithmetic that holds in enough rows, then the words of the headings
as votes, the columns beside, the table above and the title. Words confirm what was found; a
word that is missing or misspelt hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.reading import reasons
from finsam_xl.reading.alternatives import with_alternatives
from finsam_xl.reading.column_years import give_years
from finsam_xl.reading.comparisons import BASES, give_comparisons
from finsam_xl.reading.date_heads import written_out
from finsam_xl.reading.drafts import Above, ColumnRead, Draft, RawColumn, Table
from finsam_xl.reading.headings import read_heading
from finsam_xl.reading.links import give_relations
from finsam_xl.reading.relations import Figures, How
from finsam_xl.reading.settling import is_comparison, settle
from finsam_xl.reading.timing import give_periods
from finsam_xl.reading.title_says import title_of
from finsam_xl.words.scenarios import says_used
from finsam_xl.words.senses import says_minus

__all__ = ["ColumnRead", "RawColumn", "read_columns"]
_PROVEN, _WRITTEN, _ADDED, _UNREAD = 0.95, 0.99, 0.93, 0.6
"""How sure a calculation makes that a heading's word means what it says."""
_MOST_SAID = 4
_PAIR = 2
FAVOURABLE = "favourable"
"""How a deviation is taken whose sense is that of income in some rows and of costs in others, or
that nothing tells: what is better is positive."""
_VERSIONED = ("budget", "budget_to_date", "plan", "forecast", "deviation", "percent")


def read_columns(
    columns: Sequence[RawColumn],
    titles: Sequence[str],
    sheet_name: str,
    above: Sequence[Above] = (),
) -> tuple[ColumnRead, ...]:
    """What each column means.

    ``titles``: the texts above, the nearest first; ``above``: the columns of the tables above
    on the sheet, the nearest table first.
    """
    headings = map(read_heading, written_out([raw.heading for raw in columns]))
    table = Table(
        drafts=[
            Draft(n, raw, heading)
            for n, (raw, heading) in enumerate(zip(columns, headings, strict=True))
        ],
        title=title_of(titles, sheet_name),
        figures=Figures([raw.amounts for raw in columns]),
        above=above,
    )
    give_years(table)
    give_relations(table)
    settle(table)
    give_periods(table)
    give_comparisons(table)
    return with_alternatives([_read(draft, table) for draft in table.drafts])


def _read(draft: Draft, table: Table) -> ColumnRead:
    heading = draft.heading
    is_version = draft.scenario in _VERSIONED
    return ColumnRead(
        number=draft.raw.number,
        header=heading.text,
        scenario=draft.scenario,
        period=draft.period,
        version=heading.version if is_version else "",
        unit=heading.unit,
        of=_of(draft, table),
        how=_how(draft),
        sure=round(_sure(draft), 2),
        why=tuple(dict.fromkeys(_why(draft, table)))[:_MOST_SAID],
    )


def _how(draft: Draft) -> str:
    one = draft.relation
    if one is None:
        return ""
    if one.how is not How.DIFFERENCE:
        return one.how.value
    if draft.sense == "remaining":
        return "remaining"
    is_open = not one.rows and (
        len(draft.heading.named) < _PAIR
        or (draft.heading.compares and not says_minus(draft.heading.text))
    )
    return FAVOURABLE if one.turned or (is_open and draft.sense == "deviation") else one.how.value


def _of(draft: Draft, table: Table) -> tuple[tuple[int, int], ...]:
    """The parts; of a difference whose sense turns, the outcome is what is better or worse."""
    one = draft.relation
    if one is None:
        return ()
    first = table.drafts[one.of[0][0]]
    if one.turned and first.scenario in BASES:
        return tuple((index, -factor) for index, factor in reversed(one.of))
    return one.of


def _sure(draft: Draft) -> float:
    """How surely a column is read: what says what it is of, with what says when."""
    if draft.raw.corrected and draft.scenario:
        return 1.0
    sure = draft.sure
    one = draft.relation
    if one is not None and one.rows and is_comparison(draft):
        sure = max(sure, _WRITTEN if one.is_formula else _PROVEN)
    elif one is not None and one.rows and one.how is How.SUM and draft.heading.is_sum:
        sure = max(sure, _PROVEN)
    elif is_comparison(draft) and (one is None or _says_more(draft)):
        sure = min(sure, 0.85)
    if draft.is_stated:
        sure = min(sure, draft.years_sure if draft.year else draft.sure)
        if draft.scenario != "forecast" and any(map(str.isdigit, draft.heading.time.rest)):
            # A figure nobody could read may tell of which part of the year it is.
            sure = min(sure, _UNREAD)
    return max(sure, _ADDED) if draft.adds_times else sure


def _says_more(draft: Draft) -> bool:
    """Whether the heading of an empty comparison has words that may change what it is between."""
    heading = draft.heading
    is_used = draft.scenario == "percent" and says_used(heading.text)
    has_more = bool(heading.unknown) and not heading.named and not is_used
    return has_more or heading.time.shift is not None


def _why(draft: Draft, table: Table) -> Iterator[str]:
    """Sentences, the strongest evidence first."""
    one = draft.relation
    if one is not None and one.rows:
        headers = [table.drafts[index].heading.text for index, _ in one.of]
        how = _how(draft)
        yield reasons.by_arithmetic(how, headers, one.rows, is_formula=one.is_formula)
    yield from draft.why
