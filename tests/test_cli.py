"""The command line as INTERFACE.md fixes it: shapes, exit codes, files, language and weight."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support.commands import finsam_xl
from support.workbooks import SOCIAL_BUDGET

HEAVY = ("pandas", "openpyxl", "xlwings", "xlsxwriter", "ironcalc", "rich", "numpy", "pikepdf")
WIDTH = 80
COMMANDS = ("tables", "check", "recompute", "report", "demo")
FINDING = {
    "severity", "code", "sheet", "cell", "file", "stated", "calculated", "difference", "message",
    "also",
}  # fmt: skip
KINDS = {
    "budget", "fees", "tertial", "plan", "outcome", "income_statement", "balance", "cash_flow",
    "note", "balanskrav", "cost_split", "overview", "participants", "referrals", "social_budget",
    "impact_index", "goals", "platforms", "responses", "weights", "index_overview", "equivalents",
    "cost_classes", "text_figures",
}  # fmt: skip
SCENARIOS = {
    "budget", "outcome", "outcome_to_date", "forecast", "plan", "deviation", "percent", "share",
    "key", "other",
}  # fmt: skip
ROLES = {
    "section", "line", "subline", "total", "result", "equity_open", "equity_close", "note", "blank",
}  # fmt: skip
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
PERIOD = re.compile(r"\d{4}(-T[123]|-\d\d\.\.\d{4}-\d\d|\.\.\d{4})?")


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def _check_findings(found: list[dict[str, Any]]) -> None:
    for finding in found:
        assert set(finding) == FINDING
        assert finding["severity"] in ("info", "warning", "error")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", finding["code"])
        assert finding["cell"] is None or CELL.fullmatch(finding["cell"])
        assert finding["message"]
        for place in finding["also"]:
            assert set(place) == {"sheet", "cell", "file"}
            assert CELL.fullmatch(place["cell"])


def test_tables_json(social_budget: Path) -> None:
    """``tables --json`` gives one object with every table's place, kind, columns and rows."""
    answer = finsam_xl("tables", social_budget, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert set(answer.content) == {"tables", "unread"}
    found = answer.content["tables"]
    assert [t["kind"] for t in found] == [
        *["social_budget"] * 8, *["impact_index"] * 8, "participants", "platforms", "referrals",
        "participants", "responses", "weights", "index_overview", "goals", "equivalents",
        *["goals"] * 3, "text_figures",
    ]  # fmt: skip
    names = {"sheet", "range", "kind", "unit", "sign", "title", "score", "why", "columns", "rows"}
    for table in found:
        assert set(table) >= names
        assert table["kind"] in KINDS
        assert table["sign"] in (None, "positive-costs", "signed")
        assert re.fullmatch(r"[A-Z]+\d+:[A-Z]+\d+", table["range"])
        assert 0 < table["score"] <= 1
        for column in table["columns"]:
            assert set(column) >= {"column", "header", "period", "scenario"}
            assert column["scenario"] in SCENARIOS
            assert column["period"] is None or PERIOD.fullmatch(column["period"])
        for row in table["rows"]:
            assert set(row) >= {"row", "role", "label", "parent"}
            assert row["role"] in ROLES
    assert found[0]["range"] == "A5:S76"
    last = found[0]["rows"][-1]
    assert (last["row"], last["role"], last["label"]) == (76, "total", "Summa")
    assert all(0 <= one["sure"] <= 1 for one in (*found[0]["rows"], *found[0]["columns"]))


def test_recompute_json(social_budget: Path) -> None:
    """``recompute --json`` gives run, edits, findings and sheets, on standard output alone."""
    answer = finsam_xl("recompute", social_budget, "--report", "impactindex", "--json")
    assert (answer.code, answer.err) == (0, "")
    content = answer.content
    assert set(content) >= {"run", "edits", "findings", "sheets"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d\.\d\d · [0-9a-f]{4}", content["run"])
    for edit in content["edits"]:
        assert set(edit) == {"sheet", "cell", "old", "new", "why"}
        assert CELL.fullmatch(edit["cell"])
        assert edit["why"]
    assert {"sheet": "Impactindex", "cell": "G28", "old": 50, "new": 60}.items() <= next(
        e for e in content["edits"] if (e["sheet"], e["cell"]) == ("Impactindex", "G28")
    ).items()
    _check_findings(content["findings"])
    assert content["sheets"] == ["Rapport Impactindex"]


def test_report_json(social_budget: Path) -> None:
    """``report --json`` changes no cell of the workbook's own sheets."""
    before = openpyxl.load_workbook(social_budget)
    answer = finsam_xl("report", social_budget, "--kind", "impactindex", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.content["edits"] == []
    assert answer.content["sheets"] == ["Rapport Impactindex"]
    _check_findings(answer.content["findings"])
    after = openpyxl.load_workbook(social_budget)
    assert after.sheetnames == [*before.sheetnames, "Rapport Impactindex", "Finsam-logg"]
    for sheet in before.worksheets:
        rows = zip(
            sheet.iter_rows(values_only=True),
            after[sheet.title].iter_rows(values_only=True),
            strict=True,
        )
        assert all(old == new for old, new in rows)


def test_dry_run_writes_nothing(social_budget: Path) -> None:
    """``--dry-run`` tells the same edits and leaves bytes, times and folder as they were."""
    before = _state(social_budget.parent)
    arguments = ("recompute", social_budget, "--report", "impactindex", "--json")
    dry = finsam_xl(*arguments, "--dry-run")
    assert dry.code == 0
    assert _state(social_budget.parent) == before
    assert finsam_xl("recompute", social_budget, "--dry-run").out.count("provkörning") == 1
    assert _state(social_budget.parent) == before
    real = finsam_xl(*arguments)
    assert dry.content["edits"] == real.content["edits"]
    assert dry.content["findings"] == real.content["findings"]
    assert dry.content["sheets"] == real.content["sheets"]


def test_dry_run_with_out_writes_nothing(social_budget: Path, tmp_path: Path) -> None:
    """``--dry-run`` wins over ``--out``."""
    out = tmp_path / "ny.xlsx"
    assert finsam_xl("recompute", social_budget, "--out", out, "--dry-run").code == 0
    assert not out.exists()


@pytest.mark.parametrize("command", [["recompute"], ["report", "--kind=impactindex"]])
def test_out_leaves_the_source_untouched(command: list[str], social_budget: Path) -> None:
    """With ``--out`` the result stands beside the source, which keeps bytes and time."""
    before = _state(social_budget.parent)
    out = social_budget.parent / "ny.xlsx"
    answer = finsam_xl(*command, social_budget, "--out", out)
    assert answer.code == 0
    assert str(out) in answer.out
    after = _state(social_budget.parent)
    assert {name: after[name] for name in before} == before
    assert set(after) == {*before, out.name}


def test_out_over_an_existing_file_keeps_that_as_backup(social_budget: Path) -> None:
    """What stood at ``--out`` is kept as a backup."""
    out = social_budget.parent / "ny.xlsx"
    out.write_bytes(b"tidigare")
    assert finsam_xl("recompute", social_budget, "--out", out).code == 0
    (backup,) = social_budget.parent.glob("ny (säkerhetskopia *).xlsx")
    assert backup.read_bytes() == b"tidigare"


def test_in_place_makes_a_backup(social_budget: Path) -> None:
    """In place, the old version is kept beside the new one and named in the answer."""
    original = social_budget.read_bytes()
    answer = finsam_xl("recompute", social_budget, "--json")
    backup = Path(answer.content["backup"])
    assert backup.parent == social_budget.parent
    assert backup.read_bytes() == original
    assert social_budget.read_bytes() != original
    assert len(list(social_budget.parent.iterdir())) == 2


@pytest.mark.parametrize("command", [["recompute"], ["recompute", "--report=impactindex"]])
def test_second_run_changes_nothing(command: list[str], social_budget: Path) -> None:
    """The second run says so and leaves bytes, time and folder alone."""
    finsam_xl(*command, social_budget)
    before = _state(social_budget.parent)
    answer = finsam_xl(*command, social_budget)
    assert answer.code == 0
    if command == ["recompute"]:
        assert "oförändrad" in answer.out
        assert _state(social_budget.parent) == before
    again = finsam_xl("recompute", social_budget, "--json").content
    assert again["edits"] == []
    assert again["backup"] is None


def test_read_only_source_can_be_written_elsewhere(social_budget: Path) -> None:
    """A source without write access is still a source."""
    social_budget.chmod(0o444)
    out = social_budget.parent / "ny.xlsx"
    assert finsam_xl("recompute", social_budget, "--out", out).code == 0
    assert out.exists()


def test_people_get_a_table_in_swedish(social_budget: Path) -> None:
    """Without ``--json`` the answer is plain Swedish text without control sequences."""
    answer = finsam_xl("recompute", social_budget)
    assert answer.out.startswith("Var ")
    assert "Impactindex!G28" in answer.out
    assert "\x1b" not in answer.out
    shown = finsam_xl("tables", social_budget).out
    assert shown.startswith("Social budget!A5:S76: social budget")
    assert "Kolumner   " in shown
    assert "Grund      " in shown
    assert max(map(len, shown.splitlines())) <= WIDTH


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_on_stderr_for_quick_work(command: str, social_budget: Path) -> None:
    """Progress is only told when work takes long."""
    arguments: dict[str, list[str | Path]] = {
        "report": [social_budget, "--kind", "impactindex"],
        "demo": [social_budget.parent / "prova"],
    }
    assert finsam_xl(command, *arguments.get(command, [social_budget])).err == ""


# Demo -----------------------------------------------------------------------------------------


def test_demo_in_an_empty_folder(tmp_path: Path) -> None:
    """The workbooks are copied, recomputed and reported, and the answer says what to open."""
    target = tmp_path / "prova"
    answer = finsam_xl("demo", target)
    assert (answer.code, answer.err) == (0, "")
    book = target / SOCIAL_BUDGET.name
    assert f"Öppna {book}" in answer.out
    assert "Rapport Impactindex" in openpyxl.load_workbook(book).sheetnames
    existing = tmp_path / "tom"
    existing.mkdir()
    assert finsam_xl("demo", existing).code == 0


def test_demo_without_a_folder_finds_a_free_name(tmp_path: Path) -> None:
    """Run twice it makes two folders and touches neither again."""
    assert finsam_xl("demo", folder=tmp_path).code == 0
    before = _state(tmp_path / "finsam-demo")
    assert finsam_xl("demo", folder=tmp_path).code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["finsam-demo", "finsam-demo-2"]
    assert _state(tmp_path / "finsam-demo") == before


@pytest.mark.parametrize("what", ["file in it", "is a file"])
def test_demo_refuses_a_folder_in_use(what: str, tmp_path: Path) -> None:
    """Nothing is ever written over."""
    target = tmp_path / "prova"
    if what == "is a file":
        target.write_text("mitt")
    else:
        target.mkdir()
        (target / "mitt.txt").write_text("mitt")
    answer = finsam_xl("demo", target)
    assert (answer.code, answer.out) == (2, "")
    assert "finns redan" in answer.err
    assert "Ange en ny mapp" in answer.err
    left = target if what == "is a file" else target / "mitt.txt"
    assert left.read_text() == "mitt"
    assert len(list(tmp_path.rglob("*"))) == (1 if what == "is a file" else 2)


def test_demo_leaves_the_shipped_workbook(tmp_path: Path) -> None:
    """The demo works on copies."""
    before = SOCIAL_BUDGET.read_bytes()
    finsam_xl("demo", tmp_path / "prova")
    assert SOCIAL_BUDGET.read_bytes() == before


# Help -----------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(Usage|Options?|Show|Error|Commands?|Arguments?|required|default|this message|and exit|"
    r"version|TEXT|PATH|FILE|FOLDER|Try|Print|help)\b(?<!--help)(?<!--version)"
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_swedish(command: str) -> None:
    """No word of click's own English is left."""
    answer = finsam_xl(*command.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Användning: ")
    assert not ENGLISH.findall(answer.out), answer.out


def test_every_command_and_option_has_a_help_text() -> None:
    """Nothing stands without saying what it does."""
    for command in ("", *COMMANDS):
        lines = finsam_xl(*command.split(), "--help").out.splitlines()
        listed = [line for line in lines if re.match(r"  (--?\w|[a-z]+  )", line)]
        assert listed
        assert all(re.search(r"\S {2,}\S|\S$", line.strip()) for line in listed)
        assert not [line for line in listed if len(re.split(r" {2,}", line.strip())) < 2]


def test_version() -> None:
    """The version is the package's."""
    import finsam_xl as package

    assert finsam_xl("--version") == (0, f"finsam-xl {package.__version__}\n", "")


def test_without_a_command_it_says_hello() -> None:
    """Called with nothing it tells where to begin; with nobody to ask it asks nothing."""
    answer = finsam_xl()
    assert (answer.code, answer.err) == (2, "")
    assert answer.out.startswith("Hej!")
    assert "Kommandon:" in answer.out
    for command in ("finsam-xl demo", "finsam-xl hälsa", "finsam-xl --help"):
        assert command in answer.out
    assert max(map(len, answer.out.splitlines())) < WIDTH


@pytest.mark.parametrize(("reply", "folders"), [("j", ["finsam-demo"]), ("", [])])
def test_on_a_terminal_it_offers_the_demo(reply: str, folders: list[str], tmp_path: Path) -> None:
    """A yes gives it, in the folder one stands in; Enter alone does not."""
    pty = pytest.importorskip("pty")
    screen, terminal = pty.openpty()
    os.write(screen, f"{reply}\n".encode())
    done = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "finsam_xl.cli"],
        stdin=terminal, stdout=terminal, stderr=terminal, cwd=tmp_path,
        env=os.environ | {"TERM": "dumb"},
    )  # fmt: skip
    os.close(terminal)
    said = b""
    with suppress(OSError):  # the end of a terminal
        while part := os.read(screen, 100_000):
            said += part
    os.close(screen)
    code = done.wait(120)
    shown = said.decode()
    assert code == (0 if folders else 2)
    assert "Vill du ha exempelböckerna" in shown
    assert ("Börja här.html" in shown) == bool(folders)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == folders


# Weight ---------------------------------------------------------------------------------------


def _loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules, sep='\\n')"],
        capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip
    return set(done.stdout.split())


_RUN = "from finsam_xl.cli.commands import run; run({arguments!r})"
RUNS = {
    "import": "import finsam_xl",
    "import of every public name": (
        "import finsam_xl\nfor n in finsam_xl.__all__: getattr(finsam_xl, n)"
    ),
    "help": _RUN.format(arguments=["--help"]),
    "help of a command": _RUN.format(arguments=["recompute", "--help"]),
    "tables": _RUN.format(arguments=["tables", str(SOCIAL_BUDGET)]),
}


@pytest.mark.parametrize("what", RUNS)
def test_heavy_libraries_are_not_loaded(what: str) -> None:
    """Import, help and reading start without a spreadsheet library."""
    assert not {m for m in _loaded(RUNS[what]) if m.partition(".")[0] in HEAVY}


def test_help_loads_no_rules() -> None:
    """What is not asked for is not loaded: a run is mostly start-up."""
    loaded = _loaded(RUNS["help"])
    assert "finsam_xl.cli.checking" in loaded
    assert not {"finsam_xl.several", "finsam_xl.actions.check", "finsam_xl.wiring"} & loaded


def test_installed_program_answers() -> None:
    """The script that pip installs is the same command line."""
    program = shutil.which("finsam-xl", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("finsam-xl is not installed as a program")
    done = subprocess.run([program, "--help"], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode() == finsam_xl("--help").out.replace(
        "python -m finsam_xl.cli", "finsam-xl"
    )
