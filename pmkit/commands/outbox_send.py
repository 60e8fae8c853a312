"""`pmkit outbox send`: everything that is due, and what other clones asked this one to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from pmkit.commands import mails as made, options, sending
from pmkit.commands.mails import count
from pmkit.model.request import KINDS
from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.batch import Batch
    from pmkit.mail.outbox import Outbox
    from pmkit.mail.standing import Entry, Standing
    from pmkit.model.request import Request

_REQUESTS = "pmkit.commands.request_wanted"
WRITERS: Final = {
    **dict.fromkeys(KINDS, _REQUESTS),
    **dict.fromkeys(("reminder", "confirmation", "notice"), _REQUESTS),
    "callsheet": "pmkit.commands.send_callsheet",
    "report": "pmkit.commands.send_document",
    "daily": "pmkit.commands.send_daily",
}
"""By kind of mail, the module whose `again(folder, entries, today)` writes it anew from the folder."""

_TELL: Final = frozenset({"release", "custom"})  # these ask for no answer
_KEEPS: Final = frozenset({"no-rate", "past-due"})  # what a batch is not sent with, as at the prompt


def preview(folder: Folder) -> int:
    """The dry run: what would go now. Returns the exit code."""
    from pmkit.mail import batch, standing

    found = standing.read(folder.root)
    made.tell(folder, found.problems)
    now = dt.datetime.now(folder.production.settings.zone)
    ready = [
        e for e in found.entries.values() if (e.status == "wanted" or batch.due(e, now)) and not batch.stale(e, now)
    ]
    if not ready:
        click.echo("Nothing is due. What waits: pmkit outbox list")
        return 0
    from pmkit.render import text

    rows = [(e.key[:8], made.word_of(e), e.kind, e.about.get("what", ""), e.about.get("who", "")) for e in ready]
    options.show(text.table(("key", "state", "kind", "what", "who"), rows, ("left",) * 5))
    click.echo(f"\nNothing has left this machine. {count(len(ready), 'mail')} would go.")
    click.echo("To let them go: pmkit outbox send --yes")
    return 0


def flush(folder: Folder, today: dt.date, quiet: bool = False) -> int:
    """Writes what other clones asked for, then sends all that is due. Returns the exit code.

    Raises `Stop` on a clone that does not send, and when a batch was ended early.
    """
    from pmkit import lock
    from pmkit.files import clone
    from pmkit.mail.outbox import Outbox

    settings = made.writer(folder).settings
    with lock.mail_lock(folder.root, "outbox send"):
        me = clone.ensure(folder.root)
        if settings.sender and settings.sender != me.name:
            message = f"mail of this production goes out from {settings.sender}; this clone is {me.name}"
            raise Stop(
                message, f"send it there; if this is the one, write name: {settings.sender} in .pmkit/clone.yaml"
            )
        outbox = Outbox(folder.root, me.actor)
        found = outbox.standing()
        made.tell(folder, found.problems)
        if _take_back(folder, outbox, found, me.name):
            found = outbox.standing()
        unwritten = _write(folder, outbox, found, today)
        before = outbox.standing().entries
        batch = sending.deliver(folder, outbox, list(before))
        after = outbox.standing().entries
    lapsed = [e for e in after.values() if e.status == "expired" and found.entries[e.key].status != "expired"]
    _tell(folder, batch, before, after, quiet or bool(lapsed))
    for entry in lapsed:
        what = f"{entry.about.get('what', '')} to {entry.about.get('who', '')} ({entry.key[:8]})"
        options.say(f"{what}: {entry.words or 'its time passed'}; it did not go")
    if batch.stopped is not None:
        raise batch.stopped
    done = all(result.status == "sent" for result in batch.results) and not lapsed
    return 0 if done and not unwritten else made.PARTLY


def _take_back(folder: Folder, outbox: Outbox, found: Standing, by: str) -> int:
    """Takes back what still asks somebody who has answered since, or what the request asks no more; returns how many."""
    from pmkit.rollup.answers import standing

    production = folder.production
    gone, changed = [], []
    for entry in found.entries.values():
        about = entry.about
        request = production.requests.get(about.get("what", ""))
        if request is None or entry.status not in ("wanted", "queued", "deferred"):
            continue
        who = about.get("who", "").removesuffix("-copy")
        asks = entry.kind in (request.kind, "reminder") and entry.kind not in _TELL
        if entry.status != "wanted" and _asks_no_more(entry, request):
            changed.append(entry)
        elif asks and about.get("revision") == str(request.revision) and not standing(production, request, who).open:
            gone.append(entry)
    now = dt.datetime.now(dt.UTC)
    outbox.decide(gone, "cancelled", now, by, "they have answered since")
    outbox.decide(changed, "cancelled", now, by, "the request was changed before it went")
    for entry in gone:
        name = made.name_of(folder, entry.about.get("who", ""))
        options.say(f"{name} has answered {entry.about['what']} since, and is not asked again ({entry.key[:8]}).")
    for entry in changed:
        name = made.name_of(folder, entry.about.get("who", ""))
        options.say(f"{entry.about['what']} was changed: the mail to {name} that waited does not go ({entry.key[:8]}).")
    return len(gone) + len(changed)


def _asks_no_more(entry: Entry, request: Request) -> bool:
    """Whether a mail that waits asks what the request, by its revision or kind, asks no more.

    A release that was raised since is still one: they are to hear of it.
    """
    other = entry.about.get("revision", "") != str(request.revision)
    if entry.kind == "reminder":
        return other or request.kind in _TELL
    return entry.kind in KINDS and (entry.kind != request.kind or (other and entry.kind != "release"))


def _write(folder: Folder, outbox: Outbox, found: Standing, today: dt.date) -> int:
    """Freezes what is wanted, and anew what was queued where its bytes no longer are; returns how many it could not."""
    from pmkit.mail import batch

    now = dt.datetime.now(folder.production.settings.zone)
    open_ = [e for e in found.entries.values() if not batch.stale(e, now)]
    missing = [e for e in open_ if batch.due(e, now) and not outbox.path_of(e.key).exists()]
    asked = [e for e in open_ if e.status == "wanted"] + missing
    batch.expire(outbox, [e.key for e in found.entries.values() if e.status == "wanted"], now)
    if not asked:
        return 0
    if options.report_errors(folder):
        options.say(
            f"{count(len(asked), 'mail')} that another clone asked for: not written while the folder has errors"
        )
        return len(asked)
    mails = _again(folder, asked, today)
    # What another clone decided meanwhile may have renumbered the notices that go with a release.
    more = [one.parcel for key, one in mails.items() if one.parcel.kind == "notice" and key not in found.entries]
    outbox.queue(more, now)
    left = 0
    for entry in asked:
        mail = mails.get(entry.key)
        words = "" if mail is not None else _why_not(entry)
        if mail is not None:
            refused = outbox.queue([mail.parcel], now).refused
            words = f"{refused[0][1].message}; {refused[0][1].hint}" if refused else ""
        if words:
            left += 1
            options.say(f"{entry.about.get('what', '')} to {entry.about.get('who', '')} ({entry.key[:8]}): {words}")
    return left


def _again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> dict[str, Mail]:
    """The mails that those entries are about, as the folder has them now; none of a request with problems."""
    mails: dict[str, Mail] = {}
    by_module: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind in WRITERS:
            by_module.setdefault(WRITERS[entry.kind], []).append(entry)
    for module, those in by_module.items():
        for what in dict.fromkeys(entry.about.get("what", "") for entry in those):
            same = [entry for entry in those if entry.about.get("what", "") == what]
            found, problems = import_module(module).again(folder, same, today)
            made.tell(folder, problems)
            if not _keep(problems):
                mails.update((mail.parcel.key, mail) for mail in found)
    return mails


def _keep(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" or problem.code in _KEEPS for problem in problems)


def _why_not(entry: Entry) -> str:
    asked = f"{', '.join(entry.wanted_by)} asked for it" if entry.wanted_by else "it was queued in another clone"
    if entry.kind not in WRITERS:
        return f"{asked}, and pmkit does not know how to write a {entry.kind or 'mail like that'} anew: send it here"
    return (
        f"{asked}, and the folder no longer has it so: another revision, person or address; send it anew, or cancel it"
    )


def _tell(folder: Folder, batch: Batch, before: dict[str, Entry], after: dict[str, Entry], quiet: bool) -> None:
    """What became of what was due, unless all is well and nobody wants to hear it."""
    if not batch.results:
        if not quiet and batch.stopped is None:
            click.echo("Nothing is due. What waits: pmkit outbox list")
        return
    if quiet and all(result.status == "sent" for result in batch.results) and batch.stopped is None:
        return
    rows, states = [], []
    for result in batch.results:
        entry = after.get(result.key, before[result.key])
        word = made.word_of(entry)
        who = entry.about.get("who", "")
        name = made.name_of(folder, who)
        states.append(word)
        rows.append((result.key[:8], entry.about.get("what", ""), name, word, "" if word == "sent" else result.words))
    made.table(("key", "what", "who", "state", "the server's words"), rows, states)
