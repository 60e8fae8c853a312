"""The outbox: messages are frozen and written down before anything is sent, and never sent twice.

`mail/outbox/KEY.eml` holds the bytes, `KEY.yaml` beside it tells people what it is; neither is
tracked by git. What happened to a message stands in the log (`pmkit.mail.log`). The key names
the message by what it is about, not by what it says: the same request to the same person in
the same revision is one message, and asking for it again sends nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from pmkit import disk
from pmkit.mail import log
from pmkit.mail.log import Entry, Status
from pmkit.mail.message import Sealed, envelope
from pmkit.problems import Fault, Problem, Stop

RESENT: Final = frozenset({"callsheet", "report", "daily", "reminder"})
"""Kinds of mail that are sent again when in doubt: twice is better than never. All others are held."""

_WAITS: Final = (5, 15, 60, 240, 1440)  # minutes before another try, the last one from then on


class Outcome(NamedTuple):
    """What a server said to one message, in pmkit's words; `doubt` when it said nothing.

    `stop` is why the rest of the batch must wait (a quota used up); empty to go on.
    """

    status: Status
    words: str
    stop: str = ""


class Door(Protocol):
    """The way to the mail server: `pmkit.mail.post.Post`, or a stand-in."""

    def deliver(self, sender: str, recipient: str, data: bytes, before: Callable[[], None]) -> Outcome:
        """Hand one message over; `before` is called when nothing but its text is left to send."""


class Parcel(NamedTuple):
    """A message ready for the outbox, and what it is about.

    `kind` decides what happens in doubt (a request's kind, `callsheet`, `report`). `what` is the
    object's id (a request's name, a day), `who` the person's id, `revision` counts from one.
    """

    key: str
    kind: str
    what: str
    who: str
    revision: int
    sealed: Sealed


class Queued(NamedTuple):
    """What came of putting messages into the outbox: by key, in order."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, Fault], ...]


class Result(NamedTuple):
    """What became of one message in this run: its state now and the server's words."""

    key: str
    status: Status
    words: str


class Batch(NamedTuple):
    """What came of one run: each message tried, and why the run ended early (or nothing)."""

    results: tuple[Result, ...]
    stopped: Stop | None

    def count(self, status: Status) -> int:
        """How many ended so."""
        return sum(result.status == status for result in self.results)


