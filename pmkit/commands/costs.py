"""`pmkit costs [ACCOUNT]`: the cost report of a period, or one account of it with its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.model.production import Production
    from pmkit.render.filters import Formats
    from pmkit.reports.account_costs import AccountCosts
    from pmkit.reports.costs import CostReport
    from pmkit.reports.table import Table
    from pmkit.rollup.costs import AccountCost, Costs

FORMATS = ("text", "md", "csv", "xlsx", "html", "pdf", "json")
# Exact to the cent whatever is asked for: these are data.
EXACT = ("csv", "xlsx", "json")

_HELP = """The cost report of a period, or one account of it with the papers behind every figure.

\b
Examples:
  pmkit costs                         the last period with costs
  pmkit costs --period 3 --format pdf
  pmkit costs 3607                    one account: its lines, ledger, orders and EFC changes
  pmkit costs 3607 --json             the same with every figure's origin, down to file:line:column
  pmkit costs --format xlsx -o report.xlsx

Paper and terminal show whole units unless --cents is given; CSV, XLSX and JSON are always
exact to the cent.
"""


@click.command(name="costs", help=_HELP)
@click.argument("account", required=False, default="", shell_complete=completion.accounts)
@click.option("--period", "number", metavar="N", default="", help="The accounting period; else the last with costs.")
@click.option("--date", metavar="DATE", help="The day the report is made on; else today.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--cents", is_flag=True, help="Show cents, not whole units.")
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context, account: str, number: str, date: str | None, form: str | None, cents: bool, output: str | None
) -> None:
    """Reads what the report needs, works it out and prints it."""
    import gc

    from pmkit.files import counted
    from pmkit.problems import in_order

    if gc.isenabled():  # a ledger is a hundred thousand rows that all stay: collecting only costs time
        gc.disable()
        ctx.call_on_close(gc.enable)
    folder = options.read(counted.parts(options.root()))
    production = folder.production
    _present(production)
    costs = _worked_out(production, number, date, account)
    form = options.form_of(form, output, FORMATS)
    whole = form not in EXACT and not cents
    if account:
        _account(folder.root, production, costs, _found(costs, account), form, whole, output)
    else:
        _summary(folder.root, production, costs, form, whole, output)
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *costs.budget.problems])))


def _present(production: Production) -> None:
    if not production.has_private:
        raise Stop(
            "there is no private/ here: the budget, the orders and the costs lie in it",
            "it is a repository of its own; ask the production office, and clone it into this folder as private",
        )
    if production.budget is None and not production.ledger:
        raise Stop(
            "private/ has neither a budget nor costs",
            "write private/budget.yaml, or put the ledger in private/costs/ as CSV",
        )


def _worked_out(production: Production, number: str, date: str | None, account: str) -> Costs:
    from pmkit.problems import Fault
    from pmkit.rollup.costs import costs
    from pmkit.rollup.periods import Periods

    today = options.today(production.settings, date)
    period = Periods(production.periods).chosen(number, production.ledger, today)
    if isinstance(period, Fault):
        raise Stop(period.message, period.hint, exit_code=2)
    done = costs(production, period, account)
    if account:
        coding = _found(done, account).coding
        key = coding.number or coding.name
        return done if key == account else costs(production, period, key)
    return done


def _found(costs: Costs, typed: str) -> AccountCost:
    from pmkit.rollup.coding import nearest

    rows = costs.accounts()
    for row in rows:
        if typed.lower() in (row.coding.number.lower(), row.coding.name.lower()) and typed:
            return row
    for level in costs.levels:
        for category in level.categories:
            if category.number == typed:
                held = ", ".join(row.coding.number for row in category.accounts)
                raise Stop(f"{typed} {category.name} is a category", f"its accounts are {held}", exit_code=2)
    words = [word for row in rows for word in (row.coding.number, row.coding.name) if word]
    close = nearest(typed, words)
    hint = f"did you mean {close}?" if close else "pmkit costs lists the accounts"
    raise Stop(f"nothing is budgeted, ordered or spent on an account {typed}", hint, exit_code=2)


def _summary(root: Path, production: Production, costs: Costs, form: str, whole: bool, output: str | None) -> None:
    from pmkit.model.ledger import sums_of
    from pmkit.reports import costs as reports

    report = reports.report(production, costs, whole=whole)
    end = report.to or max((alike.posted for alike in sums_of(production.ledger)), default=None)
    name = "_".join(str(word) for word in (options.title_word(production.settings), "CostReport", end or "") if word)
    narrow = form in ("text", "md")
    _print(root, production, report, reports.table(report, narrow=narrow), form, whole, name, output)


def _account(
    root: Path, production: Production, costs: Costs, row: AccountCost, form: str, whole: bool, output: str | None
) -> None:
    from pmkit.reports import account_costs as reports

    report = reports.report(production, costs, row)
    end = costs.period.to if costs.period is not None else ""
    key = "".join(c if c.isalnum() else "-" for c in row.coding.number or row.coding.name)
    name = "_".join(str(word) for word in (options.title_word(production.settings), f"Account{key}", end) if word)
    _print(root, production, report, reports.table(report, whole=whole), form, whole, name, output)


def _print(
    root: Path,
    production: Production,
    report: CostReport | AccountCosts,
    table: Table,
    form: str,
    whole: bool,
    name: str,
    output: str | None,
) -> None:
    content, warnings = _made(root, report, table, form, options.formats(production.settings, whole=whole))
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    options.deliver(root, f"{name}.{form}", content, output, private=True)
    if form == "text" and output == options.STDOUT and options.is_terminal():
        options.say("\nNext: pmkit costs --format pdf · pmkit costs ACCOUNT shows what a figure is made of")


def _made(
    root: Path, report: CostReport | AccountCosts, table: Table, form: str, formats: Formats
) -> tuple[bytes, tuple[str, ...]]:
    """The document's bytes, and what had to be said while making it."""
    from pmkit.reports.costs import CostReport

    own, fonts = root / "templates", root / "fonts"
    summary = isinstance(report, CostReport)
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "costs").encode(), ()
    if form == "xlsx":
        from pmkit.render import workbook

        book = workbook.xlsx(table, formats)
        return book.content, book.warnings
    from pmkit.render import table as tables

    if form == "pdf":
        from pmkit.render import pdf

        paper = (
            pdf.compile("costs.typ", report, formats, fonts, landscape=True)
            if summary
            else tables.pdf(table, formats, fonts)
        )
        return paper.content, paper.warnings
    if form == "html":
        from pmkit.render import html

        page = html.page("costs.html.j2", report, formats, own) if summary else tables.html(table, formats, own)
        return page.encode(), ()
    shown = {"text": tables.terminal, "md": tables.markdown}
    return (tables.csv(table) if form == "csv" else shown[form](table, formats)).encode(), ()
