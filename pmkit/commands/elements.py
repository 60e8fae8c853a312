"""`pmkit elements CATEGORY`: what is needed of a category, and on which days."""

from __future__ import annotations

import click

from pmkit.commands import completion, options, scheduling, tables

_HELP = """What is needed of a category: each element with its scenes, days, first and last day.

CATEGORY is props, wardrobe, picture_vehicles or any other of the breakdown, also cast and
background. Without it, every category.

\b
Examples:
  pmkit elements props
  pmkit elements "picture vehicles" --format pdf
  pmkit elements cast --unit second
  pmkit elements --format xlsx
"""


@click.command(name="elements", help=_HELP)
@click.argument("category", metavar="[CATEGORY]", required=False, default="", shell_complete=completion.categories)
@scheduling.boarded
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, category: str, unit: str, board: str, form: str | None, output: str | None) -> None:
    """Reads breakdown and board and prints the list."""
    from pmkit.reports import elements

    folder = options.read(scheduling.PARTS)
    report = options.held(elements.elements(folder.production, category, board=board, unit=unit))
    name = f"Elements_{report.categories[0].key}" if category else "Elements"
    if category and not report.categories[0].elements:
        options.say(f"no scene of the breakdown needs anything of {report.heading}")
    printing = scheduling.Printing(
        "elements",
        name,
        report,
        table=lambda words: elements.table(report, words),
        data=lambda: elements.data(report),
        text="elements.txt.j2",
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
