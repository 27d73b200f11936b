"""The four key figures at the top of each sheet of an annual report."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.calc.impact_index import colour
from finsam_xl.model_budget import Amount
from finsam_xl.model_counts import Counts
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import annual_checks as checks
from finsam_xl.report.annual_tables import Annual, labelled
from finsam_xl.report.budget_sheet import KeyFigure
from finsam_xl.report.story import state

_FIGURES = 4
_NOTHING: KeyFigure = ("", "", "", "")


def _four(found: Sequence[KeyFigure]) -> list[KeyFigure]:
    return [*found, *[_NOTHING] * _FIGURES][:_FIGURES]


def economy_figures(annual: Annual) -> list[KeyFigure]:
    """Result, equity, soliditet and cash; what is not known is left out."""
    year = annual.year
    found: list[KeyFigure] = []
    named = (
        ("Årets resultat", checks.result),
        ("Eget kapital", checks.own_equity),
        ("Likvida medel", checks.cash),
    )
    for label, read in named:
        amount, unit = read(annual, year)
        if amount is not None:
            before, _ = read(annual, year - 1)
            against = f"{year - 1}: {say.shown(before, say.decimals(unit))}"
            shown = say.shown(amount, say.decimals(unit))
            known = against if before is not None else ""
            found.append((f"{label} {year}, {unit}", shown, known, ""))
    percent = checks.solidity(annual, year)
    printed = _printed_solidity(annual)
    if percent is not None or printed is not None:
        shown = checks.whole_percent(printed if percent is None else percent)
        meaning = "eget kapital av tillgångarna"
        found.insert(2, (f"Soliditet {year}", shown, meaning, ""))
    if annual.balanskrav is not None:
        amount = annual.balanskrav.amount(year, "balanskravsresultat")
        unit = annual.balanskrav.budget.unit
        found.append((f"Balanskravsresultat {year}, {unit}", say.shown(amount), "", ""))
    found += _against_budget(annual)
    return _four(found)


def _printed_solidity(annual: Annual) -> Amount:
    return annual.overview.amount(annual.year, "soliditet") if annual.overview else None


def _against_budget(annual: Annual) -> list[KeyFigure]:
    """How the result came out against budget."""
    for one in (annual.operations, annual.outcome):
        row = None if one is None else one.row("verksamhetens resultat", "årets resultat")
        column = None if one is None else one.budget.column("deviation")
        if one is None or row is None or column is None:
            continue
        amount = one.budget.rows[row].amounts[column]
        words = say.judged(amount, "bättre än budget", "sämre än budget", "som budget")
        label = f"Resultat mot budget, {one.budget.unit}"
        return [(label, say.with_sign(amount), *words)]
    return []


def activity_figures(annual: Annual) -> list[KeyFigure]:
    """Participants, positive solutions, work and the index; what is not known is left out."""
    table, year = annual.participants, annual.year
    found = [
        *_participants(table, year),
        *_share(table, "Till positiv lösning", "alla avslut", "positiv"),
        *_share(table, "Till arbete", "positiva lösningar", "till arbete", "arbete"),
        *_index(annual),
        *_share(table, "Till studier", "positiva lösningar", "studier"),
        *_referred(annual),
        *_answers(annual),
    ]
    return _four(found)


def _participants(table: Counts | None, year: int) -> list[KeyFigure]:
    row, new = labelled(table, "antal deltagare", "deltagare"), labelled(table, "nya")
    if row is None or "all" not in row.figures:
        return []
    told = []
    if new is not None and "all" in new.figures:
        told.append(f"varav {swedish(new.figures['all'].value)} nya")
        before = new.figures.get(f"all@{year - 1}")
        told += [f"{year - 1}: {swedish(before.value)} nya"] if before else []
    return [(f"Deltagare {year}", swedish(row.figures["all"].value), ", ".join(told), "")]


def _share(table: Counts | None, label: str, base: str, *words: str) -> list[KeyFigure]:
    row = labelled(table, *words, lacking="arbetsförmåga")
    one = row.figures.get("percent") if row is not None else None
    if row is None or one is None:
        return []
    number = row.figures.get("all")
    told = f"{swedish(number.value)} personer, " if number is not None else ""
    before = next((f for k, f in row.figures.items() if k.startswith("percent@")), None)
    after = ""
    if before is not None:
        year = next(k for k in row.figures if k.startswith("percent@")).partition("@")[2]
        after = f"; {year}: {swedish(before.value, before.decimals, '%')}"
    return [(label, swedish(one.value, one.decimals, "%"), f"{told}av {base}{after}", "")]


def _index(annual: Annual) -> list[KeyFigure]:
    rows = annual.units.rows if annual.units is not None else ()
    total = next((row for row in rows if row.role == "total" and "all" in row.figures), None)
    if total is None:
        return []
    value, rules = total.figures["all"].value, annual.rules
    word = str(colour(value, target=rules.target, near=rules.near))
    return [("Impactindex", swedish(value), f"{state(word)} målet {swedish(rules.target)}", word)]


def _referred(annual: Annual) -> list[KeyFigure]:
    rows = annual.referrals.rows if annual.referrals is not None else ()
    total = next((row for row in rows if row.role == "total"), None)
    if total is None or "referred" not in total.figures:
        return []
    share = total.figures.get("accepted_share")
    told = f"{swedish(share.value, share.decimals, '%')} fick ja" if share is not None else ""
    return [("Aktualiserade", swedish(total.figures["referred"].value), told, "")]


def _answers(annual: Annual) -> list[KeyFigure]:
    rows = annual.responses.rows if annual.responses is not None else ()
    total = next((row for row in rows if row.role == "total"), None)
    one = total.figures.get("participants") if total is not None else None
    if one is None:
        return []
    shown = swedish(one.value, one.decimals, "%")
    return [("Svarsfrekvens", shown, "deltagare vid avslut", "")]
