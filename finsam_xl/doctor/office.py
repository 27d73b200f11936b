"""LibreOffice: printing to PDF, our extension in Calc, and the fonts of the reports."""

from __future__ import annotations

from finsam_xl.doctor.computer import Computer, System
from finsam_xl.doctor.health import Health, fault, fine, missing

_OLDEST = (3, 11)
_TITLE, _EXTENSION = "LibreOffice", "Finsam i Calc"
_INSTALL = "Kör finsam-xl libreoffice installera"
_GET = {
    System.LINUX: "Installera det med systemets paket, till exempel: sudo apt install "
    "libreoffice-calc",
    System.WINDOWS: "Installera det från sv.libreoffice.org, eller be IT. Annars: öppna rapporten "
    "i Excel och spara som PDF.",
    System.MAC: "Installera det från sv.libreoffice.org. Annars: öppna rapporten i Excel och spara "
    "som PDF.",
}


def office(computer: Computer) -> Health:
    """LibreOffice, which prints."""
    found = computer.office
    if found is None:
        what = "finns inte, så --pdf går inte att använda"
        return missing("libreoffice", _TITLE, what, _GET[computer.system])
    return fine("libreoffice", _TITLE, f"{found.version or 'version okänd'}: --pdf går att använda")


def extension(computer: Computer) -> Health | None:
    """Our menu and functions in Calc."""
    found = computer.office
    if found is None:
        return None
    if found.python is not None and found.python < _OLDEST:
        own = ".".join(map(str, found.python))
        return fault(
            "extension",
            _EXTENSION,
            f"LibreOffice kör Python {own}, och tillägget behöver 3.11",
            "Uppdatera LibreOffice (för Windows och Mac: version 25.8 eller senare).",
        )
    if found.loads is False:
        how = "sudo apt install python3-uno libreoffice-script-provider-python"
        return fault("extension", _EXTENSION, "LibreOffice saknar sin del för Python", f"Kör {how}")
    if not found.extension:
        return missing("extension", _EXTENSION, "tillägget är inte inlagt", f"{_INSTALL}.")
    if found.extension != computer.program.version:
        what = f"tillägget är version {found.extension}, programmet {computer.program.version}"
        return fault("extension", _EXTENSION, what, f"{_INSTALL}, och starta om LibreOffice.")
    return fine("extension", _EXTENSION, f"inlagt, version {found.extension}")


def fonts(computer: Computer) -> Health:
    """The font of the reports, or the one of the same widths."""
    if computer.fonts:
        return fine("fonts", "Typsnitt", " och ".join(computer.fonts))
    how = {
        System.LINUX: "Installera Carlito, till exempel: sudo apt install fonts-crosextra-carlito",
        System.MAC: "Installera Carlito (fritt, fonts.google.com/specimen/Carlito).",
        System.WINDOWS: "Installera Carlito (fritt, fonts.google.com/specimen/Carlito).",
    }[computer.system]
    what = "varken Calibri eller Carlito: i PDF kan text bli för bred för sin kolumn"
    return missing("fonts", "Typsnitt", what, how)
