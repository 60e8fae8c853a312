"""The log of the production's mail: what happened to each message, told by one writer a file.

`mail/log/2025-10.ACTOR.jsonl` holds one event a line and only grows; ACTOR is the clone that
writes it, so two clones never write one file and git merges them without conflict. The state
of a message is read from all logs together (`pmkit.mail.standing`). No text of a mail and no
address stands in it: people are named by id.

Events: `wanted` (another clone asks the sending one for it), `queued`, `try` (written before
the message is handed over), `sent`, `deferred`, `failed`, `expired`; a person's word: `requeued`,
`resolved` (`as` sent or resend), `cancelled`; `bounced` (it came back, with the reason); and of the account, without a key: `quota` (the
server takes no more `until` then) and `resumed`. Others are left to later versions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmkit import disk
from pmkit.problems import Place, Problem

OUTCOMES: Final = ("sent", "deferred", "failed")
FOLDER: Final = "mail/log"


_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Event(NamedTuple):
    """One line of a log: what happened to which message, when (an instant), told by which clone, and where it stands.

    `at` is as the clone's clock had it. `order` is no earlier than what the same clone told before: a clock that
    was set back turns nothing round; None where it is the same.
    """

    at: datetime
    actor: str
    what: str
    key: str
    about: dict[str, str]
    place: Place
    order: datetime | None = None


def path_of(root: Path, actor: str, now: datetime) -> Path:
    """The file this clone writes to this month (by UTC, so that it never depends on the machine)."""
    return root / "mail" / "log" / f"{now.astimezone(UTC):%Y-%m}.{actor}.jsonl"


def line(now: datetime, event: str, key: str, /, **about: str) -> bytes:
    """One event as a line; empty values are left out."""
    told = {"at": now.astimezone(UTC).isoformat(), "event": event, "key": key}
    told.update({name: value for name, value in about.items() if value})
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def append(root: Path, actor: str, lines: list[bytes], now: datetime) -> None:
    """Write events, flushed to the disk before returning: one write however many.

    A file of a later month, from when the clock was ahead, is gone on with: one writer's order is that of its lines.
    """
    if lines:
        path = path_of(root, actor, now)
        own = (p for p in path.parent.glob(f"[0-9]*-[0-9]*.{actor}.jsonl") if p.is_file() and not p.is_symlink())
        disk.append_line(max([path, *own], key=lambda one: one.name), b"".join(lines), root=root)


def events(root: Path) -> tuple[list[Event], list[Problem]]:
    """All events of all clones, oldest first, and the lines that could not be read."""
    problems: list[Problem] = []
    found: list[tuple[datetime, str, int, Event]] = []
    latest: dict[str, datetime] = {}
    for path in sorted((root / "mail" / "log").glob("*.jsonl")):
        for event in _events(path, problems):
            at = latest[event.actor] = max(event.at, latest.get(event.actor, event.at))
            found.append((at, event.actor, len(found), event._replace(order=at)))
    found.sort(key=lambda one: one[:3])
    return [event for *_, event in found], problems


def _events(path: Path, problems: list[Problem]) -> Iterator[Event]:
    """The events of one log. A torn line, left by a run that was killed, is told and passed over."""
    shown = f"{FOLDER}/{path.name}"
    if path.is_symlink() or not path.is_file():
        problems.append(Problem("mail-log", Place(shown), "this log is no file of its own, and is not read"))
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem("mail-log", Place(shown), f"this log can not be read: {error.strerror}"))
        return
    actor = path.name.split(".", 1)[1].removesuffix(".jsonl") if path.name.count(".") > 1 else ""
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw:
            continue
        event = _event(raw, actor, Place(shown, number))
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


def _event(raw: bytes, actor: str, place: Place) -> Event | None:
    try:
        told: Any = json.loads(raw)
        at = datetime.fromisoformat(told["at"]).astimezone(UTC) if "+" in told["at"] or "Z" in told["at"] else None
        what, key = told["event"], told["key"]
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None
    if at is None or not _FIRST <= at < _LAST or not isinstance(what, str) or not isinstance(key, str):
        return None
    about = {name: value for name, value in told.items() if isinstance(value, str) and name not in ("at", "event")}
    if not re.fullmatch(r"[0-9]{0,6}", about.get("revision", "")):
        return None
    return Event(at, actor, what, key, about, place)
