"""The VBA compiles and runs: LibreOffice opens the workbooks and clicks their buttons."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
import vba_text

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.errors import WorkbookError
from finsam_xl.registry import FUNCTIONS
from macros import desktop
from support import macro_books
from support.workbooks import ROOT

WORKBOOKS = ROOT / "workbooks"
RECORDER = (Path(__file__).parent / "recorder.bas").read_text(encoding="utf-8")
RECORD = ["replace", "FinsamSkal", RECORDER]
NOTES = "AZ1:AZ12"
OPENED = ["run", "FinsamStart.FinsamOppnad", []]


def notes(rows: list[list[Any]]) -> list[str]:
    return [row[0] for row in rows if row[0]]


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_every_module_compiles_and_runs(name: str, steps: Any) -> None:
    """LibreOffice compiles all modules at the first call: one fault, and none answers.

    But FinsamCom, which speaks to a library of Windows': its declarations are passed over.
    """
    modules, *gave = steps(
        WORKBOOKS / name,
        ["modules"],
        ["run", "FinsamPython.FinsamUttytt", ["R\\u00e4kna \\u2026 \\u005c \\u00e5"]],
        [
            "run",
            "FinsamFormler.FinsamRenFormel",
            ["=SUM('C:\\a b\\finsam.xlam'!FINSAM_ANDEL(1,2))"],
        ],
        [
            "run",
            "FinsamFormler.FinsamRenFormel",
            ["=1+finsam.xlam!FINSAM_ANDEL(1,2)*_xldudf_FINSAM_FARG(7)"],
        ],
        ["run", "FinsamSkal.FinsamPythonProgram", []],
        ["run", "FinsamRakning.FinsamRakna", ["FINSAM_ANDEL", []]],
        ["run", "FinsamRakning.FinsamOrsak", []],
        OPENED,
        variables={"LOCALAPPDATA": "/finns-inte", "FINSAM_PYTHON": ""},
    )
    assert set(vba_text.modules(BUTTONS, FUNCTIONS)) < set(modules)
    assert gave[:3] == [
        "Räkna … \\ å",
        "=SUM(FINSAM_ANDEL(1,2))",
        "=1+FINSAM_ANDEL(1,2)*FINSAM_FARG(7)",
    ]
    assert gave[3] == "python"
    assert gave[5] == "Funktioner i celler finns bara i Excel för Windows."


@pytest.mark.parametrize("name", macro_books.WORKBOOKS)
def test_each_button_asks_python_for_its_work(name: str, steps: Any) -> None:
    """Clicked through its own script event, on Start and beside the table."""
    table = macro_books.sheet_with_buttons(name)
    clicks = [(sheet, button) for sheet in ("Start", table) for button in BUTTONS]
    wanted: list[list[Any]] = [
        ["sheets"],
        ["buttons"],
        RECORD,
        ["write", "Start", "BA2", "Klart \\u00e5\\u00e4\\u00f6"],
    ]
    for sheet, button in clicks:
        wanted += [
            ["click", sheet, button.text],
            ["read", "Start", NOTES],
            ["write", "Start", "AZ1", ""],
        ]
        wanted += [["write", "Start", f"AZ{row}", ""] for row in range(2, 6)]
    sheets, buttons, _, _, *gave = steps(WORKBOOKS / name, *wanted)
    assert sheets[0] == "Start"
    texts = [button.text for button in BUTTONS]
    assert buttons == {"Start": [*texts, *(button.text for button in PLAIN_BUTTONS)], table: texts}
    for number, (_, button) in enumerate(clicks):
        assert notes(gave[number * 7 + 1]) == [
            f"läge|Finsam: {button.text} pågår i {name} …",
            f"python|{button.name}|{name}",
            "läge|",
            f"visa|{button.text}|Klart åäö|klart",
        ]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (-2147024894, "Python hittades inte: C:\\Python\\python.exe"),
        (9009, "python -m finsam_excel.macros anslut"),
        (-2147024891, "spärrar program som startas från Office"),
        (70, "-lite.xlsx"),
        (1, "finsam_xl finns inte där"),
        (2, "Python 3.11 eller senare"),
        (7, "(kod 7)"),
    ],
)
def test_what_is_missing_is_said(code: int, says: str, steps: Any) -> None:
    """Python, permission or the package; and what to do about it."""
    *_, shown = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        RECORD,
        ["write", "Start", "BA1", str(code)],
        ["click", "Start", "Räkna om"],
        ["read", "Start", NOTES],
    )
    told = notes(shown)[-1]
    assert told.startswith("visa|Räkna om|")
    assert says in told
    assert told.endswith("|fel")


def test_the_command_line_is_what_python_takes(
    steps: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the VBA puts together, taken apart as Windows does, is understood by the binder."""
    program, book, file = (
        "C:\\Program Files\\Python\\python.exe",
        "Bok = åäö & 50%.xlsm",
        tmp_path / "s v.txt",
    )
    (line,) = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        ["run", "FinsamSkal.FinsamKommando", [program, "FinsamRaknaOm", book, 4711, str(file)]],
    )
    first, *arguments = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
    assert first == program
    assert arguments[:3] == ["-P", "-m", "finsam_excel.macros"]
    asked: list[tuple[str, int | None]] = []

    def found(name: str, window: int | None) -> Any:
        asked.append((name, window))
        raise WorkbookError("nej")

    monkeypatch.setattr(desktop, "_book", found)
    assert desktop.main(arguments[3:]) == 2
    assert asked == [(book, 4711)]
    assert file.read_text(encoding="ascii") == "nej"


