"""The mails of requests that another clone asked for, written anew on the clone that sends them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmkit.commands.request_mails import mails_of, notices, reminders
from pmkit.problems import Problem

if TYPE_CHECKING:
    from pmkit.commands.mails import Mail
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer


def again(folder: Folder, entries: Sequence[Entry], today: dt.date) -> tuple[list[Mail], list[Problem]]:
    """The mails of the requests that are asked for from another clone, written as the folder stands now."""
    from pmkit.commands.request_asked import by_person
    from pmkit.commands.request_standing import deliveries
    from pmkit.mail import standing
    from pmkit.mail.standing import NOTICES
    from pmkit.reports.request_status import people
    from pmkit.rollup import bookings

    production = folder.production
    now = dt.datetime.now(production.settings.zone)
    mails: list[Mail] = []
    problems: list[Problem] = []
    log: dict[str, list[Entry]] | None = None

    def take(found: tuple[list[Mail], list[Problem]]) -> None:
        mails.extend(found[0])
        problems.extend(found[1])

    for name in dict.fromkeys(entry.about.get("what", "") for entry in entries):
        if name not in production.requests:
            continue
        asked = [entry for entry in entries if entry.about.get("what", "") == name]
        if any(entry.kind not in ("reminder", *NOTICES) for entry in asked):
            take(mails_of(folder, name, today, now))
        who = [entry.about.get("who", "") for entry in asked if entry.kind == "reminder"]
        sent = deliveries(folder, name) if who else {}
        for number in range(1, max((sent[one].reminders for one in who if one in sent), default=0) + 1):
            take(reminders(folder, name, dict.fromkeys(who, number), today, now))
        wanted = _numbers(asked)
        if wanted:
            log = by_person(folder) if log is None else log
            have = _numbers(standing.read(folder.root).entries.values(), name)
            for person, _ in people(production, production.requests[name], now.replace(tzinfo=None)):
                acts = bookings.of(production, name, person.id)
                told = [
                    (number, _told(acts, number, have[person.id]))
                    for number in sorted(wanted.get(person.id, ()))
                    if number <= len(acts)
                ]
                take(notices(folder, name, person, told, now, log))
    return mails, problems


def _numbers(entries: Iterable[Entry], name: str = "") -> dict[str, set[int]]:
    """Of each person the numbers of the notices among these messages; of one request, or of any."""
    from pmkit.mail.standing import NOTICES

    found: dict[str, set[int]] = {}
    for entry in entries:
        about, number = entry.about, entry.about.get("revision", "")
        gone = entry.status not in ("cancelled", "expired", "failed") and not about.get("rehearsal")
        if entry.kind in NOTICES and number.isdigit() and gone and name in ("", about.get("what")):
            found.setdefault(about.get("who", "").removesuffix("-copy"), set()).add(int(number))
    return found


def _told(acts: Sequence[Answer], number: int, numbers: set[int]) -> Answer:
    """What a notice tells: with what no earlier notice told of."""
    from pmkit.commands.request_standing import acts_told, told_together

    if acts[number - 1].ended_by:
        return acts[number - 1]
    return told_together(acts, number, {name for n in numbers if n < number for name in acts_told(acts, n)})
