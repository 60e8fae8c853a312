"""A budget by what its lines are tagged with: set, location, group, currency, episode.

Each line goes with its fringes, wherever these are posted. Lines without the tag have the last row. A line in
several groups counts in each of them; by anything else the rows and the charges add up to the grand total.
"""

from __future__ import annotations

from collections.abc import Callable

from pmkit.model.frozen import frozen
from pmkit.model.production import Production
from pmkit.rollup.totals import BudgetTotals, ChargeTotal, LineTotal, Money, added

NONE = ""


def _location(production: Production, line: LineTotal) -> tuple[str, ...]:
    """Its own, or else that of its set."""
    typed = line.line
    return (typed.location or (production.location_of_set(typed.set) if typed.set else NONE),)


TAGS: dict[str, Callable[[Production, LineTotal], tuple[str, ...]]] = {
    "set": lambda _, found: (found.line.set,),
    "location": _location,
    "group": lambda _, found: tuple(dict.fromkeys(found.groups)) or (NONE,),
    "currency": lambda production, found: (found.line.currency or production.settings.currency,),
    "episode": lambda _, found: (found.episode,),
}


@frozen
class TagTotal:
    """What is budgeted under one tag: its lines, their fringes, and both. `tag` is empty for lines that have none."""

    tag: str
    lines: Money
    fringes: Money
    total: Money


@frozen
class TagTotals:
    """A budget by a tag: a row each, in order, with lines that have none last; the charges inside accounts, and those after."""

    by: str
    rows: tuple[TagTotal, ...]
    inside: Money
    charges: tuple[ChargeTotal, ...]
    total: Money


def by_tag(production: Production, totals: BudgetTotals, by: str) -> TagTotals:
    """A budget by one of `TAGS`."""
    lines: dict[str, list[LineTotal]] = {}
    inside: list[Money] = []
    for account in totals.accounts():
        for line in account.lines:
            for tag in TAGS[by](production, line):
                lines.setdefault(tag, []).append(line)
        inside += [found.total for found in account.charges]
    # fringes posted to the budget stand among the charges there, and with their lines here
    charges = tuple(found for found in totals.charges if not found.of_fringes)
    rows = []
    for tag in sorted(lines, key=lambda word: (word == NONE, word.lower())):
        of = added(f"lines of {tag or f'no {by}'}", (line.subtotal for line in lines[tag]))
        on = added("their fringes", (due.amount for line in lines[tag] for due in line.fringes))
        rows.append(TagTotal(tag, of, on, added(f"{by} {tag or 'none'}", (of, on))))
    return TagTotals(by, tuple(rows), added("charges inside accounts", inside), charges, totals.total)
