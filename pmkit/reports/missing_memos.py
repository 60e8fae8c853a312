"""Who works on a day without a signed deal memo, in a line."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.production import Production
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.person import working
from pmkit.rollup.unsigned import unsigned

_NAMED = 4  # by name; forty would be read by nobody


def of_day(production: Production, day: NumberedDay, told: set[str]) -> Iterator[str]:
    """Who works on a unit's day without a signed deal memo, whom no unit before has named; nobody where deals are not kept."""
    if not production.has_private or not production.deals:
        return
    with_it = {one.id for one in working(production, day.date, day.unit)}
    found = [one.person for one in unsigned(production, day.date) if one.person in with_it - told]
    told.update(found)
    names = list(dict.fromkeys(production.name_of(person) for person in found))
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"no signed deal memo: {', '.join(names[:_NAMED])}{more} (pmkit dealmemo --missing)"
