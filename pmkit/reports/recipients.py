"""Who gets a document: lists of lists.yaml, departments, units, who works on a day, the cast, the crew, one person, a vendor.

A person is written to once, an artist through the agent, a child through agent or guardian. What
somebody may see beyond a plain document comes only from a list that says so (`sees`), or is a paper of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pmkit.model.crew import Hire
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.request import Request
from pmkit.problems import Fault, Place, Problem
from pmkit.reports import asked
from pmkit.rollup import answers, board
from pmkit.rollup.person import find_person, working

PLAIN: Final = frozenset({"public", "set"})
"""The privacy classes that every recipient may see."""

_QUERIES: Final = ("works:tomorrow", "dept:camera", "unit:second", "cast", "crew")
_SENT: Final = Request(name="send", kind="custom", ask=())


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a document: the person by id, their name, whom and where it is addressed, what they may see.

    `id` of an address outside the production is the list and its place there: `producers.1`.
    """

    id: str
    name: str
    to: str
    email: str
    sees: frozenset[str] = PLAIN


def recipients(
    production: Production, words: Iterable[str], today: dt.date
) -> tuple[tuple[Recipient, ...], list[Problem]] | Fault:
    """Everybody whom the words mean, each once, in their order; and who of them has no address.

    A fault when a word means nobody.
    """
    found: dict[str, Recipient] = {}
    problems: list[Problem] = []
    for word in words:
        meant_by = list(_meant(production, word.strip(), today))
        for one in meant_by:
            if isinstance(one, Fault):
                return one
            if isinstance(one, Problem):
                problems.append(one)
                continue
            before = found.get(one.id)
            found[one.id] = replace(one, sees=one.sees | before.sees) if before is not None else one
    unique = {(problem.code, problem.message): problem for problem in problems}
    return tuple(found.values()), list(unique.values())


def again(production: Production, who: str, today: dt.date) -> Recipient | None:
    """A recipient by the id that stands in the mail's log; None when the folder no longer has them so."""
    key, _, place = who.rpartition(".")
    if key in production.lists and place.isdigit():
        outside = production.lists[key].outside
        sees = PLAIN | frozenset(production.lists[key].sees)
        index = int(place) - 1
        return Recipient(who, outside[index], "", outside[index], sees) if 0 <= index < len(outside) else None
    one = _person(production, who)
    if not isinstance(one, Recipient):
        return None
    lists = [found for key, found in production.lists.items() if who in _of_list(production, key, today)]
    return replace(one, sees=PLAIN.union(*(found.sees for found in lists)))


def _meant(production: Production, word: str, today: dt.date) -> Iterator[Recipient | Problem | Fault]:
    if word in production.lists:
        yield from _list(production, word, today)
        return
    kind, colon, rest = word.partition(":")
    kind = kind.strip().casefold()
    ids: Iterable[str] | Fault
    if colon and kind in ("dept", "department"):
        ids = _department(production, rest, today)
    elif colon and kind == "unit":
        ids = _unit(production, rest, today)
    elif colon and kind == "works":
        ids = _works(production, rest, today)
    elif word == "cast":
        ids = [member.id for member in production.cast.values() if member.id]
    elif word == "crew":
        ids = _engaged((hire for _, hire in production.hires.values()), today)
    else:
        ids = _one(production, word)
    if isinstance(ids, Fault):
        yield ids
        return
    yield from (_person(production, who) for who in ids)


def _engaged(hires: Iterable[Hire], today: dt.date) -> list[str]:
    """Who is hired, and whose last day has not passed: whoever has left gets no paper any more."""
    return [hire.id for hire in hires if hire.hired and not _left(hire, today)]


def _left(hire: Hire, today: dt.date) -> bool:
    ends = [stretch.last for stretch in hire.days] or ([hire.to] if hire.to else [])
    return bool(ends) and max(ends) < today


def _list(production: Production, key: str, today: dt.date) -> Iterator[Recipient | Problem]:
    found = production.lists[key]
    sees = PLAIN | frozenset(found.sees)
    for who in _of_list(production, key, today):
        named = found.who.index(who) if who in found.who else None
        one = _person(production, who, found.place("who", named))
        yield replace(one, sees=sees) if isinstance(one, Recipient) else one
    for index, address in enumerate(found.outside):
        yield Recipient(f"{key}.{index + 1}", address, "", address, sees)


def _of_list(production: Production, key: str, today: dt.date) -> list[str]:
    ids: list[str] = []
    for word in production.lists[key].who:
        department = production.crew.get(word)
        if department is not None:
            ids += _engaged(department.people, today)
        else:
            ids.append(word)
    return list(dict.fromkeys(answers.root_of(production, who) for who in ids))


def _department(production: Production, word: str, today: dt.date) -> list[str] | Fault:
    for key, department in production.crew.items():
        if word.strip().casefold() in (key, department.title.casefold()):
            return _engaged(department.people, today)
    hint = meant(word, production.crew, f"there is {', '.join(production.crew)}")
    return Fault(f"no department is called {word}", hint, "unknown-department")


def _unit(production: Production, word: str, today: dt.date) -> list[str] | Fault:
    known = list(dict.fromkeys([*board.units(production), *production.settings.units]))
    if word not in known:
        return Fault(f"no unit is called {word}", meant(word, known, f"there is {', '.join(known)}"), "unknown-unit")
    return _engaged((hire for _, hire in production.hires.values() if hire.works_with(word)), today)


def _works(production: Production, word: str, today: dt.date) -> list[str] | Fault:
    day = board.find_day(production, word, today, "")
    if isinstance(day, Fault):
        return day
    return [one.id for one in working(production, day.date, day.unit if ":" in word else "")]


def _one(production: Production, word: str) -> list[str] | Fault:
    found = find_person(production, word)
    if not isinstance(found, Fault):
        return [found.id]
    if word in production.vendors:
        return [word]
    if "@" in word:
        hint = "addresses outside stand in lists.yaml: a list, outside: [address], and sees: what it may see"
        return Fault(f"{word[:60]} is an address, and mail goes to lists and people", hint, "unknown-list")
    close = meant(word, [*production.lists, *production.hires, *production.cast_by_id], "")
    if not close and found.hint.startswith("did you mean"):
        close = found.hint
    if word in production.crew:
        close = f"a department is written dept:{word}"
    lists = ", ".join(production.lists) or "none yet"
    hint = close or f"a list of lists.yaml ({lists}), a person, or {', '.join(_QUERIES)}"
    return Fault(f"no list and nobody is called {word[:40] or 'nothing'}", hint, "unknown-list")


def _person(production: Production, who: str, place: Place | None = None) -> Recipient | Problem:
    vendor = production.vendors.get(who)
    if vendor is not None and who not in production.hires and who not in production.cast_by_id:
        if not vendor.email:
            message = f"{vendor.name} has no address and gets nothing"
            return Problem("no-address", vendor.place(), message, "add email: in vendors.yaml", "warning")
        return Recipient(who, vendor.name, vendor.contact or vendor.name, vendor.email)
    found = asked.person(production, _SENT, who)
    if isinstance(found, Fault):
        return Problem(found.code, place or Place("lists.yaml"), found.message, found.hint, "warning")
    if not found.email:
        message = f"{found.name} has no address and gets nothing"
        return Problem("no-address", found.record.place(), message, "add email: or an agent:", "warning")
    return Recipient(found.id, found.name, found.to, found.email)
