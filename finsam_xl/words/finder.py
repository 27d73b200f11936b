"""Finding the words of a file in labels: those whose letters a label lacks are passed over.

A word's pattern is made when the first label may hold it: a run asks of few words of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam_xl.words.loader import Word
from finsam_xl.words.patterns import is_whole, needed, pattern


class Finder:
    """Words to look for, in the order of their file."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._by_letters: dict[str, list[int]] = {}
        self._whole: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            if is_whole(word.word):
                self._whole.setdefault(word.word, []).append(number)
                continue
            for letters in needed(word.word):
                self._by_letters.setdefault(letters, []).append(number)

    def candidates(self, text: str) -> Iterator[tuple[Word, re.Pattern[str]]]:
        """The words that a label in plain words may hold, and what finds each."""
        near = [at for letters, at in self._by_letters.items() if letters in text]
        near.append(self._whole.get(text, []))
        for number in sorted({number for at in near for number in at}):
            word = self._words[number]
            if number not in self._patterns:
                self._patterns[number] = pattern([word.word])
            yield word, self._patterns[number]

    def found(self, text: str) -> Iterator[Word]:
        """The words that a label in plain words holds."""
        return (word for word, way in self.candidates(text) if way.search(text))
