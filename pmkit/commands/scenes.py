"""`pmkit scenes`: what is shot, owed and left, against the daily files."""

from __future__ import annotations

import click

from pmkit.commands import options, scheduling, tables

_HELP = """What is shot, owed and left, scene by scene, against the daily files; and the pace.

\b
Examples:
  pmkit scenes
  pmkit scenes --format pdf
  pmkit scenes --episode 101
  pmkit scenes --json
"""


@click.command(name="scenes", help=_HELP)
@scheduling.one_episode
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, episode: str, form: str | None, output: str | None) -> None:
    """Reads breakdown, board and daily files and prints the list."""
    from pmkit.reports import scenes

    folder = options.read(scheduling.PARTS | {"daily"})
    report = options.held(scenes.scenes(folder.production, episode=episode))
    printing = scheduling.Printing(
        "scenes",
        "Scenes",
        report,
        table=lambda words: scenes.table(report, words),
        data=lambda: scenes.data(report),
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
