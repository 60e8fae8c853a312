"""`pmkit topsheet`: the budget on one page, category by category, alone or against another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import budgeting, options

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.render.filters import Formats
    from pmkit.reports.topsheet import TopSheet

_HELP = """The top sheet: the budget by category and level, with charges, grand total, credits and net.

\b
Examples:
  pmkit topsheet
  pmkit topsheet --format pdf
  pmkit topsheet --against HEAD~1            what changed since the last commit of private/
  pmkit topsheet --against ../old/budget.yaml
  pmkit topsheet --without second-unit       what it would be without a group of lines
  pmkit topsheet --format xlsx               live: change a rate in it, and the totals follow

Paper and terminal show whole units unless --cents is given; CSV, XLSX and JSON are always exact.
"""


@click.command(name="topsheet", help=_HELP)
@budgeting.asked
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
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

    folder = budgeting.read()
    production = folder.production
    form = options.form_of(form, output, budgeting.FORMATS)
    whole = form not in budgeting.EXACT and not cents
    totals = budgeting.worked_out(production, off, on)
    report = reports.report(production, totals, whole=whole)
    if against:
        _, then, words = (found := budgeting.other(folder, against))
        report = reports.compared(report, reports.report(found[0], then, whole=whole), words)
    formats = options.formats(production.settings, whole=whole, paper=paper)
    if form == "xlsx" and not against:
        from pmkit.render import budget_book

        book = budget_book.xlsx(production, totals, report, formats)
        content, warnings = book.content, book.warnings
    else:
        content, warnings = _made(folder.root, report, form, formats)
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    name = f"{options.title_word(production.settings)}_TopSheet.{form}"
    options.deliver(folder.root, name, content, output, private=True)
    if form == "text" and output == options.STDOUT and options.is_terminal():
        options.say("\nNext: pmkit budget · pmkit budget ACCOUNT shows what a figure is made of")
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *totals.problems])))


def _made(root: Path, report: TopSheet, form: str, formats: Formats) -> tuple[bytes, tuple[str, ...]]:
    from pmkit.reports import topsheet as reports

    if form == "json":
        from pmkit.render import json

        return json.raw(report, "topsheet").encode(), ()
    if form == "pdf":
        from pmkit.render import pdf

        paper = pdf.compile("topsheet.typ", report, formats, root / "fonts")
        return paper.content, paper.warnings
    if form == "html":
        from pmkit.render import html

        return html.page("topsheet.html.j2", report, formats, root / "templates").encode(), ()
    table = reports.table(report)
    if form == "xlsx":
        from pmkit.render import workbook

        book = workbook.xlsx(table, formats)
        return book.content, book.warnings
    from pmkit.render import table as tables

    shown = {"text": tables.terminal, "md": tables.markdown}
    return (tables.csv(table) if form == "csv" else shown[form](table, formats)).encode(), ()
