"""`pmkit inbox fetch`: reads new mail, matches it to what was asked, and keeps what it says as proposals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from pmkit.commands import mails as made, options
from pmkit.commands.mails import count
from pmkit.commands.request_standing import SECTIONS
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.commands.inbox_reading import Judged
    from pmkit.files.configuration import Account
    from pmkit.files.folder import Folder
    from pmkit.mail.imap import Mailbox, Seen
    from pmkit.mail.sources import Item
    from pmkit.mail.standing import Entry

_HELP = """Read new mail, and keep the answers in it as proposals for a person to accept.

Only the clone that sends fetches: it has the secret of the answer links. Without --from the mailbox is the one
your own configuration names (inbox:). It is only read: nothing is marked as seen, moved or deleted. Run it as often
as you like, from as many sources: the same mail is taken once.

\b
Examples:
  pmkit inbox fetch
  pmkit inbox fetch --from ~/Maildir
  pmkit inbox fetch --from answers.mbox --dry-run
"""
_BATCH = 50


@click.command(name="fetch", help=_HELP, short_help="Read new mail, and keep the answers in it.")
@click.option(
    "--from", "source", metavar="MAILDIR|MBOX", help="A Maildir, an mbox or one .eml, in place of the server."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@options.in_production
@click.pass_context
def command(ctx: click.Context, source: str | None, dry_run: bool) -> None:
    """Fetches the answers."""
    from pmkit import lock

    folder = options.read(SECTIONS)
    desk = _desk(folder)
    private = folder.root / "private"
    if not private.is_dir() or private.is_symlink():
        raise Stop("answers are kept in private/, which is not here", "fetch in a clone that has it")
    if options.report_errors(folder):
        raise Stop("nothing was fetched, because of the errors above", "correct them, then run the command again")
    with lock.Lock(folder.root, "inbox.lock", "fetching answers for this production", "inbox fetch", 0):
        _run(folder, desk, source, dry_run)
    ctx.exit(0)


class _Desk(NamedTuple):
    """Who fetches, with what: what the clone signs with, the secret, the user's configuration."""

    actor: str
    code: str
    secret: bytes
    account: Account | None
    config: Path


def _desk(folder: Folder) -> _Desk:
    """Raises `Stop` on a clone that does not send, or without the secret of the links."""
    from pmkit.commands.request_links import secret_of
    from pmkit.files import clone, configuration

    writes = made.writer(folder)
    card = clone.read(folder.root)
    sender = writes.settings.sender
    if sender and (card is None or card.name != sender):
        hint = f"its secret is on {sender}; when {sender} has fetched and saved, you have them by pmkit save"
        raise Stop(f"answers are fetched on {sender}, the clone that sends, and this one is another", hint)
    config = Path(click.get_app_dir("pmkit")) / "config.yaml"
    secret = secret_of(folder)
    if secret is None:
        hint = f"name it in {config}: {writes.code}: {{secret_file: a file with mode 0600}} (README)"
        raise Stop("your configuration names no secret_file, by which answers are known to be ours", hint)
    me = clone.ensure(folder.root)
    return _Desk(me.actor, writes.code, secret, configuration.account(config, writes.code, folder.root), config)


def _run(folder: Folder, desk: _Desk, source: str | None, dry_run: bool) -> None:
    from pmkit.commands.inbox_matching import Questions
    from pmkit.commands.inbox_reading import judged
    from pmkit.mail import inbox, standing

    now = dt.datetime.now(dt.UTC)
    log = standing.read(folder.root)
    made.tell(folder, log.problems)
    zone = folder.production.settings.zone
    local = now.astimezone(zone).replace(tzinfo=None, microsecond=0)
    questions = Questions(folder, desk.code, desk.secret, local, log.entries)
    known = set(inbox.read(folder.root)[0])
    authserv = desk.account.inbox.authserv if desk.account is not None and desk.account.inbox is not None else ""
    seen_before = machines = 0
    found: list[Judged] = []
    since = min((entry.first for entry in log.entries.values()), default=None)
    with _Source(folder, desk, source, since.date() if since is not None else None) as items:
        for item in items:
            try:
                one = judged(item.data, item.size, questions, authserv, now)
            except Exception as bug:  # noqa: BLE001 - whatever one mail does to us, the others are read
                one = _unread(item.data, now, type(bug).__name__)
            if one.record is None:
                machines += 1
            elif one.record.key in known:
                seen_before += 1
            else:
                known.add(one.record.key)
                found.append(one)
                if not dry_run and len(found) % _BATCH == 0:
                    _keep(folder, desk, found[-_BATCH:], now, log.entries)
        if not dry_run:
            _keep(folder, desk, found[len(found) - len(found) % _BATCH :], now, log.entries)
            items.done()
    _tell(found, seen_before, machines, dry_run, bool(authserv))


