"""Charges: contingency, completion guarantee, overhead, mark-up, each on a base of its own.

A charge `inside` an account is worked out first, on lines and fringes, and is part of the totals;
the others follow the totals. No charge is on another unless it names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from pmkit.model.budget import Budget, Charge
from pmkit.model.money import half_up
from pmkit.model.record import Record, meant
from pmkit.problems import Problem
from pmkit.rollup.coding import Codes
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import percent
from pmkit.rollup.pieces import Piece, known_words, summed
from pmkit.rollup.totals import NOTHING, ZERO, AccountTotal, ChargeTotal, Money, added

# The value of a formula of a record, or None when it has none (which was said then).
Formula = Callable[[Record, str], Money | None]


class Charging:
    """Works out charges, one after the other, over the pieces of a budget."""

    def __init__(
        self, formula: Formula, rounded: Callable[[Decimal], Decimal], done: Iterable[ChargeTotal] = ()
    ) -> None:
        self._formula = formula
        self._rounded = rounded
        self._done = {found.charge.name.lower(): found for found in done}

    def charged(self, charge: Charge, pieces: Sequence[Piece], accounts: Sequence[AccountTotal] = ()) -> ChargeTotal:
        """A charge on the pieces there are, and on the charges above that it names."""
        chosen: list[Piece] = []
        out: list[Piece] = []
        on, exclude = set(charge.on) or {"all"}, set(charge.exclude)
        without = {word.lower() for word in exclude}  # charges are known by name, whatever the capitals
        for piece in pieces:
            words = piece.words()
            if words & on:
                (out if words & exclude or piece.charge.lower() in without else chosen).append(piece)
        inside = {piece.charge.lower() for piece in chosen}
        named = dict.fromkeys(word.lower() for word in charge.on)
        above = [self._done[w].total for w in named if w in self._done and w not in inside and w not in without]
        rule = (", ".join(charge.on) or "all accounts") + (
            f" without {', '.join(charge.exclude)}" if charge.exclude else ""
        )
        base = summed(rule, chosen, pieces, accounts)
        excluded = added("left out", (piece.figure for piece in out))
        if charge.exclude_amount:
            amount = self._formula(charge, "exclude_amount") or NOTHING
            excluded = added("left out", (*excluded.of, amount))  # type: ignore[arg-type]
            less = Figure(-amount.value, f"{amount.rule} left out", (amount,))
            base = added(f"{rule}, less {half_up(amount.value):,f}", (*base.of, *above, less))  # type: ignore[arg-type]
        elif above:
            base = added(rule, (*base.of, *above))  # type: ignore[arg-type]
        found = ChargeTotal(charge, self._amount(charge, base), base, excluded)
        self._done[charge.name.lower()] = found
        return found

    def _amount(self, charge: Charge, base: Money) -> Money:
        value, rules = ZERO, []
        origins: list[Money] = [base]
        if charge.rate is not None:
            value = EXACT.multiply(base.value, charge.rate)
            rules.append(f"{percent(charge.rate)} of {half_up(base.value):,f}, which is {base.rule}")
        flat = self._formula(charge, "flat") if charge.flat else None
        if flat is not None:
            value = EXACT.add(value, flat.value)
            rules.append(f"{flat.rule} flat")
            origins.append(flat)
        own = (charge.place(),) if charge.node is not None else ()
        return Figure(self._rounded(value), f"{charge.name}: {' and '.join(rules) or 'no rate'}", (*origins, *own))


def unknown_bases(codes: Codes, budget: Budget) -> Iterator[Problem]:
    """What a charge or a credit is on, or leaves out, that the budget does not have."""
    if not budget.charges and not budget.credits:
        return
    words = known_words(codes, budget)
    above: list[str] = []
    after = {charge.name.lower() for charge in budget.charges if not charge.inside}
    after -= {charge.name.lower() for charge in budget.charges if charge.inside}
    for charge in budget.charges:
        for key in ("on", "exclude"):
            yield from _unknown(codes, charge, key, charge.name, words, above)
        for index, word in enumerate(charge.on):
            if charge.inside and word.lower() in after and word not in words:
                message = (
                    f"{charge.name} is inside {charge.inside} and on {word}, which is worked out after all accounts"
                )
                hint = f"take {word} out of on:, or {charge.name} out of the account"
                yield Problem("unknown-base", charge.place("on", index), message, hint)
        above.append(charge.name)
    for credit in budget.credits:
        for row in credit.parts():
            for record in (row, row.at_most) if row.at_most is not None else (row,):
                for key in ("on", "exclude"):
                    yield from _unknown(codes, record, key, credit.name, words)


def _unknown(
    codes: Codes, record: Record, key: str, name: str, words: list[str], above: Sequence[str] = ()
) -> Iterator[Problem]:
    charges = [found.lower() for found in above]
    for index, word in enumerate(getattr(record, key)):
        if word not in words and charges.count(word.lower()) > 1:
            message = (
                f"{name} {'is on' if key == 'on' else 'leaves out'} {word}, and two charges above it are called so"
            )
            yield Problem("unknown-base", record.place(key, index), message, "give each a name of its own")
        if word not in words and not codes.has_category(word) and word.lower() not in charges:
            last = "a charge above it" if isinstance(record, Charge) else "a group of lines"
            hint = meant(word, [*words, *above], f"a level, a category, an account, or {last}")
            message = f"{name} {'is on' if key == 'on' else 'leaves out'} {word}, which the budget does not have"
            yield Problem("unknown-base", record.place(key, index), message, hint)
