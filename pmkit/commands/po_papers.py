"""`pmkit po print|list`: the order as its vendor gets it, and the log of all orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, options, po_desk, tables
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    import datetime as dt

    from pmkit.commands.po_desk import Desk
    from pmkit.reports.po import PurchaseOrder

FORMATS = ("text", "html", "pdf", "json")

_PRINT = """Print orders as their vendors get them: nothing of the budget, nothing of anybody else.

Several as PDF or HTML are a file each: an order goes to its own vendor.

\b
Examples:
  pmkit po print LOC-014
  pmkit po print LOC-014 --format pdf
  pmkit po print 14 15 16 --format pdf --paper a4
"""


@click.command(name="print", help=_PRINT, short_help="Print orders as their vendors get them.")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, shell_complete=completion.orders)
@click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout.")
@click.option("--json", "form", flag_value="json", help="As --format json.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise.")
@click.option("--paper", type=click.Choice(["letter", "a4", "legal"]), help="Another paper than the production's.")
@options.in_production
@click.pass_context
def print_(
    ctx: click.Context, numbers: tuple[str, ...], output: str | None, form: str | None, paper: str | None
) -> None:
    """Makes each order's document and puts it where it belongs."""
    from pmkit.reports import po

    desk = po_desk.Desk(None, False)
    form = options.form_of(form, output, FORMATS)
    orders = {order.number: order for order in map(desk.order, numbers)}
    quantity = desk.orders().quantity
    papers = [po.purchase_order(desk.production, order, quantity) for order in orders.values()]
    if len(papers) > 1 and output is not None and form not in ("text",):
        raise Stop("several orders do not go into one file", "one order goes to one vendor: leave out -o", exit_code=2)
    for number, paper_ in enumerate(papers):
        if number and form == "text":
            options.show([""])
        _print(desk, paper_, form, output, paper)
    ctx.exit(options.report_errors(desk.folder))


def _print(desk: Desk, report: PurchaseOrder, form: str, output: str | None, paper: str | None) -> None:
    from pmkit.render import filters

    root, settings = desk.folder.root, desk.production.settings
    formats, own = options.formats(settings, paper=paper), root / "templates"
    # an order is issued by its approval: that is the day the vendor may go by
    issued = filters.short_day(report.approved or report.date) if report.badge in ("", "CLOSED") else ""
    if form == "pdf":
        from pmkit.render import pdf

        made = pdf.compile("po.typ", report, formats, root / "fonts", issued)
        for warning in made.warnings:
            options.say(warning)
        content = made.content
    elif form == "html":
        from pmkit.render import html

        content = html.page("po.html.j2", report, formats, own, issued).encode()
    elif form == "json":
        from pmkit.render import json

        content = json.raw(report, "po").encode()
    else:
        from pmkit.render import columns, text

        content = columns.tidy(text.page("po.txt.j2", report, formats, own, issued, **columns.named())).encode()
    target = output or (options.STDOUT if form in ("text", "json") else None)
    options.deliver(root, f"{options.title_word(settings)}_PO_{report.number}.{form}", content, target, private=True)


_LIST = """The log of purchase orders: what each comes to, what is invoiced, what is still open, what is to do.

\b
Examples:
  pmkit po list
  pmkit po list --open --desk LOC
  pmkit po list --vendor desert-rose --state approved --state closed
  pmkit po list --account 3607 --format xlsx
  pmkit po list --from 2025-10-13 --to 2025-10-19 --format pdf
"""


@click.command(name="list", help=_LIST, short_help="The log of orders, and what is to do.")
@click.option("--state", "states", multiple=True, type=click.Choice(["draft", "approved", "closed", "void"]))
@click.option("--vendor", default="", shell_complete=completion.vendors, help="One vendor.")
@click.option("--account", default="", shell_complete=completion.accounts, help="One account, with its figures alone.")
@click.option("--desk", "prefix", default="", metavar="PREFIX", help="One desk.")
@click.option("--open", "open_", is_flag=True, help="Drafts, and what still commits something.")
@click.option("--from", "from_", metavar="DATE", help="Dated on this day or later.")
@click.option("--to", metavar="DATE", help="Dated on this day or earlier.")
@click.option("--date", metavar="DATE", help="The day the log is made on; else today.")
@tables.printed
@options.in_production
@click.pass_context
def list_(
    ctx: click.Context, states: tuple[str, ...], vendor: str, account: str, prefix: str, open_: bool,
    from_: str | None, to: str | None, date: str | None, form: str | None, output: str | None,
) -> None:  # fmt: skip
    """Reads the orders and prints the log."""
    from pmkit.reports import po_log
    from pmkit.rollup import order_words
    from pmkit.rollup.coding import Codes

    desk = po_desk.Desk(date, False)
    production = desk.production
    codes = Codes(production.budget, production.chart)
    wanted = po_log.Wanted(
        day=desk.today,
        states=states,
        vendor=options.held(order_words.find_vendor(vendor, production.vendors)) if vendor else "",
        account=options.held(order_words.find_account(account, codes)) if account else "",
        desk=prefix,
        open=open_,
        from_=_day(from_, "--from"),
        to=_day(to, "--to"),
    )
    table = po_log.log(production, wanted)
    if not table.rows:
        options.say(
            "There are no such orders." if production.orders else "There are no orders yet: pmkit po new VENDOR …"
        )
    tables.deliver(desk.folder, table, tables.form_of(form, output), "po list", "PO_Log", output, private=True)
    ctx.exit(options.report_errors(desk.folder))


def _day(typed: str | None, option: str) -> dt.date | None:
    from pmkit.model import dates

    if typed is None:
        return None
    found: Any = dates.parse(typed)
    if isinstance(found, Fault):
        raise click.BadParameter(f"{found.message}; {found.hint}", param_hint=option)
    return found  # type: ignore[no-any-return]
