"""Invitations: one event with a name for good, a sequence that only news raises, and the answer's address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import icalendar
import pytest

from pmkit.exchange import invitation as ics
from pmkit.files.folder import Folder
from pmkit.model.production import Production
from pmkit.reports import invitation
from pmkit.reports.notice import notice
from pmkit.reports.request import letters
from pmkit.reports.request_status import people

NOW = dt.datetime(2025, 10, 15, 12)
FILES = {
    "production": "pmkit: 1\ntitle: The Salt Road\ncode: SALT\n",
    "crew": 'grip:\n  people:\n    - {id: kay, name: "Kay \\"K\\" Moss; Sr", position: Grip, email: kay@example.com}\n',
}
REQUEST = "kind: hold\nrank: 1\nask: [kay]\ndates: [2025-10-27..2025-10-29, 2025-11-03]\ntext: |\n  Bring a coat, please; it is cold.\n"


@pytest.fixture
def made(production: Callable[..., Folder]) -> Callable[..., Production]:
    def make(request: str, *acts: str) -> Production:
        told = {f"private__answers__r-{n}": f"request: r\nperson: kay\n{text}\n" for n, text in enumerate(acts)}
        return production(**FILES, requests__r=request, **told).production

    return make


Made = Callable[..., Production]


def asked(production: Production) -> icalendar.Calendar:
    letter = letters(production, "r", NOW.date())[0][0]
    told = invitation.asking(production, production.requests["r"], letter)
    assert told is not None
    return icalendar.Calendar.from_ical(ics.write(told, "production@example.com", "The Salt Road"))


def told(production: Production, number: int) -> icalendar.Calendar:
    request = production.requests["r"]
    who, how = people(production, request, NOW)[0]
    acts = [act for act in how.acts if act.act in ("confirmed", "released")]
    letter = notice(production, request, who, acts[number - 1])
    found = invitation.telling(production, request, letter, number)
    assert found is not None
    return icalendar.Calendar.from_ical(ics.write(found, "production@example.com"))


Row = tuple[str, int, str, str]


def days_of(event: icalendar.Event) -> str:
    """The days an event stands on, as a calendar shows it."""
    first, last = event["dtstart"].dt, event["dtend"].dt - dt.timedelta(days=1)
    if "rrule" in event:
        assert event["rrule"]["freq"] == ["DAILY"] and first == last
        last = event["rrule"]["until"][0]
    out = event.get("exdate", [])
    gone = {day.dt for one in (out if isinstance(out, list) else [out]) for day in one.dts}
    assert gone <= {first + dt.timedelta(days=n) for n in range((last - first).days)} - {first}
    every = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return " ".join(f"{day:%m%d}" for day in every if day not in gone)


def summed(calendar: icalendar.Calendar) -> list[Row]:
    events = calendar.walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == 1  # RFC 5546, 3.2.2: one UID a message
    assert ["recurrence-id" in event for event in events] == [False, *[True] * (len(events) - 1)]
    assert all(event["recurrence-id"].dt == event["dtstart"].dt for event in events[1:])
    return [(str(e["uid"]), e["sequence"], str(e["status"]), days_of(e)) for e in events]


ACT = "at: 2025-10-1{}T10:00:00Z\nact: {}\ndays: [{}]"


UID = "SALT-r-kay@pmkit"


def test_a_hold_is_tentative_and_free_time_one_event_of_all_its_dates(made: Made) -> None:
    calendar = asked(made(REQUEST))
    assert calendar["method"] == "REQUEST"
    assert summed(calendar) == [(UID, 0, "TENTATIVE", "1027 1028 1029 1103")]
    whole = asked(made(REQUEST.replace(", 2025-11-03]", "]")))
    assert summed(whole) == [(UID, 0, "TENTATIVE", "1027 1028 1029")]
    assert "rrule" not in whole.walk("VEVENT")[0]  # days that follow each other are one bar
    event = calendar.walk("VEVENT")[0]
    assert event["transp"] == "TRANSPARENT"
    assert str(event["organizer"]) == "mailto:production@example.com"
    assert str(event["attendee"]) == "mailto:kay@example.com"
    assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION" and event["attendee"].params["RSVP"] == "TRUE"
    assert event["attendee"].params["CN"] == "Kay 'K' Moss; Sr"
    assert "Bring a coat, please; it is cold." in event["description"]


def test_a_question_is_no_event(made: Made) -> None:
    production = made(REQUEST.replace("hold\nrank: 1", "availability"))
    letter = letters(production, "r", NOW.date())[0][0]
    assert invitation.asking(production, production.requests["r"], letter) is None


def test_confirmed_then_released_keep_the_name_and_raise_the_sequence(made: Made) -> None:
    every = "2025-10-27..2025-10-29, 2025-11-03"
    production = made(REQUEST, ACT.format(5, "confirmed", every), ACT.format(6, "released", every))
    first, second = told(production, 1), told(production, 2)
    assert (first["method"], second["method"]) == ("REQUEST", "CANCEL")
    assert summed(first) == [(UID, 1, "CONFIRMED", "1027 1028 1029 1103")]
    assert summed(second) == [(UID, 2, "CANCELLED", "1027 1028 1029 1103")]
    assert first.walk("VEVENT")[0]["transp"] == "OPAQUE"
    assert summed(asked(production))[0][1] == 0  # what was asked is no news


def test_what_is_booked_stands_firm_among_what_is_held(made: Made) -> None:
    said = "at: 2025-10-14T10:00:00Z\ndates: {2025-10-29: {answer: no}}"
    calendar = told(made(REQUEST, said, ACT.format(5, "confirmed", "2025-10-28")), 1)
    assert summed(calendar) == [(UID, 1, "TENTATIVE", "1027 1028 1103"), (UID, 1, "CONFIRMED", "1028")]
    held, firm = calendar.walk("VEVENT")
    assert (str(held["summary"]), str(firm["summary"])) == (
        "The Salt Road: first hold, Grip",
        "The Salt Road: confirmed, Grip",
    )
    assert (held["transp"], firm["transp"]) == ("TRANSPARENT", "OPAQUE")
    assert held["description"] == "confirmed: 28 October\nfirst hold: 27 October, 3 November"


def test_a_release_leaves_an_event_with_the_other_days(made: Made) -> None:
    acts = [ACT.format(5, "confirmed", "2025-10-27..2025-10-29"), ACT.format(6, "released", "2025-10-28, 2025-11-03")]
    calendar = told(made(REQUEST, *acts), 2)
    assert calendar["method"] == "REQUEST" and summed(calendar) == [(UID, 2, "CONFIRMED", "1027 1029")]
    held = told(made(REQUEST, ACT.format(5, "released", "2025-10-28")), 1)
    assert held["method"] == "REQUEST" and summed(held) == [(UID, 1, "TENTATIVE", "1027 1029 1103")]


def test_a_new_revision_is_news_and_goes_above_all_before_it(made: Made) -> None:
    moved = asked(made(REQUEST.replace("2025-10-27..2025-10-29, ", "") + "revision: 2\n"))
    assert summed(moved) == [(UID, 1, "TENTATIVE", "1103")]
    act = ACT.format(5, "confirmed", "2025-10-27")
    calendar = asked(made(REQUEST + "revision: 2\n", act))
    assert summed(calendar) == [(UID, 2, "TENTATIVE", "1027 1028 1029 1103"), (UID, 2, "CONFIRMED", "1027")]


def test_a_reply_is_to_the_revision_whose_sequence_it_has(made: Made) -> None:
    acts = [ACT.format(5, "confirmed", "2025-10-27"), ACT.format(6, "released", "2025-10-27") + "\nrevision: 2"]
    production = made(REQUEST + "revision: 3\n", *acts)
    request = production.requests["r"]
    found = {number: invitation.answered(production, request, "kay", number) for number in range(6)}
    assert found == {0: (1, False), 1: (1, True), 2: (2, False), 3: (2, True), 4: (3, False), 5: (3, False)}
