"""Comments people wrote in a report: read from the old sheet, carried over to the new lines.

A comment belongs to a line, not to a place. When lines move, are renamed or added, it
follows; when its line is gone it is printed under the table and read again next time.
None is ever lost.

>>> old = CommentKey.of("Verksamheter", "Vuxentorget")
>>> new = CommentKey.of("Insatser", "Vuxentorget")
>>> carry_over({old: "Två tjänster vakanta."}, [new]).assigned[new]
'Två tjänster vakanta.'
>>> carry_over({old: "Två tjänster vakanta."}, []).orphans[0][0].shown
'Vuxentorget'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from finsam_xl.labels import normalise
from finsam_xl.records import NamedTuple
from finsam_xl.report.pairing import only_choices

ALIKE = 0.8
"""From which likeness a label is the other one renamed."""


@dataclass(frozen=True)
class CommentKey:
    """The line a comment belongs to: its section, code and label as they are compared.

    ``number`` tells apart lines alike in all three, counted from 0; ``shown`` and
    ``shown_section`` are the texts as they were written, which are not compared.
    """

    section: str
    code: str
    label: str
    number: int = 0
    shown: str = field(default="", compare=False)
    shown_section: str = field(default="", compare=False)

    @classmethod
    def of(cls, section: str, label: str, code: str = "", number: int = 0) -> CommentKey:
        """The key of a line as it is written."""
        return cls(
            normalise(section), normalise(code), normalise(label), number, label.strip(), section
        )


_SINCE = "Från "


def since(text: str, before: str) -> str:
    """A comment that was written in an earlier report, which is said once.

    >>> since("Två tjänster vakanta.", "Tertial 1 2026")
    'Från Tertial 1 2026: Två tjänster vakanta.'
    >>> since("Från Tertial 1 2026: Två tjänster vakanta.", "Tertial 2 2026")
    'Från Tertial 1 2026: Två tjänster vakanta.'
    """
    return text if not text.strip() or text.startswith(_SINCE) else f"{_SINCE}{before}: {text}"


class Carried(NamedTuple):
    """Comments by their line in the new report, and those whose line is gone."""

    assigned: dict[CommentKey, str]
    orphans: list[tuple[CommentKey, str]]


def carry_over(old: Mapping[CommentKey, str], lines: Sequence[CommentKey]) -> Carried:
    """Give every comment its line among ``lines``: one comment each, the surest match first.

    The same line, the same code, the same label in another section, and last a label at
    least :data:`ALIKE` in the same section; all but the first only where there is one choice.
    A blank text in ``old`` says that a line was there, so that no other is taken for it.
    """
    free = dict.fromkeys(lines)
    assigned: dict[CommentKey, str] = {}
    waiting: dict[CommentKey, str] = {}
    for key, text in old.items():
        if key in free:
            del free[key]
            if text.strip():
                assigned[key] = text
        elif text.strip():
            waiting[key] = text
    for matches in (_same_code, _same_label_and_number, _same_label, _renamed):
        for key, line in list(only_choices(list(waiting), list(free), matches)):
            assigned[line] = waiting.pop(key)
            del free[line]
    return Carried(assigned, list(waiting.items()))


def _same_code(key: CommentKey, line: CommentKey) -> bool:
    return bool(key.code) and key.code == line.code


def _same_label(key: CommentKey, line: CommentKey) -> bool:
    return bool(key.label) and key.label == line.label and _codes_agree(key, line)


def _same_label_and_number(key: CommentKey, line: CommentKey) -> bool:
    return _same_label(key, line) and key.number == line.number


def _renamed(key: CommentKey, line: CommentKey) -> bool:
    if key.section != line.section or not key.label or not _codes_agree(key, line):
        return False
    return SequenceMatcher(None, key.label, line.label).ratio() >= ALIKE


def _codes_agree(key: CommentKey, line: CommentKey) -> bool:
    """Two lines with different codes are different, whatever they are called."""
    return not (key.code and line.code and key.code != line.code)
