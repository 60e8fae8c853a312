"""`pmkit stripboard`: the board as strips, for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import options, scheduling

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.render.filters import Formats
    from pmkit.reports.stripboard import Stripboard

FORMATS = ("text", "html", "svg", "pdf", "json")
PAPERS = ("letter", "a4", "tabloid", "legal")

_HELP = """The stripboard: every strip in its colour, with a day break after each day's work.

\b
Examples:
  pmkit stripboard
  pmkit stripboard --format pdf --paper tabloid
  pmkit stripboard --unit second
  pmkit stripboard --board rain -o rain.svg      another board, of boards/rain.yaml
"""


@click.command(name="stripboard", help=_HELP)
@scheduling.boarded
@scheduling.one_episode
@click.option("--paper", type=click.Choice(PAPERS), help="Turned on its side; the production's unless said.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context, unit: str, board: str, episode: str, paper: str | None, form: str | None, output: str | None
) -> None:
    """Reads the board and prints it as strips."""
    from pmkit.reports import stripboard

    folder = options.read(scheduling.PARTS)
    settings = folder.production.settings
    report = options.held(stripboard.stripboard(folder.production, board=board, unit=unit, episode=episode))
    if not report.days and not report.boneyard:
        options.say("schedule.yaml has no days yet")
    form = options.form_of(form, output, FORMATS)
    content, warnings = _made(folder, report, form, options.formats(settings, paper=paper))
    for warning in warnings:
        options.say(warning)
    if form in ("text", "json"):
        output = output or options.STDOUT
    name = scheduling.file_name(folder.production, "Stripboard")
    options.deliver(folder.root, f"{name}.{form}", content, output)
    ctx.exit(options.report_errors(folder))


def _made(folder: Folder, report: Stripboard, form: str, formats: Formats) -> tuple[bytes, tuple[str, ...]]:
    own = folder.root / "templates"
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "stripboard").encode(), ()
    if form == "pdf":
        from pmkit.render import pdf

        sheet = pdf.compile("stripboard.typ", report, formats, folder.root / "fonts", landscape=True)
        return sheet.content, sheet.warnings
    if form == "text":
        from pmkit.render import columns, text

        page = text.page("stripboard.txt.j2", report, formats, own, **columns.named())
        return (columns.tidy(page).rstrip("\n") + "\n").encode(), ()
    if form == "svg":
        from pmkit.render import svg

        return svg.page("stripboard.svg.j2", report, formats, own).encode(), ()
    from pmkit.render import html

    return html.page("stripboard.html.j2", report, formats, own).encode(), ()
