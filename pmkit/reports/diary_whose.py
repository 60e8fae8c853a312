"""Whose a diary is: a person with all their hires and parts, a department, a unit, or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pmkit.model.cast import CastMember
from pmkit.model.crew import Department, Hire
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.rollup import board
from pmkit.rollup.person import find_person

ALL = "all"


class Whose(NamedTuple):
    """Whose diary it is: a person's hires and parts, a department, or a unit."""

    key: str
    name: str
    hires: tuple[Hire, ...] = ()
    parts: tuple[CastMember, ...] = ()
    department: Department | None = None
    unit: str = ""


def whose(production: Production, word: str) -> tuple[Whose, ...] | Fault:
    """Whom a word means: a person; a department, and each of its people; a unit; `all` of them."""
    if word == ALL:
        people = {found.key: found for found in _people(production)}
        departments = [_department(key, found) for key, found in production.crew.items() if found.people]
        return (*_units(production), *departments, *people.values())
    for unit in _units(production):
        if word.strip() == unit.unit:
            return (unit,)
    for key, department in production.crew.items():
        if word.strip().casefold() in (key, department.title.casefold()):
            people = {person.key: person for hire in department.people for person in _person(production, hire)}
            return (_department(key, department), *people.values())
    found = find_person(production, word)
    if isinstance(found, Fault):
        hint = found.hint if found.hint.startswith("did you mean") else f"{found.hint}, a department, a unit, or {ALL}"
        return Fault(found.message, hint, found.code)
    if isinstance(found, Hire) and not found.hired:
        return Fault(f"{production.name_of(found.id)} is not hired", "hired: false in crew.yaml", "not-called")
    return tuple(_person(production, found))


def _units(production: Production) -> list[Whose]:
    names = production.settings.units
    return [Whose(f"unit-{unit}", names.get(unit, unit), unit=unit) for unit in board.units(production)]


def _department(key: str, department: Department) -> Whose:
    return Whose(f"department-{key}", department.title, department.people, department=department)


def _people(production: Production) -> Iterator[Whose]:
    for _, hire in production.hires.values():
        yield from _person(production, hire)
    for member in production.cast.values():
        yield from _person(production, member)


def _person(production: Production, found: Hire | CastMember) -> Iterator[Whose]:
    """A person with everything they are: all their hires, and the part they play."""
    if isinstance(found, CastMember):
        key, name = found.id or f"cast-{found.number.lower()}", found.performer or found.character
    else:
        key, name = found.person or found.id, production.name_of(found.id)
    hires = tuple(hire for _, hire in production.hires.values() if key in (hire.id, hire.person) and hire.hired)
    member = found if isinstance(found, CastMember) else production.cast_by_id.get(key)
    if hires or member is not None:
        yield Whose(key, name, hires, (member,) if member is not None else ())
