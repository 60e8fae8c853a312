"""The way of every mail: through the outbox to the server, or into the log for the clone that sends.

A command makes `Mail`s with `mails.written` and gives them to `mails.preview` (without --yes) or
`send` (with it). What `--yes` asks of a clone, the clone that sends and the ones that only ask it
to, the lock, the password, the limits, the one connection, counts and exit codes are here and
nowhere else.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from pmkit.commands import mails as made, options
from pmkit.commands.mails import count, goes_again, is_open, is_same
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.batch import Batch
    from pmkit.mail.outbox import Outbox
    from pmkit.mail.standing import Entry
    from pmkit.model.mail import MailSettings

F = TypeVar("F", bound=Callable[..., Any])


def yes(words: str) -> Callable[[F], F]:
    """The option `--yes` of whatever sends mail: it is not taken on a clone that is behind its upstream.

    What others know, an answer or that a mail has gone, is asked for before anything is read or written.
    """
    return click.option("--yes", is_flag=True, callback=_sends, help=words)


def _sends(ctx: click.Context, parameter: click.Parameter, value: bool) -> bool:
    if value and not ctx.resilient_parsing:
        not_behind(options.root())
    return value


def not_behind(root: Path) -> None:
    """Raises `Stop`, exit code 75, when others have changes that this clone lacks, or nobody can tell.

    Where no repository follows another's, nobody is asked.
    """
    from pmkit.files import git

    try:
        found = git.repositories(root)
    except Stop as stop:
        if "no git repository" in stop.message or "git is not installed" in stop.message:
            return  # a folder without git has nobody to be behind of
        raise
    for one in found:
        try:
            behind = git.fetched(one)
        except Stop as stop:
            hint = "what others know cannot be told, an answer or that it has gone already; run this again later"
            raise Stop(f"{stop.message}; nothing was sent", hint, exit_code=stop.exit_code) from None
        if behind:
            raise Stop(
                f"{one.name} is behind the others; nothing was sent",
                "pmkit save takes in what they did (so does git pull); then run this again",
                exit_code=75,
            )


def settled(folder: Folder, mails: Iterable[Mail]) -> bool:
    """Whether nothing of these mails is left to do: each was sent, or is in doubt or refused, as it stands now."""
    from pmkit.mail import standing

    entries = standing.read(folder.root).entries
    return all(not is_open(mail, entries) and is_same(mail, entries) for mail in mails)


def send(folder: Folder, mails: Sequence[Mail], doing: str, quiet: bool = False) -> int:
    """Queue every mail, then send what is due of them, each once whatever ran before. Returns the exit code.

    On a clone that is not the one that sends, it only asks that one. `doing` is told to who is
    kept waiting; `quiet` says nothing as long as all went well. Raises `Stop` when a batch was
    ended early, after saying what went.
    """
    from pmkit import lock
    from pmkit.files import clone
    from pmkit.mail.outbox import Outbox

    if not mails:
        raise Stop("nobody would get a mail; nothing was sent")
    settings = _settings(folder)
    with lock.mail_lock(folder.root, doing):
        me = clone.ensure(folder.root)
        outbox = Outbox(folder.root, me.actor)
        found = outbox.standing()
        made.tell(folder, found.problems)
        left = any(is_open(mail, found.entries) or goes_again(mail, found.entries, _now(folder)) for mail in mails)
        if not left and all(is_same(mail, found.entries) for mail in mails):
            made.results(mails, found.entries, None, quiet)
            return made.code_of(mails, found.entries)
        if settings.sender and settings.sender != me.name:
            return _want(outbox, settings, me.name, mails, found.entries, quiet)
        _host(folder, settings)
        secret = _secret(folder, settings)
        queued = outbox.queue((mail.parcel for mail in mails), _now(folder))
        if queued.refused:
            names = {mail.parcel.key: mail.name for mail in mails}
            for key, fault in queued.refused:
                options.say(f"{names[key]}: {fault.message}")
            raise Stop("the mail was changed after it went out; nothing was sent", queued.refused[0][1].hint)
        batch = _post(folder, settings, secret, outbox, [mail.parcel.key for mail in mails])
        entries = outbox.standing().entries
    made.results(mails, entries, batch, quiet and not batch.stopped)
    if batch.stopped is not None:
        raise batch.stopped
    return made.code_of(mails, entries)


def sends_here(folder: Folder) -> bool:
    """Whether this clone is the one that sends the production's mail; so is any when none is named."""
    from pmkit.files import clone

    settings = _settings(folder)
    return not settings.sender or settings.sender == clone.ensure(folder.root).name


