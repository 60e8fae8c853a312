"""`pmkit breakdown [SCENE]`: a breakdown sheet for one scene, or for each."""

from __future__ import annotations

import click

from pmkit.commands import completion, options, scheduling, tables

_HELP = """A breakdown sheet: the scene, its cast, every element by category, and when it is shot.

\b
Examples:
  pmkit breakdown 12A
  pmkit breakdown --format pdf            every scene, one a page
  pmkit breakdown --format xlsx           every scene a row
  pmkit breakdown --episode 101
"""


@click.command(name="breakdown", help=_HELP)
@click.argument("scene", metavar="[SCENE]", required=False, default="", shell_complete=completion.scenes)
@click.option("--board", metavar="NAME", default="", help="Scheduled by another board, of boards/NAME.yaml.")
@scheduling.one_episode
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, scene: str, board: str, episode: str, form: str | None, output: str | None) -> None:
    """Reads the breakdown and prints it."""
    from pmkit.reports import breakdown

    folder = options.read(scheduling.PARTS)
    report = options.held(breakdown.breakdown(folder.production, scene, board=board, episode=episode))
    if not report.sheets:
        options.say("breakdown.yaml has no scenes yet; a script comes in with: pmkit import script FILE")
    printing = scheduling.Printing(
        "breakdown",
        f"Breakdown_Sc{report.sheets[0].number}" if scene else "Breakdown",
        report,
        table=lambda words: breakdown.table(report, words),
        data=lambda: breakdown.data(report),
        text="breakdown.txt.j2",
        page="breakdown.html.j2",
        paper="breakdown.typ",
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
