"""Mails as commands make and show them: who writes, one sealed mail, the dry run, and what became of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from pmkit.commands import options
from pmkit.problems import Fault, Problem, Stop, in_order

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.address import Mailbox
    from pmkit.mail.batch import Batch
    from pmkit.mail.message import Attachment
    from pmkit.mail.outbox import Parcel
    from pmkit.mail.standing import Entry
    from pmkit.model.mail import MailSettings

PARTLY: Final = 4


class Mail(NamedTuple):
    """A mail ready to go: what the outbox takes, and the name and subject that are shown of it.

    `whole` is false where this clone cannot write all of it, and cannot tell whether it changed: the
    links that answer it are made on the clone that sends.
    """

    parcel: Parcel
    name: str
    subject: str
    whole: bool = True


class Writer(NamedTuple):
    """In whose name the production's mail goes out."""

    settings: MailSettings
    code: str
    sender: Mailbox
    reply_to: Mailbox | None


def writer(folder: Folder) -> Writer:
    """Who writes, by `mail:` of production.yaml. Raises `Stop` when it says nothing, or nothing that can be used."""
    from pmkit.mail import address

    production = folder.production.settings
    settings = production.mail
    if settings is None:
        options.unbroken(folder, "production")
        raise Stop("the production has no mail yet", "add mail: {from: …, host: …, user: …} to production.yaml")
    sender = address.read(settings.from_)
    answers = address.mailbox(settings.reply_to) if settings.reply_to else None
    for fault in (sender, answers):
        if isinstance(fault, Fault):
            raise Stop(f"production.yaml, mail: {fault.message}", fault.hint)
    assert isinstance(sender, address.Mailbox) and not isinstance(answers, Fault)
    return Writer(settings, production.code or production.title, sender, answers)


def written(
    writes: Writer,
    kind: str,
    what: str,
    who: str,
    revision: int,
    *,
    name: str,
    to: str,
    email: str,
    subject: str,
    text: str,
    html: str,
    date: dt.datetime,
    not_after: dt.datetime | None = None,
    reply_to: Mailbox | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    attachments: tuple[Attachment, ...] = (),
    calendar: str = "",
    method: str = "",
    about: str = "",
    dates: str = "",
    rate: str = "",
) -> Mail | Fault:
    """One personal mail, sealed, or why it can not be.

    `kind`, `what`, `who` and `revision` are what it is about (`pmkit.mail.outbox.Parcel`); its key
    is made of them and the address, with `about` in place of `what` where that alone does not
    tell two mails to one address apart. `name` is shown; `to` and `email` are whom it is addressed
    to. In a rehearsal it goes to that one address, and its subject says for whom it is.
    """
    from pmkit.mail import address, message, outbox

    rehearsal = writes.settings.redirect_all
    person = address.mailbox(rehearsal or email, to)
    if isinstance(person, Fault):
        return person
    subject = f"[for {email}] {subject}" if rehearsal else subject
    key = outbox.key_of(writes.code, kind, email, about or what, revision, rehearsal)
    sealed = message.seal(
        message.Letter(
            to=person,
            sender=writes.sender,
            subject=subject,
            text=text,
            html=html,
            message_id=message.message_id(key, writes.sender),
            date=date,
            reply_to=reply_to or writes.reply_to,
            headers=headers,
            attachments=attachments,
            calendar=calendar,
            method=method,
        )
    )
    if isinstance(sealed, Fault):
        return sealed._replace(message=f"{name}: {sealed.message}")
    return Mail(
        outbox.Parcel(key, kind, what, who, revision, sealed, not_after, bool(rehearsal), dates, rate), name, subject
    )


def tell(folder: Folder, problems: Iterable[Problem]) -> None:
    """Says on stderr what is wrong with mails and logs."""
    from pmkit.render import problems as shown

    said = in_order(problems)
    if said:
        options.say(shown.text(said, folder.line).rstrip("\n") + "\n")


def preview(folder: Folder, mails: Sequence[Mail], where: str, output: str | None, command: str, whole: bool) -> int:
    """The dry run: mails as files to look at, and who would get what. Returns the exit code.

    `where` is the place below build/ without `-o`; `command` lets them go, and is told when they
    may (`whole`: nothing that keeps them was found).
    """
    from pmkit import disk
    from pmkit.mail import standing
    from pmkit.render import text

    found = standing.read(folder.root)
    tell(folder, found.problems)
    if not mails:
        click.echo("Nobody would get a mail.")
        return max(1, options.report_errors(folder))
    place = Path(output) if output else folder.root / "build" / where
    inside = None if output else folder.root
    names = _file_names(mails)
    files = [disk.File(place / name, mail.parcel.sealed.data) for name, mail in zip(names, mails, strict=True)]
    disk.write_all(files, root=inside, private=True)
    if inside is not None:
        for old in set(place.glob("*.eml")) - {file.path for file in files}:
            disk.remove(old, root=inside)
    entries = found.entries
    rows = [(m.name, m.parcel.sealed.recipient, _would(m, entries), m.subject) for m in mails]
    options.show(text.table(("who", "address", "", "subject"), rows, ("left",) * 4))
    left = [mail for mail in mails if is_open(mail, entries)]
    click.echo(f"\n{count(len(mails), 'mail')} to look at in {options.short(place)}/")
    people = count(len({mail.parcel.who for mail in left}), "person", "people")
    click.echo(f"Nothing has left this machine. {people} would get a mail.")
    rehearsal = next((m.parcel.sealed.recipient for m in mails if m.parcel.rehearsal), "")
    if rehearsal:
        click.echo(f"This is a rehearsal (redirect_all): every mail would go to {rehearsal}.")
    if left and whole:
        click.echo(f"To let them go: {command}")
    return options.report_errors(folder)


