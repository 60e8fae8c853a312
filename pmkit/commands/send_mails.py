"""What every sent document shares: who gets it, which revision it is of, and the mails shown or sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pmkit.commands import mails as made, options, sending
from pmkit.problems import Fault, Stop

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.reports.recipients import Recipient

PARTLY: Final = made.PARTLY
Writes = Callable[["Recipient", int], "Mail | Fault"]
"""Makes the mail of one recipient in a revision, counted from one."""


class Asked(NamedTuple):
    """What the prompt said of a sending."""

    to: tuple[str, ...]
    form: str
    subject: str
    note: str
    yes: bool
    quiet: bool
    date: str | None
    output: str | None


def when(folder: Folder, asked: Asked) -> tuple[dt.date, dt.datetime]:
    """The day that today means, and the moment the mails carry: now when they go, else midnight of that day."""
    settings = folder.production.settings
    today = options.today(settings, asked.date)
    return today, dt.datetime.now(settings.zone) if asked.yes else dt.datetime.combine(today, dt.time(), settings.zone)


def to_whom(
    folder: Folder, words: Iterable[str], today: dt.date, sees: Collection[str], what: str, quiet: bool = False,
    own: Collection[str] = (),
) -> tuple[tuple[Recipient, ...], bool]:  # fmt: skip
    """The recipients, and whether all of them have an address. Raises `Stop` when one may not see `what`.

    Whose `own` paper it is may see it.
    """
    from pmkit.checks.references import duplicate_ids
    from pmkit.reports import recipients

    words = tuple(words)
    twice = list(duplicate_ids(folder.production))
    if twice:  # of two people with one id only one would be written to
        made.tell(folder, twice)
        raise Stop("two people have one id, and nobody can tell who is meant; nothing was sent", "mend it first")
    if not words:
        lists = ", ".join(folder.production.lists)
        hint = f"--to LIST ({lists})" if lists else "--to works:tomorrow, --to dept:camera; lists stand in lists.yaml"
        raise Stop("to whom?", hint, exit_code=2)
    meant = recipients.recipients(folder.production, words, today)
    if isinstance(meant, Fault):
        options.unbroken(folder, "lists")
    found, problems = options.held(meant)
    blind = [one for one in found if not set(sees) <= one.sees and one.id not in own]
    if blind:
        classes = ", ".join(sorted(set(sees).difference(*(one.sees for one in blind)) or set(sees) - blind[0].sees))
        names = ", ".join(one.name for one in blind[:3]) + (f" and {len(blind) - 3} more" if len(blind) > 3 else "")
        hint = f"whoever may see it is on a list of lists.yaml with sees: [{classes}]"
        raise Stop(f"{what} shows what is {classes}, and {names} may not see that; nothing was sent", hint)
    if not (quiet and not problems):
        made.tell(folder, problems)
    if not found:
        raise Stop("nobody would get a mail; nothing was sent")
    return found, not problems


def once(people: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Of those who share an address only the first: for a document that is the same for all."""
    return tuple({one.email.casefold(): one for one in reversed(tuple(people))}.values())[::-1]


def written(folder: Folder, people: Sequence[Recipient], writes: Writes, kind: str, what: str) -> list[Mail]:
    """A mail for each recipient, of the revision that its content asks for.

    What somebody has already keeps its revision; what says something else than the last one is the
    next. A rehearsal counts its own. Raises `Stop` when one of them cannot be written: a batch goes out
    whole or not at all.
    """
    from pmkit.mail import standing

    rehearsal = bool(made.writer(folder).settings.redirect_all)
    entries = standing.read(folder.root).entries
    last: dict[str, Entry] = {}
    for entry in entries.values():
        about = entry.about
        alike = (about.get("kind"), about.get("what"), bool(about.get("rehearsal"))) == (kind, what, rehearsal)
        if alike and entry.status != "cancelled":
            who = about.get("who", "")
            if who not in last or revision_of(entry) > revision_of(last[who]):
                last[who] = entry
    found = []
    for one in people:
        revision = revision_of(last[one.id]) if one.id in last else 1
        while not made.is_same(mail := _held(writes(one, revision)), entries):
            revision += 1
        found.append(mail)
    return found


def revision_of(entry: Entry) -> int:
    """The revision that a message of the log is of."""
    told = entry.about.get("revision", "1")
    return int(told) if told.isdigit() else 1


def go(folder: Folder, mails: Sequence[Mail], asked: Asked, doing: str, whole: bool, again: str) -> int:
    """Shows the mails, or sends them with --yes. Returns the exit code; `whole`: everybody has an address."""
    if asked.yes:
        if (asked.subject or asked.note or asked.form) and not sending.sends_here(folder):
            hint = "leave --subject, --text and --as out, or send it from the clone that sends"
            raise Stop("this clone does not send, and the one that does knows no words typed here", hint)
        code = sending.send(folder, mails, doing, quiet=asked.quiet)
        return code or (0 if whole else PARTLY)
    return made.preview(folder, mails, "mails", asked.output, again, whole=True)


def sound(code: int) -> None:
    """A folder with errors sends nothing: what is missing in a document is not seen by whoever gets it."""
    if code:
        raise Stop("nothing was sent, because of the errors above", "mend them, then run the command again")


def _held(mail: Mail | Fault) -> Mail:
    if isinstance(mail, Fault):
        raise Stop(f"{mail.message}; nothing was sent", mail.hint)
    return mail
