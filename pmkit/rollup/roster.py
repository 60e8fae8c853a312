"""A list of people against what the folder already says of them: who is new, what changed, who is missing.

People keep the ids they have; a new one gets an id made of the name. Nobody is ever taken out,
and a blank in the list takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pmkit.model import letters
from pmkit.model.cast import CastMember
from pmkit.model.crew import Hire
from pmkit.model.kinds import RESERVED
from pmkit.model.production import Production
from pmkit.model.record import Record
from pmkit.rollup.roster_people import Entry as Entry, People, plain

# What a hire of somebody who has another hire already says of the person stands in the first one.
_OF_THE_PERSON = (
    "name", "email", "phone", "note", "address", "birth_date", "tax_id", "bank", "diet", "allergies",
)  # fmt: skip
# Written once and then a person's own: an import adds it where nothing stands, and never changes it.
_THEIRS = ("note", "number")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what stands in the folder, empty for nothing, and what the list says."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the list says of one person that the folder does not.

    `add` and `change` can be written; `missing` is somebody in the folder who is not on the
    list, and `by-hand` what a person must decide: both are only told.
    """

    kind: Literal["add", "change", "missing", "by-hand"]
    group: str
    id: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    title: str = ""
    row: int = 0


def id_of(name: str, taken: Iterable[str], email: str = "", otherwise: str = "person") -> str:
    """An id made of a name, not among those taken: `ana-ruiz`, `ana-ruiz-2`.

    Letters lose their marks; where nothing is left of a name (何书白) the address before its @
    serves, then `otherwise`.
    """
    base = next((found for text in (name, email.partition("@")[0], otherwise) if (found := _slug(text))), "person")
    known, made, count = set(taken), base, 1
    while made in known:
        count += 1
        made = f"{base}-{count}"
    return made


def _slug(text: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "-", letters.plain(text).replace("'", "")).strip("-")[:40].strip("-")
    if made and not made[0].isalpha():
        made = f"p-{made}"
    return "" if made in RESERVED else made


def crew(production: Production, entries: Sequence[Entry]) -> list[Change]:
    """What a crew list would change, in the list's order; who is missing comes last."""
    people = People(production.crew, entries)
    taken = {*people.hires, *production.cast_by_id}
    matched = people.match(entries)
    firsts: dict[str, str] = {hire.person or hire.id: hire.person or hire.id for _, hire in people.hires.values()}
    made: dict[tuple[str, str], str] = {}
    changes: list[Change] = []
    for number, entry in enumerate(entries):
        found = matched.get(number)
        if found is not None:
            changes += _changed(people, entry, found)
            continue
        email = entry.fields.get("email", "")
        key = _same_person(entry, made)
        first = people.person(entry) or (made.get(key) if key else "") or ""
        new = id_of(entry.name, taken, email, entry.fields.get("position", ""))
        taken.add(new)
        if not first:
            made[plain(entry.name), email.casefold()] = new
            firsts[new] = new
        changes.append(_added(entry, new, first))
    claimed = {found.id for _, found in matched.values()}
    for group, hire in people.hires.values():
        if hire.id not in claimed:
            changes.append(Change("missing", group, hire.id, people.name(hire)))
    return _told_once(changes)


def cast(production: Production, entries: Sequence[Entry]) -> list[Change]:
    """What a cast list would change, by cast number; who is missing comes last."""
    numbers = {number.casefold(): number for number in production.cast}
    taken = {*production.hires, *production.cast_by_id}
    changes: list[Change] = []
    for entry in entries:
        number = numbers.pop(entry.group.casefold(), "")
        known = {"character": entry.fields.get("character", ""), **entry.fields}
        if not number:
            made = id_of(entry.name, taken, "", entry.fields.get("character", "")) if entry.name else ""
            if made:
                taken.add(made)
                known = {"character": known["character"], "id": made, **known}
            told = tuple(FieldChange(key, "", text) for key, text in known.items() if text)
            changes.append(Change("add", entry.group, made, entry.name or known["character"], told, row=entry.row))
            continue
        member = production.cast[number]
        if member.performer and _others(member, known):
            told = (FieldChange("character", member.character, known["character"]),)
            told += (FieldChange("performer", member.performer, entry.name),)
            changes.append(Change("by-hand", number, member.id, _cast_name(member), told, row=entry.row))
            continue
        if member.minor is not None:  # the list's number is the guardian's, or should be
            known = {key: text for key, text in known.items() if key not in ("phone", "email")}
        if entry.name and not member.id:
            known["id"] = id_of(entry.name, taken)
            taken.add(known["id"])
        told = _differences(member, known)
        if told:
            changes.append(Change("change", number, member.id, _cast_name(member), told, row=entry.row))
    for number in numbers.values():
        member = production.cast[number]
        changes.append(Change("missing", number, member.id, _cast_name(member)))
    return changes