def key_of(production: str, kind: str, recipient: str, what: str, revision: int, rehearsal: str = "") -> str:
    """The name of a message: who gets what, of which revision. Sixteen hexadecimal figures.

    A rehearsal (every mail to one address) has keys of its own, so that it marks nothing as sent.
    """
    parts = [
        production,
        kind,
        recipient.casefold(),
        what,
        str(revision),
        *([rehearsal.casefold()] if rehearsal else []),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


class Outbox:
    """The outbox of one production folder, as one clone (`actor`) sees and writes it."""

    def __init__(self, root: Path, actor: str) -> None:
        self.root = root
        self.actor = actor

    def entries(self) -> tuple[dict[str, Entry], list[Problem]]:
        """Every message with its state, and the lines of the logs that could not be read."""
        return log.read(self.root)

    def path_of(self, key: str) -> Path:
        """Where a message's frozen bytes lie."""
        return self.root / "mail" / "outbox" / f"{key}.eml"

    def queue(self, parcels: Iterable[Parcel], now: datetime) -> Queued:
        """Freeze messages and write them down; all of them before any is sent.

        One that is known with the same content is left as it stands. One that is known with
        another content is refused, for whoever got the first would never see the second; then
        none of them is queued.
        """
        entries, _ = self.entries()
        new: list[Parcel] = []
        known: list[str] = []
        refused: list[tuple[str, Fault]] = []
        files: list[disk.File] = []
        for parcel in parcels:
            entry = entries.get(parcel.key)
            if entry is None or entry.status == "cancelled":
                new.append(parcel)
                files.append(disk.File(self.path_of(parcel.key), parcel.sealed.data))
            elif entry.digest != parcel.sealed.digest:
                refused.append((parcel.key, _changed(entry)))
            else:
                known.append(parcel.key)
                if entry.status not in ("sent", "failed") and not self.path_of(parcel.key).exists():
                    files.append(disk.File(self.path_of(parcel.key), parcel.sealed.data))
        if refused:
            return Queued((), tuple(known), tuple(refused))
        disk.write_all(files, root=self.root, private=True)
        cards = [disk.File(self.path_of(p.key).with_suffix(".yaml"), _card(p, now)) for p in new]
        disk.write_all(cards, root=self.root, private=True, durable=False)
        lines = [
            log.line(now, "queued", p.key, kind=p.kind, what=p.what, who=p.who, revision=str(p.revision),
                     digest=p.sealed.digest)
            for p in new
        ]  # fmt: skip
        log.append(self.root, self.actor, lines, now)
        return Queued(tuple(p.key for p in new), tuple(known), tuple(refused))

    def send(self, keys: Iterable[str], door: Door, clock: Callable[[], datetime]) -> Batch:
        """Send what is due of these messages, one after the other; one that fails stops no other.

        Before a message's text goes out, `try` is on the disk; after the server's answer, what
        it said. A message in doubt is held, or sent again if its kind is one of `RESENT`.
        """
        entries, _ = self.entries()
        results: list[Result] = []
        for key in keys:
            entry = entries.get(key)
            if entry is None or not due(entry, clock()):
                if entry is not None:
                    results.append(Result(key, entry.status, entry.words))
                continue
            try:
                outcome = self._send(entry, door, clock)
            except Stop as stop:
                return Batch(tuple(results), stop)
            results.append(Result(key, outcome.status, outcome.words))
            if outcome.stop:
                hint = "what is left stays in the outbox; run the command again later"
                return Batch(tuple(results), Stop(outcome.stop, hint, exit_code=75))
        return Batch(tuple(results), None)

    def _send(self, entry: Entry, door: Door, clock: Callable[[], datetime]) -> Outcome:
        """One message through the door, its intent and its outcome written down."""
        key = entry.key
        sealed = self.frozen(key)
        if isinstance(sealed, Fault):
            return Outcome(entry.status, sealed.message)
        if sealed.digest != entry.digest:
            return Outcome(entry.status, f"mail/outbox/{key}.eml was changed after it was queued, and is not sent")

        def before() -> None:
            now = clock()
            log.append(self.root, self.actor, [log.line(now, "try", key)], now)

        outcome = door.deliver(sealed.sender, sealed.recipient, sealed.data, before)
        if outcome.status in log.OUTCOMES:
            now = clock()
            try:
                log.append(self.root, self.actor, [log.line(now, outcome.status, key, words=outcome.words)], now)
            except Stop as stop:
                message = f"the mail to {sealed.recipient} was {outcome.status}, and that could not be written down"
                raise Stop(f"{message}: {stop.message}", stop.hint, exit_code=4) from stop
        return outcome

    def frozen(self, key: str) -> Sealed | Fault:
        """A message's bytes as they lie in the outbox, with the envelope they were made for."""
        try:
            data = self.path_of(key).read_bytes()
        except OSError:
            hint = "it was queued in another clone, or its file was removed"
            return Fault(f"mail/outbox/{key}.eml is not here", hint, "no-message")
        return envelope(data)


def due(entry: Entry, now: datetime) -> bool:
    """Whether a message may be sent now: queued, deferred long enough ago, or in doubt and resent by kind."""
    match entry.status:
        case "queued":
            return True
        case "deferred":
            return now >= not_before(entry)
        case "doubt":
            return entry.about.get("kind", "") in RESENT
        case _:
            return False


def not_before(entry: Entry) -> datetime:
    """When a deferred message is tried again: five minutes later, then ever rarer, a fifth more or less.

    The part more or less comes from the key, so that a batch does not come back all at once.
    """
    minutes = _WAITS[min(entry.tries, len(_WAITS)) - 1 if entry.tries else 0]
    share = int(entry.key[:4] or "0", 16) / 0xFFFF if entry.key[:4].isalnum() else 0.5
    return entry.last + timedelta(minutes=minutes * (0.8 + 0.4 * share))


def _changed(entry: Entry) -> Fault:
    """The refusal of another content under a known key."""
    what, revision = entry.about.get("what", ""), entry.about.get("revision", "1")
    state = {"sent": "was sent", "doubt": "was perhaps sent", "failed": "was refused"}.get(entry.status, "is queued")
    following = int(revision) + 1 if revision.isdigit() else 2
    return Fault(
        f"revision {revision} of {what} {state} with another content",
        f"to ask anew, write revision: {following}; or take the change back",
        "content-changed",
    )


def _card(parcel: Parcel, now: datetime) -> bytes:
    """What lies beside a message for people to read; each value quoted, so that nothing in it is YAML."""
    told = {
        "kind": parcel.kind,
        "what": parcel.what,
        "who": parcel.who,
        "revision": str(parcel.revision),
        "to": parcel.sealed.recipient,
        "queued": now.isoformat(timespec="seconds"),
        "digest": parcel.sealed.digest,
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items()).encode(
        "utf-8", "replace"
    )
