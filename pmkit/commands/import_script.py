"""`pmkit import script FILE`: a draft of the script into the breakdown, shown first, written with `--yes`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.files.script_drafts import KeptDraft
    from pmkit.model.breakdown import Scene
    from pmkit.model.screenplay import Screenplay
    from pmkit.problems import Problem
    from pmkit.rollup.draft_merge import Merge
    from pmkit.rollup.speaking_cast import Cast

_SECTIONS = ("cast", "locations", "breakdown")


_HELP = """A script in Fountain (.fountain) or Final Draft (.fdx) into breakdown.yaml.

The first makes the breakdown; every later draft is merged into it. What people wrote stays,
scene numbers never move, cut scenes become omitted. Without --yes nothing is written. The
draft itself is kept under scripts/, for the next merge.

\b
Examples:
  pmkit import script salt-road.fdx --draft White
  pmkit import script salt-road-blue.fdx --draft Blue --date 2025-09-28 --yes
  pmkit import script 101.fountain --episode 101
"""


@click.command("script", help=_HELP, short_help="A draft of the script: Fountain or Final Draft.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write it; else it is only shown.")
@click.option("--draft", default="", metavar="NAME", help="The draft's name: its revision colour, as a rule.")
@click.option("--date", default=None, metavar="DATE", help="The draft's date; else today.")
@click.option("--episode", default="", metavar="NUMBER", help="In a series: the episode it is the script of.")
@options.in_production
def script(file: Path, yes: bool, draft: str, date: str | None, episode: str) -> int:
    """A draft of the script into the breakdown."""
    from pmkit.commands import import_script_shown as shown
    from pmkit.exchange import screenplay
    from pmkit.files import edit, script_drafts
    from pmkit.files.scenes import Breakdown

    folder = options.read(_SECTIONS)
    settings = folder.production.settings
    _sound(folder, episode)
    reading = screenplay.load(file)
    _problems(reading.problems, reading.line)
    if reading.script is None:
        return 1
    if not reading.script.scenes:
        options.say(f"{file.name}: 0 scenes. Nothing to import.")
        return 0
    drafts = script_drafts.kept(folder.root, episode)
    base = script_drafts.last(drafts, None if episode else settings.script)
    day = options.today(settings, date)
    name, day = _named(draft or reading.script.draft, day, date, drafts, folder, reading.data)
    _in_time(day, base)
    target = script_drafts.place(folder.root, reading.data, day, name, file.suffix, episode)
    merge, cast = _merged(folder, reading.script, base, episode)
    against = f"against {base.file}" if base else "no draft was imported before"
    count = len(reading.script.scenes)
    omitted = sum(scene.omitted for scene in reading.script.scenes)
    of_them = f" ({omitted} omitted)" if omitted else ""
    options.say(f"{file.name}: {count} scene{'s' if count != 1 else ''}{of_them}; {against}\n")
    _problems(merge.problems, reading.line)
    breakdown = Breakdown(folder, episode)
    breakdown.take(merge, cast.new)
    was = "" if episode else breakdown.name_draft(name, day)
    options.show([*shown.plan(merge, cast), *([f"production.yaml: script: {was}"] if was else [])])
    for remark in shown.remarks(merge, cast, reading.script):
        options.say(remark)
    changed = breakdown.changed
    if not yes:
        names = [one.file for one in changed] + ([] if (folder.root / target).exists() else [target])
        told = f" To write {', '.join(names)}: the same command with --yes" if names else ""
        options.say(f"\n{shown.counted(merge)}. Nothing is written yet.{told}")
        return 0
    written = edit.write(folder.root, changed)
    # The draft last: a run that dies before it compares with the old base again, and finds its own work done.
    written += [target] if script_drafts.keep(folder.root, target, reading.data) else []
    options.say(f"\n{shown.counted(merge)}. " + (f"Wrote {', '.join(written)}." if written else "Nothing to write."))
    options.say("Next: pmkit validate")
    return 0


def _sound(folder: Folder, episode: str) -> None:
    """A breakdown that cannot all be read is not merged into: its scenes would be added again."""
    from pmkit.problems import Stop

    options.sound(folder, (*_SECTIONS, "production"), "imported")
    series = folder.production.settings.kind == "series"
    if series and not episode:
        raise Stop("this is a series, and a script is one episode's", "say which: --episode 101")
    if episode and not series:
        raise Stop("this is no series, so it has no episodes", "leave --episode out, or write kind: series")
    if episode and not episode.isalnum():
        raise Stop(f"{episode[:20]!r} is no episode", "write its number: --episode 101")


def _named(
    name: str,
    day: dt.date,
    date: str | None,
    drafts: list[KeptDraft],
    folder: Folder,
    data: bytes,
) -> tuple[str, dt.date]:
    """The draft's name and date: as said, as the same draft was kept before, else the next in count."""
    from pmkit.files import script_drafts

    current = folder.production.settings.script
    for one in drafts:
        same_name = not name or script_drafts.slug(name) == one.name
        if same_name and (date is None or one.date == day) and script_drafts.load(folder.root, one.file) == data:
            known = current.draft if current and script_drafts.slug(current.draft) == one.name else ""
            return name or known or one.name.replace("-", " "), one.date
    return " ".join(name.split()) or f"draft {len(drafts) + 1}", day


def _in_time(day: dt.date, base: KeptDraft | None) -> None:
    from pmkit.problems import Stop

    if base is not None and day < base.date:
        raise Stop(f"{base.file} is a later draft than one of {day}", "say this draft's date: --date")


def _merged(folder: Folder, script: Screenplay, base: KeptDraft | None, episode: str) -> tuple[Merge, Cast]:
    from pmkit.exchange import screenplay
    from pmkit.files import script_drafts
    from pmkit.rollup.draft_merge import merged
    from pmkit.rollup.draft_scenes import draft_scenes
    from pmkit.rollup.speaking_cast import cast_of

    production = folder.production
    script = script.of_episode(episode)
    cast = cast_of(script, production.cast)
    last = None
    if base is not None:
        old = screenplay.read(script_drafts.load(folder.root, base.file), base.file).script
        if old is None:
            options.say(f"{base.file} can no longer be read; nothing is compared with it")
        else:
            last = draft_scenes(old.of_episode(episode), cast, production)
    scenes: Mapping[str, Scene] = production.scenes
    if episode:
        scenes = {one.number: one for one in scenes.values() if one.episode == episode}
    return merged(draft_scenes(script, cast, production), last, scenes, cast.names), cast


def _problems(problems: Iterable[Problem], line: Callable[[str, int], str | None]) -> None:
    from pmkit.render import problems as shown

    if told := shown.text(problems, line):
        options.say(told)
