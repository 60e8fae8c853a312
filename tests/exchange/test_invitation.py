"""Invitations: an event a block with a name for good, a sequence that only news raises, and the answer's address."""

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


def summed(calendar: icalendar.Calendar) -> list[tuple[str, int, str, str, str]]:
    return [
        (str(e["uid"]), e["sequence"], str(e["status"]), str(e["dtstart"].dt), str(e["dtend"].dt))
        for e in calendar.walk("VEVENT")
    ]


ACT = "at: 2025-10-1{}T10:00:00Z\nact: {}\ndays: [{}]"


def test_a_hold_is_tentative_and_free_time_an_event_a_block(made: Made) -> None:
    calendar = asked(made(REQUEST))
    assert calendar["method"] == "REQUEST"
    assert summed(calendar) == [
        ("SALT-r-kay-1@pmkit", 0, "TENTATIVE", "2025-10-27", "2025-10-30"),
        ("SALT-r-kay-2@pmkit", 0, "TENTATIVE", "2025-11-03", "2025-11-04"),
    ]
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
    acts = [ACT.format(5, "confirmed", "2025-10-27..2025-10-29"), ACT.format(6, "released", "2025-10-27..2025-10-29")]
    production = made(REQUEST, *acts)
    first, second = told(production, 1), told(production, 2)
    assert (first["method"], second["method"]) == ("REQUEST", "CANCEL")
    assert summed(first) == [("SALT-r-kay-1@pmkit", 1, "CONFIRMED", "2025-10-27", "2025-10-30")]
    assert summed(second) == [("SALT-r-kay-1@pmkit", 2, "CANCELLED", "2025-10-27", "2025-10-30")]
    assert first.walk("VEVENT")[0]["transp"] == "OPAQUE"
    assert summed(asked(production))[0][1] == 0  # what was asked is no news


def test_a_release_in_the_middle_leaves_an_event_with_the_other_days(made: Made) -> None:
    acts = [ACT.format(5, "confirmed", "2025-10-27..2025-10-29"), ACT.format(6, "released", "2025-10-28")]
    calendar = told(made(REQUEST, *acts), 2)
    assert calendar["method"] == "REQUEST"
    assert summed(calendar) == [("SALT-r-kay-1@pmkit", 2, "CONFIRMED", "2025-10-27", "2025-10-28")]
    assert b"RDATE;VALUE=DATE:20251029" in calendar.to_ical()


def test_a_new_revision_is_news_and_goes_above_all_before_it(made: Made) -> None:
    act = ACT.format(5, "confirmed", "2025-10-27")
    assert summed(asked(made(REQUEST + "revision: 2\n", act)))[0][:2] == ("SALT-r-kay-1@pmkit", 2)
