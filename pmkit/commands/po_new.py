"""`pmkit po new`: a purchase order is raised, in one line if it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import completion, options, po_desk
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.po_desk import Desk
    from pmkit.files.edit import Draft
    from pmkit.files.notation import Value
    from pmkit.model.order import Order

_HELP = """Raise a purchase order: the desk's next number, a draft until it is approved.

A LINE is what, account, amount with its unit, rate; the account by number or name, the amount a number
or a formula over the schedule. VENDOR is an id, a name or a part of one. Fields that hold for every line
are options; a single line can be given by options alone.

\b
Examples:
  pmkit po new desert-rose "Site fee, 3607, 2 week, 900"
  pmkit po new desert-rose "Site fee" --account 3607 --amount 2 --unit week --rate 900
  pmkit po new optic "Zoom, 3318, 640" --per week --week 3 --from 2025-10-13 --to 2025-11-07
  pmkit po new desert-rose "Hall, 3607, 1800" --deposit 50% --sales-tax 8.25%
  pmkit po new sentry "Night watch, 3630, location(motel).days night, 260" --approved-by mara-voss
  pmkit po new paper-goods "Toner, 6803, 120" --invoice 8812      it came with its invoice

The first order of a clone names its desk: --desk LOC. It is remembered in .pmkit/clone.yaml, so that two
clones with desks of their own never take one number.
"""


@click.command(name="new", help=_HELP, short_help="Raise an order.")
@click.argument("vendor", shell_complete=completion.vendors)
@click.argument("lines", metavar="LINE...", nargs=-1)
@click.option("--line", "more", multiple=True, metavar="LINE", help="One more line.")
@click.option("--account", default="", shell_complete=completion.accounts, help="For lines that name none.")
@click.option("--amount", default="", help="How many: a number or a formula.")
@click.option("--unit", default="", help="Of what: week, day, flat.")
@click.option("--rate", default="", help="For one unit.")
@click.option("--per", type=click.Choice(["day", "week"]), help="The rate recurs from --from to --to.")
@click.option("--week", type=click.IntRange(1, 7), help="Days a week of rental costs: 3.")
@click.option("--sales-tax", default="", metavar="PERCENT", help="Sales tax: 8.25%. It is cost.")
@click.option("--tax", default="", metavar="PERCENT", help="Recoverable tax (VAT): 20%. Never cost.")
@click.option("--set", "set_", default="", help="The set it is for.")
@click.option("--location", default="", help="The location it is for.")
@click.option("--episode", default="", help="The episode it is for.")
@click.option("--from", "from_", metavar="DATE", default="", help="Needed from.")
@click.option("--to", metavar="DATE", default="", help="Needed until.")
@click.option("--currency", default="", help="If not the production's.")
@click.option("--deposit", default="", metavar="AMOUNT", help="Paid with the order: 500, or 50% of its total.")
@click.option("--deliver", default="", metavar="PLACE", help="Where to, in words or a location's id.")
@click.option("--instructions", default="", help="Printed for the vendor.")
@click.option("--note", default="", help="Stays in the house.")
@click.option("--invoice", default="", metavar="NUMBER", help="The vendor's invoice for all of it is here already.")
@click.option("--approved-by", default="", metavar="WHO", shell_complete=completion.people, help="Approved at once.")
@click.option("--desk", default="", metavar="PREFIX", help="This clone's desk from now on: LOC.")
@po_desk.acting
def new(vendor: str, lines: tuple[str, ...], date: str | None, dry_run: bool, **given: Any) -> None:
    """Writes the order's file and says what it comes to."""
    desk = po_desk.Desk(date, dry_run)
    given = {key: str(value or "") if not isinstance(value, tuple) else value for key, value in given.items()}
    prefix = _prefix(desk, given["desk"])
    desk.open_period(desk.today)
    fields = _fields(desk, vendor, (*lines, *given["more"]), given)
    if given["approved_by"]:
        by = desk.person(given["approved_by"])
        fields |= {"state": "approved", "approved_by": by, "approved": str(desk.today)}
    raised = _Raised(desk, prefix, fields, given["invoice"])
    raised.write()
    options.show(po_desk.said(raised.after, raised.order, raised.orders))
    for line in raised.notes():
        options.say(line)
    if dry_run:
        options.say("Nothing is written: --dry-run.")
        return
    options.say(f"Written: {raised.draft.file}")
    if prefix != desk.prefix:
        from pmkit.files import clone

        clone.settle(desk.folder.root, prefix)
        options.say(f"This clone is the {prefix} desk from now on (.pmkit/clone.yaml).")
    order, needs = raised.order, raised.orders.needs(raised.order)
    approve = f"pmkit po approve {order.number}{f' --by {needs}' if needs else ''} · "
    options.say(f"Next: {approve if order.state == 'draft' else ''}pmkit po print {order.number} --format pdf")


