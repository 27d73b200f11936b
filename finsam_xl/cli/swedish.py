"""Click in Swedish: names, usage, help and what it says when a call is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from finsam_xl.cli import lines
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.errors import InputError
from finsam_xl.records import NamedTuple

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "token_normalize_func": fold}
"""What holds for every command: ``-h``, and options in any spelling."""
_HELP = "Visa den här hjälpen."
_SHORT = 70


class _Swedish(click.Command):
    """Help with Swedish headings."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the command's name in the usage line."""
        words = {"[OPTIONS]": "[VAL]", "COMMAND [ARGS]...": "KOMMANDO …"}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        rows = [(names, text.replace("[required]", "[krävs]")) for names, text in records]
        if rows:
            with formatter.section("Val"):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write last where the handbook tells of it: of a command its heading, else all."""
        # The program's own name may be several words (python -m finsam_xl.cli).
        names = ctx.command_path.removeprefix(ctx.find_root().command_path).split()
        formatter.write_paragraph()
        formatter.write(f"I handboken: {' '.join(['finsam-xl', 'handbok', *names[:1]])}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the help option a Swedish text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class Command(_Swedish):
    """A command with Swedish help; ``english``: its other name, which lasts."""

    english = ""


class Offered(NamedTuple):
    """A command that can be called: its Swedish name, its English one ('' for none), its function.

    The function stands after its module in this folder, which is imported when it is called.
    """

    name: str
    english: str
    function: str

    def command(self) -> click.Command:
        """The command, under its names."""
        module, _, function = self.function.partition(".")
        found: Command = getattr(import_module(f"{__package__}.{module}"), function)
        found.name, found.english = self.name, self.english
        return found


class _Commands(Mapping[str, click.Command]):
    """Commands by their Swedish names, each imported when it is looked up."""

    def __init__(self, offered: Iterable[Offered]) -> None:
        self._offered = {one.name: one for one in offered}

    def __getitem__(self, name: str) -> click.Command:
        return self._offered[name].command()

    def __iter__(self) -> Iterator[str]:
        return iter(self._offered)

    def __len__(self) -> int:
        return len(self._offered)


class Group(_Swedish, click.Group):
    """Commands that are known by two names each, in the order they are offered."""

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Click would have them in a mapping that more can be put in: nobody does.
        self.commands = _Commands(offered)  # type: ignore[assignment]
        self._swedish = {one.english: one.name for one in offered if one.english}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's own)
        """The Swedish names."""
        return list(self.commands)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's own)
        cmd_name: str,
    ) -> click.Command | None:
        """The command of a name in either language, however it is spelt."""
        names = {**self._swedish, **dict.fromkeys(self.commands)}
        known = {fold(name): swedish or name for name, swedish in names.items()}
        name = known.get(fold(cmd_name))
        return None if name is None else self.commands[name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, under its own name, and what stands behind it."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is not None or ctx.resilient_parsing or not name[:1].isalnum():
            _, found, rest = super().resolve_command(ctx, args)
            return command.name if command else None, found, rest
        guess = did_you_mean(name, [*self._swedish, *self.commands])
        raise InputError(
            f"Kommandot ”{name}” finns inte.",
            remedy=f"{guess} Se {ctx.command_path} --help.".strip(),
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, the commands, and their English names."""
        _Swedish.format_options(self, ctx, formatter)
        with formatter.section("Kommandon"):
            formatter.write_dl(
                [(name, one.get_short_help_str(_SHORT)) for name, one in self.commands.items()]
            )
        english = ", ".join(
            lines.whole(f"{name} ({swedish})") for name, swedish in self._swedish.items()
        )
        with formatter.section("Samma kommandon på engelska"):
            for line in lines.wrapped(english, first="  ", rest="  "):
                formatter.write(f"{line}\n")


class _Wrong(NamedTuple):
    """What was wrong with a call, and what was probably meant."""

    what: str
    guess: str = ""


def refusal(error: click.ClickException) -> InputError:
    """What was wrong with a call, in Swedish, with the remedy."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    wrong = _wrong(error, context)
    command = context.command_path if context else "finsam-xl"
    return InputError(wrong.what, remedy=f"{wrong.guess} Se {command} --help.".strip())


def _wrong(error: click.ClickException, context: click.Context | None) -> _Wrong:
    if isinstance(error, click.exceptions.NoSuchOption):
        return _Wrong(
            f"Valet {error.option_name} finns inte.",
            did_you_mean(error.option_name, _options(context)),
        )
    if isinstance(error, click.exceptions.MissingParameter):
        return _Wrong(f"{_missing(error.param, context)} saknas.")
    if isinstance(error, click.exceptions.BadParameter) and error.param is not None:
        return _Wrong(f"Värdet för {error.param.opts[0]} går inte att använda.")
    if isinstance(error, click.exceptions.BadOptionUsage):
        return _Wrong(f"Valet {error.option_name} behöver ett värde.")
    return _Wrong("Anropet går inte att förstå.")


def _options(context: click.Context | None) -> Iterable[str]:
    if context is None:
        return ()
    params = context.command.get_params(context)
    every = (name for p in params for name in (*p.opts, *p.secondary_opts))
    return [name for name in every if name.startswith("--")]


def _missing(param: click.Parameter | None, context: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    if param is not None and context is not None:
        return param.make_metavar(context)
    return "Ett värde"
