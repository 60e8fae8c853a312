"""What was booked firmly and what was released, in the order in which it was decided."""

from __future__ import annotations

from pmkit.model.answer import Answer
from pmkit.model.production import Production


def of(production: Production, request: str, person: str) -> tuple[Answer, ...]:
    """Every firm booking and release of a person in a request, oldest first."""
    mine = production.answers_of.get((request, person), ())
    return tuple(one for one in mine if one.act in ("confirmed", "released"))
