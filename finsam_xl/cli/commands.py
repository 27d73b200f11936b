"""The commands of ``finsam-xl``: each opens a workbook, asks for a plan, and says what it did."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from finsam_xl import __version__
from finsam_xl.actions import REPORTS
from finsam_xl.actions.wiring import Platform
from finsam_xl.cli import office, printing
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Group, sentence
from finsam_xl.errors import FinsamError
from finsam_xl.hosts.ooxml import Saved
from finsam_xl.workbook import Result, Workbook

FOUND_ERRORS, UNUSABLE = 1, 2
# Whether a path can be read is said by the host, with place and remedy.
_PATH = click.Path(path_type=Path, readable=False)
_FILE = click.argument("file", metavar="FIL", type=_PATH)
_OUT = click.option("--out", metavar="FIL", type=_PATH, help="Skriv hit i stället.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Svara med JSON, för program.")
_VERSION = click.version_option(
    __version__, prog_name="finsam-xl", message="%(prog)s %(version)s", help="Visa versionen."
)


@click.group(cls=Group)
@_VERSION
def cli() -> None:
    """Räkna om, kontrollera och rapportera i samordningsförbundets egna arbetsböcker."""


def _open(file: Path, progress: Callable[[str], None], writes: Path | None = None) -> Workbook:
    return Workbook(file, datetime.now().astimezone(), progress, writes=writes, user=_user())


def _user() -> str:
    """Who runs the command, for the log; '' where the computer does not say."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@cli.command()
@_FILE
@click.option("--skriv", "writes", is_flag=True, help="Skriv det på bladet Finsam, att rätta där.")
@_OUT
@_JSON
def tables(file: Path, writes: bool, out: Path | None, as_json: bool) -> None:
    """Visa hur arbetsbokens tabeller lästes, varför, och vad som är osäkert."""
    if writes or out is not None:
        with Progress() as progress, _open(file, progress, out or file) as book:
            _carry_out(book, book.what_was_read(), progress, out, as_json=as_json)
        return
    with Progress() as progress, _open(file, progress) as book:
        found, unread = book.tables(), book.unread()
    if as_json:
        printing.as_json(
            {
                "tables": [printing.table_json(table) for table in found],
                "unread": [one._asdict() for one in unread],
            }
        )
    else:
        from finsam_xl.cli import readings

        readings.tables(found, unread)


@cli.command()
@_FILE
@_OUT
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, skriv inget.")
@click.option(
    "--report",
    "reports",
    metavar="RAPPORT",
    multiple=True,
    type=click.Choice(REPORTS),
    help=f"Lägg till en rapport: {', '.join(REPORTS)}.",
)
@click.option(
    "--accept",
    metavar="KOD",
    multiple=True,
    help="Ersätt skrivna tal som fått fynd med den koden, där det går att räkna ut dem.",
)
@click.option(
    "--formler",
    "formulas",
    is_flag=True,
    help="Skriv summor, skillnader och kvoter som formler även där bladet har tal.",
)
@_JSON
def recompute(
    file: Path,
    out: Path | None,
    dry_run: bool,
    reports: tuple[str, ...],
    accept: tuple[str, ...],
    formulas: bool,
    as_json: bool,
) -> None:
    """Räkna om allt som känns igen och skriv det i arbetsboken."""
    writes = None if dry_run else out or file
    with Progress() as progress, _open(file, progress, writes) as book:
        result = book.recompute(tuple(dict.fromkeys(reports)), accept, formulas=formulas)
        _carry_out(book, result, progress, out, dry_run=dry_run, as_json=as_json)


@cli.command()
@click.argument("files", metavar="FIL…", nargs=-1, required=True, type=_PATH)
@_JSON
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Visa vad som ser fel ut, i en arbetsbok eller mellan flera. Svarskod 1 om något är fel."""
    from finsam_xl.several import check_files

    with Progress() as progress:
        found = check_files(files, now=datetime.now().astimezone(), progress=progress)
    if as_json:
        content = [printing.finding_json(finding) for finding in found.findings]
        printing.as_json({"findings": content, "checked": found.figures})
    else:
        printing.checked(found.findings, found.figures, found.files)
    if any(finding.severity == "error" for finding in found.findings):
        context.exit(FOUND_ERRORS)


@cli.command()
@_FILE
@click.option(
    "--kind",
    required=True,
    metavar="RAPPORT",
    type=click.Choice(REPORTS),
    help=f"Vilken rapport: {', '.join(REPORTS)}.",
)
@_OUT
@click.option("--pdf", metavar="FIL", type=_PATH, help="Skriv den även som PDF.")
@_JSON
def report(file: Path, kind: str, out: Path | None, pdf: Path | None, as_json: bool) -> None:
    """Lägg till eller ersätt ett rapportblad."""
    with Progress() as progress, _open(file, progress, out or file) as book:
        result = book.report(kind)
        if pdf is not None:
            progress("Skapar PDF")
        _carry_out(book, result, progress, out, pdf, as_json=as_json)
    if pdf is not None and not as_json:
        printing.say(f"PDF: {pdf}")


@cli.command()
@_FILE
@_OUT
@click.option(
    "--for",
    "platform",
    type=click.Choice([platform.value for platform in Platform]),
    metavar="PROGRAM",
    help="Var knapparna ska fungera: excel (makron), lite (xlwings Lite) eller both. Annars excel.",
)
@click.option(
    "--funktioner/--utan-funktioner",
    "functions",
    default=None,
    help="Skriv Finsams funktioner i resultatceller där de ger det som står, eller det som skulle "
    "fyllas i; aldrig över en formel eller text. Annars som boken var.",
)
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle läggas till, skriv inget.")
@_JSON
def wire(
    file: Path,
    out: Path | None,
    platform: str | None,
    functions: bool | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Koppla en arbetsbok: knappar, menyflik och bladet Start, allt annat orört (koppla)."""
    from finsam_xl import wiring
    from finsam_xl.cli import wired

    chosen = Platform(platform) if platform else None
    asks = not platform and wired.may_ask(dry_run=dry_run, as_json=as_json)
    now = datetime.now().astimezone()
    with Progress() as progress:
        if asks and functions is None:
            with wiring.wire(file, now, chosen, out, progress, functions=True) as change:
                count = len(change.functions)
            progress.pause()
            functions = wired.wants_functions(count)
        opened = wiring.wire(file, now, chosen, out, progress, functions=functions)
        pause = progress.pause if asks else None
        wired.carry_out(opened, dry_run=dry_run, pause=pause, as_json=as_json)


