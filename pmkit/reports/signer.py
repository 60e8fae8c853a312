"""Who writes and signs for the production."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.model.production import Production

_SIGNERS = ("coordinator", "production_coordinator", "upm", "production_manager", "producer")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who writes for the production."""

    name: str
    position: str
    company: str
    phone: str
    email: str


def signer(production: Production, roles: tuple[str, ...] = _SIGNERS) -> Signer:
    """Who signs: the coordinator if there is one, else the production manager, else the producer."""
    settings = production.settings
    office = settings.office
    company, phone, email = settings.company, office.phone if office else "", office.email if office else ""
    for role in roles:
        for person in settings.people.get(role, ()):
            if person in production.hires:
                position = production.hires[person][1].position
                return Signer(production.name_of(person), position, company, phone, email)
    return Signer("", "", company or settings.title, phone, email)
