"""`pmkit castlist`: the cast by number, with their days; asked for, with contacts."""

from __future__ import annotations

import click

from pmkit.commands import options, tables

_HELP = """The cast list: number, character, performer and days, in the order of cast.yaml.

Agents, telephones and addresses stand on it only with --contacts; a minor's are the guardian's.

\b
Examples:
  pmkit castlist
  pmkit castlist --format pdf
  pmkit castlist --contacts --format xlsx
"""


@click.command(name="castlist", help=_HELP)
@click.option("--contacts", is_flag=True, help="With agents and how to reach the performers: for the office.")
@tables.printed
@options.in_production
@click.pass_context
def command(ctx: click.Context, contacts: bool, form: str | None, output: str | None) -> None:
    """Reads the cast and prints it."""
    from pmkit.reports.castlist import castlist

    folder = options.read({"crew", "cast", "breakdown", "schedule", "calendar", "daily"})
    form = tables.form_of(form, output)
    table = castlist(folder.production, contacts=contacts, whole=form in tables.WHOLE)
    if contacts and not folder.production.has_private:
        options.say("private/ is not here: numbers and addresses that are kept there are missing")
    if not folder.production.cast:
        options.say("cast.yaml names nobody yet; a list from the office comes in with: pmkit import cast FILE")
    tables.deliver(
        folder, table, form, "castlist", "CastContacts" if contacts else "CastList", output, private=contacts
    )
    ctx.exit(options.report_errors(folder))
