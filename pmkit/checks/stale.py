"""What of the budget is unused, out of date, or paid on the wrong thing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmkit.model.production import Production
from pmkit.model.record import did_you_mean
from pmkit.problems import Place, Problem
from pmkit.rollup.formula import GLOBAL

if TYPE_CHECKING:
    from pmkit.model.budget import Budget
    from pmkit.model.terms import Terms

_YEAR = 366
_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def unused_global(production: Production) -> Iterator[Problem]:
    """A global of the budget is in no formula: a figure was typed where it was meant, or it can go."""
    budget = production.budget
    if budget is None or not budget.globals or production.lacks("line", "account", "charge", "credit", "creditrow"):
        return
    used = {word for text in _formulas(budget) for word in _WORD.findall(text)}
    for name, text in budget.globals.items():
        used.update(word for word in _WORD.findall(text) if word != name)
    strange = used - budget.globals.keys()
    for name in budget.globals:
        # a word that nobody knows may be this one, misspelt: that is said already
        if name not in used and GLOBAL.fullmatch(name) and not any(did_you_mean(word, [name]) for word in strange):
            hint = "use it where the figure is typed, or take it out"
            yield Problem("unused-global", budget.place("globals", name), f"nothing uses {name}", hint, "warning")


def _formulas(budget: Budget) -> set[str]:
    found = {text for a in budget.accounts.values() for line in a.lines for text in (line.amount, line.x, line.rate)}
    found.update(text for charge in budget.charges for text in (charge.flat, charge.exclude_amount))
    found.update(row.flat for credit in budget.credits for row in credit.parts())
    return found


def unused_fringe(production: Production) -> Iterator[Problem]:
    """A fringe of the budget is on no line, account or deal, and no other fringe is on it."""
    budget = production.budget
    if budget is None or not budget.fringes or production.lacks("line", "account", "deal", "fringe"):
        return
    used = {key for account in budget.accounts.values() for key in account.fringes}
    used.update(key for account in budget.accounts.values() for line in account.lines for key in line.fringes)
    used.update(key for deal in production.deals.values() for key in deal.fringes)
    used.update(key for fringe in budget.fringes.values() for key in fringe.on)
    strange = used - budget.fringes.keys()
    for key, fringe in budget.fringes.items():
        if key not in used and (fringe.rate or fringe.flat) and not any(did_you_mean(word, [key]) for word in strange):
            hint = "name it on the lines or accounts that bear it, or take it out"
            yield Problem("unused-fringe", fringe.key_place(), f"no line bears {key}", hint, "warning")


def fringe_on_materials(production: Production) -> Iterator[Problem]:
    """A line that is no labour bears fringes: materials, or a line of an account for them."""
    for account in production.budget.accounts.values() if production.budget is not None else ():
        other = account.kind if account.kind != "labour" else ""
        for line in account.lines:
            kind = line.kind or other
            if line.fringes and kind not in ("", "labour", "allowance"):
                hint = "take the fringes off, or give the line kind: labour"
                message = f"{line.what} is {kind}, and bears {', '.join(line.fringes)}"
                yield Problem("fringe-on-materials", line.place("fringes"), message, hint, "warning")


def nobody_resident(production: Production) -> Iterator[Problem]:
    """A credit counts residents, or all others, and the budget says of nobody who is one: it comes to nothing."""
    budget = production.budget
    if budget is None or budget.residents or production.lacks("budget", "line", "account", "credit"):
        return
    for account in budget.accounts.values():
        if account.resident is not None or any(line.resident is not None for line in account.lines):
            return
    for credit in budget.credits:
        if credit.residency:
            message = f"{credit.name} counts {credit.residency}s, and the budget names nobody who is resident"
            hint = "residents: [ids of people] in the budget, or resident: true at lines and accounts"
            yield Problem("nobody-resident", credit.place("residency"), message, hint, "warning")


def old_rates(production: Production) -> Iterator[Problem]:
    """The rates of the budget are older than the shoot: a fringe is out of force, an agreement has stepped up or ended.

    `rates_of` is the day whose rates the lines have, `in_force` the days for which a fringe is right. Rates
    that no agreement tells of are old after a year.
    """
    budget = production.budget
    shoot = [day for days in production.board.units.values() for day, slot in days.items() if slot.shoots]
    if budget is None or not shoot:
        return
    first, last = min(shoot), max(shoot)
    for fringe in budget.fringes.values():
        if fringe.in_force is not None and not (first in fringe.in_force and last in fringe.in_force):
            message = f"{fringe.name or fringe.key} is not in force for all of the shoot, {_stretch(first, last)}"
            yield Problem(
                "old-rates", fringe.place("in_force"), message, "look up its rate, and when it holds", "warning"
            )
    stepped = list(_old_terms(production, last)) if production.settings.agreements else []
    yield from stepped
    since = budget.rates_of
    if (
        since is not None
        and (first - since).days > _YEAR
        and budget.place("rates_of") not in [p.place for p in stepped]
    ):
        message = f"the rates are of {since}, more than a year before the shoot of {_stretch(first, last)}"
        hint = "ask for this year's, and bring rates_of up to date"
        yield Problem("old-rates", budget.place("rates_of"), message, hint, "warning")


def _old_terms(production: Production, last: dt.date) -> Iterator[Problem]:
    from pmkit.model.terms import TERMS

    budget = production.budget
    for key, word in production.settings.agreements.items():
        terms = TERMS.get(word)
        if terms is None:
            continue
        if last > terms.last:
            message = f"no terms of {terms.name} are known after {terms.last}, and the shoot is to {last}"
            place = production.settings.place("agreements", key)
            yield Problem("old-rates", place, message, "ask the union, and allow for a step up", "warning")
        if budget is not None and budget.rates_of is not None:
            yield from _stepped(budget.place("rates_of"), budget.rates_of, terms, last)


def _stretch(first: dt.date, last: dt.date) -> str:
    return f"{first} to {last}" if first != last else f"{first}"


def _stepped(place: Place, since: dt.date, terms: Terms, last: dt.date) -> Iterator[Problem]:
    gone = [(day, by) for day, by in terms.steps if since < day <= last]
    if gone:
        told = ", ".join(f"{by} on {day}" for day, by in gone)
        hint = "bring the lines' rates up to date, and rates_of with them"
        yield Problem("old-rates", place, f"rates of {terms.name} have gone up since: {told}", hint, "warning")


CHECKS = (unused_global, unused_fringe, fringe_on_materials, nobody_resident, old_rates)
