"""The budget agrees with itself: accounts, categories, fringes, formulas, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmkit.model.budget import Account, Line
from pmkit.model.chart import CHARTS, named
from pmkit.model.deal import Deal
from pmkit.model.fringe import CHEQUES
from pmkit.model.money import BASES
from pmkit.model.production import Production
from pmkit.model.record import Record, meant
from pmkit.problems import Place, Problem
from pmkit.rollup import budget as budgets
from pmkit.rollup.budget_lines import fringes_of
from pmkit.rollup.coding import Codes, nearest
from pmkit.rollup.fringes import ALLOWANCES, LABOUR, hours_of, one

# Where the budget counts on the schedule, a hole in one of these would be said twice.
_SCHEDULE = frozenset({"schedule", "shootingday", "strip", "breakdown", "scene", "cast", "castmember", "locations"})


def unknown_account(production: Production) -> Iterator[Problem]:
    """A cost, an order, a deal or an EFC change is on an account that neither the budget nor its chart has.

    A new cost needs an account of its own in the budget; it is never parked where there is money.
    """
    if production.budget is None or production.lacks("budget", "account"):
        return
    codes = Codes(production.budget, production.chart)
    if codes.known():
        for account, place, count in _first_of(_accounts(production)):
            if not codes.knows(account):
                more = f" ({count} places)" if count > 1 else ""
                close = nearest(account, production.budget.accounts) or nearest(account, codes.known())
                hint = f"did you mean {close}?" if close else "add it to the budget, with lines or without"
                yield Problem("unknown-account", place, f"the budget has no account {account}{more}", hint)


def _accounts(production: Production) -> Iterator[tuple[str, Place]]:
    budget = production.budget
    charged = {charge.account for charge in budget.charges} if budget is not None else set()
    for records in (
        production.deals.values(),
        budget.fringes.values() if budget is not None else (),
        budget.overages if budget is not None else (),
        (line for order in production.orders.values() for line in order.lines),
        (invoice for order in production.orders.values() for invoice in order.invoices),
    ):
        for record in records:
            account = getattr(record, "account", "")
            if account and account not in charged:
                yield account, record.place("account")
    for charge in budget.charges if budget is not None else ():
        if charge.inside:
            yield charge.inside, charge.place("inside")
    names = {charge.name for charge in budget.charges} if budget is not None else set()
    named: list[tuple[str, str, int]] = [(c.account, c.file, c.line) for c in production.efc_changes]
    kept = production.balance
    named += [(row.account, row.file, row.line) for row in production.ledger if row.account not in kept]
    for account, file, line in named:
        if account not in charged and account not in names:
            yield account, Place(file, line)


def unknown_chart(production: Production) -> Iterator[Problem]:
    """The budget names a chart of accounts, or a version of one, that is neither the production's nor pmkit's."""
    budget = production.budget
    if budget is None or not budget.chart or production.chart is not None:
        return
    name, version = named(budget.chart)
    if version and name in CHARTS:
        hint = f"there is {', '.join(f'{name}@{known}' for known in CHARTS[name])}"
        yield Problem("unknown-chart", budget.place("chart"), f"there is no version {version} of chart {name}", hint)
        return
    known = f"there is {', '.join(CHARTS)}; a chart of your own is charts/{name or 'NAME'}.csv"
    known += ", which says its version itself" if version else ""
    hint = meant(name, list(CHARTS), known)
    message = f"there is no chart {name}{f' of version {version}' if version else ''}"
    yield Problem("unknown-chart", budget.place("chart"), message, hint)


def unknown_category(production: Production) -> Iterator[Problem]:
    """An account of the budget is put under a category that neither the budget nor its chart has."""
    if production.budget is None:
        return
    codes = Codes(production.budget, production.chart)
    known = [
        *production.budget.categories,
        *(c.number for c in (production.chart.categories if production.chart else ())),
    ]
    for account in production.budget.accounts.values():
        if account.category and not codes.has_category(account.category):
            hint = meant(account.category, known, "name it in the budget under categories:, with its level")
            message = f"there is no category {account.category}"
            yield Problem("unknown-category", account.place("category"), message, hint)


def unknown_fringe(production: Production) -> Iterator[Problem]:
    """A line, an account, a deal or another fringe names a fringe that the budget does not have."""
    budget = production.budget
    if budget is None or production.lacks("fringe"):
        return
    known = list(budget.fringes)
    records: tuple[Account | Line | Deal, ...] = (
        *budget.accounts.values(),
        *_lines(production),
        *production.deals.values(),
    )
    for record in records:
        for index, key in enumerate(record.fringes):
            if key not in budget.fringes:
                place = record.place("fringes", index)
                yield Problem(
                    "unknown-fringe", place, f"the budget has no fringe {key}", meant(key, known, _has(known))
                )
    for fringe in budget.fringes.values():
        for index, key in enumerate(fringe.on):
            if key not in budget.fringes and key not in (*LABOUR, *ALLOWANCES):
                hint = meant(
                    key, [*known, "labour", "allowances"], "a fringe is on labour, allowances, or other fringes"
                )
                yield Problem("unknown-fringe", fringe.place("on", index), f"the budget has no fringe {key}", hint)


def unknown_group(production: Production) -> Iterator[Problem]:
    """A line or an account is in a group that the budget does not declare, though it declares some."""
    budget = production.budget
    if budget is None or not budget.groups or production.lacks("group"):
        return
    known = list(budget.groups)
    for account in budget.accounts.values():
        records: tuple[Account | Line, ...] = (account, *account.lines)
        for record in records:
            for index, key in enumerate(record.groups):
                if key not in budget.groups:
                    hint = meant(key, known, f"add it to the budget under groups:; {_has(known)}")
                    yield Problem("unknown-group", record.place("groups", index), f"there is no group {key}", hint)


def fringe_without_rate(production: Production) -> Iterator[Problem]:
    """A fringe has neither a percentage nor a flat sum: it would always be nothing."""
    for fringe in production.budget.fringes.values() if production.budget is not None else ():
        # one that was typed but could not be read has had its problem already
        if not fringe.given("rate") and not fringe.given("flat"):
            hint = "rate: 6.2%, or flat: 5.25/hour"
            yield Problem("fringe-without-rate", fringe.place(), f"{fringe.key} has no rate", hint)


def charge_without_rate(production: Production) -> Iterator[Problem]:
    """A charge, a credit or a row of one has neither a percentage nor a flat sum: it would always be nothing."""
    budget = production.budget
    if budget is None:
        return
    rows = [(charge.name, charge) for charge in budget.charges]
    rows += [(row.what or credit.name, row) for credit in budget.credits for row in credit.parts()]  # type: ignore[misc]
    for name, row in rows:
        if not row.given("rate") and not row.given("flat"):
            yield Problem("charge-without-rate", row.place(), f"{name} has no rate", "rate: 10%, or flat: 7500")


def fringe_limits(production: Production) -> Iterator[Problem]:
    """A fringe's ceiling lies at or below its floor: nothing lies between them that could bear it."""
    for fringe in production.budget.fringes.values() if production.budget is not None else ():
        if fringe.floor is not None and fringe.ceiling is not None and fringe.ceiling <= fringe.floor:
            message = f"the ceiling of {fringe.key} is {fringe.ceiling:,f}, and its floor {fringe.floor:,f}"
            yield Problem("fringe-limits", fringe.place("ceiling"), message, "floor and ceiling are both of wages")


