"""The handbook knows all that the program has, leads nowhere wrong, and is made of what stands."""

from __future__ import annotations

import html
import importlib
import pkgutil
import re
import shlex
from collections import defaultdict
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import click
import handbook
import pictures
import pytest

from finsam_xl import handbok, report
from finsam_xl.actions import REPORTS
from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.cli import handbook as command
from finsam_xl.cli.commands import cli, run
from finsam_xl.cli.nearest import fold
from finsam_xl.findings import kinds
from finsam_xl.registry import FUNCTIONS

PAGES = sorted(path.name for path in command.PAGES.glob("*.html"))


class Page(HTMLParser):
    """The marks, links, pictures and text of a page; the text by the mark of its heading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.under: dict[str, list[str]] = defaultdict(list)
        self._mark = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if "id" in held:
            self.ids.add(held["id"])
            if tag in {"section", "span"}:
                self._mark = held["id"]
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        if tag == "img":
            self.pictures.append((held.get("src", ""), held.get("alt", "")))

    def handle_data(self, data: str) -> None:
        self.under[self._mark].append(data)

    @property
    def text(self) -> str:
        return "".join("".join(parts) for parts in self.under.values())


@cache
def page(name: str) -> Page:
    return Page((command.PAGES / name).read_text(encoding="utf-8"))


def section(address: str) -> str:
    """What stands from a heading to the next of its level or above, as it is written."""
    name, _, mark = address.partition("#")
    text = (command.PAGES / name).read_text(encoding="utf-8")
    begun = text[text.index(f'id="{mark}"') :] if mark else text
    level = re.search(r"<h(\d)>", begun)
    assert level, address
    ends = re.search(f"<h[1-{level[1]}]>", begun[level.end() :])
    return begun[level.start() :][: ends.end() if ends else None]


def words(text: str) -> str:
    """What is read of a part of a page."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def under(name: str, mark: str = "") -> str:
    """The words of a heading of a page."""
    heading = re.search(r"<h\d>(.*?)<a ", section(f"{name}#{mark}" if mark else name), re.DOTALL)
    assert heading, (name, mark)
    return words(heading[1])


def every_command() -> dict[str, click.Command]:
    found = dict(cli.commands)
    for name, one in cli.commands.items():
        if isinstance(one, click.Group):
            found |= {f"{name} {under}": each for under, each in one.commands.items()}
    return found


@pytest.mark.parametrize("name", every_command())
def test_every_command_and_option_has_its_place(name: str) -> None:
    mark = command.anchor("kommando", name)
    assert mark in page("kommandon.html").ids
    told = page("kommandon.html").text
    section = told[told.index(f"finsam-xl {name}") :].partition("\nfinsam-xl ")[0]
    options = [o for p in every_command()[name].params for o in p.opts if o.startswith("--")]
    assert [option for option in options if option not in section and option not in told] == []


@pytest.mark.parametrize("name", [one.name for one in FUNCTIONS])
def test_every_function_has_its_place(name: str) -> None:
    assert command.anchor("funktion", name) in page("funktioner.html").ids


@pytest.mark.parametrize("code", kinds())
def test_every_finding_has_its_place(code: str) -> None:
    assert command.anchor("fynd", code) in page("fynd.html").ids
    assert kinds()[code].remedy.replace("*", "") in page("fynd.html").text.replace("*", "")


@pytest.mark.parametrize("text", [one.text for one in (*BUTTONS, *PLAIN_BUTTONS)])
def test_every_button_has_its_place(text: str) -> None:
    assert under("knappar.html", command.anchor("knapp", text)) == text


def report_sheets() -> dict[str, str]:
    """The name of every sheet that a report may give, by its owner."""
    found = {}
    for module in pkgutil.iter_modules(report.__path__, "finsam_xl.report."):
        made = importlib.import_module(module.name)
        if hasattr(made, "OWNER"):
            found[made.OWNER] = made.NAME
    return {owner: name for owner, name in found.items() if owner not in NO_REPORTS}


NO_REPORTS = {"start", "finsam", "logg", "bokforing", "innehall", "avgifter_underlag"}
"""Sheets of ours that the handbook tells of elsewhere, and those that go with another report."""


def test_all_reports_are_looked_for() -> None:
    """The list is made of the modules: those that a report kind makes are in it."""
    made = {page.owner for page in pictures.PAGES}
    assert made == report_sheets().keys()
    assert {page.kind for page in pictures.PAGES} - {""} == set(REPORTS) - {"whatif"}


