"""What must hold before anything is written; each refusal says what to do about it."""

from __future__ import annotations

from typing import Any

from finsam_xl.actions.gates import Gates, Seal
from finsam_xl.hosts.excel.reading import owners

_SEALS = {
    "ReadOnly": Seal.OPENED_READ_ONLY,
    "MultiUserEditing": Seal.SHARED,
    "Final": Seal.FINAL,
}
"""Flags of Excel's workbook. What the file says of opening it, Excel has asked about by now."""


def gates(book: Any) -> Gates:
    """What Excel tells of who may change the workbook that is open."""
    seals = [seal for flag, seal in _SEALS.items() if _says(book, flag)]
    if _is_signed(book):
        seals.insert(0, Seal.SIGNED)
    return Gates(
        book.name,
        tuple(seals),
        _says(book, "ProtectStructure"),
        lambda name: _says(book.sheets[name], "ProtectContents"),
        lambda name, cell: not _says(book.sheets[name].range(cell), "AllowEdit"),
        {owner: name for name, owner in owners(book, local=False).items()},
    )


def _is_signed(book: Any) -> bool:
    try:
        return int(book.api.Signatures.Count) > 0
    except (AttributeError, TypeError):
        return False


def _says(thing: Any, flag: str) -> bool:
    """A flag of Excel's own object; not raised where the engine has none."""
    try:
        return getattr(thing.api, flag) is True
    except AttributeError:
        return False
