"""The log of the production's mail: what happened to each message, told by one writer a file.

`mail/log/2025-10.ACTOR.jsonl` holds one event a line and only grows; ACTOR is the clone that
writes it, so two clones never write one file and git merges them without conflict. The state
of a message is read from all logs together. No text of a mail and no address stands in it:
people are named by id.

Events: `queued`, `try` (written before the message is handed over), `sent`, `deferred`,
`failed`, `requeued` and `cancelled` (a person's word). Others are left to later versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pmkit import disk
from pmkit.problems import Place, Problem

Status = Literal["queued", "doubt", "sent", "deferred", "failed", "cancelled"]
OUTCOMES: Final = ("sent", "deferred", "failed")


class Event(NamedTuple):
    """One line of a log: what happened to which message, when (an instant), told by which clone."""

    at: datetime
    actor: str
    number: int
    what: str
    key: str
    about: dict[str, str]


class Entry(NamedTuple):
    """Where one message stands.

    `doubt`: it was handed over, and nobody heard whether it was taken. `digest` is the content's.
    `tries` counts the attempts since it was last queued, `last` is when anything last happened,
    `words` what the server or a person said. `senders` are the clones that sent it: more than
    one means that it went out twice.
    """

    key: str
    status: Status
    about: dict[str, str]
    digest: str
    tries: int
    last: datetime
    words: str
    senders: tuple[str, ...]
    queued_by: tuple[str, ...]


def path_of(root: Path, actor: str, now: datetime) -> Path:
    """The file this clone writes to this month (by UTC, so that it never depends on the machine)."""
    return root / "mail" / "log" / f"{now.astimezone(UTC):%Y-%m}.{actor}.jsonl"


def line(now: datetime, event: str, key: str, /, **about: str) -> bytes:
    """One event as a line; empty values are left out."""
    told = {"at": now.astimezone(UTC).isoformat(), "event": event, "key": key}
    told.update({name: value for name, value in about.items() if value})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def append(root: Path, actor: str, lines: list[bytes], now: datetime) -> None:
    """Write events, flushed to the disk before returning: one write however many."""
    if lines:
        disk.append_line(path_of(root, actor, now), b"".join(lines), root=root)


def read(root: Path) -> tuple[dict[str, Entry], list[Problem]]:
    """Every message of the production with its state, and the lines that could not be read."""
    problems: list[Problem] = []
    events: list[Event] = []
    folder = root / "mail" / "log"
    latest: dict[str, datetime] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for event in _events(path, f"mail/log/{path.name}", problems):
            # A clock that was set back must not turn one writer's own order round.
            latest[event.actor] = max(event.at, latest.get(event.actor, event.at))
            events.append(event._replace(at=latest[event.actor], number=len(events)))
    events.sort(key=lambda event: (event.at, event.actor, event.number))
    return fold(events), problems


def fold(events: list[Event]) -> dict[str, Entry]:
    """The state of each message from all events, oldest first.

    Once sent it stays sent, whatever a clone with a wrong clock says later. A `try` stays in
    doubt until the clone that made it tells the outcome, or a person decides.
    """
    found: dict[str, Entry] = {}
    trying: dict[str, set[str]] = {}
    for event in events:
        key, open_tries = event.key, trying.setdefault(event.key, set())
        entry = found.get(key) or Entry(key, "queued", {}, "", 0, event.at, "", (), ())
        words = event.about.get("words", "")
        match event.what:
            case "queued":
                # Queued again by another clone before it heard: the first content stands.
                about = entry.about or event.about
                again = entry.status == "cancelled"
                entry = entry._replace(
                    status="queued" if again else entry.status,
                    about=about if not again else event.about,
                    digest=event.about.get("digest", "") if again or not entry.digest else entry.digest,
                    queued_by=_with(entry.queued_by, event.actor),
                )
            case "try":
                open_tries.add(event.actor)
                entry = entry._replace(status=_kept(entry, "doubt"), tries=entry.tries + 1)
            case "sent" | "deferred" | "failed":
                open_tries.discard(event.actor)
                status: Status = event.what
                if event.what == "sent":
                    entry = entry._replace(senders=_with(entry.senders, event.actor))
                elif open_tries:
                    status = "doubt"
                entry = entry._replace(status=_kept(entry, status), words=words)
            case "requeued" | "cancelled":
                open_tries.clear()
                status = "queued" if event.what == "requeued" else "cancelled"
                entry = entry._replace(status=_kept(entry, status), tries=0, words=words)
            case _:
                continue
        found[key] = entry._replace(last=event.at)
    return found


def _kept(entry: Entry, status: Status) -> Status:
    return "sent" if entry.status == "sent" else status


def _with(actors: tuple[str, ...], actor: str) -> tuple[str, ...]:
    return actors if actor in actors else (*actors, actor)


def _events(path: Path, shown: str, problems: list[Problem]) -> Iterator[Event]:
    """The events of one log. A torn line, left by a run that was killed, is told and passed over."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem("mail-log", Place(shown), f"this log can not be read: {error.strerror}"))
        return
    actor = path.name.split(".", 1)[1].removesuffix(".jsonl") if "." in path.name else ""
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw:
            continue
        event = _event(raw, actor, number)
        if event is None:
            problems.append(
                Problem(
                    "mail-log",
                    Place(shown, number),
                    "this line of the mail log is torn or not pmkit's; it was passed over",
                    "a run was stopped while it wrote; what it was sending stays in doubt",
                    "warning",
                )
            )
        else:
            yield event


def _event(raw: bytes, actor: str, number: int) -> Event | None:
    try:
        told: Any = json.loads(raw)
        at = datetime.fromisoformat(told["at"])
        what, key = told["event"], told["key"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if at.tzinfo is None or not isinstance(what, str) or not isinstance(key, str):
        return None
    about = {name: value for name, value in told.items() if isinstance(value, str) and name not in ("at", "event")}
    return Event(at.astimezone(UTC), actor, number, what, key, about)
