"""What a follow-up's figures mean and rest on, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.address import letters
from finsam_xl.money import swedish
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.report.amounts import decimals, joined
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.words.methods import name_of


def notes(followup: Followup) -> Iterator[str]:
    """What the figures mean and rest on."""
    compared = "utfall" if followup.is_whole_year else "prognos"
    passed = f"{followup.months} av {MONTHS_PER_YEAR} månader har gått"
    if followup.months is None:
        passed = (
            "tabellen säger inte till och med vilken månad, så inget bygger på hur långt året gått"
        )
    if followup.has_period_budget:
        to_date = followup.story.budget.columns[followup.columns.to_date or 0].header
        used = f"Avvikelse {followup.until} är utfall mot kolumnen ”{to_date}”; {passed}."
    else:
        used = f"Förbrukat är utfall mot helårets budget; {passed}."
    yield (
        f"Avvikelse är {compared} mot budget, och plus är bättre än budget: högre intäkter "
        f"eller lägre kostnader. {used} Tomt är inte noll."
    )
    left = 0 if followup.months is None else MONTHS_PER_YEAR - followup.months
    if left and followup.method is not None:
        yield (
            f"▲ Prognosen är fylld med metoden {name_of(followup.method)}, där ingen har skrivit "
            "ett eget tal."
        )
    if left and not followup.is_typed:
        yield "Tabellen har ingen prognos: den är här utfallet och återstående budget."
    if left:
        yield (
            f"Rak framskrivning är utfall × {MONTHS_PER_YEAR} / {followup.months}. Återstående "
            f"budget är utfall + budget × {left} / {MONTHS_PER_YEAR}. Ingen av dem ersätter "
            "en angiven prognos."
        )
    unit = followup.story.budget.unit
    bare = [
        f"{line.shown} {swedish(found.outcome, decimals(unit))} {unit}"
        for line in followup.story.lines
        if line.row.role == "line"
        and (found := followup.row(line.number)).budget is None
        and found.outcome
    ]
    if bare:
        yield f"Utfall utan budget, som ändå räknas in i summorna: {joined(bare)}."
    yield from _chosen(followup, "Budgeten", followup.columns.budget, followup.columns.budgets)
    yield from _chosen(followup, "Prognosen", followup.columns.forecast, followup.columns.forecasts)


def _chosen(
    followup: Followup, what: str, chosen: int | None, every: Sequence[int]
) -> Iterator[str]:
    """Which column is shown, where there are several to choose between."""
    if chosen is None or len(every) < 2:
        return
    said = {
        n: f"{column.header} ({letters(column.number)})"
        for n, column in enumerate(followup.story.budget.columns)
    }
    others = joined([said[n] for n in every if n != chosen])
    yield f"{what} är kolumnen {said[chosen]}; för samma år finns även {others}."
