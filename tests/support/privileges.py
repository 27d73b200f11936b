"""Processes of somebody who may not do everything, also where root runs the tests."""

from __future__ import annotations

import ctypes
import os

CANNOT = 77
"""The exit code of a process that could not lay its privileges down."""
_DROP_FROM_BOUNDING_SET = 24
_PRIVILEGES = range(5)
"""To change owners, to write and read wherever, to act as an owner, to keep special modes."""


def without_privileges() -> None:
    """Take from root what lets it do as it likes with files; before a program is started."""
    if os.geteuid() != 0:
        return
    system = ctypes.CDLL(None, use_errno=True)
    for capability in _PRIVILEGES:
        if system.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0) != 0:
            os._exit(CANNOT)