def _file_names(mails: Iterable[Mail]) -> list[str]:
    """`k-moss.eml`; a second mail to the same person has its key behind it."""
    found: list[str] = []
    for mail in mails:
        name = f"{mail.parcel.who}.eml"
        found.append(name if name not in found else f"{mail.parcel.who}-{mail.parcel.key[:8]}.eml")
    return found


def results(mails: Sequence[Mail], entries: dict[str, Entry], batch: Batch | None, quiet: bool) -> None:
    """Where each mail stands, and the counts."""
    states = [state(mail, entries) for mail in mails]
    if quiet and set(states) == {"sent"}:
        return
    if batch is None and set(states) == {"sent"}:
        click.echo(f"Nothing left to send: {count(len(mails), 'person has', 'people have')} this mail already.")
        return
    said = {result.key: result.words for result in batch.results} if batch else {}
    states = [
        "had it" if word == "sent" and mail.parcel.key not in said else word
        for mail, word in zip(mails, states, strict=True)
    ]
    rows = [
        (m.name, m.parcel.sealed.recipient, word, _words(m, word, said, entries))
        for m, word in zip(mails, states, strict=True)
    ]
    table(("who", "address", "state", "the server's words"), rows, states)


def _words(mail: Mail, word: str, said: dict[str, str], entries: dict[str, Entry]) -> str:
    if word in ("sent", "had it"):
        return ""
    entry = entries.get(mail.parcel.key)
    return said.get(mail.parcel.key, entry.words if entry else "")


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], states: Sequence[str]) -> None:
    """What became of mails, the counts of each state, and what to do about those that did not go."""
    from pmkit.render import text

    options.show(text.table(headings, rows, ["left"] * len(headings)))
    click.echo("\n" + ", ".join(f"{states.count(word)} {word}" for word in dict.fromkeys(states)) + ".")
    for word, advice in ADVICE.items():
        if word in states:
            options.say(f"{word}: {advice}")


ADVICE: Final = {
    "queued": "pmkit outbox send --yes sends the rest",
    "deferred": "the server asks for patience: pmkit outbox list says when it is tried again, pmkit outbox send --yes tries",
    "failed": "the server will not take it: correct the address and send anew; or pmkit outbox retry, or cancel",
    "bounced": "the address does not take it: correct it and send anew; pmkit inbox list has the reason",
    "in doubt": "the line broke while it went; but for call sheets, reports and reminders it is not sent again by itself. "
    "Look in the account's sent mail, or ask; then: pmkit outbox resolve KEY --sent, or --resend",
    "expired": "its time passed before it went; nothing was sent",
    "wanted": "another clone asked for it: pmkit outbox send --yes",
    "cancelled": "somebody took it back",
}


def state(mail: Mail, entries: dict[str, Entry]) -> str:
    """Where a mail stands, in words."""
    entry = entries.get(mail.parcel.key)
    return "not queued" if entry is None else word_of(entry)


def word_of(entry: Entry) -> str:
    """A message's state as people read it."""
    return "in doubt" if entry.status == "doubt" else entry.status


def name_of(folder: Folder, who: str) -> str:
    """Whom a message of the log is for, as people call them; the id itself where this folder knows nobody of it."""
    name = folder.production.name_of(who.removesuffix("-copy"))
    return f"{name} (copy)" if who.endswith("-copy") else name


def _would(mail: Mail, entries: dict[str, Entry]) -> str:
    """For the dry run, which never says that anything was sent."""
    if not is_same(mail, entries):
        return "changed since"
    words = {
        "sent": "has it",
        **dict.fromkeys(("not queued", "queued", "deferred", "wanted", "cancelled"), "would get it"),
    }
    return words.get(state(mail, entries), state(mail, entries))


def is_open(mail: Mail, entries: dict[str, Entry]) -> bool:
    """Whether something of this mail is left to do for `--yes`."""
    return state(mail, entries) in ("not queued", "wanted", "queued", "deferred", "cancelled", "expired")


def goes_again(mail: Mail, entries: dict[str, Entry], now: dt.datetime) -> bool:
    """Whether a mail in doubt is of a kind that is sent again, and due."""
    from pmkit.mail import batch

    entry = entries.get(mail.parcel.key)
    return entry is not None and entry.status == "doubt" and batch.due(entry, now)


def is_same(mail: Mail, entries: dict[str, Entry]) -> bool:
    """Whether what was queued of this mail says what it says now."""
    entry = entries.get(mail.parcel.key)
    waits = not mail.whole or entry is None or entry.status in ("wanted", "cancelled", "expired")
    return waits or (entry is not None and entry.digest == mail.parcel.sealed.digest)


def code_of(mails: Iterable[Mail], entries: dict[str, Entry]) -> int:
    """The exit code: 0 when every mail has gone, 4 when some have not or are in doubt."""
    return 0 if all(state(mail, entries) == "sent" for mail in mails) else PARTLY


def count(number: int, one: str, many: str = "") -> str:
    """`1 mail`, `4 mails`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
