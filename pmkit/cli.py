"""The command line: words typed, colour, exit codes.

Commands are loaded when they are called, so that `--help` stays quick. What ends a command is
translated here and nowhere else: a `Stop` is a message and its hint, a bug is one sentence and
a log file; no traceback reaches a person.

Exit codes: 0 done, 1 problems found, 2 wrong usage, 3 cannot go on, 4 partly sent or in doubt,
70 a bug, 75 try again later, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from typing import Any

# A production's tree is all live until the command ends, and a command ends soon: looking for
# garbage at the usual rate only costs time, and the imports below are part of it.
gc.set_threshold(200_000, 20, 50)

import click  # noqa: E402

from pmkit import __version__  # noqa: E402
from pmkit.commands.words import HEADINGS  # noqa: E402
from pmkit.problems import Stop  # noqa: E402

COMMANDS = {word: line for words in HEADINGS.values() for word, line in words.items()}
BUG = 70
INTERRUPTED = 130
# What a disk says that takes no more: of stdout as of any file, nobody's bug.
# Ctrl-C, as it came: where it falls into a library's own work, that raises something else.
_PRESSED: list[int] = []
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


class Commands(click.Group):
    """The group of all commands, each a module of `pmkit.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words that can follow `pmkit`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its word, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"pmkit.commands.{cmd_name}{'_' if cmd_name == 'import' else ''}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant, with a did-you-mean for a word that is none."""
        word = args[0] if args else ""
        if word and not word.startswith("-") and word not in COMMANDS:
            from pmkit.model.record import did_you_mean

            close = did_you_mean(word, list(COMMANDS))
            raise click.UsageError(f"there is no command {word}." + (f" Did you mean {close}?" if close else ""), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands from their lines of help, without loading one."""
        for heading, words in HEADINGS.items():
            with formatter.section(heading.capitalize()):
                formatter.write_dl([*words.items()])


_EPILOG = """\b
Begin:
  pmkit new DIR --sample     a whole invented production to try things on
  pmkit validate             what is wrong with this one
  pmkit callsheet tomorrow   the next call sheet
"""


@click.group(
    cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("-C", "folder", metavar="DIR", help="The production, if not the folder you are in.")
@click.option("--no-color", is_flag=True, help="No colour, as with NO_COLOR.")
@click.version_option(__version__, prog_name="pmkit")
@click.pass_context
def group(ctx: click.Context, folder: str | None, no_color: bool) -> None:
    """Production management over one folder of plain YAML files."""
    ctx.obj = {"folder": folder}
    if no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code.

    It ends at once: all is written and closed by then, and taking a production's tree apart leaf by
    leaf would cost a tenth of the command.
    """
    code = _heard(arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def _heard(arguments: list[str] | None) -> int:
    """The exit code of one command; Ctrl-C is heard while it runs, and neither before nor after."""
    import signal

    quiet = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    try:
        if quiet:
            signal.signal(signal.SIGINT, _press)
        code = run(arguments)
        if quiet:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        code = INTERRUPTED
    return code


def _press(number: int, frame: Any) -> None:
    _PRESSED.append(number)
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code; nothing a command does gets past this."""
    _speak_utf8()
    try:
        code: Any = group.main(args=arguments, prog_name="pmkit", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except Stop as stop:
        return told(stop)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:
        # Whoever read our output has left (`| head`): not an error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if _PRESSED:
            return _interrupted()
        if error.errno not in FULL:
            return _log(error)
        why = os.strerror(error.errno or 0).lower()
        return told(Stop(f"what was to be printed could not be written: {why}", "make room, then run it again"))
    except Exception as bug:  # noqa: BLE001 - the last net: a person sees a sentence, the log the rest
        return _interrupted() if _PRESSED else _log(bug)


def _interrupted() -> int:
    click.echo("interrupted", err=True)
    return INTERRUPTED


def told(stop: Stop) -> int:
    """Says on stderr why a command cannot go on; returns its exit code."""
    click.echo(f"pmkit: {_safe(stop.message)}", err=True)
    if stop.hint:
        click.echo(f"  hint: {_safe(stop.hint)}", err=True)
    return stop.exit_code


def _safe(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _speak_utf8() -> None:
    """Text is UTF-8 whatever the locale of a cron job says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _log(bug: Exception) -> int:
    import tempfile
    import traceback

    descriptor, path = tempfile.mkstemp(prefix="pmkit-", suffix=".log")
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"pmkit {__version__}, Python {sys.version}\n")
        log.write("".join(traceback.format_exception(bug)))
    click.echo(f"pmkit: this is a fault of pmkit, not of your files; what happened is written in {path}", err=True)
    return BUG
