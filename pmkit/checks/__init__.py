"""What is wrong with a production: every check, in rooms.

A check is `def name(production) -> Iterator[Problem]`; its docstring is its manual page. It
stays silent about what it cannot judge because something it needs was too broken to read
(`production.left_out`). A room is loaded when the folder has something for it to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from pmkit.model.production import Production, Waiver
from pmkit.problems import Place, Problem

Check = Callable[[Production], Iterator[Problem]]
Needs = Callable[[Production], object]


def _always(production: Production) -> bool:
    return True


def _has(*sections: str) -> Needs:
    """Whether a production has something in one of these."""
    return lambda production: any(getattr(production, section) for section in sections)


def _budgeted(production: Production) -> bool:
    return production.budget is not None


def _costed(production: Production) -> bool:
    return production.budget is not None and bool(production.efc_changes or production.ledger or production.orders)


def _closed(production: Production) -> bool:
    return bool(production.efc_changes) or any(period.closed is not None for period in production.periods.values())


# Every room in its order, with what there must be for it to have anything to say.
ROOMS: dict[str, Needs] = {
    "references": _always,
    "named": _always,
    "calendar": _always,
    "schedule": _always,
    "targets": _always,
    "plans": _has("plans"),
    "budget": lambda production: production.budget is not None or bool(production.orders),
    "coding": _budgeted,
    "stale": _budgeted,
    "orders": _has("orders"),
    "posted": lambda production: bool(production.orders and production.ledger),
    "ledger": _has("ledger", "periods"),
    "journals": _has("ledger", "balance"),
    "envelopes": _has("petty"),
    "closed": _closed,
    "contingency": _costed,
    "cashflow": lambda production: production.cashflow is not None,
    "privacy": _has("cast"),
    "requests": _has("answers"),
    "memos": lambda production: bool(production.deals and production.dailies),
}


def _checks_of(room: str) -> tuple[Check, ...]:
    checks: tuple[Check, ...] = import_module(f"pmkit.checks.{room}").CHECKS
    return checks


def __getattr__(name: str) -> Any:
    """`CHECKS`: every check of every room, for who wants them whatever a folder has."""
    if name == "CHECKS":
        return tuple(check for room in ROOMS for check in _checks_of(room))
    raise AttributeError(name)


def run(production: Production) -> Iterator[Problem]:
    """All that the checks find, in the order of the checks."""
    rooms = [room for room, needs in ROOMS.items() if needs(production)]
    found = [problem for room in rooms for check in _checks_of(room) for problem in check(production)]
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
