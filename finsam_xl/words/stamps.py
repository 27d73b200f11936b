"""What a report sheet of ours says of itself at its top: the day that it was made.

>>> is_stamp("Framtaget 2031-05-02"), is_stamp("Framtaget 2031-05-02 · fryst 2031-06-01 ur a.xlsx")
(True, True)
>>> is_stamp("Framtaget underlag 2031")
False
"""

from __future__ import annotations

import re

MADE = "Framtaget"
"""What a report says before the day it was made; which run that was stands in the log."""
_STAMP = re.compile(rf"{MADE} \d{{4}}-\d\d-\d\d(?: · .+)?")


def is_stamp(text: str) -> bool:
    """Whether a cell's whole text is what a report says of when it was made, frozen or not."""
    return _STAMP.fullmatch(text) is not None
