"""`pmkit oneliner`: the one-line schedule, by shooting day."""

from __future__ import annotations

import click

from pmkit.commands import options, scheduling, tables

_HELP = """The one-line schedule: by shooting day, a line a scene, with pages and time.

\b
Examples:
  pmkit oneliner
  pmkit oneliner --format pdf             into build/, under the trade's file name
  pmkit oneliner --unit second
  pmkit oneliner --board rain             another board, of boards/rain.yaml
  pmkit oneliner --episode 101            one episode of a series
"""


@click.command(name="oneliner", help=_HELP)
@scheduling.boarded
@scheduling.one_episode
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, unit: str, board: str, episode: str, form: str | None, output: str | None) -> None:
    """Reads the board and prints it."""
    from pmkit.reports import oneliner

    folder = options.read(scheduling.PARTS)
    report = options.held(oneliner.oneliner(folder.production, board=board, unit=unit, episode=episode))
    if not report.days and not report.boneyard:
        options.say("schedule.yaml has no days yet")
    printing = scheduling.Printing(
        "oneliner",
        "OneLine",
        report,
        table=lambda words: oneliner.table(report, words),
        data=lambda: oneliner.data(report),
        text="oneliner.txt.j2",
        page="oneliner.html.j2",
        paper="oneliner.typ",
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
