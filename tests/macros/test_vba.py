"""The VBA in the built files is the text in ``macros/vba``, and text that Excel takes."""

from __future__ import annotations

import re
import tomllib
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import olefile
import pytest
import vba_text

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.registry import FUNCTIONS
from support import macro_books
from support.workbooks import ROOT

WORKBOOKS = ROOT / "workbooks"
MODULES = sorted(path.stem for path in vba_text.VBA.glob("*.bas"))
_LONGEST_LINE, _MOST_CONTINUED = 1023, 24
_PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\(", re.MULTILINE)
_KEYWORDS = frozenset(
    [
        "and",
        "as",
        "boolean",
        "byref",
        "byte",
        "byval",
        "call",
        "case",
        "const",
        "currency",
        "date",
        "declare",
        "dim",
        "do",
        "double",
        "each",
        "else",
        "elseif",
        "empty",
        "end",
        "enum",
        "eqv",
        "erase",
        "error",
        "event",
        "exit",
        "false",
        "for",
        "friend",
        "function",
        "get",
        "global",
        "gosub",
        "goto",
        "if",
        "imp",
        "implements",
        "in",
        "integer",
        "is",
        "let",
        "like",
        "long",
        "loop",
        "lset",
        "me",
        "mod",
        "new",
        "next",
        "not",
        "nothing",
        "null",
        "on",
        "option",
        "optional",
        "or",
        "paramarray",
        "preserve",
        "print",
        "private",
        "property",
        "public",
        "raiseevent",
        "redim",
        "rem",
        "resume",
        "return",
        "rset",
        "select",
        "set",
        "single",
        "static",
        "stop",
        "string",
        "sub",
        "then",
        "to",
        "true",
        "type",
        "typeof",
        "until",
        "variant",
        "wend",
        "while",
        "with",
        "withevents",
        "write",
        "xor",
    ]
)


def built(name: str) -> dict[str, str]:
    """Module texts as an independent reader finds them, without the attribute lines."""
    return {module: re.sub(r"(?m)^Attribute .*\n", "", text) for module, text in kept(name).items()}


def kept(name: str) -> dict[str, str]:
    """Module texts as an independent reader finds them."""
    with warnings.catch_warnings():
        # It uses what pyparsing has renamed since.
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

        parser: Any = VBA_Parser(str(WORKBOOKS / name))
        macros = list(parser.extract_macros())
        parser.close()
    return {Path(module).stem: code.replace("\r\n", "\n") for _, _, module, code in macros}


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_the_code_is_the_text_in_the_repository(name: str) -> None:
    """Every module, Swedish letters included, and none besides."""
    code = built(name)
    for module in [*MODULES, vba_text.WORKBOOK_CODE]:
        text = vba_text.written(module)
        assert code.pop(module).strip() == re.sub(r"(?m)^Attribute .*\n", "", text).strip()
    assert {module[:4] for module in code} == {"Blad"}
    assert not any(text.strip() for text in code.values())
    assert "Återställ formler" in built(name)["FinsamFormler"]


def test_the_page_for_it_says_what_scanners_say() -> None:
    """Neither less nor more: another answer means another file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

        parser: Any = VBA_Parser(str(WORKBOOKS / "finsam.xlam"))
        found = {word for kind, word, _ in parser.analyze_macros() if kind != "IOC"}
        parser.close()
    page = (ROOT / "finsam_xl/handbok/text/it.md").read_text(encoding="utf-8")
    told = page[page.index("*AutoExec*") : page.index("Flera av dem står bara")]
    assert set(re.findall("`(.+?)`", told)) == found


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_the_project_holds_text_and_nothing_compiled(name: str) -> None:
    """[MS-OVBA] 2.3.4.1: 0x61CC, version 0xFFFF, three bytes of nothing, and no cache."""
    with zipfile.ZipFile(WORKBOOKS / name) as package:
        project = package.read("xl/vbaProject.bin")
    with olefile.OleFileIO(project, raise_defects=olefile.DEFECT_POTENTIAL) as container:
        assert container.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("cc61ffff000000")
        streams = {"/".join(path) for path in container.listdir()}
    assert not any("__SRP_" in stream for stream in streams)
    assert {f"VBA/{module}" for module in MODULES} < streams


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_every_function_says_what_it_gives_without_being_asked(name: str) -> None:
    """As Excel itself keeps a description, so that the add-in's are there at once."""
    code = kept(name)["FinsamFunktioner"]
    for function in FUNCTIONS:
        text = vba_text.shortened(function.help).replace('"', '""')
        assert f'Attribute {function.name}.VB_Description = "{text}"\n' in code
        assert f'Attribute {function.name}.VB_ProcData.VB_Invoke_Func = " \\n14"\n' in code


def test_only_what_cells_and_buttons_reach_is_visible() -> None:
    for module in MODULES:
        private = "\nOption Private Module\n" in vba_text.written(module)
        assert private != (module in vba_text.VISIBLE), module
    names = {name: _PROCEDURE.findall(vba_text.written(name)) for name in vba_text.VISIBLE}
    assert names["FinsamFunktioner"] == [function.name for function in FUNCTIONS]
    assert "Function" not in vba_text.written("FinsamKnappar")
    assert "Private Module" not in vba_text.written(vba_text.WORKBOOK_CODE), "Excel refuses it"


_DEFINED = re.compile(
    r"^(?:Public |Private )?(?P<kind>Sub|Function) (?P<name>\w+)\((?P<given>(?:[^()]|\(\))*)\)"
    r"(?P<body>.*?)^End (?P=kind)$",
    re.MULTILINE | re.DOTALL,
)
_REACHES_OUT = re.compile(
    r"\b(?:Kill|Open .* For|Dir\(|CreateObject|GetObject|Shell|AppleScriptTask|LoadLibrary|MkDir|"
    r"RmDir|FileCopy|SetAttr|SendKeys|XLPyDLLActivateAuto|Workbooks\.Open|MacroOptions|StatusBar|"
    r"Application\.Run|Evaluate|\.Formula2? =|\.FormulaArray =|\.Hidden =|MsgBox)"
)


def reaching_out(texts: Iterable[str]) -> dict[str, str]:
    """Procedures that reach outside the cell, themselves or through others, with what they take.

    One that takes nothing does the same whoever calls it: what it reaches is not passed on.
    """
    text = re.sub(r"(?m)^\s*'.*$", "", "\n".join(texts).replace(" _\n", " "))
    defined = {found["name"]: found for found in _DEFINED.finditer(text)}
    reached = {name for name, found in defined.items() if _REACHES_OUT.search(found["body"])}
    while True:
        steered = {name for name in reached if defined[name]["given"].strip()}
        calls = re.compile(rf"\b(?:{'|'.join(sorted(steered))})\b")
        more = {name for name, found in defined.items() if calls.search(found["body"])}
        if more <= reached:
            return {
                name: f"{defined[name]['kind']} {defined[name]['given']}".strip()
                for name in reached
            }
        reached |= more


def test_a_cell_cannot_choose_what_is_read_removed_or_run() -> None:
    """Any Function may be called from a cell: one that reaches outside takes no arguments."""
    found = reaching_out(map(vba_text.written, MODULES))
    subs = {"FinsamKor", "FinsamKorPython", "FinsamLas", "NySvarsfil", "HamtaBibliotek", "Sok"}
    assert subs <= set(found)
    functions = {name: what for name, what in found.items() if what.startswith("Function")}
    assert set(functions) >= {"FinsamServer", "FinsamPythonProgram", "Pythonmappar"}
    assert set(functions.values()) == {"Function"}, functions


def test_a_function_that_removes_what_it_is_told_would_be_found() -> None:
    bad = (
        "Public Function Bort(ByVal fil As String) As String\n    Ta fil\nEnd Function\n"
        "Private Sub Ta(ByVal fil As String)\n    Kill fil\nEnd Sub\n"
    )
    assert reaching_out([bad])["Bort"] == "Function ByVal fil As String"


def test_the_text_made_from_the_lists_is_up_to_date() -> None:
    for module, text in vba_text.generated(BUTTONS, FUNCTIONS).items():
        assert vba_text.written(module) == text, "python workbooks/build"
    assert set(MODULES) == set(vba_text.modules(BUTTONS, FUNCTIONS))


@pytest.mark.parametrize("module", [*MODULES, vba_text.WORKBOOK_CODE])
def test_excel_takes_the_text(module: str) -> None:
    """Signs of cp1252, lines that are not too long or continued too often, no tabs."""
    text = vba_text.written(module)
    text.encode("cp1252")
    assert "\t" not in text
    assert "Option Explicit" in text
    assert max(map(len, text.splitlines())) <= _LONGEST_LINE
    continued = max((len(found) for found in re.findall(r"(?:.* _\n)+", text)), default=0)
    assert continued < 8000
    runs = [run.count("\n") for run in re.findall(r"(?:.* _\n)+", text)]
    assert max(runs, default=0) <= _MOST_CONTINUED


def test_every_procedure_has_a_name_of_its_own() -> None:
    """One name, one procedure in the whole project, but for two versions of one module's."""
    names = [
        name for module in MODULES for name in set(_PROCEDURE.findall(vba_text.written(module)))
    ]
    assert sorted(names) == sorted(set(names))


def test_there_is_a_sub_for_every_button_and_a_function_for_every_entry() -> None:
    procedures = {n for module in MODULES for n in _PROCEDURE.findall(vba_text.written(module))}
    assert {button.name for button in (*BUTTONS, *PLAIN_BUTTONS)} <= procedures
    assert {function.name for function in FUNCTIONS} <= procedures


def test_no_argument_is_a_word_of_vba() -> None:
    names = {argument.name.lower() for f in FUNCTIONS for argument in f.arguments}
    assert names & _KEYWORDS == set()


def test_descriptions_fit_what_excel_keeps() -> None:
    """At most 255 characters each, cut between words."""
    texts = [f.help for f in FUNCTIONS] + [a.help for f in FUNCTIONS for a in f.arguments]
    for text in texts:
        kept = vba_text.shortened(text)
        assert len(kept) <= 255
        assert kept == text or (kept.endswith(" …") and text.startswith(kept[:-2]))
        assert kept.replace('"', '""') in vba_text.written("FinsamHjalp")


def test_xlwings_library_is_named_after_the_version_that_is_installed() -> None:
    """Its DLL and its script for Mac carry the version in their names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pinned,) = [
        requirement.removeprefix("xlwings==")
        for requirement in project["project"]["optional-dependencies"]["excel"]
    ]
    text = vba_text.written("FinsamCom") + vba_text.written("FinsamSkal")
    versions = set(re.findall(r"xlwings(?:32|64)?-([\d.]+\d)\.", text))
    assert versions == {pinned}


def test_the_modules_that_vba_names_are_the_ones_that_are_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    skal = vba_text.written("FinsamSkal")
    for source, target in included.items():
        if target.startswith("finsam_excel/"):
            assert (ROOT / source).is_file()
            assert target.removesuffix(".py").replace("/", ".") in skal


def test_no_code_is_looked_for_beside_the_workbook() -> None:
    """Neither the current folder nor the workbook's path ends up on Python's search path."""
    text = "".join(map(vba_text.written, MODULES))
    assert text.count(" -P ") == 2
    assert ".Path &" not in text.replace("Application.Path &", "")
    assert "FullName" not in text
