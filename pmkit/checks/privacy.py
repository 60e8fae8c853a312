"""What private facts may not do: contradict what everybody is told, or lie where they leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmkit.model.production import Production
from pmkit.problems import Problem


def minor_band(production: Production) -> Iterator[Problem]:
    """A minor's birth date in private/ does not fit the age band that cast.yaml tells the set.

    The band holds from the first shooting day to the last: a birthday in between must not carry
    the artist out of it.
    """
    days = [day.date for _, day in production.board.days() if day.shoots]
    for member in production.cast.values():
        if member.birth_date is None or not days or (member.minor is None and member.given("minor")):
            continue
        first, last = (_age(member.birth_date, day) for day in (min(days), max(days)))
        place = member.place("minor") if member.minor else member.place("birth_date")
        if member.minor is None:
            if first < 18:
                hint = f"say so in cast.yaml: minor: {_band_for(first)}"
                yield Problem("minor-unmarked", member.place(), f"{member.character} is played by a minor", hint)
        elif not member.minor.first <= first < member.minor.last:
            message = f"{member.character} is not of the age band {member.minor} when the shoot begins"
            yield Problem("minor-band", place, message, f"the age band is {_band_for(first)}")
        elif last >= member.minor.last:
            message = f"{member.character} leaves the age band {member.minor} before the last shooting day"
            hint = f"by then it is {_band_for(last)}: plan by the stricter of the two, and waive this with that reason"
            yield Problem("minor-band", place, message, hint)


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band_for(age: int) -> str:
    # California's bands; other agreements split elsewhere and name theirs.
    for first, last in ((0, 2), (2, 6), (6, 9), (9, 16), (16, 18)):
        if first <= age < last:
            return f"{first}-{last}"
    return "none: of age"


def minor_without_guardian(production: Production) -> Iterator[Problem]:
    """A minor is called, and no guardian is named who comes along."""
    for member in production.cast.values():
        if member.minor is not None and member.guardian is None:
            hint = "guardian: {name: …, phone: …} in cast.yaml or private/cast.yaml"
            yield Problem(
                "no-guardian",
                member.place("minor"),
                f"{member.character} is a minor without a guardian",
                hint,
                "warning",
            )


CHECKS = (minor_band, minor_without_guardian)
