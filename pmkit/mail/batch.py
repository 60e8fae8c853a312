"""A batch on its way out: one message after the other, each with its intent and its outcome written down.

Before a message's text goes out, `try` is on the disk; after the server's answer, what it said.
One that fails stops no other. The server's quota, the production's own limits and a server that
can not be reached end the batch; what is left stays in the outbox.
"""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

from pmkit.mail import log
from pmkit.mail.outbox import Outbox
from pmkit.mail.standing import DAY, Entry, Standing, Status
from pmkit.problems import Fault, Stop

RESENT: Final = frozenset({"callsheet", "report", "daily", "reminder"})
"""Kinds of mail that are sent again when in doubt: twice is better than never. All others are held."""

GIVEN_UP: Final = timedelta(hours=48)
"""A message that the server put off is given up at the first attempt after this long."""

_WAITS: Final = (5, 15, 60, 240, 1440)  # minutes before another try, the last one from then on
_QUOTA_WAITS: Final = (60, 240, 1440)  # minutes before an account whose quota is used up is tried again
_MINUTE: Final = timedelta(minutes=1)


class Outcome(NamedTuple):
    """What a server said to one message, in pmkit's words; `doubt` when it said nothing.

    `stop` is why the rest of the batch must wait (a quota used up); empty to go on.
    """

    status: Status
    words: str
    stop: str = ""


class QuotaUsed(Stop):
    """The server lets nobody of this account in for now: its words, told before any message was tried."""


class Door(Protocol):
    """The way to the mail server: `pmkit.mail.post.Post`, or a stand-in."""

    def deliver(self, sender: str, recipient: str, data: bytes, before: Callable[[], None]) -> Outcome:
        """Hand one message over; `before` is called when nothing but its text is left to send."""


class Limits(NamedTuple):
    """How many mails an account may send: in any 24 hours, of which nine tenths are used, and in any minute.

    Counted by attempts, of all clones. `pause` waits so many seconds, sixty at the most.
    """

    per_day: int = 2000
    per_minute: int = 30
    pause: Callable[[float], object] = time.sleep

    @property
    def day(self) -> int:
        """What pmkit uses of the day's number; the rest is left to whoever writes by hand."""
        return max(1, self.per_day * 9 // 10)


class Result(NamedTuple):
    """What became of one message in this run: its state now and the server's words."""

    key: str
    status: Status
    words: str


class Batch(NamedTuple):
    """What came of one run: each message looked at, and why the run ended early (or nothing)."""

    results: tuple[Result, ...]
    stopped: Stop | None

    def count(self, status: Status) -> int:
        """How many ended so."""
        return sum(result.status == status for result in self.results)


def send(
    outbox: Outbox,
    keys: Iterable[str],
    door: Door,
    clock: Callable[[], datetime],
    limits: Limits | None = None,
    only_to: str = "",
) -> Batch:
    """Send what is due of these messages.

    A message in doubt is held, or sent again if its kind is one of `RESENT`. With `only_to` (a
    rehearsal) nothing goes to any other address; without it nothing goes that was made for one.
    """
    standing = outbox.standing()
    results: list[Result] = []
    for key in keys:
        entry = standing.entries.get(key)
        if entry is None:
            continue
        if stale(entry, clock()):
            results.append(_expired(outbox, entry, clock()))
        elif not due(entry, clock()):
            results.append(Result(key, entry.status, entry.words))
        else:
            try:
                _room(standing, clock, limits)
                outcome = _send(outbox, entry, door, clock, standing.tries, only_to)
            except Stop as stop:
                if isinstance(stop, QuotaUsed):
                    paused(outbox, standing, stop.message, clock())
                return Batch(tuple(results), stop)
            results.append(Result(key, outcome.status, outcome.words))
            if outcome.stop:
                until = paused(outbox, standing, outcome.words, clock())
                hint = f"what is left stays in the outbox; it can go on after {_hour(until, clock())}"
                return Batch(tuple(results), Stop(outcome.stop, hint, exit_code=75))
    return Batch(tuple(results), None)


def expire(outbox: Outbox, keys: Iterable[str], now: datetime) -> list[str]:
    """Write down which of these messages are stale; returns those that are due now."""
    found = []
    entries = outbox.standing().entries
    for entry in (entries[key] for key in keys if key in entries):
        if stale(entry, now):
            _expired(outbox, entry, now)
        elif due(entry, now):
            found.append(entry.key)
    return found


def _expired(outbox: Outbox, entry: Entry, now: datetime) -> Result:
    words = entry.words
    if entry.status != "expired":
        words = f"its time passed{f'; the server last said: {words}' if words else ''}"
        outbox.note(now, "expired", entry.key, words=words)
    return Result(entry.key, "expired", words)


def paused(outbox: Outbox, standing: Standing, words: str, now: datetime) -> datetime:
    """Write down that the account's quota is used up: an hour's pause, then ever longer ones in a day."""
    before = sum(pause.at > now - DAY for pause in standing.pauses)
    until = now + timedelta(minutes=_QUOTA_WAITS[min(before, len(_QUOTA_WAITS) - 1)])
    outbox.note(now, "quota", "", until=until.isoformat(), words=words)
    return until


def check(standing: Standing, now: datetime, limits: Limits | None) -> None:
    """Raise `Stop` (exit code 75) for the day's limit, and for a pause the server asked for."""
    pause = standing.pause(now)
    if pause is not None:
        until = pause.until.astimezone(now.tzinfo)
        message = f"the mail server takes no more from this account until {_hour(until, now)}: {pause.words}"
        raise Stop(message, "to try sooner: pmkit outbox retry, then send again", exit_code=75)
    tried = standing.tried(now, DAY)
    if limits is not None and len(tried) >= limits.day:
        free = (tried[-limits.day] + DAY).astimezone(now.tzinfo)
        message = f"{len(tried)} mails were handed over in the last 24 hours; of {limits.per_day} a day pmkit uses {limits.day}"
        hint = f"what is left stays in the outbox; it can go on after {_hour(free, now)}, or raise per_day under mail:"
        raise Stop(message, hint, exit_code=75)


def _hour(at: datetime, now: datetime) -> str:
    """An hour as people say it: with its day, where that is another than today."""
    at = at.astimezone(now.tzinfo)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%H:%M} on {at:%Y-%m-%d}"


