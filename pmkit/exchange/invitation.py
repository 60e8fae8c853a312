"""An invitation as iCalendar (RFC 5545, iTIP RFC 5546): what calendars answer with accept, decline or tentative."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pmkit.exchange.ics import STAMP, plain
from pmkit.reports.invitation import CANCELLED, CONFIRMED, Invitation

_DAY = timedelta(days=1)


def write(invitation: Invitation, organizer: str, name: str = "") -> str:
    """The calendar that goes with one mail; `organizer` is the address at which answers are read.

    One event of whole days. Dates that do not follow each other recur by the day with the days between
    left out (RRULE, EXDATE): Outlook refuses RDATE alone, and each date can be answered for itself.
    DTSTAMP comes from the sequence, never from the clock.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pmkit//request//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    for event in _events(icalendar, invitation, organizer, name):
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data.decode()


def _events(icalendar: Any, told: Invitation, organizer: str, name: str) -> list[Any]:
    first, last = told.dates[0], told.dates[-1]
    whole = (last - first).days + 1 == len(told.dates)
    event = _event(icalendar, told, told.status, told.summary, organizer, name)
    event.add("dtstart", first)
    if whole and not told.firm:
        event.add("dtend", last + _DAY)
        return [event]
    event.add("dtend", first + _DAY)
    event.add("rrule", {"freq": "daily", "until": last})
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    for day in days:
        if day not in told.dates:
            event.add("exdate", day, parameters={"VALUE": "DATE"})
    return [event, *(_firm(icalendar, told, day, organizer, name) for day in told.firm)]


def _firm(icalendar: Any, told: Invitation, day: date, organizer: str, name: str) -> Any:
    """A booked date among held ones."""
    event = _event(icalendar, told, CONFIRMED, told.firm_summary, organizer, name)
    event.add("recurrence-id", day, parameters={"VALUE": "DATE"})
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    return event


def _event(icalendar: Any, told: Invitation, status: str, summary: str, organizer: str, name: str) -> Any:
    event = icalendar.Event()
    event.add("uid", told.uid)
    event.add("dtstamp", STAMP + timedelta(seconds=told.sequence))
    event.add("sequence", told.sequence)
    event.add("status", status)
    event.add("summary", plain(summary))
    event.add("transp", "OPAQUE" if status == CONFIRMED else "TRANSPARENT")
    event.add("organizer", _address(icalendar, organizer, name))
    attendee = _address(icalendar, told.email, told.name)
    if status != CANCELLED:
        attendee.params["PARTSTAT"] = icalendar.vText("NEEDS-ACTION")
        attendee.params["RSVP"] = icalendar.vText("TRUE")
    attendee.params["ROLE"] = icalendar.vText("REQ-PARTICIPANT")
    event.add("attendee", attendee)
    if told.location:
        event.add("location", plain(told.location))
    if told.description:
        event.add("description", plain(told.description))
    return event


def _address(icalendar: Any, email: str, name: str) -> Any:
    made = icalendar.vCalAddress(f"mailto:{plain(email)}")
    said = " ".join(plain(name).split()).replace('"', "'")
    if said and said != email:
        made.params["CN"] = icalendar.vText(said)
    return made
