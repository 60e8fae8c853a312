"""`pmkit request`: ask people, in batches, by personal mail."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.commands.request_mails import Mail, mails_of
from pmkit.problems import Problem, Stop, in_order

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.log import Entry
    from pmkit.mail.outbox import Batch, Outbox
    from pmkit.model.request import MailSettings

_SECTIONS = ("crew", "cast", "locations", "breakdown", "schedule", "requests", "deals")
PARTLY = 4

_HELP = """Write and send the personal mails of a batch request, requests/NAME.yaml.

Without --yes nothing leaves this machine: the mails are written as .eml files to look at, and
the list shows who would get what. With --yes each person gets one mail, and once only: run it
again and it goes on where it stopped.

\b
Examples:
  pmkit request send grips-2nd-unit
  pmkit request send grips-2nd-unit -o /tmp/mails
  pmkit request send grips-2nd-unit --yes
"""


@click.group(name="request", epilog="Example: pmkit request send grips-2nd-unit")
def command() -> None:
    """Ask people, in batches, by mail: availability, holds, offers, releases."""


@command.command(name="send", help=_HELP)
@click.argument("name", shell_complete=completion.requests)
@click.option("--yes", is_flag=True, help="Send it.")
@click.option("-o", "output", metavar="DIR", help="Where the mails are written to look at.")
@click.option("--date", metavar="DATE", help="Today, if it is not today.")
@options.in_production
@click.pass_context
def send(ctx: click.Context, name: str, yes: bool, output: str | None, date: str | None) -> None:
    """Shows the mails of a request, or sends them."""
    folder = options.read(_SECTIONS)
    settings = folder.production.settings
    today = options.today(settings, date)
    if settings.mail is None:
        raise Stop("the production has no mail yet", "add mail: {from: …, host: …, user: …} to production.yaml")
    when = dt.datetime.now(settings.zone) if yes else dt.datetime.combine(today, dt.time(), settings.zone)
    mails, problems = mails_of(folder, settings.mail, name.removesuffix(".yaml").rpartition("/")[2], today, when)
    _tell(folder, problems)
    ctx.exit(_send(folder, settings.mail, mails, problems) if yes else _show(folder, mails, problems, output))


def _tell(folder: Folder, problems: Iterable[Problem]) -> None:
    """Says on stderr what is wrong with the request and its letters."""
    from pmkit.render import problems as shown

    said = in_order(problems)
    if said:
        options.say(shown.text(said, folder.line).rstrip("\n") + "\n")


def _show(folder: Folder, mails: list[Mail], problems: list[Problem], output: str | None) -> int:
    """The dry run: mails as files, and who would get what. Returns the exit code."""
    from pmkit import disk
    from pmkit.mail.log import read
    from pmkit.render import text

    entries, torn = read(folder.root)
    _tell(folder, torn)
    if not mails:
        click.echo("Nobody would get a mail.")
        return 1
    name = mails[0].letter.name
    where = Path(output) if output else folder.root / "build" / "requests" / name
    inside = None if output else folder.root
    files = [disk.File(where / f"{mail.letter.person}.eml", mail.parcel.sealed.data) for mail in mails]
    disk.write_all(files, root=inside, private=True)
    if inside is not None:
        for old in set(where.glob("*.eml")) - {file.path for file in files}:
            disk.remove(old, root=inside)
    rows = [(_who(mail), mail.parcel.sealed.recipient, _state(mail, entries), mail.subject) for mail in mails]
    for line in text.table(("who", "address", "", "subject"), rows, ("left",) * 4):
        click.echo(line)
    left = [mail for mail in mails if _open(mail, entries)]
    click.echo(f"\n{_count(len(mails), 'mail')} to look at in {options.short(where)}/")
    click.echo(f"Nothing has left this machine. {_count(len(left), 'person', 'people')} would get a mail.")
    errors = any(problem.severity == "error" for problem in problems)
    if left and not errors and not {"no-rate", "past-due"} & {problem.code for problem in problems}:
        click.echo(f"To let them go: pmkit request send {name} --yes")
    return max(options.report_errors(folder), int(errors))


def _send(folder: Folder, settings: MailSettings, mails: list[Mail], problems: list[Problem]) -> int:
    """Queues every mail, then sends what is due. Returns the exit code."""
    from pmkit import lock
    from pmkit.files import clone
    from pmkit.mail.outbox import Outbox

    _refuse(folder, settings, mails, problems)
    with lock.mail_lock(folder.root, f"request {mails[0].letter.name}"):
        me = clone.ensure(folder.root)
        if settings.sender and settings.sender != me.name:
            raise Stop(
                f"mail of this production goes out from {settings.sender}; this clone is {me.name}",
                f"send it there; if this is the one, write name: {settings.sender} in .pmkit/clone.yaml",
            )
        outbox = Outbox(folder.root, me.actor)
        entries, torn = outbox.entries()
        _tell(folder, torn)
        if all(not _open(mail, entries) and _same(mail, entries) for mail in mails):
            _results(mails, entries)
            return _code(mails, entries)
        if any(problem.code == "past-due" for problem in problems):
            raise Stop("nothing was sent: what is asked for is past", "see the warnings above: give later days")
        password = _password(folder, settings)
        queued = outbox.queue((mail.parcel for mail in mails), dt.datetime.now(dt.UTC))
        if queued.refused:
            names = {mail.parcel.key: mail.letter.asked for mail in mails}
            for key, fault in queued.refused:
                options.say(f"{names[key]}: {fault.message}")
            raise Stop("the request was changed after it went out; nothing was sent", queued.refused[0][1].hint)
        batch = _post(settings, password, outbox, mails)
        entries, _ = outbox.entries()
    _results(mails, entries, batch)
    if batch.stopped is not None:
        raise batch.stopped
    return _code(mails, entries)


def _refuse(folder: Folder, settings: MailSettings, mails: list[Mail], problems: list[Problem]) -> None:
    """A batch goes out whole or not at all: nothing is sent from a folder with errors."""
    if options.report_errors(folder) or any(problem.severity == "error" for problem in problems):
        raise Stop("nothing was sent, because of the errors above", "correct them, then run the command again")
    if any(problem.code == "no-rate" for problem in problems):
        raise Stop("nothing was sent: the request names a rate that is not known", "see the warnings above")
    if not mails:
        raise Stop("nobody would get a mail; nothing was sent")
    if not settings.host:
        raise Stop("production.yaml, mail: names no server", "add host: smtp.example.com")


def _password(folder: Folder, settings: MailSettings) -> str:
    from pmkit.files import configuration

    if not settings.user:
        return ""
    code = folder.production.settings.code or folder.production.settings.title
    config = Path(click.get_app_dir("pmkit")) / "config.yaml"
    account = configuration.account(config, code, folder.root)
    return configuration.password(config, account, code, settings.host, settings.user)


def _post(settings: MailSettings, password: str, outbox: Outbox, mails: list[Mail]) -> Batch:
    """One connection for the batch; a bar for whoever watches."""
    from pmkit.mail.outbox import Batch
    from pmkit.mail.post import Post, server

    keys = [mail.parcel.key for mail in mails]
    try:
        with Post(server(settings.host, settings.port, settings.user), password) as door:
            if not sys.stderr.isatty():
                return outbox.send(keys, door, lambda: dt.datetime.now(dt.UTC))
            with click.progressbar(keys, label="Sending", file=sys.stderr) as bar:
                return outbox.send(bar, door, lambda: dt.datetime.now(dt.UTC))
    except Stop as stop:
        return Batch((), stop)


def _results(mails: list[Mail], entries: dict[str, Entry], batch: Batch | None = None) -> None:
    """Where each mail stands, and the counts."""
    from pmkit.render import text

    words = {result.key: result.words for result in batch.results} if batch else {}
    if batch is None and all(_status(mail, entries) == "sent" for mail in mails):
        click.echo(f"Nothing left to send: {_count(len(mails), 'person has', 'people have')} this mail already.")
        return
    rows = [
        (_who(mail), mail.parcel.sealed.recipient, _status(mail, entries), words.get(mail.parcel.key, ""))
        for mail in mails
    ]
    shown = [row if row[2] not in ("sent", "queued") else (*row[:3], "") for row in rows]
    for line in text.table(("who", "address", "state", "the server's words"), shown, ("left",) * 4):
        click.echo(line)
    states = [row[2] for row in rows]
    click.echo("\n" + ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states)) + ".")
    for state, advice in _ADVICE.items():
        if state in states:
            options.say(f"{state}: {advice}")


_ADVICE = {
    "queued": "run the command again to send the rest",
    "deferred": "the server asks for patience; run the command again in some minutes",
    "failed": "the server will not take it: correct the address, then run the command again",
    "in doubt": "the line broke while it went; it is not sent again by itself. Look in the account's sent mail, or ask",
}


def _status(mail: Mail, entries: dict[str, Entry]) -> str:
    entry = entries.get(mail.parcel.key)
    return "not queued" if entry is None else "in doubt" if entry.status == "doubt" else entry.status


def _state(mail: Mail, entries: dict[str, Entry]) -> str:
    """For the dry run, which never says that anything was sent."""
    if not _same(mail, entries):
        return "changed since"
    words = {"sent": "has it", "not queued": "would get it", "queued": "would get it", "deferred": "would get it"}
    return words.get(_status(mail, entries), _status(mail, entries))


def _open(mail: Mail, entries: dict[str, Entry]) -> bool:
    """Whether something of this mail is left to do for `--yes`."""
    return _status(mail, entries) in ("not queued", "queued", "deferred", "cancelled")


def _same(mail: Mail, entries: dict[str, Entry]) -> bool:
    entry = entries.get(mail.parcel.key)
    return entry is None or entry.status == "cancelled" or entry.digest == mail.parcel.sealed.digest


def _code(mails: list[Mail], entries: dict[str, Entry]) -> int:
    return 0 if all(_status(mail, entries) == "sent" for mail in mails) else PARTLY


def _who(mail: Mail) -> str:
    letter = mail.letter
    return f"{letter.asked} (through {letter.to})" if letter.through else letter.asked


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
