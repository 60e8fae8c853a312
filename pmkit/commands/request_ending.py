"""What sending a request of kind release does: each hold and booking it ends is written down, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmkit.commands import options
from pmkit.commands.request_standing import instant_of, next_moment
from pmkit.problems import Fault

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.mail.standing import Entry
    from pmkit.model.answer import Answer
    from pmkit.model.production import Production
    from pmkit.model.request import Request

_REACHED = frozenset({"sent", "doubt", "bounced"})


def ending(folder: Folder, name: str, now: dt.datetime) -> list[Answer]:
    """What is to be written down of a release; the folder is read on as if it were.

    Nobody is released twice by one revision: whoever has its mail, or is written down as released by
    it, is left as they are, whatever holds them since.
    """
    from pmkit.model.frozen import but
    from pmkit.reports import asked

    production = folder.production
    request = production.requests.get(name)
    if request is None or request.kind != "release":
        return []
    entries: dict[str, list[Entry]] = {}
    for entry in counted(folder):
        entries.setdefault(entry.about.get("who", ""), []).append(entry)
    named = [asked.person(production, request, who) for who, _ in asked.ids(production, request, now.date(), [])]
    found: list[Answer] = []
    for person in {one.id: one for one in named if not isinstance(one, Fault)}.values():
        mine = entries.get(person.id, [])
        if not _done(production, request, person.id, mine):
            acts = _acts(folder, request, person.id, mine, now)
            found += acts
            _say(request, person.name, acts)
    numbered = {f"ending-{number}": one.but(name=f"ending-{number}") for number, one in enumerate(found)}
    folder.production = but(production, answers={**production.answers, **numbered})
    return found


def earlier(production: Production, request: Request, person: str, entries: Iterable[Entry]) -> Request | None:
    """A release as it last asked this person, when it was another kind yet; by the mail that was written then.

    Where no mail was, by what they answered.
    """
    from pmkit.model.dates import DateRange, in_a_row, parse_range
    from pmkit.reports.request import ANSWERED

    before = [
        (int(one.about["revision"]), one)
        for one in entries
        if (one.about.get("what"), one.about.get("who")) == (request.name, person)
        and one.kind in ANSWERED
        and one.about.get("revision", "").isdigit()
    ]
    if before:
        revision, entry = max(before, key=lambda pair: pair[0])
        spans = [parse_range(word) for word in entry.about.get("dates", "").split()]
        dates = tuple(span for span in spans if isinstance(span, DateRange))
        return request.but(kind=entry.kind, dates=dates or request.dates, revision=revision)
    said = [one for one in production.answers_of.get((request.name, person), ()) if one.act == "answer"]
    if not said:
        return None
    days = [day for one in said for day in one.dates if one.revision == said[-1].revision]
    return request.but(kind="hold", dates=in_a_row(days), revision=said[-1].revision)


def told_by(person: str, entries: Iterable[Entry]) -> frozenset[str]:
    """The releases, each with its revision, whose mail has gone to somebody."""
    went = (one for one in entries if one.kind == "release" and one.status in _REACHED)
    mine = (one.about for one in went if one.about.get("who") == person)
    return frozenset(f"{about.get('what', '')}/{about.get('revision', '')}" for about in mine)


def _acts(folder: Folder, request: Request, person: str, entries: Sequence[Entry], now: dt.datetime) -> list[Answer]:
    from pmkit.files import clone
    from pmkit.model.answer import Answer
    from pmkit.model.dates import in_a_row
    from pmkit.reports import release

    production, card = folder.production, clone.read(folder.root)
    went = (one for one in entries if one.kind in release.INVITED and one.status in _REACHED)
    reached = {one.about.get("what", "") for one in went}
    before = earlier(production, request, person, entries)
    return [
        Answer(
            request=one.request.name,
            person=person,
            revision=one.request.revision,
            at=next_moment(production, one.request.name, person, instant_of(production.settings, now)),
            act="released",
            days=in_a_row(one.days),
            how="office",
            by=card.name if card is not None else "",
            ended_by=f"{request.name}/{request.revision}",
        )
        for one in release.endings(production, request, person, before, reached, now.date())
    ]


def _done(production: Production, request: Request, person: str, entries: Iterable[Entry]) -> bool:
    mark = f"{request.name}/{request.revision}"
    if any(one.ended_by == mark and one.person == person for one in production.answers.values()):
        return True
    return any(
        one.kind == "release"
        and (one.about.get("what"), one.about.get("who")) == (request.name, person)
        and one.about.get("revision") == str(request.revision)
        and not one.about.get("rehearsal")
        and one.status not in ("cancelled", "expired")
        for one in entries
    )


def counted(folder: Folder) -> list[Entry]:
    """The messages of the log that count: in a rehearsal what went in one, else what went to the people."""
    from pmkit.mail import standing

    mail = folder.production.settings.mail
    rehearsal = bool(mail is not None and mail.redirect_all)
    entries = standing.read(folder.root).entries.values()
    return [one for one in entries if bool(one.about.get("rehearsal")) == rehearsal]


def _say(request: Request, name: str, acts: Iterable[Answer]) -> None:
    from pmkit.reports.date_words import in_words

    acts = list(acts)
    for act in acts:
        options.say(f"{name} is released by this from {act.request}: {in_words(act.booked())}")
    if not acts:
        options.say(f"Nothing in the folder holds {name}{' on these dates' if request.days() else ''}.")
