"""What commands share: finding and reading the production, dates, where a document goes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Settings
    from pmkit.render.filters import Formats

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
STDOUT = "-"


def in_production(function: F) -> F:
    """Adds `-C DIR` after the command's word, as before it."""
    option = click.option(
        "-C", "folder", metavar="DIR", expose_value=False, is_eager=True, callback=_remember,
        help="The production's folder.",
    )  # fmt: skip
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

    day = dates.parse(date)
    if isinstance(day, Fault):
        raise click.BadParameter(f"{day.message}; {day.hint}", param_hint="--date")
    return day


def say(message: str) -> None:
    """A message to the person, on stderr: stdout is for the result. Of a document in several forms it is said once."""
    ctx = click.get_current_context(silent=True)
    told = (ctx.find_object(dict) or {}).get("told") if ctx else None
    if told is not None:
        if message in told:
            return
        told.add(message)
    click.echo(_plain(message), err=True)


def show(lines: Iterable[str]) -> None:
    """Lines of a command's result, on stdout; what the folder says in them cannot steer the terminal."""
    click.echo("".join(f"{_plain(line)}\n" for line in lines), nl=False)


def _plain(text: str) -> str:
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    from pmkit.render import filters

    return filters.plain(text)


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


class Document(NamedTuple):
    """A document as a command made it: its trade's file name and its bytes."""

    name: str
    data: bytes


def deliver(folder: Path, name: str, data: bytes, output: str | None, *, private: bool = False) -> None:
    """Puts a document where it belongs: `-o FILE`, `-o -` for stdout, else `build/` under its trade name.

    Within `caught` it goes to whoever asked for it instead.
    """
    ctx = click.get_current_context(silent=True)
    taken = (ctx.find_object(dict) or {}).get("caught") if ctx else None
    if taken is not None:
        taken.append(Document(file_name(name), data))
        return
    if output == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from pmkit import disk

    if output is None:
        path = folder / "build" / file_name(name)
        disk.write(path, data, root=folder, private=private)
    else:
        path = Path(output)
        if not path.parent.is_dir():
            raise Stop(f"there is no folder {path.parent}", "make it, or choose another place with -o")
        _not_over_the_production(folder, path)
        disk.write(path, data, private=private)
    show([short(path)])


def is_caught() -> bool:
    """Whether the document goes to whoever asked for it, to be mailed, rather than to the prompt."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx) and "caught" in (ctx.find_object(dict) or {})  # type: ignore[union-attr]


def file_name(words: str) -> str:
    """Words of the folder as the name of one file: a scene 12/13 is no folder, and nothing leads elsewhere."""
    kept = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "-" for letter in words)
    return kept.lstrip(".") or "document"


def file_word(typed: str) -> str:
    """A number or name as part of a file's name: letters and digits, the rest as hyphens."""
    return "".join(c if c.isalnum() else "-" for c in typed)


def title_word(settings: Settings) -> str:
    """What a production's files begin with: its code, else its title in one word."""
    title = "".join(letter for letter in settings.title.title() if letter.isascii() and letter.isalnum())
    return settings.code or title[:24] or "Production"


def form_of(form: str | None, output: str | None, forms: Iterable[str]) -> str:
    """The form asked for: as said, else as the file's name ends, else text."""
    ending = output.rpartition(".")[2].lower() if output and "." in output else ""
    return form or (ending if ending in forms else "text")


def formats(settings: Settings, *, whole: bool = False, paper: str | None = None) -> Formats:
    """How the production writes: its clock, its currency, its paper unless another is asked for."""
    from pmkit.render.filters import Formats

    return Formats(settings.clock, settings.currency, whole, paper or settings.paper)  # type: ignore[arg-type]


def held(found: T | Fault) -> T:
    """What was asked for, or the end of the command with why there is none: the word typed is wrong."""
    if isinstance(found, Fault):
        raise Stop(found.message, found.hint, exit_code=2)
    return found


def sound(folder: Folder, sections: Collection[str], undone: str) -> None:
    """A folder of which some sections cannot all be read is not changed by what compares itself with them."""
    for problem in folder.errors:
        if problem.place.file.removeprefix("private/").partition("/")[0].removesuffix(".yaml") in sections:
            raise Stop(f"{problem.place}: {problem.message}; nothing was {undone}", "mend it first: pmkit validate")


def unbroken(folder: Folder, file: str) -> None:
    """Ends the command where a file, or what is wrong in it, is why something is not there.

    `file` is a path in the folder without its ending. Says every problem of it, each at its place.
    """
    names = (f"{file}.", f"private/{file}.", f"{file}/", f"private/{file}/")
    wrong = [one for one in folder.problems if one.place.file.startswith(names) and one.severity == "error"]
    if wrong:
        from pmkit.render import problems as shown

        say(shown.text(wrong, folder.line).rsplit("\n\n", 1)[0] + "\n")
        raise Stop(f"{wrong[0].place.file} cannot be used as it stands", "mend it, then run the command again")
    if (folder.root / f"{file}.yml").is_file():
        raise Stop(f"{file}.yml is not read", f"name it {file.rpartition('/')[2]}.yaml")


def pairs(given: Iterable[str], option: str, example: str) -> dict[str, str]:
    """What `--column 'Cell=phone'` says, each by its heading."""
    found = {}
    for text in given:
        left, sign, right = text.rpartition("=")
        if not sign or not left.strip() or not right.strip():
            raise click.BadParameter(f"{text!r} says no pair; write: '{example}'", param_hint=option)
        found[left.strip()] = right.strip()
    return found


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
