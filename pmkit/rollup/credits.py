"""Credits: tax incentives, rebates and grants, on labour or on qualified spend.

Each row of a credit goes through the same steps: the spend it is on (a selection of pieces, of
one kind and residency where it says so); of each person at most `person_cap`; at most
`spend_cap`; at most `at_most` (a percentage of other spend, less other credits); less the credits
in `less`; then `rate`, or a flat sum. The rows together come to at most `cap`, and to nothing when
the spend is below `minimum`. A `discount` is what a broker keeps. One credit reduces another by
its sum before that discount (the grind: assistance is what was granted), if it counts: a credit
that is not applied reduces only credits that are not applied either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal

from pmkit.model.budget import Budget, Credit, CreditRow
from pmkit.model.credit import AtMost
from pmkit.model.money import half_up
from pmkit.model.record import Record, meant
from pmkit.problems import Problem
from pmkit.rollup.charges import Formula
from pmkit.rollup.circles import in_circles
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT
from pmkit.rollup.fringes import percent
from pmkit.rollup.pieces import Piece, summed
from pmkit.rollup.totals import ZERO, AccountTotal, CreditRowTotal, CreditTotal, Money, added

# The rule of what counts without a cap a person: it is paid to nobody.
NOBODY = "nobody's"


def in_order(budget: Budget) -> tuple[list[Credit], list[Problem]]:
    """The credits, each after those that reduce it; those that go round in a circle are problems, and left out.

    What a credit in a circle would reduce is left out too, silently.
    """
    waiting = list(budget.credits)
    order: list[Credit] = []
    while waiting:
        names = {credit.name.lower() for credit in waiting}
        ready = [credit for credit in waiting if not names & {word.lower() for word in _reduced_by(credit)}]
        if not ready:
            round_ = in_circles({c.name.lower(): [word.lower() for word in _reduced_by(c)] for c in waiting})
            return order, [_circle(credit, round_) for credit in waiting if credit.name.lower() in round_]
        order += ready
        waiting = [credit for credit in waiting if all(credit is not done for done in ready)]
    return order, []


def unknown_credits(budget: Budget) -> Iterator[Problem]:
    """What a credit is less, that is no credit of the budget, or two; what it says beside its rows."""
    known = [credit.name for credit in budget.credits]
    lower = [name.lower() for name in known]
    for credit in budget.credits:
        yield from _beside_rows(credit)
        for row in credit.parts():
            for record in (row, row.at_most) if row.at_most is not None else (row,):
                for index, word in enumerate(record.less):
                    count = lower.count(word.lower())
                    if count != 1:
                        hint = meant(word, known, "another credit of the budget, by its name")
                        hint = "give each a name of its own" if count else hint
                        message = f"{credit.name} is less {word}, which is {'two credits' if count else 'no credit'}"
                        yield Problem("unknown-credit", record.place("less", index), f"{message} of the budget", hint)


def _beside_rows(credit: Credit) -> Iterator[Problem]:
    """What a credit with rows says of a row: it would count for nothing."""
    if credit.rows:
        for key in CreditRow.fields:
            if key != "what" and credit.given(key):
                message = f"{credit.name} has rows, and {key} beside them counts for nothing"
                yield Problem("beside-rows", credit.place(key), message, f"write {key} in the rows it is for")


class Crediting:
    """Works out credits, in the order in which they reduce one another, over the pieces of a budget.

    `person` says who an id of a line is.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        accounts: Sequence[AccountTotal],
        formula: Formula,
        rounded: Callable[[Decimal], Decimal],
        person: Callable[[str], str] = str,
    ) -> None:
        self._pieces = pieces
        self._accounts = accounts
        self._formula = formula
        self._rounded = rounded
        self._person = person
        self._done: dict[str, CreditTotal] = {}

    def credited(self, credit: Credit) -> CreditTotal:
        """The next credit."""
        rows = tuple(self._row(credit, row) for row in credit.parts())
        gross = added(credit.name, (row.total for row in rows))
        spend = rows[0].spend if len(rows) == 1 else self._spend(credit)
        if credit.minimum is not None and spend.value < credit.minimum:
            rule = f"{credit.name}: nothing, {half_up(spend.value):,f} is below the least spend of {credit.minimum:,f}"
            gross = Figure(ZERO, rule, (spend,))
        elif credit.cap is not None and gross.value > credit.cap:
            gross = Figure(credit.cap, f"{credit.name}: at most {credit.cap:,f}", (gross,))
        total = gross
        if credit.discount is not None:
            kept = EXACT.multiply(gross.value, 1 - credit.discount)
            total = Figure(self._rounded(kept), f"{credit.name}, less {percent(credit.discount)} discount", (gross,))
        found = self._done[credit.name.lower()] = CreditTotal(credit, rows, gross, total, spend)
        return found

    def _spend(self, credit: Credit) -> Money:
        """The spend that a credit's rows are on, once however many rows are on it: an uplift spends nothing more."""
        on = {id(piece) for row in credit.parts() for piece in self._spent(row)}
        chosen = [piece for piece in self._pieces if id(piece) in on]
        return summed("the spend it is on", chosen, self._pieces, self._accounts)

    def _spent(self, row: CreditRow) -> list[Piece]:
        return [piece for piece in self._chosen(row) if _is_of(row, piece)]

    def _row(self, credit: Credit, row: CreditRow) -> CreditRowTotal:
        chosen = self._spent(row)
        name = ", ".join(row.on) or "all accounts"
        if row.kind or row.residency:
            name = f"{name}: {' '.join(word for word in (row.residency, row.kind) if word)} only"
        spend = summed(name, chosen, self._pieces, self._accounts)
        qualified = self._per_person(row, chosen, spend)
        if row.spend_cap is not None and qualified.value > row.spend_cap:
            qualified = Figure(row.spend_cap, f"at most {row.spend_cap:,f} of spend", (qualified,))
        if row.at_most is not None:
            limit = self._limit(credit, row.at_most)
            if qualified.value > limit.value:
                qualified = Figure(limit.value, limit.rule, (qualified, limit))
        qualified = self._less(credit, row.less, qualified)
        value, rules, origins = ZERO, [], [qualified]
        if row.rate is not None:
            value = EXACT.multiply(qualified.value, row.rate)
            rules.append(f"{percent(row.rate)} of {half_up(qualified.value):,f}")
        flat = self._formula(row, "flat") if row.flat else None
        if flat is not None:
            value = EXACT.add(value, flat.value)
            rules.append(f"{flat.rule} flat")
            origins.append(flat)
        own = (row.place(),) if row.node is not None else ()
        rule = f"{row.what or credit.name}: {' and '.join(rules) or 'no rate'}"
        return CreditRowTotal(row, spend, qualified, Figure(self._rounded(value), rule, (*origins, *own)))

    def _chosen(self, row: CreditRow | AtMost) -> list[Piece]:
        on, exclude = set(row.on) or {"all"}, set(row.exclude)
        return [piece for piece in self._pieces if piece.words() & on and not piece.words() & exclude]

    def _per_person(self, row: CreditRow, chosen: list[Piece], spend: Money) -> Money:
        """The spend with no more of each person than the cap; a line without a person is one by itself."""
        if row.person_cap is None:
            return spend
        people: dict[object, list[Money]] = {}
        for piece in chosen:
            line = piece.line
            who: object = None if line is None else self._person(line.line.person) or (line.account, line.line.range)
            if line is not None and not line.line.person and not line.line.range:
                who = id(line)
            people.setdefault(who, []).append(piece.figure)
        counted = []
        for who, figures in people.items():
            total = added("one person" if who is not None else NOBODY, figures)
            over = who is not None and total.value > row.person_cap
            counted.append(
                Figure(row.person_cap, f"at most {row.person_cap:,f} of a person", (total,)) if over else total
            )
        return added(f"{spend.rule}, at most {row.person_cap:,f} a person", counted)

    def _limit(self, credit: Credit, at_most: AtMost) -> Money:
        whole = summed(", ".join(at_most.on) or "all accounts", self._chosen(at_most), self._pieces, self._accounts)
        whole = self._less(credit, at_most.less, whole)
        value = max(EXACT.multiply(whole.value, at_most.rate), ZERO)
        return Figure(value, f"at most {percent(at_most.rate)} of {half_up(whole.value):,f}, {whole.rule}", (whole,))

    def _less(self, credit: Credit, names: Sequence[str], whole: Money) -> Money:
        """A sum less the credits that reduce it; never below nothing."""
        others = [self._done[name.lower()] for name in names if name.lower() in self._done]
        for other in others:
            if other.credit.applied or not credit.applied:
                left = max(EXACT.subtract(whole.value, other.gross.value), ZERO)
                whole = Figure(left, f"{whole.rule} less {other.credit.name}", (whole, other.gross))
        return whole


