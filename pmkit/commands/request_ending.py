"""What sending a request of kind release does: each hold and booking it ends is written down, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmkit.commands import options
from pmkit.commands.request_asked import by_person, invited, last_asked
from pmkit.commands.request_standing import instant_of, next_moment
from pmkit.problems import Fault

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.request import Request


def ending(folder: Folder, name: str, now: dt.datetime) -> list[Answer]:
    """What is to be written down of a release; the folder is read on as if it were.

    Nobody is released twice by one revision: whoever has its mail is left as they are, whatever holds them since,
    and so is a request that they are written down as released from by it. What is missing beside those, since a run
    was stopped while it wrote them down, is added.
    """
    from pmkit.model.frozen import but
    from pmkit.reports import asked

    production = folder.production
    request = production.requests[name]
    if request.kind != "release":
        return []
    entries = by_person(folder)
    written = [one for one in production.answers.values() if one.ended_by == request.with_revision]
    named = [asked.person(production, request, who) for who, _ in asked.ids(production, request, now.date(), [])]
    found: list[Answer] = []
    for person in {one.id: one for one in named if not isinstance(one, Fault)}.values():
        mine = entries.get(person.id, [])
        if not _told(request, person.id, mine):
            ended = {one.request for one in written if one.person == person.id}
            acts = [one for one in _acts(folder, request, person.id, mine, now) if one.request not in ended]
            found += acts
            if acts or not ended:
                _say(request, person.name, acts, folder.production.has_private)
    numbered = {f"ending-{number}": one.but(name=f"ending-{number}") for number, one in enumerate(found)}
    folder.production = but(production, answers={**production.answers, **numbered})
    return found


def _acts(folder: Folder, request: Request, person: str, entries: Sequence[Entry], now: dt.datetime) -> list[Answer]:
    from pmkit.files import clone
    from pmkit.model.answer import Answer
    from pmkit.model.dates import in_a_row
    from pmkit.reports import release
    from pmkit.rollup import bookings

    production, card = folder.production, clone.read(folder.root)
    own = last_asked(production, request, person, entries)
    others = release.may_end(production, request, person) if own is None else ()
    meant = [own] if own is not None else [last_asked(production, one, person, entries) or one for one in others]
    at = instant_of(production.settings, now)
    found = release.endings(production, request, person, meant, invited(entries), now.date())
    firm = {one.request.name: bookings.of(production, one.request.name, person) for one in found}
    return [
        Answer(
            request=one.request.name,
            person=person,
            # No calendar takes what is of an earlier revision than the last that it was told.
            revision=max(one.request.revision, *(act.revision for act in firm[one.request.name]), 1),
            at=next_moment(production, one.request.name, person, at, booking=True),
            act="released",
            days=in_a_row(one.days),
            how="office",
            by=card.name if card is not None else "",
            ended_by=request.with_revision,
        )
        for one in found
    ]


def _told(request: Request, person: str, entries: Iterable[Entry]) -> bool:
    """Whether somebody has the mail of this revision, or it is on its way to them."""
    return any(
        (one.kind, one.about.get("what"), one.about.get("who")) == ("release", request.name, person)
        and one.about.get("revision") == str(request.revision)
        and not one.about.get("rehearsal")
        and one.status not in ("cancelled", "expired")
        for one in entries
    )


def _say(request: Request, name: str, acts: Iterable[Answer], known: bool) -> None:
    from pmkit.reports.date_words import in_words

    acts = list(acts)
    for act in acts:
        options.say(f"{name} is released by this from {act.request}: {in_words(act.booked())}")
    if not acts and not known:
        options.say(f"What holds {name} is kept in private/, which is not here.")
    elif not acts:
        options.say(f"Nothing in the folder holds {name}{' on these dates' if request.days() else ''}.")
