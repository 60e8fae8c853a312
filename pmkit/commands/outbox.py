"""`pmkit outbox`: what is on its way, what did not go and why, and a person's word on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

import click

from pmkit.commands import completion, options, sending
from pmkit.commands.mails import count, word_of
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.mail.standing import Entry

_LIST = """What is on its way by mail, what did not go and why, and when it is tried again.

\b
Examples:
  pmkit outbox list              whatever is not done: wanted, queued, deferred, in doubt, failed, expired
  pmkit outbox list --sent       what went, the latest first
  pmkit outbox list grips-2nd-unit --all
  pmkit outbox list --json
"""
_SEND = """Send what is due: queued, deferred long enough, and asked for by other clones.

Dry unless --yes. What another clone asked for is written here, as the folder stands now.

\b
Examples:
  pmkit outbox send
  pmkit outbox send --yes
  pmkit outbox send --yes --quiet      for the crontab: a word only when something did not go
"""
_RETRY = """Put what was deferred or refused back into the queue; without a word, all that is deferred.

That also ends a pause the mail server asked for. A message whose address was wrong is not tried
again by this: correct the address and send anew. One that came back though its address is right (a
full mailbox) goes again by its key.

\b
Examples:
  pmkit outbox retry
  pmkit outbox retry 3f2a --because "their server is up again"
  pmkit outbox retry grips-2nd-unit
  pmkit outbox retry --failed
"""
_RESOLVE = """Say what became of a message in doubt: it went (--sent), or it is to go again (--resend).

A message is in doubt when the line broke after its text had begun. Look in the mail account's
sent folder, or ask whom it was for.

\b
Examples:
  pmkit outbox resolve 3f2a --sent --because "she has it"
  pmkit outbox resolve 3f2a --resend
"""
_CANCEL = """Take messages back that have not gone: one by its key, or all of a request.

\b
Examples:
  pmkit outbox cancel 3f2a
  pmkit outbox cancel grips-2nd-unit --because "the day moved"
"""
_BACK: Final = frozenset({"wanted", "queued", "deferred", "failed", "expired"})


@click.group(name="outbox", epilog="Example: pmkit outbox list")
def command() -> None:
    """What is on its way by mail, and a person's word on it."""


