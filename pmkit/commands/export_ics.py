"""`pmkit export ics`: the schedule into people's calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options

if TYPE_CHECKING:
    from pmkit.exchange.ics import Exported
    from pmkit.files.folder import Folder
    from pmkit.reports.diary import Diary

PARTS = frozenset({"crew", "cast", "locations", "breakdown", "schedule", "calendar", "calls", "travel"})
HELP = """Calendars for phones: one event a day, with the own call, the place and the scenes.

PERSON is a cast number, an id or a name; a department is its own calendar and one for each of
its people; a unit is its shooting days; `all` is everybody's. Exported again, an event that
changed is brought up to date and one that was dropped is cancelled: issued/calendar/ remembers.

\b
Examples:
  pmkit export ics                       all of them, into build/calendar/
  pmkit export ics LENA
  pmkit export ics camera -o ~/Dropbox/calendars
  pmkit export ics jun-ito -o - | less
"""


@click.command("ics", help=HELP, short_help="Calendars for people's phones.")
@click.argument("person", metavar="[PERSON|DEPARTMENT|UNIT|all]", default="all", shell_complete=completion.people)
@click.option("-o", "output", metavar="DIR", help="The folder they go to; - is stdout, for one. Else build/calendar/.")
@options.in_production
def command(person: str, output: str | None) -> int:
    """Makes the calendars, and remembers what they said."""
    from pmkit import lock
    from pmkit.problems import Stop
    from pmkit.render import filters
    from pmkit.reports.diary import Diaries
    from pmkit.reports.diary_whose import ALL, whose

    folder = options.read(PARTS)
    production = folder.production
    found = options.held(whose(production, person))
    if output == options.STDOUT and len(found) != 1:
        raise Stop(f"{person} is {len(found)} calendars, and stdout takes one", "name a folder with -o", exit_code=2)
    # what is not read would be missed, and missing events are cancelled in everybody's phone
    if options.report_errors(folder):
        raise Stop(
            "no calendar is sent from a folder with errors: what cannot be read would be cancelled", "pmkit validate"
        )
    formats = options.formats(production.settings)
    diaries = Diaries(production, lambda time: filters.clock(time, formats))
    with lock.folder_lock(folder.root, "exporting calendars"):
        made = [diaries.of(who) for who in found]
        _export(folder, made + (_gone(folder, made, diaries.code) if person == ALL else []), output)
    return 0


def _gone(folder: Folder, made: list[Diary], code: str) -> list[Diary]:
    """Empty diaries of those who have calendars and are in the production no more: everything is cancelled."""
    from pmkit.files import sent_calendars
    from pmkit.reports.diary import Diary

    have = {diary.key for diary in made}
    return [Diary(key, key, code, ()) for key in sent_calendars.known(folder.root) if key not in have]


def _export(folder: Folder, diaries: list[Diary], output: str | None) -> None:
    from pmkit import disk
    from pmkit.exchange import ics
    from pmkit.files import sent_calendars

    office = folder.production.settings.office
    where = Path(output) if output and output != options.STDOUT else folder.root / "build" / "calendar"
    if output and output != options.STDOUT and not where.is_dir():
        from pmkit.problems import Stop

        raise Stop(f"there is no folder {where}", "make it, or choose another place with -o")
    calendars: list[disk.File] = []
    memory: list[disk.File] = []
    told: list[tuple[Path, Exported]] = []
    for diary in diaries:
        sent, before = sent_calendars.read(folder.root, diary.key)
        if not diary.entries and not sent:
            continue
        exported = ics.write(diary, sent, office.email if office is not None else "")
        path = where / f"{options.title_word(folder.production.settings)}_Calendar_{diary.key}.ics"
        told.append((path, exported))
        remembered = sent_calendars.written(exported.sent)
        if remembered != before:
            memory.append(disk.File(folder.root / sent_calendars.FOLDER / f"{diary.key}.yaml", remembered))
        if output == options.STDOUT or not path.is_file() or path.read_bytes() != exported.data:
            calendars.append(disk.File(path, exported.data))
    # the memory first: a number that was given and not sent is only skipped, one sent twice is not believed
    disk.write_all(memory, root=folder.root)
    if output == options.STDOUT:
        for file in calendars:
            options.deliver(folder.root, "", file.data, output)
        return
    disk.write_all(calendars, root=None if output else folder.root, durable=False)
    _tell(told, {file.path for file in calendars})


def _tell(told: list[tuple[Path, Exported]], written: set[Path]) -> None:
    for path, exported in told:
        if path in written:
            counts = ((exported.new, "new"), (exported.changed, "changed"), (exported.cancelled, "cancelled"))
            said = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing new"
            click.echo(f"{options.short(path)}: {said}")
    same = len(told) - len(written)
    if not told:
        options.say("nothing is on the schedule for them yet")
    elif same:
        options.say(f"{same} calendar{'s' if same > 1 else ''} without change: nothing was written.")
