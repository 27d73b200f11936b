"""What may have to be asked before figures are fetched, and what is asked of it.

The command line names its options in the refusal; a button asks, and goes on with the answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.errors import InputError
from finsam_xl.records import NamedTuple

UNTIL, YEAR = "till", "ar"
"""The questions which column of a year is filled, and which year of a table from SCB is taken."""
YES, NO = "Ja", "Nej"
"""The answers to a question whether something is accepted; the question is called as its code."""
Answers = Mapping[str, str]
"""What has been answered, by the name of the question."""


class Question(NamedTuple):
    """A question in a sentence, what may be answered, and which of that is likely right.

    ``name``: ``UNTIL``, ``YEAR``, or a code that is accepted or not.
    """

    name: str
    text: str
    choices: tuple[str, ...]
    likely: str


class UndecidedError(InputError):
    """A refusal that an answer takes away."""

    def __init__(self, what: str, question: Question, *, where: str = "", remedy: str) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.question = question


def yes_or_no(code: str, text: str, likely: str = NO) -> Question:
    """The question whether something is accepted."""
    return Question(code, text, (YES, NO), likely)
