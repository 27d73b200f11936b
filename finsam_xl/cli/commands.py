"""The program ``finsam-xl``: its commands, and how a run of one ends."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from finsam_xl import __version__
from finsam_xl.cli import printing
from finsam_xl.cli.nearest import fold
from finsam_xl.cli.swedish import SETTINGS, Group, Offered, refusal
from finsam_xl.errors import FinsamError, InputError

UNUSABLE = 2
_AS_JSON = "--json"
_TRACEBACK = "FINSAM_TRACEBACK"
"""The environment variable that shows a fault of ours as Python does; tests set it."""


_COMMANDS = (
    Offered("tabeller", "tables", "figuring.tables"),
    Offered("kontrollera", "check", "checking.check"),
    Offered("fynd", "", "catalogue.explain"),
    Offered("räkna-om", "recompute", "figuring.recompute"),
    Offered("rapport", "report", "figuring.report"),
    Offered("vad-krävs", "whatif", "what_if.what_if"),
    Offered("hämta", "fetch", "fetching.fetch"),
    Offered("exportera", "export", "exporting.export"),
    Offered("mapp", "batch", "batching.batch"),
    Offered("ångra", "undo", "figuring.undo"),
    Offered("logg", "log", "figuring.log"),
    Offered("koppla", "wire", "connecting.wire"),
    Offered("koppla-ur", "unwire", "connecting.unwire"),
    Offered("nytt-år", "new-year", "connecting.new_year"),
    Offered("frys", "freeze", "connecting.freeze"),
    Offered("libreoffice", "", "connecting.libreoffice"),
    Offered("hälsa", "doctor", "doctor.doctor"),
    Offered("demo", "", "figuring.demo"),
    Offered("handbok", "handbook", "handbook.handbook"),
)
"""Every command: its Swedish name, its English one, and its function in a module beside this."""


@click.group(cls=Group, offered=_COMMANDS, context_settings=SETTINGS)
@click.version_option(
    __version__, prog_name="finsam-xl", message="%(prog)s %(version)s", help="Visa versionen."
)
def cli() -> None:
    """Räkna om, kontrollera och rapportera i samordningsförbundets egna arbetsböcker.

    Skriv finsam-xl KOMMANDO --help för att se vad ett kommando gör. Det går bra att skriva
    utan å, ä och ö: rakna-om.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command; whatever a person did wrong ends in a sentence and exit code 2."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        # Click itself takes the arguments of the process: in Windows it then does what a shell
        # does elsewhere, and puts the files in the place of Budget*.xlsx.
        return cli.main(arguments, standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError:
        return _greeted()
    except click.ClickException as error:
        return _refused(refusal(error), given)
    except click.Abort:
        return _refused(InputError("Avbrutet.", remedy="Inget är skrivet."), given)
    except FinsamError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            return UNUSABLE
        return _refused(error, given)
    except OSError as error:
        if error.filename is not None:
            raise
        # The help, which click prints itself.
        return _refused(printing.UnprintedError(), given)


def _greeted() -> int:
    """Say hello to whoever asks for nothing, and give the demo to whoever wants it."""
    from finsam_xl.cli import greeting

    greeting.greet()
    return run(["demo"]) if greeting.takes_demo() else UNUSABLE


def _forgiving() -> int:
    """Run one command; a fault of ours ends in a sentence as well."""
    try:
        return run()
    except Exception as error:
        if _TRACEBACK in os.environ:
            raise
        return _refused(_fault(error), sys.argv[1:])


def _fault(error: Exception) -> FinsamError:
    """A fault of ours: what a person can do, and what whoever mends it needs to know."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    return FinsamError(
        f"Ett fel i programmet: {type(error).__name__} i {Path(last.filename).name}, rad "
        f"{last.lineno}.",
        remedy="Försök med en kopia av boken, och tala om felet för dem som sköter programmet. "
        f"Med miljövariabeln {_TRACEBACK} satt visas allt om det.",
    )


def _refused(error: FinsamError, arguments: Sequence[str]) -> int:
    """Say what stopped the run: to people, and to a program that asked for JSON."""
    printing.complain(str(error))
    is_program = any(fold(argument) == _AS_JSON for argument in arguments)
    if is_program and not isinstance(error, printing.UnprintedError):
        told = {"what": error.what, "where": error.where, "remedy": error.remedy}
        with suppress(printing.UnprintedError):
            printing.as_json({"error": told})
    return UNUSABLE


def _flushed(code: int) -> int:
    """The exit code once all that was said has come out."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return code or UNUSABLE
    except OSError:
        if code != UNUSABLE:  # else it is said already what went wrong
            printing.complain(str(printing.UnprintedError()))
        return code or UNUSABLE
    return code


def main() -> None:
    """The program ``finsam-xl``.

    One short run makes no cyclic garbage worth looking for, and taking apart a
    million cells that the system is about to free takes longer than reading them.
    """
    gc.disable()
    if sys.stdout is None:  # closed by whoever started the program: nothing said comes out
        closed = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(closed), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old console that lacks ▲ shows the nearest it has rather than stopping halfway.
            stream.reconfigure(errors=printing.LOSSY)
    code = _flushed(_forgiving())
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