def _room(standing: Standing, clock: Callable[[], datetime], limits: Limits | None) -> None:
    """Wait for the minute's limit; the day's and the server's end the batch."""
    now = clock()
    check(standing, now, limits)
    tried = standing.tried(now, _MINUTE)
    if limits is not None and len(tried) >= limits.per_minute:
        wait = (tried[-limits.per_minute] + _MINUTE - now).total_seconds()
        limits.pause(min(max(wait, 0.0), 60.0))


def _send(
    outbox: Outbox,
    entry: Entry,
    door: Door,
    clock: Callable[[], datetime],
    tries: list[datetime],
    only_to: str,
) -> Outcome:
    """One message through the door, its intent and its outcome written down."""
    key = entry.key
    sealed = outbox.frozen(key)
    if isinstance(sealed, Fault):
        return Outcome(entry.status, sealed.message)
    if sealed.digest != entry.digest:
        return Outcome(entry.status, f"mail/outbox/{key}.eml was changed after it was queued, and is not sent")
    if bool(only_to) != bool(entry.about.get("rehearsal")) or (only_to and only_to != sealed.recipient):
        words = "a rehearsal is on (redirect_all)" if only_to else "it was made for a rehearsal"
        return Outcome(entry.status, f"{words}, and it is not sent")
    begun = False

    def before() -> None:
        nonlocal begun
        now = clock()
        outbox.note(now, "try", key)
        insort(tries, now)
        begun = True

    try:
        outcome = door.deliver(sealed.sender, sealed.recipient, sealed.data, before)
    except Stop:
        raise
    except Exception as bug:  # noqa: BLE001 - whatever one message does to us, the others still go
        outcome = Outcome("doubt" if begun else "deferred", f"a fault of pmkit ({type(bug).__name__})")
    now = clock()
    if outcome.status == "deferred" and not outcome.stop and entry.tried and now - entry.tried >= GIVEN_UP:
        outcome = Outcome("failed", f"given up after two days: {outcome.words}")
    if outcome.status in log.OUTCOMES:
        try:
            outbox.note(now, outcome.status, key, words=outcome.words)
        except Stop as stop:
            message = f"the mail to {sealed.recipient} was {outcome.status}, and that could not be written down"
            raise Stop(f"{message}: {stop.message}", stop.hint, exit_code=4) from stop
    return outcome


def due(entry: Entry, now: datetime) -> bool:
    """Whether a message may be sent now: queued, deferred long enough ago, or in doubt and resent by kind."""
    if entry.not_after is not None and now > entry.not_after:
        return False
    match entry.status:
        case "queued":
            return True
        case "deferred":
            return now >= not_before(entry) or entry.last > now + DAY  # told by a clock that was ahead
        case "doubt":
            return entry.kind in RESENT and _again(entry, now)
        case _:
            return False


def _again(entry: Entry, now: datetime) -> bool:
    """Whether a message in doubt that is sent again by kind goes now: once at once, then as a deferred one, no longer than two days."""
    if entry.tries < 2 or entry.tried is None:
        return True
    return entry.last - entry.tried < GIVEN_UP and now >= not_before(entry)


def stale(entry: Entry, now: datetime) -> bool:
    """Whether a message's time has passed before it went; one in doubt stays in doubt."""
    if entry.status == "expired":
        return True
    past = entry.not_after is not None and now > entry.not_after
    return past and entry.status in ("wanted", "queued", "deferred")


def not_before(entry: Entry) -> datetime:
    """When a deferred message is tried again: five minutes later, then ever rarer, a fifth more or less.

    The part more or less comes from the key, so that a batch does not come back all at once.
    """
    minutes = _WAITS[min(entry.tries, len(_WAITS)) - 1 if entry.tries else 0]
    try:
        share = int(entry.key[:4], 16) / 0xFFFF
    except ValueError:
        share = 0.5
    return entry.last + timedelta(minutes=minutes * (0.8 + 0.4 * share))
