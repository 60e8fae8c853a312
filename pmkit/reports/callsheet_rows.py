"""What a call sheet is made of: its rows and blocks, shaped like the paper.

Only what everybody on set may see is here (privacy classes public and set), and three numbers:
those of the UPM and of the 1st and 2nd AD, when the public crew list gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmkit.model.clock import Call, Clock, Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Draft as TypedDraft


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """A key person of the head: the role's title, who holds it, and a number to ring."""

    title: str
    names: tuple[str, ...]
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft a document was made from: its colour and date."""

    draft: str
    date: date | None


def draft(typed: TypedDraft | None) -> Draft | None:
    """A draft as documents name it; nothing where production.yaml says nothing of it."""
    return Draft(typed.draft, typed.date) if typed is not None and (typed.draft or typed.date) else None


@dataclass(frozen=True, slots=True)
class WeatherRow:
    """The weather expected, as the plan has it."""

    high: str
    low: str
    sky: str
    rain: str
    wind: str
    humidity: str
    note: str


@dataclass(frozen=True, slots=True)
class SunRow:
    """The light of the day at the first location; `word` when the sun does not rise or set."""

    first_light: Clock | None
    sunrise: Clock | None
    sunset: Clock | None
    last_light: Clock | None
    word: str


@dataclass(frozen=True, slots=True)
class ClockChangeRow:
    """The clocks change during the work: when, and by how long (negative is back)."""

    at: Clock
    by: Length


@dataclass(frozen=True, slots=True)
class HospitalRow:
    """The nearest hospital."""

    name: str
    address: str
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class Parking:
    """A place to park and who it is for."""

    who: str
    where: str


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location of the day under its letter, with base, parking and a link to the map."""

    letter: str
    name: str
    address: str
    w3w: str
    base: str
    parking: tuple[Parking, ...]
    holding: str
    catering: str
    note: str
    map: str


@dataclass(frozen=True, slots=True)
class StripRow:
    """A row of the scenes: `kind` is scene, meal, move, text (work without a scene) or note.

    A scene has number, side, set, light in words, script day, cast, pages and the letter of its
    location; the others have `words`. `colour` is the palette's key, `night` asks for the hatch.
    """

    kind: str
    number: str = ""
    side: str = ""
    set: str = ""
    light: str = ""
    night: bool = False
    colour: str = ""
    synopsis: str = ""
    script_day: str = ""
    cast: tuple[str, ...] = ()
    pages: Eighths | None = None
    location: str = ""
    words: str = ""
    length: Length | None = None
    start: Clock | None = None
    end: Clock | None = None


@dataclass(frozen=True, slots=True)
class CastRow:
    """An artist of the day: status after the day out of days, and times."""

    number: str
    performer: str
    character: str
    minor: bool
    status: str
    pickup: Call | None
    makeup: Call | None
    wardrobe: Call | None
    set: Call | None
    remarks: str


@dataclass(frozen=True, slots=True)
class BackgroundRow:
    """Background or stand-ins: how many, who, when and where."""

    count: int
    what: str
    scale: str
    scenes: tuple[str, ...]
    call: Call | None
    set: Call | None
    report: str
    note: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What a department must have there: things, each with the scenes it is in."""

    department: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdvanceDay:
    """One of the next shooting days, provisional."""

    number: int
    date: date
    call: Clock | None
    locations: tuple[str, ...]
    strips: tuple[StripRow, ...]
    pages: Eighths


@dataclass(frozen=True, slots=True)
class CrewRow:
    """A hire and their call."""

    position: str
    name: str
    call: Call | None


@dataclass(frozen=True, slots=True)
class CrewDepartment:
    """A department's people in the order of the crew list."""

    name: str
    channel: str
    people: tuple[CrewRow, ...]


@dataclass(frozen=True, slots=True)
class PreCall:
    """Departments that are called before everybody else, at the same time."""

    departments: tuple[str, ...]
    call: Clock


@dataclass(frozen=True, slots=True)
class Passenger:
    """Somebody who rides: the cast number, if any, and the name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RideRow:
    """A run of a vehicle: when it leaves, who rides, from where to where."""

    vehicle: str
    driver: str
    leaves: Clock | None
    passengers: tuple[Passenger, ...]
    from_: str
    to: str
    note: str


@dataclass(frozen=True, slots=True)
class MealRow:
    """A meal: when, and for how many."""

    name: str
    time: Clock | None
    count: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A walkie channel and who is on it."""

    channel: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number to ring on duty."""

    what: str
    who: str
    phone: str


@dataclass(frozen=True, slots=True)
class CallSheet:
    """A unit's call sheet, front and back. `unit` is empty in a production with one unit."""

    title: str
    company: str
    unit: str
    day: int
    days: int
    date: date
    stage: str
    script: Draft | None
    schedule: Draft | None
    people: tuple[KeyPerson, ...]
    call: Clock | None
    breakfast: Clock | None
    shooting_call: Clock | None
    lunch: Clock | None
    wrap: Clock | None
    day_length: Length
    meal_length: Length
    clock_change: ClockChangeRow | None
    weather: WeatherRow | None
    sun: SunRow | None
    hospital: HospitalRow | None
    safety: tuple[str, ...]
    notes: tuple[str, ...]
    locations: tuple[LocationRow, ...]
    strips: tuple[StripRow, ...]
    total_scenes: int
    total_pages: Eighths
    cast: tuple[CastRow, ...]
    cast_called: int
    background: tuple[BackgroundRow, ...]
    background_total: int
    needs: tuple[NeedRow, ...]
    advance: tuple[AdvanceDay, ...]
    crew: tuple[CrewDepartment, ...]
    crew_called: int
    precalls: tuple[PreCall, ...]
    transport: tuple[RideRow, ...]
    meals: tuple[MealRow, ...]
    walkie: tuple[ChannelRow, ...]
    numbers: tuple[NumberRow, ...]
    palette: dict[str, str]