NOT_FOR_CELLS = (
    'FinsamKorPython("FinsamRaknaOm"; "bok"; 0; "")',
    'FinsamKor("FinsamRaknaOm"; "Räkna om")',
    "FinsamRaknaOm()",
    'Las("{file}"; "")',
    'SkapaTom("{file}")',
    'FinsamHittaBibliotek("{file}"; "x"; "")',
    "FinsamSkrivOmFormler()",
)


def test_nothing_that_touches_files_can_be_typed_in_a_cell(steps: Any, tmp_path: Path) -> None:
    """LibreOffice lets a cell call any Function that it finds by name, but no Sub."""
    file = tmp_path / "viktig.txt"
    file.write_text("kvar", encoding="ascii")
    tries = [
        step
        for row, call in enumerate(NOT_FOR_CELLS, 60)
        for step in (
            ["write", "Start", f"B{row}", "=" + call.format(file=file)],
            ["read", "Start", f"B{row}"],
        )
    ]
    *gave, reached, shown, noted = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        *tries,
        ["write", "Start", "B59", '=FinsamUttytt("\\u00e5")'],
        ["read", "Start", "B59"],
        ["read", "Start", NOTES],
    )
    assert gave[1::2] == ["#NAME?"] * len(NOT_FOR_CELLS)
    assert (reached, shown) == (None, "å"), "a Function is called: the others would have been"
    assert notes(noted) == []
    assert file.read_text(encoding="ascii") == "kvar"


def test_the_answer_is_read_and_its_file_removed(steps: Any, tmp_path: Path) -> None:
    """Of what Python wrote, all lines; whether or not it could be started, nothing is left."""
    answer, temporary = tmp_path / "svar.txt", tmp_path / "temp"
    answer.write_text("Klart.\nTv\\u00e5", encoding="ascii")
    temporary.mkdir()
    read, missing, made, ran = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        ["given", "FinsamSkal.Las", [str(answer), "gammalt"]],
        ["given", "FinsamSkal.Las", [str(tmp_path / "saknas.txt"), "gammalt"]],
        ["given", "FinsamSkal.SkapaTom", [str(tmp_path / "tom.txt")]],
        ["given", "FinsamSkal.FinsamKorPython", ["FinsamRaknaOm", "bok.xlsm", 0, ""]],
        variables={"TEMP": str(temporary), "HOME": str(temporary)},
    )
    assert read[1] == "Klart.\nTv\\u00e5"
    assert missing[1] == ""
    assert made
    assert (tmp_path / "tom.txt").read_bytes() == b""
    assert ran[2] != 0
    assert ran[3] == ""
    assert not list(temporary.glob("finsam-svar-*"))


STORE = "PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0"