def fringe_by_no_unit(production: Production) -> Iterator[Problem]:
    """A fringe is so much for a unit that is neither a length of time nor one of the budget's own."""
    budget = production.budget
    if budget is None or production.lacks("budget"):
        return
    known = [*BASES, *CHEQUES, *budget.units]
    for fringe in budget.fringes.values():
        if fringe.flat is not None and fringe.flat.basis not in known:
            hint = meant(fringe.flat.basis, known, "give the budget a unit of its own: units: {fitting: 4}")
            message = f"{fringe.key} is for a {fringe.flat.basis}, which is no unit here"
            yield Problem("bad-rate", fringe.place("flat"), message, hint)


def fringe_without_hours(production: Production) -> Iterator[Problem]:
    """A fringe by the hour, day or week is on a line whose unit has no hours: nothing comes of it."""
    budget = production.budget
    if budget is None:
        return
    timed = {key: f.flat for key, f in budget.fringes.items() if f.flat is not None and f.flat.basis != "flat"}
    for account in budget.accounts.values():
        for line in account.lines:
            # what an account has for all of its lines is no mistake on those that are no labour
            keys = fringes_of(account, line) if line.fringes or not line.kind or line.kind == "labour" else ()
            for index, key in enumerate(keys if not line.subtotal else ()):
                basis = timed.get(key)
                if basis is None or basis.basis in CHEQUES or one(line.unit) == one(basis.basis):
                    continue
                if hours_of(line.unit, budget.units) is not None:
                    continue
                message = f"{key} is {basis}, and {line.unit or 'no unit'} has no hours: nothing is charged"
                hint = "give the line a unit of hour, day, week or month, or take the fringe off it"
                where = line.place("fringes", index) if line.fringes else line.place("unit")
                yield Problem("fringe-without-hours", where, message, hint, "warning")


