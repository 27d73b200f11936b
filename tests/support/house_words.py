"""The house's own words: one word for one thing, in every sentence that users read.

>>> list(wrong_words("En kvart av potten"))
['say fjärdedel: En kvart av potten']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

INSTEAD = {
    r"\bkvart(?!al)": "fjärdedel", r"\betikett": "radens namn", r"\bberäknat\b": "räknat",
    r"orundad": "oavrundad", r"avhugg": "nedrundad", r"\bplattform": "insats eller team",
    r"\btycks\b": "verkar", r"\bindata\b": "underlag", r"\bNone\b": "ett ord", r"\bceller\(": "ett tal",
}  # fmt: skip


def wrong_words(text: str) -> Iterator[str]:
    """What is wrong in a sentence, the words to fill in left out."""
    plain = re.sub(r"\{\w+\}", "", text)
    for wrong, right in INSTEAD.items():
        if re.search(wrong, plain, re.IGNORECASE):
            yield f"say {right}: {text}"
