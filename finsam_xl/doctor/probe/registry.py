"""Windows' registry as a probe asks it: a value or the names of the keys below, or nothing.

A place is written as people write it: ``HKLM\\Software\\Microsoft\\Office``.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, Protocol

Value = str | int | None


class Registry(Protocol):
    """What can be asked of a registry."""

    def value(self, key: str, name: str = "") -> Value:
        """A value of a key, ``None`` where there is none or it may not be read."""

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys below one."""

    def names(self, key: str) -> tuple[str, ...]:
        """The names of a key's values."""


class Nowhere:
    """The registry of a computer that has none."""

    def value(self, key: str, name: str = "") -> Value:  # noqa: ARG002 (there is nothing to ask)
        """Nothing."""
        return None

    def keys(self, key: str) -> tuple[str, ...]:  # noqa: ARG002
        """None."""
        return ()

    def names(self, key: str) -> tuple[str, ...]:  # noqa: ARG002
        """None."""
        return ()


NOWHERE = Nowhere()


class Winreg:
    """The registry of Windows, through Python's own module, which other systems lack."""

    def __init__(self, module: Any) -> None:
        self._reg = module
        self._roots = {"HKLM": module.HKEY_LOCAL_MACHINE, "HKCU": module.HKEY_CURRENT_USER}

    def value(self, key: str, name: str = "") -> Value:
        """A value of a key."""
        try:
            with self._open(key) as opened:
                found = self._reg.QueryValueEx(opened, name)[0]
        except OSError:
            return None
        return found if isinstance(found, str | int) else None

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys below one."""
        return self._listed(key, 0, self._reg.EnumKey)

    def names(self, key: str) -> tuple[str, ...]:
        """The names of a key's values."""
        return self._listed(key, 1, lambda opened, at: self._reg.EnumValue(opened, at)[0])

    def _open(self, key: str) -> Any:
        root, _, path = key.partition("\\")
        # The one that 64-bit programs see, whatever Python this is.
        return self._reg.OpenKey(
            self._roots[root], path, 0, self._reg.KEY_READ | self._reg.KEY_WOW64_64KEY
        )

    def _listed(self, key: str, which: int, ask: Any) -> tuple[str, ...]:
        try:
            with self._open(key) as opened:
                return tuple(ask(opened, at) for at in range(self._reg.QueryInfoKey(opened)[which]))
        except OSError:
            return ()


def of_this_computer() -> Registry:
    """The registry of this computer."""
    return Winreg(importlib.import_module("winreg")) if sys.platform == "win32" else NOWHERE
