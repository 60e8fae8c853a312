"""`pmkit schema [NAME]`: JSON Schemas of the folder's files, so that editors complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pmkit.model.production import Settings

_HELP = """JSON Schemas of the folder's files, so that editors complete and check them while you type.

A file names its schema in a comment, as those that pmkit new writes do:
# yaml-language-server: $schema=.pmkit/schema/crew.json

\b
Examples:
  pmkit schema                their names, and the files they are for
  pmkit schema crew           one of them, on stdout
  pmkit schema --write        all of them, into .pmkit/schema/
"""


def _names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from pmkit.files import schema

    return [name for name in schema.names() if name.startswith(incomplete)]


@click.command(name="schema", help=_HELP)
@click.argument("name", required=False, default="", shell_complete=_names)
@click.option("--write", is_flag=True, help="Write all of them into .pmkit/schema/.")
@options.in_production
def command(name: str, write: bool) -> None:
    """Prints or writes the schemas, with the production's own breakdown categories."""
    from pmkit.files import schema
    from pmkit.model.record import meant
    from pmkit.problems import Stop

    known = schema.names()
    if write:
        if name:
            raise click.UsageError("--write writes all of them; leave out the name")
        folder = options.read(()).production
        click.echo(options.short(schema.write(options.root(), folder.settings)))
        return
    if not name:
        width = max(map(len, known))
        for one, file in known.items():
            click.echo(f"{one:<{width}}  {file}")
        options.say("\nNext: pmkit schema --write puts them where the files look for them")
        return
    if name not in known:
        raise Stop(f"there is no schema {name}", meant(name, known, "they are: pmkit schema"), exit_code=2)
    click.echo(schema.text(schema.schema(name, _settings())), nl=False)


def _settings() -> Settings:
    """The production's settings; outside a production those of an empty one."""
    from pmkit.model.production import Settings
    from pmkit.problems import Stop

    try:
        return options.read(()).production.settings
    except Stop:
        return Settings(pmkit=1, title="")
