"""The handbook: ``python workbooks/build/handbook.py`` makes ``finsam_xl/handbok/html``.

Written pages are in ``finsam_xl/handbok/text``; those of commands, functions and findings are made
here from what the program itself knows of them, so that none is forgotten. Sphinx makes the pages.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam_xl import __version__
from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.cli import handbook
from finsam_xl.cli.commands import cli
from finsam_xl.cli.findings import severity_name
from finsam_xl.cli.swedish import SETTINGS
from finsam_xl.findings import Kind, kinds
from finsam_xl.model import SEVERITIES
from finsam_xl.money import as_written, exact
from finsam_xl.registry import FUNCTIONS, CellFunction
from finsam_xl.registry.entries import Argument

if TYPE_CHECKING:
    from support.finding_cases import Case

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "finsam_xl/handbok/text"
HTML = ROOT / "finsam_xl/handbok/html"
PICTURES = ROOT / "workbooks/bilder"
SEAL = "kallor.sha256"
"""The file in the handbook that says what it was made of."""
_DECIMALS = 4
_UNUSED = (".doctrees", ".buildinfo", "objects.inv", "genindex.html", "_sources")
_STYLE = """\
@media print { .sidebar-drawer, .toc-drawer, .mobile-header, .related-pages, footer,
  .content-icon-container, .back-to-top, .skip-to-content { display: none !important; }
  .content { width: 100%; padding: 0; } a { color: inherit; }
  img { max-height: 9.4cm; width: auto; break-inside: avoid; }
  h1, h2, h3, p:has(+ p img) { break-after: avoid; } }
table.docutils td, table.docutils th { vertical-align: top; text-align: left; }
table.docutils { margin-left: 0; }
article h1 { font-size: 2.1em; }
article h2 { font-size: 1.55em; }
article h3 { font-size: 1.2em; }
article code.literal { font-size: .9em; }
td:first-child code.literal, code.literal .pre { white-space: nowrap; }
@media print, (max-width: 46em) { pre { white-space: pre-wrap; overflow-wrap: anywhere; } }
img { border: 1px solid #d0d5dd; }
"""
_PICTURE = re.compile(r'(<img alt="[^"]*" src="(_images/[^"]+)" />)')
_ASK = (
    '<form action="search.html" method="get"><label>Ord att söka <input type="search" name="q">'
    '</label> <button type="submit">Sök</button></form>'
)
"""On the page of the search itself: the theme's own field lies in a drawer on a telephone."""
_SETTINGS = {
    "project": "Handbok för finsam_xl",
    "html_title": "Handbok för finsam_xl",
    "author": "",
    "copyright": "",
    "language": "sv",
    "version": __version__,
    "release": __version__,
    "extensions": ["myst_parser"],
    "myst_enable_extensions": ["deflist", "colon_fence"],
    "myst_heading_anchors": 3,
    "html_theme": "furo",
    "html_static_path": ["_static"],
    "html_css_files": ["finsam.css"],
    "html_copy_source": False,
    "html_show_sphinx": False,
    "html_show_copyright": False,
    "html_use_index": False,
    "html_last_updated_fmt": None,
    "exclude_patterns": ["_static"],
    "smartquotes": False,
    "pygments_style": "a11y-high-contrast-light",
}


_THEME_IN_SWEDISH = {
    "<title>Contents</title>": "<title>Innehåll</title>",
    "<title>Menu</title>": "<title>Meny</title>",
    "<title>Expand</title>": "<title>Visa mer</title>",
    "<title>Light mode</title>": "<title>Ljust</title>",
    "<title>Dark mode</title>": "<title>Mörkt</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Som datorn, ljust</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Som datorn, mörkt</title>",
    "Toggle site navigation sidebar": "Visa eller dölj innehållet",
    "Toggle table of contents sidebar": "Visa eller dölj sidans rubriker",
    "Toggle Light / Dark / Auto color theme": "Växla mellan ljust, mörkt och som datorn",
    "Skip to content": "Till texten",
    "Back to top": "Till toppen",
    "On this page": "På sidan",
    "<span>Next</span>": "<span>Nästa</span>",
    "<span>Previous</span>": "<span>Föregående</span>",
    "Toggle navigation of": "Visa eller dölj",
    'title="Link to this heading"': 'title="Länk hit"',
    'title="Permalink to this heading"': 'title="Länk hit"',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Innehåll">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="Rubriker på sidan">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="Rubriker">',
}
"""What the theme says in English, or not at all, and what stands instead."""


def sources() -> dict[str, str]:
    """All pages as text, by file name: those that are written, and those made here."""
    written = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEXT.glob("*.md"))}
    made = {"kommandon.md": _commands, "funktioner.md": _functions, "fynd.md": _findings}
    for name, lines in made.items():
        before = written.get(name, "")
        written[name] = f"{before}\n{chr(10).join(lines())}\n".lstrip()
    buttons = chr(10).join(_buttons())
    written["knappar.md"] = written["knappar.md"].replace("<!-- knapparna -->", buttons)
    return written


