"""Where the production's mail stands, read from the logs of all clones together."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pmkit.mail import log
from pmkit.mail.log import Event
from pmkit.problems import Problem

NOTICES: Final = frozenset({"confirmation", "notice"})
"""Kinds of mail that tell of a booking, that it is firm or has ended: their revision counts them, and none takes another's place."""

REACHED: Final = frozenset({"sent", "doubt", "bounced"})
"""States of a mail that went, or may have: whoever it was for is taken to know it."""

Status = Literal["wanted", "queued", "doubt", "sent", "deferred", "failed", "expired", "cancelled", "bounced"]
DAY: Final = timedelta(days=1)


class Entry(NamedTuple):
    """Where one message stands.

    `wanted`: a clone that does not send asks for it. `doubt`: it was handed over, and nobody heard
    whether it was taken. `bounced`: it was taken, and came back. `expired`: its time passed before it went. `about` is what it is about
    (`kind`, `what`, `who`, `revision`, perhaps `not_after`), `digest` the content's. `tries`
    counts the attempts since it was last queued, the first of them at `tried`; `first` and `last`
    are when anything first and last happened, by the clocks of the clones; whatever is told after `order`
    counts after all that is known. `words` is what the server said, or a person, who is
    then `by`. `senders` are the clones that sent it: more than one means that it went out twice;
    `unheard` those whose attempt nobody knows the end of.
    """

    key: str
    status: Status
    about: Mapping[str, str]
    digest: str
    tries: int
    tried: datetime | None
    first: datetime
    last: datetime
    order: datetime
    words: str
    by: str
    senders: tuple[str, ...]
    queued_by: tuple[str, ...]
    wanted_by: tuple[str, ...]
    sent: tuple[Event, ...]
    unheard: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What decides when it is in doubt: a request's kind, `callsheet`, `report`."""
        return self.about.get("kind", "")

    @property
    def not_after(self) -> datetime | None:
        """The instant after which it is stale, and is not sent any more."""
        return instant(self.about.get("not_after", ""))

    @property
    def twice(self) -> bool:
        """Whether two clones sent it."""
        return len(self.senders) > 1

    @property
    def perhaps_twice(self) -> tuple[str, ...]:
        """The clones that may have sent what another one did send."""
        return tuple(actor for actor in self.unheard if self.senders and actor not in self.senders)


class Pause(NamedTuple):
    """The mail server takes no more from this account until then; its words."""

    until: datetime
    words: str
    at: datetime


class Standing(NamedTuple):
    """All messages by key, every attempt of every clone (instants, in order), and the pauses a server asked for."""

    entries: dict[str, Entry]
    tries: list[datetime]
    pauses: tuple[Pause, ...]
    problems: list[Problem]

    def pause(self, now: datetime) -> Pause | None:
        """The pause that still holds, if one does; not one told by a clock that was more than a day ahead."""
        holding = [pause for pause in self.pauses if pause.until > now and pause.at <= now + DAY]
        return max(holding, key=lambda pause: pause.until) if holding else None

    def tried(self, now: datetime, within: timedelta) -> list[datetime]:
        """The attempts of all clones so long before now, and no longer after it: clocks differ, some are wrong for years."""
        return self.tries[bisect_right(self.tries, now - within) : bisect_right(self.tries, now + within)]


def read(root: Path) -> Standing:
    """Where everything stands. Lines that could not be read are among the problems."""
    events, problems = log.events(root)
    return fold(events, problems)


def sent_twice(entries: Iterable[Entry]) -> list[Problem]:
    """The messages that two clones sent, neither knowing of the other, or may have sent: at a line of the log."""
    found = []
    for entry in entries:
        if not (entry.twice or entry.perhaps_twice):
            continue
        what, who = entry.about.get("what") or "a mail", entry.about.get("who") or "somebody"
        by = [next(event for event in entry.sent if event.actor == actor) for actor in entry.senders]
        place = by[-1].place
        if entry.twice:
            first = by[0]
            message = f"{what} went to {who} twice: from {first.actor} ({first.place.row}) and from {by[1].actor}"
        else:
            message = f"{what} went to {who} from {by[0].actor}, and perhaps from {entry.perhaps_twice[0]} before"
        hint = f"tell {who} that it is one mail; name the clone that sends: mail: {{sender: …}} in production.yaml"
        found.append(Problem("sent-twice", place, message, hint, "warning"))
    return found


