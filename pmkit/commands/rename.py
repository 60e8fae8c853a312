"""`pmkit rename`: a scene, cast number, person, set, location or account gets another name, everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.files.renaming import Renaming
    from pmkit.model.production import Production
    from pmkit.rollup.mentions import Naming

_HELP = """Changes a name in every file that says it, and nothing else: all files, or none.

Names in free text (notes, comments, what a waiver is about) stay, and so does what was issued,
mailed or answered under the old name.

\b
Examples:
  pmkit rename scene 12A 12B
  pmkit rename cast 7 8
  pmkit rename person k-moss kit-moss
  pmkit rename set "MOTEL ROOM 6" "MOTEL ROOM 9"
  pmkit rename location motel desert-rose
  pmkit rename account 3607 3608
"""


@click.group(name="rename", help=_HELP)
def command() -> None:
    """Groups the kinds of name."""


def _kind(kind: str, word: str, complete: Callable[..., object] | None) -> None:
    """Adds one kind of name to the command."""

    @command.command(name=kind, help=f"Rename {word} everywhere.")
    @click.argument("old", shell_complete=complete)
    @click.argument("new")
    @click.option("--dry-run", is_flag=True, help="Only show what it would change.")
    @options.in_production
    def one(old: str, new: str, dry_run: bool) -> None:
        _rename(kind, old, new, dry_run)


for _name, _word, _complete in (
    ("scene", "a scene", completion.scenes),
    ("cast", "a cast number", completion.people),
    ("person", "a person's id", completion.people),
    ("set", "a set", None),
    ("location", "a location's id", None),
    ("account", "an account", completion.accounts),
):
    _kind(_name, _word, _complete)


def _rename(kind: str, old: str, new: str, dry_run: bool) -> None:
    from pmkit.files import change, renaming
    from pmkit.rollup.mentions import Naming

    folder = options.read()
    production = folder.production
    old, new = old.strip(), _valid(kind, new)
    series = production.settings.kind == "series"
    naming = Naming(kind, old, new, series, (*production.sets, old) if kind == "set" else ())
    _sensible(folder, naming)
    made = renaming.renamed(folder, naming)
    if not made.places:
        raise Stop(f"there is no {_WORDS[kind]} {old}", _hint(production, kind, old))
    if not made.changes:
        raise Stop(f"{old} is called that already", exit_code=0)
    gained = _gained(folder, made, naming)
    errors = [problem for problem in gained if problem.severity == "error"]
    if errors:
        first = f"{errors[0].place}: {errors[0].message}"
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise Stop(f"this would make new problems; nothing was changed: {first}{more}")
    if not dry_run:
        change.write(folder.root, made.changes)
    _tell(made, naming, gained, dry_run)


_WORDS = {
    "scene": "scene",
    "cast": "cast number",
    "person": "person",
    "set": "set",
    "location": "location",
    "account": "account",
}


def _valid(kind: str, new: str) -> str:
    """The new name as it is written, or a `Stop` that says what is wrong with it."""
    from pmkit.model import kinds as k
    from pmkit.model.cast import cast_number

    if kind in ("set", "account"):
        pattern = r"[^\s#:,\[\]{}][^\[\]{}#:]*" if kind == "set" else r"[A-Za-z0-9][\w.-]{0,23}"
        if not re.fullmatch(pattern, new.strip()) or not new.isprintable():
            raise Stop(f"{new[:40]!r} is no name of a{'n account' if kind == 'account' else ' set'}")
        return " ".join(new.split())
    parse = {"scene": k.scene, "cast": cast_number, "person": k.ident, "location": k.ident}[kind].parse
    found = parse(new)
    if isinstance(found, Fault):
        raise Stop(found.message, found.hint)
    return str(found)


def _sensible(folder: Folder, naming: Naming) -> None:
    """Stops when the new name is taken, or the old one could be something else as well."""
    from pmkit.files import renaming
    from pmkit.rollup.mentions import Naming, form

    production, kind, old, new = folder.production, naming.kind, naming.old, naming.new
    if kind == "scene" and naming.series and old.partition("-")[0] != new.partition("-")[0]:
        raise Stop(f"{old} and {new} are not of one episode", "write both with their episode: 101-12 101-12A")
    if kind == "person":
        for name in (old, new):
            if name in production.crew:
                raise Stop(f"{name} is a department's id", "a person's id is another")
    if form(kind, old) == form(kind, new):
        return
    place = renaming.used(
        folder, Naming(kind, new, new, naming.series, (*production.sets, new) if kind == "set" else ())
    )
    if place is not None:
        raise Stop(f"the {_WORDS[kind]} {new} is there already: {place}; nothing was changed", "choose another name")


def _hint(production: Production, kind: str, old: str) -> str:
    from pmkit.model.record import meant

    known = {
        "scene": [*production.scenes],
        "cast": [*production.cast],
        "person": [*production.hires, *production.cast_by_id],
        "set": [*production.sets],
        "location": [*production.locations],
        "account": [*production.budget.accounts] if production.budget is not None else [],
    }[kind]
    return meant(old, known)


def _gained(folder: Folder, made: Renaming, naming: Naming) -> tuple[Problem, ...]:
    """The problems there would be that are not there now, whatever name they say."""
    from pmkit import checks
    from pmkit.files import folder as folders
    from pmkit.rollup import moves

    after = folders.read(folder.root, None, made.files())
    found = [*folder.problems, *checks.run(folder.production)]
    now = [*after.problems, *checks.run(after.production)]
    return moves.new_problems([*found, *(_told_anew(problem, naming) for problem in found)], now)


def _told_anew(problem: Problem, naming: Naming) -> Problem:
    """A problem that is there already, as it is said under the new name."""
    pairs = [(naming.old, naming.new)]
    if naming.kind == "scene" and naming.series:
        pairs.append((naming.old.partition("-")[2], naming.new.partition("-")[2]))
    message = problem.message
    for old, new in pairs:
        pattern = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])", re.IGNORECASE)
        message = new.join(pattern.split(message))
    return problem._replace(message=message)


def _tell(made: Renaming, naming: Naming, gained: tuple[Problem, ...], dry_run: bool) -> None:
    options.show(f"{file}: {count} place{'s' if count != 1 else ''}" for file, count in sorted(made.places.items()))
    gone = {change.file for change in made.changes if change.after is None}
    options.show(f"{change.file}: a new name of a file" for change in made.changes if change.before is None)
    total, files = sum(made.places.values()), len(made.places)
    options.say(
        f"\n{_WORDS[naming.kind].capitalize()} {naming.old} {'would be' if dry_run else 'is now'} {naming.new}: "
        f"{total} place{'s' if total != 1 else ''} in {files} file{'s' if files != 1 else ''}"
        + (f", {len(gone)} renamed" if gone else "")
        + (". Nothing is written: --dry-run" if dry_run else "")
    )
    for place in made.said:
        options.say(f"{place}: this waiver is about {naming.old} in words; change it by hand")
    for file, count in made.past.items():
        options.say(f"{file}: {count} line{'s' if count != 1 else ''} of the past, under {naming.old}; they stay")
    for problem in gained:
        options.say(f"{problem.place}: {problem.severity}: {problem.message} [{problem.code}]")