def net_of(total: Money, found: Sequence[CreditTotal]) -> Money:
    """The total less the credits that are applied."""
    taken = [credit for credit in found if credit.credit.applied]
    if not taken:
        return Figure(total.value, "no credit is applied", (total,))
    less = [Figure(-credit.total.value, f"{credit.credit.name}, applied", (credit.total,)) for credit in taken]
    return added("total less the credits applied", (total, *less))


def _is_of(row: CreditRow, piece: Piece) -> bool:
    line = piece.line
    if row.kind and (line is None or line.kind != row.kind):
        return False
    return not row.residency or (line is not None and line.resident is (row.residency == "resident"))


def _reduced_by(credit: Credit) -> list[str]:
    return [word for row in credit.parts() for word in (*row.less, *(row.at_most.less if row.at_most else ()))]


def _circle(credit: Credit, round_: Collection[str]) -> Problem:
    words = dict.fromkeys(word for word in _reduced_by(credit) if word.lower() in round_)
    others = [word for word in words if word.lower() != credit.name.lower()]
    message = f"{credit.name} is less {', '.join(others) + ', which rests on it in turn' if others else 'itself'}"
    return Problem("credit-circle", _place(credit).place("less"), message, "take one of them out of less:")


def _place(credit: Credit) -> Record:
    for row in credit.parts():
        if row.less:
            return row
        if row.at_most is not None and row.at_most.less:
            return row.at_most
    return credit
