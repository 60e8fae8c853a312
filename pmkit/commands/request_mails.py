"""The letters of a request as mails ready to go: links that answer, the invitation, the memo; sealed, with their keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pmkit.commands import mails as made
from pmkit.commands.mails import Mail
from pmkit.commands.request_links import elsewhere, linked, secret_of
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.request import Request
    from pmkit.reports.asked import Person
    from pmkit.reports.invitation import Invitation
    from pmkit.reports.request import Letter


class Post:
    """What the mails of one request have in common: who writes, how, and the secret of the answer links."""

    def __init__(
        self, folder: Folder, name: str, when: dt.datetime, log: Mapping[str, Sequence[Entry]] | None = None
    ) -> None:
        from pmkit.commands.request_asked import by_person
        from pmkit.render.filters import Formats

        self.folder, self.name, self.when = folder, name, when
        self.request = folder.production.requests[name]
        self.writes = made.writer(folder)
        self.formats = Formats(clock="12h" if folder.production.settings.clock == "12h" else "24h")
        self.secret = secret_of(folder)
        self.log = log if log is not None else by_person(folder)
        for ending in ("txt", "html") if self.request.template else ():
            file = f"templates/{self.request.template}.{ending}.j2"
            if not (folder.root / file).is_file():
                hint = (
                    f"write it, as templates/request.{ending}.j2 is: pmkit's own is the pattern; or take template: out"
                )
                raise Stop(f"requests/{name}.yaml names a template, and there is no {file}", hint)

    def asking(self, letter: Letter, calendar: Invitation | None) -> Mail | Fault:
        """The request's own mail to one person, with what it tells their calendar."""
        return self._mail(letter, letter.kind, letter.revision, calendar, not_after=self._not_after())

    def as_asked(self, person: str, number: int) -> Request:
        """The request as it had asked somebody by their `number`th booking or release."""
        from pmkit.commands.request_asked import as_asked
        from pmkit.rollup import bookings

        act = bookings.of(self.folder.production, self.name, person)[number - 1]
        return as_asked(self.request, person, self.log.get(person, ()), act.revision)

    def calendar(self, letter: Letter, number: int) -> Invitation | None:
        """What a calendar is told of a person's `number`th booking or release."""
        from pmkit.commands.request_asked import copies, in_calendar
        from pmkit.reports import invitation

        production, person = self.folder.production, letter.person
        told = invitation.telling(production, self.as_asked(person, number), letter, number)
        if told is None or told.status != invitation.TENTATIVE or told.firm or letter.kind != "release":
            return told
        # A release does not bring dates into a calendar that was never told of them.
        return told if in_calendar(self.name, copies(self.log.get(person, ()), letter.copy), number) else None

    def reminding(self, letter: Letter, number: int) -> Mail | Fault:
        """A reminder, in the thread of the mail it reminds of."""
        from pmkit.mail import message, outbox

        kept = self.writes.settings.redirect_all
        about = f"{self.name}/{letter.person}"
        first = outbox.key_of(self.writes.code, letter.kind, letter.email, about, letter.revision, kept)
        thread = message.message_id(first, self.writes.sender)
        again = replace(letter, reminder=number, subject=f"Re: {letter.subject}")
        return self._mail(
            again,
            "reminder",
            letter.revision,
            None,
            not_after=self._not_after(),
            headers=(("In-Reply-To", thread), ("References", thread)),
            about=f"{about}/reminder-{number}",
        )

    def telling(self, letter: Letter, number: int) -> Mail | Fault:
        """The notice of a person's `number`th booking or release."""
        kind = "confirmation" if letter.kind == "confirmation" else "notice"
        return self._mail(letter, kind, number, self.calendar(letter, number))

    def _mail(
        self,
        letter: Letter,
        kind: str,
        revision: int,
        calendar: object,
        *,
        not_after: dt.datetime | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        about: str = "",
    ) -> Mail | Fault:
        from pmkit.exchange import invitation as ics
        from pmkit.mail.message import Attachment
        from pmkit.render import html, text
        from pmkit.reports.invitation import Invitation

        writes, own = self.writes, self.folder.root / "templates"
        attachments: tuple[Attachment, ...] = ()
        if kind == "dealmemo" or (kind == "reminder" and letter.kind == "dealmemo"):
            from pmkit.commands.dealmemo import attached

            attachments = attached(self.folder, self.request, letter.person)
            several = len(attachments) > 1  # each memo names its own position
            names = tuple(one.filename for one in attachments)
            letter = replace(letter, memos=names, role="" if several else letter.role)
        letter = linked(letter, writes, self.secret)
        answers = writes.reply_to or writes.sender
        told = calendar if isinstance(calendar, Invitation) else None
        page = f"{self.request.template}" if self.request.template and kind == self.request.kind else "request"
        mail = made.written(
            writes,
            kind,
            self.name,
            f"{letter.person}-copy" if letter.copy else letter.person,
            revision,
            name=_named(letter),
            to=letter.to,
            email=letter.email,
            subject=letter.subject,
            text=text.page(f"{page}.txt.j2", letter, self.formats, own),
            html=html.page(f"{page}.html.j2", letter, self.formats, own),
            date=self.when,
            not_after=not_after,
            headers=headers,
            attachments=attachments,
            calendar=ics.write(told, answers.email, answers.name) if told is not None else "",
            method=told.method if told is not None else "",
            about=about or f"{self.name}/{letter.person}",
            dates=self.request.dates_in_short() if kind == self.request.kind else "",
            rate=self._rate(letter) if kind == self.request.kind else "",
        )
        linkless = letter.answered and not letter.links and elsewhere(self.folder)
        return mail._replace(whole=False) if isinstance(mail, Mail) and linkless else mail

    def _rate(self, letter: Letter) -> str:
        """The rate that the letter names, as the card beside the mail keeps it."""
        from pmkit.reports import asked, request

        person = asked.person(self.folder.production, self.request, letter.person)
        found = (
            request.offered(self.folder.production, self.request, person) if isinstance(person, asked.Person) else None
        )
        return str(found) if found is not None else ""

    def _not_after(self) -> dt.datetime | None:
        """When asking is too late: after the answer was due, or else after the last date asked for.

        A day that is past already was let go by the day a person gave (--date), and is no limit.
        """
        request, zone = self.request, self.folder.production.settings.zone
        found = None
        if request.kind == "release":
            return None
        if request.respond_by is not None and not request.ranked:
            found = request.respond_by.replace(tzinfo=request.respond_by.tzinfo or zone)
        elif request.days():
            found = dt.datetime.combine(request.days()[-1], dt.time(23, 59, 59), zone)
        return found if found is None or found.date() >= self.when.date() else None


