"""The colours of the product: ink, rules, and one fill and ink per colour word.

Each ink has a contrast of at least 4,5 : 1 on its fill and on white.
"""

from __future__ import annotations

INK = "#1F2933"
MUTED = "#5B6672"
RULE = "#D5DBE1"
ACCENT = "#1F5F8B"
MARKS = {"grön": "#E6F2EA", "orange": "#FDF1DC", "röd": "#FBE7E5"}
"""Fill per colour word."""
MARK_INKS = {"grön": "#2A7349", "orange": "#965700", "röd": "#B3261E"}
"""Ink per colour word."""
BAR_INKS = {**MARK_INKS, "grå": MUTED, "": ACCENT}
"""Fill of the bars of a chart per colour word; '' where the colour means nothing."""
