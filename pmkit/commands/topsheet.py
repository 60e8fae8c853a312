"""`pmkit topsheet`: the budget on one page, category by category, alone or against another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import budgeting, options, tables

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.render.filters import Formats
    from pmkit.reports.topsheet import TopSheet
    from pmkit.rollup.totals import BudgetTotals

_HELP = """The top sheet: the budget by category and level, with charges, grand total, credits and net.

\b
Examples:
  pmkit topsheet
  pmkit topsheet --format pdf
  pmkit topsheet --against HEAD~1            what changed since the last commit of private/
  pmkit topsheet --against ../old/budget.yaml
  pmkit topsheet --by episode                in a series: all episodes side by side
  pmkit topsheet --episode 101               one episode: its own, and its share of what is amortised
  pmkit topsheet --without second-unit       what it would be without a group of lines
  pmkit topsheet --format xlsx               live: change a rate in it, and the totals follow

Paper and terminal show whole units unless --cents is given; CSV, XLSX and JSON are always exact.
"""


@click.command(name="topsheet", help=_HELP)
@click.option("--by", "by", type=click.Choice(["episode"]), help="In a series: a column for each episode.")
@budgeting.asked
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    by: str | None,
    episode: str,
    against: str | None,
    off: tuple[str, ...],
    on: tuple[str, ...],
    form: str | None,
    cents: bool,
    paper: str | None,
    output: str | None,
) -> None:
    """Works the budget out and prints its top sheet."""
    from pmkit.problems import in_order
    from pmkit.reports import topsheet as reports

    chosen = [word for word, given in (("--by", by), ("--episode", episode), ("--against", against)) if given]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} do not go together: ask for one at a time")
    folder = budgeting.read()
    production = folder.production
    form = options.form_of(form, output, budgeting.FORMATS)
    whole = form not in budgeting.EXACT and not cents
    totals = budgeting.worked_out(production, off, on)
    formats = options.formats(production.settings, whole=whole, paper=paper)
    word = "TopSheet"
    if by or episode:
        word += f"Episode{options.file_word(episode)}" if episode else "ByEpisode"
        table = budgeting.by_episodes(production, totals, episode, reports.DOCUMENT, accounts=False)
        content, warnings = tables.made(folder.root, table, form, formats, "topsheet")
    else:
        report = reports.report(production, totals, whole=whole)
        if against:
            both = budgeting.sides(folder, totals, against, off, on)
            report = reports.compared(
                reports.report(both.production, both.totals, whole=whole),
                reports.report(both.before, both.then, whole=whole),
                both.against,
                both.of,
                reports.notes_of_other(*both[:4]),
            )
        content, warnings = _made(folder, totals, report, form, formats)
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    name = f"{options.title_word(production.settings)}_{word}.{form}"
    options.deliver(folder.root, name, content, output, private=True)
    if form == "text" and output == options.STDOUT and options.is_terminal():
        options.say("\nNext: pmkit budget · pmkit budget ACCOUNT shows what a figure is made of")
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *totals.problems])))


def _made(
    folder: Folder, totals: BudgetTotals, report: TopSheet, form: str, formats: Formats
) -> tuple[bytes, tuple[str, ...]]:
    from pmkit.reports import topsheet as reports

    if form == "json":
        from pmkit.render import json

        return json.raw(report, "topsheet").encode(), ()
    if form == "pdf":
        from pmkit.render import pdf

        paper = pdf.compile("topsheet.typ", report, formats, folder.root / "fonts")
        return paper.content, paper.warnings
    if form == "html":
        from pmkit.render import html

        return html.page("topsheet.html.j2", report, formats, folder.root / "templates").encode(), ()
    if form == "xlsx" and not report.against:
        from pmkit.render import budget_book

        book = budget_book.xlsx(folder.production, totals, report, formats)
        return book.content, book.warnings
    return tables.made(folder.root, reports.table(report), form, formats, "topsheet")
