"""What the button *Hämta utfall* does: figures out of a file that was chosen, or a sheet pasted.

What a person has to say first is asked as a question. Where a program cannot ask, the answers
stand in the name of the sheet that the ledger is pasted on: *Huvudbok T2*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import NoReturn

from finsam_xl.actions import fetch_cells, fetching, population
from finsam_xl.actions.fetch_questions import (
    NO,
    UNTIL,
    YEAR,
    YES,
    Answers,
    Question,
    UndecidedError,
    yes_or_no,
)
from finsam_xl.errors import InputError
from finsam_xl.findings import tell
from finsam_xl.ledgers.record import Ledger
from finsam_xl.model import Finding, Said
from finsam_xl.money import exact, trimmed
from finsam_xl.plan import Plan
from finsam_xl.reading import ledger_grids
from finsam_xl.records import NamedTuple
from finsam_xl.scb.cube import Cube
from finsam_xl.sheets.grid import Grid, SheetGrid

FIRST = (fetching.FETCHED, population.FETCHED)
"""The codes of what is told in full: out of whose file, of when, and that all is accounted for."""
TYPED = (fetch_cells.TYPED, population.TYPED)
"""The codes of typed figures that stand as they are; who is asked has answered that."""
_WHOSE = {fetch_cells.TYPED: "bokföringens", population.TYPED: "SCB:s"}
_PASTE = (
    "Öppna bokföringens fil (SIE i Anteckningar, en huvudbok i Excel), markera allt med Ctrl+A och "
    "kopiera. Gör ett nytt blad i den här boken, klistra in i cell A1 och klicka på Hämta utfall "
    "igen."
)
_TERTIAL = re.compile(r"[Tt][1-3]")


class Given(NamedTuple):
    """A ledger or a table of SCB, and what has been answered."""

    source: Ledger | Cube
    answers: Answers = MappingProxyType({})


def from_file(grid: Grid, today: date, run: str, given: Given) -> Plan:
    """The plan that fills figures out of a file.

    Raises ``UndecidedError`` with the question where somebody has to answer first, and
    ``InputError`` where nothing can be fetched.
    """
    try:
        plan = _plan(grid, today, run, given)
    except UndecidedError as error:
        if error.question.name in given.answers:
            raise InputError(error.what, where=error.where, remedy="Inget är hämtat.") from error
        raise
    if fetching.is_refused(plan):
        _refuse(plan)
    for code in TYPED:
        typed = [finding for finding in plan.findings if finding.code == code]
        if typed and code not in given.answers:
            raise _asks_of_typed(code, typed)
    return plan


def from_sheet(grid: Grid, today: date, run: str) -> Plan:
    """The plan that fills figures out of what is pasted on a sheet of the workbook itself.

    Raises ``InputError`` with what to paste, or how to answer what has to be known.
    """
    sheet, source = _pasted(grid)
    # What is pasted is no table of hers: nothing is read there, and nothing written.
    own = Grid(
        tuple(one for one in grid.sheets if one is not sheet), grid.digest, grid.names, grid.note
    )
    try:
        plan = _plan(own, today, run, Given(source, _answers(sheet.title)))
    except UndecidedError as error:
        raise _as_pasted(error, sheet.title) from error
    if fetching.is_refused(plan):
        _refuse(plan)
    told = [tell("bokforing-hamtad", None, "pasted", sheet=sheet.title)]
    typed = [finding for finding in plan.findings if finding.code == fetch_cells.TYPED]
    if typed:
        place = f"{typed[0].sheet}!{typed[0].cell}"
        told.append(tell("bokforing-hamtad", None, "stays", count=len(typed), place=place))
    return plan._replace(findings=(*plan.findings, *told))


def _pasted(grid: Grid) -> tuple[SheetGrid, Ledger]:
    """The sheet that holds a ledger, and the ledger.

    A table of SCB must be a file of its own: nothing tells it for sure from her own tables.
    """
    found = ledger_grids.ledgers_of(grid, lambda sheet: f"Bladet {sheet.title}")
    if not found:
        raise InputError("Det finns ingen bokföring på något blad.", remedy=_PASTE)
    if len(found) > 1:
        sheets = ", ".join(sheet.title for sheet, _ in found)
        raise InputError(
            f"Flera blad har en bokföring: {sheets}.",
            remedy="Ta bort dem som inte gäller längre, och klicka igen.",
        )
    return found[0]


def _answers(title: str) -> Answers:
    """What the name of a sheet answers: one tertial, and whether another association's is taken."""
    words = title.split()
    until = {word.upper() for word in words if _TERTIAL.fullmatch(word)}
    told = {UNTIL: until.pop()} if len(until) == 1 else {}
    if any(word.casefold() == YES.casefold() for word in words):
        told[fetching.OTHER] = YES
    return told


def _as_pasted(error: UndecidedError, title: str) -> InputError:
    """A refusal with how to answer it by the name of the sheet."""
    question = error.question
    likely = YES if question.name == fetching.OTHER else question.likely
    choices = YES if question.name == fetching.OTHER else " eller ".join(question.choices)
    return InputError(
        error.what,
        where=error.where,
        remedy=f"Är det rätt fil: döp om bladet så att {choices} står sist i namnet, till exempel "
        f"”{_renamed(title, question, likely)}”, och klicka igen.",
    )


def _renamed(title: str, question: Question, answer: str) -> str:
    """A sheet's name with an answer last, in the place of another answer to the same question."""
    is_until = question.name == UNTIL
    kept = [word for word in title.split() if not (is_until and _TERTIAL.fullmatch(word))]
    return " ".join((*kept, answer))


def _refuse(plan: Plan) -> NoReturn:
    """Tell why nothing at all is fetched."""
    first, *more = [finding for finding in plan.findings if finding.severity == "error"]
    rest = f" Det gäller {len(more)} till." if more else ""
    where = f"{first.sheet}!{first.cell}" if first.cell else first.sheet or ""
    raise InputError(f"{first.message}{rest}", where=where)


def _asks_of_typed(code: str, typed: Sequence[Finding]) -> UndecidedError:
    """The question whether figures that a person has typed give way."""
    first, whose = typed[0], _WHOSE[code]
    stands = f"I {first.sheet}!{first.cell} står {_shown(first.stated)}, men {whose} siffra är "
    what = f"{stands}{_shown(first.calculated)}."
    if len(typed) > 1:
        what = f"{len(typed)} celler har en annan siffra än {whose}. {what}"
    question = yes_or_no(code, f"{what} Ska {whose} skrivas i stället?")
    return UndecidedError(what, question, remedy=f"Svara {YES} eller {NO}.")


def _shown(figure: Said) -> str:
    return f"”{figure}”" if isinstance(figure, str) else trimmed(exact(figure or 0))


def _plan(grid: Grid, today: date, run: str, given: Given) -> Plan:
    answers = given.answers
    accept = tuple(code for code, answer in answers.items() if answer == YES)
    if isinstance(given.source, Cube):
        asked = population.Asked(today, run, answers.get(YEAR, ""), accept)
        return population.fetch(grid, given.source, asked)
    until = answers.get(UNTIL, "")
    return fetching.fetch(grid, given.source, fetching.Asked(today, run, until, accept))
