"""`pmkit costs [ACCOUNT]`: the cost report of a period, or one account of it with its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import accounts, completion, options
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from pmkit.model.production import Production
    from pmkit.reports.table import Table
    from pmkit.rollup.costs import AccountCost, Costs

FORMATS = ("text", "md", "csv", "xlsx", "html", "pdf", "svg", "json")
# What the report may be turned round by; the rows of each add up to the report.
BY = ("category", "account", "episode", "location", "set", "unit", "vendor")
# Exact to the cent whatever is asked for: these are data.
EXACT = ("csv", "xlsx", "json")
# The forms that show the curve and the trend.
CURVED = ("pdf", "html", "svg", "json")
# What the curve, the trend, the memo and the views by something else need beyond the figures.
MORE = (
    "crew", "cast", "locations", "breakdown", "schedule", "calendar", "daily", "deals", "budget", "periods", "balance",
    "petty", "closed", "po", "costs", "vendors", "cashflow",
)  # fmt: skip

_HELP = """The cost report of a period, or one account of it with the papers behind every figure.

\b
Examples:
  pmkit costs                         the last period with costs
  pmkit costs --period 3 --format pdf
  pmkit costs 3607                    one account: its lines, ledger, orders and EFC changes
  pmkit costs 3607 --json             the same with every figure's origin, down to file:line:column
  pmkit costs --by location           the same money by where it was spent
  pmkit costs --trend                 period by period, with pages shot and who moved the estimate
  pmkit costs --memo                  why the estimate moved since the last report
  pmkit costs --format svg            the S-curve of budget, cost and estimate
  pmkit costs --format xlsx -o report.xlsx

