"""A rule holds for the year of the figures: one from 2027 changes nothing of 2026.

Every rule file gets values from 2027-01-01 beside its own, in real files that the loader
reads; what is calculated of 2026 must stay, and what is of 2027 must follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl import policy, registry
from finsam_xl.checks import thresholds
from finsam_xl.hosts.ooxml import Book
from finsam_xl.periods import Period
from finsam_xl.policy import loader
from finsam_xl.registry import answers, equity, fees, indices
from finsam_xl.workbook import Workbook
from support.small_plan import SmallFees
from support.workbooks import EXISTING, NOW

NAMES = sorted(path.stem for path in loader.FOLDER.glob("*.toml"))
NEXT_YEAR = datetime(2027, 1, 1, 9, tzinfo=UTC)
TODAY, LATER = NOW.date(), NEXT_YEAR.date()
_BOUNDS = re.compile(r"^bounds = \[([\d.]+), ([\d.]+)\]", re.MULTILINE)
_LAST = re.compile(r"(    \{ from = [\d-]+, value = ([\d.]+|\[[^\]]*\]), [^\n]*\n)\]", re.MULTILINE)


def _forget() -> None:
    for module in (policy, thresholds, answers, equity, fees, indices):
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()


def _other(value: str, low: Fraction, high: Fraction) -> str:
    """Another value within the bounds: half of it, or else half way to the highest."""
    if value.startswith("["):
        return f"[{', '.join(_other(one.strip(), low, high) for one in value[1:-1].split(','))}]"
    number = Fraction(value)
    changed = number / 2 if number / 2 >= low else (number + high) / 2
    return f"{float(changed):g}"


def _with_future(text: str) -> str:
    """A rule file with another value of every rule from 2027."""
    bounds = iter(_BOUNDS.findall(text))

    def longer(match: re.Match[str]) -> str:
        low, high = map(Fraction, next(bounds))
        value = _other(match.group(2), low, high)
        new = f'    {{ from = 2027-01-01, value = {value}, source = "Prov, gäller från 2027" }},\n]'
        return match.group(1) + new

    changed = _LAST.sub(longer, text)
    assert changed.count("2027-01-01") == text.count("values = [\n"), "every rule has a successor"
    return changed


Future = Callable[..., None]


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Future]:
    """Puts rules from 2027 into some files, all of them unless named."""

    def put(*names: str) -> None:
        folder = tmp_path / "regler"
        folder.mkdir()
        for name in NAMES:
            text = (Path(policy.__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
            changed = _with_future(text) if name in (names or NAMES) else text
            (folder / f"{name}.toml").write_text(changed, encoding="utf-8")
        monkeypatch.setattr(loader, "FOLDER", folder)
        _forget()

    yield put
    monkeypatch.undo()
    _forget()


def _functions(today: date) -> dict[str, Any]:
    """What every function gives for its example, without the arguments that may be left out."""
    return {
        function.name: registry.call(
            function.name, *function.example.arguments[: function.required], today=today
        ).value
        for function in registry.FUNCTIONS
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_function_of_2026_knows_of_2027(name: str, future: Future) -> None:
    before = _functions(TODAY)
    ceiling = registry.call("FINSAM_TRAPPA", 11380, "2026-12-31", today=LATER).value
    future(name)
    assert _functions(TODAY) == before
    assert _functions(date(2026, 12, 31)) == before
    assert registry.call("FINSAM_TRAPPA", 11380, "2026-12-31", today=LATER).value == ceiling


ASKS: dict[str, tuple[tuple[Any, ...], str]] = {
    "FINSAM_TRAPPA": ((11380,), "equity"),
    "FINSAM_FINANSIERING": ((11450, "stat"), "membership_fees"),
    "FINSAM_FARG": ((64,), "impact_index"),
    "FINSAM_JAMN": ((3, 7), "impact_index"),
    "FINSAM_INTERVALL": ((247, 319), "intervals"),
    "FINSAM_UTRYMME": ((1800, 11380), "equity"),
    "FINSAM_IMPACTINDEX": (([[8], [4]], [[True], [False]]), "impact_index"),
    "FINSAM_OMRADESINDEX": (([[8], [4]], [[True], [False]], [["1"], ["1"]], "1"), "impact_index"),
    "FINSAM_POANG": ((8, True), "impact_index"),
    "FINSAM_GRADERAT_INDEX": (([[8]], [[0.5]], 0.8, "Andel minst"), "impact_index"),
    "FINSAM_TOPPSVAR": (([[1, 2, 10, 20, 7]],), "strategic_goals"),
}
"""The functions that follow a rule where no argument says otherwise, and the rule's file."""


@pytest.mark.parametrize("name", ASKS)
def test_a_function_follows_the_year_that_has_begun(name: str, future: Future) -> None:
    arguments, rules = ASKS[name]
    before = registry.call(name, *arguments, today=TODAY).value
    future(rules)
    assert registry.call(name, *arguments, today=TODAY).value == before
    assert registry.call(name, *arguments, today=LATER).value != before


def test_every_function_with_rules_is_marked() -> None:
    """A function that is given the day is one of those above, or tells why."""
    dated = {function.name for function in registry.FUNCTIONS if function.is_dated}
    assert dated == {*ASKS}
    assert [one.name for one in registry.FUNCTIONS if one.asks_today] == [registry.WHY]


def test_a_date_argument_goes_before_the_day(future: Future) -> None:
    future("equity")
    old = registry.call("FINSAM_TRAPPA", 11380, today=TODAY).value
    for day in ("2027-01-01", 2027, "2027"):
        assert registry.call("FINSAM_TRAPPA", 11380, day, today=TODAY).value != old
    for day in ("2026-12-31", 2026, 2019):
        assert registry.call("FINSAM_TRAPPA", 11380, day, today=LATER).value == old


