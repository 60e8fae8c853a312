"""`pmkit outbox list`: where each message stands, why, and when it is tried again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from pmkit.commands import mails as made, options
from pmkit.commands.outbox import named

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry, Standing

PARTS: Final = ("crew", "cast", "lists")
_DONE: Final = frozenset({"sent", "cancelled"})
_ORDER: Final = ("doubt", "failed", "bounced", "expired", "deferred", "queued", "wanted", "cancelled", "sent")


@dataclass(frozen=True, slots=True)
class Row:
    """One message: its key, its state, what it is and to whom, and what there is to know of it.

    Times are instants. `next_try` is when a deferred one may go again. `senders` are the clones
    that sent it: more than one sent it twice. `by` is who decided, when a person did.
    """

    key: str
    state: str
    kind: str
    what: str
    who: str
    name: str
    revision: str
    rehearsal: bool
    since: str
    last: str
    tries: int
    next_try: str
    not_after: str
    reason: str
    by: str
    wanted_by: tuple[str, ...]
    senders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The production's mail: its messages, how many stand in each state, and until when the server takes none."""

    messages: tuple[Row, ...]
    states: dict[str, int]
    twice: tuple[str, ...]
    paused_until: str
    paused_because: str


def show(folder: Folder, names: tuple[str, ...], sent: bool, whole: bool, as_json: bool) -> None:
    """Prints the list: open ones unless asked for others; what was sent twice always."""
    from pmkit.mail import standing

    found = standing.read(folder.root)
    made.tell(folder, found.problems)
    entries = list(found.entries.values())
    if names:
        meant = {entry.key for name in names for entry in named(found.entries, name)}
        entries = [entry for entry in entries if entry.key in meant]
    shown = [e for e in entries if whole or (e.status == "sent" if sent else e.status not in _DONE)]
    if sent:
        shown.sort(key=lambda entry: (entry.last, entry.key), reverse=True)
    else:
        shown.sort(key=lambda entry: (_ORDER.index(entry.status), entry.about.get("what", ""), entry.first, entry.key))
    now = dt.datetime.now(folder.production.settings.zone)
    report = _report(folder, found, shown, entries, now)
    if as_json:
        from pmkit.render import json

        click.echo(json.raw(report, "outbox"), nl=False)
        return
    _print(report, found, sent, now)


def _report(folder: Folder, found: Standing, shown: Iterable[Entry], entries: list[Entry], now: dt.datetime) -> Outbox:
    states = [made.word_of(entry) for entry in entries]
    pause = found.pause(now)
    return Outbox(
        tuple(_row(folder, entry) for entry in shown),
        {word: states.count(word) for word in sorted(set(states))},
        tuple(entry.key for entry in entries if entry.twice or entry.perhaps_twice),
        pause.until.isoformat() if pause else "",
        pause.words if pause else "",
    )


def _row(folder: Folder, entry: Entry) -> Row:
    from pmkit.mail.batch import not_before

    about = entry.about
    who = about.get("who", "")
    return Row(
        key=entry.key,
        state=made.word_of(entry),
        kind=entry.kind,
        what=about.get("what", ""),
        who=who,
        name=made.name_of(folder, who),
        revision=about.get("revision", ""),
        rehearsal=bool(about.get("rehearsal")),
        since=entry.first.isoformat(),
        last=entry.last.isoformat(),
        tries=entry.tries,
        next_try=not_before(entry).isoformat() if entry.status == "deferred" else "",
        not_after=about.get("not_after", ""),
        reason=entry.words,
        by=entry.by,
        wanted_by=entry.wanted_by,
        senders=entry.senders,
    )


def _print(report: Outbox, found: Standing, sent: bool, now: dt.datetime) -> None:
    from pmkit.mail.standing import sent_twice
    from pmkit.render import text

    if not report.messages:
        click.echo("Nothing was sent yet." if sent else "Nothing is on its way.")
    else:
        rows: list[tuple[str, ...]] = [
            (row.key[:8], row.state, _what(row), row.name, _age(row, now), _next(row, now), _reason(row))
            for row in report.messages
        ]
        headings: tuple[str, ...] = ("key", "state", "what", "who", "age", "next try", "reason")
        if sent:
            rows = [(row.key[:8], _what(row), row.name, _local(row.last, now), _by(row)) for row in report.messages]
            headings = ("key", "what", "who", "sent", "says who")
        options.show(text.table(headings, rows, ["left"] * len(headings)))
    if report.paused_until:
        until = dt.datetime.fromisoformat(report.paused_until).astimezone(now.tzinfo)
        options.say(
            f"The mail server takes no more from this account until {until:%Y-%m-%d %H:%M}: {report.paused_because}"
        )
    for problem in sent_twice(found.entries[key] for key in report.twice):
        options.say(f"Sent twice: {problem.message}. {problem.hint[0].upper()}{problem.hint[1:]}.")
    words = {row.state for row in report.messages}
    for word, advice in made.ADVICE.items():
        if word in words and word not in ("cancelled",):
            options.say(f"{word}: {advice}")


def _what(row: Row) -> str:
    revision = f" r{row.revision}" if row.revision not in ("", "1") else ""
    return f"{row.kind} {row.what}{revision}{' (rehearsal)' if row.rehearsal else ''}"


def _reason(row: Row) -> str:
    by = f"{row.by}: " if row.by else ""
    asked = f"asked for by {', '.join(row.wanted_by)}" if row.state == "wanted" else ""
    if row.state == "in doubt" and not row.reason:
        return "handed over, and no answer was heard"
    return f"{by}{row.reason}".strip() if row.reason else row.by or asked


def _by(row: Row) -> str:
    """Who says that it went, when that is a person and not the server."""
    return f"{row.by}: {row.reason}" if row.by and row.reason else row.by


def _local(at: str, now: dt.datetime) -> str:
    return f"{dt.datetime.fromisoformat(at).astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


def _age(row: Row, now: dt.datetime) -> str:
    """How long a message has waited."""
    minutes = max(0, int((now - dt.datetime.fromisoformat(row.since)).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def _next(row: Row, now: dt.datetime) -> str:
    if not row.next_try:
        return ""
    at = dt.datetime.fromisoformat(row.next_try).astimezone(now.tzinfo)
    if at <= now:
        return "now"
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"
