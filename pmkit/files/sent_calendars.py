"""What exported calendars last said: `issued/calendar/PERSON.yaml`, an event a line by its UID."""

from __future__ import annotations

import json
from pathlib import Path

from pmkit.files import dialect, walk
from pmkit.model.calendar import SentEvent, sent_events
from pmkit.model.record import Reader
from pmkit.problems import Stop

FOLDER = "issued/calendar"
_HEAD = "#: pmkit export ics\n# What this calendar last said. Its numbers only go up: leave them, and keep the file in git.\n"


def read(root: Path, key: str) -> tuple[dict[str, SentEvent], bytes | None]:
    """What was sent to a person, and the file's bytes; nothing and None when it is the first time.

    `Stop` when the file cannot be read: numbers begun anew would be taken for old news.
    """
    file = f"{FOLDER}/{key}.yaml"
    data = walk.before(root, file)
    if data is None:
        return {}, None
    tree, problems = dialect.read(data, file)
    reader = Reader()
    sent = sent_events.read(tree, reader) if tree is not None else {}
    wrong = [*problems, *reader.problems]
    if wrong or not isinstance(sent, dict):
        hint = "take its last version from git; without its numbers calendars would not believe what is new"
        said = f"{wrong[0].place}: {wrong[0].message}" if wrong else f"{file} cannot be read"
        raise Stop(said, hint)
    return sent, data


def known(root: Path) -> tuple[str, ...]:
    """Everybody to whom a calendar was sent, by the names of the files."""
    names = (entry.name for entry in walk.listing(root, FOLDER) if not entry.name.startswith("."))
    return tuple(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def written(sent: dict[str, SentEvent]) -> bytes:
    """The file that remembers them, an event a line, so that a change is a line of `git diff`."""
    lines = [
        f"{json.dumps(key)}: {{sequence: {event.sequence}, date: {event.date}"
        + (", cancelled: true" if event.cancelled else f', content: "{event.content}"')
        + f", what: {json.dumps(event.what, ensure_ascii=False)}}}\n"
        for key, event in sent.items()
    ]
    return (_HEAD + "".join(lines)).encode()
