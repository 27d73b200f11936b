"""Every check, in the order in which faults matter."""

from __future__ import annotations

from collections.abc import Callable

from finsam_xl.doctor import excel, office, place, program
from finsam_xl.doctor.computer import Computer
from finsam_xl.doctor.health import Health

CHECKS: tuple[Callable[[Computer], Health | None], ...] = (
    program.python,
    program.parts,
    program.engine,
    place.rights,
    place.disk,
    place.length,
    place.open_books,
    place.cloud,
    excel.excel,
    excel.macros,
    excel.marks,
    excel.xlwings,
    excel.connection,
    excel.lite,
    office.office,
    office.extension,
    office.fonts,
    place.text,
    program.command,
    program.own_macros,
)


def examined(computer: Computer) -> tuple[Health, ...]:
    """How everything is that the computer can have."""
    return tuple(one for check in CHECKS if (one := check(computer)) is not None)
