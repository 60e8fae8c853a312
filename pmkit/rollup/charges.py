"""Charges after the totals: contingency, completion guarantee, overhead, each on a base of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.budget import Budget, Charge
from pmkit.model.chart import BELOW_THE_LINE, LEVELS
from pmkit.model.record import meant
from pmkit.problems import Problem
from pmkit.rollup.coding import Codes
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import percent
from pmkit.rollup.totals import ZERO, AccountTotal, ChargeTotal, LevelTotal, Money, added


def charged(levels: tuple[LevelTotal, ...], charges: tuple[Charge, ...]) -> tuple[ChargeTotal, ...]:
    """The charges in the order of the budget, each on totals and on charges above it."""
    done: list[ChargeTotal] = []
    for charge in charges:
        done.append(ChargeTotal(charge, Base(levels, charge, done).charged()))
    return tuple(done)


def unknown_bases(codes: Codes, budget: Budget) -> Iterator[Problem]:
    """What a charge is on, or leaves out, that the budget does not have."""
    groups = {group for account in budget.accounts.values() for line in account.lines for group in line.groups}
    above: list[str] = []
    for charge in budget.charges:
        known = [*LEVELS, "btl", "all", *codes.known(), *above]
        for key, words in (("on", charge.on), ("exclude", charge.exclude)):
            for index, word in enumerate(words):
                if word in known or codes.has_category(word) or word.lower() in (name.lower() for name in above):
                    continue
                if key == "exclude" and word in groups:
                    continue
                hint = meant(word, known, "a level, a category, an account, or a charge above it")
                message = (
                    f"{charge.name} {'is on' if key == 'on' else 'leaves out'} {word}, which the budget does not have"
                )
                yield Problem("unknown-base", charge.place(key, index), message, hint)
        above.append(charge.name)


class Base:
    """What one charge is on."""

    def __init__(self, levels: tuple[LevelTotal, ...], charge: Charge, above: list[ChargeTotal]) -> None:
        self.charge = charge
        self.above = {found.charge.name.lower(): found for found in above}
        self.accounts = [account for level in levels for cat in level.categories for account in cat.accounts]

    def charged(self) -> Money:
        """The charge in money."""
        charge = self.charge
        base = self._base()
        value, rules = ZERO, []
        if charge.rate is not None:
            value = EXACT.multiply(base.value, charge.rate)
            rules.append(f"{percent(charge.rate)} of {base.value:,.2f}, which is {base.rule}")
        if charge.flat is not None:
            value = EXACT.add(value, charge.flat)
            rules.append(f"{charge.flat:f} flat")
        own = (charge.place(),) if charge.node is not None else ()
        return Figure(value, f"{charge.name}: {' and '.join(rules) or 'no rate'}", (base, *own))

    def _base(self) -> Money:
        charge = self.charge
        inside = [self._holds(charge.on, "on", account) for account in self.accounts] if charge.on else None
        outside = [self._holds(charge.exclude, "exclude", account) for account in self.accounts]
        taken = self._taken_out()
        parts: list[Money] = []
        for index, account in enumerate(self.accounts):
            if (inside is None or inside[index]) and not outside[index]:
                parts += [account.total, *taken.get(account.coding.number, ())]
        parts += [self.above[word.lower()].total for word in charge.on if word.lower() in self.above]
        on = ", ".join(charge.on) or "all accounts"
        return added(on + (f" without {', '.join(charge.exclude)}" if charge.exclude else ""), parts)

    def _holds(self, words: tuple[str, ...], key: str, account: AccountTotal) -> bool:
        coding = account.coding
        meant = {coding.number, coding.category, coding.level, "all"}
        if coding.level in BELOW_THE_LINE:
            meant.add("btl")
        return any(word in meant for word in words)

    def _taken_out(self) -> dict[str, list[Money]]:
        """By account, the lines of the groups that are left out and their fringes, wherever these are posted."""
        taken: dict[str, list[Money]] = {}
        for account in self.accounts if self.charge.exclude else ():
            for line in account.lines:
                if any(group in self.charge.exclude for group in line.line.groups):
                    number, rule = account.coding.number, f"{line.line.what} is in a group left out"
                    taken.setdefault(number, []).append(Figure(-line.subtotal.value, rule, (line.subtotal,)))
                    for fringe in line.fringes:
                        out = Figure(-fringe.amount.value, rule, (fringe.amount,))
                        taken.setdefault(fringe.fringe.account or number, []).append(out)
        return taken
