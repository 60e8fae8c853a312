"""`pmkit calendar [PERSON]`: prep, shoot and wrap by month."""

from __future__ import annotations

import click

from pmkit.commands import completion, options, scheduling, tables

_HELP = """Prep, shoot and wrap by month: events, shooting days, days off, holidays, cast, travel.

PERSON is a cast number, an id, a name, or a department: what concerns them, and nothing else.

\b
Examples:
  pmkit calendar                          as a list
  pmkit calendar --format pdf             a month a page
  pmkit calendar LENA --format html
  pmkit calendar camera
  pmkit calendar --unit second
"""


@click.command(name="calendar", help=_HELP)
@click.argument("person", metavar="[PERSON]", required=False, default="", shell_complete=completion.people)
@scheduling.boarded
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, person: str, unit: str, board: str, form: str | None, output: str | None) -> None:
    """Reads the calendar, the board and the journeys and prints them."""
    from pmkit.reports import month

    folder = options.read(scheduling.PARTS | {"calendar", "crew", "travel"})
    report = options.held(month.calendar(folder.production, person, board=board, unit=unit))
    if not report.months:
        options.say("nothing is on the calendar yet: calendar.yaml holds prep and wrap, schedule.yaml the shoot")
    whose = "".join(c if c.isascii() and c.isalnum() else "-" for c in person.strip())
    printing = scheduling.Printing(
        "calendar",
        f"Calendar_{whose}" if whose else "Calendar",
        report,
        table=lambda words: month.table(report, words),
        data=lambda: month.data(report),
        text="calendar.txt.j2",
        page="calendar.html.j2",
        paper="calendar.typ",
        landscape=True,
    )
    scheduling.deliver(folder, printing, tables.form_of(form, output), output)
    ctx.exit(options.report_errors(folder))
