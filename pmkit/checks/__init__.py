"""What is wrong with a production: every check, in a tuple.

A check is `def name(production) -> Iterator[Problem]`; its docstring is its manual page. It
stays silent about what it cannot judge because something it needs was too broken to read
(`production.left_out`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pmkit.checks import (
    budget,
    calendar,
    cashflow,
    closed,
    coding,
    contingency,
    envelopes,
    journals,
    ledger,
    memos,
    named,
    orders,
    plans,
    privacy,
    references,
    requests,
    schedule,
    stale,
    targets,
)
from pmkit.model.production import Production, Waiver
from pmkit.problems import Place, Problem

Check = Callable[[Production], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    *references.CHECKS,
    *named.CHECKS,
    *calendar.CHECKS,
    *schedule.CHECKS,
    *targets.CHECKS,
    *plans.CHECKS,
    *budget.CHECKS,
    *coding.CHECKS,
    *stale.CHECKS,
    *orders.CHECKS,
    *ledger.CHECKS,
    *journals.CHECKS,
    *envelopes.CHECKS,
    *closed.CHECKS,
    *contingency.CHECKS,
    *cashflow.CHECKS,
    *privacy.CHECKS,
    *requests.CHECKS,
    *memos.CHECKS,
)


def run(production: Production) -> Iterator[Problem]:
    """All that the checks find, in the order of the checks."""
    found = [problem for check in CHECKS for problem in check(production)]
    # Of two people with one id only one counts, so whoever names the other is not to blame.
    twice = any(p.code == "duplicate-id" and not p.place.file.endswith(".csv") for p in found)
    # Without a crew everybody named is unknown, which named.unknown_person says once.
    empty = not production.hires and any("the crew is empty" in p.message for p in found)
    for problem in found:
        if problem.code != "unknown-person" or not (twice or (empty and "the crew is empty" not in problem.message)):
            yield problem


def waived(found: Iterable[Problem], waivers: tuple[Waiver, ...]) -> tuple[list[Problem], list[str]]:
    """The problems that stand, and a line for each waiver: what it waives, why and by whom.

    A waiver takes problems of its code whose message or place holds every word of `about`. A
    waiver that takes nothing is a warning: what it was for has gone.
    """
    standing: list[Problem] = []
    taken = [0] * len(waivers)
    for problem in found:
        said = f"{problem.message} {problem.place}".lower()
        for index, waiver in enumerate(waivers):
            if waiver.code == problem.code and all(word in said for word in waiver.about.lower().split()):
                taken[index] += 1
                break
        else:
            standing.append(problem)
    lines: list[str] = []
    idle: list[Problem] = []
    for waiver, count in zip(waivers, taken, strict=True):
        by = f", {waiver.by}" if waiver.by else ""
        if count:
            lines.append(f"{waiver.code} ({waiver.about or 'all'}): {waiver.reason}{by}")
        else:
            about = f" about {waiver.about}" if waiver.about else ""
            message = f"this waiver waives nothing: there is no {waiver.code}{about}"
            place = waiver.place("code") if waiver.node is not None else Place("production.yaml")
            idle.append(Problem("idle-waiver", place, message, "take it out, or mend its code and words", "warning"))
    # While something could not be read, a waiver's problem may only be out of sight.
    if not any(problem.severity == "error" for problem in standing):
        standing += idle
    return sorted(standing, key=lambda p: p.place), lines