class _Raised:
    """An order that is being raised: under the desk's next number, as the folder would be with it."""

    def __init__(self, desk: Desk, prefix: str, fields: dict[str, Value], invoice: str) -> None:
        self.desk = desk
        self.prefix = prefix
        self.fields = fields
        self.taken: set[str] = set()
        self._work_out()
        needs = self.orders.needs(self.order)
        if needs and self.order.approved_by and self.order.approved_by != needs:
            limit = getattr(desk.production.settings.approvals, "po_over", Decimal(0))
            hint = f"raise it as a draft, and have {needs} approve it"
            raise Stop(f"an order above {limit:,f} is approved by {needs}, not by {self.order.approved_by}", hint)
        stands = self.orders.sum_of(self.order) if self.order.state == "approved" else None
        if stands is not None:
            self.fields["approved_sum"] = f"{stands:f}"
        if invoice:
            self._invoice(invoice)
        if stands is not None or invoice:
            self._work_out()

    def _work_out(self) -> None:
        from pmkit.files import orders
        from pmkit.rollup.order_words import next_number

        root, known = self.desk.folder.root, self.desk.production.orders
        number = next_number(orders.numbers(root, known) | self.taken, self.prefix)
        self.draft: Draft = orders.raised(root, number, self.fields, known)
        self.after = self.desk.after([self.draft], whole=True)
        self.problems = _problems(self.after, self.draft.file)
        errors = [problem for problem in self.problems if problem.severity == "error"]
        if errors or number not in self.after.production.orders:
            first = errors[0] if errors else None
            raise Stop(
                f"not raised: {first.message if first else 'the order cannot be read'}", first.hint if first else "", 2
            )
        self.order: Order = self.after.production.orders[number]
        self.orders = self.after.orders()
        if (sum_ := po_desk.net(self.order, self.orders)) < 0:
            hint = (
                "a discount is a line below zero; what a vendor gives back is a credit note: pmkit po invoice --credit"
            )
            raise Stop(f"an order does not come to less than nothing: {sum_:,.2f}", hint, exit_code=2)

    def _invoice(self, number: str) -> None:
        """The invoice for all of it: the final one."""
        from pmkit.files.orders import figure

        net = po_desk.net(self.order, self.orders)
        paper: dict[str, Value] = {
            "number": number, "date": str(self.desk.today), "amount": figure(net), "final": "true",
        }  # fmt: skip
        self.fields["invoices"] = [paper]
        if self.order.state == "approved":
            self.fields |= {"state": "closed", "closed": str(self.desk.today)}

    def write(self) -> None:
        """Writes the file; where somebody took the number meanwhile, under the next one."""
        from pmkit.files import edit

        for _ in range(50):
            if self.desk.dry_run:
                return
            try:
                edit.write(self.desk.folder.root, [self.draft])
                return
            except Stop:
                if not (self.desk.folder.root / self.draft.file).exists():
                    raise
                self.taken.add(self.order.number)
                self._work_out()
        raise Stop("no number of this desk is free", "look at private/po/", exit_code=75)

    def notes(self) -> Iterable[str]:
        """What is to be known about the order: its budget, its vendor's papers."""
        for problem in self.problems:
            if problem.code != "order-over-budget":
                yield f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        yield from po_desk.headroom(self.after, self.order, self.orders)


