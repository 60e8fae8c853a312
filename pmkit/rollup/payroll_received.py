"""What of a period's estimated pay is in: superseded person by person where the payroll names people, else by amount.

- A payroll row that names somebody (an id in its tags or vendor, the name in its memo or document)
  is that person's week: their estimate is gone, whatever it came to; what is less than half of it
  is no week, but a part of one.
- One whose tags name a department, or that names a unit, is for the people of it on the account;
  any other for all who are left on the account.
- Of those, the estimate is gone when no more is missing than less than anybody's week: then it is
  the estimate that was off. Until then what is in is taken off it, and the rest stands.
- An accrual that somebody typed on the account takes the place of all its estimates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pmkit.model.budget import Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import LedgerRow, sums_of
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.rollup.figure import Figure
from pmkit.rollup.periods import Periods
from pmkit.rollup.totals import Money

IN = "payroll that is in"
_WORDS = re.compile(r"[^\W_]+")
_TAGS = re.compile(r"[\s,;]+")
At = tuple[int | None, str]
"""A period by its place among them, and an account."""


@frozen
class PayrollAccrual:
    """What one person's week is thought to cost on one account, to the cent; without a person, what is in already."""

    account: str
    period: Period
    person: str
    amount: Money


class Received:
    """The payroll of the ledger by period and account, and whom of the people with deals it names."""

    def __init__(self, production: Production, periods: Periods) -> None:
        self.production = production
        self.rows: dict[At, list[LedgerRow]] = {}
        self.typed: set[At] = set()
        self.earlier: dict[At, int] = {}  # cents that paid for a period that is closed
        if any(alike.kind == "payroll" for alike in sums_of(production.ledger)):
            for row in production.ledger:
                if row.kind == "payroll":
                    self.rows.setdefault((periods.index(row.period, row.posted), row.account), []).append(row)
        for alike, cost in sums_of(production.ledger).items():
            if alike.kind == "accrual" and cost > 0:
                self.typed.add((periods.index(alike.period, alike.posted), alike.account))
        self._names = {key: set(_words(production.name_of(key))) for key in production.deals}

    def whole(self, at: At) -> int:
        """All that is in on an account in a period, in cents; never below zero."""
        return max(0, sum(row.cost for row in self.rows.get(at, ())))

    def named(self, at: At, weeks: Mapping[str, int]) -> set[str]:
        """Those of some people, each with the cents of their week, whose week is in by name on their account."""
        if at in self.earlier:
            return set()
        rows = self.rows.get(at, ())
        got = {who: sum(row.cost for row in rows if self._names_them(row, who)) for who in weeks}
        return {who for who, week in weeks.items() if got[who] > 0 and week <= 2 * got[who]}

    def left(self, at: At, found: list[PayrollAccrual], gone: set[str]) -> list[PayrollAccrual]:
        """What still stands of an account's estimates of a period; `gone` are the people whose week is in."""
        if at in self.typed:
            return []
        rows = self.rows.get(at, [])
        paid = self.earlier.get(at, 0)
        rest = [one for one in found if one.person not in gone]
        own = sum(_cents(one.amount) for one in found if one.person in gone)
        loose = [row for row in rows if not any(self._names_them(row, who) for who in gone)]
        named = sum(row.cost for row in rows) - sum(row.cost for row in loose)
        scopes = self._scopes(loose, {one.person for one in rest}) if not paid else {}
        for people, scoped in scopes.items():
            rest = _taken(rest, people, sum(row.cost for row in scoped), scoped)
            loose = [row for row in loose if row not in scoped]
        free = sum(row.cost for row in loose)
        return _taken(rest, frozenset(one.person for one in rest), free - max(0, own - named) - paid, loose)

    def _names_them(self, row: LedgerRow, person: str) -> bool:
        if person in _TAGS.split(row.cell("tags").strip()) or person == row.vendor:
            return True
        name = self._names.get(person, set())
        return bool(name) and name <= {*_words(row.memo), *_words(row.document)}

    def _scopes(self, rows: Iterable[LedgerRow], people: set[str]) -> Mapping[frozenset[str], list[LedgerRow]]:
        """The rows that are for a department or a unit, by which of the people that are."""
        scopes: dict[frozenset[str], list[LedgerRow]] = {}
        for row in rows:
            tags, unit = _TAGS.split(row.cell("tags").strip()), row.cell("unit").strip()
            hires = {who: self.production.hires[who] for who in people if who in self.production.hires}
            if any(tag in self.production.crew for tag in tags if tag):
                hires = {who: hire for who, hire in hires.items() if hire[0] in tags}
            elif not unit:
                continue
            members = frozenset(who for who, (_, hire) in hires.items() if not unit or hire.works_with(unit))
            if members and members != people:
                scopes.setdefault(members, []).append(row)
        return scopes


def _taken(
    found: list[PayrollAccrual], people: frozenset[str], cents: int, rows: Iterable[LedgerRow]
) -> list[PayrollAccrual]:
    """The estimates once so much is in for some of the people, without saying for whom."""
    weeks: dict[str, int] = {}
    for one in found:
        if one.person in people:
            weeks[one.person] = weeks.get(one.person, 0) + _cents(one.amount)
    if cents <= 0 or not weeks:
        return found
    if sum(weeks.values()) - cents < min((week for person, week in weeks.items() if person), default=1):
        return [one for one in found if one.person not in people]
    taken = Figure(amount_of(-cents), IN, tuple(row.place for row in rows))
    return [*found, PayrollAccrual(found[0].account, found[0].period, "", taken)]


def _cents(figure: Money) -> int:
    return int(figure.value.scaleb(2))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]
