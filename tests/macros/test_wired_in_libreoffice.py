"""What was wired works beside what was there: LibreOffice runs both and clicks both's buttons."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.wiring import wire
from support.rich_macros import BUTTON_SHEETS, build_many_buttons
from support.rich_workbook import BUDGET_SHEET
from support.workbooks import EXISTING, NOW, ROOT

RECORDER = (Path(__file__).parent / "recorder.bas").read_text(encoding="utf-8")
UTTYTT = ["run", "FinsamPython.FinsamUttytt", ["R\\u00e4kna"]]


def test_both_projects_run(steps: Any, tmp_path: Path) -> None:
    path = tmp_path / "rik.xlsm"
    build_many_buttons(path)
    with wire(path, NOW) as change:
        change.write()
    modules, summed, _, ran, said, buttons, *_, hers, notes = steps(
        path,
        ["modules"],
        ["run", "HennesModul.HennesSumma", [1.5, 2.5]],
        ["run", "HennesModul.RaknaOm", []],
        ["sheets"],
        UTTYTT,
        ["buttons"],
        ["replace", "FinsamSkal", RECORDER],
        ["click", "Start", "Kontrollera"],
        ["click", BUDGET_SHEET, "Skapa rapport"],
        ["click", BUTTON_SHEETS[6], "Räkna om"],
        ["click", BUTTON_SHEETS[9], BUTTON_SHEETS[9]],
        ["read", "Start", "A20:A20"],
        ["read", "Start", "AZ1:AZ12"],
    )
    assert {"HennesModul", "FinsamKnappar"} <= set(modules)
    assert (summed, said) == (4.0, "Räkna")
    assert ran[0] == "Start"
    texts = [button.text for button in BUTTONS]
    assert buttons["Start"] == [*texts, *(button.text for button in PLAIN_BUTTONS)]
    assert set(buttons[BUDGET_SHEET]) == set(texts)
    for sheet in BUTTON_SHEETS:
        assert set(buttons[sheet]) == {sheet, *texts}
    assert hers == [["kört"]], "her button ran her macro, which writes on the first sheet"
    asked = [row[0] for row in notes if str(row[0]).startswith("python|")]
    pressed = ("FinsamKontrollera", "FinsamSkapaRapport", "FinsamRaknaOm")
    assert asked == [f"python|{button}|rik.xlsm" for button in pressed]


@pytest.mark.parametrize(
    "source",
    [EXISTING / "sodra-lappland-budget.xlsx", ROOT / "tests/practice/officer/Budget 2026.xlsx"],
    ids=lambda path: path.stem,
)
def test_a_workbook_without_macros_gets_ours(source: Path, steps: Any, tmp_path: Path) -> None:
    """Every sheet that it says has buttons has them, and one of them runs."""
    path = Path(shutil.copyfile(source, tmp_path / "bok.xlsx"))
    with wire(path, NOW) as change:
        told = next(line for line in change.lines if line.startswith("Knappar på"))
        made = change.write().path
    said, buttons = steps(made, UTTYTT, ["buttons"])
    assert said == "Räkna"
    texts = [button.text for button in BUTTONS]
    assert {sheet for sheet, held in buttons.items() if held == texts} == {
        sheet for sheet in buttons if sheet in told
    }
    assert len(buttons) > 1
