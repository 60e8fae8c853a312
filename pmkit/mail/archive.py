"""What went: a sent mail's bytes, kept for a time in `mail/archive/2025-10/` and then removed.

It is personal data: mode 0600, never tracked by git, and gone after `keep` days (`mail:` of
production.yaml). The log, which names people by id only, stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pmkit import disk
from pmkit.mail.outbox import Outbox
from pmkit.mail.standing import Entry

KEEP: Final = 365
"""Days that a sent mail is kept, unless the production says otherwise."""

_REFUSED: Final = 30  # days

_KEY: Final = re.compile(r"[0-9a-f]{16}")


def path_of(root: Path, key: str) -> Path | None:
    """Where the bytes of a mail that went lie; None when they are not here (any more)."""
    if not _KEY.fullmatch(key):
        return None
    return next(iter(sorted((root / "mail" / "archive").glob(f"*/{key}.eml"))), None)


def rate_of(root: Path, key: str) -> str:
    """The rate that a mail of ours named, by the card beside it; empty where it named none, or is not here (any more)."""
    sent = path_of(root, key)
    card = sent if sent is not None else root / "mail" / "outbox" / f"{key}.eml"
    try:
        lines = card.with_suffix(".yaml").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    told = next((line.removeprefix("rate: ") for line in lines if line.startswith("rate: ")), '""')
    try:
        found = json.loads(told)
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def restore(outbox: Outbox, key: str) -> None:
    """Puts what came back into the outbox again, to go once more as the same bytes; what is not kept any more is no matter."""
    path = path_of(outbox.root, key)
    for old in (path, path.with_suffix(".yaml")) if path is not None else ():
        disk.move(old, outbox.path_of(key).with_suffix(old.suffix), root=outbox.root)


def tidy(outbox: Outbox, entries: Mapping[str, Entry], now: datetime, keep: int = KEEP) -> None:
    """After a batch: what went into the archive; away with what was cancelled or expired, and what is older than `keep` days.

    What was refused may be tried again for thirty days at least.
    """
    here = {path.stem for path in _kept(outbox.root / "mail" / "outbox")}
    done = {key: entry for key in here if (entry := entries.get(key)) is not None}
    month = outbox.root / "mail" / "archive" / f"{now.astimezone(UTC):%Y-%m}"
    for key in sorted(key for key, entry in done.items() if entry.status in ("sent", "bounced")):
        for path in (outbox.path_of(key), outbox.path_of(key).with_suffix(".yaml")):
            disk.move(path, month / path.name, root=outbox.root)
    long_ago = now - timedelta(days=max(keep, _REFUSED))
    over = {"cancelled", "expired"}
    for key in sorted(
        key for key, e in done.items() if e.status in over or (e.status == "failed" and e.last <= long_ago)
    ):
        for path in (outbox.path_of(key), outbox.path_of(key).with_suffix(".yaml")):
            disk.remove(path, root=outbox.root)
    limit = (now - timedelta(days=keep)).timestamp()
    for folder in sorted((outbox.root / "mail" / "archive").glob("[0-9]*-[0-9]*")):
        for path in _kept(folder):
            with suppress(FileNotFoundError):
                if path.lstat().st_mtime <= limit:
                    disk.remove(path, root=outbox.root)


def _kept(folder: Path) -> Iterator[Path]:
    """The mails and cards of pmkit's own in a folder; a link or anything else is left alone."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix in (".eml", ".yaml") and _KEY.fullmatch(path.stem) and path.is_file() and not path.is_symlink():
            yield path
