"""`pmkit crewlist`: the crew by department, with how to reach them."""

from __future__ import annotations

import click

from pmkit.commands import completion, options, tables

_HELP = """The crew list: everybody hired, by department, in the order of crew.yaml.

\b
Examples:
  pmkit crewlist
  pmkit crewlist --format pdf
  pmkit crewlist --department camera --format xlsx
  pmkit crewlist --unit second --date 2025-10-27
"""


@click.command(name="crewlist", help=_HELP)
@click.option("--department", metavar="ID", default="", shell_complete=completion.departments, help="One department.")
@click.option("--unit", metavar="ID", default="", shell_complete=completion.units, help="Who works with a unit.")
@click.option("--date", metavar="DATE", help="Who is engaged on a day.")
@tables.printed
@options.in_production
@click.pass_context
def command(
    ctx: click.Context, department: str, unit: str, date: str | None, form: str | None, output: str | None
) -> None:
    """Reads the crew and prints it."""
    from pmkit.reports.crewlist import crewlist

    folder = options.read({"crew", "cast", "schedule"})
    production = folder.production
    form = tables.form_of(form, output)
    day = options.today(production.settings, date) if date else None
    table = options.held(crewlist(production, department=department, unit=unit, day=day, whole=form in tables.WHOLE))
    if not table.rows and not production.crew:
        options.say("crew.yaml names nobody yet; a list from the office comes in with: pmkit import crew FILE")
    tables.deliver(folder, table, form, "crewlist", "CrewList", output, private=True)
    ctx.exit(options.report_errors(folder))