def test_xlwings_library_is_found_wherever_pip_puts_it(steps: Any, tmp_path: Path) -> None:
    """Each place holds a file of its own name; the nearest of two is taken."""
    bin_folder, roaming = tmp_path / "miljö" / "Scripts", tmp_path / "Roaming"
    local, base = tmp_path / "Local", tmp_path / "egen bas"
    store = local / "Packages" / STORE / "LocalCache" / "local-packages"
    user = sysconfig.get_path("data", "nt_user", {"userbase": str(roaming / "Python")})
    places = {
        "bredvid": bin_folder,
        "ovanför": bin_folder.parent,
        "bas": base,
        "användare": Path(user),
        "version": roaming / "Python" / "Python312",
        "store": store,
    }
    for number, (name, folder) in enumerate(places.items()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.dll").touch()
        for later in range(number, len(places)):
            (folder / f"från{later}.dll").touch()
    (local / "Packages" / "Annan.Python.3.12_x").mkdir()
    program = str(bin_folder / "python.exe")
    names = [*places, *(f"från{number}" for number in range(len(places))), "saknas"]
    gave = steps(
        WORKBOOKS / "finsam.xlam",
        *(
            ["given", "FinsamPlatser.FinsamHittaBibliotek", [program, f"{name}.dll", "?"]]
            for name in names
        ),
        ["given", "FinsamPlatser.FinsamHittaBibliotek", ["python", "användare.dll", "?"]],
        ["given", "FinsamPlatser.FinsamHittaBibliotek", ["python", "bredvid.dll", "?"]],
        variables={
            "APPDATA": str(roaming),
            "LOCALAPPDATA": str(local),
            "PYTHONUSERBASE": str(base),
        },
    )
    found = [answer[2] for answer in gave]
    for name, file in zip(places, found, strict=False):
        assert file == str(places[name] / f"{name}.dll")
    assert found[len(places) : 2 * len(places)] == [
        str(bin_folder / f"från{number}.dll") for number in range(len(places))
    ]
    assert found[2 * len(places) :] == ["", str(Path(user) / "användare.dll"), ""]


@pytest.mark.parametrize("variables", [{}, {"APPDATA": "/finns-inte", "LOCALAPPDATA": "/nej"}])
def test_without_such_folders_nothing_is_found(steps: Any, variables: dict[str, str]) -> None:
    empty = {"APPDATA": "", "LOCALAPPDATA": "", "PYTHONUSERBASE": "", "FINSAM_PYTHON": ""}
    found, program = steps(
        WORKBOOKS / "finsam.xlam",
        ["given", "FinsamPlatser.FinsamHittaBibliotek", ["python", "x.dll", "?"]],
        ["run", "FinsamSkal.FinsamPythonProgram", []],
        variables=empty | variables,
    )
    assert found[2] == ""
    assert program == "python"


@pytest.mark.parametrize(
    "below", ["finsam_xl", f"Packages/{STORE}/LocalCache/Local/finsam_xl"], ids=["pip", "store"]
)
def test_the_connected_python_is_found(below: str, steps: Any, tmp_path: Path) -> None:
    """As the binder writes it; Store's Python is given a folder of its own to write in."""
    desktop.connect(tmp_path / "Local" / below)
    variables = {"LOCALAPPDATA": str(tmp_path / "Local"), "FINSAM_PYTHON": ""}
    wanted = ["run", "FinsamSkal.FinsamPythonProgram", []]
    (program,) = steps(WORKBOOKS / "finsam.xlam", wanted, variables=variables)
    assert program == sys.executable
    variables["FINSAM_PYTHON"] = "D:\\egen\\python.exe"
    (named,) = steps(WORKBOOKS / "finsam.xlam", wanted, variables=variables)
    assert named == "D:\\egen\\python.exe"


def test_the_notice_goes_when_macros_run(steps: Any) -> None:
    before, _, after = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm", ["hidden", "Start"], OPENED, ["hidden", "Start"]
    )
    assert before == []
    assert after == [4, 5, 6, 7, 8]


def test_functions_answer_with_error_values_and_ranges(steps: Any) -> None:
    """LibreOffice shows what VBA makes with CVErr as 'Error 2042'."""
    gave = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        RECORD,
        ["write", "Start", "BC1", "=FINSAM_TRAPPA(1)"],
        ["read", "Start", "BC1"],
        ["write", "Start", "BD1:BE2", "=FINSAM_PROGNOS(A1:B2;4)"],
        ["read", "Start", "BD1:BE2"],
        ["write", "Start", "BG1", "=FINSAM_SOLIDITET(1;2)"],
        ["read", "Start", "BG1"],
        ["run", "FinsamRakning.FinsamOrsak", []],
        ["write", "Start", "BG2", "=FINSAM_TRAPPA(2)"],
        ["read", "Start", "BG2"],
    )
    assert gave[2] == "Error 2042"
    assert gave[4] == [[1.0, "Error 2007"], ["", "FINSAM_PROGNOS5"]]
    assert gave[6] == "Error 2029", "Python that does not answer is #NAMN?"
    assert gave[7] == "Python svarar inte"
    assert gave[9] == "Error 2029", "and it is not asked again at once"


def test_formulas_that_lost_their_function_are_entered_again(steps: Any, tmp_path: Path) -> None:
    """As opened without the functions: the file shows #NAMN?; another #NAMN? is left alone."""
    path = tmp_path / "bok.xlsm"
    _with_lost_formulas(WORKBOOKS / "sodra-lappland-budget.xlsm", path)
    gave = steps(
        path,
        RECORD,
        ["read", "Målkarta", "K50"],
        ["click", "Start", "Återställ formler"],
        ["read", "Start", NOTES],
        ["read", "Målkarta", "K50"],
        ["formula", "Målkarta", "K51"],
    )
    assert gave[1] == "#NAME?"
    assert notes(gave[3]) == [
        "läge|Finsam: letar efter #NAMN? i bok.xlsm …",
        "läge|",
        "visa|Återställ formler|1 formel är återställd.|klart",
    ]
    assert gave[4] == "Error 2042"
    assert gave[5].upper() == "=NAGON_ANNANS(1)"


def test_a_formula_that_stays_lost_is_pointed_out(steps: Any) -> None:
    *_, shown = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        RECORD,
        ["write", "Målkarta", "K50", "=FINSAM_FINNS_INTE(1)"],
        ["click", "Start", "Återställ formler"],
        ["read", "Start", NOTES],
    )
    assert "Fortfarande #NAMN?, först i Målkarta!K50." in notes(shown)[-1]


def _with_lost_formulas(source: Path, target: Path) -> None:
    shutil.copy(source, target)
    row = (
        b'<row r="50"><c r="K50" t="e"><f>_xldudf_FINSAM_TRAPPA(1)</f><v>#NAME?</v></c></row>'
        b'<row r="51"><c r="K51" t="e"><f>NAGON_ANNANS(1)</f><v>#NAME?</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                data = data.replace(b"</sheetData>", row)
            new.writestr(name, data)
