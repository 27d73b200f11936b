"""The VBA text: modules written by hand in ``macros/vba``, and those made from the lists.

Text is UTF-8 with line feeds here and in git; ``vba_project`` makes it what Excel wants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from finsam_xl.actions.buttons import PLAIN_BUTTONS, AnyButton, Button
from finsam_xl.registry import CATEGORY, Argument, CellFunction

VBA = Path(__file__).resolve().parents[2] / "macros" / "vba"
WRITTEN = (
    "FinsamCom",
    "FinsamFormler",
    "FinsamPlatser",
    "FinsamPython",
    "FinsamRakning",
    "FinsamSkal",
    "FinsamStart",
)
"""The modules written by hand."""
WORKBOOK_CODE = "ThisWorkbook"
_USER_DEFINED = 14
"""Excel's number of the group for functions of no group."""
_MOST_HELP = 255
"""Characters that Excel keeps of a description."""


def written(name: str) -> str:
    """A module's text as it stands in ``macros/vba``."""
    kind = "cls" if name == WORKBOOK_CODE else "bas"
    return (VBA / f"{name}.{kind}").read_text(encoding="utf-8")


def generated(buttons: Sequence[Button], functions: Sequence[CellFunction]) -> dict[str, str]:
    """The modules made from the lists, by name."""
    return {
        "FinsamFunktioner": _functions(functions),
        "FinsamHjalp": _help(functions),
        "FinsamKnappar": _buttons(buttons),
    }


def modules(buttons: Sequence[Button], functions: Sequence[CellFunction]) -> dict[str, str]:
    """Every standard module's text, in the project's order."""
    texts = {name: written(name) for name in WRITTEN} | generated(buttons, functions)
    return {name: texts[name] for name in sorted(texts)}


VISIBLE = ("FinsamFunktioner", "FinsamKnappar")
"""The modules that cells, buttons and the ribbon reach into; every other is private.

Private hides a module from the lists and from other projects. Whoever knows the name of a
function in it may still type it in a cell, so that whatever touches files or starts
programs is a Sub as well, which no cell can call.
"""


def _head(name: str, source: str) -> str:
    return (
        f'Attribute VB_Name = "{name}"\n'
        f"' Made by python workbooks/build from {source}. Change it there.\n"
        "Option Explicit\n" + ("" if name in VISIBLE else "Option Private Module\n")
    )


def _buttons(buttons: Sequence[Button]) -> str:
    parts = [_head("FinsamKnappar", "finsam_xl/actions/buttons.py")]
    parts += [
        f"\n' {button.tip}\nPublic Sub {button.name}()\n"
        f"    {_does(button)} {_quoted(button.name)}, {_quoted(button.text)}\nEnd Sub\n"
        for button in buttons
    ]
    parts += [
        f"\n' {button.tip}\nPublic Sub {button.name}()\n    {button.macro}\nEnd Sub\n"
        for button in PLAIN_BUTTONS
    ]
    everyone: list[AnyButton] = [*buttons, *PLAIN_BUTTONS]
    cases = "".join(f"        Case {_quoted(button.name)}: {button.name}\n" for button in everyone)
    parts.append(
        "\n' What every button of the ribbon calls.\n"
        "Public Sub FinsamFranMenyn(ByVal kontroll As Object)\n"
        f"    Select Case kontroll.ID\n{cases}    End Select\nEnd Sub\n"
        "\n' Whether the ribbon shows the workbook's own tab.\n"
        "Public Sub FinsamFlikSyns(ByVal kontroll As Object, ByRef synlig As Variant)\n"
        "    synlig = FinsamEgenFlik()\nEnd Sub\n"
        "\n' The ribbon itself, to be told when that changes.\n"
        "Public Sub FinsamMenyLaddad(ByVal kontroll As Object)\n"
        "    FinsamBehallMeny kontroll\nEnd Sub\n"
        "\n' What the add-in calls in every open workbook when it comes and goes.\n"
        "Public Sub FinsamTillaggetByts(ByVal finns As Boolean)\n"
        "    FinsamTillaggFinns finns\nEnd Sub\n"
    )
    return "".join(parts)


def _does(button: Button) -> str:
    return "FinsamKor" if button.of_file is None else "FinsamHamta"


def _functions(functions: Sequence[CellFunction]) -> str:
    parts = [_head("FinsamFunktioner", "finsam_xl/registry")]
    for function in functions:
        names = ", ".join(argument.name for argument in function.arguments)
        parts.append(
            f"\n' {function.help}\n"
            f"Public Function {function.name}({', '.join(map(_parameter, function.arguments))}) "
            "As Variant\n"
            f"Attribute {function.name}.VB_Description = {_quoted(shortened(function.help))}\n"
            f'Attribute {function.name}.VB_ProcData.VB_Invoke_Func = " \\n{_USER_DEFINED}"\n'
            f"    {function.name} = FinsamRakna({_quoted(function.name)}, Array({names}))\n"
            "End Function\n"
        )
    return "".join(parts)


def _parameter(argument: Argument) -> str:
    return f"Optional {argument.name}" if argument.optional else argument.name


def _help(functions: Sequence[CellFunction]) -> str:
    calls = "".join(f"    {line}\n" for function in functions for line in _help_call(function))
    return (
        _head("FinsamHjalp", "finsam_xl/registry") + "\nPrivate mBeskrivet As Boolean\n"
        "\n' What the function wizard says of functions and their arguments. Excel takes it only\n"
        "' while a workbook is active, and from no add-in before that: asked again until it is.\n"
        "Public Sub FinsamHjalptexter()\n"
        "    If mBeskrivet Or ActiveWorkbook Is Nothing Then Exit Sub\n"
        f"{calls}End Sub\n"
        "\nPrivate Sub Beskriv(ByVal namn As String, ByVal text As String, "
        "ByVal argument As Variant)\n"
        "    On Error Resume Next\n"
        "    Application.MacroOptions Macro:=namn, Description:=text, "
        f"Category:={_quoted(CATEGORY)}, _\n"
        "        ArgumentDescriptions:=argument\n"
        "    If Err.Number = 0 Then mBeskrivet = True\n"
        "End Sub\n"
    )


def _help_call(function: CellFunction) -> Iterator[str]:
    yield f"Beskriv {_quoted(function.name)}, {_quoted(shortened(function.help))}, Array( _"
    last = len(function.arguments) - 1
    for number, argument in enumerate(function.arguments):
        end = ")" if number == last else ", _"
        yield f"    {_quoted(shortened(argument.help))}{end}"


def shortened(text: str) -> str:
    """The text within what Excel keeps, cut between words."""
    if len(text) <= _MOST_HELP:
        return text
    return text[: _MOST_HELP - 2].rsplit(" ", 1)[0] + " …"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