def instant(text: str) -> datetime | None:
    """An instant as the log writes it; None when it says none."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def fold(events: Iterable[Event], problems: Iterable[Problem] = ()) -> Standing:
    """The state of each message from all events, oldest first.

    Once sent it stays sent, whatever a clone with a wrong clock says later. A `try` stays in
    doubt until the clone that made it tells the outcome, or a person decides.
    """
    found: dict[str, Entry] = {}
    trying: dict[str, set[str]] = {}
    tries: list[datetime] = []
    pauses: list[Pause] = []
    for event in events:
        if event.what == "try":
            insort(tries, event.at)
        elif event.what == "quota":
            until = instant(event.about.get("until", ""))
            if until is not None:
                # However wrong a clock was, a pause ends within a day of the quota it is about.
                pauses.append(Pause(min(until, event.at + DAY), event.about.get("words", ""), event.at))
        elif event.what == "resumed":
            pauses = [pause._replace(until=min(pause.until, event.at)) for pause in pauses]
        if event.key:
            entry = found.get(event.key)
            entry = _after(entry or _unheard(event), event, trying.setdefault(event.key, set()))
            if entry is not None:
                unheard = tuple(sorted(trying[event.key]))
                order = max(entry.order, event.order or event.at)
                found[event.key] = entry._replace(last=event.at, order=order, unheard=unheard)
    return Standing(found, tries, tuple(pauses), list(problems))


def _unheard(event: Event) -> Entry:
    order = event.order or event.at
    return Entry(event.key, "queued", {}, "", 0, None, event.at, event.at, order, "", "", (), (), (), ())


def _after(entry: Entry, event: Event, open_tries: set[str]) -> Entry | None:
    """A message after one more event; None when the event says nothing of it."""
    words, by = event.about.get("words", ""), event.about.get("by", "")
    match event.what:
        case "wanted":
            entry = entry._replace(wanted_by=_with(entry.wanted_by, event.actor))
            unheard = not (entry.about or entry.tries or entry.sent or entry.by)
            if unheard or entry.status in ("cancelled", "expired"):
                return entry._replace(status="wanted", about=event.about, words="", by="")
            return entry._replace(about=entry.about or event.about)
        case "queued":
            # Queued again by another clone before it heard: the first content stands.
            again = not entry.digest or entry.status in ("wanted", "cancelled", "expired")
            entry = entry._replace(queued_by=_with(entry.queued_by, event.actor))
            if not again:
                return entry
            fresh = entry.status in ("wanted", "cancelled", "expired")
            return entry._replace(
                status="queued" if fresh else entry.status,
                about=event.about,
                digest=event.about.get("digest", ""),
                words="",
                by="",
            )
        case "try":
            open_tries.add(event.actor)
            return entry._replace(
                status=_kept(entry, "doubt"), tries=entry.tries + 1, tried=_tried(entry, event), words="", by=""
            )
        case "sent" | "deferred" | "failed":
            return _told(entry, event, open_tries)._replace(words=words, by="")
        case "bounced" if entry.status == "sent":
            return entry._replace(status="bounced", words=words, by="")
        case "expired" if not open_tries:
            return entry._replace(status=_kept(entry, "expired"), words=words, by="")
        case "requeued" | "cancelled" | "resolved":
            open_tries.clear()
            decided: Status = "cancelled" if event.what == "cancelled" else "queued"
            if event.what == "resolved" and event.about.get("as") == "sent":
                decided = "sent"
            if event.what == "requeued" and entry.status == "bounced":  # a person says that the address is right
                entry = entry._replace(status="queued", senders=(), sent=())
            return entry._replace(status=_kept(entry, decided), tries=0, tried=None, words=words, by=by or event.actor)
        case _:
            return None


def _told(entry: Entry, event: Event, open_tries: set[str]) -> Entry:
    """A message after the server's answer, as the clone that tried tells it."""
    heard = event.actor in open_tries
    open_tries.discard(event.actor)
    if not heard:  # refused before its text was handed over
        entry = entry._replace(tries=entry.tries + 1, tried=_tried(entry, event))
    if event.what == "sent":
        senders = _with(entry.senders, event.actor)
        return entry._replace(status="sent", senders=senders, sent=(*entry.sent, event))
    status: Status = "doubt" if open_tries else "deferred" if event.what == "deferred" else "failed"
    return entry._replace(status=_kept(entry, status))


def _tried(entry: Entry, event: Event) -> datetime:
    return min(entry.tried or event.at, event.at)


def _kept(entry: Entry, status: Status) -> Status:
    return entry.status if entry.status in ("sent", "bounced") else status


def _with(actors: tuple[str, ...], actor: str) -> tuple[str, ...]:
    return actors if actor in actors else (*actors, actor)
