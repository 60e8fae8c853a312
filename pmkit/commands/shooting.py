"""`pmkit shooting`: the shooting schedule, with every element of each scene."""

from __future__ import annotations

import click

from pmkit.commands import options, scheduling, tables

_HELP = """The shooting schedule: by shooting day, each scene with cast and every element by category.

\b
Examples:
  pmkit shooting
  pmkit shooting --format pdf             into build/, under the trade's file name
  pmkit shooting --unit second
  pmkit shooting --board rain             another board, of boards/rain.yaml
  pmkit shooting --episode 101            one episode of a series
"""


@click.command(name="shooting", help=_HELP)
@scheduling.boarded
@scheduling.one_episode
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, unit: str, board: str, episode: str, form: str | None, output: str | None) -> None:
    """Reads the board and prints it."""
    from pmkit.reports import shooting

    folder = options.read(scheduling.PARTS)
    report = options.held(shooting.shooting(folder.production, board=board, unit=unit, episode=episode))
    if not report.days and not report.boneyard:
        options.say("schedule.yaml has no days yet")
    printing = scheduling.Printing(
        "shooting",
        "ShootingSchedule",
        report,
        table=lambda words: shooting.table(report, words),
        data=lambda: shooting.data(report),
        text="oneliner.txt.j2",
        page="oneliner.html.j2",
        paper="shooting.typ",
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
