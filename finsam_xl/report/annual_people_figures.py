"""The key figures of an annual report's activity: participants, solutions, work and the index."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.calc.impact_index import colour
from finsam_xl.model_budget import Amount, total
from finsam_xl.model_counts import Counts
from finsam_xl.money import swedish
from finsam_xl.report import annual_small as small
from finsam_xl.report import answers
from finsam_xl.report.annual_people_texts import exits, flows, known, of_groups
from finsam_xl.report.annual_tables import Annual, Part, counted, total_of
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.report.story import state
from finsam_xl.words.totals import is_everyone

_SHARES = (
    ("Till positiv lösning", "alla avslut", "positive"),
    ("Till arbete", "positiva lösningar", "work"),
    ("Till studier", "positiva lösningar", "studies"),
)
_BEFORE_INDEX = 2


def activity_answer(annual: Annual) -> str:
    """How many left and how it went for them, or else who came and who remains."""
    table = annual.only(Part.PARTICIPANTS)
    left = _number(table, "exits")
    if left is None:
        parts = [_number(table, name) for name in ("positive", "health", "other")]
        left = None if None in parts else total(parts)
    if small.is_few(left, annual.fewest):
        return ""
    solved = answers.people(left, _number(table, "positive"), _number(table, "work"))
    return solved or _flow_answer(annual)


def _flow_answer(annual: Annual) -> str:
    """How many came, left and remain, where the report has a table of it."""
    table = annual.only(Part.PEOPLE)
    found = [one for one in flows(table) if one.row.role == "total"] if table is not None else []
    if len(found) != 1:
        return ""
    (one,) = found
    return answers.flow(one.new.value, one.exits.value, one.closing.value, one.remaining)


def _number(table: Counts | None, name: str) -> Amount:
    """How many people one of the rows of a table counts."""
    row = counted(table, name)
    figure = row.figures.get("all") if row is not None else None
    return None if figure is None or figure.is_percent else figure.value


def activity_figures(annual: Annual) -> list[KeyFigure]:
    """Participants, positive solutions, work and the index; what is not known is left out."""
    table = annual.only(Part.PARTICIPANTS)
    left = None if table is None else exits(table, "all").total
    of_left = () if small.is_few(left, annual.fewest) else _SHARES[:1]
    of_solved = () if small.is_few(_number(table, "positive"), annual.fewest) else _SHARES[1:]
    shares = [one for each in (*of_left, *of_solved) for one in _share(table, *each)]
    return [
        *_participants(table, annual.year),
        *shares[:_BEFORE_INDEX],
        *_index(annual),
        *shares[_BEFORE_INDEX:],
        *_referred(annual),
        *_answers(annual),
        *_groups(annual),
    ]


def _groups(annual: Annual) -> Iterator[KeyFigure]:
    """How many each group of columns counts in all: those there when the year began, new ones."""
    table = annual.only(Part.PEOPLE)
    rows = [row for row in table.rows if row.role == "total"] if table is not None else []
    if table is None or len(rows) != 1:
        return
    wrong = {*known(of_groups(table)), *annual.wrong}
    for field, heading in table.headings.items():
        group, _, last = heading.rpartition(" ")
        one = rows[0].figures.get(field)
        if group and is_everyone(last) and one is not None:
            year = f" {table.period.year}" if table.period else ""
            told = ("▼ ser fel ut, se tabellen", "röd") if one.ref in wrong else ("", "")
            yield (f"{group}{year}", swedish(one.value), *told)


def _participants(table: Counts | None, year: int) -> list[KeyFigure]:
    row, new = counted(table, "participants"), counted(table, "new")
    if row is None or "all" not in row.figures:
        return []
    told = []
    if new is not None and "all" in new.figures:
        told.append(f"varav {swedish(new.figures['all'].value)} nya")
        before = new.figures.get(f"all@{year - 1}")
        told += [f"{year - 1}: {swedish(before.value)} nya"] if before else []
    return [(f"Deltagare {year}", swedish(row.figures["all"].value), ", ".join(told), "")]


def _share(table: Counts | None, label: str, base: str, name: str) -> list[KeyFigure]:
    row = counted(table, name)
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
    total = total_of(annual.only(Part.UNITS), "all")
    if total is None:
        return []
    value, rules = total.figures["all"].value, annual.rules
    word = str(colour(value, target=rules.target, near=rules.near))
    return [("Impactindex", swedish(value), f"{state(word)} målet {swedish(rules.target)}", word)]


def _referred(annual: Annual) -> list[KeyFigure]:
    total = total_of(annual.only(Part.REFERRALS), "referred")
    if total is None:
        return []
    share = total.figures.get("accepted_share")
    told = f"{swedish(share.value, share.decimals, '%')} fick ja" if share is not None else ""
    return [("Aktualiserade", swedish(total.figures["referred"].value), told, "")]


def _answers(annual: Annual) -> list[KeyFigure]:
    total = total_of(annual.only(Part.RESPONSES), "participants")
    if total is None:
        return []
    one = total.figures["participants"]
    shown = swedish(one.value, one.decimals, "%")
    return [("Svarsfrekvens", shown, "deltagare vid avslut", "")]
