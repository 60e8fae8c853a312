"""`pmkit validate`: everything that is wrong with the folder, at once."""

from __future__ import annotations

import click

from pmkit.commands import options

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
    from pmkit.render import problems as shown

    folder = options.read()
    production = folder.production
    found = in_order([*folder.problems, *checks.run(production)])
    standing, waived = checks.waived(found, production.settings.waivers)
    if form == "json":
        click.echo(shown.as_json(standing), nl=False)
    elif form == "github":
        click.echo(shown.github(standing), nl=False)
    else:
        _print(shown.text(standing, folder.line, colour=_colour(ctx)), bool(standing))
        for waiver in waived:
            click.echo(f"waived: {waiver}", err=True)
        if not production.has_private:
            click.echo("private/ is not here: deals, budget and costs were not checked.", err=True)
    errors = any(p.severity == "error" or strict for p in standing)
    ctx.exit(1 if errors else 0)


def _colour(ctx: click.Context) -> bool:
    return ctx.color is not False and options.is_terminal()


def _print(text: str, any_problem: bool) -> None:
    click.echo(text if any_problem else "No problems found.", nl=not (any_problem and text.endswith("\n")))
