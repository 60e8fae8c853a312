"""iCalendar (RFC 5545): a diary as an `.ics` file that calendars take as news of what they have already.

An event keeps its UID for good: production, date, unit or kind, person. Its SEQUENCE is raised
when it says anything else than last time, and it is CANCELLED when it is dropped; what was said
last time is handed in and out (`SentEvent`). DTSTAMP comes from the sequence, never from the
clock, so the same folder gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pmkit.model.calendar import SentEvent
from pmkit.reports.diary import Diary, Entry

# The moment that DTSTAMP is reckoned from, a second for each sequence number.
STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_UID = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Exported:
    """A calendar's bytes, what is to be remembered of it, and how many events are new, changed and cancelled."""

    data: bytes
    sent: dict[str, SentEvent]
    new: int
    changed: int
    cancelled: int


def write(diary: Diary, sent: dict[str, SentEvent], organizer: str = "") -> Exported:
    """A diary as a published calendar, after what was sent of it before.

    `organizer` is the address of the production office, which a published event should name.
    """
    entries = {uid(diary, entry): entry for entry in diary.entries}
    now = {key: _sequenced(entry, sent.get(key)) for key, entry in entries.items()}
    for key, before in sent.items():
        if key not in now:
            now[key] = before if before.cancelled else _cancelled(before)
    kept = dict(sorted(now.items(), key=lambda item: (item[1].date, item[0])))
    return Exported(
        data=_calendar(diary, entries, kept, organizer),
        sent=kept,
        new=sum(key not in sent for key in now),
        changed=sum(
            key in sent and event.sequence != sent[key].sequence for key, event in now.items() if key in entries
        ),
        cancelled=sum(event.cancelled and not sent[key].cancelled for key, event in now.items()),
    )


def uid(diary: Diary, entry: Entry) -> str:
    """The event's name for good, the same in everybody's calendar program."""
    return f"{_UID.sub('-', diary.production).strip('-') or 'production'}-{entry.key}-{diary.key}@pmkit"


def _content(entry: Entry) -> str:
    """The digest of everything an event says."""
    moments = [
        moment.isoformat() + str(moment.tzinfo) if moment is not None else "" for moment in (entry.start, entry.end)
    ]
    told = [
        entry.kind,
        entry.what,
        str(entry.day),
        str(entry.until),
        *moments,
        entry.where,
        entry.coordinates,
        entry.note,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _sequenced(entry: Entry, before: SentEvent | None) -> SentEvent:
    content = _content(entry)
    if before is not None and before.content == content and not before.cancelled:
        return before
    sequence = before.sequence + 1 if before is not None else 0
    return SentEvent(sequence=sequence, content=content, date=entry.day, what=_line(entry.what))


def _cancelled(before: SentEvent) -> SentEvent:
    return before.but(sequence=before.sequence + 1, content="", cancelled=True)


def _calendar(diary: Diary, entries: dict[str, Entry], sent: dict[str, SentEvent], organizer: str) -> bytes:
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//pmkit//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(plain(f"{diary.production}: {diary.name}")))
    for key, event in sent.items():
        made = icalendar.Event()
        made.add("uid", key)
        made.add("dtstamp", STAMP + timedelta(seconds=event.sequence))
        made.add("sequence", event.sequence)
        if organizer:
            made.add("organizer", f"mailto:{organizer}")
        if event.cancelled:
            made.add("status", "CANCELLED")
            made.add("summary", f"Cancelled: {event.what}")
            made.add("dtstart", event.date)
            made.add("transp", "TRANSPARENT")
        else:
            _say(made, entries[key])
        calendar.add_component(made)
    years = [entry.day.year for entry in entries.values()]
    if years:
        # the year before and after, so that a program which looks at neighbours finds them too
        calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
    data: bytes = calendar.to_ical()
    return data


def _say(made: Any, entry: Entry) -> None:
    made.add("status", "CONFIRMED")
    made.add("summary", plain(entry.what))
    if entry.start is not None and entry.end is not None:
        made.add("dtstart", entry.start)
        made.add("dtend", entry.end)
    else:
        made.add("dtstart", entry.day)
        made.add("dtend", entry.until + timedelta(days=1))
    made.add("categories", [entry.kind])
    if entry.where:
        made.add("location", plain(entry.where))
    if entry.coordinates is not None:
        made.add("geo", entry.coordinates)
    if entry.note:
        made.add("description", plain(entry.note))


def _line(text: str) -> str:
    """A text short and plain enough to stand in the file that remembers it, whatever it holds."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:200]


def plain(text: str) -> str:
    """Text of the folder without what no calendar may hold; new lines stay, and the library escapes them."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