def deliver(folder: Folder, outbox: Outbox, keys: Sequence[str]) -> Batch:
    """Send what is due of messages that are queued already; the mail lock is the caller's."""
    settings = _settings(folder)
    _host(folder, settings)
    return _post(folder, settings, None, outbox, keys)


def _want(
    outbox: Outbox, settings: MailSettings, me: str, mails: Sequence[Mail], entries: dict[str, Entry], quiet: bool
) -> int:
    """Ask the clone that sends, in this clone's own log."""
    left = [mail for mail in mails if is_open(mail, entries)]
    wanted = outbox.want((mail.parcel for mail in left), dt.datetime.now(dt.UTC))
    if not quiet:
        click.echo(
            f"Mail of this production goes out from {settings.sender}, and this clone is {me} (.pmkit/clone.yaml)."
        )
        new = count(len(wanted.new), "mail is", "mails are")
        known = f", {len(wanted.known)} were on the way already" if wanted.known else ""
        click.echo(f"{new} now asked for in mail/log/{known}. Nothing was sent from here.")
        click.echo(
            f"When {settings.sender} has this log (pmkit save, here and there), it sends them: pmkit outbox send --yes"
        )
    return 0


def _settings(folder: Folder) -> MailSettings:
    return made.writer(folder).settings


def _host(folder: Folder, settings: MailSettings) -> None:
    if not settings.host:
        options.unbroken(folder, "production")
        raise Stop("production.yaml, mail: names no server", "add host: smtp.example.com")


def _now(folder: Folder) -> dt.datetime:
    return dt.datetime.now(folder.production.settings.zone)


class _Secret(NamedTuple):
    """The password or token, and which of them it is; never shown."""

    words: str
    auth: str

    def __repr__(self) -> str:
        return "•••"


def _config() -> Path:
    return Path(click.get_app_dir("pmkit")) / "config.yaml"


def _code(folder: Folder) -> str:
    return folder.production.settings.code or folder.production.settings.title


def _secret(folder: Folder, settings: MailSettings) -> _Secret:
    from pmkit.files import configuration

    if not settings.user:
        return _Secret("", "password")
    config, code = _config(), _code(folder)
    account = configuration.account(config, code, folder.root)
    found = configuration.password(config, account, code, settings.host, settings.user)
    return _Secret(found, account.auth if account else "password")


def _post(folder: Folder, settings: MailSettings, secret: _Secret | None, outbox: Outbox, keys: Sequence[str]) -> Batch:
    """One connection for the batch, none when nothing is due; a bar for whoever watches; then the archive."""
    from pmkit.files import configuration
    from pmkit.mail import archive, batch
    from pmkit.mail.post import Post
    from pmkit.mail.server import server

    def clock() -> dt.datetime:
        return _now(folder)

    limits = batch.Limits(settings.per_day, settings.per_minute)
    try:
        due = batch.expire(outbox, keys, clock())
        if not due:
            return batch.Batch((), None)
        batch.check(outbox.standing(), clock(), limits)
        secret = secret or _secret(folder, settings)
        where = server(settings.host, settings.port, settings.user)
        where = where._replace(auth=secret.auth, per_connection=settings.per_connection)  # type: ignore[arg-type]
        with Post(where, secret.words) as door, _bar(due) as shown:
            if secret.words:
                configuration.remember(_config(), _code(folder), settings.host)
            return batch.send(outbox, shown, door, clock, limits, settings.redirect_all)
    except batch.QuotaUsed as stop:
        batch.paused(outbox, outbox.standing(), stop.message, clock())
        return batch.Batch((), stop)
    except Stop as stop:
        return batch.Batch((), stop)
    finally:
        try:
            archive.tidy(outbox, outbox.standing().entries, clock(), settings.keep)
        except Stop as stop:  # what went has gone: it lies in the outbox until the next time
            options.say(f"{stop.message}; {stop.hint}")


def _bar(keys: Sequence[str]) -> Any:
    """The keys, with a progress bar for whoever watches."""
    import contextlib

    if sys.stderr.isatty() and len(keys) > 1:
        return click.progressbar(keys, label="Sending", file=sys.stderr)
    return contextlib.nullcontext(keys)
