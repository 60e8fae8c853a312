"""The letters of a request as mails ready to go, sealed and with their keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmkit.commands import mails as made
from pmkit.commands.mails import Mail
from pmkit.problems import Fault, Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry


def mails_of(folder: Folder, name: str, today: dt.date, when: dt.datetime) -> tuple[list[Mail], list[Problem]]:
    """The letters of a request as sealed mails, and every problem on the way."""
    from pmkit.render import html, text
    from pmkit.render.filters import Formats
    from pmkit.reports import request

    production = folder.production
    letters, found = request.letters(production, name, today)
    if not letters and name not in production.requests:
        raise Stop(found[0].message, found[0].hint)
    problems = list(found)
    writes = made.writer(folder)
    formats = Formats(clock="12h" if production.settings.clock == "12h" else "24h")
    own = folder.root / "templates"
    mails = []
    for letter in letters:
        mail = made.written(
            writes,
            letter.kind,
            name,
            letter.person,
            letter.revision,
            name=f"{letter.asked} (through {letter.to})" if letter.through else letter.asked,
            to=letter.to,
            email=letter.email,
            subject=letter.subject,
            text=text.page("request.txt.j2", letter, formats, own),
            html=html.page("request.html.j2", letter, formats, own),
            date=when,
            not_after=_not_after(folder, name, when),
            about=f"{name}/{letter.person}",
        )
        if isinstance(mail, Fault):
            problems.append(mail.at(production.requests[name].place()))
        else:
            mails.append(mail)
    return mails, problems


def again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> tuple[list[Mail], list[Problem]]:
    """The mails of the requests that are asked for from another clone, written as the folder stands now."""
    names = dict.fromkeys(entry.about.get("what", "") for entry in entries)
    now = dt.datetime.now(folder.production.settings.zone)
    mails: list[Mail] = []
    problems: list[Problem] = []
    for name in names:
        if name in folder.production.requests:
            found, wrong = mails_of(folder, name, today, now)
            mails += found
            problems += wrong
    return mails, problems


def _not_after(folder: Folder, name: str, when: dt.datetime) -> dt.datetime | None:
    """When asking is too late: after the answer was due, or else after the last date asked for.

    A day that is past already was let go by the day a person gave (--date), and is no limit.
    """
    request, zone = folder.production.requests[name], folder.production.settings.zone
    found = None
    if request.respond_by is not None:
        found = request.respond_by.replace(tzinfo=request.respond_by.tzinfo or zone)
    elif request.days() and request.kind != "release":
        found = dt.datetime.combine(request.days()[-1], dt.time(23, 59, 59), zone)
    return found if found is None or found.date() >= when.date() else None
