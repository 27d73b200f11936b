"""The same wrappers on an xlwings Server, in this Python: lists, functions and scripts."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions import buttons
from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.plan import Plan
from finsam_xl.registry import BY_NAME, ranges
from support import cell_calls, excel_run
from support.cell_calls import CellCall, calls
from support.cells import call
from support.function_cases import CASES, SHORTENED, Case
from support.lite_books import NAMES, existing_path
from support.office_actions import Executor
from support.office_js import payload
from udfs import lite

DIV0, NA = -2146826281, -2146826246
"""What COM hands over for #DIV/0! and #N/A."""


@pytest.fixture(scope="module")
def server(xw: Any) -> Any:
    """The module that a server offers."""
    assert xw
    return importlib.import_module("udfs.server")


def answered(xw: Any, server: Any, one: CellCall) -> Any:
    data = {
        "func_name": one.name.lower(),
        "args": one.sent,
        "client": "Office.js",
        "version": xw.__version__,
        "runtime": "1.4",
        "date_format": "yyyy-mm-dd",
        "culture_info_name": "sv-SE",
    }
    return asyncio.run(
        importlib.import_module("xlwings.server").custom_functions_call(data, server)
    )


def test_the_lists(server: Any) -> None:
    offers = importlib.import_module("xlwings.server")
    functions = offers.custom_functions_meta(server)["functions"]
    assert {one["name"] for one in functions} == set(BY_NAME)
    assert {one["id"] for one in functions} == set(BY_NAME)
    scripts = offers.custom_scripts_meta(server)
    assert {one["function_name"]: one["name"] for one in scripts} == {
        button.name: button.text for button in BUTTONS
    }


def test_functions_answer_as_the_registry_does(xw: Any, server: Any) -> None:
    for one in calls():
        assert answered(xw, server, one) == one.wanted, (one.name, one.sent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_cases_of_all_hosts(
    xw: Any, server: Any, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "_WHOLE_COLUMN", SHORTENED)
    arguments = cell_calls.sent(case)
    answer = answered(xw, server, CellCall(case.function, arguments, arguments))
    assert cell_calls.is_shown(case, answer), answer


@pytest.mark.parametrize(
    ("blank", "office", "com"),
    [
        (None, "", None),
        ("", "", None),
        (0.0, {"type": "Error", "errorType": "Value"}, "#VALUE!"),
    ],
)
def test_blanks_as_each_excel_sends_them(
    xw: Any, server: Any, blank: Any, office: Any, com: Any
) -> None:
    """Office.js sends an empty cell as null, "" or 0; COM sends None. No blank is a number."""
    cells = [[[12610.0]], [[blank]]]
    assert answered(xw, server, CellCall("FINSAM_AVVIKELSE", cells, cells)) == [[office]]
    assert lite.calculate("FINSAM_AVVIKELSE", *cells) == com


@pytest.mark.parametrize("left_out", [None, [[None]], [[""]], [[0.0]]])
def test_a_limit_left_out(left_out: Any) -> None:
    assert lite.calculate("FINSAM_FARG", [[64.0]], left_out, left_out) == "röd"


@pytest.mark.parametrize(("raw", "error"), [(DIV0, "#DIV/0!"), (NA, "#N/A"), ("#REF!", "#REF!")])
def test_an_error_in_is_the_same_error_out(raw: Any, error: str) -> None:
    assert lite.calculate("FINSAM_ANDEL", [[raw]], [[319.0]]) == error
    both = lite.calculate("FINSAM_ANDEL", [[raw], [247.0]], [[319.0], [319.0]])
    assert both == [[error], [call("FINSAM_ANDEL", 247.0, 319.0).value]]


def test_an_error_that_office_does_not_know_is_a_value_error() -> None:
    assert lite.calculate("FINSAM_ANDEL", [["#SPILL!"]], [[319.0]]) == "#VALUE!"


def test_the_same_reason_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        lite.calculate("FINSAM_TRAPPA", [[15001.0]])
    assert capsys.readouterr().out.count("FINSAM_TRAPPA: regel saknas") == 1


def click(xw: Any, server: Any, name: str, button: str) -> list[dict[str, Any]]:
    book = xw.Book(json=payload(existing_path(name), xw.__version__))
    scripts = importlib.import_module("xlwings.server")
    done = asyncio.run(
        scripts.custom_scripts_call(server, button, typehint_to_value={xw.Book: book})
    )
    queued: list[dict[str, Any]] = done.json()["actions"]
    return queued


@pytest.mark.parametrize("name", NAMES)
def test_recalculating_sends_what_the_host_writes(xw: Any, server: Any, name: str) -> None:
    *queued, alert = click(xw, server, name, "FinsamRaknaOm")
    direct = excel_run.recompute(xw, existing_path(name), "", told=False)
    assert queued[: len(direct.actions)] == direct.actions  # and then the log
    assert alert["func"] == "alert"
    assert alert["args"][0].startswith(direct.applied.sentence)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("button", ["FinsamKontrollera", "FinsamSkapaRapport"])
def test_reports_are_made(xw: Any, server: Any, name: str, button: str) -> None:
    *queued, alert = click(xw, server, name, button)
    executor = Executor(openpyxl.load_workbook(existing_path(name)))
    before = len(executor.book.sheetnames)
    executor.run(queued)
    *made, log = executor.book.sheetnames[before:]
    assert log == "Finsam-logg"
    assert made
    assert all(f"”{sheet}”" in alert["args"][0] for sheet in made)


def test_what_cannot_be_done_is_told_and_not_raised(xw: Any) -> None:
    book = xw.Book(
        json={
            "client": "Office.js",
            "version": xw.__version__,
            "book": {"name": "tom.xlsx", "active_sheet_index": 0, "selection": "A1"},
            "names": [],
            "sheets": [{"name": "Blad1", "values": [[]], "tables": [], "charts": []}],
        }
    )
    told = asyncio.run(lite.answered("FinsamRaknaOm", book))
    assert told.startswith("Arbetsboken har ingen tabell som känns igen.")
    assert book.json()["actions"] == []


def test_a_fault_of_ours_is_told_in_words_first(
    xw: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = xw.Book(json=payload(existing_path(NAMES[2]), xw.__version__))

    def broken(*_: object) -> Plan:
        raise ZeroDivisionError

    button = buttons.BY_NAME["FinsamRaknaOm"]._replace(action=broken)
    monkeypatch.setitem(buttons.BY_NAME, "FinsamRaknaOm", button)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(lite.run("FinsamRaknaOm", book))
    assert capsys.readouterr().out.startswith("Något gick fel i programmet, och inget")
    assert book.json()["actions"] == []
