"""The running order of a day: each strip's time, one after the other from the shooting call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pmkit.model.clock import Clock, Length
from pmkit.rollup.strips import ResolvedStrip
from pmkit.rollup.watch import Time, Watch, made


@dataclass(frozen=True, slots=True)
class TimedStrip:
    """A strip with the time at which it begins and ends by the estimates; None without a crew call."""

    strip: ResolvedStrip
    start: Time | None = None
    end: Clock | None = None


def run(
    watch: Watch, strips: tuple[ResolvedStrip, ...], shooting: Time | None, lunch: Time | None, meal: Length
) -> tuple[tuple[TimedStrip, ...], datetime | None]:
    """Each strip's time, one after the other from the shooting call, and when the last one ends.

    Lunch is at its time wherever its strip stands: work that runs into it goes on after it, and
    so does what is planned before it but begins later. A further meal is taken at its place.
    """
    if shooting is None:
        return tuple(TimedStrip(found) for found in strips), None
    timed: list[TimedStrip] = []
    now, before = watch.moment(shooting.value), shooting
    due = watch.moment(lunch.value) if lunch is not None else None
    lunched = False
    for found in strips:
        minutes = timedelta(minutes=found.minutes.value)
        if found.kind == "meal" and found.strip.meal != "breakfast" and lunch is not None and not lunched:
            lunched = True
            if due is not None:
                now, due = due + minutes, None
                before = made(
                    watch.shows(now), f"lunch at {lunch.value} and {found.minutes.value}", lunch, found.minutes
                )
            timed.append(TimedStrip(found, lunch, watch.plus(lunch.value, found.minutes.value)))
            continue
        if due is not None and now >= due:
            now, due = now + timedelta(minutes=meal), None
            before = made(watch.shows(now), f"after lunch, {meal}", before, *((lunch,) if lunch else ()))
        rule = "at the shooting call" if not timed else "after what stands before it"
        start = made(watch.shows(now), rule, before, found.strip.place())
        now += minutes
        taken = ""
        if due is not None and now > due:
            now, due = now + timedelta(minutes=meal), None
            taken = f", lunch of {meal} taken meanwhile"
        timed.append(TimedStrip(found, start, watch.shows(now)))
        before = made(watch.shows(now), f"{start.value} and {found.minutes.value}{taken}", start, found.minutes)
    return tuple(timed), now
