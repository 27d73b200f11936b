"""What works on a computer as a message box tells it: first the one thing to do, then the rest.

Words only: a box of VBA shows no signs outside Windows' own set.
"""

from __future__ import annotations

from finsam_xl.doctor.checks import examined
from finsam_xl.doctor.computer import Computer
from finsam_xl.doctor.health import State, first

_HEADINGS = {
    State.FAULT: "Fel",
    State.MISSING: "Saknas",
    State.UNKNOWN: "Vet inte",
    State.OK: "Fungerar",
}
_OPEN_BOOKS = "locks"
_NOTHING_TO_DO = "Allt som behövs fungerar."
_LAST = "Inget är ändrat på datorn, och inget är skickat. Kommandot finsam-xl hälsa säger mer."


def boxed(computer: Computer) -> str:
    """The text for a computer where a button was clicked, so that a workbook is open."""
    found = [one for one in examined(computer) if one.name != _OPEN_BOOKS]
    begin = first(found)
    told = [_NOTHING_TO_DO]
    if begin is not None:
        told = [f"{begin.title}: {begin.what}.", f"Gör detta först: {begin.remedy}"]
    for state, heading in _HEADINGS.items():
        titles = [one.title for one in found if one.state is state and one is not begin]
        if titles:
            told.append(f"{heading}: {', '.join(titles)}.")
    return "\n\n".join((*told, _LAST))
