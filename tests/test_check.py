"""The command ``check`` on real files: what it says, how it ends, and what stops it from nothing."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from finsam_xl import open_workbook
from finsam_xl.report.control_reading import HEADINGS
from finsam_xl.report.control_rows import COLUMN
from support.budget_layouts import LAPPLAND, UMEA
from support.commands import Answer, finsam_xl
from support.small_plan import SmallPlan
from support.workbooks import NOW, ROOT, SOCIAL_BUDGET, copy, workbook

FINDING = {
    "severity", "code", "sheet", "cell", "file", "stated", "calculated", "difference", "message",
    "also",
}  # fmt: skip
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
ORDER = ("error", "warning", "info")
REPORT = "Rapport Kontroll"
WRONG_SUM = ("summa-avviker", "B12")


def check(*files: Path) -> Answer:
    """Run ``check --json``."""
    return finsam_xl("check", *files, "--json")


def findings(answer: Answer) -> list[dict[str, Any]]:
    """The findings, each of the shape that programs rely on, the worst first."""
    content = answer.content
    assert set(content) == {"findings", "checked"}
    assert type(content["checked"]) is int
    found: list[dict[str, Any]] = content["findings"]
    for one in found:
        assert set(one) == FINDING
        assert one["severity"] in ORDER
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one["code"])
        assert one["cell"] is None or CELL.fullmatch(one["cell"])
        for place in one["also"]:
            assert set(place) == {"sheet", "cell", "file"}
            assert CELL.fullmatch(place["cell"])
    return found


def told(answer: Answer) -> list[tuple[str, str | None]]:
    """Code and cell of every finding."""
    return [(one["code"], one["cell"]) for one in findings(answer)]


def plain() -> SmallPlan:
    """A budget without member fees, which its equity would be held against."""
    return SmallPlan().put(A5="- Driftbidrag")


def wrong(folder: Path, name: str = "plan.xlsx") -> Path:
    """A budget with one sum that is 100 too high: a warning at B12 and nothing else."""
    plan = plain().put(B12=600)
    plan.book.defined_names["Beslutad"] = DefinedName("Beslutad", attr_text="Budget!$B$17")
    return plan.save(folder, name)


# How it ends ------------------------------------------------------------------------------------


def test_nothing_wrong_ends_with_0(tmp_path: Path) -> None:
    """A budget that adds up: no finding at all, and how much was looked at."""
    answer = check(plain().save(tmp_path))
    assert (answer.code, answer.err) == (0, "")
    assert findings(answer) == []
    assert answer.content["checked"] == 26
    said = finsam_xl("check", tmp_path / "plan.xlsx")
    assert said.out.strip() == "Inget att anmärka på. 26 siffror är kontrollerade."


def test_warnings_end_with_0(tmp_path: Path) -> None:
    """Only an error makes a program stop."""
    answer = check(wrong(tmp_path))
    assert answer.code == 0
    (one,) = findings(answer)
    assert one["severity"] == "warning"
    assert (one["code"], one["cell"], one["stated"], one["calculated"]) == (*WRONG_SUM, 600, 500)


def test_errors_end_with_1() -> None:
    """The shipped budget of Umeåregionen contradicts itself."""
    answer = check(UMEA)
    assert (answer.code, answer.err) == (1, "")
    severities = [one["severity"] for one in findings(answer)]
    assert severities == sorted(severities, key=ORDER.index)
    assert severities[0] == "error"


def test_people_get_the_same_in_swedish() -> None:
    """Errors first, a sum of all at the end, the same exit code, no control sequences."""
    answer = finsam_xl("check", UMEA)
    assert (answer.code, answer.err) == (1, "")
    counts = [sum(f["severity"] == s for f in findings(check(UMEA))) for s in ORDER]
    words = ("fel", "varningar", "upplysningar")
    last = answer.out.strip().splitlines()[-1]
    assert last.startswith(", ".join(f"{n} {w}" for n, w in zip(counts, words, strict=True)))
    assert last.endswith("siffror är kontrollerade.")
    assert "\x1b" not in answer.out


def test_nothing_is_written(tmp_path: Path) -> None:
    """Checking leaves bytes, times and folder as they are."""
    path = copy(UMEA, tmp_path)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    check(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_without_a_file_the_call_is_wrong() -> None:
    """The command needs one."""
    answer = finsam_xl("check")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


def test_workbooks_without_tables_are_said_to_be_so(tmp_path: Path) -> None:
    """A workbook with nothing to check is no success in silence."""
    path = tmp_path / "tom.xlsx"
    openpyxl.Workbook().save(path)
    answer = check(path)
    assert ("inga-tabeller" in answer.err) or told(answer) == [("inga-tabeller", None)]


# Files that cannot be read ----------------------------------------------------------------------


def _bad(folder: Path, how: str) -> Path:
    path = folder / f"{how}.xlsx"
    if how == "saknas":
        return path
    if how == "skadad":
        path.write_bytes(UMEA.read_bytes()[:5000])
    else:
        path.write_bytes(b"" if how == "tom" else "Budget 2024;100;200\r\n".encode("utf-16"))
    return path


BAD = ("saknas", "skadad", "tom", "text")


@pytest.mark.parametrize("how", BAD)
def test_nothing_readable_ends_with_2(how: str, tmp_path: Path) -> None:
    """One file, and it is none: a sentence that names it, and no traceback."""
    answer = check(_bad(tmp_path, how))
    assert answer.code == 2
    assert f"{how}.xlsx" in answer.content["error"]["where"]
    assert f"{how}.xlsx" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("how", BAD)
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_file_among_good_ones_stops_none(how: str, first: bool, tmp_path: Path) -> None:
    """It is named as an error; the others are checked as they are without it."""
    good, bad = [wrong(tmp_path), copy(LAPPLAND, tmp_path)], _bad(tmp_path, how)
    alone = findings(check(*good))
    answer = check(*([bad, *good] if first else [*good, bad]))
    assert answer.code == 1
    (one,) = [f for f in findings(answer) if f["code"] == "fil-olaslig"]
    assert (one["severity"], one["sheet"], one["cell"]) == ("error", None, None)
    assert one["file"] == f"{how}.xlsx"
    assert [f for f in findings(answer) if f["code"] != "fil-olaslig"] == alone
    shown = finsam_xl("check", bad, *good)
    assert shown.code == 1
    assert f"{how}.xlsx" in shown.out


def test_only_bad_files(tmp_path: Path) -> None:
    """With nothing to check at all the call is unusable."""
    answer = check(*(_bad(tmp_path, how) for how in BAD))
    assert (answer.code, set(answer.content)) == (2, {"error"})
    assert "Traceback" not in answer.err


# Several files ----------------------------------------------------------------------------------


def test_one_file_names_no_file(tmp_path: Path) -> None:
    """Alone, every place is in it."""
    for one in findings(check(wrong(tmp_path))):
        assert one["file"] in (None, "plan.xlsx")
        assert all(place["file"] == one["file"] for place in one["also"])


def test_findings_name_their_file(tmp_path: Path) -> None:
    """Each finding says where; people get them file by file."""
    files = [wrong(tmp_path, "ett.xlsx"), wrong(tmp_path, "två.xlsx")]
    found = [(f["file"], f["cell"]) for f in findings(check(*files)) if f["code"] == WRONG_SUM[0]]
    assert sorted(found) == [("ett.xlsx", "B12"), ("två.xlsx", "B12")]
    shown = finsam_xl("check", *files).out
    assert shown.index("\nett.xlsx\n") < shown.index("\ntvå.xlsx\n")


def test_files_of_the_same_name_in_two_folders(tmp_path: Path) -> None:
    """They are told apart by their folders."""
    files = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files.append(wrong(tmp_path / folder))
    found = {f["file"] for f in findings(check(*files)) if f["code"] == WRONG_SUM[0]}
    assert found == set(map(str, files))


def _association(folder: Path, name: str, title: str, costs: int) -> Path:
    """A budget under an association's name; all its costs are one line."""
    book = openpyxl.Workbook()
    rows: tuple[list[Any], ...] = (
        ["Budget 2024"], [title], [], ["Belopp i tkr", "Budget 2024"], ["Kansli", costs - 100],
        ["Lokal", 100], ["Summa kostnader", costs],
    )  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def test_two_files_that_contradict_each_other(tmp_path: Path) -> None:
    """The other place is in the other file, in ``also`` and in words."""
    one = _association(tmp_path, "ett.xlsx", "Samordningsförbundet Exempel", 500)
    other = _association(tmp_path, "två.xlsx", "Samordningsförbundet Exempel", 650)
    answer = check(one, other)
    assert answer.code == 1
    (odd,) = [f for f in findings(answer) if f["code"] == "olika-uppgifter"]
    here, there = odd["file"], odd["also"][0]["file"]
    assert {here, there} == {"ett.xlsx", "två.xlsx"}
    assert there in odd["message"]
    assert {odd["stated"], odd["calculated"]} == {500, 650}


