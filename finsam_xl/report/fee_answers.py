"""The sentence and key figures of a fees report: who pays what together, and since last year."""

from __future__ import annotations

from finsam_xl.labels import capital
from finsam_xl.model_budget import Amount, Known, Scope
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.amounts import joined
from finsam_xl.report.fee_changes import Change
from finsam_xl.report.fee_figures import PartyFee, YearFees
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.words.parties import PAYERS, Party

_NAMES = {Party.STATE: "staten", Party.REGION: "regionen", Party.MUNICIPALITIES: "kommunerna"}
_SHARE_DECIMALS = 1


def answer(year: YearFees) -> str:
    """What the members pay, how that differs from the pool, and how it has changed."""
    if year.without_fee:
        return f"Avgift saknas för {joined(year.without_fee)}, så summan är inte känd."
    paid = [(_NAMES[kind], fee.due) for kind in PAYERS if (fee := year.of_kind(kind)) is not None]
    due = year.everyone.due
    if len(paid) == len(PAYERS):
        said = answers.fees(paid, year.table.unit, _more(due, year.table.pool), year.table.year)
    elif due is None or year.others:
        return ""
    else:
        said = _municipal(year, due)
    return " ".join(filter(None, (said, _since(year, year.everyone.change))))


def _municipal(year: YearFees, due: Known) -> str:
    """What the municipalities pay, of a table of them alone."""
    unit, number = year.table.unit, year.table.year
    pay = f"År {number} betalar kommunerna" if number else "Kommunerna betalar"
    said = f"{pay} {swedish(due, 0, unit)} tillsammans."
    gap = _more(due, year.quarter)
    if not gap or not round_half_away(gap):
        return said
    more, size = ("mer" if gap > 0 else "mindre"), swedish(max(gap, -gap), 0, unit)
    of = "potten" if year.table.scope is Scope.MUNICIPALITIES else "kvarten"
    return f"{said} Det är {size} {more} än {of}."


def _more(amount: Amount, whole: Amount) -> Amount:
    return None if amount is None or whole is None else amount - whole


def _since(year: YearFees, change: Change) -> str:
    """The change since the year before, as a sentence."""
    if year.changes is None or change.amount is None:
        return ""
    unit = year.changes.unit
    if not change.amount:
        return f"Mot {year.changes.year} är det oförändrat."
    more = "mer" if change.amount > 0 else "mindre"
    size = swedish(max(change.amount, -change.amount), say.decimals(unit), unit)
    return f"Mot {year.changes.year} är det {size}{_percent(change)} {more}."


def _percent(change: Change) -> str:
    if change.percent is None:
        return ""
    return f" ({swedish(max(change.percent, -change.percent), 1, '%')})"


def key_figures(year: YearFees) -> list[KeyFigure]:
    """The pool and the parts of those who are in the table."""
    rules, of = year.rules, _of(year)
    parties = f"{len(year.table.parties)} parter"
    if not year.others:
        is_own = year.table.scope is Scope.MUNICIPALITIES
        pot = "Kommunernas pott" if is_own else "Hela potten"
        share = "" if is_own else _part(rules.municipalities)
        shown = say.shown(year.table.pool)
        return [(f"{pot}{of}", shown, parties, ""), _together(year, share), *_largest(year)]
    figures = [(f"Pott{of}", say.shown(year.table.pool), parties, "")]
    for kind, part in ((Party.STATE, rules.state), (Party.REGION, rules.region)):
        fee = year.of_kind(kind)
        if fee is not None:
            told = f"{_part(part)}{_against(year, fee)}"
            figures.append((f"{capital(_NAMES[kind])}{of}", say.shown(fee.due), told, ""))
    return [*figures, _together(year, _part(rules.municipalities))] if year.municipal else figures


def _of(year: YearFees) -> str:
    """The year and unit behind a label."""
    number = f" {year.table.year}" if year.table.year else ""
    return f"{number}, {year.table.unit}"


def _part(percent: Known) -> str:
    """A part of the pool, in words where it is the law's."""
    word = {50: "hälften, ", 25: "en kvart, "}.get(int(percent) if percent.denominator == 1 else 0)
    return f"{word or ''}{swedish(percent)} %"


def _against(year: YearFees, fee: PartyFee) -> str:
    """How a sum of fees has changed, in a word."""
    if year.changes is None or fee.change.amount is None:
        return ""
    changes = year.changes
    if not fee.change.amount:
        return f"; oförändrat sedan {changes.year}"
    size = say.with_sign(fee.change.amount, say.decimals(changes.unit))
    return f"; {size} {changes.unit} sedan {changes.year}"


def _together(year: YearFees, part: str) -> KeyFigure:
    """What the municipalities pay together, and whether the quarters are equal."""
    fee = year.all_municipal
    words, colour = f"{part}{_against(year, fee)}".removeprefix("; "), ""
    if year.are_quarters_stated:
        colour = "grön" if year.are_quarters_equal else "röd"
        words = f"{look.SYMBOLS[colour]} {quarters(year)}"
    return (f"Kommunerna tillsammans{_of(year)}", say.shown(fee.due), words, colour)


def quarters(year: YearFees) -> str:
    """Whether the region pays what the municipalities do, and the state twice that, in words."""
    if not year.are_quarters_equal:
        return "kvartarna är olika"
    almost = "" if year.are_quarters_exact else ", så när som på avrundning"
    return f"kvartarna är lika{almost}"


def _largest(year: YearFees) -> list[KeyFigure]:
    """Who has the largest part."""
    known = [fee for fee in year.municipal if fee.share is not None]
    if not known:
        return []
    fee = known[0]
    share = swedish(100 * (fee.share or 0), _SHARE_DECIMALS, "%")
    meaning = f"{say.shown(fee.due)} {year.table.unit}"
    return [(f"Störst andel: {fee.name}", share, meaning, "")]
