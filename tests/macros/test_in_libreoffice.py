"""The VBA compiles and runs: LibreOffice opens the workbooks and clicks their buttons."""

from __future__ import annotations

import re
import shutil
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
MENU = """Option VBASupport 1
Public Function Syns() As Variant
    Dim synlig As Variant
    FinsamFlikSyns Nothing, synlig
    Syns = synlig
End Function
"""
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
        ["run", "FinsamPlatser.FinsamPythonProgram", []],
        ["run", "FinsamRakning.FinsamRakna", ["FINSAM_ANDEL", []]],
        ["run", "FinsamRakning.FinsamOrsak", []],
        OPENED,
        variables={"USERPROFILE": "/finns-inte", "FINSAM_PYTHON": ""},
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
        if button.of_file is not None:
            # No file is chosen; what comes of one is tried in test_fetching.
            assert notes(gave[number * 7 + 1]) == [f"fil|{button.text}"]
            continue
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
        (0, "svaret kom inte fram till Excel"),
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
        variables={"FINSAM_PYTHON": "C:\\Python\\python.exe"},
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
    'FinsamHamta("FinsamHamtaUtfall"; "Hämta utfall")',
    'FinsamValjFil("x"; "y"; 0)',
    "FinsamRaknaOm()",
    'FinsamLas("{file}"; "")',
    'NySvarsfil("{file}")',
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


def test_an_answer_is_read(steps: Any, tmp_path: Path) -> None:
    """All lines; nothing where there is no file."""
    answer = tmp_path / "svar.txt"
    answer.write_text("Klart.\nTv\\u00e5", encoding="ascii")
    read, missing = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        ["given", "FinsamPlatser.FinsamLas", [str(answer), "gammalt"]],
        ["given", "FinsamPlatser.FinsamLas", [str(tmp_path / "saknas.txt"), "gammalt"]],
    )
    assert read[1] == "Klart.\nTv\\u00e5"
    assert missing[1] == ""


NOTICE = [4, 5, 6, 7, 8]


def test_the_notice_goes_when_macros_run_and_stays_in_the_file(steps: Any) -> None:
    """Who opens the saved file with macros blocked has to be told."""
    _, before, *told = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        ["run", "FinsamStart.FinsamForeSparning", []],
        ["hidden", "Start"],
        *(
            step
            for macro, arguments in (
                ("FinsamOppnad", []),
                ("FinsamForeSparning", []),
                ("FinsamEfterSparning", [True]),
                ("FinsamForeSparning", []),
                ("FinsamIgang", []),
            )
            for step in (["run", f"FinsamStart.{macro}", arguments], ["hidden", "Start"])
        ),
    )
    assert before == []
    assert told[1::2] == [NOTICE, [], NOTICE, [], NOTICE]


def test_a_click_says_that_macros_run(steps: Any) -> None:
    *_, hidden = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        RECORD,
        ["click", "Start", "Räkna om"],
        ["hidden", "Start"],
    )
    assert hidden == NOTICE


def test_every_event_is_passed_on() -> None:
    """Excel calls the workbook's own module, and that one ours."""
    text = vba_text.written(vba_text.WORKBOOK_CODE)
    called = dict(re.findall(r"Sub (\w+)\(.*\)\n(?:    Set .*\n)?    (Finsam\w+)", text))
    assert called == {
        "Workbook_Open": "FinsamOppnad",
        "mExcel_WorkbookActivate": "FinsamIgang",
        "Workbook_BeforeSave": "FinsamForeSparning",
        "Workbook_AfterSave": "FinsamEfterSparning",
        "Workbook_BeforeClose": "FinsamStangs",
    }
    start = vba_text.written("FinsamStart")
    assert all(f"Public Sub {name}(" in start for name in called.values())


def test_the_own_tab_gives_way_to_the_add_in_while_it_is_there(steps: Any) -> None:
    """Asked when the ribbon is drawn, and told when the add-in comes and goes."""
    _, *gave = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        ["replace", "Meny", MENU],
        *(["run", "Meny.Syns", []], ["run", "FinsamKnappar.FinsamTillaggetByts", [True]]),
        *(["run", "Meny.Syns", []], ["run", "FinsamKnappar.FinsamTillaggetByts", [False]]),
        ["run", "Meny.Syns", []],
    )
    assert gave[::2] == [True, False, True]


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
        ["write", "Start", "BG3", "=FINSAM_VARFOR(BG2)"],
        ["read", "Start", "BG3"],
    )
    assert gave[2] == "Error 2042"
    assert gave[4] == [[1.0, "Error 2007"], ["", "FINSAM_PROGNOS5"]]
    assert gave[6] == "Error 2029", "Python that does not answer is #NAMN?"
    assert gave[7] == "Python svarar inte"
    assert gave[9] == "Error 2029", "and it is not asked again at once"
    assert gave[11] == "Funktionerna visar #NAMN?: Python svarar inte"


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


def test_why_there_was_no_answer_is_asked_again(steps: Any) -> None:
    """What FINSAM_VARFOR said without Python is no answer to keep."""
    gave = steps(
        WORKBOOKS / "sodra-lappland-budget.xlsm",
        RECORD,
        ["write", "Målkarta", "K50", "=FINSAM_SOLIDITET(1;2)"],
        ["read", "Målkarta", "K50"],
        ["write", "Målkarta", "K51", "=FINSAM_VARFOR(1)"],
        ["read", "Målkarta", "K51"],
        ["write", "Målkarta", "K50", ""],
        ["click", "Start", "Återställ formler"],
        ["read", "Målkarta", "K51"],
        ["read", "Start", NOTES],
    )
    assert gave[4] == "Funktionerna visar #NAMN?: Python svarar inte"
    assert gave[7] == "Error 2042"
    assert notes(gave[8])[-1] == "visa|Återställ formler|1 formel är återställd.|klart"


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
    shutil.copyfile(source, target)
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
