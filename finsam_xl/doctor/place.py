"""The folder with the workbooks, and how text comes out."""

from __future__ import annotations

from finsam_xl.doctor.computer import Computer, System
from finsam_xl.doctor.health import Health, fault, fine, missing

_ENOUGH = 200_000_000
"""Bytes: a few backups and copies of a large workbook."""
_LONGEST = 218
"""Excel's limit for a path with the file's name (Microsoft, Excel specifications and limits)."""
_MOST_NAMED = 3
_SIGNS = "åäö"


def rights(computer: Computer) -> Health:
    """Whether a file can be made in the folder: backups and new versions stand beside the book."""
    folder = computer.folder
    if not folder.exists:
        return fault("rights", "Mappen", f"{folder.path} finns inte", "Ange en mapp som finns.")
    if folder.refusal:
        return fault(
            "rights",
            "Mappen",
            f"går inte att skriva i: {folder.refusal}",
            "Kopiera böckerna till en mapp som är din, till exempel Dokument, och kör där; eller "
            "skriv svaret dit med --out.",
        )
    return fine("rights", "Mappen", "går att skriva i")


def disk(computer: Computer) -> Health | None:
    """The room that is left."""
    free = computer.folder.free
    if free is None:
        return None
    if free < _ENOUGH:
        return fault(
            "disk",
            "Disken",
            f"bara {free // 1_000_000} MB ledigt",
            "Gör plats för minst 200 MB: en ny version skrivs bredvid den gamla.",
        )
    return fine("disk", "Disken", f"{free // 1_000_000_000} GB ledigt")


def length(computer: Computer) -> Health | None:
    """Paths that Excel does not open."""
    if computer.system is not System.WINDOWS or not computer.folder.longest:
        return None
    if len(computer.folder.longest) > _LONGEST:
        return fault(
            "length",
            "Sökvägen",
            f"{len(computer.folder.longest)} tecken, och Excel öppnar bara {_LONGEST}",
            "Flytta mappen närmare roten, eller ge mappar och böcker kortare namn.",
        )
    return fine("length", "Sökvägen", f"längst {len(computer.folder.longest)} tecken")


def open_books(computer: Computer) -> Health:
    """Workbooks that are open, or that a program left a lock file of."""
    locks = computer.folder.locks
    if not locks:
        return fine("locks", "Öppna böcker", "ingen i mappen")
    names = _named([f"{lock.workbook} i {lock.program}" for lock in locks])
    lock = locks[0]
    return fault(
        "locks",
        "Öppna böcker",
        f"{names}: de skrivs inte medan de är öppna",
        f"Stäng {lock.workbook}. Är den redan stängd: ta bort filen {lock.file}.",
    )


def cloud(computer: Computer) -> Health | None:
    """A folder that is kept in step with a server."""
    folder = computer.folder
    if not folder.cloud:
        return None
    if folder.distant:
        return missing(
            "cloud",
            folder.cloud,
            f"bara i molnet: {_named(folder.distant)}. Utan nät går de inte att läsa",
            "Högerklicka på mappen i Utforskaren och välj Behåll alltid på den här enheten.",
        )
    return fine("cloud", folder.cloud, "böckerna finns på datorn; stäng dem innan du kör")


def text(computer: Computer) -> Health:
    """Whether Swedish letters come out, and the signs of numbers."""
    language = computer.language
    told = [language.name or "språk okänt", language.encoding]
    if language.decimal:
        told.append(f"decimaler {language.decimal} och listor {language.between}")
    try:
        _SIGNS.encode(language.encoding)
    except (LookupError, UnicodeError):
        how = (
            "Skriv chcp 65001 i kommandofönstret före kommandot."
            if computer.system is System.WINDOWS
            else "Sätt LANG=sv_SE.UTF-8 (eller C.UTF-8) i din profil."
        )
        return missing("text", "Språk", f"å, ä och ö visas inte ({', '.join(told)})", how)
    return fine("text", "Språk", ", ".join(told))


def _named(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
