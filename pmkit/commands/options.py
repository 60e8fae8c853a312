"""What commands share: finding and reading the production, dates, where a document goes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Settings

F = TypeVar("F", bound=Callable[..., Any])
STDOUT = "-"


def in_production(function: F) -> F:
    """Adds `-C DIR` after the command's word, as before it."""
    option = click.option(
        "-C", "folder", metavar="DIR", expose_value=False, callback=_remember, help="The production's folder."
    )
    return option(function)


def _remember(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(dict)["folder"] = value


def root() -> Path:
    """The production the command is about: `-C DIR`, else the nearest folder upwards."""
    from pmkit.files import walk

    ctx = click.get_current_context(silent=True)
    folder = (ctx.find_object(dict) or {}).get("folder") if ctx else None
    start = Path(folder) if folder else Path.cwd()
    if folder and not start.is_dir():
        raise Stop(f"there is no folder {folder}", "is the name after -C right?")
    return walk.find(start)


def read(parts: Iterable[str] | None = None) -> Folder:
    """Reads the production, or only the sections a document needs."""
    from pmkit.files import folder

    return folder.read(root(), parts)


def today(settings: Settings, date: str | None = None) -> dt.date:
    """The day a command means by today: `--date`, else today in the production's zone."""
    if date is None:
        return dt.datetime.now(settings.zone).date()
    from pmkit.model import dates
    from pmkit.problems import Fault

    day = dates.parse(date)
    if isinstance(day, Fault):
        raise click.BadParameter(f"{day.message}; {day.hint}", param_hint="--date")
    return day


def say(message: str) -> None:
    """A message to the person, on stderr: stdout is for the result."""
    click.echo(message, err=True)


def report_errors(folder: Folder, problems: Iterable[Problem] | None = None) -> int:
    """Says on stderr that the folder has errors; returns the exit code: 0 or 1."""
    errors = [p for p in (folder.problems if problems is None else problems) if p.severity == "error"]
    if not errors:
        return 0
    from pmkit.render import problems as shown

    say(shown.text(errors[:3], folder.line).rsplit("\n\n", 1)[0])
    count = f"{len(errors)} error{'s' if len(errors) != 1 else ''}"
    say(f"\nThe folder has {count}, so this may lack something. All of them: pmkit validate")
    return 1


def deliver(folder: Path, name: str, data: bytes, output: str | None, *, private: bool = False) -> None:
    """Puts a document where it belongs: `-o FILE`, `-o -` for stdout, else `build/` under its trade name."""
    if output == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from pmkit import disk

    path = Path(output) if output else folder / "build" / name
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.parent.is_dir():
        raise Stop(f"there is no folder {path.parent}", "make it, or choose another place with -o")
    _not_over_the_production(folder, path)
    disk.write(path, data, private=private)
    click.echo(short(path))


def _not_over_the_production(folder: Path, path: Path) -> None:
    inside = path.resolve()
    if inside.suffix in (".yaml", ".csv") and inside.is_relative_to(folder.resolve()):
        below = inside.relative_to(folder.resolve()).parts
        if below[0] != "build":
            raise Stop(f"{path} is part of the production and is not written over", "choose another place with -o")


def short(path: Path) -> str:
    """A path as a person in this folder would type it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def is_terminal() -> bool:
    """Whether somebody sits at stdout: colour and progress are for them only."""
    return sys.stdout.isatty()