def seal() -> str:
    """What tells whether the handbook is made of the sources as they are."""
    told = hashlib.sha256()
    for name, text in sources().items():
        told.update(f"{name}\n{text}\n".encode())
    for path in sorted(PICTURES.glob("*.png")):
        told.update(path.read_bytes())
    told.update(
        f"{_STYLE}{sorted(_SETTINGS.items())}{_THEME_IN_SWEDISH}{_PICTURE.pattern}{_ASK}".encode()
    )
    return told.hexdigest()


# What the program knows of itself --------------------------------------------------------------


def _commands() -> Iterator[str]:
    for name, command in cli.commands.items():
        yield from _command(f"finsam-xl {name}", name, command)
        if isinstance(command, click.Group):
            for under, one in command.commands.items():
                yield from _command(f"finsam-xl {name} {under}", f"{name}-{under}", one)


def _command(title: str, name: str, command: click.Command) -> Iterator[str]:
    # Click keeps what help is called as it was first asked: it must be as in a run.
    context = click.Context(command, info_name=title, **SETTINGS)
    yield f"\n({handbook.anchor('kommando', name)})=\n## {title}\n"
    yield f"{_prose(command.help or '')}\n"
    english = getattr(command, "english", "")
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{title} {pieces}\n```\n"
    if english:
        yield f"På engelska: `finsam-xl {english}`.\n"
    options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    records = [record for one in options if (record := one.get_help_record(context))]
    if records:
        yield "| val | gör |\n|---|---|"
        for names, text in records:
            shown = ", ".join(f"`{part}`" for part in names.split(", "))
            yield f"| {_cell(shown)} | {_cell(text.replace('[required]', '(krävs)'))} |"
        yield ""


def _prose(text: str) -> str:
    """A help text as paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).replace("\b", "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _functions() -> Iterator[str]:
    for one in FUNCTIONS:
        yield from _function(one)


def _function(one: CellFunction) -> Iterator[str]:
    yield f"\n({handbook.anchor('funktion', one.name)})=\n## {one.name}\n"
    yield f"{one.help}\n"
    signature = "; ".join(argument.signature for argument in one.arguments)
    yield f"```text\n{one.name}({signature})\n```\n"
    yield "| argument | vad det är |\n|---|---|"
    for argument in one.arguments:
        yield f"| *{argument.name}* | {_cell(_argument(argument))} |"
    shown = "" if one.example.result is None else f" ger {_shown(one.example.result)}"
    yield f"\nExempel: `{one.example.formula}`{shown}.\n"
    yield f"Svaret är tomt när: {one.blank[:1].lower()}{one.blank[1:]}\n"


def _argument(one: Argument) -> str:
    left = f" Kan utelämnas: då gäller {one.default}." if one.default else ""
    left = left or (" Kan utelämnas." if one.optional else "")
    words = [f"”{choice}”" for choice in one.choices if "_" not in choice]
    choices = f" Skriv {' eller '.join(words)}." if words else ""
    return f"{one.help[:1].upper()}{one.help[1:]}{choices}{left}"


def _shown(result: object) -> str:
    """What a cell shows of an example's answer, in Swedish."""
    if isinstance(result, bool):
        return "SANT" if result else "FALSKT"
    if isinstance(result, int | float):
        return as_written(exact(round(result, _DECIMALS)))
    if isinstance(result, tuple | list):
        return " · ".join(_shown(part) for part in result)
    return str(result)


def _findings() -> Iterator[str]:
    from support.finding_cases import every

    cases = every()
    for severity in SEVERITIES[::-1] if SEVERITIES[0] == "info" else SEVERITIES:
        those = [kind for kind in kinds().values() if kind.severities[0] == severity]
        name = severity_name(severity, several=True)
        yield f"\n## {name[:1].upper()}{name[1:]}\n"
        for kind in sorted(those, key=lambda kind: kind.code):
            yield from _finding(kind, cases.get(kind.code))


def _finding(kind: Kind, case: Case | None) -> Iterator[str]:
    grades = " eller ".join(severity_name(one) for one in kind.severities)
    yield f"\n({handbook.anchor('fynd', kind.code)})=\n### {kind.code}\n"
    yield f"*{grades[:1].upper()}{grades[1:]}.* {_marked(kind.means)}\n"
    yield f"**Vad du gör:** {_marked(kind.remedy)}\n"
    told = [one.message for one in case.spoken() if one.code == kind.code] if case else []
    if told:
        yield f"Så kan det stå: {_quoted(told[0])}\n"


def _marked(text: str) -> str:
    """A sentence in which only *Names* are marked: a star of its own stands as it is."""
    parts = re.split(r"(?<!\w)\*(\w[^*]*)\*(?!\w)", text)
    return "".join(
        f"*{part}*" if n % 2 else part.replace("*", "\\*") for n, part in enumerate(parts)
    )


def _quoted(text: str) -> str:
    """A sentence as it stands, no sign of it read as markup."""
    return "".join(f"\\{sign}" if sign in "*_`[]<>#|\\" else sign for sign in text)


