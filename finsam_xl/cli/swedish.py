"""Click in Swedish: usage, help and what it says when a call is wrong."""

from __future__ import annotations

import click

ALIASES = {
    "koppla": "wire",
    "koppla-ur": "unwire",
    "angra": "undo",
    "ångra": "undo",
    "logg": "log",
    "nytt-ar": "new-year",
    "nytt-år": "new-year",
    "frys": "freeze",
}
"""Commands under their Swedish names."""
_HELP = "Visa den här hjälpen."


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

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the help option a Swedish text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class Command(_Swedish):
    """A command with Swedish help."""


class Group(_Swedish, click.Group):
    """A group of commands with Swedish help."""

    command_class = Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, its Swedish one too."""
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the list of commands."""
        _Swedish.format_options(self, ctx, formatter)
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, c.get_short_help_str(70)) for name, c in commands])


def sentence(error: click.ClickException) -> str:
    """What was wrong with a call, in Swedish, with the remedy."""
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
    see = f"Se {command or 'finsam-xl'} --help."
    if isinstance(error, click.exceptions.NoSuchOption):
        return f"Valet {error.option_name} finns inte. {see}"
    if isinstance(error, click.exceptions.MissingParameter):
        name = "Ett värde"
        if isinstance(error.param, click.Option):
            name = error.param.opts[0]
        elif error.param is not None and error.ctx is not None:
            name = error.param.make_metavar(error.ctx)
        return f"{name} saknas. {see}"
    if isinstance(error, click.exceptions.BadParameter) and error.param is not None:
        wanted = error.param.type
        if isinstance(wanted, click.Choice):
            return f"{error.param.opts[0]} kan vara: {', '.join(wanted.choices)}. {see}"
        return f"Värdet för {error.param.opts[0]} går inte att använda. {see}"
    if isinstance(error, click.exceptions.BadOptionUsage):
        return f"Valet {error.option_name} behöver ett värde. {see}"
    if "No such command" in error.message:
        return f"Kommandot finns inte. {see}"
    return f"Anropet går inte att förstå. {see}"
