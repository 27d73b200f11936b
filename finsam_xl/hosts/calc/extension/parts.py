"""What the extension tells LibreOffice: its functions, and what its files are."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS, AnyButton
from finsam_xl.hosts.calc.extension import typelibrary, xcu
from finsam_xl.hosts.calc.extension.typelibrary import ANY, CELLS, DOCUMENT, ROWS, TEXTS, Method
from finsam_xl.hosts.calc.formulas import SERVICE
from finsam_xl.hosts.calc.functions import gives_text, takes_cells
from finsam_xl.registry import CATEGORY, FUNCTIONS, WHY, CellFunction

IDENTIFIER = "org.finsam.calc"
_INTERFACE = f"{IDENTIFIER}.XFinsam"
PROTOCOL = f"{IDENTIFIER}:"
"""What the address of a button begins with."""
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_BUTTONS: tuple[AnyButton, ...] = (*BUTTONS, *(one for one in PLAIN_BUTTONS if one.in_calc))
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
    gives = TEXTS if gives_text(function) else ROWS
    return Method(function.name, gives, tuple(parameters))


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


def buttons() -> bytes:
    """The menu and the toolbar, with a line for each button."""
    menu = xcu.node(
        f"{IDENTIFIER}.Menu",
        xcu.prop("Context", _CALC),
        xcu.prop("Title", CATEGORY, _LANGUAGE),
        xcu.node("Submenu", *(_button(place, one) for place, one in enumerate(_BUTTONS))),
        replaces=True,
    )
    toolbar = xcu.node(
        f"{IDENTIFIER}.Toolbar",
        *(_button(place, one, xcu.prop("Context", _CALC)) for place, one in enumerate(_BUTTONS)),
        replaces=True,
    )
    places = xcu.node("OfficeMenuBar", menu), xcu.node("OfficeToolBar", toolbar)
    return xcu.document("org.openoffice.Office", "Addons", [xcu.node("AddonUI", *places)])


def _button(place: int, button: AnyButton, *more: str) -> str:
    return xcu.node(
        f"B{place:02}",
        *more,
        xcu.prop("URL", f"{PROTOCOL}{button.name}"),
        xcu.prop("Title", button.text, _LANGUAGE),
        xcu.prop("Target", "_self"),
        replaces=True,
    )


def toolbar() -> bytes:
    """What the toolbar is called and where it lies; without it, it floats and has a number."""
    state = xcu.node(
        f"private:resource/toolbar/addon_{IDENTIFIER}.Toolbar",
        xcu.prop("UIName", CATEGORY, _LANGUAGE),
        xcu.truth("Docked"),
        xcu.truth("Visible"),
        xcu.prop("DockPos", "0,2"),
        replaces=True,
    )
    nodes = [xcu.node("UIElements", xcu.node("States", state))]
    return xcu.document("org.openoffice.Office.UI", "CalcWindowState", nodes)


def protocol() -> bytes:
    """Who is asked when a button is clicked."""
    handled = xcu.strings("Protocols", f"{PROTOCOL}*")
    handler = xcu.node(f"{IDENTIFIER}.Buttons", handled, replaces=True)
    nodes = [xcu.node("HandlerSet", handler)]
    return xcu.document("org.openoffice.Office", "ProtocolHandler", nodes)


def jobs() -> bytes:
    """Who is told when a workbook has been loaded."""
    name = f"{IDENTIFIER}.Opened"
    job = xcu.node("Jobs", xcu.node(name, xcu.prop("Service", name), replaces=True))
    listed = xcu.node("JobList", xcu.node(name, replaces=True))
    events = xcu.node("Events", xcu.node("OnLoad", listed, fuses=True))
    return xcu.document("org.openoffice.Office", "Jobs", [job, events])


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


def description(version: str) -> bytes:
    """The extension's name and version, and the oldest LibreOffice that it runs in."""
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{version}"/>\n'
        '<display-name><name lang="sv">Finsam</name><name lang="en">Finsam</name></display-name>\n'
        '<dependencies><l:LibreOffice-minimal-version value="7.0" name="LibreOffice 7.0"/>'
        "</dependencies>\n</description>\n"
    ).encode()
