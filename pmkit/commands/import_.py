"""`pmkit import crew|cast FILE`: an office's list into the folder, shown first, written with `--yes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import options
from pmkit.commands.import_budget import budget
from pmkit.commands.import_costs import costs
from pmkit.commands.import_schedule import schedule
from pmkit.commands.import_script import script

if TYPE_CHECKING:
    from pmkit.exchange.crewlist import Listing, Settled
    from pmkit.files.folder import Folder
    from pmkit.rollup.roster import Change

_HELP = """Reads other people's files into the folder.

\b
Examples:
  pmkit import crew "Crew List 10-3.xlsx"          shows what would change
  pmkit import crew "Crew List 10-3.xlsx" --yes    writes it
  pmkit import cast cast.csv --column 'Artiste=name'
  pmkit import script salt-road.fdx --draft White
  pmkit import costs "GL 10-30.xlsx" --trial-balance tb.xlsx
  pmkit import budget "Salt Road.xlsx"
"""
_LIST_HELP = """Reads a {kind} list (.xlsx or .csv), as an office keeps it, into {kind}.yaml.

The headings are guessed and shown. Without --yes nothing is written. A list imported again shows
what differs: ids, comments and fields added by hand stay, and nobody is taken out.

\b
Examples:
  pmkit import {kind} list.xlsx
  pmkit import {kind} list.xlsx --yes
  pmkit import {kind} list.csv --column 'Cell=phone' --column 'Home=leave'
{more}"""


@click.group(name="import", help=_HELP)
def command() -> None:
    """Groups the kinds of file that can be read."""


command.add_command(script)
command.add_command(schedule)
command.add_command(costs)
command.add_command(budget)


def _listed(kind: str, more: str = "") -> Callable[[Callable[..., None]], click.Command]:
    def made(function: Callable[..., None]) -> click.Command:
        parameters = [
            click.argument("file", type=click.Path(path_type=Path)),
            click.option("--yes", is_flag=True, help="Write it; else it is only shown."),
            click.option(
                "--column", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column is; leave: not read."
            ),
            click.option(
                "--sheet",
                default="",
                metavar="NAME",
                help="The sheet of a workbook; else the first that looks like a list.",
            ),
            click.option(
                "--dates", type=click.Choice(["mdy", "dmy"]), help="How 10/3 is meant where the list does not show it."
            ),
            options.in_production,
        ]
        for parameter in reversed(parameters):
            function = parameter(function)
        return command.command(
            name=kind,
            help=_LIST_HELP.format(kind=kind, more=more),
            short_help=f"An office's {kind} list: .xlsx or .csv.",
        )(function)

    return made


@_listed("crew", "  pmkit import crew list.xlsx --department 'Set Dec=set-dressing'\n")
@click.option("--department", "departments", multiple=True, metavar="NAME=ID", help="What a department is called here.")
def crew(file: Path, departments: tuple[str, ...], **given: Any) -> None:
    """A crew list into crew.yaml."""
    _import("crew", file, departments=departments, **given)


@_listed("cast")
def cast(file: Path, **given: Any) -> None:
    """A cast list into cast.yaml."""
    _import("cast", file, departments=(), **given)


def _import(
    kind: str,
    file: Path,
    *,
    yes: bool,
    columns: tuple[str, ...],
    departments: tuple[str, ...],
    sheet: str,
    dates: str | None,
) -> None:
    from pmkit.exchange import crewlist, sheet as sheets
    from pmkit.files import edit, roster as files
    from pmkit.rollup import roster

    folder = options.read({"crew", "cast", "imports", "schedule"})
    # People who cannot all be read would be added again.
    options.sound(folder, ("crew", "cast"), "imported")
    production = folder.production
    settled = _settled(folder, kind, columns, departments, sheet, dates)
    listing = crewlist.read(sheets.read(file), kind, settled)
    people = files.Roster(folder, kind)
    changes = people.possible((roster.crew if kind == "crew" else roster.cast)(production, listing.entries))
    _show_reading(file, listing)
    drafts = people.take(changes)
    options.show(_plan(changes, people))
    for change in changes:
        if change.kind == "add" and change.group == crewlist.OTHER:
            options.say(f"row {change.row}: no department for {change.name}: put under {crewlist.OTHER}")
    for key, count in people.left.items():
        options.say(f"{key}: {count} left out; it belongs to private/, and there is no private/ here")
    written = any(draft.changed for draft in drafts)
    told = _counted(changes)
    if not yes:
        names = " and ".join(draft.file for draft in drafts if draft.changed)
        options.say(
            f"\n{told}. Nothing is written yet."
            + (f" To write {names}: the same command with --yes" if written else "")
        )
        return
    maps = _maps(listing)
    drafts.sort(key=lambda draft: not draft.file.startswith("private/"))
    if written or kind not in production.imports or columns or departments:
        drafts.append(files.settled(folder.root, kind, file.name, *maps))
    names = " and ".join(edit.write(folder.root, drafts))
    options.say(f"\n{told}. " + (f"Wrote {names}." if names else "Nothing to write."))
    options.say("Next: pmkit validate" + ("" if kind == "cast" else ", then pmkit crewlist"))


def _settled(
    folder: Folder, kind: str, columns: Iterable[str], departments: Iterable[str], sheet: str, dates: str | None
) -> Settled:
    from pmkit.exchange.crewlist import Settled

    production = folder.production
    saved = production.imports.get(kind)
    days = [day.date.year for _, day in production.board.days()]
    american = production.settings.style == "us"
    return Settled(
        columns=saved.columns if saved else {},
        departments=saved.departments if saved else {},
        told_columns=options.pairs(columns, "--column", "Cell=phone"),
        told_departments=options.pairs(departments, "--department", "Set Dec=set-dressing"),
        own=production.crew,
        order="mdy" if dates == "mdy" or (dates is None and american) else "dmy",
        year=min(days) if days else options.today(production.settings).year,
        sheet=sheet,
    )


def _maps(listing: Listing) -> tuple[dict[str, str], dict[str, str]]:
    headings = listing.headings
    columns = {word: field for word, field in zip(headings.words, headings.fields, strict=True) if word and field}
    return columns, dict(listing.departments)


def _show_reading(file: Path, listing: Listing) -> None:
    """How the list was understood, on stderr: its columns, what was passed over, what could not be read."""
    from pmkit.exchange.headings import LEAVE, MONEY
    from pmkit.render import text

    where = f", sheet {listing.sheet}" if listing.sheet else ""
    options.say(f"{file.name}{where}: {len(listing.entries)} people, headings in row {listing.row}\n")
    rows = []
    for word, field, sample in zip(listing.headings.words, listing.headings.fields, listing.samples, strict=True):
        if word or sample:
            meant = "not read" if field in ("", LEAVE) else f"{field}, left" if field in MONEY else field
            rows.append((word or "(no heading)", meant, " ".join(sample.split())[:40]))
    for line in text.table(("column", "field", "first cell"), rows, ("left", "left", "left")):
        options.say(line)
    options.say("")
    if any(field in ("from", "to", "birth_date") for field in listing.headings.fields):
        options.say(f"dates are read as {'month/day' if listing.order == 'mdy' else 'day/month'} (--dates)")
    for word, count in listing.money.items():
        options.say(
            f"{word}: {count} cell{'s' if count != 1 else ''} left; pay belongs to private/deals.yaml and is not imported"
        )
    for row in listing.passed:
        options.say(f"row {row.row}: passed over: {row.message[:80]}")
    for row in listing.troubles:
        options.say(f"row {row.row}: {row.message}" + (f" ({row.hint})" if row.hint else ""))
    if listing.passed or listing.troubles or listing.money:
        options.say("")


def _plan(changes: Iterable[Change], people: Any) -> Iterable[str]:
    """What would change, a line a person and below it a line a field, like a diff."""
    for change in changes:
        fields = [one for one in change.fields if one.key not in ("name", "id", "person", "performer")]
        if change.kind == "add":
            yield f"+ {change.group}  {change.id or change.name}  {change.name}".rstrip()
            for one in fields:
                yield f"    {one.key}: {one.new}" + ("  (private/)" if people.is_private(one.key) else "")
        elif change.kind == "missing":
            yield f"  {change.group}  {change.id or change.name}  {change.name}: not on the list, stays"
        else:
            by_hand = f"  (row {change.row}: yours to decide, by hand)" if change.kind == "by-hand" else ""
            yield f"{'?' if by_hand else '~'} {change.group}  {change.id or change.name}  {change.name}{by_hand}"
            for one in change.fields:
                yield f"    {one.key}: {one.old or '–'} -> {one.new}"


def _counted(changes: Iterable[Change]) -> str:
    kinds = [change.kind for change in changes]
    counts = [
        (kinds.count("add"), "to add"),
        (kinds.count("change"), "to change"),
        (kinds.count("by-hand"), "to decide by hand"),
        (kinds.count("missing"), "not on the list"),
    ]
    return ", ".join(f"{count} {words}" for count, words in counts if count) or "Nothing differs"
