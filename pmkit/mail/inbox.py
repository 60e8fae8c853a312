"""The mails that came in, as far as they are kept: `private/inbox/KEY.json`, a file each, written once.

The key is made of the mail's own id, sender and date, so that the same mail from two sources, or read twice,
is one. `KEY-done.json` says that a person has dealt with it. What was read of a mailbox on a
server stands in `.pmkit/inbox.json`, which belongs to this clone alone.
"""

from __future__ import annotations

import email.utils
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmkit import disk
from pmkit.mail.imap import Seen
from pmkit.mail.mime import Post

FOLDER: Final = "private/inbox"
TEXT: Final = 20_000
"""So many letters of a mail's text are kept."""


_FIRST: Final = datetime(1971, 1, 1, tzinfo=UTC)


class Record(NamedTuple):
    """One mail that came in.

    `kind` is `answer` (proposed, or to be read), `review` (somebody must look first), `unmatched`, `bounce`,
    `delayed` (the server tries on) or `away`. `matched` is what it was known by: `token`, `thread`, `calendar`. `answer` names the proposed
    answer, `why` says why it is no plain one. `date` is when it says it was written, in UTC.
    """

    key: str
    kind: str
    message_id: str = ""
    sender: str = ""
    date: str = ""
    subject: str = ""
    matched: str = ""
    request: str = ""
    person: str = ""
    revision: int = 0
    answer: str = ""
    why: str = ""
    quote: str = ""
    text: str = ""
    attached: tuple[str, ...] = ()


def key_of(post: Post, data: bytes) -> str:
    """What names a mail for good: sixteen hexadecimal figures of its id, sender and date; without an id, of all of it."""
    own = post.raw("message-id").strip()
    told = "\0".join((own, post.raw("from"), post.raw("date"))).encode("utf-8", "replace") if own else data
    return hashlib.sha256(told).hexdigest()[:16]


def written_at(post: Post, now: datetime) -> datetime:
    """When a mail says it was written; never later than now, and now where it says nothing that can be."""
    try:
        said = email.utils.parsedate_to_datetime(post.get("date")[:200])
        at = said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now.astimezone(UTC).replace(microsecond=0)
    at = at if at >= _FIRST else now.astimezone(UTC)  # before there was mail
    return min(at, now.astimezone(UTC)).replace(microsecond=0)


def plain(text: str, most: int = TEXT) -> str:
    """Text of a mail fit to keep and to print: no control characters, no marks that turn the direction of writing."""
    text = text.strip("\n ")
    cut = text[:most]
    kept = "".join(c if c in "\n\t" or (c.isprintable() and c not in _DIRECTION) or c == "\xa0" else " " for c in cut)
    return kept + ("\n[…]" if len(text) > most else "")


_DIRECTION: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read(root: Path) -> tuple[dict[str, Record], frozenset[str], list[str]]:
    """The kept mails by key, oldest first; the keys of those dealt with; the files that could not be read."""
    found: list[Record] = []
    done: set[str] = set()
    wrong: list[str] = []
    folder = root / FOLDER
    if folder.is_symlink() or (root / "private").is_symlink():
        return {}, frozenset(), [FOLDER]
    for path in sorted(folder.glob("*.json")):
        if path.stem.endswith("-done"):
            done.add(path.stem.removesuffix("-done"))
            continue
        record = None if path.is_symlink() else _record(path)
        if record is None:
            wrong.append(f"{FOLDER}/{path.name}")
        else:
            found.append(record)
    found.sort(key=lambda one: (one.date, one.key))
    return {one.key: one for one in found}, frozenset(done), wrong


def keep(root: Path, records: Iterable[Record]) -> None:
    """Writes mails that came in."""
    files = [
        disk.File(root / FOLDER / f"{one.key}.json", _bytes({**one._asdict(), "attached": list(one.attached)}))
        for one in records
    ]
    disk.write_all(files, root=root, private=True)


def settle(root: Path, key: str, by: str, now: datetime, words: str) -> None:
    """Writes that somebody has dealt with a mail, and how."""
    told = {"by": by, "at": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "words": words}
    disk.write(root / FOLDER / f"{key}-done.json", _bytes(told), root=root, private=True)


def seen(root: Path, mailbox: str) -> Seen:
    """Up to where a mailbox on a server was read by this clone."""
    told = _json(root / ".pmkit" / "inbox.json")
    one = told.get(mailbox) if isinstance(told, dict) else None
    validity, uid = (one.get("validity"), one.get("uid")) if isinstance(one, dict) else (0, 0)
    return Seen(validity, uid) if isinstance(validity, int) and isinstance(uid, int) else Seen()


def remember(root: Path, mailbox: str, upto: Seen) -> None:
    """Writes up to where a mailbox was read; it is but a short cut, for known mails are known by their key."""
    told = _json(root / ".pmkit" / "inbox.json")
    kept = told if isinstance(told, dict) else {}
    kept[mailbox] = upto._asdict()
    disk.write(root / ".pmkit" / "inbox.json", _bytes(kept), root=root, private=True)


def _record(path: Path) -> Record | None:
    told = _json(path)
    if not isinstance(told, dict) or told.get("key") != path.stem:
        return None
    given: dict[str, Any] = {}
    for name, default in Record("", "")._asdict().items():
        value = told.get(name, default)
        if name == "attached" and isinstance(value, list):
            value = tuple(str(one) for one in value)
        if type(value) is not type(default):
            return None
        given[name] = value
    try:
        datetime.fromisoformat(given["date"] or "2025-01-01")
    except ValueError:
        return None
    return Record(**given)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _bytes(told: dict[str, Any]) -> bytes:
    kept = {name: value for name, value in told.items() if value not in ("", 0, [])}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
