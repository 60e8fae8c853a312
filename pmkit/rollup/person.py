"""Who works on a day, and whom a person's word means, of the crew and the cast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pmkit.model import letters
from pmkit.model.cast import CastMember
from pmkit.model.crew import Hire
from pmkit.model.production import Production
from pmkit.model.record import did_you_mean
from pmkit.problems import Fault
from pmkit.rollup import board


def working(production: Production, day: date, unit: str = "") -> Iterator[Hire | CastMember]:
    """Everybody who works on a date, of one unit or all: the cast of its scenes by number, then the crew of its units."""
    days = [found for found in board.all_days(production) if found.date == day and unit in ("", found.unit)]
    numbers: set[str] = set()
    for found in days:
        for strip in found.slot.scenes():
            scene = production.scene(strip.scene)
            numbers.update(scene.cast if scene is not None else ())
    yield from (member for number, member in production.cast.items() if number in numbers and member.id)
    for _, hire in production.hires.values():
        if hire.on(day) and any(hire.works_with(found.unit) for found in days):
            yield hire


def find_person(production: Production, word: str) -> Hire | CastMember | Fault:
    """Whom a PERSON word means: a cast number, an id, a name or a character."""
    typed = word.strip()
    member = production.cast.get(typed.upper()) or production.cast.get(typed) or production.cast_by_id.get(typed)
    if member is not None:
        return member
    if typed in production.hires:
        return production.hires[typed][1]
    names: dict[str, Hire | CastMember] = {}
    for key, (_, hire) in production.hires.items():
        names.setdefault(production.name_of(key).casefold(), hire)
    for member in production.cast.values():
        names.setdefault(member.character.casefold(), member)
        names.setdefault(member.performer.casefold(), member)
    found = names.get(typed.casefold()) or _without_accents(names, typed) if typed else None
    if found is not None:
        return found
    ids = [*production.hires, *production.cast_by_id, *production.cast]
    close = did_you_mean(typed, [*ids, *names]) or _part_of(names, typed) if typed else ""
    told = names[close] if close in names and close not in ids else None
    if isinstance(told, Hire):
        close = f"{told.id} ({production.name_of(told.id)})"
    elif told is not None:
        close = f"{told.number} ({told.character})"
    hint = f"did you mean {close}?" if close else "a person is an id of crew.yaml, or a cast number or id of cast.yaml"
    return Fault(f"nobody is called {typed[:40] or 'nothing'}", hint, "unknown-person")


def _without_accents(names: dict[str, Hire | CastMember], typed: str) -> Hire | CastMember | None:
    """Whom a name means whose accents nobody typed: Zoe Beart for Zoë Béart. Nobody, where two are called so."""
    wanted = letters.plain(typed)
    found = [one for name, one in names.items() if wanted and letters.plain(name) == wanted]
    return found[0] if len(found) == 1 else None


def _part_of(names: dict[str, Hire | CastMember], typed: str) -> str:
    """The one name that has the word typed as one of its own; empty for none and for several."""
    wanted = letters.plain(typed)
    found = [name for name in names if wanted and wanted in re.findall(r"[a-z0-9]+", letters.plain(name))]
    return found[0] if len(found) == 1 else ""
