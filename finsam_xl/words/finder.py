"""Finding the words of a file in labels: those whose letters a label lacks are passed over.

A word that is one piece is told by the label's pieces; the pattern of another is made when
the first label may hold it. A run asks of few words of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from finsam_xl.words.loader import Word
from finsam_xl.words.patterns import is_whole, needed, pattern

_PIECE = re.compile(r"… (\*?)(\w+)(\*?) …")
_LETTERS = re.compile(r"\w+")
_FEW = 3
"""By how many letters words are looked up; those that need fewer are sought one by one."""
_MOST_KEPT = 2048


@lru_cache(maxsize=_MOST_KEPT)
def _threes(text: str) -> frozenset[str]:
    """Every three letters of a label; all axes ask for them."""
    return frozenset(text[at : at + _FEW] for at in range(len(text) - _FEW + 1))


class Finder:
    """Words to look for, in the order of their file."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._pieces: dict[int, tuple[str, ...]] = {}
        self._by_threes: dict[str, list[tuple[str, int]]] = {}
        self._short: list[tuple[str, int]] = []
        for number, word in enumerate(words):
            piece = _PIECE.fullmatch(word.word)
            if piece is not None:
                self._pieces[number] = piece.groups()
                self._file(piece[2], number)
            elif is_whole(word.word):
                self._whole.setdefault(word.word, []).append(number)
            else:
                for letters in needed(word.word):
                    self._file(letters, number)
        self._threes = frozenset(self._by_threes)

    def _file(self, letters: str, number: int) -> None:
        is_short = len(letters) < _FEW
        at = self._short if is_short else self._by_threes.setdefault(letters[:_FEW], [])
        at.append((letters, number))

    def found(self, text: str) -> list[Word]:
        """The words that a label in plain words holds."""
        near = self._near(text)
        pieces = _LETTERS.findall(text) if near else ()
        return [self._words[n] for n in near if self._holds(n, text, pieces)]

    def matches(self, text: str) -> Iterator[tuple[Word, re.Match[str]]]:
        """The same words, and wherever they stand."""
        for number in self._near(text):
            for match in self._pattern(number).finditer(text):
                yield self._words[number], match

    def _near(self, text: str) -> list[int]:
        """The words whose letters a label has."""
        near = set(self._whole.get(text, ()))
        near.update(number for letters, number in self._short if letters in text)
        for three in self._threes & _threes(text):
            near.update(n for letters, n in self._by_threes[three] if letters in text)
        return sorted(near)

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
