"""Finding the words of a file in labels: those whose letters a label lacks are passed over.

A word that is one piece is told by the label's pieces; the pattern of another is made when
the first label may hold it. A run asks of few words of many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from finsam_xl.records import NamedTuple
from finsam_xl.words.loader import Word
from finsam_xl.words.patterns import is_whole, needed, pattern

_PIECE = re.compile(r"(… )?([\w*|]+)( …)?")
_WAY = re.compile(r"(\*?)(\w+)(\*?)")
_STARS = ("", "*"), ("*", ""), ("*", "*")
_LETTERS = re.compile(r"\w+")
_FEW = 3
"""By how many letters words are looked up; those that need fewer are sought one by one."""
_MOST_KEPT = 2048


@lru_cache(maxsize=_MOST_KEPT)
def _threes(text: str) -> frozenset[str]:
    """Every three letters of a label; all axes ask for them."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


class _Piece(NamedTuple):
    """A word that is one piece, and whether other pieces may stand before it and after it.

    Its ways are whole pieces, or what a piece begins with, ends with, or has inside.
    """

    whole: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    inside: tuple[str, ...]
    may_follow: bool
    may_go_on: bool

    @classmethod
    def of(cls, word: str) -> _Piece | None:
        """The word as a piece; ``None`` if it is several, or the whole label."""
        match = _PIECE.fullmatch(word)
        if match is None or not (match[1] or match[3]):
            return None
        ways: dict[tuple[str, str], list[str]] = {}
        for written in match[2].split("|"):
            way = _WAY.fullmatch(written)
            if way is None:
                return None
            ways.setdefault((way[1], way[3]), []).append(way[2])
        begins, ends, inside = (tuple(ways.get(stars, ())) for stars in _STARS)
        whole = frozenset(ways.get(("", ""), ()))
        return cls(whole, begins, ends, inside, bool(match[1]), bool(match[3]))

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of which a label must have some."""
        return (*self.whole, *self.begins, *self.ends, *self.inside)

    def is_in(self, text: str, pieces: Sequence[str]) -> bool:
        """Whether one of the ways stands where it may in a label."""
        if not self.may_follow:
            pieces = pieces[:1] if text.startswith(pieces[0]) else ()
        elif not self.may_go_on:
            pieces = pieces[-1:] if text.endswith(pieces[-1]) else ()
        if not self.whole.isdisjoint(pieces):
            return True
        if (self.begins or self.ends) and any(map(self._is_edge, pieces)):
            return True
        return any(letters in piece for letters in self.inside for piece in pieces)

    def _is_edge(self, piece: str) -> bool:
        return piece.startswith(self.begins) or piece.endswith(self.ends)


class Finder:
    """Words to look for, in the order of their file."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._pieces: dict[int, _Piece] = {}
        self._by_threes: dict[str, list[tuple[str, int]]] = {}
        self._short: list[tuple[str, int]] = []
        for number, word in enumerate(words):
            if is_whole(word.word):
                self._whole.setdefault(word.word, []).append(number)
                continue
            piece = _Piece.of(word.word)
            if piece is not None:
                self._pieces[number] = piece
            for letters in piece.letters if piece else needed(word.word):
                is_short = len(letters) < _FEW
                at = self._short if is_short else self._by_threes.setdefault(letters[:_FEW], [])
                at.append((letters, number))
        self._threes = frozenset(self._by_threes)

    def found(self, text: str) -> list[Word]:
        """The words that a label in plain words holds."""
        near = self._near(text)
        if not near:
            return []
        pieces = _LETTERS.findall(text)
        return [self._words[n] for n in near if self._holds(n, text, pieces)]

    def matches(self, text: str) -> Iterator[tuple[Word, re.Match[str]]]:
        """The same words, and wherever they stand."""
        near = self._near(text)
        pieces = _LETTERS.findall(text) if near else ()
        for number in near:
            if number in self._pieces and not self._pieces[number].is_in(text, pieces):
                continue
            for match in self._pattern(number).finditer(text):
                yield self._words[number], match

    def _near(self, text: str) -> list[int]:
        """The words whose letters a label has."""
        near = list(self._whole.get(text, ()))
        for letters, number in self._short:
            if letters in text:
                near.append(number)
        for three in self._threes & _threes(text):
            for letters, number in self._by_threes[three]:
                if letters in text:
                    near.append(number)
        return sorted(set(near)) if len(near) > 1 else near

    def _holds(self, number: int, text: str, pieces: Sequence[str]) -> bool:
        if number in self._pieces:
            return self._pieces[number].is_in(text, pieces)
        return text == self._words[number].word or bool(self._pattern(number).search(text))

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._patterns:
            self._patterns[number] = pattern([self._words[number].word])
        return self._patterns[number]
