"""What ``fynd`` tells of a kind of finding."""

from __future__ import annotations

import json

import pytest

from finsam_xl.cli import commands
from finsam_xl.findings import kinds


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, answer and errors."""
    code = commands.run(["fynd", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_one_kind_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    """However it is spelt."""
    code, out, err = run(capsys, "Olika-Budget")
    kind = kinds()["olika-budget"]
    words = " ".join(out.split())
    assert (code, err) == (0, "")
    assert words.startswith("olika-budget (fel eller upplysning)")
    assert kind.means in words
    assert kind.remedy in words


def test_all_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    """Each once, at 80 columns; as JSON with what they mean."""
    code, out, _ = run(capsys)
    assert code == 0
    assert all(len(line) < 80 for line in out.splitlines())
    assert sorted(set(out.splitlines()) & kinds().keys()) == sorted(kinds())
    told = json.loads(run(capsys, "--json")[1])["kinds"]
    assert [one["code"] for one in told] == list(kinds())


def test_a_misspelt_kind(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "summa-aviker")
    assert (code, out) == (2, "")
    assert "Menar du summa-avviker?" in err
