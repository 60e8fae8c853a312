"""`pmkit new DIR`: a production folder to begin with, empty or the sample."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options

if TYPE_CHECKING:
    from pmkit.model.chart import Chart

_HELP = """Starts a production: a folder of files that are valid, nearly empty, and say what goes where.

\b
Examples:
  pmkit new my-film --title "My Film" --code FILM
  pmkit new the-show --kind series
  pmkit new my-film --chart us-studio  with the accounts of a chart, empty, in private/budget.yaml
  pmkit new salt --sample              a whole invented production to try things on

\b
Charts of accounts:
  us-studio          US studio style, four figures
  cavco              CAVCO-style top sheet, Canada
  telefilm           Telefilm style, four figures, Canada
  screen-australia   A-Z style, Australia
  aicp               AICP bid form sections, commercials
CHART@1 is that version for good. Each chart says where it is from: check it against your own form.
"""


@click.command(name="new", help=_HELP)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="A copy of the sample production.")
@click.option("--title", metavar="TEXT", help="The production's title; else made of the folder's name.")
@click.option("--code", metavar="CODE", help="The short code for file names and mail subjects.")
@click.option(
    "--kind",
    type=click.Choice(["feature", "series", "short", "commercial", "documentary"]),
    help="What it is.  [default: feature]",
)
@click.option("--chart", metavar="CHART", shell_complete=completion.charts, help="The chart of accounts to budget on.")
def command(
    folder: Path, sample: bool, title: str | None, code: str | None, kind: str | None, chart: str | None
) -> None:
    """Writes the folder and says what to do next."""
    from pmkit.files import starter
    from pmkit.model.kinds import code_word
    from pmkit.problems import Fault

    where = shlex.quote(str(folder))
    if sample:
        if title or code or kind or chart:
            raise click.UsageError("the sample has its own title, code, kind and chart")
        starter.copy_sample(folder)
        _next(
            f"{where}: the sample production, The Salt Road.",
            f"cd {where} && pmkit validate",
            "pmkit callsheet 3 --format pdf",
            "pmkit costs --date 2025-10-30",
        )
        return
    title = " ".join((title or starter.title_of(folder)).split())
    code = code or starter.code_of(title)
    if isinstance(fault := code_word(code), Fault):
        raise click.BadParameter(f"{fault.message}; {fault.hint}", param_hint="--code")
    begun = _chart(chart) if chart else None
    starter.make(folder, title, code, kind or "feature", begun)
    if begun is not None:
        options.say(f"Chart of accounts: {begun.title}, version {begun.version}. {begun.source}")
    _next(
        f"{where}: {title}, a production to begin with. Start in production.yaml.",
        f"cd {where} && pmkit validate",
        'pmkit import crew "Crew list.xlsx"',
        "git init && git add . && git commit -m Begin",
    )


def _chart(typed: str) -> Chart:
    from pmkit.files import chart
    from pmkit.model.chart import CHARTS, named
    from pmkit.model.record import meant

    found = chart.shipped(typed)
    if found is None:
        name, version = named(typed)
        if name in CHARTS:
            raise click.BadParameter(
                f"there is no version {version} of {name}; there is {', '.join(CHARTS[name])}", param_hint="--chart"
            )
        hint = meant(name, list(CHARTS), f"there is {', '.join(CHARTS)}")
        raise click.BadParameter(f"there is no chart {typed}; {hint}", param_hint="--chart")
    return found


def _next(told: str, *commands: str) -> None:
    click.echo(told)
    options.say("\nNext:")
    for command in commands:
        options.say(f"  {command}")
