"""The handbook in a real browser: axe finds nothing, nothing is wider than a telephone, search works."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import missing

from finsam_xl.cli.handbook import PAGES
from support import axe

NAMES = sorted(path.name for path in PAGES.glob("*.html"))


@pytest.fixture(scope="module")
def browser() -> axe.Browser:
    """A Chromium with axe-core; without them the test is skipped, under CI it fails."""
    found = axe.browser()
    if isinstance(found, str):
        missing(found)
    assert isinstance(found, axe.Browser)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, browser: axe.Browser, tmp_path: Path) -> None:
    assert browser.judge(PAGES / name, tmp_path, width=1280) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_on_a_telephone(name: str, browser: axe.Browser, tmp_path: Path) -> None:
    """Tables scroll in their own frame, the page never sideways."""
    asked = "answer([document.documentElement.scrollWidth, window.innerWidth])"
    wide, room = browser.ask(PAGES / name, asked, tmp_path, width=390)
    assert wide <= room


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("avrundning", "funktioner.html"),
        ("trappan", "rapporter.html"),
        ("rättelser", "lasning.html"),
    ],
)
def test_search_works_from_a_disk(
    word: str, page: str, browser: axe.Browser, tmp_path: Path
) -> None:
    asked = (
        "setTimeout(() => answer([...document.querySelectorAll('#search-results a')]"
        ".map(one => one.getAttribute('href'))), 3000)"
    )
    found = browser.ask(PAGES / "search.html", asked, tmp_path, query=f"?q={word}")
    assert any(page in href for href in found), found


def test_a_violation_would_be_seen(browser: axe.Browser, tmp_path: Path) -> None:
    page = tmp_path / "fel.html"
    page.write_text(
        '<html lang="sv"><head><title>Fel</title></head><body><main><h1>Fel</h1>'
        '<img src="x.png"></main></body></html>',
        encoding="utf-8",
    )
    (tmp_path / "copy").mkdir()
    found = browser.judge(page, tmp_path / "copy", width=1280)
    assert "image-alt" in [one[0] for one in found]