@pytest.mark.parametrize(("owner", "name"), report_sheets().items())
def test_every_report_has_its_place_and_its_picture(owner: str, name: str) -> None:
    heading = handbok.BY_SUBJECT[name.lower()]
    assert heading.title == name
    told = section(heading.address)
    one = next(page for page in pictures.PAGES if page.owner == owner)
    assert f'src="_images/{one.picture}"' in told
    assert (f"--kind {one.kind}" if one.kind else "vad-krävs") in words(told)


@pytest.mark.parametrize("heading", handbok.HEADINGS, ids=lambda one: one.subject)
def test_headings_that_are_pointed_at_read_as_they_are_told(heading: handbok.Heading) -> None:
    """A sheet or a task pane has only the words of a heading to point with."""
    assert under(f"{heading.page}.html") == heading.called
    if heading.mark:
        assert under(f"{heading.page}.html", heading.mark) == heading.title
    assert command.places()[fold(heading.subject)].address == heading.address


@pytest.mark.parametrize("name", PAGES)
def test_no_link_is_dead_and_no_picture_is_missing(name: str) -> None:
    for link in page(name).links:
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target, _, mark = link.partition("#")
        if target.endswith(".png"):
            assert (command.PAGES / unquote(target)).is_file(), link
            continue
        where = page(unquote(target) or name)
        assert not mark or unquote(mark) in where.ids, link
    for picture, alt in page(name).pictures:
        assert (command.PAGES / unquote(picture)).is_file(), picture
        assert len(alt) > 20, picture


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (command.PAGES / name).read_text(encoding="utf-8")
    fetched = re.findall(r'(?:src|<link[^>]* href)="(https?:[^"]*)"', text)
    assert fetched == []


@pytest.mark.parametrize("name", PAGES)
def test_the_theme_speaks_swedish(name: str) -> None:
    text = (command.PAGES / name).read_text(encoding="utf-8")
    assert '<html class="no-js" lang="sv"' in text
    english = ("Toggle", "Skip to", "Back to top", "On this page", "Contents", "Link to this")
    assert [word for word in english if word in text] == []


def test_the_handbook_is_made_of_the_sources_as_they_are() -> None:
    """Make it anew with python workbooks/build/handbook.py where this fails."""
    assert (command.PAGES / handbook.SEAL).read_text(encoding="utf-8").strip() == handbook.seal()


def test_no_picture_is_older_than_what_it_shows() -> None:
    """Make them anew with python workbooks/build/pictures.py where this fails."""
    assert (pictures.PICTURES / pictures.SEAL).read_text(
        encoding="utf-8"
    ).strip() == pictures.seal()


@pytest.mark.parametrize("address", [place.address for place in command.places().values()])
def test_every_subject_leads_to_a_heading(address: str) -> None:
    name, _, mark = address.partition("#")
    assert name in PAGES
    assert not mark or mark in page(name).ids


def told_commands() -> list[str]:
    """Every command line that the handbook shows."""
    lines = []
    for path in sorted(handbook.TEXT.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(
            r"`(finsam-xl [^`]+)`", text
        )
        lines += [line for block in blocks for line in block.splitlines() if line.strip()]
    return sorted(set(lines))


@pytest.mark.parametrize("line", told_commands())
def test_commands_that_are_shown_can_be_given(line: str) -> None:
    """Name and options are those of a command; nothing is run."""
    _, name, *rest = shlex.split(line)
    one = cli.get_command(click.Context(cli), name)
    assert one is not None, line
    if isinstance(one, click.Group):
        one = one.get_command(click.Context(one), rest.pop(0))
        assert one is not None, line
    known = {option for param in one.params for option in param.opts} | {"-h"}
    assert [part for part in rest if part.startswith("-") and part not in known] == []


def test_the_address_of_a_subject_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handbok", "summa-tom", "--skriv-adress"]) == 0
    told = capsys.readouterr().out.strip()
    assert told == f"{(command.PAGES / 'fynd.html').as_uri()}#fynd-summa-tom"
    assert run(["handbok", "RÄKNA-OM", "--skriv-adress"]) == 0
    assert capsys.readouterr().out.strip().endswith("kommandon.html#kommando-rakna-om")


def test_a_subject_that_is_not_there_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handbok", "rättelsar", "--skriv-adress"]) == 2
    assert "Menar du rättelser?" in capsys.readouterr().err


def test_without_the_handbook_it_is_said_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "PAGES", tmp_path)
    assert run(["handbok"]) == 2
    assert "Installera finsam-xl på nytt" in capsys.readouterr().err
