"""A budget by what its lines are tagged with: set, location, group, currency, episode, person.

Each line goes with its fringes, wherever these are posted. A line without the tag is in the last row;
a line in several groups is in a row of that combination, so that nothing is counted twice.
Charges are one row: the rows add up to the grand total.
"""

from __future__ import annotations

from collections.abc import Callable

from pmkit.model.frozen import frozen
from pmkit.rollup.totals import BudgetTotals, LineTotal, Money, added

NONE = ""
TAGS: dict[str, Callable[[LineTotal], str]] = {
    "set": lambda found: found.line.set,
    "location": lambda found: found.line.location,
    "group": lambda found: " + ".join(dict.fromkeys(found.groups)),
    "currency": lambda found: found.line.currency,
    "episode": lambda found: found.episode,
    "person": lambda found: found.line.person,
}


@frozen
class TagTotal:
    """What is budgeted under one tag: its lines and their fringes. `tag` is empty for lines that have none."""

    tag: str
    lines: tuple[LineTotal, ...]
    total: Money


@frozen
class TagTotals:
    """A budget by a tag: a row each, in order, with lines that have none and the charges last; and the whole."""

    by: str
    rows: tuple[TagTotal, ...]
    charges: Money
    total: Money


def by_tag(totals: BudgetTotals, by: str) -> TagTotals:
    """A budget by one of `TAGS`. The rows and the charges add up to the total."""
    tag_of = TAGS[by]
    lines: dict[str, list[LineTotal]] = {}
    charges: list[Money] = []
    for account in totals.accounts():
        for line in account.lines:
            lines.setdefault(tag_of(line), []).append(line)
        charges += [found.total for found in account.charges]
    fringed = any(due.posted == "fringes" for found in lines.values() for line in found for due in line.fringes)
    # fringes posted to the budget stand among the charges, and are counted with their lines here
    charges += [found.total for found in totals.charges if not (fringed and found.charge.name == "Fringes")]
    rows = []
    for tag in sorted(lines, key=lambda word: (word == NONE, word)):
        parts = [part for line in lines[tag] for part in (line.subtotal, *(due.amount for due in line.fringes))]
        rows.append(TagTotal(tag, tuple(lines[tag]), added(f"{by} {tag or 'none'}", parts)))
    below = added("charges", charges)
    return TagTotals(by, tuple(rows), below, added(f"all, by {by}", (*(row.total for row in rows), below)))
