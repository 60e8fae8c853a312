"""The letters of a request as mails ready to go, sealed and with their keys."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.outbox import Parcel
    from pmkit.model.request import MailSettings
    from pmkit.reports.request import Letter


class Mail(NamedTuple):
    """A letter ready to go: what the outbox takes, and what is shown of it."""

    letter: Letter
    parcel: Parcel
    subject: str


def mails_of(
    folder: Folder, settings: MailSettings, name: str, today: dt.date, when: dt.datetime
) -> tuple[list[Mail], list[Problem]]:
    """The letters of a request as sealed mails, and every problem on the way."""
    from pmkit.mail import address, message, outbox
    from pmkit.render import html, text
    from pmkit.render.filters import Formats
    from pmkit.reports import request

    production = folder.production
    letters, found = request.letters(production, name, today)
    if not letters and name not in production.requests:
        raise Stop(found[0].message, found[0].hint)
    problems = list(found)
    writes = address.read(settings.from_)
    answers = address.mailbox(settings.reply_to) if settings.reply_to else None
    for sender in (writes, answers):
        if isinstance(sender, Fault):
            raise Stop(f"production.yaml, mail: {sender.message}", sender.hint)
    assert isinstance(writes, address.Mailbox) and not isinstance(answers, Fault)
    formats = Formats(clock="12h" if production.settings.clock == "12h" else "24h")
    own = folder.root / "templates"
    mails = []
    for letter in letters:
        place = production.requests[name].place()
        to = address.mailbox(settings.redirect_all or letter.email, letter.to)
        if isinstance(to, Fault):
            problems.append(to.at(place))
            continue
        subject = f"[for {letter.email}] {letter.subject}" if settings.redirect_all else letter.subject
        code, what = production.settings.code or production.settings.title, f"{name}/{letter.person}"
        key = outbox.key_of(code, letter.kind, letter.email, what, letter.revision, settings.redirect_all)
        sealed = message.seal(
            message.Letter(
                to=to,
                sender=writes,
                subject=subject,
                text=text.page("request.txt.j2", letter, formats, own),
                html=html.page("request.html.j2", letter, formats, own),
                message_id=message.message_id(key, writes),
                date=when,
                reply_to=answers,
            )
        )
        if isinstance(sealed, Fault):
            problems.append(sealed._replace(message=f"{letter.asked}: {sealed.message}").at(place))
            continue
        mails.append(
            Mail(letter, outbox.Parcel(key, letter.kind, name, letter.person, letter.revision, sealed), subject)
        )
    return mails, problems
