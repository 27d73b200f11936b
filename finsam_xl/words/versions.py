"""Which version of a budget a heading speaks of.

>>> version("antagen budget"), version("plan ej beslutad")
(<Version.DECIDED: 'decided'>, <Version.PRELIMINARY: 'preliminary'>)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.votes import Votes


@unique
class Version(StrEnum):
    """The versions a budget goes through."""

    PRELIMINARY = "preliminary"
    PROPOSAL = "proposal"
    DECIDED = "decided"
    REVISED = "revised"


VERSIONS = Votes("version", frozenset(Version))
"""Where a heading speaks of a version."""


def version(heading: str) -> Version | None:
    """The version that a heading in plain words names; of several the first in it."""
    return next((Version(vote.value) for vote in VERSIONS.votes(heading)), None)
