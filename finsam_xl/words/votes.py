"""What every part of a text says on an axis: words as votes, the longest match first.

A compound says what its last part says ("budgetavvikelse" is a deviation), a word with one
letter wrong what its neighbour says, for less; what no word is known for is left over.

>>> from finsam_xl.words.scenarios import HEADINGS
>>> [(vote.value, vote.text) for vote in HEADINGS.votes("kvar av årsbudget")]
[('remaining', 'kvar'), ('of', 'av'), ('budget', 'årsbudget')]
>>> [(vote.value, vote.weight < 1) for vote in HEADINGS.votes("bugdet")]
[('budget', True)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from finsam_xl.records import NamedTuple
from finsam_xl.words.finder import Finder
from finsam_xl.words.loader import Word, read_words

_WORD = re.compile(r"[^\W\d_]+")
_BARE = re.compile(r"[^\W\d_]{5,}")
"""What a word of a file must be for a misspelling of it to be known: shorter ones are too near."""
_MISSPELT = 0.8
"""What a word with one letter wrong is worth beside the right one."""
_LEAST_MISSPELT = 5
"""How long words must be for one letter to be wrong: others are too near each other."""
_SHORTEST = 4
"""How much of a word must stand for it to be known when it is cut short."""
_MORE = "… "
_MOST_KEPT = 4096


class Vote(NamedTuple):
    """A part of a text, where it stands, what it says, and how surely."""

    value: str
    weight: float
    start: int
    end: int
    text: str
    is_misspelt: bool = False


class Votes:
    """The words of one axis, asked for everything that a text says. ``values``: those that count.

    A text is in plain words already: one case, one form of each letter.
    """

    def __init__(self, axis: str, values: frozenset[str] = frozenset()) -> None:
        self.axis, self.values = axis, values
        self._kept: dict[str, tuple[Vote, ...]] = {}

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the file that count."""
        found = read_words(self.axis)
        return tuple(word for word in found if not self.values or word.value in self.values)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.words)

    @cached_property
    def _spelt(self) -> dict[str, Word]:
        """Plain words and heads of compounds, by which misspellings are known."""
        bare = ((word.word.removeprefix(_MORE).removesuffix(" …"), word) for word in self.words)
        parts = ((part.strip("*"), word) for text, word in bare for part in text.split("|"))
        return {text: word for text, word in parts if _BARE.fullmatch(text)}

    def votes(self, text: str) -> tuple[Vote, ...]:
        """What a text says, part by part, none of which overlap."""
        if text not in self._kept:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[text] = tuple(sorted(self._votes(text), key=lambda vote: vote.start))
        return self._kept[text]

    def _votes(self, text: str) -> list[Vote]:
        found = [
            (_rank(word, match), Vote(word.value, word.weight, *match.span(), match.group()))
            for word, match in self._finder.matches(text)
            if match.group()
        ]
        found.sort(key=lambda pair: pair[0])
        kept: list[Vote] = []
        for _, vote in found:
            if all(vote.end <= other.start or other.end <= vote.start for other in kept):
                kept.append(vote)
        return [*kept, *self._misspelt(text, kept)]

    def _near(self, text: str, is_cut: bool) -> Iterator[Word]:
        """The words that a text may be another spelling of."""
        spelt: dict[str, None] = {}
        if len(text) >= _LEAST_MISSPELT:
            for key in self._neighbours.keys() & _without_letters(text):
                spelt.update(dict.fromkeys(self._neighbours[key]))
        if is_cut and len(text) >= _SHORTEST:
            spelt.update(dict.fromkeys(word for word in self._spelt if word.startswith(text)))
        return (self._spelt[word] for word in spelt if _means(text, word, is_cut))

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        """Words by what is left of them without any one letter: misspellings share that."""
        found: dict[str, list[str]] = {}
        for word in self._spelt:
            for key in _without_letters(word):
                found.setdefault(key, []).append(word)
        return found

    def _misspelt(self, text: str, known: list[Vote]) -> Iterator[Vote]:
        """Words that no entry tells of: one letter from one, or one cut short."""
        for match in _WORD.finditer(text):
            start, end = match.span()
            if any(vote.start < end and start < vote.end for vote in known):
                continue
            is_cut = text[end : end + 1] == "."
            near = list(self._near(match[0], is_cut))
            if len({word.value for word in near}) == 1:
                weight = near[0].weight * _MISSPELT
                yield Vote(near[0].value, weight, start, end, match.group(), is_misspelt=True)


def _rank(word: Word, match: re.Match[str]) -> tuple[int, bool, int]:
    """The longest first; of equals the one that tells the end of a compound, then the most."""
    begun = word.word.removesuffix(" …").endswith("*")
    told = len(word.word.replace("*", "").replace("…", ""))
    return (match.start() - match.end(), begun, -told)


def _means(text: str, word: str, is_cut: bool) -> bool:
    """Whether a word is another misspelt, or cut short with a full stop ("redov. 2024")."""
    return is_near(text, word) or (is_cut and len(text) >= _SHORTEST and word.startswith(text))


@lru_cache(maxsize=_MOST_KEPT)
def _without_letters(text: str) -> frozenset[str]:
    """A word, and what is left of it without any one of its letters; all axes ask for them."""
    return frozenset({text, *(text[:n] + text[n + 1 :] for n in range(len(text)))})


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by one letter: another, one more, one less, or two in turn.

    >>> is_near("bugdet", "budget"), is_near("utfal", "utfall"), is_near("kvar", "kvart")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if one == other or len(long) - len(short) > 1 or len(short) < _LEAST_MISSPELT:
        return False
    same = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    rest = short[same + 1 :], long[same + 1 :]
    turned = short[same : same + 2][::-1] == long[same : same + 2]
    return rest[0] == rest[1] or (turned and short[same + 2 :] == long[same + 2 :])