def budget_person(production: Production) -> Iterator[Problem]:
    """A budget line, an approval, an overage or `residents` names somebody whom neither the crew nor the cast has."""
    if production.lacks("hire", "department", "crew", "castmember", "cast"):
        return
    named = [(line, "person") for line in _lines(production)]
    approvals: list[tuple[Record, str]] = [(order, "approved_by") for order in production.orders.values()]
    overages = production.budget.overages if production.budget is not None else ()
    for record, key in (*named, *approvals, *((found, "by") for found in overages)):
        person = getattr(record, key)
        if person and not production.knows_person(person):
            hint = meant(person, [*production.hires, *production.cast_by_id], "add them to crew.yaml or cast.yaml")
            yield Problem("unknown-person", record.place(key), f"nobody has the id {person}", hint)
    for index, person in enumerate(production.budget.residents if production.budget is not None else ()):
        if production.budget is not None and not production.knows_person(person):
            hint = meant(person, [*production.hires, *production.cast_by_id], "add them to crew.yaml or cast.yaml")
            place = production.budget.place("residents", index)
            yield Problem("unknown-person", place, f"nobody has the id {person}", hint)


def budget_faults(production: Production) -> Iterator[Problem]:
    """A formula, a currency or a base of the budget cannot be worked out; its line counts as nothing."""
    blind = bool(_SCHEDULE & production.left_out)
    for problem in budgets.faults(production):
        if not (blind and problem.code == "unknown-count"):
            yield problem


def _lines(production: Production) -> Iterator[Line]:
    for account in production.budget.accounts.values() if production.budget is not None else ():
        yield from account.lines


def _first_of(named: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, Place, int]]:
    found: dict[str, tuple[Place, int]] = {}
    for word, place in named:
        first, count = found.get(word, (place, 0))
        found[word] = (first, count + 1)
    return ((word, place, count) for word, (place, count) in found.items())


def _has(known: list[str]) -> str:
    return f"it has {', '.join(known[:10])}{' …' if len(known) > 10 else ''}" if known else "it has none yet"


CHECKS = (
    unknown_account,
    unknown_chart,
    unknown_category,
    unknown_fringe,
    unknown_group,
    fringe_without_rate,
    charge_without_rate,
    fringe_limits,
    fringe_by_no_unit,
    fringe_without_hours,
    budget_person,
    budget_faults,
)
