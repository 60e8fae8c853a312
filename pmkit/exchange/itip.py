"""A calendar's reply to an invitation (iTIP, RFC 5546): who accepts, declines or may come, event by event."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, NamedTuple

LARGEST: Final = 64 * 1024
"""A reply names a few events; more bytes than this are none."""
UNKNOWN: Final = dt.date.max
_MOST: Final = 500


class Event(NamedTuple):
    """One event of a reply. `day` is set where it is about a single date of a recurring one.

    It is `UNKNOWN` where it names a moment that is no date: which day that is depends on a zone it does not tell.
    `start` is when it begins in their calendar, `whole` whether that is a date and no moment.
    """

    uid: str
    attendee: str
    partstat: str
    sequence: int = 0
    comment: str = ""
    day: dt.date | None = None
    start: dt.date | None = None
    whole: bool = False


class Reply(NamedTuple):
    """A reply: its method (`REPLY`; `COUNTER` proposes another time) and its events."""

    method: str
    events: tuple[Event, ...]


def read(data: bytes) -> Reply | None:
    """A calendar part of a mail; None when it is no reply that can be read. Never raises."""
    import icalendar

    if len(data) > LARGEST or b"BEGIN:VEVENT" not in data.upper():
        return None
    try:
        calendar: Any = icalendar.Calendar.from_ical(data.replace(b"\0", b""))
        method = _text(calendar.get("method")).upper()
        events = tuple(_events(calendar))
    except Exception:  # noqa: BLE001 - the library raises what it likes of hostile text, and a reply is a stranger's
        return None
    return Reply(method, events) if method in ("REPLY", "COUNTER") else None


def _events(calendar: Any) -> Any:
    for event in calendar.walk("VEVENT")[:_MOST]:
        attendees = event.get("attendee")
        attendees = attendees if isinstance(attendees, list) else [attendees] if attendees is not None else []
        if not attendees:
            continue
        one = attendees[0]
        recurrence = event.get("recurrence-id")
        comments = event.get("comment")
        said = [*(comments if isinstance(comments, list) else [comments]), one.params.get("X-RESPONSE-COMMENT")]
        states = dict.fromkeys(_text(each.params.get("PARTSTAT", "")).upper()[:40] for each in attendees[:10])
        begins = getattr(event.get("dtstart"), "dt", None)
        yield Event(
            uid=_text(event.get("uid"))[:300],
            attendee=_text(one).lower().removeprefix("mailto:")[:320],
            partstat=" and ".join(states) if len(attendees) == 1 else f"{' and '.join(states)} for several",
            sequence=_number(event.get("sequence")),
            comment=" ".join(" ".join(_text(line) for line in said if line is not None).split())[:500],
            day=None if recurrence is None else _day(getattr(recurrence, "dt", None)),
            start=begins.date() if isinstance(begins, dt.datetime) else begins if isinstance(begins, dt.date) else None,
            whole=not isinstance(begins, dt.datetime),
        )


def _day(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else UNKNOWN
    return value if isinstance(value, dt.date) else UNKNOWN


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
