"""Excel: buttons by macros and Python, what may stop them, and xlwings Lite without either.

What stops macros is told where there is an Excel that has them; on a Mac nothing has been tried.
"""

from __future__ import annotations

from pathlib import PurePath

from finsam_xl.doctor import program
from finsam_xl.doctor.computer import Computer, Excel, System, Trusted
from finsam_xl.doctor.health import Health, fault, fine, missing, unknown

_CONNECT = "-m finsam_excel.macros anslut"
_INSTEAD = (
    "Be IT tillåta det (finsam-xl handbok it säger vad), eller använd xlwings Lite eller "
    "kommandona på sparade filer."
)
_SIGNED_ONLY, _NONE = 3, 4
HOSTS = (
    "appsforoffice.microsoft.com, addin.xlwings.org, cdn.jsdelivr.net, pypi.org, "
    "files.pythonhosted.org"
)
"""What xlwings Lite fetches from, the first time and when its cache is emptied."""


def excel(computer: Computer) -> Health | None:
    """Excel and its bitness."""
    found = computer.excel
    if found is None:
        if computer.system is System.LINUX:
            return None
        how = "Använd kommandona på sparade filer, eller LibreOffice (finsam-xl libreoffice)."
        return missing("excel", "Excel", "finns inte på datorn", how)
    bits = f"{found.bits} bitar" if found.bits else "bitar okända"
    return fine("excel", "Excel", ", ".join(filter(None, (found.version, bits))))


def xlwings(computer: Computer) -> Health | None:
    """What talks to an open Excel, and its file for functions in cells."""
    if computer.excel is None:
        return None
    own = computer.xlwings
    how = program.adds(computer, own)
    if not own.version:
        return missing("xlwings", "xlwings", "saknas, så knapparna med makron svarar inte", how)
    if own.wanted and own.version != own.wanted:
        what = f"version {own.version}, men makrona anropar {own.wanted}"
        return fault("xlwings", "xlwings", what, how)
    library = _library(computer.excel, own.version)
    if computer.system is System.WINDOWS and library and library not in computer.libraries:
        what = f"{own.version}, men {library} saknas: funktioner i celler visar #NAMN?"
        again = f"{how} --force-reinstall" if "pip install" in how else how
        return fault("xlwings", "xlwings", what, again)
    return fine("xlwings", "xlwings", own.version)


def _library(excel: Excel, version: str) -> str:
    """The name of xlwings' file for an Excel; '' where its bitness is not known."""
    return f"xlwings{excel.bits}-{version}.dll" if excel.bits else ""


def connection(computer: Computer) -> Health | None:
    """Which Python Excel starts."""
    if computer.excel is None:
        return None
    found = computer.connection
    connect = f'"{computer.python.program}" {_CONNECT}'
    if found is None:
        what = "Excel är inte anslutet, och tar den Python som det hittar först"
        return missing("connection", "Excels Python", what, f"Kör {connect}")
    if not found.exists:
        how = "Ändra miljövariabeln FINSAM_PYTHON." if found.named else f"Kör {connect}"
        return fault("connection", "Excels Python", f"{found.program} finns inte", how)
    if not found.ours:
        how = "Ändra miljövariabeln FINSAM_PYTHON" if found.named else f"Kör {connect}"
        what = f"en annan än den här: {found.program}"
        return missing("connection", "Excels Python", what, f"{how}, om den är gammal.")
    return fine("connection", "Excels Python", "ansluten")


def macros(computer: Computer) -> Health | None:
    """Whether macros may run at all, and start Python."""
    if computer.excel is None or computer.system is not System.WINDOWS:
        return None
    guard, title = computer.guard, "Makron"
    if guard.macros == _NONE:
        return fault("macros", title, "är avstängda i Excel", _INSTEAD)
    if guard.macros == _SIGNED_ONLY:
        what = "bara signerade får köras, och våra är inte signerade"
        return fault("macros", title, what, f"Låt IT signera finsam.xlam. {_INSTEAD}")
    if guard.children:
        return fault("macros", title, "Office får inte starta andra program", _INSTEAD)
    if guard.calls:
        what = "Defender stoppar makron som anropar Windows: funktioner i celler"
        return fault("macros", title, what, _INSTEAD)
    if guard.children is None:
        return unknown(
            "macros",
            title,
            "får köras; om Excel får starta Python går inte att läsa",
            "Klicka på Räkna om i en kopplad bok: rutan säger om det är spärrat.",
        )
    return fine("macros", title, "får köras och starta Python")


def marks(computer: Computer) -> Health | None:
    """Workbooks with macros that came from the net and stand in no trusted place."""
    if computer.excel is None or computer.system is not System.WINDOWS:
        return None
    folder, trusted = computer.folder.path, computer.guard.trusted
    if any(_covers(place, folder) for place in trusted):
        return fine("marks", "Betrodd plats", f"{folder} är betrodd")
    if computer.folder.marked:
        name = computer.folder.marked[0]
        return fault(
            "marks",
            "Från nätet",
            f"{name} kom från nätet eller e-post, och dess makron blockeras",
            f"Högerklicka på {name}, Egenskaper, Avblockera.",
        )
    return fine("marks", "Från nätet", "ingen bok med makron i mappen är märkt")


def _covers(place: Trusted, folder: PurePath) -> bool:
    return folder == place.path or (place.below and place.path in folder.parents)


def lite(computer: Computer) -> Health | None:
    """Lite by xlwings, without Python and macros; its hosts are told and never asked."""
    if computer.excel is None:
        return None
    if computer.guard.store:
        return fault(
            "lite",
            "xlwings Lite",
            "tillägg ur Office-butiken är spärrade",
            "Be IT dela ut xlwings Lite (WA200008175) under Integrerade appar.",
        )
    return unknown(
        "lite",
        "xlwings Lite",
        "prövas inte, för nätet frågas aldrig härifrån",
        f"Öppna en bok kopplad för lite. Kommer tillägget inte igång: be IT släppa fram {HOSTS}.",
    )