@cli.command()
@_FILE
@_OUT
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle tas bort, skriv inget.")
@_JSON
def unwire(file: Path, out: Path | None, dry_run: bool, as_json: bool) -> None:
    """Ta bort allt som wire lade till; det som är ditt står kvar (koppla-ur)."""
    from finsam_xl import wiring
    from finsam_xl.cli import wired

    with Progress() as progress:
        change = wiring.unwire(file, datetime.now().astimezone(), out, progress)
        wired.carry_out(change, dry_run=dry_run, pause=None, as_json=as_json)


@cli.command(name="new-year")
@_FILE
@click.option("--out", metavar="FIL", type=_PATH, required=True, help="Den nya boken.")
@click.option("--ar", "year", metavar="ÅR", type=int, help="Årets år, om boken har flera.")
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle göras, skriv inget.")
@_JSON
def new_year(file: Path, out: Path, year: int | None, dry_run: bool, as_json: bool) -> None:
    """Gör nästa års bok av årets, som lämnas orörd (nytt-ar)."""
    from finsam_xl import new_year as coming
    from finsam_xl.cli import rolled

    with Progress() as progress:
        found = coming.new_year(file, out, datetime.now().astimezone(), year, progress)
        rolled.carry_out(found, progress.pause, dry_run=dry_run, as_json=as_json)


@cli.command()
@_FILE
@click.option("--out", required=True, metavar="FIL", type=_PATH, help="Kopian, som .xlsx.")
@click.option("--pdf", metavar="FIL", type=_PATH, help="Skriv ut kopians rapportblad hit som PDF.")
@click.option(
    "--namn",
    "names",
    metavar="VAD",
    type=click.Choice(["ta-bort", "behall"]),
    help="Namn i egenskaper och kommentarer, och skrivare: ta-bort (annars) eller behall.",
)
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle göras, skriv inget.")
@_JSON
def freeze(
    file: Path, out: Path, pdf: Path | None, names: str | None, dry_run: bool, as_json: bool
) -> None:
    """Frys en kopia för utskick: värden i stället för våra funktioner, ingen kod (frys)."""
    from finsam_xl import freezing
    from finsam_xl.cli import wired

    asks = names is None and wired.may_ask(dry_run=dry_run, as_json=as_json)
    with Progress() as progress:
        change = freezing.freeze(
            file,
            datetime.now().astimezone(),
            out,
            pdf=pdf,
            names=names == "behall",
            progress=progress,
        )
        pause = progress.pause if asks else None
        wired.carry_out(change, dry_run=dry_run, pause=pause, as_json=as_json)
    if pdf is not None and not dry_run and not as_json:
        printing.say(f"PDF: {pdf}")


@cli.command()
@_FILE
@click.option("--run", default="", metavar="KÖRNING", help="Vilken körning; annars den senaste.")
@click.option(
    "--resten",
    "rest",
    is_flag=True,
    help="Ångra resten även om några celler har ändrats efter körningen.",
)
@_OUT
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle ändras, skriv inget.")
@_JSON
def undo(file: Path, run: str, rest: bool, out: Path | None, dry_run: bool, as_json: bool) -> None:
    """Ta tillbaka en körning: värden, formler, format och blad (angra)."""
    writes = None if dry_run else out or file
    with Progress() as progress, _open(file, progress, writes) as book:
        result = book.undo(run, rest=rest)
        asks = result.plan.asks
        if asks and not as_json:
            printing.findings(result.findings)
            printing.say(
                f"Inget är ångrat av körningen {asks}: celler har ändrats sedan dess. "
                "Ångra resten med --resten."
            )
            return
        saved = _carry_out(
            book, result, progress, out, dry_run=dry_run or bool(asks), as_json=as_json
        )
    if saved is not None and not as_json:
        printing.say(f"Körningen {result.plan.undoes} är ångrad.")


