"""What a calendar's reply in a mail says of the dates that were asked for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pmkit.commands.inbox_matching import Match
    from pmkit.exchange.itip import Event, Reply
    from pmkit.mail.mime import Post
    from pmkit.rollup.quoting import Own
    from pmkit.rollup.replies import Reading

_CALENDARS: Final = 4
_INVITED: Final = ("text/calendar", "application/ics")


def reply_of(post: Post) -> Reply | None:
    """What its calendar replies: once, though it be in it twice, as Google puts it; else all that was said, to be told apart."""
    from pmkit.exchange import itip

    found: Reply | None = None
    given = [part.data for part in post.parts if part.type in _INVITED]
    for reply in (itip.read(data) for data in given[:_CALENDARS]):
        if reply is not None and found is not None and reply != found:
            method = reply.method if reply.method == found.method else "COUNTER"
            return itip.Reply(method, (*found.events, *reply.events))
        found = found or reply
    return itip.Reply("COUNTER", found.events) if found is not None and len(given) > _CALENDARS else found


def _moved(event: Event, asked: Iterable[dt.date]) -> bool:
    """Whether an event begins on none of the dates asked for; a moment may be of the day before or after, in their zone."""
    if event.start is None:
        return False
    far = dt.timedelta(days=0 if event.whole else 1)
    return all(abs(event.start - day) > far for day in asked)


def reading(post: Post, own: Own, match: Match, reply: Reply, current: bool, asked: Iterable[dt.date]) -> Reading:
    """What it says, or why nothing is read of it. `current` is whether the request still asks for the dates `asked`."""
    from pmkit.rollup import replies

    if reply.method != "REPLY":
        return replies.free(own, "the calendar proposes another time, or says more than one thing")
    if not match.events:
        return replies.free(own, "the calendar answers an event that is none of this question's")
    asked = sorted(asked)  # a date's reply begins on it, or still where the whole event does
    if current and any(
        _moved(event, (*days, *asked[:1]) if event.day is not None else asked) for event, days in match.events
    ):
        return replies.free(own, "their calendar has it on another date")
    found = replies.by_calendar(
        (replies.Invited(days, event.partstat, event.comment, event.day is not None) for event, days in match.events),
        own,
    )
    if found.closed and not found.doubt and post.more(_INVITED):
        found = found._replace(doubt="something goes along with it")
    words = {said.answer for said in found.dates.values()}
    if not current and found.closed:
        return found._replace(dates={}, answer=words.pop() if len(words) == 1 else "")
    return found
