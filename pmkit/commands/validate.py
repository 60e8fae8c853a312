"""`pmkit validate`: everything that is wrong with the folder, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from pmkit.commands import options
from pmkit.problems import Problem

if TYPE_CHECKING:
    from pmkit.files.folder import Folder

_HELP = """Everything that is wrong with the production, in one run.

\b
Examples:
  pmkit validate
  pmkit validate --strict           a warning counts as an error
  pmkit validate --format github    annotations for a GitHub step
  pmkit validate --format json
"""


@click.command(name="validate", help=_HELP)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--json", "form", flag_value="json", help="As --format json.")
@options.in_production
@click.pass_context
def command(ctx: click.Context, strict: bool, form: str) -> None:
    """Reads the folder whole, runs every check and prints all problems in order."""
    from pmkit import checks
    from pmkit.problems import in_order

    folder = options.read()
    production = folder.production
    found = in_order([*folder.problems, *checks.run(production), *_against_drafts(folder), *_of_the_mail(folder)])
    standing, waived = checks.waived(found, production.settings.waivers)
    _print(standing, folder.line, form, ctx.color is not False and options.is_terminal())
    for waiver in waived:
        options.say(f"waived: {waiver}")
    if form == "text" and not production.has_private:
        options.say("private/ is not here: deals, budget and costs were not checked.")
    ctx.exit(1 if any(p.severity == "error" or strict for p in standing) else 0)


def _of_the_mail(folder: Folder) -> Iterator[Problem]:
    """What is wrong with the log of the mail: torn lines, and what two clones sent both."""
    if (folder.root / "mail" / "log").is_dir():
        from pmkit.mail import standing

        found = standing.read(folder.root)
        yield from found.problems
        yield from standing.sent_twice(found.entries.values())


def _against_drafts(folder: Folder) -> Iterator[Problem]:
    """The breakdown's pages against the last draft of the script, and of each episode's."""
    if not (folder.root / "scripts").is_dir():
        return
    from pmkit.checks import draft
    from pmkit.exchange import screenplay
    from pmkit.files import script_drafts

    production = folder.production
    episodes = {scene.episode for scene in production.scenes.values()}
    for episode in sorted(episodes):
        kept = script_drafts.kept(folder.root, episode)
        last = script_drafts.last(kept, None if episode else production.settings.script)
        if last is None:
            continue
        script = screenplay.read(script_drafts.load(folder.root, last.file), last.file).script
        if script is not None:
            prefix = f"{episode}-" if episode else ""
            scenes = script.of_episode(episode).scenes
            lengths = {prefix + one.number: one.length for one in scenes if one.number and one.length is not None}
            yield from draft.pages_differ(production, last.file, lengths)


def _print(standing: list[Problem], line: Callable[[str, int], str | None], form: str, colour: bool) -> None:
    if form == "text" and not standing:
        click.echo("No problems found.")
        return
    from pmkit.render import problems as shown

    if form == "json":
        click.echo(shown.as_json(standing), nl=False)
    elif form == "github":
        click.echo(shown.github(standing), nl=False)
    else:
        click.echo(shown.text(standing, line, colour=colour), nl=False)