def _named(letter: Letter) -> str:
    if letter.copy:
        return f"{letter.asked} (copy)"
    return f"{letter.asked} (through {letter.to})" if letter.through else letter.asked


def mails_of(folder: Folder, name: str, today: dt.date, when: dt.datetime) -> tuple[list[Mail], list[Problem]]:
    """The letters of a request as sealed mails, and every problem on the way."""
    from pmkit.checks.references import duplicate_ids
    from pmkit.commands import request_released
    from pmkit.commands.request_asked import by_person, copies, told_by
    from pmkit.reports import invitation, request

    production, log = folder.production, by_person(folder)
    letters, found = request.letters(
        production, name, today, {who: told_by(copies(mine, False)) for who, mine in log.items()}
    )
    found = (*found, *duplicate_ids(production))  # of two people with one id only one would be written to
    if not letters and name not in production.requests:
        raise Stop(found[0].message, found[0].hint)
    post = Post(folder, name, when, log)
    if post.request.kind == "release":
        unknown = () if production.has_private else (_private(post.request),)
        return _sound(folder, request_released.mails(post, letters), (*found, *unknown))
    asked = ((one, invitation.asking(production, post.request, one)) for one in letters)
    return _sound(folder, ((name, post.asking(one, told)) for one, told in asked), found)


def _private(request: Request) -> Problem:
    message = "what a release ends is kept in private/, which is not here"
    hint = "send it from a clone that has it; a new production gets one with: mkdir private"
    return Problem("no-private", request.place(), message, hint)


def reminders(
    folder: Folder, name: str, whom: dict[str, int], today: dt.date, when: dt.datetime
) -> tuple[list[Mail], list[Problem]]:
    """A reminder to each of these people, by id with its number."""
    from pmkit.reports import request

    letters, found = request.letters(folder.production, name, today)
    post = Post(folder, name, when)
    about = [letter for letter in letters if letter.person in whom and not letter.copy]
    mails = ((name, post.reminding(letter, whom[letter.person])) for letter in about)
    return _sound(folder, mails, [one for one in found if one.code != "past-due"])


def notices(
    folder: Folder,
    name: str,
    person: Person,
    acts: Iterable[tuple[int, Answer]],
    when: dt.datetime,
    log: Mapping[str, Sequence[Entry]] | None = None,
) -> tuple[list[Mail], list[Problem]]:
    """What a person is told of bookings and releases, each by its number; `log` as `by_person` has it."""
    from pmkit.reports.notice import notice
    from pmkit.reports.request import copied

    post = Post(folder, name, when, log)
    letters = [
        (notice(folder.production, post.request, person, act, number, post.as_asked(person.id, number)), number)
        for number, act in acts
    ]
    if copied(post.request, person):
        letters += [(replace(one, to=person.name, email=person.own, copy=True), number) for one, number in letters]
    return _sound(folder, ((name, post.telling(letter, number)) for letter, number in letters), [])


def _sound(
    folder: Folder, mails: Iterable[tuple[str, Mail | Fault]], found: Sequence[Problem]
) -> tuple[list[Mail], list[Problem]]:
    problems = list(found)
    sound = []
    for name, mail in mails:
        if isinstance(mail, Fault):
            problems.append(mail.at(folder.production.requests[name].place()))
        else:
            sound.append(mail)
    return sound, problems