def _others(member: CastMember, known: Mapping[str, str]) -> bool:
    """Whether a number is another part played by somebody else: then the list was renumbered."""
    pairs = ((member.character, known.get("character", "")), (member.performer, known.get("performer", "")))
    return all(new and not _alike("", old, new) for old, new in pairs)


def _cast_name(member: CastMember) -> str:
    return f"{member.character} ({member.performer})" if member.performer else member.character


def _changed(people: People, entry: Entry, found: tuple[str, Hire]) -> list[Change]:
    group, hire = found
    first = people.hires.get(hire.person, found)[1]
    known = {"name": entry.name, **entry.fields}
    own = {key: text for key, text in known.items() if first is hire or key not in _OF_THE_PERSON}
    told = _differences(hire, own)
    changes = [Change("change", group, hire.id, people.name(hire), told, row=entry.row)] if told else []
    if first is not hire:
        of_person = {key: text for key, text in known.items() if key in _OF_THE_PERSON}
        if more := _differences(first, of_person):
            where = people.hires[first.id][0]
            changes.append(Change("change", where, first.id, first.name, more, row=entry.row))
    if group != entry.group and not entry.guessed:
        moved = (FieldChange("department", group, entry.group),)
        changes.append(Change("by-hand", group, hire.id, people.name(hire), moved, row=entry.row))
    return changes


def _differences(record: Record, fields: Mapping[str, str]) -> tuple[FieldChange, ...]:
    told = []
    for key, new in fields.items():
        if key in ("from", "to") and isinstance(record, Hire) and record.days:
            continue  # who comes on certain days has no start and end of their own
        old = _said(record, key)
        if new and not _alike(key, old, new) and not (old and key in _THEIRS):
            told.append(FieldChange(key, old, new))
    return tuple(told)


def _said(record: Record, key: str) -> str:
    """A field as it would be typed; `agent.email` looks inside."""
    outer, _, inner = key.partition(".")
    known = record.fields.get(outer)
    value = getattr(record, known.name, "") if known else ""
    if inner:
        value = getattr(value, inner, "") if value is not None else ""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _alike(key: str, old: str, new: str) -> bool:
    """Whether two ways of typing say the same: spaces in a number, capitals and blanks change nothing."""
    if key.endswith("phone"):
        return _digits(old) == _digits(new)
    if key.endswith("email"):
        return old.casefold() == new.casefold()
    return plain(old) == plain(new)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")


def _added(entry: Entry, new: str, first: str) -> Change:
    known = {"name": entry.name, **entry.fields}
    if first:
        known = {"person": first, **{key: text for key, text in known.items() if key not in _OF_THE_PERSON}}
    order = ("person", "name", "position", "email", "phone", "from", "to")
    keys = [*(key for key in order if key in known), *(key for key in known if key not in order)]
    told = tuple(FieldChange(key, "", known[key]) for key in keys if known[key])
    return Change("add", entry.group, new, entry.name, told, entry.title, entry.row)


def _same_person(entry: Entry, made: Mapping[tuple[str, str], str]) -> tuple[str, str] | None:
    """Whom a second row of the same name means: the same address, or one of the two rows has none."""
    name, email = plain(entry.name), entry.fields.get("email", "").casefold()
    alike = [key for key in made if key[0] == name and (key[1] == email or not key[1] or not email)]
    return alike[0] if alike else None


def _told_once(changes: list[Change]) -> list[Change]:
    """One change a person and kind: two rows about one person are put together, the first row wins."""
    seen: dict[tuple[str, str], int] = {}
    out: list[Change] = []
    for change in changes:
        key = (change.kind, change.id)
        if change.kind == "change" and key in seen:
            first = out[seen[key]]
            known = {one.key for one in first.fields}
            more = tuple(one for one in change.fields if one.key not in known)
            out[seen[key]] = replace(first, fields=first.fields + more)
            continue
        seen[key] = len(out)
        out.append(change)
    return out
