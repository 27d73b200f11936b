"""From read arguments to the calculations of fees, budgets, equity and costs, and their errors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.calc import balanskrav, cost_split, deviation, equity, fees, forecast, shares
from finsam_xl.errors import InputError
from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED
from finsam_xl.money import Exact
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.ranges import Block

Rows = list[list[Exact | None]]
Part = Exact | CellError | None
COST, INCOME, WITH_SIGN = "cost", "income", "signed"


def part_of_whole(part: Exact | None, whole: Exact | None) -> Part:
    """FINSAM_ANDEL: 0 as the whole is an error, a blank leaves the answer blank."""
    if part is not None and whole is not None and not whole:
        return CellError(ErrorKind.DIV0, "Hela är 0, så det finns ingen andel. Rätta det hela.")
    return shares.share(part, whole)


def member_fees(keys: Block, pot: Exact | None, rounding: str | None) -> Rows | CellError:
    """FINSAM_AVGIFT: a fee for every key, in the keys' rows and columns."""
    if not keys.is_line:
        return CellError(ErrorKind.VALUE, "Nyckeln ska stå i en rad eller en kolumn.")
    if pot is None:
        return _rows(keys, [None] * len(keys.cells))
    found = fees.fees(keys.cells, pot, rounding or fees.Rounding.LARGEST_REMAINDER)
    return _rows(keys, [share.fee for share in found])


def _rows(shape: Block, cells: Sequence[Exact | None]) -> Rows:
    return [list(row) for row in shape.shaped(cells)]


def financed(pot: Exact | None, party: str | None, *, today: date) -> Part:
    """FINSAM_FINANSIERING."""
    if party is None:
        raise InputError("Part saknas.", remedy="Skriv stat, region eller kommuner.")
    if pot is None:
        return None
    return fees.financing(pot, party, policy.membership_fees(policy.current(today)))


def deviates(outcome: Exact | None, budget: Exact | None, kind: str | None) -> Part:
    """FINSAM_AVVIKELSE."""
    sign = SIGNED if kind == WITH_SIGN else POSITIVE_COSTS
    return deviation.deviation(outcome, budget, sign, kind == INCOME)


def deviates_percent(outcome: Exact | None, budget: Exact | None, kind: str | None) -> Part:
    """FINSAM_AVVIKELSE_PROCENT."""
    sign = SIGNED if kind == WITH_SIGN else POSITIVE_COSTS
    more = deviation.deviation(outcome, budget, sign, kind == INCOME)
    return deviation.deviation_percent(more, budget)


def forecast_year(
    outcome: Exact | None,
    months: Exact | None,
    budget: Exact | None,
    method: str | None,
    last_year_period: Exact | None,
    last_year: Exact | None,
) -> Part:
    """FINSAM_PROGNOS, by the method's name."""
    if method == "last_year_pattern":
        return forecast.last_year_pattern(outcome, last_year_period, last_year)
    if months is not None and months != int(months):
        raise InputError(
            "Antalet månader är inget heltal.", remedy=f"Skriv ett heltal 1–{MONTHS_PER_YEAR}."
        )
    whole = None if months is None else int(months)
    if method == "remaining_budget":
        return forecast.remaining_budget(outcome, budget, whole)
    return forecast.straight_line(outcome, whole)


def rolled_equity(opening: Block, results: Block) -> Rows | CellError:
    """Along each row, or down a single column; one opening for each that is rolled."""
    down = results.columns == 1
    lines = [results.cells] if down else results.shaped(results.cells)
    if len(opening.cells) not in {1, len(lines)}:
        return CellError(
            ErrorKind.VALUE,
            f"Ingående har {len(opening.cells)} värden för {len(lines)} rader. "
            "Skriv ett för varje rad, eller ett enda.",
        )
    openings = list(opening.cells) * (len(lines) if opening.single else 1)
    rolled = [equity.roll_forward(start, line) for start, line in zip(openings, lines, strict=True)]
    return [[cell] for cell in rolled[0]] if down else [list(line) for line in rolled]


def equity_ceiling(fees_tkr: Exact | None, day: date | None, *, today: date) -> Part:
    """FINSAM_TRAPPA: above the fees the rule is known for there is no answer."""
    if fees_tkr is None:
        return None
    found = equity.ceiling(fees_tkr, policy.equity(day or policy.current(today)))
    return CellError(ErrorKind.NA, equity.RULE_MISSING) if found is None else found


def ratio_of_equity(own: Exact | None, assets: Exact | None) -> Part:
    """FINSAM_SOLIDITET."""
    if own is not None and assets is not None and not assets:
        return CellError(ErrorKind.DIV0, "Tillgångarna är 0, så soliditet finns inte.")
    return equity.equity_ratio(own, assets)


def balanced_result(posts: Block) -> Part:
    """FINSAM_BALANSKRAV."""
    return balanskrav.balanskravsresultat(posts.cells)


def cost_of_class(amounts: Block, classes: Block, cost_class: str | None) -> Part:
    """FINSAM_KOSTNADSSLAG."""
    if cost_class is None:
        raise InputError("Klass saknas.", remedy="Skriv klassens namn, till exempel Struktur.")
    return cost_split.class_cost(amounts.cells, classes.cells, cost_class)