def _buttons() -> Iterator[str]:
    yield "## Vad varje knapp gör"
    for one in (*BUTTONS, *PLAIN_BUTTONS):
        yield f"\n({handbook.anchor('knapp', one.text)})=\n### {one.text}\n\n{_marked(one.tip)}\n"


# The pages ------------------------------------------------------------------------------------


def build(target: Path = HTML) -> None:
    """Make all pages anew."""
    from sphinx.application import Sphinx

    os.environ["SOURCE_DATE_EPOCH"] = "0"
    with tempfile.TemporaryDirectory(prefix="finsam-") as made:
        source, out = Path(made, "text"), Path(made, "html")
        (source / "_static").mkdir(parents=True)
        (source / "_static/finsam.css").write_text(_STYLE, encoding="utf-8")
        for name, text in sources().items():
            (source / name).write_text(text, encoding="utf-8")
        shutil.copytree(PICTURES, source / "bilder")
        app = Sphinx(
            str(source), None, str(out), str(out / ".doctrees"), "html",
            confoverrides=_SETTINGS, status=None, warningiserror=True,
        )  # fmt: skip
        app.build(force_all=True)
        for name in _UNUSED:
            path = out / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for page in out.glob("*.html"):
            page.write_text(_swedish(page.read_text(encoding="utf-8")), encoding="utf-8")
        (out / SEAL).write_text(f"{seal()}\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(out, target)


def _swedish(page: str) -> str:
    """A page with the theme's own words in Swedish, and without its maker's line."""
    for english, swedish in _THEME_IN_SWEDISH.items():
        page = page.replace(english, swedish)
    # A report as wide as a telephone is too small to read: it opens by itself, in its own size.
    page = _PICTURE.sub(r'<a class="picture" href="\2">\1</a>', page)
    results = '<div id="search-results">'
    page = page.replace(results, f"<h1>Sök i handboken</h1>\n{_ASK}\n{results}")
    start, end = page.find('<div class="left-details">'), page.find('<div class="right-details">')
    return page if start < 0 else f"{page[:start]}{page[end:]}"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    build()
    print(HTML / "index.html")
