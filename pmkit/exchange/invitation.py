"""An invitation as iCalendar (RFC 5545, iTIP RFC 5546): what calendars answer with accept, decline or tentative."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pmkit.exchange.ics import STAMP, plain
from pmkit.reports.invitation import CANCELLED, CONFIRMED, Block, Invitation


def write(invitation: Invitation, organizer: str, name: str = "") -> str:
    """The calendar that goes with one mail; `organizer` is the address at which answers are read.

    An event a block, whole days. Dates that do not follow each other recur by RDATE, so that
    the event covers no day that is not meant. DTSTAMP comes from the sequence, never from the clock.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pmkit//request//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    for block in invitation.blocks:
        calendar.add_component(_event(icalendar, invitation, block, organizer, name))
    data: bytes = calendar.to_ical()
    return data.decode()


def _event(icalendar: Any, told: Invitation, block: Block, organizer: str, name: str) -> Any:
    event = icalendar.Event()
    event.add("uid", block.uid)
    event.add("dtstamp", STAMP + timedelta(seconds=told.sequence))
    event.add("sequence", told.sequence)
    event.add("status", told.status)
    event.add("summary", plain(told.summary))
    first, last = block.dates[0], block.dates[-1]
    whole = (last - first).days + 1 == len(block.dates)
    event.add("dtstart", first)
    event.add("dtend", (last if whole else first) + timedelta(days=1))
    if not whole:
        rest: list[date] = list(block.dates[1:])
        event.add("rdate", rest, parameters={"VALUE": "DATE"})
    event.add("transp", "OPAQUE" if told.status == CONFIRMED else "TRANSPARENT")
    event.add("organizer", _address(icalendar, organizer, name))
    attendee = _address(icalendar, told.email, told.name)
    if told.status != CANCELLED:
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