@cli.command()
@_FILE
@click.option("--run", default="", metavar="KÖRNING", help="Visa alla celler i den körningen.")
@click.option("--cell", default="", metavar="CELL", help="Visa vad som skrivits i cellen: Blad!B7.")
@_JSON
def log(file: Path, run: str, cell: str, as_json: bool) -> None:
    """Visa vad körningar har skrivit i arbetsboken, vem och när (logg)."""
    from finsam_xl.cli import logs

    with Progress() as progress, _open(file, progress) as book:
        found = book.log()
        of_cell = book.log_of(cell) if cell else ()
    if as_json:
        printing.as_json(logs.as_json(found, run, of_cell if cell else None))
    elif cell:
        logs.told_of_cell(found, of_cell, cell)
    else:
        logs.told(found, file.name, run)


@cli.command()
@click.argument("vad", metavar="installera|avinstallera", type=click.Choice(office.ACTIONS))
@click.option("--profil", "profile", metavar="MAPP", type=_PATH, help="En annan profil än din.")
@click.option("--till", "target", metavar="FIL", type=_PATH, help="Skriv bara tilläggets fil hit.")
def libreoffice(vad: str, profile: Path | None, target: Path | None) -> None:
    """Lägg in Finsam i LibreOffice Calc (installera), eller ta bort det (avinstallera)."""
    office.ACTIONS[vad](profile, target)


@cli.command()
@click.argument("folder", metavar="[MAPP]", required=False, type=_PATH)
def demo(folder: Path | None) -> None:
    """Kopiera exempelarbetsböckerna, räkna om dem och gör rapporterna."""
    from finsam_xl.cli.demo import copy_to

    for file in copy_to(folder):
        printing.say(f"\n{file.name}")
        with Progress() as progress, _open(file, progress, file) as book:
            result = book.recompute(book.fitting_reports())
            _carry_out(book, result, progress, None, as_json=False)
        sheets = ", ".join(sheet.name for sheet in result.plan.sheets)
        see = f" och se bladet {sheets}" if sheets else ""
        printing.say(f"\nÖppna {file.resolve()}{see}.")


def _carry_out(
    book: Workbook,
    result: Result,
    progress: Progress,
    out: Path | None,
    pdf: Path | None = None,
    *,
    dry_run: bool = False,
    as_json: bool,
) -> Saved | None:
    """Tell what changes and write it; nothing is written where nothing can be told."""
    if not dry_run:
        book.ready(out, pdf)
    if not as_json:
        if sys.stdout.isatty():
            progress.pause()  # its line would stand among the others
        _tell(result, every=dry_run)
    printing.ready(as_json=as_json)
    saved = None if dry_run else book.apply(result, out, pdf)
    with printing.told(saved.path.name if saved else ""):
        _tell_outcome(result, saved, as_json=as_json)
    return saved


def _tell_outcome(result: Result, saved: Saved | None, *, as_json: bool) -> None:
    if as_json:
        findings = [*result.findings, *(saved.findings if saved else ())]
        content: dict[str, Any] = printing.plan_json(result.plan, findings)
        content |= {
            "file": str(saved.path) if saved else None,
            "backup": str(saved.backup) if saved and saved.backup else None,
        }
        printing.as_json(content)
    else:
        _tell_saved(saved, result)


def _tell(result: Result, *, every: bool) -> None:
    if result.plan.edits or not result.plan.sheets:
        printing.edits(result.plan, every=every)
    printing.findings(result.findings)
    for sheet in result.plan.sheets:
        printing.say(f"Rapport: {sheet.name}")


def _tell_saved(saved: Saved | None, result: Result) -> None:
    printing.findings(saved.findings if saved else ())
    if saved is None:
        printing.say("Inget är skrivet (provkörning).")
    elif not saved.changed:
        printing.say("Arbetsboken är oförändrad.")
    else:
        printing.say(f"Skrivet till {saved.path}")
        if result.plan.edits and result.action:
            printing.say(
                f"Körning: {result.plan.run}. En siffras historia: log FIL --cell BLAD!CELL"
            )
        if saved.backup:
            printing.say(f"Säkerhetskopia: {saved.backup.name}")


def run(arguments: list[str] | None = None) -> int:
    """Run one command; whatever a person did wrong ends in a sentence and exit code 2."""
    try:
        return cli.main(arguments, standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        printing.say(error.format_message())
    except click.ClickException as error:
        printing.complain(sentence(error))
    except click.Abort:
        printing.complain("Avbrutet. Inget är skrivet.")
    except FinsamError as error:
        if not isinstance(error.__cause__, BrokenPipeError):
            printing.complain(str(error))
    except OSError as error:
        if error.filename is not None:
            raise
        printing.complain(str(printing.UnprintedError()))  # the help, which click prints itself
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
            # An old console that lacks ▲ shows a question mark rather than stopping halfway.
            stream.reconfigure(errors="replace")
    code = _flushed(run())
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