def _unread(data: bytes, now: dt.datetime, fault: str) -> Judged:
    """A mail that a fault of ours keeps from being read: it is told, and stands in nobody's way."""
    import hashlib

    from pmkit.commands.inbox_reading import Judged
    from pmkit.mail import inbox

    why = f"a fault of pmkit ({fault}): read it in your mail program"
    date = f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Judged(inbox.Record(hashlib.sha256(data).hexdigest()[:16], "unmatched", date=date, why=why))


def _keep(folder: Folder, desk: _Desk, found: list[Judged], now: dt.datetime, entries: Mapping[str, Entry]) -> None:
    """Writes proposals, then bounces, then the mails themselves: whoever is stopped between begins again and adds nothing."""
    from pmkit.files import answers
    from pmkit.mail import inbox, log, outbox

    answers.add(folder.root, [one.answer for one in found if one.answer is not None])
    bounces = [one.bounce for one in found if one.bounce is not None]
    at = {one.key: outbox.after(now, entries.get(one.key)) for one in bounces}
    lines = [log.line(at[one.key], "bounced", one.key, words=one.words) for one in bounces]
    log.append(folder.root, desk.actor, lines, now)
    records = []
    for one in found:
        assert one.record is not None
        name = Path(answers.file_of(one.answer)).stem if one.answer is not None else ""
        records.append(one.record._replace(answer=name))
    inbox.keep(folder.root, records)


def _tell(found: list[Judged], seen: int, machines: int, dry_run: bool, vouched: bool) -> None:
    kinds = [one.record.kind for one in found if one.record is not None]
    words = (
        ("answer", "answer", "answers"),
        ("review", "mail that somebody must look at first", "mails that somebody must look at first"),
        ("bounce", "bounce", "bounces"),
        ("delayed", "mail that is delayed", "mails that are delayed"),
        ("away", "automatic reply", "automatic replies"),
        ("unmatched", "mail that answers nothing of ours", "mails that answer nothing of ours"),
    )
    said = [count(kinds.count(kind), one, many) for kind, one, many in words if kind in kinds]
    if not said:
        click.echo("No new mail." + (f" {count(seen, 'mail')} known already." if seen else ""))
    else:
        would = "Would take in: " if dry_run else "New: "
        click.echo(f"{would}{', '.join(said)}." + (f" {count(seen, 'mail')} known already." if seen else ""))
    if machines:
        options.say(f"Left alone: {count(machines, 'mail')} sent by machines about nothing of ours.")
    if "answer" in kinds and not vouched:
        options.say("Senders are not proved: your configuration names no authserv under inbox: (README).")
    if dry_run:
        options.say("Nothing was written: --dry-run")
    elif said:
        options.say("Next: pmkit inbox list")


class _Source:
    """The mails of a fetch, from a file or from the server; what was read is remembered once it is kept."""

    def __init__(self, folder: Folder, desk: _Desk, source: str | None, since: dt.date | None) -> None:
        self._folder, self._desk, self._since = folder, desk, since
        self._path = Path(source).expanduser() if source is not None else None
        self._reader: object = None
        self._name = ""
        self._upto: Seen | None = None

    def __enter__(self) -> _Source:
        if self._path is None:
            from pmkit.files import configuration
            from pmkit.mail.imap import Reader

            where, desk = self._mailbox(), self._desk
            assert desk.account is not None
            password = configuration.inbox_password(desk.config, desk.account, desk.code, where.user)
            self._name = f"{where.user}@{where.host}:{where.port}/{where.folder}"
            self._reader = Reader(where, password).__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self._reader is not None:
            from pmkit.mail.imap import Reader

            assert isinstance(self._reader, Reader)
            self._reader.__exit__(None, None, None)

    def __iter__(self) -> Iterator[Item]:
        if self._path is not None:
            from pmkit.mail import sources

            yield from sources.items(self._path)
            return
        from pmkit.mail import inbox
        from pmkit.mail.imap import Reader, Seen

        assert isinstance(self._reader, Reader)
        seen = inbox.seen(self._folder.root, self._name)
        since = self._since - dt.timedelta(days=1) if self._since is not None else None
        for uid, item in self._reader.items(seen, since):
            self._upto = Seen(self._reader.validity, uid)
            yield item

    def done(self) -> None:
        """Remembers up to where the server's mailbox was read."""
        if self._upto is not None:
            from pmkit.mail import inbox

            inbox.remember(self._folder.root, self._name, self._upto)

    def _mailbox(self) -> Mailbox:
        from pmkit.mail.imap import Mailbox

        account, code, config = self._desk.account, self._desk.code, self._desk.config
        if account is None or account.inbox is None or not account.inbox.host:
            hint = f"write into {config}, under {code}: inbox: {{host: imap.example.com}}; or give --from MAILDIR"
            raise Stop("your configuration names no mailbox that answers come to", hint)
        inbox = account.inbox
        mail = self._folder.production.settings.mail
        user = inbox.user or account.user or (mail.user if mail is not None else "")
        if not user or not user.isascii():
            raise Stop("your configuration names no user of the mailbox", f"add user: under inbox: in {config}")
        return Mailbox(inbox.host, inbox.port, user, inbox.folder, inbox.auth)
