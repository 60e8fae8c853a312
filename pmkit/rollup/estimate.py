"""A new estimate of an account, before it is written down: may it be made, in which period, and how much is it.

Rules after GreenSlate's worksheet: every change has an effective date and a reason, and dates go
forward for each account. A closed period takes no change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from pmkit.model import money
from pmkit.model.budget import Budget, Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import EfcChange
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.rollup.account_papers import changes_to
from pmkit.rollup.coding import Codes, key_of, nearest, of_charges
from pmkit.rollup.costs import AccountCost, Costs, costs
from pmkit.rollup.periods import Periods

NO_PERIOD = "0"
"""What the file of a change is named after where the production has no periods."""


@frozen
class NewEstimate:
    """A change that may be made: the account's key, the stored amount before and after, its period and day.

    `same` is the change that says so already: then there is nothing to write.
    """

    account: str
    before: Decimal
    amount: Decimal
    period: str
    date: dt.date
    same: EfcChange | None = None


def open_period(production: Production, number: str, day: dt.date) -> Period | Fault | None:
    """The period a change belongs to: the one named, else the earliest open one that has begun by a day.

    None when the production has no periods.
    """
    periods = Periods(production.periods)
    if number:
        found = production.periods.get(number)
        if found is None:
            known = f"there are {', '.join(production.periods)}" if production.periods else "there are no periods here"
            return Fault(f"there is no period {number}", meant(number, list(production.periods), known))
        if found.closed is not None:
            later = next((p.number for p in periods.all if p.closed is None), "")
            hint = f"make it in an open one: --period {later}" if later else "add the next one to private/periods.yaml"
            return Fault(f"period {number} was closed on {found.closed}", hint)
        return found
    if not periods.all:
        return None
    begun = [period for period in periods.all if period.closed is None and period.from_ <= day]
    if begun:
        return begun[0]
    later = next((p.number for p in periods.all if p.closed is None), "")
    hint = f"--period {later} makes it in one that is to come" if later else "add the next one to private/periods.yaml"
    return Fault(f"no open period has begun by {day}", hint)


def account_key(production: Production, typed: str) -> str | Fault:
    """The account or charge that is meant by its number or name, or why there is none."""
    budget = production.budget or Budget()
    codes = Codes(production.budget, production.chart)
    word = typed.strip()
    if word in production.balance:
        return Fault(f"{word} {production.balance[word].name} is a balance account: it has no estimate")
    own = [charge for charge in budget.charges if not charge.inside]
    charges = {key_of(coding): coding.name for coding, _ in of_charges(own, budget.accounts)}
    if codes.knows(word) or word in charges:
        return word
    names = {codes.of(number).name.lower(): number for number in codes.known()}
    names |= {name.lower(): key for key, name in charges.items()}
    if word.lower() in names and word:
        return names[word.lower()]
    if production.budget is None:
        used = {row.account for row in production.ledger} | {change.account for change in production.efc_changes}
        if word in used:
            return word
    if codes.has_category(word):
        return codes.category_fault(word)
    close = nearest(word, [*budget.accounts, *charges]) or nearest(word, codes.known()) or nearest(word.lower(), names)
    hint = (
        f"did you mean {names.get(close, close)}?"
        if close
        else "add it to the budget first: a new cost needs its account"
    )
    return Fault(f"the budget has no account {word[:40]}", hint)


def new_estimate(
    production: Production, account: str, typed: str, period: Period | None, day: dt.date
) -> NewEstimate | Fault:
    """What a typed amount means for an account: the new EFC (or ETC, where that is stored), or `+500`, `-500` on it."""
    earlier = max((c for c in production.efc_changes if c.account == account), key=lambda c: c.date, default=None)
    if earlier is not None and day < earlier.date:
        by = f" by {earlier.by}" if earlier.by else ""
        message = f"{account} was changed on {earlier.date}{by}: a change cannot be dated {day}, before it"
        return Fault(message, f"{earlier.place.row}; dates go forward, so --date {earlier.date} or later")
    relative = typed.strip()[:1] in ("+", "-", "\N{MINUS SIGN}")
    amount = money.parse_amount(typed.strip().removeprefix("+"))
    if isinstance(amount, Fault):
        return amount
    before = stored(production, row_of(costs(production, period, account), account))
    amount = before + amount if relative else amount
    return NewEstimate(
        account, before, amount, period.number if period is not None else NO_PERIOD, day,
        _same(production, account, amount, period),
    )  # fmt: skip


def entry(changes: Iterable[EfcChange], new: NewEstimate, by: str) -> int:
    """Which of its day a change is, where somebody else changed the account on it too; else 0, for its line says it."""
    there = [c for c in changes if (c.account, c.period, c.date) == (new.account, new.period, new.date)]
    return max((c.entry for c in there), default=0) + 1 if any(c.by != by for c in there) else 0


def _same(production: Production, account: str, amount: Decimal, period: Period | None) -> EfcChange | None:
    """The last change of the account, if it is to this amount and surely the last."""
    made = changes_to(production, period, account)
    if not made or made[-1].amount != amount:
        return None
    return None if any(other.tied(made[-1]) and other.amount != amount for other in made) else made[-1]


def row_of(made: Costs, account: str) -> AccountCost | None:
    """An account's row of a cost report; nothing when it has no figure at all."""
    return next((row for row in made.accounts() if account in (row.coding.number, row.coding.name)), None)


def stored(production: Production, row: AccountCost | None) -> Decimal:
    """The figure of an account that the production stores: its EFC, or its ETC."""
    if row is None:
        return Decimal("0.00")
    etc = (production.budget or Budget()).cost_report.stored == "etc"
    return row.position.etc.value if etc else row.position.efc.value
