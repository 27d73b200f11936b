"""What the derived figures of reports should be: plain arithmetic on the workbook's own cells.

Every rule says under which heading, and where need be beside which label, its figures stand, and
how they follow. A figure that no column of its source holds and no rule gives is not explained.
Nothing here is calculated by the library: only which cell is what is the Book's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from support.recomputed import control, equity, fees, followup, index, year
from support.recomputed.case import Case, Right
from support.traced import Figure, plain, shows

__all__ = ["RULES", "Case", "Rule", "explained"]


class Rule(NamedTuple):
    """What figures stand under a heading, beside a label if one is named, and how they follow."""

    heading: str
    formula: Callable[[Case, Figure], Right]
    label: str = ""
    report: str = ""


RULES = (
    Rule("", equity.budgeted, "^budgeterat resultat"),
    Rule("", equity.returned, "^återflöde, kostnader under budget"),
    Rule("", equity.began, "^eget kapital när 20.. började"),
    Rule("", equity.expected, "^eget kapital när 20.. slutar"),
    Rule("", equity.left, "^kvar till taket"),
    Rule("^förbrukat$", followup.used),
    Rule("^avvikelse %", followup.gap_of_budget, report="Tertial"),
    Rule("^avvikelse", followup.gap, report="Tertial"),
    Rule("^rak framskrivning", followup.straight),
    Rule("^återstående budget", followup.remaining),
    Rule("^prognos, återst. budget", followup.forecast, report="Tertial"),
    Rule("^(budget|utfall|prognos)", followup.of_year, "^(resultat|intäkter|kostnader)", "Tertial"),
    Rule("^ändring [0-9]", equity.change),
    Rule("", equity.opening, "^ingående eget kapital"),
    Rule("", equity.year_result, "^årets resultat", "Plan"),
    Rule("", equity.closing, "^utgående eget kapital"),
    Rule("", equity.fees_of, "^medlemsavgifter"),
    Rule("", equity.ceiling_of, "^tak enligt trappan"),
    Rule("", equity.room, "^utrymme under taket"),
    Rule("", fees.off_quarter, "^mer eller mindre än kvarten"),
    Rule("^nyckel", fees.per_party(fees.key)),
    Rule("^andel av kvarten", fees.per_party(fees.share)),
    Rule("^exakt avgift", fees.per_party(fees.exact_fee)),
    Rule("^största rest", fees.per_party(fees.by_remainder)),
    Rule("^avrundad var för sig", fees.per_party(fees.rounded)),
    Rule("^(angiven )?avgift", fees.per_party(fees.stated)),
    Rule("^angiven minus exakt", fees.per_party(fees.less_exact)),
    Rule("^t.o.m. ", fees.to_date),
    Rule("^(ändring, %|sedan 20.., %)", fees.since_share),
    Rule("^sedan 20", fees.since),
    Rule("", fees.per_party(fees.key), "^kommunerna tillsammans"),
    Rule("", year.solidity, "^soliditet räknad ur"),
    Rule("^ur raderna", year.from_rows),
    Rule("^andel ur raderna", year.of_summed),
    Rule("^skillnad", year.less_rows, report="Årsredovisning"),
    Rule("^totalt$", year.any_column, report="Verksamhet"),
    Rule("^uppnådda poäng", index.sum_of(lambda points: points.reached)),
    Rule("^högsta möjliga", index.sum_of(lambda points: points.possible)),
    Rule("^måluppfyllelse", index.attained),
    Rule("^viktning", index.weighting, report="Impactindex"),
    Rule("^ideal", index.ideal, report="Impactindex"),
    Rule("^rang", index.rank),
    Rule("^(står|räknat|skillnad)", control.in_sentence, report="Kontroll"),
    Rule("", index.index_of, report="Impactindex"),
)
"""The kinds of derived figures that reports show; the first that is of a figure holds."""


def explained(case: Case, figure: Figure) -> bool:
    """Whether a figure is what the rule of its heading and label gives."""
    for rule in RULES:
        is_of = (
            re.search(rule.heading, plain(figure.heading))
            and re.search(rule.label, plain(figure.label))
            and rule.report in case.report.name
        )
        if is_of:
            right = rule.formula(case, figure)
            return right is not None and shows(figure.value, right)
    return False
