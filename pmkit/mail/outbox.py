"""The outbox: messages are frozen and written down before anything is sent, and never sent twice.

`mail/outbox/KEY.eml` holds the bytes, `KEY.yaml` beside it tells people what it is; what went lies
in `mail/archive/2025-10/`. None of it is tracked by git. What happened to a message stands in
the log (`pmkit.mail.log`). The key names the message by what it is about, not by what it says:
the same request to the same person in the same revision is one message, and asking for it again
sends nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from pmkit import disk
from pmkit.mail import log, standing
from pmkit.mail.message import Sealed, envelope
from pmkit.mail.standing import Entry, Standing
from pmkit.problems import Fault

_IGNORED: Final = (
    b"# Mails hold addresses and rates, and git never forgets: only the log is kept.\n/outbox/\n/archive/\n"
)
_OPEN: Final = frozenset({"wanted", "queued", "deferred", "failed", "expired"})
_AGAIN: Final = frozenset({"wanted", "cancelled", "expired"})

_TICK: Final = timedelta(microseconds=1)


class Parcel(NamedTuple):
    """A message ready for the outbox, and what it is about.

    `kind` decides what happens in doubt (a request's kind, `callsheet`, `report`). `what` is the
    object's id (a request's name, a day), `who` the person's id, `revision` counts from one.
    After `not_after` (an instant) it is stale and is not sent. A `rehearsal` goes to one address
    instead of the person's. `dates` are those a request asks for, as they were when it was written, `rate` the one it names: money, and
    never in the log.
    """

    key: str
    kind: str
    what: str
    who: str
    revision: int
    sealed: Sealed
    not_after: datetime | None = None
    rehearsal: bool = False
    dates: str = ""
    rate: str = ""

    @property
    def told(self) -> dict[str, str]:
        """What the log says of it: ids only, no address and no text."""
        return {
            "kind": self.kind,
            "what": self.what,
            "who": self.who,
            "revision": str(self.revision),
            "not_after": self.not_after.astimezone(UTC).isoformat() if self.not_after else "",
            "rehearsal": "yes" if self.rehearsal else "",
            "dates": self.dates,
        }


class Queued(NamedTuple):
    """What came of putting messages into the outbox: by key, in order."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, Fault], ...]


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

    def standing(self) -> Standing:
        """Where every message stands, by the logs of all clones."""
        return standing.read(self.root)

    def path_of(self, key: str) -> Path:
        """Where a message's frozen bytes lie until they have gone."""
        return self.root / "mail" / "outbox" / f"{key}.eml"

    def note(self, now: datetime, event: str, key: str, /, **about: str) -> None:
        """Write one event into this clone's log, on the disk before it returns."""
        log.append(self.root, self.actor, [log.line(now, event, key, **about)], now)

    def queue(self, parcels: Iterable[Parcel], now: datetime) -> Queued:
        """Freeze messages and write them down; all of them before any is sent.

        One that is known with the same content is left as it stands. One that is known with
        another content is refused, for whoever got the first would never see the second; then
        none of them is queued. What still waits of an older revision, or for an address the same
        person no longer has, is cancelled: it was replaced.
        """
        entries = self.standing().entries
        parcels = list(parcels)
        new: list[Parcel] = []
        known: list[str] = []
        refused: list[tuple[str, Fault]] = []
        files: list[disk.File] = []
        for parcel in parcels:
            entry = entries.get(parcel.key)
            if entry is None or entry.status in _AGAIN:
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
        if files:
            self._keep_from_git()
        disk.write_all(files, root=self.root, private=True)
        cards = [disk.File(self.path_of(p.key).with_suffix(".yaml"), _card(p, now)) for p in new]
        disk.write_all(cards, root=self.root, private=True, durable=False)
        lines = [
            log.line(after(now, entries.get(p.key)), "queued", p.key, digest=p.sealed.digest, **p.told) for p in new
        ]
        lines += [
            log.line(after(now, old), "cancelled", old.key, words="replaced by a later one", by=self.actor)
            for old in _replaced(new, {p.key for p in parcels}, entries)
        ]
        log.append(self.root, self.actor, lines, now)
        return Queued(tuple(p.key for p in new), tuple(known), ())

    def want(self, parcels: Iterable[Parcel], now: datetime) -> Queued:
        """Ask the clone that sends for these messages, in this clone's own log; nothing is frozen here."""
        entries = self.standing().entries
        new: list[Parcel] = []
        known: list[str] = []
        for parcel in parcels:
            entry = entries.get(parcel.key)
            if entry is None or entry.status in ("cancelled", "expired"):
                new.append(parcel)
            else:
                known.append(parcel.key)
        lines = [log.line(after(now, entries.get(p.key)), "wanted", p.key, **p.told) for p in new]
        log.append(self.root, self.actor, lines, now)
        return Queued(tuple(p.key for p in new), tuple(known), ())

    def decide(
        self, entries: Iterable[Entry], event: str, now: datetime, by: str, words: str = "", as_: str = ""
    ) -> None:
        """Write down what a person decided about messages: `requeued`, `resolved` or `cancelled`.

        It counts from after all that is known of the message, so that no clock turns it round.
        """
        about = {"by": by, "words": words, "as": as_}
        lines = [log.line(after(now, entry), event, entry.key, **about) for entry in entries]
        log.append(self.root, self.actor, lines, now)

    def frozen(self, key: str) -> Sealed | Fault:
        """A message's bytes as they lie in the outbox, with the envelope they were made for."""
        try:
            data = self.path_of(key).read_bytes()
        except OSError:
            hint = "it was queued in another clone, or its file was removed"
            return Fault(f"mail/outbox/{key}.eml is not here", hint, "no-message")
        return envelope(data)

    def _keep_from_git(self) -> None:
        path = self.root / "mail" / ".gitignore"
        if not path.exists():
            disk.write(path, _IGNORED, root=self.root)


