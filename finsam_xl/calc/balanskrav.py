"""Balanskravsresultat: the year's result without what the balance requirement does not count.

Årets resultat − all realisation gains + gains by exception + losses by exception
+ unrealised losses − their reversal = the result after balanskravsjusteringar;
− reserved to the resultatutjämningsreserv (RUR) + used from it = balanskravsresultat.
A negative one is to be restored within a few years; a later surplus restores the oldest
deficit first. Amounts keep one unit. Whether the rule binds an association by law is not
established, so the figure is shown and no more is claimed.
Source: Rådet för kommunal redovisning, oktober 2015; Samordningsförbundet Umeåregionen,
årsredovisning 2021, avsnitt 1.7.7.

>>> balanskrav(-209941).balanskravsresultat
Fraction(-209941, 1)
>>> adjusted = balanskrav(100, realisation_gains=40, reserved_to_rur=10)
>>> adjusted.after_adjustments, adjusted.balanskravsresultat
(Fraction(60, 1), Fraction(50, 1))
>>> [deficit] = deficits([(2021, -209941), (2022, 39000)], BalanskravRules(Fraction(3)))
>>> int(deficit.remaining), deficit.last_year
(170941, 2024)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.money import Exact, as_written
from finsam_xl.policy import BalanskravRules
from finsam_xl.records import NamedTuple
from finsam_xl.words.balanskrav import Post

POSTS = {
    "result": "årets resultat",
    "realisation_gains": "samtliga realisationsvinster",
    "gains_by_exception": "realisationsvinster enligt undantag",
    "losses_by_exception": "realisationsförluster enligt undantag",
    "unrealised_losses": "orealiserade förluster",
    "reversal": "återföring av orealiserade förluster",
    "reserved_to_rur": "reserverat till RUR",
    "used_from_rur": "använt från RUR",
}


RESULTS = (Post.AFTER, Post.BALANSKRAVSRESULTAT)
_SIGNED = (Post.RESULT, Post.ADJUSTMENTS, Post.RESERVE)
_OFF = (Post.REALISATION_GAINS, Post.REVERSAL, Post.RESERVED_TO_RUR)


class Balanskrav(NamedTuple):
    """The two results of the statement, before and after the reserve."""

    after_adjustments: Fraction
    balanskravsresultat: Fraction

    @property
    def to_restore(self) -> Fraction:
        """The deficit as a positive amount; 0 when there is none."""
        return max(-self.balanskravsresultat, Fraction(0))


class Deficit(NamedTuple):
    """A negative balanskravsresultat of ``year`` and what later years have restored of it.

    Amounts are positive; ``last_year`` is the last one in which it may be restored.
    """

    year: int
    amount: Fraction
    restored: Fraction
    last_year: int

    @property
    def remaining(self) -> Fraction:
        """What is left to restore."""
        return self.amount - self.restored


def balanskrav(
    result: Exact,
    *,
    realisation_gains: Exact = 0,
    gains_by_exception: Exact = 0,
    losses_by_exception: Exact = 0,
    unrealised_losses: Exact = 0,
    reversal: Exact = 0,
    reserved_to_rur: Exact = 0,
    used_from_rur: Exact = 0,
    adjustments: Exact = 0,
    reserve: Exact = 0,
) -> Balanskrav:
    """The statement; every post but the result is a size, 0 or more, whose sign is the rule's.

    ``adjustments`` and ``reserve``: those of the result, and of the reserve, where they are told
    together in one row each, with their own sign.

    >>> balanskrav(-120000, adjustments=5000, reserve=15000).balanskravsresultat
    Fraction(-100000, 1)
    """
    gains = _size("realisation_gains", realisation_gains)
    kept = _size("gains_by_exception", gains_by_exception)
    losses = _size("losses_by_exception", losses_by_exception)
    unrealised = _size("unrealised_losses", unrealised_losses) - _size("reversal", reversal)
    adjusted = Fraction(result) - gains + kept + losses + unrealised + Fraction(adjustments)
    moved = _size("used_from_rur", used_from_rur) - _size("reserved_to_rur", reserved_to_rur)
    return Balanskrav(adjusted, adjusted + moved + Fraction(reserve))


def of_posts(posts: Mapping[Post, Exact]) -> Balanskrav:
    """The statement of the posts it has, as people write them: what is counted off may have minus.

    >>> posts = {Post.RESULT: -120000, Post.REALISATION_GAINS: -5000}
    >>> of_posts(posts).balanskravsresultat
    Fraction(-125000, 1)
    """
    sizes = {
        str(one): abs(Fraction(amount)) if one in _OFF else amount for one, amount in posts.items()
    }
    return balanskrav(sizes.pop(str(Post.RESULT)), **sizes)


def is_sure(post: Post, amount: Exact) -> bool:
    """Whether it is told how a post is counted: one with minus that is counted on is not."""
    return amount >= 0 or post in (*_SIGNED, *_OFF)


def balanskravsresultat(posts: Sequence[Exact | None]) -> Fraction:
    """The balanskravsresultat of all posts in the order of :data:`POSTS`; a blank one is 0.

    The result itself may not be blank.

    >>> balanskravsresultat([-209941, 0, 0, 0, 0, 0, 0, None])
    Fraction(-209941, 1)
    """
    if len(posts) != len(POSTS) or posts[0] is None:
        raise InputError(
            f"Balanskravet räknas på {len(POSTS)} poster; {len(posts)} gavs"
            + (", och årets resultat är tomt." if posts and posts[0] is None else "."),
            remedy=f"Skriv dem i denna ordning, 0 där inget finns: {', '.join(POSTS.values())}; "
            "eller peka ut rubrikerna bredvid.",
        )
    result, *others = (post or 0 for post in posts)
    named = dict(zip(list(POSTS)[1:], others, strict=True))
    return balanskrav(result, **named).balanskravsresultat


def deficits(results: Iterable[tuple[int, Exact]], rules: BalanskravRules) -> list[Deficit]:
    """Every deficit with what later surpluses restored of it, in time; the oldest goes first.

    ``results``: year and balanskravsresultat in order of year. A surplus that comes after a
    deficit's last year no longer restores it.
    """
    found: list[Deficit] = []
    before: int | None = None
    for year, result in results:
        if before is not None and year <= before:
            raise InputError(
                f"År {year} står efter år {before}.",
                remedy="Skriv åren i ordning, vart och ett en gång.",
            )
        before = year
        if result < 0:
            found.append(
                Deficit(year, -Fraction(result), Fraction(0), year + int(rules.restore_years))
            )
        else:
            found = _restored(found, year, Fraction(result))
    return found


def _restored(found: Sequence[Deficit], year: int, surplus: Fraction) -> list[Deficit]:
    """The deficits after a surplus of ``year``, used on those that may still be restored."""
    after = []
    for deficit in found:
        part = min(surplus, deficit.remaining) if year <= deficit.last_year else Fraction(0)
        surplus -= part
        after.append(deficit._replace(restored=deficit.restored + part))
    return after


def _size(post: str, amount: Exact) -> Fraction:
    if amount < 0:
        raise InputError(
            f"Värdet {as_written(amount)} är negativt.",
            where=POSTS[post].capitalize(),
            remedy="Skriv beloppets storlek utan minus; regeln ger det tecken.",
        )
    return Fraction(amount)
