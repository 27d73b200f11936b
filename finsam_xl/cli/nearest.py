"""Names as people type them: å, ä, ö and case do not matter, and a wrong one has a nearest.

>>> fold("Räkna-Om") == fold("rakna-om")
True
>>> did_you_mean("kontrolera", ["tabeller", "kontrollera"])
'Menar du kontrollera?'
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_ALIKE = 0.6
MISSPELT = 0.8
"""How alike two of many names must be for one to be the other misspelt."""


def fold(name: str) -> str:
    """A name as it is compared."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).strip()


def nearest(name: str, names: Iterable[str], alike: float = _ALIKE) -> str:
    """The one of some names that was probably meant, '' where none is like it."""
    known = {fold(one): one for one in names}
    wanted = fold(name)
    found = difflib.get_close_matches(wanted, known, 1, alike)
    if not found and len(wanted) > 1:  # a part of a name that only one has
        begun = [one for one in known if one.startswith(wanted)]
        found = begun if len(begun) == 1 else []
    return known[found[0]] if found else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The question whether the nearest name was meant, '' where none is like it."""
    meant = nearest(name, names)
    return f"Menar du {meant}?" if meant else ""