def _prefix(desk: Desk, typed: str) -> str:
    """The desk's prefix: as typed, which this clone remembers, else as remembered."""
    from pmkit.files import clone

    if not typed:
        if not desk.prefix:
            hint = "say it once, and this clone remembers: pmkit po new … --desk LOC (one desk, one clone)"
            raise Stop("this clone has no desk yet, so its orders have no number", hint, exit_code=2)
        return desk.prefix
    prefix = clone.desk(typed)
    if isinstance(prefix, Fault):
        raise Stop(prefix.message, prefix.hint, exit_code=2)
    return prefix


def _fields(desk: Desk, vendor: str, texts: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Value]:
    from pmkit.rollup import order_words

    key = options.held(order_words.find_vendor(vendor, desk.production.vendors))
    lines, currency = _lines(desk, texts, given)
    currency = given["currency"].upper() or currency
    own = desk.production.settings.currency
    fields: dict[str, Value] = {
        "vendor": key,
        "date": str(desk.today),
        "state": "draft",
        "currency": currency if currency != own else "",
        "from": given["from_"],
        "to": given["to"],
        "deliver": given["deliver"],
        "deposit": given["deposit"],
        "lines": lines,
        "instructions": given["instructions"],
        "note": given["note"],
    }
    return {name: value for name, value in fields.items() if value}


def _lines(desk: Desk, texts: tuple[str, ...], given: Mapping[str, Any]) -> tuple[list[Value], str]:
    """The lines' fields, and the currency they name."""
    from pmkit.rollup import order_words
    from pmkit.rollup.coding import Codes

    codes = Codes(desk.production.budget, desk.production.chart)
    account = options.held(order_words.find_account(given["account"], codes)) if given["account"] else ""
    if not texts:
        raise Stop("nothing is ordered", "pmkit po new VENDOR 'Site fee, 3607, 2 week, 900'", exit_code=2)
    if given["rate"] and len(texts) > 1:
        raise Stop(
            "--rate is of one line; there are several", "write each line whole: 'Site fee, 3607, 2 week, 900'", 2
        )
    found = []
    for text in texts:
        if given["rate"]:
            if not account:
                raise Stop("--account is missing: where is it charged?", "--account 3607", exit_code=2)
            words = order_words.LineWords(text, account, "", "", given["rate"].strip("$£€ "), "")
        else:
            words = options.held(order_words.line(text, codes, account))
        found.append(words)
    currencies = {words.currency for words in found if words.currency}
    if len(currencies) > 1:
        raise Stop(f"one order is in one currency; this says {' and '.join(sorted(currencies))}", "make two orders", 2)
    lines: list[Value] = [_line(words, given) for words in found]
    return lines, next(iter(currencies), "")


def _line(words: Any, given: Mapping[str, Any]) -> Value:
    fields = {
        "what": words.what,
        "account": words.account,
        "amount": given["amount"] or words.amount,
        "unit": given["unit"] or words.unit,
        "rate": words.rate,
        "per": given["per"],
        "week": given["week"],
        "sales_tax": _percent(given["sales_tax"]),
        "tax": _percent(given["tax"]),
        "set": given["set_"],
        "location": given["location"],
        "episode": given["episode"],
    }
    return {key: value for key, value in fields.items() if value}


def _percent(typed: str) -> str:
    """A percentage with its sign."""
    return typed if not typed or typed.endswith("%") else f"{typed}%"


def _problems(after: Desk, file: str) -> list[Problem]:
    """What is wrong with one file, in the folder as it would be."""
    from pmkit import checks
    from pmkit.problems import in_order

    found = [*after.folder.problems, *checks.run(after.production)]
    return in_order(problem for problem in found if problem.place.file == file)
