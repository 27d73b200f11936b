"""What commands, options and values are called, in any spelling, and what a wrong name gets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_xl.cli import commands
from finsam_xl.cli.nearest import nearest
from finsam_xl.hosts.ooxml import Book
from support.small_plan import SmallPlan

ENGLISH = {
    "tabeller": "tables", "kontrollera": "check", "räkna-om": "recompute", "rapport": "report",
    "vad-krävs": "whatif", "exportera": "export", "mapp": "batch",
    "ångra": "undo", "logg": "log", "koppla": "wire", "koppla-ur": "unwire",
    "nytt-år": "new-year", "frys": "freeze", "hämta": "fetch", "hälsa": "doctor", "handbok": "handbook",
}  # fmt: skip
BOTH = ("demo", "fynd", "libreoffice", "handbok")
Run = Callable[..., tuple[int, str, str]]


def plan(folder: Path) -> Path:
    """A budget with outcome whose deviations are blank."""
    return SmallPlan().save(folder, "plan.xlsx")


def test_swedish_names_stand_first_and_english_once(run: Run) -> None:
    """A line for each command, and a list of the English names below."""
    _, out, _ = run("--help")
    listed = re.findall(r"^  (\S+)  +\S", out.partition("Kommandon:")[2], re.MULTILINE)
    assert set(listed) == {*ENGLISH, *BOTH}
    for swedish, english in ENGLISH.items():
        assert len(re.findall(rf"(?<![\w-]){english}(?![\w-])", out)) == 1, english
        assert f"{english} ({swedish})" in out


@pytest.mark.parametrize("command", [*ENGLISH, *ENGLISH.values(), *BOTH])
def test_help_of_every_command(command: str, run: Run) -> None:
    """Also by ``-h``, under its Swedish name; every text is a sentence, and none is cut off."""
    code, out, err = run(command, "-h")
    assert (code, err) == (0, "")
    assert run(command, "--help")[1] == out
    swedish = {english: name for name, english in ENGLISH.items()}.get(command, command)
    assert re.match(rf"Användning: \S+ .*{swedish} \[VAL\]|Användning: \S+ {swedish} \[VAL\]", out)
    paragraphs = re.split(r"\n\n", out.partition("\n\n")[2].partition("Val:")[0].strip())
    assert all(text.rstrip().endswith(".") for text in paragraphs)
    assert max(map(len, out.splitlines())) <= 80


def test_no_short_help_is_cut_off(run: Run) -> None:
    """Each is a whole sentence."""
    for command in commands.cli.commands.values():
        assert command.get_short_help_str(70).endswith("."), command.name
    assert "..." not in run("--help")[1]


def test_every_option_text_is_a_sentence() -> None:
    """It begins with a capital and ends with a full stop."""
    for command in commands.cli.commands.values():
        for option in command.params:
            text = getattr(option, "help", None)
            assert text is None or (text[0].isupper() and text.endswith(".")), (command.name, text)


@pytest.mark.parametrize(
    "name", ["rakna-om", "räkna-om", "Räkna-Om", "RÄKNA-OM", "ra\u0308kna-om", "Recompute"]
)
def test_a_command_in_any_spelling(name: str, run: Run, tmp_path: Path) -> None:
    """With or without dots, in capitals, and typed on a Mac."""
    code, out, _ = run(name, plan(tmp_path), "--DRY-RUN", "--json")
    assert code == 0
    assert len(json.loads(out)["edits"]) == 22


@pytest.mark.parametrize("name", ["angra", "ångra", "undo"])
def test_other_names_with_dots(name: str, run: Run, tmp_path: Path) -> None:
    """The command is the same: here it has nothing to take back."""
    path = plan(tmp_path)
    assert run("räkna-om", path)[0] == 0
    assert run(name, path)[0] == 0
    with Book(path) as book:
        assert book.grid.sheet("Budget").cell(5, 4).value is None


@pytest.mark.parametrize("kind", ["kontroll", "Kontroll", "KONTROLL"])
def test_a_kind_in_any_spelling(kind: str, run: Run, tmp_path: Path) -> None:
    """And with dots or without."""
    code, out, _ = run("rapport", plan(tmp_path), "--kind", kind, "--json")
    assert (code, json.loads(out)["sheets"]) == (0, ["Rapport Kontroll"])


def test_kinds_with_dots(run: Run, tmp_path: Path) -> None:
    """``årsredovisning`` is ``arsredovisning``: neither is an unknown kind."""
    path = plan(tmp_path)
    dotted, plain = (
        run("rapport", path, "--kind", kind) for kind in ("årsredovisning", "arsredovisning")
    )
    assert "finns inte" not in dotted[2]
    assert (dotted[0], dotted[2]) == (plain[0], plain[2])


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["kontrolera", "x"], "kontrollera"),
        (["chekc", "x"], "check"),
        (["räkna", "x"], "räkna-om"),
        (["nyttar", "x"], "nytt-år"),
        (["kontrollera", "--jsno", "x"], "--json"),
        (["räkna-om", "--dryrun", "x"], "--dry-run"),
        (["rapport", "x", "--kind", "tertal"], "tertial"),
        (["räkna-om", "x", "--report", "Impaktindex"], "impactindex"),
        (["koppla", "x", "--for", "exel"], "excel"),
        (["frys", "x", "--out", "y.xlsx", "--namn", "behåla"], "behall"),
        (["libreoffice", "instalera"], "installera"),
    ],
)
def test_the_nearest_name_is_asked_about(arguments: list[str], meant: str, run: Run) -> None:
    """Commands, options and values; nothing is opened."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"Menar du {meant}?" in err


def test_what_is_like_nothing_gets_no_guess(run: Run) -> None:
    """A wrong guess is worse than none."""
    for arguments in (
        ["xyzzy"],
        ["rapport", "x", "--kind", "styrelse"],
        ["kontrollera", "--qq", "x"],
    ):
        code, _, err = run(*arguments)
        assert (code, "Menar du" in err) == (2, False), err
    assert nearest("", ["a", "b"]) == ""
    assert nearest("b", ["bladet", "banken"]) == ""


# Errors for programs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "what", "where", "remedy"),
    [
        (["kontrollera", "saknas.xlsx"], "finns inte", "saknas.xlsx", "Kontrollera"),
        (["kontrollera"], "FIL… saknas.", "", "--help"),
        (["räkna-om", "saknas.xlsx"], "finns inte", "saknas.xlsx", "Kontrollera"),
        (["kontrolera", "x"], "”kontrolera” finns inte.", "", "Menar du kontrollera?"),
        (["rapport", "x", "--kind", "tertal"], "”tertal” finns inte.", "", "Menar du tertial?"),
        (["logg", "x", "--jsno"], "Valet --jsno finns inte.", "", "Menar du --json?"),
    ],
)
def test_an_error_is_json_as_well(
    arguments: list[str], what: str, where: str, remedy: str, run: Run,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """One object with what, where and remedy; the sentence still stands on standard error."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments, "--json")
    assert code == 2
    content = json.loads(out)
    assert set(content) == {"error"}
    assert set(content["error"]) == {"what", "where", "remedy"}
    assert what in content["error"]["what"]
    assert where in content["error"]["where"]
    assert remedy in content["error"]["remedy"]
    assert content["error"]["what"] in err
    assert run(*arguments)[1] == ""
