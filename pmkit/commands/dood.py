"""`pmkit dood [CATEGORY]`: the day out of days, of the cast or of any category."""

from __future__ import annotations

import click

from pmkit.commands import completion, options, scheduling, tables

_HELP = """The day out of days: who works, is held, travels or is dropped on which date.

CATEGORY is cast unless one is named: background, props, picture_vehicles or any other.

\b
Examples:
  pmkit dood
  pmkit dood --format pdf
  pmkit dood animals
  pmkit dood --board rain
  pmkit dood --format xlsx
"""
_COLUMNS = 17  # dates side by side in the terminal


@click.command(name="dood", help=_HELP)
@click.argument("category", metavar="[CATEGORY]", required=False, default="cast", shell_complete=completion.categories)
@scheduling.boarded
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, category: str, unit: str, board: str, form: str | None, output: str | None) -> None:
    """Reads cast, breakdown and board and prints it."""
    from pmkit.reports import dood

    folder = options.read(scheduling.PARTS)
    report = options.held(dood.dood(folder.production, category, board=board, unit=unit))
    if not report.rows:
        options.say(f"nothing of {report.name} is scheduled yet")
    printing = scheduling.Printing(
        "dood",
        "DayOutOfDays" if report.category == "cast" else f"DayOutOfDays_{report.category}",
        report,
        table=lambda words: dood.table(report, words),
        data=lambda: dood.data(report),
        text="dood.txt.j2",
        page="dood.html.j2",
        paper="dood.typ",
        landscape=True,
        extra=(("stretches", dood.weeks(report, _COLUMNS)),),
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
