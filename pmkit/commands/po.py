"""`pmkit po`: the purchase-order desk. Orders are raised, approved, invoiced, closed, printed and listed."""

from __future__ import annotations

import click

from pmkit.commands import po_acts, po_new, po_papers

_HELP = """Purchase orders: one file an order in private/po, numbered by the desk that raises it.

An order is a draft, then approved (from then on it is a commitment in the cost report), then closed by its
final invoice or by hand. A number is typed as people say it: LOC-014, loc14, and at its own desk 14.

\b
Examples:
  pmkit po new desert-rose "Site fee, 3607, 2 week, 900" --desk LOC
  pmkit po new optic "25-250 zoom, 3318, days(main) day, 128" "Filters, 3318, 400"
  pmkit po approve 14 15 --by mara-voss
  pmkit po invoice 14 900 --number 4471
  pmkit po invoice 14 rest --number 4502 --final
  pmkit po print 14 --format pdf
  pmkit po list --open
"""


@click.group(name="po", help=_HELP)
def command() -> None:
    """Groups what is done with orders."""


for _part in (
    po_new.new,
    po_acts.approve,
    po_acts.invoice,
    po_acts.close,
    po_acts.void,
    po_papers.print_,
    po_papers.list_,
):
    command.add_command(_part)
