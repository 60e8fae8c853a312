"""Where a fringe is posted: to its line's account, to an account of its own, or to one row of a category, level or the budget."""

from __future__ import annotations

from pmkit.model.budget import Budget, Fringe
from pmkit.rollup.coding import Codes, Coding

FRINGES = "fringes"
NAME = "Fringes"


def where_posted(fringe: Fringe, coding: Coding, budget: Budget, codes: Codes) -> Coding | None:
    """The row a fringe on a line of an account goes to; None where that is the account itself.

    `FRINGES` is the number of the row that is posted to the whole budget, and stands with the charges.
    """
    by = fringe.posting or budget.posting.fringes
    if fringe.account:
        return codes.of(fringe.account)
    if by == "account" or (by == "category" and not coding.category):
        return None
    if by == "budget":
        return Coding(FRINGES, NAME, "", NAME, "")
    if by == "level":
        return Coding(f"{FRINGES}-{coding.level}", NAME, FRINGES, NAME, coding.level)
    own = codes.of(_ended(coding.category, budget.posting.suffix))
    if own.category == coding.category and own.name:
        return own
    return Coding(own.number, own.name or NAME, coding.category, coding.category_name, coding.level)


def _ended(category: str, suffix: str) -> str:
    """The number of a category's fringe account: 2000 and 99 make 2099, 10 makes 10-99."""
    if category.isdecimal() and suffix.isdecimal() and len(category) > len(suffix):
        return category[: -len(suffix)] + suffix
    return f"{category}-{suffix}"
