"""The functions for equity, balanskrav and classes of costs, each as it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from finsam_xl import policy
from finsam_xl.calc import balanskrav, cost_split, shares
from finsam_xl.calc import equity as calc
from finsam_xl.errors import InputError
from finsam_xl.model import shortened
from finsam_xl.money import Exact, Terms, as_written, ratio
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import DATE, Argument, CellFunction, Example, Kind, Takes
from finsam_xl.registry.ranges import Block
from finsam_xl.words.balanskrav import Post, post

Part = Exact | Terms | CellError | None
_RULE_MISSING = CellError(ErrorKind.NA, calc.RULE_MISSING)
_KRONOR = 1_000_000
"""No association has so many tkr: what is so large was given in kronor."""


def rolled_equity(opening: Block, results: Block) -> Block | CellError:
    """Along each row, or down a single column; one opening for each that is rolled."""
    down = results.columns == 1
    lines = [results.cells] if down else results.shaped(results.cells)
    if len(opening.cells) not in {1, len(lines)}:
        raise InputError(
            f"Ingående har {len(opening.cells)} värden för {len(lines)} rader.",
            remedy="Skriv ett för varje rad, eller ett enda.",
        )
    openings = list(opening.cells) * (len(lines) if opening.single else 1)
    rolled = [calc.roll_forward(start, line) for start, line in zip(openings, lines, strict=True)]
    return results._replace(cells=[*chain.from_iterable(rolled)])


EGET_KAPITAL = CellFunction(
    "FINSAM_EGET_KAPITAL",
    "Utgående eget kapital efter varje resultat, längs en rad eller ned en kolumn.",
    (
        Argument("ingående", Kind.AMOUNT, "Första årets ingående.", takes=Takes.WHOLE),
        Argument("resultat", Kind.AMOUNT, "Årens resultat i ordning.", takes=Takes.WHOLE),
    ),
    rolled_equity,
    Example(
        "=FINSAM_EGET_KAPITAL(1959; C5:E5)",
        (1959, [[-1020, 87, 39]]),
        ((939, 1026, 1065),),
    ),
    blank="Ingående eller ett tidigare resultat är tomt, och därefter vet man inget.",
    same_size=False,
)


def equity_ceiling(fees_tkr: Terms | None, day: date) -> Part:
    """Above the fees the rule is known for there is no answer."""
    if fees_tkr is None:
        return None
    if abs(fees_tkr[0]) >= _KRONOR * fees_tkr[1]:
        raise _in_kronor("Avgifterna", fees_tkr)
    found = _stair(day)(fees_tkr)
    return _RULE_MISSING if found is None else found


def equity_room(equity_tkr: Terms | None, fees_tkr: Terms | None, day: date) -> Part:
    """Negative where equity is above the ceiling."""
    if equity_tkr is None or fees_tkr is None:
        return None
    if abs(equity_tkr[0]) >= _KRONOR * equity_tkr[1]:
        raise _in_kronor("Eget kapital", equity_tkr)
    if abs(fees_tkr[0]) >= _KRONOR * fees_tkr[1]:
        raise _in_kronor("Avgifterna", fees_tkr)
    highest = _stair(day)(fees_tkr)
    return _RULE_MISSING if highest is None else calc.below(equity_tkr, highest)


@lru_cache
def _stair(day: date) -> Callable[[Terms], Terms | None]:
    return calc.stair(policy.equity(day))


def _in_kronor(what: str, terms: Terms) -> InputError:
    amount = ratio(*terms)
    return InputError(
        f"{what} ska vara i tkr, och {as_written(amount)} ser ut som kronor.",
        remedy=f"Skriv {as_written(amount / 1000)}, eller {as_written(amount)} kr.",
    )


_FEES = Argument("avgifter", Kind.AMOUNT, "Årets medlemsavgifter i tkr.", unit="tkr", in_terms=True)
TRAPPA = CellFunction(
    "FINSAM_TRAPPA",
    "Rekommenderat tak för eget kapital i tkr, efter medlemsavgifterna.",
    (_FEES, DATE),
    equity_ceiling,
    Example("=FINSAM_TRAPPA(11380)", (11380,), 2057),
)
UTRYMME = CellFunction(
    "FINSAM_UTRYMME",
    "Hur mycket eget kapital ryms under taket i tkr; negativt är över taket.",
    (
        Argument("eget_kapital", Kind.AMOUNT, "Eget kapital i tkr.", unit="tkr", in_terms=True),
        _FEES,
        DATE,
    ),
    equity_room,
    Example("=FINSAM_UTRYMME(1800; 11380)", (1800, 11380), 257),
)


def ratio_of_equity(own: Terms | None, assets: Terms | None) -> Part:
    """Of no assets there is no ratio."""
    if own is None or assets is None:
        return None
    if not assets[0]:
        return CellError(ErrorKind.DIV0, "Tillgångarna är 0, så soliditet finns inte.")
    return shares.terms(own, assets)


SOLIDITET = CellFunction(
    "FINSAM_SOLIDITET",
    "Eget kapital som andel av tillgångarna, av ett.",
    (
        Argument("eget_kapital", Kind.AMOUNT, "Eget kapital.", in_terms=True),
        Argument("tillgångar", Kind.AMOUNT, "Alla tillgångar, i samma enhet.", in_terms=True),
    ),
    ratio_of_equity,
    Example("=FINSAM_SOLIDITET(1800; 6540)", (1800, 6540), 1800 / 6540),
)


def balanced_result(posts: Block, labels: Block) -> Part:
    """Of all posts in order, or of those that labels beside them name."""
    if labels.single and labels.cells[0] is None:
        return balanskrav.balanskravsresultat(posts.cells)
    return balanskrav.of_posts(dict(_named(posts, labels))).balanskravsresultat


def _named(posts: Block, labels: Block) -> Iterator[tuple[Post, Exact]]:
    """The posts of a statement without its results, each of which may stand once."""
    if len(posts.cells) != len(labels.cells):
        raise InputError(
            f"{len(posts.cells)} poster står mot {len(labels.cells)} rubriker.",
            remedy="Markera lika många rader i båda områdena.",
        )
    found: set[Post] = set()
    for amount, label in zip(posts.cells, labels.cells, strict=True):
        if amount is None:
            continue
        named = post(label or "")
        if named is None or named in found:
            raise InputError(
                f"”{shortened(label or '')}” är ingen post som går in i balanskravsresultatet."
                if named is None
                else f"”{shortened(label or '')}” står två gånger.",
                remedy=f"Posterna är: {', '.join(balanskrav.POSTS.values())}. Synnerliga skäl "
                "ändrar vad som ska återställas och inte resultatet.",
            )
        found.add(named)
        if named not in balanskrav.RESULTS:
            yield named, amount
    if Post.RESULT not in found:
        raise InputError("Årets resultat saknas.", remedy="Ta med raden med årets resultat.")


BALANSKRAV = CellFunction(
    "FINSAM_BALANSKRAV",
    "Balanskravsresultatet av åtta poster i ordning, eller av dem som rubrikerna bredvid säger.",
    (
        Argument(
            "poster",
            Kind.AMOUNT,
            f"I ordning: {', '.join(balanskrav.POSTS.values())}; storlekar utan minus, "
            "utom årets resultat.",
            takes=Takes.WHOLE,
        ),
        Argument(
            "rubriker",
            Kind.TEXT,
            "Vad varje post är, när de inte är alla åtta i ordning.",
            optional=True,
            takes=Takes.WHOLE,
            default="alla åtta i ordning",
        ),
    ),
    balanced_result,
    Example(
        "=FINSAM_BALANSKRAV(C2:C9)",
        ([[-209941], [0], [0], [0], [0], [0], [0], [None]],),
        -209941,
    ),
)


def cost_of_class(amounts: Block, classes: Block, cost_class: str | None) -> Part:
    """A class that stands nowhere is an error that says which there are."""
    if cost_class is None:
        raise InputError("Klass saknas.", remedy="Skriv klassens namn, till exempel Struktur.")
    return cost_split.class_cost(amounts.cells, classes.cells, cost_class)


KOSTNADSSLAG = CellFunction(
    "FINSAM_KOSTNADSSLAG",
    "Vad en klass kostar, av belopp bredvid sina kostnadsslag.",
    (
        Argument("belopp", Kind.AMOUNT, "Radernas belopp.", takes=Takes.WHOLE),
        Argument(
            "slag",
            Kind.TEXT,
            "Radernas slag, ett eller delade: Administration 30 %; Struktur 70 %.",
            takes=Takes.WHOLE,
        ),
        Argument("klass", Kind.TEXT, "Klassen som ska summeras."),
    ),
    cost_of_class,
    Example(
        '=FINSAM_KOSTNADSSLAG(B2:B3; C2:C3; "Struktur")',
        (
            [[57], [1488]],
            [["Administration"], ["Administration 30 %; Struktur 70 %"]],
            "Struktur",
        ),
        1041.6,
    ),
    skips_heading=True,
)

EQUITY = (EGET_KAPITAL, TRAPPA, UTRYMME, SOLIDITET, BALANSKRAV, KOSTNADSSLAG)
"""In the order people look for them."""