def _words(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a person says why, and who it is."""
    function = click.option("--by", metavar="WHO", help="Who decides, if not this clone's name.")(function)
    return click.option("--because", metavar="WORDS", default="", help="Why: it is kept in the log.")(function)


@command.command(name="list", help=_LIST, short_help="What is on its way, and what did not go and why.")
@click.argument("names", nargs=-1, metavar="[KEY|NAME]...", shell_complete=completion.messages)
@click.option("--sent", is_flag=True, help="What went.")
@click.option("--all", "whole", is_flag=True, help="Everything, whatever became of it.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@options.in_production
def list_(names: tuple[str, ...], sent: bool, whole: bool, as_json: bool) -> None:
    """Shows where messages stand."""
    from pmkit.commands import outbox_list

    folder = options.read(outbox_list.PARTS)
    outbox_list.show(folder, names, sent, whole, as_json)


@command.command(name="send", help=_SEND, short_help="Send what is due; for cron.")
@sending.yes("Send it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing while all is well.")
@click.option("--date", metavar="DATE", help="Today, if it is not today: for what is written anew.")
@options.in_production
@click.pass_context
def send(ctx: click.Context, yes: bool, quiet: bool, date: str | None) -> None:
    """Sends what is due."""
    from pmkit.commands import outbox_send

    folder = options.read()
    today = options.today(folder.production.settings, date)
    ctx.exit(outbox_send.flush(folder, today, quiet) if yes else outbox_send.preview(folder))


@command.command(name="retry", help=_RETRY, short_help="Put what did not go back into the queue.")
@click.argument("names", nargs=-1, metavar="[KEY|NAME]...", shell_complete=completion.messages)
@click.option("--failed", is_flag=True, help="All that the server refused.")
@_words
@options.in_production
def retry(names: tuple[str, ...], failed: bool, because: str, by: str | None) -> None:
    """Puts messages back into the queue."""
    states = {"failed"} if failed else {"deferred", "failed"} if names else {"deferred"}
    with _Desk(by, "outbox retry") as desk:
        chosen = desk.chosen(names, states, "can be tried again", empty_is_all=True, by_key={"bounced"})
        lifted = not names and not failed and desk.resume(because)
        desk.decide(chosen, "requeued", because)
    if not chosen and not lifted:
        click.echo("Nothing is " + ("refused." if failed else "deferred."))
        return
    if chosen:
        click.echo(f"{count(len(chosen), 'mail')} back in the queue: {_all(chosen)}")
    if lifted:
        click.echo("The pause that the mail server asked for is ended.")
    click.echo("Nothing has left this machine yet. To send what is due: pmkit outbox send --yes")


@command.command(name="resolve", help=_RESOLVE, short_help="Say what became of a message in doubt.")
@click.argument("names", nargs=-1, required=True, metavar="KEY...", shell_complete=completion.messages)
@click.option("--sent", "word", flag_value="sent", help="It went.")
@click.option("--resend", "word", flag_value="resend", help="It is to go again, as the same message.")
@_words
@options.in_production
def resolve(names: tuple[str, ...], word: str | None, because: str, by: str | None) -> None:
    """Ends a doubt."""
    if word is None:
        raise click.UsageError("say what became of it: --sent or --resend")
    with _Desk(by, "outbox resolve") as desk:
        chosen = desk.chosen(names, {"doubt"}, "is in doubt")
        desk.decide(chosen, "resolved", because, word)
    if word == "sent":
        click.echo(f"{count(len(chosen), 'mail counts', 'mails count')} as sent: {_all(chosen)}")
    else:
        click.echo(f"{count(len(chosen), 'mail')} back in the queue: {_all(chosen)}")
        click.echo("Nothing has left this machine yet. To send what is due: pmkit outbox send --yes")


@command.command(name="cancel", help=_CANCEL, short_help="Take back messages that have not gone.")
@click.argument("names", nargs=-1, required=True, metavar="KEY|NAME...", shell_complete=completion.messages)
@_words
@options.in_production
def cancel(names: tuple[str, ...], because: str, by: str | None) -> None:
    """Takes messages back."""
    with _Desk(by, "outbox cancel") as desk:
        chosen = desk.chosen(names, _BACK, "can be taken back")
        desk.decide(chosen, "cancelled", because)
    click.echo(f"{count(len(chosen), 'mail')} cancelled: {_all(chosen)}")


def _all(entries: Iterable[Entry]) -> str:
    """Messages in short: whose, of what."""
    shown = [f"{entry.about.get('what', '')} to {entry.about.get('who', '')} ({entry.key[:8]})" for entry in entries]
    return ", ".join(shown[:6]) + (f" and {len(shown) - 6} more" if len(shown) > 6 else "")


class _Desk:
    """Where a person decides about messages, under the mail lock: nobody sends them meanwhile."""

    def __init__(self, by: str | None, doing: str) -> None:
        from pmkit import lock

        self._root = options.root()
        self._by = " ".join((by or "").split())[:80]
        self._lock = lock.mail_lock(self._root, doing)

    def __enter__(self) -> _Desk:
        from pmkit.files import clone
        from pmkit.mail.outbox import Outbox

        self._lock.__enter__()
        try:
            me = clone.ensure(self._root)
            self._by = self._by or me.name
            self._outbox = Outbox(self._root, me.actor)
            self._standing = self._outbox.standing()
        except BaseException:
            self._lock.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__()

    def chosen(
        self,
        names: tuple[str, ...],
        states: Collection[str],
        what: str,
        empty_is_all: bool = False,
        by_key: Collection[str] = (),
    ) -> list[Entry]:
        """The messages meant by keys and names that stand so, by their key also `by_key`; raises `Stop` for a word
        that means none.
        """
        entries = self._standing.entries
        if not names and empty_is_all:
            return [entry for entry in entries.values() if entry.status in states]
        found: dict[str, Entry] = {}
        for name in names:
            meant = named(entries, name)
            here = [
                e for e in meant if e.status in states or (e.status in by_key and e.key.startswith(name.casefold()))
            ]
            if not here:
                raise Stop(f"{name}: {_stands(meant)}; nothing of it {what}", _HINTS.get(meant[0].status, ""))
            found.update((entry.key, entry) for entry in here)
        return list(found.values())

    def decide(self, entries: list[Entry], event: str, because: str, as_: str = "") -> None:
        """Writes the person's word into this clone's log; what came back and is to go again is there again before."""
        from pmkit.mail import archive

        for entry in entries:
            if entry.status == "bounced" and event == "requeued":
                archive.restore(self._outbox, entry.key)
        words = "".join(c if c.isprintable() else " " for c in " ".join(because.split()))[:300]
        self._outbox.decide(entries, event, dt.datetime.now(dt.UTC), self._by, words, as_)

    def resume(self, because: str) -> bool:
        """Ends a pause, if there is one."""
        now = dt.datetime.now(dt.UTC)
        pause = self._standing.pause(now)
        if pause is not None:
            self._outbox.note(max(now, pause.at), "resumed", "", by=self._by, words=" ".join(because.split())[:300])
        return pause is not None


_HINTS: Final = {
    "doubt": "pmkit outbox resolve KEY --sent or --resend says what became of it",
    "sent": "pmkit outbox list --sent shows when",
    "expired": "its time passed: send it anew, with a later date",
    "bounced": "it came back: correct the address and send it anew; if it is right, name it by its key",
    "cancelled": "send it anew: whoever has the mail already does not get it again",
    "queued": "pmkit outbox send --yes sends what is due",
    "wanted": "pmkit outbox send --yes sends what is due, on the clone that sends",
}


def _stands(entries: list[Entry]) -> str:
    words = [word_of(entry) for entry in entries]
    return ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words)) if len(words) > 1 else words[0]


def named(entries: dict[str, Entry], name: str) -> list[Entry]:
    """The messages a word means: the beginning of one key, a request's name, or a person's id."""
    from pmkit.model.record import meant

    by_key = [entry for key, entry in entries.items() if len(name) >= 3 and key.startswith(name.casefold())]
    by_name = [entry for entry in entries.values() if name in (entry.about.get("what"), entry.about.get("who"))]
    if by_name:
        return by_name
    if len(by_key) > 1:
        raise Stop(f"{name} begins {len(by_key)} keys", "give more of it: pmkit outbox list --all shows the keys", 2)
    if not by_key:
        known = {entry.about.get(part, "") for entry in entries.values() for part in ("what", "who")} - {""}
        hint = meant(name, sorted(known), "pmkit outbox list --all shows what there is")
        raise Stop(f"no message is called {name[:60]}", hint, 2)
    return by_key