def after(now: datetime, entry: Entry | None) -> datetime:
    """Now, or just after all that is known of a message where some clone's clock is ahead."""
    return now if entry is None else max(now, entry.order + _TICK)


def _replaced(new: Iterable[Parcel], here: set[str], entries: dict[str, Entry]) -> list[Entry]:
    """What still waits for the same person about the same thing, and is no longer meant."""
    about = {(p.kind, p.what, p.who, "yes" if p.rehearsal else ""): p.revision for p in new}
    found = []
    for key, entry in entries.items():
        told = entry.about
        same = about.get((entry.kind, told.get("what", ""), told.get("who", ""), told.get("rehearsal", "")))
        if same is None or key in here or entry.status not in _OPEN:
            continue
        older = told.get("revision", "1")
        if not older.isdigit() or int(older) == same or (int(older) < same and entry.kind not in standing.NOTICES):
            found.append(entry)
    return found


def _changed(entry: Entry) -> Fault:
    """The refusal of another content under a known key."""
    what, revision = entry.about.get("what", ""), entry.about.get("revision", "1")
    state = {"sent": "was sent", "doubt": "was perhaps sent", "failed": "was refused", "bounced": "came back"}.get(
        entry.status, "is queued"
    )
    following = int(revision) + 1 if revision.isdigit() else 2
    return Fault(
        f"revision {revision} of {what} {state} with another content",
        f"to ask anew, write revision: {following}; or take the change back",
        "content-changed",
    )


def _card(parcel: Parcel, now: datetime) -> bytes:
    """What lies beside a message for people, and the rate it names, which the log may not hold.

    Each value is quoted, so that nothing in it is YAML.
    """
    told = {
        "kind": parcel.kind,
        "what": parcel.what,
        "who": parcel.who,
        "revision": str(parcel.revision),
        "to": parcel.sealed.recipient,
        "queued": now.isoformat(timespec="seconds"),
        "digest": parcel.sealed.digest,
        **({"rate": parcel.rate} if parcel.rate else {}),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items()).encode(
        "utf-8", "replace"
    )
