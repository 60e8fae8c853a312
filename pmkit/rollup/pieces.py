"""The pieces a budget is added up from: each line, each fringe on it, each charge inside an account.

Every base is a selection of pieces: what a charge or a credit is on. What `on` and `exclude` may
name: a level (`atl`, `production`, `post`, `other`, `btl` for the last three), a category, an
account, a group of lines, `labour`, `allowances` or `materials` for lines of that kind, `fringes`
for what was paid on top of lines; `all` is everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmkit.model.budget import Budget
from pmkit.model.chart import BELOW_THE_LINE, LEVELS
from pmkit.model.frozen import frozen
from pmkit.rollup.coding import Codes, Coding
from pmkit.rollup.fringes import LABOUR
from pmkit.rollup.posting import FRINGES as FRINGES, NAME
from pmkit.rollup.totals import AccountTotal, LevelTotal, LineTotal, Money, added

KINDS = ("labour", "allowances", "materials")


@frozen
class Piece:
    """An amount that is added up once, in the account where it is posted; `line` is the line it comes of."""

    coding: Coding
    figure: Money
    line: LineTotal | None = None
    fringe: str = ""
    charge: str = ""

    def words(self) -> set[str]:
        """Every word by which a charge or a credit can be on it.

        Fringes that are posted to the budget are in no account: `all` is without them, `fringes` has them.
        """
        found = {self.coding.number, self.coding.category, self.coding.level}
        if self.coding.number != FRINGES:
            found.add("all")
        if self.coding.level in BELOW_THE_LINE:
            found.add("btl")
        if self.line is not None:
            found.update(self.line.groups)
            if self.fringe:
                found.add(FRINGES)
            elif self.line.kind in LABOUR:
                found.update(LABOUR)
            elif self.line.kind:
                found.add("allowances" if self.line.kind == "allowance" else self.line.kind)
        found.discard("")
        return found


def pieces(levels: Iterable[LevelTotal]) -> Iterator[Piece]:
    """The pieces of the levels; each account's add up to its total."""
    accounts = [account for level in levels for category in level.categories for account in category.accounts]
    posted: dict[str, list[Piece]] = {account.coding.number: [] for account in accounts}
    codings = {account.coding.number: account.coding for account in accounts}
    posted[FRINGES], codings[FRINGES] = [], Coding(FRINGES, NAME, "", NAME, "")
    for account in accounts:
        for line in account.lines:
            for fringe in line.fringes:
                number = fringe.posted or account.coding.number
                posted[number].append(Piece(codings[number], fringe.amount, line, fringe.fringe.key))
    for account in accounts:
        yield from (Piece(account.coding, line.subtotal, line) for line in account.lines)
        yield from posted[account.coding.number]
        yield from (Piece(account.coding, found.total, charge=found.charge.name) for found in account.charges)
    yield from posted[FRINGES]


def summed(rule: str, chosen: list[Piece], every: Iterable[Piece], accounts: Iterable[AccountTotal]) -> Money:
    """The sum of the pieces that were chosen; where an account is chosen whole, its total stands for them."""
    whole: dict[str, int] = {}
    for piece in every:
        whole[piece.coding.number] = whole.get(piece.coding.number, 0) + 1
    by_account: dict[str, list[Piece]] = {}
    for piece in chosen:
        by_account.setdefault(piece.coding.number, []).append(piece)
    totals = {account.coding.number: account.total for account in accounts}
    parts: list[Money] = []
    for number, found in by_account.items():
        if len(found) == whole[number] and number in totals:
            parts.append(totals[number])
        else:
            parts += [piece.figure for piece in found]
    return added(rule, parts)


def known_words(codes: Codes, budget: Budget) -> list[str]:
    """Every word that a charge or a credit may be on."""
    return [*LEVELS, "btl", "all", *codes.known(), *groups(budget), *KINDS, *LABOUR, FRINGES]


def groups(budget: Budget) -> list[str]:
    """Every group of a budget: those it declares, then those its lines only name."""
    named = (
        group
        for account in budget.accounts.values()
        for groups_ in (account.groups, *(line.groups for line in account.lines))
        for group in groups_
    )
    return list(dict.fromkeys([*budget.groups, *named]))
