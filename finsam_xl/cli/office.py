"""The product put into LibreOffice, and taken out again."""

from __future__ import annotations

from pathlib import Path

from finsam_xl import __version__
from finsam_xl.cli import printing
from finsam_xl.errors import WorkbookError

_NEXT = (
    "Tillägget är inlagt. Starta om LibreOffice: i Calc finns menyn Finsam, och funktionerna under "
    "Infoga, Funktion, kategorin Tillägg."
)


def _install(profile: Path | None, target: Path | None) -> None:
    if target is not None:
        from finsam_xl.hosts.calc.extension.build import build

        try:
            target.write_bytes(build(__version__))
        except OSError as error:
            raise WorkbookError(
                "Tillägget går inte att skriva där.",
                where=str(target),
                remedy="Ange en fil i en mapp som finns och som du får skriva i.",
            ) from error
        printing.say(f"Skrivet till {target}. Lägg in det i Calc under Verktyg, Tillägg.")
        return
    from finsam_xl.hosts.calc.extension.install import install

    install(__version__, profile)
    printing.say(_NEXT)


def _uninstall(profile: Path | None, _target: Path | None) -> None:
    from finsam_xl.hosts.calc.extension.install import uninstall

    uninstall(profile)
    printing.say("Tillägget är borttaget.")


ACTIONS = {"installera": _install, "avinstallera": _uninstall}
"""What can be done, by its name."""
