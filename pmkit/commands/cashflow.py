"""`pmkit cashflow`: the estimated final cost week by week, as it leaves the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.model.production import Production
    from pmkit.render.filters import Formats
    from pmkit.reports.cashflow import CashflowReport

FORMATS = ("text", "md", "csv", "xlsx", "html", "pdf", "json")
# Exact to the cent whatever is asked for: these are data.
EXACT = ("csv", "xlsx", "json")
_HELP = """The cash flow: what is paid each week, what comes in, and what is left in the bank.

All payments together are the estimated final cost of the cost report of the same period, to the
cent. What is spent is paid when its invoice falls due; what is still to come falls on the weeks by
the schedule, the orders, the vendors' terms and the budget's lines. The opening balance and the
drawdowns stand in private/cashflow.yaml.

\b
Examples:
  pmkit cashflow
  pmkit cashflow --period 3 --format pdf
  pmkit cashflow --format xlsx -o cash.xlsx     a column a week, every category

Paper and terminal show whole units unless --cents is given; CSV, XLSX and JSON are always
exact to the cent.
"""


@click.command(name="cashflow", help=_HELP)
@click.option("--period", "number", metavar="N", default="", help="The accounting period; else the last with costs.")
@click.option("--date", metavar="DATE", help="The day it is made on; else today.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--cents", is_flag=True, help="Show cents, not whole units.")
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context, number: str, date: str | None, form: str | None, cents: bool, output: str | None
) -> None:
    """Reads what the cash flow needs, works it out and prints it."""
    from pmkit.commands import costs as cost_report, costs_shown as shown
    from pmkit.problems import Fault, Stop, in_order
    from pmkit.reports import cashflow as reports
    from pmkit.rollup.cashflow import cash_flow

    folder = options.read(cost_report.MORE)
    production = folder.production
    cost_report.present(production)
    costs = cost_report.worked_out(production, number, date)
    flow = cash_flow(production, costs)
    if isinstance(flow, Fault):
        raise Stop(flow.message, flow.hint)
    form = options.form_of(form, output, FORMATS)
    whole = form not in EXACT and not cents
    report = reports.report(production, costs, flow, whole=whole)
    made = _made(folder.root, report, form, options.formats(production.settings, whole=whole))
    shown.deliver(folder.root, made, form, cost_report.file_name(production, costs, "Cashflow"), output)
    if form == "text" and output in (None, options.STDOUT) and options.is_terminal():
        _next(production)
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *costs.budget.problems])))


def _next(production: Production) -> None:
    if production.cashflow is None:
        options.say("\nNext: write private/cashflow.yaml: opening: 0, drawdowns: [{date: …, amount: …, what: …}]")
    else:
        options.say("\nNext: pmkit cashflow --format xlsx has every category, a column a week")


def _made(root: Path, report: CashflowReport, form: str, formats: Formats) -> tuple[bytes, tuple[str, ...]]:
    from pmkit.commands import costs_shown as shown
    from pmkit.reports import cashflow as reports

    if form == "pdf":
        from pmkit.render import pdf

        paper = pdf.compile("cashflow.typ", report, formats, root / "fonts", landscape=True)
        return paper.content, paper.warnings
    if form == "html":
        from pmkit.render import html

        return html.page("cashflow.html.j2", report, formats, root / "templates").encode(), ()
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "cashflow").encode(), ()
    table = reports.by_category(report) if form in ("csv", "xlsx") else reports.by_week(report)
    return shown.a_table(root, table, table, form, formats)
