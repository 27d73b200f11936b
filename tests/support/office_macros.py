"""Macros in LibreOffice, run by the system's Python, the one that has ``uno``.

``python3 office_macros.py WORKBOOK PROFILE PORT`` reads steps as JSON and prints what each
gave. Steps: ["modules"], ["buttons"], ["replace", module, text], ["run", macro, arguments],
["given", macro, arguments] (what it leaves in its arguments),
["click", sheet, label], ["write", sheet, cell, formula], ["read", sheet, range],
["formula", sheet, cell], ["hidden", sheet], ["sheets"], ["rows", sheet, at, count],
["columns", sheet, at, count], ["rename", sheet, name], ["move", sheet, place],
["copy", sheet, name, place], ["save", path].
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_LIBRARY = "VBAProject"
_RUNS_MACROS = 4
_FILTER, _PLAIN = "Calc MS Excel 2007 VBA XML", "Calc MS Excel 2007 XML"
_SECONDS = 60


def _property(name: str, value: Any) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found,unused-ignore]

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _connected(port: int) -> Any:
    """The desktop of the LibreOffice that was started, when it is ready."""
    import uno  # type: ignore[import-not-found,unused-ignore]

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(_SECONDS * 2):
        try:
            context = resolver.resolve(address)
        except Exception:  # noqa: BLE001  (not ready yet: uno has many ways to say so)
            time.sleep(0.5)
            continue
        return context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
    raise TimeoutError("LibreOffice did not start")


class _Document:
    def __init__(self, document: Any) -> None:
        self.document = document

    @property
    def library(self) -> Any:
        return self.document.BasicLibraries.getByName(_LIBRARY)

    def modules(self) -> list[str]:
        return list(self.library.ElementNames)

    def sheets(self) -> list[str]:
        return list(self.document.Sheets.ElementNames)

    def _controls(self, sheet: str) -> dict[str, str]:
        forms = self.document.Sheets.getByName(sheet).DrawPage.Forms
        return {
            form.getByIndex(number).Label: form.getScriptEvents(number)[0].ScriptCode
            for form in (forms.getByIndex(place) for place in range(forms.Count))
            for number in range(form.Count)
        }

    def buttons(self) -> dict[str, list[str]]:
        found = {sheet: list(self._controls(sheet)) for sheet in self.sheets()}
        return {sheet: labels for sheet, labels in found.items() if labels}

    def replace(self, module: str, text: str) -> None:
        known = self.library.hasByName(module)
        (self.library.replaceByName if known else self.library.insertByName)(module, text)

    def run(self, macro: str, arguments: list[Any]) -> Any:
        return self._invoke(self._address(macro), arguments)

    def _address(self, macro: str) -> str:
        return f"vnd.sun.star.script:{_LIBRARY}.{macro}?language=Basic&location=document"

    def given(self, macro: str, arguments: list[Any]) -> list[Any]:
        _, places, values = self._script(self._address(macro)).invoke(tuple(arguments), (), ())
        return [dict(zip(places, values)).get(n, old) for n, old in enumerate(arguments)]  # noqa: B905

    def click(self, sheet: str, label: str) -> Any:
        return self._invoke(self._controls(sheet)[label], [])

    def _invoke(self, address: str, arguments: list[Any]) -> Any:
        return self._script(address).invoke(tuple(arguments), (), ())[0]

    def _script(self, address: str) -> Any:
        return self.document.getScriptProvider().getScript(address)

    def write(self, sheet: str, cell: str, formula: str) -> None:
        place = self.document.Sheets.getByName(sheet).getCellRangeByName(cell)
        if ":" in cell:
            place.setArrayFormula(formula)
        else:
            place.setFormula(formula)

    def read(self, sheet: str, area: str) -> Any:
        found = self.document.Sheets.getByName(sheet).getCellRangeByName(area)
        rows = found.DataArray if ":" in area else None
        return [list(row) for row in rows] if rows is not None else found.String

    def formula(self, sheet: str, cell: str) -> str:
        return str(self.document.Sheets.getByName(sheet).getCellRangeByName(cell).Formula)

    def hidden(self, sheet: str) -> list[int]:
        rows = self.document.Sheets.getByName(sheet).Rows
        return [row + 1 for row in range(60) if not rows.getByIndex(row).IsVisible]

    def rows(self, sheet: str, at: int, count: int) -> None:
        self._inserted(self.document.Sheets.getByName(sheet).Rows, at, count)

    def columns(self, sheet: str, at: int, count: int) -> None:
        self._inserted(self.document.Sheets.getByName(sheet).Columns, at, count)

    def _inserted(self, lines: Any, at: int, count: int) -> None:
        """Lines put in from number ``at``, or taken away where ``count`` is negative."""
        if count > 0:
            lines.insertByIndex(at - 1, count)
        else:
            lines.removeByIndex(at - 1, -count)

    def rename(self, sheet: str, name: str) -> None:
        self.document.Sheets.getByName(sheet).Name = name

    def move(self, sheet: str, place: int) -> None:
        self.document.Sheets.moveByName(sheet, place)

    def copy(self, sheet: str, name: str, place: int) -> None:
        self.document.Sheets.copyByName(sheet, name, place)

    def save(self, path: str) -> None:
        kind = _property("FilterName", _PLAIN)
        self.document.storeToURL(Path(path).as_uri(), (kind,))


def main() -> None:
    """Start LibreOffice, open the workbook, take the steps, close."""
    path, profile, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--norestore", f"--accept=socket,host=127.0.0.1,port={port};urp;"]
    nowhere = subprocess.DEVNULL
    office = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)
    try:
        desktop = _connected(port)
        properties = [_property("Hidden", True), _property("MacroExecutionMode", _RUNS_MACROS)]
        properties.append(_property("FilterName", _FILTER))
        opened = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, tuple(properties))
        document = _Document(opened)
        gave = [getattr(document, step[0])(*step[1:]) for step in json.load(sys.stdin)]
        print(json.dumps(gave))
        opened.close(True)
        desktop.terminate()
        office.wait(timeout=20)
    finally:
        # The program that was started has started another, which would keep the file locked.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(office.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
