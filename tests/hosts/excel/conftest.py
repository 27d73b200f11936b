"""xlwings with its remote engine."""

from __future__ import annotations

from support.remote import xw

__all__ = ["xw"]
