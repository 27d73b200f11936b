"""Finding the words of a file in labels: those whose letters a label lacks are passed over.

A word that is one piece is told by the label's pieces; the pattern of another is made when
the first label may hold it. A run asks of few words of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam_xl.words.loader import Word
from finsam_xl.words.patterns import is_whole, needed, pattern

_PIECE = re.compile(r"… (\*?)(\w+)(\*?) …")
_LETTERS = re.compile(r"\w+")


class Finder:
    """Words to look for, in the order of their file."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._pieces: dict[int, tuple[str, ...]] = {}
        self._by_letters: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            piece = _PIECE.fullmatch(word.word)
            if piece is not None:
                self._pieces[number] = piece.groups()
                self._by_letters.setdefault(piece[2], []).append(number)
            elif is_whole(word.word):
                self._whole.setdefault(word.word, []).append(number)
            else:
                for letters in needed(word.word):
                    self._by_letters.setdefault(letters, []).append(number)

    def found(self, text: str) -> list[Word]:
        """The words that a label in plain words holds."""
        pieces = _LETTERS.findall(text)
        return [self._words[n] for n in self._near(text) if self._holds(n, text, pieces)]

    def matches(self, text: str) -> Iterator[tuple[Word, re.Match[str]]]:
        """The same words, and wherever they stand."""
        for number in self._near(text):
            for match in self._pattern(number).finditer(text):
                yield self._words[number], match

    def _near(self, text: str) -> list[int]:
        """The words whose letters a label has."""
        near = [at for letters, at in self._by_letters.items() if letters in text]
        near.append(self._whole.get(text, []))
        return sorted({number for at in near for number in at})

    def _holds(self, number: int, text: str, pieces: Sequence[str]) -> bool:
        if number not in self._pieces:
            return self._pattern(number).search(text) is not None
        before, letters, after = self._pieces[number]
        if not before and not after:
            return letters in pieces
        if not before:
            return any(piece.startswith(letters) for piece in pieces)
        return bool(after) or any(piece.endswith(letters) for piece in pieces)

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._patterns:
            self._patterns[number] = pattern([self._words[number].word])
        return self._patterns[number]
