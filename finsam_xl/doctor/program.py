"""The product itself: its Python, its parts, what calculates, and the command."""

from __future__ import annotations

from finsam_xl.doctor.computer import Computer, Extra, Way
from finsam_xl.doctor.health import Health, fault, fine, missing

_OLDEST = (3, 11)
_MOST_NAMED = 3
_ANEW = {
    Way.PIPX: "pipx install --force FIL.whl",
    Way.UV: "uv tool install --force FIL.whl",
    Way.PIP: "python -m pip install --force-reinstall FIL.whl",
}
"""What installs the product once more; the file is the one it was installed from."""
_WITH = {
    Way.PIPX: "pipx inject finsam-xl {package}",
    Way.UV: "uv tool install --force --with {package} FIL.whl",
    Way.PIP: '"{python}" -m pip install {package}',
}
_ON_PATH = {
    Way.PIPX: "Kör pipx ensurepath och öppna ett nytt kommandofönster.",
    Way.UV: "Kör uv tool update-shell och öppna ett nytt kommandofönster.",
    Way.PIP: "Skriv hela sökvägen, {script}, eller installera med pipx.",
}


def adds(computer: Computer, extra: Extra) -> str:
    """The command that puts a package beside the product; uv forgets what it is not told again."""
    way, package = computer.program.way, extra.pinned
    if way is Way.UV:
        every = (computer.xlwings, computer.pyopenvba)
        kept = [one.pinned for one in every if one.version and one.name != extra.name]
        package = " --with ".join((package, *kept))
    return _WITH[way].format(package=package, python=computer.python.program)


def python(computer: Computer) -> Health:
    """The Python that runs."""
    version = ".".join(map(str, computer.python.version))
    what = f"{version}, {computer.python.bits} bitar"
    if computer.python.store:
        what += ", ur Microsoft Store"
    if computer.python.version[:2] < _OLDEST:
        return fault(
            "python", "Python", what, "Installera Python 3.11 eller senare från python.org."
        )
    return fine("python", "Python", what)


def parts(computer: Computer) -> Health:
    """The product's own files, and the packages that it cannot do without."""
    program = computer.program
    gone = (*program.absent, *program.damaged)
    if not gone:
        return fine("parts", "Programmets delar", f"alla finns, version {program.version}")
    named = ", ".join(gone[:_MOST_NAMED]) + (" …" if len(gone) > _MOST_NAMED else "")
    anew = _ANEW[program.way]
    return fault(
        "parts",
        "Programmets delar",
        f"{len(gone)} saknas eller är ändrade: {named}",
        f"Installera på nytt: {anew} (FIL.whl är filen du fick eller hämtade). Försvinner de igen "
        "har ett virusskydd tagit dem: be IT undanta programmets mapp.",
    )


def engine(computer: Computer) -> Health:
    """What calculates formulas in files, in a process of its own."""
    if computer.program.engine:
        return fine("engine", "Räknemotorn", "startar och räknar rätt")
    return fault(
        "engine",
        "Räknemotorn",
        "svarar inte: formler som Excel inte har räknat går inte att räkna här",
        f"Be IT tillåta att {computer.python.program} startar sig själv.",
    )


def command(computer: Computer) -> Health:
    """Whether the shell finds the command."""
    if computer.program.command:
        return fine("command", "Kommandot", computer.program.command)
    script = computer.program.script or f"{computer.python.program} -m finsam_xl.cli"
    return missing(
        "command",
        "Kommandot",
        "kommandofönstret hittar inte finsam-xl utan sökväg",
        _ON_PATH[computer.program.way].format(script=script),
    )


def own_macros(computer: Computer) -> Health:
    """What puts our modules beside the macros that a workbook has of its own."""
    title = "Böcker med makron"
    if computer.pyopenvba.version:
        return fine("vba", title, "går att koppla")
    return missing(
        "vba",
        title,
        "en bok som har egna makron går inte att koppla",
        f"Har du en sådan bok: kör {adds(computer, computer.pyopenvba)}",
    )
