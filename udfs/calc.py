"""What LibreOffice loads of the extension: functions in cells, buttons, and a look at each file.

LibreOffice finds the classes by ``g_ImplementationHelper`` and runs them in its own Python,
where the product lies beside this file. This file itself is read by any Python 3, so that one
that is too old for the product can say so.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob
from org.finsam.calc import XFinsam

_BESIDE = str(Path(__file__).parent / "pythonpath")
if sys.path[0] != _BESIDE:
    sys.path.insert(0, _BESIDE)  # an older installation elsewhere must not be taken for ours

_OLDEST = (3, 11)
_IS_OLD = sys.version_info < _OLDEST
_TOO_OLD = (
    "LibreOffice kör här Python {}.{}, och Finsam behöver {}.{} eller senare. Uppdatera "
    "LibreOffice (för Windows och Mac: version 25.8 eller senare)."
).format(*sys.version_info[:2], *_OLDEST)
_WHY = "FINSAM_VARFOR"
_RESTORE, _FREEZE = "FinsamAterstallFormler", "FinsamFrys"
_FILE, _ANSWER, _SILENT = "Fil", "Svar ", "Tyst"
"""Arguments of a click: the file that is not asked for, answers by question, and silence."""
_BOUND = "Finsam: Återställ formler"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
g_ImplementationHelper = unohelper.ImplementationHelper()


def _service(cls: Any, name: str, *services: str) -> None:
    """Make a class known to LibreOffice under its name and the services it gives."""
    gives = (name, *services)
    cls.getImplementationName = lambda _: name
    cls.getSupportedServiceNames = lambda _: gives
    cls.supportsService = lambda _, wanted: wanted in gives
    g_ImplementationHelper.addImplementation(cls, name, gives)


# Functions in cells -----------------------------------------------------------------------------


class Functions(unohelper.Base, XFinsam, XServiceInfo):
    """The functions in cells; LibreOffice calls each by its name."""

    def __init__(self, _: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("FINSAM_") or _IS_OLD:
            raise AttributeError(name)
        from finsam_xl.hosts.calc import functions

        def in_a_cell(*given: Any) -> Any:
            return functions.answer(name, given, _now().date())

        def of_a_cell(cells: Any, document: Any) -> Any:
            return functions.why(cells, document, _now().date())

        made = of_a_cell if name == _WHY else in_a_cell
        self.__dict__[name] = made  # found without asking the next time
        return made


def _now() -> datetime:
    """The time on the user's computer: its year's rules hold where a cell names none."""
    return datetime.now().astimezone()


# Buttons ----------------------------------------------------------------------------------------


class Buttons(unohelper.Base, XInitialization, XDispatchProvider, XNotifyingDispatch, XServiceInfo):
    """The menu and the toolbar of a window.

    With the argument ``Tyst`` (true) nothing is shown or asked; what would have been told is the
    result. ``Fil`` is then the file that was chosen, and ``Svar till`` the answer to a question.
    """

    def __init__(self, context: Any) -> None:
        self.context = context
        self.frame: Any = None

    def initialize(self, arguments: Any) -> None:
        """Be told which window it is."""
        if arguments:
            self.frame = arguments[0]

    def queryDispatch(self, url: Any, _target: str, _flags: int) -> Any:
        """Who does what a button says: this."""
        return self if url.Protocol == "org.finsam.calc:" else None

    def queryDispatches(self, wanted: Any) -> Any:
        """The same for several."""
        return tuple(
            self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in wanted
        )

    def dispatch(self, url: Any, arguments: Any) -> str:
        """Do what a button says, and show what came of it."""
        said = {one.Name: one.Value for one in arguments}
        told = self._told(url.Path, said)
        if told and not said.get(_SILENT):
            self._show(told)
        return told

    def dispatchWithNotification(self, url: Any, arguments: Any, listener: Any) -> None:
        """The same, for one who waits for the result."""
        event = DispatchResultEvent()
        event.Source, event.State, event.Result = self, 1, self.dispatch(url, arguments)
        if listener is not None:
            listener.dispatchFinished(event)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """No button is ever grey."""

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """Nothing was listened to."""

    def _told(self, name: str, said: dict[str, Any]) -> str:
        if _IS_OLD:
            return _TOO_OLD
        from finsam_xl.hosts.opened import clicks

        document = self.frame.getController().getModel()
        asked = _Asked(self.context, said)
        return str(clicks.answered(lambda: clicked(name, document, asked=asked)).text)

    def _show(self, text: str) -> None:
        window = self.frame.getContainerWindow()
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "INFOBOX")
        window.getToolkit().createMessageBox(window, kind, 1, "Finsam", text).execute()


class _Asked:
    """What a person has to say for a click: asked for, unless it is said beforehand."""

    def __init__(self, context: Any, said: dict[str, Any]) -> None:
        self.context, self.said = context, said
        self.is_silent = bool(said.get(_SILENT))

    def file(self, title: str) -> Path | None:
        """The file that is chosen."""
        from finsam_xl.hosts.calc import asking

        if self.is_silent:
            return Path(self.said[_FILE]) if self.said.get(_FILE) else None
        chosen = asking.file_chosen(self.context, title)
        return Path(unohelper.fileUrlToSystemPath(chosen)) if chosen else None

    def answer(self, title: str, question: Any) -> str:
        """The answer to a question, '' for none."""
        from finsam_xl.hosts.calc import asking

        if self.is_silent:
            return str(self.said.get(f"{_ANSWER}{question.name}", ""))
        return asking.choice(self.context, title, question.text, question.choices, question.likely)


def clicked(name: str, document: Any, now: datetime | None = None, asked: Any = None) -> str:
    """Do what a button says in an open document; gives what a person is told, '' for nothing.

    ``asked``: who is asked for a file and what has to be known of it.
    """
    from finsam_xl.actions.buttons import BY_NAME

    moment = now or _now()
    if name == _RESTORE:
        return _restored(document)
    if name == _FREEZE:
        return _frozen(document, moment)
    button = BY_NAME[name]
    if button.of_file is None or asked is None:
        return _done(button, document, moment)
    return _fetched(button, document, moment, asked)


def _done(button: Any, document: Any, moment: datetime, given: Any = None) -> str:
    from finsam_xl import __version__
    from finsam_xl.hosts.calc import apply, read
    from finsam_xl.hosts.opened import clicks

    plan = button.plan(read(document), moment, __version__, clicks.user(), given)
    applied = apply(document, plan, f"Finsam: {button.text}")
    view = document.getCurrentController()
    if applied.sheets and view is not None:
        view.setActiveSheet(document.Sheets.getByName(applied.sheets[0]))
    return clicks.summary(applied)


def _fetched(button: Any, document: Any, moment: datetime, asked: _Asked) -> str:
    """Do it with a file that is chosen; every question is asked once."""
    from finsam_xl.actions.fetch_clicked import Given
    from finsam_xl.actions.fetch_questions import UndecidedError
    from finsam_xl.workbook import read_source

    path = asked.file(button.text)
    if path is None:
        return ""
    given = Given(read_source(path, moment), {})
    while True:
        try:
            return _done(button, document, moment, given)
        except UndecidedError as error:
            answer = asked.answer(button.text, error.question)
            if not answer and not asked.is_silent:
                return ""
            if answer not in error.question.choices:
                raise
            given = given._replace(answers={**given.answers, error.question.name: answer})


def _restored(document: Any) -> str:
    from finsam_xl.hosts.calc.binding import bind_all

    count = bind_all(document, _BOUND)
    if not count:
        return "Inga formler behövde återställas."
    return "1 formel är återställd." if count == 1 else f"{count} formler är återställda."


def _frozen(document: Any, moment: datetime) -> str:
    """Freeze what the workbook holds right now, as a file beside it."""
    from finsam_xl.freezing import freeze_open

    place = document.getURL()
    folder = Path(unohelper.fileUrlToSystemPath(place)).parent if place else ""
    as_excel = PropertyValue()
    as_excel.Name, as_excel.Value = "FilterName", "Calc MS Excel 2007 XML"
    return freeze_open(
        f"{Path(document.Title).stem}.xlsx",
        str(folder),
        moment,
        lambda copy: document.storeToURL(copy.as_uri(), (as_excel,)),
    )


# Opened files -----------------------------------------------------------------------------------


class Opened(unohelper.Base, XJob, XServiceInfo):
    """What is done when a workbook has been loaded: its functions are bound."""

    def __init__(self, _: Any) -> None:
        pass

    def execute(self, arguments: Any) -> None:
        """Bind the functions of the workbook, if it is one."""
        told = {one.Name: one.Value for one in arguments}
        document = {one.Name: one.Value for one in told.get("Environment", ())}.get("Model")
        if _IS_OLD or document is None or not document.supportsService(_CALC):
            return
        with suppress(Exception):  # a workbook that cannot be helped is opened all the same
            from finsam_xl.hosts.calc.binding import bind_all

            bind_all(document, _BOUND)


_service(Functions, "org.finsam.calc.Functions")
_service(Buttons, "org.finsam.calc.Buttons", "com.sun.star.frame.ProtocolHandler")
_service(Opened, "org.finsam.calc.Opened", "com.sun.star.task.Job")
