"""`pmkit export hledger|beancount`: the ledger as a journal for plain-text accounting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pmkit.model.ledger import LedgerRow
    from pmkit.model.production import Production

_PARTS = frozenset({"vendors", "budget", "periods", "balance", "po", "costs"})
_HELP = """The ledger as a {what} journal that balances, and whose accounts come to our cost to date.

Each row is a transaction: the cost on Expenses:LEVEL:CATEGORY:ACCOUNT in the production's currency,
against payables, petty cash, cards or payroll in the currency that is owed. Accruals stand apart under
Expenses:Accrued where the cost report has them in commitments; open orders, with --orders, under
Expenses:Committed. Balance accounts (private/balance.yaml) are Assets or Liabilities.

\b
Examples:
  pmkit export {what}
  pmkit export {what} --through 7 -o - | {example}
  pmkit export {what} --from 2025-10-13 --to 2025-10-19 --orders
"""


def _command(what: str, example: str) -> click.Command:
    parameters: list[Callable[[Any], Any]] = [
        click.option("--period", "number", default="", metavar="N", help="The rows of one accounting period only."),
        click.option(
            "--through", default="", metavar="N", help="The rows to the end of a period, as costs counts them."
        ),
        click.option("--from", "first", default=None, metavar="DATE", help="Rows posted on that day or later."),
        click.option("--to", "last", default=None, metavar="DATE", help="Rows posted on that day or earlier."),
        click.option("--orders", is_flag=True, help="With what purchase orders still commit."),
        click.option("--date", default=None, metavar="DATE", help="The day that open orders are of; else today."),
        click.option("-o", "output", metavar="FILE", help="Where to; - is stdout. Else build/."),
        options.in_production,
    ]

    def run(**given: Any) -> int:
        return _export(what, **given)

    function: Any = run
    for parameter in reversed(parameters):
        function = parameter(function)
    made = click.command(what, help=_HELP.format(what=what, example=example), short_help=f"The ledger for {what}.")
    return made(function)


hledger = _command("hledger", "hledger -f- balance Expenses")
beancount = _command("beancount", "bean-check /dev/stdin")


def _export(
    what: str,
    number: str,
    through: str,
    first: str | None,
    last: str | None,
    orders: bool,
    date: str | None,
    output: str | None,
) -> int:
    from pmkit.exchange import journal as journals

    folder = options.read(_PARTS)
    production = folder.production
    _present(production, orders)
    rows = _rows(production, number, through, _day(first, "--from"), _day(last, "--to"))
    code = options.report_errors(folder)
    on = options.today(production.settings, date) if orders else None
    found = journals.journal(production, rows, on)
    if what == "hledger":
        from pmkit.exchange import hledger as written

        data, ending = written.write(found), "journal"
    else:
        from pmkit.exchange import beancount as other

        data, ending = other.write(found), "beancount"
    name = f"{options.title_word(production.settings)}.{ending}"
    options.deliver(folder.root, name, data, output, private=True)
    options.say(f"{found.rows} rows, {journals.figure(found.to_date)} {found.currency} to date.")
    if found.accrued:
        options.say(f"Accrued, under Expenses:Accrued: {journals.figure(found.accrued)} {found.currency}.")
    if found.committed:
        options.say(f"Open orders, under Expenses:Committed: {journals.figure(found.committed)} {found.currency}.")
    return code


def _present(production: Production, orders: bool) -> None:
    from pmkit.problems import Stop

    if not production.has_private:
        raise Stop("there is no private/ here: the costs lie in it", "ask the production office for its repository")
    if not production.ledger and not (orders and production.orders):
        raise Stop("there are no costs yet", "pmkit import costs, or put the ledger in private/costs/ as CSV")


def _day(typed: str | None, option: str) -> dt.date | None:
    if typed is None:
        return None
    from pmkit.model import dates
    from pmkit.problems import Fault

    found = dates.parse(typed)
    if isinstance(found, Fault):
        raise click.BadParameter(f"{found.message}; {found.hint}", param_hint=option)
    return found


def _rows(
    production: Production, number: str, through: str, first: dt.date | None, last: dt.date | None
) -> list[LedgerRow]:
    from pmkit.problems import Fault, Stop
    from pmkit.rollup.periods import BEYOND, INSIDE, Periods

    periods = Periods(production.periods)
    rows = list(production.ledger)
    for typed, inside in ((number, True), (through, False)):
        if not typed:
            continue
        period = periods.chosen(typed, (), dt.date.max)
        if isinstance(period, Fault) or period is None:
            raise Stop(f"there is no period {typed}", period.hint if isinstance(period, Fault) else "", exit_code=2)
        places = {(row.period, row.posted): 0 for row in rows}
        places = {key: periods.place(period, *key) for key in places}
        rows = [
            row
            for row in rows
            if (places[row.period, row.posted] == INSIDE if inside else places[row.period, row.posted] != BEYOND)
        ]
    return [row for row in rows if (first is None or row.posted >= first) and (last is None or row.posted <= last)]