def _answers(path: Path, now: datetime) -> tuple[Any, ...]:
    """Everything a workbook gives: edits, findings, report sheets, and the check."""
    with Workbook(path, now) as book:
        result = book.recompute(reports=book.fitting_reports())
        checked = book.check()
        return result.plan.edits, result.findings, result.plan.sheets, checked.findings


@pytest.mark.parametrize("path", sorted(EXISTING.glob("*.xlsx")), ids=lambda path: path.stem)
def test_nothing_of_the_shipped_workbooks_changes(path: Path, future: Future) -> None:
    before = _answers(path, NOW)
    future()
    assert _answers(path, NOW) == before


def _fees(folder: Path, title: str, **cells: int) -> Path:
    return SmallFees().put(A1=title, **cells).save(folder, f"{title} {len(cells)}.xlsx")


def _written(path: Path, now: datetime) -> dict[str, Any]:
    with Workbook(path, now) as book:
        return {edit.cell: edit.new for edit in book.recompute().plan.edits}


def _told(path: Path, now: datetime) -> list[str]:
    with Workbook(path, now) as book:
        return [finding.message for finding in book.check().findings]


@pytest.mark.parametrize(
    ("title", "now", "changes"),
    [
        ("Medlemsavgifter 2026", NOW, False),
        ("Medlemsavgifter 2026", NEXT_YEAR, False),
        ("Medlemsavgifter", NOW, False),
        ("Medlemsavgifter 2027", NOW, True),
        ("Medlemsavgifter", NEXT_YEAR, True),
    ],
)
def test_fees_follow_their_own_year(
    title: str, now: datetime, *, changes: bool, tmp_path: Path, future: Future
) -> None:
    """The table's own year, else the one that is: written, told and reported."""
    blank = _fees(tmp_path, title)
    full = _fees(tmp_path, title, D7=800, D8=150, D9=50)
    before = (_written(blank, now), _told(full, now), _report(full, "avgifter", now))
    future("membership_fees")
    after = (_written(blank, now), _told(full, now), _report(full, "avgifter", now))
    assert [a != b for a, b in zip(after, before, strict=True)] == [changes] * 3


def _report(path: Path, kind: str, now: datetime) -> list[Any]:
    with Workbook(path, now) as book:
        return [cell.value for sheet in book.report(kind).plan.sheets for cell in sheet.cells]


def _plan(folder: Path) -> Path:
    """A plan of 2026 and 2027, with fees of both years."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Plan"
    rows: list[list[Any]] = [
        ["Plan 2025-2027, tkr"],
        [None, "Budget 2025", "Plan 2026", "Plan 2027"],
        ["Intäkter"],
        ["Medlemsavgifter", 7000, 7000, 7000],
        ["Summa intäkter", 7000, 7000, 7000],
        ["Kostnader"],
        ["Personal", 6000, 6000, 6000],
        ["Verksamhet", 1100, 1100, 1100],
        ["Summa kostnader", 7100, 7100, 7100],
        ["Resultat", -100, -100, -100],
        ["Eget kapital vid årets början", 1000, 900, 800],
        ["Eget kapital vid årets slut", 900, 800, 700],
    ]
    for values in rows:
        sheet.append(values)
    for year in (2025, 2026, 2027):
        fees = book.create_sheet(f"Avgifter {year}")
        for values in (
            SmallFees().put(A1=f"Medlemsavgifter {year}", B2=7000).sheet.iter_rows(values_only=True)
        ):
            fees.append(values)
    path = folder / "plan.xlsx"
    book.save(path)
    return path


def _ceilings(path: Path, now: datetime) -> list[Any]:
    with Workbook(path, now) as book:
        (sheet,) = book.report("plan").plan.sheets
    (row,) = {c.row for c in sheet.cells if str(c.value).strip() == "Tak enligt trappan"}
    return [c.value for c in sheet.cells if c.row == row and isinstance(c.value, int | float)]


@pytest.mark.parametrize("now", [NOW, NEXT_YEAR], ids=["2026", "2027"])
def test_the_ceiling_of_each_year_of_a_plan(now: datetime, tmp_path: Path, future: Future) -> None:
    """20 % of 7 000 is 1 400; from 2027 10 % of 3 500 and 7.5 % of as much are 612.5, in tkr 613."""
    path = _plan(tmp_path)
    assert _ceilings(path, now) == [1400, 1400, 1400]
    future("equity")
    assert _ceilings(path, now) == [1400, 1400, 613]


def test_a_cell_in_a_file_follows_the_year_it_is_read(tmp_path: Path, future: Future) -> None:
    """A formula with our function and no stored result is calculated by the day's rules."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A2"] = "=FINSAM_TRAPPA(7000)", "=FINSAM_TRAPPA(7000,2026)"
    book.save(tmp_path / "bok.xlsx")

    def shown(today: date) -> list[Any]:
        with Book(tmp_path / "bok.xlsx", today=today) as opened:
            (grid,) = opened.grid.sheets
            return [grid.cell(row, 1).value for row in (1, 2)]

    assert shown(TODAY) == shown(LATER) == [1400, 1400]
    future("equity")
    assert shown(TODAY) == [1400, 1400]
    assert shown(LATER)[0] == 612.5
    assert shown(LATER)[1] == 1400


def test_what_is_mentioned_follows_the_tables_year(future: Future) -> None:
    before = thresholds.at_least("large_step", Period(2026))
    future("checks")
    assert thresholds.at_least("large_step", Period(2026)) == before
    assert thresholds.at_least("large_step", Period(2027)) != before
