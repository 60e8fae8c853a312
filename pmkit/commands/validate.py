"""`pmkit validate`: everything that is wrong with the folder, at once."""

from __future__ import annotations

from collections.abc import Callable

import click

from pmkit.commands import options
from pmkit.problems import Problem

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
    found = in_order([*folder.problems, *checks.run(production)])
    standing, waived = checks.waived(found, production.settings.waivers)
    _print(standing, folder.line, form, ctx.color is not False and options.is_terminal())
    for waiver in waived:
        options.say(f"waived: {waiver}")
    if form == "text" and not production.has_private:
        options.say("private/ is not here: deals, budget and costs were not checked.")
    ctx.exit(1 if any(p.severity == "error" or strict for p in standing) else 0)


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