Paper and terminal show whole units unless --cents is given; CSV, XLSX and JSON are always
exact to the cent.
"""


@click.command(name="costs", help=_HELP)
@click.argument("account", required=False, default="", shell_complete=completion.accounts)
@click.option("--period", "number", metavar="N", default="", help="The accounting period; else the last with costs.")
@click.option("--by", type=click.Choice(BY), help="A row for each of these instead of each account.")
@click.option("--trend", "view", flag_value="trend", help="A row for each period; pages shot against money spent.")
@click.option("--memo", "view", flag_value="memo", help="The memo of variances alone.")
@click.option("--date", metavar="DATE", help="The day the report is made on; else today.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--cents", is_flag=True, help="Show cents, not whole units.")
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    account: str,
    number: str,
    by: str | None,
    view: str | None,
    date: str | None,
    form: str | None,
    cents: bool,
    output: str | None,
) -> None:
    """Reads what the report needs, works it out and prints it."""
    import gc

    from pmkit.problems import in_order

    if gc.isenabled():  # a ledger is a hundred thousand rows that all stay: collecting only costs time
        gc.disable()
        ctx.call_on_close(gc.enable)
    asked = [word for word in (account and "ACCOUNT", by and "--by", view and f"--{view}") if word]
    if len(asked) > 1:
        raise click.UsageError(f"{' and '.join(asked)} are different views of the costs: ask for one")
    form = options.form_of(form, output, FORMATS)
    folder = options.read(_parts(options.root(), form, bool(by or view)))
    production = folder.production
    present(production)
    costs = worked_out(production, number, date, account)
    whole = form not in EXACT and not cents
    root = folder.root
    if account:
        _account(
            root,
            production,
            costs,
            accounts.one_of(
                costs.accounts(),
                costs.levels,
                account,
                absent="nothing is budgeted, ordered or spent",
                lists="pmkit costs",
            ),
            form,
            whole,
            output,
        )
    elif by or view:
        _view(root, production, costs, by or view or "", form, whole, output)
    else:
        _summary(root, production, costs, form, whole, output)
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *costs.budget.problems])))


def _parts(root: Path, form: str, view: bool) -> tuple[str, ...]:
    """The sections to read: the figures alone need few, and reading is what a long ledger waits for."""
    from pmkit.files import counted, walk

    if view or form in CURVED:
        return MORE
    named = ("crew", "cast") if walk.listing(root, "private/costs/efc") else ()  # the memo names who changed an EFC
    return tuple(dict.fromkeys((*counted.parts(root), *named)))


def present(production: Production) -> None:
    """Stops where there is no money to report on."""
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


def worked_out(production: Production, number: str, date: str | None, account: str = "") -> Costs:
    """The cost report of the period asked for, else of the last with costs."""
    from pmkit.problems import Fault
    from pmkit.rollup.costs import costs
    from pmkit.rollup.periods import Periods

    today = options.today(production.settings, date)
    period = Periods(production.periods).chosen(number, production.ledger, today)
    if isinstance(period, Fault):
        raise Stop(period.message, period.hint, exit_code=2)
    done = costs(production, period, account)
    if account:
        coding = accounts.one_of(
            done.accounts(), done.levels, account, absent="nothing is budgeted, ordered or spent", lists="pmkit costs"
        ).coding
        key = coding.number or coding.name
        return done if key == account else costs(production, period, key)
    return done


def _summary(root: Path, production: Production, costs: Costs, form: str, whole: bool, output: str | None) -> None:
    from pmkit.commands import costs_shown as shown
    from pmkit.reports import costs as reports, variance_memo

    trend = None
    if form in CURVED:
        from pmkit.reports.cost_trend import cost_trend

        trend = cost_trend(production, costs)
    report = reports.report(production, costs, whole=whole, trend=trend)
    tables = (
        reports.table(report, narrow=form in ("text", "md")),
        variance_memo.table(production, report.memo, report.period, report.number),
    )
    made = shown.the_report(root, report, tables, form, options.formats(production.settings, whole=whole))
    shown.deliver(root, made, form, file_name(production, costs, "CostReport"), output)
    if form == "text" and output in (None, options.STDOUT) and options.is_terminal():
        options.say("\nNext: pmkit costs --format pdf · pmkit costs ACCOUNT shows what a figure is made of")


def _view(
    root: Path, production: Production, costs: Costs, view: str, form: str, whole: bool, output: str | None
) -> None:
    """The report turned round, its trend, or its memo: each only a table."""
    from pmkit.commands import costs_shown as shown

    table = _table_of(production, costs, view, whole)
    made = shown.a_table(root, table, table, form, options.formats(production.settings, whole=whole))
    word = {"trend": "CostTrend", "memo": "VarianceMemo"}.get(view, f"CostReportBy{view.capitalize()}")
    shown.deliver(root, made, form, file_name(production, costs, word), output)


def _table_of(production: Production, costs: Costs, view: str, whole: bool) -> Table:
    from pmkit.reports import costs as reports

    period = costs.period
    words = reports.stretch(period.from_, period.to) if period is not None else ""
    number = period.number if period is not None else ""
    if view == "memo":
        from pmkit.reports import variance_memo

        return variance_memo.table(production, variance_memo.memo(production, costs), words, number)
    if view == "trend":
        from pmkit.reports import cost_trend

        return cost_trend.table(production, cost_trend.cost_trend(production, costs), words, number)
    from pmkit.reports import costs_by

    return costs_by.table(production, costs, reports.report(production, costs, whole=whole), view)


def _account(
    root: Path, production: Production, costs: Costs, row: AccountCost, form: str, whole: bool, output: str | None
) -> None:
    from pmkit.commands import costs_shown as shown
    from pmkit.reports import account_costs as reports

    report = reports.report(production, costs, row)
    formats = options.formats(production.settings, whole=whole)
    made = shown.a_table(root, report, reports.table(report, whole=whole), form, formats)
    end = costs.period.to if costs.period is not None else ""
    key = "".join(c if c.isalnum() else "-" for c in row.coding.number or row.coding.name)
    name = "_".join(str(word) for word in (options.title_word(production.settings), f"Account{key}", end) if word)
    shown.deliver(root, made, form, name, output)


def file_name(production: Production, costs: Costs, word: str) -> str:
    """The trade's file name: code, document, last day."""
    from pmkit.model.ledger import sums_of

    last = max((alike.posted for alike in sums_of(production.ledger)), default=None)
    end = costs.period.to if costs.period is not None else last
    return "_".join(str(part) for part in (options.title_word(production.settings), word, end or "") if part)
