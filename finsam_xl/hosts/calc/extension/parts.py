"""What the extension tells LibreOffice: its functions, and what its files are."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from finsam_xl import __version__
from finsam_xl.hosts.calc.extension import typelibrary, xcu
from finsam_xl.hosts.calc.extension.typelibrary import ANY, CELLS, DOCUMENT, Method
from finsam_xl.hosts.calc.formulas import SERVICE
from finsam_xl.hosts.calc.functions import takes_cells
from finsam_xl.registry import FUNCTIONS, WHY, CellFunction

IDENTIFIER = "org.finsam.calc"
_INTERFACE = f"{IDENTIFIER}.XFinsam"
_LANGUAGE = "en-US"
"""The language that a text is kept under where it is the same in all."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = "http://openoffice.org/2001/manifest"


def types() -> bytes:
    """The types library: what each function is handed."""
    return typelibrary.library(_INTERFACE, [_method(function) for function in FUNCTIONS])


def _method(function: CellFunction) -> Method:
    parameters = [
        (_parameter(place), CELLS if takes_cells(argument) else ANY)
        for place, argument in enumerate(function.arguments)
    ]
    if function.name == WHY:
        parameters.append(("document", DOCUMENT))  # LibreOffice adds it by itself
    return Method(function.name, tuple(parameters))


def _parameter(place: int) -> str:
    return f"a{place}"


def functions() -> bytes:
    """The configuration of the functions: names, help and arguments."""
    nodes = [_function(function) for function in FUNCTIONS]
    of_service = xcu.node(SERVICE, xcu.node("AddInFunctions", *nodes), replaces=True)
    return xcu.document("org.openoffice.Office", "CalcAddIns", [xcu.node("AddInInfo", of_service)])


def _function(function: CellFunction) -> str:
    arguments = [
        xcu.node(
            _parameter(place),
            xcu.prop("DisplayName", argument.name, _LANGUAGE),
            xcu.prop("Description", argument.help, _LANGUAGE),
            replaces=True,
        )
        for place, argument in enumerate(function.arguments)
    ]
    return xcu.node(
        function.name,
        xcu.prop("DisplayName", function.name, _LANGUAGE),
        xcu.prop("Description", function.help, _LANGUAGE),
        xcu.prop("Category", "Add-In"),
        xcu.prop("CompatibilityName", function.name, _LANGUAGE),
        xcu.node("Parameters", *arguments),
        replaces=True,
    )


def manifest(kinds: dict[str, str]) -> bytes:
    """The list of the extension's files, each with its kind, in the order of installation."""
    entries = "\n".join(
        f"<manifest:file-entry manifest:media-type={quoteattr(kind)} "
        f"manifest:full-path={quoteattr(name)}/>"
        for name, kind in kinds.items()
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_MANIFEST}">\n{entries}\n</manifest:manifest>\n'
    ).encode()


def description() -> bytes:
    """The extension's name and version, and the oldest LibreOffice that it runs in."""
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{__version__}"/>\n'
        '<display-name><name lang="sv">Finsam</name><name lang="en">Finsam</name></display-name>\n'
        '<dependencies><l:LibreOffice-minimal-version value="7.0" name="LibreOffice 7.0"/>'
        "</dependencies>\n</description>\n"
    ).encode()
