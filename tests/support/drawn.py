"""A printed file as a reader sees it: the text of each page, its lines, and what is cut off.

LibreOffice draws a text that does not fit its cell inside a frame that cuts it, so a text that
goes outside the frame it is drawn in is cut off.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pikepdf
from conftest import missing

_FOOTER = 545.0
"""Where on a page of A4 landscape its foot begins, in points from the top."""
_NUMBER = r"(-?[\d.]+)"
_STEP = re.compile(
    rf"(?P<save>\bq\b)|(?P<restore>\bQ\b)"
    rf"|{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER} re\s+(?P<clip>W\*?\s+n)"
    rf"|{_NUMBER} {_NUMBER} T[dm]\s+/F\d+ {_NUMBER} Tf(?P<text>)"
)
_OVER, _OVERLAP = 2.0, 0.4
"""From how many points wide, and how much of their height, two words are over each other."""
_MARKS = dict.fromkeys(map(ord, "●▲▼■○◆△▽"))
_BESIDE = 7.0
"""How many points a text may stand above or below another that it stands beside."""
_DESCENT, _ASCENT, _SLACK = 0.12, 0.62, 0.5
"""How far below and above its line a text of lower case goes, in parts of its size; in points."""


class Line(NamedTuple):
    """A line of text on a page, and where it begins, in points from the upper left."""

    text: str
    left: float
    top: float


class Page(NamedTuple):
    """A page: its text in the order it was drawn, its lines, and what cannot be read of it.

    ``cut``: texts that are cut off; ``over``: words that are drawn over each other.
    """

    text: str
    lines: tuple[Line, ...]
    cut: tuple[str, ...]
    over: tuple[tuple[str, str], ...]
    height: float

    @property
    def rows(self) -> int:
        """How many lines there are above its foot, those beside each other counted once."""
        foot = self.height - (595.3 - _FOOTER)
        rows: list[float] = []
        for top in sorted(line.top for line in self.lines if line.top < foot):
            if not rows or top - rows[-1] > _BESIDE:
                rows.append(top)
        return len(rows)


def squeezed(text: str) -> str:
    """A text without spaces and marks, and with every ligature taken apart.

    A mark is drawn in a font of its own, and so before or after the text it stands in.
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_MARKS).split())


def pages(pdf: Path) -> list[Page]:
    """The pages of a file that LibreOffice has made."""
    if not shutil.which("pdftotext"):
        missing("poppler-utils (pdftotext) finns inte på datorn")
    texts = _poppler("-raw", pdf).split("\f")[:-1]
    found = []
    streams = list(_drawings(pdf))
    boxes = list(ET.fromstring(_poppler("-bbox-layout", pdf)).iter(_tag("page")))
    for text, page, drawn in zip(texts, boxes, streams, strict=True):
        lines = tuple(
            Line(
                " ".join(word.text or "" for word in line.iter(_tag("word"))),
                float(line.get("xMin", 0)),
                float(line.get("yMin", 0)),
            )
            for line in page.iter(_tag("line"))
        )
        height = float(page.get("height", 0))
        cut = tuple(_near(lines, x, height - y) for x, y in _outside(drawn))
        words = [_box(word) for word in page.iter(_tag("word"))]
        found.append(Page(squeezed(text), lines, cut, tuple(_over(words)), height))
    return found


class _Box(NamedTuple):
    """A word and where it stands."""

    top: float
    bottom: float
    left: float
    right: float
    text: str


def _box(word: ET.Element) -> _Box:
    top, bottom, left, right = (float(word.get(n, 0)) for n in ("yMin", "yMax", "xMin", "xMax"))
    return _Box(top, bottom, left, right, word.text or "")


def _over(words: list[_Box]) -> Iterator[tuple[str, str]]:
    """The words of which one is drawn over another."""
    ordered = sorted(words)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.top > one.bottom:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            least = min(one.bottom - one.top, other.bottom - other.top)
            if wide > _OVER and high > _OVERLAP * least:
                yield one.text, other.text


def _poppler(how: str, pdf: Path) -> str:
    done = subprocess.run(["pdftotext", how, str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def _tag(name: str) -> str:
    return "{http://www.w3.org/1999/xhtml}" + name


def _drawings(pdf: Path) -> Iterator[str]:
    """What is drawn on each page, in the order of the pages."""
    with pikepdf.open(pdf) as opened:
        for page in opened.pages:
            yield pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)).decode(
                "latin1"
            )


def _outside(drawn: str) -> Iterator[tuple[float, float]]:
    """Where texts begin that go above, below or to the left of the frame they are drawn in.

    A text that is too long is shortened before it is drawn: it is not found in the page's.
    """
    frame: tuple[float, float, float, float] | None = None
    saved: list[tuple[float, float, float, float] | None] = []
    for step in _STEP.finditer(drawn):
        if step["save"]:
            saved.append(frame)
        elif step["restore"]:
            frame = saved.pop() if saved else None
        elif step["clip"]:
            frame = tuple(map(float, step.groups()[2:6]))  # type: ignore[assignment]
        elif frame is not None:
            x, y, size = map(float, step.groups()[7:10])
            left, bottom, _, high = frame
            is_low = y - _DESCENT * size < bottom - _SLACK
            is_high = y + _ASCENT * size > bottom + high + _SLACK
            if is_low or is_high or x < left - _SLACK:
                yield x, y + _ASCENT * size


def _near(lines: tuple[Line, ...], x: float, y: float) -> str:
    """The line that begins nearest to a place."""
    return min(lines, key=lambda line: abs(line.left - x) + abs(line.top - y)).text
