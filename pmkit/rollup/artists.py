"""Each artist's times of a day, reckoned backwards: on set, wardrobe, make-up, pick-up."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.model.cast import CastMember
from pmkit.model.clock import Clock, OnCall
from pmkit.model.day import CastCall, Plan, Ride
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup.running import TimedStrip
from pmkit.rollup.watch import AnyCall, Time, Watch, made, resolved

SELF = OnCall("self")


@dataclass(frozen=True, slots=True)
class CastTimes:
    """An artist's times, the latest first reckoned: on set, then backwards to the pick-up."""

    number: str
    pickup: AnyCall | None = None
    arrive: AnyCall | None = None
    makeup: AnyCall | None = None
    wardrobe: AnyCall | None = None
    set: AnyCall | None = None


def cast_times(
    production: Production, plan: Plan, watch: Watch, call: Time | None, strips: tuple[TimedStrip, ...]
) -> dict[str, CastTimes]:
    """The times of whoever is in a scene of the day or in its plan, in the order of cast.yaml."""
    first: dict[str, TimedStrip] = {}
    for timed in strips:
        for number in timed.strip.cast:
            first.setdefault(number, timed)
    rides = {who.strip(): ride for ride in reversed(plan.transport) for who in ride.who if ride.pickup is not None}
    found = {}
    for number, member in production.cast.items():
        if number in first or number in plan.cast:
            ride = rides.get(number) or (rides.get(member.id) if member.id else None)
            own = plan.cast.get(number) or CastCall()
            found[number] = _artist(member, own, first.get(number), ride, watch, call)
    return found


def _artist(
    member: CastMember, own: CastCall, first: TimedStrip | None, ride: Ride | None, watch: Watch, call: Time | None
) -> CastTimes:
    prepare = member.prepare

    def given(key: str) -> AnyCall | None:
        value = getattr(own, key)
        said = "on set" if key == "set" else key
        return resolved(watch, call, value, f"{said} in the day's plan", own.place(key))

    def before(time: AnyCall | None, minutes: int, rule: str, place: Place) -> AnyCall | None:
        if time is None or not isinstance(time.value, Clock):
            return None
        return made(watch.plus(time.value, -minutes), rule, time, place)

    on_set = given("set")
    if on_set is None and first is not None and first.start is not None:
        # start is shared with the scene: the chain goes on from there
        moment: AnyCall = made(first.start.value, f"scene {first.strip.number} begins", *first.start.of)
        on_set = (
            before(
                moment, prepare.rehearse, f"less {prepare.rehearse} to rehearse", member.place("prepare", "rehearse")
            )
            if prepare.rehearse
            else moment
        )
    wardrobe, makeup = given("wardrobe"), given("makeup")
    if wardrobe is None and prepare.wardrobe:
        rule = f"on set less {prepare.wardrobe} for wardrobe"
        wardrobe = before(on_set, prepare.wardrobe, rule, member.place("prepare", "wardrobe"))
    if makeup is None and prepare.makeup:
        then = wardrobe if wardrobe is not None and isinstance(wardrobe.value, Clock) else on_set
        word = "wardrobe" if then is wardrobe else "on set"
        rule = f"{word} less {prepare.makeup} for make-up"
        makeup = before(then, prepare.makeup, rule, member.place("prepare", "makeup"))
    clocks = [time for time in (makeup, wardrobe, on_set) if time is not None and isinstance(time.value, Clock)]
    arrive = min(clocks, key=lambda time: int(time.value)) if clocks else None
    pickup = given("pickup")
    if pickup is None and ride is not None and ride.pickup is not None:
        pickup = made(ride.pickup, f"{ride.vehicle} in the day's plan", ride.place("pickup"))
    if pickup is None and arrive is not None:
        if member.drive:
            pickup = before(arrive, member.drive, f"arrival less {member.drive} to drive", member.place("drive"))
        else:
            pickup = made(SELF, "no drive given: comes by own means", member.place())
    return CastTimes(member.number, pickup, arrive, makeup, wardrobe, on_set)
