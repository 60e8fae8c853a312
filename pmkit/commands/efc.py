"""`pmkit efc set ACCOUNT AMOUNT --because WHY`: a new estimate of what an account will cost in the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Stop

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from pmkit.files.folder import Folder
    from pmkit.model.ledger import EfcChange
    from pmkit.model.production import Production
    from pmkit.rollup.costs import AccountCost
    from pmkit.rollup.estimate import NewEstimate

_HELP = """Changes the estimated final cost of an account, with a date, a reason and an author.

A change is one more line in private/costs/efc/PERIOD-WHO.csv; nothing that stands there is edited.
`pmkit costs ACCOUNT` lists the changes of an account, `pmkit costs --memo` those of a period.
"""

_SET = """Sets the estimated final cost of an account (or its estimate to complete, where the budget
says `stored: etc`). AMOUNT is the new figure, or +500 or -500 on the one before. The figure that
stands already is not written again.

\b
Examples:
  pmkit efc set 3607 25100 --because "a week more at the motel" --by mara-voss
  pmkit efc set 3607 +500 --because storm
  pmkit efc set 3607 25100 --because "a week more" --dry-run
"""


@click.group(name="efc", help=_HELP)
def command() -> None:
    """Groups what can be done to estimates."""


@command.command(
    name="set",
    help=_SET,
    short_help="Sets what an account will cost in the end.",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("account", shell_complete=completion.accounts)
@click.argument("amount")
@click.option("--because", "reason", metavar="WHY", required=True, help="The reason, for the memo of variances.")
@click.option("--by", "who", metavar="WHO", default="", help="Who decided; else whom this clone's card names.")
@click.option("--period", "number", metavar="N", default="", help="An open period; else the earliest that has begun.")
@click.option("--date", metavar="DATE", help="The day it takes effect; else today.")
@click.option("--dry-run", is_flag=True, help="Only show what it would do.")
@options.in_production
def set_(account: str, amount: str, reason: str, who: str, number: str, date: str | None, dry_run: bool) -> None:
    """Reads, works out before and after, writes one line."""
    from pmkit.files import change, counted, efc, folder as folders
    from pmkit.rollup import estimate

    root = options.root()
    folder = folders.read(root, tuple(dict.fromkeys(("crew", "cast", *counted.parts(root)))))
    production = folder.production
    _sound(folder)
    day = options.today(production.settings, date)
    reason = _reason(reason)
    new = _new(production, account, amount, number, day)
    if new.same is not None:
        _nothing(production, new, new.same)
        return
    who = _who(root, production, who)
    file = efc.file_of(new.period, who)
    nth = estimate.entry(production.efc_changes, new, who)
    written = efc.added(root, file, who, day, new.account, new.amount, reason, nth)
    assert written.after is not None
    after = folders.read(root, counted.parts(root), {file: written.after})
    if not dry_run:
        change.write(root, [written])
    _tell(production, after.production, new, f"{file}:{written.after.count(10)}", dry_run)


def _sound(folder: Folder) -> None:
    if not folder.production.has_private:
        raise Stop(
            "there is no private/ here: estimates lie in it",
            "it is a repository of its own; ask the production office, and clone it into this folder as private",
        )
    options.sound(folder, ("costs", "budget", "periods", "balance", "po"), "written")


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not reason or not reason.isprintable():
        raise Stop("a change needs a reason, in words", '--because "a week more at the motel"', exit_code=2)
    return reason


def _new(production: Production, account: str, amount: str, number: str, day: dt.date) -> NewEstimate:
    from pmkit.rollup import estimate

    period = options.held(estimate.open_period(production, number, day))
    key = options.held(estimate.account_key(production, account))
    return options.held(estimate.new_estimate(production, key, amount, period, day))


def _who(root: Path, production: Production, typed: str) -> str:
    """Who signs: a person of the production where it has a crew, for nobody else's file would be valid."""
    from pmkit.commands.po_desk import person
    from pmkit.files import clone

    if typed and not re.fullmatch(r"[a-z][a-z0-9_-]{0,60}", typed):
        hint = "an id as in crew.yaml: --by mara-voss"
        raise Stop(f"{typed[:40]!r} cannot sign a change", hint, exit_code=2)
    if production.hires:
        return person(root, production, typed, "decided")
    card = clone.read(root)
    return typed or (card.person or card.name if card is not None else clone.suggested())


def _nothing(production: Production, new: NewEstimate, same: EfcChange) -> None:
    """That the estimate is the same already."""
    word = "ETC" if production.budget is not None and production.budget.cost_report.stored == "etc" else "EFC"
    by = f" by {same.by}" if same.by else ""
    said = f"{new.account}: {word} is {same.amount:,.2f} already, since {same.date}{by}: {same.reason}"
    options.show([said, f"  {same.place.row}"])
    options.say("\nNothing new is written: the estimate is the same.")


def _tell(before: Production, after: Production, new: NewEstimate, place: str, dry_run: bool) -> None:
    from pmkit.model.budget import Budget
    from pmkit.rollup.costs import costs
    from pmkit.rollup.estimate import row_of

    period = before.periods.get(new.period)
    was = row_of(costs(before, period, new.account), new.account)
    now = row_of(costs(after, period, new.account), new.account)
    if now is None:
        raise Stop(f"{new.account} would be in no report; nothing was written")
    settings = (before.budget or Budget()).cost_report
    word = "ETC" if settings.stored == "etc" else "EFC"
    name = f"{now.coding.number} {now.coding.name}".strip()
    moved = new.amount - new.before
    lines = [
        f"{name}: {word} {new.before:,.2f} → {new.amount:,.2f} ({moved:+,.2f})",
        f"  total cost {now.position.total.value:,.2f} · revised budget {now.position.revised.value:,.2f}",
        f"  variance {_variance(was)} → {_variance(now)}",
        f"  period {new.period} · {new.date} · {place}",
    ]
    options.show(lines)
    own = before.periods[new.period]
    later = next((one.number for one in before.periods.values() if one.from_ <= new.date <= one.to), own.number)
    if new.date > own.to and later != own.number:
        options.say(
            f"\nPeriod {own.number}, to {own.to}, is still open and takes it; that of {new.date}: --period {later}"
        )
    if now.position.etc.value < 0:
        options.say(
            f"\nMore is spent and committed than that: its estimate to complete is {now.position.etc.value:,.2f}."
        )
    if dry_run:
        options.say("\nNothing is written: --dry-run")
    else:
        options.say(f"\nNext: pmkit costs {new.account} shows what the figure is made of")


def _variance(row: AccountCost | None) -> str:
    if row is None:
        return "0.00"
    return f"{row.position.variance.value:,.2f} {row.position.standing}".rstrip()
