"""Where a report sheet goes: into its own earlier sheet, or last under a free name.

A report is known by the defined name ``_finsam_rapport_…`` that points to it, the same as
in files, so that a report made in one host is replaced by the other. A person's sheet of
the same name is never touched. The earlier sheet is emptied and not deleted, because
formulas of theirs may point to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from finsam_xl.plan import free_name, owner_name
from finsam_xl.reading.corrections import TABLE_NAME
from finsam_xl.reading.finsam_sheet import OWNER as FINSAM
from finsam_xl.records import NamedTuple
from finsam_xl.sheetplan import SheetPlan


class Placed(NamedTuple):
    """A report and the name of the sheet it goes to."""

    plan: SheetPlan
    name: str
    is_new: bool


def place_sheets(
    plans: Sequence[SheetPlan], owners: Mapping[str, str], sheets: Iterable[str]
) -> list[Placed]:
    """A place for each report, in their order; ``owners``: sheet name → report of ours."""
    owned = {owner: name for name, owner in owners.items()}
    taken = {name.lower() for name in sheets}
    placed = []
    for plan in plans:
        own = owned.get(plan.owner)
        name = own or free_name(plan.name, taken)
        taken.add(name.lower())
        placed.append(Placed(plan, name, own is None))
    return placed


def names_of(owner: str, names: Iterable[str]) -> list[str]:
    """The defined names that go with a report when it is taken out."""
    own = owner_name(owner)
    return [
        name
        for name in names
        if name.lower() == own or (owner == FINSAM and name.lower().startswith(TABLE_NAME))
    ]
