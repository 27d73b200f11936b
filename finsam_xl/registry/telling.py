"""Why a function gives what it gives, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finsam_xl.money import as_written, exact
from finsam_xl.registry.cell_errors import CellError
from finsam_xl.registry.entries import CellFunction
from finsam_xl.registry.formulas import Call, Reference

_MOST_REASONS = 3


def said(function: CellFunction, parsed: Call, raws: Sequence[Any], cells: Sequence[Any]) -> str:
    """Why cells show what they show: reasons of errors, why they are blank, or of what they are."""
    errors = [cell for cell in cells if isinstance(cell, CellError)]
    if errors:
        reasons = list(dict.fromkeys(error.reason for error in errors))
        more = f" (och {len(reasons) - _MOST_REASONS} till)" if len(reasons) > _MOST_REASONS else ""
        share = f" i {len(errors)} av {len(cells)} celler" if len(cells) > 1 else ""
        return (
            f"{function.name} visar {errors[0]}{share}: {' '.join(reasons[:_MOST_REASONS])}{more}"
        )
    if all(cell is None for cell in cells):
        return f"{function.name} är tom: {function.blank}"
    told = ", ".join(
        f"{argument.name} = {_told(node, raw)}"
        for argument, node, raw in zip(function.arguments, parsed.arguments, raws, strict=False)
    )
    gave = _shown(cells[0]) if len(cells) == 1 else f"{len(cells)} värden"
    return f"{function.name} gav {gave}. {function.help} Av {told}."


def _told(node: Any, raw: Any) -> str:
    where = f"{node.text} " if isinstance(node, Reference) else ""
    return f"{where}({_shown(raw)})" if where else _shown(raw)


def _shown(raw: Any) -> str:
    """A value the way a Swedish reader sees it, with at most four decimals."""
    if isinstance(raw, list | tuple) and not isinstance(raw, CellError):
        return f"{len(raw)} rader"
    if raw is None or raw == "":
        return "tomt"
    if isinstance(raw, bool):
        return "SANT" if raw else "FALSKT"
    if isinstance(raw, int | float) and raw - raw == 0:
        return as_written(exact(raw))
    return f"”{raw}”" if isinstance(raw, str) else str(raw)