def test_a_file_of_another_association(tmp_path: Path) -> None:
    """The same figures under another name contradict nothing; that it is another is a note."""
    one = _association(tmp_path, "ett.xlsx", "Samordningsförbundet Exempel", 500)
    other = _association(tmp_path, "två.xlsx", "Samordningsförbundet Annat", 650)
    answer = check(one, other)
    assert answer.code == 0
    assert told(answer) == [("annat-forbund", None)]


def test_the_same_table_in_two_files(tmp_path: Path) -> None:
    """A copy that was sent around is told, once for each table, at the second file."""
    one = _association(tmp_path, "ett.xlsx", "Samordningsförbundet Exempel", 500)
    other = Path(shutil.copyfile(one, tmp_path / "kopia.xlsx"))
    (double,) = findings(check(one, other))
    assert (double["severity"], double["code"], double["file"]) == (
        "warning", "samma-tabell", "kopia.xlsx",
    )  # fmt: skip
    assert [place["file"] for place in double["also"]] == ["ett.xlsx"]


def test_all_shipped_workbooks_are_checked_together() -> None:
    """The order of the files decides no severity."""
    forth = findings(check(UMEA, SOCIAL_BUDGET, LAPPLAND))
    back = findings(check(LAPPLAND, SOCIAL_BUDGET, UMEA))

    def severities(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return sorted((f["severity"], f["code"]) for f in found if f["code"] != "annat-forbund")

    assert severities(forth) == severities(back)


# Large workbooks --------------------------------------------------------------------------------


def test_five_hundred_sheets(tmp_path: Path) -> None:
    """A budget among 500 sheets is found and checked, and so is one on the last of them."""
    path = tmp_path / "stor.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number in range(500):
            sheet = book.add_worksheet(f"Blad {number}")
            sheet.write(0, 0, f"Anteckning {number}")
            if number in (250, 499):
                sheet.write_row(2, 0, ["Belopp i tkr", "Budget 2024"])
                for row, values in enumerate(
                    (("Kansli", 400), ("Lokal", 100), ("Summa kostnader", 650))
                ):
                    sheet.write_row(3 + row, 0, values)
    found = findings(check(path))
    sums = {(f["sheet"], f["cell"]) for f in found if f["code"] == "summa-avviker"}
    assert sums == {("Blad 250", "B6"), ("Blad 499", "B6")}


def test_a_ledger_of_a_million_cells(tmp_path: Path) -> None:
    """It changes no finding and hides none."""
    build = runpy.run_path(str(ROOT / "tests" / "benchmarks" / "big_workbook.py"))["build"]
    path = build(tmp_path / SOCIAL_BUDGET.name, SOCIAL_BUDGET, 1_000_000)
    answer = check(path)
    assert answer.code == 1
    assert findings(answer) == findings(check(SOCIAL_BUDGET))


# Accepted findings ------------------------------------------------------------------------------


def with_report(path: Path) -> Path:
    """The workbook with the control's report in it."""
    answer = finsam_xl("report", path, "--kind", "kontroll")
    assert answer.code == 0, answer.err
    return path


def _row(sheet: Any, code: str, cell: str) -> int:
    """The row of a finding, by its code and place."""

    def is_it(row: int) -> bool:
        there = (sheet.cell(row, COLUMN[field]).value for field in ("code", "place"))
        return tuple(there) == (code, cell)

    return next(filter(is_it, range(1, sheet.max_row + 1)))


def type_in(path: Path, finding: tuple[str, str], **texts: str) -> None:
    """Write in the cells of a finding's row, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book[REPORT]
    row = _row(sheet, *finding)
    for field, text in texts.items():
        sheet.cell(row, COLUMN[field], text)
    book.save(path)


def written(path: Path, finding: tuple[str, str], field: str) -> Any:
    """What stands in the report at a finding."""
    sheet = openpyxl.load_workbook(path)[REPORT]
    return sheet.cell(_row(sheet, *finding), COLUMN[field]).value


def test_the_report_has_the_columns_to_write_in(tmp_path: Path) -> None:
    """Status and Åtgärd stand at the finding that the command tells."""
    path = with_report(wrong(tmp_path))
    sheet = openpyxl.load_workbook(path)[REPORT]
    row = _row(sheet, *WRONG_SUM)
    assert sheet.cell(row, COLUMN["place"]).value == WRONG_SUM[1]
    assert {"status", "action"} <= set(HEADINGS)
    assert WRONG_SUM in told(check(path))


@pytest.mark.parametrize("word", ["accepterad", "Accepterad", " ACCEPTERAD "])
def test_an_accepted_finding_is_quiet_until_its_figures_change(word: str, tmp_path: Path) -> None:
    """Accepted: silent, as often as it is checked. Another figure behind it: told again."""
    path = with_report(wrong(tmp_path))
    others = [one for one in told(check(path)) if one != WRONG_SUM]
    type_in(path, WRONG_SUM, status=word)
    assert told(check(path)) == others
    assert told(check(path)) == others
    book = openpyxl.load_workbook(path)
    book["Budget"]["B10"] = 410
    book.save(path)
    assert WRONG_SUM in told(check(path))


def test_a_workbook_without_names_keeps_its_acceptances(tmp_path: Path) -> None:
    """As openpyxl writes it: a list of names that is there and empty."""
    path = with_report(plain().put(B12=600).save(tmp_path))
    type_in(path, WRONG_SUM, status="accepterad")
    assert told(check(path)) == []


def test_an_accepted_finding_stays_quiet_beside_other_files(tmp_path: Path) -> None:
    """Also when its workbook is one of several."""
    path = with_report(wrong(tmp_path))
    type_in(path, WRONG_SUM, status="accepterad")
    other = wrong(tmp_path, "annan.xlsx")
    found = [
        (f["file"], f["cell"]) for f in findings(check(path, other)) if f["code"] == WRONG_SUM[0]
    ]
    assert found == [("annan.xlsx", "B12")]


def test_an_accepted_error_no_longer_ends_with_1(tmp_path: Path) -> None:
    """What a person has accepted stops no program."""
    path = tmp_path / "plan.xlsx"
    book = openpyxl.Workbook()
    rows: tuple[list[Any], ...] = (
        ["Översikt över verksamheten, tkr"], [], ["", 2024, 2023],
        ["Årets resultat", 50, 10], ["Eget kapital", 400, 200],
    )  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.defined_names["Kapital"] = DefinedName("Kapital", attr_text="Sheet!$B$5")
    book.save(path)
    assert check(path).code == 1
    with_report(path)
    type_in(path, ("eget-kapital-rullar-inte", "B5"), status="accepterad")
    answer = check(path)
    assert (answer.code, findings(answer)) == (0, [])


def test_an_action_is_kept_when_the_report_is_made_again(tmp_path: Path) -> None:
    """What is written under Åtgärd stays, twice over, also when the figure has changed."""
    path = with_report(wrong(tmp_path))
    action = "Ekonomi rättar före nämnden den 3 mars."
    type_in(path, WRONG_SUM, action=action)
    for _ in range(2):
        answer = finsam_xl("recompute", path, "--report", "kontroll")
        assert answer.code == 0, answer.err
        assert written(path, WRONG_SUM, "action") == action
        assert openpyxl.load_workbook(path).sheetnames == ["Budget", REPORT, "Finsam-logg"]
    book = openpyxl.load_workbook(path)
    book["Budget"]["B10"] = 410
    book.save(path)
    finsam_xl("recompute", path, "--report", "kontroll")
    assert written(path, WRONG_SUM, "action") == action


def test_the_report_checks_no_figures_of_its_own(tmp_path: Path) -> None:
    """With the report in it a workbook has the same findings and figures as without."""
    path = wrong(tmp_path)
    before = check(path)
    after = check(with_report(path))
    assert after.content == before.content


def test_what_a_run_filled_in_is_not_questioned(tmp_path: Path) -> None:
    """A budget that adds up has no finding before its deviations are filled in, and none after."""
    path = plain().save(tmp_path)
    finsam_xl("recompute", path)
    assert told(check(path)) == []


# From a program ---------------------------------------------------------------------------------


def test_check_from_python(tmp_path: Path) -> None:
    """``open_workbook(…).check()`` gives the same findings as the command."""
    path = wrong(tmp_path)
    with open_workbook(path, now=NOW) as book:
        checked = book.check()
    assert [(f.code, f.cell) for f in checked.findings] == told(check(path))
    assert checked.figures == check(path).content["checked"]
    assert checked.accepted == ()


def test_accepted_findings_are_told_apart_in_python(tmp_path: Path) -> None:
    """They are not lost: the result holds them by themselves."""
    path = with_report(wrong(tmp_path))
    type_in(path, WRONG_SUM, status="accepterad")
    with workbook(path) as book:
        checked = book.check()
    assert [(f.code, f.cell) for f in checked.accepted] == [WRONG_SUM]
    assert WRONG_SUM not in [(f.code, f.cell) for f in checked.findings]
