"""Names as people type them: å, ä, ö and case do not matter, and a wrong one has a nearest.

>>> fold("Räkna-Om") == fold("rakna-om")
True
>>> did_you_mean("kontrolera", ["tabeller", "kontrollera"])
'Menar du kontrollera?'
>>> nearest("Bugdet", ["Plan 2027", "Budget 2026"]), nearest("räkna", ["räkna-om"])
('Budget 2026', 'räkna-om')
>>> nearest("styrelse", ["tertial", "plan"])
''
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_ALIKE, _ALIKE_HEAD = 0.6, 0.75


def fold(name: str) -> str:
    """A name as it is compared."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).strip()


def nearest(name: str, names: Iterable[str], alike: float = _ALIKE) -> str:
    """The one of some names that was probably meant, '' where none is like it."""
    known = {fold(one): one for one in names}
    wanted = fold(name)
    found = difflib.get_close_matches(wanted, known, 1, alike)
    if found:
        return known[found[0]]
    # What a longer name begins with is enough, and may be misspelt too.
    begun = {one[: len(wanted)]: known[one] for one in reversed(known)}
    heads = difflib.get_close_matches(wanted, begun, 1, max(alike, _ALIKE_HEAD))
    return begun[heads[0]] if heads and len(wanted) > 1 else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The question whether the nearest name was meant, '' where none is like it."""
    meant = nearest(name, names)
    return f"Menar du {meant}?" if meant else ""
