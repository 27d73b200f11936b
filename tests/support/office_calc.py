"""LibreOffice with the extension in a profile of its own, driven by the system's Python.

``python3 office_calc.py FOLDER EXTENSION PORT`` puts the extension in, starts LibreOffice, reads
steps, each a line of JSON: the name of a method of ``_Office`` and its arguments, and answers with
a line for each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import asking  # the module of the product, beside this file
import uno
from com.sun.star.beans import PropertyValue

_SECONDS, _PATIENCE = 60, 120
_SILENT = "Tyst"
_PROTOCOL = "org.finsam.calc:"


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class _Office:
    def __init__(self, context: Any) -> None:
        self.context = context
        self.desktop = self.create("com.sun.star.frame.Desktop")
        self.document: Any = None

    def create(self, service: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path: str) -> list[str]:
        """Open a workbook in place of the one that was, or an empty one."""
        if self.document is not None:
            self.document.close(True)
        url = Path(path).as_uri() if path else "private:factory/scalc"
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, ())
        return self.sheets()

    def sheets(self) -> list[str]:
        return list(self.document.Sheets.ElementNames)

    def hidden(self) -> list[str]:
        return [sheet.Name for sheet in self.document.Sheets if not sheet.IsVisible]

    def _cells(self, sheet: str, area: str) -> Any:
        sheets = self.document.Sheets
        held = sheets.getByName(sheet) if sheet else sheets.getByIndex(0)
        return held.getCellRangeByName(area)

    def set(self, sheet: str, cell: str, formula: str) -> None:
        cells = self._cells(sheet, cell)
        if ":" in cell:
            cells.setArrayFormula(formula)
        else:
            cells.setFormula(formula)

    def enter(self, cells: dict[str, str]) -> None:
        """Formulas of the first sheet by their cells."""
        for cell, formula in cells.items():
            self.set("", cell, formula)

    def shown(self, sheet: str, *cells: str) -> list[str]:
        return [self._cells(sheet, cell).String for cell in cells]

    def formulas(self, sheet: str, *cells: str) -> list[str]:
        return [self._cells(sheet, cell).Formula for cell in cells]

    def held(self, sheet: str, *cells: str) -> list[Any]:
        """What cells hold: a number, a text or nothing, and their fill."""
        found = []
        for cell in cells:
            one = self._cells(sheet, cell)
            value = one.getDataArray()[0][0]
            found.append([value, one.CellBackColor])
        return found

    def everything(self) -> dict[str, dict[str, str]]:
        """What is typed in every cell that holds anything, by sheet and cell."""
        found = {}
        for sheet in self.document.Sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.getRangeAddress()
            whole = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
            columns = [sheet.Columns.getByIndex(n).Name for n in range(end.EndColumn + 1)]
            found[sheet.Name] = {
                f"{column}{row}": text
                for row, line in enumerate(whole.getFormulaArray(), start=1)
                for column, text in zip(columns, line)  # noqa: B905
                if text
            }
        return found

    def click(self, button: str, said: dict[str, str] | None = None) -> str:
        """Choose a button of the menu; what is told. ``said``: what a person would be asked."""
        helper = self.create("com.sun.star.frame.DispatchHelper")
        frame = self.document.getCurrentController().getFrame()
        silent = (_property(_SILENT, True), *(_property(*one) for one in (said or {}).items()))
        answer = helper.executeDispatch(frame, _PROTOCOL + button, "_self", 0, silent)
        return str(answer.Result)

    def asked(self, title: str, text: str, choices: list[str], likely: str) -> dict[str, Any]:
        """A question as a dialog, not shown: its texts, and whether all lies within it."""
        made = asking.dialog(self.context, title, text, tuple(choices), likely)
        made.createPeer(self.create("com.sun.star.awt.Toolkit"), None)
        model = made.getModel()
        parts = [model.getByName(name) for name in model.getElementNames()]
        answers = made.getControl("svar")
        gave = {
            "title": model.Title,
            "text": model.getByName("fraga").Label,
            "answers": list(answers.getItems()),
            "chosen": answers.getSelectedItem(),
            "buttons": [model.getByName(name).Label for name in ("ok", "avbryt")],
            "lies_within": all(
                part.PositionX + part.Width <= model.Width
                and part.PositionY + part.Height <= model.Height
                for part in parts
            ),
        }
        made.dispose()
        return gave

    def undo(self) -> None:
        self.document.getUndoManager().undo()

    def undoable(self) -> list[str]:
        return list(self.document.getUndoManager().getAllUndoActionTitles())

    def modified(self) -> bool:
        return bool(self.document.isModified())

    def protect(self, sheet: str) -> None:
        """Protect a sheet, or the workbook against new sheets."""
        (self.document.Sheets.getByName(sheet) if sheet else self.document).protect("x")

    def looks(self, sheet: str, cell: str) -> dict[str, Any]:
        one = self._cells(sheet, cell)
        return {
            "fill": one.CellBackColor,
            "ink": one.CharColor,
            "bold": one.CharWeight > 100,
            "size": one.CharHeight,
            "shown": one.String,
        }

    def front(self) -> dict[str, Any]:
        """The sheet that is shown, the colour of its tab, and how many of its rows stay."""
        view = self.document.getCurrentController()
        sheet = view.getActiveSheet()
        rows = view.getSplitRow() if view.hasFrozenPanes() else 0
        return {"sheet": sheet.Name, "tab": sheet.TabColor, "rows": rows}

    def links(self, sheet: str) -> dict[str, dict[str, int]]:
        """The cells that lead somewhere, by column, with the kind of line under their texts."""
        found: dict[str, dict[str, int]] = {}
        for row in range(60):
            for column in "ABCDE":
                cell = self._cells(sheet, f"{column}{row + 1}")
                if cell.TextFields.hasElements():
                    found.setdefault(column, {})[f"{column}{row + 1}"] = cell.CharUnderline
        return found

    def export(self, path: str) -> None:
        """Save a copy as Excel would read it."""
        how = (_property("FilterName", "Calc MS Excel 2007 XML"),)
        self.document.storeToURL(Path(path).as_uri(), how)

    def charts(self, sheet: str) -> list[dict[str, Any]]:
        """The charts of a sheet: their titles, and the cells that their series are of.

        With their names, and what is said of them to those who cannot see them.
        """
        found = []
        held = self.document.Sheets.getByName(sheet)
        shapes = [held.DrawPage.getByIndex(n) for n in range(held.DrawPage.Count)]
        told = {getattr(shape, "PersistName", ""): shape for shape in shapes}
        for chart in held.Charts:
            made = chart.getEmbeddedObject()
            system = made.getFirstDiagram().getCoordinateSystems()[0]
            series = [one for kind in system.getChartTypes() for one in kind.getDataSeries()]
            cells = [
                one.getDataSequences()[0].getValues().getSourceRangeRepresentation()
                for one in series
            ]
            frame = told[chart.Name]
            looks = {"name": frame.Name, "told": frame.Description}
            found.append({"title": made.Title.String, "cells": cells, **looks})
        return found

    def pdf(self, path: str, *sheets: str) -> None:
        """Print some sheets; the others are taken out of the open workbook."""
        for name in self.sheets():
            if name not in sheets:
                self.document.Sheets.removeByName(name)
        kind = _property("FilterName", "calc_pdf_Export")
        self.document.storeToURL(Path(path).as_uri(), (kind,))

    def functions(self) -> dict[str, dict[str, Any]]:
        """Our functions as the list of functions shows them."""
        known = self.create("com.sun.star.sheet.FunctionDescriptions")
        found = {}
        for number in range(known.Count):
            told = {one.Name: one.Value for one in known.getByIndex(number)}
            if told["Name"].startswith("FINSAM_"):
                arguments = [[one.Name, one.Description] for one in told["Arguments"]]
                found[told["Name"]] = {"help": told["Description"], "arguments": arguments}
        return found

    def menu(self) -> dict[str, list[str]]:
        """The texts of the menu and of the toolbar, as they are configured."""
        provider = self.create("com.sun.star.configuration.ConfigurationProvider")
        found = {}
        for place, inside in (("OfficeMenuBar", "Menu/Submenu"), ("OfficeToolBar", "Toolbar")):
            path = f"/org.openoffice.Office.Addons/AddonUI/{place}/org.finsam.calc.{inside}"
            nodes = provider.createInstanceWithArguments(
                "com.sun.star.configuration.ConfigurationAccess", (_property("nodepath", path),)
            )
            found[place] = [nodes.getByName(name).Title for name in sorted(nodes.ElementNames)]
        return found

    def seconds(self, button: str) -> float:
        """How long a click takes."""
        begun = time.perf_counter()
        self.click(button)
        return time.perf_counter() - begun

    def recalculated(self, formula: str, count: int) -> float:
        """How long so many cells with a formula of two numbers before them take."""
        sheet = self.document.Sheets.getByIndex(0)
        numbers = tuple((float(row), row + 7.0) for row in range(1, count + 1))
        sheet.getCellRangeByName(f"H1:I{count}").setDataArray(numbers)
        texts = tuple((formula.format(row),) for row in range(1, count + 1))
        sheet.getCellRangeByName(f"J1:J{count}").setFormulaArray(texts)
        best = float("inf")
        for _ in range(5):
            begun = time.perf_counter()
            self.document.calculateAll()
            best = min(best, time.perf_counter() - begun)
        return best


def _installed(folder: Path, extension: Path) -> str:
    """The profile's argument, once the extension is in it."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["unopkg", "add", "--force", "--suppress-license", str(extension), profile]
    for _ in range(2):  # a fresh profile has been seen to fail at first
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        if done.returncode == 0:
            return profile
    raise RuntimeError(done.stderr.decode())


def _connected(port: int) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for _ in range(_SECONDS * 4):
        try:
            return resolver.resolve(address)
        except Exception:  # noqa: BLE001  (not ready yet: uno has many ways to say so)
            time.sleep(0.25)
    raise TimeoutError("LibreOffice did not start")


def main() -> None:
    """Install, start, take the steps as they come, close."""
    folder, extension, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    command = ["soffice", _installed(folder, extension), "--headless", "--norestore"]
    command.append(f"--accept=socket,host=127.0.0.1,port={port};urp;")
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        held = _Office(_connected(port))
        print("ready", flush=True)
        for line in sys.stdin:
            name, *given = json.loads(line)
            try:
                answer = {"gave": getattr(held, name)(*given)}
            except Exception as error:  # noqa: BLE001  (the test is told)
                answer = {"failed": f"{name}: {error!r}"}
            print(json.dumps(answer), flush=True)
        if held.document is not None:
            held.document.close(True)
        with suppress(Exception):
            held.desktop.terminate()
        office.wait(timeout=20)
    finally:
        office.kill()


if __name__ == "__main__":
    main()
